//! Escalations: what waits, one of them with its trail and forms, handing a part of a case over, and the page of a letter's link.

use super::{
    marks::{Choice, ChoiceGroup, ClientMark, Language, When},
    shell::{Flash, Shell},
};
use askama::Template;
use cases::escalation::EscalationWords;

/// `GET /escalations`.
#[derive(Debug, Clone, Template)]
#[template(path = "escalations.html")]
pub struct Escalations {
    /// The frame.
    pub shell: Shell,
    /// Those that the reader has.
    pub mine: Vec<EscalationLine>,
    /// Those whose case the reader sees.
    pub others: Vec<EscalationLine>,
}

/// An escalation on a line.
#[derive(Debug, Clone)]
pub struct EscalationLine {
    /// Where it is.
    pub url: String,
    /// The beginning of what is asked.
    pub asked: String,
    /// The name of the client.
    pub client: String,
    /// The case: "#K7QM-3XTP".
    pub reference: String,
    /// The case's page, for those who see it.
    pub case_url: Option<String>,
    /// Who has it.
    pub holder: String,
    /// Where it stands.
    pub standing: StandingMark,
    /// Since when.
    pub since: When,
    /// By when it is needed.
    pub needed: Option<When>,
    /// That time is over, and it isn't answered.
    pub is_late: bool,
    /// How often it has come back.
    pub bounces: i64,
}

/// Where an escalation stands.
#[derive(Debug, Clone, Copy)]
pub struct StandingMark {
    /// The key of the badge's colour.
    pub key: &'static str,
    /// Icon.
    pub icon: &'static str,
    /// Words.
    pub words: &'static str,
}

/// The part of a case's page. Forms lead to `/cases/{id}/escalations/new?kind=…`.
#[derive(Debug, Clone, Default)]
pub struct CaseEscalations {
    /// Those of the case, the oldest first.
    pub all: Vec<EscalationLine>,
    /// A part can be handed over.
    pub is_open: bool,
}

/// `GET /cases/{case}/escalations/new?kind=hardware|software|other`. Form: `POST /cases/{case}/escalations` with `kind`, `to`
/// (`person:{id}`, `vendor:{id}`, or empty for `address`), `address`, `asked`, `tried`, `share` and `file` (several), the form's fields and
/// `needed_at`.
#[derive(Debug, Clone, Template)]
#[template(path = "escalation_new.html")]
pub struct NewEscalation {
    /// The frame.
    pub shell: Shell,
    /// The case.
    pub case_id: String,
    /// "#K7QM-3XTP".
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// The client's name.
    pub client: String,
    /// Which form.
    pub kinds: Vec<Choice>,
    /// The word of the form that is shown.
    pub kind: &'static str,
    /// To whom.
    pub takers: Vec<ChoiceGroup>,
    /// An address that was typed.
    pub address: String,
    /// What is asked.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// What can be handed over of the case.
    pub facts: Vec<Choice>,
    /// The files that can go along.
    pub files: Vec<Choice>,
    /// The fields of the form.
    pub fields: Vec<FieldView>,
    /// By when.
    pub needed_at: String,
    /// The zone of that time.
    pub zone: String,
}

/// A field of an escalation's form.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// Its name.
    pub key: &'static str,
    /// What stands above it.
    pub label: String,
    /// What stands below it; may be empty.
    pub hint: &'static str,
    /// What is in it.
    pub value: String,
    /// How it is drawn.
    pub drawn: FieldDrawn,
    /// It has to be filled in.
    pub is_needed: bool,
}

/// How a field is drawn.
#[derive(Debug, Clone)]
pub enum FieldDrawn {
    /// On a line; the type of the input.
    Line(&'static str),
    /// On several lines.
    Text,
    /// A choice.
    Choice(Vec<Choice>),
}

/// `GET /escalations/{escalation}`. Forms: `POST …/steps` with `step` and its words, `POST …/fields` with the fields.
#[derive(Debug, Clone, Template)]
#[template(path = "escalation.html")]
pub struct EscalationPage {
    /// The frame.
    pub shell: Shell,
    /// Its id.
    pub id: String,
    /// Its line.
    pub line: EscalationLine,
    /// Whose.
    pub client: ClientMark,
    /// The case's subject.
    pub subject: String,
    /// What is asked.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// The answer for the customer; may be empty.
    pub answer: String,
    /// What was handed over and filled in, with labels.
    pub details: Vec<(String, String)>,
    /// What happened.
    pub steps: Vec<StepLine>,
    /// The files that came by mail.
    pub files: Vec<FileLine>,
    /// Why its letter didn't arrive; may be empty.
    pub trouble: String,
    /// What whoever has it can do; none for others.
    pub taking: Option<Taking>,
    /// What those who handed it over can do; none for others.
    pub giving: Option<Giving>,
    /// What was said in the case, for a specialist who doesn't see its page.
    pub talk: Vec<TalkLine>,
    /// What was typed into a form that was refused.
    pub typed: Typed,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct StepLine {
    /// When.
    pub at: When,
    /// What: "Norfab Repairs asked for information".
    pub what: String,
    /// Icon.
    pub icon: &'static str,
    /// What they said; may be empty.
    pub words: String,
}

/// A file that came by mail.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Where it is.
    pub url: String,
    /// Its name.
    pub name: String,
    /// "240 kB".
    pub size: String,
}

/// What whoever has it can do.
#[derive(Debug, Clone)]
pub struct Taking {
    /// It can be answered.
    pub can_answer: bool,
    /// It can be accepted.
    pub can_accept: bool,
    /// They can ask.
    pub can_ask: bool,
    /// They can decline.
    pub can_reject: bool,
    /// Their fields.
    pub fields: Vec<FieldView>,
}

/// What those who handed it over can do.
#[derive(Debug, Clone)]
pub struct Giving {
    /// Information was asked for.
    pub is_asked: bool,
    /// Information can be added.
    pub can_supply: bool,
    /// It can be asked again.
    pub can_send_again: bool,
    /// They can remind.
    pub can_remind: bool,
    /// It isn't over.
    pub can_close: bool,
    /// There is an answer, so closing needs no reason.
    pub is_answered: bool,
    /// The fields of its form.
    pub fields: Vec<FieldView>,
}

/// A message of the case.
#[derive(Debug, Clone)]
pub struct TalkLine {
    /// Who: "Eva Novak", or "We".
    pub who: String,
    /// When.
    pub at: When,
    /// What.
    pub text: String,
    /// Its language.
    pub language: Option<Language>,
    /// Its files.
    pub files: Vec<FileLine>,
}

/// What was typed into a form that was refused.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The step.
    pub step: String,
    /// Its words.
    pub words: String,
    /// The words for the customer.
    pub customer_ready: String,
    /// The words beside them.
    pub beside: String,
}

impl Typed {
    /// The words that were typed for a step.
    pub fn of(&self, step: &str) -> &str {
        if self.step == step { &self.words } else { "" }
    }

    /// The form of this step was refused.
    pub fn is(&self, step: &str) -> bool {
        self.step == step
    }
}

/// `GET /escalated/{token}`, in the language of whoever has it. Forms: `POST /escalated/{token}/steps` with `step` and its words and
/// fields, `POST /escalated/{token}/fields`.
#[derive(Debug, Clone, Template)]
#[template(path = "escalated.html")]
pub struct Escalated {
    /// What is said at the top.
    pub flash: Option<Flash>,
    /// The words of the page.
    pub words: &'static EscalationWords,
    /// The sentence at the top.
    pub intro: String,
    /// Where it stands.
    pub standing: StandingMark,
    /// What is asked.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// The details, with labels.
    pub details: Vec<(String, String)>,
    /// By when it is needed: "2026-11-25 14:00 +01:00".
    pub needed: Option<String>,
    /// What happened.
    pub steps: Vec<StepLine>,
    /// What can be done; none where it is over.
    pub taking: Option<Taking>,
    /// What was typed.
    pub typed: Typed,
    /// The link's token.
    pub token: String,
}

/// The page of a link that opens nothing any more.
#[derive(Debug, Clone, Template)]
#[template(path = "escalated_over.html")]
pub struct EscalatedOver {
    /// The language of the sentence.
    pub language: &'static str,
    /// What to do.
    pub sentence: &'static str,
}

/// `GET /clients/{client}/vendors`. Forms: `POST /clients/{client}/vendors` and `POST …/{vendor}` with `name`, `address`, `language`,
/// `country`; `POST …/{vendor}/removals`.
#[derive(Debug, Clone, Template)]
#[template(path = "vendors.html")]
pub struct Vendors {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub mark: ClientMark,
    /// Its vendors.
    pub vendors: Vec<VendorForm>,
    /// A new one.
    pub fresh: VendorForm,
}

/// A vendor as a form has it.
#[derive(Debug, Clone)]
pub struct VendorForm {
    /// Its id; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its languages, its own chosen.
    pub languages: Vec<Choice>,
    /// Its country.
    pub country: String,
    /// How much it has: "2 open", or empty.
    pub has: String,
    /// The form was refused.
    pub is_open: bool,
}
