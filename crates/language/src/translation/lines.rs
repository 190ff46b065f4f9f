//! Cuts a text into runs of prose and leaves out what stays as it is: list marks, quotation marks of mail, code, signatures.
//!
//! A paragraph that was broken at some column becomes one run, because a sentence that is cut in the middle can't be translated.

use std::ops::Range;

/// Lines shorter than this were not broken at some column.
const LEAST_WIDTH: usize = 45;

/// Lines of this width were, if the next word had no room in them.
const SURE_WIDTH: usize = 60;

/// A part of a text. Between two of them only line breaks, marks and spaces stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Words, perhaps over several lines that belong together.
    Prose(Range<usize>),
    /// Code, or the lines below the mark of a signature: nothing of it is translated.
    Verbatim(Range<usize>),
}

/// The runs of a text, in order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut cutter = Cutter { text, runs: Vec::new(), widest: 0 };
    let mut fence: Option<(&str, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        match (fence, fence_of(line)) {
            (None, Some(mark)) => fence = Some((mark, range.start)),
            (Some((mark, from)), Some(closing)) if closing == mark => {
                cutter.verbatim(from..range.end);
                fence = None;
            }
            (None, None) if line.trim_end_matches(['\r', '\n']) == "-- " => {
                cutter.verbatim(range.start..text.trim_end().len());
                return cutter.runs;
            }
            (None, None) => cutter.line(range),
            (Some(_), _) => {}
        }
    }
    if let Some((_, from)) = fence {
        cutter.verbatim(from..text.trim_end().len());
    }
    cutter.runs
}

/// The mark that opens or closes a block of code.
fn fence_of(line: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark))
}

struct Cutter<'a> {
    text: &'a str,
    runs: Vec<Run>,
    /// The widest line of the run that may go on, 0 if none may.
    widest: usize,
}

impl Cutter<'_> {
    fn verbatim(&mut self, range: Range<usize>) {
        self.runs.push(Run::Verbatim(range));
        self.widest = 0;
    }

    fn line(&mut self, range: Range<usize>) {
        let line = &self.text[range.clone()];
        let mark = mark_of(line);
        let prose = range.start + mark..range.end;
        if prose.is_empty() {
            self.widest = 0;
            return;
        }
        let width = line.chars().count();
        if mark == 0
            && self.goes_on(line)
            && let Some(Run::Prose(run)) = self.runs.last_mut()
        {
            run.end = prose.end;
            self.widest = self.widest.max(width);
            return;
        }
        self.runs.push(Run::Prose(prose));
        // Quoted lines carry their mark each, so they can't be joined.
        self.widest = if line.trim_start().starts_with('>') { 0 } else { width };
    }

    /// The line before ended because this one's first word had no room in it, or in the middle of a sentence.
    fn goes_on(&self, line: &str) -> bool {
        let Some(Run::Prose(run)) = self.runs.last() else { return false };
        let last = self.text[run.clone()].rsplit('\n').next().unwrap_or_default();
        let before = last.chars().count();
        let first = line.split_whitespace().next().map_or(0, |word| word.chars().count());
        let had_no_room = before >= SURE_WIDTH && before + 1 + first > self.widest.min(100);
        let is_over = last.ends_with(['.', '!', '?', ':', ';', '…']);
        let is_open = !last.ends_with(',') && line.starts_with(char::is_lowercase);
        self.widest > 0 && before >= LEAST_WIDTH && !is_over && (had_no_room || is_open)
    }
}

/// How many bytes of a line come before its words: spaces, `>`, `-`, `1.`, `#`, `[ ]`.
fn mark_of(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let spaces = rest.len() - rest.trim_start().len();
        let after = &rest[spaces..];
        let mark = bullet(after).or_else(|| number(after)).or_else(|| heading(after)).unwrap_or(0);
        if mark == 0 {
            return at + spaces;
        }
        at += spaces + mark;
    }
}

fn is_space_or_end(text: &str) -> bool {
    text.is_empty() || text.starts_with(char::is_whitespace)
}

fn bullet(text: &str) -> Option<usize> {
    if text.starts_with('>') {
        return Some(1);
    }
    let marks = ["[ ]", "[x]", "[X]", "-", "*", "+", "•", "·", "–", "—", "◦", "▪", "‣"];
    marks.into_iter().find(|mark| text.strip_prefix(mark).is_some_and(is_space_or_end)).map(str::len)
}

/// `1.`, `12)`, `(3)`, `a)`
fn number(text: &str) -> Option<usize> {
    let open = usize::from(text.starts_with('('));
    let body = &text[open..];
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = usize::from(digits == 0 && body.starts_with(|c: char| c.is_ascii_alphabetic()));
    let after = &body[digits + letter..];
    let closes = after.starts_with(')') || (after.starts_with('.') && letter == 0 && open == 0);
    ((1..=3).contains(&(digits + letter)) && closes && is_space_or_end(&after[1..]))
        .then_some(open + digits + letter + 1)
}

fn heading(text: &str) -> Option<usize> {
    let marks = text.len() - text.trim_start_matches('#').len();
    ((1..=6).contains(&marks) && text[marks..].starts_with(' ')).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = runs(text)
            .into_iter()
            .map(|run| match run {
                Run::Prose(range) => text[range].to_owned(),
                Run::Verbatim(range) => format!("={}", &text[range]),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_lines_are_left_out() {
        check("Hello,\n\nthanks.\n", &["Hello,", "thanks."]);
        check(
            "- one\n* two\n  • three\n1. four\n(2) five\na) six",
            &["one", "two", "three", "four", "five", "six"],
        );
        check("> She said\n>> - this", &["She said", "this"]);
        check("## How to begin\n- [x] done", &["How to begin", "done"]);
        check("-5 degrees\n2019. Then\n#123 is late", &["-5 degrees", "2019. Then", "#123 is late"]);
        check("\r\nHallo\r\n\r\nTschüss\r\n", &["Hallo", "Tschüss"]);
        check("---\n- \n", &["---"]);
    }

    #[test]
    fn code_and_signatures_stay() {
        check("Try:\n```sh\nls -l\n\n```\nDone", &["Try:", "=```sh\nls -l\n\n```", "Done"]);
        check("Try\n~~~\nopen", &["Try", "=~~~\nopen"]);
        check("Bye\n-- \nAnna Kowalska\nACME\n", &["Bye", "=-- \nAnna Kowalska\nACME"]);
    }

    #[test]
    fn lines_that_were_broken_at_a_column_are_joined() {
        let broken = "The printer in the second floor has stopped working since\nyesterday morning, and nobody here knows why it did\nso.";
        check(broken, &[broken]);
        check(
            "Dear Anna,\nthe printer works again.\nThanks",
            &["Dear Anna,", "the printer works again.", "Thanks"],
        );
        check(
            "We have looked at everything that you sent to us last week.\nThanks",
            &["We have looked at everything that you sent to us last week.", "Thanks"],
        );
    }
}
