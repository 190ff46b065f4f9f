//! One connection to PostgreSQL, driven by the thread that holds it. What can travel together does.

use crate::{Value, together::Question, tx::Values};
use futures_util::{StreamExt, TryStreamExt, future, pin_mut};
use kernel::Fault;
use std::collections::HashMap;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{
    Client, Config, Connection, Error, NoTls, Row, Socket, Statement, error::SqlState, tls::NoTlsStream,
};

/// What every connection is set to. Our statements find their rows by an index whatever their parameters are, so they are planned
/// once and not at each call.
const SETTINGS: &str = "set plan_cache_mode = force_generic_plan; set random_page_cost = 1.1; set jit = off";

const BEGIN_TO_READ: &str = "begin isolation level repeatable read read only";
const LEAVE_AND_BEGIN_TO_READ: &str = "rollback; begin isolation level repeatable read read only";

/// A statement that PostgreSQL refused, and whether running the transaction again may help.
pub(crate) struct Refusal {
    fault: String,
    pub(crate) conflicted: bool,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.fault)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let conflicted = matches!(
            error.code(),
            Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED)
        );
        let fault = error.as_db_error().map_or_else(|| chain(&error), ToString::to_string);
        Self { fault, conflicted }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let source = error.source().map(|source| format!(": {}", chain(source)));
    format!("{error}{}", source.unwrap_or_default())
}

/// Connects, and leaves it to the caller to drive the connection.
pub(crate) fn connect(config: &Config) -> Result<(Runtime, Client, Connection<Socket, NoTlsStream>), Fault> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Fault::new)?;
    let connected = runtime.block_on(config.connect(NoTls));
    let (client, connection) = connected.map_err(|error| Fault::new(chain(&error)))?;
    Ok((runtime, client, connection))
}

/// A connection with the statements that it has prepared.
pub(crate) struct Session {
    runtime: Runtime,
    client: Client,
    prepared: HashMap<String, Statement>,
    /// What opens the next transaction: it travels with the transaction's first statement.
    opening: Option<&'static str>,
    /// A transaction for reading was left open: it ends with the opening of the next.
    is_open: bool,
    /// The server has said goodbye.
    is_over: bool,
}

impl Session {
    pub(crate) fn connect(config: &Config) -> Result<Self, Fault> {
        let (runtime, client, connection) = connect(config)?;
        runtime.spawn(connection);
        let mut session =
            Self { runtime, client, prepared: HashMap::new(), opening: None, is_open: false, is_over: false };
        session.batch(SETTINGS)?;
        Ok(session)
    }

    /// The server has gone away.
    pub(crate) fn is_lost(&self) -> bool {
        self.is_over || self.client.is_closed()
    }

    fn heard<T>(&mut self, answer: Result<T, Error>) -> Result<T, Refusal> {
        let goodbye = |error: &Error| {
            matches!(
                error.code(),
                Some(&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN | &SqlState::IDLE_SESSION_TIMEOUT)
            )
        };
        self.is_over |= answer.as_ref().err().is_some_and(goodbye);
        Ok(answer?)
    }

    /// Opens a transaction for reading with the next statement.
    pub(crate) fn begin_to_read(&mut self) {
        self.opening = Some(if self.is_open { LEAVE_AND_BEGIN_TO_READ } else { BEGIN_TO_READ });
    }

    /// Ends a transaction for reading that was left open.
    pub(crate) fn leave(&mut self) {
        if std::mem::take(&mut self.is_open) {
            // A connection that is lost now is noticed by the next transaction.
            let _ = self.batch("rollback");
        }
    }

    fn prepare(&mut self, text: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        // Nothing can be prepared in a transaction that has failed, as the one before this may have.
        self.open()?;
        let statement = self.runtime.block_on(self.client.prepare(&dialect(text)))?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    fn open(&mut self) -> Result<(), Error> {
        match self.take_opening() {
            Some(opening) => self.runtime.block_on(self.client.batch_execute(opening)),
            None => Ok(()),
        }
    }

    fn take_opening(&mut self) -> Option<&'static str> {
        let opening = self.opening.take();
        self.is_open |= opening.is_some();
        opening
    }

    /// Has the server prepare a statement that isn't run.
    pub(crate) fn check(&mut self, text: &str) -> Result<(), Refusal> {
        let prepared = self.runtime.block_on(self.client.prepare(&dialect(text)));
        self.heard(prepared).map(drop)
    }

    /// The rows that answer each question. All are sent before the first is answered.
    pub(crate) fn all(&mut self, questions: &[Question<'_>]) -> Result<Vec<Vec<Values>>, Refusal> {
        let answered = self.answer(questions);
        self.heard(answered)
    }

    fn answer(&mut self, questions: &[Question<'_>]) -> Result<Vec<Vec<Values>>, Error> {
        let prepared = questions.iter().map(|(text, params)| Ok((self.prepare(text)?, params)));
        let prepared: Vec<_> = prepared.collect::<Result<_, Error>>()?;
        let opening = self.take_opening();
        let client = &self.client;
        let opened = async {
            match opening {
                Some(text) => client.batch_execute(text).await,
                None => Ok(()),
            }
        };
        let answer = async |(statement, params): &(Statement, &Vec<Value<'_>>)| {
            let rows = client.query_raw(statement, *params).await?;
            rows.map(|row| row.and_then(|row| values(&row))).try_collect().await
        };
        let answers = future::try_join_all(prepared.iter().map(answer));
        let (opened, answers) = self.runtime.block_on(future::join(opened, answers));
        opened.and(answers)
    }

    /// Hands over each row of a statement as the server sends it.
    pub(crate) fn each(
        &mut self,
        text: &str,
        take: &mut dyn FnMut(Vec<Value<'static>>) -> Result<(), Fault>,
    ) -> Result<Result<(), Fault>, Refusal> {
        let statement = self.prepare(text)?;
        self.open()?;
        let none = std::iter::empty::<&Value<'_>>();
        let rows = self.runtime.block_on(self.client.query_raw(&statement, none))?;
        pin_mut!(rows);
        while let Some(row) = self.runtime.block_on(rows.next()) {
            if let Err(fault) = take(values(&row?)?) {
                return Ok(Err(fault));
            }
        }
        Ok(Ok(()))
    }

    /// How many rows a statement changed.
    pub(crate) fn run(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64, Refusal> {
        let ran = self.prepare(text).and_then(|statement| {
            self.open()?;
            self.runtime.block_on(self.client.execute_raw(&statement, params))
        });
        self.heard(ran)
    }

    /// Runs statements that have no parameters and no answer.
    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Refusal> {
        let ran = self.runtime.block_on(self.client.batch_execute(text));
        self.heard(ran)
    }
}

fn values(row: &Row) -> Result<Values, Error> {
    (0..row.len()).map(|at| row.try_get(at)).collect()
}

/// The statement in PostgreSQL's words, where they differ.
fn dialect(text: &str) -> String {
    text.replace("/* skip locked */", "for update skip locked")
}
