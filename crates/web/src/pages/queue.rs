//! The queue of letters on their way out, for owners and leads.

use super::{Answer, page, settle};
use crate::{
    fields::Fields,
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        queue::{Group as GroupView, Letter as LetterView, Queue as QueueView, Way as WayView},
        shell::{Administration, Flash, Place},
    },
    words::Words,
};
use axum::{extract::State, response::Response};
use cases::Delivery;
use desk::{
    Stop,
    queue::{self, Letter, Queue, Way},
};

const HERE: &str = "/queue";
/// So many letters of a group are shown.
const SHOWN: usize = 20;

/// `GET /queue`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    Ok(draw(&site, &signed_in, None).await?)
}

async fn draw(site: &Site, signed_in: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = queue::queue(&site.desk, signed_in.reach()).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let words = &frame.words;
    page(&QueueView {
        shell: frame.shell("Queue", Place::Administration(Administration::Queue)),
        summary: summary(&found),
        ways: found.ways.iter().map(|way| self::way(words, way)).collect(),
        groups: found.groups.iter().map(|one| group(words, &one.because, &one.letters)).collect(),
        held: found.held.iter().map(|one| letter(words, one)).collect(),
        scheduled: found.scheduled.iter().map(|one| letter(words, one)).collect(),
        leaving: number(found.leaving.len()),
        may_try: signed_in.reach().owns_installation(),
        warnings: found.warnings,
    })
}

fn number(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

fn summary(found: &Queue) -> String {
    let paused: usize = found.ways.iter().map(|way| way.letters.len()).sum();
    let others: usize = found.groups.iter().map(|group| group.letters.len()).sum();
    let parts = [
        (paused + others, "waiting"),
        (found.held.len(), "held"),
        (found.scheduled.len(), "scheduled"),
        (found.leaving.len(), "leaving within moments"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(many, _)| *many > 0).map(|(many, what)| format!("{many} {what}")).collect();
    let more = if found.has_more { " There are more than this page looks at." } else { "" };
    match said.is_empty() {
        true => "Every letter has left.".to_owned(),
        false => format!("Letters on their way: {}.{more}", said.join(", ")),
    }
}

fn way(words: &Words, way: &Way) -> WayView {
    let name = match way.domain.as_str() {
        "" => way.server.clone(),
        domain => format!("{domain} through {}", way.server),
    };
    WayView {
        name,
        server: way.server.clone(),
        domain: way.domain.clone(),
        because: way.paused.because.clone(),
        next: words.exactly(way.paused.until),
        group: group(words, &way.paused.because, &way.letters),
    }
}

fn group(words: &Words, because: &str, letters: &[Letter]) -> GroupView {
    let since = letters.iter().map(|letter| letter.row.written_at).min();
    let next = letters.iter().filter_map(|letter| letter.next).min();
    let count = match letters.len() {
        0 => "No letter waits for it".to_owned(),
        1 => "One letter waits".to_owned(),
        many => format!("{many} letters wait"),
    };
    let rest = letters.len().saturating_sub(SHOWN);
    GroupView {
        because: if because.is_empty() { "It is being tried again.".to_owned() } else { because.to_owned() },
        count,
        since: since.map(|since| words.exactly(since)),
        next: next.map(|next| words.exactly(next)),
        letters: letters.iter().take(SHOWN).map(|one| letter(words, one)).collect(),
        more: if rest > 0 { format!("and {rest} more") } else { String::new() },
    }
}

fn letter(words: &Words, letter: &Letter) -> LetterView {
    let row = &letter.row;
    let is_held = row.delivery == Delivery::Held;
    let domain = row.recipient.rsplit_once('@').map_or("", |(_, domain)| domain);
    LetterView {
        reference: cases::shown_reference(&row.reference),
        case_url: letter.is_seen.then(|| format!("/cases/{}", row.case)),
        message_url: format!("/cases/{}/messages/{}", row.case, row.reply),
        to: if letter.is_seen { row.recipient.clone() } else { format!("somebody at {domain}") },
        mailbox: letter.mailbox.clone(),
        written: words.exactly(row.written_at),
        goes: letter.next.filter(|_| !is_held).map(|next| words.exactly(next)),
        is_ours: is_held || row.delivery == Delivery::Waiting,
    }
}

/// `POST /queue/attempts`
pub(crate) async fn try_now(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let (server, domain) = (form.text("server"), form.text("domain"));
    let done = queue::try_now(&site.desk, signed_in.reach(), server, domain).await;
    settle(done, HERE, Said::QueueTried, async |flash| draw(&site, &signed_in, flash).await).await
}
