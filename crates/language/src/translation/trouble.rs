//! What can go wrong with an engine that stands elsewhere and is asked over the network.

use std::{fmt, time::Duration};

/// Why an engine elsewhere didn't translate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It didn't answer in the time that it was given.
    Silent {
        /// How long that was.
        within: Duration,
    },
    /// There is no connection to it.
    Unreachable,
    /// It doesn't take our key.
    WrongKey,
    /// What was bought there is used up.
    QuotaUsed,
    /// It wants to be asked less often.
    TooOften {
        /// For how long it wants to be left alone, if it says so.
        rest: Option<Duration>,
    },
    /// It is in trouble itself.
    Failing {
        /// The status of its answer.
        status: u16,
    },
    /// It doesn't take what it was asked.
    Refused {
        /// The status of its answer.
        status: u16,
        /// Why, in its words; may be empty.
        said: String,
    },
    /// Its answer isn't what was agreed, and in which way: `it has 2 sentences instead of 3`.
    Garbled(String),
    /// It answered more than is ever taken.
    TooLarge,
    /// What was agreed here is used up for this month.
    BudgetUsed {
        /// How many characters a month that is.
        characters: i64,
        /// Whose agreement it is: `this client`, `this installation`.
        whose: &'static str,
    },
    /// It had trouble a moment ago and isn't asked again yet.
    Resting,
}

impl Trouble {
    /// Trying again later may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Silent { .. }
            | Self::Unreachable
            | Self::TooOften { .. }
            | Self::Failing { .. }
            | Self::Garbled(_)
            | Self::TooLarge
            | Self::Resting => true,
            Self::WrongKey | Self::QuotaUsed | Self::Refused { .. } | Self::BudgetUsed { .. } => false,
        }
    }

    /// Whether the engine may have counted what it was sent, and may want to be paid for it.
    pub fn may_have_cost(&self) -> bool {
        matches!(self, Self::Silent { .. } | Self::Failing { .. } | Self::Garbled(_) | Self::TooLarge)
    }

    /// How long it is left alone before it is asked again.
    pub fn rest(&self) -> Duration {
        let seconds = match self {
            Self::TooOften { rest: Some(rest) } => return (*rest).min(Duration::from_secs(3600)),
            Self::TooOften { rest: None } | Self::Failing { .. } => 30,
            Self::Silent { .. } | Self::Unreachable => 60,
            Self::WrongKey | Self::QuotaUsed => 600,
            Self::Refused { .. } | Self::Garbled(_) | Self::TooLarge => 0,
            Self::BudgetUsed { .. } | Self::Resting => 0,
        };
        Duration::from_secs(seconds)
    }

    /// What to do next, for somebody who can.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Silent { .. } => {
                "It is tried again. If it stays so, give it more time or look after that server."
            }
            Self::Unreachable => "Check its address, and whether that server runs.",
            Self::WrongKey => "An owner enters a key that is good on the page “Translation”.",
            Self::QuotaUsed => "Buy more there, or wait until it begins anew.",
            Self::TooOften { .. } | Self::Resting => "Try again in a minute.",
            Self::Failing { .. } => "Try again later; that server is in trouble.",
            Self::Refused { .. } => "Check its address, its kind and its model on the page “Translation”.",
            Self::Garbled(_) | Self::TooLarge => {
                "Check its address and its kind on the page “Translation”; another model may do it better."
            }
            Self::BudgetUsed { .. } => {
                "An owner can agree to more on the page “Translation” or on the client's page."
            }
        }
    }
}

/// What it did, to stand behind its name: `didn't answer within 10 s`.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent { within } => write!(f, "didn't answer within {} s", within.as_secs()),
            Self::Unreachable => write!(f, "can't be reached"),
            Self::WrongKey => write!(f, "doesn't take our key"),
            Self::QuotaUsed => write!(f, "says that what was bought there is used up"),
            Self::TooOften { rest: Some(rest) } => {
                write!(f, "wants to be left alone for {} s", rest.as_secs())
            }
            Self::TooOften { rest: None } => write!(f, "wants to be asked less often"),
            Self::Failing { status } => write!(f, "is in trouble (it answers {status})"),
            Self::Refused { status, said } if said.is_empty() => {
                write!(f, "refused the text (it answers {status})")
            }
            Self::Refused { status, said } => write!(f, "refused the text (it answers {status}: {said})"),
            Self::Garbled(why) => write!(f, "gave an answer that can't be used: {why}"),
            Self::TooLarge => write!(f, "answered more than is taken"),
            Self::BudgetUsed { characters, whose } => {
                write!(f, "may say {characters} characters a month for {whose}, which are used up")
            }
            Self::Resting => write!(f, "had trouble a moment ago and isn't asked again yet"),
        }
    }
}
