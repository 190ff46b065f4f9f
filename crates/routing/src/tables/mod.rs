//! The tables of routing: permits, skills, decisions.

mod overflows;
mod permits;
mod routings;
mod skills;

pub use overflows::{KeptOverflow, keep_overflow, overflow};
pub use permits::{add_permit, end_permit, expired_since, permit, permits_of_client, permits_of_person};
pub use routings::{Routing, add_routings, given_since, last_routings, routings};
pub use skills::{Skill, drop_skill, enter_skill, skills, skills_of};
