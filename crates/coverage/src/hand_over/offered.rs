//! A hand-over as it is kept: from where to where, with the note, and what became of it.

use super::{HandOver, Holder, Note, Warmth};
use kernel::{Because, CaseId, EngagementId, HandOverId, Instant, PersonId};

kernel::worded! {
    /// Where a case changes hands.
    Seam {
        /// A shift ends.
        ShiftEnd = "shift_end" "End of a shift",
        /// The hours of those who had it end, and others answer after hours.
        TakeOver = "take_over" "Take-over after hours",
        /// The hours of those who had it begin again.
        HandBack = "hand_back" "Hand-back in the morning",
        /// Somebody gives it away.
        ByHand = "by_hand" "Handed over by hand",
    }
}

kernel::worded! {
    /// How the two came to speak, where they were to talk.
    Talk {
        /// They talked.
        Talked = "talked" "We talked",
        /// The giver couldn't be reached, so the note had to do.
        NotReached = "not_reached" "They couldn’t be reached; I have read the note",
    }
}

store::text_column!(Seam);
store::text_param!(Seam);
store::text_column!(Talk);
store::text_param!(Talk);

/// A case that is, or was, on its way from one to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The hand-over.
    pub id: HandOverId,
    /// The case.
    pub case: CaseId,
    /// Where it changes hands.
    pub seam: Seam,
    /// Who gives it to whom, since when.
    pub over: HandOver,
    /// The engagement that it comes from.
    pub from_engagement: EngagementId,
    /// The engagement that it goes to.
    pub to_engagement: EngagementId,
    /// What the giver leaves behind.
    pub note: Note,
    /// Whether the two talk.
    pub warmth: Warmth,
    /// Why so.
    pub because: Because,
    /// When the lead got it.
    pub led_at: Option<Instant>,
    /// How they came to speak.
    pub talk: Option<Talk>,
    /// When it ended without being accepted.
    pub ended_at: Option<Instant>,
}

impl Offered {
    /// Somebody can still accept it.
    pub fn is_open(&self) -> bool {
        self.over.accepted.is_none() && self.ended_at.is_none()
    }

    /// Whose the case is by this hand-over, as far as it has been carried out.
    pub fn held_by(&self) -> Option<PersonId> {
        match self.led_at {
            Some(_) if self.over.accepted.is_none() => self.over.lead,
            _ => match self.over.holder(self.over.offered_at) {
                Holder::Taker(taker) => Some(taker),
                Holder::Giver(giver) => giver,
                Holder::Lead(lead, _) => Some(lead),
            },
        }
    }

    /// Somebody is asked by it now: whoever is named, everybody where nobody is, and everybody once it is late.
    pub fn asks(&self, person: PersonId, now: Instant) -> bool {
        let mut over = self.over;
        self.is_open() && over.accept(person, now).is_ok()
    }
}
