//! Fetching a mailbox's mail from an IMAP account: the account's form, how it stands, and all mailboxes on one page.

use super::marks::{Choice, ClientMark, When};
use super::shell::Shell;
use askama::Template;

/// The section of a mailbox's page.
///
/// Forms, all posts below the mailbox's address: `/fetching` with `host`, `port`, `security`, `sign_in`, `user`, `password`, `folder`,
/// `first_fetch`, `after_intake`, `move_to`, `switch`; `/fetching/attempts`, `/fetching/removals`, `/fetching/consents`,
/// `/fetching/left/attempts` without fields.
#[derive(Debug, Clone)]
pub struct Fetching {
    /// How it stands.
    pub progress: Progress,
    /// An account is named.
    pub is_named: bool,
    /// Trying it now makes sense.
    pub may_try: bool,
    /// The consent with which it signs in, if it does so with one.
    pub consent: Option<ConsentMark>,
    /// The account's form.
    pub form: AccountForm,
    /// Mails that were left on the server.
    pub left: Vec<Left>,
}

/// The consent of an account.
#[derive(Debug, Clone)]
pub struct ConsentMark {
    /// Who gives it: "Google".
    pub provider: &'static str,
    /// It was given.
    pub is_given: bool,
    /// Who gave it, as an address; empty when nobody did, or the provider doesn't say.
    pub given_by: String,
}

/// What describes an account.
#[derive(Debug, Clone)]
pub struct AccountForm {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: String,
    /// Ways to secure the connection, the present one chosen.
    pub securities: Vec<Choice>,
    /// Who signs in.
    pub user: String,
    /// Ways to sign in, the present one chosen.
    pub sign_ins: Vec<Choice>,
    /// A password is kept.
    pub has_password: bool,
    /// The folder.
    pub folder: String,
    /// What the first fetch takes.
    pub first_fetches: Vec<Choice>,
    /// What becomes of a mail on the server.
    pub after_intakes: Vec<Choice>,
    /// The folder that mails are moved to.
    pub move_to: String,
    /// It is to be fetched.
    pub is_on: bool,
}

/// How the fetching of a mailbox stands.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Its badge's style.
    pub key: &'static str,
    /// Its badge's icon.
    pub icon: &'static str,
    /// "Waiting for mail", "Fetching 13 of 200".
    pub words: String,
    /// What a person should know; often empty.
    pub sentence: String,
    /// When it is tried again.
    pub next: Option<When>,
    /// "312 mails taken"; empty before the first.
    pub taken: String,
    /// When the last mail was taken.
    pub last: Option<When>,
}

/// A mail that was left on the server.
#[derive(Debug, Clone)]
pub struct Left {
    /// Why, in a sentence.
    pub because: String,
    /// When it was left.
    pub at: When,
}

/// `GET /mailboxes`.
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes.html")]
pub struct Mailboxes {
    /// The frame.
    pub shell: Shell,
    /// "12 mailboxes: 9 are fetched, 2 can't be fetched."
    pub summary: String,
    /// Every mailbox, those with trouble first.
    pub rows: Vec<MailboxRow>,
}

/// A mailbox in that list.
#[derive(Debug, Clone)]
pub struct MailboxRow {
    /// Whose it is; none when its client is gone.
    pub client: Option<ClientMark>,
    /// Its page.
    pub url: String,
    /// "help@aurora.example".
    pub address: String,
    /// "imap.example.com:993"; empty without an account.
    pub server: String,
    /// How it stands.
    pub progress: Progress,
}
