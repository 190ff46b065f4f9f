//! The list of cases: views, filters, search results.

use super::marks::{CaseState, Choice, ClientMark, Language, LastWord, Pager, PersonMark, Priority, When};
use super::shell::Shell;
use askama::Template;

/// `GET /inbox?view=mine|unassigned|open|closed&client=&state=&language=&q=&after=&before=`.
///
/// Form: `GET /inbox` with `view`, `q`, `client`, `state`, `language` (empty means any).
#[derive(Debug, Clone, Template)]
#[template(path = "inbox.html")]
pub struct Inbox {
    /// The frame. Its `query` is what was searched for.
    pub shell: Shell,
    /// Heading: "Mine", "Unassigned", "Aurora", "Search".
    pub heading: String,
    /// The view's key, kept by the filter form: `mine`, `unassigned`, `open`, `closed`.
    pub view: String,
    /// Tabs above the list.
    pub tabs: Vec<Tab>,
    /// Filters. The first choice of each should be `("", "Any …")`.
    pub filters: Filters,
    /// Cases in which somebody waits for a reader like this one.
    pub awaited: Vec<super::risk::AwaitedLine>,
    /// The reader can ask for their next case.
    pub gives_next: bool,
    /// The cases, in order.
    pub rows: Vec<Row>,
    /// Neighbouring pages.
    pub pager: Pager,
    /// What to show when there are no rows.
    pub empty: Empty,
}

/// A view's tab.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Where it leads, the other filters kept.
    pub url: String,
    /// What it says.
    pub words: String,
    /// How many cases.
    pub count: Option<u64>,
    /// Whether it's shown now.
    pub is_current: bool,
}

/// The filters' choices.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Clients within reach.
    pub clients: Vec<Choice>,
    /// States.
    pub states: Vec<Choice>,
    /// Languages that occur.
    pub languages: Vec<Choice>,
    /// Where "clear" leads, when any filter is set.
    pub clear_url: Option<String>,
}

/// One case in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Case id.
    pub id: String,
    /// Where the row leads.
    pub url: String,
    /// What people quote: "AUR-1042".
    pub reference: String,
    /// Whose customer.
    pub client: ClientMark,
    /// Who wrote.
    pub customer: String,
    /// Subject; in search results with the hits marked.
    pub subject: Vec<Piece>,
    /// The beginning of the newest message, or the place where the search found something.
    pub snippet: Vec<Piece>,
    /// Language of the customer.
    pub language: Option<Language>,
    /// State.
    pub state: CaseState,
    /// Priority.
    pub priority: Priority,
    /// Who holds it.
    pub assignee: Option<PersonMark>,
    /// Last activity.
    pub active: When,
    /// When the first of what was promised is due: "due in 40 min", "2 h late".
    pub due: Option<Due>,
    /// Who said the last word.
    pub last_word: LastWord,
    /// Number of messages, shown when above one.
    pub messages: u64,
}

/// When something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// "due in 40 min", "2 h late".
    pub words: String,
    /// `running` or `late`.
    pub key: &'static str,
    /// The icon that says the same.
    pub icon: &'static str,
}

/// A stretch of text, found by the search or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain.
    Plain(String),
    /// Found: drawn with `<mark>`.
    Hit(String),
}

/// Why a list is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// The view has no cases: all done.
    Done,
    /// Filters or search leave nothing.
    NothingMatches,
    /// The person's reach has no client at all.
    NothingInReach,
}

impl Inbox {
    /// Whether the current tab says the same as the heading, which is then only for screen readers.
    pub fn repeats_a_tab(&self) -> bool {
        self.shell.query.is_empty() && self.tabs.iter().any(|tab| tab.is_current && tab.words == self.heading)
    }
}

impl Piece {
    /// A text without hits.
    pub fn plain(text: impl Into<String>) -> Vec<Self> {
        vec![Self::Plain(text.into())]
    }
}
