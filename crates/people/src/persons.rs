//! Rule: persons, the seats that they hold, and their sessions, as plain values.

use crate::levels::{self, JUDGES_FROM, READS_FROM, Spoken, Standing};
use kernel::{ClientId, EmailAddress, Instant, LanguageTag, Owner, PersonId, Role, SeatId, TeamId};

/// Somebody who signs in. One record, whatever number of clients they work for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The address that they sign in with.
    pub email: EmailAddress,
    /// Whether they own the installation.
    pub owner: Owner,
    /// Their languages, the best read first.
    pub languages: Vec<Spoken>,
    /// Single-key shortcuts are on for them.
    pub uses_shortcuts: bool,
    /// They have chosen a password, so they can sign in.
    pub has_password: bool,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<Instant>,
}

impl Person {
    /// The language as they know it; none where nothing is said of it.
    pub fn spoken(&self, language: &LanguageTag) -> Option<&Spoken> {
        levels::of(&self.languages, language)
    }

    /// The languages that they read, the best first; English for whoever named none.
    pub fn reading_languages(&self) -> Vec<LanguageTag> {
        if self.languages.is_empty() {
            return "en".parse().into_iter().collect();
        }
        let read = self.languages.iter().filter(|spoken| spoken.reading >= READS_FROM);
        read.map(|spoken| spoken.language.clone()).collect()
    }

    /// They read what customers write in a language, by themselves.
    pub fn reads(&self, language: &LanguageTag) -> bool {
        self.reading_languages().iter().any(|known| known.is_same_language(language))
    }

    /// They read a language so well that they can say whether two texts mean the same.
    pub fn judges(&self, language: &LanguageTag) -> bool {
        self.spoken(language).is_some_and(|spoken| spoken.reading >= JUDGES_FROM)
    }

    /// They write to customers in a language, by themselves.
    pub fn writes(&self, language: &LanguageTag, today: &str) -> bool {
        self.standing(language, today) <= Standing::Writes
    }

    /// What they can do for a customer in a language on this day. Whoever named no language answers in English.
    pub fn standing(&self, language: &LanguageTag, today: &str) -> Standing {
        let assumed = self.languages.is_empty() && language.primary() == "en";
        match self.spoken(language) {
            Some(spoken) => spoken.standing(today),
            None if assumed => Standing::Writes,
            None => Standing::None,
        }
    }
}

/// A role that a person holds, at a client or in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatHeld {
    /// The seat.
    pub id: SeatId,
    /// Who holds it.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// The client, for a client's own people.
    pub client: Option<ClientId>,
    /// The team, for those who work in one.
    pub team: Option<TeamId>,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its token: names it without opening it.
    pub token_hash: String,
    /// Who is signed in.
    pub person: PersonId,
    /// Since when.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// The browser, as it named itself.
    pub device: String,
}
