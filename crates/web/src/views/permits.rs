//! Permits and skills, replies that wait for approval, and why a case is with whom it is.

use super::marks::{Choice, ClientMark, When};
use super::shell::Shell;
use askama::Template;

/// `GET /permits?client=`.
///
/// Forms: `POST /permits` with `client`, `person`, `intent`, `stage`, `evidence`, `until`; `POST /permits/{permit}/stages` with `client`,
/// `stage`, `because`; `POST /permits/{permit}/endings` with `client`, `because`; `POST /skills` with `client`, `person`, `skill`, `until`;
/// `POST /skills/removals` with `client`, `person`, `skill`.
#[derive(Debug, Clone, Template)]
#[template(path = "permits.html")]
pub struct Permits {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub client: ClientMark,
    /// The other clients, with their addresses here.
    pub others: Vec<(String, ClientMark)>,
    /// The client has granted a permit before.
    pub has_begun: bool,
    /// The columns: what can be asked, "Everything" first.
    pub intents: Vec<String>,
    /// Who works for the client.
    pub rows: Vec<PermitRow>,
    /// The same people, for forms.
    pub people: Vec<Choice>,
    /// The stages, for forms.
    pub stages: Vec<Choice>,
    /// What has ended, the newest first.
    pub history: Vec<HistoryLine>,
}

/// Somebody's permits, one for each column.
#[derive(Debug, Clone)]
pub struct PermitRow {
    /// The person.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they know.
    pub skills: Vec<(String, String)>,
    /// Their permits, column by column; none where there is none.
    pub cells: Vec<Option<PermitCell>>,
}

/// A permit in its cell.
#[derive(Debug, Clone)]
pub struct PermitCell {
    /// The permit.
    pub id: String,
    /// "Every reply approved".
    pub stage: &'static str,
    /// The stage's icon.
    pub icon: &'static str,
    /// "until 31 May 2027"; empty when it doesn't end by itself.
    pub until: String,
    /// Its last day is over.
    pub has_expired: bool,
    /// It ends within thirty days.
    pub ends_soon: bool,
    /// What it is based on.
    pub evidence: String,
    /// Who granted it, and when.
    pub granted: String,
    /// The stages that it can have instead.
    pub stages: Vec<Choice>,
}

/// A permit that has ended.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// "Carla Sousa: returns, sample approved".
    pub words: String,
    /// Why it ended.
    pub because: String,
    /// When.
    pub at: When,
    /// By whom.
    pub by: String,
}

/// What somebody holds, on their own page and on that of owners.
#[derive(Debug, Clone, Default)]
pub struct HeldPermits {
    /// "Aurora: returns, sample approved, until 31 May 2027" and whether it holds.
    pub lines: Vec<(String, bool)>,
    /// Their skills.
    pub skills: Vec<String>,
}

/// `GET /approvals`.
///
/// Forms: `POST /cases/{case}/messages/{message}/approvals` with `text`, `advice` and the pressed button `then` = `approve` or `return`.
#[derive(Debug, Clone, Template)]
#[template(path = "approvals.html")]
pub struct Approvals {
    /// The frame.
    pub shell: Shell,
    /// What waits, the longest first.
    pub waiting: Vec<AwaitedReply>,
}

/// A reply that waits for a lead.
#[derive(Debug, Clone)]
pub struct AwaitedReply {
    /// Its address: `/cases/…/messages/…`.
    pub url: String,
    /// Its case's address.
    pub case_url: String,
    /// What people quote.
    pub reference: String,
    /// What the case is about.
    pub subject: String,
    /// Who wrote it.
    pub author: String,
    /// Why somebody looks at it.
    pub because: String,
    /// Since when.
    pub since: When,
    /// What the customer wrote.
    pub question: String,
    /// The language and direction of what the customer wrote.
    pub question_language: (String, &'static str),
    /// The words of which it is the translation.
    pub own: Option<String>,
    /// The reply.
    pub text: String,
    /// Its language and direction.
    pub language: (String, &'static str),
    /// The reader wrote it.
    pub is_own: bool,
}

/// `GET /cases/{case}/routings`: why a case is with whom it is.
#[derive(Debug, Clone, Template)]
#[template(path = "routings.html")]
pub struct Routings {
    /// The frame.
    pub shell: Shell,
    /// The case's address.
    pub case_url: String,
    /// What people quote.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// Who has it.
    pub holder: Option<String>,
    /// What would be decided now; none where nothing is routed.
    pub now: Option<Decision>,
    /// What was decided, the newest first.
    pub decisions: Vec<Decision>,
}

/// A decision of routing.
#[derive(Debug, Clone)]
pub struct Decision {
    /// When; none for what would be decided now.
    pub at: Option<When>,
    /// Who was given it; none where nobody was.
    pub person: Option<String>,
    /// "given at once", "taken as the next one", "given by a person", "routed again".
    pub how: &'static str,
    /// Why then.
    pub why_now: String,
    /// Why this person, or why nobody.
    pub why: Vec<String>,
    /// Who else could have taken it, and how they understand the customer.
    pub who_else: Vec<(String, String)>,
    /// Who could not, and why.
    pub who_not: Vec<(String, String)>,
}
