//! The inbox: a page of cases with its counts, and search.

use crate::{
    Desk, hand_overs, roster,
    workplaces::{self, Workplace},
};
use cases::{Cursor, Filter, ListRow, View, tables as case_tables};
use kernel::{ClientId, EngagementId, Fault, Instant, LanguageTag, Reach};
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
    /// Hand-overs that the reader is asked by.
    pub hand_overs: i64,
    /// Parked mails; for owners.
    pub parked: i64,
    /// Stuck jobs; for owners.
    pub stuck: i64,
    /// Where the reader works.
    pub workplaces: Vec<Workplace>,
    /// Whether the reader takes new cases.
    pub presence: coverage::Presence,
}

/// A page of cases within reach.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn page(desk: &Desk, reach: &Reach, wanted: Wanted) -> Result<Page, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let (mut rows, languages) = tx.together((
                |tx: &mut Tx<'_>| {
                    if wanted.view == View::Due {
                        return case_tables::list_due(tx, &reach, &wanted.filter, PAGE);
                    }
                    case_tables::list(tx, &reach, wanted.view, &wanted.filter, wanted.after, PAGE + 1)
                },
                |tx: &mut Tx<'_>| case_tables::languages(tx, &reach),
            ))?;
            let full = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
            rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
            let next = rows.last().filter(|_| full).map(ListRow::cursor);
            Ok::<_, Fault>(Page { rows, next, languages })
        })
        .await
}

/// What stands beside every page.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn beside(desk: &Desk, reach: &Reach) -> Result<Beside, Fault> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store.read(move |tx| numbers(tx, &reach, now)).await
}

fn numbers(tx: &mut Tx<'_>, reach: &Reach, now: Instant) -> Result<Beside, Fault> {
    let owns = reach.owns_installation();
    let (counted, clients, workplaces, hand_overs, presence, parked, stuck) = tx.together((
        |tx: &mut Tx<'_>| case_tables::count(tx, reach),
        |tx: &mut Tx<'_>| people_tables::clients_named(tx, &reach.clients()),
        |tx: &mut Tx<'_>| workplaces::workplaces(tx, reach.person()),
        |tx: &mut Tx<'_>| hand_overs::asked_count(tx, reach, now),
        |tx: &mut Tx<'_>| roster::presence(tx, reach.person()),
        |tx: &mut Tx<'_>| if owns { case_tables::parked_count(tx) } else { Ok(0) },
        |tx: &mut Tx<'_>| if owns { jobs::stuck_count(tx) } else { Ok(0) },
    ))?;
    let open = |client: ClientId| {
        let of_client = |engagement| {
            reach.seats().iter().any(|seat| (seat.client, seat.engagement) == (client, engagement))
        };
        counted.open.iter().filter(|(engagement, _)| of_client(*engagement)).map(|(_, count)| count).sum()
    };
    let clients =
        clients.into_iter().map(|client| (open(client.id), client)).map(|(open, client)| (client, open));
    Ok(Beside {
        clients: clients.collect(),
        workplaces,
        mine: counted.mine,
        unassigned: counted.unassigned,
        open: counted.open.iter().map(|(_, count)| count).sum(),
        hand_overs,
        parked,
        stuck,
        presence,
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
