//! How a week is drawn: bars and words for each day of each person.

use super::Shown;
use crate::{
    views::roster::{Bar, Cell, Day, LeaveLine, Row, ShiftLine},
    words::Words,
};
use coverage::{Leave, ShiftEntry, Span};
use desk::roster::week::{Week, Working};
use jiff::{Zoned, tz::TimeZone};
use kernel::{Instant, TeamId};

/// A week with what is needed to draw it.
pub(super) struct Drawn<'a> {
    pub week: &'a Week,
    pub words: &'a Words,
    pub zone: TimeZone,
    pub now: Instant,
    pub may_draw: bool,
}

impl Drawn<'_> {
    pub(super) fn days(&self, shown: &Shown) -> Vec<Day> {
        let day = |nth: i64| shown.later(nth).strftime("%a %-d").to_string();
        let days = (0..7).zip(self.spans());
        days.map(|(nth, span)| Day { words: day(nth), is_today: self.is_today(span) }).collect()
    }

    pub(super) fn rows(&self, team: TeamId) -> Vec<Row> {
        self.week.people.iter().map(|one| self.row(team, one)).collect()
    }

    fn spans(&self) -> impl Iterator<Item = Span> {
        self.week.midnights.windows(2).map(|pair| Span { from: pair[0], until: pair[1] })
    }

    fn is_today(&self, day: Span) -> bool {
        day.from <= self.now && self.now < day.until
    }

    fn row(&self, team: TeamId, one: &Working) -> Row {
        let whole = Span { from: self.week.midnights[0], until: self.week.midnights[7] };
        let worked: u64 =
            coverage::there(&one.shifts, &one.leaves, whole).iter().map(|span| span.length().as_secs()).sum();
        let places = [one.site.city.as_str(), one.site.country.as_str()];
        let place: Vec<&str> = places.into_iter().filter(|part| !part.is_empty()).collect();
        Row {
            name: one.person.name.clone(),
            place: if place.is_empty() { one.site.zone.clone() } else { place.join(", ") },
            presence: one.presence.title(),
            cells: self.spans().map(|day| self.cell(team, one, day)).collect(),
            hours: format!("{} h", (worked + 1_800) / 3_600),
        }
    }

    fn cell(&self, team: TeamId, one: &Working, day: Span) -> Cell {
        let bar = |kind: &'static str| move |span: &Span| bar(*span, day, kind);
        let duties = one.duties.iter().map(|duty| duty.span).collect::<Vec<_>>();
        let worked = one.shifts.iter().flat_map(ShiftEntry::worked).collect::<Vec<_>>();
        let absent = one.leaves.iter().map(|leave| leave.span).collect::<Vec<_>>();
        let mut bars: Vec<Bar> = worked.iter().filter_map(bar("worked")).collect();
        bars.extend(absent.iter().filter_map(bar("absent")));
        bars.extend(duties.iter().filter_map(bar("on_call")));
        let begins = |span: &Span| day.from <= span.from && span.from < day.until;
        let touches = |span: &Span| span.from < day.until && day.from < span.until;
        Cell {
            is_today: self.is_today(day),
            bars,
            shifts: one.shifts.iter().filter(|s| begins(&s.span)).map(|s| self.shift(team, s)).collect(),
            leaves: one.leaves.iter().filter(|l| touches(&l.span)).map(|l| self.leave(team, l)).collect(),
            duties: one
                .duties
                .iter()
                .filter(|duty| touches(&duty.span))
                .map(|duty| format!("On call, level {}", duty.level))
                .collect(),
        }
    }

    fn local(&self, at: Instant) -> Zoned {
        at.timestamp().to_zoned(self.zone.clone())
    }

    fn times(&self, span: &Span) -> String {
        format!("{}–{}", self.local(span.from).strftime("%H:%M"), self.local(span.until).strftime("%H:%M"))
    }

    fn shift(&self, team: TeamId, shift: &ShiftEntry) -> ShiftLine {
        let breaks: Vec<String> = shift.breaks.iter().map(|pause| self.times(pause)).collect();
        ShiftLine {
            words: self.times(&shift.span),
            breaks: breaks.join(", "),
            remove_url: self.may_draw.then(|| format!("/roster/{team}/shifts/{}/removals", shift.id)),
        }
    }

    fn leave(&self, team: TeamId, leave: &Leave) -> LeaveLine {
        let is_ahead = leave.span.until > self.now;
        LeaveLine {
            words: leave.kind.title(),
            until: self.words.exactly(leave.span.until),
            end_url: (self.may_draw && is_ahead)
                .then(|| format!("/roster/{team}/absences/{}/endings", leave.id)),
        }
    }
}

/// The part of a span that lies in a day, in minutes; none where there is none.
fn bar(span: Span, day: Span, kind: &'static str) -> Option<Bar> {
    let minutes = |at: Instant| i64::try_from(at.since(day.from).as_secs() / 60).unwrap_or_default();
    let (from, until) = (minutes(span.from.max(day.from)), minutes(span.until.min(day.until)));
    (from < until && span.from < day.until).then_some(Bar { from, width: until - from, kind })
}
