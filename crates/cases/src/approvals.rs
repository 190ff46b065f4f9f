//! Rule: replies that a lead looks at before they leave, as plain values.

use kernel::{Because, CaseId, Instant, MessageId, PersonId};

kernel::worded! {
    /// Where an approval stands.
    Standing {
        /// Somebody has to look.
        Asked = "asked" "Waits for a lead",
        /// It was approved as it was.
        Approved = "approved" "Approved",
        /// It was changed and approved.
        Edited = "edited" "Changed and approved",
        /// It went back to whoever wrote it.
        Returned = "returned" "Returned",
    }
}

store::text_column!(Standing);
store::text_param!(Standing);

/// A reply that a lead looks at before it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The reply.
    pub message: MessageId,
    /// Its case.
    pub case: CaseId,
    /// Who wrote it.
    pub author: PersonId,
    /// Why somebody looks at it.
    pub because: Because,
    /// Whether its case is closed with it.
    pub closes: bool,
    /// Where it stands.
    pub standing: Standing,
    /// Since when.
    pub asked_at: Instant,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// What they say to whoever wrote it; may be empty.
    pub advice: String,
}
