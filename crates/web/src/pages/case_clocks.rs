//! The clocks of a case: how its targets stand, whose turn it is, how long each party has held it, and what is looked at next.

use super::{Answer, acting::Acting};
use crate::{
    fields::Fields,
    frame::Frame,
    later,
    said::Said,
    views::{
        clocks::{CaseClocks, Held, ItemLine, TargetLine},
        marks::When,
    },
    words::Words,
};
use cases::{
    CaseRefusal,
    outstanding::{Outstanding, OutstandingKind},
};
use coverage::{KeptStanding, how_long, of_whom};
use desk::{
    case_page::CasePage,
    clocks::page::{self, TargetRead},
    outstanding,
};
use kernel::{Instant, Party};
use std::time::Duration;

/// The clocks of a case for its side panel.
pub(super) fn clocks(words: &Words, found: &CasePage, now: Instant) -> CaseClocks {
    let clocks = &found.clocks;
    let Some(turn) = &clocks.turn else { return CaseClocks::default() };
    // The newest of each kind counts; those before it are history.
    let counts = |at: usize, one: &TargetRead| {
        !clocks.targets[at + 1..].iter().any(|later| later.target.metric == one.target.metric)
    };
    let lines = clocks.targets.iter().enumerate().map(|(at, one)| (counts(at, one), target(one, now)));
    let (targets, earlier): (Vec<_>, Vec<_>) = lines.partition(|(counts, _)| *counts);
    CaseClocks {
        turn: of_whom(turn.party).to_owned(),
        since: words.exactly(turn.from),
        because: turn.because.sentence.clone(),
        is_over: !found.case.state.is_open(),
        held: held(clocks),
        targets: targets.into_iter().map(|(_, line)| line).collect(),
        earlier: earlier.into_iter().map(|(_, line)| line).collect(),
        items: clocks.outstanding.iter().map(|one| item(words, one, now)).collect(),
    }
}

fn target(one: &TargetRead, now: Instant) -> TargetLine {
    let (target, read) = (&one.target, &one.read);
    let standing = read.as_ref().map_or(target.standing, |read| read.standing.into());
    let due = read.as_ref().and_then(|read| read.due);
    let left = read.as_ref().map(|read| how_long(read.left)).unwrap_or_default();
    let (words, key, icon) = match (standing, due, target.done_at) {
        (KeptStanding::Running, Some(due), _) => due_words(due, now),
        (KeptStanding::Running, None, _) => ("never due".to_owned(), "paused", "clock"),
        (KeptStanding::Paused, ..) => (format!("stands still, {left} left"), "paused", "state-waiting"),
        (KeptStanding::Met, ..) => ("met".to_owned(), "met", "check"),
        (KeptStanding::Missed, Some(due), Some(done)) => {
            (format!("{} too late", how_long(done.since(due))), "late", "alert")
        }
        (KeptStanding::Missed, Some(due), None) => due_words(due, now),
        (KeptStanding::Missed, None, _) => ("missed".to_owned(), "late", "alert"),
        (KeptStanding::Over, ..) => ("ended before".to_owned(), "over", "state-closed"),
    };
    let allowed = target.clock.allowed.as_secs().max(1);
    let used = read.as_ref().map_or(0, |read| (read.used.as_secs() * 100 / allowed).min(100));
    TargetLine { title: target.metric.title(), words, key, icon, used, explanation: one.explanation.clone() }
}

/// "due in 40 min", or "2 h late", with the key and the icon that say the same.
pub(crate) fn due_words(due: Instant, now: Instant) -> (String, &'static str, &'static str) {
    if now > due {
        return (format!("{} late", how_long(now.since(due))), "late", "alert");
    }
    (format!("due in {}", how_long(due.since(now))), "running", "clock")
}

fn held(clocks: &page::CaseClocks) -> Vec<Held> {
    let whole: Duration = clocks.held.iter().map(|(_, time)| *time).sum();
    let tenths = |time: Duration| time.as_micros() * 1_000 / whole.as_micros().max(1);
    let shown = |tenths: u128| format!("{}.{}", tenths / 10, tenths % 10);
    let mut from = Duration::ZERO;
    let parts = clocks.held.iter().filter(|(_, time)| !time.is_zero()).map(|(party, time)| {
        let begins = from;
        from += *time;
        Held {
            key: party.as_str(),
            party: party.title(),
            time: how_long(*time),
            from: shown(tenths(begins)),
            width: shown(tenths(from) - tenths(begins)),
        }
    });
    parts.collect()
}

/// Something that is open, as pages show it.
pub(super) fn item(words: &Words, one: &Outstanding, now: Instant) -> ItemLine {
    ItemLine {
        kind: one.kind.as_str(),
        subject: one.subject.clone(),
        what: one.what.clone(),
        owner: one.owner.name.clone(),
        next: next(words, one.next_at),
        is_late: one.next_at < now,
        is_chosen: one.is_chosen,
    }
}

fn next(words: &Words, at: Instant) -> When {
    words.exactly(at)
}

/// Who has to do something, as a filter and a column say it.
pub(super) fn party(party: Party) -> &'static str {
    party.title()
}

/// `POST /cases/{case}/dates`
pub(crate) async fn look_again(acting: Acting, form: Fields) -> Answer {
    let frame = Frame::of(&acting.site, &acting.signed_in).await?;
    let done =
        match (OutstandingKind::of(form.text("kind")), later::typed(form.text("at"), frame.words.zone())) {
            (Some(kind), Some(at)) => {
                let (desk, reach) = (acting.desk(), acting.reach());
                outstanding::look_again(desk, reach, acting.case, kind, form.text("subject"), at).await
            }
            _ => Err(CaseRefusal::NotLater.into()),
        };
    acting.ended(done, Said::Dated).await
}
