//! The inbox: a page of cases with its counts, and search.

use crate::{
    Desk,
    workplaces::{self, Workplace},
};
use cases::{Cursor, Filter, ListRow, View, tables as case_tables};
use kernel::{ClientId, EngagementId, Fault, LanguageTag, Reach};
use people::{Client, tables as people_tables};
use store::Tx;

/// How many cases a page shows.
pub const PAGE: i64 = 50;

/// Which page of the inbox is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The view.
    pub view: View,
    /// What else narrows it.
    pub filter: Filter,
    /// Where it begins.
    pub after: Option<Cursor>,
}

/// A page of the inbox.
pub struct Page {
    /// The cases.
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// The languages that the filter offers.
    pub languages: Vec<LanguageTag>,
}

/// What stands beside every page: the reader's clients with their numbers.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Open cases of the reader's.
    pub mine: i64,
    /// Open cases that nobody has.
    pub unassigned: i64,
    /// All open cases within reach.
    pub open: i64,
    /// The clients within reach, by name, with their open cases.
    pub clients: Vec<(Client, i64)>,
    /// Parked mails; for owners.
    pub parked: i64,
    /// Stuck jobs; for owners.
    pub stuck: i64,
    /// Where the reader works.
    pub workplaces: Vec<Workplace>,
}

/// A page of cases within reach.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn page(desk: &Desk, reach: &Reach, wanted: Wanted) -> Result<Page, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let mut rows =
                case_tables::list(tx, &reach, wanted.view, &wanted.filter, wanted.after, PAGE + 1)?;
            let full = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
            rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
            let next = rows.last().filter(|_| full).map(ListRow::cursor);
            Ok(Page { rows, next, languages: case_tables::languages(tx, &reach)? })
        })
        .await
}

/// What stands beside every page.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn beside(desk: &Desk, reach: &Reach) -> Result<Beside, Fault> {
    let reach = reach.clone();
    desk.store.read(move |tx| numbers(tx, &reach)).await
}

fn numbers(tx: &mut Tx<'_>, reach: &Reach) -> Result<Beside, Fault> {
    let all = Filter::default();
    let mut clients = Vec::new();
    for id in reach.clients() {
        let filter = Filter { client: Some(id), ..Filter::default() };
        let count = case_tables::count(tx, reach, View::Open, &filter)?;
        clients.extend(people_tables::client(tx, id)?.map(|client| (client, count)));
    }
    clients.sort_by_key(|(client, _)| client.name.to_lowercase());
    let owns = reach.owns_installation();
    let seats = people_tables::seats_of(tx, reach.person())?;
    Ok(Beside {
        workplaces: workplaces::workplaces(tx, &seats)?,
        mine: case_tables::count(tx, reach, View::Mine, &all)?,
        unassigned: case_tables::count(tx, reach, View::Unassigned, &all)?,
        open: clients.iter().map(|(_, count)| count).sum(),
        parked: if owns { case_tables::parked_count(tx)? } else { 0 },
        stuck: if owns { jobs::waiting_count(tx)?.1 } else { 0 },
        clients,
    })
}

/// The cases within reach that hold all these words, the one with the newest matching message first.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn search(
    desk: &Desk,
    reach: &Reach,
    text: &str,
    client: Option<ClientId>,
) -> Result<Vec<ListRow>, Fault> {
    let words = language::query_words(text, desk.identifier.languages());
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let engagements = searched(&reach, client);
            let mut ids = Vec::new();
            let mut before = None;
            // A case may match with many messages: ask again until the page is full, but not forever.
            for _ in 0..2 {
                let found = tx.search(&engagements, &words, before, 2 * PAGE)?;
                let more = found.len() == usize::try_from(2 * PAGE).unwrap_or(usize::MAX);
                before = found.last().map(|found| found.entry);
                for hit in found {
                    if !ids.contains(&hit.case) {
                        ids.push(hit.case);
                    }
                }
                if !more || ids.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX) {
                    break;
                }
            }
            ids.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
            case_tables::rows(tx, &reach, &ids)
        })
        .await
}

fn searched(reach: &Reach, client: Option<ClientId>) -> Vec<EngagementId> {
    let seats = reach.seats().iter().filter(|seat| client.is_none_or(|client| client == seat.client));
    let mut engagements: Vec<EngagementId> = seats.map(|seat| seat.engagement).collect();
    engagements.sort();
    engagements.dedup();
    engagements
}
