//! Who answers a customer in their language, in the side panel of a case.

/// The ways to answer, the first to be tried first.
#[derive(Debug, Clone, Default)]
pub struct Speakers {
    /// "Who speaks Polish".
    pub heading: String,
    /// The ways; empty while the language isn't known.
    pub ways: Vec<WayLine>,
    /// It isn't needed at the first look, because the reader writes the language themselves.
    pub is_folded: bool,
    /// Nobody writes it, so the customer can be asked whether English will do.
    pub asks_for_english: bool,
}

/// One way.
#[derive(Debug, Clone)]
pub struct WayLine {
    /// "Native speakers", "Certified bilingual", "A machine translates" …
    pub title: &'static str,
    /// The icon beside it.
    pub icon: &'static str,
    /// Why it stands there.
    pub because: String,
    /// Who goes it.
    pub persons: Vec<SpeakerLine>,
    /// "and 4 more", or nothing.
    pub more: String,
}

/// Somebody who can answer.
#[derive(Debug, Clone)]
pub struct SpeakerLine {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// "C1, tested 3 May 2026".
    pub level: String,
    /// "Hand over" or "Take it", where the reader may do that.
    pub act: Option<&'static str>,
}
