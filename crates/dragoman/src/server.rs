//! The running desk: its pages, its SMTP receiver and its jobs, wired together and stopped together.

use crate::{
    mailroom::PostRoom,
    say::{self, Failure},
    settings::{self, Listen, Place},
};
use channels::calls::{Calls, PushKey};
use channels::email::{
    consent::{Consents, Endpoints},
    door::Door,
    fetcher::{Fetcher, Patience, Trust},
    outbox::{Destination, Outbox},
    pictures::{PictureFetcher, Reachable},
    reading::Reading,
    receiver::{Address, Certificate, Limits, Protocol, Receiver, Settings},
};
use desk::{
    Desk,
    escalations::Overdue,
    paging::{Paging, Reminding},
    routing::Routing,
    translating::Translating,
};
use jobs::{Handler, Worker};
use language::translation::{Engines, Models, Translator};
use std::{
    fmt::Display,
    fs::File,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use store::{Change, Clock};
use tokio::{
    net::TcpListener,
    sync::{
        broadcast::{Receiver as Feed, error::RecvError},
        watch,
    },
    task::JoinSet,
};

/// How long signals wait at most to be looked for where no customer says anything, and at least between two looks.
const SIGNALS_AT_LEAST: Duration = Duration::from_secs(60);
const SIGNALS_APART: Duration = Duration::from_secs(2);
/// How long cases wait at most to be routed where nothing happens, and at least between two looks.
const ROUTED_AT_LEAST: Duration = Duration::from_secs(60);
const ROUTED_APART: Duration = Duration::from_secs(1);
/// How often hand-overs are looked at.
const SEAMS_EVERY: Duration = Duration::from_secs(15);

/// How long a clock that has run out waits at most to be told.
const CLOCKS_EVERY: Duration = Duration::from_secs(15);

/// What is to run: an installation, or a demo of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Mail goes to the outgoing server.
    Installation,
    /// Mail goes into the postbox, and anybody may sign in as anybody.
    Demo,
}

/// Where a running desk can be reached.
pub struct Doors {
    /// The pages.
    pub pages: SocketAddr,
    /// The SMTP receiver.
    pub smtp: Address,
    /// The LMTP receiver, if there is one.
    pub lmtp: Option<Address>,
}

/// Where customers reach this desk. A demo's customers are on this machine, so there its own pages will do.
fn public_address(listen: &Listen, kind: Kind) -> Option<String> {
    let own =
        || (kind == Kind::Demo && listen.listen.port() != 0).then(|| format!("http://{}", listen.listen));
    listen.public_url.clone().or_else(own)
}

/// A desk that is open and not yet running.
pub struct Server {
    /// The desk.
    pub desk: Desk,
    listen: Listen,
    kind: Kind,
    engines: Arc<Engines>,
    models: Models,
    // Held for as long as the process runs: two processes on one embedded database would spoil each other's jobs.
    _lock: Option<File>,
}

impl Server {
    /// Opens the database, brings its schema up to date, and prepares everything that doesn't listen yet.
    ///
    /// # Errors
    /// When the data can't be opened or another process has it.
    pub async fn open(place: &Place, listen: Listen, kind: Kind) -> Result<Self, Failure> {
        let (store, blobs, vault) = place.open()?;
        if let Err(fault) = blobs.probe() {
            // It may come back while the desk runs; mails wait until then.
            tracing::error!("{fault}");
        }
        let lock = lock(&place.data, place.database.is_some())?;
        store.migrate().await?;
        let undo_for = Duration::from_secs(listen.undo_seconds);
        let clock = if kind == Kind::Demo { Clock::ahead() } else { Clock::System };
        let desk = Desk::open(store, blobs, vault, clock, undo_for).await?;
        let engines = Arc::new(Engines::none());
        let models = settings::models(&place.data, listen.models.as_deref());
        let desk = desk
            .identifying_with(listen.tongues.identifier()?)
            .reached_at(public_address(&listen, kind))
            .translating_with(Arc::clone(&engines) as Arc<dyn Translator>)
            .with_models(models.clone())
            .asking_elsewhere(Arc::new(channels::engines::Engines::new().map_err(no_engines)?));
        Ok(Self { desk, listen, kind, engines, models, _lock: lock })
    }

    /// Runs until the process is told to stop. `ready` is called with the addresses once everything listens.
    ///
    /// # Errors
    /// When an address can't be listened on.
    pub async fn run(self, ready: impl FnOnce(Doors)) -> Result<(), Failure> {
        let destination = if self.kind == Kind::Demo { Destination::Postbox } else { Destination::Relay };
        let hostname = self.listen.hostname.clone();
        let password = self.listen.relay_password.clone();
        let outbox = Arc::new(Outbox::new(self.desk.clone(), destination, password, hostname));
        let push_key = Arc::new(PushKey::of(&self.desk).await?);
        let handlers: Vec<Arc<dyn Handler>> = vec![
            Arc::new(self.reading()),
            Arc::new(Translating::new(self.desk.clone())),
            Arc::new(Overdue::new(self.desk.clone())),
            Arc::new(Routing::new(self.desk.clone())),
            Arc::new(Paging(self.desk.clone())),
            Arc::new(Reminding(self.desk.clone())),
            Arc::new(Calls::new(self.desk.clone(), Arc::clone(&outbox), Arc::clone(&push_key))?),
            Arc::clone(&outbox) as Arc<dyn Handler>,
        ];
        let worker = Worker::new(self.desk.store.clone(), self.desk.clock.clone(), handlers);
        let receiver = self.receiver("--smtp", &self.listen.smtp.into(), Protocol::Smtp).await?;
        let local = match &self.listen.lmtp {
            Some(address) => Some(self.receiver("--lmtp", address, Protocol::Lmtp).await?),
            None => None,
        };
        let pages = TcpListener::bind(self.listen.listen).await;
        let pages = pages.map_err(|error| in_use("--listen", &self.listen.listen, &error))?;
        let lmtp = local.as_ref().map(|receiver| receiver.local_address().clone());
        ready(Doors { pages: pages.local_addr()?, smtp: receiver.local_address().clone(), lmtp });

        let (stop, stopped) = watch::channel(());
        let door = Arc::new(Door { desk: self.desk.clone() });
        let receiving: JoinSet<()> = std::iter::once(receiver)
            .chain(local)
            .map(|receiver| receiver.serve(Arc::clone(&door), until(stopped.clone())))
            .collect();
        let working = tokio::spawn(worker.serve(until(stopped.clone())));
        let learning = tokio::spawn(self.learn_languages());
        let listening = tokio::spawn(listen_for_signals(self.desk.clone()));
        let watching = tokio::spawn(watch_clocks(self.desk.clone()));
        let routing = tokio::spawn(route_what_waits(self.desk.clone()));
        let handing_over = tokio::spawn(watch_seams(self.desk.clone()));
        let consents = self.consents()?;
        let fetching = tokio::spawn(self.fetcher(&consents)?.serve(until(stopped.clone())));
        let site = self.site(outbox, consents, &push_key)?;
        let serving = axum::serve(pages, site.into_make_service_with_connect_info::<SocketAddr>());
        let serving = tokio::spawn(serving.with_graceful_shutdown(until(stopped)).into_future());
        told_to_stop().await;
        learning.abort();
        listening.abort();
        watching.abort();
        routing.abort();
        handing_over.abort();
        drop(stop);
        // Open event streams would hold the pages forever; whoever is connected reconnects to the next process.
        let _ = tokio::time::timeout(Duration::from_secs(3), serving).await;
        // The receiver lets mails that are under way come to their end.
        let _ = tokio::time::timeout(Duration::from_secs(12), async {
            let _ = tokio::join!(receiving.join_all(), working, fetching);
        })
        .await;
        Ok(())
    }

    /// Takes up the models that are in the models folder, and looks again each minute: they are added and removed while the desk runs.
    fn learn_languages(&self) -> impl Future<Output = ()> + use<> {
        let (engines, models) = (Arc::clone(&self.engines), self.models.clone());
        async move {
            let mut minutes = tokio::time::interval(Duration::from_secs(60));
            loop {
                minutes.tick().await;
                let (engines, models) = (Arc::clone(&engines), models.clone());
                if let Err(error) = tokio::task::spawn_blocking(move || models.refresh(&engines)).await {
                    tracing::error!(%error, "the models can't be looked at");
                }
            }
        }
    }

    /// A demo names no accounts, so there it fetches nothing.
    fn fetcher(&self, consents: &Arc<Consents>) -> Result<Fetcher, Failure> {
        Ok(Fetcher::new(self.desk.clone(), trust()?, Arc::clone(consents), Patience::default()))
    }

    fn consents(&self) -> Result<Arc<Consents>, Failure> {
        Ok(Arc::new(Consents::new(self.desk.clone(), &trust()?, Endpoints::public())?))
    }

    /// A demo plays with made-up senders, whom no DNS knows.
    fn reading(&self) -> Reading {
        let reading = Reading::new(self.desk.clone());
        match self.listen.senders.checker(&self.listen.names).filter(|_| self.kind == Kind::Installation) {
            Some(checker) => reading.checking(checker),
            None => reading,
        }
    }

    fn site(
        &self,
        outbox: Arc<Outbox>,
        consents: Arc<Consents>,
        push_key: &PushKey,
    ) -> Result<axum::Router, Failure> {
        let demo = if self.kind == Kind::Demo { web::Demo::Yes } else { web::Demo::No };
        let pictures = match self.listen.remote_images.as_str() {
            "off" => None,
            _ => Some(PictureFetcher::new(Reachable::Public).map_err(no_fetcher)?),
        };
        let password = self.listen.relay_password.as_ref();
        let mailroom = PostRoom::new(self.desk.clone(), outbox, consents, password, pictures)
            .asking(self.listen.names.dns)
            .known_to_browsers(push_key.public());
        let mailroom = Arc::new(mailroom);
        let pages = web::router(web::Site::new(self.desk.clone(), demo, mailroom));
        Ok(pages.merge(api::router(self.desk.clone())))
    }

    async fn receiver(&self, flag: &str, address: &Address, protocol: Protocol) -> Result<Receiver, Failure> {
        let receiver = Receiver::bind(address, self.receiver_settings(protocol)?).await;
        receiver.map_err(|error| in_use(flag, address, &error))
    }

    fn receiver_settings(&self, protocol: Protocol) -> Result<Settings, Failure> {
        let certificate = match (&self.listen.smtp_certificate, &self.listen.smtp_key) {
            (Some(chain), Some(key)) => Some(certificate(chain, key)?),
            _ => None,
        };
        Ok(Settings {
            protocol,
            hostname: self.listen.hostname.clone(),
            limits: Limits::default(),
            spool: self.desk.blobs.incoming(),
            certificate,
            now: || Clock::System.now(),
        })
    }
}

fn no_engines(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("Engines elsewhere can't be reached: {error}"), "Report this.")
}

/// Looks where somebody did not understand, in what changed since: soon after a customer's word, and at least each minute.
async fn listen_for_signals(desk: Desk) {
    let mut changes = desk.store.changes();
    loop {
        if let Err(fault) = desk::signals::sweep(&desk).await {
            tracing::error!(%fault, "signals can't be looked for");
        }
        let _ =
            tokio::time::timeout(SIGNALS_AT_LEAST, heard(&mut changes, desk::signals::is_word_of_a_customer))
                .await;
        tokio::time::sleep(SIGNALS_APART).await;
    }
}

/// Tells of the times that were promised and are over.
async fn watch_clocks(desk: Desk) {
    let mut ticks = tokio::time::interval(CLOCKS_EVERY);
    loop {
        ticks.tick().await;
        if let Err(fault) = desk::clocks::sweep(&desk).await {
            tracing::error!(%fault, "clocks can't be read");
        }
    }
}

/// Gives what waits to whoever may take it since, and takes back what its holder can't answer any more: soon after anything that may matter,
/// and at least each minute, because shifts begin and end without a change.
async fn route_what_waits(desk: Desk) {
    let mut changes = desk.store.changes();
    loop {
        if let Err(fault) = desk::routing::sweep(&desk).await {
            tracing::error!(%fault, "waiting cases can't be routed");
        }
        let matters = |change: &Change| desk::routing::may_matter(&change.kind);
        let _ = tokio::time::timeout(ROUTED_AT_LEAST, heard(&mut changes, matters)).await;
        tokio::time::sleep(ROUTED_APART).await;
    }
}

/// Looks after what changes hands: at the seams of the clock, when there is too much to do, and when nobody accepts in time.
async fn watch_seams(desk: Desk) {
    let mut changes = desk.store.changes();
    loop {
        let looked = async {
            desk::seams::sweep(&desk).await?;
            desk::overflowing::sweep(&desk).await?;
            desk::hand_overs::sweep(&desk).await
        };
        if let Err(fault) = looked.await {
            tracing::error!(%fault, "what changes hands can't be looked at");
        }
        let is_later = |change: &Change| change.kind == desk::postbox::TIME_PASSED;
        let _ = tokio::time::timeout(SEAMS_EVERY, heard(&mut changes, is_later)).await;
    }
}

/// Waits until such a change has happened, or may have.
async fn heard(changes: &mut Feed<Change>, matters: impl Fn(&Change) -> bool) {
    loop {
        match changes.recv().await {
            Ok(change) if !matters(&change) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

fn no_fetcher(error: impl std::fmt::Display) -> Failure {
    Failure::new(
        format!("Nothing can be fetched from other servers: {error}"),
        "Start with --remote-images off.",
    )
}

fn trust() -> Result<Trust, Failure> {
    Trust::new(None).map_err(|error| Failure::new(error.to_string(), "Report this."))
}

fn certificate(chain: &PathBuf, key: &PathBuf) -> Result<Certificate, Failure> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|error| {
            Failure::new(
                format!("{} can't be read: {error}", path.display()),
                "Check the path and its permissions.",
            )
        })
    };
    Certificate::from_pem(&read(chain)?, &read(key)?)
        .map_err(|error| Failure::new(error.to_string(), "Check --smtp-certificate and --smtp-key."))
}

fn lock(folder: &Path, shared: bool) -> Result<Option<File>, Failure> {
    if shared {
        return Ok(None);
    }
    let file = File::create(folder.join("dragoman.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(_) => Err(Failure::new(
            format!("Another Dragoman is using {}.", folder.display()),
            "Stop it first, or name another folder with --data.",
        )),
    }
}

fn in_use(flag: &str, address: &impl Display, error: &std::io::Error) -> Failure {
    let sentence = format!("Can't listen on {address}: {error}.");
    Failure::new(sentence, format!("Choose another address with {flag}, or stop the program that has it."))
}

async fn until(mut stopped: watch::Receiver<()>) {
    // The sender says nothing; its going away is the signal.
    while stopped.changed().await.is_ok() {}
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    say::line("Stopping.");
}
