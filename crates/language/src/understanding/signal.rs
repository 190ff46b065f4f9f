//! A signal that somebody did not understand.

use kernel::Because;
use std::fmt;

/// Signals that are less sure than this are shown, but don't count in a rate.
pub const COUNTS_FROM: f64 = 0.6;

/// A place of a thread that says that somebody did not understand.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// What kind of signal.
    pub kind: SignalKind,
    /// The place of the message in the thread, from 0.
    pub message: usize,
    /// First byte in the text of the message.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Why it is one.
    pub because: Because,
    /// How sure that is, 0 to 1: a judgement of the rule, not a measured probability.
    pub confidence: f64,
}

/// The kinds of signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignalKind {
    /// It is said in so many words.
    ExplicitPhrase,
    /// The customer asks what the reply means.
    AskingBack,
    /// The customer asks again what was asked before.
    RepeatedQuestion,
    /// The customer goes on in another language.
    LanguageSwitch,
    /// The customer did what was asked, or tried to, and reports that it went wrong.
    WrongStep,
    /// The customer asks for a person, or for somebody who speaks the language.
    AsksForPerson,
    /// Nothing came after the customer was asked to do something.
    SilenceAfterInstruction,
    /// The customer came back with the same within seven days.
    RepeatContact,
    /// The representative asks what was asked before.
    AsksTwice,
    /// The reply is about another product.
    OtherProduct,
    /// The message was translated again and again.
    ManyTranslations,
}

impl SignalKind {
    /// The word by which it is stored and printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExplicitPhrase => "explicit_phrase",
            Self::AskingBack => "asking_back",
            Self::RepeatedQuestion => "repeated_question",
            Self::LanguageSwitch => "language_switch",
            Self::WrongStep => "wrong_step",
            Self::AsksForPerson => "asks_for_person",
            Self::SilenceAfterInstruction => "silence_after_instruction",
            Self::RepeatContact => "repeat_contact",
            Self::AsksTwice => "asks_twice",
            Self::OtherProduct => "other_product",
            Self::ManyTranslations => "many_translations",
        }
    }

    /// A signal of this kind about a whole message.
    pub(super) fn at(
        self,
        message: usize,
        range: std::ops::Range<usize>,
        confidence: f64,
        why: impl Into<String>,
    ) -> Signal {
        let because = Because::new(self.code(), why);
        Signal { kind: self, message, start: range.start, end: range.end, because, confidence }
    }

    fn code(self) -> &'static str {
        match self {
            Self::ExplicitPhrase => "understanding.explicit_phrase",
            Self::AskingBack => "understanding.asking_back",
            Self::RepeatedQuestion => "understanding.repeated_question",
            Self::LanguageSwitch => "understanding.language_switch",
            Self::WrongStep => "understanding.wrong_step",
            Self::AsksForPerson => "understanding.asks_for_person",
            Self::SilenceAfterInstruction => "understanding.silence_after_instruction",
            Self::RepeatContact => "understanding.repeat_contact",
            Self::AsksTwice => "understanding.asks_twice",
            Self::OtherProduct => "understanding.other_product",
            Self::ManyTranslations => "understanding.many_translations",
        }
    }
}

impl fmt::Display for SignalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
