//! What is refused about rosters, absences and calls, with its stable codes.

use crate::Unfit;
use kernel::{Kind, Refused, Stop};

/// Why something about a roster was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterRefusal {
    /// There is none, or it isn't theirs to see.
    NotFound,
    /// It isn't theirs to change.
    OnlyLeadsPlan,
    /// A shift that nobody can work.
    Unfit(Unfit),
    /// A time or a zone that can't be read, in words.
    Unreadable(String),
    /// The person isn't in the team.
    NotInTeam,
    /// Nothing in a file could be read, in words.
    NothingRead(String),
    /// The file is too large.
    TooLarge,
    /// An absence that ends before it begins.
    AbsenceEndsFirst,
    /// Nobody is on call like that: a duty that ends before it begins, or lasts longer than a month.
    DutyUnfit,
    /// No such level of an on-call rota.
    NoSuchLevel,
    /// An address at which nobody can be called, in words.
    NoCallAddress(String),
    /// The engagement's terms name no levels, so nobody is called.
    NoOnCall,
    /// They may not say that a case is one for which people are called.
    MayNotDeclare,
    /// They weren't called.
    NotCalled,
    /// Somebody else has it already.
    Acknowledged(String),
}

impl From<RosterRefusal> for Refused {
    fn from(refusal: RosterRefusal) -> Self {
        use RosterRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::NotFound => {
                (Kind::NotFound, "roster.not_found", "There is nothing here, or it isn’t yours to see.".into(), "")
            }
            R::OnlyLeadsPlan => (
                Kind::NotAllowed,
                "roster.only_leads_plan",
                "A roster is drawn by the team’s lead, an owner, or the support owner of the client whose own team it is.".into(),
                "Ask one of them.",
            ),
            R::Unfit(unfit) => (Kind::Invalid, "roster.unfit", unfit.to_string(), "Nothing was changed."),
            R::Unreadable(sentence) => (Kind::Invalid, "roster.unreadable", sentence, "Nothing was changed."),
            R::NotInTeam => (
                Kind::Invalid,
                "roster.not_in_team",
                "This person isn’t in the team.".into(),
                "Give them a role in it first.",
            ),
            R::NothingRead(sentence) => (
                Kind::Invalid,
                "roster.nothing_read",
                format!("Nothing in the file could be taken over. {sentence}"),
                "Put the file right and choose it again. Nothing was changed.",
            ),
            R::TooLarge => (
                Kind::Invalid,
                "roster.too_large",
                "The file is larger than 20 MB.".into(),
                "Bring it in as several smaller files.",
            ),
            R::AbsenceEndsFirst => (
                Kind::Invalid,
                "roster.absence_ends_first",
                "The absence ends before it begins, or lasts longer than a year.".into(),
                "Choose a later end.",
            ),
            other => return of_calls(other),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

fn of_calls(refusal: RosterRefusal) -> Refused {
    use RosterRefusal as R;
    let (kind, code, sentence, hint) = match refusal {
        R::DutyUnfit => (
            Kind::Invalid,
            "on_call.unfit",
            "The duty ends before it begins, or lasts longer than 31 days.".into(),
            "Part a longer one in weeks.",
        ),
        R::NoSuchLevel => (
            Kind::Invalid,
            "on_call.no_such_level",
            "The level is a number from 1 to 9.".into(),
            "Level 1 is called first.",
        ),
        R::NoCallAddress(sentence) => {
            (Kind::Invalid, "on_call.no_address", sentence, "Correct the address and save it again.")
        }
        R::NoOnCall => (
            Kind::Conflict,
            "on_call.none",
            "Nobody is called in this engagement: its terms name no levels.".into(),
            "Agree on levels in the engagement’s terms.",
        ),
        R::MayNotDeclare => (
            Kind::NotAllowed,
            "on_call.may_not_declare",
            "The engagement’s terms say who may call people to a case, and your role isn’t among them."
                .into(),
            "Ask somebody who may.",
        ),
        R::Acknowledged(name) => {
            (Kind::Conflict, "on_call.acknowledged", format!("{name} has taken it already."), "")
        }
        _ => (
            Kind::NotAllowed,
            "on_call.not_called",
            "You weren’t called to this case.".into(),
            "Whoever was called acknowledges it.",
        ),
    };
    Refused::new(kind, code, sentence).hint(hint)
}

impl From<RosterRefusal> for Stop {
    fn from(refusal: RosterRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
