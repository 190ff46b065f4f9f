//! Corrections: a person says which language a message is in where the machine was wrong. They are kept as examples.

use crate::Span;
use kernel::{Instant, LanguageTag, MessageId, PersonId};

/// What a person said of a message's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The message.
    pub message: MessageId,
    /// What the machine had said; unknown where it wasn't sure.
    pub said: LanguageTag,
    /// What the person says.
    pub corrected: LanguageTag,
    /// Who says so.
    pub person: PersonId,
    /// When.
    pub at: Instant,
}

/// A correction with the words that it is about, for measuring identification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What was said.
    pub correction: Correction,
    /// What the customer newly wrote.
    pub text: String,
}

/// The parts of a message of which somebody says that what counted as `said` is in `corrected`. Parts in a third language stay, and so
/// do those that don't speak: quotations, signatures and code have no confidence.
pub fn spans_corrected(spans: &[Span], said: &LanguageTag, corrected: &LanguageTag) -> Vec<Span> {
    let one = |span: &Span| match span.language == *said && span.confidence > 0.0 {
        true => Span { language: corrected.clone(), confidence: 1.0, ..span.clone() },
        false => span.clone(),
    };
    spans.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().expect("a tag")
    }

    #[test]
    fn only_what_counted_as_the_wrong_language_is_corrected() {
        let check = |said: &str, expected: &[(&str, f64)]| {
            let spans = [("hr", 0.7), ("en", 0.9), ("und", 0.4), ("und", 0.0)];
            let spans = spans.map(|(language, confidence)| Span {
                start: 0,
                end: 1,
                language: tag(language),
                confidence,
            });
            let found = spans_corrected(&spans, &tag(said), &tag("sl"));
            let found: Vec<_> = found.iter().map(|span| (span.language.as_str(), span.confidence)).collect();
            assert_eq!(found, expected, "{said}");
        };
        check("hr", &[("sl", 1.0), ("en", 0.9), ("und", 0.4), ("und", 0.0)]);
        check("und", &[("hr", 0.7), ("en", 0.9), ("sl", 1.0), ("und", 0.0)]);
        check("de", &[("hr", 0.7), ("en", 0.9), ("und", 0.4), ("und", 0.0)]);
    }
}
