//! The page of one case: header, thread, composer, side panel.

use super::clocks::CaseClocks;
use super::escalations::CaseEscalations;
use super::hand_overs::SeamsView;
use super::kinship::{Holder, Kinship};
use super::marks::{CaseState, Choice, ChoiceGroup, ClientMark, Language, PersonMark, Priority, When};
use super::plain::Plain;
use super::shell::Shell;
use super::speakers::Speakers;
use super::thread::Entry;
use super::translations::Across;
use super::{place::CasePlace, risk::CaseRisk};
use askama::Template;

/// `GET /cases/{id}`.
///
/// Forms, all posts under `/cases/{id}`:
/// - `/replies` with `text`, `to` (an address; empty for the customer) and the pressed button `then` = `stay` or `close`
/// - `/notes` with `text`
/// - `/draft` with `kind` = `reply` or `note` and `text`; sent by script while typing; answer 204
/// - `/assignment` with `person` (id, or empty for nobody)
/// - `/state` with `state` = `open`, `waiting` or `closed` (select, and the buttons "Close" and "Reopen")
/// - `/sharing` with `sharing` = empty (as the client's cases), `own` or `whole`
/// - `/other-language`: the question whether English will do, below the reply's draft
/// - `/priority` with `priority` = `low`, `normal`, `high` or `urgent`
/// - `/merges` and `/partings`: see [`Kinship`]
/// - `/messages/{message}/withdrawals` (undo of a reply that waits to go; its text becomes the draft again)
/// - `/messages/{message}/attempts` (try a failed reply again)
///
/// Gets: `/cases/{id}/messages/{message}/html` (the sandboxed document; `?images=shown` loads remote images) and
/// `/cases/{id}/messages/{message}/raw`.
#[derive(Debug, Clone, Template)]
#[template(path = "case.html")]
pub struct Case {
    /// The frame.
    pub shell: Shell,
    /// What could be plainer in the reply; drawn when the form asks for it.
    pub plain: Plain,
    /// Case id.
    pub id: String,
    /// What people quote.
    pub reference: String,
    /// Subject.
    pub subject: String,
    /// Whose customer.
    pub client: ClientMark,
    /// State.
    pub state: CaseState,
    /// Priority.
    pub priority: Priority,
    /// The customer's language.
    pub language: Option<Language>,
    /// Who holds it.
    pub assignee: Option<PersonMark>,
    /// When it began.
    pub opened: When,
    /// The way back to the list the reader came from.
    pub back: Link,
    /// The next case up in that list.
    pub newer_url: Option<String>,
    /// The next case down in that list.
    pub older_url: Option<String>,
    /// Messages, notes and events, oldest first.
    pub entries: Vec<Entry>,
    /// Earlier messages, when there are more than a page shows.
    pub earlier_url: Option<String>,
    /// The newest messages, when these are others.
    pub newest_url: Option<String>,
    /// Where to answer.
    pub composer: Composer,
    /// Who answers in the customer's language.
    pub speakers: Speakers,
    /// Whose clock runs, and what was promised.
    pub clocks: CaseClocks,
    /// What makes a wrong word expensive.
    pub risk: CaseRisk,
    /// The wish for somebody in the customer's country.
    pub place: CasePlace,
    /// What a lead said about the reply that came back to the reader.
    pub advice: Option<String>,
    /// Choices for the side panel's forms.
    pub properties: Properties,
    /// Who asks.
    pub customer: Customer,
    /// The cases that belong to it.
    pub kinship: Kinship,
    /// What of it is in somebody else's hands.
    pub escalations: CaseEscalations,
    /// How it changes hands.
    pub seams: SeamsView,
    /// Through which engagement the reader sees this case; none for the client's own people.
    pub engagement: Option<EngagementLine>,
}

/// A link with its words.
#[derive(Debug, Clone)]
pub struct Link {
    /// Address.
    pub url: String,
    /// Words.
    pub words: String,
}

/// Where a reply or a note is written.
#[derive(Debug, Clone)]
pub struct Composer {
    /// How the reply comes into the customer's language.
    pub across: Across,
    /// Which of the two is open at first.
    pub opens_with: Writing,
    /// The customer: "Zofia Nowak <zofia@example.org>".
    pub to: String,
    /// To whom the answer can go; empty when there is only the customer.
    pub recipients: Vec<Choice>,
    /// Who is away: a sentence each.
    pub away: Vec<String>,
    /// "Aurora <help@aurora.example>".
    pub from: String,
    /// The reply's saved draft, or empty.
    pub reply: String,
    /// The note's saved draft, or empty.
    pub note: String,
    /// When the draft was saved.
    pub saved: Option<When>,
    /// Why no reply can be sent now: a sentence, or none when it can.
    pub obstacle: Option<String>,
    /// The obstacle is an address from which mail came back.
    pub can_be_cleared: bool,
    /// Who gets a copy: those to whom the customer wrote too, or what was typed.
    pub copies: String,
    /// Files that stand beside the draft.
    pub kept_files: Vec<KeptFile>,
    /// When a reply can be sent instead of now.
    pub later: Later,
    /// How the reply is signed: trusted, made from Markdown by us; empty when it isn't.
    pub signature_html: String,
}

impl Composer {
    /// The reply can be translated.
    pub fn is_offered(&self) -> bool {
        matches!(self.across, Across::Offered { .. })
    }

    /// The reply stands there in both languages.
    pub fn is_drawn(&self) -> bool {
        matches!(self.across, Across::Drawn(_))
    }
}

/// A file beside a draft.
#[derive(Debug, Clone)]
pub struct KeptFile {
    /// Its place, for the form.
    pub position: i64,
    /// File name.
    pub name: String,
    /// "240 kB".
    pub size: String,
}

/// Times at which a reply can go.
#[derive(Debug, Clone, Default)]
pub struct Later {
    /// Quick choices: the instant and "Tomorrow 09:00".
    pub choices: Vec<Choice>,
    /// The zone of the quick choices: "Europe/Berlin".
    pub their_zone: String,
    /// The zone of the time that the reader types.
    pub own_zone: String,
    /// What was typed.
    pub typed: String,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// To the customer.
    Reply,
    /// For colleagues only.
    Note,
}

/// Choices of the side panel.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Who may hold the case, by team; the entry "Nobody" (empty value) is added by the template.
    pub assignees: Vec<ChoiceGroup>,
    /// States, the present one chosen.
    pub states: Vec<Choice>,
    /// Priorities, the present one chosen.
    pub priorities: Vec<Choice>,
    /// Whether the reader holds the case, which hides "Assign to me".
    pub is_mine: bool,
}

/// The customer's card.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Name, or the address where no name is known.
    pub name: String,
    /// E-mail addresses.
    pub addresses: Vec<String>,
    /// Preferred language.
    pub language: Option<Language>,
    /// First contact.
    pub since: When,
    /// Other cases of the same customer with the same client, newest first.
    pub earlier: Vec<EarlierCase>,
    /// Others who take part in the case.
    pub others: Vec<Participant>,
    /// What those others see.
    pub sharing: Sharing,
    /// Who of all of them is away: a sentence each.
    pub away: Vec<String>,
}

/// Somebody who takes part in a case and isn't its customer.
#[derive(Debug, Clone)]
pub struct Participant {
    /// "Ivo Novak <ivo@example.org>".
    pub name: String,
    /// "wrote here".
    pub part: String,
    /// Mail to them came back.
    pub came_back: bool,
}

/// What those others see of a case.
#[derive(Debug, Clone, Default)]
pub struct Sharing {
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// They see only what they wrote and what was sent to them.
    pub is_own_words: bool,
}

/// Another case of the same customer.
#[derive(Debug, Clone)]
pub struct EarlierCase {
    /// Where it is.
    pub url: String,
    /// What people quote.
    pub reference: String,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: CaseState,
    /// Last activity.
    pub active: When,
}

/// The engagement that opens this case to the reader.
#[derive(Debug, Clone)]
pub struct EngagementLine {
    /// Client's name.
    pub client: String,
    /// Partner's name.
    pub partner: String,
    /// Team's name.
    pub team: String,
    /// Last day: "31 Dec 2026"; none when it's open-ended.
    pub until: Option<String>,
}

impl Case {
    /// Whether the case is finished.
    pub fn is_closed(&self) -> bool {
        self.state == CaseState::Closed
    }
}

impl Composer {
    /// Whether the note's page is open at first.
    pub fn opens_with_note(&self) -> bool {
        self.opens_with == Writing::Note
    }
}

/// How many entries a thread shows before it folds its middle.
const SHOWN_WHOLE: usize = 9;
/// How many entries at the end stay unfolded.
const SHOWN_LAST: usize = 6;
/// From how many entries on the header leads to the newest one.
const WANTS_A_WAY_DOWN: usize = 3;

impl Case {
    /// What began the case; the whole thread while it's short.
    pub fn first_entries(&self) -> &[Entry] {
        &self.entries[..if self.folds() { self.beginning() } else { self.entries.len() }]
    }

    /// The middle of a long thread.
    pub fn folded_entries(&self) -> &[Entry] {
        if self.folds() { &self.entries[self.beginning()..self.entries.len() - SHOWN_LAST] } else { &[] }
    }

    /// The end of a long thread.
    pub fn last_entries(&self) -> &[Entry] {
        if self.folds() { &self.entries[self.entries.len() - SHOWN_LAST..] } else { &[] }
    }

    /// The anchor of the newest message, when the thread is long enough to want a way there.
    pub fn newest(&self) -> Option<String> {
        let id = self.entries.iter().rev().find_map(Entry::message)?;
        (self.entries.len() > WANTS_A_WAY_DOWN).then(|| format!("#message-{id}"))
    }

    /// Up to the customer's first message, but at most as much as the end leaves.
    fn beginning(&self) -> usize {
        let first = self.entries.iter().position(|entry| matches!(entry, Entry::Incoming(_)));
        first.map_or(1, |first| first + 1).min(self.entries.len() - SHOWN_LAST)
    }

    fn folds(&self) -> bool {
        self.entries.len() > SHOWN_WHOLE
    }
}
