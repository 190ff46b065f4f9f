//! What the pages of escalations have in common: where one stands, its fields, and which step a form names.

use crate::{
    fields::{Fields, unreadable},
    views::{
        escalations::{FieldDrawn, FieldView, StandingMark, Taking, Typed},
        marks::Choice,
    },
};
use cases::{
    escalation::{Escalation, FormKind, Standing, Taken},
    escalation_forms::{Field, FilledBy, Holds, Needed, fields},
};
use desk::{Stop, escalations::Words};

/// Where an escalation stands, in these words.
pub(crate) fn standing(standing: Standing, words: &'static str) -> StandingMark {
    let (key, icon) = match standing {
        Standing::Open => ("new", "state-new"),
        Standing::NeedsInformation => ("high", "notice"),
        Standing::Accepted => ("open", "state-open"),
        Standing::Rejected => ("urgent", "cross"),
        Standing::Answered => ("waiting", "reply"),
        Standing::Closed => ("closed", "state-closed"),
    };
    StandingMark { key, icon, words }
}

/// The words of a standing for those who handed it over.
pub(crate) fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Open",
        Standing::NeedsInformation => "Needs information",
        Standing::Accepted => "Accepted",
        Standing::Rejected => "Declined",
        Standing::Answered => "Answered",
        Standing::Closed => "Ended",
    }
}

/// A field as a page draws it; `said` translates a key.
pub(crate) fn field(
    field: &'static Field,
    value: &str,
    nothing: &str,
    said: impl Fn(&str, &'static str) -> String,
) -> FieldView {
    let drawn = match field.holds {
        Holds::Line | Holds::Addresses => FieldDrawn::Line("text"),
        Holds::Day => FieldDrawn::Line("date"),
        Holds::Text => FieldDrawn::Text,
        Holds::OneOf(words) => {
            let choice = |word: &str, shown: &'static str| Choice {
                value: word.to_owned(),
                words: said(word, shown),
                is_chosen: word == value,
            };
            let empty =
                Choice { value: String::new(), words: nothing.to_owned(), is_chosen: value.is_empty() };
            let choices = words.iter().map(|(word, shown)| choice(word, shown));
            FieldDrawn::Choice(std::iter::once(empty).chain(choices).collect())
        }
    };
    FieldView {
        key: field.key,
        label: said(field.key, field.label),
        hint: field.hint,
        value: value.to_owned(),
        drawn,
        is_needed: field.needed == Needed::AtOnce,
    }
}

/// The same in the words of the help desk.
pub(crate) fn own_field(one: &'static Field, value: &str) -> FieldView {
    field(one, value, "not chosen", |_, words| words.to_owned())
}

/// What whoever has it can do; `None` where it is over. Their fields hold what was typed, if the form comes again.
pub(crate) fn taking(
    one: &Escalation,
    typed: Option<&Fields>,
    draw: impl Fn(&'static Field, &str) -> FieldView,
) -> Option<Taking> {
    let can = |step: Taken| one.taken(step).is_ok();
    let word = || "?".to_owned();
    let theirs = fields(one.kind).iter().filter(|field| field.by == FilledBy::Holder);
    let value = |field: &Field| typed_or(typed, field.key, one.form.text(field.key));
    (one.closed_at.is_none()).then(|| Taking {
        can_answer: can(Taken::Answer { customer_ready: word(), beside: String::new() }),
        can_accept: can(Taken::Accept(String::new())),
        can_ask: can(Taken::AskBack(word())),
        can_reject: can(Taken::Reject(word())),
        fields: theirs.map(|field| draw(field, &value(field))).collect(),
    })
}

/// What was typed into a field, else what is there.
pub(crate) fn typed_or(typed: Option<&Fields>, key: &str, otherwise: &str) -> String {
    match typed.filter(|form| form.all(key).next().is_some()) {
        Some(form) => form.text(key).to_owned(),
        None => otherwise.to_owned(),
    }
}

/// The step of whoever has it that a form names; `None` for a word that none of theirs has.
pub(crate) fn step(form: &Fields, kind: FormKind) -> Option<Words> {
    let words = || form.text("words").to_owned();
    let step = match form.text("step") {
        "answer" => Taken::Answer {
            customer_ready: form.text("customer_ready").to_owned(),
            beside: form.text("beside").to_owned(),
        },
        "accept" => Taken::Accept(form.text("beside").to_owned()),
        "ask_back" => Taken::AskBack(words()),
        "reject" => Taken::Reject(words()),
        _ => return None,
    };
    Some(Words { step, fields: typed_fields(form, kind) })
}

/// The refusal of a form that names no step.
pub(crate) fn no_step() -> Stop {
    unreadable()
}

/// The fields of a kind that stand in a form.
pub(crate) fn typed_fields(form: &Fields, kind: FormKind) -> Vec<(String, String)> {
    let there = fields(kind).iter().filter(|field| form.all(field.key).next().is_some());
    there.map(|field| (field.key.to_owned(), form.text(field.key).to_owned())).collect()
}

/// What was typed, for the form that comes again.
pub(crate) fn typed(form: Option<&Fields>) -> Typed {
    let Some(form) = form else { return Typed::default() };
    let step = match form.text("step") {
        "" => "fields",
        step => step,
    };
    Typed {
        step: step.to_owned(),
        words: form.text("words").to_owned(),
        customer_ready: form.text("customer_ready").to_owned(),
        beside: form.text("beside").to_owned(),
    }
}
