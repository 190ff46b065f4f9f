//! Times at which a reply can go instead of now: quick choices in the client's zone, and what the reader types in their own.

use crate::views::marks::Choice;
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday, time},
    tz::TimeZone,
};
use kernel::Instant;

/// Tomorrow morning and, when that is another day, Monday morning, in the zone of the client.
pub(crate) fn quick_choices(now: Instant, zone: &str) -> Vec<Choice> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let tomorrow = today.tomorrow().ok();
    let monday = today.nth_weekday(1, Weekday::Monday).ok().filter(|monday| Some(*monday) != tomorrow);
    let choice = |words: &str, day: Option<Date>| {
        let at = day?.to_datetime(time(9, 0, 0, 0)).to_zoned(zone.clone()).ok()?;
        Some(Choice::new(at.timestamp().to_string(), words))
    };
    [choice("Tomorrow 09:00", tomorrow), choice("Monday 09:00", monday)].into_iter().flatten().collect()
}

/// The instant that a quick choice stands for.
pub(crate) fn chosen(value: &str) -> Option<Instant> {
    value.parse::<Timestamp>().ok().map(Instant::from)
}

/// The instant that somebody typed into a field for date and time, in their own zone.
pub(crate) fn typed(value: &str, zone: &str) -> Option<Instant> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let at = value.trim().parse::<DateTime>().ok()?.to_zoned(zone).ok()?;
    Some(Instant::from(at.timestamp()))
}

/// An instant as such a field holds it.
pub(crate) fn as_typed(at: Instant, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        chosen(text).expect("an instant")
    }

    #[test]
    fn quick_choices_are_mornings_of_the_client() {
        let check = |now: &str, zone: &str, expected: &[(&str, &str)]| {
            let found = quick_choices(at(now), zone);
            let found: Vec<_> = found.iter().map(|one| (one.words.as_str(), one.value.as_str())).collect();
            assert_eq!(found, expected, "{now} {zone}");
        };
        let (tomorrow, monday) = ("Tomorrow 09:00", "Monday 09:00");
        check(
            "2026-03-02T09:00:00Z",
            "Europe/Berlin",
            &[(tomorrow, "2026-03-03T08:00:00Z"), (monday, "2026-03-09T08:00:00Z")],
        );
        // There it is Tuesday already, and on Saturday night the clocks go forward.
        check(
            "2026-03-27T23:30:00Z",
            "Europe/Berlin",
            &[(tomorrow, "2026-03-29T07:00:00Z"), (monday, "2026-03-30T07:00:00Z")],
        );
        check("2026-03-01T12:00:00Z", "nowhere", &[(tomorrow, "2026-03-02T09:00:00Z")]);
    }

    #[test]
    fn what_is_typed_is_the_readers_own_time() {
        let check = |value: &str, zone: &str, expected: Option<&str>| {
            assert_eq!(typed(value, zone), expected.map(at), "{value} {zone}");
        };
        check("2026-03-03T09:00", "Europe/Lisbon", Some("2026-03-03T09:00:00Z"));
        check("2026-07-03T09:00", "Europe/Lisbon", Some("2026-07-03T08:00:00Z"));
        check("", "Europe/Lisbon", None);
        check("tomorrow", "Europe/Lisbon", None);
        assert_eq!(as_typed(at("2026-07-03T08:00:00Z"), "Europe/Lisbon"), "2026-07-03T09:00");
    }
}
