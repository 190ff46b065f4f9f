//! Rule: what is outstanding: everything that is open has one owner, one next date, and one sentence that says what is to be done.

use kernel::{CaseId, Instant, Metric, Party, PersonId};
use std::time::Duration;

/// What is to be done with a case that nobody has, and with one that somebody has.
pub(crate) const TAKE: &str = "Take the case and answer the customer.";
pub(crate) const ANSWER: &str = "Answer the customer.";

const HOUR: Duration = Duration::from_secs(60 * 60);
/// So long somebody of ours has where nothing is promised.
const OURS: Duration = Duration::from_secs(24 * 60 * 60);
/// So long a customer is given before somebody asks again.
const CUSTOMERS: Duration = Duration::from_secs(3 * 24 * 60 * 60);

kernel::worded! {
    /// What an item is about.
    OutstandingKind {
        /// A case.
        Case = "case" "Case",
        /// A part of a case that was handed over.
        Escalation = "escalation" "Escalation",
        /// A request for somebody in the customer's country.
        PlaceRequest = "place_request" "Somebody in the customer’s country",
    }
}

store::text_column!(OutstandingKind);
store::text_param!(OutstandingKind);

/// Who sees to it that an item goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The person; none where it is a team, or somebody without an account.
    pub person: Option<PersonId>,
    /// What they are called.
    pub name: String,
}

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// What it is about.
    pub kind: OutstandingKind,
    /// The case, the escalation or the request.
    pub subject: String,
    /// The case.
    pub case: CaseId,
    /// Who has to do something.
    pub party: Party,
    /// Who sees to it.
    pub owner: Owner,
    /// When somebody looks at it next.
    pub next_at: Instant,
    /// What is to be done.
    pub what: String,
    /// A person chose the next date.
    pub is_chosen: bool,
}

/// What is known of an open case.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// The case.
    pub case: CaseId,
    /// Whose turn it is.
    pub turn: Party,
    /// Since when.
    pub since: Instant,
    /// Who answers it; none while nobody has it.
    pub assignee: Option<Owner>,
    /// The team that works on it.
    pub team: String,
    /// What is due first, and when.
    pub due: Option<(Metric, Instant)>,
    /// When an answer goes that was planned.
    pub planned_at: Option<Instant>,
    /// Who has a part of it that was handed over, and by when an answer is needed.
    pub holder: Option<(String, Option<Instant>)>,
}

/// What is outstanding at an open case. What was there before keeps the next date that a person chose, as long as it is the same party's.
pub fn of_case(open: OpenCase, before: Option<&Outstanding>) -> Outstanding {
    let (what, next_at) = next(&open);
    let team = Owner { person: None, name: open.team };
    let item = Outstanding {
        kind: OutstandingKind::Case,
        subject: open.case.to_string(),
        case: open.case,
        party: open.turn,
        owner: open.assignee.unwrap_or(team),
        next_at,
        what,
        is_chosen: false,
    };
    keeping_the_date(item, before)
}

/// What is known of a part of a case that was handed over.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// Its id.
    pub subject: String,
    /// The case.
    pub case: CaseId,
    /// Whose turn it is.
    pub turn: Party,
    /// Who sees to it: who has it, or who handed it over.
    pub owner: Owner,
    /// By when an answer is needed.
    pub needed_at: Option<Instant>,
    /// Since when.
    pub since: Instant,
    /// What is to be done.
    pub what: String,
}

/// What is outstanding of a part of a case that was handed over.
pub fn of_escalation(open: HandedOver, before: Option<&Outstanding>) -> Outstanding {
    let item = Outstanding {
        kind: OutstandingKind::Escalation,
        subject: open.subject,
        case: open.case,
        party: open.turn,
        owner: open.owner,
        next_at: open.needed_at.unwrap_or_else(|| open.since.plus(OURS)),
        what: open.what,
        is_chosen: false,
    };
    keeping_the_date(item, before)
}

/// What is known of an open request for somebody in the customer's country.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The request.
    pub subject: String,
    /// The case.
    pub case: CaseId,
    /// Who sees to it.
    pub owner: Owner,
    /// When it is due.
    pub due: Option<Instant>,
    /// Since when.
    pub since: Instant,
}

/// What is outstanding where the customer asked for somebody in their country.
pub fn of_place_request(wanted: Wanted, before: Option<&Outstanding>) -> Outstanding {
    let item = Outstanding {
        kind: OutstandingKind::PlaceRequest,
        subject: wanted.subject,
        case: wanted.case,
        party: Party::Representative,
        owner: wanted.owner,
        next_at: wanted.due.unwrap_or_else(|| wanted.since.plus(OURS)),
        what: "Let somebody in the customer’s country answer, or decline.".to_owned(),
        is_chosen: false,
    };
    keeping_the_date(item, before)
}

fn keeping_the_date(item: Outstanding, before: Option<&Outstanding>) -> Outstanding {
    match before {
        Some(before) if before.is_chosen && before.party == item.party => {
            Outstanding { next_at: before.next_at, is_chosen: true, ..item }
        }
        _ => item,
    }
}

fn next(open: &OpenCase) -> (String, Instant) {
    let due = open.due.map(|(_, at)| at);
    match open.turn {
        Party::Representative if open.planned_at.is_some() => {
            ("See that the planned answer goes.".to_owned(), open.planned_at.unwrap_or(open.since))
        }
        Party::Representative => (ours(open), due.unwrap_or_else(|| open.since.plus(OURS))),
        Party::Customer => {
            let asked_again = open.since.plus(CUSTOMERS);
            let what = "Hear from the customer; ask again if nothing comes.";
            (what.to_owned(), due.map_or(asked_again, |due| due.min(asked_again)))
        }
        Party::ClientResolver | Party::Vendor => {
            let (name, needed_at) = open.holder.clone().unwrap_or_default();
            let name = if name.is_empty() { open.turn.title().to_lowercase() } else { name };
            // Somebody looks an hour after it was needed: the holder had until then.
            let next = needed_at.map_or_else(|| open.since.plus(OURS), |at| at.plus(HOUR));
            (format!("Get an answer from {name}."), due.map_or(next, |due| due.min(next)))
        }
    }
}

fn ours(open: &OpenCase) -> String {
    match (&open.assignee, open.due) {
        (None, _) => TAKE,
        (Some(_), Some((Metric::Explanation, _))) => "Explain what the customer did not understand.",
        (Some(_), Some((Metric::Resolution, _))) => "Bring the case to its end.",
        (Some(_), Some((Metric::Place, _))) => "Say who in the customer’s country answers.",
        (Some(_), _) => ANSWER,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINCE: Instant = Instant::from_micros(1_000_000_000_000);

    fn open(turn: Party) -> OpenCase {
        OpenCase {
            case: store::fresh(),
            turn,
            since: SINCE,
            assignee: Some(Owner { person: None, name: "Tiago Rocha".to_owned() }),
            team: "Lisbon team".to_owned(),
            due: None,
            planned_at: None,
            holder: None,
        }
    }

    #[test]
    fn everything_open_has_an_owner_and_a_next_date() {
        let check = |open: OpenCase, owner: &str, after: Duration, what: &str| {
            let item = of_case(open.clone(), None);
            let found = (item.owner.name.as_str(), item.next_at, item.what.as_str());
            assert_eq!(found, (owner, SINCE.plus(after), what), "{open:?}");
        };
        let mine = || open(Party::Representative);
        let due = |metric| Some((metric, SINCE.plus(2 * HOUR)));
        check(mine(), "Tiago Rocha", OURS, "Answer the customer.");
        check(
            OpenCase { assignee: None, ..mine() },
            "Lisbon team",
            OURS,
            "Take the case and answer the customer.",
        );
        let owes = OpenCase { due: due(Metric::NextReply), ..mine() };
        check(owes.clone(), "Tiago Rocha", 2 * HOUR, "Answer the customer.");
        let explains = OpenCase { due: due(Metric::Explanation), ..mine() };
        check(explains, "Tiago Rocha", 2 * HOUR, "Explain what the customer did not understand.");
        let planned = OpenCase { planned_at: Some(SINCE.plus(HOUR)), ..owes };
        check(planned, "Tiago Rocha", HOUR, "See that the planned answer goes.");
        let waits = open(Party::Customer);
        check(waits.clone(), "Tiago Rocha", CUSTOMERS, "Hear from the customer; ask again if nothing comes.");
        let runs = OpenCase { due: due(Metric::Resolution), ..waits };
        check(runs, "Tiago Rocha", 2 * HOUR, "Hear from the customer; ask again if nothing comes.");
        let with_vendor = OpenCase {
            holder: Some(("Kettles Ltd".to_owned(), Some(SINCE.plus(HOUR)))),
            ..open(Party::Vendor)
        };
        check(with_vendor, "Tiago Rocha", 2 * HOUR, "Get an answer from Kettles Ltd.");
        check(open(Party::ClientResolver), "Tiago Rocha", OURS, "Get an answer from client’s specialist.");
    }

    #[test]
    fn a_chosen_date_stays_as_long_as_it_is_the_same_partys() {
        let chosen = Outstanding {
            next_at: SINCE.plus(9 * HOUR),
            is_chosen: true,
            ..of_case(open(Party::Customer), None)
        };
        let again = of_case(open(Party::Customer), Some(&chosen));
        assert_eq!((again.next_at, again.is_chosen), (SINCE.plus(9 * HOUR), true));
        let ours = of_case(open(Party::Representative), Some(&chosen));
        assert_eq!((ours.next_at, ours.is_chosen), (SINCE.plus(OURS), false));
    }
}
