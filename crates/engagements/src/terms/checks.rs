//! Rule: what is wrong with terms, field by field. Hours are read by whoever makes a calendar of them.

use super::{Clause, Terms};
use std::{collections::BTreeSet, fmt::Display, hash::Hash};

/// More of anything than this is a mistake.
const MOST_ROWS: usize = 200;
/// No promise lies further away: a year.
const LONGEST_MINUTES: u32 = 366 * 24 * 60;
/// Longer words aren't read.
const MOST_LETTERS: usize = 2_000;

/// What is wrong with a field of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, as the form names it: `clauses`, `scope.intents_in`.
    pub field: &'static str,
    /// What is wrong, naming the row.
    pub sentence: String,
}

impl Problem {
    /// A problem of a field.
    pub fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { field, sentence: sentence.into() }
    }
}

impl Terms {
    /// Everything that is wrong; nothing where they can be agreed on.
    pub fn problems(&self) -> Vec<Problem> {
        let parts = [
            self.in_scope(),
            self.in_languages(),
            self.in_clauses(),
            self.in_escalations(),
            self.in_numbers(),
            self.in_size(),
        ];
        parts.into_iter().flatten().collect()
    }

    fn in_scope(&self) -> Vec<Problem> {
        let scope = &self.scope;
        let both = scope.intents_in.iter().filter(|intent| scope.intents_out.contains(intent));
        let mut problems: Vec<Problem> = both
            .map(|intent| {
                Problem::new(
                    "intents_out",
                    format!("“{intent}” is named both as answered and as not answered."),
                )
            })
            .collect();
        problems.extend(twice("intents_in", &scope.intents_in));
        problems.extend(twice("intents_out", &scope.intents_out));
        problems.extend(twice("products", &scope.products));
        problems.extend(twice("countries", &scope.countries));
        problems.extend(twice("policy_countries", &self.policy.countries));
        let tiers: Vec<_> = self.tiers.iter().map(|taken| taken.tier).collect();
        problems.extend(twice("tiers", &tiers));
        problems
    }

    fn in_languages(&self) -> Vec<Problem> {
        let languages: Vec<String> = self.languages.iter().map(|asked| asked.language.to_string()).collect();
        let unknown = self.languages.iter().filter(|asked| !asked.language.is_known());
        let unknown = unknown.map(|_| Problem::new("languages", "A language isn’t named."));
        twice("languages", &languages).into_iter().chain(unknown).collect()
    }

    fn in_clauses(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.clauses.iter().flat_map(Clause::problems).collect();
        let keys: Vec<&str> = self.clauses.iter().map(|clause| clause.key.as_str()).collect();
        problems.extend(twice("clauses", &keys));
        let mut seen = BTreeSet::new();
        for clause in &self.clauses {
            if !seen.insert((clause.metric, clause.priority)) {
                let of = clause
                    .priority
                    .map_or("all".to_owned(), |priority| format!("{} priority", priority.as_str()));
                let sentence = format!(
                    "Clause “{}”: {} is promised twice for cases of {of}.",
                    clause.key,
                    clause.metric.title()
                );
                problems.push(Problem::new("clauses", sentence.replace("cases of all", "all cases")));
            }
        }
        problems
    }

    fn in_escalations(&self) -> Vec<Problem> {
        let hasty = self.escalations.iter().zip(1..).filter(|(line, _)| !is_time(line.within_minutes));
        hasty
            .map(|(_, row)| {
                Problem::new(
                    "escalations",
                    format!("Line {row}: an answer is needed within 1 minute to 366 days."),
                )
            })
            .collect()
    }

    fn in_numbers(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.sample_percent > 100 {
            problems
                .push(Problem::new("sample_percent", "At most 100 replies in a hundred can be looked at."));
        }
        if !(1..=24 * 60).contains(&self.handling_minutes) {
            problems.push(Problem::new("handling_minutes", "A case takes 1 to 1,440 minutes."));
        }
        if let Some(row) = self.on_call.levels.iter().position(|minutes| !(1..=24 * 60).contains(minutes)) {
            problems.push(Problem::new("on_call_levels", format!("Level {}: 1 to 1,440 minutes.", row + 1)));
        }
        if let Some(overflow) = &self.overflow {
            if overflow.wait_minutes == 0 && overflow.queue == 0 {
                problems.push(Problem::new(
                    "overflow",
                    "Overflow would never end: give a wait or a number of cases.",
                ));
            }
            if !(1..=99).contains(&overflow.ends_below) {
                problems
                    .push(Problem::new("overflow", "Overflow ends below 1 to 99 hundredths of its bounds."));
            }
            if overflow.daily_cap == 0 {
                problems.push(Problem::new(
                    "overflow",
                    "At most 0 cases a day means no overflow at all: leave it out instead.",
                ));
            }
        }
        if self.volume.is_some_and(|band| band.cases == 0 || band.below_percent > 100) {
            problems.push(Problem::new(
                "volume",
                "The volume is at least 1 case a month, and at most 100 % fewer.",
            ));
        }
        problems
    }

    fn in_size(&self) -> Vec<Problem> {
        let rows = [
            ("intents_in", self.scope.intents_in.len()),
            ("intents_out", self.scope.intents_out.len()),
            ("products", self.scope.products.len()),
            ("clauses", self.clauses.len()),
            ("escalations", self.escalations.len()),
            ("masked", self.policy.masked.len()),
            ("on_call_levels", self.on_call.levels.len()),
            ("holidays", self.hours.holidays.len()),
        ];
        let many = rows.into_iter().filter(|(_, count)| *count > MOST_ROWS);
        let many = many.map(|(field, count)| {
            Problem::new(field, format!("{count} rows are too many; at most {MOST_ROWS}."))
        });
        let words =
            [("disclosure_sentence", &self.disclosure_sentence), ("on_call_counts", &self.on_call.counts)];
        let long = words.into_iter().filter(|(_, words)| words.chars().count() > MOST_LETTERS);
        let long = long
            .map(|(field, _)| Problem::new(field, format!("This is longer than {MOST_LETTERS} characters.")));
        many.chain(long).collect()
    }
}

impl Clause {
    fn problems(&self) -> Vec<Problem> {
        let mut sentences = Vec::new();
        if self.key.trim().is_empty() || self.key.chars().count() > 60 {
            sentences.push("it needs a name of at most 60 characters.".to_owned());
        }
        if !is_time(self.minutes) {
            sentences.push(format!("{} minutes can’t be promised; 1 minute to 366 days can.", self.minutes));
        }
        if self.minimum_percent > self.target_percent {
            sentences.push(format!(
                "the minimum of {} % is above the target of {} %.",
                self.minimum_percent, self.target_percent
            ));
        }
        if self.target_percent > 100 {
            sentences.push(format!("a target of {} % is more than everything.", self.target_percent));
        }
        if !(1..=100).contains(&self.weight) {
            sentences.push("it counts 1 to 100 times as much as another.".to_owned());
        }
        if self.definition.chars().count() > MOST_LETTERS {
            sentences.push(format!("its definition is longer than {MOST_LETTERS} characters."));
        }
        sentences
            .into_iter()
            .map(|sentence| Problem::new("clauses", format!("Clause “{}”: {sentence}", self.key)))
            .collect()
    }
}

fn is_time(minutes: u32) -> bool {
    (1..=LONGEST_MINUTES).contains(&minutes)
}

fn twice<T: Display + Eq + Hash + Ord>(field: &'static str, rows: &[T]) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let again: BTreeSet<&T> = rows.iter().filter(|row| !seen.insert(*row)).collect();
    again.into_iter().map(|row| Problem::new(field, format!("“{row}” is named twice."))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{OverflowAgreed, Scope};
    use kernel::{Metric, Priority};

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        let check = |terms: Terms, expected: &[(&str, &str)]| {
            let problems = terms.problems();
            let found: Vec<(&str, &str)> =
                problems.iter().map(|one| (one.field, one.sentence.as_str())).collect();
            assert_eq!(found, expected);
        };
        let clause = || Clause { key: "fast".to_owned(), ..Clause::usual(Metric::FirstReply) };
        let clauses = |clauses| Terms { clauses, ..Terms::default() };
        check(Terms::default(), &[]);
        check(
            clauses(vec![Clause { minutes: 0, ..clause() }]),
            &[("clauses", "Clause “fast”: 0 minutes can’t be promised; 1 minute to 366 days can.")],
        );
        check(
            clauses(vec![Clause { minimum_percent: 95, ..clause() }]),
            &[("clauses", "Clause “fast”: the minimum of 95 % is above the target of 90 %.")],
        );
        check(
            clauses(vec![clause(), Clause { key: "faster".to_owned(), ..clause() }]),
            &[("clauses", "Clause “faster”: First reply is promised twice for all cases.")],
        );
        let urgent = |key: &str| Clause { key: key.to_owned(), priority: Some(Priority::Urgent), ..clause() };
        check(
            clauses(vec![urgent("a"), urgent("b")]),
            &[("clauses", "Clause “b”: First reply is promised twice for cases of urgent priority.")],
        );
        let intents = |named: &[&str]| named.iter().map(|intent| (*intent).to_owned()).collect();
        let scope = Scope {
            intents_in: intents(&["refund", "repair"]),
            intents_out: intents(&["refund"]),
            ..Scope::default()
        };
        check(
            Terms { scope, ..Terms::default() },
            &[("intents_out", "“refund” is named both as answered and as not answered.")],
        );
        let scope =
            Scope { countries: vec!["DE".parse().unwrap(), "DE".parse().unwrap()], ..Scope::default() };
        check(Terms { scope, ..Terms::default() }, &[("countries", "“DE” is named twice.")]);
        let overflow = OverflowAgreed { wait_minutes: 20, queue: 10, ends_below: 100, daily_cap: 50 };
        check(
            Terms { overflow: Some(overflow), ..Terms::default() },
            &[("overflow", "Overflow ends below 1 to 99 hundredths of its bounds.")],
        );
        check(
            Terms { handling_minutes: 0, ..Terms::default() },
            &[("handling_minutes", "A case takes 1 to 1,440 minutes.")],
        );
        let many = (0..201).map(|n| format!("intent-{n}")).collect();
        let scope = Scope { intents_in: many, ..Scope::default() };
        check(Terms { scope, ..Terms::default() }, &[("intents_in", "201 rows are too many; at most 200.")]);
    }
}
