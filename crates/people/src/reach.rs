//! Rule: what a person may see, from the seats that they hold and the engagements in force.

use crate::{Person, SeatHeld};
use kernel::{ClientId, EngagementId, Reach, Role, Seat, TeamId};

/// An engagement as reach needs it: whose data it opens, and to which team, if it does so now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// The engagement.
    pub engagement: EngagementId,
    /// Whose data it is.
    pub client: ClientId,
    /// The team that it lets in.
    pub team: TeamId,
    /// It is in force now. One that isn't opens nothing to its team, but its cases stay the client's.
    pub in_force: InForce,
}

/// Whether an engagement is in force now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InForce {
    /// It is.
    Yes,
    /// It is over, or hasn't begun.
    No,
}

/// The reach of a person: a seat in a team opens the engagements in force of that team; a seat at a client opens all of the
/// client's engagements, those that are over included, because the data is the client's.
pub fn reach(person: &Person, held: &[SeatHeld], doors: &[Door]) -> Reach {
    let opened = held.iter().flat_map(|seat| {
        let opens = move |door: &&Door| opens(seat, door);
        doors.iter().filter(opens).map(|door| seat_at(door, seat.role))
    });
    Reach::of(person.id, person.owner, opened.collect())
}

fn opens(seat: &SeatHeld, door: &Door) -> bool {
    match (seat.client, seat.team) {
        (Some(client), _) => client == door.client,
        (_, Some(team)) => team == door.team && door.in_force == InForce::Yes,
        _ => false,
    }
}

fn seat_at(door: &Door, role: Role) -> Seat {
    Seat { client: door.client, engagement: door.engagement, role }
}
