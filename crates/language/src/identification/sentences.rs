//! Cuts a line into sentences.
//!
//! The rules of Unicode's annex 29 look ahead at every closing mark, in quadratic time on a line of nothing but brackets;
//! these few look at the neighbours of a full stop only. A cut too many does no harm: it merely allows a change of
//! language, which the words would have to show.

use std::ops::Range;

/// Words shorter than this before a full stop may be abbreviations: `p. 84`, `Dr. Novak`, `12. maja`.
const LETTERS_OF_WORD: usize = 4;

/// The byte ranges of the sentences, without the white space around.
pub(crate) fn sentences(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        rest += line[rest..].len() - line[rest..].trim_start().len();
        if rest == line.len() {
            return None;
        }
        let start = rest;
        rest = end_of_sentence(line, start);
        Some(start..start + line[start..rest].trim_end().len())
    })
}

fn end_of_sentence(line: &str, start: usize) -> usize {
    let mut from = start;
    while let Some(stop) = line[from..].find(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।']) {
        let stop = from + stop;
        let marks = line[stop..].find(|c: char| !is_mark(c)).unwrap_or(line.len() - stop);
        let end = stop + marks;
        let after = &line[end..];
        let is_spaced =
            after.starts_with(char::is_whitespace) || line[stop..end].contains(['。', '！', '？']);
        if is_spaced && ends(&line[start..stop], &line[stop..end], after) {
            return end;
        }
        from = end;
    }
    line.len()
}

/// Stops, and what closes after them.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '؟'
            | '۔'
            | '।'
            | '"'
            | '\''
            | ')'
            | ']'
            | '”'
            | '“'
            | '’'
            | '»'
            | '«'
            | '」'
    )
}

fn ends(before: &str, marks: &str, after: &str) -> bool {
    let next = after
        .trim_start()
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace())
        .chars()
        .next();
    let is_plain_stop = marks.starts_with('.') && !marks.starts_with("..");
    match next {
        Some(_) if !is_plain_stop => true,
        Some(next) if next.is_lowercase() => ends_in_word(before) || changes_alphabet(before, next),
        Some(next) if next.is_numeric() => ends_in_word(before) || numbers_a_sentence(after),
        _ => !ends_in_initial(before),
    }
}

fn changes_alphabet(before: &str, next: char) -> bool {
    before.chars().rev().find(|c| c.is_alphabetic()).is_some_and(|last| alphabet(last) != alphabet(next))
}

#[derive(PartialEq)]
enum Alphabet {
    Greek,
    Cyrillic,
    Other,
}

fn alphabet(c: char) -> Alphabet {
    match c {
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Alphabet::Greek,
        '\u{400}'..='\u{52f}' => Alphabet::Cyrillic,
        _ => Alphabet::Other,
    }
}

fn ends_in_word(before: &str) -> bool {
    before.chars().rev().take_while(|c| c.is_alphabetic()).count() >= LETTERS_OF_WORD
}

/// `17 Blessed is the one …`: a numbered sentence, not a page or a telephone number.
fn numbers_a_sentence(after: &str) -> bool {
    let number = after.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    number.starts_with(' ') && number.trim_start().starts_with(char::is_uppercase)
}

/// `D. K. Novak`
fn ends_in_initial(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(|c| c == '.' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(line).map(|range| &line[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_stops() {
        check("Hallo. Wie geht es? Gut!  Danke", &["Hallo.", "Wie geht es?", "Gut!", "Danke"]);
        check("¿Dónde está? ¡Gracias!", &["¿Dónde está?", "¡Gracias!"]);
        check(
            "He said \"no.\" Then he left…  And came back?!",
            &["He said \"no.\"", "Then he left…", "And came back?!"],
        );
        check("Es endet 2019. Danach nichts", &["Es endet 2019.", "Danach nichts"]);
        check("vsaka mačka. 53-letni mož", &["vsaka mačka.", "53-letni mož"]);
        check("ok thanks. спасибо большое", &["ok thanks.", "спасибо большое"]);
        check("geht nicht. please help", &["geht nicht.", "please help"]);
        check("in game two. 17 Then he left", &["in game two.", "17 Then he left"]);
        check("好。谢谢。", &["好。", "谢谢。"]);
        check("أين طلبي؟ شكرا.", &["أين طلبي؟", "شكرا."]);
        check("  ", &[]);
    }

    #[test]
    fn not_every_stop_is_an_end() {
        check("p. 84 ir toliau", &["p. 84 ir toliau"]);
        check("dne 12. maja ob 5. uri", &["dne 12. maja ob 5. uri"]);
        check("see example.org/a.b or v1.2.3", &["see example.org/a.b or v1.2.3"]);
        check("an D. K. Novak", &["an D. K. Novak"]);
        check("tel. 600 100", &["tel. 600 100"]);
        check("an der Str. nach Bonn", &["an der Str. nach Bonn"]);
    }

    #[test]
    fn a_line_of_closing_marks_is_cut_at_once() {
        let line = ".)".repeat(500_000) + " " + &") ".repeat(500_000);
        assert!(sentences(&line).count() > 0);
    }
}
