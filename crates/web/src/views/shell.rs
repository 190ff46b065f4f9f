//! What surrounds every page of a signed-in person: navigation, search, the person's menu, the flash.

use super::marks::ClientMark;

/// The frame of every signed-in page.
///
/// Forms: `GET /inbox` with `q` (search); `POST /sign-out`. The event stream is `GET /live` with `since`, whose event `refresh`
/// makes the page fetch itself again and take over what changed.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The page's title, without the product's name.
    pub title: String,
    /// Which entry of the navigation is current.
    pub place: Place,
    /// Numbers beside the entries.
    pub counts: Counts,
    /// The clients that the reader's reach lets them see.
    pub clients: Vec<ClientEntry>,
    /// The administration entries that the reader may open, in order; empty for most people.
    pub administration: Vec<Administration>,
    /// The reader leads a team.
    pub is_lead: bool,
    /// Who reads.
    pub reader: Reader,
    /// What the last action led to.
    pub flash: Option<Flash>,
    /// Whether this is the demo installation: shows the ribbon and the postbox.
    pub is_demo: bool,
    /// Changes before this are shown: an instant of the machine's clock, in microseconds.
    pub since: i64,
    /// What is being searched for, or empty.
    pub query: String,
}

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `/inbox?view=mine`
    Mine,
    /// `/inbox?view=unassigned`
    Unassigned,
    /// `/inbox?view=open`
    AllOpen,
    /// `/inbox?view=closed`
    Closed,
    /// `/inbox?view=open&client={id}`
    Client(String),
    /// One of the administration pages.
    Administration(Administration),
    /// `/board`
    Board,
    /// `/gallery`
    Gallery,
    /// `/postbox`
    Postbox,
    /// `/hand-overs`
    HandOvers,
    /// `/account`
    Account,
    /// `/escalations`
    Escalations,
    /// `/roster`
    Roster,
    /// `/on-call`
    OnCall,
    /// `/coverage`
    Coverage,
    /// `/outstanding`
    Outstanding,
    /// Somewhere that has no entry, such as a case.
    Elsewhere,
}

/// The pages by which an installation is set up and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Administration {
    /// `/clients`
    Clients,
    /// `/people`
    People,
    /// `/engagements`
    Engagements,
    /// `/translation`
    Translation,
    /// `/outgoing-mail`
    OutgoingMail,
    /// `/queue`
    Queue,
    /// `/understanding`
    Understanding,
    /// `/permits`
    Permits,
    /// `/approvals`
    Approvals,
    /// `/parked`
    Parked,
    /// `/jobs`
    Jobs,
}

/// Numbers beside the navigation's entries.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Open cases assigned to the reader.
    pub mine: u64,
    /// Open cases without an assignee.
    pub unassigned: u64,
    /// All open cases within reach.
    pub open: u64,
    /// Hand-overs that the reader is asked by.
    pub hand_overs: u64,
    /// Mails that wait for a person's decision.
    pub parked: u64,
    /// Jobs that gave up or keep failing.
    pub stuck: u64,
}

/// A client in the navigation.
#[derive(Debug, Clone)]
pub struct ClientEntry {
    /// Its mark.
    pub mark: ClientMark,
    /// Its open cases.
    pub count: u64,
}

/// The signed-in person.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The person's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Initials for the round mark.
    pub initials: String,
    /// Role and where it holds: "Representative, Lisbon".
    pub role: String,
    /// Whether single-key shortcuts are on.
    pub uses_shortcuts: bool,
    /// Whether they take new cases: the word and the words of each, and whether it is so.
    pub presences: Vec<(&'static str, &'static str, bool)>,
}

/// One sentence about what just happened, shown at the top of the next page.
#[derive(Debug, Clone)]
pub struct Flash {
    /// How it's drawn and announced.
    pub kind: FlashKind,
    /// The sentence.
    pub sentence: String,
    /// The next step, where there is one.
    pub hint: Option<String>,
}

/// The kinds of flash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    /// It was done.
    Done,
    /// Worth knowing.
    Notice,
    /// It was refused.
    Refused,
}

impl Shell {
    /// ` aria-current="page"` on the entry that the reader is at. `entry` is a [`Place::key`].
    pub fn current(&self, entry: &str) -> &'static str {
        if self.place.key() == entry { "aria-current=page" } else { "" }
    }

    /// As [`Shell::current`], for a client's entry.
    pub fn current_client(&self, id: &str) -> &'static str {
        if matches!(&self.place, Place::Client(here) if here == id) { "aria-current=page" } else { "" }
    }

    /// The number beside an administration entry, if it calls for attention.
    pub fn attention(&self, entry: &Administration) -> Option<u64> {
        let count = match entry {
            Administration::Parked => self.counts.parked,
            Administration::Jobs => self.counts.stuck,
            _ => 0,
        };
        (count > 0).then_some(count)
    }
}

impl Place {
    /// A short key, unique among the entries except the clients'.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::AllOpen => "open",
            Self::Closed => "closed",
            Self::Client(_) => "client",
            Self::Administration(entry) => entry.key(),
            Self::Board => "board",
            Self::Gallery => "gallery",
            Self::Postbox => "postbox",
            Self::HandOvers => "hand-overs",
            Self::Account => "account",
            Self::Escalations => "escalations",
            Self::Roster => "roster",
            Self::OnCall => "on-call",
            Self::Coverage => "coverage",
            Self::Outstanding => "outstanding",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl Administration {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 9] = [
        Self::Clients,
        Self::People,
        Self::Engagements,
        Self::Translation,
        Self::OutgoingMail,
        Self::Queue,
        Self::Understanding,
        Self::Parked,
        Self::Jobs,
    ];

    /// The last part of the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::People => "people",
            Self::Engagements => "engagements",
            Self::Translation => "translation",
            Self::OutgoingMail => "outgoing-mail",
            Self::Queue => "queue",
            Self::Understanding => "understanding",
            Self::Permits => "permits",
            Self::Approvals => "approvals",
            Self::Parked => "parked",
            Self::Jobs => "jobs",
        }
    }

    /// What the entry says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clients => "Clients",
            Self::People => "Partners & people",
            Self::Engagements => "Engagements",
            Self::Translation => "Translation",
            Self::OutgoingMail => "Outgoing mail",
            Self::Queue => "Queue",
            Self::Understanding => "Understanding",
            Self::Permits => "Permits",
            Self::Approvals => "Approvals",
            Self::Parked => "Parked mail",
            Self::Jobs => "Jobs",
        }
    }

    /// The entry's icon, named as the address.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Queue => "outbound",
            Self::Translation => "language",
            Self::Understanding => "eye",
            Self::Permits => "lock",
            Self::Approvals => "check-double",
            other => other.key(),
        }
    }
}

impl FlashKind {
    /// The key that styles select by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Notice => "notice",
            Self::Refused => "refused",
        }
    }

    /// The word before the sentence, for those who see no colour.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Notice => "Note",
            Self::Refused => "Not done",
        }
    }

    /// `alert` interrupts a screen reader, `status` waits for a pause.
    pub fn role(self) -> &'static str {
        if self == Self::Refused { "alert" } else { "status" }
    }
}
