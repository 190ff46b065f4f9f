//! Hand-overs: the list of what is offered, and what the page of a case shows of it.

use super::marks::{ChoiceGroup, ClientMark, Language, Priority, When};
use super::shell::Shell;
use askama::Template;

/// `GET /hand-overs`.
///
/// Forms: `POST /hand-overs/{id}/acceptances` with `talk` = `talked` or `not_reached`; `/withdrawals`; `/additions` with `words`. With
/// `back` = `case` they lead to the case.
#[derive(Debug, Clone, Template)]
#[template(path = "hand_overs.html")]
pub struct HandOvers {
    /// The frame.
    pub shell: Shell,
    /// What the reader can accept, what is late first.
    pub to_reader: Vec<Card>,
    /// What is offered to others of their teams.
    pub to_others: Vec<Card>,
    /// What they gave away.
    pub given: Vec<Card>,
}

/// A hand-over.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// "K7QM-3XTP"
    pub reference: String,
    /// The case; none for those who see only the note.
    pub case_url: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Whose customer.
    pub client: ClientMark,
    /// The customer's language.
    pub language: Option<Language>,
    /// How urgent.
    pub priority: Priority,
    /// The hand-over itself.
    pub offer: OfferView,
}

/// Who gives it to whom, how, and the note.
#[derive(Debug, Clone)]
pub struct OfferView {
    /// Its id.
    pub id: String,
    /// "Take-over after hours"
    pub seam: &'static str,
    /// Since when it is offered.
    pub since: When,
    /// "From Tiago Rocha at Partner for Aurora to everybody at Manila nights."
    pub between: String,
    /// How it stands, in a sentence.
    pub standing: String,
    /// The icon beside that.
    pub icon: &'static str,
    /// It is late.
    pub is_late: bool,
    /// Somebody can still accept it.
    pub is_open: bool,
    /// The two are to talk.
    pub is_warm: bool,
    /// Why, or why not.
    pub why: String,
    /// The reader can accept it now.
    pub asks: bool,
    /// They say first how they came to speak.
    pub needs_talk: bool,
    /// The reader can keep the case where it is.
    pub may_keep: bool,
    /// The note.
    pub note: NoteView,
}

/// The note of a hand-over.
#[derive(Debug, Clone, Default)]
pub struct NoteView {
    /// "Eva Novak, a customer of Aurora"
    pub customer: String,
    /// What they need, in their words.
    pub needs: String,
    /// The language of those words.
    pub needs_language: Option<Language>,
    /// What is established.
    pub facts: Vec<String>,
    /// What was tried.
    pub tried: Vec<TriedLine>,
    /// For whom everybody waits: "Representative", since when, why.
    pub waiting: Option<(String, When, String)>,
    /// What was promised: what, by when, by whom.
    pub promises: Vec<(String, Option<When>, String)>,
    /// What comes next: what, whose, not before, not after.
    pub next: Option<(String, String, Option<When>, Option<When>)>,
    /// "German. We address them formally."
    pub language: String,
    /// Their mood as a fact.
    pub mood: Vec<String>,
    /// What mustn't be done.
    pub do_not: Vec<String>,
    /// People were called for it.
    pub is_called: bool,
    /// What people added: who, when, what.
    pub added: Vec<(String, When, String)>,
}

/// Something that was tried.
#[derive(Debug, Clone)]
pub struct TriedLine {
    /// When.
    pub at: When,
    /// By whom.
    pub by: String,
    /// What.
    pub what: String,
    /// What came of it.
    pub result: String,
}

/// What the page of a case shows of its hand-overs.
///
/// Form: `POST /cases/{id}/hand-overs` with `taker` (`person:{id}` or `engagement:{id}`), `words`, `angry` and `care` = `yes`.
#[derive(Debug, Clone, Default)]
pub struct SeamsView {
    /// The one that somebody can still accept.
    pub open: Option<OfferView>,
    /// The last one that was carried out: whose note helps whoever goes on.
    pub last: Option<OfferView>,
    /// To whom it can be given; empty when it can't be.
    pub recipients: Vec<ChoiceGroup>,
}
