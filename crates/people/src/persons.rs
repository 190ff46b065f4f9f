//! Rule: persons, the seats that they hold, and their sessions, as plain values.

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
    /// The languages that they speak.
    pub languages: Vec<LanguageTag>,
    /// Single-key shortcuts are on for them.
    pub uses_shortcuts: bool,
    /// They have chosen a password, so they can sign in.
    pub has_password: bool,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<Instant>,
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
