//! What is known about the language before reading: the thread's and the customer's earlier languages.

use kernel::LanguageTag;

/// How much of the belief goes to the expected languages; the rest is spread evenly, so that a clear sentence in an
/// unexpected language still wins and a bare "ok, danke" doesn't.
const TRUST: f64 = 0.5;

/// What a text before this one says of the language to expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// A person said that the customer's text was in it.
    Corrected,
    /// The customer wrote it, as far as the words told.
    Written,
    /// We wrote to the customer in it, or it is noted with them.
    Known,
}

impl Earlier {
    /// What a person said outweighs any thread of texts that a machine read wrongly.
    fn weight(self) -> f64 {
        match self {
            Self::Corrected => 10.0,
            Self::Written => 1.0,
            Self::Known => 0.5,
        }
    }
}

/// The languages that are expected, with weights: the thread's language, what the customer wrote earlier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prior {
    weights: Vec<(LanguageTag, f64)>,
}

impl Prior {
    /// Nothing is expected.
    pub fn none() -> Self {
        Self::default()
    }

    /// One language is expected.
    pub fn of(language: LanguageTag) -> Self {
        Self::none().with(language, 1.0)
    }

    /// What the texts before this one let expect.
    pub fn after(earlier: impl IntoIterator<Item = (LanguageTag, Earlier)>) -> Self {
        earlier.into_iter().fold(Self::none(), |prior, (language, how)| prior.with(language, how.weight()))
    }

    /// Also expects this language. Weights count relative to each other (two earlier messages in German and one in
    /// English are 2 and 1); weights that are not above zero, and unknown languages, are left out.
    #[must_use]
    pub fn with(mut self, language: LanguageTag, weight: f64) -> Self {
        if weight > 0.0 && weight.is_finite() && language.is_known() {
            self.weights.push((language, weight));
        }
        self
    }

    /// The belief in each of `languages` before reading; sums to 1. Expected languages that aren't among them are ignored.
    pub(super) fn belief(&self, languages: &[LanguageTag]) -> Vec<f64> {
        let weights: Vec<f64> = languages.iter().map(|language| self.weight(language)).collect();
        let total: f64 = weights.iter().sum();
        let even = 1.0 / languages.len().max(1) as f64;
        let trust = if total > 0.0 { TRUST } else { 0.0 };
        weights
            .iter()
            .map(|weight| (1.0 - trust) * even + trust * weight / total.max(f64::MIN_POSITIVE))
            .collect()
    }

    fn weight(&self, language: &LanguageTag) -> f64 {
        self.weights
            .iter()
            .filter(|(expected, _)| spoken(expected) == spoken(language))
            .map(|(_, weight)| weight)
            .sum()
    }
}

/// The language of a tag without its country; Norwegian is one language here.
pub(super) fn spoken(tag: &LanguageTag) -> &str {
    match tag.primary() {
        "no" | "nn" => "nb",
        primary => primary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().expect("a tag")
    }

    #[track_caller]
    fn check(prior: &Prior, expected: &[f64]) {
        let belief = prior.belief(&[tag("de"), tag("pt"), tag("nb"), tag("en")]);
        for (belief, expected) in belief.iter().zip(expected) {
            assert!((belief - expected).abs() < 1e-9, "{belief} is not {expected}");
        }
    }

    #[test]
    fn the_belief_follows_the_weights() {
        check(&Prior::none(), &[0.25, 0.25, 0.25, 0.25]);
        check(&Prior::of(tag("de")), &[0.625, 0.125, 0.125, 0.125]);
        check(&Prior::of(tag("pt-br")), &[0.125, 0.625, 0.125, 0.125]);
        check(&Prior::of(tag("no")), &[0.125, 0.125, 0.625, 0.125]);
        check(
            &Prior::of(tag("de")).with(tag("en"), 2.0),
            &[0.125 + 0.5 / 3.0, 0.125, 0.125, 0.125 + 1.0 / 3.0],
        );
    }

    #[test]
    fn a_person_outweighs_a_thread() {
        let said =
            |tags: &[(&str, Earlier)]| Prior::after(tags.iter().map(|(language, how)| (tag(language), *how)));
        check(&said(&[("de", Earlier::Written)]), &[0.625, 0.125, 0.125, 0.125]);
        let third = 0.5 / 3.0;
        check(
            &said(&[("de", Earlier::Known), ("en", Earlier::Written)]),
            &[0.125 + third, 0.125, 0.125, 0.125 + 2.0 * third],
        );
        let thread: Vec<_> =
            (0..10).map(|_| ("en", Earlier::Written)).chain([("de", Earlier::Corrected)]).collect();
        check(&said(&thread), &[0.375, 0.125, 0.125, 0.375]);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let nothing =
            Prior::none().with(tag("de"), 0.0).with(tag("en"), f64::NAN).with(LanguageTag::unknown(), 1.0);
        assert_eq!(nothing, Prior::none());
        check(&Prior::of(tag("ja")), &[0.25, 0.25, 0.25, 0.25]);
    }
}
