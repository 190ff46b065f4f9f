//! Rule: when people write and answer: mostly on weekdays by day, a little more every week.

use super::chance::Chance;
use super::script::{Author, Line};
use jiff::{civil::Weekday, tz::TimeZone};
use kernel::Instant;
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// From this gap on a reply isn't urgent: it waits for the morning.
const PATIENT_FROM: Duration = Duration::from_secs(HOUR);

/// From this gap on people may just as well take some days longer.
const ELASTIC_FROM: Duration = Duration::from_secs(3 * HOUR);

/// How long the demo's past is.
pub(super) const DAYS: u64 = 42;

/// Whether a team works through the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    Day,
    Always,
}

/// A client's days.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub now: Instant,
    pub zone: TimeZone,
}

impl Calendar {
    /// A weekday between 7:00 and 19:00.
    pub fn is_day(&self, at: Instant) -> bool {
        let local = at.timestamp().to_zoned(self.zone.clone());
        !matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday) && (7..19).contains(&local.hour())
    }

    /// The day in the client's zone.
    pub fn day_of(&self, at: Instant) -> jiff::civil::Date {
        at.timestamp().to_zoned(self.zone.clone()).date()
    }

    /// How likely somebody writes at this hour, of a hundred.
    fn likely(&self, at: Instant) -> u64 {
        let local = at.timestamp().to_zoned(self.zone.clone());
        let by_hour = match local.hour() {
            7..19 => 100,
            19..23 => 45,
            6 | 23 => 22,
            _ => 8,
        };
        match local.weekday() {
            Weekday::Saturday | Weekday::Sunday => by_hour / 2,
            _ => by_hour,
        }
    }

    /// A likely moment between so many seconds ago; `lean` above 1 leans towards the later end.
    pub fn moment(&self, latest_ago: u64, earliest_ago: u64, lean: f64, chance: &mut Chance) -> Instant {
        let span = earliest_ago.saturating_sub(latest_ago) as f64;
        let mut at = self.now;
        for _ in 0..60 {
            let ago = latest_ago as f64 + span * chance.fraction().powf(lean);
            at = self.now.minus(Duration::from_secs_f64(ago));
            if chance.of_hundred(self.likely(at)) {
                break;
            }
        }
        at
    }

    /// When each message is written, the first one at `opened`. Nobody but urgent people writes at night.
    pub fn moments(&self, gaps: &[(Author, Duration)], opened: Instant, hours: Hours) -> Vec<Instant> {
        let mut at = opened;
        let mut moments = Vec::new();
        for (place, (by, gap)) in gaps.iter().enumerate() {
            if place > 0 {
                at = at.plus(*gap);
                let patient = *gap >= PATIENT_FROM;
                at = match by {
                    Author::Customer if patient => self.awake(at, 7, 23),
                    Author::Representative | Author::Note if patient && hours == Hours::Day => {
                        self.awake(at, 7, 20)
                    }
                    _ => at,
                };
            }
            moments.push(at);
        }
        moments
    }

    /// The same moment, or a while after the next `from` o'clock.
    pub fn awake(&self, at: Instant, from: i8, until: i8) -> Instant {
        let local = at.timestamp().to_zoned(self.zone.clone());
        if (from..until).contains(&local.hour()) {
            return at;
        }
        let day =
            if local.hour() < from { local.date() } else { local.date().tomorrow().unwrap_or(local.date()) };
        // The minutes are kept, so that not everybody begins at the same second.
        let morning = day.at(from, local.minute(), local.second(), 0).to_zoned(self.zone.clone());
        morning.map_or(at, |morning| morning.timestamp().into())
    }
}

/// The gaps of a conversation as they turn out this time: up to a fifth shorter or a third longer.
pub(super) fn gaps(lines: &[Line], chance: &mut Chance) -> Vec<(Author, Duration)> {
    let drawn = lines.iter().map(|line| {
        let percent = u32::try_from(chance.between(80, 133)).unwrap_or(100);
        (line.by, line.after * percent / 100 + Duration::from_millis(chance.between(0, 59_999)))
    });
    drawn.collect()
}

/// Lets the last gap become some days, if the conversation isn't urgent.
pub(super) fn stretch(gaps: &mut [(Author, Duration)], chance: &mut Chance) {
    if let Some((_, last)) = gaps.last_mut().filter(|(_, gap)| *gap >= ELASTIC_FROM) {
        let days = chance.between(0, 5 * DAY);
        *last += Duration::from_secs(days);
    }
}

/// How long a conversation takes from its first to its last message.
pub(super) fn length(gaps: &[(Author, Duration)]) -> Duration {
    gaps.iter().skip(1).map(|(_, gap)| *gap).sum()
}

/// The first answer comes within the hour, so somebody has to be there.
pub(super) fn is_urgent(gaps: &[(Author, Duration)]) -> bool {
    gaps.get(1).is_some_and(|(_, gap)| *gap < PATIENT_FROM)
}

/// Seconds.
pub(super) fn hours(number: u64) -> u64 {
    number * HOUR
}

/// Seconds.
pub(super) fn days(number: u64) -> u64 {
    number * DAY
}

/// Seconds.
pub(super) fn minutes(number: u64) -> u64 {
    number * MINUTE
}
