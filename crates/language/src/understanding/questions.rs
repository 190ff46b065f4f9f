//! Questions that are asked again, by either side.
//!
//! Two sentences are alike when they share most of their telling words in any of their forms: Dice's coefficient over the
//! sets of word keys (Dice 1945, *Measures of the amount of ecologic association between species*).

use super::{From, Signal, SignalKind, Thread, Turn};
use crate::words::{WordForms, fold};
use crate::written::{sentence_spans, word_spans};
use std::{collections::HashSet, ops::Range};

/// Two sentences are the same question from here.
const SAME_FROM: f64 = 0.6;
/// Two messages tell the same from here.
const SAME_MESSAGE_FROM: f64 = 0.55;
/// Alike sentences share at least so many telling words.
const WORDS_SHARED: usize = 2;
/// Shorter words don't tell what a sentence is about.
const LETTERS_OF_WORD: usize = 4;
/// So many sentences of a message are compared, and so many messages before it.
const SENTENCES_HEARD: usize = 40;
const MESSAGES_HEARD: usize = 20;

/// Longer words that don't tell either: politeness and grammar, folded.
const EMPTY_WORDS: &str = " about again been could does from have hello just please still thank thanks that their them \
    there they this want what when where which will with would your aber alle auch bitte dann danke dass diese dieser doch \
    eine einen einer etwas guten haben hallo hatte ihre ihren ihnen kann konnen konnten mein meine meinen mehr mich mochte \
    nicht noch schon sehr sich sind tag werden wann warum was wenn wird wurde wurden buenas buenos como cual cuando cuanto \
    dias donde esta este favor gracias hola para pero porque puede pueden puedo quiero saludos sobre tiene usted dzien dobry \
    czemu dlaczego dziekuje gdzie jeszcze jest jestem kiedy ktora ktory moge mozna moja moje panstwo panstwa prosze tego \
    tylko witam danes dober hvala kako kateri kdaj kje lahko mene nisem pozdravljeni prosim sem sploh zakaj zdravo zelim \
    aciu dabar galiu galite jums kada kaip kodel kokia koks labas mano noriu prasau sveiki turiu yra jusu ";

/// The signals of questions that were asked before.
pub(super) fn signals(thread: &Thread) -> Vec<Signal> {
    let turns: Vec<Vec<Sentence>> = thread.turns.iter().map(sentences).collect();
    (0..turns.len()).filter_map(|message| asked_again(thread, &turns, message)).collect()
}

fn asked_again(thread: &Thread, turns: &[Vec<Sentence>], message: usize) -> Option<Signal> {
    let from = thread.turns[message].from;
    let same_case = |(place, turn): &(usize, &Turn)| {
        turn.case == thread.turns[message].case && *place + MESSAGES_HEARD >= message
    };
    thread.earlier(message, from).filter(same_case).find_map(|(earlier, _)| {
        let range = repeated(&turns[message], &turns[earlier], from)?;
        let answered = thread.answered_between(earlier, message);
        match from {
            From::Customer if answered => Some(SignalKind::RepeatedQuestion.at(
                message,
                range,
                0.8,
                format!(
                    "The customer asks what message {} asked, although a reply came in between.",
                    earlier + 1
                ),
            )),
            From::Customer => Some(SignalKind::RepeatedQuestion.at(
                message,
                range,
                0.5,
                format!("The customer asks what message {} asked; no reply came in between.", earlier + 1),
            )),
            From::Representative if answered => Some(SignalKind::AsksTwice.at(
                message,
                range,
                0.8,
                format!(
                    "The representative asks what message {} asked, although the customer wrote since.",
                    earlier + 1
                ),
            )),
            From::Representative => None,
        }
    })
}

/// The sentence that says again what an earlier message said.
fn repeated(later: &[Sentence], earlier: &[Sentence], from: From) -> Option<Range<usize>> {
    let question = |sentence: &&Sentence| sentence.asks;
    let alike = |sentence: &&Sentence| {
        let same = |other: &Sentence| is_same(&sentence.words, &other.words);
        earlier.iter().filter(|other| from == From::Customer || other.asks).any(same)
    };
    let found = later.iter().filter(question).find(alike).map(|sentence| sentence.range.clone());
    found.or_else(|| match from {
        From::Customer => {
            let alike = similarity(&together(later), &together(earlier)) >= SAME_MESSAGE_FROM;
            (alike && together(later).len() > WORDS_SHARED).then(|| whole(later))
        }
        From::Representative => None,
    })
}

fn is_same(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    a.intersection(b).count() >= WORDS_SHARED && similarity(a, b) >= SAME_FROM
}

/// Both messages tell the same.
pub(super) fn tells_the_same(later: &Turn, earlier: &Turn) -> bool {
    let (later, earlier) = (sentences(later), sentences(earlier));
    let same = |sentence: &Sentence| earlier.iter().any(|other| is_same(&sentence.words, &other.words));
    later.iter().any(same) || similarity(&together(&later), &together(&earlier)) >= SAME_FROM
}

fn together(sentences: &[Sentence]) -> HashSet<String> {
    sentences.iter().flat_map(|sentence| sentence.words.iter().cloned()).collect()
}

fn whole(sentences: &[Sentence]) -> Range<usize> {
    let start = sentences.first().map_or(0, |sentence| sentence.range.start);
    start..sentences.last().map_or(start, |sentence| sentence.range.end)
}

/// Dice's coefficient: 0 for nothing in common, 1 for the same.
fn similarity(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let words = a.len() + b.len();
    if words == 0 {
        return 0.0;
    }
    2.0 * a.intersection(b).count() as f64 / words as f64
}

struct Sentence {
    range: Range<usize>,
    words: HashSet<String>,
    asks: bool,
}

fn sentences(turn: &Turn) -> Vec<Sentence> {
    let forms = WordForms::of(&turn.language);
    let written = |range: &Range<usize>| !turn.text[range.clone()].starts_with('>');
    let spans = sentence_spans(&turn.text).into_iter().filter(written).take(SENTENCES_HEARD);
    spans
        .map(|range| {
            let text = &turn.text[range.clone()];
            let words = word_spans(text).into_iter().filter_map(|span| telling(&text[span.range], forms));
            Sentence { words: words.collect(), asks: text.contains('?'), range }
        })
        .collect()
}

fn telling(word: &str, forms: WordForms) -> Option<String> {
    let folded = fold(word);
    let tells = folded.chars().count() >= LETTERS_OF_WORD || folded.bytes().any(|byte| byte.is_ascii_digit());
    (tells && !EMPTY_WORDS.contains(&format!(" {folded} "))).then(|| forms.key(word))
}
