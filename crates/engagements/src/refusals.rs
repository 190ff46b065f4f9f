//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about an engagement was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngagementRefusal {
    /// A day isn't written as `2026-11-23`.
    NotADay,
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// There is no such engagement, or it isn't theirs to see.
    NotFound,
    /// The zone isn't in the IANA database.
    UnknownZone,
    /// The address is another mailbox's.
    AddressTaken,
    /// The address isn't an e-mail address.
    NotAnAddress,
    /// A part of a mail account's description is missing or can't be read.
    AccountIncomplete,
    /// The password would cross the network in the clear.
    AccountInTheClear,
    /// Mails are to be moved to no folder, or to the one that they are in.
    MovesNowhere,
    /// It has no mail account.
    NoAccount,
    /// An account that signs in with a password has none.
    NoPassword,
    /// It has ended already.
    Over,
    /// The client's own engagement can't be cut: somebody must be there for its customers.
    InHouseStays,
    /// A form names a way to write senders that there isn't.
    UnknownSenderName,
    /// A signature longer than anybody reads.
    SignatureTooLong,
    /// A signature names what can't be filled in.
    UnknownPlaceholder,
    /// Not a number of letters a day.
    NotADailyLimit,
    /// Host or port of a mail server can't be read.
    ServerIncomplete,
    /// A kept password isn't sent to another server.
    PasswordForOtherServer,
    /// Nobody sends in the name of this domain here.
    NoSuchDomain,
    /// A form names a method of signing that there isn't.
    UnknownMethod,
    /// A domain has no such key.
    NoSuchKey,
    /// A key was made already and waits for its record.
    KeyWaits,
    /// A key that signs isn't forgotten.
    KeySigns,
    /// A key's private half can't be opened.
    KeyIsLost,
    /// There is no such engine.
    NoSuchEngine,
    /// A form names a kind of engine that there isn't.
    UnknownEngineKind,
    /// An engine needs a name and a country.
    EngineUnnamed,
    /// An engine's address can't be read.
    EngineAddress,
    /// Texts would cross the network in the clear.
    EngineInTheClear,
    /// An engine needs the name of a model.
    EngineModel,
    /// Not a number of seconds.
    EngineTime,
    /// Not a number of characters.
    EngineBudget,
    /// An engine needs its key again.
    EngineKey,
}

impl From<EngagementRefusal> for Refused {
    fn from(refusal: EngagementRefusal) -> Self {
        use EngagementRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::NotADay => {
                (Kind::Invalid, "engagement.not_a_day", "A day can't be read.", "Write it as 2026-11-23.")
            }
            R::EndsBeforeItBegins => (
                Kind::Invalid,
                "engagement.ends_before_it_begins",
                "The last day is before the first.",
                "Change one of the two, or leave the last day empty.",
            ),
            R::NotFound => (
                Kind::NotFound,
                "engagement.not_found",
                "There is no such engagement, or it isn't yours to see.",
                "",
            ),
            R::UnknownZone => (
                Kind::Invalid,
                "engagement.unknown_zone",
                "This time zone isn't known.",
                "Use a name of the IANA database, as Europe/Berlin.",
            ),
            R::AddressTaken => (
                Kind::Conflict,
                "mailbox.address_taken",
                "This address belongs to another mailbox.",
                "Each address leads to one client.",
            ),
            R::NotAnAddress => (
                Kind::Invalid,
                "mailbox.not_an_address",
                "This is not an e-mail address.",
                "It should look like help@example.com.",
            ),
            R::AccountIncomplete | R::AccountInTheClear | R::MovesNowhere | R::NoAccount | R::NoPassword => {
                return about_account(refusal);
            }
            R::NoSuchDomain | R::UnknownMethod | R::NoSuchKey | R::KeyWaits | R::KeySigns | R::KeyIsLost => {
                return about_domain(refusal);
            }
            R::Over => (Kind::Conflict, "engagement.over", "This engagement has ended already.", ""),
            R::InHouseStays => (
                Kind::Conflict,
                "engagement.in_house_stays",
                "A client's own engagement can't be ended.",
                "When a partner's engagement ends, its mail falls back to this one.",
            ),
            other => of_identities(other),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

fn of_identities(refusal: EngagementRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use EngagementRefusal as R;
    match refusal {
        R::SignatureTooLong => (
            Kind::Invalid,
            "signature.too_long",
            "The signature is longer than 2,000 characters.",
            "Shorten it; long conditions are better linked.",
        ),
        R::UnknownPlaceholder => (
            Kind::Invalid,
            "signature.unknown_placeholder",
            "The signature names something in braces that can't be filled in.",
            "There are {name}, {first_name}, {company} and {address}.",
        ),
        R::NotADailyLimit => (
            Kind::Invalid,
            "mailbox.not_a_daily_limit",
            "The letters a day aren't a number between 1 and 100,000.",
            "2,000 is usual; ask your mail provider how many it allows.",
        ),
        R::PasswordForOtherServer => (
            Kind::Invalid,
            "relay.password_for_other",
            "The kept password belongs to another mail server or user.",
            "Type the password of this one.",
        ),
        R::ServerIncomplete => (
            Kind::Invalid,
            "relay.incomplete",
            "The host or the port can't be read.",
            "The host looks like smtp.example.com, the port is usually 587.",
        ),
        R::UnknownSenderName => (
            Kind::Invalid,
            "mailbox.unknown_sender_name",
            "The form names a way to write senders that there isn't.",
            "Load the page again and choose one of the list.",
        ),
        about_an_engine => of_engines(about_an_engine),
    }
}

/// What is refused of a mail account.
fn about_account(refusal: EngagementRefusal) -> Refused {
    use EngagementRefusal as R;
    let (kind, code, sentence, hint) = match refusal {
        R::AccountIncomplete => (
            Kind::Invalid,
            "mailbox.account_incomplete",
            "The host, the port or the user name can't be read.",
            "The host looks like imap.example.com, the port is usually 993.",
        ),
        R::AccountInTheClear => (
            Kind::Invalid,
            "mailbox.account_in_the_clear",
            "The password and the mail would cross the network in the clear.",
            "Choose TLS or STARTTLS. No encryption is for a server on this machine only.",
        ),
        R::MovesNowhere => (
            Kind::Invalid,
            "mailbox.moves_nowhere",
            "The mails have to be moved to another folder than the one they come from.",
            "Name a folder, as Done, or choose another step.",
        ),
        R::NoAccount => (
            Kind::Conflict,
            "mailbox.no_account",
            "No account is named from which this mailbox's mail could be fetched.",
            "Fill in the form first.",
        ),
        _ => (
            Kind::Invalid,
            "mailbox.no_password",
            "The password is missing.",
            "Enter it. For another host, user or way of signing in, the old one isn't used again.",
        ),
    };
    Refused::new(kind, code, sentence).hint(hint)
}

/// What is refused of a sending domain.
fn about_domain(refusal: EngagementRefusal) -> Refused {
    use EngagementRefusal as R;
    let (kind, code, sentence, hint) = match refusal {
        R::UnknownMethod => (
            Kind::Invalid,
            "domain.unknown_method",
            "The form names a method of signing that there isn't.",
            "Load the page again and repeat it.",
        ),
        R::NoSuchKey => (Kind::NotFound, "domain.no_such_key", "The domain has no such key.", ""),
        R::KeyWaits => (
            Kind::Conflict,
            "domain.key_waits",
            "A key was made already and waits for its record.",
            "Put its record into the DNS and check it, or forget that key first.",
        ),
        R::KeySigns => (
            Kind::Conflict,
            "domain.key_signs",
            "This key signs letters.",
            "Make another first; once that one signs, this one can be forgotten.",
        ),
        R::KeyIsLost => (
            Kind::Conflict,
            "domain.key_is_lost",
            "The key can't be opened: it was sealed with another key than the one in the key file.",
            "Start the desk with the right key file (--secrets-key), or forget this key and make another.",
        ),
        _ => (
            Kind::NotFound,
            "domain.not_found",
            "Nobody sends in the name of this domain here, or it isn't yours to see.",
            "",
        ),
    };
    Refused::new(kind, code, sentence).hint(hint)
}

/// What is refused of an engine elsewhere.
fn of_engines(refusal: EngagementRefusal) -> (Kind, &'static str, &'static str, &'static str) {
    use EngagementRefusal as R;
    match refusal {
        R::UnknownEngineKind => (
            Kind::Invalid,
            "engine.unknown_kind",
            "The form names a kind of engine that there isn't.",
            "Load the page again and choose one of the list.",
        ),
        R::EngineUnnamed => (
            Kind::Invalid,
            "engine.unnamed",
            "The engine's name or its country is missing.",
            "Both are shown wherever a client allows its texts to go there; 60 characters at most.",
        ),
        R::EngineAddress => (
            Kind::Invalid,
            "engine.address",
            "The engine's address can't be read.",
            "It looks like https://translate.example.com/, without user, password or question mark.",
        ),
        R::EngineInTheClear => (
            Kind::Invalid,
            "engine.in_the_clear",
            "Customers' words would cross the network in the clear.",
            "Use https://. http:// is for machines in your own network only.",
        ),
        R::EngineModel => (
            Kind::Invalid,
            "engine.model",
            "The name of the model is missing or too long.",
            "The server's own pages name its models.",
        ),
        R::EngineTime => (
            Kind::Invalid,
            "engine.time",
            "The time isn't a number of seconds between 1 and 120.",
            "10 is usual.",
        ),
        R::EngineBudget => (
            Kind::Invalid,
            "engine.budget",
            "The characters a month aren't a number above 0.",
            "A mail has some 1,000 characters; its answer, said there and back, twice its own.",
        ),
        R::EngineKey => (
            Kind::Invalid,
            "engine.key",
            "The key is missing.",
            "Enter it. For another server or kind, the old one isn't used again.",
        ),
        _ => (Kind::NotFound, "engine.not_found", "There is no such engine, or it isn't yours to see.", ""),
    }
}

impl From<EngagementRefusal> for Stop {
    fn from(refusal: EngagementRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
