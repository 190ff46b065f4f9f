//! The clocks of a case, in its side panel, and what is outstanding, on a page of its own.

use super::marks::{Choice, ClientMark, When};
use super::shell::Shell;
use askama::Template;

/// The clocks of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseClocks {
    /// "the representative"; empty where nothing is known.
    pub turn: String,
    /// Since when.
    pub since: When,
    /// Why it began.
    pub because: String,
    /// The case has ended.
    pub is_over: bool,
    /// How long each party has held it; those who never did are left out.
    pub held: Vec<Held>,
    /// The targets that count now.
    pub targets: Vec<TargetLine>,
    /// Those of earlier turns.
    pub earlier: Vec<TargetLine>,
    /// What is outstanding.
    pub items: Vec<ItemLine>,
}

/// How long a party has held a case.
#[derive(Debug, Clone)]
pub struct Held {
    /// `customer`, `representative`, `client_resolver` or `vendor`.
    pub key: &'static str,
    /// "Customer".
    pub party: &'static str,
    /// "2 h 20 min".
    pub time: String,
    /// Where its part of the bar begins, of 100.
    pub from: String,
    /// How wide it is.
    pub width: String,
}

/// A target of a case.
#[derive(Debug, Clone)]
pub struct TargetLine {
    /// "First reply".
    pub title: &'static str,
    /// "due in 40 min", "2 h late", "met".
    pub words: String,
    /// `running`, `late`, `met`, `paused` or `over`.
    pub key: &'static str,
    /// The icon that says the same.
    pub icon: &'static str,
    /// How much of the time is used, of 100.
    pub used: u64,
    /// Why it is due just then.
    pub explanation: String,
}

/// Something that is open.
#[derive(Debug, Clone)]
pub struct ItemLine {
    /// `case`, `escalation` or `place_request`.
    pub kind: &'static str,
    /// Its id.
    pub subject: String,
    /// What is to be done.
    pub what: String,
    /// Who sees to it.
    pub owner: String,
    /// When somebody looks at it next.
    pub next: When,
    /// That is over.
    pub is_late: bool,
    /// Somebody chose the date.
    pub is_chosen: bool,
}

/// `GET /outstanding?party=&client=&when=overdue&owner=mine`.
#[derive(Debug, Clone, Template)]
#[template(path = "outstanding.html")]
pub struct OutstandingPage {
    /// The frame.
    pub shell: Shell,
    /// The parties that can be chosen.
    pub parties: Vec<Choice>,
    /// The clients that can be chosen.
    pub clients: Vec<Choice>,
    /// Whether all, or what was to be looked at before now.
    pub times: Vec<Choice>,
    /// Whose.
    pub owners: Vec<Choice>,
    /// What is open.
    pub rows: Vec<OutstandingRow>,
    /// There are more than the page shows.
    pub has_more: bool,
}

/// A line of it.
#[derive(Debug, Clone)]
pub struct OutstandingRow {
    /// The item.
    pub item: ItemLine,
    /// "Case".
    pub kind: &'static str,
    /// Whose customer.
    pub client: Option<ClientMark>,
    /// The case.
    pub url: String,
    /// What people quote.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// Who has to do something.
    pub party: &'static str,
    /// Since when the case is open.
    pub opened: When,
    /// How often a part of it has come back.
    pub bounces: i64,
}
