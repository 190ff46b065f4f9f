//! The setting of the small world: its clients, partners, teams, engagements and mailboxes, and who sits where.

use crate::{Served, people as everybody};
use desk::{accounts::Place, set_up};
use engagements::{Engagement, Period, tables as engagement_tables};
use kernel::{EngagementId, Fault, Instant, PersonId, Role, Stop, TeamId};
use people::{Client, Partner, Team, tables as people_tables};
use std::collections::HashMap;
use store::{Tx, fresh};

/// What was set up.
pub(crate) struct Set {
    pub(crate) aurora: Served,
    pub(crate) pip: Served,
    pub(crate) nights: EngagementId,
    pub(crate) lisbon: TeamId,
    pub(crate) manila: TeamId,
    pub(crate) persons: HashMap<&'static str, PersonId>,
}

/// Sets the world up.
pub(crate) fn set(tx: &mut Tx<'_>, now: Instant) -> Result<Set, Stop> {
    let persons = everybody::add(tx, now)?;
    let lisbon = partner(tx, "Lisbon", "PT", "Europe/Lisbon", now)?;
    let manila = partner(tx, "Manila", "PH", "Asia/Manila", now)?;
    let aurora = served(tx, "Aurora", "help@aurora.example", lisbon, now)?;
    let pip = served(tx, "pip", "hello@pip.example", manila, now)?;
    let nights = engage(tx, &aurora.client, manila, "Manila nights for Aurora", now)?;
    let set = Set { aurora, pip, nights, lisbon, manila, persons };
    seats(tx, &set, now)?;
    Ok(set)
}

fn partner(tx: &mut Tx<'_>, city: &str, country: &str, zone: &str, now: Instant) -> Result<TeamId, Fault> {
    let partner = Partner {
        id: fresh(),
        name: format!("{city} Support"),
        city: city.to_owned(),
        country: country.to_owned(),
        zone: zone.to_owned(),
    };
    people_tables::add_partner(tx, &partner, now)?;
    let team = Team { id: fresh(), name: format!("{city} team"), client: None, partner: Some(partner.id) };
    people_tables::add_team(tx, &team, now)?;
    Ok(team.id)
}

fn served(tx: &mut Tx<'_>, name: &str, address: &str, team: TeamId, now: Instant) -> Result<Served, Stop> {
    let client = set_up::new_client(name, "teal", "en", "Europe/Ljubljana")?;
    let in_house = set_up::open_client(tx, &client, now)?;
    let partner = engage(tx, &client, team, &format!("Partner for {name}"), now)?;
    let address = address.parse().map_err(|_| Fault::new("a mailbox of the world is no address"))?;
    let mailbox = set_up::open_mailbox(tx, &client, address, "", partner, now)?;
    Ok(Served { client, mailbox, in_house, partner })
}

fn engage(
    tx: &mut Tx<'_>,
    client: &Client,
    team: TeamId,
    name: &str,
    now: Instant,
) -> Result<EngagementId, Fault> {
    let engagement = Engagement {
        id: fresh(),
        client: client.id,
        team,
        name: name.to_owned(),
        zone: client.zone.clone(),
        period: Period::parse(&now.day(), "").map_err(|_| Fault::new("the world's day is no day"))?,
        ended_at: None,
    };
    engagement_tables::add(tx, &engagement, now)?;
    Ok(engagement.id)
}

fn seats(tx: &mut Tx<'_>, set: &Set, now: Instant) -> Result<(), Fault> {
    let (aurora, pip) = (Place::Client(set.aurora.client.id), Place::Client(set.pip.client.id));
    let aurora_team = team_of(tx, set.aurora.in_house)?;
    let pip_team = team_of(tx, set.pip.in_house)?;
    let held = [
        ("greta", Role::SupportOwner, aurora),
        ("rok", Role::Resolver, aurora),
        ("nora", Role::Representative, aurora_team),
        ("paula", Role::SupportOwner, pip),
        ("wanda", Role::Representative, pip_team),
        ("ines", Role::TeamLead, Place::Team(set.lisbon)),
        ("tiago", Role::Representative, Place::Team(set.lisbon)),
        ("carla", Role::Representative, Place::Team(set.lisbon)),
        ("maricel", Role::TeamLead, Place::Team(set.manila)),
        ("jun", Role::Representative, Place::Team(set.manila)),
    ];
    held.into_iter()
        .try_for_each(|(who, role, place)| everybody::seat(tx, set.persons[who], role, place, now))
}

fn team_of(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Place, Fault> {
    let found = engagement_tables::engagement(tx, engagement)?;
    found.map(|found| Place::Team(found.team)).ok_or_else(|| Fault::new("an engagement is missing"))
}
