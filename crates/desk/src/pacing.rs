//! Pacing: counting what leaves, and holding letters where a day is full, a minute is busy, or a server asks for a pause.

use cases::{
    Message,
    pace::{self, DomainLoad, Load, Pace, Paused, Slows},
    tables as case_tables,
};
use engagements::{Smarthost, tables as engagement_tables};
use kernel::{Because, EmailAddress, Fault, Id, Instant, MailboxId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::Tx;

/// How many letters each server is taking from this process right now.
#[derive(Clone, Debug, Default)]
pub(crate) struct InHand(Arc<Mutex<HashMap<String, usize>>>);

/// A letter that a server is taking; dropped when it has it.
#[derive(Debug)]
pub struct Passage {
    in_hand: InHand,
    server: String,
}

impl InHand {
    /// Counts a letter for a server, unless it has enough.
    pub(crate) fn enter(&self, server: &str) -> Option<Passage> {
        let mut servers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taking = servers.entry(server.to_owned()).or_default();
        if *taking >= pace::AT_ONCE_THROUGH_A_SERVER {
            return None;
        }
        *taking += 1;
        Some(Passage { in_hand: self.clone(), server: server.to_owned() })
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        let mut servers = self.in_hand.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taking) = servers.get_mut(&self.server) {
            *taking -= 1;
            if *taking == 0 {
                servers.remove(&self.server);
            }
        }
    }
}

/// The way that a letter takes: through which server, to which domains.
pub(crate) struct Way {
    mailbox: MailboxId,
    server: String,
    domains: Vec<String>,
}

/// The way of a letter from this mailbox; `None` while no server is named.
pub(crate) fn way(tx: &mut Tx<'_>, mailbox: MailboxId, to: &[EmailAddress]) -> Result<Option<Way>, Fault> {
    let mut domains: Vec<String> = to.iter().map(|address| address.domain().to_owned()).collect();
    domains.sort();
    domains.dedup();
    Ok(server_of(tx, mailbox)?.map(|server| Way { mailbox, server, domains }))
}

/// The server through which letters of a mailbox leave, as pages name it.
pub(crate) fn server_of(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<String>, Fault> {
    let own = engagement_tables::own_server(tx, mailbox)?.map(|own| own.smarthost);
    let smarthost = match own {
        Some(own) => Some(own),
        None => crate::outgoing::relay_in(tx)?,
    };
    Ok(smarthost.as_ref().map(server_name))
}

/// A server as pages name it: "smtp.example.com:587", with who signs in.
pub fn server_name(smarthost: &Smarthost) -> String {
    match smarthost.user.as_str() {
        "" => format!("{}:{}", smarthost.host, smarthost.port),
        user => format!("{}:{} ({user})", smarthost.host, smarthost.port),
    }
}

/// Whether the server of a way has room for one more letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// It has.
    Free,
    /// It is taking as many as it may.
    None,
}

/// Counts a letter that goes this way now, or says until when and why it waits.
pub(crate) fn hold(
    tx: &mut Tx<'_>,
    way: &Way,
    reply: &Message,
    room: Room,
    now: Instant,
) -> Result<Option<(Instant, Because)>, Fault> {
    let mut load = load(tx, way, now)?;
    load.in_hand = if room == Room::None { pace::AT_ONCE_THROUGH_A_SERVER } else { 0 };
    load.written_for = now.since(reply.at);
    let salt = reply.id.uuid().as_u64_pair().1;
    match pace::pace(&load, now, salt) {
        Pace::Hold { until, because } => Ok(Some((until, because))),
        Pace::Go => count(tx, way, now).map(|()| None),
    }
}

fn load(tx: &mut Tx<'_>, way: &Way, now: Instant) -> Result<Load, Fault> {
    let minute = pace::minute_of(now);
    let mut domains = Vec::new();
    for domain in &way.domains {
        domains.push(DomainLoad {
            this_minute: case_tables::counted(tx, &domain_scope(way, domain), minute)?,
            paused: case_tables::paused(tx, &way.server, domain)?,
            domain: domain.clone(),
        });
    }
    Ok(Load {
        server: way.server.clone(),
        through_server: case_tables::counted(tx, &server_scope(way), minute)?,
        in_hand: 0,
        written_for: Duration::ZERO,
        server_paused: case_tables::paused(tx, &way.server, "")?,
        domains,
        today: today(tx, way.mailbox, now)?,
        letters_a_day: engagement_tables::identity(tx, way.mailbox)?.letters_a_day,
    })
}

/// How many letters a mailbox has sent today (UTC).
pub(crate) fn today(tx: &mut Tx<'_>, mailbox: MailboxId, now: Instant) -> Result<i64, Fault> {
    case_tables::counted(tx, &format!("mailbox {mailbox}"), pace::day_of(now))
}

fn count(tx: &mut Tx<'_>, way: &Way, now: Instant) -> Result<(), Fault> {
    let (minute, day) = (pace::minute_of(now), pace::day_of(now));
    for domain in &way.domains {
        case_tables::count_one(tx, &domain_scope(way, domain), minute)?;
    }
    case_tables::count_one(tx, &server_scope(way), minute)?;
    case_tables::count_one(tx, &format!("mailbox {}", way.mailbox), day)
}

fn server_scope(way: &Way) -> String {
    format!("server {}", way.server)
}

fn domain_scope(way: &Way, domain: &str) -> String {
    format!("domain {domain} {}", way.server)
}

/// Begins a pause that a refusal asked for, or prolongs it where the last one wasn't enough. Letters that were under way together
/// count once.
pub(crate) fn slow_down(
    tx: &mut Tx<'_>,
    way: &Way,
    slows: Slows,
    because: &str,
    now: Instant,
) -> Result<(), Fault> {
    let domains: Vec<&str> = match slows {
        Slows::Server => vec![""],
        Slows::Domain => way.domains.iter().map(String::as_str).collect(),
    };
    for domain in domains {
        let before = case_tables::paused(tx, &way.server, domain)?;
        if before.as_ref().is_some_and(|before| before.until > now) {
            continue;
        }
        let times = before.map_or(0, |before| before.times) + 1;
        let until = now.plus(pace::pause(slows, times));
        let paused = Paused { until, times, because: because.to_owned() };
        case_tables::set_pause(tx, &way.server, domain, &paused)?;
    }
    Ok(())
}

/// Ends all pauses on this way: a letter went through, or a person wants it tried now.
pub(crate) fn go_on(tx: &mut Tx<'_>, way: &Way) -> Result<(), Fault> {
    let domains = way.domains.iter().map(String::as_str).chain([""]);
    domains.into_iter().try_for_each(|domain| case_tables::end_pause(tx, &way.server, domain))
}
