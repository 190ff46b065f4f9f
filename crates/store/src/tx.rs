//! A transaction, as the closure that runs inside it sees it.

use crate::{
    Change, Column, Param, Row, Statement, Value,
    postgres_session::{Refusal, Session},
    together::{Ahead, Question, asked_ahead},
};
use kernel::Fault;

/// A transaction in progress. It is committed when the closure answers `Ok` and rolled back when it answers `Err`.
pub struct Tx<'a> {
    pub(crate) connection: Connection<'a>,
    pub(crate) changes: Vec<Change>,
    /// PostgreSQL asked for the transaction to be run again.
    pub(crate) conflicted: bool,
    /// A statement was refused, so nothing of the transaction may stay, whatever its closure makes of that.
    pub(crate) refused: bool,
    pub(crate) ahead: Ahead,
}

pub(crate) enum Connection<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut Session),
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: Connection<'a>) -> Self {
        Self { connection, changes: Vec::new(), conflicted: false, refused: false, ahead: Ahead::default() }
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement.
    pub fn all(&mut self, statement: &'static Statement, params: &[&dyn Param]) -> Result<Vec<Row>, Fault> {
        let rows = self.ask(statement.text, values(params));
        let rows = rows.map_err(|fault| Fault::new(format!("{}: {fault}", statement.place)))?;
        Ok(rows.into_iter().map(|values| Row::new(values, statement)).collect())
    }

    /// The rows of a statement for each of several sets of parameters, in their order: all are asked at once.
    ///
    /// # Errors
    /// A fault when the engine refuses the statement or a row doesn't fit.
    pub fn lists<T>(
        &mut self,
        statement: &'static Statement,
        sets: &[Vec<&dyn Param>],
        make: impl Fn(&mut Row) -> Result<T, Fault>,
    ) -> Result<Vec<Vec<T>>, Fault> {
        let questions = sets.iter().map(|params| (statement.text, values(params)));
        let answers = self.ask_all(questions.collect());
        let answers = answers.map_err(|fault| Fault::new(format!("{}: {fault}", statement.place)))?;
        let made = |rows: Vec<Values>| {
            rows.into_iter().map(|values| make(&mut Row::new(values, statement))).collect()
        };
        answers.into_iter().map(made).collect()
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
        self.execute(statement.text, values(params))
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
    pub(crate) fn execute(&mut self, text: &str, values: Vec<Value<'_>>) -> Result<u64, Fault> {
        let values = keepable(values);
        let ran = match &mut self.connection {
            Connection::Sqlite(connection) => Ok(crate::sqlite_engine::run(connection, text, &values)),
            Connection::Postgres(session) => session.run(text, &values).map(Ok),
        };
        self.noted(ran)
    }

    /// Asks a text that isn't registered; only the store itself does that, for its two dialects.
    pub(crate) fn ask(&mut self, text: &str, values: Vec<Value<'_>>) -> Result<Vec<Values>, Fault> {
        Ok(self.ask_all(vec![(text, values)])?.pop().unwrap_or_default())
    }

    /// Asks several texts at once.
    pub(crate) fn ask_all(&mut self, questions: Vec<Question<'_>>) -> Result<Vec<Vec<Values>>, Fault> {
        if questions.is_empty() {
            return Ok(Vec::new());
        }
        let questions: Vec<_> =
            questions.into_iter().map(|(text, values)| (text, keepable(values))).collect();
        if let Some(answers) = self.ahead.take(&questions) {
            return Ok(answers);
        }
        if self.ahead.note(&questions) {
            return Err(asked_ahead());
        }
        let asked = match &mut self.connection {
            Connection::Sqlite(connection) => {
                let ask = |(text, values): &Question<'_>| crate::sqlite_engine::all(connection, text, values);
                Ok(questions.iter().map(ask).collect())
            }
            Connection::Postgres(session) => session.all(&questions).map(Ok),
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

/// The values of one row.
pub(crate) type Values = Vec<Value<'static>>;

fn values<'a>(params: &'a [&dyn Param]) -> Vec<Value<'a>> {
    params.iter().map(|param| param.value()).collect()
}

/// PostgreSQL can't keep a NUL in a text. It is replaced on both engines, so that both keep the same.
fn keepable(mut values: Vec<Value<'_>>) -> Vec<Value<'_>> {
    for value in &mut values {
        if let Value::Text(text) = value
            && text.contains('\0')
        {
            *text = text.replace('\0', "\u{fffd}").into();
        }
    }
    values
}
