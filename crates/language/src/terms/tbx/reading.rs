//! Reads TBX, of today and of before, with data categories as tags or as attributes.
//!
//! Entities that a file defines itself are never expanded, and nothing outside of the file is read.

use super::{KEEP, plain_id};
use crate::markup::{self, Reads};
use crate::terms::importing::{BYTES_OF_FIELD, Gathering, Imported};
use crate::terms::{Form, PartOfSpeech, Status, Term, TermKind};
use kernel::LanguageTag;

/// Reads terms from TBX. A concept or a form that can't be taken over is told and left out; the others are read.
pub fn from_tbx(bytes: &[u8]) -> Imported {
    let mut reading = Reading::default();
    markup::read(bytes, &mut reading);
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

impl Reads for Reading {
    fn say(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn opened(&mut self, name: String, attribute: &dyn Fn(&str) -> Option<String>, line: usize) {
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

    fn ended(&mut self) {
        if !self.found_root {
            self.problem(1, "This is no TBX: it has no element “tbx” or “martif”.".to_owned());
        }
    }

    fn problem(&mut self, line: usize, sentence: String) {
        self.gathering.imported.problem(line, sentence);
    }
}

impl Reading {
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
            _ if form.text.is_empty() => {
                self.problem(line, "A form has no words. It was left out.".to_owned())
            }
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
