//! The barrier meter: how often customers and representatives did not understand each other, by team, pair of languages and way of
//! handling, for owners of the installation and for those who lead; never by person.

use crate::Desk;
use cases::{
    Case,
    handlings::Handling,
    signals::KeptSignal,
    tables::{self as case_tables, Counts, Grouping},
};
use engagements::tables as engagement_tables;
use kernel::{ClientId, EngagementId, Fault, Instant, LanguageTag, Reach, Stop};
use language::understanding::{Rate, expected_of};
use people::{PeopleRefusal, tables as people_tables};
use std::{collections::BTreeMap, time::Duration};
use store::Tx;

/// The days that can be chosen.
pub const PERIODS: [u32; 4] = [7, 28, 90, 365];
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many cases a figure leads to at most.
const MOST_CASES: i64 = 100;

/// An engagement, as the meter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The engagement.
    pub engagement: EngagementId,
    /// Whose customers.
    pub client: ClientId,
    /// The client's name.
    pub client_name: String,
    /// The team, with its partner where it has one.
    pub name: String,
}

/// The figures of one team, pair of languages and way of handling.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which team.
    pub team: Team,
    /// The customers' language.
    pub customer_language: LanguageTag,
    /// The language in which they were answered.
    pub own_language: LanguageTag,
    /// How.
    pub handling: Handling,
    /// The counts from which the rates are.
    pub counts: Counts,
    /// Cases in which somebody did not understand.
    pub misunderstood: Rate,
    /// Cases whose last message still shows it.
    pub unresolved: Rate,
    /// Cases in which the customer came back.
    pub repeated: Rate,
    /// Cases in which a person was asked for.
    pub asked_for_person: Rate,
    /// What native handling of the same topics at this client would have; none where it has no such case.
    pub expected: Option<f64>,
}

/// Which engagements' figures somebody may see: all for owners, else those that they lead.
fn teams(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<Team>, Fault> {
    let clients = people_tables::clients(tx)?;
    let mut teams = Vec::new();
    for engagement in engagement_tables::engagements(tx)? {
        if !reach.owns_installation() && !reach.leads(engagement.id) {
            continue;
        }
        let Some(client) = clients.iter().find(|client| client.id == engagement.client) else { continue };
        let team = people_tables::team_of(tx, engagement.id)?.map(|team| team.name).unwrap_or_default();
        let partner = people_tables::partner_of(tx, engagement.id)?;
        let name = partner.map_or(team.clone(), |partner| format!("{}, {team}", partner.name));
        teams.push(Team {
            engagement: engagement.id,
            client: client.id,
            client_name: client.name.clone(),
            name,
        });
    }
    teams.sort_by(|one, other| (&one.client_name, &one.name).cmp(&(&other.client_name, &other.name)));
    Ok(teams)
}

fn period(days: u32, now: Instant) -> (Instant, Instant) {
    (now.minus(DAY.saturating_mul(days)), now.plus(DAY))
}

/// The figures of the last days, in the order of clients, teams, languages and ways of handling.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for whoever neither owns the installation nor leads anybody.
pub async fn meter(desk: &Desk, reach: &Reach, days: u32) -> Result<Vec<Group>, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    let counted = desk.store.read(move |tx| {
        let (from, until) = period(days, now);
        let teams = teams(tx, &reach)?;
        let mut counted = Vec::new();
        for team in &teams {
            counted.push(case_tables::counted_understandings(tx, team.engagement, from, until)?);
        }
        Ok::<_, Fault>((teams, counted))
    });
    let (teams, counted) = counted.await?;
    if teams.is_empty() {
        return Err(PeopleRefusal::NotFound.into());
    }
    Ok(groups(&teams, &counted))
}

type Native<'a> = BTreeMap<(ClientId, &'a str), (u64, u64)>;

fn groups(teams: &[Team], counted: &[Vec<(Grouping, Counts)>]) -> Vec<Group> {
    let mut native: Native<'_> = BTreeMap::new();
    for (team, rows) in teams.iter().zip(counted) {
        for (grouping, counts) in rows.iter().filter(|(grouping, _)| grouping.handling == Handling::Native) {
            let (happened, of) = native.entry((team.client, grouping.topic.as_str())).or_default();
            *happened += whole(counts.misunderstood);
            *of += whole(counts.cases);
        }
    }
    let mut groups = Vec::new();
    for (team, rows) in teams.iter().zip(counted) {
        let mut keys: Vec<(&LanguageTag, &LanguageTag, Handling)> = Vec::new();
        for (grouping, _) in rows {
            let key = (&grouping.customer_language, &grouping.own_language, grouping.handling);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let order = |handling: Handling| Handling::ALL.iter().position(|one| *one == handling);
        keys.sort_by_key(|(customer, own, handling)| (*customer, order(*handling), *own));
        groups.extend(keys.into_iter().map(|key| group(team, key, rows, &native)));
    }
    groups
}

fn group(
    team: &Team,
    (customer, own, handling): (&LanguageTag, &LanguageTag, Handling),
    rows: &[(Grouping, Counts)],
    native: &Native<'_>,
) -> Group {
    let fits = |(one, _): &&(Grouping, Counts)| {
        (&one.customer_language, &one.own_language, one.handling) == (customer, own, handling)
    };
    let mut counts = Counts::default();
    let mut mix: Vec<(u64, Option<(u64, u64)>)> = Vec::new();
    for (grouping, of) in rows.iter().filter(fits) {
        counts.cases += of.cases;
        counts.misunderstood += of.misunderstood;
        counts.unresolved += of.unresolved;
        counts.repeated += of.repeated;
        counts.asked_for_person += of.asked_for_person;
        counts.clarifications += of.clarifications;
        mix.push((whole(of.cases), native.get(&(team.client, grouping.topic.as_str())).copied()));
    }
    let rate = |happened: i64| Rate::new(whole(happened), whole(counts.cases));
    Group {
        team: team.clone(),
        customer_language: customer.clone(),
        own_language: own.clone(),
        handling,
        counts,
        misunderstood: rate(counts.misunderstood),
        unresolved: rate(counts.unresolved),
        repeated: rate(counts.repeated),
        asked_for_person: rate(counts.asked_for_person),
        expected: expected_of(&mix),
    }
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Which cases a figure leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Of this team.
    pub engagement: EngagementId,
    /// With customers of this language.
    pub customer_language: LanguageTag,
    /// Answered in this one.
    pub own_language: LanguageTag,
    /// In this way.
    pub handling: Handling,
    /// Last answered within so many days.
    pub days: u32,
}

/// The misunderstood cases behind a figure, newest first, each with what shows it; only those that the asker sees. A hundred at most.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for whoever may not see the figure.
pub async fn cases(desk: &Desk, reach: &Reach, wanted: Wanted) -> Result<Vec<(Case, Vec<KeptSignal>)>, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            if !reach.owns_installation() && !reach.leads(wanted.engagement) {
                return Err(PeopleRefusal::NotFound.into());
            }
            let figure = (&wanted.customer_language, &wanted.own_language, wanted.handling);
            let period = period(wanted.days, now);
            let mut found = Vec::new();
            for case in case_tables::misunderstood_cases(tx, wanted.engagement, figure, period, MOST_CASES)? {
                let case = case_tables::case(tx, case)?;
                if let Some(case) = case.filter(|case| reach.sees(case.engagement, case.assignee)) {
                    let signals = case_tables::signals(tx, case.id)?;
                    found.push((case, signals));
                }
            }
            Ok(found)
        })
        .await
}
