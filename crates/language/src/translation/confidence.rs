//! How sure a segment is, from what went wrong on its way.
//!
//! The engine tells no probabilities, so this counts what can be seen: which attempt succeeded, how the lengths compare, whether
//! words came out doubled or unchanged.

/// Which attempt brought the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// The sentence with its risky pieces masked.
    Whole,
    /// The sentence with every number masked as well.
    EveryNumber,
    /// Each run of words by itself, so that the engine never saw the sentence.
    Pieces,
}

/// How sure a segment is.
pub(super) fn confidence(attempt: Attempt, source: &str, target: &str) -> f64 {
    let mut sure: f64 = match attempt {
        Attempt::Whole => 0.9,
        Attempt::EveryNumber => 0.8,
        Attempt::Pieces => 0.5,
    };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let proportion = letters(target) as f64 / letters(source).max(1) as f64;
    if letters(source) >= 20 && !(0.4..=2.5).contains(&proportion) {
        sure -= 0.3;
    }
    if doubled(target) > doubled(source) {
        sure -= 0.2;
    }
    if source.split_whitespace().count() > 2 && source.to_lowercase() == target.to_lowercase() {
        sure -= 0.4;
    }
    sure.max(0.1)
}

/// Said through a third language, a segment is less sure.
pub(super) const THROUGH: f64 = 0.85;

/// How often a word of three letters or more follows itself.
fn doubled(text: &str) -> usize {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.windows(2).filter(|pair| pair[0] == pair[1] && pair[0].chars().count() > 2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_counts() {
        let check = |attempt, source, target, expected: f64| {
            assert!((confidence(attempt, source, target) - expected).abs() < 1e-9, "{source}");
        };
        check(Attempt::Whole, "It works", "Funciona", 0.9);
        check(Attempt::Pieces, "It works", "Funciona", 0.5);
        check(Attempt::Whole, "This is quite a long sentence here", "Isto", 0.6);
        check(Attempt::Whole, "the new printer", "a impressora impressora nova", 0.7);
        check(Attempt::Whole, "the new printer", "The new printer", 0.5);
    }
}
