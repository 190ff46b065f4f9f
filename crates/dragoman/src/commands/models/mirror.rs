//! What a mirror of Firefox Translations' models offers: its list of records, and which of them make a model.

use language::translation::{Direction, Manifest, ModelFile, Part};
use serde::Deserialize;

/// The list of a mirror: what Mozilla's settings server answers for its collection of models.
#[derive(Deserialize)]
pub struct Records {
    data: Vec<Record>,
}

/// One file of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    name: String,
    file_type: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    architecture: Option<String>,
    #[serde(alias = "fromLang")]
    source_language: String,
    #[serde(alias = "toLang")]
    target_language: String,
    decompressed_hash: Option<String>,
    decompressed_size: Option<u64>,
    attachment: Attachment,
}

#[derive(Clone, Debug, Deserialize)]
struct Attachment {
    location: String,
    hash: String,
    size: u64,
}

/// A file to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it is when it is unpacked.
    pub file: ModelFile,
    /// Where it is, below the mirror's address.
    pub location: String,
    /// It is packed by Zstandard.
    pub is_packed: bool,
    /// How long it is as it comes.
    pub size: u64,
}

impl Records {
    /// The newest model of a direction, and where its files are.
    pub fn newest(&self, direction: &Direction, mirror: &str) -> Option<(Manifest, Vec<Wanted>)> {
        let (from, to) = (direction.from.as_str(), direction.to.as_str());
        let of_pair = |record: &&Record| {
            record.source_language.eq_ignore_ascii_case(from)
                && record.target_language.eq_ignore_ascii_case(to)
        };
        let records: Vec<&Record> = self.data.iter().filter(of_pair).collect();
        let models = records.iter().filter(|record| record.file_type == "model");
        let newest = models
            .max_by_key(|record| (version(&record.version), std::cmp::Reverse(record.attachment.size)))?;
        let belongs = |record: &&&Record| {
            record.version == newest.version && record.architecture == newest.architecture
        };
        let wanted: Vec<Wanted> =
            records.iter().filter(belongs).filter_map(|record| wanted(record)).collect();
        let manifest = Manifest {
            from: direction.from.clone(),
            to: direction.to.clone(),
            version: newest.version.clone(),
            source: mirror.to_owned(),
            licence: "MPL-2.0".to_owned(),
            files: wanted.iter().map(|wanted| wanted.file.clone()).collect(),
        };
        Some((manifest, wanted))
    }

    /// The pairs that the mirror has.
    pub fn pairs(&self) -> usize {
        self.data.iter().filter(|record| record.file_type == "model").count()
    }
}

fn wanted(record: &Record) -> Option<Wanted> {
    let part = match record.file_type.as_str() {
        "model" => Part::Model,
        "vocab" => Part::Vocabulary,
        "srcvocab" => Part::SourceVocabulary,
        "trgvocab" => Part::TargetVocabulary,
        "lex" => Part::Shortlist,
        _ => return None,
    };
    let Attachment { location, hash, size } = record.attachment.clone();
    let is_packed = location.ends_with(".zst");
    let file = ModelFile {
        part,
        name: record.name.clone(),
        bytes: record.decompressed_size.unwrap_or(size),
        sha256: record.decompressed_hash.clone().unwrap_or(hash),
    };
    Some(Wanted { file, location, is_packed, size })
}

/// `3.0a1` before `3.0` before `3.1`.
fn version(text: &str) -> (Vec<u64>, bool) {
    let numbers = text.split('.').map(|word| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    (numbers.collect(), !text.contains(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn record(kind: &str, version: &str, size: u64) -> Value {
        let name = format!("{kind}.enpt.bin");
        json!({
            "name": name, "fileType": kind, "version": version, "architecture": "tiny", "sourceLanguage": "en", "targetLanguage": "pt",
            "decompressedHash": "ab", "decompressedSize": 10, "attachment": { "location": "a/b.zst", "hash": "cd", "size": size },
        })
    }

    #[test]
    fn the_newest_whole_model_is_chosen() {
        let old = json!({
            "name": "model.enpt.bin", "fileType": "model", "version": "1.0", "fromLang": "en", "toLang": "pt",
            "attachment": { "location": "c", "hash": "ef", "size": 7 },
        });
        let data = json!({ "data": [
            old, record("model", "3.0a1", 5), record("model", "3.0", 5), record("vocab", "3.0", 5), record("vocab", "1.0", 5),
            record("qualityModel", "3.0", 5),
        ] });
        let records: Records = serde_json::from_value(data).unwrap();
        let direction =
            |from: &str, to: &str| Direction { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let (manifest, wanted) = records.newest(&direction("en", "pt"), "https://a.example").unwrap();
        assert_eq!((manifest.version.as_str(), wanted.len()), ("3.0", 2));
        assert!(wanted[0].is_packed && wanted[0].file.sha256 == "ab");
        assert!(records.newest(&direction("pt", "en"), "").is_none());
    }
}
