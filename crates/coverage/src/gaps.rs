//! The coverage map: for each hour of service and each thing that it needs, how many are there; and the gaps, where nobody is.

use crate::{Calendar, Span};
use kernel::Instant;
use std::time::Duration;

/// What hours of service need: a language, a skill, or both, for a client. Which numbers mean what says whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Need<'a> {
    /// When.
    pub hours: &'a Calendar,
    /// At least so many people.
    pub least: u32,
    /// Who can: whoever is told with one of these numbers in [`There`].
    pub can: &'a [usize],
}

/// Somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There {
    /// Their number.
    pub person: usize,
    /// When.
    pub span: Span,
}

/// Fewer than needed are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When.
    pub span: Span,
    /// How many are there.
    pub there: u32,
}

/// The gaps of a need between two instants, in order. Neighbours with as many people are one.
pub fn gaps(need: &Need<'_>, there: &[There], from: Instant, until: Instant) -> Vec<Gap> {
    let able: Vec<&There> = there.iter().filter(|one| need.can.contains(&one.person)).collect();
    let mut gaps: Vec<Gap> = Vec::new();
    for open in need.hours.open(from, until) {
        for (span, count) in counted(&able, open) {
            if count >= need.least {
                continue;
            }
            match gaps.last_mut().filter(|last| last.span.until == span.from && last.there == count) {
                Some(last) => last.span.until = span.until,
                None => gaps.push(Gap { span, there: count }),
            }
        }
    }
    gaps
}

/// How many are there, in each hour (or other step) that begins between two instants; the least within the hour counts. None while closed.
pub fn by_step(
    need: &Need<'_>,
    there: &[There],
    from: Instant,
    until: Instant,
    step: Duration,
) -> Vec<(Instant, Option<u32>)> {
    let able: Vec<&There> = there.iter().filter(|one| need.can.contains(&one.person)).collect();
    let mut steps = Vec::new();
    let mut at = from;
    while at < until && !step.is_zero() {
        let end = at.plus(step);
        let counts = need.hours.open(at, end).flat_map(|open| counted(&able, open));
        steps.push((at, counts.map(|(_, count)| count).min()));
        at = end;
    }
    steps
}

/// A span cut wherever somebody comes or goes, with how many are there.
fn counted(able: &[&There], within: Span) -> Vec<(Span, u32)> {
    let here = able.iter().filter(|one| one.span.from < within.until && within.from < one.span.until);
    let here: Vec<&&There> = here.collect();
    let mut edges: Vec<Instant> = here.iter().flat_map(|one| [one.span.from, one.span.until]).collect();
    edges.retain(|edge| within.from < *edge && *edge < within.until);
    edges.extend([within.from, within.until]);
    edges.sort();
    edges.dedup();
    let spans = edges.windows(2).map(|pair| Span { from: pair[0], until: pair[1] });
    let count = |span: &Span| {
        let mut people: Vec<usize> = here
            .iter()
            .filter(|one| one.span.from <= span.from && span.until <= one.span.until)
            .map(|one| one.person)
            .collect();
        people.sort_unstable();
        people.dedup();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
    };
    spans.map(|span| (span, count(&span))).collect()
}
