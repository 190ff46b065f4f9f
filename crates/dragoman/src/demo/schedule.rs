//! Rule: when a scene takes place, and in which engagement.

use super::chance::Chance;
use super::plot::{self, Era, Outcome, Scene};
use super::script::{Author, Line, Template};
use super::staffing::{Desks, Stays};
use super::timing::{self, Calendar, DAYS, Hours, days, hours, minutes};
use kernel::Instant;
use std::time::Duration;

/// Where and when a scene takes place.
pub(super) struct Scheduled {
    /// An index into the cast's engagements.
    pub engagement: usize,
    /// When each of its messages is written.
    pub moments: Vec<Instant>,
    /// How it is closed, if it is.
    pub closing: Closing,
}

/// How a case is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// It isn't.
    None,
    /// Together with the last reply.
    WithReply,
    /// By itself.
    At(Instant),
}

/// Whether a scene ends with something that is to be answered by whoever has it.
pub(super) fn stays(scene: &Scene) -> Stays {
    match scene.outcome {
        Outcome::Taken | Outcome::Open => Stays::Due,
        Outcome::New | Outcome::Waiting | Outcome::Closed => Stays::NotDue,
    }
}

/// Draws until everything fits into the past six weeks. None if it never does.
pub(super) fn schedule(
    scene: &Scene,
    template: &Template,
    desks: &Desks<'_>,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Option<Scheduled> {
    (0..500).find_map(|_| attempt(scene, template, desks, calendar, chance))
}

fn attempt(
    scene: &Scene,
    template: &Template,
    desks: &Desks<'_>,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Option<Scheduled> {
    let lines = template.message.get(..scene.lines)?;
    let mut gaps = timing::gaps(lines, chance);
    if matches!(scene.outcome, Outcome::Open | Outcome::Waiting) {
        timing::stretch(&mut gaps, chance);
    }
    let opened = match scene.outcome {
        Outcome::New if plot::is_hot(template) => calendar.moment(minutes(4), minutes(28), 1.0, chance),
        _ => opening(scene, timing::length(&gaps), calendar, chance),
    };
    if calendar.now.since(opened) > Duration::from_secs(days(DAYS)) {
        return None;
    }
    let engagement = desks.engagement(template, opened, calendar, stays(scene), chance)?;
    let hours = desks.hours(engagement);
    let asleep = hours == Hours::Day && calendar.awake(opened, 6, 22) != opened;
    if asleep && timing::is_urgent(&gaps) && scene.outcome != Outcome::New {
        return None;
    }
    let moments = calendar.moments(&gaps, opened, hours);
    let closing = closing(scene, lines, *moments.last()?, calendar, chance);
    let last = if let Closing::At(at) = closing { at } else { *moments.last()? };
    let is_past = last.plus(Duration::from_secs(minutes(3))) <= calendar.now;
    is_past.then_some(Scheduled { engagement, moments, closing })
}

fn opening(scene: &Scene, length: Duration, calendar: &Calendar, chance: &mut Chance) -> Instant {
    let ended = |at: Instant| at.minus(length);
    match (scene.outcome, scene.era) {
        (Outcome::New, _) => ended(calendar.moment(minutes(4), hours(34), 2.0, chance)),
        (Outcome::Taken, _) => ended(calendar.moment(minutes(25), hours(52), 1.4, chance)),
        (Outcome::Open, _) => ended(calendar.moment(minutes(6), days(6), 1.8, chance)),
        (Outcome::Waiting, Era::Now) => ended(calendar.moment(minutes(15), days(8), 1.5, chance)),
        (Outcome::Waiting, Era::Past) => ended(calendar.moment(days(2), days(9), 1.0, chance)),
        (Outcome::Closed, Era::Now) => calendar.moment(days(1), days(12), 1.0, chance),
        (Outcome::Closed, Era::Past) => calendar.moment(days(6), days(DAYS), 1.3, chance),
    }
}

/// A thank-you is closed soon, an answer at once or when nothing more has come for some days.
fn closing(
    scene: &Scene,
    lines: &[Line],
    last: Instant,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Closing {
    if scene.outcome != Outcome::Closed {
        return Closing::None;
    }
    if lines.last().is_some_and(|line| line.by == Author::Representative) && chance.of_hundred(50) {
        return Closing::WithReply;
    }
    let thanked = lines.last().is_some_and(|line| line.by == Author::Customer);
    let seconds =
        if thanked { chance.between(minutes(8), hours(5)) } else { chance.between(days(3), days(5)) };
    Closing::At(calendar.awake(last.plus(Duration::from_secs(seconds)), 7, 20))
}
