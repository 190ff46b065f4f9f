//! A transaction, as the closure that runs inside it sees it.

use crate::{
    Change, Column, Param, Row, Statement, Value,
    postgres_engine::{Refusal, Session},
};
use kernel::Fault;
use std::borrow::Cow;

/// A transaction in progress. It is committed when the closure answers `Ok` and rolled back when it answers `Err`.
pub struct Tx<'a> {
    pub(crate) connection: Connection<'a>,
    pub(crate) changes: Vec<Change>,
    /// PostgreSQL asked for the transaction to be run again.
    pub(crate) conflicted: bool,
    /// A statement was refused, so nothing of the transaction may stay, whatever its closure makes of that.
    pub(crate) refused: bool,
}

pub(crate) enum Connection<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut Session),
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: Connection<'a>) -> Self {
        Self { connection, changes: Vec::new(), conflicted: false, refused: false }
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement.
    pub fn all(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<Vec<Row>, Fault> {
        let values: Vec<Value<'_>> = params.iter().map(|param| param.value()).collect();
        let rows = self.ask(statement.text, &values);
        let rows = rows.map_err(|fault| Fault::new(format!("{}: {fault}", statement.place)))?;
        Ok(rows.into_iter().map(|values| Row::new(values, statement)).collect())
    }

    /// The rows of a statement, each made into something.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement or a row doesn't fit.
    pub fn list<T>(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
        make: impl Fn(&mut Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.all(statement, params)?.iter_mut().map(make).collect()
    }

    /// The first row of a statement, made into something; `None` when there is no row.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement or the row doesn't fit.
    pub fn maybe<T>(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
        make: impl FnOnce(&mut Row) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.all(statement, params)?.first_mut().map(make).transpose()
    }

    /// The only column of the first row, as `select count(*)` has it.
    ///
    /// # Errors
    /// A fault when there is no row or the engine refuses the statement.
    pub fn value<C: Column>(
        &mut self,
        statement: &'static Statement,
        params: &[&dyn Param],
    ) -> Result<C, Fault> {
        let found = self.maybe(statement, params, Row::take)?;
        found.ok_or_else(|| Fault::new(format!("{}: no row", statement.place)))
    }

    /// Runs a statement that changes rows and answers how many it changed.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement.
    pub fn run(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<u64, Fault> {
        let values: Vec<Value<'_>> = params.iter().map(|param| param.value()).collect();
        self.execute(statement.text, &values)
            .map_err(|fault| Fault::new(format!("{}: {fault}", statement.place)))
    }

    /// Has the engine prepare a statement without running it: says whether it fits the schema.
    ///
    /// # Errors
    /// A fault with the statement's place and what the engine says.
    #[doc(hidden)]
    pub fn prepare(&mut self, statement: &'static Statement) -> Result<(), Fault> {
        let prepared = match &mut self.connection {
            Connection::Sqlite(connection) => crate::sqlite_engine::prepare(connection, statement.text),
            Connection::Postgres(session) => session.check(statement.text).map_err(Fault::from),
        };
        prepared.map_err(|fault| Fault::new(format!("{}: {fault}", statement.place)))
    }

    /// Runs a text that isn't registered; only the store itself does that, for its two dialects.
    pub(crate) fn execute(&mut self, text: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        let values = keepable(values);
        let ran = match &mut self.connection {
            Connection::Sqlite(connection) => Ok(crate::sqlite_engine::run(connection, text, &values)),
            Connection::Postgres(session) => session.run(text, &values).map(Ok),
        };
        self.noted(ran)
    }

    /// Asks a text that isn't registered; only the store itself does that, for its two dialects.
    pub(crate) fn ask(
        &mut self,
        text: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<Vec<Value<'static>>>, Fault> {
        let values = keepable(values);
        let asked = match &mut self.connection {
            Connection::Sqlite(connection) => Ok(crate::sqlite_engine::all(connection, text, &values)),
            Connection::Postgres(session) => session.all(text, &values).map(Ok),
        };
        self.noted(asked)
    }

    /// Hands over each row of an answer as it comes, so that an answer of any length takes little memory.
    pub(crate) fn each(
        &mut self,
        text: &str,
        take: &mut dyn FnMut(Vec<Value<'static>>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let asked = match &mut self.connection {
            Connection::Sqlite(connection) => Ok(crate::sqlite_engine::each(connection, text, &[], take)),
            Connection::Postgres(session) => session.each(text, take),
        };
        self.noted(asked)
    }

    fn noted<T>(&mut self, ran: Result<Result<T, Fault>, Refusal>) -> Result<T, Fault> {
        let ran = ran.unwrap_or_else(|refusal| {
            self.conflicted |= refusal.conflicted;
            Err(refusal.into())
        });
        self.refused |= ran.is_err();
        ran
    }
}

/// PostgreSQL can't keep a NUL in a text. It is replaced on both engines, so that both keep the same.
fn keepable<'a>(values: &'a [Value<'a>]) -> Cow<'a, [Value<'a>]> {
    let has_nul = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
    if !values.iter().any(has_nul) {
        return Cow::Borrowed(values);
    }
    let kept = |value: &Value<'a>| match value {
        Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "\u{fffd}").into()),
        other => other.clone(),
    };
    values.iter().map(kept).collect()
}
