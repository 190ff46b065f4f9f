//! What calendars, ledgers and clocks count, against known answers, oracles and properties; rosters, gaps and paging.

mod answers;
mod attendance;
mod explanation;
mod gaps;
mod hand_over;
mod icalendar;
mod lives;
mod on_call;
mod oracle;
mod refused;
mod roster;

use coverage::{Calendar, CoverageRefusal, Written};
use kernel::Instant;

/// A calendar from its JSON.
fn calendar(json: &str) -> Result<Calendar, CoverageRefusal> {
    let written: Written = serde_json::from_str(json).expect("the test writes a calendar");
    Calendar::try_from(&written)
}

fn instant(text: &str) -> Instant {
    let timestamp: jiff::Timestamp = text.parse().expect("the test writes an instant");
    timestamp.into()
}
