//! Counting in a calendar: when a time of service has passed, and how much of it lies between two instants.

use super::{Calendar, Closed, Span};
use crate::CoverageRefusal;
use kernel::Instant;
use std::time::Duration;

/// What is asked for lies within so much elapsed time.
const REACH: Duration = Duration::from_secs(100 * 366 * 86_400);

impl Calendar {
    /// When so much service time has passed since an instant. What ends exactly at closing is due at closing; no time at all is due as
    /// soon as it is open.
    ///
    /// # Errors
    /// [`CoverageRefusal::NeverOpen`] and [`CoverageRefusal::TooFar`] when that is never, or not within a hundred years.
    pub fn due(&self, start: Instant, service: Duration) -> Result<Instant, CoverageRefusal> {
        let (mut left, end) = (service, start.plus(REACH));
        for span in self.spans(start) {
            let from = span.from.max(start);
            if from > end {
                return Err(CoverageRefusal::TooFar);
            }
            let open = span.until.since(from);
            if left <= open {
                return Ok(from.plus(left));
            }
            left -= open;
        }
        Err(CoverageRefusal::NeverOpen)
    }

    /// How much service time lies between two instants; none when the second isn't later.
    pub fn between(&self, start: Instant, end: Instant) -> Duration {
        self.open(start, end).map(|span| span.length()).sum()
    }

    /// The spans between two instants in which it is open. Those that touch are one.
    pub fn open(&self, start: Instant, end: Instant) -> impl Iterator<Item = Span> {
        let inside = self
            .spans(start)
            .map(move |span| Span { from: span.from.max(start), until: span.until.min(end) })
            .take_while(|span| span.from < span.until);
        Joined { spans: inside.peekable() }
    }

    /// The spans between two instants in which it is closed: the after-hours, each with its reason. A night before a holiday and the
    /// holiday are two.
    pub fn closings(&self, start: Instant, end: Instant) -> Vec<(Span, Closed)> {
        let mut from = start;
        let mut closed: Vec<(Span, Closed)> = Vec::new();
        let ends = [Span { from: end, until: end }];
        for open in self.open(start, end).chain(ends) {
            while from < open.from {
                let why = self.closed(from).unwrap_or(Closed::OutOfHours);
                let until = self.next_edge(from).min(open.from);
                match closed.last_mut().filter(|(last, because)| last.until == from && *because == why) {
                    Some((last, _)) => last.until = until,
                    None => closed.push((Span { from, until }, why)),
                }
                from = until;
            }
            from = open.until;
        }
        closed
    }

    /// The next midnight, or the next beginning or end of a break before it: nothing else changes why it is closed.
    fn next_edge(&self, at: Instant) -> Instant {
        let day = self.day_of(at);
        let breaks = self.breaks_around(day).flat_map(|span| [span.from, span.until]);
        let midnight = day.tomorrow().ok().and_then(|day| self.instant(day, 0)).unwrap_or(Instant::MAX);
        breaks.chain([midnight]).filter(|edge| *edge > at).min().unwrap_or(Instant::MAX)
    }
}

/// Spans that touch made one.
struct Joined<I: Iterator<Item = Span>> {
    spans: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = Span>> Iterator for Joined<I> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut span = self.spans.next()?;
        while let Some(next) = self.spans.next_if(|next| next.from == span.until) {
            span.until = next.until;
        }
        Some(span)
    }
}
