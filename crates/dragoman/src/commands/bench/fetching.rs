//! `dragoman bench mail --mailboxes`: how fast many mailboxes are fetched, while one mail server never answers.

use super::{child::Child, imap::ImapServer, seed};
use crate::{
    say::{self, Failure},
    settings::Place,
};
use desk::{
    Desk,
    fetching::{self, Line},
    set_up, sign_in,
};
use engagements::{fetching::TypedAccount, tables as engagement_tables};
use kernel::{EngagementId, Fault, MailboxId, Reach};
use serde::Serialize;
use std::{
    collections::HashSet,
    fmt,
    net::SocketAddr,
    time::{Duration, Instant as Stopwatch},
};
use store::{Clock, fresh};
use tokio::net::TcpListener;

/// After so long without an end, what was reached is told.
const PATIENCE: Duration = Duration::from_secs(600);
/// How often it is looked how far the mailboxes are.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What is to be fetched.
pub struct Wanted {
    /// How many mailboxes.
    pub mailboxes: usize,
    /// How many mails in each.
    pub each: usize,
    /// An empty PostgreSQL database in place of an SQLite file of its own.
    pub database: Option<String>,
}

/// What was measured.
#[derive(Serialize)]
pub struct Figures {
    engine: String,
    mailboxes: usize,
    mails_each: usize,
    mails_fetched: usize,
    fetched_seconds: f64,
    half_done_seconds: f64,
    mails_per_second: f64,
    mails_filed: usize,
    filed_seconds: f64,
    filed_per_second: f64,
    memory_mib: f64,
    silent_server: String,
}

/// Makes the mailboxes, lets a desk fetch them, and measures.
pub async fn run(wanted: &Wanted) -> Result<Figures, Failure> {
    let temporary = tempfile::tempdir()?;
    let place = Place::plain(temporary.path().to_owned(), wanted.database.clone());
    let imap = ImapServer::start().await?;
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let bench = Bench::open(&place).await?;
    for nth in 0..wanted.mailboxes {
        let user = format!("box{nth}");
        (0..wanted.each).for_each(|mail| imap.add(&user, letter(nth, mail)));
        bench.mailbox(&user, imap.address).await?;
    }
    let slow = bench.mailbox("slow", silent.local_addr()?).await?;
    tokio::spawn(hold(silent));
    let (child, since) = (Child::start(&place).await?, Stopwatch::now());
    let (half, all) = bench.fetched(slow, wanted, since).await?;
    let unfiled = bench.unfiled(since).await?;
    let (filed_seconds, lines) = (since.elapsed().as_secs_f64(), bench.lines().await?);
    let mails: usize = lines.iter().map(taken).sum();
    let filed = mails.saturating_sub(unfiled);
    Ok(Figures {
        engine: place.engine().name().to_owned(),
        mailboxes: wanted.mailboxes,
        mails_each: wanted.each,
        mails_fetched: mails,
        fetched_seconds: all,
        half_done_seconds: half,
        mails_per_second: as_f64(mails) / all,
        mails_filed: filed,
        filed_seconds,
        filed_per_second: as_f64(filed) / filed_seconds,
        memory_mib: child.memory_mib()?,
        silent_server: told(lines.iter().find(|line| line.mailbox.id == slow)),
    })
}

/// Takes every connection and never says a word.
async fn hold(silent: TcpListener) {
    let mut held = Vec::new();
    while let Ok((stream, _)) = silent.accept().await {
        held.push(stream);
    }
}

fn letter(mailbox: usize, nth: usize) -> Vec<u8> {
    let text = seed::text((mailbox * 10_007 + nth) as u64, 60);
    format!(
        "Return-Path: <customer{nth}.{mailbox}@bench.example>\r\nFrom: customer{nth}.{mailbox}@bench.example\r\n\
         To: box{mailbox}@aurora.example\r\nSubject: Fetched {mailbox} {nth}\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
         Message-ID: <{mailbox}.{nth}@bench.example>\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

/// The desk to which the mailboxes belong, seen from beside the process that fetches.
struct Bench {
    desk: Desk,
    owner: Reach,
    engagement: EngagementId,
    client: kernel::ClientId,
}

impl Bench {
    async fn open(place: &Place) -> Result<Self, Failure> {
        let (store, blobs, vault) = place.open()?;
        store.migrate().await?;
        let desk = Desk::open(store, blobs, vault, Clock::System, Duration::ZERO).await?;
        if !set_up::is_first_run(&desk).await? {
            let hint = "Name an empty one with --database, or none for a database of its own.";
            return Err(Failure::new("There is something in this database already.", hint));
        }
        let ground = desk.store.write(seed::ground).await?;
        let token = sign_in::begin(&desk, ground.person, "bench").await?;
        let signed_in = sign_in::who(&desk, &token).await?;
        let owner = signed_in.ok_or_else(|| Fault::new("the bench can't sign in"))?.reach;
        Ok(Self { desk, owner, engagement: ground.engagement, client: ground.client })
    }

    /// A mailbox whose mail this user of a server has.
    async fn mailbox(&self, user: &str, server: SocketAddr) -> Result<MailboxId, Failure> {
        let mailbox = engagements::Mailbox {
            id: fresh(),
            client: self.client,
            address: format!("{user}@aurora.example").parse().map_err(Fault::new)?,
            display_name: "Aurora".to_owned(),
            engagement: self.engagement,
        };
        let (id, now) = (mailbox.id, Clock::System.now());
        self.desk.store.write(move |tx| engagement_tables::add_mailbox(tx, &mailbox, now)).await?;
        let typed = TypedAccount {
            host: &server.ip().to_string(),
            port: &server.port().to_string(),
            security: "plain",
            user,
            sign_in: "password",
            first_fetch: "everything",
            after_intake: "leave",
            switch: "on",
            ..TypedAccount::default()
        };
        fetching::name_account(&self.desk, &self.owner, self.client, id, typed, "bench").await?;
        Ok(id)
    }

    async fn lines(&self) -> Result<Vec<Line>, Failure> {
        Ok(fetching::overview(&self.desk, &self.owner).await?.0)
    }

    /// Waits until every mailbox but the slow one is done; answers after how many seconds half of them were, and all.
    async fn fetched(
        &self,
        slow: MailboxId,
        wanted: &Wanted,
        since: Stopwatch,
    ) -> Result<(f64, f64), Failure> {
        let (mut done, mut half) = (HashSet::new(), None);
        while done.len() < wanted.mailboxes && since.elapsed() < PATIENCE {
            tokio::time::sleep(LOOK_EVERY).await;
            let lines = self.lines().await?;
            let is_done = |line: &&Line| line.mailbox.id != slow && taken(line) >= wanted.each.max(1);
            done.extend(lines.iter().filter(is_done).map(|line| line.mailbox.id));
            if 2 * done.len() >= wanted.mailboxes {
                half.get_or_insert(since.elapsed());
            }
        }
        let all = since.elapsed();
        Ok((half.unwrap_or(all).as_secs_f64(), all.as_secs_f64()))
    }

    /// Waits until everything that was fetched is in a case; answers how many mails aren't.
    async fn unfiled(&self, since: Stopwatch) -> Result<usize, Failure> {
        loop {
            let (waiting, stuck) = self.desk.store.read(jobs::waiting_count).await?;
            if waiting == 0 || since.elapsed() > PATIENCE {
                return Ok(usize::try_from(waiting + stuck).unwrap_or(0));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

fn taken(line: &Line) -> usize {
    line.fetching.as_ref().map_or(0, |fetching| usize::try_from(fetching.taken).unwrap_or(0))
}

fn told(slow: Option<&Line>) -> String {
    let sentence = slow.and_then(|line| line.fetching.as_ref()).map(|fetching| fetching.sentence.clone());
    sentence.filter(|told| !told.is_empty()).unwrap_or_else(|| "its first word is still awaited".to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "a count of mails is far below 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

impl Figures {
    /// Prints them.
    pub fn print(&self) {
        say::line(self);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, mailboxes, mails_each, mails_fetched, mails_per_second, filed_per_second, .. } =
            self;
        writeln!(f, "{engine}, {mailboxes} mailboxes with {mails_each} mails each")?;
        writeln!(
            f,
            "  fetched and kept   {mails_fetched} mails in {:.1} s  {mails_per_second:.0} mails/s",
            self.fetched_seconds
        )?;
        writeln!(
            f,
            "  mailboxes          half of them done after {:.1} s, the last one after {:.1} s",
            self.half_done_seconds, self.fetched_seconds
        )?;
        writeln!(
            f,
            "  filed into cases   {} mails in {:.1} s  {filed_per_second:.0} mails/s",
            self.mails_filed, self.filed_seconds
        )?;
        writeln!(f, "  memory             {:.0} MiB", self.memory_mib)?;
        let waited = match *mails_fetched == mailboxes * mails_each {
            true => "nobody waited for it",
            false => "NOT EVERYTHING WAS FETCHED",
        };
        write!(
            f,
            "  beside them        a mailbox at a server that never answers ({}): {waited}",
            self.silent_server
        )
    }
}
