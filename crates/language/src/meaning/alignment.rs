//! Which sentences of a translation say which of the original, by their lengths.
//!
//! After W. A. Gale and K. W. Church, “A Program for Aligning Sentences in Bilingual Corpora”, Computational Linguistics 19(1),
//! 1993: sentences that say the same are about equally long, and one sentence usually becomes one. Lines are aligned first, then the
//! sentences inside.

use crate::identification::sentences;
use std::ops::Range;

/// The variance of a translation's length per letter of the original: 1 to 2.5 on help-desk strings and on what an engine made of
/// news (Gale and Church found 6.8 on a parliament's minutes).
const VARIANCE: f64 = 2.2;
/// Sentences off the diagonal that are looked at.
const BAND: usize = 20;
/// How many sentences become how many, and the natural logarithm of how rare that is. Gale and Church (table 5) found 5.3 for a sentence
/// alone and 3.1 for two that became one; translators of mails drop as much and merge less.
const STEPS: [(usize, usize, f64); 6] =
    [(1, 1, 0.12), (1, 0, 4.5), (0, 1, 4.5), (2, 1, 4.0), (1, 2, 4.0), (2, 2, 5.5)];

/// A passage of the original and of the translation that say the same; one of them may be empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bead {
    pub source: Range<usize>,
    pub target: Range<usize>,
    /// How many sentences it holds on each side.
    pub counts: (usize, usize),
}

/// The sentences side by side; `ratio` is how many letters a letter of the original becomes.
pub(super) fn align(source: &str, target: &str, ratio: f64) -> Vec<Bead> {
    let (ours, theirs) = (lines(source), lines(target));
    let blocks = if ours.len() == theirs.len() {
        ours.iter().zip(&theirs).map(|(a, b)| (a.clone(), b.clone())).collect()
    } else {
        let beads = path(&lengths(source, &ours), &lengths(target, &theirs), ratio);
        beads.into_iter().map(|(a, b)| (hull(&ours, a), hull(&theirs, b))).collect::<Vec<_>>()
    };
    blocks.into_iter().flat_map(|(a, b)| inside(source, a, target, b, ratio)).collect()
}

fn inside(source: &str, a: Range<usize>, target: &str, b: Range<usize>, ratio: f64) -> Vec<Bead> {
    let (ours, theirs) = (sentences_of(source, &a), sentences_of(target, &b));
    let steps = path(&lengths(source, &ours), &lengths(target, &theirs), ratio);
    let bead = |(x, y): (Range<usize>, Range<usize>)| Bead {
        counts: (x.len(), y.len()),
        source: if ours.is_empty() { a.start..a.start } else { hull(&ours, x) },
        target: if theirs.is_empty() { b.start..b.start } else { hull(&theirs, y) },
    };
    steps.into_iter().map(bead).collect()
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split('\n') {
        let start = at + line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            found.push(start..start + line.trim().len());
        }
        at += line.len() + 1;
    }
    found
}

fn sentences_of(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let places = |line: Range<usize>| {
        let start = line.start;
        sentences(&text[line]).map(move |found| start + found.start..start + found.end).collect::<Vec<_>>()
    };
    let inner = lines(&text[range.clone()]);
    inner.into_iter().flat_map(|line| places(range.start + line.start..range.start + line.end)).collect()
}

fn lengths(text: &str, ranges: &[Range<usize>]) -> Vec<f64> {
    ranges.iter().map(|range| text[range.clone()].chars().count() as f64).collect()
}

/// From the first to the last of some ranges; empty, at the place where they would be, for none.
fn hull(ranges: &[Range<usize>], places: Range<usize>) -> Range<usize> {
    match (ranges.get(places.start), places.is_empty()) {
        (Some(first), false) => first.start..ranges[places.end - 1].end,
        (Some(next), true) => next.start..next.start,
        (None, _) => ranges.last().map_or(0..0, |last| last.end..last.end),
    }
}

/// The cheapest way through both lists, as the places that go together.
fn path(ours: &[f64], theirs: &[f64], ratio: f64) -> Vec<(Range<usize>, Range<usize>)> {
    let (rows, columns) = (ours.len(), theirs.len());
    let band = |row: usize| {
        let at = |row: usize| row.min(rows) * columns / rows.max(1);
        at(row.saturating_sub(1)).saturating_sub(BAND)..(at(row + 1) + BAND).min(columns) + 1
    };
    let mut costs: Vec<Vec<(f64, usize)>> = Vec::with_capacity(rows + 1);
    for row in 0..=rows {
        let range = band(row);
        let mut here: Vec<(f64, usize)> = Vec::with_capacity(range.len());
        for column in range.clone() {
            let best = if (row, column) == (0, 0) {
                (0.0, 0)
            } else {
                let step = |(at, (a, b, rare)): (usize, &(usize, usize, f64))| {
                    let (from, to) = (row.checked_sub(*a)?, column.checked_sub(*b)?);
                    let before = if *a == 0 {
                        to.checked_sub(range.start).and_then(|at| here.get(at))
                    } else {
                        costs.get(from)?.get(to.checked_sub(band(from).start)?)
                    };
                    let lengths = (ours[from..row].iter().sum(), theirs[to..column].iter().sum());
                    Some((before?.0 + rare + misfit(lengths, ratio), at))
                };
                let steps = STEPS.iter().enumerate().filter_map(step);
                steps.fold((f64::INFINITY, 0), |best, next| if next.0 < best.0 { next } else { best })
            };
            here.push(best);
        }
        costs.push(here);
    }
    backwards(&costs, |row| band(row).start, rows, columns)
}

fn backwards(
    costs: &[Vec<(f64, usize)>],
    first: impl Fn(usize) -> usize,
    rows: usize,
    columns: usize,
) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut row, mut column) = (rows, columns);
    let mut found = Vec::new();
    while (row, column) != (0, 0) {
        let (_, step) = costs[row][column - first(row)];
        let (a, b, _) = STEPS[step];
        let (from, to) = (row.saturating_sub(a), column.saturating_sub(b));
        found.push((from..row, to..column));
        (row, column) = (from, to);
    }
    found.reverse();
    found
}

/// How ill two lengths fit: minus the logarithm of the probability of so large a difference.
pub(super) fn misfit((ours, theirs): (f64, f64), ratio: f64) -> f64 {
    if ours == 0.0 || theirs == 0.0 {
        return 0.0;
    }
    let mean = f64::midpoint(ours, theirs / ratio);
    let difference = (theirs - ours * ratio) / (mean * VARIANCE).sqrt();
    (difference * difference / 2.0).min(50.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, target: &str, expected: &[(&str, &str)]) {
        let beads = align(source, target, 1.0);
        let found: Vec<_> =
            beads.iter().map(|bead| (&source[bead.source.clone()], &target[bead.target.clone()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_find_each_other() {
        check(
            "One lamp. Two lamps!",
            "Eine Lampe. Zwei Lampen!",
            &[("One lamp.", "Eine Lampe."), ("Two lamps!", "Zwei Lampen!")],
        );
        let long = "This sentence is rather long and says a lot about the lamp.";
        check(&format!("{long} Short one here."), long, &[(long, long), ("Short one here.", "")]);
        let other = "Another sentence that also says a lot, but about the invoice of last month.";
        check(&format!("{long} {other}"), long, &[(long, long), (other, "")]);
        check(&format!("{long}\n\n{other}"), &format!("{long}\n{other}"), &[(long, long), (other, other)]);
        check("", "", &[]);
        check("", "Stray.", &[("", "Stray.")]);
    }

    #[test]
    fn long_lists_of_different_length_are_aligned() {
        let beads = align(&"One. ".repeat(3_000), &"One. ".repeat(200), 1.0);
        assert_eq!(beads.iter().map(|bead| bead.counts.0).sum::<usize>(), 3_000);
        assert_eq!(beads.iter().map(|bead| bead.counts.1).sum::<usize>(), 200);
    }
}
