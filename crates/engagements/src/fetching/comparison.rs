//! Rule: whether a mail of a renumbered folder was taken before.
//!
//! Only the heads are compared; whoever is in doubt takes the mail, and the same bytes are never kept twice.

use super::FirstFetch;
use kernel::Instant;

/// The head of a mail on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailHead {
    /// Its Message-ID, if it has one.
    pub message_id: Option<String>,
    /// Its sender's address.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// When a mail server first took it, as far as servers say.
    pub arrived_at: Option<Instant>,
}

/// A mail of the client's that is known under the same Message-ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMail {
    /// Its sender's address.
    pub sender: String,
    /// Its subject.
    pub subject: String,
}

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It was taken before.
    Taken,
    /// It lay in the folder before anybody fetched it, and only new mail is wanted.
    Older,
    /// It is new, or nobody can tell.
    New,
}

/// Compares one mail with those that are known under its Message-ID. Some senders give many mails the same one, so sender and
/// subject have to agree too.
pub fn compared(mail: &MailHead, known: &[KnownMail], first: FirstFetch, began_at: Instant) -> Compared {
    let is_older = first == FirstFetch::FromNow && mail.arrived_at.is_some_and(|arrived| arrived < began_at);
    match () {
        () if is_known(mail, known) => Compared::Taken,
        () if is_older => Compared::Older,
        () => Compared::New,
    }
}

/// Compares a mail that came to the folder after we set out from its beginning. It may have been brought back from where it was
/// before, as mails are when a mailbox is made anew; but what reached its first server since then is new.
pub fn compared_later(mail: &MailHead, known: &[KnownMail], set_out_at: Instant) -> Compared {
    let was_there_before = mail.arrived_at.is_some_and(|arrived| arrived < set_out_at);
    if was_there_before && is_known(mail, known) { Compared::Taken } else { Compared::New }
}

fn is_known(mail: &MailHead, known: &[KnownMail]) -> bool {
    let same = |one: &KnownMail| {
        one.sender.eq_ignore_ascii_case(&mail.sender) && one.subject.trim() == mail.subject.trim()
    };
    mail.message_id.is_some() && known.iter().any(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Instant = Instant::from_micros(1_000);

    fn check(id: Option<&str>, subject: &str, arrived: Option<i64>, first: FirstFetch, expected: Compared) {
        let mail = MailHead {
            message_id: id.map(str::to_owned),
            sender: "Eva@customer.example".to_owned(),
            subject: subject.to_owned(),
            arrived_at: arrived.map(Instant::from_micros),
        };
        let known = KnownMail { sender: "eva@customer.example".to_owned(), subject: "It leaks ".to_owned() };
        let known = if id == Some("known") { vec![known] } else { Vec::new() };
        assert_eq!(compared(&mail, &known, first, BEGAN), expected, "{mail:?} {first:?}");
    }

    #[test]
    fn what_comes_later_is_known_only_if_it_was_there_before() {
        let check = |subject: &str, arrived: Option<i64>, expected: Compared| {
            let mail = MailHead {
                message_id: Some("1@customer.example".to_owned()),
                sender: "eva@customer.example".to_owned(),
                subject: subject.to_owned(),
                arrived_at: arrived.map(Instant::from_micros),
            };
            let known = KnownMail { sender: mail.sender.clone(), subject: "It leaks".to_owned() };
            assert_eq!(compared_later(&mail, &[known], BEGAN), expected, "{mail:?}");
        };
        check("It leaks", Some(500), Compared::Taken);
        check("It leaks", Some(2_000), Compared::New);
        check("It leaks", None, Compared::New);
        check("Another subject", Some(500), Compared::New);
    }

    #[test]
    fn what_was_taken_is_known_and_what_is_doubtful_is_new() {
        use FirstFetch::{Everything, FromNow};
        check(Some("known"), "It leaks", Some(2_000), FromNow, Compared::Taken);
        check(Some("known"), "It leaks", None, Everything, Compared::Taken);
        check(Some("known"), "Another subject", Some(2_000), FromNow, Compared::New);
        check(Some("unknown"), "It leaks", Some(2_000), FromNow, Compared::New);
        check(Some("unknown"), "It leaks", Some(500), FromNow, Compared::Older);
        check(Some("unknown"), "It leaks", Some(500), Everything, Compared::New);
        check(Some("unknown"), "It leaks", None, FromNow, Compared::New);
        check(None, "It leaks", Some(2_000), FromNow, Compared::New);
        check(None, "It leaks", Some(500), FromNow, Compared::Older);
    }
}
