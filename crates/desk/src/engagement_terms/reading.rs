//! The page of an engagement: everything that is agreed, what waits, and how it came to be so.

use super::{agreeing, preview, today, whom};
use crate::Desk;
use engagements::{
    Engagement, Mailbox, Standing,
    tables::{self as engagement_tables, holidays::HolidayList},
    terms::{Difference, EscalatedTo, Line, Side, Terms, Version, VersionState, differences},
};
use kernel::{EngagementId, Fault, Instant, PersonId, Reach, Stop};
use people::{Client, Partner, Team, tables as people_tables};
use std::collections::{HashMap, hash_map::Entry};
use store::Tx;

/// Everything that the page of an engagement shows.
pub struct AgreedPage {
    /// The engagement.
    pub engagement: Engagement,
    /// Where it stands.
    pub standing: Standing,
    /// The client.
    pub client: Client,
    /// The team.
    pub team: Team,
    /// The partner; none for the client's own team.
    pub partner: Option<Partner>,
    /// The mailboxes that it answers.
    pub mailboxes: Vec<Mailbox>,
    /// The version in force today; none where the usual terms hold.
    pub version: Option<i64>,
    /// The terms in force.
    pub terms: Terms,
    /// They in words.
    pub lines: Vec<Line>,
    /// What waits for somebody's word.
    pub waiting: Option<Waiting>,
    /// All versions, newest first, each with what it changed.
    pub past: Vec<Past>,
    /// The sides for which whoever asks may speak.
    pub theirs: Vec<Side>,
    /// The sides whose word counts.
    pub sides: Vec<Side>,
    /// The lists of holidays that there are.
    pub lists: Vec<HolidayList>,
    /// To whom cases can be escalated, by name.
    pub escalated_to: Vec<(EscalatedTo, String)>,
    /// The names of whoever proposed, agreed or took back.
    pub names: HashMap<PersonId, String>,
    /// The instant at which it stands so.
    pub now: Instant,
}

/// A proposal that waits.
pub struct Waiting {
    /// The version.
    pub version: Version,
    /// The sides for whose word it waits.
    pub for_sides: Vec<Side>,
    /// What it would have changed last week, in sentences.
    pub effect: Vec<String>,
}

/// A version, and what it changed.
pub struct Past {
    /// The version.
    pub version: Version,
    /// What it changed in what held before.
    pub differences: Vec<Difference>,
}

/// The page of an engagement, for whoever holds a seat in it or owns the installation.
///
/// # Errors
/// [`engagements::EngagementRefusal::NotFound`] for everybody else.
pub async fn page(desk: &Desk, reach: &Reach, engagement: EngagementId) -> Result<AgreedPage, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store.read(move |tx| whole(tx, &reach, engagement, now)).await
}

fn whole(tx: &mut Tx<'_>, reach: &Reach, id: EngagementId, now: Instant) -> Result<AgreedPage, Stop> {
    let known = agreeing::known(tx, reach, id)?;
    let engagement = known.engagement;
    let missing = |what: &str| Fault::new(format!("engagement {id} has no {what}"));
    let (version, terms) = engagement_tables::terms::in_force(tx, id, today(&engagement, now))?;
    let versions = engagement_tables::terms::versions(tx, id)?;
    let names = names(tx, &versions)?;
    let escalated_to = whom::whom(tx, engagement.client)?;
    let name = |to: EscalatedTo| {
        let known = escalated_to.iter().find(|(known, _)| *known == to);
        known.map_or("somebody who left".to_owned(), |(_, name)| name.clone())
    };
    let waiting = waiting(tx, reach, &engagement, &known.sides, &versions, now)?;
    let mailboxes = engagement_tables::mailboxes_of(tx, engagement.client)?;
    Ok(AgreedPage {
        standing: engagement.standing(now),
        client: people_tables::client(tx, engagement.client)?.ok_or_else(|| missing("client"))?,
        team: people_tables::team(tx, engagement.team)?.ok_or_else(|| missing("team"))?,
        partner: people_tables::partner_of(tx, id)?,
        mailboxes: mailboxes.into_iter().filter(|mailbox| mailbox.engagement == id).collect(),
        lines: terms.in_words(&name),
        past: past(&versions, &name),
        waiting,
        version,
        terms,
        theirs: known.theirs,
        sides: known.sides,
        lists: engagement_tables::holidays::lists(tx)?,
        engagement,
        escalated_to,
        names,
        now,
    })
}

fn waiting(
    tx: &mut Tx<'_>,
    reach: &Reach,
    engagement: &Engagement,
    sides: &[Side],
    versions: &[Version],
    now: Instant,
) -> Result<Option<Waiting>, Fault> {
    let found = versions.iter().find(|version| version.state == VersionState::Proposed);
    let Some(version) = found.cloned() else { return Ok(None) };
    let effect = preview::effect(tx, reach, engagement, &version.terms, now)?;
    Ok(Some(Waiting { for_sides: version.waits_for(sides), version, effect }))
}

/// Each version with what it changes in the one that holds, or held, before its day.
fn past(versions: &[Version], name: &dyn Fn(EscalatedTo) -> String) -> Vec<Past> {
    let before = |version: &Version| {
        let earlier =
            versions.iter().filter(|one| one.state == VersionState::Agreed && one.version < version.version);
        earlier.filter(|one| one.from_on <= version.from_on).max_by_key(|one| (one.from_on, one.version))
    };
    let one = |version: &Version| {
        let was = before(version).map_or_else(Terms::default, |before| before.terms.clone());
        Past { differences: differences(&was, &version.terms, name), version: version.clone() }
    };
    versions.iter().map(one).collect()
}

/// The names of whoever proposed, agreed or took back.
fn names(tx: &mut Tx<'_>, versions: &[Version]) -> Result<HashMap<PersonId, String>, Fault> {
    let mut names = HashMap::new();
    let acted = versions.iter().flat_map(|version| {
        let agreements = [Some(version.proposed), version.client, version.partner, version.withdrawn];
        agreements.into_iter().flatten().filter_map(|agreement| agreement.by)
    });
    for person in acted.collect::<Vec<_>>() {
        if let Entry::Vacant(unnamed) = names.entry(person) {
            let known = people_tables::person(tx, person)?;
            unnamed.insert(known.map(|known| known.name).unwrap_or_default());
        }
    }
    Ok(names)
}
