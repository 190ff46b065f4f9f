//! The table of holidays, in lists.

use jiff::civil::Date;
use kernel::Fault;
use store::{Row, Tx, sql};

/// A day that a list holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub on: Date,
    /// What is held.
    pub name: String,
}

/// A list, and what it reaches over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayList {
    /// Its name, as `DE` or `DE-BE`.
    pub name: String,
    /// How many days it holds.
    pub days: i64,
    /// The first of them.
    pub first: String,
    /// The last of them.
    pub last: String,
}

fn holiday_row(row: &mut Row) -> Result<Holiday, Fault> {
    let on: String = row.take()?;
    Ok(Holiday {
        on: on.parse().map_err(|cause| Fault::new(format!("holiday {on}: {cause}")))?,
        name: row.take()?,
    })
}

/// The lists that there are, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn lists(tx: &mut Tx<'_>) -> Result<Vec<HolidayList>, Fault> {
    tx.list(
        sql!("select list, count(*), min(held_on), max(held_on) from holidays group by list order by list"),
        &[],
        |row| Ok(HolidayList { name: row.take()?, days: row.take()?, first: row.take()?, last: row.take()? }),
    )
}

/// The days of a list, in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn of_list(tx: &mut Tx<'_>, list: &str) -> Result<Vec<Holiday>, Fault> {
    tx.list(
        sql!("select held_on, name from holidays where list = $1 order by held_on, name"),
        &[&list],
        holiday_row,
    )
}

/// Adds days to a list; those that it holds already stay as they are. Tells how many are new.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add(tx: &mut Tx<'_>, list: &str, days: &[Holiday]) -> Result<u64, Fault> {
    let mut new = 0;
    for day in days {
        new += tx.run(
            sql!("insert into holidays (list, held_on, name) values ($1, $2, $3) on conflict (list, held_on, name) do nothing"),
            &[&list, &day.on.to_string(), &day.name],
        )?;
    }
    Ok(new)
}

/// Takes a day out of a list.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_day(tx: &mut Tx<'_>, list: &str, on: Date) -> Result<u64, Fault> {
    tx.run(sql!("delete from holidays where list = $1 and held_on = $2"), &[&list, &on.to_string()])
}

/// Forgets a list.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_list(tx: &mut Tx<'_>, list: &str) -> Result<u64, Fault> {
    tx.run(sql!("delete from holidays where list = $1"), &[&list])
}
