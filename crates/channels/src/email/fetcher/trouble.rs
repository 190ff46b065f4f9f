//! What can go wrong with an account, and how it is told: one plain sentence with the next step.

pub(super) use crate::email::obstacles::quote;

use crate::email::obstacles::{Kind, Obstacle, as_sentence};
use engagements::fetching::Hurdle;
use kernel::Fault;

/// What was being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Greeting,
    Capabilities,
    Encryption,
    SignIn,
    Opening,
    Listing,
    Comparing,
    /// One mail, by its UID, or several beginning with it.
    Fetching(u32),
    AfterIntake,
    Waiting,
}

impl Step {
    fn words(&self) -> String {
        match self {
            Self::Greeting => "greeting us".to_owned(),
            Self::Capabilities => "saying what it can do".to_owned(),
            Self::Encryption => "beginning to encrypt".to_owned(),
            Self::SignIn => "signing in".to_owned(),
            Self::Opening => "opening the folder".to_owned(),
            Self::Listing => "listing the folder's mails".to_owned(),
            Self::Comparing => "showing the heads of mails".to_owned(),
            Self::Fetching(uid) => format!("handing over the mail with UID {uid}"),
            Self::AfterIntake => "marking, moving or deleting what was taken".to_owned(),
            Self::Waiting => "waiting for mail".to_owned(),
        }
    }
}

/// What went wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Something stands between us and the server.
    Obstructed(Obstacle),
    /// What was entered as its host can't stand in any certificate.
    NoName,
    /// It doesn't answer in time.
    Silent(Step),
    /// STARTTLS isn't offered.
    NoStartTls,
    /// What answers isn't an IMAP server.
    NoImap(String),
    /// The user name or the password is refused.
    SignInRefused(String),
    /// It can't be signed in now, whoever asks.
    SignInLater(String),
    /// It offers no way of signing in that we know.
    NoSignIn,
    /// No password or consent is there, or it can't be opened.
    NoSecret(String),
    /// The provider gives no token now, though it may soon.
    NoToken(String),
    /// There is no such folder.
    NoFolder(String),
    /// It refuses something else.
    Refused(Step, String),
    /// It says good-bye.
    Bye(String),
    /// It says what isn't IMAP.
    Garbled(Step),
    /// It sends more than anybody needs.
    TooMuch(Step),
    /// A mail that is larger than announced and larger than allowed.
    TooLarge {
        /// How large it is said to be now.
        bytes: u64,
    },
    /// The connection broke.
    Broken(Step),
    /// Our own database or disk.
    Ours(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Ours(fault)
    }
}

impl Trouble {
    /// Whether it may pass by itself.
    pub(super) fn hurdle(&self) -> Hurdle {
        match self {
            Self::Obstructed(Obstacle { kind: Kind::Certificate, .. })
            | Self::NoName
            | Self::NoStartTls
            | Self::SignInRefused(_)
            | Self::NoSignIn
            | Self::NoSecret(_)
            | Self::NoFolder(_) => Hurdle::Standing,
            _ => Hurdle::Passing,
        }
    }

    /// A word for the log, which tells nobody's words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Obstructed(Obstacle { kind: Kind::Network, .. }) => "unreachable",
            Self::Obstructed(Obstacle { kind: Kind::Certificate, .. }) | Self::NoName => "certificate",
            Self::Obstructed(_) | Self::NoStartTls => "unencrypted",
            Self::Silent(_) => "silent",
            Self::NoImap(_) => "no imap",
            Self::SignInRefused(_) | Self::NoSignIn | Self::NoSecret(_) => "sign-in",
            Self::SignInLater(_) | Self::NoToken(_) => "sign-in later",
            Self::NoFolder(_) => "no folder",
            Self::Refused(..) => "refused",
            Self::Bye(_) => "bye",
            Self::Garbled(_) => "garbled",
            Self::TooMuch(_) => "too much",
            Self::TooLarge { .. } => "too large",
            Self::Broken(_) => "broken",
            Self::Ours(_) => "ours",
        }
    }

    /// It, in a plain sentence with the next step. `server` is "imap.example.com:993".
    pub(super) fn sentence(&self, server: &str, folder: &str) -> String {
        match self {
            Self::Obstructed(obstacle) => obstructed(server, obstacle),
            Self::NoName => format!(
                "No certificate can be for the mail server {server}, so nothing was sent to it. Enter its name as it stands in its \
                 certificate."
            ),
            Self::Silent(Step::Greeting) => obstructed(server, &Obstacle::silence()),
            Self::Silent(step) => {
                format!(
                    "The mail server {server} stopped answering while {}. It is tried again.",
                    step.words()
                )
            }
            Self::NoStartTls => format!(
                "The mail server {server} doesn't offer STARTTLS, so nothing was sent to it. Choose TLS, usually on port 993."
            ),
            Self::NoImap(said) => format!(
                "What answers at {server} is no IMAP server; it says “{}”. Check host, port and security.",
                quote(said)
            ),
            _ => self.sentence_inside(server, folder),
        }
    }

    /// The same for what goes wrong once a connection stands.
    fn sentence_inside(&self, server: &str, folder: &str) -> String {
        match self {
            Self::SignInRefused(said) => format!(
                "The mail server {server} refuses user name or password{}. Enter them again; some providers want an app password.",
                in_its_words(said)
            ),
            Self::SignInLater(said) => {
                format!(
                    "The mail server {server} lets nobody sign in now{}. It is tried again.",
                    in_its_words(said)
                )
            }
            Self::NoSignIn => format!(
                "The mail server {server} offers no way of signing in that is known here. Choose TLS or STARTTLS, or another way \
                 to sign in."
            ),
            Self::NoSecret(why) | Self::NoToken(why) => why.clone(),
            Self::NoFolder(said) => format!(
                "The folder “{folder}” can't be opened{}. Check its name; the usual one is INBOX.",
                in_its_words(said)
            ),
            Self::Refused(step, said) => {
                format!(
                    "The mail server {server} refuses {}{}. It is tried again.",
                    step.words(),
                    in_its_words(said)
                )
            }
            Self::Bye(said) => {
                format!(
                    "The mail server {server} closed the connection{}. It is tried again.",
                    in_its_words(said)
                )
            }
            Self::Garbled(step) => format!(
                "The mail server {server} answered something that can't be understood while {}. It is tried again.",
                step.words()
            ),
            Self::TooMuch(step) => format!(
                "The mail server {server} sent more than {} needs and was cut off. It is tried again.",
                step.words()
            ),
            Self::TooLarge { bytes } => format!(
                "The mail server {server} began to send a mail of {} and was cut off. It is tried again.",
                megabytes(*bytes)
            ),
            Self::Broken(step) => {
                format!("The connection to {server} broke while {}. It is tried again.", step.words())
            }
            _ => "Dragoman can't reach its own database or disk. It is tried again.".to_owned(),
        }
    }
}

fn obstructed(server: &str, obstacle: &Obstacle) -> String {
    let Obstacle { kind, clause, next } = obstacle;
    let next = as_sentence(next);
    match kind {
        Kind::Network => {
            format!("The mail server {server} can't be reached: {clause}. {next} It is tried again.")
        }
        Kind::Certificate => {
            format!("The mail server {server} can't be trusted, so nothing was sent to it: {clause}. {next}")
        }
        Kind::Encryption => {
            format!("The connection to the mail server {server} can't be encrypted: {clause}. {next}")
        }
    }
}

/// "48 MB".
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1024 * 1024))
}

/// Why a mail stays on the server.
pub(super) fn too_large(bytes: u64, most: u64, uid: u32) -> String {
    let (bytes, most) = (megabytes(bytes), megabytes(most));
    format!("A mail of {bytes} is too large: left on the server, UID {uid}. The limit is {most}.")
}

/// Why a mail stays on the server.
pub(super) fn not_handed_over(uid: u32, said: &str) -> String {
    let said = in_its_words(said);
    format!("The server doesn't hand over a mail{said}: left on the server, UID {uid}.")
}

pub(super) fn in_its_words(said: &str) -> String {
    let said = quote(said);
    if said.is_empty() { String::new() } else { format!(" (“{said}”)") }
}
