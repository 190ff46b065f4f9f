//! The small values that many pages show: instants, languages, marks of clients and persons, states, choices.

use std::fmt;

pub use people::COLOURS;

/// An instant, for a machine and for a person: `<time datetime="{iso}">{words}</time>`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// RFC 3339 in UTC; also what the tooltip and the countdown use.
    pub iso: String,
    /// In the reader's time zone and words: "14:05", "yesterday", "3 Mar".
    pub words: String,
}

/// A language with the direction in which it's written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag, as in the `lang` attribute.
    pub tag: String,
    /// English name, for the tooltip and for screen readers.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// How a client is recognised in lists: an initial on the client's colour, beside the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientMark {
    /// The client's id.
    pub id: String,
    /// The client's name.
    pub name: String,
    /// One letter.
    pub initial: String,
    /// One of [`COLOURS`]; anything else is drawn grey.
    pub colour: String,
}

/// A person of ours in a list: initials beside the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonMark {
    /// The person's id.
    pub id: String,
    /// The name that colleagues see.
    pub name: String,
    /// One to three letters.
    pub initials: String,
}

/// One entry of a `<select>` or of a row of radio buttons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub words: String,
    /// Whether it's the present one.
    pub is_chosen: bool,
}

/// Choices under one heading (`<optgroup>`); an empty heading shows them without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// For example the team's name.
    pub heading: String,
    /// The entries.
    pub choices: Vec<Choice>,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseState {
    /// Nobody has answered or taken it.
    New,
    /// It's being worked on; the next word is ours.
    Open,
    /// Waiting for the customer.
    Waiting,
    /// Finished.
    Closed,
}

/// How urgent a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Can wait.
    Low,
    /// The usual.
    Normal,
    /// Before the usual.
    High,
    /// Now.
    Urgent,
}

/// Who said the last word in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastWord {
    /// The customer: the case needs a reply.
    Customers,
    /// Ours.
    Ours,
}

/// Links to the neighbouring pages of a list; absent where the list ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pager {
    /// Towards the top of the list.
    pub newer_url: Option<String>,
    /// Towards the end of the list.
    pub older_url: Option<String>,
    /// What is shown: "1–50 of 212"; may be empty.
    pub words: String,
}

impl Choice {
    /// An entry that isn't the present one.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into(), is_chosen: false }
    }

    /// The same entry as the present one.
    pub fn chosen(self) -> Self {
        Self { is_chosen: true, ..self }
    }
}

impl When {
    /// An instant from both its faces.
    pub fn new(iso: impl Into<String>, words: impl Into<String>) -> Self {
        Self { iso: iso.into(), words: words.into() }
    }
}

impl CaseState {
    /// The key that forms send and that styles select by.
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
        }
    }

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Open => "Open",
            Self::Waiting => "Waiting",
            Self::Closed => "Closed",
        }
    }

    /// The icon that stands beside the word, a shape of its own for each state.
    pub fn icon(self) -> &'static str {
        match self {
            Self::New => "state-new",
            Self::Open => "state-open",
            Self::Waiting => "state-waiting",
            Self::Closed => "state-closed",
        }
    }
}

impl Priority {
    /// The key that forms send and that styles select by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Normal => "Normal",
            Self::High => "High",
            Self::Urgent => "Urgent",
        }
    }

    /// The icon that stands beside the word.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Low => "priority-low",
            Self::Normal => "priority-normal",
            Self::High => "priority-high",
            Self::Urgent => "priority-urgent",
        }
    }

    /// Whether lists mention it.
    pub fn is_notable(self) -> bool {
        self != Self::Normal
    }
}

impl LastWord {
    /// Whether the customer waits for us.
    pub fn needs_reply(self) -> bool {
        self == Self::Customers
    }
}

impl fmt::Display for CaseState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}
