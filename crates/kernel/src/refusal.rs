//! How something can go wrong: a refusal is ours to explain, a fault is ours to repair.

use std::{error::Error, fmt};

/// What kind of refusal it is. Edges turn it into their own status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was sent can't be accepted as it is.
    Invalid,
    /// Nobody is signed in, or the credentials are wrong.
    SignInNeeded,
    /// The person may see it but may not do this.
    NotAllowed,
    /// It doesn't exist, or the person may not know that it does.
    NotFound,
    /// It has changed meanwhile, or its state doesn't allow this.
    Conflict,
    /// Too often in too short a time.
    TooMany,
}

/// A refusal: a stable code, one sentence, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What kind of refusal it is.
    pub kind: Kind,
    /// Stable, as `case.already_so`.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub sentence: String,
    /// What to do next; may be empty.
    pub hint: String,
}

impl Refused {
    /// A refusal with no hint.
    pub fn new(kind: Kind, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { kind, code, sentence: sentence.into(), hint: String::new() }
    }

    /// The same refusal with what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence, self.hint)
    }
}

impl Error for Refused {}

/// A fault: it keeps its source, is logged once, and the person is shown a reference.
#[derive(Debug)]
pub struct Fault(Box<dyn Error + Send + Sync>);

impl Fault {
    /// A fault from whatever went wrong.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Why a story stopped.
#[derive(Debug)]
pub enum Stop {
    /// Ours to explain.
    Refused(Refused),
    /// Ours to repair.
    Fault(Fault),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl Error for Stop {}
