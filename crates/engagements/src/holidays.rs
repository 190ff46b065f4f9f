//! Rule: reading holidays from an iCalendar file (RFC 5545), as countries and calendars give them out.
//!
//! Only whole days count: each event without a time of day is one or several days. An event that comes back every year is told for the
//! years that were asked for. What can't be read is told by its line, and then nothing of the file is kept.

use crate::tables::holidays::Holiday;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;

/// More days than this are a mistake.
pub const MOST_DAYS: usize = 2_000;
/// No holiday lasts longer.
const LONGEST: i32 = 31;
/// Longer names are cut.
const NAME: usize = 120;

/// The days of a file; those that come back each year up to and including `until_year`.
///
/// # Errors
/// What is wrong, by line.
pub fn from_icalendar(text: &str, until_year: i16) -> Result<Vec<Holiday>, Vec<String>> {
    let lines = unfolded(text);
    if !lines.iter().any(|(_, line)| line.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(vec!["Line 1: this is no calendar file; one begins with BEGIN:VCALENDAR.".to_owned()]);
    }
    let (mut days, mut problems) = (BTreeSet::new(), Vec::new());
    for event in events(&lines) {
        match event.days(until_year) {
            Ok(of_event) => days.extend(of_event),
            Err(problem) => problems.push(format!("Line {}: {problem}", event.line)),
        }
        if days.len() > MOST_DAYS {
            problems
                .push(format!("Line {}: more than {MOST_DAYS} days are too many for a list.", event.line));
            break;
        }
    }
    if problems.is_empty() && days.is_empty() {
        problems.push("Line 1: the file holds no whole days.".to_owned());
    }
    if problems.is_empty() { Ok(days.into_iter().collect()) } else { Err(problems) }
}

/// The lines with their numbers; one that begins with a space goes on with the one before.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim_end_matches('\r');
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => lines.push((number + 1, line.to_owned())),
        }
    }
    lines
}

/// An event as it is written.
#[derive(Default)]
struct Event {
    line: usize,
    begins: Option<String>,
    ends: Option<String>,
    name: String,
    rule: String,
}

/// The events of a calendar; what is nested in one, as an alarm, isn't the event's own.
fn events(lines: &[(usize, String)]) -> Vec<Event> {
    let mut events = Vec::new();
    let mut open: Option<(Event, usize)> = None;
    for (number, line) in lines {
        let Some((head, value)) = line.split_once(':') else { continue };
        let name = head.split(';').next().unwrap_or(head).to_ascii_uppercase();
        match (name.as_str(), &mut open) {
            ("BEGIN", None) if value.eq_ignore_ascii_case("VEVENT") => {
                open = Some((Event { line: *number, ..Event::default() }, 0));
            }
            ("BEGIN", Some((_, depth))) => *depth += 1,
            ("END", Some((_, depth))) if *depth > 0 => *depth -= 1,
            ("END", _) => events.extend(open.take().map(|(event, _)| event)),
            (_, Some((event, 0))) => event.take(&name, value),
            _ => {}
        }
    }
    events.extend(open.map(|(event, _)| event));
    events
}

impl Event {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => self.begins = Some(value.trim().to_owned()),
            "DTEND" => self.ends = Some(value.trim().to_owned()),
            "SUMMARY" => self.name = unescaped(value),
            "RRULE" => self.rule = value.trim().to_ascii_uppercase(),
            _ => {}
        }
    }

    fn days(&self, until_year: i16) -> Result<Vec<Holiday>, String> {
        let Some(begins) = &self.begins else { return Err("the event has no day (DTSTART).".to_owned()) };
        // Something with a time of day is an appointment.
        if begins.contains('T') {
            return Ok(Vec::new());
        }
        let first = day(begins)?;
        let last = match &self.ends {
            Some(ends) => day(ends)?.yesterday().map_err(|error| error.to_string())?.max(first),
            None => first,
        };
        let length = (last - first).get_days() + 1;
        if length > LONGEST {
            return Err(format!("“{}” lasts {length} days; at most {LONGEST} can be a holiday.", self.name));
        }
        let mut days = Vec::new();
        for year in self.years(first, until_year)? {
            for offset in 0..length {
                // 29 February is held when there is one.
                let begins = Date::new(year, first.month(), first.day()).ok();
                let on = begins.and_then(|begins| begins.checked_add(offset.days()).ok());
                days.extend(on.map(|on| Holiday { on, name: self.name.clone() }));
            }
        }
        Ok(days)
    }

    /// The years in which it is held.
    fn years(&self, first: Date, until_year: i16) -> Result<Vec<i16>, String> {
        if self.rule.is_empty() {
            return Ok(vec![first.year()]);
        }
        let part = |name: &str| self.rule.split(';').find_map(|part| part.strip_prefix(name));
        let moves =
            ["BYDAY=", "BYYEARDAY=", "BYWEEKNO=", "BYSETPOS="].iter().any(|name| part(name).is_some());
        if part("FREQ=") != Some("YEARLY") || moves {
            return Err(format!(
                "“{}” comes back in a way that isn’t read: {}. Each year on the same day is.",
                self.name, self.rule
            ));
        }
        let wrong = |what: &str| format!("“{}”: {what} of {} can’t be read.", self.name, self.rule);
        let interval: usize = part("INTERVAL=").map_or(Ok(1), str::parse).map_err(|_| wrong("INTERVAL"))?;
        let count: usize = part("COUNT=").map_or(Ok(usize::MAX), str::parse).map_err(|_| wrong("COUNT"))?;
        let last = match part("UNTIL=") {
            Some(until) => day(until.get(..8).unwrap_or(until))?.year().min(until_year),
            None => until_year,
        };
        Ok((first.year()..=last.max(first.year())).step_by(interval.max(1)).take(count).collect())
    }
}

/// `20261225`.
fn day(written: &str) -> Result<Date, String> {
    let wrong = || format!("“{written}” isn’t a day as 20261225.");
    let is_day = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize, until: usize| written.get(from..until).and_then(|part| part.parse::<i16>().ok());
    let parts = is_day.then(|| Some((part(0, 4)?, part(4, 6)?, part(6, 8)?))).flatten();
    let (year, month, of_month) = parts.ok_or_else(wrong)?;
    let month = i8::try_from(month).map_err(|_| wrong())?;
    Date::new(year, month, i8::try_from(of_month).map_err(|_| wrong())?).map_err(|_| wrong())
}

fn unescaped(value: &str) -> String {
    let plain = value
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\\\", "\\");
    plain.trim().chars().take(NAME).collect()
}

/// The name of a list: the letters of a country, or of a part of one.
pub fn list_name(typed: &str) -> Option<String> {
    let name = typed.trim().to_uppercase();
    let fits =
        (1..=40).contains(&name.chars().count()) && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(events: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
    }

    #[test]
    fn whole_days_are_read() {
        let check = |events: &str, expected: &[&str]| {
            let found = from_icalendar(&calendar(events), 2028).unwrap();
            let told: Vec<String> = found.iter().map(|day| format!("{} {}", day.on, day.name)).collect();
            assert_eq!(told, expected, "{events}");
        };
        check(&event("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day"), &["2026-12-25 Christmas Day"]);
        check(
            &event(
                "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Chri\r\n stmas\\, both",
            ),
            &["2026-12-25 Christmas, both", "2026-12-26 Christmas, both"],
        );
        check(
            &event("DTSTART;VALUE=DATE:20261003\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Unity"),
            &["2026-10-03 Unity", "2027-10-03 Unity", "2028-10-03 Unity"],
        );
        check(
            &event("DTSTART:20240229\r\nRRULE:FREQ=YEARLY;UNTIL=20280301\r\nSUMMARY:Leap"),
            &["2024-02-29 Leap", "2028-02-29 Leap"],
        );
        let with_alarm = "DTSTART:20260101\r\nSUMMARY:New Year\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM";
        let meeting = event("DTSTART:20260102T090000Z\r\nSUMMARY:Meeting");
        check(&(event(with_alarm) + &meeting), &["2026-01-01 New Year"]);
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(from_icalendar(text, 2028).unwrap_err(), expected);
        check("a,b", &["Line 1: this is no calendar file; one begins with BEGIN:VCALENDAR."]);
        check(&calendar(""), &["Line 1: the file holds no whole days."]);
        let two = event("DTSTART:20261301\r\nSUMMARY:Never") + &event("SUMMARY:Some day");
        check(
            &calendar(&two),
            &["Line 3: “20261301” isn’t a day as 20261225.", "Line 7: the event has no day (DTSTART)."],
        );
        let moving = event("DTSTART:20261126\r\nRRULE:FREQ=YEARLY;BYDAY=4TH\r\nSUMMARY:Thanks");
        check(
            &calendar(&moving),
            &[
                "Line 3: “Thanks” comes back in a way that isn’t read: FREQ=YEARLY;BYDAY=4TH. Each year on the same day is.",
            ],
        );
        check(
            &calendar(&event("DTSTART:20260101\r\nDTEND:20270101\r\nSUMMARY:Year")),
            &["Line 3: “Year” lasts 365 days; at most 31 can be a holiday."],
        );
        let day = |number: i64| {
            let on = Date::constant(2026, 1, 1).checked_add(number.days()).unwrap();
            event(&format!("DTSTART:{}\r\nSUMMARY:Day", on.strftime("%Y%m%d")))
        };
        let many: String = (0..10_000).map(day).collect();
        check(&calendar(&many), &["Line 8003: more than 2000 days are too many for a list."]);
    }

    #[test]
    fn lists_are_named_by_letters() {
        assert_eq!(list_name(" de-be "), Some("DE-BE".to_owned()));
        assert_eq!(list_name("Werk Süd"), None);
        assert_eq!(list_name(""), None);
    }
}
