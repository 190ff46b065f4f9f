//! Why a provider gives no token, and how it is told: one plain sentence with the next step.

use crate::email::obstacles::{Obstacle, quote};
use engagements::consent::Provider;
use kernel::{Fault, Kind, Refused, Stop};
use std::error::Error;

/// Why there is no token.
#[derive(Debug)]
pub enum NoToken {
    /// This installation isn't registered at the provider.
    NotRegistered,
    /// The provider can't be reached, or is in trouble itself.
    Unreachable(String),
    /// The consent is good no more: taken back, too old, or the password was changed.
    Revoked(String),
    /// The provider refuses us, whoever's consent it is.
    Refused(String),
    /// It gave a consent that doesn't last.
    NotLasting,
    /// Our own database.
    Ours(Fault),
}

impl From<Fault> for NoToken {
    fn from(fault: Fault) -> Self {
        Self::Ours(fault)
    }
}

impl NoToken {
    /// A word for the log, which tells nobody's words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotRegistered => "not registered",
            Self::Unreachable(_) => "unreachable",
            Self::Revoked(_) => "revoked",
            Self::Refused(_) => "refused",
            Self::NotLasting => "not lasting",
            Self::Ours(_) => "ours",
        }
    }

    /// It, in a plain sentence with the next step.
    pub fn sentence(&self, provider: Provider) -> String {
        let name = provider.name();
        match self {
            Self::NotRegistered => format!(
                "{name} doesn’t know this installation any more. Register it under “Signing in at Google and Microsoft”."
            ),
            Self::Unreachable(why) => {
                format!("{name}’s sign-in server can’t be reached: {}. It is tried again.", quote(why))
            }
            Self::Revoked(said) => {
                format!("{name} no longer lets us in{}. Sign in there again.", in_its_words(said))
            }
            Self::Refused(said) => format!(
                "{name} refuses this installation{}. Check client ID and secret under “Signing in at Google and Microsoft”.",
                in_its_words(said)
            ),
            Self::NotLasting => format!(
                "{name} lets us in only once. Remove this installation from your account’s permissions there, then sign in again."
            ),
            Self::Ours(_) => "Dragoman can’t reach its own database or disk. It is tried again.".to_owned(),
        }
    }

    /// It, for whoever just came back from the provider.
    pub fn stop(self, provider: Provider) -> Stop {
        let name = provider.name();
        let refused = match &self {
            Self::Unreachable(why) => {
                let sentence = format!("{name}’s sign-in server can’t be reached: {}.", quote(why));
                Refused::new(Kind::Conflict, "consent.unreachable", sentence)
            }
            Self::Revoked(said) => {
                let sentence = format!("{name} didn’t accept the sign-in{}.", in_its_words(said));
                Refused::new(Kind::Conflict, "consent.refused", sentence)
            }
            Self::NotLasting => Refused::new(Kind::Conflict, "consent.not_lasting", self.sentence(provider)),
            Self::NotRegistered => {
                Refused::new(Kind::Conflict, "consent.not_registered", self.sentence(provider))
            }
            Self::Refused(_) => Refused::new(Kind::Conflict, "consent.refused", self.sentence(provider)),
            Self::Ours(_) => return self.into_fault().into(),
        };
        refused.hint("Begin again with the button below.").into()
    }

    fn into_fault(self) -> Fault {
        match self {
            Self::Ours(fault) => fault,
            other => Fault::new(other.name()),
        }
    }
}

fn in_its_words(said: &str) -> String {
    let said = quote(said);
    if said.is_empty() { String::new() } else { format!(" (“{said}”)") }
}

/// In the words of every other server.
pub(super) fn unreachable(error: reqwest::Error) -> NoToken {
    if error.is_timeout() {
        return NoToken::Unreachable(Obstacle::silence().clause);
    }
    let host = error.url().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
    let error = error.without_url();
    let obstacle = error.source().and_then(|cause| Obstacle::behind(cause, &host));
    NoToken::Unreachable(obstacle.map_or_else(|| error.to_string(), |obstacle| obstacle.clause))
}
