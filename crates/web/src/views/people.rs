//! Partners, teams and people; invitations; one person with seats.

use super::marks::{Choice, ChoiceGroup, When};
use super::shell::Shell;
use askama::Template;

/// `GET /people`.
///
/// Forms: `POST /invitations` with `email`, `name`, `role`, `place` (id of a team or client, or empty for the whole
/// installation); `POST /invitations/{invitation}/withdrawals`; `POST /partners` with `name`, `place_name`, `zone`, `team`;
/// `POST /partners/{id}/teams` with `name`.
#[derive(Debug, Clone, Template)]
#[template(path = "people.html")]
pub struct People {
    /// The frame.
    pub shell: Shell,
    /// Companies with their people: the installation's own first, then clients, then partners.
    pub companies: Vec<Company>,
    /// Invitations that nobody has accepted yet.
    pub invitations: Vec<OpenInvitation>,
    /// The invitation that was just made: its link is shown once.
    pub fresh_link: Option<FreshLink>,
    /// Roles to invite for.
    pub roles: Vec<Choice>,
    /// Where the role holds: teams and clients, grouped.
    pub places: Vec<ChoiceGroup>,
}

/// A company and its people.
#[derive(Debug, Clone)]
pub struct Company {
    /// Partner id; none for clients and for the installation itself, which can't get teams here.
    pub partner: Option<String>,
    /// Name.
    pub name: String,
    /// "partner", "client", "this installation".
    pub kind: String,
    /// Teams; people without a team stand in a team with an empty name.
    pub teams: Vec<Team>,
}

/// A team.
#[derive(Debug, Clone)]
pub struct Team {
    /// Id, or empty.
    pub id: String,
    /// Name, or empty for people without a team.
    pub name: String,
    /// Its people.
    pub people: Vec<PersonLine>,
}

/// A person in the list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Initials.
    pub initials: String,
    /// E-mail address.
    pub email: String,
    /// Roles in words.
    pub role: String,
    /// Language tags.
    pub languages: Vec<String>,
    /// Last seen, if ever.
    pub seen: Option<When>,
    /// Whether the person can't sign in any more.
    pub is_disabled: bool,
}

/// An invitation that waits.
#[derive(Debug, Clone)]
pub struct OpenInvitation {
    /// Id.
    pub id: String,
    /// To whom.
    pub email: String,
    /// "Representative in Lisbon · General".
    pub role: String,
    /// Until when it can be accepted.
    pub until: When,
}

/// A link to hand on, shown once.
#[derive(Debug, Clone)]
pub struct FreshLink {
    /// To whom.
    pub email: String,
    /// The whole address.
    pub url: String,
}

/// `GET /people/{id}`.
///
/// Forms, posts under `/people/{id}`: `/seats` with `role`, `place`; `/seats/{seat}/removals`; `/disablings`;
/// `/enablings`; `/sign-outs`; `/languages`: see [`super::levels::Levels`]; `/invitations` (a new link, for a forgotten password).
#[derive(Debug, Clone, Template)]
#[template(path = "person.html")]
pub struct Person {
    /// The frame.
    pub shell: Shell,
    /// The person.
    pub person: PersonLine,
    /// What the person may do where.
    pub seats: Vec<Seat>,
    /// Their languages.
    pub levels: super::levels::Levels,
    /// Whose customers they may answer, and what they know.
    pub permits: super::permits::HeldPermits,
    /// Roles to add.
    pub roles: Vec<Choice>,
    /// Where the role holds.
    pub places: Vec<ChoiceGroup>,
    /// How many sessions are open.
    pub sessions: u64,
    /// Whether this is the reader, who can't disable themselves.
    pub is_reader: bool,
}

/// A role somewhere.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Id.
    pub id: String,
    /// "Representative".
    pub role: String,
    /// "Lisbon · General", "Aurora", "this installation".
    pub place: String,
    /// Since when.
    pub since: When,
}
