//! Rule: who may answer a client's customers, and what of theirs is looked at before it leaves.

use crate::RoutingRefusal;
use jiff::civil::Date;
use kernel::{Because, ClientId, Instant, MessageId, PermitId, PersonId};

/// A permit is shown as one that ends soon so many days before it does.
const SOON: i32 = 30;
/// The longest name of an intent or a skill.
const LONGEST_NAME: usize = 60;
/// The longest evidence, and the longest reason.
const LONGEST_WORDS: usize = 500;

/// What of somebody's replies is approved before it leaves. The stages of nesting, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Every reply.
    EveryReply,
    /// A sample.
    Sample,
    /// None.
    Free,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::EveryReply, Self::Sample, Self::Free];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EveryReply => "every_reply",
            Self::Sample => "sample",
            Self::Free => "free",
        }
    }

    /// The words on a page.
    pub fn title(self) -> &'static str {
        match self {
            Self::EveryReply => "Every reply approved",
            Self::Sample => "Sample approved",
            Self::Free => "Answers freely",
        }
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is no stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This word is no stage of a permit.")]
pub struct NoSuchStage;

impl std::str::FromStr for Stage {
    type Err = NoSuchStage;
    fn from_str(word: &str) -> Result<Self, NoSuchStage> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word).ok_or(NoSuchStage)
    }
}

store::text_column!(Stage);
store::text_param!(Stage);

/// A right to answer the customers of a client: all that they ask, or one intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The permit.
    pub id: PermitId,
    /// Who holds it.
    pub person: PersonId,
    /// Whose customers.
    pub client: ClientId,
    /// Which intent; empty for all.
    pub intent: String,
    /// What is approved before it leaves.
    pub stage: Stage,
    /// What it is based on.
    pub evidence: String,
    /// Who granted it; none for the program.
    pub granted_by: Option<PersonId>,
    /// When.
    pub granted_at: Instant,
    /// The last day on which it holds, as `2026-12-31`; none when it doesn't end by itself.
    pub until_on: Option<String>,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
}

/// How a permit ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// Who ended it; none for the program.
    pub by: Option<PersonId>,
    /// Why.
    pub because: String,
}

impl Permit {
    /// It holds on this day.
    pub fn holds(&self, today: &str) -> bool {
        self.ended.is_none() && self.until_on.as_deref().is_none_or(|until| today <= until)
    }

    /// Its time is over, though nobody ended it.
    pub fn has_expired(&self, today: &str) -> bool {
        self.ended.is_none() && !self.holds(today)
    }

    /// It holds, and ends within thirty days.
    pub fn ends_soon(&self, today: &str) -> bool {
        let (Some(until), Ok(today_on)) = (&self.until_on, today.parse::<Date>()) else { return false };
        let left = until.parse::<Date>().ok().and_then(|until| (until - today_on).get_days().into());
        self.holds(today) && left.is_some_and(|days| days < SOON)
    }
}

/// What lets somebody answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// They are the client's own: it decides for itself whom it lets speak.
    Own,
    /// They sit in the team, and this client has never granted a permit.
    Seat,
    /// A permit.
    Permit(Box<Permit>),
}

impl Right {
    /// What of their replies is approved before it leaves.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Own | Self::Seat => Stage::Free,
            Self::Permit(permit) => permit.stage,
        }
    }
}

/// Where somebody sits who wants to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sits {
    /// At the client itself.
    AtClient,
    /// In a team, a partner's or the client's own.
    InTeam,
}

/// What lets somebody answer what a client's customers ask on this day. `permits` are all of the client, those that ended included; the
/// permit for an intent goes before the one for all. What nobody has named an intent for yet needs a permit for all.
///
/// # Errors
/// Why they may not.
pub fn right(
    permits: &[Permit],
    person: PersonId,
    sits: Sits,
    intent: &str,
    today: &str,
) -> Result<Right, Because> {
    if sits == Sits::AtClient {
        return Ok(Right::Own);
    }
    if permits.is_empty() {
        return Ok(Right::Seat);
    }
    let theirs: Vec<&Permit> = permits.iter().filter(|permit| permit.person == person).collect();
    let holding = |intent: &str| {
        let holding = theirs.iter().filter(|permit| permit.intent == intent && permit.holds(today));
        holding.max_by_key(|permit| permit.granted_at).copied()
    };
    if let Some(permit) = holding(intent).or_else(|| holding("")) {
        return Ok(Right::Permit(Box::new(permit.clone())));
    }
    let fits = |permit: &&&Permit| permit.intent == intent || permit.intent.is_empty();
    let last = theirs.iter().filter(fits).max_by_key(|permit| permit.granted_at);
    Err(why_not(last.copied(), intent, today))
}

fn why_not(last: Option<&Permit>, intent: &str, today: &str) -> Because {
    match last {
        Some(permit) if permit.has_expired(today) => {
            let until = permit.until_on.as_deref().unwrap_or_default();
            Because::new("permits.expired", format!("The permit was good until {until}."))
        }
        Some(permit) => {
            let because = permit.ended.as_ref().map_or("", |ended| ended.because.as_str());
            Because::new("permits.ended", format!("The permit was ended: {because}"))
        }
        None if intent.is_empty() => Because::new(
            "permits.none",
            "There is no permit for everything that this client’s customers ask.",
        ),
        None => Because::new("permits.none", format!("There is no permit for “{intent}”.")),
    }
}

/// Whether a reply is looked at before it leaves, and why. A sample of `percent` is drawn by the message's id, so that asking again draws
/// the same.
pub fn looked_at(stage: Stage, percent: u8, reply: MessageId) -> Option<Because> {
    match stage {
        Stage::Free => None,
        Stage::EveryReply => Some(Because::new(
            "permits.every_reply",
            "Every reply is approved while somebody is new to this client.",
        )),
        Stage::Sample => is_drawn(percent, reply).then(|| {
            let sentence = format!("It was drawn for the sample: {percent} of 100 replies are approved.");
            Because::new("permits.sample", sentence)
        }),
    }
}

/// The last bits of an id are random already; a multiplication spreads what randomness there is.
fn is_drawn(percent: u8, reply: MessageId) -> bool {
    let (high, low) = kernel::Id::uuid(reply).as_u64_pair();
    let spread = (high ^ low).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (spread * 100) >> 32 < u64::from(percent)
}

/// The name of an intent or a skill as it is kept: trimmed, small letters, one space between words.
///
/// # Errors
/// [`RoutingRefusal::NameTooLong`].
pub fn name(typed: &str) -> Result<String, RoutingRefusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if name.chars().count() > LONGEST_NAME { Err(RoutingRefusal::NameTooLong) } else { Ok(name) }
}

/// A last day as it is kept; none where nothing was typed.
///
/// # Errors
/// [`RoutingRefusal::NotADay`] for what is no day or is over already.
pub fn until(typed: &str, today: &str) -> Result<Option<String>, RoutingRefusal> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse::<Date>() {
            Ok(day) if day.to_string().as_str() >= today => Ok(Some(day.to_string())),
            _ => Err(RoutingRefusal::NotADay),
        },
    }
}

/// Evidence or a reason as it is kept.
///
/// # Errors
/// [`RoutingRefusal::WordsMissing`], [`RoutingRefusal::WordsTooLong`].
pub fn words(typed: &str) -> Result<String, RoutingRefusal> {
    let typed = typed.trim();
    match typed.chars().count() {
        0 => Err(RoutingRefusal::WordsMissing),
        many if many > LONGEST_WORDS => Err(RoutingRefusal::WordsTooLong),
        _ => Ok(typed.to_owned()),
    }
}
