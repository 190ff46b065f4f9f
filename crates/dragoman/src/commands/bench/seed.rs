//! Filling a database with made-up cases for the bench.

use crate::{say::Failure, settings::Place};
use cases::{
    By, Case, Delivery, LastWord, Message, MessageKind, Priority, State,
    tables::{self as case_tables, Moved},
};
use desk::{
    Desk,
    accounts::{self, Place as Seat},
    outgoing::{Security, Smarthost, set_relay_in},
    set_up, sign_in,
};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{CaseId, EngagementId, Fault, Id, Owner, Role};
use people::tables as people_tables;
use std::{
    net::SocketAddr,
    time::{Duration, Instant as Stopwatch},
};
use store::{Clock, Tx, fresh};

/// What the bench needs to know of the filled database.
pub struct World {
    /// A representative's session.
    pub token: String,
    /// Some open cases.
    pub open_cases: Vec<String>,
    all: Vec<String>,
}

const WORDS: [&str; 40] = [
    "lamp",
    "delivery",
    "coffee",
    "machine",
    "invoice",
    "charger",
    "battery",
    "scooter",
    "refund",
    "order",
    "broken",
    "again",
    "please",
    "yesterday",
    "tomorrow",
    "street",
    "account",
    "password",
    "filter",
    "leaks",
    "noise",
    "warranty",
    "repair",
    "parcel",
    "courier",
    "address",
    "wrong",
    "colour",
    "missing",
    "screw",
    "manual",
    "speaker",
    "cable",
    "update",
    "light",
    "red",
    "blinks",
    "robot",
    "vacuum",
    "thanks",
];

/// A text of this many words, always the same for the same number.
pub fn text(number: u64, words: usize) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let word = |random: u64| match random % 50 {
        rare @ 40..50 => format!("part{}", (random >> 8) % 20_000 + rare),
        common => WORDS[usize::try_from(common).unwrap_or(0)].to_owned(),
    };
    (0..words).map(|_| word(next())).collect::<Vec<_>>().join(" ")
}

/// What stands before the first case.
#[derive(Clone, Copy)]
pub struct Ground {
    /// The client's own team with it.
    pub engagement: EngagementId,
    /// The client.
    pub client: kernel::ClientId,
    mailbox: kernel::MailboxId,
    /// The owner of the installation, who sees the client's cases.
    pub person: kernel::PersonId,
}

/// Fills an empty database, or finds what an earlier run has filled.
pub async fn fill(place: &Place, cases: usize, messages: usize, sink: SocketAddr) -> Result<World, Failure> {
    let (store, blobs, vault) = place.open()?;
    store.migrate().await?;
    let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await?;
    let relay = Smarthost {
        host: sink.ip().to_string(),
        port: sink.port(),
        security: Security::Plain,
        user: String::new(),
    };
    desk.store.write(move |tx| set_relay_in(tx, &relay)).await?;
    if set_up::is_first_run(&desk).await? {
        let ground = desk.store.write(ground).await?;
        let bar = ProgressBar::new(cases as u64);
        bar.set_style(
            ProgressStyle::with_template("Filling {wide_bar} {pos}/{len} cases, {eta} left")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        let each = (messages / cases.max(1)).max(1);
        for begin in (0..cases).step_by(500) {
            let end = (begin + 500).min(cases);
            desk.store
                .write(move |tx| (begin..end).try_for_each(|nth| case(tx, ground, nth, each, cases)))
                .await?;
            bar.inc(500);
        }
        bar.finish_and_clear();
    }
    found(&desk).await
}

/// A client with a mailbox, and an owner who reads it.
pub fn ground(tx: &mut Tx<'_>) -> Result<Ground, kernel::Stop> {
    let now = Clock::System.now();
    let aurora = set_up::new_client("Aurora", "orange", "en", "Europe/Berlin")?;
    let engagement = set_up::open_client(tx, &aurora, now)?;
    let address = "help@aurora.example".parse().map_err(Fault::new)?;
    let mailbox = set_up::open_mailbox(tx, &aurora, address, "Aurora", engagement, now)?;
    let person = people::Person {
        id: fresh(),
        name: "Bench Reader".to_owned(),
        email: "reader@bench.example".parse().map_err(Fault::new)?,
        owner: Owner::Yes,
        languages: Vec::new(),
        uses_shortcuts: true,
        has_password: false,
        disabled_at: None,
    };
    people_tables::add_person(tx, &person, now)?;
    accounts::give_seat(tx, person.id, Role::SupportOwner, Seat::Client(aurora.id), now)?;
    Ok(Ground { engagement, client: aurora.id, mailbox: mailbox.id, person: person.id })
}

/// One case of twenty is open.
fn case(tx: &mut Tx<'_>, ground: Ground, nth: usize, each: usize, all: usize) -> Result<(), Fault> {
    let number = nth as u64;
    let minutes = (all - nth) as u64 * 3;
    let opened_at = Clock::System.now().minus(Duration::from_secs(minutes * 60 + 3600));
    let address = customer(nth).parse().map_err(Fault::new)?;
    let customer = people_tables::remember_customer(tx, ground.client, &address, "", opened_at)?;
    let id: CaseId = fresh();
    let state = if nth.is_multiple_of(20) { State::Open } else { State::Closed };
    let english: kernel::LanguageTag = "en".parse().map_err(Fault::new)?;
    let case = Case {
        id,
        client: ground.client,
        engagement: ground.engagement,
        customer,
        mailbox: ground.mailbox,
        reference: cases::reference(id.uuid().as_u64_pair().1),
        subject: text(number, 6),
        state,
        priority: Priority::Normal,
        language: english,
        assignee: nth.is_multiple_of(3).then_some(ground.person),
        last_word: LastWord::Customer,
        opened_at,
        updated_at: opened_at,
        closed_at: None,
        follows: None,
        merged_into: None,
        flooded_at: None,
    };
    case_tables::add_case(tx, &case, &case.subject)?;
    (0..each).try_for_each(|at| message(tx, &case, at, number * 1000 + at as u64))
}

fn message(tx: &mut Tx<'_>, case: &Case, nth: usize, number: u64) -> Result<(), Fault> {
    let at = case.opened_at.plus(Duration::from_secs(nth as u64));
    let ours = nth % 2 == 1;
    let text = text(number, 60);
    let kind = if ours { MessageKind::Reply } else { MessageKind::Customer };
    let message = Message {
        by: By { person: None, name: "Bench".to_owned(), address: "customer@bench.example".to_owned() },
        new_text: text.clone(),
        language: case.language.clone(),
        email_id: Some(format!("{number}@bench.example")),
        delivery: if ours { Delivery::Sent } else { Delivery::None },
        ..Message::blank(fresh(), case, kind, at)
    };
    case_tables::add_message(tx, &message)?;
    let words = language::document_words(&format!("{} {text}", case.subject), &case.language);
    tx.index(case.engagement, case.id, message.id, &words)?;
    let snippet: String = text.chars().take(160).collect();
    let last_word = if ours { LastWord::Us } else { LastWord::Customer };
    case_tables::note_message(tx, case.id, &Moved { state: case.state, last_word, snippet: &snippet, at })
}

async fn found(desk: &Desk) -> Result<World, Failure> {
    let email = "reader@bench.example".parse().map_err(Fault::new)?;
    let reader = desk.store.read(move |tx| people_tables::person_by_email(tx, &email)).await?;
    let (person, _, _) = reader
        .ok_or_else(|| kernel::Fault::new("this database was not filled by the bench: name an empty one"))?;
    let token = sign_in::begin(desk, person, "bench").await?;
    let signed_in = sign_in::who(desk, &token).await?.ok_or_else(|| Fault::new("the bench can't sign in"))?;
    let (mut open_cases, mut all) = (Vec::new(), Vec::new());
    for (view, list) in [(cases::View::Open, &mut open_cases), (cases::View::Closed, &mut all)] {
        let reach = signed_in.reach.clone();
        let rows = desk
            .store
            .read(move |tx| case_tables::list(tx, &reach, view, &cases::Filter::default(), None, 2000));
        list.extend(rows.await?.into_iter().map(|row| row.id.to_string()));
    }
    all.extend(open_cases.iter().cloned());
    Ok(World { token: token.reveal().to_owned(), open_cases, all })
}

impl World {
    /// The kinds of pages that are measured, each with the paths that are asked in turn.
    pub fn pages(&self) -> Vec<(&'static str, Vec<String>)> {
        let search = |words: &[String]| words.iter().map(|word| format!("/inbox?q={word}")).collect();
        let common: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
        let rare: Vec<String> = (0..500).map(|nth| format!("part{}", nth * 37 % 20_000 + 45)).collect();
        let both: Vec<String> = WORDS.windows(2).map(|two| two.join("+")).collect();
        vec![
            ("inbox, all open", vec!["/inbox?view=open".to_owned()]),
            ("inbox, mine", vec!["/inbox?view=mine".to_owned()]),
            ("inbox, closed", vec!["/inbox?view=closed".to_owned()]),
            ("case", self.all.iter().map(|case| format!("/cases/{case}")).collect()),
            ("search, common word", search(&common)),
            ("search, two words", search(&both)),
            ("search, rare word", search(&rare)),
        ]
    }

    /// Waits until the mails that were taken in have become messages; answers how many did per second.
    pub async fn drained(&self, place: &Place, mails: usize) -> Result<f64, Failure> {
        let (store, ..) = place.open()?;
        let since = Stopwatch::now();
        let first = store.read(jobs::waiting_count).await?.0;
        loop {
            let (waiting, _) = store.read(jobs::waiting_count).await?;
            if waiting == 0 || since.elapsed() > Duration::from_secs(600) {
                let done = usize::try_from(first - waiting).unwrap_or(0).min(mails);
                #[expect(clippy::cast_precision_loss, reason = "a count of mails is far below 2^52")]
                return Ok(done as f64 / since.elapsed().as_secs_f64());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

/// The address of a customer: few have the same domain, because to one domain letters leave slowly.
pub(super) fn customer(nth: usize) -> String {
    let customer = nth % 5_000;
    format!("customer{customer}@bench{}.example", customer % 500)
}
