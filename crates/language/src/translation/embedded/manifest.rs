//! What a model's folder says of itself, in `manifest.json`.

use crate::translation::port::Direction;
use kernel::LanguageTag;
use serde::{Deserialize, Serialize};

/// A model of one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The language that it reads.
    pub from: LanguageTag,
    /// The language that it writes.
    pub to: LanguageTag,
    /// Which release of the model it is, if that is known.
    #[serde(default)]
    pub version: String,
    /// Where it was taken from.
    #[serde(default)]
    pub source: String,
    /// Under which licence it may be used.
    #[serde(default)]
    pub licence: String,
    /// Its files.
    pub files: Vec<ModelFile>,
}

/// A file of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// What it is for.
    pub part: Part,
    /// Its name in the folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// Its SHA-256, in 64 hexadecimal digits.
    pub sha256: String,
}

/// What a file of a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The weights.
    Model,
    /// The pieces of words of both languages.
    Vocabulary,
    /// The pieces of words of the language that it reads.
    SourceVocabulary,
    /// The pieces of words of the language that it writes.
    TargetVocabulary,
    /// Which words may stand for which: with it the engine is three times as fast.
    Shortlist,
}

impl Manifest {
    /// Its direction.
    pub fn direction(&self) -> Direction {
        Direction { from: self.from.clone(), to: self.to.clone() }
    }

    /// The file for a part.
    pub fn file(&self, part: Part) -> Option<&ModelFile> {
        self.files.iter().find(|file| file.part == part)
    }

    /// How long all its files are together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Its name in the folder of models: `en-pt`.
    pub fn folder(&self) -> String {
        folder_of(&self.direction())
    }
}

/// The folder of a direction.
pub(super) fn folder_of(direction: &Direction) -> String {
    format!("{}-{}", direction.from, direction.to)
}

/// What a file of the Firefox Translations layout is for and of which direction, by its name: `lex.50.50.enpt.s2t.bin`,
/// `model.enpt.intgemm.alphas.bin`, `vocab.enpt.spm`, `srcvocab.enja.spm`.
pub fn part_of(name: &str) -> Option<(Part, Option<Direction>)> {
    let mut words = name.split('.');
    let part = match words.next()? {
        "model" if name.ends_with(".bin") => Part::Model,
        "vocab" if name.ends_with(".spm") => Part::Vocabulary,
        "srcvocab" if name.ends_with(".spm") => Part::SourceVocabulary,
        "trgvocab" if name.ends_with(".spm") => Part::TargetVocabulary,
        "lex" if name.ends_with(".bin") => Part::Shortlist,
        _ => return None,
    };
    let pair = words.find(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_lowercase()));
    let direction = pair.and_then(|pair| {
        Some(Direction { from: pair.get(..2)?.parse().ok()?, to: pair.get(2..)?.parse().ok()? })
    });
    Some((part, direction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_tell_what_they_are() {
        let check = |name: &str, part: Option<Part>, pair: &str| {
            let found = part_of(name);
            assert_eq!(found.as_ref().map(|(part, _)| *part), part, "{name}");
            let direction =
                found.and_then(|(_, direction)| direction).map(|d| folder_of(&d)).unwrap_or_default();
            assert_eq!(direction, pair, "{name}");
        };
        check("model.enpt.intgemm.alphas.bin", Some(Part::Model), "en-pt");
        check("lex.50.50.enpt.s2t.bin", Some(Part::Shortlist), "en-pt");
        check("vocab.pten.spm", Some(Part::Vocabulary), "pt-en");
        check("srcvocab.enja.spm", Some(Part::SourceVocabulary), "en-ja");
        check("model.bin", Some(Part::Model), "");
        check("config.intgemm8bitalpha.yml", None, "");
    }
}
