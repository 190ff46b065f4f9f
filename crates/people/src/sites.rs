//! Rule: where somebody works.

/// A place of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The country, as ISO 3166-1 alpha-2; empty where nobody said.
    pub country: String,
    /// The city; may be empty.
    pub city: String,
    /// The IANA time zone.
    pub zone: String,
}
