//! Shifts as iCalendar (RFC 5545): an event for each, with an attendee, an organiser or a title that names the person's address.
//!
//! A bad event is told by its line and its UID, and the others are read. A summary that says “break” is no shift of its own.

use super::{
    Imported, Problem, Shift,
    reading::{instant, no_zone},
    recurrence::Recurrence,
};
use crate::Span;
use jiff::{SignedDuration, civil::DateTime, tz::TimeZone};
use kernel::Instant;

/// Longer files are cut: a year of a hundred people has fewer lines.
const MOST_LINES: usize = 1_000_000;

/// Reads shifts from an iCalendar file in UTF-8. What repeats without an end is read until an instant.
pub fn from_icalendar(bytes: &[u8], horizon: Instant) -> Imported {
    let mut imported = Imported::default();
    let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) else {
        let sentence = "The file isn’t in UTF-8. Save it as UTF-8.".to_owned();
        imported.problems.push(Problem { line: 1, sentence });
        return imported;
    };
    let events = events(text);
    if events.is_empty() {
        let sentence = "There is no event in the file. A calendar file has BEGIN:VEVENT for each shift.";
        imported.problems.push(Problem { line: 1, sentence: sentence.to_owned() });
    }
    let moved: Vec<(String, DateTime)> = events.iter().filter_map(Event::takes_the_place_of).collect();
    for event in &events {
        let shifts = match event.shifts(&moved, horizon) {
            Ok(shifts) => shifts,
            Err(sentence) => {
                imported.problems.push(event.problem(&sentence));
                continue;
            }
        };
        for shift in shifts {
            if let Err(sentence) = imported.add(event.line, shift) {
                imported.problems.push(event.problem(&sentence));
            }
        }
    }
    imported
}

/// A property: `NAME;PARAMETER=value:value`.
struct Property {
    name: String,
    parameters: String,
    value: String,
}

/// What stands between BEGIN:VEVENT and its end.
struct Event {
    line: u64,
    is_whole: bool,
    properties: Vec<Property>,
}

fn events(text: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut open: Option<Event> = None;
    // Alarms stand inside of events.
    let mut inner = 0_u32;
    for (line, text) in unfolded(text) {
        let upper = text.trim_end().to_ascii_uppercase();
        match &mut open {
            None if upper == "BEGIN:VEVENT" => {
                open = Some(Event { line, is_whole: false, properties: Vec::new() });
            }
            None => {}
            Some(_) if upper == "BEGIN:VEVENT" => {
                events.extend(open.replace(Event { line, is_whole: false, properties: Vec::new() }));
                inner = 0;
            }
            Some(event) if upper == "END:VEVENT" => {
                event.is_whole = true;
                events.extend(open.take());
                inner = 0;
            }
            Some(_) if upper.starts_with("BEGIN:") => inner += 1,
            Some(_) if upper.starts_with("END:") => inner = inner.saturating_sub(1),
            Some(event) if inner == 0 => event.properties.extend(property(&text)),
            Some(_) => {}
        }
    }
    events.extend(open);
    events
}

/// The lines with the numbers on which they begin; one that begins with a blank goes on with the one before.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).take(MOST_LINES) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

fn property(line: &str) -> Option<Property> {
    // A colon inside of quotes belongs to a parameter.
    let mut is_quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        is_quoted ^= *c == '"';
        *c == ':' && !is_quoted
    });
    let (head, value) = line.split_at(colon?.0);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some(Property {
        name: name.trim().to_ascii_uppercase(),
        parameters: parameters.to_owned(),
        value: value[1..].trim().to_owned(),
    })
}

impl Property {
    fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.split(';').filter_map(|one| one.split_once('='));
        let found = parameters.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(found.1.trim().trim_matches('"'))
    }

    /// A wall time and its zone; `none` is the zone of a time that names none.
    fn moment(&self) -> Result<(DateTime, TimeZone), String> {
        let text = self.value.as_str();
        if text.len() == 8 || self.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE")) {
            return Err("It lasts whole days. A shift has a time at which it begins.".to_owned());
        }
        let wall = DateTime::strptime("%Y%m%dT%H%M%S", text.trim_end_matches(['Z', 'z']));
        let wall = wall.map_err(|_| format!("“{text}” isn’t a time. Write it as 20261201T220000."))?;
        if text.ends_with(['Z', 'z']) {
            return Ok((wall, TimeZone::UTC));
        }
        let named =
            self.parameter("TZID").ok_or("It names no time zone. Write TZID=Europe/Berlin, or a Z.")?;
        Ok((wall, TimeZone::get(named.trim_start_matches('/')).map_err(|_| no_zone(named))?))
    }
}

impl Event {
    fn find(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn uid(&self) -> &str {
        self.find("UID").map_or("", |uid| uid.value.as_str())
    }

    fn problem(&self, sentence: &str) -> Problem {
        let sentence = match self.uid() {
            "" => sentence.to_owned(),
            uid => format!("{sentence} (Event {uid}.)"),
        };
        Problem { line: self.line, sentence }
    }

    /// Which of the shifts of a repeated event it takes the place of.
    fn takes_the_place_of(&self) -> Option<(String, DateTime)> {
        let (wall, zone) = self.find("RECURRENCE-ID")?.moment().ok()?;
        Some((self.uid().to_owned(), in_utc(wall, &zone)?))
    }

    fn shifts(&self, moved: &[(String, DateTime)], horizon: Instant) -> Result<Vec<Shift>, String> {
        if !self.is_whole {
            return Err("The event has no end. The file was cut.".to_owned());
        }
        let is = |name: &str, word: &str| {
            self.find(name).is_some_and(|found| found.value.eq_ignore_ascii_case(word))
        };
        if is("STATUS", "CANCELLED") {
            return Ok(Vec::new());
        }
        let person = self.person().ok_or(
            "It names nobody. A shift has an attendee, an organiser or a title with somebody’s e-mail address.",
        )?;
        let (first, zone) = self.find("DTSTART").ok_or("It has no DTSTART.")?.moment()?;
        let until = self.ends(first, &zone)?;
        let begins = match self.find("RRULE") {
            Some(rule) => Recurrence::read(&rule.value)?.begins(first, &zone, horizon),
            None => vec![first],
        };
        let left_out = self.left_out(&zone, moved)?;
        let is_kept = |begin: &DateTime| {
            self.find("RECURRENCE-ID").is_some()
                || in_utc(*begin, &zone).is_none_or(|at| !left_out.contains(&at))
        };
        // The end is a wall time as the begin is, so a shift keeps its hours when clocks change.
        let lasts = until.duration_since(first);
        begins
            .into_iter()
            .filter(is_kept)
            .map(|begin| {
                let end = begin.checked_add(lasts).map_err(|_| format!("{begin} lies too far away."))?;
                let span = Span { from: instant(&zone, begin)?, until: instant(&zone, end)? };
                Ok(Shift { person: person.clone(), span, breaks: Vec::new() })
            })
            .collect()
    }

    /// The end as a wall time in the zone of the begin.
    fn ends(&self, first: DateTime, zone: &TimeZone) -> Result<DateTime, String> {
        if let Some(end) = self.find("DTEND") {
            let (wall, other) = end.moment()?;
            let at = instant(&other, wall)?;
            return Ok(at.timestamp().to_zoned(zone.clone()).datetime());
        }
        let lasts = self.find("DURATION").ok_or("It has neither DTEND nor DURATION.")?;
        let length = lasts.value.parse::<SignedDuration>();
        let length = length.map_err(|_| format!("“{}” isn’t a length. Write it as PT8H.", lasts.value))?;
        first.checked_add(length).map_err(|_| "It ends too far away.".to_owned())
    }

    /// When it doesn't repeat although it would, in UTC.
    fn left_out(&self, zone: &TimeZone, moved: &[(String, DateTime)]) -> Result<Vec<DateTime>, String> {
        let mut out: Vec<DateTime> =
            moved.iter().filter(|(uid, _)| uid == self.uid()).map(|(_, at)| *at).collect();
        for except in self.properties.iter().filter(|property| property.name == "EXDATE") {
            for value in except.value.split(',') {
                let parameters = match except.parameter("TZID") {
                    None => format!("TZID={}", zone.iana_name().unwrap_or("UTC")),
                    Some(_) => except.parameters.clone(),
                };
                let one = Property { name: String::new(), parameters, value: value.trim().to_owned() };
                let (wall, zone) = one.moment()?;
                out.extend(in_utc(wall, &zone));
            }
        }
        Ok(out)
    }

    /// The address of whoever works.
    fn person(&self) -> Option<String> {
        let named =
            ["ATTENDEE", "ORGANIZER"].into_iter().filter_map(|name| self.find(name)).find_map(|one| {
                let lower = one.value.to_lowercase();
                let address = lower.strip_prefix("mailto:").unwrap_or(&lower).trim().to_owned();
                address.contains('@').then_some(address)
            });
        named.or_else(|| {
            let title = self.find("SUMMARY")?.value.to_lowercase();
            let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            title.split_whitespace().map(trimmed).find(|word| word.contains('@'))
        })
    }
}

fn in_utc(wall: DateTime, zone: &TimeZone) -> Option<DateTime> {
    let at = instant(zone, wall).ok()?;
    Some(at.timestamp().to_zoned(TimeZone::UTC).datetime())
}
