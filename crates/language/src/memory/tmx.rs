//! Translation memories as TMX 1.4b, as translators' tools read and write them.
//!
//! Entities that a file defines itself are never expanded and nothing outside of the file is read. Codes of other tools inside a
//! segment are left out.

use crate::markup::{self, Reads};
use crate::terms::Problem;
use kernel::LanguageTag;
use quick_xml::escape::escape;
use std::fmt::Write;

/// A segment and what it is in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TmxPair {
    /// The language of the original.
    pub from: LanguageTag,
    /// The language of the translation.
    pub to: LanguageTag,
    /// The original.
    pub source: String,
    /// The translation.
    pub target: String,
    /// Who wrote it, as the file says; mostly empty.
    pub by: String,
}

/// A translation memory as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedPairs {
    /// The pairs, in the order of the file.
    pub pairs: Vec<TmxPair>,
    /// What couldn't be taken over. Nothing else was left out.
    pub problems: Vec<Problem>,
}

/// A segment may have this many bytes.
const BYTES_OF_SEGMENT: usize = 4_000;
/// So many languages of a unit are read.
const LANGUAGES: usize = 60;

/// The pairs as TMX 1.4b, in UTF-8.
pub fn to_tmx(pairs: &[TmxPair]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n\
         <header creationtool=\"Dragoman\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"dragoman\" adminlang=\"en\" \
         srclang=\"*all*\" datatype=\"plaintext\"/>\n<body>\n",
    );
    for pair in pairs {
        let by =
            if pair.by.is_empty() { String::new() } else { format!(" creationid=\"{}\"", written(&pair.by)) };
        // Writing to memory has no errors.
        let _ = writeln!(
            xml,
            "<tu srclang=\"{}\"{by}><tuv xml:lang=\"{}\"><seg>{}</seg></tuv><tuv xml:lang=\"{}\"><seg>{}</seg></tuv></tu>",
            pair.from,
            pair.from,
            written(&pair.source),
            pair.to,
            written(&pair.target)
        );
    }
    xml.push_str("</body>\n</tmx>\n");
    xml
}

/// What XML can't hold is left out.
fn written(text: &str) -> String {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    escape(text.chars().filter(is_allowed).collect::<String>()).into_owned()
}

/// Reads pairs from TMX. A unit that can't be taken over is told and left out; the others are read.
pub fn from_tmx(bytes: &[u8]) -> ImportedPairs {
    let mut reading = Reading::default();
    markup::read(bytes, &mut reading);
    reading.imported
}

#[derive(Default)]
struct Reading {
    imported: ImportedPairs,
    open: Vec<String>,
    source: String,
    unit: Option<Unit>,
    text: String,
    /// How deep the codes of another tool are that are being left out.
    skipped: usize,
    is_tmx: bool,
}

#[derive(Default)]
struct Unit {
    source: String,
    by: String,
    language: String,
    said: Vec<(String, String)>,
}

impl Reads for Reading {
    fn say(&mut self, text: &str) {
        // No longer than what tells that it is too long.
        if self.skipped == 0 && self.text.len() <= BYTES_OF_SEGMENT {
            self.text.push_str(text);
        }
    }

    fn opened(&mut self, name: String, attribute: &dyn Fn(&str) -> Option<String>, _: usize) {
        match name.as_str() {
            "tmx" => self.is_tmx = true,
            "header" => self.source = attribute("srclang").unwrap_or_default(),
            "tu" => {
                self.unit = Some(Unit {
                    source: attribute("srclang").unwrap_or_else(|| self.source.clone()),
                    by: attribute("creationid").unwrap_or_default(),
                    ..Unit::default()
                });
            }
            "tuv" => {
                if let Some(unit) = &mut self.unit {
                    unit.language = attribute("xml:lang").or_else(|| attribute("lang")).unwrap_or_default();
                }
            }
            "seg" => self.text.clear(),
            _ => {}
        }
        self.skipped += usize::from(is_code(&name));
        self.open.push(name);
    }

    fn closed(&mut self, line: usize) {
        let Some(name) = self.open.pop() else { return };
        self.skipped -= usize::from(is_code(&name));
        match name.as_str() {
            "seg" => {
                let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(unit) = self.unit.as_mut().filter(|unit| unit.said.len() < LANGUAGES) {
                    unit.said.push((std::mem::take(&mut unit.language), text));
                }
                self.text.clear();
            }
            "tu" => {
                if let Some(unit) = self.unit.take()
                    && let Err(sentence) = self.add(&unit)
                {
                    self.problem(line, format!("{sentence} The unit was left out."));
                }
            }
            _ => {}
        }
    }

    fn ended(&mut self) {
        if !self.is_tmx {
            self.problem(1, "This is no TMX: it has no element “tmx”.".to_owned());
        }
    }

    fn problem(&mut self, line: usize, sentence: String) {
        self.imported.problems.push(Problem { line, sentence });
    }
}

impl Reading {
    fn add(&mut self, unit: &Unit) -> Result<(), String> {
        let said: Vec<(LanguageTag, &str)> = unit
            .said
            .iter()
            .map(|(tag, text)| Ok((language(tag)?, text.as_str())))
            .collect::<Result<_, String>>()?;
        if let Some((_, text)) = said.iter().find(|(_, text)| text.len() > BYTES_OF_SEGMENT) {
            return Err(format!(
                "A segment has {} bytes or more, at most {BYTES_OF_SEGMENT} are taken.",
                text.len()
            ));
        }
        if said.iter().any(|(_, text)| !text.chars().any(char::is_alphabetic)) {
            return Err("A segment has no words.".to_owned());
        }
        let named: Option<LanguageTag> = language(&unit.source).ok();
        let is_source = |tag: &LanguageTag| named.as_ref().is_some_and(|named| tag.is_same_language(named));
        let source = said.iter().find(|(tag, _)| is_source(tag)).or(said.first());
        let Some((from, source)) = source else { return Err("It says nothing.".to_owned()) };
        let others: Vec<&(LanguageTag, &str)> =
            said.iter().filter(|(tag, _)| !tag.is_same_language(from)).collect();
        if others.is_empty() {
            return Err("It has only one language.".to_owned());
        }
        for (to, target) in others {
            self.imported.pairs.push(TmxPair {
                from: from.clone(),
                to: to.clone(),
                source: (*source).to_owned(),
                target: (*target).to_owned(),
                by: unit.by.trim().chars().take(100).collect(),
            });
        }
        Ok(())
    }
}

fn language(tag: &str) -> Result<LanguageTag, String> {
    let tag = tag.trim().replace('_', "-");
    tag.parse().map_err(|_| format!("“{tag}” is not a language tag. It should look like “de” or “pt-br”."))
}

/// Codes of other tools, whose contents aren't words.
fn is_code(name: &str) -> bool {
    matches!(name, "bpt" | "ept" | "ph" | "it" | "ut")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pair(from: &str, to: &str, source: &str, target: &str, by: &str) -> TmxPair {
        TmxPair {
            from: from.parse().expect("a tag"),
            to: to.parse().expect("a tag"),
            source: source.into(),
            target: target.into(),
            by: by.into(),
        }
    }

    #[track_caller]
    fn check(body: &str, pairs: &[TmxPair], problems: &[&str]) {
        let text = format!(
            "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header srclang=\"en-GB\"/><body>{body}</body></tmx>"
        );
        let read = from_tmx(text.as_bytes());
        let told: Vec<&str> = read.problems.iter().map(|problem| problem.sentence.as_str()).collect();
        assert_eq!(read.pairs, pairs);
        assert!(told.len() == problems.len(), "{told:?}");
        for (told, problem) in told.iter().zip(problems) {
            assert!(told.contains(problem), "{told} has no {problem}");
        }
    }

    #[test]
    fn units_are_read_from_the_source_into_each_other_language() {
        check(
            "<tu creationid='Ana'><prop type='x'>y</prop><tuv xml:lang='DE'><seg>Ja &amp; <bpt>&lt;b></bpt><hi>nein</hi></seg></tuv>\
             <tuv xml:lang='en_US'><seg>Yes\n and no</seg></tuv><tuv lang='pl'><seg>Tak</seg></tuv></tu>",
            &[
                pair("en-us", "de", "Yes and no", "Ja & nein", "Ana"),
                pair("en-us", "pl", "Yes and no", "Tak", "Ana"),
            ],
            &[],
        );
        check(
            "<tu srclang='de'><tuv xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='de'><seg>b</seg></tuv></tu>",
            &[pair("de", "en", "b", "a", "")],
            &[],
        );
    }

    #[test]
    fn what_is_no_pair_is_told() {
        let good = "<tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='de'><seg>b</seg></tuv></tu>";
        let one = |bad: &str, problem: &str| {
            check(&format!("{bad}{good}"), &[pair("en", "de", "a", "b", "")], &[problem]);
        };
        one("<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>", "only one language");
        one("<tu><tuv xml:lang='english!'><seg>a</seg></tuv></tu>", "not a language tag");
        one(
            "<tu><tuv xml:lang='en'><seg>1</seg></tuv><tuv xml:lang='de'><seg>b</seg></tuv></tu>",
            "no words",
        );
        one("<tu></tu>", "says nothing");
        let long = "x".repeat(5_000);
        one(&format!("<tu><tuv xml:lang='en'><seg>{long}</seg></tuv></tu>"), "at most 4000");
    }

    #[test]
    fn hostile_files_are_told_and_harmless() {
        let told = |bytes: &[u8]| from_tmx(bytes).problems.first().expect("a problem").sentence.clone();
        assert!(told(b"\xff\xfe<tmx/>").contains("UTF-8"));
        assert!(told(b"<html></html>").contains("no TMX"));
        assert!(told(b"<tmx><body>").contains("ends in the middle"));
        assert!(told("<a>".repeat(1_000).as_bytes()).contains("too deep"));
        let bomb = "<!DOCTYPE tmx [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><tmx><body>\
            <tu><tuv xml:lang='en'><seg>x &b;</seg></tuv><tuv xml:lang='de'><seg>y</seg></tuv></tu></body></tmx>";
        let read = from_tmx(bomb.as_bytes());
        assert_eq!(read.pairs, [pair("en", "de", "x", "y", "")]);
        assert!(read.problems[0].sentence.contains("isn't expanded"));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(source in "[a-z][\\PC]{0,40}", target in "[a-z][\\PC]{0,40}", by in "[a-z]{0,9}") {
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let pair = pair("en", "pt-br", &flat(&source), &flat(&target), &by);
            let read = from_tmx(to_tmx(std::slice::from_ref(&pair)).as_bytes());
            prop_assert_eq!(read, ImportedPairs { pairs: vec![pair], problems: Vec::new() });
        }

        #[test]
        fn nothing_makes_it_panic(text in "(<|>|/|tu|tuv|seg|tmx|&|;|x| |=|'|en){0,60}") {
            from_tmx(text.as_bytes());
        }
    }
}
