//! Hand-over at the end of a shift: a case, its clock and its promises go to somebody who accepts them by name. What nobody accepts in
//! time goes to the lead: a case that belongs to a team belongs to nobody.

mod note;
mod offered;
mod refusals;

pub use note::{Added, LONGEST_WORDS, Next, Note, Promise, Tried, Waiting};
pub use offered::{Offered, Seam, Talk};
pub use refusals::HandOverRefusal;

use kernel::{Because, Instant, PersonId};
use std::time::Duration;

/// How long is waited for somebody to accept.
pub const ACCEPTED_WITHIN: Duration = Duration::from_secs(600);

kernel::worded! {
    /// Whether the two talk, or a note is enough.
    Warmth {
        /// They talk.
        Warm = "warm" "Talk to each other",
        /// The note is read.
        Cold = "cold" "The note is enough",
    }
}

store::text_column!(Warmth);
store::text_param!(Warmth);

/// What decides whether they talk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Everything stands still for the customer.
    pub is_top_priority: bool,
    /// The customer has said that they are angry, or was offended.
    pub is_angry: bool,
    /// The customer needs special care.
    pub is_vulnerable: bool,
    /// Something was promised for before the next shift ends.
    pub promised_tonight: bool,
}

/// A case on its way from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Who gives it; nobody where it was nobody's.
    pub from: Option<PersonId>,
    /// To whom it is offered; to everybody who could take it where nobody is named.
    pub to: Option<PersonId>,
    /// The lead, who has it when nobody accepts; none where no lead is known.
    pub lead: Option<PersonId>,
    /// Since when.
    pub offered_at: Instant,
    /// Who has accepted it, and when.
    pub accepted: Option<(PersonId, Instant)>,
}

/// Whose the case is during a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Still theirs who gives it.
    Giver(Option<PersonId>),
    /// The lead's, since an instant: nobody has accepted it in time.
    Lead(PersonId, Instant),
    /// Theirs who have accepted it.
    Taker(PersonId),
}

/// Why somebody can't accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOffered {
    /// It was offered to somebody else, who still has time.
    ToAnother(PersonId),
    /// Somebody has accepted it.
    Accepted(PersonId),
    /// They would give it to themselves.
    ToOneself,
}

impl HandOver {
    /// Whose the case is.
    pub fn holder(&self, now: Instant) -> Holder {
        match self.accepted {
            Some((by, _)) => Holder::Taker(by),
            None => match self.lead.filter(|_| now >= self.late_at()) {
                Some(lead) => Holder::Lead(lead, self.late_at()),
                None => Holder::Giver(self.from),
            },
        }
    }

    /// When the lead has it, if nobody accepts before.
    pub fn late_at(&self) -> Instant {
        self.offered_at.plus(ACCEPTED_WITHIN)
    }

    /// Somebody accepts. The lead may at any time; anybody may once it is late.
    ///
    /// # Errors
    /// [`NotOffered`], and nothing changes.
    pub fn accept(&mut self, by: PersonId, now: Instant) -> Result<(), NotOffered> {
        match (self.accepted, self.to) {
            (Some((first, _)), _) if first == by => return Ok(()),
            (Some((first, _)), _) => return Err(NotOffered::Accepted(first)),
            _ if Some(by) == self.from => return Err(NotOffered::ToOneself),
            (None, Some(to)) if to != by && Some(by) != self.lead && now < self.late_at() => {
                return Err(NotOffered::ToAnother(to));
            }
            _ => {}
        }
        self.accepted = Some((by, now));
        Ok(())
    }
}

/// Whether the two should talk, and why.
pub fn warmth(circumstances: &Circumstances) -> (Warmth, Because) {
    let Circumstances { is_top_priority, is_angry, is_vulnerable, promised_tonight } = *circumstances;
    let (code, sentence) = match () {
        () if is_top_priority => {
            ("handover.top_priority", "Everything stands still for the customer: talk to each other.")
        }
        () if is_vulnerable => {
            ("handover.vulnerable", "The customer needs special care: talk to each other.")
        }
        () if is_angry => ("handover.angry", "The customer is angry: talk to each other."),
        () if promised_tonight => {
            ("handover.promised", "Something was promised for the coming shift: talk to each other.")
        }
        () => return (Warmth::Cold, Because::new("handover.note", "The note is enough.")),
    };
    (Warmth::Warm, Because::new(code, sentence))
}
