//! Messages in another language, side by side with what they say themselves.

use super::marks::Language;

/// A message that came, in the reader's language.
#[derive(Debug, Clone)]
pub enum Translation {
    /// Can be had.
    Offered {
        /// "Translate into English".
        words: String,
        /// Where it is asked for.
        url: String,
    },
    /// Is being made.
    Awaited,
    /// Couldn't be made.
    Failed {
        /// Why.
        sentence: String,
        /// Where it is asked for again.
        url: String,
    },
    /// Is there.
    Done(Box<Pair>),
}

/// Two texts that say the same.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The original.
    pub original: Side,
    /// The translation.
    pub translation: Side,
    /// "Translated by a machine (Firefox pl-en)."
    pub label: String,
    /// Some of it is doubtful: a sentence for the reader.
    pub doubt: Option<String>,
}

/// One of two texts that say the same.
#[derive(Debug, Clone)]
pub struct Side {
    /// "Polish, as it was written".
    pub heading: String,
    /// Its language.
    pub language: Option<Language>,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The text; line breaks are kept.
    pub text: String,
    /// The number that it shares with the same piece of the other side; none for what stands between.
    pub number: Option<usize>,
    /// The translation of this piece is doubtful.
    pub is_doubtful: bool,
    /// Who said it, where that wasn't a machine: "Ana approved this in a reply on 2026-03-02."
    pub because: Option<String>,
    /// The same text, cut where the client's terms stand.
    pub bits: Vec<Bit>,
}

/// A bit of a piece: a term of the client, or what stands between two.
#[derive(Debug, Clone)]
pub struct Bit {
    /// The text.
    pub text: String,
    /// The term that it is.
    pub term: Option<TermMark>,
}

/// A term of the client in a text.
#[derive(Debug, Clone)]
pub struct TermMark {
    /// What it shares with the same term of the other side.
    pub key: String,
    /// Its sense and note: "of a person: curt. short: curt, not brief".
    pub note: String,
}

impl Piece {
    /// A piece without a term, from a machine.
    pub(crate) fn plain(text: &str, number: Option<usize>, is_doubtful: bool) -> Self {
        let bit = Bit { text: text.to_owned(), term: None };
        Self { text: text.to_owned(), number, is_doubtful, because: None, bits: vec![bit] }
    }
}

/// How a reply comes into the customer's language.
#[derive(Debug, Clone, Default)]
pub enum Across {
    /// The reader writes it, or nothing is known that could help.
    #[default]
    Needless,
    /// The reader doesn't: they can write in their own language.
    Offered {
        /// "Translate into Polish".
        words: String,
    },
    /// The reader doesn't write it, and no engine goes there.
    Impossible {
        /// Why, and what can be done.
        sentence: String,
    },
    /// The reply stands there in both languages.
    Drawn(Box<Crossing>),
}

/// A reply in two languages, before it is sent.
#[derive(Debug, Clone)]
pub struct Crossing {
    /// What the representative wrote.
    pub own: String,
    /// Its language.
    pub own_language: Option<Language>,
    /// What the customer is to read.
    pub text: String,
    /// Its language.
    pub language: Option<Language>,
    /// "Translated by a machine (Firefox en-pl)."
    pub label: String,
    /// The same said back in the representative's language; empty where that can't be had.
    pub back: String,
    /// The client's words that stand in the representative's text.
    pub words: Vec<WordLine>,
    /// What the meaning guard found, the gravest first.
    pub findings: Vec<FindingLine>,
    /// It doesn't leave unless somebody says that it is right.
    pub is_stopped: bool,
}

/// A word of the client's.
#[derive(Debug, Clone)]
pub struct WordLine {
    /// As the representative writes it.
    pub own: String,
    /// As the customer should read it; the same where it stays as it is, empty where the termbase doesn't say.
    pub said: String,
    /// What to know about it; may be empty.
    pub note: String,
}

/// Something that the meaning guard found.
#[derive(Debug, Clone)]
pub struct FindingLine {
    /// "Stop", "Look", "Hint".
    pub word: &'static str,
    /// The icon beside it.
    pub icon: &'static str,
    /// The key that styles select by.
    pub key: &'static str,
    /// The words of the representative that it is about.
    pub own: Option<String>,
    /// The words of the translation that it is about.
    pub said: Option<String>,
    /// Why, and what to do.
    pub why: String,
}
