//! Rule: which clocks begin with what happens to a case, and which have come to their aim.

use kernel::Metric;

/// What happens to a case, as far as promises are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was opened.
    Opened,
    /// The customer wrote after our answer.
    WroteAgain,
    /// The customer said that they did not understand our answer.
    NotUnderstood,
    /// An answer is on its way to the customer.
    Answered,
    /// It was closed: there is an outcome.
    Closed,
    /// It goes on after it was closed.
    Reopened,
    /// The customer asked for somebody in their country.
    AskedForPlace,
    /// That was honoured or declined.
    PlaceDecided,
}

impl Happened {
    /// The clocks that begin, unless one for the same runs already.
    pub fn begins(self) -> &'static [Metric] {
        match self {
            Self::Opened => &[Metric::FirstReply, Metric::Resolution],
            Self::WroteAgain => &[Metric::NextReply],
            Self::NotUnderstood => &[Metric::Explanation],
            Self::Reopened => &[Metric::Resolution],
            Self::AskedForPlace => &[Metric::Place],
            Self::Answered | Self::Closed | Self::PlaceDecided => &[],
        }
    }

    /// The clocks that have come to their aim.
    pub fn does(self) -> &'static [Metric] {
        match self {
            Self::Answered => &[Metric::FirstReply, Metric::NextReply, Metric::Explanation],
            Self::Closed => &[Metric::Resolution],
            Self::PlaceDecided => &[Metric::Place],
            Self::Opened | Self::WroteAgain | Self::NotUnderstood | Self::Reopened | Self::AskedForPlace => {
                &[]
            }
        }
    }
}
