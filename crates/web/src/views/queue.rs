//! The queue of letters on their way out.

use super::marks::When;
use super::shell::Shell;
use askama::Template;

/// `GET /queue`.
///
/// Forms: `POST /queue/attempts` with `server`, `domain`; those of a case for single letters.
#[derive(Debug, Clone, Template)]
#[template(path = "queue.html")]
pub struct Queue {
    /// The frame.
    pub shell: Shell,
    /// "312 letters wait, 4 are scheduled."
    pub summary: String,
    /// Mailboxes whose day is nearly full.
    pub warnings: Vec<String>,
    /// Ways that are paused.
    pub ways: Vec<Way>,
    /// Other reasons for which letters wait.
    pub groups: Vec<Group>,
    /// Letters that wait for a person.
    pub held: Vec<Letter>,
    /// Letters that go at a time that was chosen.
    pub scheduled: Vec<Letter>,
    /// Letters that leave within moments.
    pub leaving: u64,
    /// The reader may have paused ways tried.
    pub may_try: bool,
}

/// A paused way.
#[derive(Debug, Clone)]
pub struct Way {
    /// "smtp.example.com:587", "gmail.com through smtp.example.com:587".
    pub name: String,
    /// The server, for the form.
    pub server: String,
    /// The domain, for the form.
    pub domain: String,
    /// Why it is paused.
    pub because: String,
    /// When it is tried next.
    pub next: When,
    /// The letters that wait for it.
    pub group: Group,
}

/// Letters that wait for the same reason.
#[derive(Debug, Clone)]
pub struct Group {
    /// The reason.
    pub because: String,
    /// "312 letters wait".
    pub count: String,
    /// Since when the oldest waits; none when there is none.
    pub since: Option<When>,
    /// When the next is tried.
    pub next: Option<When>,
    /// The first of them.
    pub letters: Vec<Letter>,
    /// "and 292 more"; empty when all are shown.
    pub more: String,
}

/// A letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// "K7QM-3XTP".
    pub reference: String,
    /// Its case, and where its forms go; none when the reader may not see it.
    pub case_url: Option<String>,
    /// Where the letter itself is, for its forms.
    pub message_url: String,
    /// To whom; only the domain for those who may not see the case.
    pub to: String,
    /// From which mailbox.
    pub mailbox: String,
    /// When it was written.
    pub written: When,
    /// When it goes.
    pub goes: Option<When>,
    /// It can still be taken back, or sent at once.
    pub is_ours: bool,
}
