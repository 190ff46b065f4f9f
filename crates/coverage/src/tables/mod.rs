//! The tables of coverage: who works when, who is absent, takes how many cases, is on call; whose turn it was, what was promised.

mod capacities;
mod clocks;
mod hand_overs;
mod leaves;
mod on_call;
mod pages;
mod presences;
mod shifts;
mod turns;

pub use capacities::{capacities, capacities_of, capacity, set_capacity};
pub use clocks::{
    drop_target, keep_target, measures, passed_targets, targets, targets_open, targets_open_of, undo_targets,
};
pub use hand_overs::{
    accept_hand_over, add_hand_over, asked_count, end_hand_over, given_by, hand_over, hand_overs_of,
    keep_note, lead_hand_over, offered_to, open_hand_over, open_hand_overs,
};
pub use leaves::{add_leave, end_leave, leave, leaves_between};
pub use on_call::{
    add_call_address, add_duty, call_addresses, drop_call_address, drop_duty, duties_between, duties_of,
    duty, note_trouble,
};
pub use pages::{page, pages_of_case, pages_since, put_page};
pub use presences::{presence, presences_of, set_presence};
pub use shifts::{add_shift, drop_shift, ended_between, has_roster, shift, shifts_between};
pub use turns::{add_turn, last_turn, turns};

use crate::Span;
use kernel::{Fault, Instant};
use store::Row;

fn span(row: &mut Row) -> Result<Span, Fault> {
    Ok(Span { from: row.take::<Instant>()?, until: row.take::<Instant>()? })
}
