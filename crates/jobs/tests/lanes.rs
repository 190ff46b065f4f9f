//! Lanes: several workers on one queue, a worker that falls silent, and a program that starts again.

use jobs::{Handler, Job, Outcome, Running, Worker};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};
use store::{Clock, Engine, Store, Tx};
use testkit::{morning, on_both_stores};
use tokio::sync::{Notify, mpsc};

const KIND: &str = "tested";

async fn enqueue(store: &Store, count: usize) {
    let all = move |tx: &mut Tx<'_>| {
        (0..count).try_for_each(|nth| jobs::enqueue(tx, KIND, nth, morning(), morning()).map(drop))
    };
    store.write(all).await.unwrap();
}

/// Starts and never ends, as if its machine had been switched off.
struct Silent {
    started: Arc<Notify>,
}

impl Handler for Silent {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn slots(&self) -> usize {
        1
    }

    fn run(&self, _: Job) -> Running<'_> {
        self.started.notify_one();
        Box::pin(std::future::pending())
    }
}

/// Tells of every run.
struct Telling {
    told: mpsc::UnboundedSender<String>,
}

impl Handler for Telling {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn slots(&self) -> usize {
        3
    }

    fn run(&self, job: Job) -> Running<'_> {
        let told = self.told.send(job.subject);
        Box::pin(async move { told.map_or(Outcome::Snooze { until: morning() }, |()| Outcome::Done) })
    }
}

fn worker(store: &Store, clock: &Clock, handler: impl Handler) -> Worker {
    Worker::new(store.clone(), clock.clone(), vec![Arc::new(handler)])
}

/// Lets a worker claim the only job and fall silent.
async fn claim_and_fall_silent(store: &Store, clock: &Clock) {
    let started = Arc::new(Notify::new());
    let silent = worker(store, clock, Silent { started: Arc::clone(&started) });
    let running = tokio::spawn(async move { silent.run_due().await });
    started.notified().await;
    running.abort();
    let _ = running.await;
}

#[test]
fn the_job_of_a_silent_worker_is_taken_over_when_its_lease_ends() {
    on_both_stores(|place| async move {
        let clock = Clock::fixed(morning());
        enqueue(&place.store, 1).await;
        claim_and_fall_silent(&place.store, &clock).await;
        let (told, mut runs) = mpsc::unbounded_channel();
        let other = worker(&place.store, &clock, Telling { told });
        assert_eq!(other.run_due().await.unwrap(), 0, "the lease still holds");
        clock.advance(Duration::from_secs(29));
        assert_eq!(other.run_due().await.unwrap(), 0, "the lease still holds");
        clock.advance(Duration::from_secs(1));
        assert_eq!(other.run_due().await.unwrap(), 1);
        assert_eq!(runs.recv().await.as_deref(), Some("0"));
        assert_eq!(other.run_due().await.unwrap(), 0);
    });
}

/// An embedded database belongs to one process: when it starts, nobody else can be at work.
#[test]
fn after_a_crash_an_embedded_database_runs_its_jobs_at_once() {
    on_both_stores(|place| async move {
        if !matches!(place.store.engine(), Engine::Sqlite(_)) {
            return;
        }
        let clock = Clock::fixed(morning());
        enqueue(&place.store, 1).await;
        claim_and_fall_silent(&place.store, &clock).await;
        let (told, mut runs) = mpsc::unbounded_channel();
        let started = worker(&place.store, &clock, Telling { told });
        started.serve(async { assert_eq!(runs.recv().await.as_deref(), Some("0")) }).await.unwrap();
    });
}

/// Where several may be at work, a start takes nothing from the others.
#[test]
fn a_server_that_starts_leaves_the_jobs_of_others() {
    on_both_stores(|place| async move {
        if matches!(place.store.engine(), Engine::Sqlite(_)) {
            return;
        }
        let clock = Clock::fixed(morning());
        enqueue(&place.store, 1).await;
        claim_and_fall_silent(&place.store, &clock).await;
        let (told, mut runs) = mpsc::unbounded_channel();
        let started = worker(&place.store, &clock, Telling { told });
        let store = place.store.clone();
        started
            .serve(async {
                let another =
                    |tx: &mut Tx<'_>| jobs::enqueue(tx, KIND, "another", morning(), morning()).map(drop);
                store.write(another).await.unwrap();
                assert_eq!(runs.recv().await.as_deref(), Some("another"));
            })
            .await
            .unwrap();
    });
}

/// Counts how often each job ran, and whether one ran while it was running.
struct Counting {
    seen: Arc<Mutex<Seen>>,
    done: mpsc::UnboundedSender<()>,
}

#[derive(Default)]
struct Seen {
    running: HashSet<String>,
    runs: HashMap<String, usize>,
    at_once: Vec<String>,
}

impl Handler for Counting {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn slots(&self) -> usize {
        4
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let begin = |seen: &mut Seen| {
                *seen.runs.entry(job.subject.clone()).or_default() += 1;
                if !seen.running.insert(job.subject.clone()) {
                    seen.at_once.push(job.subject.clone());
                }
            };
            begin(&mut self.seen.lock().unwrap());
            tokio::task::yield_now().await;
            self.seen.lock().unwrap().running.remove(&job.subject);
            self.done.send(()).unwrap();
            Outcome::Done
        })
    }
}

#[test]
fn several_workers_run_each_job_once() {
    on_both_stores(|place| async move {
        const JOBS: usize = 120;
        let clock = Clock::fixed(morning());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (done, mut ended) = mpsc::unbounded_channel();
        let (stop, stopped) = tokio::sync::watch::channel(());
        let mut workers = tokio::task::JoinSet::new();
        // An embedded database belongs to one worker: another one's start would take its jobs away.
        let many = if matches!(place.store.engine(), Engine::Sqlite(_)) { 1 } else { 3 };
        for _ in 0..many {
            let handler = Counting { seen: Arc::clone(&seen), done: done.clone() };
            let (worker, mut stopped) = (worker(&place.store, &clock, handler), stopped.clone());
            workers.spawn(worker.serve(async move { stopped.changed().await.unwrap() }));
        }
        enqueue(&place.store, JOBS).await;
        for _ in 0..JOBS {
            ended.recv().await.unwrap();
        }
        stop.send(()).unwrap();
        workers.join_all().await.into_iter().for_each(|served| served.unwrap());
        let seen = seen.lock().unwrap();
        assert_eq!(seen.runs.len(), JOBS);
        assert_eq!(seen.at_once, Vec::<String>::new());
        assert!(seen.runs.values().all(|runs| *runs == 1), "{:?}", seen.runs);
    });
}
