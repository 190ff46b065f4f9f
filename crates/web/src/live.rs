//! Live updates: an event stream that says "refresh" when something changed that its reader may see, and to owners "fetching" when
//! the fetching of a mailbox goes on, which few pages show. It carries no words.
//!
//! What may be seen is looked up anew while the stream is open: an engagement that ends takes its changes with it, and a
//! session that ends takes the stream.

use crate::{
    session::{self, SignedIn},
    site::Site,
};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use cases::{Filter, ListRow, View, tables as case_tables};
use desk::{fetching::FETCHING_WENT_ON, sign_in};
use futures_util::{Stream, stream};
use kernel::{CaseId, EngagementId, Instant as Moment, Reach, Sight};
use people::Secret;
use serde::Deserialize;
use std::{
    collections::{HashSet, VecDeque},
    convert::Infallible,
    time::Duration,
};
use store::{Change, MISSED};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep, timeout},
};

/// Events are at least this far apart, however much happens.
const APART: Duration = Duration::from_millis(300);
/// What one action changes comes within this, and is said together.
const BURST: Duration = Duration::from_millis(40);
/// Fetching goes on often, and it is enough to hear of it now and then.
const FETCHING_APART: Duration = Duration::from_secs(1);
/// How old the reader's reach may be.
const REACH_FOR: Duration = Duration::from_secs(3);
/// How long a quiet stream goes without looking whether its session still holds.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How often a silent line says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// More cases than anybody holds.
const MOST_HELD: i64 = 500;
/// What only workers care about.
const NOT_FOR_PAGES: &str = "job.queued";

/// What a stream is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// What the page shows already; without it, the stream tells only of what is to come.
    since: Option<String>,
}

/// `GET /live`
pub(crate) async fn stream(
    State(site): State<Site>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, session::Turned> {
    let token = session::token(&headers).ok_or_else(crate::faults::Stopped::sign_in_needed)?;
    let then = asked.since.and_then(|since| since.parse().ok()).map_or(signed_in.since, Moment::from_micros);
    let (passed, changes) = site.desk.store.changes_since(then);
    let watch = Watch {
        passed: passed.into(),
        changes,
        reach: signed_in.reach().clone(),
        held: held(&site, signed_in.reach()).await?,
        looked: Instant::now(),
        said: None,
        fetching_due: None,
        told_of_fetching: None,
        site,
        token,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Ok(Sse::new(events(watch)).keep_alive(keep_alive).into_response())
}

/// The reader's own open cases, as far as any list shows them.
async fn held(site: &Site, reach: &Reach) -> Result<HashSet<CaseId>, crate::faults::Stopped> {
    let reach = reach.clone();
    let own = site
        .desk
        .store
        .read(move |tx| case_tables::list(tx, &reach, View::Mine, &Filter::default(), None, MOST_HELD));
    let own: Vec<ListRow> = own.await?;
    Ok(own.into_iter().map(|row| row.id).collect())
}

fn events(watch: Watch) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watch, |mut watch| async move {
        let word = watch.next_word().await?;
        // Browsers drop an event without data, and an empty text makes none.
        Some((Ok(Event::default().event(word).data("changed")), watch))
    })
}

/// A stream that is open.
struct Watch {
    site: Site,
    token: Secret,
    /// What changed between the page and the stream.
    passed: VecDeque<Change>,
    changes: Receiver<Change>,
    reach: Reach,
    looked: Instant,
    said: Option<Instant>,
    /// When the reader is to be told that fetching goes on, and when they last were.
    fetching_due: Option<Instant>,
    told_of_fetching: Option<Instant>,
    /// The cases that were the reader's own: they hear of it, too, when one is taken from them.
    held: HashSet<CaseId>,
}

/// What a look at the session found.
enum Look {
    /// The reader sees other engagements than before.
    Different,
    /// All is as it was.
    Same,
}

impl Watch {
    /// Waits until the page must be fetched again, and answers what to say then; `None` when the stream is over.
    async fn next_word(&mut self) -> Option<&'static str> {
        loop {
            let now = Instant::now();
            if self.fetching_due.is_some_and(|due| due <= now) {
                (self.fetching_due, self.told_of_fetching) = (None, Some(now));
                self.look().await?;
                return Some("fetching");
            }
            let within = self.fetching_due.map_or(LOOK_EVERY, |due| due - now);
            let next = match self.passed.pop_front() {
                Some(passed) => Ok(Ok(passed)),
                None => timeout(within, self.changes.recv()).await,
            };
            let wanted = match next {
                Err(_) if self.fetching_due.is_some() => false,
                Ok(Ok(change)) if change.kind == FETCHING_WENT_ON => {
                    self.fetching_went_on();
                    false
                }
                Err(_) => matches!(self.look().await?, Look::Different),
                Ok(Err(RecvError::Closed)) => return None,
                // Some changes were missed; one of them may have been the reader's.
                Ok(Err(RecvError::Lagged(_))) => true,
                Ok(Ok(change)) => self.concerns(&change).await?,
            };
            if wanted {
                self.let_the_burst_pass().await;
                self.fetching_due = None;
                return Some("refresh");
            }
        }
    }

    fn fetching_went_on(&mut self) {
        if self.reach.owns_installation() {
            let soon = Instant::now() + BURST;
            let due = self.told_of_fetching.map_or(soon, |told| soon.max(told + FETCHING_APART));
            self.fetching_due.get_or_insert(due);
        }
    }

    /// Whether a change is one that the reader may know of; `None` when the session is over.
    async fn concerns(&mut self, change: &Change) -> Option<bool> {
        if change.kind == NOT_FOR_PAGES {
            return Some(false);
        }
        if change.kind == MISSED {
            return Some(true);
        }
        // What has no engagement is about people and doors: it may have changed what the reader sees.
        if change.engagement.is_none() || self.looked.elapsed() > REACH_FOR {
            match self.look().await? {
                Look::Different => return Some(true),
                Look::Same => {}
            }
        }
        match change.engagement {
            Some(engagement) => Some(self.sees(engagement, change.case).await),
            None => Some(self.reach.owns_installation() || self.site.is_demo()),
        }
    }

    async fn sees(&mut self, engagement: EngagementId, case: Option<CaseId>) -> bool {
        let sight = self.reach.engagements().into_iter().find(|(seen, _)| *seen == engagement);
        match (sight, case) {
            (None, _) => false,
            (Some((_, Sight::Whole)), _) => true,
            (Some((_, Sight::Assigned)), None) => false,
            (Some((_, Sight::Assigned)), Some(case)) => {
                let reach = self.reach.clone();
                let found = self.site.desk.store.read(move |tx| case_tables::find(tx, &reach, case)).await;
                if found.is_ok() {
                    self.held.insert(case);
                }
                found.is_ok() || self.held.remove(&case)
            }
        }
    }

    /// Looks whether the session still holds and what its reader sees now; `None` when it doesn't hold.
    async fn look(&mut self) -> Option<Look> {
        self.looked = Instant::now();
        match sign_in::who(&self.site.desk, &self.token).await {
            Ok(None) => None,
            Ok(Some(who)) => {
                let same = who.reach.engagements() == self.reach.engagements();
                self.reach = who.reach;
                Some(if same { Look::Same } else { Look::Different })
            }
            Err(fault) => {
                tracing::warn!(%fault, "can't look whether a session still holds");
                Some(Look::Same)
            }
        }
    }

    /// Whatever comes within the burst is said together with what began it.
    async fn let_the_burst_pass(&mut self) {
        let since = self.said.map_or(APART, |said| said.elapsed());
        sleep(APART.saturating_sub(since).max(BURST)).await;
        self.said = Some(Instant::now());
        self.passed.clear();
        self.changes = self.changes.resubscribe();
    }
}
