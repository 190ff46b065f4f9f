//! Bad input, sent to the running program or fetched by it: each mail is refused in clear words or becomes a readable case, memory
//! stays bounded, and the mail after it is on time.

mod mails;

use crate::{
    imap::ImapServer,
    installation::{Reader, arguments, set_up},
    pages::Browser,
    program::{Running, free_address},
    smtp::Client,
};
use desk::{Desk, fetching};
use mails::{Hostile, Text, hostile_mails, plain, with_attachment};
use serde_json::Value;
use std::{
    collections::HashSet,
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};
use store::Clock;
use testkit::Place;

const MEGABYTE: usize = 1024 * 1024;
/// What the server may hold at most, whatever it is sent.
const MOST_MEMORY: u64 = 250 * 1024 * 1024;
/// How long a mail may take to become a case, on a machine that has nothing else to do.
const SOON: Duration = Duration::from_secs(5);
/// How many times as long as the first plain mail, where the machine has.
const TIMES_THE_FIRST: u32 = 20;
const MAILBOX: &str = "help@aurora.example";

/// A running desk, its reader, and the cases that were there already.
struct House {
    server: Running,
    browser: Browser,
    smtp: SocketAddr,
    soon: Duration,
    known: HashSet<String>,
    desk: Desk,
    reader: Reader,
    _place: Place,
}

impl House {
    fn open() -> Self {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let place = Place::on_sqlite().await;
            let clock = Clock::System;
            let desk = Desk::open(
                place.store.clone(),
                place.blobs.clone(),
                place.vault.clone(),
                clock,
                Duration::ZERO,
            )
            .await
            .unwrap();
            let reader = set_up(&desk).await;
            let (pages, smtp) = (free_address(), free_address());
            let server = Running::start(&arguments(&place), pages, smtp);
            let browser = Browser::new(pages, &reader.token);
            Self { server, browser, smtp, soon: SOON, known: HashSet::new(), desk, reader, _place: place }
        })
    }

    fn deliver(&self, from: &str, mail: &[u8]) -> String {
        Client::connect(self.smtp).unwrap().deliver(from, MAILBOX, mail).unwrap()
    }

    /// Waits for the next case, and says how long it took.
    fn next_case(&mut self, name: &str) -> (String, Duration) {
        self.new_case(name, |_| true)
    }

    /// Waits for a new case that fits.
    fn new_case(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> (String, Duration) {
        let began = Instant::now();
        loop {
            let list = self.browser.json("/api/cases");
            let fitting = list["cases"].as_array().unwrap().iter().filter(|case| fits(case));
            let mut ids = fitting.map(|case| case["id"].as_str().unwrap().to_owned());
            if let Some(case) = ids.find(|id| !self.known.contains(id)) {
                self.known.insert(case.clone());
                return (case, began.elapsed());
            }
            assert!(began.elapsed() < 12 * self.soon, "{name}: is no case after {:?}", began.elapsed());
        }
    }

    /// Begins to fetch from a server that hands over whatever it is given.
    async fn fetch(&self) -> ImapServer {
        let imap = ImapServer::start().await.unwrap();
        let (lines, _) = fetching::overview(&self.desk, &self.reader.reach).await.unwrap();
        let mailbox = &lines[0].mailbox;
        let form = format!(
            "host=127.0.0.1&port={}&security=plain&user=help&password=secret&folder=INBOX&first_fetch=everything\
             &after_intake=leave&move_to=&switch=on",
            imap.address.port()
        );
        let path = format!("/clients/{}/mailboxes/{}/fetching", mailbox.client, mailbox.id);
        self.browser.post(&path, &form).unwrap();
        imap
    }

    /// A plain mail, right after whatever came before it.
    fn plain_mail_is_on_time(&mut self, after: &str) -> Duration {
        let subject = format!("A plain mail after {after}");
        let answer = self.deliver("plain@mail.example", plain(&subject).as_bytes());
        assert!(answer.starts_with("250"), "after {after}: {answer}");
        let (_, took) = self.new_case(&subject, |case| case["subject"] == subject.as_str());
        assert!(took < self.soon, "the mail after {after} took {took:?}");
        took
    }

    fn memory_is_bounded(&self, after: &str) {
        let most = self.server.most_memory();
        let now = self.server.memory_now();
        eprintln!("{after}: {} MB now, {} MB at most", now / 1024 / 1024, most / 1024 / 1024);
        assert!(most < MOST_MEMORY, "after {after} the server held {} MB", most / 1024 / 1024);
    }

    /// The case can be opened, its text is there, and the mail can be had as it was sent.
    fn is_readable(&self, case: &str, hostile: &Hostile) {
        let whole = self.browser.json(&format!("/api/cases/{case}"));
        let message = &whole["messages"][0];
        let text = message["text"].as_str().unwrap();
        if let Text::Contains(words) = hostile.text {
            assert!(text.contains(words), "{}: {words:?} isn't in {:.300?}", hostile.name, text);
        }
        let (status, page) = self.browser.get(&format!("/cases/{case}"));
        assert_eq!(status, 200, "{}", hostile.name);
        assert!(page.len() < 8 * MEGABYTE, "{}: its page has {} bytes", hostile.name, page.len());
        let message = message["id"].as_str().unwrap();
        let (status, raw) = self.browser.get(&format!("/cases/{case}/messages/{message}/raw"));
        assert_eq!(status, 200, "{}", hostile.name);
        // The last dot stands on a line of its own, so a mail without a last line end has got one.
        let came = if hostile.mail.ends_with(b"\r\n") {
            &raw[..]
        } else {
            raw.strip_suffix(b"\r\n").unwrap_or(&raw)
        };
        assert!(came.ends_with(&hostile.mail), "{}: the original mail isn't what was sent", hostile.name);
    }
}

#[test]
fn hostile_mails_become_readable_cases_and_delay_nobody() {
    let mut house = House::open();
    house.soon = SOON.max(TIMES_THE_FIRST * house.plain_mail_is_on_time("nothing"));
    house.memory_is_bounded("a first mail");
    for hostile in hostile_mails() {
        let answer =
            house.deliver(&format!("{}@mail.example", hostile.name.replace(' ', ".")), &hostile.mail);
        if answer.starts_with('5') {
            assert!(answer.len() > 20, "{}: the refusal doesn't say why: {answer}", hostile.name);
            eprintln!("{}: refused with {}", hostile.name, answer.trim());
        } else {
            assert!(answer.starts_with("250"), "{}: {answer}", hostile.name);
            let (case, took) = house.next_case(hostile.name);
            assert!(took < house.soon, "{}: took {took:?}", hostile.name);
            house.is_readable(&case, &hostile);
            eprintln!("{}: a case after {took:?}", hostile.name);
        }
        let next = house.plain_mail_is_on_time(hostile.name);
        eprintln!("{}: the next one after {next:?}", hostile.name);
        house.memory_is_bounded(hostile.name);
    }
}

#[test]
fn hostile_mails_that_are_fetched_become_readable_cases_and_the_next_one_too() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut house = House::open();
    let imap = runtime.block_on(house.fetch());
    for hostile in hostile_mails() {
        imap.add("help", hostile.mail.clone());
        let (case, _) = house.next_case(hostile.name);
        house.is_readable(&case, &hostile);
        let subject = format!("A plain mail after {}", hostile.name);
        imap.add("help", plain(&subject).into_bytes());
        house.new_case(&subject, |case| case["subject"] == subject.as_str());
    }
}

#[test]
fn a_mail_of_200_megabytes_is_refused_and_costs_no_memory() {
    let mut house = House::open();
    house.plain_mail_is_on_time("nothing");
    let mut client = Client::connect(house.smtp).unwrap();
    client.say(&format!("MAIL FROM:<large@mail.example> SIZE={}", 200 * MEGABYTE), "552").unwrap();
    client.begin("large@mail.example", MAILBOX).unwrap();
    client.send(plain("Large").as_bytes()).unwrap();
    let piece = "All work and no play makes a large mail. \r\n".repeat(MEGABYTE / 43);
    for _ in 0..200 {
        client.send(piece.as_bytes()).unwrap();
    }
    client.send(b"\r\n.\r\n").unwrap();
    let answer = client.answer().unwrap();
    assert!(answer.starts_with("552"), "{answer}");
    house.memory_is_bounded("200 MB");
    client.say("NOOP", "250").unwrap();
    house.plain_mail_is_on_time("200 MB");
}

#[test]
fn the_largest_mails_that_are_taken_cost_bounded_memory_even_at_once() {
    let mut house = House::open();
    let mails: Vec<Vec<u8>> = (0..3).map(|_| with_attachment(48 * MEGABYTE)).collect();
    std::thread::scope(|scope| {
        let deliver = |mail| house.deliver("largest@mail.example", mail);
        let sending: Vec<_> = mails.iter().map(|mail| scope.spawn(move || deliver(mail))).collect();
        sending.into_iter().for_each(|sent| assert!(sent.join().unwrap().starts_with("250")));
    });
    let next = house.plain_mail_is_on_time("the largest mails");
    eprintln!("the plain mail after 3 mails of 48 MB: {next:?}");
    let began = Instant::now();
    while house.browser.json("/api/cases")["cases"].as_array().unwrap().len() <= mails.len() {
        assert!(began.elapsed() < 10 * SOON, "large mails are no cases after {:?}", began.elapsed());
    }
    eprintln!("3 mails of 48 MB: all cases after {:?}", began.elapsed());
    house.memory_is_bounded("48 MB");
}

#[test]
fn no_trick_with_html_reaches_the_frame() {
    let Some(payloads) = payloads() else { return };
    let mut house = House::open();
    for (nth, payload) in payloads.iter().enumerate() {
        let subject = format!("Trick number {nth}");
        let mail = plain(&subject).replace("text/plain", "text/html").replace("Hello", payload);
        assert!(house.deliver(&format!("trick{nth}@mail.example"), mail.as_bytes()).starts_with("250"));
        let (case, _) = house.next_case(&subject);
        let whole = house.browser.json(&format!("/api/cases/{case}"));
        let message = whole["messages"][0]["id"].as_str().unwrap();
        let (status, framed) = house.browser.get(&format!("/cases/{case}/messages/{message}/html"));
        assert!([200, 404].contains(&status), "{payload}");
        if status == 200 {
            assert_harmless(payload, &String::from_utf8(framed).unwrap());
        }
    }
    house.memory_is_bounded("tricks");
}

/// The payloads of the shared collection; none where it isn't there.
fn payloads() -> Option<Vec<String>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("DRAGOMAN_TEST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let rows = std::fs::read_to_string(root.join(folder).join("mail/html_dompurify.jsonl")).ok()?;
    let payload = |row: &str| {
        let row: Value = serde_json::from_str(row).unwrap();
        row["payload"].as_str().unwrap().replace('\r', "").replace('\n', "\r\n")
    };
    Some(rows.lines().filter(|row| !row.trim().is_empty()).map(payload).collect())
}

/// No tag of the frame's page may run anything. (Words that only look like it are words.)
fn assert_harmless(payload: &str, framed: &str) {
    for tag in framed.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default().to_lowercase())
    {
        let name: String = tag.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
        let acts = [
            "script", "iframe", "object", "embed", "form", "input", "button", "base", "link", "svg", "math",
            "template",
        ];
        assert!(!acts.contains(&name.as_str()), "{payload} left <{tag}>");
        let attributes = tag.split_whitespace().skip(1).filter(|word| word.contains('='));
        for attribute in attributes {
            let leads = ["href", "src", "style", "background"].iter().any(|name| attribute.starts_with(name));
            let runs = attribute.starts_with("on") || (leads && attribute.contains("script:"));
            assert!(!runs, "{payload} left <{tag}>");
        }
    }
}
