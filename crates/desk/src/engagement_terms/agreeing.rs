//! Proposing terms, agreeing on them, taking them back.

use super::{calendar_of, today, whom};
use crate::{Desk, clocks, placement};
use engagements::{
    Engagement, EngagementRefusal,
    tables::{self as engagement_tables, holidays, terms as tables},
    terms::{Agreement, Problem, Side, Terms, TermsRefusal, Version, VersionState},
};
use jiff::civil::Date;
use kernel::{EngagementId, Fault, Instant, Reach, Refused, Role, Stop};
use people::tables as people_tables;
use store::Tx;

/// What somebody proposes.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The day from which it counts, as `2026-11-23`.
    pub from_on: String,
    /// Why, for the other side to read.
    pub why: String,
    /// What it says.
    pub terms: Terms,
}

/// An engagement that somebody may read, with the sides whose word counts and those for which they may give it.
pub(super) struct Known {
    pub(super) engagement: Engagement,
    pub(super) sides: Vec<Side>,
    pub(super) theirs: Vec<Side>,
}

/// The engagement, for whoever holds a seat in it or owns the installation.
pub(super) fn known(tx: &mut Tx<'_>, reach: &Reach, id: EngagementId) -> Result<Known, Stop> {
    let engagement = engagement_tables::engagement(tx, id)?.ok_or(EngagementRefusal::NotFound)?;
    let roles: Vec<Role> =
        reach.seats().iter().filter(|seat| seat.engagement == id).map(|seat| seat.role).collect();
    if roles.is_empty() && !reach.owns_installation() {
        return Err(EngagementRefusal::NotFound.into());
    }
    let is_in_house = placement::side(tx, &engagement)? == Side::Client;
    let sides = if is_in_house { vec![Side::Client] } else { vec![Side::Client, Side::Partner] };
    let speaks_for = |side: Side| match side {
        Side::Client => {
            roles.contains(&Role::SupportOwner) || (is_in_house && roles.contains(&Role::TeamLead))
        }
        Side::Partner => roles.contains(&Role::TeamLead),
    };
    let theirs =
        sides.iter().copied().filter(|side| reach.owns_installation() || speaks_for(*side)).collect();
    Ok(Known { engagement, sides, theirs })
}

/// Proposes terms. It counts as agreed by the side of whoever proposes it; where that is the only one, they are in force.
///
/// # Errors
/// [`TermsRefusal`], and [`EngagementRefusal::NotFound`] outside of somebody's reach.
pub async fn propose(
    desk: &Desk,
    reach: &Reach,
    engagement: EngagementId,
    proposal: Proposal,
) -> Result<i64, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let known = known(tx, &reach, engagement)?;
            let version = drafted(tx, &reach, &known, &proposal, now)?;
            tables::add(tx, &version)?;
            let what = format!("proposed terms from {} on.", version.from_on);
            told(tx, &reach, &known.engagement, "engagement.terms_proposed", &what, now)?;
            // An owner of the installation may speak for both sides, and says so side by side.
            if let [side] = known.theirs.as_slice() {
                agreed(tx, &reach, &known, &version, *side, now)?;
            }
            Ok(version.version)
        })
        .await
}

fn drafted(
    tx: &mut Tx<'_>,
    reach: &Reach,
    known: &Known,
    proposal: &Proposal,
    now: Instant,
) -> Result<Version, Stop> {
    if known.theirs.is_empty() {
        return Err(TermsRefusal::NotTheirs.into());
    }
    let why = proposal.why.trim();
    if why.is_empty() {
        return Err(TermsRefusal::NoReason.into());
    }
    let versions = tables::versions(tx, known.engagement.id)?;
    if versions.iter().any(|version| version.state == VersionState::Proposed) {
        return Err(TermsRefusal::ProposalWaits.into());
    }
    let is_first = !versions.iter().any(|version| version.state == VersionState::Agreed);
    let from_on =
        day(&known.engagement, &proposal.from_on, is_first.then_some(known.engagement.period.from()), now)?;
    let problems = problems(tx, &known.engagement, &proposal.terms)?;
    if !problems.is_empty() {
        return Err(TermsRefusal::Problems(problems).into());
    }
    let (version, terms) = tables::in_force(tx, known.engagement.id, from_on)?;
    if version.is_some() && terms == proposal.terms {
        return Err(TermsRefusal::NothingChanges.into());
    }
    Ok(Version {
        engagement: known.engagement.id,
        version: versions.first().map_or(1, |last| last.version + 1),
        from_on,
        state: VersionState::Proposed,
        terms: proposal.terms.clone(),
        why: why.chars().take(1_000).collect(),
        proposed: Agreement { by: Some(reach.person()), at: now },
        client: None,
        partner: None,
        withdrawn: None,
    })
}

/// The day from which terms may count: today or later, or any of the engagement's days for the first.
fn day(
    engagement: &Engagement,
    typed: &str,
    first: Option<Date>,
    now: Instant,
) -> Result<Date, TermsRefusal> {
    let typed = typed.trim();
    let day: Date = typed.parse().ok().filter(|_| typed.len() == 10).ok_or(TermsRefusal::NotADay)?;
    let is_over = engagement.period.until().is_some_and(|until| day > until);
    if is_over || day < engagement.period.from() {
        return Err(TermsRefusal::OutsideOfEngagement);
    }
    if day < first.unwrap_or_else(|| today(engagement, now)) {
        return Err(TermsRefusal::DayIsPast);
    }
    Ok(day)
}

/// Everything that is wrong with terms, their hours included.
pub(super) fn problems(
    tx: &mut Tx<'_>,
    engagement: &Engagement,
    terms: &Terms,
) -> Result<Vec<Problem>, Fault> {
    let mut problems = terms.problems();
    let lists = holidays::lists(tx)?;
    let unknown = terms.hours.holidays.iter().filter(|list| !lists.iter().any(|known| known.name == **list));
    problems.extend(unknown.map(|list| {
        Problem::new("holidays", format!("There is no list of holidays “{list}”. Bring it in first."))
    }));
    let whom = whom::whom(tx, engagement.client)?;
    let strangers =
        terms.escalations.iter().zip(1..).filter(|(line, _)| !whom.iter().any(|(to, _)| *to == line.to));
    problems.extend(strangers.map(|(_, row)| {
        let sentence =
            format!("Escalation in line {row}: that is nobody of the client’s, and none of its vendors.");
        Problem::new("escalations", sentence)
    }));
    if let Err(refusal) = calendar_of(tx, &engagement.zone, &terms.hours)? {
        let refused = Refused::from(refusal);
        problems.push(Problem::new("hours", format!("Hours: {} {}", refused.sentence, refused.hint)));
    }
    Ok(problems)
}

/// Writes terms down on which both sides agreed outside of this program.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn agreed_elsewhere(
    tx: &mut Tx<'_>,
    engagement: &Engagement,
    terms: &Terms,
    from_on: Date,
    why: &str,
    now: Instant,
) -> Result<(), Fault> {
    let versions = tables::versions(tx, engagement.id)?;
    let both = Agreement { by: None, at: now };
    let version = Version {
        engagement: engagement.id,
        version: versions.first().map_or(1, |last| last.version + 1),
        from_on,
        state: VersionState::Agreed,
        terms: terms.clone(),
        why: why.to_owned(),
        proposed: both,
        client: Some(both),
        partner: Some(both),
        withdrawn: None,
    };
    tables::add(tx, &version)
}

/// Agrees to a proposal for a side.
///
/// # Errors
/// [`TermsRefusal`], and [`EngagementRefusal::NotFound`] outside of somebody's reach.
pub async fn agree(
    desk: &Desk,
    reach: &Reach,
    engagement: EngagementId,
    version: i64,
    side: Side,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let known = known(tx, &reach, engagement)?;
            if known.theirs.is_empty() {
                return Err(TermsRefusal::NotTheirs.into());
            }
            let version = tables::version(tx, engagement, version)?.ok_or(TermsRefusal::NothingWaits)?;
            if !version.waits_for(&known.sides).contains(&side) {
                return Err(TermsRefusal::NothingWaits.into());
            }
            if !known.theirs.contains(&side) {
                return Err(TermsRefusal::OtherSide.into());
            }
            agreed(tx, &reach, &known, &version, side, now)
        })
        .await
}

fn agreed(
    tx: &mut Tx<'_>,
    reach: &Reach,
    known: &Known,
    version: &Version,
    side: Side,
    now: Instant,
) -> Result<(), Stop> {
    let is_last = version.waits_for(&known.sides) == [side];
    if is_last {
        let has_any =
            tables::versions(tx, version.engagement)?.iter().any(|one| one.state == VersionState::Agreed);
        // What waited too long would change what has been.
        if has_any && version.from_on < today(&known.engagement, now) {
            return Err(TermsRefusal::DayIsPast.into());
        }
    }
    let state = if is_last { VersionState::Agreed } else { VersionState::Proposed };
    let agreement = Agreement { by: Some(reach.person()), at: now };
    tables::agree(tx, version.engagement, version.version, side, agreement, state)?;
    let what = match is_last {
        true => format!("agreed for {}: the terms count from {} on.", side.title(), version.from_on),
        false => format!("agreed for {} to terms from {} on.", side.title(), version.from_on),
    };
    told(tx, reach, &known.engagement, "engagement.terms_agreed", &what, now)?;
    // Terms that count from a later day are measured by when it has come.
    if is_last && version.from_on <= today(&known.engagement, now) {
        clocks::recompute(tx, version.engagement, now)?;
    }
    Ok(())
}

/// Takes a proposal back that not all sides have agreed on. Either side may.
///
/// # Errors
/// [`TermsRefusal`], and [`EngagementRefusal::NotFound`] outside of somebody's reach.
pub async fn withdraw(
    desk: &Desk,
    reach: &Reach,
    engagement: EngagementId,
    version: i64,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let known = known(tx, &reach, engagement)?;
            if known.theirs.is_empty() {
                return Err(Stop::from(TermsRefusal::NotTheirs));
            }
            let version = tables::version(tx, engagement, version)?.ok_or(TermsRefusal::NothingWaits)?;
            if version.state != VersionState::Proposed {
                return Err(TermsRefusal::NothingWaits.into());
            }
            let agreement = Agreement { by: Some(reach.person()), at: now };
            tables::withdraw(tx, engagement, version.version, agreement)?;
            let what = format!("took back the terms that were proposed from {} on.", version.from_on);
            Ok(told(tx, &reach, &known.engagement, "engagement.terms_withdrawn", &what, now)?)
        })
        .await
}

fn told(
    tx: &mut Tx<'_>,
    reach: &Reach,
    engagement: &Engagement,
    kind: &'static str,
    what: &str,
    at: Instant,
) -> Result<(), Fault> {
    let name = people_tables::person(tx, reach.person())?.map(|person| person.name).unwrap_or_default();
    tx.record(&store::Event {
        at,
        kind,
        client: Some(engagement.client),
        engagement: Some(engagement.id),
        case: None,
        person: Some(reach.person()),
        sentence: format!("{name} {what}"),
    })
}
