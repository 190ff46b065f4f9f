//! Permits and skills: who may answer a client's customers, entered by those who lead the work; what was granted stays as history.

use crate::Desk;
use cases::{Case, tables as case_tables};
use engagements::{Engagement, tables as engagement_tables};
use kernel::{Because, ClientId, Fault, Instant, PermitId, PersonId, Reach, Role, Stop};
use people::{Client, Person, SeatHeld, tables as people_tables};
use routing::{
    RoutingRefusal,
    permits::{self, Ended, Permit, Right, Sits, Stage},
    tables::{self as routing_tables, Skill},
};
use store::{Event, Tx, fresh};

/// A permit to be granted, as it was typed.
#[derive(Clone, Debug)]
pub struct Granted {
    /// To whom.
    pub person: PersonId,
    /// Whose customers.
    pub client: ClientId,
    /// For which intent; empty for all.
    pub intent: String,
    /// What is approved before it leaves.
    pub stage: Stage,
    /// What it is based on.
    pub evidence: String,
    /// The last day; empty when it doesn't end by itself.
    pub until: String,
}

/// Who may answer a client's customers.
pub struct Board {
    /// The client.
    pub client: Client,
    /// Those to whom the reader can grant permits, by name.
    pub people: Vec<Person>,
    /// Every permit of theirs, those that ended included, the newest first.
    pub permits: Vec<Permit>,
    /// Their skills.
    pub skills: Vec<Skill>,
    /// The names of everybody, for those who granted and ended.
    pub names: Vec<(PersonId, String)>,
    /// The client has granted a permit before; until then a seat in a team is enough.
    pub has_begun: bool,
}

/// What somebody holds.
pub struct Held {
    /// Every permit, with the client's name, the newest first.
    pub permits: Vec<(String, Permit)>,
    /// Their skills.
    pub skills: Vec<Skill>,
}

/// The clients for which somebody leads work.
pub fn led(reach: &Reach) -> Vec<ClientId> {
    let leads = |seat: &&kernel::Seat| matches!(seat.role, Role::TeamLead | Role::SupportOwner);
    let mut clients: Vec<ClientId> = reach.seats().iter().filter(leads).map(|seat| seat.client).collect();
    clients.sort();
    clients.dedup();
    clients
}

/// Who may answer a client's customers: for those who lead the work for it.
///
/// # Errors
/// [`RoutingRefusal::NotFound`] for everybody else.
pub async fn board(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Board, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            if !led(&reach).contains(&client) {
                return Err(RoutingRefusal::NotFound.into());
            }
            let found = people_tables::client(tx, client)?.ok_or(RoutingRefusal::NotFound)?;
            let ids = led_persons(tx, &reach, client)?;
            let persons = people_tables::persons(tx)?;
            let names = persons.iter().map(|person| (person.id, person.name.clone())).collect();
            let is_theirs = |person: &PersonId| ids.contains(person);
            let permits = routing_tables::permits_of_client(tx, client)?;
            let has_begun = !permits.is_empty();
            let skills = routing_tables::skills(tx)?.into_iter();
            Ok(Board {
                client: found,
                people: persons.into_iter().filter(|person| is_theirs(&person.id)).collect(),
                permits: permits.into_iter().filter(|permit| is_theirs(&permit.person)).collect(),
                skills: skills.filter(|skill| is_theirs(&skill.person)).collect(),
                names,
                has_begun,
            })
        })
        .await
}

/// What somebody holds: for themselves and for owners of the installation.
///
/// # Errors
/// [`RoutingRefusal::NotFound`] for everybody else.
pub async fn held(desk: &Desk, reach: &Reach, person: PersonId) -> Result<Held, Stop> {
    if reach.person() != person && !reach.owns_installation() {
        return Err(RoutingRefusal::NotFound.into());
    }
    let found = desk.store.read(move |tx| {
        let clients = people_tables::clients(tx)?;
        let name = |client: ClientId| {
            let known = clients.iter().find(|known| known.id == client);
            known.map(|known| known.name.clone()).unwrap_or_default()
        };
        let permits = routing_tables::permits_of_person(tx, person)?.into_iter();
        let permits = permits.map(|permit| (name(permit.client), permit)).collect();
        Ok::<_, Fault>(Held { permits, skills: routing_tables::skills_of(tx, person)? })
    });
    Ok(found.await?)
}

/// Grants a permit, in the place of the one for the same intent that holds.
///
/// # Errors
/// [`RoutingRefusal::OnlyLeads`], [`RoutingRefusal::NotToOneself`], [`RoutingRefusal::NotInTeam`], and those of what was typed.
pub async fn grant(desk: &Desk, reach: &Reach, granted: Granted) -> Result<PermitId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    let permit = Permit {
        id: fresh(),
        person: granted.person,
        client: granted.client,
        intent: permits::name(&granted.intent)?,
        stage: granted.stage,
        evidence: permits::words(&granted.evidence)?,
        granted_by: Some(reach.person()),
        granted_at: now,
        until_on: permits::until(&granted.until, &now.day())?,
        ended: None,
    };
    desk.store
        .write(move |tx| {
            may_enter(tx, &reach, permit.client, permit.person)?;
            let held = routing_tables::permits_of_client(tx, permit.client)?.into_iter();
            let before = held.filter(|held| {
                held.person == permit.person && held.intent == permit.intent && held.ended.is_none()
            });
            for before in before {
                let ended = Ended { at: now, by: Some(reach.person()), because: "Granted anew.".to_owned() };
                routing_tables::end_permit(tx, before.id, &ended)?;
            }
            routing_tables::add_permit(tx, &permit)?;
            told(tx, &reach, &permit, ("permit.granted", "granted"), now, &in_words(&permit))?;
            Ok(permit.id)
        })
        .await
}

/// Widens or narrows a permit: it ends, and one with the other stage and the same last day begins.
///
/// # Errors
/// [`RoutingRefusal::NotFound`], [`RoutingRefusal::OnlyLeads`], [`RoutingRefusal::NotToOneself`], [`RoutingRefusal::NotInTeam`],
/// [`RoutingRefusal::Ended`], [`RoutingRefusal::AlreadySo`], and those of what was typed.
pub async fn change_stage(
    desk: &Desk,
    reach: &Reach,
    permit: PermitId,
    stage: Stage,
    because: &str,
) -> Result<(), Stop> {
    let (reach, now, because) = (reach.clone(), desk.clock.now(), permits::words(because)?);
    desk.store
        .write(move |tx| {
            let held = may_change(tx, &reach, permit)?;
            if held.stage == stage {
                return Err(RoutingRefusal::AlreadySo.into());
            }
            let how = if stage > held.stage { "Widened" } else { "Narrowed" };
            let ended = Ended { at: now, by: Some(reach.person()), because: format!("{how}: {because}") };
            routing_tables::end_permit(tx, held.id, &ended)?;
            let changed = Permit {
                id: fresh(),
                stage,
                evidence: because.clone(),
                granted_by: Some(reach.person()),
                granted_at: now,
                ..held.clone()
            };
            routing_tables::add_permit(tx, &changed)?;
            let done = ("permit.changed", if stage > held.stage { "widened" } else { "narrowed" });
            Ok(told(tx, &reach, &changed, done, now, &in_words(&changed))?)
        })
        .await
}

/// Ends a permit, with the reason.
///
/// # Errors
/// [`RoutingRefusal::NotFound`], [`RoutingRefusal::OnlyLeads`], [`RoutingRefusal::NotToOneself`], [`RoutingRefusal::NotInTeam`],
/// [`RoutingRefusal::Ended`], and those of what was typed.
pub async fn end(desk: &Desk, reach: &Reach, permit: PermitId, because: &str) -> Result<(), Stop> {
    let (reach, now, because) = (reach.clone(), desk.clock.now(), permits::words(because)?);
    desk.store
        .write(move |tx| {
            let held = may_change(tx, &reach, permit)?;
            let ended = Ended { at: now, by: Some(reach.person()), because: because.clone() };
            routing_tables::end_permit(tx, held.id, &ended)?;
            Ok(told(tx, &reach, &held, ("permit.ended", "ended"), now, &because)?)
        })
        .await
}

/// Enters what somebody knows.
///
/// # Errors
/// [`RoutingRefusal::OnlyLeads`], [`RoutingRefusal::NotToOneself`], [`RoutingRefusal::NotInTeam`],
/// [`RoutingRefusal::NameMissing`], and those of what was typed.
pub async fn enter_skill(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    person: PersonId,
    skill: &str,
    until: &str,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    let skill = Skill {
        person,
        skill: permits::name(skill)?,
        entered_by: Some(reach.person()),
        entered_at: now,
        until_on: permits::until(until, &now.day())?,
    };
    if skill.skill.is_empty() {
        return Err(RoutingRefusal::NameMissing.into());
    }
    desk.store
        .write(move |tx| {
            may_enter(tx, &reach, client, person)?;
            routing_tables::enter_skill(tx, &skill)?;
            let sentence = format!(" knows {}.", skill.skill);
            Ok(about(tx, client, person, "skill.entered", now, &sentence)?)
        })
        .await
}

/// Takes a skill away.
///
/// # Errors
/// [`RoutingRefusal::OnlyLeads`], [`RoutingRefusal::NotToOneself`], [`RoutingRefusal::NotInTeam`], [`RoutingRefusal::NotFound`].
pub async fn drop_skill(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    person: PersonId,
    skill: &str,
) -> Result<(), Stop> {
    let (reach, now, skill) = (reach.clone(), desk.clock.now(), skill.to_owned());
    desk.store
        .write(move |tx| {
            may_enter(tx, &reach, client, person)?;
            if !routing_tables::drop_skill(tx, person, &skill)? {
                return Err(RoutingRefusal::NotFound.into());
            }
            let sentence = format!(" isn’t asked for {skill} any more.");
            Ok(about(tx, client, person, "skill.dropped", now, &sentence)?)
        })
        .await
}

/// What lets somebody answer a case now, or why they may not.
pub(crate) fn right_to_answer(
    tx: &mut Tx<'_>,
    case: &Case,
    person: PersonId,
    now: Instant,
) -> Result<Result<Right, Because>, Fault> {
    let permits = routing_tables::permits_of_client(tx, case.client)?;
    if permits.is_empty() {
        return Ok(Ok(Right::Seat));
    }
    let seats = people_tables::seats_of(tx, person)?;
    let intent = case_tables::matter(tx, case.id)?.intent;
    Ok(permits::right(&permits, person, sits(&seats, case.client), &intent, &now.day()))
}

/// Where somebody sits, as far as a client's permits ask.
pub(crate) fn sits(seats: &[SeatHeld], client: ClientId) -> Sits {
    let is_own = seats.iter().any(|seat| seat.client == Some(client));
    if is_own { Sits::AtClient } else { Sits::InTeam }
}

/// A permit that somebody may change: one of a person whom they lead, that hasn't ended.
fn may_change(tx: &mut Tx<'_>, reach: &Reach, permit: PermitId) -> Result<Permit, Stop> {
    let held = routing_tables::permit(tx, permit)?.ok_or(RoutingRefusal::NotFound)?;
    if !reach.clients().contains(&held.client) {
        return Err(RoutingRefusal::NotFound.into());
    }
    may_enter(tx, reach, held.client, held.person)?;
    if held.ended.is_some() { Err(RoutingRefusal::Ended.into()) } else { Ok(held) }
}

fn may_enter(tx: &mut Tx<'_>, reach: &Reach, client: ClientId, person: PersonId) -> Result<(), Stop> {
    if !led(reach).contains(&client) {
        return Err(RoutingRefusal::OnlyLeads.into());
    }
    if reach.person() == person {
        return Err(RoutingRefusal::NotToOneself.into());
    }
    match led_persons(tx, reach, client)?.contains(&person) {
        true => Ok(()),
        false => Err(RoutingRefusal::NotInTeam.into()),
    }
}

/// Those in the teams whose work for a client somebody leads, each once.
fn led_persons(tx: &mut Tx<'_>, reach: &Reach, client: ClientId) -> Result<Vec<PersonId>, Fault> {
    let engagements = engagement_tables::of_client(tx, client)?;
    let leads = |engagement: &&Engagement| {
        reach.seats().iter().any(|seat| {
            seat.engagement == engagement.id && matches!(seat.role, Role::TeamLead | Role::SupportOwner)
        })
    };
    let teams: Vec<_> = engagements.iter().filter(leads).map(|engagement| engagement.team).collect();
    let seats = people_tables::seats(tx)?.into_iter();
    let seats = seats.filter(|seat| seat.team.is_some_and(|team| teams.contains(&team)));
    let mut persons: Vec<PersonId> = seats.map(|seat| seat.person).collect();
    persons.sort();
    persons.dedup();
    Ok(persons)
}

/// "everything, every reply approved, until 2027-05-31".
fn in_words(permit: &Permit) -> String {
    let intent = if permit.intent.is_empty() { "everything" } else { &permit.intent };
    let stage = permit.stage.title().to_lowercase();
    match &permit.until_on {
        Some(until) => format!("{intent}, {stage}, until {until}."),
        None => format!("{intent}, {stage}."),
    }
}

/// "Carla Sousa’s permit was granted by Ines Carvalho: everything, every reply approved."
fn told(
    tx: &mut Tx<'_>,
    reach: &Reach,
    permit: &Permit,
    (kind, done): (&'static str, &str),
    at: Instant,
    words: &str,
) -> Result<(), Fault> {
    let by = people_tables::person(tx, reach.person())?.map(|person| person.name).unwrap_or_default();
    about(tx, permit.client, permit.person, kind, at, &format!("’s permit was {done} by {by}: {words}"))
}

fn about(
    tx: &mut Tx<'_>,
    client: ClientId,
    person: PersonId,
    kind: &'static str,
    at: Instant,
    what: &str,
) -> Result<(), Fault> {
    let name = people_tables::person(tx, person)?.map(|person| person.name).unwrap_or_default();
    tx.record(&Event {
        at,
        kind,
        client: Some(client),
        engagement: None,
        case: None,
        person: Some(person),
        sentence: format!("{name}{what}"),
    })
}
