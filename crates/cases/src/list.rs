//! Words for lists of cases: views, filters, rows and the place where a page ends.

use crate::{LastWord, Priority, State};
use kernel::{CaseId, ClientId, CustomerId, EngagementId, Instant, LanguageTag, PersonId, Reach, Sight};
use std::collections::BTreeSet;

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Open ones that are assigned to the person who asks.
    Mine,
    /// Open ones that nobody has.
    Unassigned,
    /// All open ones.
    Open,
    /// Closed ones.
    Closed,
    /// Open ones of which something is due, the first due first.
    Due,
}

/// What else narrows a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this client's.
    pub client: Option<ClientId>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only in this language.
    pub language: Option<LanguageTag>,
}

/// Whether a filter narrows beyond the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowed {
    /// It does.
    Yes,
    /// It doesn't.
    No,
}

impl Filter {
    /// Whether it narrows beyond the client.
    pub fn narrowed(&self) -> Narrowed {
        if self.state.is_some() || self.language.is_some() { Narrowed::Yes } else { Narrowed::No }
    }
}

/// Where a page of a list begins: after the case that was last touched then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When the case before was last touched.
    pub updated_at: Instant,
    /// The case before; tells cases apart that were touched in the same microsecond.
    pub id: CaseId,
}

/// A case as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The case.
    pub id: CaseId,
    /// The client whose customer it is.
    pub client: ClientId,
    /// The engagement whose team works on it.
    pub engagement: EngagementId,
    /// The customer.
    pub customer: CustomerId,
    /// The customer's name; empty where only an address is known.
    pub customer_name: String,
    /// What people quote.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// The beginning of its newest message.
    pub snippet: String,
    /// Where it stands.
    pub state: State,
    /// How urgent it is.
    pub priority: Priority,
    /// The customer's language.
    pub language: LanguageTag,
    /// Who answers it.
    pub assignee: Option<PersonId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// Who wrote last.
    pub last_word: LastWord,
    /// How many messages it has.
    pub messages: i64,
    /// When something last happened to it.
    pub updated_at: Instant,
    /// When the first of what was promised for it is due, or was.
    pub due_at: Option<Instant>,
}

impl ListRow {
    /// Where the page after this row begins.
    pub fn cursor(&self) -> Cursor {
        Cursor { updated_at: self.updated_at, id: self.id }
    }
}

/// An engagement with what somebody sees of its cases.
pub(crate) type Asked = (EngagementId, Sight);

/// The engagements that a list is made from: all within reach, or those of one client.
pub(crate) fn asked(reach: &Reach, of: Option<ClientId>) -> Vec<Asked> {
    let seats = reach.seats().iter().filter(|seat| of.is_none_or(|client| client == seat.client));
    let wanted: BTreeSet<EngagementId> = seats.map(|seat| seat.engagement).collect();
    reach.engagements().into_iter().filter(|(engagement, _)| wanted.contains(engagement)).collect()
}
