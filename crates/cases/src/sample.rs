//! A sample case and its messages, for the tests of rules.

use crate::{By, Case, LastWord, Message, MessageKind, Priority, State};
use kernel::{Instant, LanguageTag};

/// An id made from a number.
pub fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(n: u32) -> T {
    format!("{n:032x}").parse().unwrap()
}

/// A case.
pub fn case() -> Case {
    Case {
        id: id(1),
        client: id(2),
        engagement: id(3),
        customer: id(4),
        mailbox: id(5),
        reference: "K7QM3XTP".to_owned(),
        subject: "It leaks".to_owned(),
        state: State::Open,
        priority: Priority::Normal,
        language: LanguageTag::unknown(),
        assignee: None,
        last_word: LastWord::Customer,
        opened_at: Instant::from_micros(0),
        updated_at: Instant::from_micros(0),
        closed_at: None,
        follows: None,
        merged_into: None,
        flooded_at: None,
    }
}

/// A message of the case, from this address to these.
pub fn message(n: u32, kind: MessageKind, from: &str, to: &str) -> Message {
    Message {
        by: By { person: None, name: String::new(), address: from.to_owned() },
        recipients: to.to_owned(),
        ..Message::blank(id(n), &case(), kind, Instant::from_micros(i64::from(n)))
    }
}
