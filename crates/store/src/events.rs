//! Events: what happened, written in the same transaction as the change itself; open pages follow them.

use crate::tx::Connection;
use crate::{Param, Row, Tx, Value, fresh, sql};
use kernel::{CaseId, ClientId, EngagementId, EventId, Fault, Instant, PersonId};
use serde::{Deserialize, Serialize};

/// Something that happened. The parts that don't apply are `None`.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What, as `case.closed`: stable, listed in the reference.
    pub kind: &'static str,
    /// The client whose data it concerns.
    pub client: Option<ClientId>,
    /// The engagement it happened in.
    pub engagement: Option<EngagementId>,
    /// The case it happened to.
    pub case: Option<CaseId>,
    /// Who did it; `None` for the program.
    pub person: Option<PersonId>,
    /// One plain sentence, shown to people.
    pub sentence: String,
}

/// What live pages hear of an event: enough to know whether it concerns them, and no words of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The event's kind.
    pub kind: String,
    /// The engagement it happened in.
    pub engagement: Option<EngagementId>,
    /// The case it happened to.
    pub case: Option<CaseId>,
}

/// The kind of the change that says that others may have been missed, because the connection that tells of them was lost.
pub const MISSED: &str = "changes.missed";

impl Tx<'_> {
    /// Writes an event and, after the commit, tells everybody who listens.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn record(&mut self, event: &Event) -> Result<(), Fault> {
        self.record_all(std::slice::from_ref(event))
    }

    /// Writes events, all at once, and tells everybody who listens of each.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn record_all(&mut self, events: &[Event]) -> Result<(), Fault> {
        let ids: Vec<EventId> = events.iter().map(|_| fresh()).collect();
        let set = |(event, id)| -> Vec<&dyn Param> {
            let event: &Event = event;
            let id: &EventId = id;
            vec![
                id,
                &event.at,
                &event.kind,
                &event.client,
                &event.engagement,
                &event.case,
                &event.person,
                &event.sentence,
            ]
        };
        let sets: Vec<Vec<&dyn Param>> = events.iter().zip(&ids).map(set).collect();
        self.lists(
            sql!(
                "insert into events (id, at, kind, client_id, engagement_id, case_id, person_id, sentence)
                 values ($1, $2, $3, $4, $5, $6, $7, $8) returning id"
            ),
            &sets,
            Row::take::<EventId>,
        )?;
        let change = |event: &Event| Change {
            kind: event.kind.to_owned(),
            engagement: event.engagement,
            case: event.case,
        };
        events.iter().try_for_each(|event| self.tell(change(event)))
    }

    /// Tells everybody who listens of a change, once it is committed.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn tell(&mut self, change: Change) -> Result<(), Fault> {
        if matches!(self.connection, Connection::Postgres(_)) {
            let text = serde_json::to_string(&change).map_err(Fault::new)?;
            self.execute("select pg_notify('dragoman', $1)", vec![Value::Text(text.into())])?;
        } else {
            self.changes.push(change);
        }
        Ok(())
    }
}

/// An event as it is read back.
#[derive(Clone, Debug)]
pub struct Happened {
    /// When.
    pub at: kernel::Instant,
    /// What, as `case.closed`.
    pub kind: String,
    /// Who did it.
    pub person: Option<PersonId>,
    /// One plain sentence.
    pub sentence: String,
}

impl Tx<'_> {
    /// The newest events of a case before an instant, oldest of them first. The asker has made sure that the case may be seen.
    ///
    /// # Errors
    /// A fault when the engine refuses it.
    pub fn events_of(&mut self, case: CaseId, before: Instant, limit: i64) -> Result<Vec<Happened>, Fault> {
        let mut events = self.list(
            sql!(
                "select at, kind, person_id, sentence from events where case_id = $1 and at < $2
                 order by at desc, id desc limit $3"
            ),
            &[&case, &before, &limit],
            |row| {
                Ok(Happened {
                    at: row.take()?,
                    kind: row.take()?,
                    person: row.take()?,
                    sentence: row.take()?,
                })
            },
        )?;
        events.reverse();
        Ok(events)
    }
}
