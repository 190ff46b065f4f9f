//! A reason that is stored beside a decision and shown to people.

use serde::{Deserialize, Serialize};

/// Why something was decided: a stable code for programs and one plain sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// Stable, as `threading.our_message_id`.
    pub code: String,
    /// One plain sentence.
    pub sentence: String,
}

impl Because {
    /// A reason from its code and sentence.
    pub fn new(code: &str, sentence: impl Into<String>) -> Self {
        Self { code: code.to_owned(), sentence: sentence.into() }
    }
}
