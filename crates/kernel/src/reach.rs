//! Who asks, and what they may see. Seeing is a right, so every read of client data takes a [`Reach`].

use crate::{ClientId, EngagementId, PersonId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a person does at a client or in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the outcome at the client; sees everything of their own customers.
    SupportOwner,
    /// The client's own specialist, who answers the cases assigned to them.
    Resolver,
    /// Leads a team: sees its queue, assigns, coaches.
    TeamLead,
    /// Answers customers.
    Representative,
}

impl Role {
    /// Every role, in the order in which people read them.
    pub const ALL: [Self; 4] = [Self::SupportOwner, Self::Resolver, Self::TeamLead, Self::Representative];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SupportOwner => "support_owner",
            Self::Resolver => "resolver",
            Self::TeamLead => "team_lead",
            Self::Representative => "representative",
        }
    }

    /// The words on a page.
    pub fn title(self) -> &'static str {
        match self {
            Self::SupportOwner => "Support owner",
            Self::Resolver => "Resolver",
            Self::TeamLead => "Team lead",
            Self::Representative => "Representative",
        }
    }

    /// The role belongs to a client; otherwise to a team.
    pub fn is_at_client(self) -> bool {
        matches!(self, Self::SupportOwner | Self::Resolver)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is no role.
#[derive(Debug, thiserror::Error)]
#[error("There is no role `{0}`.")]
pub struct NoSuchRole(String);

impl FromStr for Role {
    type Err = NoSuchRole;
    fn from_str(word: &str) -> Result<Self, NoSuchRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == word).ok_or_else(|| NoSuchRole(word.to_owned()))
    }
}

/// How much of an engagement's cases a seat shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of them.
    Whole,
    /// Only those assigned to the person.
    Assigned,
}

/// One engagement in which the person has a role now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The client whose data it is.
    pub client: ClientId,
    /// The engagement that lets the person in.
    pub engagement: EngagementId,
    /// What they do there.
    pub role: Role,
}

impl Seat {
    /// How much of the engagement's cases the seat shows.
    pub fn sight(&self) -> Sight {
        if self.role == Role::Resolver { Sight::Assigned } else { Sight::Whole }
    }
}

/// Who asks and what they may see, at one instant.
///
/// Made only by the `people` room, from a session and the engagements in force (a `tidy` test keeps it so).
#[derive(Clone, Debug)]
pub struct Reach {
    person: PersonId,
    owner: bool,
    seats: Vec<Seat>,
}

impl Reach {
    /// The reach of a person who holds these seats now. `owner` says that they own the installation.
    pub fn of(person: PersonId, owner: Owner, seats: Vec<Seat>) -> Self {
        Self { person, owner: owner == Owner::Yes, seats }
    }

    /// Who asks.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// They own the installation: they set up clients, people and engagements. It opens no case.
    pub fn owns_installation(&self) -> bool {
        self.owner
    }

    /// The seats, one for each engagement and role.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The clients they may know of, each once.
    pub fn clients(&self) -> Vec<ClientId> {
        let mut clients: Vec<ClientId> = self.seats.iter().map(|seat| seat.client).collect();
        clients.sort();
        clients.dedup();
        clients
    }

    /// The engagements whose cases they may see, each once, with the widest sight they have there.
    pub fn engagements(&self) -> Vec<(EngagementId, Sight)> {
        let mut seen: Vec<(EngagementId, Sight)> = Vec::new();
        for seat in &self.seats {
            match seen.iter_mut().find(|(engagement, _)| *engagement == seat.engagement) {
                Some((_, sight)) if seat.sight() == Sight::Whole => *sight = Sight::Whole,
                Some(_) => {}
                None => seen.push((seat.engagement, seat.sight())),
            }
        }
        seen
    }

    /// They may see a case of this engagement that is assigned to `assignee`.
    pub fn sees(&self, engagement: EngagementId, assignee: Option<PersonId>) -> bool {
        self.engagements().into_iter().any(|(seen, sight)| {
            seen == engagement && (sight == Sight::Whole || assignee == Some(self.person))
        })
    }

    /// They hold this role at this client.
    pub fn is(&self, role: Role, client: ClientId) -> bool {
        self.seats.iter().any(|seat| seat.role == role && seat.client == client)
    }

    /// They lead work in this engagement: its team's lead, or the client's support owner.
    pub fn leads(&self, engagement: EngagementId) -> bool {
        let leads = |role| matches!(role, Role::TeamLead | Role::SupportOwner);
        self.seats.iter().any(|seat| seat.engagement == engagement && leads(seat.role))
    }
}

/// Whether a person owns the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// They own it.
    Yes,
    /// They don't.
    No,
}
