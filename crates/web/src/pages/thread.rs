//! The thread of a case: its messages and what happened to it, in the order in which it was.

use super::{departures, meter, senders, translations, understanding};
use crate::{
    frame::person_mark,
    mailroom::RemoteImages,
    markdown,
    views::{
        marks::PersonMark,
        thread::{
            Attachment, Entry, Event, EventKind, Incoming, Note, Original, Paragraph, Remote, Reply, Showing,
        },
    },
    words::{Words, file_kind, initials, language, size},
};
use cases::{AttachmentRow, Message, MessageKind};
use desk::case_page::CasePage;
use jobs::JobRow;
use kernel::{Instant, MessageId};
use store::Happened;

/// The types of pictures that are shown inside a page.
pub(crate) const SAFE_PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// What a thread is made from besides the case.
pub(crate) struct Beside {
    /// The messages that name pictures on other servers.
    pub(crate) remote: Vec<MessageId>,
    /// Whether such pictures are shown here.
    pub(crate) remote_images: RemoteImages,
    /// The jobs that send replies.
    pub(crate) sending: Vec<(MessageId, JobRow)>,
    /// Now.
    pub(crate) now: Instant,
}

/// The entries, oldest first.
pub(crate) fn entries(words: &Words, found: &CasePage, beside: &Beside) -> Vec<Entry> {
    let messages =
        found.talk.messages.iter().map(|message| ((message.at, 1), entry(words, found, beside, message)));
    let events = found.talk.events.iter().filter_map(|happened| event(words, happened));
    let mut all: Vec<((Instant, u8), Entry)> = messages.chain(events).collect();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, entry)| entry).collect()
}

fn entry(words: &Words, found: &CasePage, beside: &Beside, message: &Message) -> Entry {
    match message.kind {
        MessageKind::Customer => Entry::Incoming(incoming(words, found, beside, message)),
        MessageKind::Reply => Entry::Reply(reply(words, found, beside, message)),
        MessageKind::Note => Entry::Note(Note {
            id: message.id.to_string(),
            author: author(message),
            written: words.exactly(message.at),
            body_html: markdown::html(&message.new_text),
            marks: message.because.iter().map(|because| because.sentence.clone()).collect(),
        }),
    }
}

fn author(message: &Message) -> PersonMark {
    match message.by.person {
        Some(person) => person_mark(person, &message.by.name),
        None => PersonMark {
            id: String::new(),
            name: message.by.name.clone(),
            initials: initials(&message.by.name),
        },
    }
}

/// Where the parts of a message are found.
fn below(message: &Message, part: &str) -> String {
    format!("/cases/{}/messages/{}/{part}", message.case, message.id)
}

fn incoming(words: &Words, found: &CasePage, beside: &Beside, message: &Message) -> Incoming {
    let by = &message.by;
    let from = if by.name.is_empty() { &by.address } else { &by.name };
    let original = message.html.is_some().then(|| Original {
        url: below(message, "html"),
        remote: match beside.remote_images {
            _ if !beside.remote.contains(&message.id) => Remote::None,
            RemoteImages::Fetched => Remote::Asked(below(message, "html?images=shown")),
            RemoteImages::Off => Remote::Off,
        },
        showing: if message.new_text.trim().is_empty() { Showing::Original } else { Showing::Text },
    });
    Incoming {
        id: message.id.to_string(),
        from: from.clone(),
        address: by.address.clone(),
        sender: senders::sender(found, message),
        initials: initials(from),
        received: words.exactly(message.at),
        language: language(&message.language),
        language_url: below(message, "languages"),
        paragraphs: paragraphs(message),
        quoted: filled(&message.quoted_text),
        signature: filled(&message.signature),
        original,
        raw_url: message.raw_mail.map(|_| below(message, "raw")),
        attachments: files(found, message),
        marks: reasons(message, is_mark),
        because: reasons(message, |code| !is_mark(code)),
        problems: message.problems.clone(),
        signals: meter::of_message(found, message),
        second_reader: understanding::second_reader(words, found, message),
        translation: translations::of_message(found, message),
    }
}

/// Its reasons, as far as their codes are wanted.
fn reasons(message: &Message, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let wanted = message.because.iter().filter(|because| wanted(&because.code));
    wanted.map(|because| because.sentence.clone()).collect()
}

/// Reasons that everybody should notice; the others are told on demand.
fn is_mark(code: &str) -> bool {
    code == "threading.other_writer" || code.starts_with("loop.") || code.starts_with("own_people.")
}

fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// The paragraphs of what a customer wrote, each in its language where that isn't the message's.
fn paragraphs(message: &Message) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for piece in message.new_text.split("\n\n") {
        let start = at + (piece.len() - piece.trim_start().len());
        at += piece.len() + 2;
        if piece.trim().is_empty() {
            continue;
        }
        let span = message.spans.iter().find(|span| span.start <= start && start < span.end);
        let other = span.map(|span| &span.language).filter(|tag| **tag != message.language);
        paragraphs.push(Paragraph { text: piece.trim().to_owned(), language: other.and_then(language) });
    }
    paragraphs
}

fn reply(words: &Words, found: &CasePage, beside: &Beside, message: &Message) -> Reply {
    let sending = &found.talk.sending;
    let job = beside.sending.iter().find(|(reply, _)| *reply == message.id).map(|(_, job)| job);
    Reply {
        case: message.case.to_string(),
        id: message.id.to_string(),
        author: author(message),
        to: message.recipients.clone(),
        written: words.exactly(message.at),
        language: language(&message.language),
        body_html: markdown::html(&message.new_text),
        attachments: files(found, message),
        delivery: departures::delivery(words, sending, job, message),
        copies: departures::copies(sending, message),
        downloads: departures::downloads_of(words, found, beside.now, message),
        steps: departures::steps(words, sending, message),
        signals: meter::of_message(found, message),
        not_understood: understanding::not_understood(words, found, message),
        original: translations::original(found, message),
    }
}

/// The files of a message, without the pictures that its HTML shows itself.
fn files(found: &CasePage, message: &Message) -> Vec<Attachment> {
    let shown = |file: &&AttachmentRow| {
        file.message == message.id && !(file.inline && file.content_id.is_some() && message.html.is_some())
    };
    found.talk.files.iter().filter(shown).map(|file| attachment(message, file)).collect()
}

fn attachment(message: &Message, file: &AttachmentRow) -> Attachment {
    let is_picture = SAFE_PICTURES.contains(&file.media_type.as_str());
    Attachment {
        url: below(message, &format!("files/{}", file.position)),
        image_url: is_picture.then(|| below(message, &format!("pictures/{}", file.position))),
        name: if file.name.is_empty() { "File without a name".to_owned() } else { file.name.clone() },
        kind: file_kind(&file.media_type, &file.name),
        size: size(file.size),
    }
}

/// An event with its place; none for what the messages say themselves.
fn event(words: &Words, happened: &Happened) -> Option<((Instant, u8), Entry)> {
    let (kind, rank) = match happened.kind.as_str() {
        "case.opened" => (EventKind::Opened, 0),
        "case.assigned" => (EventKind::Assigned, 2),
        "case.closed" => (EventKind::Closed, 2),
        "case.moved" | "case.reopened" => (EventKind::State, 2),
        "case.prioritised" => (EventKind::Priority, 2),
        "reply.withdrawn" | "reply.tried_again" | "reply.bounced" | "reply.held" | "reply.sent_now"
        | "reply.rescheduled" | "reply.reported" | "download.fetched" | "download.ended" => {
            (EventKind::Mail, 2)
        }
        "message.received" | "message.translated" | "note.written" | "reply.written" | "reply.sent"
        | "reply.delayed" | "reply.failed" => return None,
        _ => (EventKind::Other, 2),
    };
    let event = Event {
        kind,
        sentence: happened.sentence.clone(),
        because: Vec::new(),
        at: words.exactly(happened.at),
    };
    Some(((happened.at, rank), Entry::Event(event)))
}
