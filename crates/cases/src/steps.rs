//! Rule: the steps of a reply on its way, as its case shows them.

use crate::case::words;
use kernel::Instant;

words! {
    /// What happened to a reply on its way.
    StepKind {
        /// A server took it from us.
        Accepted = "accepted",
        /// A server will never take it for one of its recipients; the others got it.
        LeftOut = "left_out",
        /// A try failed; there will be another.
        Delayed = "delayed",
        /// It can't be delivered.
        Refused = "refused",
        /// A server further on has it and still tries.
        Late = "late",
        /// A server further on returned it.
        Returned = "returned",
        /// It was passed on to where no more is told.
        Relayed = "relayed",
        /// The recipient's server has it.
        Delivered = "delivered",
        /// The recipient's mail program says that it was read.
        Read = "read",
    }
}

/// A step of a reply on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: StepKind,
    /// For whom; empty for all.
    pub recipient: String,
    /// In a plain sentence.
    pub sentence: String,
    /// In the other server's words; may be empty.
    pub words: String,
}
