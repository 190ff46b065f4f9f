//! Misunderstandings: somebody did not understand a message, as they said themselves or as their words show.

use kernel::{Instant, MessageId, PersonId};

crate::case::words! {
    /// How it is known that somebody did not understand.
    Signal {
        /// The customer said so, on the page of our letter.
        Pressed = "pressed",
        /// A representative did not understand the customer, and asks for a second reader.
        SecondReader = "second_reader",
    }
}

/// A message that somebody did not understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misunderstanding {
    /// The message.
    pub message: MessageId,
    /// How it is known.
    pub signal: Signal,
    /// The representative who did not understand; `None` for the customer.
    pub person: Option<PersonId>,
    /// When it was said.
    pub at: Instant,
    /// When it was explained; `None` while it waits.
    pub explained_at: Option<Instant>,
}
