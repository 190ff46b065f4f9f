//! Lists of holidays: brought in, read, taken out; the targets that hang on them are measured anew.

use crate::{Desk, clocks, engagement_terms};
use engagements::{
    EngagementRefusal, Standing, holidays as rules,
    tables::{
        self as engagement_tables,
        holidays::{self as tables, Holiday, HolidayList},
    },
    terms::TermsRefusal,
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{EngagementId, Fault, Instant, Reach, Stop};
use store::Tx;

/// So many years from now on are kept of what comes back every year.
const YEARS: i16 = 5;

/// A list with its days, and whether whoever asks may change it.
pub struct Lists {
    /// The lists, by name, each with its days.
    pub lists: Vec<(HolidayList, Vec<Holiday>)>,
    /// Whether they may change them.
    pub may_change: bool,
}

fn may_change(reach: &Reach) -> bool {
    reach.owns_installation() || reach.engagements().iter().any(|(engagement, _)| reach.leads(*engagement))
}

/// The lists, for whoever holds a seat or owns the installation.
///
/// # Errors
/// [`EngagementRefusal::NotFound`] for everybody else.
pub async fn lists(desk: &Desk, reach: &Reach) -> Result<Lists, Stop> {
    if reach.seats().is_empty() && !reach.owns_installation() {
        return Err(EngagementRefusal::NotFound.into());
    }
    let may_change = may_change(reach);
    desk.store
        .read(move |tx| {
            let lists = tables::lists(tx)?.into_iter();
            let lists = lists.map(|list| Ok((tables::of_list(tx, &list.name)?, list)));
            let lists = lists.map(|one: Result<_, Fault>| one.map(|(days, list)| (list, days)));
            Ok(Lists { lists: lists.collect::<Result<_, _>>()?, may_change })
        })
        .await
}

/// Brings the days of an iCalendar file into a list; answers how many are new. Bringing it again changes nothing.
///
/// # Errors
/// [`TermsRefusal::NotTheirs`], [`TermsRefusal::ListName`], [`TermsRefusal::Holidays`].
pub async fn bring(desk: &Desk, reach: &Reach, list: &str, file: &[u8]) -> Result<u64, Stop> {
    if !may_change(reach) {
        return Err(TermsRefusal::NotTheirs.into());
    }
    let name = rules::list_name(list).ok_or(TermsRefusal::ListName)?;
    let now = desk.clock.now();
    let this_year = now.timestamp().to_zoned(TimeZone::UTC).year();
    let days = rules::from_icalendar(&String::from_utf8_lossy(file), this_year + YEARS)
        .map_err(|problems| TermsRefusal::Holidays(told(&problems)))?;
    let reach = reach.clone();
    desk.store
        .write(move |tx| {
            let new = tables::add(tx, &name, &days)?;
            if new > 0 {
                changed(
                    tx,
                    &reach,
                    &name,
                    &format!("{new} days were added to the holidays of {name}."),
                    now,
                )?;
            }
            Ok(new)
        })
        .await
}

/// The first problems of a file.
fn told(problems: &[String]) -> String {
    let first = problems.iter().take(5).cloned().collect::<Vec<_>>().join(" ");
    match problems.len() {
        0..=5 => first,
        count => format!("{first} And {} more.", count - 5),
    }
}

/// Takes a day out of a list.
///
/// # Errors
/// [`TermsRefusal::NotTheirs`], [`TermsRefusal::NoSuchList`].
pub async fn drop_day(desk: &Desk, reach: &Reach, list: &str, on: Date) -> Result<(), Stop> {
    if !may_change(reach) {
        return Err(TermsRefusal::NotTheirs.into());
    }
    let (reach, list, now) = (reach.clone(), list.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            if tables::drop_day(tx, &list, on)? == 0 {
                return Err(Stop::from(TermsRefusal::NoSuchList));
            }
            Ok(changed(tx, &reach, &list, &format!("{on} was taken out of the holidays of {list}."), now)?)
        })
        .await
}

/// Forgets a list that no terms keep.
///
/// # Errors
/// [`TermsRefusal::NotTheirs`], [`TermsRefusal::NoSuchList`], [`TermsRefusal::ListIsKept`].
pub async fn drop_list(desk: &Desk, reach: &Reach, list: &str) -> Result<(), Stop> {
    if !may_change(reach) {
        return Err(TermsRefusal::NotTheirs.into());
    }
    let (reach, list, now) = (reach.clone(), list.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let keeping = keeping(tx, &list, now)?;
            if !keeping.is_empty() {
                let count = keeping.len();
                let by = if count == 1 {
                    "the terms of one engagement".to_owned()
                } else {
                    format!("the terms of {count} engagements")
                };
                return Err(Stop::from(TermsRefusal::ListIsKept(by)));
            }
            if tables::drop_list(tx, &list)? == 0 {
                return Err(TermsRefusal::NoSuchList.into());
            }
            Ok(changed(tx, &reach, &list, &format!("The holidays of {list} were removed."), now)?)
        })
        .await
}

/// The engagements, not yet over, whose terms in force keep a list.
fn keeping(tx: &mut Tx<'_>, list: &str, now: Instant) -> Result<Vec<EngagementId>, Fault> {
    let mut keeping = Vec::new();
    for engagement in engagement_tables::engagements(tx)? {
        if engagement.standing(now) == Standing::Over {
            continue;
        }
        let today = engagement_terms::today(&engagement, now);
        let (_, terms) = engagement_tables::terms::in_force(tx, engagement.id, today)?;
        if terms.hours.holidays.iter().any(|kept| kept == list) {
            keeping.push(engagement.id);
        }
    }
    Ok(keeping)
}

fn changed(tx: &mut Tx<'_>, reach: &Reach, list: &str, sentence: &str, now: Instant) -> Result<(), Fault> {
    for engagement in keeping(tx, list, now)? {
        clocks::recompute(tx, engagement, now)?;
    }
    tx.record(&store::Event {
        at: now,
        kind: "holidays.changed",
        client: None,
        engagement: None,
        case: None,
        person: Some(reach.person()),
        sentence: sentence.to_owned(),
    })
}
