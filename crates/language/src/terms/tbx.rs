//! Terms as TBX (ISO 30042:2019): the dialect TBX-Basic, written with data categories as tags.
//!
//! TBX has no category for what must not be translated; it is told by the note `do not translate` of the concept. Ids that
//! XML doesn't allow are written with `_x20_` for the letter with that number.

mod reading;

pub use reading::from_tbx;

use super::{PartOfSpeech, Status, Term, TermKind};
use quick_xml::escape::escape;
use std::fmt::Write;

/// The note by which a term is known that stays as it is.
const KEEP: &str = "do not translate";

/// The terms as TBX-Basic in the style DCT, in UTF-8.
pub fn to_tbx(terms: &[Term]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <tbx type=\"TBX-Basic\" style=\"dct\" xml:lang=\"en\" xmlns=\"urn:iso:std:iso:30042:ed-2\" \
         xmlns:min=\"http://www.tbxinfo.net/ns/min\" xmlns:basic=\"http://www.tbxinfo.net/ns/basic\">\n\
         <tbxHeader><fileDesc><sourceDesc><p>Terms of a Dragoman termbase.</p></sourceDesc></fileDesc></tbxHeader>\n\
         <text><body>\n",
    );
    terms.iter().for_each(|term| write_concept(&mut xml, term));
    xml.push_str("</body></text>\n</tbx>\n");
    xml
}

fn write_concept(xml: &mut String, term: &Term) {
    // Writing to memory has no errors.
    let _ = writeln!(xml, "<conceptEntry id=\"{}\">", xml_id(&term.id));
    element(xml, "min:subjectField", &term.subject);
    element(xml, "basic:definition", &term.sense);
    if term.kind == TermKind::Keep {
        element(xml, "note", KEEP);
    }
    element(xml, "note", &term.note);
    for run in term.forms.chunk_by(|a, b| a.language == b.language) {
        let _ = writeln!(xml, "<langSec xml:lang=\"{}\">", run[0].language);
        for form in run {
            xml.push_str("<termSec>\n");
            element(xml, "term", &form.text);
            element(xml, "min:partOfSpeech", form.part_of_speech.map_or("", part));
            element(xml, "min:administrativeStatus", status(form.status));
            element(xml, "note", &form.note);
            xml.push_str("</termSec>\n");
        }
        xml.push_str("</langSec>\n");
    }
    xml.push_str("</conceptEntry>\n");
}

/// An element with its text; nothing when it is empty. What XML can't hold is left out.
fn element(xml: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let allowed: String = text.chars().filter(|c| is_allowed(*c)).collect();
    let written = escape(allowed.as_str()).replace('\r', "&#13;");
    let _ = writeln!(xml, "<{name}>{written}</{name}>");
}

/// XML 1.0 has no way to say control characters.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn part(part: PartOfSpeech) -> &'static str {
    match part {
        PartOfSpeech::ProperNoun => "properNoun",
        other => other.as_str(),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Preferred => "preferredTerm-admn-sts",
        Status::Allowed => "admittedTerm-admn-sts",
        Status::Forbidden => "deprecatedTerm-admn-sts",
    }
}

/// An id as XML allows it: letters, digits, `-`, `.`; the rest by number.
fn xml_id(id: &str) -> String {
    let mut written = String::new();
    for (at, c) in id.chars().enumerate() {
        let plain = c.is_ascii_alphabetic() || (at > 0 && (c.is_ascii_digit() || matches!(c, '-' | '.')));
        match plain {
            true => written.push(c),
            false => {
                let _ = write!(written, "_x{:x}_", u32::from(c));
            }
        }
    }
    written
}

/// The id that was written so.
fn plain_id(written: &str) -> String {
    let mut id = String::new();
    let mut rest = written;
    while let Some(at) = rest.find("_x") {
        let (before, coded) = rest.split_at(at);
        id.push_str(before);
        let letter = coded[2..].split_once('_').and_then(|(number, after)| {
            let letter = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
            Some((letter, after))
        });
        match letter {
            Some((letter, after)) => {
                id.push(letter);
                rest = after;
            }
            None => {
                id.push_str("_x");
                rest = &coded[2..];
            }
        }
    }
    id + rest
}

#[cfg(test)]
mod tests;
