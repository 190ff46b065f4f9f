//! Terms as CSV: a row for each form, as spreadsheets read and write it.
//!
//! The columns are `id, kind, sense, note, subject, language, form, part_of_speech, status, form_note`, in any order; rows
//! with one id are one term. Lists with a column for each language (`en, de, pl`) are read too.

use super::importing::{BYTES_OF_FIELD, Gathering, Imported};
use super::{Form, Status, Term, TermKind};
use csv::{ByteRecord, QuoteStyle, ReaderBuilder, WriterBuilder};
use kernel::LanguageTag;
use std::str::FromStr;

const COLUMNS: [&str; 10] =
    ["id", "kind", "sense", "note", "subject", "language", "form", "part_of_speech", "status", "form_note"];

/// A spreadsheet takes cells that begin like this for formulas.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// The terms as CSV with a header, in UTF-8.
pub fn to_csv(terms: &[Term]) -> String {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    let mut write = |cells: [&str; COLUMNS.len()]| {
        writer.write_record(cells.map(harmless)).expect("memory takes every row of ten cells");
    };
    write(COLUMNS);
    for term in terms {
        let Term { id, kind, sense, note, subject, forms } = term;
        let shared = [id, kind.as_str(), sense, note, subject];
        if forms.is_empty() {
            write(row(shared, ["", "", "", "", ""]));
        }
        for form in forms {
            let part = form.part_of_speech.map_or("", |part| part.as_str());
            let language = form.language.as_str();
            write(row(shared, [language, &form.text, part, form.status.as_str(), &form.note]));
        }
    }
    let bytes = writer.into_inner().expect("memory takes every row of ten cells");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn row<'a>(term: [&'a str; 5], form: [&'a str; 5]) -> [&'a str; 10] {
    let mut row = [""; 10];
    row[..5].copy_from_slice(&term);
    row[5..].copy_from_slice(&form);
    row
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

fn as_meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// Reads terms from CSV, separated by commas, semicolons or tabs. A bad row is told and left out; the others are read.
pub fn from_csv(bytes: &[u8]) -> Imported {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
    let mut gathering = Gathering::default();
    let mut record = ByteRecord::new();
    let mut header: Option<Header> = None;
    // Reading from memory with flexible rows has no errors but the end.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(1, |position| position.line() as usize);
        let Some(cells) = cells(&record) else {
            gathering
                .imported
                .problem(line, "The row isn't in UTF-8. It was left out: save the file as UTF-8.");
            continue;
        };
        match &header {
            Some(header) => header.read(&cells, line, &mut gathering),
            None => match Header::new(&cells) {
                Ok(read) => header = Some(read),
                Err(sentence) => {
                    gathering.imported.problem(line, sentence);
                    break;
                }
            },
        }
    }
    gathering.imported
}

/// What separates the columns of the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn cells(record: &ByteRecord) -> Option<Vec<&str>> {
    record.iter().map(|cell| std::str::from_utf8(cell).ok()).collect()
}

/// Which column holds what.
struct Header {
    columns: Vec<Column>,
}

enum Column {
    Named(usize),
    /// The forms of one language.
    Forms(LanguageTag),
    Unknown,
}

impl Header {
    fn new(cells: &[&str]) -> Result<Self, String> {
        let columns: Vec<Column> = cells.iter().map(|cell| Column::new(cell)).collect();
        let is = |wanted: &str| {
            columns.iter().any(|column| matches!(column, Column::Named(at) if COLUMNS[*at] == wanted))
        };
        let wide = columns.iter().any(|column| matches!(column, Column::Forms(_)));
        if wide || (is("language") && is("form")) {
            return Ok(Self { columns });
        }
        Err(format!(
            "The first line must name the columns: at least “language” and “form”, or one column for each language \
             (“en”, “de”). Known are {}. Nothing was read.",
            COLUMNS.join(", ")
        ))
    }

    fn read(&self, cells: &[&str], line: usize, gathering: &mut Gathering) {
        match self.row(cells) {
            Ok(Some(row)) => row.add(line, gathering),
            Ok(None) => {}
            Err(sentence) => {
                gathering.imported.problem(line, format!("{sentence} The row was left out."));
            }
        }
    }

    /// The row; none when it is empty.
    fn row(&self, cells: &[&str]) -> Result<Option<Row>, String> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        if let Some(long) = cells.iter().find(|cell| cell.len() > BYTES_OF_FIELD) {
            return Err(format!("A field has {} bytes, at most {BYTES_OF_FIELD} are taken.", long.len()));
        }
        let mut named = [""; COLUMNS.len()];
        let mut forms = Vec::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            match column {
                Column::Named(at) => named[*at] = as_meant(cell),
                Column::Forms(language) if !cell.trim().is_empty() => {
                    forms.push(Form::new(language.clone(), as_meant(cell).trim()));
                }
                Column::Forms(_) | Column::Unknown => {}
            }
        }
        forms.extend(form(&named)?);
        let [id, kind, sense, note, subject, ..] = named;
        let kind: Option<TermKind> = parsed(kind)?;
        let id = id.trim().to_owned();
        Ok(Some(Row {
            term: Term {
                id,
                kind: kind.unwrap_or_default(),
                sense: sense.into(),
                note: note.into(),
                subject: subject.into(),
                forms,
            },
            says_kind: kind.is_some(),
        }))
    }
}

/// The form of a row with columns for it; none when the row is about the term alone.
fn form(named: &[&str; COLUMNS.len()]) -> Result<Option<Form>, String> {
    let [.., language, text, part, status, note] = *named;
    match (language.trim(), text.trim()) {
        ("", "") => Ok(None),
        ("", _) => Err("The row has a form, but no language.".into()),
        (_, "") => Err("The row has a language, but no form.".into()),
        (language, text) => Ok(Some(Form {
            language: language.parse().map_err(|_| {
                format!("“{language}” is not a language tag. It should look like “de” or “pt-br”.")
            })?,
            text: text.into(),
            part_of_speech: parsed(part)?,
            status: parsed(status)?.unwrap_or(Status::Preferred),
            note: note.into(),
        })),
    }
}

fn parsed<T: FromStr<Err: ToString>>(cell: &str) -> Result<Option<T>, String> {
    if cell.trim().is_empty() {
        return Ok(None);
    }
    cell.parse().map(Some).map_err(|error: T::Err| error.to_string())
}

impl Column {
    fn new(cell: &str) -> Self {
        let name = cell.trim().to_lowercase().replace([' ', '-'], "_");
        let known = COLUMNS.iter().position(|column| *column == name);
        let tag = || cell.trim().parse().ok().filter(|tag: &LanguageTag| tag.as_str().len() != 3);
        match (known, tag()) {
            (Some(at), _) => Self::Named(at),
            (None, Some(language)) => Self::Forms(language),
            (None, None) => Self::Unknown,
        }
    }
}

struct Row {
    term: Term,
    says_kind: bool,
}

impl Row {
    fn add(self, line: usize, gathering: &mut Gathering) {
        let Some((known, first)) = gathering.known(&self.term.id) else {
            return gathering.add(self.term, line);
        };
        let differs = |said: &str, known: &str| !said.is_empty() && said != known;
        let other = differs(&self.term.sense, &known.sense)
            || differs(&self.term.note, &known.note)
            || differs(&self.term.subject, &known.subject)
            || (self.says_kind && self.term.kind != known.kind);
        known.forms.extend(self.term.forms);
        if other {
            let id = self.term.id;
            gathering.imported.problem(
                line,
                format!(
                    "The row says another kind, sense, note or subject of “{id}” than line {first}. Its form was taken, \
                     the rest stays as on line {first}; give another sense an id of its own."
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests;
