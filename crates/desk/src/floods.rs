//! Floods: what the loop breaker is told of a mail, and the case in which a sender's further mails are gathered.

use crate::{
    changes,
    receive::{Arrival, Sender},
};
use cases::{
    Case, Message, MessageKind,
    loops::{self, Handling, Pace, Place, Voice},
    tables as case_tables,
    threading::Origin,
};
use kernel::{Because, Fault, Instant};
use store::{Tx, fresh};

/// Whether a message shows its case as touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// As usual: the case moves up in lists.
    Touched,
    /// It is only kept.
    Untouched,
}

/// How a mail is handled that would join this case, or open one. The asker has not written it down yet.
pub(crate) fn handling(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    sender: &Sender,
    joined: Option<&Case>,
) -> Result<Handling, Fault> {
    let (short, long) = (arrival.now.minus(loops::SHORT), arrival.now.minus(loops::LONG));
    let in_long = written_since(tx, sender, long, loops::MOST_IN_LONG)?;
    // Whoever wrote too few mails in a day wrote too few in ten minutes.
    let in_short = match in_long < loops::MOST_IN_SHORT {
        true => in_long,
        false => written_since(tx, sender, short, loops::MOST_IN_SHORT)?,
    };
    // Most senders wrote less than the rule asks about.
    let has_words = !arrival.mail.new_text.trim().is_empty();
    let is_repeated = in_long >= loops::MOST_WITH_SAME_WORDS && joined.is_none() && has_words;
    let with_same_words = match (is_repeated, sender.customer) {
        (true, Some(customer)) => {
            let (words, most) = (&arrival.mail.new_text, loops::MOST_WITH_SAME_WORDS);
            case_tables::same_words_since(tx, customer, long, words, most)?
        }
        _ => 0,
    };
    let place = match (joined, &arrival.mail.auto) {
        (None, _) => Place::Opens,
        (Some(_), None) => Place::Joins,
        (Some(case), Some(_)) => Place::JoinsByMachine {
            automatic: case_tables::automatic_since(tx, case.id, long, loops::MOST_AUTOMATIC_ON_CASE)?,
        },
    };
    Ok(loops::handle(&Pace { place, voice: voice(arrival), in_short, in_long, with_same_words }))
}

/// Mails that look forged count apart: nobody's own mail is held up because others write in their name.
fn written_since(tx: &mut Tx<'_>, sender: &Sender, since: Instant, most: i64) -> Result<i64, Fault> {
    match (sender.customer, sender.origin) {
        (None, _) => Ok(0),
        (Some(customer), Origin::Usual) => case_tables::written_since(tx, customer, since, most),
        (Some(customer), Origin::Disowned) => case_tables::forged_since(tx, customer, since, most),
    }
}

/// A mail whose answers go to somebody else than its sender was written by a form, in the words of that somebody.
fn voice(arrival: &Arrival) -> Voice {
    let sender = arrival.mail.from.as_ref().and_then(|from| from.email());
    let answers_to = arrival.mail.answers_to();
    if answers_to.is_some() && answers_to != sender { Voice::OfOthers } else { Voice::Own }
}

/// The reason to write down, and whether the case shows that it was touched.
pub(crate) fn reason(handling: Handling) -> (Vec<Because>, Shows) {
    match handling {
        Handling::Usual => (Vec::new(), Shows::Touched),
        Handling::Marked(because) | Handling::Gathered(because) => (vec![because], Shows::Touched),
        Handling::Quiet(because) => (vec![because], Shows::Untouched),
    }
}

/// The case in which the mails of a sender who writes too many are gathered: their newest open one, and for mails that look forged the
/// newest that holds no others. None if the mail isn't gathered, or there is none.
pub(crate) fn gathering(
    tx: &mut Tx<'_>,
    handling: &Handling,
    sender: &Sender,
    now: Instant,
) -> Result<Option<Case>, Fault> {
    let (Handling::Gathered(because), Some(customer)) = (handling, sender.customer) else { return Ok(None) };
    let open = match sender.origin {
        Origin::Usual => case_tables::open_of_customer(tx, customer)?,
        Origin::Disowned => case_tables::open_of_forgers(tx, customer)?,
    };
    let Some(case) = open.into_iter().next() else { return Ok(None) };
    if case_tables::note_flood(tx, case.id, now)? {
        announce(tx, &case, because, now)?;
    }
    Ok(Some(case))
}

/// Tells the people who work on the case, by an event and a note.
fn announce(tx: &mut Tx<'_>, case: &Case, because: &Because, now: Instant) -> Result<(), Fault> {
    let sentence =
        "Many mails of one sender in a short time: further ones are filed here instead of opening cases.";
    let note = Message {
        id: fresh(),
        kind: MessageKind::Note,
        new_text: format!(
            "**{sentence}** Nothing is lost: every mail is kept below. If they are about different things, ask the sender to \
             answer each case by itself, or have the program that sends them corrected."
        ),
        because: vec![because.clone()],
        ..changes::programs_note(case, now)
    };
    case_tables::add_message(tx, &note)?;
    case_tables::note_quiet_message(tx, case.id)?;
    changes::happened(tx, case, "case.flooded", None, now, sentence)
}
