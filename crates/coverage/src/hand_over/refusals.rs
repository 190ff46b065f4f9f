//! What is refused at the seam, with its stable codes.

use super::NotOffered;
use kernel::{Kind, Refused, Stop};

/// Why something about a hand-over was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverRefusal {
    /// There is no such hand-over, or it isn't theirs to see.
    NoSuchHandOver,
    /// The case is offered to somebody else, who still has time.
    OfferedToAnother,
    /// Somebody else has accepted it.
    AlreadyAccepted,
    /// They would accept from themselves.
    OwnHandOver,
    /// It isn't offered any more.
    HandOverEnded,
    /// The two are to talk first.
    NotTalked,
    /// They may not answer this client's customers; why stands in it.
    MayNotTake(String),
    /// The case is offered already.
    AlreadyOffered,
    /// A case with an outcome is handed to nobody.
    NothingToHandOver,
    /// More words than anybody reads at the seam.
    NoteTooLong,
    /// A note without words.
    NoteEmpty,
}

impl From<HandOverRefusal> for Refused {
    fn from(refusal: HandOverRefusal) -> Self {
        use HandOverRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::OfferedToAnother => (
                Kind::Conflict,
                "hand_over.to_another",
                "The case is offered to somebody else, who still has time to accept it.",
                "If nobody has after ten minutes, you can.",
            ),
            R::AlreadyAccepted => (
                Kind::Conflict,
                "hand_over.accepted",
                "Somebody else has accepted the case.",
                "The list of hand-overs says who.",
            ),
            R::OwnHandOver => (
                Kind::Conflict,
                "hand_over.own",
                "You are giving this case, so you can’t accept it.",
                "Keep it instead, if nobody is to have it.",
            ),
            R::HandOverEnded => (
                Kind::Conflict,
                "hand_over.ended",
                "The case isn’t offered any more.",
                "The list says what is.",
            ),
            R::NotTalked => (
                Kind::Invalid,
                "hand_over.talk_first",
                "The two of you are to talk about this case first.",
                "Talk to each other, then say that you did, or that they couldn’t be reached.",
            ),
            R::MayNotTake(why) => return may_not_take(&why),
            R::AlreadyOffered => (
                Kind::Conflict,
                "hand_over.offered",
                "The case is offered already.",
                "Add to its note, or keep the case first.",
            ),
            R::NothingToHandOver => (
                Kind::Conflict,
                "hand_over.nothing",
                "The case is closed, so there is nothing to hand over.",
                "Reopen it first.",
            ),
            R::NoteTooLong => (
                Kind::Invalid,
                "hand_over.too_long",
                "That is more than anybody reads at the seam.",
                "Shorten it.",
            ),
            R::NoteEmpty => {
                (Kind::Invalid, "hand_over.empty", "There are no words.", "Write what is to be added.")
            }
            R::NoSuchHandOver => (Kind::NotFound, "hand_over.not_found", "There is no such hand-over.", ""),
        };
        Refused::new(kind, code, sentence).hint(hint)
    }
}

fn may_not_take(why: &str) -> Refused {
    let sentence = format!("You may not answer this client’s customers now. {why}");
    Refused::new(Kind::NotAllowed, "hand_over.may_not_take", sentence)
        .hint("Ask your lead for a permit, or leave it to somebody who has one.")
}

impl From<HandOverRefusal> for Stop {
    fn from(refusal: HandOverRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<NotOffered> for HandOverRefusal {
    fn from(why: NotOffered) -> Self {
        match why {
            NotOffered::ToAnother(_) => Self::OfferedToAnother,
            NotOffered::Accepted(_) => Self::AlreadyAccepted,
            NotOffered::ToOneself => Self::OwnHandOver,
        }
    }
}
