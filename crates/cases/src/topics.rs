//! Topics in which a wrong word is expensive, as a client marks them and as they are found in cases; texts that the client's owner has
//! approved; and readers who say whether a translated reply says the same.

use kernel::{CaseId, ClientId, Instant, LanguageTag, MessageId, PersonId};

crate::case::words! {
    /// What a case can be about so that a wrong word is expensive.
    Topic {
        /// Payments, refunds, invoices.
        Money = "money",
        /// Fire, injury, electric shock.
        Safety = "safety",
        /// Lawyers, courts, authorities, data protection.
        Legal = "legal",
        /// Ending a contract or an order.
        Cancellation = "cancellation",
    }
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Money, Self::Safety, Self::Legal, Self::Cancellation];

    /// The word on a page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Money => "Money",
            Self::Safety => "Safety",
            Self::Legal => "Law",
            Self::Cancellation => "Cancellation",
        }
    }
}

/// A topic that a case touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseTopic {
    /// The case.
    pub case: CaseId,
    /// The topic.
    pub topic: Topic,
    /// The message that touches it; `None` where somebody added it by hand.
    pub message: Option<MessageId>,
    /// The words that say so; empty where somebody added it by hand.
    pub words: String,
    /// Who added it by hand.
    pub person: Option<PersonId>,
    /// When.
    pub at: Instant,
}

/// A text that the client's owner has approved in a language: it may leave without a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Whose.
    pub client: ClientId,
    /// Its language.
    pub language: LanguageTag,
    /// What it is called.
    pub name: String,
    /// The text.
    pub text: String,
    /// Who approved it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

crate::case::words! {
    /// How far a reader is with a translated reply.
    CheckState {
        /// Somebody is asked to read it.
        Asked = "asked",
        /// Somebody who reads the language says that it says the same.
        Same = "same",
        /// They gave it back with words.
        Returned = "returned",
    }
}

/// A translated reply that somebody who reads the language reads before it leaves. What they say holds for exactly these two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeCheck {
    /// The case.
    pub case: CaseId,
    /// Who wrote the reply.
    pub author: PersonId,
    /// Their words.
    pub own: String,
    /// The language of their words.
    pub own_language: LanguageTag,
    /// What the customer is to read.
    pub text: String,
    /// The customer's language.
    pub language: LanguageTag,
    /// How far it is.
    pub state: CheckState,
    /// Who read it.
    pub reader: Option<PersonId>,
    /// What they said.
    pub words: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
}

impl NativeCheck {
    /// Somebody said that exactly this text says the same as exactly these words.
    pub fn approves(&self, own: &str, text: &str) -> bool {
        self.state == CheckState::Same && self.own.trim() == own.trim() && self.text.trim() == text.trim()
    }
}

/// The text is exactly one of the approved ones, white space at its lines' ends aside.
pub fn is_approved(templates: &[Template], language: &LanguageTag, text: &str) -> bool {
    let lines = |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    let wanted = lines(text);
    templates.iter().any(|one| one.language.is_same_language(language) && lines(&one.text) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approved_text_is_exactly_that_text() {
        let template = Template {
            client: "00000000000000000000000000000001".parse().unwrap(),
            language: "pl".parse().unwrap(),
            name: "Refund".to_owned(),
            text: "Zwrot pieniędzy\nw ciągu 14 dni.".to_owned(),
            by: "00000000000000000000000000000002".parse().unwrap(),
            at: Instant::from_micros(0),
        };
        let check = |language: &str, text: &str, expected: bool| {
            let language = language.parse().unwrap();
            assert_eq!(is_approved(std::slice::from_ref(&template), &language, text), expected, "{text}");
        };
        check("pl", "Zwrot pieniędzy  \r\nw ciągu 14 dni.\n", true);
        check("pl", "Zwrot pieniędzy\nw ciągu 24 dni.", false);
        check("pl", "Dzień dobry\nZwrot pieniędzy\nw ciągu 14 dni.", false);
        check("de", "Zwrot pieniędzy\nw ciągu 14 dni.", false);
    }
}
