//! Rule: what wraps the words or files of a mail: S/MIME, PGP, `winmail.dat`, calendars, pieces of mails. What can be opened is; what
//! can't is kept as a file, and a sentence says what to do.

use super::armour::{self, bare};
use super::ber::{Enclosed, enclosed};
use super::calendar;
use super::charset::text;
use super::head::Fields;
use super::parts::{Block, Parts, Wrapped, attach};
use super::tnef;
use super::transfer::tidy_text;

/// What became of a wrapped part.
pub(super) enum Opened {
    /// Another part stood in it, which is to be read in its place.
    Part(Vec<u8>),
    /// All of it was taken up.
    Done,
    /// It isn't wrapped, or can't be opened: it is a file like others.
    File,
}

/// Opens a part by its media type.
pub(super) fn open(parts: &mut Parts, fields: &Fields<'_>, media_type: &str, content: &[u8]) -> Opened {
    let name = fields.file_name().unwrap_or_default().to_ascii_lowercase();
    let is_tnef =
        ["application/ms-tnef", "application/vnd.ms-tnef"].contains(&media_type) || name == "winmail.dat";
    match media_type {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => return pkcs7(parts, content),
        "text/calendar" => invitation(parts, fields, content),
        "application/pgp-encrypted" if content.len() < 200 => return Opened::Done,
        "message/partial" => {
            parts.problem("It is one piece of a longer mail. Ask the sender to send it in one piece.")
        }
        "message/external-body" => {
            parts.problem("A file of it lies on another server and didn't come with the mail. Ask the sender to attach it.");
        }
        _ if is_tnef => return winmail(parts, content),
        _ => {}
    }
    Opened::File
}

/// S/MIME. What is only signed can be read by anybody.
fn pkcs7(parts: &mut Parts, content: &[u8]) -> Opened {
    match enclosed(content) {
        Enclosed::Signed(inner) => return Opened::Part(inner),
        Enclosed::Encrypted => parts.problem(
            "It is encrypted with S/MIME and can't be read here. Ask the sender to send it unencrypted; what came is attached.",
        ),
        Enclosed::Other => parts.problem("It is wrapped with S/MIME in a way that can't be opened here. What came is attached."),
    }
    Opened::File
}

/// Says that a multipart is PGP's; its content follows as a file.
pub(super) fn note_encrypted(parts: &mut Parts) {
    parts.problem("It is encrypted with PGP and can't be read here. Ask the sender to send it unencrypted; what came is attached.");
}

fn invitation(parts: &mut Parts, fields: &Fields<'_>, content: &[u8]) {
    let charset = fields.content_type().and_then(|ct| ct.attribute("charset")).map(str::to_owned);
    let calendar = text(content, charset.as_deref().or(Some("utf-8")), None).value;
    parts.invitation =
        parts.invitation.take().or_else(|| calendar::in_words(&calendar)).map(|words| tidy_text(&words));
}

fn winmail(parts: &mut Parts, content: &[u8]) -> Opened {
    let found = tnef::unpack(content).unwrap_or_default();
    let has_words = found.plain.is_some() || found.html.is_some();
    if found.files.is_empty() && !has_words {
        parts.problem(
            "Its content came as winmail.dat, a wrapping that only Outlook opens. Ask the sender to write in HTML or plain text instead.",
        );
        return Opened::File;
    }
    for file in found.files {
        let name = super::head::file_name(&file.name);
        let media_type =
            if file.media_type.contains('/') { file.media_type } else { type_by_name(&name).to_owned() };
        let content_id = Some(file.content_id).filter(|id| !id.is_empty());
        attach(parts, Wrapped { name, media_type, content: file.content, content_id });
    }
    let no_words_yet = parts.blocks.iter().all(|block| is_blank(&block.plain) && is_blank(&block.html));
    if has_words && no_words_yet {
        let tidy = |text: Option<String>| text.map(|text| tidy_text(text.trim_end_matches('\0')));
        parts.blocks.push(Block { plain: tidy(found.plain), html: tidy(found.html) });
    }
    Opened::Done
}

fn is_blank(text: &Option<String>) -> bool {
    text.as_ref().is_none_or(|text| text.trim().is_empty())
}

/// The words of a plain text, without PGP's armour and files within it, which become attachments.
pub(super) fn bared(parts: &mut Parts, text: String) -> String {
    let Some(found) = bare(&text) else { return text };
    for block in found.blocks {
        let (name, media_type, content) = match block {
            armour::Block::Encrypted(armour) => {
                note_encrypted(parts);
                ("PGP message.asc".to_owned(), "application/pgp-encrypted", armour.into_bytes())
            }
            armour::Block::Signature(armour) => {
                ("PGP signature.asc".to_owned(), "application/pgp-signature", armour.into_bytes())
            }
            armour::Block::File(name, content) => {
                let name = super::head::file_name(&name);
                let media_type = type_by_name(&name);
                (name, media_type, content)
            }
        };
        attach(parts, Wrapped { name, media_type: media_type.to_owned(), content, content_id: None });
    }
    found.text
}

fn type_by_name(name: &str) -> &'static str {
    const TYPES: [(&str, &str); 12] = [
        (".pdf", "application/pdf"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".gif", "image/gif"),
        (".txt", "text/plain"),
        (".csv", "text/csv"),
        (".zip", "application/zip"),
        (".doc", "application/msword"),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (".eml", "message/rfc822"),
    ];
    let name = name.to_ascii_lowercase();
    TYPES
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map_or("application/octet-stream", |(_, media_type)| media_type)
}
