//! The small world: who is there, and the short ways to make something happen in it.
//!
//! **Aurora** (home electronics, `help@aurora.example`) has an in-house team and two partners: Lisbon answers its mailbox, Manila
//! watches at night. **pip** (scooters, `hello@pip.example`) has an in-house team, and Manila answers its mailbox.
//!
//! | who | role |
//! |---|---|
//! | olga | owns the installation; sees no case |
//! | greta, paula | support owners of Aurora and of pip |
//! | rok | resolver of Aurora |
//! | nora, wanda | representatives in the in-house teams of Aurora and of pip |
//! | ines; tiago, carla | team lead and representatives of Lisbon |
//! | maricel; jun | team lead and representative of Manila |

use crate::{Mail, Place, Post, engines, people as everybody, setting};
use cases::{Case, DraftKind, ListRow, Message, View, tables as case_tables};
use desk::{Desk, UNDO_FOR, engagement_terms, intake, replies, sign_in};
use engagements::{Mailbox, tables as engagement_tables, terms::Terms};
use jobs::Worker;
use kernel::{
    CaseId, ClientId, EmailAddress, EngagementId, Fault, Instant, MessageId, PersonId, Reach, Stop, TeamId,
};
use people::{Client, Secret};
use std::{
    collections::HashMap,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use store::{Clock, Tx};
use tempfile::TempDir;

/// When the world begins: 2 March 2026, 09:00 UTC, a Monday.
pub const fn morning() -> Instant {
    Instant::from_micros(1_772_442_000_000_000)
}

/// A client of the small world.
#[derive(Clone, Debug)]
pub struct Served {
    /// The client.
    pub client: Client,
    /// Its mailbox, answered by a partner.
    pub mailbox: Mailbox,
    /// The engagement of its own team.
    pub in_house: EngagementId,
    /// The engagement that answers its mailbox: Lisbon's for Aurora, Manila's for pip.
    pub partner: EngagementId,
}

/// The small world.
pub struct World {
    /// The engine's name.
    pub engine: &'static str,
    /// The desk. Its undo window is [`UNDO_FOR`].
    pub desk: Desk,
    /// The desk's clock.
    pub clock: Clock,
    /// The pretend mail server.
    pub post: Post,
    /// Home electronics.
    pub aurora: Served,
    /// Scooters.
    pub pip: Served,
    /// The engagement of Manila's team with Aurora, which answers no mailbox.
    pub nights: EngagementId,
    /// Lisbon's team.
    pub lisbon: TeamId,
    /// Manila's team.
    pub manila: TeamId,
    /// Free for files of a test; ends with the world.
    pub folder: Arc<TempDir>,
    persons: HashMap<&'static str, PersonId>,
    mails: AtomicUsize,
}

/// Runs a test in a small world on each engine. The thread that fails has the engine's name.
///
/// # Panics
/// Where the test does.
pub fn on_both_engines<F, Ran>(test: F)
where
    F: Fn(World) -> Ran + Sync,
    Ran: Future<Output = ()>,
{
    engines::on_both_stores(|place| async { test(World::on(place).await).await });
}

impl World {
    /// A world on a fresh SQLite file, for tests to which the engine is the same.
    pub async fn on_sqlite() -> Self {
        Self::on(Place::on_sqlite().await).await
    }

    /// A world on this database.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn on(place: Place) -> Self {
        let clock = Clock::fixed(morning());
        let set = place.store.write(|tx| setting::set(tx, morning())).await.expect("the world is set up");
        let desk = Desk::open(place.store, place.blobs, place.vault, clock.clone(), UNDO_FOR).await;
        Self {
            engine: place.engine,
            desk: desk.expect("the desk opens"),
            clock,
            post: Post::default(),
            aurora: set.aurora,
            pip: set.pip,
            nights: set.nights,
            lisbon: set.lisbon,
            manila: set.manila,
            folder: place.folder,
            persons: set.persons,
            mails: AtomicUsize::new(1),
        }
    }

    /// The same world on another database that holds the same, as after a move.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn moved_to(self, place: Place) -> Self {
        let desk = Desk::open(place.store, place.blobs, place.vault, self.clock.clone(), UNDO_FOR).await;
        let desk = desk.expect("the desk opens");
        Self { engine: place.engine, desk, folder: place.folder, ..self }
    }

    /// Who this is.
    ///
    /// # Panics
    /// When nobody of the world has this first name.
    pub fn person(&self, first: &str) -> PersonId {
        let known = self.persons.get(first).copied();
        known.unwrap_or_else(|| panic!("nobody in the world is called {first}"))
    }

    /// The address with which somebody signs in; the password is [`crate::PASSWORD`].
    pub fn email(&self, first: &str) -> EmailAddress {
        everybody::email(first)
    }

    /// What somebody may see now.
    pub async fn reach(&self, first: &str) -> Reach {
        let (person, now) = (self.person(first), self.clock.now());
        self.read(move |tx| everybody::reach(tx, person, now)).await
    }

    /// A session of somebody's, by its token.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn session(&self, first: &str) -> Secret {
        sign_in::begin(&self.desk, self.person(first), "a test").await.expect("a session begins")
    }

    /// Lets time pass.
    pub fn later(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// A mail with a Message-ID of its own, from somebody as `Eva Novak <eva@customer.example>`.
    pub fn mail(&self, from: &str, to: &str, subject: &str, text: &str) -> Mail {
        Mail::new(self.mails.fetch_add(1, Ordering::SeqCst), from, to, subject, text)
    }

    /// A mail arrives, a minute after whatever happened before; it is kept and not yet read.
    ///
    /// # Panics
    /// When it can't be kept.
    pub async fn arrive(&self, mail: &Mail) {
        self.later(Duration::from_secs(60));
        self.post.know(mail);
        let recipient = mail.recipient.parse().expect("the recipient of a test's mail is an address");
        let delivery = intake::Delivery {
            sender: mail.sender.clone(),
            recipients: vec![recipient],
            peer: "192.0.2.1".to_owned(),
            trace: String::new(),
            body: intake::Body::Bytes(mail.bytes()),
        };
        intake::keep(&self.desk, delivery).await.expect("a mail can be kept");
    }

    /// A mail arrives and is read; answers the case that it is in then.
    ///
    /// # Panics
    /// When it is in none, or has no Message-ID to find it by.
    pub async fn receive(&self, mail: &Mail) -> CaseId {
        self.arrive(mail).await;
        self.run_jobs().await;
        let found = self.case_of(mail).await;
        found.unwrap_or_else(|| panic!("the mail {} is in no case", mail.id()))
    }

    /// The case in which a mail is, if it is in one of the client that it was written to.
    pub async fn case_of(&self, mail: &Mail) -> Option<CaseId> {
        let id = mail.id().to_owned();
        let recipient: EmailAddress = mail.recipient.parse().ok()?;
        let (recipient, _) = recipient.without_detail();
        self.read(move |tx| {
            let client = engagement_tables::mailbox_at(tx, &recipient)?.map(|mailbox| mailbox.client);
            let cases = case_tables::found_by_email_id(tx, &id)?;
            Ok(cases.into_iter().find(|case| Some(case.client) == client).map(|case| case.id))
        })
        .await
    }

    /// A case that Eva Novak opened by a mail to this mailbox.
    pub async fn case_from_mail(&self, mailbox: &str) -> CaseId {
        let text = "Hello, it stopped working this morning. What can I do?";
        let nth = self.mails.load(Ordering::SeqCst);
        let subject = format!("It stopped working ({nth})");
        self.receive(&self.mail("Eva Novak <eva@customer.example>", mailbox, &subject, text)).await
    }

    /// Runs every job whose time has come; answers how many runs there were.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn run_jobs(&self) -> usize {
        let (store, clock) = (self.desk.store.clone(), self.clock.clone());
        let worker = Worker::new(store, clock, self.post.handlers(&self.desk));
        worker.run_due().await.expect("jobs can be claimed")
    }

    /// Somebody answers a case; the reply waits for its undo window to end.
    ///
    /// # Errors
    /// As [`replies::send`].
    pub async fn reply(&self, who: &str, case: CaseId, text: &str) -> Result<MessageId, Stop> {
        self.later(Duration::from_secs(60));
        let reach = self.reach(who).await;
        replies::send(&self.desk, &reach, case, text.into(), replies::Then::Wait).await
    }

    /// Somebody adds a note to a case.
    ///
    /// # Errors
    /// As [`replies::note`].
    pub async fn note(&self, who: &str, case: CaseId, text: &str) -> Result<MessageId, Stop> {
        self.later(Duration::from_secs(60));
        let reach = self.reach(who).await;
        replies::note(&self.desk, &reach, case, text).await
    }

    /// Somebody begins to type a reply.
    ///
    /// # Errors
    /// As [`replies::save_draft`].
    pub async fn draft(&self, who: &str, case: CaseId, text: &str) -> Result<(), Stop> {
        let reach = self.reach(who).await;
        replies::save_draft(&self.desk, &reach, case, DraftKind::Reply, text).await
    }

    /// A case as it stands.
    ///
    /// # Panics
    /// When there is no such case.
    pub async fn case(&self, id: CaseId) -> Case {
        self.read(move |tx| case_tables::case(tx, id)).await.expect("the case is there")
    }

    /// The messages of a case, oldest first.
    pub async fn messages(&self, id: CaseId) -> Vec<Message> {
        self.read(move |tx| case_tables::messages(tx, id, 1000)).await
    }

    /// The cases of a view that somebody sees, newest first.
    pub async fn list(&self, who: &str, view: View) -> Vec<ListRow> {
        let reach = self.reach(who).await;
        self.read(move |tx| case_tables::list(tx, &reach, view, &cases::Filter::default(), None, 1000)).await
    }

    /// Reads something.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.store.read(work).await.expect("the database answers")
    }

    /// Writes something.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.desk.store.write(work).await.expect("the database takes it")
    }

    /// Both sides have agreed on terms, which hold from the engagement's first day on.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn agree(&self, engagement: EngagementId, terms: Terms) {
        self.write(move |tx| {
            let found = engagement_tables::engagement(tx, engagement)?;
            let engagement = found.ok_or_else(|| Fault::new("an engagement of the world is missing"))?;
            let from_on = engagement.period.from();
            engagement_terms::agreed_elsewhere(tx, &engagement, &terms, from_on, "", morning())
        })
        .await;
    }

    /// The client's id: `aurora` or `pip`.
    ///
    /// # Panics
    /// When there is no such client.
    pub fn client(&self, name: &str) -> ClientId {
        match name {
            "aurora" => self.aurora.client.id,
            "pip" => self.pip.client.id,
            other => panic!("no client of the world is called {other}"),
        }
    }
}
