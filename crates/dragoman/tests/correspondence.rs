//! A correspondence with customers behind a real Postfix and a real Dovecot, all of whom are away and say so to every mail, while the
//! desk is killed and started again: nothing is lost, nothing is doubled, no two machines write to each other forever.

mod other_side;

use crate::{
    installation::{arguments, set_up},
    pages::Browser,
    program::{Running, free_address},
    smtp::Client,
};
use cases::{Delivery, Filter, MessageKind, View};
use desk::{
    Desk, case_page, inbox,
    outgoing::{Security, Smarthost, set_relay_in},
};
use kernel::{CaseId, Reach};
use other_side::{DOMAIN, OtherSide};
use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};
use store::Clock;
use tempfile::TempDir;
use testkit::Place;

/// Fewer than go to one domain in a minute.
const CUSTOMERS: usize = 24;
/// The mails and the replies after which the desk is killed.
const KILLED_AFTER_MAILS: [usize; 3] = [5, 12, 19];
const KILLED_AFTER_REPLIES: [usize; 4] = [5, 11, 12, 20];
/// So many replies may be under way at once.
const UNDER_WAY: usize = 8;
/// Far more than all of it takes, so that a machine under load isn't a failure.
const PATIENCE: Duration = Duration::from_secs(180);

#[test]
fn nothing_is_lost_doubled_or_answered_forever_on_sqlite() {
    tokio::runtime::Runtime::new().unwrap().block_on(async { correspond(Place::on_sqlite().await).await });
}

#[test]
fn nothing_is_lost_doubled_or_answered_forever_on_postgres() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        if let Some(place) = Place::on_postgres().await {
            correspond(place).await;
        }
    });
}

/// The desk, its people and everything around them.
struct Town {
    desk: Desk,
    reach: Reach,
    browser: Browser,
    other_side: OtherSide,
    place: Place,
    arguments: Vec<String>,
    pages: SocketAddr,
    smtp: SocketAddr,
    _sockets: TempDir,
}

impl Town {
    async fn build(place: Place) -> Self {
        let (store, blobs, vault) = (place.store.clone(), place.blobs.clone(), place.vault.clone());
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await.unwrap();
        let reader = set_up(&desk).await;
        let (pages, smtp) = (free_address(), free_address());
        let people: Vec<String> = (0..CUSTOMERS).map(customer).collect();
        // First mails come by LMTP, answers to our replies (which have a detail in their address) by SMTP.
        let sockets = TempDir::new().unwrap();
        std::fs::set_permissions(sockets.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let lmtp = format!("unix:{}", sockets.path().join("lmtp.sock").display());
        let routes = format!(
            "{{ help@aurora.example = lmtp:{lmtp} }}, {{ aurora.example = smtp:[{}]:{} }}",
            smtp.ip(),
            smtp.port()
        );
        let other_side = OtherSide::start(&routes, &people);
        let relay = Smarthost {
            host: "127.0.0.1".to_owned(),
            port: other_side.smtp.port(),
            security: Security::Plain,
            user: String::new(),
        };
        desk.store.write(move |tx| set_relay_in(tx, &relay)).await.unwrap();
        let mut arguments = arguments(&place);
        arguments.extend(["--undo-seconds", "0", "--lmtp", &lmtp].map(str::to_owned));
        let browser = Browser::new(pages, &reader.token);
        Self {
            desk,
            reach: reader.reach,
            browser,
            other_side,
            place,
            arguments,
            pages,
            smtp,
            _sockets: sockets,
        }
    }

    fn start(&self) -> Running {
        Running::start(&self.arguments, self.pages, self.smtp)
    }

    /// Waits until something holds, and says what the other side's servers wrote down if it never does.
    async fn until<F: Future<Output = bool>>(&self, what: &str, holds: impl Fn() -> F) {
        let since = Instant::now();
        while !holds().await {
            assert!(since.elapsed() < PATIENCE, "{}: {what}\n{}", self.place.engine, self.other_side.said());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn cases(&self) -> HashMap<String, CaseId> {
        let mut found = HashMap::new();
        let mut after = None;
        loop {
            let wanted = inbox::Wanted { view: View::Open, filter: Filter::default(), after };
            let page = inbox::page(&self.desk, &self.reach, wanted).await.unwrap();
            for row in page.rows {
                let doubled = found.insert(row.subject.clone(), row.id);
                assert_eq!(doubled, None, "{}: {} opened two cases", self.place.engine, row.subject);
            }
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    }

    async fn messages(&self, case: CaseId) -> Vec<cases::Message> {
        case_page::case_page(&self.desk, &self.reach, case, None).await.unwrap().talk.messages
    }

    async fn count(&self, case: CaseId, is_meant: impl Fn(&cases::Message) -> bool) -> usize {
        self.messages(case).await.iter().filter(|message| is_meant(message)).count()
    }

    /// Replies as a person would: who sees no answer looks whether the reply is there before they send it again.
    async fn reply(&self, case: CaseId) {
        let path = format!("/cases/{case}/replies");
        let since = Instant::now();
        while self.count(case, is_reply).await == 0 {
            let _ = self.browser.post(&path, "text=Thank+you,+we+look+into+it.");
            assert!(since.elapsed() < PATIENCE, "the reply couldn't be sent");
        }
    }
}

fn customer(nth: usize) -> String {
    format!("customer{nth}")
}

fn subject(nth: usize) -> String {
    format!("Question {nth} about an order")
}

fn is_reply(message: &cases::Message) -> bool {
    message.kind == MessageKind::Reply
}

/// Hands a customer's mail to their own Postfix.
fn write_to_us(smtp: SocketAddr, from: &str, subject: &str) {
    let mail = format!(
        "From: {from}@{DOMAIN}\r\nTo: help@aurora.example\r\nSubject: {subject}\r\nMessage-ID: <{from}.1@{DOMAIN}>\r\n\
         Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nHello, where is my order?\r\n"
    );
    let from = format!("{from}@{DOMAIN}");
    let answer =
        Client::connect(smtp).unwrap().deliver(&from, "help@aurora.example", mail.as_bytes()).unwrap();
    assert!(answer.starts_with("250"), "{answer}");
}

async fn correspond(place: Place) {
    let town = Town::build(place).await;
    let mut server = town.start();
    for nth in 0..CUSTOMERS {
        write_to_us(town.other_side.smtp, &customer(nth), &subject(nth));
        if KILLED_AFTER_MAILS.contains(&nth) {
            drop(server);
            server = town.start();
        }
    }
    town.until("not every customer has a case", || async { town.cases().await.len() == CUSTOMERS }).await;
    let cases = town.cases().await;
    for (nth, case) in cases.values().enumerate() {
        town.reply(*case).await;
        if KILLED_AFTER_REPLIES.contains(&nth) {
            drop(server);
            server = town.start();
        }
    }
    town.until("not every reply has left", || async {
        for case in cases.values() {
            if town.count(*case, |one| is_reply(one) && one.delivery == Delivery::Sent).await == 0 {
                return false;
            }
        }
        true
    })
    .await;
    town.until("not every absence notice came back", || async {
        for nth in 0..CUSTOMERS {
            let notices = town.count(cases[&subject(nth)], |one| one.automatic.is_some()).await;
            if notices == 0 || notices < town.other_side.mails_of(&customer(nth)).len() {
                return false;
            }
        }
        town.other_side.is_done()
    })
    .await;
    nobody_wrote_too_much(&town, &cases).await;
    assert!(town.other_side.said().contains("/lmtp.sock]"), "nothing came through the socket");
    a_dead_address_comes_back_to_its_reply(&town).await;
    drop(server);
}

/// One mail from the customer, one reply, and one absence notice for each copy of it that arrived. A reply that was under way when
/// the desk died may be handed over twice, but as the same letter: mailboxes know it by its Message-ID.
async fn nobody_wrote_too_much(town: &Town, cases: &HashMap<String, CaseId>) {
    let mut copies = 0;
    for nth in 0..CUSTOMERS {
        let engine = town.place.engine;
        let messages = town.messages(cases[&subject(nth)]).await;
        let people =
            messages.iter().filter(|one| one.kind == MessageKind::Customer && one.automatic.is_none());
        assert_eq!(people.count(), 1, "{engine}: mails of {}", customer(nth));
        assert_eq!(
            messages.iter().filter(|one| is_reply(one)).count(),
            1,
            "{engine}: replies to {}",
            customer(nth)
        );
        let arrived = town.other_side.mails_of(&customer(nth));
        let letters: HashSet<String> = arrived.iter().map(|mail| message_id(mail)).collect();
        assert_eq!(letters.len(), 1, "{engine}: different letters for {}", customer(nth));
        let notices = messages.iter().filter(|one| one.automatic.is_some()).count();
        assert_eq!(notices, arrived.len(), "{engine}: absence notices of {}", customer(nth));
        copies += arrived.len() - 1;
    }
    assert!(
        copies <= KILLED_AFTER_REPLIES.len() * UNDER_WAY,
        "{}: {copies} letters were handed over twice",
        town.place.engine
    );
}

fn message_id(mail: &str) -> String {
    let line = mail.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:"));
    line.expect("every letter has a Message-ID").to_owned()
}

/// Dovecot knows nobody of this name, so Postfix sends a delivery report: it must come to the reply, and no case of its own.
async fn a_dead_address_comes_back_to_its_reply(town: &Town) {
    write_to_us(town.other_side.smtp, "ghost", "Question of a ghost");
    town.until("the ghost has no case", || async { town.cases().await.contains_key("Question of a ghost") })
        .await;
    let case = town.cases().await["Question of a ghost"];
    town.reply(case).await;
    town.until("the bounce isn't noted", || async {
        town.count(case, |one| is_reply(one) && one.delivery == Delivery::Failed).await == 1
    })
    .await;
    let page = case_page::case_page(&town.desk, &town.reach, case, None).await.unwrap();
    assert!(page.around.bounced.is_some(), "the address is dead: no mail goes there any more");
    assert_eq!(town.cases().await.len(), CUSTOMERS + 1, "the report opened a case");
}
