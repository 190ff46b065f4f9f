//! The identifier: segments, votes, detector and sequence put together.

use super::detector::{DEFAULT_LANGUAGES, Detector, Lingua, built_in};
use super::everyday::everyday;
use super::letters::Letters;
use super::prior::Prior;
use super::segments::{Boundary, Origin, Segment, segments};
use super::sequence::{Step, choose};
use super::votes::{Votes, Weight, votes};
use kernel::LanguageTag;

/// Below this probability the language is not said.
const SURE_FROM: f64 = 0.5;
/// A detector's answer is never believed to exclude a language entirely.
const LEAST_FIT: f64 = 1e-5;
/// Letters of one message that are put before the detector, which takes about 0.1 ms for 10 letters; what follows
/// takes the language of its surroundings.
const LETTERS_HEARD: usize = 12_000;

/// A part of a text in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The language; unknown when it isn't sure, or for quotations, signatures and code.
    pub language: LanguageTag,
    /// The probability of the language, 0 to 1; 0 for quotations, signatures and code.
    pub confidence: f64,
}

/// The language of a message as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Identified {
    /// The language in which most of it is written, or unknown.
    pub language: LanguageTag,
    /// The probability of the language, 0 to 1.
    pub confidence: f64,
}

/// Identifies languages. Making one costs next to nothing; the models are read on first use.
pub struct Identifier {
    detector: Box<dyn Detector>,
    letters: Letters,
}

impl Default for Identifier {
    /// For [`DEFAULT_LANGUAGES`].
    fn default() -> Self {
        let languages: Vec<LanguageTag> =
            DEFAULT_LANGUAGES.iter().filter_map(|tag| tag.parse().ok()).collect();
        Self::new(&languages)
    }
}

impl Identifier {
    /// Tells these languages apart. Those without a model are left out: see [`Identifier::languages`].
    pub fn new(languages: &[LanguageTag]) -> Self {
        Self::with(Lingua::new(languages))
    }

    /// Tells languages apart with another detector.
    pub fn with(detector: impl Detector + 'static) -> Self {
        Self { letters: Letters::of(detector.languages()), detector: Box::new(detector) }
    }

    /// The languages that can be identified.
    pub fn languages(&self) -> &[LanguageTag] {
        self.detector.languages()
    }

    /// The tags of all languages whose models are built into the program, in their order.
    pub fn built_in() -> Vec<String> {
        built_in()
    }

    /// The language of a message and of its parts, from one hearing: cheaper than asking for both.
    pub fn identify(&self, text: &str, prior: &Prior) -> (Identified, Vec<Span>) {
        let heard = self.hear(text, prior);
        (self.most_of(&heard), self.spans(&heard))
    }

    /// The language of each paragraph, in order; a paragraph in which the language changes gives several spans.
    pub fn paragraphs(&self, text: &str, prior: &Prior) -> Vec<Span> {
        self.spans(&self.hear(text, prior))
    }

    /// The language of a message: the one in which most of what its sender wrote is.
    pub fn main(&self, text: &str, prior: &Prior) -> Identified {
        self.most_of(&self.hear(text, prior))
    }

    fn spans(&self, heard: &[Heard]) -> Vec<Span> {
        let mut spans: Vec<Vec<&Heard>> = Vec::new();
        for piece in heard {
            match spans.last_mut() {
                Some(span) if piece.continues(span[0]) => span.push(piece),
                _ => spans.push(vec![piece]),
            }
        }
        spans.iter().map(|pieces| self.span(pieces)).collect()
    }

    fn most_of(&self, heard: &[Heard]) -> Identified {
        let mut letters = vec![0; self.languages().len()];
        for piece in heard {
            if let Some(language) = piece.language {
                letters[language] += piece.votes.letters;
            }
        }
        let most = letters.iter().copied().max().unwrap_or_default();
        let Some(language) = heard.iter().find_map(|piece| piece.language.filter(|at| letters[*at] == most))
        else {
            return Identified { language: LanguageTag::unknown(), confidence: 0.0 };
        };
        let pieces: Vec<&Heard> = heard.iter().filter(|piece| piece.language == Some(language)).collect();
        let span = self.span(&pieces);
        Identified { language: span.language, confidence: span.confidence }
    }

    fn hear(&self, text: &str, prior: &Prior) -> Vec<Heard> {
        let segments = segments(text);
        let mut heard: Vec<Heard> =
            segments.into_iter().map(|segment| Heard::new(text, segment, &self.letters)).collect();
        let belief = prior.belief(self.languages());
        let steps = self.steps(&heard);
        for (piece, choice) in heard.iter_mut().zip(choose(&belief, &steps)) {
            if piece.segment.origin == Origin::Written && !piece.is_foreign {
                piece.language = Some(choice.language);
                piece.probability = choice.probability;
            }
        }
        heard
    }

    fn steps(&self, heard: &[Heard]) -> Vec<Step> {
        let only_names = heard.iter().all(|piece| piece.votes.weight != Weight::Words);
        let mut letters = 0;
        let mut steps = Vec::with_capacity(heard.len());
        for piece in heard {
            let votes = &piece.votes;
            let speaks = votes.weight == Weight::Words || (only_names && votes.weight == Weight::PerhapsName);
            let step = match letters < LETTERS_HEARD {
                true => Step {
                    switch: switch(piece.segment.boundary),
                    fit: speaks.then(|| self.fit(votes)).flatten(),
                },
                false => Step { switch: 0.0, fit: None },
            };
            letters += votes.letters;
            steps.push(step);
        }
        steps
    }

    /// How well the words fit each language. The detector's values for short texts are a mean over characters, so they
    /// are too timid: on single words, pairs and longer pieces of text the powers below gave the likeliest answers.
    fn fit(&self, votes: &Votes) -> Option<Vec<f64>> {
        let power = match votes.count {
            1 => 1.2,
            2 => 2.6,
            3..=5 => 2.0,
            _ => 3.0,
        };
        let by_letters = self.detector.probabilities(&votes.words);
        let mut sharpened: Vec<f64> =
            by_letters.into_iter().map(|probability| probability.powf(power)).collect();
        if let Some(by_words) = everyday(&votes.words, self.languages()) {
            sharpened.iter_mut().zip(by_words).for_each(|(fit, word)| *fit *= word);
        }
        let total: f64 = sharpened.iter().sum();
        (total > 0.0).then(|| sharpened.iter().map(|value| (value / total).max(LEAST_FIT)).collect())
    }

    fn span(&self, pieces: &[&Heard]) -> Span {
        let (first, last) = (&pieces[0].segment.range, &pieces[pieces.len() - 1].segment.range);
        // Numbers between the sentences make nothing less sure, but a span of nothing else has a mean, too.
        let weight = |piece: &&Heard| (piece.votes.letters as f64).max(0.001);
        let total: f64 = pieces.iter().map(weight).sum();
        let confidence = pieces.iter().map(|piece| piece.probability * weight(piece)).sum::<f64>() / total;
        let language = pieces[0].language.filter(|_| confidence >= SURE_FROM);
        let language = language.map_or_else(LanguageTag::unknown, |at| self.languages()[at].clone());
        Span { start: first.start, end: last.end, language, confidence }
    }
}

/// The probability that the language changes at a boundary.
fn switch(boundary: Boundary) -> f64 {
    match boundary {
        Boundary::Wrap => 0.0005,
        Boundary::Sentence => 0.02,
        Boundary::Line => 0.06,
        Boundary::Paragraph => 0.15,
    }
}

/// A segment with what was heard in it.
struct Heard {
    segment: Segment,
    votes: Votes,
    /// Written in letters that none of the languages uses.
    is_foreign: bool,
    language: Option<usize>,
    probability: f64,
}

impl Heard {
    fn new(text: &str, segment: Segment, letters: &Letters) -> Self {
        let words = &text[segment.range.clone()];
        let is_written = segment.origin == Origin::Written;
        let is_foreign = is_written && letters.are_foreign(words);
        let votes = if is_written && !is_foreign { votes(words) } else { Votes::default() };
        Self { segment, votes, is_foreign, language: None, probability: 0.0 }
    }

    fn continues(&self, before: &Self) -> bool {
        self.segment.boundary != Boundary::Paragraph && self.language == before.language
    }
}

#[cfg(test)]
mod tests;
