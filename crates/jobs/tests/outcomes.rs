//! Outcomes: what becomes of a job when a run of it ends.

use jobs::{Handler, Job, JobRow, Outcome, Running, TRIES, Worker, backoff};
use kernel::{Fault, Id, Instant, JobId};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use store::{Clock, Store, Tx};
use testkit::{Place, morning, on_both_stores};

const KIND: &str = "tested";

/// Ends every run the same way.
struct Always {
    outcome: Outcome,
    runs: AtomicUsize,
    attempts: AtomicI64,
}

impl Handler for Always {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn slots(&self) -> usize {
        1
    }

    fn run(&self, job: Job) -> Running<'_> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        self.attempts.store(job.attempts, Ordering::SeqCst);
        Box::pin(async { self.outcome.clone() })
    }
}

/// A queue with a clock that stands still.
struct Queue {
    store: Store,
    clock: Clock,
    _place: Place,
}

impl Queue {
    fn on(place: Place) -> Self {
        Self { store: place.store.clone(), clock: Clock::fixed(morning()), _place: place }
    }

    async fn enqueue(&self) -> JobId {
        self.write(|tx| jobs::enqueue(tx, KIND, "subject", morning(), morning())).await
    }

    /// Runs what is due; answers how many runs there were and after how many tries the last one came.
    async fn run(&self, outcome: Outcome) -> (usize, i64) {
        let handler = Arc::new(Always { outcome, runs: AtomicUsize::new(0), attempts: AtomicI64::new(-1) });
        let known: Arc<dyn Handler> = Arc::clone(&handler) as _;
        Worker::new(self.store.clone(), self.clock.clone(), vec![known]).run_due().await.unwrap();
        (handler.runs.load(Ordering::SeqCst), handler.attempts.load(Ordering::SeqCst))
    }

    async fn list(&self) -> Vec<JobRow> {
        self.store.read(|tx| jobs::list(tx, 100)).await.unwrap()
    }

    async fn only(&self) -> JobRow {
        let mut list = self.list().await;
        assert_eq!(list.len(), 1);
        list.remove(0)
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.store.write(work).await.unwrap()
    }
}

fn retry() -> Outcome {
    Outcome::Retry { because: "The other server is busy.".to_owned() }
}

#[test]
fn what_is_done_is_forgotten() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        queue.enqueue().await;
        assert_eq!(queue.run(Outcome::Done).await, (1, 0));
        assert!(queue.list().await.is_empty());
        assert_eq!(queue.run(Outcome::Done).await.0, 0);
    });
}

#[test]
fn nothing_runs_before_its_time() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        let later = morning().plus(Duration::from_secs(10));
        queue.write(move |tx| jobs::enqueue(tx, KIND, "subject", later, morning())).await;
        assert_eq!(queue.run(Outcome::Done).await.0, 0);
        queue.clock.advance(Duration::from_secs(10));
        assert_eq!(queue.run(Outcome::Done).await.0, 1);
    });
}

#[test]
fn a_failed_run_waits_and_the_wait_outlives_the_program() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        let id = queue.enqueue().await;
        assert_eq!(queue.run(retry()).await, (1, 0));
        let waiting = queue.only().await;
        let pause = backoff(1, id.uuid().as_u64_pair().1);
        assert_eq!((waiting.state.as_str(), waiting.attempts), ("ready", 1));
        assert_eq!(waiting.run_at, morning().plus(pause));
        assert_eq!(waiting.because, "The other server is busy.");
        let again = Store::open_current(queue.store.engine().clone()).await.unwrap();
        let queue = Queue { store: again, ..queue };
        assert_eq!(queue.run(retry()).await.0, 0, "it isn't time yet");
        queue.clock.advance(pause);
        assert_eq!(queue.run(retry()).await, (1, 1));
        assert!(queue.only().await.run_at > morning().plus(pause + pause));
    });
}

#[test]
fn a_snooze_is_no_try() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        queue.enqueue().await;
        let until = morning().plus(Duration::from_secs(3600));
        queue.run(Outcome::Snooze { until }).await;
        let waiting = queue.only().await;
        assert_eq!((waiting.run_at, waiting.attempts), (until, 0));
    });
}

#[test]
fn after_the_last_try_a_job_waits_for_a_person() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        let id = queue.enqueue().await;
        for tried in 0..TRIES {
            assert_eq!(queue.run(retry()).await, (1, tried));
            queue.clock.advance(Duration::from_secs(5 * 60 * 60));
        }
        let stuck = queue.only().await;
        assert_eq!((stuck.state.as_str(), stuck.attempts), ("stuck", TRIES));
        assert_eq!(queue.run(Outcome::Done).await.0, 0, "a stuck job rests");
        assert_eq!(queue.store.read(jobs::waiting_count).await.unwrap(), (0, 1));
        let now = queue.clock.now();
        assert!(queue.write(move |tx| jobs::retry_now(tx, id, now)).await);
        assert_eq!(queue.run(Outcome::Done).await, (1, 0), "its tries count from the start");
        assert!(!queue.write(move |tx| jobs::retry_now(tx, id, now)).await, "it is gone");
    });
}

#[test]
fn giving_up_keeps_the_reason_until_somebody_abandons_the_job() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        let id = queue.enqueue().await;
        assert!(!queue.write(move |tx| jobs::abandon(tx, id)).await, "it isn't stuck");
        queue.run(Outcome::GiveUp { because: "There is no such mailbox.".to_owned() }).await;
        let stuck = queue.only().await;
        assert_eq!((stuck.state.as_str(), stuck.because.as_str()), ("stuck", "There is no such mailbox."));
        assert!(queue.write(move |tx| jobs::abandon(tx, id)).await);
        assert!(queue.list().await.is_empty());
    });
}

#[test]
fn a_job_is_found_again_by_what_it_is_about() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        queue.enqueue().await;
        queue.run(Outcome::GiveUp { because: "No.".to_owned() }).await;
        let now = morning();
        assert!(!queue.write(move |tx| jobs::retry_about(tx, KIND, "another", now)).await);
        assert!(!queue.write(move |tx| jobs::retry_about(tx, "other", "subject", now)).await);
        assert!(queue.write(move |tx| jobs::retry_about(tx, KIND, "subject", now)).await);
        assert_eq!(queue.run(Outcome::Done).await, (1, 0));
    });
}

#[test]
fn a_job_of_a_transaction_that_failed_never_was() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        let fails = |tx: &mut Tx<'_>| {
            jobs::enqueue(tx, KIND, "subject", morning(), morning())?;
            Err::<(), _>(Fault::new("the rest fails"))
        };
        queue.store.write(fails).await.unwrap_err();
        assert!(queue.list().await.is_empty());
    });
}

#[test]
fn stuck_jobs_are_listed_first_and_the_rest_by_their_time() {
    on_both_stores(|place| async move {
        let queue = Queue::on(place);
        queue.enqueue().await;
        queue.run(Outcome::GiveUp { because: "No.".to_owned() }).await;
        for (subject, at) in [("second", 2), ("first", 1)] {
            let run_at = Instant::from_micros(at);
            queue.write(move |tx| jobs::enqueue(tx, KIND, subject, run_at, morning())).await;
        }
        let subjects: Vec<String> = queue.list().await.into_iter().map(|job| job.subject).collect();
        assert_eq!(subjects, ["subject", "first", "second"]);
    });
}
