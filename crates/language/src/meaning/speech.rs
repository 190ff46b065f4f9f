//! What a sentence does: deny, and ask.

use super::finding::{Finding, Kind, Severity};
use super::lexicon::{Lexicon, Sense};
use super::tokens::{Shape, Token};
use std::ops::{Range, RangeInclusive};

/// Endings of Lithuanian verbs: after *ne-* they deny.
const VERBS: [&str; 25] = [
    "iu", "au", "uoja", "ėja", "ėjo", "avo", "iame", "ame", "ate", "iate", "ote", "ome", "ia", "yti", "oti",
    "uoti", "ėti", "ti", "site", "sime", "siu", "ja", "jo", "ka", "u",
];

/// Forms of *tas*.
const THAT: [&str; 9] = ["tas", "ta", "tą", "to", "tos", "tai", "tuo", "tie", "tuos"];

/// How often the words deny: at least, and at most.
///
/// *nikogar ni*, *no … nada* deny once, so further words of denial in the same clause add to the most only.
pub(super) fn negations(tokens: &[Token<'_>], lexicon: &Lexicon) -> RangeInclusive<usize> {
    let (mut least, mut most) = (0, 0);
    let mut in_clause = 0;
    for (at, token) in tokens.iter().enumerate() {
        if matches!(token.text, "," | "." | ";" | ":" | "!" | "?" | "–" | "—") {
            in_clause = 0;
        }
        let next = tokens.get(at + 1).map(|next| next.low.as_str());
        let is_number = || tokens.get(at + 2).is_some_and(|after| after.shape == Shape::Number);
        // *No. 5* and Spanish *no obstante* deny nothing.
        if !token.is_word()
            || (token.low == "no" && (next == Some("obstante") || (next == Some(".") && is_number())))
        {
            continue;
        }
        // Lithuanian *ne tas* is *the wrong one*.
        if token.low == "ne"
            && lexicon.negation_prefix.is_some()
            && next.is_some_and(|next| THAT.contains(&next))
        {
            most += 1;
            continue;
        }
        match denial(&token.low, lexicon) {
            Denial::Sure => {
                least += usize::from(in_clause == 0);
                in_clause += 1;
                most += 1;
            }
            Denial::Perhaps => most += 1,
            Denial::None => {}
        }
    }
    least..=most
}

enum Denial {
    Sure,
    Perhaps,
    None,
}

fn denial(word: &str, lexicon: &Lexicon) -> Denial {
    let word = &word.replace('’', "'");
    if lexicon.says(word, &Sense::Negation) || denies_by_prefix(word, lexicon) {
        Denial::Sure
    } else if lexicon.says(word, &Sense::PerhapsNegation) && !lexicon.is_exception(word) {
        Denial::Perhaps
    } else {
        Denial::None
    }
}

fn denies_by_prefix(word: &str, lexicon: &Lexicon) -> bool {
    let verb = lexicon.negation_prefix.and_then(|prefix| word.strip_prefix(prefix));
    verb.is_some_and(|verb| {
        verb.chars().count() >= 4
            && VERBS.iter().any(|ending| verb.ends_with(ending))
            && !lexicon.is_exception(word)
    })
}

/// One side denies what the other doesn't.
pub(super) fn negation(
    source: (&[Token<'_>], &Lexicon),
    target: (&[Token<'_>], &Lexicon),
    places: (Range<usize>, Range<usize>),
) -> Option<Finding> {
    if !source.1.is_known || !target.1.is_known {
        return None;
    }
    let (ours, theirs) = (negations(source.0, source.1), negations(target.0, target.1));
    let what = if ours.start() > theirs.end() {
        "denies something, and the translation doesn't, or less often"
    } else if theirs.start() > ours.end() {
        "doesn't deny what the translation denies, or less often"
    } else {
        return None;
    };
    let why = format!("The original {what}. Compare each “not” and “no”.");
    Some(Finding::new(Kind::Negation, Severity::Warn, why).at_source(places.0).at_target(places.1))
}

/// The question marks of a text; several in a row are one.
pub(super) fn questions(text: &str) -> usize {
    let is_mark = |c: char| matches!(c, '?' | '？' | '\u{37e}' | '؟');
    let mut count = 0;
    let mut before = ' ';
    for c in text.chars() {
        count += usize::from(is_mark(c) && !is_mark(before) && before != '!');
        before = c;
    }
    count
}

/// One side asks more than the other.
pub(super) fn question(
    source: &str,
    target: &str,
    greek: Greek,
    places: (Range<usize>, Range<usize>),
) -> Option<Finding> {
    let (ours, theirs) = (questions(source), questions(target));
    let asks = |language: Written, text: &str| {
        if language == Written::Greek { text.matches(';').count() } else { 0 }
    };
    let (ours, theirs) = (ours + asks(greek.source, source), theirs + asks(greek.target, target));
    if ours == theirs {
        return None;
    }
    let why = format!(
        "The original asks {}, the translation {}. A question that is lost isn't answered: compare both.",
        times(ours),
        times(theirs)
    );
    Some(Finding::new(Kind::Question, Severity::Warn, why).at_source(places.0).at_target(places.1))
}

fn times(count: usize) -> String {
    match count {
        0 => "nothing".to_owned(),
        1 => "one question".to_owned(),
        _ => format!("{count} questions"),
    }
}

/// In Greek a semicolon asks.
#[derive(Clone, Copy)]
pub(super) struct Greek {
    pub source: Written,
    pub target: Written,
}

/// How a language writes its questions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Greek,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(language: &str, text: &str, expected: RangeInclusive<usize>) {
        let lexicon = Lexicon::of(&language.parse().expect("a tag"));
        assert_eq!(negations(&tokens(text, &[]), lexicon), expected, "{text}");
    }

    #[test]
    fn denials_are_counted_once_a_clause() {
        check("en", "I don't know and you can’t help", 1..=2);
        check("en", "It is not here, it is not there", 2..=2);
        check("en", "I cannot open it without a key", 1..=2);
        check("pl", "Nikt nigdy nic nie powiedział", 1..=4);
        check("sl", "Nihče ni ničesar videl", 1..=3);
        check("es", "No veo nada", 1..=2);
        check("lt", "Aš nesuprantu", 1..=1);
        check("lt", "neseniai gavau", 0..=0);
        check("de", "Das Paket ist angekommen", 0..=0);
    }

    #[test]
    fn questions_are_counted() {
        assert_eq!(questions("Is it?? And this?! No."), 2);
        assert_eq!(questions("¿Qué?"), 1);
    }
}
