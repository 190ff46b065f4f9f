//! Rule: what a case is about, as far as somebody has said so.

use kernel::{Instant, PersonId, Tier};

/// What a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The intent; may be empty.
    pub intent: String,
    /// The product; may be empty.
    pub product: String,
    /// The customer's country, as ISO 3166-1 alpha-2; may be empty.
    pub country: String,
    /// How far up it has come.
    pub tier: Tier,
    /// Who said so; none for the program.
    pub set_by: Option<PersonId>,
    /// When.
    pub set_at: Instant,
}

impl Matter {
    /// Nobody has said anything yet.
    pub fn unsaid() -> Self {
        Self {
            intent: String::new(),
            product: String::new(),
            country: String::new(),
            tier: Tier::L1,
            set_by: None,
            set_at: Instant::from_micros(0),
        }
    }
}
