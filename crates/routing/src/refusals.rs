//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about permits or routing was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutingRefusal {
    /// There is nothing like that, or it isn't theirs to see.
    NotFound,
    /// Only leads grant and end permits.
    OnlyLeads,
    /// Nobody grants a permit to themselves.
    NotToOneself,
    /// The person doesn't work for this client.
    NotInTeam,
    /// The permit has ended.
    Ended,
    /// It stands there already.
    AlreadySo,
    /// The name of an intent or a skill is longer than a name.
    NameTooLong,
    /// A skill has no name.
    NameMissing,
    /// The last day is no day, or is over already.
    NotADay,
    /// Evidence or a reason is missing.
    WordsMissing,
    /// Evidence or a reason is longer than anybody reads.
    WordsTooLong,
    /// They have no permit to answer this client's customers.
    NoPermit,
    /// Somebody is to have a case who has no permit to answer it.
    CannotAnswer,
    /// Cases are given in the order of their urgency; picking one is for leads.
    NotPicked,
    /// Nothing waits that they could take.
    NothingWaits,
    /// The reply doesn't wait for approval any more.
    NotAsked,
    /// Only leads approve.
    OnlyLeadsApprove,
    /// Nobody approves their own reply.
    OwnReply,
    /// The reply waits for approval, so nothing else lets it go.
    WaitsForApproval,
}

impl From<RoutingRefusal> for Refused {
    fn from(refusal: RoutingRefusal) -> Self {
        let (kind, code, sentence, hint) = match refusal {
            RoutingRefusal::NoPermit
            | RoutingRefusal::CannotAnswer
            | RoutingRefusal::NotPicked
            | RoutingRefusal::NothingWaits
            | RoutingRefusal::NotAsked
            | RoutingRefusal::OwnReply
            | RoutingRefusal::OnlyLeadsApprove
            | RoutingRefusal::WaitsForApproval => words_of_work(refusal),
            _ => words_of_permits(refusal),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<RoutingRefusal> for Stop {
    fn from(refusal: RoutingRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

fn words_of_permits(refusal: RoutingRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use RoutingRefusal as R;
    match refusal {
        R::OnlyLeads => (
            Kind::NotAllowed,
            "permit.only_leads",
            "Permits and skills are entered by team leads and by the client’s support owner.",
            "Ask your team lead.",
        ),
        R::NotToOneself => (
            Kind::NotAllowed,
            "permit.not_to_oneself",
            "Nobody enters a permit or a skill for themselves.",
            "Ask another lead or the client’s support owner.",
        ),
        R::NotInTeam => (
            Kind::Conflict,
            "permit.not_in_team",
            "This person works in no team of yours that answers this client.",
            "Give them a role in the team first.",
        ),
        R::Ended => (Kind::Conflict, "permit.has_ended", "This permit has ended.", "Grant a new one."),
        R::AlreadySo => (Kind::Conflict, "permit.already_so", "The permit stands there already.", ""),
        R::NameTooLong => (
            Kind::Invalid,
            "permit.name_too_long",
            "The name has more than 60 characters.",
            "Choose a shorter one.",
        ),
        R::NameMissing => {
            (Kind::Invalid, "permit.name_missing", "The skill has no name.", "Fill it in and save again.")
        }
        R::NotADay => (
            Kind::Invalid,
            "permit.not_a_day",
            "The last day can’t be read, or it is over already.",
            "Write it as 2027-05-31, or leave it empty.",
        ),
        R::WordsMissing => (
            Kind::Invalid,
            "permit.words_missing",
            "It isn’t said on what this is based.",
            "Write a few words: a test, a course, cases that were read, what happened.",
        ),
        R::WordsTooLong => (
            Kind::Invalid,
            "permit.words_too_long",
            "The words are longer than 500 characters.",
            "Keep what matters; the rest can stand in a note.",
        ),
        _ => (Kind::NotFound, "permit.not_found", "There is nothing here, or it isn’t yours to see.", ""),
    }
}

fn words_of_work(refusal: RoutingRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use RoutingRefusal as R;
    match refusal {
        R::NoPermit => (
            Kind::NotAllowed,
            "permit.missing",
            "You have no permit that holds today for what this customer asks, so your reply can’t leave.",
            "Your draft is kept. Ask your team lead for a permit, or give the case back.",
        ),
        R::CannotAnswer => (
            Kind::Conflict,
            "routing.cannot_answer",
            "There is no permit that holds today for what this customer asks, so they couldn’t answer.",
            "Choose somebody who has one, or grant one first.",
        ),
        R::NotPicked => (
            Kind::NotAllowed,
            "routing.not_picked",
            "Here cases are taken in the order of their urgency; choosing one is for leads.",
            "Press “Give me my next case” in the inbox.",
        ),
        R::NothingWaits => (
            Kind::Conflict,
            "routing.nothing_waits",
            "Nothing waits now that you could take.",
            "You are asked again as soon as something does.",
        ),
        R::NotAsked => (
            Kind::Conflict,
            "approval.not_asked",
            "This reply doesn’t wait for approval any more.",
            "Look at the case: it was decided, or taken back.",
        ),
        R::OnlyLeadsApprove => (
            Kind::NotAllowed,
            "approval.only_leads",
            "Replies are approved by team leads and by the client’s support owner.",
            "Ask your team lead.",
        ),
        R::OwnReply => (
            Kind::NotAllowed,
            "approval.own_reply",
            "Nobody approves their own reply.",
            "Another lead has to look at it.",
        ),
        _ => (
            Kind::Conflict,
            "approval.waits",
            "This reply waits for approval, so it can’t be sent in another way.",
            "A lead approves it or gives it back; it can be taken back until then.",
        ),
    }
}
