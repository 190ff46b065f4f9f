//! The coverage map: who is there for a client hour by hour, in each language, and where nobody is.

use crate::{Desk, engagement_terms, roster};
use ::coverage::{Calendar, Gap, Need, Span, There};
use engagements::{Engagement, Standing, tables as engagement_tables};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{Fault, Instant, LanguageTag, PersonId, Reach, Stop};
use people::{Person, Standing as Knows, tables as people_tables};
use std::{collections::BTreeMap, time::Duration};
use store::Tx;

/// What an engagement's hours need: somebody at all, or somebody who answers in a language or knows a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Somebody.
    Anybody,
    /// Somebody who writes a language.
    Language(LanguageTag),
    /// Somebody who knows a skill.
    Skill(String),
}

/// A need of an engagement, hour by hour and with its gaps.
pub struct Covered {
    /// The engagement.
    pub engagement: Engagement,
    /// The client's name.
    pub client: String,
    /// What is needed.
    pub needed: Needed,
    /// How many are there in each hour of the week that was asked for; none while closed.
    pub hours: Vec<(Instant, Option<u32>)>,
    /// Where nobody is, over the whole time.
    pub gaps: Vec<Gap>,
}

/// The map of a week, hour by hour, and the gaps of so many weeks from now on, of the engagements within reach. Owners see all.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn map(
    desk: &Desk,
    reach: &Reach,
    monday: Date,
    zone: TimeZone,
    weeks: u32,
) -> Result<Vec<Covered>, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let begin = roster::planning::midnight(monday, &zone)?;
            let next = monday.checked_add(7.days()).map_err(Fault::new)?;
            let shown = Span { from: begin, until: roster::planning::midnight(next, &zone)? };
            let mut covered = Vec::new();
            for engagement in engagement_tables::engagements(tx)? {
                let sees = reach.owns_installation() || reach.leads(engagement.id);
                if sees && engagement.standing(now) == Standing::InForce {
                    covered.extend(of_engagement(tx, engagement, Some(shown), ahead(now, weeks), now)?);
                }
            }
            covered.sort_by_key(|one| one.client.to_lowercase());
            Ok(covered)
        })
        .await
}

/// The gaps of so many weeks from now on, of all engagements: for whoever has the data folder.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn gaps(desk: &Desk, weeks: u32) -> Result<Vec<Covered>, Fault> {
    let now = desk.clock.now();
    desk.store
        .read(move |tx| {
            let mut covered = Vec::new();
            for engagement in engagement_tables::engagements(tx)? {
                if engagement.standing(now) == Standing::InForce {
                    covered.extend(of_engagement(tx, engagement, None, ahead(now, weeks), now)?);
                }
            }
            covered.sort_by_key(|one| one.client.to_lowercase());
            Ok(covered)
        })
        .await
}

fn ahead(now: Instant, weeks: u32) -> Span {
    Span { from: now, until: now.plus(Duration::from_secs(u64::from(weeks) * 7 * 24 * 3_600)) }
}

fn of_engagement(
    tx: &mut Tx<'_>,
    engagement: Engagement,
    shown: Option<Span>,
    ahead: Span,
    now: Instant,
) -> Result<Vec<Covered>, Fault> {
    let terms = engagement_terms::of(tx, engagement.id, now)?.terms;
    let hours = engagement_terms::calendar(tx, &engagement, &terms)?;
    let people = roster::team_people(tx, engagement.team)?;
    let persons: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let whole = Span {
        from: shown.map_or(ahead.from, |shown| shown.from.min(ahead.from)),
        until: shown.map_or(ahead.until, |shown| shown.until.max(ahead.until)),
    };
    let there = there(tx, &engagement, &hours, &persons, whole)?;
    let client = people_tables::client(tx, engagement.client)?.map(|client| client.name).unwrap_or_default();
    let today = now.day();
    let languages = terms.languages.iter().map(|asked| Needed::Language(asked.language.clone()));
    let mut needs: Vec<(Needed, Vec<usize>)> = [Needed::Anybody]
        .into_iter()
        .chain(languages)
        .map(|needed| {
            let can = able(&people, &needed, &today);
            (needed, can)
        })
        .collect();
    needs.extend(skilled(tx, &people, &today)?);
    let covered = needs.into_iter().map(|(needed, can)| {
        let need = Need { hours: &hours, least: 1, can: &can };
        let step = Duration::from_secs(3_600);
        Covered {
            hours: shown.map_or_else(Vec::new, |shown| {
                ::coverage::by_step(&need, &there, shown.from, shown.until, step)
            }),
            gaps: ::coverage::gaps(&need, &there, ahead.from, ahead.until),
            engagement: engagement.clone(),
            client: client.clone(),
            needed,
        }
    });
    Ok(covered.collect())
}

/// When the people of an engagement's team are there, by their places in the list.
fn there(
    tx: &mut Tx<'_>,
    engagement: &Engagement,
    hours: &Calendar,
    persons: &[PersonId],
    within: Span,
) -> Result<Vec<There>, Fault> {
    let place: BTreeMap<PersonId, usize> = persons.iter().copied().zip(0..).collect();
    let spans = roster::working(tx, engagement.team, hours, persons, within)?;
    Ok(spans
        .into_iter()
        .filter_map(|(person, span)| Some(There { person: *place.get(&person)?, span }))
        .collect())
}

/// The places of those who can.
fn able(people: &[Person], needed: &Needed, today: &str) -> Vec<usize> {
    let can = |person: &Person| match needed {
        Needed::Anybody => true,
        Needed::Language(language) => person.standing(language, today) <= Knows::Writes,
        Needed::Skill(_) => false,
    };
    people.iter().enumerate().filter(|(_, person)| can(person)).map(|(at, _)| at).collect()
}

/// The skills that somebody of the team knows, with the places of those who do.
fn skilled(tx: &mut Tx<'_>, people: &[Person], today: &str) -> Result<Vec<(Needed, Vec<usize>)>, Fault> {
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        for skill in routing::tables::skills_of(tx, person.id)? {
            if skill.until_on.as_ref().is_none_or(|until| until.to_string().as_str() >= today) {
                known.entry(skill.skill).or_default().push(at);
            }
        }
    }
    Ok(known.into_iter().map(|(skill, can)| (Needed::Skill(skill), can)).collect())
}

/// A gap in one sentence: "Tue 24 Nov 22:00–06:00: nobody who speaks Polish for Aurora".
pub fn sentence(covered: &Covered, gap: &Gap) -> String {
    let zone = TimeZone::get(&covered.engagement.zone).unwrap_or(TimeZone::UTC);
    let local = |at: Instant| at.timestamp().to_zoned(zone.clone());
    let (from, until) = (local(gap.span.from), local(gap.span.until));
    let is_short = gap.span.length() <= Duration::from_secs(24 * 3_600);
    let end = until.strftime(if is_short { "%H:%M" } else { "%a %-d %b %H:%M" });
    let whom = match &covered.needed {
        Needed::Anybody => "nobody".to_owned(),
        Needed::Language(language) => {
            let name = kernel::language_names::english(language.as_str()).unwrap_or(language.as_str());
            format!("nobody who speaks {name}")
        }
        Needed::Skill(skill) => format!("nobody who knows {skill}"),
    };
    let begin = from.strftime("%a %-d %b %H:%M");
    format!("{begin}–{end}: {whom} for {} ({})", covered.client, covered.engagement.name)
}
