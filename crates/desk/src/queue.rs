//! The queue: what is on its way out and what it waits for, for owners and leads.

use crate::{Desk, pacing, replies::SEND, sign_in::personal};
use cases::{Delivery, pace, pace::Paused, tables as case_tables, tables::Leaving};
use engagements::{Mailbox, tables as engagement_tables};
use kernel::{Fault, Instant, Kind, MailboxId, Reach, Refused, Stop};
use store::Tx;

/// So many letters are looked at; beyond them the page says that there are more.
const LOOKED_AT: i64 = 1_000;

/// What is on its way out.
pub struct Queue {
    /// Ways that are paused, each with its letters.
    pub ways: Vec<Way>,
    /// Letters that wait for another reason, in groups of the same one.
    pub groups: Vec<Group>,
    /// Letters that wait for a person.
    pub held: Vec<Letter>,
    /// Letters that go at a time that was chosen.
    pub scheduled: Vec<Letter>,
    /// Letters in their undo window or being handed over.
    pub leaving: Vec<Letter>,
    /// Mailboxes whose day is nearly full.
    pub warnings: Vec<String>,
    /// There are more letters than were looked at.
    pub has_more: bool,
}

/// A paused way.
pub struct Way {
    /// The server.
    pub server: String,
    /// The recipients' domain; empty for the server as a whole.
    pub domain: String,
    /// Until when, and why.
    pub paused: Paused,
    /// The letters that wait for it.
    pub letters: Vec<Letter>,
}

/// Letters that wait for the same reason.
pub struct Group {
    /// The reason; empty where none is known yet.
    pub because: String,
    /// The letters.
    pub letters: Vec<Letter>,
}

/// A letter on its way out.
pub struct Letter {
    /// What is known of it.
    pub row: Leaving,
    /// The mailbox's address.
    pub mailbox: String,
    /// The asker may see its case, and so to whom it goes.
    pub is_seen: bool,
    /// When it is tried next.
    pub next: Option<Instant>,
}

fn not_found() -> Refused {
    Refused::new(Kind::NotFound, "queue.not_found", "There is nothing here, or it isn't yours to see.")
}

/// The queue as far as the asker may see it: owners see how much waits where, leads also which case it is in their engagements.
///
/// # Errors
/// Refused as `queue.not_found` for everybody else.
pub async fn queue(desk: &Desk, reach: &Reach) -> Result<Queue, Stop> {
    if !may_look(reach) {
        return Err(not_found().into());
    }
    let (reach, now) = (reach.clone(), desk.clock.now());
    Ok(desk.store.read(move |tx| queue_in(tx, &reach, now)).await?)
}

/// Owners and leads look at the queue.
pub fn may_look(reach: &Reach) -> bool {
    reach.owns_installation() || reach.seats().iter().any(|seat| reach.leads(seat.engagement))
}

fn queue_in(tx: &mut Tx<'_>, reach: &Reach, now: Instant) -> Result<Queue, Fault> {
    let mailboxes = engagement_tables::mailboxes(tx)?;
    let rows = case_tables::leaving(tx, LOOKED_AT + 1)?;
    let servers = servers(tx, &rows)?;
    let has_more = rows.len() > usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
    let pauses = case_tables::pauses(tx, now)?.into_iter();
    let mut ways: Vec<Way> =
        pauses.map(|(server, domain, paused)| Way { server, domain, paused, letters: Vec::new() }).collect();
    let mut queue = Queue {
        ways: Vec::new(),
        groups: Vec::new(),
        held: Vec::new(),
        scheduled: Vec::new(),
        leaving: Vec::new(),
        warnings: warnings(tx, reach, &mailboxes, now)?,
        has_more,
    };
    let whose = |row: &Leaving| reach.owns_installation() || reach.leads(row.engagement);
    for row in rows.into_iter().filter(whose) {
        let way = ways.iter_mut().find(|way| is_paused_by(&servers, &row, &way.server, &way.domain));
        put(&mut queue, way, letter(reach, &mailboxes, row), now);
    }
    ways.retain(|way| reach.owns_installation() || !way.letters.is_empty());
    queue.ways = ways;
    Ok(queue)
}

/// The server of each mailbox that a letter comes from.
fn servers(tx: &mut Tx<'_>, rows: &[Leaving]) -> Result<Vec<(MailboxId, String)>, Fault> {
    let mut servers: Vec<(MailboxId, String)> = Vec::new();
    for row in rows {
        if servers.iter().all(|(mailbox, _)| *mailbox != row.mailbox) {
            let server = pacing::server_of(tx, row.mailbox)?.unwrap_or_default();
            servers.push((row.mailbox, server));
        }
    }
    Ok(servers)
}

/// A pause of this server, and of this domain unless that is empty, holds the letter.
fn is_paused_by(servers: &[(MailboxId, String)], row: &Leaving, server: &str, domain: &str) -> bool {
    let own = servers.iter().any(|(mailbox, own)| *mailbox == row.mailbox && own == server);
    let to = row.recipient.rsplit_once('@').map_or("", |(_, to)| to);
    own && (domain.is_empty() || domain == to)
}

fn letter(reach: &Reach, mailboxes: &[Mailbox], row: Leaving) -> Letter {
    let mailbox = mailboxes.iter().find(|mailbox| mailbox.id == row.mailbox);
    Letter {
        mailbox: mailbox.map_or(String::new(), |mailbox| mailbox.address.to_string()),
        is_seen: reach.sees(row.engagement, row.assignee),
        next: row.run_at.or(row.send_at),
        row,
    }
}

/// Puts a letter where the page shows it.
fn put(queue: &mut Queue, way: Option<&mut Way>, letter: Letter, now: Instant) {
    let row = &letter.row;
    let is_planned = row.plan.is_some_and(|plan| plan.at > now) && row.note.is_empty();
    match (row.delivery, way) {
        (Delivery::Held, _) => queue.held.push(letter),
        (Delivery::Waiting, _) if is_planned => queue.scheduled.push(letter),
        (Delivery::Waiting, _) if row.note.is_empty() => queue.leaving.push(letter),
        (Delivery::Sending, _) => queue.leaving.push(letter),
        (_, Some(way)) => way.letters.push(letter),
        (_, None) => match queue.groups.iter_mut().find(|group| group.because == row.note) {
            Some(group) => group.letters.push(letter),
            None => queue.groups.push(Group { because: row.note.clone(), letters: vec![letter] }),
        },
    }
}

fn warnings(
    tx: &mut Tx<'_>,
    reach: &Reach,
    mailboxes: &[Mailbox],
    now: Instant,
) -> Result<Vec<String>, Fault> {
    let mut warnings = Vec::new();
    for mailbox in mailboxes {
        if reach.owns_installation() || reach.leads(mailbox.engagement) {
            let most = engagement_tables::identity(tx, mailbox.id)?.letters_a_day;
            let today = pacing::today(tx, mailbox.id, now)?;
            warnings.extend(pace::day_warning(mailbox.address.as_str(), today, most));
        }
    }
    Ok(warnings)
}

/// Tries the letters of a paused way now.
///
/// # Errors
/// Refused as `queue.not_found` for everybody but owners.
pub async fn try_now(desk: &Desk, reach: &Reach, server: &str, domain: &str) -> Result<(), Stop> {
    if !reach.owns_installation() {
        return Err(not_found().into());
    }
    let (person, now) = (reach.person(), desk.clock.now());
    let (server, domain) = (server.to_owned(), domain.to_owned());
    desk.store
        .write(move |tx| {
            case_tables::end_pause(tx, &server, &domain)?;
            let rows = case_tables::leaving(tx, LOOKED_AT)?;
            let servers = servers(tx, &rows)?;
            for row in rows {
                let waits = row.delivery == Delivery::Retrying
                    || row.delivery == Delivery::Waiting && !row.note.is_empty();
                if waits && is_paused_by(&servers, &row, &server, &domain) {
                    jobs::retry_about(tx, SEND, row.reply, now)?;
                }
            }
            Ok(personal(tx, "queue.tried", person, now, "Let waiting letters be tried now.")?)
        })
        .await
}
