//! Roles and places as forms offer them and send them back.

use crate::views::marks::{Choice, ChoiceGroup};
use desk::{accounts::Place, administration::SetUp};
use kernel::{Owner, Role, Stop};
use people::{PeopleRefusal, Person, SeatHeld, Team};

/// The word by which forms name ownership of the installation.
const OWNER: &str = "owner";

/// What a form asks for somebody: ownership, or a role at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// To own the installation.
    Ownership,
    /// To hold a role.
    Seat(Role, Place),
}

/// The roles that can be given to somebody new, ownership last.
pub(crate) fn roles_to_invite() -> Vec<Choice> {
    let mut roles = roles();
    roles.push(Choice::new(OWNER, "Owner of this installation"));
    roles
}

/// The roles that can be given to somebody who is here.
pub(crate) fn roles() -> Vec<Choice> {
    // What is given most often stands first.
    let order = [Role::Representative, Role::TeamLead, Role::Resolver, Role::SupportOwner];
    order.into_iter().map(|role| Choice::new(role.as_str(), role.title())).collect()
}

/// Where a role can be held: teams by partner, then clients.
pub(crate) fn places(found: &SetUp) -> Vec<ChoiceGroup> {
    let mut groups: Vec<ChoiceGroup> = found
        .partners
        .iter()
        .map(|partner| ChoiceGroup {
            heading: partner.name.clone(),
            choices: teams(found, |team| team.partner == Some(partner.id)),
        })
        .collect();
    let in_house = teams(found, |team| team.client.is_some());
    groups.push(ChoiceGroup { heading: "In-house teams".to_owned(), choices: in_house });
    let clients = found.clients.iter().map(|client| Choice::new(client.id.to_string(), &client.name));
    groups.push(ChoiceGroup {
        heading: "Clients (for support owners and resolvers)".to_owned(),
        choices: clients.collect(),
    });
    groups.retain(|group| !group.choices.is_empty());
    groups
}

/// The teams that fit, as choices.
pub(crate) fn teams(found: &SetUp, fits: impl Fn(&Team) -> bool) -> Vec<Choice> {
    let fitting = found.teams.iter().filter(|team| fits(team));
    fitting.map(|team| Choice::new(team.id.to_string(), &team.name)).collect()
}

/// What a form's role and place ask for.
///
/// # Errors
/// [`PeopleRefusal::SeatWithoutPlace`] when the two don't fit together.
pub(crate) fn wanted(role: &str, place: &str) -> Result<Wanted, Stop> {
    if role == OWNER {
        return Ok(Wanted::Ownership);
    }
    let refused = || Stop::from(PeopleRefusal::SeatWithoutPlace);
    let role: Role = role.parse().map_err(|_| refused())?;
    let place = if role.is_at_client() {
        Place::Client(place.parse().map_err(|_| refused())?)
    } else {
        Place::Team(place.parse().map_err(|_| refused())?)
    };
    Ok(Wanted::Seat(role, place))
}

/// Where a seat is, in words: "Lisbon · General", "Aurora".
pub(crate) fn seat_place(found: &SetUp, seat: &SeatHeld) -> String {
    let client = found.clients.iter().find(|client| Some(client.id) == seat.client);
    let team = found.teams.iter().find(|team| Some(team.id) == seat.team);
    match (client, team) {
        (Some(client), _) => client.name.clone(),
        (None, Some(team)) => team_name(found, team),
        (None, None) => String::new(),
    }
}

/// A team with its company: "Lisbon · General"; a client's own team says whose it is by itself.
pub(crate) fn team_name(found: &SetUp, team: &Team) -> String {
    let partner = found.partners.iter().find(|partner| Some(partner.id) == team.partner);
    partner.map_or(team.name.clone(), |partner| format!("{} · {}", partner.name, team.name))
}

/// What somebody does where, in one line.
pub(crate) fn roles_of(found: &SetUp, person: &Person) -> String {
    let seats = found.seats.iter().filter(|seat| seat.person == person.id);
    let mut words: Vec<String> =
        seats.map(|seat| format!("{}, {}", seat.role.title(), seat_place(found, seat))).collect();
    if person.owner == Owner::Yes {
        words.insert(0, "Owner of this installation".to_owned());
    }
    if words.is_empty() { "No role yet".to_owned() } else { words.join("; ") }
}
