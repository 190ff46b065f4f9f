//! Neighbours: the way up and down a list of cases, by pages and by single cases.

use crate::{
    Desk,
    inbox::{PAGE, Page},
};
use cases::{Cursor, Filter, ListRow, View, tables as case_tables};
use kernel::{CaseId, Fault, Reach};
use store::Tx;

/// The cases on both sides of one in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one above.
    pub newer: Option<CaseId>,
    /// The one below.
    pub older: Option<CaseId>,
}

/// A page of cases on the way up a list.
pub struct PageBefore {
    /// The page; its `next` is where the page below begins.
    pub page: Page,
    /// There is a page above.
    pub has_newer: bool,
}

/// The page of cases that ends before a cursor.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn page_before(
    desk: &Desk,
    reach: &Reach,
    view: View,
    filter: Filter,
    before: Cursor,
) -> Result<PageBefore, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let (mut rows, languages) = tx.together((
                |tx: &mut Tx<'_>| case_tables::list_before(tx, &reach, view, &filter, before, PAGE + 1),
                |tx: &mut Tx<'_>| case_tables::languages(tx, &reach),
            ))?;
            let above = rows.len().saturating_sub(usize::try_from(PAGE).unwrap_or(usize::MAX));
            rows.drain(..above);
            let next = rows.last().map(ListRow::cursor);
            let page = Page { rows, next, languages };
            Ok::<_, Fault>(PageBefore { page, has_newer: above > 0 })
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
            let (newer, older) = tx.together((
                |tx: &mut Tx<'_>| case_tables::list_before(tx, &reach, view, &filter, here, 1),
                |tx: &mut Tx<'_>| case_tables::list(tx, &reach, view, &filter, Some(here), 1),
            ))?;
            Ok::<_, Fault>(Neighbours {
                newer: newer.first().map(|row| row.id),
                older: older.first().map(|row| row.id),
            })
        })
        .await
}
