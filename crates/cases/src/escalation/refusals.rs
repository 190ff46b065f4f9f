//! What is refused about escalations, with stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about an escalation was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EscalationRefusal {
    /// There is no such escalation, or it isn't theirs.
    NotFound,
    /// It is over.
    Over,
    /// The case is closed.
    CaseClosed,
    /// It was answered before.
    AnsweredBefore,
    /// The step makes no sense where it stands.
    NotNow,
    /// Nobody said what is asked.
    NeedsQuestion,
    /// Nobody said what was asked for.
    NeedsInformation,
    /// Nobody said why.
    NeedsReason,
    /// An answer without words for the customer.
    NeedsAnswer,
    /// It is to end without an answer, and nobody said what was decided.
    NeedsDecision,
    /// A text is longer than anybody reads.
    TooLong,
    /// It is handed to nobody who could take it.
    NobodyToTakeIt,
    /// It is handed to an address that letters of this kind don't go to.
    WrongAddress,
    /// The time by which it is needed is over or too far ahead.
    NotATime,
    /// A field of its form can't be accepted.
    Field(String),
    /// The link doesn't open anything any more.
    LinkOver,
}

impl From<EscalationRefusal> for Refused {
    fn from(refusal: EscalationRefusal) -> Self {
        let (kind, code) = code(&refusal);
        let (sentence, hint) = words(&refusal);
        let sentence = match refusal {
            EscalationRefusal::Field(sentence) => sentence,
            _ => sentence.to_owned(),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<EscalationRefusal> for Stop {
    fn from(refusal: EscalationRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

fn code(refusal: &EscalationRefusal) -> (Kind, &'static str) {
    use EscalationRefusal as R;
    match refusal {
        R::NotFound => (Kind::NotFound, "escalation.not_found"),
        R::Over => (Kind::Conflict, "escalation.over"),
        R::CaseClosed => (Kind::Conflict, "escalation.case_closed"),
        R::AnsweredBefore => (Kind::Conflict, "escalation.answered_before"),
        R::NotNow => (Kind::Conflict, "escalation.not_now"),
        R::NeedsQuestion => (Kind::Invalid, "escalation.needs_question"),
        R::NeedsInformation => (Kind::Invalid, "escalation.needs_information"),
        R::NeedsReason => (Kind::Invalid, "escalation.needs_reason"),
        R::NeedsAnswer => (Kind::Invalid, "escalation.needs_answer"),
        R::NeedsDecision => (Kind::Invalid, "escalation.needs_decision"),
        R::TooLong => (Kind::Invalid, "escalation.too_long"),
        R::NobodyToTakeIt => (Kind::Invalid, "escalation.nobody_to_take_it"),
        R::WrongAddress => (Kind::Invalid, "escalation.wrong_address"),
        R::NotATime => (Kind::Invalid, "escalation.not_a_time"),
        R::Field(_) => (Kind::Invalid, "escalation.field"),
        R::LinkOver => (Kind::NotFound, "escalation.link_over"),
    }
}

fn words(refusal: &EscalationRefusal) -> (&'static str, &'static str) {
    use EscalationRefusal as R;
    match refusal {
        R::NotFound => ("There is no such escalation, or it isn't yours to see.", ""),
        R::Over => ("This escalation is over.", "Hand the case over again if there is more to ask."),
        R::CaseClosed => ("This case is closed, so nothing of it can be handed over.", "Reopen it first."),
        R::AnsweredBefore => {
            ("This was answered before.", "Whoever asked has the answer, and asks again if it doesn't help.")
        }
        R::NotNow => (
            "This step isn't possible where the escalation stands.",
            "Look at it again: somebody may have moved it.",
        ),
        R::NeedsQuestion => ("Nobody knows what is asked.", "Write what has to be found out or done."),
        R::NeedsInformation => ("There is no information to hand over.", "Write what was asked for."),
        R::NeedsReason => {
            ("The reason is missing.", "Write why, so that the other side knows what to change.")
        }
        R::NeedsAnswer => (
            "An answer needs words that can go to the customer.",
            "Write what the customer can be told; “see notes” is no answer.",
        ),
        R::NeedsDecision => (
            "There is no answer yet, so ending it needs a decision with its reason.",
            "Write what was decided, and why.",
        ),
        R::TooLong => (
            "This is longer than 100,000 characters.",
            "Shorten it, or send the long part as a file by mail.",
        ),
        R::NobodyToTakeIt => (
            "This can't be handed to them.",
            "Choose one of the client's specialists or vendors from the list.",
        ),
        R::WrongAddress => (
            "This isn't an address to hand a case to.",
            "Write a specialist's address, as name@example.com: neither the customer's nor a mailbox of ours.",
        ),
        R::NotATime => (
            "The time by which it is needed isn't within the next year.",
            "Choose another, or leave it empty.",
        ),
        R::Field(_) => ("", "Correct the field, or leave it empty if it isn't needed."),
        R::LinkOver => (
            "This link doesn't open anything any more.",
            "Answer the letter that it came with, or ask whoever sent it for a new one.",
        ),
    }
}
