//! A mail as the desk reads it: who wrote, to whom, what is new, and what the rules need to know about it.

use crate::trust::Checked;
use kernel::{Because, EmailAddress, Instant};
use serde::{Serialize, Serializer};

/// A mail that arrived. Its JSON is what `dragoman mail read --json` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Incoming {
    /// Who wrote it; `None` when the mail doesn't say.
    pub from: Option<Correspondent>,
    /// To whom.
    pub to: Vec<Correspondent>,
    /// To whom in copy.
    pub cc: Vec<Correspondent>,
    /// Where answers should go, if the mail says so.
    pub reply_to: Vec<Correspondent>,
    /// The subject, decoded; empty when there is none.
    pub subject: String,
    /// When it was written, as the mail claims.
    #[serde(serialize_with = "rfc3339")]
    pub date: Option<Instant>,
    /// Its Message-ID without angle brackets; an empty or malformed one is `None`.
    pub message_id: Option<String>,
    /// The Message-IDs it answers, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The Message-IDs of its thread, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The whole text, from the plain part or made from the HTML part. Lines end with `\n`.
    pub text: String,
    /// The HTML, sanitised; `None` when the mail has none.
    pub html: Option<String>,
    /// What this person newly wrote.
    pub new_text: String,
    /// What they quoted of earlier mails.
    pub quoted_text: String,
    /// Their signature.
    pub signature: String,
    /// What came with it.
    pub attachments: Vec<Attachment>,
    /// Why it counts as written by a machine; `None` when a person wrote it.
    pub auto: Option<Auto>,
    /// What it says about a mail of ours that couldn't be delivered.
    pub bounce: Option<Bounce>,
    /// What was wrong with it, each in one plain sentence.
    pub problems: Vec<String>,
    /// Every header field of the mail, decoded, in its order, as far as the limits allow.
    #[serde(skip)]
    pub headers: Vec<(String, String)>,
    /// What checking its sender found.
    #[serde(skip)]
    pub checked: Checked,
}

/// Somebody a mail names: an address and the name beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Correspondent {
    /// The name; empty when there is none.
    pub name: String,
    /// The address as the mail writes it. It may be malformed; [`Correspondent::email`] says.
    pub address: String,
}

impl Correspondent {
    /// The address in the form in which the desk compares addresses; `None` when it isn't one.
    pub fn email(&self) -> Option<EmailAddress> {
        self.address.parse().ok()
    }
}

/// Something that came with a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// The file name, without any folders; made up from the type when the mail gives none.
    pub name: String,
    /// The media type in lower case, as `image/png`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The size in bytes after decoding.
    pub bytes: u64,
    /// The SHA-256 of the content, as 64 lower-case hex digits.
    pub sha256: String,
    /// The mail shows it inside its text.
    pub inline: bool,
    /// How the HTML refers to it, without angle brackets.
    pub content_id: Option<String>,
    /// The content, decoded.
    #[serde(skip)]
    pub content: Vec<u8>,
}

/// Why a mail counts as automatic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Auto {
    /// What kind of automatic mail it is.
    pub kind: AutoKind,
    /// The signs, the strongest first.
    pub because: Vec<Because>,
}

/// Kinds of mail that no person wrote to us by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoKind {
    /// Our own mail came back to us.
    OwnMail,
    /// A mail of ours couldn't be delivered.
    Bounce,
    /// A report about mail: a complaint, a success, a delay.
    Report,
    /// A confirmation that a mail was read.
    Receipt,
    /// An absence notice.
    Vacation,
    /// Some other automatic answer.
    AutoReply,
    /// A mailing list or a mass mailing.
    List,
}

impl AutoKind {
    /// The word in the store and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnMail => "own_mail",
            Self::Bounce => "bounce",
            Self::Report => "report",
            Self::Receipt => "receipt",
            Self::Vacation => "vacation",
            Self::AutoReply => "auto_reply",
            Self::List => "list",
        }
    }
}

/// What a bounce says about the mail that it returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// Who couldn't be reached, as the bounce writes it; empty when it doesn't say.
    pub recipient: String,
    /// The enhanced status code, as `5.1.1`; empty when it doesn't say.
    pub status: String,
    /// The address itself is dead: it or its host doesn't exist, or has moved. A full mailbox, a policy or the network
    /// isn't that, even where the mail is given up: another mail may arrive.
    pub permanent: bool,
    /// The reason in the other server's words, in one line.
    pub reason: String,
}

impl Incoming {
    /// The first header field of this name, without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Every header field of this name, in the mail's order.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where an answer goes: the first usable Reply-To address, else the sender's.
    pub fn answers_to(&self) -> Option<EmailAddress> {
        let replies = self.reply_to.iter().find_map(Correspondent::email);
        replies.or_else(|| self.from.as_ref().and_then(Correspondent::email))
    }

    /// Every address it was written to, in copy or not, and those that the delivering servers noted.
    pub fn recipients(&self) -> Vec<EmailAddress> {
        let noted = ["Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To"];
        let noted = noted.into_iter().flat_map(|name| self.headers_named(name));
        let noted = noted.filter_map(|value| value.trim_matches(['<', '>', ' ']).parse().ok());
        let mut all: Vec<EmailAddress> = Vec::new();
        for address in self.to.iter().chain(&self.cc).filter_map(Correspondent::email).chain(noted) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
        all
    }
}

fn rfc3339<S: Serializer>(date: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(instant) => serializer.collect_str(instant),
        None => serializer.serialize_none(),
    }
}
