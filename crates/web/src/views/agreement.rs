//! An engagement as one page that can be read: who, what, when, what is promised, and how it came to be so.

use super::{
    engagements::Standing,
    marks::{Choice, ClientMark},
    shell::Shell,
};
use askama::Template;
use std::collections::HashMap;

/// `GET /engagements/{id}`.
///
/// Forms: `POST /engagements/{id}/terms/{version}/agreements` with `side`, `POST /engagements/{id}/terms/{version}/withdrawals`.
#[derive(Debug, Clone, Template)]
#[template(path = "engagement.html")]
pub struct AgreementPage {
    /// The frame.
    pub shell: Shell,
    /// Id.
    pub id: String,
    /// Client.
    pub client: ClientMark,
    /// The engagement's name.
    pub name: String,
    /// What it is for: "Dedicated team".
    pub kind: String,
    /// Partner's name and place: "Lisboa Care, Lisbon"; the client's own for an in-house team.
    pub partner: String,
    /// Team's name.
    pub team: String,
    /// Its days: "from 1 Mar 2026 until 31 Dec 2026".
    pub days: String,
    /// Where it stands.
    pub standing: Standing,
    /// Addresses that it answers.
    pub mailboxes: Vec<String>,
    /// Which version holds, in a sentence.
    pub version: String,
    /// The zone of its hours, in words.
    pub zone: String,
    /// The week, day by day.
    pub week: Vec<WeekDay>,
    /// What was agreed, section by section.
    pub sections: Vec<SectionView>,
    /// What waits for somebody's word.
    pub waiting: Option<WaitingView>,
    /// All versions, newest first.
    pub past: Vec<PastView>,
    /// Whether the reader may propose something else.
    pub may_propose: bool,
}

/// A day of the week, with its hours drawn in minutes after midnight.
#[derive(Debug, Clone)]
pub struct WeekDay {
    /// "Monday".
    pub name: String,
    /// "09:00–12:30, 13:00–17:00".
    pub words: String,
    /// From which minute, and how many.
    pub bars: Vec<(u32, u32)>,
}

/// A part of what was agreed.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// Its key in the page.
    pub key: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What about what.
    pub rows: Vec<(String, String)>,
}

/// A proposal that waits.
#[derive(Debug, Clone)]
pub struct WaitingView {
    /// Its number.
    pub version: i64,
    /// From when it would count.
    pub from: String,
    /// Who proposed it: "Ines Carvalho, 2 Mar 2026".
    pub by: String,
    /// Why.
    pub why: String,
    /// What it changes: what, before, after.
    pub differences: Vec<(String, String, String)>,
    /// What it would have changed last week, in sentences.
    pub effect: Vec<String>,
    /// For whose word it waits: "the client and the partner".
    pub waits_for: String,
    /// The sides for which the reader may agree.
    pub sides: Vec<Choice>,
    /// Whether the reader may take it back.
    pub may_withdraw: bool,
}

/// A version.
#[derive(Debug, Clone)]
pub struct PastView {
    /// Its number.
    pub version: i64,
    /// From when it counts.
    pub from: String,
    /// Where it stands: a key and a word.
    pub state: (&'static str, &'static str),
    /// Why.
    pub why: String,
    /// Who proposed, agreed, took back: sentences.
    pub who: Vec<String>,
    /// What it changed: what, before, after.
    pub differences: Vec<(String, String, String)>,
}

/// `GET /engagements/{id}/terms/new`.
///
/// Form: `POST /engagements/{id}/terms` with all fields of the terms, `from_on`, `why`, and `try` to see the effect only.
#[derive(Debug, Clone, Template)]
#[template(path = "engagement_terms.html")]
pub struct TermsFormPage {
    /// The frame.
    pub shell: Shell,
    /// The engagement's id.
    pub id: String,
    /// Client.
    pub client: ClientMark,
    /// The engagement's name.
    pub name: String,
    /// What stands in the fields.
    pub form: Typed,
    /// Lists of holidays.
    pub lists: Vec<Choice>,
    /// The days of the week: key and name.
    pub days: Vec<(&'static str, &'static str)>,
    /// Rows of promises.
    pub clauses: Vec<usize>,
    /// Rows of escalations.
    pub escalations: Vec<usize>,
    /// To whom cases can be escalated.
    pub whom: Vec<Choice>,
    /// The words of fixed lists, by the field's name.
    pub words: HashMap<&'static str, Vec<Choice>>,
    /// What this would have changed last week, where it was tried.
    pub effect: Option<Vec<String>>,
}

/// What was typed or is agreed, by the fields' names.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The value of a field.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value of a field of a row.
    pub fn of(&self, kind: &str, row: &usize, name: &str) -> &str {
        self.text(&format!("{kind}_{row}_{name}"))
    }

    /// Whether a box is ticked.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(known, one)| known == name && one == value)
    }

    /// Whether a box of a row is ticked.
    pub fn has_in(&self, kind: &str, row: &usize, name: &str, value: &str) -> bool {
        self.has(&format!("{kind}_{row}_{name}"), value)
    }
}

impl TermsFormPage {
    /// The words of a list, with the chosen one.
    pub fn choices(&self, list: &str, chosen: &str) -> Vec<Choice> {
        let all = self.words.get(list).cloned().unwrap_or_default();
        all.into_iter().map(|choice| Choice { is_chosen: choice.value == chosen, ..choice }).collect()
    }

    /// To whom a row escalates.
    pub fn whom_in(&self, row: &usize) -> Vec<Choice> {
        let chosen = self.form.of("escalation", row, "to");
        self.whom
            .iter()
            .cloned()
            .map(|choice| Choice { is_chosen: choice.value == chosen, ..choice })
            .collect()
    }
}
