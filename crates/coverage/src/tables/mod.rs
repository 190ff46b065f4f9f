//! The tables of coverage: who works when, who is absent, who takes new cases and how many.

mod capacities;
mod leaves;
mod presences;
mod shifts;

pub use capacities::{capacities, capacity, set_capacity};
pub use leaves::{add_leave, end_leave, leave, leaves_between};
pub use presences::{presence, presences_of, set_presence};
pub use shifts::{add_shift, drop_shift, ended_between, has_roster, shift, shifts_between};

use crate::Span;
use kernel::{Fault, Instant};
use store::Row;

fn span(row: &mut Row) -> Result<Span, Fault> {
    Ok(Span { from: row.take::<Instant>()?, until: row.take::<Instant>()? })
}
