//! Silence after an instruction, the same contact again, and a change of language.

use super::{From, Signal, SignalKind, Thread, Turn, phrases, questions};
use kernel::Instant;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
/// Nothing for so long after an instruction is silence.
const SILENCE: Duration = DAY.saturating_mul(3);
/// The same contact within this time is one that wasn't solved (ISO 18295: repeat contact).
const AGAIN_WITHIN: Duration = DAY.saturating_mul(7);
/// A shorter message doesn't say its language well enough.
const LETTERS_OF_LANGUAGE: usize = 12;

/// The signals of who wrote when and in which language.
pub(super) fn signals(thread: &Thread) -> Vec<Signal> {
    let places = || 0..thread.turns.len();
    let silences = places().filter_map(|message| silence(thread, message));
    let again = places().filter_map(|message| same_contact(thread, message));
    let switches = places().filter_map(|message| language_switch(thread, message));
    silences.chain(again).chain(switches).collect()
}

fn silence(thread: &Thread, message: usize) -> Option<Signal> {
    let turn = &thread.turns[message];
    if turn.from == From::Customer || !phrases::instructs(turn) {
        return None;
    }
    let until: Instant = match thread.turns.get(message + 1) {
        Some(next) if next.from == From::Customer => return None,
        Some(next) => next.at?,
        None => thread.as_of?,
    };
    let silent = until.since(turn.at?);
    let days = silent.as_secs() / DAY.as_secs();
    let why = format!(
        "The customer was asked to do something and wrote nothing for {days} days. Ask whether it was understood."
    );
    let confidence = if thread.turns.len() > message + 1 { 0.7 } else { 0.6 };
    (silent >= SILENCE)
        .then(|| SignalKind::SilenceAfterInstruction.at(message, 0..turn.text.len(), confidence, why))
}

fn same_contact(thread: &Thread, message: usize) -> Option<Signal> {
    let turn = &thread.turns[message];
    let opens = turn.case.is_some() && !thread.turns[..message].iter().any(|other| other.case == turn.case);
    if turn.from == From::Representative || !opens {
        return None;
    }
    let within = |(_, other): &(usize, &Turn)| matches!((turn.at, other.at), (Some(now), Some(then)) if now.since(then) <= AGAIN_WITHIN);
    let mut earlier = thread.earlier(message, From::Customer).filter(within);
    let (place, _) = earlier.find(|(_, other)| questions::tells_the_same(turn, other))?;
    let why = format!("The customer came back within seven days with what message {} told.", place + 1);
    Some(SignalKind::RepeatContact.at(message, 0..turn.text.len(), 0.8, why))
}

fn language_switch(thread: &Thread, message: usize) -> Option<Signal> {
    let turn = &thread.turns[message];
    let tells = |turn: &Turn| {
        turn.language.is_known()
            && turn.text.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS_OF_LANGUAGE
    };
    if turn.from == From::Representative || !tells(turn) {
        return None;
    }
    let (place, before) = thread.earlier(message, From::Customer).find(|(_, turn)| tells(turn))?;
    let answered = thread.answered_between(place, message);
    let why = format!(
        "The customer wrote in {} before and goes on in {}: perhaps giving up on being understood.",
        before.language, turn.language
    );
    let confidence = if answered { 0.8 } else { 0.6 };
    (!before.language.is_same_language(&turn.language))
        .then(|| SignalKind::LanguageSwitch.at(message, 0..turn.text.len(), confidence, why))
}
