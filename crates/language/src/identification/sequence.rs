//! The likeliest sequence of languages along a text: a hidden Markov model whose states are the languages.
//!
//! Source: L. Rabiner, "A tutorial on hidden Markov models", Proceedings of the IEEE 77(2), 1989 (Viterbi, and
//! forward–backward with scaling). All transitions into a language are alike, so a step costs as many operations as
//! there are languages, not their square.

/// One piece of text on the way.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The probability that the language may have changed since the piece before, 0 to 1.
    pub switch: f64,
    /// How well the piece fits each language, above 0; none when it says nothing.
    pub fit: Option<Vec<f64>>,
}

/// The language chosen for a piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    /// Its position among the languages.
    pub language: usize,
    /// The probability of this language for this piece, given the whole text, 0 to 1.
    pub probability: f64,
}

/// Chooses a language for every step. `belief` is the probability of each language before reading.
pub(super) fn choose(belief: &[f64], steps: &[Step]) -> Vec<Choice> {
    if belief.is_empty() {
        return Vec::new();
    }
    let forward = forward(belief, steps);
    let backward = backward(belief, steps);
    let probability = |at: usize, language: usize| {
        let total: f64 = forward[at].iter().zip(&backward[at]).map(|(f, b)| f * b).sum();
        forward[at][language] * backward[at][language] / total
    };
    let path = best_path(belief, steps);
    path.iter()
        .enumerate()
        .map(|(at, &language)| Choice { language, probability: probability(at, language) })
        .collect()
}

fn forward(belief: &[f64], steps: &[Step]) -> Vec<Vec<f64>> {
    let mut before = belief.to_vec();
    steps
        .iter()
        .map(|step| {
            let moved = belief.iter().zip(&before).map(|(b, p)| (1.0 - step.switch) * p + step.switch * b);
            before = scaled(fitted(moved, step));
            before.clone()
        })
        .collect()
}

fn backward(belief: &[f64], steps: &[Step]) -> Vec<Vec<f64>> {
    let mut after = vec![1.0; belief.len()];
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        columns.push(after.clone());
        let seen = fitted(after.iter().copied(), step);
        let switched: f64 = seen.iter().zip(belief).map(|(s, b)| s * b).sum();
        after = scaled(seen.iter().map(|s| (1.0 - step.switch) * s + step.switch * switched).collect());
    }
    columns.reverse();
    columns
}

fn fitted(values: impl Iterator<Item = f64>, step: &Step) -> Vec<f64> {
    match &step.fit {
        Some(fit) => values.zip(fit).map(|(value, fit)| value * fit).collect(),
        None => values.collect(),
    }
}

/// Only ratios matter; without scaling a long text would underflow.
fn scaled(mut values: Vec<f64>) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.iter_mut().for_each(|value| *value /= total);
    values
}

fn best_path(belief: &[f64], steps: &[Step]) -> Vec<usize> {
    let mut score: Vec<f64> = belief.iter().map(|b| b.ln()).collect();
    let mut origins: Vec<Vec<usize>> = Vec::with_capacity(steps.len());
    for step in steps {
        let leader = highest(&score);
        let mut origin = Vec::with_capacity(score.len());
        let mut next = Vec::with_capacity(score.len());
        for (language, b) in belief.iter().enumerate() {
            let stays = score[language] + (1.0 - step.switch + step.switch * b).ln();
            let comes = score[leader] + (step.switch * b).ln();
            origin.push(if comes > stays { leader } else { language });
            next.push(stays.max(comes) + step.fit.as_ref().map_or(0.0, |fit| fit[language].ln()));
        }
        origins.push(origin);
        score = next;
    }
    let mut language = highest(&score);
    let mut path: Vec<usize> = Vec::with_capacity(steps.len());
    for origin in origins.iter().rev() {
        path.push(language);
        language = origin[language];
    }
    path.reverse();
    path
}

fn highest(score: &[f64]) -> usize {
    (0..score.len()).reduce(|best, at| if score[at] > score[best] { at } else { best }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVEN: [f64; 2] = [0.5, 0.5];

    fn step(switch: f64, fit: [f64; 2]) -> Step {
        Step { switch, fit: Some(fit.to_vec()) }
    }

    #[track_caller]
    fn check(belief: [f64; 2], steps: &[Step], expected: &[usize]) {
        let chosen: Vec<usize> = choose(&belief, steps).iter().map(|choice| choice.language).collect();
        assert_eq!(chosen, expected);
    }

    #[test]
    fn a_weak_voice_follows_its_neighbours() {
        check(EVEN, &[step(1.0, [0.99, 0.01]), step(0.01, [0.3, 0.7]), step(0.01, [0.99, 0.01])], &[0, 0, 0]);
    }

    #[test]
    fn a_clear_voice_switches() {
        check(EVEN, &[step(1.0, [0.9999, 0.0001]), step(0.01, [0.0001, 0.9999])], &[0, 1]);
    }

    #[test]
    fn the_dearer_boundary_is_not_crossed() {
        let between = |first, second| {
            [step(1.0, [0.999, 0.001]), Step { switch: first, fit: None }, step(second, [0.001, 0.999])]
        };
        check(EVEN, &between(0.1, 0.01), &[0, 1, 1]);
        check(EVEN, &between(0.01, 0.1), &[0, 0, 1]);
    }

    #[test]
    fn the_belief_decides_where_nothing_is_said() {
        check([0.2, 0.8], &[Step { switch: 1.0, fit: None }], &[1]);
    }

    #[test]
    fn a_single_step_is_bayes_rule() {
        let choice = choose(&[0.2, 0.8], &[step(0.0, [0.9, 0.1])])[0];
        assert_eq!(choice.language, 0);
        assert!((choice.probability - 0.18 / 0.26).abs() < 1e-12, "{}", choice.probability);
    }

    #[test]
    fn nothing_to_choose_from_is_no_choice() {
        assert_eq!(choose(&[], &[Step { switch: 0.5, fit: None }]), []);
        assert_eq!(choose(&EVEN, &[]), []);
    }

    /// Every path, tried one by one.
    fn by_hand(belief: &[f64], steps: &[Step]) -> f64 {
        let count = belief.len().pow(steps.len() as u32);
        let score = |path: usize| {
            let at = |place: usize| (path / belief.len().pow(place as u32)) % belief.len();
            let mut product = 1.0;
            for (place, step) in steps.iter().enumerate() {
                let stays = |from: usize| if from == at(place) { 1.0 - step.switch } else { 0.0 };
                let moved = match place {
                    0 => belief[at(0)],
                    _ => stays(at(place - 1)) + step.switch * belief[at(place)],
                };
                product *= moved * step.fit.as_ref().map_or(1.0, |fit| fit[at(place)]);
            }
            product
        };
        (0..count).map(score).fold(0.0, f64::max)
    }

    fn likelihood(belief: &[f64], steps: &[Step], path: &[usize]) -> f64 {
        let mut product = 1.0;
        for (place, step) in steps.iter().enumerate() {
            let stays = if place > 0 && path[place - 1] == path[place] { 1.0 - step.switch } else { 0.0 };
            let moved = if place == 0 { belief[path[0]] } else { stays + step.switch * belief[path[place]] };
            product *= moved * step.fit.as_ref().map_or(1.0, |fit| fit[path[place]]);
        }
        product
    }

    proptest! {
        #[test]
        fn the_path_is_the_best_of_all(
            raw in proptest::collection::vec((0.001..0.9f64, proptest::collection::vec(0.001..1.0f64, 3)), 1..6),
            first in proptest::collection::vec(0.01..1.0f64, 3),
        ) {
            let total: f64 = first.iter().sum();
            let belief: Vec<f64> = first.iter().map(|b| b / total).collect();
            let mut steps: Vec<Step> = raw.into_iter().map(|(switch, fit)| Step { switch, fit: Some(fit) }).collect();
            steps[0].switch = 0.0;
            let choices = choose(&belief, &steps);
            let path: Vec<usize> = choices.iter().map(|choice| choice.language).collect();
            let (found, best) = (likelihood(&belief, &steps, &path), by_hand(&belief, &steps));
            prop_assert!((found - best).abs() <= best * 1e-9, "{found} {best}");
            prop_assert!(choices.iter().all(|choice| (0.0..=1.0 + 1e-9).contains(&choice.probability)));
        }
    }
}
