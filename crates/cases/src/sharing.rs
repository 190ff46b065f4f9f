//! Rule: what somebody who takes part in a case and isn't its customer may see of it. It holds for whatever is sent or shown to them.

use crate::{Message, MessageKind, case::words};
use kernel::EmailAddress;

words! {
    /// What people outside see of a case in which several of them write.
    Sharing {
        /// Everybody but the customer sees only what they wrote themselves and what was sent to them.
        OwnWords = "own",
        /// Everybody who takes part sees the whole conversation.
        Whole = "whole",
    }
}

/// Who looks at a case from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader<'a> {
    /// Its customer.
    Customer,
    /// Somebody else at this address.
    Other(&'a EmailAddress),
}

/// What holds for a case: what was chosen for it, else what its client chose.
pub fn holds(for_case: Option<Sharing>, for_client: Sharing) -> Sharing {
    for_case.unwrap_or(for_client)
}

/// Whether somebody outside may be shown a message, of which these got copies. Notes are shown to nobody; the customer sees the rest.
pub fn is_shown(sharing: Sharing, message: &Message, copies: &[EmailAddress], reader: Reader<'_>) -> bool {
    let Reader::Other(address) = reader else { return message.kind != MessageKind::Note };
    let wrote = message.kind == MessageKind::Customer && message.by.address == address.as_str();
    let named = message.recipients.split(',').any(|to| to.trim() == address.as_str());
    match (message.kind, sharing) {
        (MessageKind::Note, _) => false,
        (_, Sharing::Whole) => true,
        (_, Sharing::OwnWords) => wrote || named || copies.contains(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::message;

    #[test]
    fn others_see_only_what_they_wrote_and_what_was_sent_to_them() {
        let ivo: EmailAddress = "ivo@x.example".parse().unwrap();
        let (customer, reply, note) = (MessageKind::Customer, MessageKind::Reply, MessageKind::Note);
        // The message, whether Ivo got a copy, and whether he is shown it by itself, as part of the whole, and the customer.
        for (kind, from, to, copies, own, whole, theirs) in [
            (customer, "ivo@x.example", "help@a.example", vec![], true, true, true),
            (customer, "eva@x.example", "help@a.example", vec![], false, true, true),
            (customer, "eva@x.example", "help@a.example, ivo@x.example", vec![], true, true, true),
            (customer, "eva@x.example", "help@a.example, notivo@x.example", vec![], false, true, true),
            (reply, "", "eva@x.example", vec![], false, true, true),
            (reply, "", "eva@x.example", vec![ivo.clone()], true, true, true),
            (reply, "", "ivo@x.example", vec![], true, true, true),
            (note, "ivo@x.example", "ivo@x.example", vec![ivo.clone()], false, false, false),
        ] {
            let message = message(1, kind, from, to);
            let shown = |sharing, reader| is_shown(sharing, &message, &copies, reader);
            let found = (
                shown(Sharing::OwnWords, Reader::Other(&ivo)),
                shown(Sharing::Whole, Reader::Other(&ivo)),
                shown(Sharing::OwnWords, Reader::Customer),
            );
            assert_eq!(found, (own, whole, theirs), "{kind} from {from} to {to}");
        }
    }

    #[test]
    fn what_was_chosen_for_the_case_goes_before_what_the_client_chose() {
        assert_eq!(holds(None, Sharing::Whole), Sharing::Whole);
        assert_eq!(holds(Some(Sharing::OwnWords), Sharing::Whole), Sharing::OwnWords);
    }
}
