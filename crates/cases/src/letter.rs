//! A mail to send, before it has bytes: who writes to whom, in which thread, in which language.

use kernel::{EmailAddress, Instant, LanguageTag, MessageId};

/// A mail to send. The same letter always becomes the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The message that it carries. The Message-ID is made from it.
    pub message_id: MessageId,
    /// The domain in the Message-ID, as `aurora.example`.
    pub domain: String,
    /// Who writes.
    pub from: Addressee,
    /// To whom.
    pub to: Vec<Addressee>,
    /// To whom in copy.
    pub cc: Vec<Addressee>,
    /// Where answers should go: the signed reply address.
    pub reply_to: Option<String>,
    /// The subject, as the reader should see it.
    pub subject: String,
    /// The Message-ID that it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The Message-IDs of its thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The words, in Markdown.
    pub markdown: String,
    /// The signature below the words, in Markdown; may be empty. It is no part of the message: searching and judging see the words only.
    pub signature: String,
    /// Files that are too large to go along: they are fetched from us.
    pub downloads: Vec<Download>,
    /// The message before it, quoted below the words.
    pub quoted: Option<Quoted>,
    /// The language of the words.
    pub language: LanguageTag,
    /// Where whoever gets it can say that they did not understand it, and see what it was translated from.
    pub page: Option<Page>,
    /// The line that says where it was written; none where the client doesn't tell.
    pub written_in: Option<String>,
    /// Whether a person or the desk wrote it.
    pub written: Written,
    /// Where whoever gets it can say that they want no more letters of this kind; for letters that no person wrote.
    pub unsubscribe: Option<String>,
    /// When it was written.
    pub date: Instant,
    /// What goes with it.
    pub attachments: Vec<Enclosure>,
}

impl Letter {
    /// The Message-ID without angle brackets.
    pub fn message_id_text(&self) -> String {
        message_id_text(self.message_id, &self.domain)
    }
}

/// The Message-ID of a message of ours, without angle brackets: `{32 hex digits}@{domain}`.
pub fn message_id_text(message: MessageId, domain: &str) -> String {
    format!("{message}@{domain}")
}

/// Somebody a letter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The name beside the address; may be empty.
    pub name: String,
    /// The address.
    pub address: EmailAddress,
}

/// An earlier message, quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Who wrote it, as people read it.
    pub who: String,
    /// When.
    pub date: Instant,
    /// Its text.
    pub text: String,
}

/// The page of a letter at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Who put the words into the reader's language.
    pub wording: Wording,
}

/// Who put words into the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// A person wrote them so.
    Written,
    /// A machine translated them.
    Translated,
}

/// Who wrote a letter. Other desks must be able to tell, or two automatic answerers write to each other forever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A person.
    ByPerson,
    /// The desk, as the answer to a mail: a confirmation of receipt.
    AsAutomaticAnswer,
    /// The desk, of its own accord: an invitation, a reminder.
    Automatically,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// The file name.
    pub name: String,
    /// The media type, as `image/png`.
    pub media_type: String,
    /// The content.
    pub content: Vec<u8>,
}

/// A file that is too large for a letter and is fetched from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The file name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Where it is fetched.
    pub url: String,
    /// The last day on which it can be fetched, as `2026-12-23`.
    pub until: String,
}
