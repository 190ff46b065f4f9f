//! The API's own shapes. They grow and never change, whatever the rooms do inside.

use cases::{ListRow, Message, MessageKind, shown_reference};
use desk::case_page::CasePage;
use serde::Serialize;

/// A page of cases.
#[derive(Serialize)]
pub struct Cases {
    /// The cases, the one that was touched last first.
    pub cases: Vec<CaseInList>,
    /// Where the next page begins: hand it over as `after`.
    pub next: Option<String>,
}

/// A case in a list. Instants are RFC 3339 in UTC.
#[derive(Serialize)]
pub struct CaseInList {
    id: String,
    reference: String,
    client: String,
    customer: String,
    subject: String,
    snippet: String,
    state: &'static str,
    priority: &'static str,
    language: String,
    assignee: Option<String>,
    last_word: &'static str,
    messages: i64,
    updated_at: String,
}

impl From<ListRow> for CaseInList {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id.to_string(),
            reference: shown_reference(&row.reference),
            client: row.client.to_string(),
            customer: row.customer_name,
            subject: row.subject,
            snippet: row.snippet,
            state: row.state.as_str(),
            priority: row.priority.as_str(),
            language: row.language.to_string(),
            assignee: row.assignee_name,
            last_word: row.last_word.as_str(),
            messages: row.messages,
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// A case with its messages.
#[derive(Serialize)]
pub struct CaseWhole {
    id: String,
    reference: String,
    client: String,
    engagement: String,
    customer: String,
    subject: String,
    state: &'static str,
    priority: &'static str,
    language: String,
    opened_at: String,
    updated_at: String,
    closed_at: Option<String>,
    has_earlier: bool,
    messages: Vec<MessageShape>,
}

/// A message of a case.
#[derive(Serialize)]
struct MessageShape {
    id: String,
    kind: &'static str,
    by: String,
    at: String,
    language: String,
    text: String,
    delivery: &'static str,
    because: Vec<kernel::Because>,
    /// Only of what a customer wrote.
    sender: Option<SenderShape>,
}

/// How far the sender of a message is proven.
#[derive(Serialize)]
struct SenderShape {
    address: String,
    verdict: &'static str,
    domain: String,
    because: Vec<kernel::Because>,
    marks: Vec<kernel::Because>,
    reply_to: String,
    answers: &'static str,
}

impl From<CasePage> for CaseWhole {
    fn from(page: CasePage) -> Self {
        let case = page.case;
        Self {
            id: case.id.to_string(),
            reference: shown_reference(&case.reference),
            client: case.client.to_string(),
            engagement: case.engagement.to_string(),
            customer: page.around.customer.shown(),
            subject: case.subject,
            state: case.state.as_str(),
            priority: case.priority.as_str(),
            language: case.language.to_string(),
            opened_at: case.opened_at.to_string(),
            updated_at: case.updated_at.to_string(),
            closed_at: case.closed_at.map(|at| at.to_string()),
            has_earlier: page.talk.has_earlier,
            messages: page.talk.messages.into_iter().map(MessageShape::from).collect(),
        }
    }
}

impl From<Message> for MessageShape {
    fn from(message: Message) -> Self {
        let sender = (message.kind == MessageKind::Customer).then(|| SenderShape::of(&message));
        let by = if message.by.name.is_empty() && message.kind == MessageKind::Customer {
            message.by.address
        } else {
            message.by.name
        };
        Self {
            id: message.id.to_string(),
            kind: message.kind.as_str(),
            by,
            at: message.at.to_string(),
            language: message.language.to_string(),
            text: message.new_text,
            delivery: message.delivery.as_str(),
            because: message.because,
            sender,
        }
    }
}

impl SenderShape {
    fn of(message: &Message) -> Self {
        let trust = message.trust.clone();
        let answers = trust.answers_go().as_str();
        Self {
            address: message.by.address.clone(),
            verdict: trust.verdict.as_str(),
            domain: trust.domain,
            because: trust.because,
            marks: trust.marks,
            reply_to: trust.reply_to,
            answers,
        }
    }
}
