//! What a case's thread consists of: incoming messages, replies, notes, events.

use super::{
    marks::{Language, PersonMark, When},
    translations::{Pair, Translation},
};

/// One entry of the thread.
#[derive(Debug, Clone)]
pub enum Entry {
    /// The customer wrote.
    Incoming(Incoming),
    /// We wrote.
    Reply(Reply),
    /// We wrote to ourselves.
    Note(Note),
    /// Something happened.
    Event(Event),
}

/// A message from the customer.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Message id; also the anchor `#message-{id}`.
    pub id: String,
    /// Writer's name, or the address.
    pub from: String,
    /// Writer's address.
    pub address: String,
    /// How far that is proven; none where nothing was checked and nothing is to be told.
    pub sender: Option<Sender>,
    /// Initials for the round mark.
    pub initials: String,
    /// When it arrived.
    pub received: When,
    /// Language of the whole.
    pub language: Option<Language>,
    /// Where it is said that it is in another one.
    pub language_url: String,
    /// What this person newly wrote.
    pub paragraphs: Vec<Paragraph>,
    /// Text quoted from earlier messages, shown folded.
    pub quoted: Option<String>,
    /// Signature, shown folded.
    pub signature: Option<String>,
    /// The original HTML, where there was any.
    pub original: Option<Original>,
    /// Where the raw mail can be downloaded.
    pub raw_url: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// What everybody should notice: that somebody else than the customer wrote it.
    pub marks: Vec<String>,
    /// Why the message belongs to this case: "answers our reply of 3 Mar (In-Reply-To)".
    pub because: Vec<String>,
    /// What was wrong with the mail: "the character set wasn't declared".
    pub problems: Vec<String>,
    /// What shows that they did not understand.
    pub signals: Vec<super::meter::SignalLine>,
    /// Asking for somebody who understands it; none for what a machine wrote.
    pub second_reader: Option<SecondReader>,
    /// What it says in the reader's language; none where they read it as it is.
    pub translation: Option<Translation>,
}

/// Somebody who understands a message that another doesn't.
#[derive(Debug, Clone)]
pub enum SecondReader {
    /// Can be asked for, by posting here.
    Offered(String),
    /// Is asked for.
    Asked {
        /// "Inês Saraiva asks for a second reader since 09:40."
        sentence: String,
        /// Where it is noted that somebody explained it.
        url: String,
    },
}

/// How far the sender of a message is proven.
#[derive(Debug, Clone)]
pub struct Sender {
    /// "proven", "unproven", "looks forged", "not checked".
    pub word: &'static str,
    /// The icon beside the word.
    pub icon: &'static str,
    /// The key that styles select by.
    pub key: &'static str,
    /// Why.
    pub reasons: Vec<String>,
    /// What about the sender's name or address may deceive.
    pub marks: Vec<String>,
    /// Where answers go when the mail asks for them at another address.
    pub answers: Option<String>,
    /// Where they could go instead.
    pub choice: Option<OtherChoice>,
}

/// Posts `answers` = `value`: another address for answers.
#[derive(Debug, Clone)]
pub struct OtherChoice {
    /// Where the form goes.
    pub url: String,
    /// What it posts.
    pub value: &'static str,
    /// What the button says.
    pub words: String,
}

/// A paragraph in its language.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The text; line breaks are kept, web addresses become links.
    pub text: String,
    /// Its language, where it differs from the message's.
    pub language: Option<Language>,
}

/// The HTML that came with a message.
#[derive(Debug, Clone)]
pub struct Original {
    /// The sandboxed document, without remote images.
    pub url: String,
    /// Its pictures on other servers.
    pub remote: Remote,
    /// How it's shown at first.
    pub showing: Showing,
}

/// The pictures on other servers that a mail names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remote {
    /// There are none.
    None,
    /// They are loaded when asked for at this address.
    Asked(String),
    /// They are never loaded here.
    Off,
}

/// Whether the original HTML is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// The text is shown, the original is folded.
    Text,
    /// The original is shown instead of the text.
    Original,
}

/// A file.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Where it's downloaded.
    pub url: String,
    /// Where a small picture of it is; only for images that are safe to show.
    pub image_url: Option<String>,
    /// File name.
    pub name: String,
    /// "PDF", "JPEG image" …
    pub kind: String,
    /// "240 kB".
    pub size: String,
}

/// A reply of ours.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Case id, for the forms.
    pub case: String,
    /// Message id; also the anchor `#message-{id}`.
    pub id: String,
    /// Who wrote.
    pub author: PersonMark,
    /// To whom.
    pub to: String,
    /// When it was written.
    pub written: When,
    /// Its language.
    pub language: Option<Language>,
    /// HTML made from Markdown by us: trusted, shown as it is.
    pub body_html: String,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// How far it got.
    pub delivery: Delivery,
    /// Who gets a copy.
    pub copies: Vec<String>,
    /// Files that the recipients fetch from us.
    pub downloads: Vec<Download>,
    /// What happened to it on its way.
    pub steps: Vec<Step>,
    /// What shows that it wasn't understood, or that its writer did not understand.
    pub signals: Vec<super::meter::SignalLine>,
    /// That the customer did not understand it.
    pub not_understood: Option<String>,
    /// What it was translated from.
    pub original: Option<Pair>,
}

/// A file of a reply that is fetched from us.
#[derive(Debug, Clone)]
pub struct Download {
    /// File name.
    pub name: String,
    /// "34.2 MB".
    pub size: String,
    /// "until 23 Dec, fetched twice", "ended", "over".
    pub state: String,
    /// Where that is ended; none when it is over.
    pub end_url: Option<String>,
}

/// A step of a reply on its way.
#[derive(Debug, Clone)]
pub struct Step {
    /// "mx.example.com accepted it."
    pub sentence: String,
    /// The other server's own words.
    pub words: Option<String>,
    /// When.
    pub at: When,
}

/// How far a reply got.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// In the undo window.
    Waiting {
        /// When it goes.
        goes: When,
    },
    /// It waits for its turn.
    Queued {
        /// Why, in plain words.
        reason: String,
        /// When it is tried.
        goes: When,
    },
    /// It goes at a time that was chosen.
    Scheduled {
        /// When it goes.
        goes: When,
        /// What the customer's next mail does to it.
        when_answered: String,
        /// The same time as a field holds it.
        typed: String,
        /// The zone of that field.
        zone: String,
    },
    /// It waits for a person.
    Held {
        /// Why, in plain words.
        reason: String,
    },
    /// A lead has to approve it.
    Unapproved {
        /// Why, in plain words.
        reason: String,
    },
    /// Being handed to the mail server.
    Sending,
    /// The mail server took it.
    Sent(When),
    /// The recipient's server confirmed it.
    Delivered(When),
    /// It will be tried again.
    Retrying {
        /// In plain words.
        reason: String,
        /// How often it was tried.
        attempts: u64,
        /// When it's tried next.
        next: When,
    },
    /// It won't be tried again unless a person says so.
    Failed {
        /// In plain words.
        reason: String,
    },
}

/// An internal note.
#[derive(Debug, Clone)]
pub struct Note {
    /// Message id; also the anchor `#message-{id}`.
    pub id: String,
    /// Who wrote.
    pub author: PersonMark,
    /// When.
    pub written: When,
    /// HTML made from Markdown by us: trusted, shown as it is.
    pub body_html: String,
    /// Why it is here, if no person of ours wrote it here: "This mail claims to be from Ana; nothing proves it."
    pub marks: Vec<String>,
}

/// A line about something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Which icon stands before it.
    pub kind: EventKind,
    /// "Assigned to Marta Reis by Inês Duarte".
    pub sentence: String,
    /// Reasons, if a rule decided.
    pub because: Vec<String>,
    /// When.
    pub at: When,
}

/// The kinds of event, as far as the page draws them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// The case began.
    Opened,
    /// Somebody took or was given it.
    Assigned,
    /// State changed.
    State,
    /// It was closed.
    Closed,
    /// Priority changed.
    Priority,
    /// Anything about mail going out or coming in.
    Mail,
    /// Anything else.
    Other,
}

impl Entry {
    /// The message's id; none for an event.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Incoming(message) => Some(&message.id),
            Self::Reply(message) => Some(&message.id),
            Self::Note(message) => Some(&message.id),
            Self::Event(_) => None,
        }
    }
}

impl EventKind {
    /// The icon's name.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Opened => "spark",
            Self::Assigned => "person",
            Self::State => "state-open",
            Self::Closed => "state-closed",
            Self::Priority => "flag",
            Self::Mail => "mail",
            Self::Other => "dot",
        }
    }
}

impl Incoming {
    /// Whether the original HTML takes the text's place.
    pub fn shows_original(&self) -> bool {
        self.original.as_ref().is_some_and(|original| original.showing == Showing::Original)
    }
}

impl Delivery {
    /// The key that styles select by.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Queued { .. } | Self::Scheduled { .. } => "waiting",
            Self::Held { .. } | Self::Unapproved { .. } => "held",
            Self::Sending => "sending",
            Self::Sent(_) => "sent",
            Self::Delivered(_) => "delivered",
            Self::Retrying { .. } => "retrying",
            Self::Failed { .. } => "failed",
        }
    }
}
