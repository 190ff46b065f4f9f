//! Rates of misunderstanding with their intervals, beside native handling of the same intents.

use super::{COUNTS_FROM, Signal, SignalKind};
use std::collections::{BTreeMap, BTreeSet};

/// The 97.5 % point of the normal distribution: intervals hold the true rate 95 times of 100.
const Z: f64 = 1.959_963_984_540_054;

/// How a case was handled across languages. In the order of the rule that speakers come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Handling {
    /// By a native speaker of the customer's language.
    Native,
    /// By somebody who is certified bilingual.
    Bilingual,
    /// Through machine translation.
    Machine,
}

/// One ended case, as the measures need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it was about: native handling of the same intents is the yardstick.
    pub intent: String,
    /// The kinds of signals that count, from [`Outcome::counted`].
    pub signals: BTreeSet<SignalKind>,
    /// Customer's messages that ask back or ask again.
    pub clarification_turns: u32,
    /// The last customer's message still had a signal.
    pub confusion_remained: bool,
}

/// How often something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many times it happened.
    pub happened: u64,
    /// In how many cases.
    pub of: u64,
    /// The 95 % interval of the share; none without cases.
    pub interval: Option<Interval>,
}

/// Bounds of a share, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// The measures of one group of cases: a language pair, a way of handling, a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Cases with at least one signal ÷ cases.
    pub misunderstanding: Rate,
    /// Cases whose last customer's message had a signal ÷ cases.
    pub unresolved_confusion: Rate,
    /// Cases that came back within seven days ÷ cases.
    pub repeat_contact: Rate,
    /// Cases in which a person, or one who speaks the language, was asked for ÷ cases.
    pub asked_for_person: Rate,
    /// Messages that ask back or ask again, a case; none without cases.
    pub clarification_turns: Option<f64>,
}

impl Outcome {
    /// What a case shows: its signals that are sure enough, and how it ended. `last` is the place of the customer's last
    /// message.
    pub fn counted(intent: impl Into<String>, signals: &[Signal], last: Option<usize>) -> Self {
        let sure: Vec<&Signal> = signals.iter().filter(|signal| signal.confidence >= COUNTS_FROM).collect();
        let clarifies = |kind| matches!(kind, SignalKind::AskingBack | SignalKind::RepeatedQuestion);
        let turns: BTreeSet<usize> =
            sure.iter().filter(|signal| clarifies(signal.kind)).map(|signal| signal.message).collect();
        Self {
            intent: intent.into(),
            signals: sure.iter().map(|signal| signal.kind).collect(),
            clarification_turns: u32::try_from(turns.len()).unwrap_or(u32::MAX),
            confusion_remained: last.is_some_and(|last| sure.iter().any(|signal| signal.message >= last)),
        }
    }
}

impl Rate {
    /// A rate with Wilson's score interval (E. B. Wilson 1927, *Probable inference, the law of succession, and statistical
    /// inference*, JASA 22), which holds for few cases and for rates near 0 and 1 too.
    pub fn new(happened: u64, of: u64) -> Self {
        let interval = (of > 0).then(|| {
            let (n, share) = (of as f64, happened.min(of) as f64 / of as f64);
            let spread = Z * Z / n;
            let middle = (share + spread / 2.0) / (1.0 + spread);
            let half = Z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt() / (1.0 + spread);
            Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
        });
        Self { happened, of, interval }
    }

    /// The share, 0 to 1; none without cases.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.happened as f64 / self.of as f64)
    }
}

/// The measures of a group of cases.
pub fn measured(outcomes: &[Outcome]) -> Measure {
    let rate = |counts: &dyn Fn(&Outcome) -> bool| {
        Rate::new(outcomes.iter().filter(|outcome| counts(outcome)).count() as u64, outcomes.len() as u64)
    };
    let turns: f64 = outcomes.iter().map(|outcome| f64::from(outcome.clarification_turns)).sum();
    Measure {
        misunderstanding: rate(&|outcome| !outcome.signals.is_empty()),
        unresolved_confusion: rate(&|outcome| outcome.confusion_remained),
        repeat_contact: rate(&|outcome| outcome.signals.contains(&SignalKind::RepeatContact)),
        asked_for_person: rate(&|outcome| outcome.signals.contains(&SignalKind::AsksForPerson)),
        clarification_turns: (!outcomes.is_empty()).then(|| turns / outcomes.len() as f64),
    }
}

/// The misunderstanding rate that native handling would have with the intents of `cases`, so that a hard queue isn't taken
/// for bad understanding: the native rate of each intent, weighted by how often `cases` have it (direct standardisation).
/// None when native handling has no case of some intent.
pub fn compared(cases: &[Outcome], native: &[Outcome]) -> Option<f64> {
    let mut by_intent: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for outcome in native {
        let (happened, of) = by_intent.entry(&outcome.intent).or_default();
        *of += 1.0;
        *happened += if outcome.signals.is_empty() { 0.0 } else { 1.0 };
    }
    let expected: Option<Vec<f64>> = cases
        .iter()
        .map(|outcome| by_intent.get(outcome.intent.as_str()).map(|(happened, of)| happened / of))
        .collect();
    expected.filter(|rates| !rates.is_empty()).map(|rates| rates.iter().sum::<f64>() / rates.len() as f64)
}

/// The same from counts: for each intent of a group, how many cases it has, and in how many of how many native cases somebody did not
/// understand.
pub fn expected_of(mix: &[(u64, Option<(u64, u64)>)]) -> Option<f64> {
    let cases: u64 = mix.iter().map(|(cases, _)| cases).sum();
    let weighted: Option<Vec<f64>> = mix
        .iter()
        .map(|(cases, native)| {
            let (happened, of) = native.filter(|(_, of)| *of > 0)?;
            Some(*cases as f64 * happened as f64 / of as f64)
        })
        .collect();
    weighted.filter(|_| cases > 0).map(|weighted| weighted.iter().sum::<f64>() / cases as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(intent: &str, kinds: &[SignalKind]) -> Outcome {
        Outcome {
            intent: intent.into(),
            signals: kinds.iter().copied().collect(),
            clarification_turns: 0,
            confusion_remained: false,
        }
    }

    /// Bounds of R's `prop.test(x, n, correct = FALSE)`, to four places.
    #[track_caller]
    fn check_interval(happened: u64, of: u64, low: f64, high: f64) {
        let interval = Rate::new(happened, of).interval.expect("there are cases");
        assert!((interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5, "{interval:?}");
    }

    #[test]
    fn intervals_are_wilsons() {
        check_interval(0, 10, 0.0, 0.2775);
        check_interval(5, 10, 0.2366, 0.7634);
        check_interval(10, 10, 0.7225, 1.0);
        check_interval(15, 148, 0.0624, 0.1605);
        assert_eq!(Rate::new(0, 0).interval, None);
    }

    #[test]
    fn rates_count_cases() {
        let cases = [
            outcome("a", &[]),
            outcome("a", &[SignalKind::RepeatContact]),
            outcome("b", &[SignalKind::WrongStep]),
        ];
        let measure = measured(&cases);
        assert_eq!((measure.misunderstanding.happened, measure.misunderstanding.of), (2, 3));
        assert_eq!(measure.repeat_contact.happened, 1);
        assert_eq!(measured(&[]).clarification_turns, None);
    }

    #[test]
    fn native_handling_is_weighted_by_the_intents_of_the_cases() {
        let hard = |kinds: &[SignalKind]| outcome("hard", kinds);
        let native = [outcome("easy", &[]), outcome("easy", &[]), hard(&[SignalKind::AskingBack]), hard(&[])];
        let cases = [hard(&[]), hard(&[]), hard(&[]), outcome("easy", &[])];
        assert_eq!(compared(&cases, &native), Some(0.375));
        assert_eq!(compared(&[outcome("other", &[])], &native), None);
        assert_eq!(compared(&[], &native), None);
        assert_eq!(expected_of(&[(3, Some((1, 2))), (1, Some((0, 2)))]), Some(0.375), "the same from counts");
        assert_eq!(expected_of(&[(3, Some((1, 2))), (1, None)]), None);
        assert_eq!(expected_of(&[]), None);
    }
}
