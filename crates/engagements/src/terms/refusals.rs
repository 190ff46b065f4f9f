//! What this room refuses about terms, with its stable codes.

use super::Problem;
use kernel::{Kind, Refused, Stop};

/// Why something about terms was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermsRefusal {
    /// Something is wrong with what they say.
    Problems(Vec<Problem>),
    /// The day from which they count can't be read.
    NotADay,
    /// The day from which they count is over.
    DayIsPast,
    /// They would begin after the engagement has ended, or before it begins.
    OutsideOfEngagement,
    /// A proposal waits already.
    ProposalWaits,
    /// There is no such proposal, or it was agreed on or taken back.
    NothingWaits,
    /// They may read terms, and not change them.
    NotTheirs,
    /// The other side has to agree.
    OtherSide,
    /// It says what is agreed already.
    NothingChanges,
    /// Nobody said why.
    NoReason,
    /// The list of holidays has no name, or one that is too long.
    ListName,
    /// A file of holidays can't be read; the words say where.
    Holidays(String),
    /// There is no such list.
    NoSuchList,
    /// A list is kept by terms in force.
    ListIsKept(String),
}

impl From<TermsRefusal> for Refused {
    fn from(refusal: TermsRefusal) -> Self {
        use TermsRefusal as R;
        let (kind, code, sentence, hint) = match &refusal {
            R::Problems(problems) => {
                let sentences: Vec<&str> = problems.iter().map(|problem| problem.sentence.as_str()).collect();
                (
                    Kind::Invalid,
                    "agreement.problems",
                    sentences.join(" "),
                    "Nothing was kept. Mend it and send it again.",
                )
            }
            R::NotADay => (
                Kind::Invalid,
                "agreement.not_a_day",
                "The day can’t be read.".to_owned(),
                "Write it as 2026-11-23.",
            ),
            R::DayIsPast => (
                Kind::Invalid,
                "agreement.day_is_past",
                "The day from which this would count is over.".to_owned(),
                "What was agreed isn’t changed afterwards: choose today or a later day.",
            ),
            R::OutsideOfEngagement => (
                Kind::Invalid,
                "agreement.outside_of_engagement",
                "The engagement isn’t in force on that day.".to_owned(),
                "Choose one of its days.",
            ),
            R::ProposalWaits => (
                Kind::Conflict,
                "agreement.proposal_waits",
                "Another proposal waits already.".to_owned(),
                "Agree on it or take it back first.",
            ),
            R::NothingWaits => (
                Kind::Conflict,
                "agreement.nothing_waits",
                "This proposal doesn’t wait any more: it was agreed on or taken back.".to_owned(),
                "Look at the page again.",
            ),
            other => return of_people_and_lists(other),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

fn of_people_and_lists(refusal: &TermsRefusal) -> Refused {
    use TermsRefusal as R;
    let (kind, code, sentence, hint) = match refusal {
        R::NotTheirs => (
            Kind::NotAllowed,
            "agreement.not_theirs",
            "You may read what was agreed, and not change it.".to_owned(),
            "Ask the client’s support owner or the team’s lead.",
        ),
        R::OtherSide => (
            Kind::NotAllowed,
            "agreement.other_side",
            "The other side has to agree to this.".to_owned(),
            "The client’s support owner agrees for the client, the team’s lead for the partner.",
        ),
        R::NothingChanges => (
            Kind::Invalid,
            "agreement.nothing_changes",
            "This is what is agreed already.".to_owned(),
            "Change something, or leave it as it is.",
        ),
        R::NoReason => (
            Kind::Invalid,
            "agreement.no_reason",
            "Nobody has said why.".to_owned(),
            "Write a sentence: the other side reads it before they agree.",
        ),
        R::ListName => (
            Kind::Invalid,
            "holidays.list_name",
            "The list needs a name of at most 40 letters, digits and hyphens.".to_owned(),
            "Write the country’s two letters, as DE, or those of a part of it, as DE-BE.",
        ),
        R::Holidays(words) => (
            Kind::Invalid,
            "holidays.unreadable",
            words.clone(),
            "Nothing was kept. Mend the file and bring it again.",
        ),
        R::ListIsKept(by) => (
            Kind::Conflict,
            "holidays.list_is_kept",
            format!("The list is kept by {by}."),
            "Take it out of those terms first, or take single days out of the list.",
        ),
        _ => (Kind::NotFound, "holidays.no_such_list", "There is no such list of holidays.".to_owned(), ""),
    };
    Refused::new(kind, code, sentence).hint(hint)
}

impl From<TermsRefusal> for Stop {
    fn from(refusal: TermsRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
