//! Deciding: the most pressing of the cases that wait is given first, each to whoever comes first; who gets none waits with the reason.

use super::{
    hall::{Asked, GAVE_BACK, Hall},
    is_waiting,
};
use crate::{Desk, engagement_terms, speakers};
use cases::{Case, outstanding::Owner, tables as case_tables};
use engagements::terms::RoutingMode;
use kernel::{Because, CaseId, EngagementId, Fault, Instant, PersonId};
use routing::{
    Explained, PersonNumber, Reasons, Told, WhyNot,
    tables::{self as routing_tables, Routing},
};
use store::{Event, Tx, fresh};

/// So many people are named at most on each side of a decision.
const NAMED: usize = 40;

/// Gives these cases of an engagement to people, where they are given at once; answers how many somebody was given. Whoever holds one
/// already keeps it, so that doing it again changes nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn decide(
    tx: &mut Tx<'_>,
    desk: &Desk,
    engagement: EngagementId,
    cases: Vec<Case>,
    now: Instant,
) -> Result<usize, Fault> {
    let cases: Vec<Case> = cases.into_iter().filter(is_waiting).collect();
    let in_force = engagement_terms::of(tx, engagement, now)?;
    if cases.is_empty() || in_force.version.is_none() || in_force.terms.routing != RoutingMode::Push {
        return Ok(0);
    }
    let mut hall = Hall::of(tx, desk, in_force, cases, now)?;
    let mut decided = Vec::new();
    for at in order(&hall, now) {
        decided.push(choose(&mut hall, at, now));
    }
    write_down(tx, &hall, decided, now)
}

/// The cases in the order in which they press.
fn order(hall: &Hall, now: Instant) -> Vec<usize> {
    let mut order: Vec<usize> = (0..hall.cases.len()).collect();
    order.sort_by_key(|at| {
        let asked = &hall.cases[*at];
        std::cmp::Reverse(routing::Urgency::new(&asked.ask, asked.due, 0, now))
    });
    order
}

/// Who is given a case, if anybody.
struct Decided {
    at: usize,
    person: Option<PersonNumber>,
    way: &'static str,
    reasons: Reasons,
}

fn choose(hall: &mut Hall, at: usize, now: Instant) -> Decided {
    let asked = &hall.cases[at];
    let explained = hall.explained(asked, now);
    let why_now = Because::new("routing.came", "It waits for us, and nobody has it.");
    let decided = Decided {
        at,
        person: explained.may.first().map(|(person, _)| *person),
        way: explained
            .may
            .first()
            .map_or("", |(_, rank)| if asked.case.language.is_known() { rank.way.as_str() } else { "" }),
        reasons: reasons(hall, asked, &explained, why_now),
    };
    if let Some(person) = decided.person {
        let effort = asked.ask.effort;
        hall.floor.give(person, effort, now);
    }
    decided
}

/// Why this person, who else, or why nobody.
pub(super) fn reasons(hall: &Hall, asked: &Asked, explained: &Explained, why_now: Because) -> Reasons {
    let way = |rank: &routing::Rank| match asked.case.language.is_known() {
        true => rank.way.because(),
        false => Because::new("routing.language_unknown", "Nobody has said the customer’s language yet."),
    };
    let told = |number: PersonNumber, because| Told { person: hall.someone(number).person.id, because };
    let why = match explained.may.as_slice() {
        [] => vec![routing::why_nobody(explained.may_not.iter().map(|(_, why)| *why))],
        [(_, first), rest @ ..] => vec![way(first), first.before(rest.first().map(|(_, rank)| rank))],
    };
    let who_else = explained.may.iter().skip(1).map(|(number, rank)| told(*number, way(rank)));
    let who_not =
        explained.may_not.iter().map(|(number, why)| told(*number, why_not(hall, asked, *number, *why)));
    let gave_back = asked.gave_back().map(|person| Told { person, because: gave_back() });
    let who_not = gave_back.into_iter().chain(who_not);
    Reasons { why_now, why, who_else: who_else.take(NAMED).collect(), who_not: who_not.take(NAMED).collect() }
}

/// The reason of whoever gave a case back.
pub(super) fn gave_back() -> Because {
    Because::new(GAVE_BACK, "They gave it back.")
}

/// A permit says more of why it doesn't hold.
pub(super) fn why_not(hall: &Hall, asked: &Asked, number: PersonNumber, why: WhyNot) -> Because {
    let no_right = hall.someone(number).no_right.iter().find(|(intent, _)| *intent == asked.intent);
    match (why, no_right, asked.wish) {
        (WhyNot::NoPermit, Some((_, because)), _) => because.clone(),
        (WhyNot::Country, _, Some(country)) => {
            let place = country.english_name();
            Because::new(
                "routing.elsewhere",
                format!("The customer asked for somebody in {place}; they work elsewhere."),
            )
        }
        _ => why.because(),
    }
}

fn write_down(tx: &mut Tx<'_>, hall: &Hall, decided: Vec<Decided>, now: Instant) -> Result<usize, Fault> {
    let (mut given, mut owners, mut routings, mut events) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Decided { at, person, way, reasons } in decided {
        let Asked { case, last, .. } = &hall.cases[at];
        let waited = last.as_ref().filter(|last| last.person.is_none());
        let taken_back = waited.filter(|last| last.how == "again");
        let why_now = taken_back.map_or(&reasons.why_now, |last| &last.reasons.why_now).clone();
        let how = if taken_back.is_some() { "again" } else { "push" };
        let Some(number) = person else {
            // The same reason isn't told twice.
            if !waited.is_some_and(|last| last.reasons.why == reasons.why) {
                events.extend(waited.is_none().then(|| waits(case, &reasons, now)));
                routings.push(routing(case, now, None, way, how, Reasons { why_now, ..reasons }));
            }
            continue;
        };
        let person = &hall.someone(number).person;
        given.push((case.id, person.id, case.state.after_assignment()));
        owners.push((case.id, Owner { person: Some(person.id), name: person.name.clone() }));
        let sentence =
            format!("The case was given to {}.{}", person.name, speakers::why_them(person, case, now));
        events.push(event(case, "case.routed", now, sentence));
        routings.push(routing(case, now, Some(person.id), way, how, Reasons { why_now, ..reasons }));
    }
    case_tables::give(tx, &given, now)?;
    case_tables::own_outstanding(tx, &owners)?;
    routing_tables::add_routings(tx, &routings)?;
    tx.record_all(&events)?;
    Ok(given.len())
}

fn waits(case: &Case, reasons: &Reasons, now: Instant) -> Event {
    let why = reasons.why.first().map_or("", |because| because.sentence.as_str());
    event(case, "case.not_routed", now, format!("The case waits. {why}"))
}

/// A decision to be written down.
pub(super) fn routing(
    case: &Case,
    at: Instant,
    person: Option<PersonId>,
    way: &str,
    how: &str,
    reasons: Reasons,
) -> Routing {
    Routing {
        id: fresh(),
        case: case.id,
        at,
        engagement: case.engagement,
        person,
        way: way.to_owned(),
        how: how.to_owned(),
        reasons,
    }
}

/// Something that routing did to a case.
pub(super) fn event(case: &Case, kind: &'static str, at: Instant, sentence: String) -> Event {
    Event {
        at,
        kind,
        client: Some(case.client),
        engagement: Some(case.engagement),
        case: Some(case.id),
        person: None,
        sentence,
    }
}

/// Writes down that a person gave a case to somebody, or took it.
pub(crate) fn by_hand(
    tx: &mut Tx<'_>,
    case: &Case,
    to: PersonId,
    by: PersonId,
    now: Instant,
) -> Result<(), Fault> {
    let sentence = if to == by { "They took it themselves." } else { "A person gave it to them." };
    let reasons = Reasons {
        why_now: Because::new("routing.by_hand", sentence),
        why: Vec::new(),
        who_else: Vec::new(),
        who_not: Vec::new(),
    };
    routing_tables::add_routings(tx, &[routing(case, now, Some(to), "", "hand", reasons)])
}

/// The case that a decision is about.
pub(super) fn found(hall: &Hall, case: CaseId) -> Option<&Asked> {
    hall.cases.iter().find(|asked| asked.case.id == case)
}
