//! What the program itself says to whoever a case was escalated to, in their language: in letters and on the page of their link.

mod de;
mod en;
mod es;
mod lt;
mod pl;
mod sl;

use super::{Act, Standing};
use kernel::LanguageTag;

/// The words in one language. English stands in for languages that aren't here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EscalationWords {
    /// The language of these words, as a tag.
    pub language: &'static str,
    /// The beginning of a letter's subject, before what is asked.
    pub subject: &'static str,
    /// Above a letter and the page. `{client}` is whose customer it is.
    pub intro: &'static str,
    /// Above what is asked.
    pub asked: &'static str,
    /// Above what was tried.
    pub tried: &'static str,
    /// Above the fields.
    pub details: &'static str,
    /// Before the time by which it is needed.
    pub needed_by: &'static str,
    /// In a letter, before the address of the page.
    pub link: &'static str,
    /// In a letter, for somebody who signs in, before the address of the page.
    pub desk: &'static str,
    /// In a letter, what an answer by mail does.
    pub by_mail: &'static str,
    /// How long the link works. `{day}` is the last day.
    pub until: &'static str,
    /// On the page, what it shows and what it doesn't.
    pub only_this: &'static str,
    /// Above what happened.
    pub trail: &'static str,
    /// Who asks, where a step was theirs and no name is told.
    pub answer: &'static str,
    /// Above the words for the customer.
    pub customer_ready: &'static str,
    /// Above the words that stay among us.
    pub beside: &'static str,
    /// The button that accepts.
    pub accept: &'static str,
    /// The button that asks for information.
    pub ask_back: &'static str,
    /// Above the question.
    pub question: &'static str,
    /// The button that rejects.
    pub reject: &'static str,
    /// Above the reason.
    pub reason: &'static str,
    /// Above the fields that whoever has it fills in.
    pub your_details: &'static str,
    /// The button that keeps those fields.
    pub keep: &'static str,
    /// How files are sent.
    pub files: &'static str,
    /// After a step was taken.
    pub thanks: &'static str,
    /// Where nothing can be done any more.
    pub over: &'static str,
    /// Where the link was valid once.
    pub expired: &'static str,
    /// In a letter that gives information, above it.
    pub supplied: &'static str,
    /// In a letter that asks again, above the reason.
    pub sent_again: &'static str,
    /// In a letter that reminds.
    pub reminded: &'static str,
    /// In a letter that ends it.
    pub withdrawn: &'static str,
    /// Nothing chosen.
    pub nothing: &'static str,
    /// Where it stands: open, needs information, accepted, rejected, answered, closed.
    pub standings: [&'static str; 6],
    /// What is refused, by code; the last word for fields.
    pub refusals: [(&'static str, &'static str); 8],
    /// The labels of fields, by key, and the words of their choices.
    pub fields: &'static [(&'static str, &'static str)],
}

/// The words for somebody who reads this language.
pub fn escalation_words(language: &LanguageTag) -> &'static EscalationWords {
    let primary = language.primary();
    ALL.into_iter().find(|words| words.language == primary).unwrap_or(&en::WORDS)
}

static ALL: [&EscalationWords; 6] = [&en::WORDS, &de::WORDS, &es::WORDS, &lt::WORDS, &pl::WORDS, &sl::WORDS];

impl EscalationWords {
    /// Where it stands.
    pub fn standing(&self, standing: Standing) -> &'static str {
        let [open, needs_information, accepted, rejected, answered, closed] = self.standings;
        match standing {
            Standing::Open => open,
            Standing::NeedsInformation => needs_information,
            Standing::Accepted => accepted,
            Standing::Rejected => rejected,
            Standing::Answered => answered,
            Standing::Closed => closed,
        }
    }

    /// The label of a field, or a word that it can hold; `otherwise` for one without a translation.
    pub fn field(&self, key: &str, otherwise: &'static str) -> &'static str {
        self.fields.iter().find(|(known, _)| *known == key).map_or(otherwise, |(_, words)| words)
    }

    /// The sentence of a refusal, if it has one in this language.
    pub fn refusal(&self, code: &str) -> Option<&'static str> {
        self.refusals.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
    }

    /// What stands above the words of a letter of ours.
    pub fn tells(&self, act: Act) -> Option<&'static str> {
        match act {
            Act::Supplied => Some(self.supplied),
            Act::SentAgain => Some(self.sent_again),
            Act::Reminded => Some(self.reminded),
            Act::Closed => Some(self.withdrawn),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escalation_forms::{Holds, fields};

    #[test]
    fn every_language_has_every_field_and_every_placeholder() {
        let handed = [crate::escalation::FormKind::Hardware, crate::escalation::FormKind::Software];
        let handed = || handed.into_iter().flat_map(fields).filter(|field| field.is_handed_over());
        for words in ALL {
            assert!(words.intro.contains("{client}") && words.until.contains("{day}"), "{}", words.language);
            for field in handed() {
                assert_ne!(words.field(field.key, "?"), "?", "{} {}", words.language, field.key);
                if let Holds::OneOf(choices) = field.holds {
                    for (word, _) in choices {
                        assert_ne!(words.field(word, "?"), "?", "{} {word}", words.language);
                    }
                }
            }
            let codes: Vec<&str> = words.refusals.iter().map(|(code, _)| *code).collect();
            assert_eq!(codes, en::WORDS.refusals.map(|(code, _)| code), "{}", words.language);
        }
    }

    #[test]
    fn english_stands_in_and_regions_are_read() {
        let check =
            |tag: &str, expected| assert_eq!(escalation_words(&tag.parse().unwrap()).language, expected);
        check("de-AT", "de");
        check("sl", "sl");
        check("ja", "en");
        check("und", "en");
    }
}
