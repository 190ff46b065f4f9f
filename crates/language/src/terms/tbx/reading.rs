//! Reads TBX, of today and of before, with data categories as tags or as attributes.
//!
//! Entities that a file defines itself are never expanded, and nothing outside of the file is read.

use super::{KEEP, plain_id};
use crate::terms::importing::{BYTES_OF_FIELD, Gathering, Imported};
use crate::terms::{Form, PartOfSpeech, Status, Term, TermKind};
use kernel::LanguageTag;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements stand in each other at most so deep.
const DEPTH: usize = 64;

/// Reads terms from TBX. A concept or a form that can't be taken over is told and left out; the others are read.
pub fn from_tbx(bytes: &[u8]) -> Imported {
    let mut reading = Reading::default();
    match std::str::from_utf8(bytes) {
        Ok(text) => reading.read(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => reading.gathering.imported.problem(1, "The file isn't in UTF-8. Nothing was read."),
    }
    reading.gathering.imported
}

/// What is being read.
#[derive(Default)]
struct Reading {
    gathering: Gathering,
    /// The categories of the open elements: their names, or what their `type` says.
    open: Vec<String>,
    text: String,
    term: Option<(Term, usize)>,
    language: Option<Result<LanguageTag, String>>,
    form: Option<Form>,
    found_root: bool,
}

/// Tells the line of a byte, asked for in ascending order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, self.text.len());
        self.line += self.text.as_bytes()[self.at..byte].iter().filter(|byte| **byte == b'\n').count();
        self.at = byte;
        self.line
    }
}

impl Reading {
    fn read(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut lines = Lines { text, at: 0, line: 1 };
        loop {
            let event = reader.read_event();
            let line = lines.line(reader.buffer_position());
            match event {
                Ok(Event::Eof) if self.open.is_empty() => break,
                Ok(Event::Eof) => {
                    self.problem(line, "The file ends in the middle. What was whole before was read.");
                    break;
                }
                Ok(event) if self.open.len() < DEPTH => self.take(event, line),
                Ok(_) => {
                    self.problem(line, "Elements stand too deep in each other. The rest wasn't read.");
                    break;
                }
                Err(error) => {
                    self.problem(line, format!("This is no XML: {error}. The rest wasn't read."));
                    break;
                }
            }
        }
        if !self.found_root {
            self.problem(1, "This is no TBX: it has no element “tbx” or “martif”.");
        }
    }

    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(start) => self.opened(&start, line),
            Event::End(_) => self.closed(line),
            Event::Text(text) => self.text.push_str(&text.xml10_content().unwrap_or_default()),
            Event::CData(text) => self.text.push_str(&text.xml10_content().unwrap_or_default()),
            Event::GeneralRef(reference) => self.refer(&reference, line),
            _ => {}
        }
    }

    fn refer(&mut self, reference: &BytesRef<'_>, line: usize) {
        let name = reference.decode().unwrap_or_default();
        let letter = match &*name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        match letter {
            Some(letter) => self.text.push(letter),
            None => self.problem(line, format!("The entity “{name}” isn't expanded. It was left out.")),
        }
    }

    fn opened(&mut self, start: &BytesStart<'_>, line: usize) {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let attribute = |wanted: &str| {
            let found = start.try_get_attribute(wanted).ok().flatten()?;
            let value = String::from_utf8_lossy(&found.value).into_owned();
            Some(quick_xml::escape::unescape(&value).map_or(value.clone(), |value| value.into_owned()))
        };
        match name.as_str() {
            "tbx" | "martif" => self.found_root = true,
            "conceptEntry" | "termEntry" => {
                let id = attribute("id").map(|id| plain_id(&id)).unwrap_or_default();
                self.term = Some((Term::new(id, Vec::new()), line));
            }
            "langSec" | "langSet" => {
                let tag = attribute("xml:lang").unwrap_or_default();
                self.language = Some(tag.replace('_', "-").parse().map_err(|_| tag));
            }
            "termSec" | "tig" | "ntig" => self.form = Some(Form::new(LanguageTag::unknown(), "")),
            _ => {}
        }
        let category = match name.as_str() {
            "descrip" | "termNote" | "admin" => attribute("type").unwrap_or(name),
            _ => name,
        };
        if !is_inline(&category) {
            self.text.clear();
        }
        self.open.push(category);
    }

    fn closed(&mut self, line: usize) {
        let Some(category) = self.open.pop() else { return };
        match category.as_str() {
            category if is_inline(category) => return,
            "conceptEntry" | "termEntry" => self.end_concept(line),
            "langSec" | "langSet" => self.language = None,
            "termSec" | "tig" | "ntig" => self.end_form(line),
            category => {
                let text = std::mem::take(&mut self.text);
                if text.len() > BYTES_OF_FIELD {
                    self.problem(
                        line,
                        format!(
                            "“{category}” has {} bytes, at most {BYTES_OF_FIELD} are taken. It was left out.",
                            text.len()
                        ),
                    );
                } else if let Err(sentence) = self.field(category, &text) {
                    self.problem(line, sentence);
                }
            }
        }
        self.text.clear();
    }

    fn field(&mut self, category: &str, text: &str) -> Result<(), String> {
        if let Some(form) = &mut self.form {
            match category {
                "term" => form.text = text.trim().to_owned(),
                "partOfSpeech" => form.part_of_speech = Some(part(text.trim())),
                "administrativeStatus" | "normativeAuthorization" => form.status = status(text.trim())?,
                "note" => append(&mut form.note, text),
                _ => {}
            }
        } else if let Some((term, _)) = &mut self.term {
            match category {
                "subjectField" => append(&mut term.subject, text),
                "definition" => append(&mut term.sense, text),
                "note" if text == KEEP && self.language.is_none() => term.kind = TermKind::Keep,
                "note" => append(&mut term.note, text),
                _ => {}
            }
        }
        Ok(())
    }

    fn end_form(&mut self, line: usize) {
        let Some(mut form) = self.form.take() else { return };
        match (&self.language, &mut self.term) {
            _ if form.text.is_empty() => self.problem(line, "A form has no words. It was left out."),
            (Some(Ok(language)), Some((term, _))) => {
                form.language = language.clone();
                term.forms.push(form);
            }
            (Some(Err(tag)), _) => {
                let sentence =
                    format!("“{tag}” is not a language tag. The form “{}” was left out.", form.text);
                self.problem(line, sentence);
            }
            _ => self.problem(
                line,
                format!("“{}” stands outside of a concept or a language. It was left out.", form.text),
            ),
        }
    }

    fn end_concept(&mut self, line: usize) {
        let Some((term, began)) = self.term.take() else { return };
        match self.gathering.known(&term.id) {
            Some((_, first)) if !term.id.is_empty() => {
                let sentence = format!(
                    "“{}” is the id of the concept on line {first}, too. This one was left out.",
                    term.id
                );
                self.problem(line, sentence);
            }
            _ => self.gathering.add(term, began),
        }
    }

    fn problem(&mut self, line: usize, sentence: impl Into<String>) {
        self.gathering.imported.problem(line, sentence);
    }
}

/// Marks inside a text, whose words belong to it.
fn is_inline(category: &str) -> bool {
    matches!(category, "hi" | "foreign" | "ph" | "sc" | "ec" | "bpt" | "ept" | "it")
}

fn append(field: &mut String, text: &str) {
    if !field.is_empty() {
        field.push('\n');
    }
    field.push_str(text);
}

fn part(written: &str) -> PartOfSpeech {
    match written {
        "properNoun" => PartOfSpeech::ProperNoun,
        other => other.parse().unwrap_or(PartOfSpeech::Other),
    }
}

fn status(written: &str) -> Result<Status, String> {
    match written.trim_end_matches("-admn-sts") {
        "preferredTerm" | "preferred" => Ok(Status::Preferred),
        "admittedTerm" | "admitted" | "legalTerm" | "regulatedTerm" | "standardizedTerm" => {
            Ok(Status::Allowed)
        }
        "deprecatedTerm" | "deprecated" | "supersededTerm" | "notRecommended" => Ok(Status::Forbidden),
        other => Err(format!("“{other}” is no status that TBX knows. The form was taken as preferred.")),
    }
}
