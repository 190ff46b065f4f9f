//! Rule: which topics a text touches in which a wrong word is expensive: money, safety, the law, cancellation.
//!
//! The phrases of the text's language are looked for, and always the English ones; all of them where the language has none.

mod phrases;

use crate::understanding::Heard;
use kernel::{Because, LanguageTag};
use std::ops::Range;

/// A topic in which a wrong word is expensive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Payments, refunds, invoices, prices.
    Money,
    /// Fire, injury, electric shock.
    Safety,
    /// Lawyers, courts, authorities, data protection.
    Legal,
    /// Ending a contract or an order.
    Cancellation,
}

/// A topic with the first words that touch it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The topic.
    pub topic: Topic,
    /// The words, in bytes of the text.
    pub span: Range<usize>,
    /// Why.
    pub because: Because,
}

struct Phrases {
    money: &'static [&'static str],
    safety: &'static [&'static str],
    legal: &'static [&'static str],
    cancellation: &'static [&'static str],
}

/// The topics that a text touches, each once, with the first words that do.
pub fn touched(text: &str, language: &LanguageTag) -> Vec<Touched> {
    let heard = Heard::new(text);
    let mut found: Vec<Touched> = Vec::new();
    for phrases in spoken(language) {
        let lists = [
            (Topic::Money, phrases.money, money as fn(&str) -> Because),
            (Topic::Safety, phrases.safety, safety),
            (Topic::Legal, phrases.legal, legal),
            (Topic::Cancellation, phrases.cancellation, cancellation),
        ];
        for (topic, list, because) in lists {
            let known = found.iter().any(|touched| touched.topic == topic);
            if let Some(span) = heard.first(list).filter(|_| !known) {
                let because = because(&text[span.clone()]);
                found.push(Touched { topic, span, because });
            }
        }
    }
    found.sort_by_key(|touched| touched.topic);
    found
}

fn money(words: &str) -> Because {
    Because::new("risk.money", format!("It is about money: “{words}”."))
}

fn safety(words: &str) -> Because {
    Because::new("risk.safety", format!("It is about somebody's safety: “{words}”."))
}

fn legal(words: &str) -> Because {
    Because::new("risk.legal", format!("It is about the law: “{words}”."))
}

fn cancellation(words: &str) -> Because {
    Because::new("risk.cancellation", format!("It is about ending a contract or an order: “{words}”."))
}

fn spoken(language: &LanguageTag) -> impl Iterator<Item = &'static Phrases> {
    let primary = language.primary().to_owned();
    let known = phrases::LANGUAGES.iter().any(|(tag, _)| *tag == primary);
    let fits = move |tag: &str| !known || tag == primary || tag == "en";
    phrases::LANGUAGES.iter().filter(move |(tag, _)| fits(tag)).map(|(_, phrases)| *phrases)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn the_words_that_touch_a_topic_are_told() {
        let text = "Hello. I was charged twice, and the plug is smoking.";
        let found = touched(text, &"en".parse().unwrap());
        let told: Vec<_> = found.iter().map(|one| (one.topic, &text[one.span.clone()])).collect();
        assert_eq!(told, [(Topic::Money, "charged twice"), (Topic::Safety, "smoking")]);
        assert!(found[0].because.sentence.contains("charged twice"));
    }

    #[test]
    fn every_phrase_is_folded() {
        for (language, phrases) in phrases::LANGUAGES {
            let all = [phrases.money, phrases.safety, phrases.legal, phrases.cancellation].concat();
            for word in all.iter().flat_map(|phrase| phrase.split([' ', '|'])) {
                let letters = word.trim_end_matches(['*', '?']);
                assert!(
                    word == ".." || (!letters.is_empty() && fold(letters) == letters),
                    "{language}: {word}"
                );
            }
        }
    }
}
