//! The words by which a text is found again: folded, stemmed, and the same for every database engine.
//!
//! A document becomes a list of tokens separated by spaces: first its words in order, so that phrases can be found, then
//! what else it should be found by: the stems of its words (marked with [`STEM_MARK`]) and the joined forms of
//! addresses, references and numbers (`anna_kowalska_example_pl`, `k7qm_3xtp`, `k7qm3xtp`). Tokens hold only letters,
//! digits and `_`.

mod folding;
mod forms;
mod slovenian;
mod stems;
mod tokens;

pub(crate) use folding::fold;
use folding::shortened;
pub(crate) use forms::WordForms;
use kernel::LanguageTag;
use std::collections::HashSet;
pub(crate) use stems::Stems;
use tokens::{Compound, compounds};

/// Opens a token that is a stem, so that a stem is never taken for a word.
pub const STEM_MARK: char = '_';

/// A document has at most this many tokens; the rest of it isn't found.
const TOKENS_OF_DOCUMENT: usize = 20_000;
/// A query has at most this many words; the rest is ignored.
const WORDS_OF_QUERY: usize = 32;

/// The words of a text without case, accents and marks, separated by spaces: for lists that are searched by any part of a word.
pub fn folded(text: &str) -> String {
    let words = text.split_whitespace().map(fold).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The tokens of a document in this language, separated by spaces. Without stems when the language has no stemmer.
pub fn document_words(text: &str, language: &LanguageTag) -> String {
    let stems = Stems::of(language);
    let mut document = Document::default();
    for compound in compounds(text) {
        for &piece in compound.pieces() {
            document.add_word(piece, stems);
        }
        compound.joined_parts(|joined| document.add_extra(joined));
        if document.tokens >= TOKENS_OF_DOCUMENT {
            break;
        }
    }
    document.finished()
}

/// The words of a query. Each is a list of alternatives of which a document must have at least one; the document must
/// fit every word. `languages` are those in which the searched documents may be written.
pub fn query_words(text: &str, languages: &[LanguageTag]) -> Vec<Vec<String>> {
    let stems: Vec<Stems> = languages.iter().filter_map(Stems::of).collect();
    let mut words: Vec<Vec<String>> =
        compounds(text).flat_map(|compound| alternatives(&compound, &stems)).collect();
    words.truncate(WORDS_OF_QUERY);
    words
}

fn alternatives(compound: &Compound<'_>, stems: &[Stems]) -> Vec<Vec<String>> {
    if let Some(whole) = compound.whole() {
        return vec![whole];
    }
    let words = compound.pieces().iter().flat_map(|piece| {
        let folded = fold(piece);
        tokens::single_characters(&folded).unwrap_or_else(|| vec![word_alternatives(piece, folded, stems)])
    });
    words.filter(|alternatives| !alternatives.is_empty()).collect()
}

/// The word itself, and its stems both marked and unmarked: a document's word that is its own stem stands there
/// unmarked only.
fn word_alternatives(piece: &str, folded: String, stems: &[Stems]) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |token: String| {
        if !token.is_empty() && !found.contains(&token) {
            found.push(token);
        }
    };
    add(shortened(&folded).to_owned());
    for stem in stems.iter().filter_map(|stems| stems.stem(piece)) {
        add(format!("{STEM_MARK}{stem}"));
        add(stem);
    }
    found
}

#[derive(Default)]
struct Document {
    words: String,
    extras: String,
    known_extras: HashSet<String>,
    tokens: usize,
}

impl Document {
    fn add_word(&mut self, piece: &str, stems: Option<Stems>) {
        let folded = fold(piece);
        if let Some(characters) = tokens::single_characters(&folded) {
            characters.iter().flatten().for_each(|character| self.push(character));
            return;
        }
        let word = shortened(&folded);
        self.push(word);
        if let Some(stem) = stems.and_then(|stems| stems.stem(piece)).filter(|stem| stem != word) {
            self.add_extra(format!("{STEM_MARK}{stem}"));
        }
    }

    fn push(&mut self, word: &str) {
        if word.is_empty() || self.tokens >= TOKENS_OF_DOCUMENT {
            return;
        }
        self.tokens += 1;
        append(&mut self.words, word);
    }

    fn add_extra(&mut self, token: String) {
        if self.tokens < TOKENS_OF_DOCUMENT && !self.known_extras.contains(&token) {
            self.tokens += 1;
            append(&mut self.extras, &token);
            self.known_extras.insert(token);
        }
    }

    fn finished(mut self) -> String {
        if !self.extras.is_empty() {
            append(&mut self.words, &self.extras);
        }
        self.words
    }
}

fn append(line: &mut String, token: &str) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(token);
}

#[cfg(test)]
mod tests;
