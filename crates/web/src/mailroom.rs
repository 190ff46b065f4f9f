//! What pages want done with mail. The pages know nothing of MIME or SMTP; the program hands them somebody who does.

use desk::{
    Stop,
    consents::{Begun, Returned},
    sending_domains::Drawn,
};
use engagements::{
    consent::Consent,
    sending_domains::{Answer, Method, Question},
};
use kernel::{EmailAddress, MailboxId};
use std::{future::Future, pin::Pin};

/// Something that takes a while.
pub type Awaited<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Reads, frames and sends mail for the pages.
pub trait Mailroom: Send + Sync + 'static {
    /// A mail's sanitised HTML as a whole document for a sandboxed frame.
    fn frame(&self, html: &str, pictures: Pictures<'_>) -> String;

    /// Fetches a picture on another server, by its place among those that the HTML names; none where it can't be had.
    fn fetch_picture<'a>(&'a self, html: &'a str, position: usize) -> Awaited<'a, Option<Picture>>;

    /// Whether pictures on other servers are fetched here at all.
    fn remote_images(&self) -> RemoteImages;

    /// The key by which browsers let this installation call them; empty where there is none.
    fn push_key(&self) -> String {
        String::new()
    }

    /// A mail's bytes as a person reads them. Anything can be read; what can't be understood is shown as text.
    fn show(&self, bytes: &[u8]) -> ShownMail;

    /// Sends a mail in the name of a demo's customer, through the front door.
    fn write_as_customer(&self, letter: CustomersLetter) -> Awaited<'_, Result<(), Stop>>;

    /// Sends a test letter through the installation's server, or through that of a mailbox; a refusal says what the server answered, in
    /// its own words.
    fn send_test(&self, to: EmailAddress, of: Option<MailboxId>) -> Awaited<'_, Result<(), Stop>>;

    /// Draws a pair of keys that sign letters.
    fn draw_key(&self, method: Method) -> Awaited<'_, Result<Drawn, Stop>>;

    /// Asks the DNS about our own domains. Every question is answered, if only with why nobody answers.
    fn look_up(&self, questions: Vec<Question>) -> Awaited<'_, Vec<(Question, Answer)>>;

    /// The address at a provider where somebody signs in and gives a consent.
    fn consent_address(&self, begun: &Begun) -> String;

    /// Exchanges the code with which somebody came back from a provider for a consent; a refusal says what the provider answered.
    fn exchange_consent(&self, returned: Returned, code: String) -> Awaited<'_, Result<Consent, Stop>>;

    /// Whether the process was given a password for the outgoing server.
    fn password(&self) -> Password;
}

/// Where the frame of a mail finds pictures.
#[derive(Clone, Copy)]
pub struct Pictures<'a> {
    /// At which address of ours an attached picture is, by its content id.
    pub attached: &'a dyn Fn(&str) -> Option<String>,
    /// At which address of ours a picture on another server is, by its place among those that the mail names.
    pub remote: &'a dyn Fn(usize) -> Option<String>,
}

/// A picture that was on another server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whether pictures on other servers are shown. Loading one tells its server that the mail is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteImages {
    /// Never here.
    Off,
    /// When a reader asks for them, through the desk.
    Fetched,
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
