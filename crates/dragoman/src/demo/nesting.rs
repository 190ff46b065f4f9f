//! Who may answer whom in the demo, since when and on what that is based; two people are in nesting.

use super::world::World;
use kernel::{ClientId, Fault, Instant, PersonId, Role};
use routing::{
    permits::{Permit, Stage},
    tables::{self as routing_tables, Skill},
};
use store::{Tx, fresh};

/// What people know, in turn.
const SKILLS: [&str; 4] = ["scooters", "kitchen machines", "batteries", "account and app"];

/// Everybody of a team holds a permit for each client that the team answers.
pub(super) fn write(tx: &mut Tx<'_>, world: &World) -> Result<(), Fault> {
    let mut held: Vec<(PersonId, ClientId)> = Vec::new();
    for engagement in &world.engagements {
        let lead =
            world.seats.iter().find(|seat| seat.team == Some(engagement.team) && seat.role == Role::TeamLead);
        for seat in world.seats.iter().filter(|seat| seat.team == Some(engagement.team)) {
            if !held.contains(&(seat.person, engagement.client)) {
                let by = lead.map(|lead| lead.person).filter(|lead| *lead != seat.person);
                let nth = held.len();
                routing_tables::add_permit(
                    tx,
                    &permit(nth, (seat.person, engagement.client), by, world.now),
                )?;
                held.push((seat.person, engagement.client));
            }
        }
    }
    skills(tx, &held, world.now)
}

fn permit(nth: usize, (person, client): (PersonId, ClientId), by: Option<PersonId>, now: Instant) -> Permit {
    let (stage, evidence, days) = match nth {
        2 => (Stage::EveryReply, "Course passed with 86 of 100; in the first week.", 9),
        5 => (Stage::Sample, "Forty replies approved in a row.", 24),
        _ => (Stage::Free, "Test passed with 91 of 100, nesting ended.", 200),
    };
    let until = if nth == 3 {
        now.plus_days(12)
    } else {
        now.plus_days(165 + i64::try_from(nth).unwrap_or_default())
    };
    Permit {
        id: fresh(),
        person,
        client,
        intent: String::new(),
        stage,
        evidence: evidence.to_owned(),
        granted_by: by,
        granted_at: now.plus_days(-days),
        until_on: Some(until.day()),
        ended: None,
    }
}

fn skills(tx: &mut Tx<'_>, held: &[(PersonId, ClientId)], now: Instant) -> Result<(), Fault> {
    for (nth, (person, _)) in held.iter().enumerate() {
        let skill = Skill {
            person: *person,
            skill: SKILLS[nth % SKILLS.len()].to_owned(),
            entered_by: None,
            entered_at: now.plus_days(-100),
            until_on: None,
        };
        routing_tables::enter_skill(tx, &skill)?;
    }
    Ok(())
}
