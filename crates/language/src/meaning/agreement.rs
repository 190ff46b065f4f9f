//! Whether the numbers, amounts, dates and times of a text are those of its translation.

use super::facts::{Fact, Reading, Strength};
use super::finding::{Finding, Kind, Severity};
use std::ops::Range;

/// A fact may have moved this many sentences.
const REACH: usize = 1;

/// The facts of one side, and the sentence in which each stands.
pub(super) struct Told<'t> {
    pub text: &'t str,
    pub facts: Vec<(usize, Fact)>,
}

/// What doesn't agree.
pub(super) fn compare(source: &Told<'_>, target: &Told<'_>) -> Vec<Finding> {
    let mut partners = Partners::new(source, target);
    partners.pair_up(|a, b| a.agrees(b) && a.shares_unit(b));
    partners.pair_up(Fact::agrees);
    let mut findings = partners.other_units();
    let spare = partners.spare();
    let (lost, added) = (partners.lost(&spare), partners.added(&spare));
    findings.extend(verdicts(source, target, lost, added));
    findings
}

struct Partners<'f, 't> {
    source: &'f Told<'t>,
    target: &'f Told<'t>,
    of_source: Vec<Option<usize>>,
    of_target: Vec<Option<usize>>,
}

impl<'f, 't> Partners<'f, 't> {
    fn new(source: &'f Told<'t>, target: &'f Told<'t>) -> Self {
        let (ours, theirs) = (vec![None; source.facts.len()], vec![None; target.facts.len()]);
        Self { source, target, of_source: ours, of_target: theirs }
    }

    /// Sentence by sentence first, then their neighbours.
    fn pair_up(&mut self, fits: impl Fn(&Fact, &Fact) -> bool) {
        for reach in 0..=REACH {
            for (at, (pair, fact)) in self.source.facts.iter().enumerate() {
                if self.of_source[at].is_some() {
                    continue;
                }
                let near = near(&self.target.facts, *pair, reach);
                let free = |other: &usize| {
                    self.of_target[*other].is_none() && fits(fact, &self.target.facts[*other].1)
                };
                let strong = |other: &usize| self.target.facts[*other].1.strength == fact.strength;
                let partner = near
                    .clone()
                    .find(|other| free(other) && strong(other))
                    .or_else(|| near.clone().find(free));
                if let Some(other) = partner {
                    self.of_source[at] = Some(other);
                    self.of_target[other] = Some(at);
                }
            }
        }
    }

    /// Parts of dates whose partner lacks them: they may stand apart there.
    fn spare(&self) -> Vec<String> {
        let parts = |fact: &Fact| match fact.readings[..] {
            [Reading::Date { day, year, .. }, ..] => [day, year],
            _ => [None, None],
        };
        let pairs = self.of_source.iter().enumerate().filter_map(|(at, other)| {
            let (ours, theirs) = (parts(&self.source.facts[at].1), parts(&self.target.facts[(*other)?].1));
            Some((0..2).filter_map(move |part| ours[part].xor(theirs[part])))
        });
        pairs.flatten().map(|part| part.to_string()).collect()
    }

    fn lost(&self, spare: &[String]) -> Vec<usize> {
        leftover(&self.source.facts, &self.of_source, &self.target.facts, spare)
    }

    fn added(&self, spare: &[String]) -> Vec<usize> {
        leftover(&self.target.facts, &self.of_target, &self.source.facts, spare)
    }

    fn other_units(&self) -> Vec<Finding> {
        let pairs = self.of_source.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?)));
        pairs.filter_map(|(at, other)| other_unit(self.source, at, self.target, other)).collect()
    }
}

/// The facts of the sentences within reach of `pair`, of a list in the order of sentences.
fn near(facts: &[(usize, Fact)], pair: usize, reach: usize) -> Range<usize> {
    let first = facts.partition_point(|(at, _)| *at + reach < pair);
    first..facts.partition_point(|(at, _)| *at <= pair + reach)
}

/// Facts without a partner that aren't said twice on their own side only.
fn leftover(
    ours: &[(usize, Fact)],
    partners: &[Option<usize>],
    theirs: &[(usize, Fact)],
    spare: &[String],
) -> Vec<usize> {
    let is_left = |at: &usize| {
        let (pair, fact) = &ours[*at];
        let is_repeated = theirs[near(theirs, *pair, REACH)].iter().any(|(_, other)| other.agrees(fact));
        let is_spare = fact
            .readings
            .iter()
            .any(|reading| matches!(reading, Reading::Value(value) if spare.contains(value)));
        partners[*at].is_none() && !is_repeated && !is_spare
    };
    (0..ours.len()).filter(is_left).collect()
}

fn other_unit(source: &Told<'_>, at: usize, target: &Told<'_>, other: usize) -> Option<Finding> {
    let (ours, theirs) = (&source.facts[at].1, &target.facts[other].1);
    if ours.shares_unit(theirs) || ours.strength == Strength::Loose || theirs.strength == Strength::Loose {
        return None;
    }
    let (said, became) =
        (&source.text[around(source.text, &ours.range)], &target.text[around(target.text, &theirs.range)]);
    let is_money =
        ours.units.iter().chain(&theirs.units).any(|unit| {
            unit.len() == 3 && super::exact::CURRENCIES.iter().any(|(_, currency)| currency == unit)
        });
    let is_percent = ours.units.contains(&"percent") || theirs.units.contains(&"percent");
    let (kind, severity) = match (ours.units.is_empty() || theirs.units.is_empty(), is_money) {
        (false, true) => (Kind::Amount, Severity::Stop),
        (false, false) => (Kind::Unit, Severity::Stop),
        (true, true) => (Kind::Amount, Severity::Warn),
        (true, false) if is_percent => (Kind::Unit, Severity::Warn),
        (true, false) => return None,
    };
    let why = format!(
        "“{said}” became “{became}”: the number is the same, what it counts is not. Put the original's unit or currency."
    );
    Some(Finding::new(kind, severity, why).at_source(ours.range.clone()).at_target(theirs.range.clone()))
}

/// The number with the mark or word on each side of it.
fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    let after = &text[range.end..];
    let gap = after.len() - after.trim_start().len();
    let word =
        after[gap..].find(|c: char| c.is_whitespace() || ".,;:!?)".contains(c)).unwrap_or(after.len() - gap);
    let before = &text[..range.start];
    let sign = before.chars().next_back().filter(|c| "€$£¥".contains(*c)).map_or(0, char::len_utf8);
    range.start - sign..range.end + if word == 0 { 0 } else { gap + word }
}

fn verdicts(source: &Told<'_>, target: &Told<'_>, lost: Vec<usize>, added: Vec<usize>) -> Vec<Finding> {
    let mut added: Vec<Option<usize>> = added.into_iter().map(Some).collect();
    let mut findings = Vec::new();
    for at in lost {
        let (pair, fact) = &source.facts[at];
        let is_partner = |other: &Option<usize>| {
            other.is_some_and(|other| {
                let (place, theirs) = &target.facts[other];
                place.abs_diff(*pair) <= REACH && group(theirs.kind) == group(fact.kind)
            })
        };
        let partner = added.iter().position(is_partner).and_then(|place| added[place].take());
        findings.extend(match partner {
            Some(other) => changed(source.text, fact, target.text, &target.facts[other].1),
            None => alone(
                source.text,
                fact,
                "is missing in the translation. Put it back, or confirm that it isn't needed",
            )
            .map(|finding| finding.at_source(fact.range.clone())),
        });
    }
    for other in added.into_iter().flatten() {
        let fact = &target.facts[other].1;
        let finding =
            alone(target.text, fact, "is not in the original. Take it out, or confirm that it is right");
        findings.extend(finding.map(|finding| finding.at_target(fact.range.clone())));
    }
    findings
}

/// Dates don't become numbers.
fn group(kind: Kind) -> u8 {
    match kind {
        Kind::Date => 1,
        _ => 0,
    }
}

fn changed(source: &str, ours: &Fact, target: &str, theirs: &Fact) -> Option<Finding> {
    let weakest = ours.strength.min(theirs.strength);
    let is_small = |fact: &Fact| {
        fact.strength == Strength::Loose
            && fact.readings.iter().any(
                |reading| matches!(reading, Reading::Value(value) if value == "1" || value.contains('.')),
            )
    };
    if is_small(ours) || is_small(theirs) {
        let (text, fact, stronger) =
            if ours.strength > theirs.strength { (source, ours, true) } else { (target, theirs, false) };
        let verdict = alone(text, fact, "has no match on the other side. Compare both");
        return verdict.map(|finding| {
            if stronger {
                finding.at_source(fact.range.clone())
            } else {
                finding.at_target(fact.range.clone())
            }
        });
    }
    let severity = if weakest == Strength::Digits { Severity::Stop } else { Severity::Warn };
    let kind = if ours.strength >= theirs.strength { ours.kind } else { theirs.kind };
    let (said, became) = (&source[ours.range.clone()], &target[theirs.range.clone()]);
    let why = if said == became {
        format!(
            "“{said}” stands in both, but is read as another number in the language of the translation. Write it as that language does."
        )
    } else {
        format!("“{said}” became “{became}”. Put what the original says, or confirm that both mean the same.")
    };
    Some(Finding::new(kind, severity, why).at_source(ours.range.clone()).at_target(theirs.range.clone()))
}

fn alone(text: &str, fact: &Fact, what: &str) -> Option<Finding> {
    let is_one = fact.readings.iter().any(|reading| matches!(reading, Reading::Value(value) if value == "1"));
    let is_two = fact.readings.iter().any(|reading| matches!(reading, Reading::Value(value) if value == "2"));
    let severity = match fact.strength {
        // “1 minute ago” is often “a minute ago”.
        Strength::Digits if is_one => Severity::Hint,
        Strength::Digits => Severity::Stop,
        Strength::Word if !is_two => Severity::Warn,
        _ => return None,
    };
    Some(Finding::new(fact.kind, severity, format!("“{}” {what}.", &text[fact.range.clone()])))
}
