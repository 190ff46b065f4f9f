//! Cuts a message into paragraphs and sentences, and tells what its writer wrote from what merely stands there.

use super::machine::is_of_machine;
use super::sentences::sentences;
use std::ops::Range;

/// Lines that were broken by a mail program are about this long, in characters.
const WRAPPED_FROM: usize = 50;

/// The rest of a longer text is taken as part of the last segment, so that time and memory stay bounded.
const MOST_SEGMENTS: usize = 2_000;

/// What stands between a sentence and the one before it. The earlier ones make a change of language less likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    /// A line break in the middle of a sentence, as mail programs make them.
    Wrap,
    /// Two sentences on one line.
    Sentence,
    /// A line that was ended on purpose.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Written by the sender for this message.
    Written,
    /// Quoted, signature, or code: it says nothing about the language of the message.
    Aside,
}

/// One sentence, or as much of it as stands on one line; or the whole of an aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Bytes of the text, without the white space around.
    pub range: Range<usize>,
    /// What stands before it.
    pub boundary: Boundary,
    /// What it is.
    pub origin: Origin,
}

/// The segments of a text, in order and without overlap; white space belongs to none.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let lines = lines(text);
    let mut found: Vec<Segment> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let boundary = match before {
            Some(before) if before.origin == line.origin && !line.after_blank => boundary(before.words),
            _ => Boundary::Paragraph,
        };
        match (line.origin, found.last_mut()) {
            (Origin::Aside, Some(last)) if boundary != Boundary::Paragraph => {
                last.range.end = line.range().end
            }
            (Origin::Aside, _) => {
                found.push(Segment { range: line.range(), boundary, origin: Origin::Aside })
            }
            (Origin::Written, _) => found.extend(written(line, boundary).take(MOST_SEGMENTS - found.len())),
        }
        if found.len() == MOST_SEGMENTS {
            found[MOST_SEGMENTS - 1].range.end = text.trim_end().len();
            break;
        }
        before = Some(line);
    }
    found
}

struct Line<'a> {
    start: usize,
    words: &'a str,
    origin: Origin,
    after_blank: bool,
}

impl Line<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.words.len()
    }
}

/// The lines that aren't blank, trimmed.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut reading = Reading::Message;
    let mut after_blank = true;
    let mut offset = 0;
    for raw in text.split_inclusive('\n') {
        let words = raw.trim();
        let start = offset + (raw.len() - raw.trim_start().len());
        offset += raw.len();
        if words.is_empty() {
            after_blank = true;
            continue;
        }
        let origin;
        (origin, reading) = reading.next(raw, words, after_blank);
        if is_quoted(words) {
            set_attribution_aside(&mut lines);
        }
        lines.push(Line { start, words, origin, after_blank });
        after_blank = false;
    }
    lines
}

/// What the reader is in the middle of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Message,
    Fence,
    Rest,
}

impl Reading {
    fn next(self, raw: &str, words: &str, after_blank: bool) -> (Origin, Reading) {
        let is_fence = words.starts_with("```") || words.starts_with("~~~");
        match self {
            Reading::Rest => (Origin::Aside, Reading::Rest),
            Reading::Fence if is_fence => (Origin::Aside, Reading::Message),
            Reading::Fence => (Origin::Aside, Reading::Fence),
            Reading::Message if is_fence => (Origin::Aside, Reading::Fence),
            Reading::Message if opens_rest(raw, words) => (Origin::Aside, Reading::Rest),
            Reading::Message if is_quoted(words) || is_of_machine(words) => (Origin::Aside, Reading::Message),
            Reading::Message if after_blank && is_device_line(words) => (Origin::Aside, Reading::Message),
            Reading::Message => (Origin::Written, Reading::Message),
        }
    }
}

fn is_quoted(words: &str) -> bool {
    words.starts_with('>')
}

/// The line that opens a signature (`-- `), or a forwarded or earlier message (`----- Original Message -----`, or the
/// underscores that Outlook draws): what follows is not part of this message.
fn opens_rest(raw: &str, words: &str) -> bool {
    let line = raw.trim_end_matches(['\r', '\n']);
    let inner = words.trim_matches('-');
    line == "-- "
        || line == "--"
        || (words.len() >= 20 && words.bytes().all(|byte| byte == b'_'))
        || (words.starts_with("----") && words.ends_with("----") && inner.chars().any(char::is_alphabetic))
}

/// "Anna wrote on Monday:" directly above a quotation belongs to it, on up to two lines.
fn set_attribution_aside(lines: &mut [Line<'_>]) {
    let Some((last, earlier)) = lines.split_last_mut() else { return };
    let ends_attribution =
        last.words.ends_with(':') && last.words.chars().any(|c| c.is_ascii_digit() || c == '@');
    let continues =
        |line: &Line<'_>| line.words.chars().any(|c| c.is_ascii_digit()) && !ends_sentence(line.words);
    if last.origin != Origin::Written || !last.words.ends_with(':') {
        return;
    }
    if let Some(above) = earlier.last_mut()
        && !last.after_blank
        && above.origin == Origin::Written
        && continues(above)
    {
        above.origin = Origin::Aside;
        last.origin = Origin::Aside;
    }
    if ends_attribution {
        last.origin = Origin::Aside;
    }
}

/// Telephones write these in the language of the telephone.
fn is_device_line(words: &str) -> bool {
    const OPENINGS: [&str; 14] = [
        "sent from my",
        "sent from outlook",
        "sent with",
        "get outlook for",
        "gesendet von",
        "von meinem",
        "gesendet mit",
        "enviado desde mi",
        "enviado do meu",
        "envoyé de mon",
        "inviato da",
        "wysłane z",
        "poslano z",
        "išsiųsta iš",
    ];
    let small = words.chars().take(30).collect::<String>().to_lowercase();
    words.chars().count() < 80 && OPENINGS.iter().any(|opening| small.starts_with(opening))
}

fn boundary(line_before: &str) -> Boundary {
    let is_full = line_before.chars().count() >= WRAPPED_FROM;
    if is_full && !ends_sentence(line_before) { Boundary::Wrap } else { Boundary::Line }
}

fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '\'', ')', '”', '“', '’', '»', '«'])
        .ends_with(['.', '!', '?', ':', ';', '…', '。'])
}

fn written<'a>(line: &'a Line<'_>, first: Boundary) -> impl Iterator<Item = Segment> + 'a {
    sentences(line.words).enumerate().map(move |(place, sentence)| {
        let boundary = if place == 0 { first } else { Boundary::Sentence };
        let range = line.start + sentence.start..line.start + sentence.end;
        Segment { range, boundary, origin: Origin::Written }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each segment as `P|L|S|W` (lower case when an aside) and its text.
    #[track_caller]
    fn check(text: &str, expected: &[(char, &str)]) {
        let found: Vec<(char, &str)> = segments(text)
            .into_iter()
            .map(|segment| {
                let letter = match segment.boundary {
                    Boundary::Paragraph => 'P',
                    Boundary::Line => 'L',
                    Boundary::Sentence => 'S',
                    Boundary::Wrap => 'W',
                };
                let letter =
                    if segment.origin == Origin::Aside { letter.to_ascii_lowercase() } else { letter };
                (letter, &text[segment.range])
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn paragraphs_lines_and_sentences() {
        check(
            "Hallo Anna,\r\nes geht nicht. Warum?\r\n\r\nDanke!",
            &[('P', "Hallo Anna,"), ('L', "es geht nicht."), ('S', "Warum?"), ('P', "Danke!")],
        );
        check("", &[]);
        check(" \n\t\n", &[]);
        check("\n\n  Hi\n", &[('P', "Hi")]);
    }

    #[test]
    fn a_long_line_without_an_end_was_wrapped() {
        let long = "Ich habe vor drei Wochen eine Lampe bei Ihnen bestellt und";
        check(&format!("{long}\nnichts bekommen."), &[('P', long), ('W', "nichts bekommen.")]);
        let ended = "Ich habe vor drei Wochen eine Lampe bei Ihnen bestellt.";
        check(&format!("{ended}\nUnd nun?"), &[('P', ended), ('L', "Und nun?")]);
    }

    #[test]
    fn quotations_are_asides_with_their_attribution() {
        check(
            "Ja.\n\nOn 3 May 2026 Anna wrote:\n> Is it red?\n> Thanks\nBitte.",
            &[('P', "Ja."), ('p', "On 3 May 2026 Anna wrote:\n> Is it red?\n> Thanks"), ('P', "Bitte.")],
        );
        check(
            "Am 3. Mai 2026 schrieb Anna\n<anna@x.de>:\n> ja",
            &[('p', "Am 3. Mai 2026 schrieb Anna\n<anna@x.de>:\n> ja")],
        );
        check(
            "Dies ist meine Frage:\n> Is it red?",
            &[('P', "Dies ist meine Frage:"), ('p', "> Is it red?")],
        );
    }

    #[test]
    fn signatures_and_earlier_messages_end_the_message() {
        check(
            "Hvala\n-- \nAna Novak\n\nSupport hero",
            &[('P', "Hvala"), ('p', "-- \nAna Novak"), ('p', "Support hero")],
        );
        check(
            "Ne.\n\n-----Original Message-----\nHello",
            &[('P', "Ne."), ('p', "-----Original Message-----\nHello")],
        );
        check("Ačiū\n\nSent from my iPhone", &[('P', "Ačiū"), ('p', "Sent from my iPhone")]);
        check("-- ne, hvala", &[('P', "-- ne, hvala")]);
    }

    #[test]
    fn code_is_an_aside() {
        check(
            "Das kommt:\n```\nlet it = be;\n\nyes\n```\nHilfe!",
            &[('P', "Das kommt:"), ('p', "```\nlet it = be;"), ('p', "yes\n```"), ('P', "Hilfe!")],
        );
        check("if (a[0] == b) { return; }", &[('p', "if (a[0] == b) { return; }")]);
        check(
            "Ist das (wirklich) so gemeint (ja/nein)?",
            &[('P', "Ist das (wirklich) so gemeint (ja/nein)?")],
        );
    }

    #[test]
    fn a_long_text_has_a_bounded_number_of_segments() {
        let text = "Ja. ".repeat(1_500) + "\n" + &"nein\n\n".repeat(1_500);
        let segments = segments(&text);
        assert_eq!(segments.len(), MOST_SEGMENTS);
        assert_eq!(segments[MOST_SEGMENTS - 1].range.end, text.trim_end().len());
    }

    proptest! {
        #[test]
        fn segments_cover_everything_visible_once(text in "([a-zß.!?> `\\-\\n\\r]|Ž|😀|-- \\n|\\{\\[\\]\\}){0,80}") {
            let mut end = 0;
            for segment in segments(&text) {
                prop_assert!(segment.range.start >= end);
                prop_assert!(text[end..segment.range.start].trim().is_empty());
                prop_assert!(!text[segment.range.clone()].trim().is_empty());
                end = segment.range.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
