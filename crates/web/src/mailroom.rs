//! What pages want done with mail. The pages know nothing of MIME or SMTP; the program hands them somebody who does.

use desk::Stop;
use kernel::{EmailAddress, MailboxId};
use std::{future::Future, pin::Pin};

/// Something that takes a while.
pub type Awaited<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Reads, frames and sends mail for the pages.
pub trait Mailroom: Send + Sync + 'static {
    /// A mail's sanitised HTML as a whole document for a sandboxed frame. `cid` says at which address of ours an attached
    /// picture is found.
    fn frame(&self, html: &str, images: RemoteImages, cid: &dyn Fn(&str) -> Option<String>) -> String;

    /// A mail's bytes as a person reads them. Anything can be read; what can't be understood is shown as text.
    fn show(&self, bytes: &[u8]) -> ShownMail;

    /// Sends a mail in the name of a demo's customer, through the front door.
    fn write_as_customer(&self, letter: CustomersLetter) -> Awaited<'_, Result<(), Stop>>;

    /// Sends a test letter through the installation's server, or through that of a mailbox; a refusal says what the server answered, in
    /// its own words.
    fn send_test(&self, to: EmailAddress, of: Option<MailboxId>) -> Awaited<'_, Result<(), Stop>>;

    /// Whether the process was given a password for the outgoing server.
    fn password(&self) -> Password;
}

/// Whether pictures on other servers may be loaded. Loading one tells its server who read the mail, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteImages {
    /// They lose their address.
    Blocked,
    /// They stay.
    Allowed,
}

/// Whether the process was given a password for the outgoing server. It is never kept in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// It was.
    Given,
    /// It wasn't.
    Missing,
}

/// A mail as a person reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownMail {
    /// "Zofia Nowak <zofia@example.org>".
    pub from: String,
    /// The same for whom it was written to, with commas between.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text, quotes included.
    pub text: String,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Where answers should go: the address alone.
    pub reply_to: Option<String>,
    /// Headers worth seeing: name and value.
    pub headers: Vec<(String, String)>,
    /// The names of its files.
    pub attachments: Vec<String>,
}

/// What somebody writes as a customer of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomersLetter {
    /// The customer's name; may be empty.
    pub name: String,
    /// The customer's address.
    pub address: EmailAddress,
    /// To whom: a mailbox of the demo, or the signed address that a reply named.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words.
    pub text: String,
    /// The Message-ID that it answers, without angle brackets.
    pub answers: Option<String>,
}
