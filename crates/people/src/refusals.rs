//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about people was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleRefusal {
    /// The address or the password is wrong. Which of the two isn't said.
    WrongPassword,
    /// Too many attempts to sign in.
    TooManyAttempts,
    /// The password is too short or too long.
    WeakPassword,
    /// The invitation was used, has expired, or never was.
    InvitationOver,
    /// Somebody with this address is there already.
    AddressTaken,
    /// There is nobody, no client, no partner, or no team like that.
    NotFound,
    /// A name is missing.
    NameMissing,
    /// The installation has an owner already.
    AlreadySetUp,
    /// The last owner can't be disabled.
    LastOwner,
    /// A role at a client needs a client, a role in a team needs a team.
    SeatWithoutPlace,
    /// Somebody's own word is to take the place of a test or a certificate.
    EvidenceIsBetter,
    /// Somebody enters evidence of their own languages.
    EvidenceNotByOneself,
    /// The day of a level's evidence is no day, or it ends before it begins.
    NotADay,
}

impl From<PeopleRefusal> for Refused {
    fn from(refusal: PeopleRefusal) -> Self {
        let (kind, code, sentence, hint) = words(refusal);
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<PeopleRefusal> for Stop {
    fn from(refusal: PeopleRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

fn words(refusal: PeopleRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use PeopleRefusal as R;
    match refusal {
        R::WrongPassword => (
            Kind::SignInNeeded,
            "person.wrong_password",
            "This address and password don't fit together.",
            "Check both, or ask the person who invited you for a new invitation.",
        ),
        R::TooManyAttempts => (
            Kind::TooMany,
            "person.too_many_attempts",
            "There were too many attempts to sign in.",
            "Wait a minute and try again.",
        ),
        R::WeakPassword => (
            Kind::Invalid,
            "person.weak_password",
            "The password must have 12 to 200 characters.",
            "A sentence of four or five words is easy to remember and hard to guess.",
        ),
        R::InvitationOver => (
            Kind::NotFound,
            "person.invitation_over",
            "This invitation has been used or has expired.",
            "Ask the person who sent it for a new one.",
        ),
        R::AddressTaken => (
            Kind::Conflict,
            "person.address_taken",
            "Somebody with this address is here already.",
            "Give that person another role instead.",
        ),
        R::NotFound => {
            (Kind::NotFound, "person.not_found", "There is nothing here, or it isn't yours to see.", "")
        }
        R::NameMissing => {
            (Kind::Invalid, "person.name_missing", "A name is missing.", "Fill it in and save again.")
        }
        R::AlreadySetUp => (
            Kind::Conflict,
            "installation.already_set_up",
            "This installation has an owner already.",
            "Sign in, or ask the owner for an invitation.",
        ),
        R::LastOwner => (
            Kind::Conflict,
            "person.last_owner",
            "This is the only owner of the installation.",
            "Make somebody else an owner first.",
        ),
        R::SeatWithoutPlace => (
            Kind::Invalid,
            "seat.without_place",
            "This role needs a place.",
            "Choose a client for a support owner or resolver, and a team for a team lead or representative.",
        ),
        R::EvidenceIsBetter | R::EvidenceNotByOneself | R::NotADay => words_of_levels(refusal),
    }
}

fn words_of_levels(refusal: PeopleRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use PeopleRefusal as R;
    match refusal {
        R::EvidenceIsBetter => (
            Kind::Conflict,
            "level.evidence_is_better",
            "There is better evidence of this language than your own word.",
            "Ask an owner to enter a new test.",
        ),
        R::EvidenceNotByOneself => (
            Kind::NotAllowed,
            "level.evidence_not_by_oneself",
            "Tests and certificates are entered by an owner.",
            "Say it as your own word, and ask an owner to enter the evidence.",
        ),
        _ => (
            Kind::Invalid,
            "level.not_a_day",
            "The day of the evidence can't be read, or it ends before it begins.",
            "Write days as 2026-05-03.",
        ),
    }
}
