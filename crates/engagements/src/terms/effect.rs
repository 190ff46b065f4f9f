//! Rule: what terms would have changed, had they been in force last week.

use kernel::{EngagementId, Instant};
use std::collections::BTreeMap;

/// A case of last week, placed and timed twice: as it was agreed, and as it is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Who answers it by what is agreed.
    pub before: EngagementId,
    /// Who answers it by what is proposed.
    pub after: EngagementId,
    /// Why, in a sentence.
    pub because: String,
    /// When what was promised for it falls due, by what is agreed and by what is proposed.
    pub due: Vec<(Option<Instant>, Option<Instant>)>,
}

/// What would have been otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// So many cases were looked at.
    pub cases: usize,
    /// The cases that would have gone elsewhere: from where, where to, how many, and why one of them.
    pub moves: Vec<Move>,
    /// Promises that would have fallen due earlier.
    pub earlier: usize,
    /// Promises that would have fallen due later.
    pub later: usize,
    /// Promises that would have been made for the first time.
    pub gained: usize,
    /// Promises that would no longer have been made.
    pub lost: usize,
}

/// Cases that would have gone elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who answered.
    pub from: EngagementId,
    /// Who would have answered.
    pub to: EngagementId,
    /// How many.
    pub cases: usize,
    /// Why, in a sentence.
    pub because: String,
}

impl Effect {
    /// What a week would have been.
    pub fn of(week: &[Replayed]) -> Self {
        let mut moves: BTreeMap<(EngagementId, EngagementId, &str), usize> = BTreeMap::new();
        for case in week.iter().filter(|case| case.before != case.after) {
            *moves.entry((case.before, case.after, &case.because)).or_default() += 1;
        }
        let mut moves: Vec<Move> = moves
            .into_iter()
            .map(|((from, to, because), cases)| Move { from, to, cases, because: because.to_owned() })
            .collect();
        moves.sort_by_key(|one| std::cmp::Reverse(one.cases));
        let count = |is: &dyn Fn(Option<Instant>, Option<Instant>) -> bool| {
            week.iter().flat_map(|case| &case.due).filter(|(before, after)| is(*before, *after)).count()
        };
        Self {
            cases: week.len(),
            moves,
            earlier: count(&|before, after| {
                after.is_some_and(|after| before.is_some_and(|before| after < before))
            }),
            later: count(&|before, after| {
                after.is_some_and(|after| before.is_some_and(|before| after > before))
            }),
            gained: count(&|before, after| before.is_none() && after.is_some()),
            lost: count(&|before, after| before.is_some() && after.is_none()),
        }
    }

    /// So many cases would have gone elsewhere.
    pub fn moved(&self) -> usize {
        self.moves.iter().map(|one| one.cases).sum()
    }

    /// It in sentences; `name` says what an engagement is called.
    pub fn in_words(&self, name: &dyn Fn(EngagementId) -> String) -> Vec<String> {
        let mut sentences = vec![match (self.cases, self.moved()) {
            (0, _) => "No case came last week, so there is nothing to try it on.".to_owned(),
            (cases, 0) => format!(
                "All {} of last week would have been answered by the same teams.",
                many(cases, "case", "cases")
            ),
            (cases, moved) => format!(
                "This would have routed {moved} of last week’s {} elsewhere.",
                many(cases, "case", "cases")
            ),
        }];
        sentences.extend(self.moves.iter().map(|one| {
            format!(
                "{} from {} to {}: {}",
                many(one.cases, "case", "cases"),
                name(one.from),
                name(one.to),
                one.because
            )
        }));
        let turned = [
            (self.earlier, "would have fallen due earlier"),
            (self.later, "would have fallen due later"),
            (self.gained, "would have been made that isn’t now"),
            (self.lost, "would not have been made"),
        ];
        let turned = turned.into_iter().filter(|(count, _)| *count > 0);
        sentences.extend(turned.map(|(count, what)| {
            let what =
                if count == 1 { what.to_owned() } else { what.replace("that isn’t", "that aren’t") };
            format!("{} {what}.", many(count, "promise", "promises"))
        }));
        if self.cases > 0 && sentences.len() == 1 && self.moved() == 0 {
            sentences.push("Nothing would have fallen due at another time.".to_owned());
        }
        sentences
    }
}

fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn id(number: u128) -> EngagementId {
        EngagementId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn case(after: u128, due: (Option<i64>, Option<i64>)) -> Replayed {
        let at = |micros: Option<i64>| micros.map(Instant::from_micros);
        let because = if after == 1 { "" } else { "It is after hours in Berlin." };
        Replayed {
            before: id(1),
            after: id(after),
            because: because.to_owned(),
            due: vec![(at(due.0), at(due.1))],
        }
    }

    #[test]
    fn a_week_is_told_in_sentences() {
        let check = |week: &[Replayed], expected: &[&str]| {
            let name =
                |engagement| if engagement == id(1) { "Lisbon".to_owned() } else { "Nights".to_owned() };
            assert_eq!(Effect::of(week).in_words(&name), expected);
        };
        check(&[], &["No case came last week, so there is nothing to try it on."]);
        check(
            &[case(1, (Some(5), Some(5)))],
            &[
                "All 1 case of last week would have been answered by the same teams.",
                "Nothing would have fallen due at another time.",
            ],
        );
        check(
            &[
                case(2, (Some(5), Some(4))),
                case(2, (Some(5), Some(6))),
                case(1, (None, Some(6))),
                case(1, (Some(2), None)),
            ],
            &[
                "This would have routed 2 of last week’s 4 cases elsewhere.",
                "2 cases from Lisbon to Nights: It is after hours in Berlin.",
                "1 promise would have fallen due earlier.",
                "1 promise would have fallen due later.",
                "1 promise would have been made that isn’t now.",
                "1 promise would not have been made.",
            ],
        );
    }
}
