//! Cuts a text into words, numbers and marks for the guard's rules.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    /// Begins and ends with a digit: `1,234.50`, `14:30`, `600 123 456`.
    Number,
    Mark(char),
}

/// A word, a number or a mark.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub range: Range<usize>,
    pub shape: Shape,
    pub text: &'t str,
    /// A word in small letters; otherwise as it stands.
    pub low: String,
    /// White space stands before it.
    pub is_spaced: bool,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// Begins with a capital letter.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }
}

/// The tokens of a text, in order. What stands in `hidden` (sorted, apart) is left out.
pub(super) fn tokens<'t>(text: &'t str, hidden: &[Range<usize>]) -> Vec<Token<'t>> {
    let mut found = Vec::new();
    let mut hidden = hidden.iter().peekable();
    let mut at = 0;
    let mut is_spaced = true;
    while let Some(first) = text[at..].chars().next() {
        if let Some(range) = hidden.next_if(|range| range.start <= at) {
            at = at.max(range.end);
            is_spaced = true;
            continue;
        }
        let until = hidden.peek().map_or(text.len(), |range| range.start);
        if first.is_whitespace() || first.is_control() {
            at += first.len_utf8();
            is_spaced = true;
            continue;
        }
        let (shape, length) = shape(&text[at..until], first);
        let piece = &text[at..at + length];
        let low = if shape == Shape::Word { piece.to_lowercase() } else { piece.to_owned() };
        found.push(Token { range: at..at + length, shape, text: piece, low, is_spaced });
        at += length;
        is_spaced = false;
    }
    found
}

fn shape(text: &str, first: char) -> (Shape, usize) {
    if first.is_ascii_digit() {
        (Shape::Number, number_length(text))
    } else if first.is_alphabetic() {
        (Shape::Word, word_length(text))
    } else {
        (Shape::Mark(first), first.len_utf8())
    }
}

fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joins =
            matches!(letter, '\'' | '’') && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let combines = matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '_');
        if !(letter.is_alphanumeric() || joins || combines) {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Digits, and what stands between digits of one number. A plain space joins groups of three only.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    let mut is_grouped = end <= 3;
    while let Some(separator) = text[end..].chars().next() {
        let after = end + separator.len_utf8();
        let group = if after < bytes.len() { digits(after) } else { 0 };
        let joins = match separator {
            '.' | ',' | ':' | '’' | '\'' => group > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => is_grouped && group == 3,
            _ => false,
        };
        if !joins {
            break;
        }
        is_grouped &= group == 3;
        end = after + group;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text, &[]).iter().map(|token| token.text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn texts_are_cut() {
        check("It's 24-hour.", &["It's", "24", "-", "hour", "."]);
        check("1 234,50 € um 14:30.", &["1 234,50", "€", "um", "14:30", "."]);
        check("In 2019 600 people", &["In", "2019", "600", "people"]);
        check("+48 600 123 456", &["+", "48 600 123 456"]);
        check("5kg, 12. 3. 2026", &["5", "kg", ",", "12", ".", "3", ".", "2026"]);
        check("\0a\0", &["a"]);
    }

    #[test]
    fn hidden_parts_are_left_out() {
        let found = tokens("ab 12 cd34", &[3..5, 8..10]);
        let texts: Vec<&str> = found.iter().map(|token| token.text).collect();
        assert_eq!(texts, ["ab", "cd"]);
    }
}
