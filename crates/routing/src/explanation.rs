//! Why this person, who else, or why nobody: everybody looked at one by one.

use crate::{Ask, Floor, PersonNumber, Rank, WhyNot, eligible};
use kernel::Instant;

/// What was decided about a case that asks something, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Whoever may take it, in the order in which they are asked; the first is given it.
    pub may: Vec<(PersonNumber, Rank)>,
    /// Whoever may not, with the first reason.
    pub may_not: Vec<(PersonNumber, WhyNot)>,
}

/// Looks at everybody for a case that asks this.
pub fn explain(floor: &Floor, ask: &Ask, now: Instant) -> Explained {
    let mut explained = Explained { may: Vec::new(), may_not: Vec::new() };
    for (number, person, presence) in floor.people() {
        match eligible(person, presence, ask, now) {
            Ok(way) => {
                let rank = Rank::new(way, person, presence, ask, floor.idleness());
                explained.may.push((number, rank));
            }
            Err(why) => explained.may_not.push((number, why)),
        }
    }
    explained.may.sort_by_key(|(number, rank)| (*rank, *number));
    explained
}
