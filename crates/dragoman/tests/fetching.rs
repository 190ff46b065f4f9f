//! Fetching from a real Dovecot: mail comes by IDLE and once, whatever happens to the folder, to the line and to the desk; and what
//! can't be done is told in plain words.

mod authority;
mod mail_house;
mod proxy;

use crate::{
    installation::{Reader, arguments, drained, found, set_up},
    program::{Running, free_address},
};
use channels::email::{
    consent::{Consents, Endpoints},
    fetcher::{Fetcher, Patience, Trust},
    reading::Reading,
};
use desk::{Desk, fetching};
use engagements::fetching::{Fetching, Standing, TypedAccount};
use jobs::Worker;
use kernel::{ClientId, MailboxId};
use mail_house::{MailHouse, PASSWORD};
use proxy::{Proxy, Then};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use store::Clock;
use testkit::Place;
use tokio::sync::oneshot;

/// Far more than anything here takes, so that a machine under load isn't a failure.
const PATIENCE: Duration = Duration::from_secs(120);

/// A desk with one mailbox, and the mail house of its customers.
struct Town {
    place: Place,
    desk: Desk,
    reader: Reader,
    client: ClientId,
    mailbox: MailboxId,
    house: MailHouse,
}

impl Town {
    async fn build(people: &[&str]) -> Self {
        let place = Place::on_sqlite().await;
        let (store, blobs, vault) = (place.store.clone(), place.blobs.clone(), place.vault.clone());
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await.unwrap();
        let reader = set_up(&desk).await;
        let (lines, _) = fetching::overview(&desk, &reader.reach).await.unwrap();
        let (client, mailbox) = (lines[0].mailbox.client, lines[0].mailbox.id);
        Self { place, desk, reader, client, mailbox, house: MailHouse::start(people) }
    }

    /// Describes the account as its owner does: plain words, unless a test wants others.
    async fn name(&self, at: SocketAddr, user: &str, typed: TypedAccount<'_>) {
        self.name_with(at, user, typed, PASSWORD).await;
    }

    async fn name_with(&self, at: SocketAddr, user: &str, typed: TypedAccount<'_>, password: &str) {
        let (host, port) = (at.ip().to_string(), at.port().to_string());
        let typed = TypedAccount { host: &host, port: &port, user, ..typed };
        fetching::name_account(&self.desk, &self.reader.reach, self.client, self.mailbox, typed, password)
            .await
            .unwrap();
    }

    /// Begins to fetch in this process. It ends when what is answered goes.
    fn fetch(&self, patience: Patience) -> oneshot::Sender<()> {
        let trust = Trust::new(Some(self.house.root.as_bytes())).unwrap();
        self.fetch_trusting(trust, patience)
    }

    fn fetch_trusting(&self, trust: Trust, patience: Patience) -> oneshot::Sender<()> {
        let (stop, stopped) = oneshot::channel::<()>();
        let consents = Consents::new(self.desk.clone(), &trust, Endpoints::public()).unwrap();
        let fetcher = Fetcher::new(self.desk.clone(), trust, Arc::new(consents), patience);
        tokio::spawn(fetcher.serve(async move { drop(stopped.await) }));
        stop
    }

    /// Waits until the account stands as wanted.
    async fn until(&self, what: &str, is: impl Fn(&Fetching) -> bool) -> Fetching {
        let since = Instant::now();
        loop {
            let stands = fetching::progress(&self.desk, self.mailbox).await.unwrap();
            if is(&stands) {
                return stands;
            }
            assert!(since.elapsed() < PATIENCE, "{what}: {stands:?}\n{}", self.house.said());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn until_taken(&self, mails: i64) {
        self.until("not every mail was taken", |stands| {
            stands.standing == Standing::Waiting && stands.taken >= mails
        })
        .await;
    }

    /// Reads what was taken, and says whether each of these subjects is one case with one message, and there is no other.
    async fn is_one_case_each(&self, subjects: &[String]) {
        let worker = Worker::new(
            self.desk.store.clone(),
            self.desk.clock.clone(),
            vec![Arc::new(Reading::new(self.desk.clone()))],
        );
        worker.run_due().await.unwrap();
        self.has_one_case_each(subjects).await;
    }

    async fn has_one_case_each(&self, subjects: &[String]) {
        let found = found(&self.desk, &self.reader.reach).await;
        for subject in subjects {
            assert_eq!(found.get(subject), Some(&1), "{subject}");
        }
        assert_eq!(found.len(), subjects.len(), "there are other cases: {found:?}");
    }
}

/// An account without encryption, from which everything is fetched.
fn everything() -> TypedAccount<'static> {
    TypedAccount {
        security: "plain",
        sign_in: "password",
        first_fetch: "everything",
        after_intake: "leave",
        switch: "on",
        ..TypedAccount::default()
    }
}

/// Tries again at once, and looks every now and then where nothing tells of mail.
fn quick() -> Patience {
    Patience {
        tried_again_within: Duration::from_millis(50),
        look_again_after: Duration::from_millis(50),
        ..Patience::default()
    }
}

fn subject(nth: usize) -> String {
    format!("Order {nth} hasn't come")
}

fn subjects(mails: usize) -> Vec<String> {
    (0..mails).map(subject).collect()
}

fn mail(nth: usize) -> String {
    format!(
        "Return-Path: <customer{nth}@mail.example>\nReceived: from mx.mail.example; Fri, 6 Mar 2020 09:00:00 +0000\n\
         From: Customer <customer{nth}@mail.example>\nTo: help@aurora.example\nSubject: {}\n\
         Message-ID: <{nth}.order@mail.example>\nDate: Fri, 6 Mar 2020 08:59:00 +0000\n\n\
         Hello, where is my order number {nth}?\n",
        subject(nth)
    )
}

fn long_mail(nth: usize) -> String {
    mail(nth) + &format!("It is the order with the number {nth}.\n").repeat(100)
}

fn deliver(house: &MailHouse, person: &str, mails: std::ops::Range<usize>) {
    mails.for_each(|nth| house.deliver(person, &format!("{nth}.mail"), &mail(nth)));
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_comes_by_idle_and_each_is_one_case() {
    let town = Town::build(&["eva"]).await;
    deliver(&town.house, "eva", 0..5);
    town.name(town.house.imap, "eva", everything()).await;
    // Only IDLE can tell of a mail within the time of this test.
    let patience = Patience {
        look_again_after: Duration::from_secs(3600),
        idle_within: Duration::from_secs(3600),
        ..Patience::default()
    };
    let fetching = town.fetch(patience);
    town.until_taken(5).await;
    for nth in 5..8 {
        deliver(&town.house, "eva", nth..nth + 1);
        town.until_taken(i64::try_from(nth).unwrap() + 1).await;
    }
    drop(fetching);
    town.is_one_case_each(&subjects(8)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_is_left_marked_moved_or_deleted() {
    let town = Town::build(&["leave", "mark_read", "move", "delete"]).await;
    let _fetching = town.fetch(quick());
    for (nth, after_intake) in ["leave", "mark_read", "move", "delete"].into_iter().enumerate() {
        deliver(&town.house, after_intake, 3 * nth..3 * nth + 3);
        let typed = TypedAccount { after_intake, move_to: "Größe", ..everything() };
        town.name(town.house.imap, after_intake, typed).await;
        town.until_taken(i64::try_from(3 * nth).unwrap() + 3).await;
        let (left, moved) =
            (town.house.files(after_intake, ""), town.house.files(after_intake, ".Gr&APYA3w-e"));
        let read =
            left.iter().filter(|name| name.split_once(":2,").is_some_and(|(_, flags)| flags.contains('S')));
        let stands = (left.len(), read.count(), moved.len());
        let expected = [(3, 0, 0), (3, 3, 0), (0, 0, 3), (0, 0, 0)][nth];
        assert_eq!(stands, expected, "{after_intake}: files left, read among them, moved");
    }
    town.is_one_case_each(&subjects(12)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_made_anew_brings_only_what_is_new() {
    let town = Town::build(&["eva"]).await;
    let save = |nth: usize, text: &str| {
        let file = town.house.file(&format!("{nth}.eml"), text);
        town.house.doveadm(&["save", "-u", "eva", "-m", "Support", file.to_str().unwrap()]);
    };
    town.house.doveadm(&["mailbox", "create", "-u", "eva", "Support"]);
    (0..6).for_each(|nth| save(nth, &mail(nth)));
    town.name(town.house.imap, "eva", TypedAccount { folder: "Support", ..everything() }).await;
    let _fetching = town.fetch(quick());
    town.until_taken(6).await;
    town.is_one_case_each(&subjects(6)).await;
    let before = fetching::progress(&town.desk, town.mailbox).await.unwrap().cursor.unwrap();
    town.house.doveadm(&["mailbox", "delete", "-u", "eva", "-s", "Support"]);
    town.until("the folder is gone", |stands| stands.sentence.contains("“Support” can't be opened")).await;
    // The same mails, as another way brought them back, and two that nobody has seen.
    town.house.doveadm(&["mailbox", "create", "-u", "eva", "Support"]);
    (0..8).for_each(|nth| save(nth, &format!("X-Brought-Back: yes\n{}", mail(nth))));
    town.until_taken(8).await;
    let after = fetching::progress(&town.desk, town.mailbox).await.unwrap().cursor.unwrap();
    assert_ne!(before.validity, after.validity, "Dovecot gave the new folder another number");
    town.is_one_case_each(&subjects(8)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_in_mid_fetch_loses_and_doubles_nothing() {
    let town = Town::build(&["eva"]).await;
    (0..60).for_each(|nth| town.house.deliver("eva", &format!("{nth}.mail"), &long_mail(nth)));
    // Some 250 kB in all. It breaks while signing in, in the list, and in mails.
    let cuts = vec![90, 600, 3_000, 20_000, 9_999, 40_000, 5_000, 31_415, 60_000];
    let tries = cuts.len();
    let line = Proxy::start(town.house.imap, Then::Cut, cuts);
    town.name(line.address, "eva", TypedAccount { after_intake: "delete", ..everything() }).await;
    let _fetching = town.fetch(quick());
    town.until_taken(60).await;
    assert_eq!(line.ended.try_iter().count(), tries, "the line broke as often as it should");
    assert_eq!(town.house.files("eva", ""), Vec::<String>::new(), "what was taken is deleted");
    town.is_one_case_each(&subjects(60)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_works_and_what_is_wrong_with_it_is_told() {
    let town = Town::build(&["eva"]).await;
    deliver(&town.house, "eva", 0..2);
    let imap = |ip: &str| SocketAddr::new(ip.parse().unwrap(), town.house.encrypted_port);
    let tls = TypedAccount { security: "tls", ..everything() };
    let check = async |at: SocketAddr, typed, password, words: &[&str]| {
        town.name_with(at, "eva", typed, password).await;
        let failed = town.until("it fails", |stands| stands.standing == Standing::Failed).await;
        for word in words {
            assert!(failed.sentence.contains(word), "{word:?} isn't in {:?}", failed.sentence);
        }
    };
    let fetching = town.fetch(Patience::default());
    check(imap("127.0.0.2"), tls, PASSWORD, &["has expired", "2024-03-02", "Ask its provider to renew it"])
        .await;
    check(imap("127.0.0.3"), tls, PASSWORD, &["isn't valid yet, but from 2090-03-02", "clock"]).await;
    check(imap("127.0.0.4"), tls, PASSWORD, &["for imap.other.example", "not for 127.0.0.4"]).await;
    check(town.house.imap, tls, PASSWORD, &["without encryption", "STARTTLS"]).await;
    check(imap("127.0.0.1"), tls, "guessed", &["refuses user name or password", "Enter them again"]).await;
    check(free_address(), tls, PASSWORD, &["nothing answers there", "Check host and port"]).await;
    for (at, typed) in
        [(imap("127.0.0.1"), tls), (town.house.imap, TypedAccount { security: "starttls", ..tls })]
    {
        town.name(at, "eva", typed).await;
        town.until("it works", |stands| stands.standing == Standing::Waiting).await;
    }
    drop(fetching);
    let _fetching = town.fetch_trusting(Trust::new(None).unwrap(), Patience::default());
    check(imap("127.0.0.1"), tls, PASSWORD, &["signed by nobody who is known"]).await;
    town.is_one_case_each(&subjects(2)).await;
}

/// The desk dies at seven moments that nobody chose, most of them in the midst of a mail, while mails are deleted once they are kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_killed_while_it_fetches_loses_and_doubles_nothing() {
    const MAILS: usize = 200;
    let town = Town::build(&["eva"]).await;
    (0..MAILS).for_each(|nth| town.house.deliver("eva", &format!("{nth}.mail"), &long_mail(nth)));
    let seed = u64::from(std::process::id());
    let moment = |nth: u64| usize::try_from((seed + nth).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 47).unwrap();
    // Up to 131 kB each, of some 900 kB.
    let moments: Vec<usize> = (1..=7).map(moment).collect();
    let line = Proxy::start(town.house.imap, Then::Silence, moments.clone());
    town.name(line.address, "eva", TypedAccount { after_intake: "delete", ..everything() }).await;
    let (pages, smtp) = (free_address(), free_address());
    let start = || Running::start(&arguments(&town.place), pages, smtp);
    let mut desk = start();
    for _ in &moments {
        line.ended.recv_timeout(PATIENCE).expect("a moment to die comes");
        drop(desk);
        desk = start();
    }
    town.until("it isn't done", |stands| stands.standing == Standing::Waiting && stands.total == 0).await;
    drained(&town.desk).await;
    drop(desk);
    eprintln!("killed after {moments:?} bytes of a connection each");
    assert_eq!(town.house.files("eva", ""), Vec::<String>::new(), "killed at {moments:?}: mails are left");
    town.has_one_case_each(&subjects(MAILS)).await;
}
