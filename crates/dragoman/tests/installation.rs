//! An installation with one client and one reader, as the tests of the running program need it.

use cases::{Filter, View};
use desk::{Desk, inbox, set_up, sign_in};
use kernel::{Owner, Reach, Role};
use people::{Secret, tables as people_tables};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use store::{Clock, Engine, fresh};
use testkit::Place;

/// Somebody who reads what arrives.
pub struct Reader {
    /// The token of their session.
    pub token: Secret,
    /// What they see.
    pub reach: Reach,
}

/// Where the installation is, as arguments of the program.
pub fn arguments(place: &Place) -> Vec<String> {
    let folder = place.folder.path().display().to_string();
    match place.store.engine() {
        Engine::Sqlite(_) => vec!["--data".to_owned(), folder],
        Engine::Postgres(url) => vec!["--data".to_owned(), folder, "--database".to_owned(), url.clone()],
    }
}

/// Opens a client with one mailbox, `help@aurora.example`, and somebody who sees all of its cases.
pub async fn set_up(desk: &Desk) -> Reader {
    let person = people::Person {
        id: fresh(),
        name: "Reader".to_owned(),
        email: "reader@aurora.example".parse().unwrap(),
        owner: Owner::Yes,
        languages: Vec::new(),
        uses_shortcuts: true,
        has_password: false,
        disabled_at: None,
    };
    let reader = person.id;
    desk.store
        .write(move |tx| {
            let now = Clock::System.now();
            let aurora = set_up::new_client("Aurora", "orange", "en", "Europe/Berlin")?;
            let in_house = set_up::open_client(tx, &aurora, now)?;
            let address = "help@aurora.example".parse().map_err(kernel::Fault::new)?;
            set_up::open_mailbox(tx, &aurora, address, "Aurora", in_house, now)?;
            people_tables::add_person(tx, &person, now)?;
            let place = desk::accounts::Place::Client(aurora.id);
            desk::accounts::give_seat(tx, person.id, Role::SupportOwner, place, now)
        })
        .await
        .unwrap();
    let token = sign_in::begin(desk, reader, "test").await.unwrap();
    let reach = sign_in::who(desk, &token).await.unwrap().unwrap().reach;
    Reader { token, reach }
}

/// Waits until every kept mail has been read.
pub async fn drained(desk: &Desk) {
    let since = Instant::now();
    loop {
        let (waiting, stuck) = desk.store.read(jobs::waiting_count).await.unwrap();
        assert_eq!(stuck, 0, "a mail got stuck");
        if waiting == 0 {
            return;
        }
        assert!(since.elapsed() < Duration::from_secs(180), "{waiting} mails were never read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How often each subject is there, as a case or as a further message of one.
pub async fn found(desk: &Desk, reach: &Reach) -> HashMap<String, i64> {
    let mut found = HashMap::new();
    let mut after = None;
    loop {
        let wanted = inbox::Wanted { view: View::Open, filter: Filter::default(), after };
        let page = inbox::page(desk, reach, wanted).await.unwrap();
        for row in page.rows {
            *found.entry(row.subject).or_insert(0) += row.messages;
        }
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}
