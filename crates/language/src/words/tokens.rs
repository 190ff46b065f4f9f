//! Cuts text into words, and keeps together what was written as one: addresses, references, numbers.

use super::folding::{fold, is_accent, shortened};

/// Longer compounds (web addresses, mostly) are found whole and by their words, not by every part.
const PIECES_JOINED: usize = 6;

/// Words that were written without a space between: `anna.kowalska@example.pl`, `K7QM-3XTP`, `und/oder`.
pub(super) struct Compound<'a> {
    pieces: Vec<&'a str>,
    is_reference: bool,
}

/// The compounds of a text, in order. Most have one piece.
pub(super) fn compounds(text: &str) -> impl Iterator<Item = Compound<'_>> {
    text.split(|c: char| !is_part(c) && !is_connector(c)).filter_map(Compound::new)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c) || c == '\u{ad}'
}

fn is_connector(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '-' | '_' | '/' | '@' | '+' | '\'' | '’')
}

impl<'a> Compound<'a> {
    fn new(written: &'a str) -> Option<Self> {
        let pieces: Vec<&str> =
            written.split(is_connector).filter(|piece| piece.chars().any(char::is_alphanumeric)).collect();
        let is_reference = written.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@');
        (!pieces.is_empty()).then_some(Self { pieces, is_reference })
    }

    /// Its words, as written.
    pub(super) fn pieces(&self) -> &[&'a str] {
        &self.pieces
    }

    /// As a query: the joined forms, when it is a reference, a number or an address of several pieces.
    pub(super) fn whole(&self) -> Option<Vec<String>> {
        if !self.is_reference || self.pieces.len() < 2 {
            return None;
        }
        let mut forms = vec![joined(&self.pieces, "_")];
        if self.pieces.len() <= PIECES_JOINED {
            forms.push(joined(&self.pieces, ""));
        }
        Some(forms)
    }

    /// As a document: the joined forms of the whole and of each run of its pieces, so that a part of an address finds it.
    pub(super) fn joined_parts(&self, mut add: impl FnMut(String)) {
        for form in self.whole().into_iter().flatten() {
            add(form);
        }
        let count = self.pieces.len();
        if !self.is_reference || count > PIECES_JOINED {
            return;
        }
        for first in 0..count {
            for end in first + 2..=count {
                add(joined(&self.pieces[first..end], "_"));
            }
        }
    }
}

fn joined(pieces: &[&str], separator: &str) -> String {
    let folded: Vec<String> = pieces.iter().map(|piece| fold(piece)).collect();
    shortened(&folded.join(separator)).to_owned()
}

/// A word in a script without spaces, character by character (each with itself as only alternative); none for others.
pub(super) fn single_characters(folded: &str) -> Option<Vec<Vec<String>>> {
    let spaceless = |c: char| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
    };
    let is_spaceless = !folded.is_ascii() && folded.chars().any(spaceless);
    is_spaceless.then(|| folded.chars().map(|c| vec![c.to_string()]).collect())
}
