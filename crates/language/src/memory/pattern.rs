//! A segment as its words and marks, with numbers, links, addresses and names as places to fill in.

use crate::words::fold;

/// One piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word as it is written.
    Word(String),
    /// Punctuation and symbols.
    Mark(char),
    /// A number, link, address or reference, of whatever value.
    Value,
    /// A name, whosever.
    Name,
}

/// A segment in pieces, with the values that it has.
pub(super) struct Pattern {
    pieces: Vec<Piece>,
    values: Vec<String>,
}

impl Piece {
    /// They differ in capitals, accents or marks only.
    pub(super) fn is_nearly(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(a), Self::Word(b)) => fold(a) == fold(b),
            (Self::Mark(a), Self::Mark(b)) => !asks(*a) && !asks(*b),
            _ => false,
        }
    }
}

impl Pattern {
    pub(super) fn new(text: &str, names: &[&str]) -> Self {
        let mut pattern = Self { pieces: Vec::new(), values: Vec::new() };
        for token in text.split_whitespace() {
            pattern.add(token, names);
        }
        pattern
    }

    fn add(&mut self, token: &str, names: &[&str]) {
        let core = token.trim_matches(|c: char| !c.is_alphanumeric());
        let start = token.find(core).unwrap_or_default();
        let (before, after) = (&token[..start], &token[start + core.len()..]);
        self.pieces.extend(before.chars().map(Piece::Mark));
        if !core.is_empty() {
            self.add_core(core, names);
        }
        self.pieces.extend(after.chars().map(Piece::Mark));
    }

    fn add_core(&mut self, core: &str, names: &[&str]) {
        let is_name = names.iter().any(|name| name.split_whitespace().any(|part| part == core));
        let is_value = core.bytes().any(|byte| byte.is_ascii_digit()) || core.contains(['@', '/']);
        if is_name || is_value {
            self.pieces.push(if is_name { Piece::Name } else { Piece::Value });
            self.values.push(core.to_owned());
        } else {
            self.pieces.push(Piece::Word(core.to_owned()));
        }
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn values(&self) -> &[String] {
        &self.values
    }

    pub(super) fn count_of(&self, value: &str) -> usize {
        self.values.iter().filter(|known| *known == value).count()
    }

    /// The same for equal patterns, and nearly always another for others (FNV-1a, 64 bits).
    pub(super) fn fingerprint(&self) -> String {
        let mut hash = Hash::new();
        for piece in &self.pieces {
            match piece {
                Piece::Word(word) => hash.feed(word),
                Piece::Mark(mark) => hash.feed(mark.encode_utf8(&mut [0; 4])),
                Piece::Value => hash.feed("\u{1}"),
                Piece::Name => hash.feed("\u{2}"),
            }
        }
        hash.written()
    }

    /// The same for patterns that differ in capitals, accents and marks only.
    pub(super) fn likeness_key(&self) -> String {
        let mut hash = Hash::new();
        for piece in &self.pieces {
            match piece {
                Piece::Word(word) => hash.feed(&fold(word)),
                Piece::Mark(mark) if asks(*mark) => hash.feed("?"),
                Piece::Mark(_) => {}
                Piece::Value => hash.feed("\u{1}"),
                Piece::Name => hash.feed("\u{2}"),
            }
        }
        hash.written()
    }
}

/// FNV-1a, 64 bits.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn feed(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn written(&self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The mark makes a question of a sentence.
pub(super) fn asks(mark: char) -> bool {
    matches!(mark, '?' | '¿' | ';' | '؟')
}

/// A value may stand in the place of another in a sentence of any language.
pub(super) fn may_become(old: &str, new: &str) -> bool {
    says_itself(old) && says_itself(new) && governs_alike(old, new)
}

/// Small numbers count something, and languages say *2 faktury* but *5 faktur*. Longer ones are references and count nothing.
fn governs_alike(old: &str, new: &str) -> bool {
    plural(old) == plural(new)
}

/// Numbers with the same ask for the same form of a noun in all of our languages; coarser than none needs, so that none is wrong.
fn plural(value: &str) -> Option<[u32; 3]> {
    let count: u32 = Some(value).filter(|value| value.len() <= 3)?.parse().ok()?;
    let class = |number: u32| match number {
        1 => 1,
        2 => 2,
        3 | 4 => 3,
        _ => 0,
    };
    let end = count % 100;
    let unit = if (11..=19).contains(&end) { 10 } else { count % 10 };
    Some([u32::from(count == 1), class(unit), class(end)])
}

/// A value is written the same in every language: no decimal or thousands marks, no date.
pub(super) fn says_itself(value: &str) -> bool {
    let has_letters = value.chars().any(char::is_alphabetic);
    has_letters || value.chars().all(|c| c.is_ascii_digit())
}

/// How many times a value stands in a text on its own.
pub(super) fn count(text: &str, value: &str) -> usize {
    places(text, value).count()
}

fn places<'a>(text: &'a str, value: &'a str) -> impl Iterator<Item = usize> + 'a {
    let alone = move |at: usize| {
        let joined = |c: char| c.is_alphanumeric();
        !text[..at].ends_with(joined) && !text[at + value.len()..].starts_with(joined)
    };
    text.match_indices(value).map(|(at, _)| at).filter(move |at| !value.is_empty() && alone(*at))
}

/// The text with each value replaced by its new one, all at once.
pub(super) fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut found: Vec<(usize, &str, &str)> =
        pairs.iter().flat_map(|(from, to)| places(text, from).map(move |at| (at, *from, *to))).collect();
    found.sort_by_key(|(at, from, _)| (*at, std::cmp::Reverse(from.len())));
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for (at, from, to) in found {
        if at >= done {
            written.push_str(&text[done..at]);
            written.push_str(to);
            done = at + from.len();
        }
    }
    written + &text[done..]
}
