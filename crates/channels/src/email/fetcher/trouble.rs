//! What can go wrong with an account, and how it is told: one plain sentence with the next step.

use engagements::fetching::Hurdle;
use kernel::Fault;
use std::io;

/// A server's words are cut to this many characters.
const LONGEST_QUOTE: usize = 300;

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
    /// The name leads nowhere.
    Unknown,
    /// Nobody answers at this address and port.
    Unreachable(io::Error),
    /// It doesn't answer in time.
    Silent(Step),
    /// Its certificate isn't trusted.
    Certificate(Untrusted),
    /// Encryption failed otherwise.
    Unencrypted(String),
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

/// Why a certificate isn't trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Untrusted {
    /// Its time is over, or hasn't begun.
    Expired,
    /// It is for another name.
    OtherName,
    /// Nobody whom we trust has signed it.
    UnknownIssuer,
    /// Something else.
    Otherwise,
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
            Self::Certificate(_)
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
            Self::Unknown => "unknown host",
            Self::Unreachable(_) => "unreachable",
            Self::Silent(_) => "silent",
            Self::Certificate(_) => "certificate",
            Self::Unencrypted(_) | Self::NoStartTls => "unencrypted",
            Self::NoImap(_) => "no imap",
            Self::SignInRefused(_) | Self::NoSignIn | Self::NoSecret(_) => "sign-in",
            Self::SignInLater(_) => "sign-in later",
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
            Self::Unknown => format!("There is no server of the name {server}. Check the host."),
            Self::Unreachable(error) => format!(
                "The mail server {server} can't be reached: {}. Check host and port, or wait: it is tried again.",
                quote(&error.to_string())
            ),
            Self::Silent(Step::Greeting) => {
                format!(
                    "The mail server {server} doesn't answer. Check host, port and security, or wait: it is tried again."
                )
            }
            Self::Silent(step) => {
                format!(
                    "The mail server {server} stopped answering while {}. It is tried again.",
                    step.words()
                )
            }
            Self::Certificate(untrusted) => certificate(server, *untrusted),
            Self::Unencrypted(said) => {
                format!(
                    "The connection to {server} can't be encrypted: {}. Check port and security.",
                    quote(said)
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
            Self::NoSecret(why) => why.clone(),
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

fn certificate(server: &str, untrusted: Untrusted) -> String {
    let what = match untrusted {
        Untrusted::Expired => "has expired or isn't valid yet",
        Untrusted::OtherName => "is for another name",
        Untrusted::UnknownIssuer => "is signed by nobody who is known",
        Untrusted::Otherwise => "can't be trusted",
    };
    let next = match untrusted {
        Untrusted::Expired => "Ask its provider to renew it",
        Untrusted::OtherName => "Enter the name that stands in the certificate, or ask its provider",
        Untrusted::UnknownIssuer | Untrusted::Otherwise => "Ask its provider for one of a public authority",
    };
    format!("The certificate of the mail server {server} {what}, so nothing was sent to it. {next}.")
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

fn in_its_words(said: &str) -> String {
    let said = quote(said);
    if said.is_empty() { String::new() } else { format!(" (“{said}”)") }
}

/// Others' words, on one line and of bounded length, without the full stop that our own sentence adds.
pub(super) fn quote(words: &str) -> String {
    let line: String =
        words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_QUOTE).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}
