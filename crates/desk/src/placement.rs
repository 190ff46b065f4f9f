//! Placement: which of a client's engagements answers a case now.

use crate::engagement_terms;
use cases::{Case, tables as case_tables};
use coverage::Calendar;
use engagements::{
    Engagement, Mailbox, Standing,
    placement::{self, Candidate, Matter},
    tables as engagement_tables,
    terms::{EngagementKind, Side, Terms},
};
use kernel::{Because, Channel, ClientId, EngagementId, Fault, Instant, LanguageTag};
use people::tables as people_tables;
use store::Tx;

/// An engagement in force with everything by which it is chosen.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) engagement: Engagement,
    pub(crate) side: Side,
    pub(crate) terms: Terms,
    pub(crate) calendar: Calendar,
}

/// Which engagement answers a new case of a mailbox.
pub(crate) fn of_new_case(
    tx: &mut Tx<'_>,
    mailbox: &Mailbox,
    language: &LanguageTag,
    now: Instant,
) -> Result<(EngagementId, Because), Fault> {
    decided(tx, mailbox, &matter(cases::matter::Matter::unsaid(), language.clone()), now)
}

/// Which engagement answers a case now.
pub fn place(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(EngagementId, Because), Fault> {
    match engagement_tables::mailbox(tx, case.mailbox)? {
        Some(mailbox) => {
            let said = case_tables::matter(tx, case.id)?;
            decided(tx, &mailbox, &matter(said, case.language.clone()), now)
        }
        None => Ok((case.engagement, stays())),
    }
}

/// What is known of a case, as placement asks for it.
pub(crate) fn matter(said: cases::matter::Matter, language: LanguageTag) -> Matter {
    Matter {
        intent: said.intent,
        product: said.product,
        country: said.country.parse().ok(),
        channel: Channel::Email,
        language,
        tier: said.tier,
    }
}

fn stays() -> Because {
    Because::new("placement.stays", "None of the client’s engagements is in force, so it stays where it is.")
}

fn decided(
    tx: &mut Tx<'_>,
    mailbox: &Mailbox,
    matter: &Matter,
    now: Instant,
) -> Result<(EngagementId, Because), Fault> {
    let held = held(tx, mailbox.client, now)?;
    let chosen = choose(&held, mailbox.engagement, matter, now);
    Ok(chosen.unwrap_or_else(|| (mailbox.engagement, stays())))
}

/// The client's engagements in force, in the order in which they were made.
pub(crate) fn held(tx: &mut Tx<'_>, client: ClientId, now: Instant) -> Result<Vec<Held>, Fault> {
    let all = engagement_tables::of_client(tx, client)?;
    let in_force = all.into_iter().filter(|engagement| engagement.standing(now) == Standing::InForce);
    in_force.map(|engagement| with_terms(tx, engagement, now)).collect()
}

fn with_terms(tx: &mut Tx<'_>, engagement: Engagement, now: Instant) -> Result<Held, Fault> {
    let today = engagement_terms::today(&engagement, now);
    let (_, terms) = engagement_tables::terms::in_force(tx, engagement.id, today)?;
    Ok(Held {
        side: side(tx, &engagement)?,
        calendar: engagement_terms::calendar(tx, &engagement, &terms)?,
        engagement,
        terms,
    })
}

/// Whose team an engagement lets in.
pub(crate) fn side(tx: &mut Tx<'_>, engagement: &Engagement) -> Result<Side, Fault> {
    let team = people_tables::team(tx, engagement.team)?;
    let is_own = team.is_some_and(|team| team.client.is_some());
    Ok(if is_own { Side::Client } else { Side::Partner })
}

/// The rule, asked at an instant.
pub(crate) fn choose(
    held: &[Held],
    mailboxs: EngagementId,
    matter: &Matter,
    at: Instant,
) -> Option<(EngagementId, Because)> {
    choose_helped(held, mailboxs, matter, at, &[])
}

/// The same, while some of the engagements help the others.
pub(crate) fn choose_helped(
    held: &[Held],
    mailboxs: EngagementId,
    matter: &Matter,
    at: Instant,
    helping: &[EngagementId],
) -> Option<(EngagementId, Because)> {
    // Most clients have nobody for the night, and then the time of day changes nothing.
    let has_nights = held.iter().any(|held| held.terms.kind == EngagementKind::AfterHours);
    let candidate = |held: &Held| Candidate {
        engagement: held.engagement.id,
        name: held.engagement.name.clone(),
        side: held.side,
        terms: held.terms.clone(),
        is_open: !has_nights || held.calendar.is_open(at),
        is_helping: helping.contains(&held.engagement.id),
    };
    let candidates: Vec<Candidate> = held.iter().map(candidate).collect();
    let zone = held.first().map_or("UTC", |held| held.engagement.zone.as_str());
    placement::place(&candidates, mailboxs, &city(zone), matter)
}

/// The place after which a zone is named.
pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}
