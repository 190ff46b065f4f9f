//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about a case was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseRefusal {
    /// There is no such case, or it isn't theirs to see.
    NotFound,
    /// It stands there already.
    AlreadySo,
    /// A case that was taken can't become new again.
    NeverNewAgain,
    /// A message without words.
    Empty,
    /// A message longer than anybody reads.
    TooLong,
    /// The files of a reply are larger than mail servers take.
    FilesTooLarge,
    /// The reply has left, so it can't be taken back.
    TooLateToUndo,
    /// No country has these letters.
    NotACountry,
    /// Something was decided without a reason.
    ReasonMissing,
    /// The reply isn't one that failed.
    NothingToRetry,
    /// The person isn't in the team that works on the case.
    CannotBeAssigned,
    /// Only a lead gives cases to others.
    OnlyLeadsAssign,
    /// The customer has no address that a mail could go to.
    NoAddress,
    /// Mail to the customer's address came back, and nobody has cleared it.
    AddressBounced,
    /// There is nothing to clear.
    AddressIsGood,
    /// The mail isn't parked.
    NotParked,
    /// A schedule that is over or too far ahead.
    NotLater,
    /// Somebody who is to get a copy has no e-mail address.
    CopyNotAnAddress,
    /// More people are to get a copy than anybody writes to.
    TooManyCopies,
    /// Mail to somebody who is to get a copy came back.
    CopyBounced,
    /// Files have to be fetched, and nobody knows from where.
    NoPublicAddress,
    /// The reply isn't one that waits for its time.
    NotScheduled,
    /// The file can't be fetched, or not any more.
    DownloadOver,
    /// No case that they may see has this reference.
    NoSuchCase,
    /// A case is to be merged with itself.
    SameCase,
    /// The other case is another client's.
    OtherClient,
    /// The case was merged before.
    Merged,
    /// The case isn't merged into that one.
    NotMerged,
    /// The answer is for somebody who doesn't take part in the case.
    NotAParticipant,
    /// A number of days is beyond what can be kept.
    NotSoManyDays,
    /// The mail asks for answers at no other address.
    NoOtherAddress,
    /// Answers would go where a mail that looks forged asks for them.
    LooksForged,
    /// The language of a message isn't known.
    LanguageUnknown,
    /// No language is called that here.
    NotALanguage,
    /// It is in that language already.
    SameLanguage,
    /// No engine goes from one language into the other.
    NoTranslator,
    /// The reply claims to be translated and nothing was.
    NotTranslated,
    /// The translation says something else than its original.
    MeaningChanged,
    /// A translated reply touches what the client marks as risky, and nobody who reads the language has read it.
    NeedsReader,
    /// Somebody who doesn't read a language well enough is to judge a translation into it.
    CannotJudge,
}

impl From<CaseRefusal> for Refused {
    fn from(refusal: CaseRefusal) -> Self {
        let (kind, code) = code(refusal);
        Self::new(kind, code, sentence(refusal)).hint(hint(refusal))
    }
}

impl From<CaseRefusal> for Stop {
    fn from(refusal: CaseRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

/// Of what kind it is, and the name that programs know it by.
fn code(refusal: CaseRefusal) -> (Kind, &'static str) {
    use CaseRefusal as R;
    match refusal {
        R::NotFound => (Kind::NotFound, "case.not_found"),
        R::AlreadySo => (Kind::Conflict, "case.already_so"),
        R::NeverNewAgain => (Kind::Conflict, "case.never_new_again"),
        R::Empty => (Kind::Invalid, "message.empty"),
        R::TooLong => (Kind::Invalid, "message.too_long"),
        R::FilesTooLarge => (Kind::Invalid, "reply.files_too_large"),
        R::TooLateToUndo => (Kind::Conflict, "reply.too_late_to_undo"),
        R::NotACountry => (Kind::Invalid, "case.not_a_country"),
        R::ReasonMissing => (Kind::Invalid, "case.reason_missing"),
        R::NothingToRetry => (Kind::Conflict, "reply.nothing_to_retry"),
        R::CannotBeAssigned => (Kind::Invalid, "case.cannot_be_assigned"),
        R::OnlyLeadsAssign => (Kind::NotAllowed, "case.only_leads_assign"),
        R::NoAddress => (Kind::Conflict, "reply.no_address"),
        R::AddressBounced => (Kind::Conflict, "reply.address_bounced"),
        R::AddressIsGood => (Kind::Conflict, "case.address_is_good"),
        R::NotParked => (Kind::NotFound, "mail.not_parked"),
        R::NotLater => (Kind::Invalid, "reply.not_later"),
        R::CopyNotAnAddress => (Kind::Invalid, "reply.copy_not_an_address"),
        R::TooManyCopies => (Kind::Invalid, "reply.too_many_copies"),
        R::CopyBounced => (Kind::Conflict, "reply.copy_bounced"),
        R::NoPublicAddress => (Kind::Conflict, "reply.no_public_address"),
        R::NotScheduled => (Kind::Conflict, "reply.not_scheduled"),
        R::DownloadOver => (Kind::NotFound, "download.over"),
        R::NoSuchCase => (Kind::Invalid, "case.no_such_reference"),
        R::SameCase => (Kind::Invalid, "case.same_case"),
        R::OtherClient => (Kind::Invalid, "case.other_client"),
        R::Merged => (Kind::Conflict, "case.merged_before"),
        R::NotMerged => (Kind::Conflict, "case.not_merged"),
        R::NotAParticipant => (Kind::Invalid, "reply.not_a_participant"),
        R::NotSoManyDays => (Kind::Invalid, "client.not_so_many_days"),
        R::NoOtherAddress => (Kind::Conflict, "answers.no_other_address"),
        R::LooksForged => (Kind::Conflict, "answers.looks_forged"),
        R::LanguageUnknown => (Kind::Conflict, "translation.language_unknown"),
        R::NotALanguage => (Kind::Invalid, "message.not_a_language"),
        R::SameLanguage => (Kind::Conflict, "translation.same_language"),
        R::NoTranslator => (Kind::Conflict, "translation.no_engine"),
        R::NotTranslated => (Kind::Conflict, "translation.not_translated"),
        R::MeaningChanged => (Kind::Conflict, "translation.meaning_changed"),
        R::NeedsReader => (Kind::Conflict, "translation.needs_reader"),
        R::CannotJudge => (Kind::NotAllowed, "translation.cannot_judge"),
    }
}

/// What happened.
fn sentence(refusal: CaseRefusal) -> &'static str {
    use CaseRefusal as R;
    match refusal {
        R::NotFound => "There is no such case, or it isn't yours to see.",
        R::AlreadySo => "The case stands there already.",
        R::NeverNewAgain => "A case that was taken can't become new again.",
        R::Empty => "There are no words to send.",
        R::TooLong => "This is longer than 100,000 characters.",
        R::FilesTooLarge => "A reply has at most 50 files and 100 MB together.",
        R::TooLateToUndo => "The reply has left already, so it can't be taken back.",
        R::NotACountry => "No country has these letters.",
        R::ReasonMissing => "The reason is missing.",
        R::NothingToRetry => "This reply hasn't failed, so there is nothing to try again.",
        R::CannotBeAssigned => "This person doesn't work in the engagement of this case.",
        R::OnlyLeadsAssign => "Only a team lead or the client's support owner gives a case to somebody else.",
        R::NoAddress => "This customer has no e-mail address that a reply could go to.",
        R::AddressBounced => "Mail to this customer's address came back, so nothing more is sent there.",
        R::AddressIsGood => "Mail goes to this address already; there is nothing to clear.",
        R::NotParked => "This mail isn't parked, or it isn't yours to see.",
        R::NotLater => "The time to send it at isn't within the next year.",
        R::CopyNotAnAddress => "Somebody in Cc has no complete e-mail address.",
        R::TooManyCopies => "A reply goes to at most 20 people in Cc.",
        R::CopyBounced => "Mail to somebody in Cc came back, so nothing more is sent there.",
        R::NoPublicAddress => {
            "Files beyond 18 MB go as links, and this installation doesn't know its own public address."
        }
        R::NotScheduled => "This reply isn't waiting for its time any more.",
        R::DownloadOver => "This file can't be fetched any more.",
        R::NoSuchCase => "No case that you see has this reference.",
        R::SameCase => "A case can't be merged with itself.",
        R::OtherClient => "The two cases belong to different clients, so they can't be merged.",
        R::Merged => "This case was merged into another one, which holds its messages now.",
        R::NotMerged => "That case isn't merged into this one.",
        R::NotAParticipant => "The person that this answer is for doesn't take part in the case.",
        R::NotSoManyDays => "A number of days is from 0 to 3,650.",
        R::NoOtherAddress => "This mail asks for answers at no other address than its sender's.",
        R::LooksForged => "This mail looks forged, so answers don't go to the address that it names.",
        R::LanguageUnknown => "Nobody knows which language this is in.",
        R::NotALanguage => "No language is called that here.",
        R::SameLanguage => "This is in that language already.",
        R::NoTranslator => "Nothing here translates between these languages.",
        R::NotTranslated => "These words weren't translated yet.",
        R::MeaningChanged => {
            "The reply wasn't sent: the translation seems to say something else than your words."
        }
        R::NeedsReader => {
            "The reply wasn't sent: it is about what this client wants nobody to leave to a machine alone."
        }
        R::CannotJudge => "Whether this says the same is for somebody who reads the language from B2 on.",
    }
}

/// What to do next.
fn hint(refusal: CaseRefusal) -> &'static str {
    use CaseRefusal as R;
    match refusal {
        R::AlreadySo => "Somebody may have moved it a moment ago.",
        R::NeverNewAgain => "Open means that it is your side's turn.",
        R::Empty => "Write something first.",
        R::TooLong => "Shorten it, or send the long part as a file.",
        R::FilesTooLarge => {
            "Attach fewer or smaller files, or put them where the customer can fetch them and send the link."
        }
        R::TooLateToUndo => "Write a second one that puts it right.",
        R::NotACountry => "Choose one from the list.",
        R::ReasonMissing => "Say why; a sentence is enough.",
        R::CannotBeAssigned => "Choose somebody from the list.",
        R::OnlyLeadsAssign => "You can take it yourself, or give it back.",
        R::NoAddress => "Write a note for your colleagues instead.",
        R::AddressBounced => {
            "If you know that the address works, clear it on the case; otherwise ask the customer for another one."
        }
        R::NotLater => "Choose a time in the future, or send it now.",
        R::CopyNotAnAddress => "Write each as name@example.com, with commas between.",
        R::TooManyCopies => "Take some of them out.",
        R::CopyBounced => "Take the address out of Cc, or clear it on a case of that person.",
        R::NoPublicAddress => {
            "Attach less, or ask an owner to start the program with --public-url, as https://desk.example.com."
        }
        R::NotScheduled => "It may have left a moment ago: look at the case again.",
        R::DownloadOver => "Ask whoever sent you the link to send the file again.",
        R::NoSuchCase => "It looks like #K7QM-3XTP and stands beside the subject of the case.",
        R::SameCase => "Type the reference of the case that remains.",
        R::OtherClient => "A customer of two clients is two customers; answer each case by itself.",
        R::Merged => "Open that one instead.",
        R::NotMerged => "Somebody may have taken them apart a moment ago.",
        R::NotAParticipant => "Choose somebody from the list beside “To”; others can get a copy.",
        R::NotSoManyDays => "0 means never.",
        R::NoOtherAddress => "Answers go to the sender already.",
        R::LooksForged => "If you know that it is real, put the address in Cc.",
        R::LanguageUnknown => "Ask a colleague for a second reader.",
        R::NotALanguage => "Choose one from the list, as Slovenian.",
        R::SameLanguage => "Write as it is.",
        R::NoTranslator => {
            "An owner adds a model with `dragoman models`. Until then write in a language that the customer reads."
        }
        R::NotTranslated => "Translate them first.",
        R::NeedsReader => {
            "Ask somebody who reads the language to read it first, below the translation, or send an approved text."
        }
        R::CannotJudge => "Say on your account how well you read it, or leave it to somebody else.",
        R::MeaningChanged => "Correct what stands below the translation, or say that you have checked it.",
        R::NotFound | R::NothingToRetry | R::AddressIsGood | R::NotParked => "",
    }
}
