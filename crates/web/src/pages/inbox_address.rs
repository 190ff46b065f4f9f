//! The address of a list: view, filters, search and place, from and to the part behind the question mark.

use crate::{fields::Fields, views::shell::Place};
use cases::{Cursor, Filter, View};
use kernel::Instant;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The view's key; empty means all open.
    pub(crate) view: String,
    /// What else narrows it.
    pub(crate) filter: Filter,
    /// What is searched for.
    pub(crate) query: String,
    /// Where the page begins.
    pub(crate) after: Option<Cursor>,
    /// Before what the page ends.
    pub(crate) before: Option<Cursor>,
}

/// The views as tabs name them.
pub(crate) const VIEWS: [(View, &str, &str); 5] = [
    (View::Mine, "mine", "Mine"),
    (View::Unassigned, "unassigned", "Unassigned"),
    (View::Open, "open", "All open"),
    (View::Due, "due", "Due next"),
    (View::Closed, "closed", "Closed"),
];

impl Shown {
    /// From an address. What can't be read narrows nothing.
    pub(crate) fn from_fields(fields: &Fields) -> Self {
        let known = VIEWS.iter().find(|(_, key, _)| *key == fields.text("view"));
        Self {
            view: known.map_or("", |(_, key, _)| key).to_owned(),
            filter: Filter {
                client: fields.text("client").parse().ok(),
                state: fields.text("state").parse().ok(),
                language: fields.text("language").parse().ok(),
            },
            query: fields.text("q").trim().chars().take(200).collect(),
            after: cursor(fields.text("after")),
            before: cursor(fields.text("before")),
        }
    }

    /// The view.
    pub(crate) fn view(&self) -> View {
        VIEWS.iter().find(|(_, key, _)| *key == self.view).map_or(View::Open, |(view, ..)| *view)
    }

    /// The view's key; all open for a list without one.
    pub(crate) fn view_key(&self) -> &str {
        if self.view.is_empty() { "open" } else { &self.view }
    }

    /// The view's words.
    pub(crate) fn view_words(&self) -> &'static str {
        VIEWS.iter().find(|(_, key, _)| *key == self.view_key()).map_or("All open", |(.., words)| words)
    }

    /// The list from its beginning.
    pub(crate) fn at_the_top(&self) -> Self {
        Self { after: None, before: None, ..self.clone() }
    }

    /// The same filters in another view.
    pub(crate) fn in_view(&self, key: &str) -> Self {
        Self { view: key.to_owned(), ..self.at_the_top() }
    }

    /// The view without filters; a search keeps its words.
    pub(crate) fn cleared(&self) -> Self {
        Self { filter: Filter::default(), ..self.at_the_top() }
    }

    /// Whether any filter is set.
    pub(crate) fn is_filtered(&self) -> bool {
        self.filter != Filter::default()
    }

    /// The navigation's entry that this list is.
    pub(crate) fn place(&self) -> Place {
        match (self.query.is_empty(), self.filter.client, self.view()) {
            (false, ..) => Place::Elsewhere,
            (true, Some(client), View::Open) => Place::Client(client.to_string()),
            (true, _, View::Mine) => Place::Mine,
            (true, _, View::Unassigned) => Place::Unassigned,
            (true, _, View::Open) => Place::AllOpen,
            (true, _, View::Closed) => Place::Closed,
            (true, _, View::Due) => Place::Elsewhere,
        }
    }

    /// `/inbox?view=…`
    pub(crate) fn url(&self) -> String {
        format!("/inbox?{}", self.query_text())
    }

    /// The address of a case that knows the list it was opened from.
    pub(crate) fn case_url(&self, case: impl std::fmt::Display) -> String {
        format!("/cases/{case}?{}", self.at_the_top().query_text())
    }

    fn query_text(&self) -> String {
        let mut pairs = vec![format!("view={}", self.view_key())];
        let mut add = |name: &str, value: Option<String>| {
            pairs.extend(
                value.map(|value| format!("{name}={}", utf8_percent_encode(&value, NON_ALPHANUMERIC))),
            );
        };
        add("q", (!self.query.is_empty()).then(|| self.query.clone()));
        add("client", self.filter.client.map(|client| client.to_string()));
        add("state", self.filter.state.map(|state| state.to_string()));
        add("language", self.filter.language.as_ref().map(ToString::to_string));
        add("after", self.after.map(cursor_text));
        add("before", self.before.map(cursor_text));
        pairs.join("&")
    }
}

fn cursor(text: &str) -> Option<Cursor> {
    let (micros, id) = text.split_once('.')?;
    Some(Cursor { updated_at: Instant::from_micros(micros.parse().ok()?), id: id.parse().ok()? })
}

fn cursor_text(cursor: Cursor) -> String {
    format!("{}.{}", cursor.updated_at.micros(), cursor.id)
}
