//! The spans in which a calendar is open, in real time, one after the other.

use super::{Calendar, Span, Stretch};
use jiff::civil::{Date, Time};
use kernel::Instant;
use std::collections::VecDeque;

/// Spans end here: nothing that a desk promises lies further away.
const LATEST: Date = Date::constant(9000, 1, 1);

impl Calendar {
    /// The spans that end after an instant, in order and without overlap. They may touch each other: a desk that never closes has one a
    /// day. There is no end to them unless the calendar is never open again.
    pub(super) fn spans(&self, after: Instant) -> Spans<'_> {
        // Hours that began the day before may still go on.
        let day = self.day_of(after).yesterday().unwrap_or(Date::MIN);
        Spans { calendar: self, told: after, is_first: true, day, ready: VecDeque::new() }
    }

    /// An instant by its wall time: minutes after the midnight that begins a day.
    pub(super) fn instant(&self, day: Date, minutes: u16) -> Option<Instant> {
        let mut day = day;
        for _ in 0..minutes / 1_440 {
            day = day.tomorrow().ok()?;
        }
        let (hour, minute) = ((minutes % 1_440) / 60, minutes % 60);
        let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        // Of wall times that don't exist and of those that happen twice jiff takes what this room promises.
        Some(self.zone.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok()?.timestamp().into())
    }

    fn span(&self, day: Date, stretch: Stretch) -> Option<Span> {
        let span = Span { from: self.instant(day, stretch.from)?, until: self.instant(day, stretch.until)? };
        (span.from < span.until).then_some(span)
    }

    /// The breaks of a day and of its neighbours: hours may go on after midnight.
    pub(super) fn breaks_around(&self, day: Date) -> impl Iterator<Item = Span> {
        let days = [day.yesterday().ok(), Some(day), day.tomorrow().ok()];
        days.into_iter().flatten().flat_map(move |day| {
            let breaks = self.breaks.get(&day).map_or(&[][..], Vec::as_slice);
            breaks.iter().filter_map(move |stretch| self.span(day, *stretch))
        })
    }

    /// What is open of the hours that begin on a day, in order.
    fn open_on(&self, day: Date) -> Vec<Span> {
        // A place that changes sides of the date line leaves a whole day out: it has no hours.
        if self.instant(day, 0).is_none_or(|midnight| self.day_of(midnight) != day) {
            return Vec::new();
        }
        let mut open: Vec<Span> =
            self.stretches(day).iter().filter_map(|stretch| self.span(day, *stretch)).collect();
        if !self.breaks.is_empty() {
            for pause in self.breaks_around(day) {
                open = open.into_iter().flat_map(|span| without(span, pause)).collect();
            }
        }
        open
    }

    /// The last day on which it can be open; none when the week has hours.
    fn last_day(&self) -> Option<Date> {
        let has_week = self.week.iter().any(|day| !day.is_empty());
        (!has_week).then(|| self.own_days.keys().next_back().copied().unwrap_or(Date::MIN))
    }
}

fn without(span: Span, pause: Span) -> impl Iterator<Item = Span> {
    let before = Span { from: span.from, until: span.until.min(pause.from) };
    let after = Span { from: span.from.max(pause.until), until: span.until };
    [before, after].into_iter().filter(|left| left.from < left.until)
}

/// The spans of a calendar.
pub(super) struct Spans<'a> {
    calendar: &'a Calendar,
    /// What ends until then has been told.
    told: Instant,
    is_first: bool,
    day: Date,
    ready: VecDeque<Span>,
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let last = self.calendar.last_day().unwrap_or(LATEST);
        loop {
            while let Some(span) = self.ready.pop_front() {
                if span.until > self.told {
                    // The first may have begun before; the others begin where nothing was told yet.
                    let from = if self.is_first { span.from } else { span.from.max(self.told) };
                    (self.told, self.is_first) = (span.until, false);
                    return Some(Span { from, until: span.until });
                }
            }
            if self.day > last {
                return None;
            }
            self.ready.extend(self.calendar.open_on(self.day));
            self.day = self.day.tomorrow().ok()?;
        }
    }
}
