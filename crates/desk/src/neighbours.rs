//! Neighbours: the way up and down a list of cases, by pages and by single cases.

use crate::{
    Desk,
    inbox::{PAGE, Page},
};
use cases::{Cursor, Filter, ListRow, View, tables as case_tables};
use kernel::{CaseId, Fault, Reach};

/// The cases on both sides of one in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one above.
    pub newer: Option<CaseId>,
    /// The one below.
    pub older: Option<CaseId>,
}

/// The page of cases that ends before a cursor. `next` is where the page after it begins.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn page_before(
    desk: &Desk,
    reach: &Reach,
    view: View,
    filter: Filter,
    before: Cursor,
) -> Result<Page, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let rows = case_tables::list_before(tx, &reach, view, &filter, before, PAGE)?;
            let next = rows.last().map(ListRow::cursor);
            Ok(Page { rows, next, languages: case_tables::languages(tx, &reach)? })
        })
        .await
}

/// The cases above and below the place of one in a list.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn neighbours(
    desk: &Desk,
    reach: &Reach,
    view: View,
    filter: Filter,
    here: Cursor,
) -> Result<Neighbours, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let newer = case_tables::list_before(tx, &reach, view, &filter, here, 1)?;
            let older = case_tables::list(tx, &reach, view, &filter, Some(here), 1)?;
            Ok(Neighbours { newer: newer.first().map(|row| row.id), older: older.first().map(|row| row.id) })
        })
        .await
}
