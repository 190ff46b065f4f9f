//! What comes of reading somebody's list of terms: the good entries, and what is wrong with the others.

use super::Term;
use std::{collections::HashMap, fmt};

/// A form, a note or any other field may have this many bytes.
pub(super) const BYTES_OF_FIELD: usize = 2_000;

/// A list of terms as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The terms, in the order of the file.
    pub terms: Vec<Term>,
    /// What couldn't be taken over, in the order of the file. Nothing else was left out.
    pub problems: Vec<Problem>,
}

/// A place of a file that couldn't be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what was done about it.
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.sentence)
    }
}

impl Imported {
    pub(super) fn problem(&mut self, line: usize, sentence: impl Into<String>) {
        self.problems.push(Problem { line, sentence: sentence.into() });
    }
}

/// Terms on their way in, by their ids.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) imported: Imported,
    places: HashMap<String, (usize, usize)>,
}

impl Gathering {
    /// The term with this id and the line on which it began, if there is one.
    pub(super) fn known(&mut self, id: &str) -> Option<(&mut Term, usize)> {
        let (place, line) = *self.places.get(id)?;
        Some((&mut self.imported.terms[place], line))
    }

    /// Adds a new term. Without an id it gets the number of its line.
    pub(super) fn add(&mut self, mut term: Term, line: usize) {
        if term.id.is_empty() {
            term.id = self.free_id(line);
        }
        self.places.insert(term.id.clone(), (self.imported.terms.len(), line));
        self.imported.terms.push(term);
    }

    fn free_id(&self, line: usize) -> String {
        let mut id = format!("line-{line}");
        while self.places.contains_key(&id) {
            id.push('x');
        }
        id
    }
}
