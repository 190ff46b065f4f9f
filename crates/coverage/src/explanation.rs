//! Rule: a clock in one sentence: when it is due, and why just then.

use crate::{Clock, Closed, Due, Span, Standing, Step};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use kernel::{Counted, Instant, Party};
use std::time::Duration;

/// So many stretches of one kind are named; more are counted.
const NAMED: usize = 2;
/// Within so many days a weekday alone says which day is meant.
const THIS_WEEK: i32 = 6;

/// Where somebody reads the sentence, and when.
#[derive(Clone, Debug)]
pub struct Wall {
    zone: TimeZone,
    now: Instant,
}

impl Wall {
    /// In this zone, as `Europe/Berlin`; one that nobody knows counts as UTC.
    pub fn at(zone: &str, now: Instant) -> Self {
        Self { zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC), now }
    }

    /// An instant as people say it: "Mon 09:40", or "Mon 7 Dec 09:40" where that is further away.
    pub fn moment(&self, at: Instant) -> String {
        let local = self.local(at);
        format!("{} {}", self.day(local.date()), local.strftime("%H:%M"))
    }

    fn local(&self, at: Instant) -> Zoned {
        at.timestamp().to_zoned(self.zone.clone())
    }

    fn day(&self, day: Date) -> String {
        let away = self.local(self.now).date().until(day).map_or(i32::MAX, |span| span.get_days().abs());
        let form = if away <= THIS_WEEK { "%a" } else { "%a %-d %b" };
        day.strftime(form).to_string()
    }

    fn span(&self, span: Span) -> String {
        let (from, until) = (self.local(span.from), self.local(span.until));
        if from.date() == until.date() {
            return format!("{}–{}", self.moment(span.from), until.strftime("%H:%M"));
        }
        format!("{}–{}", self.moment(span.from), self.moment(span.until))
    }
}

/// How long something is, in the two largest units that say something: "2 h 20 min", "5 d 3 h".
pub fn how_long(length: Duration) -> String {
    let minutes = length.as_secs() / 60;
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match (hours, minutes) {
        (0, 0) => "less than a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (72.., _) if hours % 24 == 0 => format!("{} d", hours / 24),
        (72.., _) => format!("{} d {} h", hours / 24, hours % 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Whose turn it is, inside a sentence.
pub fn of_whom(party: Party) -> &'static str {
    match party {
        Party::Customer => "the customer",
        Party::Representative => "the representative",
        Party::ClientResolver => "the client’s specialist",
        Party::Vendor => "the vendor",
    }
}

/// A clock in one sentence: "Due Mon 09:40: 4 h of service time, 2 h used Fri, closed Fri 17:00–Mon 08:00, holiday in Berlin Thu."
///
/// `city` is where the desk has its holidays.
pub fn explain(clock: &Clock, read: &Due, done_at: Option<Instant>, city: &str, wall: &Wall) -> String {
    let because = why(clock, read, done_at, city, wall);
    format!("{}: {because}.", head(read, done_at, wall))
}

/// What makes it so, without when it is due.
pub fn why(clock: &Clock, read: &Due, done_at: Option<Instant>, city: &str, wall: &Wall) -> String {
    let until = done_at.unwrap_or(wall.now).min(wall.now);
    let horizon = read.due.unwrap_or(until);
    let promised = match clock.counted {
        Counted::Service => format!("{} of service time", how_long(clock.allowed)),
        Counted::Elapsed => format!("{} of all time", how_long(clock.allowed)),
    };
    let steps: Vec<Step> = read.steps.iter().filter_map(|step| before(step, horizon)).collect();
    let parts = [used(&steps, until, wall), pauses(&steps, wall), closings(&steps, city, wall)];
    std::iter::once(promised).chain(parts.into_iter().flatten()).collect::<Vec<_>>().join(", ")
}

fn head(read: &Due, done_at: Option<Instant>, wall: &Wall) -> String {
    let left = how_long(read.left);
    match (read.standing, read.due, done_at) {
        (Standing::Missed, Some(due), Some(done)) => {
            format!("Was due {}, done {}", wall.moment(due), wall.moment(done))
        }
        (Standing::Missed, Some(due), None) => format!("Was due {}", wall.moment(due)),
        (Standing::Paused(party), ..) => {
            format!("Stands still while it is the turn of {}, with {left} left", of_whom(party))
        }
        (Standing::Over, ..) => format!("The case ended with {left} left"),
        (Standing::Met, _, Some(done)) => format!("Done {} with {left} left", wall.moment(done)),
        (_, Some(due), _) => format!("Due {}", wall.moment(due)),
        (_, None, _) => format!("Not due, with {left} left"),
    }
}

/// The part of a step that lies before an instant.
fn before(step: &Step, end: Instant) -> Option<Step> {
    let cut = |span: &Span| Span { until: span.until.min(end), ..*span };
    let step = match step {
        Step::Ran(span) => Step::Ran(cut(span)),
        Step::Closed(span, why) => Step::Closed(cut(span), why.clone()),
        Step::Paused(span, party) => Step::Paused(cut(span), *party),
    };
    (step.span().from < step.span().until).then_some(step)
}

/// "2 h used Fri, 1 h Mon".
fn used(steps: &[Step], until: Instant, wall: &Wall) -> Option<String> {
    let mut days: Vec<(Date, Duration)> = Vec::new();
    let ran = steps.iter().filter_map(|step| match before(step, until) {
        Some(Step::Ran(span)) => Some(span),
        _ => None,
    });
    for (day, length) in ran.flat_map(|span| by_day(span, wall)) {
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, sum)) => *sum += length,
            None => days.push((day, length)),
        }
    }
    let sum: Duration = days.iter().map(|(_, length)| *length).sum();
    let (first, last) = (days.first()?.0, days.last()?.0);
    if days.len() > NAMED {
        return Some(format!("{} used {}–{}", how_long(sum), wall.day(first), wall.day(last)));
    }
    let mut told =
        days.iter().map(|(day, length)| (how_long(*length), wall.day(*day))).collect::<Vec<_>>().into_iter();
    let (length, day) = told.next()?;
    let rest: String = told.map(|(length, day)| format!(", {length} {day}")).collect();
    Some(format!("{length} used {day}{rest}"))
}

/// A span parted at the midnights of the wall.
fn by_day(span: Span, wall: &Wall) -> Vec<(Date, Duration)> {
    let mut parts = Vec::new();
    let mut from = span.from;
    while from < span.until {
        let day = wall.local(from).date();
        let midnight = day.tomorrow().and_then(|next| next.to_zoned(wall.zone.clone()));
        let until = midnight.map_or(span.until, |at| at.timestamp().into()).min(span.until);
        // A midnight that isn't later would never end.
        let until = if until > from { until } else { span.until };
        parts.push((day, until.since(from)));
        from = until;
    }
    parts
}

/// "paused Fri 15:30–Sun 09:00 for the customer".
fn pauses(steps: &[Step], wall: &Wall) -> Option<String> {
    let mut paused: Vec<(Span, Party)> = Vec::new();
    for step in steps {
        let Step::Paused(span, party) = step else { continue };
        match paused.last_mut().filter(|(last, of)| last.until == span.from && of == party) {
            Some((last, _)) => last.until = span.until,
            None => paused.push((*span, *party)),
        }
    }
    if paused.is_empty() {
        return None;
    }
    if paused.len() <= NAMED {
        let told = |(span, party): &(Span, Party)| format!("{} for {}", wall.span(*span), of_whom(*party));
        return Some(format!("paused {}", paused.iter().map(told).collect::<Vec<_>>().join(" and ")));
    }
    let sum: Duration = paused.iter().map(|(span, _)| span.length()).sum();
    let mut parties: Vec<Party> = paused.iter().map(|(_, party)| *party).collect();
    parties.sort();
    parties.dedup();
    let whom = parties.into_iter().map(of_whom).collect::<Vec<_>>().join(" and ");
    Some(format!("paused {} times for {whom}, {} together", paused.len(), how_long(sum)))
}

/// "closed Fri 17:00–Tue 09:00, holiday in Berlin Mon (Easter Monday)".
fn closings(steps: &[Step], city: &str, wall: &Wall) -> Option<String> {
    let mut spans: Vec<Span> = Vec::new();
    let mut holidays: Vec<String> = Vec::new();
    for step in steps {
        let Step::Closed(span, why) = step else { continue };
        match spans.last_mut().filter(|last| last.until == span.from) {
            Some(last) => last.until = span.until,
            None => spans.push(*span),
        }
        let named = match why {
            Closed::Holiday(holiday) if holiday.name.is_empty() => wall.day(holiday.on),
            Closed::Holiday(holiday) => format!("{} ({})", wall.day(holiday.on), holiday.name),
            Closed::OutOfHours | Closed::OwnDay | Closed::Break => continue,
        };
        if !holidays.contains(&named) {
            holidays.push(named);
        }
    }
    if spans.is_empty() {
        return None;
    }
    let closed = match spans.len() {
        ..=NAMED => spans.iter().map(|span| wall.span(*span)).collect::<Vec<_>>().join(" and "),
        many => {
            let sum: Duration = spans.iter().map(Span::length).sum();
            format!("{many} times, {} together", how_long(sum))
        }
    };
    let holidays = match holidays.len() {
        0 => String::new(),
        1..=NAMED => format!(", holiday in {city} {}", holidays.join(" and ")),
        many => format!(", {many} holidays in {city}"),
    };
    Some(format!("closed {closed}{holidays}"))
}
