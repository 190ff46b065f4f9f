//! Rule: which lines of a mail are its signature: what stands below `-- `, a closing formula with a name, what phones add,
//! and disclaimers.

use super::closings::{Closing, closing, is_disclaimer, is_footer, is_list_footer};
use super::quotes::Found;
use super::{Kind, has_words, line};
use crate::email::phrases;

/// Marks signatures at the end of each run of new lines: of the mail, or of what stands above a quote.
pub(super) fn mark(lines: &[&str], found: Found, kinds: &mut [Kind]) {
    let mut spoken = found == Found::Forward;
    let mut from = 0;
    while from < lines.len() {
        if kinds.get(from) != Some(&Kind::New) {
            from += 1;
            continue;
        }
        let run = kinds.iter().skip(from).take_while(|kind| **kind == Kind::New).count();
        let part = Part { lines, from };
        let end = from + run;
        let start = part.signature(end);
        // A mail that is nothing but a signature is shown.
        let words = (from..start).any(|n| has_words(lines, n));
        if start < end && (words || spoken) {
            kinds.iter_mut().take(end).skip(start).for_each(|kind| *kind = Kind::Signature);
        }
        spoken |= words;
        from = end;
    }
}

/// A run of new lines, from its first one.
struct Part<'a> {
    lines: &'a [&'a str],
    from: usize,
}

impl Part<'_> {
    /// Where the signature of a part that ends before a line begins; that line itself where there is none.
    fn signature(&self, end: usize) -> usize {
        let mut start = self.without_blank(end);
        if start == self.from {
            return end;
        }
        let last = start;
        start = self.above_footers(start);
        start = self.at_delimiter(start).unwrap_or(start);
        start = self.above_footers(start);
        let above = self.without_blank(start);
        start = self.at_closing(above).or_else(|| self.at_dashed_name(above)).unwrap_or(start);
        start = self.above_footers(start);
        if start == last { end } else { start }
    }

    fn line(&self, n: usize) -> &str {
        line(self.lines, n).trim()
    }

    /// The end without the blank lines above it.
    fn without_blank(&self, end: usize) -> usize {
        (self.from..end).rev().find(|n| has_words(self.lines, *n)).map_or(self.from, |n| n + 1)
    }

    /// What is added below mails by itself, one thing above the other.
    fn above_footers(&self, end: usize) -> usize {
        let mut start = end;
        loop {
            let end = self.without_blank(start);
            let Some(above) = self.footer(end) else { return if end > self.from { start } else { end } };
            start = above;
        }
    }

    fn footer(&self, end: usize) -> Option<usize> {
        const BELOW: usize = 3;
        if end == self.from {
            return None;
        }
        let last = end - 1;
        if is_ornament(self.line(last)) && !self.closes_a_frame(last) {
            return Some(last);
        }
        // A name may stand below what the phone added.
        let mut rows = (self.from..end).rev().filter(|n| has_words(self.lines, *n)).take(BELOW);
        if let Some(footer) = rows.find(|n| is_footer(self.line(*n)))
            && (footer + 1..end).all(|n| is_row_of_contact(self.line(n)))
        {
            return Some(footer);
        }
        let top = (self.from..end).rev().find(|n| !has_words(self.lines, *n)).map_or(self.from, |n| n + 1);
        let paragraph = self.lines.get(top..end).unwrap_or_default();
        (is_disclaimer(paragraph) || is_list_footer(paragraph)).then_some(top)
    }

    /// A line of signs that stands above as well frames something.
    fn closes_a_frame(&self, last: usize) -> bool {
        let same = |n: usize| self.line(n) == self.line(last);
        let rows = (self.from..last).rev().take(20);
        self.line(last).starts_with('`') || (self.line(last).len() > 2 && rows.into_iter().any(same))
    }

    /// `-- ` with at most so many lines below it, or another rule with a name below it.
    fn at_delimiter(&self, end: usize) -> Option<usize> {
        const LONGEST: usize = 20;
        const LONGEST_BELOW_RULE: usize = 6;
        let mut below = 0;
        for n in (self.from..end).rev() {
            let is_rule = is_short_rule(self.line(n));
            let fits = is_signature_delimiter(self.line(n))
                || (is_rule && below <= LONGEST_BELOW_RULE && self.names_below(n + 1, end));
            if fits && below > 0 {
                return Some(self.above_delimiters(n));
            }
            below += usize::from(has_words(self.lines, n));
            if below > LONGEST {
                return None;
            }
        }
        None
    }

    fn above_delimiters(&self, start: usize) -> usize {
        let is_delimiter = |n: usize| is_signature_delimiter(self.line(n)) || !has_words(self.lines, n);
        let above = (self.from..start).rev().take_while(|n| is_delimiter(*n)).last().unwrap_or(start);
        (above..=start).find(|n| has_words(self.lines, *n)).unwrap_or(start)
    }

    fn names_below(&self, from: usize, end: usize) -> bool {
        let first = (from..end).map(|n| self.line(n)).find(|line| !line.is_empty()).unwrap_or_default();
        let letters = first.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '-' | '\''));
        letters && (closing(first).is_some() || is_name(first)) && self.all_contact(from, end)
    }

    fn all_contact(&self, from: usize, end: usize) -> bool {
        (from..end).all(|n| is_row_of_contact(self.line(n)))
    }

    /// The last closing formula with a name below it.
    fn at_closing(&self, end: usize) -> Option<usize> {
        const LONGEST: usize = 14;
        const LONGEST_AFTER_THANKS: usize = 2;
        let mut below = 0;
        for n in (self.from..end).rev() {
            if let Some(closing) = closing(self.line(n)) {
                let longest = match closing {
                    Closing::Greeting => LONGEST,
                    Closing::Thanks => LONGEST_AFTER_THANKS,
                };
                let name = (n + 1..end).find(|n| has_words(self.lines, *n))?;
                let named = is_name(self.line(name)) && self.all_contact(n + 1, end);
                return (below <= longest && named).then_some(n);
            }
            below += usize::from(has_words(self.lines, n));
            if below > LONGEST {
                return None;
            }
        }
        None
    }

    /// `-Ann` in the last line, below a blank line or a sentence that has ended, and in no list.
    fn at_dashed_name(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1).filter(|last| *last > self.from)?;
        let name = self.line(last).strip_prefix('-')?.trim_start();
        let letters = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\''));
        let above = (self.from..last).rev().find(|n| has_words(self.lines, *n))?;
        let words = self.line(above);
        let apart = above + 1 < last || words.ends_with(['.', '!', '?', ')', '…']);
        let listed = words.starts_with(['-', '*', '•']) || words.ends_with([':', ',']);
        (letters && is_name(name) && name.len() <= 30 && apart && !listed).then_some(last)
    }
}

/// `-- `, also without its space.
fn is_signature_delimiter(line: &str) -> bool {
    matches!(line, "--" | "—" | "–")
}

/// `---` or `____`.
fn is_short_rule(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'_'))
}

/// Nothing but signs: a rule, or what a program that counts openings leaves behind.
fn is_ornament(line: &str) -> bool {
    const TRACES: &str = "ᐧ·•―—–\u{200b}\u{200c}\u{feff}";
    let rule = |c: char| matches!(c, '-' | '_' | '=' | '*' | '#' | '~' | '+');
    line.chars().all(rule) && line.len() >= 2 || line.chars().all(|c| TRACES.contains(c))
}

/// Short enough for a name, with nothing that ends a sentence.
fn is_name(line: &str) -> bool {
    const MOST_WORDS: usize = 5;
    const LONGEST: usize = 40;
    line.split_whitespace().count() <= MOST_WORDS
        && line.chars().count() <= LONGEST
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['?', '!', ':', ';', '。', '？', '！'])
        && !(line.ends_with('.') && line.split_whitespace().count() > 3)
}

/// A row of a signature: short, and no sentence or postscript.
fn is_row_of_contact(line: &str) -> bool {
    const LONGEST: usize = 90;
    const MOST_WORDS: usize = 14;
    let lower = line.get(..3).unwrap_or_default().to_lowercase();
    let postscript = ["ps", "p.s", "nb:"].iter().any(|ps| lower.starts_with(ps)) && line.contains([':', '.']);
    let sentence = line.ends_with(['?', '。', '？'])
        || (line.ends_with(['.', '!', ':']) && line.split_whitespace().count() > 6);
    line.chars().count() <= LONGEST
        && line.split_whitespace().count() <= MOST_WORDS
        && !sentence
        && !postscript
        && !phrases::is_separator(line)
}
