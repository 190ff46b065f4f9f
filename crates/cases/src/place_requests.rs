//! Requests for somebody in the customer's own country, as they are kept.

use kernel::{CaseId, Country, Instant, PersonId, PlaceRequestId};

crate::case::words! {
    /// How a customer asked.
    AskedBy {
        /// By the button on the page of a reply.
        Button = "button",
        /// In so many words, in a mail.
        Words = "words",
        /// Somebody entered it, after a call for example.
        Hand = "hand",
    }
}

crate::case::words! {
    /// What became of a request.
    PlaceState {
        /// It is open.
        Asked = "asked",
        /// Somebody in the country has answered.
        Honoured = "honoured",
        /// The customer was told that it isn't possible.
        Declined = "declined",
    }
}

/// A customer asks for somebody in their country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRequest {
    /// The request.
    pub id: PlaceRequestId,
    /// The case.
    pub case: CaseId,
    /// Which country; none until somebody has said which is theirs.
    pub country: Option<Country>,
    /// How they asked.
    pub how: AskedBy,
    /// The words that say so; empty after the button.
    pub words: String,
    /// When.
    pub asked_at: Instant,
    /// What became of it.
    pub state: PlaceState,
    /// Who answered from there, or declined.
    pub person: Option<PersonId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Why it was declined.
    pub because: String,
}

impl PlaceRequest {
    /// Somebody who works in a country answers: whether that is what was asked for.
    pub fn is_honoured_from(&self, country: Option<Country>) -> bool {
        self.state == PlaceState::Asked && self.country.is_some() && self.country == country
    }
}
