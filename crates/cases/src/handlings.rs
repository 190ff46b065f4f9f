//! How a reply came into the customer's language, as it stood when it was sent.

use kernel::{LanguageTag, MessageId};

crate::case::words! {
    /// How a reply came into the customer's language.
    Handling {
        /// A native speaker wrote it.
        Native = "native",
        /// Somebody certified bilingual wrote it.
        Bilingual = "bilingual",
        /// Somebody wrote it without a certificate that held.
        OwnLevel = "own_level",
        /// A machine translated it.
        Machine = "machine",
        /// It was written in another language than the customer's, or asks whether that will do.
        OtherLanguage = "other_language",
    }
}

impl Handling {
    /// All of them, in the order of the rule that speakers come first.
    pub const ALL: [Self; 5] =
        [Self::Native, Self::Bilingual, Self::OwnLevel, Self::Machine, Self::OtherLanguage];
}

/// How one reply was handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled {
    /// The reply.
    pub message: MessageId,
    /// How.
    pub handling: Handling,
    /// The language in which the representative wrote.
    pub own_language: LanguageTag,
    /// The customer's.
    pub customer_language: LanguageTag,
}
