//! The inbox: a page of cases in a view, filtered, or found by words.

use super::{
    Answer,
    inbox_address::{Shown, VIEWS},
    page,
};
use crate::{
    fields::Asked,
    frame::{Frame, client_mark, person_mark, whole},
    hits::marked,
    session::SignedIn,
    site::Site,
    views::{
        inbox::{Due, Empty, Filters, Inbox, Piece, Row, Tab},
        marks::{CaseState, Choice, ClientMark, LastWord, Pager, Priority},
    },
    words::{language, language_name},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect},
};
use cases::ListRow;
use desk::{
    Stop,
    inbox::{self, Page, Wanted},
    neighbours,
};
use kernel::{LanguageTag, Reach};

/// `GET /`
pub(crate) async fn home(_: SignedIn) -> impl IntoResponse {
    Redirect::to("/inbox?view=mine")
}

/// `GET /inbox`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let shown = Shown::from_fields(&asked);
    let found = found(&site, signed_in.reach(), &shown).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let awaited = desk::risk::awaited(&site.desk, signed_in.reach(), &signed_in.person).await?;
    let heading = heading(&frame, &shown);
    let mut shell = frame.shell(&heading, shown.place());
    shell.query.clone_from(&shown.query);
    let view = Inbox {
        shell,
        heading,
        view: shown.view_key().to_owned(),
        tabs: tabs(&frame, &shown),
        filters: filters(&frame, &shown, &found.page.languages),
        pager: pager(&shown, &found),
        awaited: super::risk::awaited(&frame.words, &awaited),
        gives_next: desk::routing::may_take_next(&site.desk, signed_in.reach()).await?,
        rows: found.page.rows.iter().filter_map(|case| row(&frame, &shown, case)).collect(),
        empty: empty(signed_in.reach(), &shown),
    };
    Ok(page(&view)?)
}

/// A page of cases, and whether there is one above it.
struct Found {
    page: Page,
    has_newer: bool,
}

async fn found(site: &Site, reach: &Reach, shown: &Shown) -> Result<Found, Stop> {
    let (view, filter) = (shown.view(), shown.filter.clone());
    if !shown.query.is_empty() {
        return Ok(Found { page: searched(site, reach, shown).await?, has_newer: false });
    }
    if let Some(before) = shown.before {
        let above = neighbours::page_before(&site.desk, reach, view, filter, before).await?;
        return Ok(Found { page: above.page, has_newer: above.has_newer });
    }
    let page = inbox::page(&site.desk, reach, Wanted { view, filter, after: shown.after }).await?;
    Ok(Found { page, has_newer: shown.after.is_some() })
}

async fn searched(site: &Site, reach: &Reach, shown: &Shown) -> Result<Page, Stop> {
    let wanted = &shown.filter;
    let mut rows = inbox::search(&site.desk, reach, &shown.query, wanted.client).await?;
    rows.retain(|row| {
        let state = wanted.state.is_none_or(|state| state == row.state);
        state && wanted.language.as_ref().is_none_or(|language| *language == row.language)
    });
    let mut languages: Vec<LanguageTag> = rows.iter().map(|row| row.language.clone()).collect();
    languages.sort();
    languages.dedup();
    languages.retain(LanguageTag::is_known);
    Ok(Page { rows, next: None, languages })
}

fn heading(frame: &Frame, shown: &Shown) -> String {
    if !shown.query.is_empty() {
        return "Search".to_owned();
    }
    let client = frame.clients().find(|client| Some(client.id) == shown.filter.client);
    match client {
        Some(client) if shown.view_key() == "open" => client.name.clone(),
        Some(client) => format!("{}: {}", client.name, shown.view_words()),
        None => shown.view_words().to_owned(),
    }
}

fn tabs(frame: &Frame, shown: &Shown) -> Vec<Tab> {
    let counts = frame.counts();
    let counted = |key: &str| match key {
        "mine" => Some(counts.mine),
        "unassigned" => Some(counts.unassigned),
        "open" => Some(counts.open),
        _ => None,
    };
    let tab = |(_, key, words): &(_, &'static str, &str)| Tab {
        url: Shown { query: String::new(), ..shown.in_view(key) }.url(),
        words: (*words).to_owned(),
        // The numbers beside the views count all clients, so they would be wrong beside a filtered list.
        count: counted(key).filter(|_| !shown.is_filtered()),
        is_current: shown.query.is_empty() && shown.view_key() == *key,
    };
    VIEWS.iter().map(tab).collect()
}

fn filters(frame: &Frame, shown: &Shown, languages: &[LanguageTag]) -> Filters {
    let filter = &shown.filter;
    let any = |words: &str| Choice::new("", words);
    let choose = |choice: Choice, chosen: bool| if chosen { choice.chosen() } else { choice };
    let clients = frame.clients().map(|client| {
        choose(Choice::new(client.id.to_string(), &client.name), filter.client == Some(client.id))
    });
    let states = [cases::State::New, cases::State::Open, cases::State::Waiting, cases::State::Closed];
    let states = states.into_iter().map(|state| {
        choose(Choice::new(state.as_str(), case_state(state).word()), filter.state == Some(state))
    });
    let mut known = languages.to_vec();
    known.extend(filter.language.clone().filter(|language| !languages.contains(language)));
    let languages = known.iter().map(|tag| {
        let choice = Choice::new(tag.as_str(), language_name(tag.as_str()));
        choose(choice, filter.language.as_ref() == Some(tag))
    });
    Filters {
        clients: [any("Any client")].into_iter().chain(clients).collect(),
        states: [any("Any state")].into_iter().chain(states).collect(),
        languages: [any("Any language")].into_iter().chain(languages).collect(),
        clear_url: shown.is_filtered().then(|| shown.cleared().url()),
    }
}

fn pager(shown: &Shown, Found { page: found, has_newer }: &Found) -> Pager {
    if !shown.query.is_empty() {
        let words = match found.rows.len() {
            0 => String::new(),
            1 => "1 case".to_owned(),
            full if full == full_page() => format!("The {full} newest"),
            many => format!("{many} cases"),
        };
        return Pager { words, ..Pager::default() };
    }
    let newer = found.rows.first().filter(|_| *has_newer);
    let top = shown.at_the_top();
    Pager {
        newer_url: newer.map(|row| Shown { before: Some(row.cursor()), ..top.clone() }.url()),
        older_url: found.next.map(|after| Shown { after: Some(after), ..top }.url()),
        words: String::new(),
    }
}

fn full_page() -> usize {
    usize::try_from(inbox::PAGE).unwrap_or(usize::MAX)
}

fn empty(reach: &Reach, shown: &Shown) -> Empty {
    if reach.seats().is_empty() {
        Empty::NothingInReach
    } else if shown.is_filtered() || !shown.query.is_empty() {
        Empty::NothingMatches
    } else {
        Empty::Done
    }
}

/// A row; none if its client went out of reach between two reads.
fn row(frame: &Frame, shown: &Shown, case: &ListRow) -> Option<Row> {
    let client: ClientMark = frame.clients().find(|client| client.id == case.client).map(client_mark)?;
    let pieces = |text: &str| match shown.query.is_empty() {
        true => Piece::plain(text),
        false => marked(text, &shown.query),
    };
    let name = case.assignee_name.clone().unwrap_or_default();
    Some(Row {
        id: case.id.to_string(),
        url: shown.case_url(case.id),
        reference: cases::shown_reference(&case.reference),
        client,
        customer: if case.customer_name.is_empty() {
            "No name".to_owned()
        } else {
            case.customer_name.clone()
        },
        subject: pieces(shown_subject(&case.subject)),
        snippet: pieces(&case.snippet),
        language: language(&case.language),
        state: case_state(case.state),
        priority: case_priority(case.priority),
        assignee: case.assignee.map(|person| person_mark(person, &name)),
        active: frame.words.briefly(case.updated_at),
        due: due(frame, case),
        last_word: match case.last_word {
            // Nobody waits for an answer to a closed case, whoever said thanks last.
            cases::LastWord::Customer if case.state.is_open() => LastWord::Customers,
            cases::LastWord::Customer | cases::LastWord::Us => LastWord::Ours,
        },
        messages: whole(case.messages),
    })
}

fn due(frame: &Frame, case: &ListRow) -> Option<Due> {
    let at = case.due_at.filter(|_| case.state.is_open())?;
    let (words, key, icon) = super::case_clocks::due_words(at, frame.words.now());
    Some(Due { words, key, icon })
}

/// A subject as pages show it: a mail without one still needs a link.
pub(crate) fn shown_subject(subject: &str) -> &str {
    if subject.trim().is_empty() { "(no subject)" } else { subject }
}

/// A state as pages mark it.
pub(crate) fn case_state(state: cases::State) -> CaseState {
    match state {
        cases::State::New => CaseState::New,
        cases::State::Open => CaseState::Open,
        cases::State::Waiting => CaseState::Waiting,
        cases::State::Closed => CaseState::Closed,
    }
}

/// A priority as pages mark it.
pub(crate) fn case_priority(priority: cases::Priority) -> Priority {
    match priority {
        cases::Priority::Low => Priority::Low,
        cases::Priority::Normal => Priority::Normal,
        cases::Priority::High => Priority::High,
        cases::Priority::Urgent => Priority::Urgent,
    }
}
