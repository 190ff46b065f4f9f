//! The job that tells, once, that an escalation wasn't answered by the time at which it was needed.

use super::moving;
use crate::{Desk, changes};
use cases::{
    escalation::{Act, EscalationStep},
    tables as case_tables,
};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{EscalationId, Fault, Stop};

/// The kind of job that looks whether an escalation was answered in time.
pub const OVERDUE: &str = "escalation_due";

/// Runs it.
pub struct Overdue {
    desk: Desk,
}

impl Overdue {
    /// For this desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }

    async fn one(&self, id: EscalationId) -> Result<(), Stop> {
        let now = self.desk.clock.now();
        let tell = move |tx: &mut store::Tx<'_>| {
            let Some(found) = case_tables::escalation(tx, id)? else { return Ok(()) };
            if !found.is_overdue(now) || !case_tables::note_overdue(tx, id, now)? {
                return Ok(());
            }
            let holder = moving::holder(tx, &found)?;
            let case = moving::case_of(tx, &found)?;
            let waits_for_us = found.standing.waits_for_givers();
            let sentence = match waits_for_us {
                true => format!("What was handed to {holder} isn’t answered in time: it waits for us."),
                false => format!("{holder} hasn’t answered in time what was handed over."),
            };
            let step = EscalationStep {
                at: now,
                act: Act::Overdue,
                standing: found.standing,
                person: None,
                name: "Dragoman".to_owned(),
                words: String::new(),
                message: None,
            };
            case_tables::add_escalation_step(tx, id, &step)?;
            Ok(changes::happened(tx, &case, "escalation.overdue", None, now, sentence)?)
        };
        self.desk.store.write(tell).await
    }
}

impl Handler for Overdue {
    fn kind(&self) -> &'static str {
        OVERDUE
    }

    fn slots(&self) -> usize {
        1
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<EscalationId>() else {
                return Outcome::GiveUp { because: "The job doesn't name an escalation.".to_owned() };
            };
            match self.one(id).await {
                Ok(()) | Err(Stop::Refused(_)) => Outcome::Done,
                Err(Stop::Fault(fault)) => retry(&fault),
            }
        })
    }
}

fn retry(fault: &Fault) -> Outcome {
    Outcome::Retry { because: format!("It couldn't be told that an escalation is overdue: {fault}") }
}
