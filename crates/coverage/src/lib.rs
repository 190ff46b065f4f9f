//! Coverage: when somebody is there. Calendars of service hours, the clocks that run in them, and whose turn it is.
//!
//! A [`Calendar`] says when a desk is open, in its own zone and in real elapsed time. [`Ledger`] gives every second of a case to one
//! party, and a [`Clock`] counts those that a promise is about: when it is [`Due`], with the reasons.

mod attendance;
mod calendar;
mod clock;
mod duties;
mod explanation;
mod gaps;
pub mod hand_over;
mod ledger;
pub mod on_call;
mod promise;
mod refusals;
mod roster;
mod roster_refusals;
pub mod tables;
mod target;

pub use attendance::{
    CHATS_AT_ONCE, Leave, LeaveKind, MAILS_AT_ONCE, Presence, ShiftEntry, ShiftSource, joined, on_shift,
    there, usual_capacity, without,
};
pub use calendar::{Calendar, Closed, Closing, Holiday, Span, Written};
pub use clock::{Clock, Due, Standing, Step};
pub use duties::{CallAddress, CallWay, KeptPage, LONGEST_DUTY, MOST_LEVELS, OnCallDuty};
pub use explanation::{Wall, explain, how_long, of_whom, why};
pub use gaps::{Gap, Need, There, by_step, gaps};
pub use kernel::{Counted, Metric, Party};
pub use ledger::{Ledger, Turn};
pub use promise::Happened;
pub use refusals::CoverageRefusal;
pub use roster::{Imported, LONGEST_SHIFT, Problem, Roster, Shift, Unfit, drawn, from_csv, from_icalendar};
pub use roster_refusals::RosterRefusal;
pub use target::{KeptStanding, Target};
