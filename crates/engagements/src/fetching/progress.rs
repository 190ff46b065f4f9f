//! Rule: how far the fetching of an account is, as its page tells it.

use super::{Cursor, words};
use kernel::{Instant, MailboxId};

words! {
    /// What an account is doing.
    Standing {
        /// Nothing yet.
        New = "new",
        /// Everything was taken; it waits for mail.
        Waiting = "waiting",
        /// Mail is being taken.
        Fetching = "fetching",
        /// It can't be fetched; there will be another try.
        Failed = "failed",
    }
}

/// How far the fetching of an account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// When the account was named, or its place last changed.
    pub began_at: Instant,
    /// How far its folder was taken; none before the first time.
    pub cursor: Option<Cursor>,
    /// When we last set out from where a folder begins: at the first time, or when it was renumbered.
    pub set_out_at: Option<Instant>,
    /// What it is doing.
    pub standing: Standing,
    /// What a person should know: why it can't be fetched, or what went wrong beside it. Often empty.
    pub sentence: String,
    /// How many mails of this visit were taken.
    pub done: i64,
    /// Of how many.
    pub total: i64,
    /// How many tries in a row failed.
    pub tries: i64,
    /// The UID of the mail at which the last try ended, or 0.
    pub stumbled_uid: i64,
    /// How many tries ended at it.
    pub stumbles: i64,
    /// When it is tried again.
    pub next_try_at: Option<Instant>,
    /// How many mails were taken in all.
    pub taken: i64,
    /// When the last one was.
    pub last_taken_at: Option<Instant>,
}

/// A mail that was left on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftMail {
    /// The folder's UIDVALIDITY.
    pub validity: u32,
    /// Its UID.
    pub uid: u32,
    /// Why, in a sentence.
    pub because: String,
    /// When it was left.
    pub at: Instant,
}
