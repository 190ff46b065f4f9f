//! The worker: claims jobs, hands them to their handlers, and writes down how each run ended.

use crate::{
    Handler, Job, Outcome,
    tables::{self, LEASE, QUEUED},
};
use kernel::Fault;
use std::{future::Future, sync::Arc, time::Duration};
use store::{Clock, Engine, Store, Tx};
use tokio::{
    sync::{Semaphore, broadcast},
    task::JoinSet,
};

/// How long a worker sleeps when nothing wakes it.
const NAP: Duration = Duration::from_millis(500);

/// Runs jobs until it is told to stop.
pub struct Worker {
    store: Store,
    clock: Clock,
    handlers: Vec<Arc<dyn Handler>>,
}

impl Worker {
    /// A worker for these kinds of jobs.
    pub fn new(store: Store, clock: Clock, handlers: Vec<Arc<dyn Handler>>) -> Self {
        Self { store, clock, handlers }
    }

    /// Runs jobs until `stop` is done. A job that is cut short then is run again at the next start.
    ///
    /// # Errors
    /// A fault when the database can't be reached at the start.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), Fault> {
        if matches!(self.store.engine(), Engine::Sqlite(_)) {
            self.store.write(tables::release_all).await?;
        }
        let mut lanes = JoinSet::new();
        for handler in self.handlers {
            lanes.spawn(Lane { store: self.store.clone(), clock: self.clock.clone(), handler }.run_forever());
        }
        stop.await;
        lanes.shutdown().await;
        Ok(())
    }

    /// Runs every job whose time has come, one after the other, until none is left: for tests and commands.
    /// Answers how many runs there were.
    ///
    /// # Errors
    /// A fault when the database can't be reached.
    pub async fn run_due(&self) -> Result<usize, Fault> {
        let mut runs = 0;
        loop {
            let before = runs;
            for handler in &self.handlers {
                let lane = Lane {
                    store: self.store.clone(),
                    clock: self.clock.clone(),
                    handler: Arc::clone(handler),
                };
                let mut next = lane.claim(1).await?.pop();
                while let Some(job) = next {
                    next = lane.run(job).await;
                    runs += 1;
                }
            }
            if runs == before {
                return Ok(runs);
            }
        }
    }
}

/// The jobs of one kind.
#[derive(Clone)]
struct Lane {
    store: Store,
    clock: Clock,
    handler: Arc<dyn Handler>,
}

impl Lane {
    async fn run_forever(self) {
        let slots = Arc::new(Semaphore::new(self.handler.slots()));
        let mut changes = self.store.changes();
        let mut running = JoinSet::new();
        loop {
            while running.try_join_next().is_some() {}
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
            let free = slots.available_permits() + 1;
            let jobs = self.claim(free).await.unwrap_or_else(|fault| {
                tracing::error!(%fault, kind = self.handler.kind(), "can't claim jobs");
                Vec::new()
            });
            if jobs.is_empty() {
                drop(slot);
                wake(&mut changes).await;
                continue;
            }
            drop(slot);
            for job in jobs {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
                let lane = self.clone();
                running.spawn(async move {
                    let mut next = Some(job);
                    while let Some(job) = next {
                        next = lane.run(job).await;
                    }
                    drop(slot);
                });
            }
        }
    }

    async fn claim(&self, slots: usize) -> Result<Vec<Job>, Fault> {
        let (kind, now) = (self.handler.kind(), self.clock.now());
        let slots = i64::try_from(slots).unwrap_or(1);
        self.store.write(move |tx| tables::claim(tx, kind, now, slots)).await
    }

    /// Runs one job, writes down its outcome and claims the next one, in one go: under load, claims of their own would
    /// wait for each other.
    async fn run(&self, job: Job) -> Option<Job> {
        let outcome = tokio::select! {
            outcome = self.handler.run(job.clone()) => outcome,
            never = self.keep_lease(&job) => never,
        };
        if let Outcome::GiveUp { because } = &outcome {
            tracing::warn!(job = %job.id, kind = self.handler.kind(), because, "gave up");
        }
        let (id, kind, now) = (job.id, self.handler.kind(), self.clock.now());
        let finish = move |tx: &mut Tx<'_>| {
            tables::finish(tx, &job, &outcome, now)?;
            tables::claim(tx, kind, now, 1)
        };
        let next = self.store.write(finish).await.unwrap_or_else(|fault| {
            tracing::error!(job = %id, %fault, "can't write down how a job ended; it will be run again");
            Vec::new()
        });
        next.into_iter().next()
    }

    async fn keep_lease(&self, job: &Job) -> Outcome {
        let id = job.id;
        loop {
            tokio::time::sleep(LEASE / 3).await;
            let now = self.clock.now();
            if let Err(fault) = self.store.write(move |tx| tables::renew(tx, id, now)).await {
                tracing::warn!(job = %id, %fault, "can't renew a job's lease");
            }
        }
    }
}

/// Waits until a job was queued, or for a nap.
async fn wake(changes: &mut broadcast::Receiver<store::Change>) {
    let queued = async {
        loop {
            match changes.recv().await {
                Ok(change) if change.kind != QUEUED => {}
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                _ => return,
            }
        }
    };
    let _ = tokio::time::timeout(NAP, queued).await;
}
