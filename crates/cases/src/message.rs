//! Rule: messages, notes and drafts as plain values.

use crate::{
    case::{Case, words},
    trust::Trust,
};
use kernel::{
    Because, BlobHash, CaseId, ClientId, CustomerId, Instant, LanguageTag, MessageId, PersonId, RawMailId,
};
use serde::{Deserialize, Serialize};

words! {
    /// What a message is.
    MessageKind {
        /// From the customer.
        Customer = "customer",
        /// From us to the customer.
        Reply = "reply",
        /// Among us. The customer never sees it.
        Note = "note",
    }
}

words! {
    /// How far a message has come on its way out.
    Delivery {
        /// It doesn't go anywhere: it came in, or it is a note.
        None = "none",
        /// It waits for its undo window to end.
        Waiting = "waiting",
        /// It doesn't go until a person says so.
        Held = "held",
        /// It is being handed over.
        Sending = "sending",
        /// The next server has taken it.
        Sent = "sent",
        /// The recipient's server has it.
        Delivered = "delivered",
        /// A try failed; there will be another.
        Retrying = "retrying",
        /// It can't be delivered.
        Failed = "failed",
    }
}

words! {
    /// What a draft will be.
    DraftKind {
        /// A reply to the customer.
        Reply = "reply",
        /// A note among us.
        Note = "note",
    }
}

/// A message, reply or note inside a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// The case it is in.
    pub case: CaseId,
    /// The client whose case it is.
    pub client: ClientId,
    /// What it is.
    pub kind: MessageKind,
    /// How it came or goes: `email`.
    pub channel: String,
    /// Who wrote it.
    pub by: By,
    /// When it was written or received.
    pub at: Instant,
    /// To whom it is addressed, as people read it.
    pub recipients: String,
    /// Its own subject.
    pub subject: String,
    /// What its author newly wrote: text from a customer, Markdown from us.
    pub new_text: String,
    /// What it quotes of earlier messages.
    pub quoted_text: String,
    /// Its signature.
    pub signature: String,
    /// The blob of its sanitised HTML.
    pub html: Option<BlobHash>,
    /// Its language as a whole.
    pub language: LanguageTag,
    /// The language of each paragraph of its new text.
    pub spans: Vec<Span>,
    /// Its Message-ID, without angle brackets.
    pub email_id: Option<String>,
    /// The Message-ID that it answers.
    pub answers_email_id: Option<String>,
    /// The Message-IDs of its thread, oldest first.
    pub references: Vec<String>,
    /// The mail as it was received.
    pub raw_mail: Option<RawMailId>,
    /// What kind of automatic mail it is, if it is one.
    pub automatic: Option<String>,
    /// Why it is in this case, and why it counts as automatic.
    pub because: Vec<Because>,
    /// What was wrong with the mail.
    pub problems: Vec<String>,
    /// How far it has come.
    pub delivery: Delivery,
    /// What the other server said, in plain words.
    pub delivery_note: String,
    /// When it is to be sent.
    pub send_at: Option<Instant>,
    /// When the next server took it.
    pub sent_at: Option<Instant>,
    /// The customer who wrote it, who needn't be the case's; `None` where it isn't known or one of us wrote.
    pub writer: Option<CustomerId>,
    /// What is known about its sender.
    pub trust: Trust,
}

impl Message {
    /// A message of this case that says nothing yet: under its subject, by nobody, in no known language.
    pub fn blank(id: MessageId, case: &Case, kind: MessageKind, at: Instant) -> Self {
        Self {
            id,
            case: case.id,
            client: case.client,
            kind,
            channel: "email".to_owned(),
            by: By { person: None, name: String::new(), address: String::new() },
            at,
            recipients: String::new(),
            subject: case.subject.clone(),
            new_text: String::new(),
            quoted_text: String::new(),
            signature: String::new(),
            html: None,
            language: LanguageTag::unknown(),
            spans: Vec::new(),
            email_id: None,
            answers_email_id: None,
            references: Vec::new(),
            raw_mail: None,
            automatic: None,
            because: Vec::new(),
            problems: Vec::new(),
            delivery: Delivery::None,
            delivery_note: String::new(),
            send_at: None,
            sent_at: None,
            writer: None,
            trust: Trust::default(),
        }
    }
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// One of us; `None` for a customer.
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
    /// The address; empty for one of us.
    pub address: String,
}

/// The language of a stretch of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Where it begins, in bytes of the new text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its language.
    pub language: LanguageTag,
    /// From 0 to 1: how sure that is.
    pub confidence: f64,
}

/// A file that came with a message or goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRow {
    /// The message.
    pub message: MessageId,
    /// Its place among the message's files, from 0.
    pub position: i64,
    /// Its name.
    pub name: String,
    /// Its media type, as the sender claims.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its content.
    pub blob: BlobHash,
    /// It is shown inside the text.
    pub inline: bool,
    /// The name by which the HTML refers to it.
    pub content_id: Option<String>,
}

/// What somebody has typed and not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The case.
    pub case: CaseId,
    /// Whose draft it is.
    pub person: PersonId,
    /// What it will be.
    pub kind: DraftKind,
    /// The text so far.
    pub text: String,
    /// When it was last saved.
    pub updated_at: Instant,
}
