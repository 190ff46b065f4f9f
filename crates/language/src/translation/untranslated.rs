//! Why something wasn't translated, and what to do about it.

use super::{port::Direction, trouble::Trouble};
use kernel::{Kind, Refused};
use std::{fmt, sync::Arc};

/// Why something wasn't translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untranslated {
    /// No engine goes this way, not even through English.
    NoWay(Direction),
    /// No engine goes this way, and the client's translation memory knows no sentence of the text.
    NothingKnown(Direction),
    /// The engine of this direction can't work, and why.
    Broken(Direction, String),
    /// So many sentences wait already that this one would come too late.
    TooBusy(Direction),
    /// The time that it was given is over.
    TimedOut {
        /// How many segments were ready.
        ready: usize,
        /// How many there are.
        of: usize,
    },
    /// An engine elsewhere, by its name, didn't do it.
    Elsewhere(Arc<str>, Trouble),
    /// The text is longer than a translator takes at once.
    TooLong {
        /// How many bytes it has.
        bytes: usize,
        /// How many it may have.
        most: usize,
    },
}

impl Untranslated {
    /// Trying again later may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::TooBusy(_) | Self::TimedOut { .. } => true,
            Self::Elsewhere(_, trouble) => trouble.is_temporary(),
            Self::NoWay(_) | Self::NothingKnown(_) | Self::Broken(..) | Self::TooLong { .. } => false,
        }
    }

    /// What happened, in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoWay(way) => {
                format!(
                    "Nothing here translates from {} into {}, not even through English.",
                    way.from, way.to
                )
            }
            Self::NothingKnown(way) => format!(
                "Nothing here translates from {} into {}, and no sentence of this text is in the client's translation memory.",
                way.from, way.to
            ),
            Self::Broken(way, why) => {
                format!("The engine that translates from {} into {} doesn't work: {why}", way.from, way.to)
            }
            Self::TooBusy(way) => format!(
                "Too many texts wait already for the engine that translates from {} into {}.",
                way.from, way.to
            ),
            Self::TimedOut { ready, of } => {
                format!("The translation took too long: {ready} of {of} sentences were ready in time.")
            }
            Self::Elsewhere(engine, trouble) => format!("{engine} {trouble}."),
            Self::TooLong { bytes, most } => format!(
                "The text has {} KB; at most {} KB are translated at once.",
                bytes.div_ceil(1000),
                most / 1000
            ),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::NoWay(way) | Self::NothingKnown(way) => format!(
                "Add a model with `dragoman models add FOLDER`, or fetch one with `dragoman models fetch {}-{} --from URL`.",
                way.from, way.to
            ),
            Self::Broken(way, _) => format!(
                "Try it with `dragoman models test {0}-{1}`; if it stays so, remove the model and add it again.",
                way.from, way.to
            ),
            Self::TooBusy(_) => "Try again in a minute.".to_owned(),
            Self::TimedOut { .. } => "Try again with more time, or translate a part of it.".to_owned(),
            Self::Elsewhere(_, trouble) => trouble.hint().to_owned(),
            Self::TooLong { .. } => "Translate it in parts.".to_owned(),
        }
    }

    /// As a refusal, for pages and commands.
    pub fn refused(&self) -> Refused {
        let (kind, code) = match self {
            Self::NoWay(_) => (Kind::NotFound, "translation.no_way"),
            Self::NothingKnown(_) => (Kind::Conflict, "translation.nothing_known"),
            Self::Broken(..) => (Kind::Conflict, "translation.broken"),
            Self::TooBusy(_) => (Kind::TooMany, "translation.too_busy"),
            Self::TimedOut { .. } => (Kind::TooMany, "translation.timed_out"),
            Self::Elsewhere(_, Trouble::BudgetUsed { .. }) => (Kind::Conflict, "translation.budget_used"),
            Self::Elsewhere(_, trouble) if trouble.is_temporary() => {
                (Kind::TooMany, "translation.engine_in_trouble")
            }
            Self::Elsewhere(..) => (Kind::Conflict, "translation.engine_refuses"),
            Self::TooLong { .. } => (Kind::Invalid, "translation.too_long"),
        };
        Refused::new(kind, code, self.sentence()).hint(self.hint())
    }
}

impl fmt::Display for Untranslated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence(), self.hint())
    }
}

impl std::error::Error for Untranslated {}
