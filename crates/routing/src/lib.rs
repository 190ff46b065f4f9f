//! Routing: who takes a case, and why.
//!
//! [`eligible`] says whether somebody may take a case at all, [`Rank`] who of them is asked first, [`Urgency`] which of the waiting cases
//! somebody takes who becomes free. A [`Floor`] keeps who is there and what waits, and applies the three as things happen. The same
//! events in the same order give the same decisions; [`explain`] says for one case why this person, who else, or why nobody.

mod choosing;
mod eligibility;
mod explanation;
mod facts;
mod floor;
mod overflow;
pub mod permits;
mod queue;
mod reasons;
mod refusals;
pub mod tables;

pub use choosing::{Idleness, Rank, Takeable, Urgency, most_pressing};
pub use eligibility::{Way, WhyNot, eligible};
pub use explanation::{Explained, explain};
pub use facts::{Ask, Clients, Countries, Languages, Person, Policy, Presence, Skills, Translation};
pub use floor::{Assignment, CaseNumber, Floor, PersonNumber};
pub use overflow::{Overflow, OverflowRule, Stream};
pub use queue::Line;
pub use reasons::{Reasons, Told, why_nobody};
pub use refusals::RoutingRefusal;
