//! Rule: an invitation or an answer to one (RFC 5545, RFC 5546) in words that a person reads.

use jiff::civil::{Date, DateTime};

/// The first event of a calendar as a few lines; `None` when there is none.
pub(super) fn in_words(calendar: &str) -> Option<String> {
    let lines = unfolded(calendar);
    let event = event(&lines)?;
    let method = lines.iter().find(|line| line.name == "METHOD").map(|line| line.value.to_ascii_uppercase());
    let summary = value(event, "SUMMARY").unwrap_or_else(|| "without a title".to_owned());
    let mut words = vec![format!("{}: {summary}", title(method.as_deref().unwrap_or_default(), event))];
    words.extend(when(event).map(|when| format!("When: {when}")));
    words.extend(value(event, "LOCATION").map(|place| format!("Where: {place}")));
    words.extend(
        event
            .iter()
            .find(|line| line.name == "ORGANIZER")
            .map(|line| format!("Organiser: {}", line.person())),
    );
    words.extend(event.iter().any(|line| line.name == "RRULE").then(|| "It repeats.".to_owned()));
    words.extend(value(event, "DESCRIPTION").map(|text| format!("\n{text}")));
    Some(words.join("\n"))
}

fn title(method: &str, event: &[Line]) -> String {
    let cancelled = value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("cancelled"));
    if method == "CANCEL" || cancelled {
        return "Cancelled".to_owned();
    }
    if method != "REPLY" {
        return if method == "REQUEST" { "Invitation" } else { "Event" }.to_owned();
    }
    let Some(attendee) = event.iter().find(|line| line.name == "ATTENDEE") else {
        return "Answer".to_owned();
    };
    let answer = match attendee.parameter("PARTSTAT").unwrap_or_default().to_ascii_uppercase().as_str() {
        "ACCEPTED" => "accepts",
        "DECLINED" => "declines",
        "TENTATIVE" => "accepts tentatively",
        "DELEGATED" => "sends somebody else",
        _ => "answers",
    };
    format!("{} {answer}", attendee.person())
}

fn when(event: &[Line]) -> Option<String> {
    let at = |name: &str| event.iter().find(|line| line.name == name);
    let start = at("DTSTART")?;
    let zone = match (start.parameter("TZID"), start.value.ends_with('Z')) {
        (Some(zone), _) => format!(" ({zone})"),
        (None, true) => " (UTC)".to_owned(),
        (None, false) => String::new(),
    };
    let first = moment(&start.value)?;
    let last = at("DTEND").and_then(|end| moment(&end.value));
    Some(match (first, last) {
        (Moment::Day(day), Some(Moment::Day(end))) if end > day.tomorrow().unwrap_or(day) => {
            format!("{} to {}", in_full(day), in_full(end.yesterday().unwrap_or(end)))
        }
        (Moment::Day(day), _) => in_full(day),
        (Moment::Time(from), Some(Moment::Time(to))) if from.date() == to.date() => {
            format!("{}, {} to {}{zone}", in_full(from.date()), from.strftime("%H:%M"), to.strftime("%H:%M"))
        }
        (Moment::Time(from), Some(Moment::Time(to))) => {
            let full = |moment: DateTime| format!("{}, {}", in_full(moment.date()), moment.strftime("%H:%M"));
            format!("{} to {}{zone}", full(from), full(to))
        }
        (Moment::Time(from), _) => format!("{}, {}{zone}", in_full(from.date()), from.strftime("%H:%M")),
    })
}

enum Moment {
    Day(Date),
    Time(DateTime),
}

fn moment(value: &str) -> Option<Moment> {
    let value = value.trim_end_matches('Z');
    if value.len() == 8 {
        return Date::strptime("%Y%m%d", value).ok().map(Moment::Day);
    }
    DateTime::strptime("%Y%m%dT%H%M%S", value).ok().map(Moment::Time)
}

fn in_full(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// A property: `NAME;PARAMETER=value:value`.
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Line {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `CN=Ann Long:mailto:ann@a.example` is Ann Long (ann@a.example).
    fn person(&self) -> String {
        let lower = self.value.to_ascii_lowercase();
        let address =
            if lower.starts_with("mailto:") { self.value.get(7..).unwrap_or_default() } else { &self.value };
        match self.parameter("CN").filter(|name| !name.trim().is_empty() && *name != address) {
            Some(name) => format!("{name} ({address})"),
            None => address.to_owned(),
        }
    }
}

fn unfolded(calendar: &str) -> Vec<Line> {
    const MOST: usize = 2_000;
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.lines().take(MOST) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.iter().filter_map(|line| property(line)).collect()
}

fn property(line: &str) -> Option<Line> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    })?;
    let (head, value) = (line.get(..colon.0)?, line.get(colon.0 + 1..)?);
    let mut words = head.split(';');
    let name = words.next()?.trim().to_ascii_uppercase();
    let parameters = words.filter_map(|word| word.split_once('='));
    let parameters = parameters
        .map(|(name, value)| (name.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
        .collect();
    Some(Line { name, parameters, value: value.trim().to_owned() })
}

/// What stands in the first event, without what stands in its alarms.
fn event(lines: &[Line]) -> Option<&[Line]> {
    let begins = |line: &Line| line.name == "BEGIN" && line.value.eq_ignore_ascii_case("VEVENT");
    let first = lines.iter().position(begins)? + 1;
    let rest = lines.get(first..)?;
    let end = rest.iter().position(|line| line.name == "BEGIN" || line.name == "END").unwrap_or(rest.len());
    rest.get(..end)
}

/// The first value of this name, with its escapes undone.
fn value(event: &[Line], name: &str) -> Option<String> {
    let written = &event.iter().find(|line| line.name == name)?.value;
    let mut text = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(c)) => text.push(c),
            (c, _) => text.push(c),
        }
    }
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::in_words;

    const EVENT: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Repair\\, second\r\n  visit\r\n\
        DTSTART;TZID=Europe/Berlin:20261203T100000\r\nDTEND;TZID=Europe/Berlin:20261203T113000\r\nLOCATION:Mill Lane 5\r\n\
        ORGANIZER;CN=\"Long: Ann\":mailto:ann@a.example\r\nDESCRIPTION:Bring\\nthe part\r\nBEGIN:VALARM\r\nDESCRIPTION:no\r\n\
        END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR";

    #[test]
    fn events_are_told_in_words() {
        assert_eq!(
            in_words(EVENT).unwrap(),
            "Invitation: Repair, second visit\nWhen: Thursday 3 December 2026, 10:00 to 11:30 (Europe/Berlin)\nWhere: Mill Lane 5\n\
             Organiser: Long: Ann (ann@a.example)\n\nBring\nthe part"
        );
        for (lines, expected) in [
            (
                "METHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART;VALUE=DATE:20261203",
                "Cancelled: x\nWhen: Thursday 3 December 2026",
            ),
            (
                "METHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:x\nATTENDEE;PARTSTAT=DECLINED;CN=Bob:MAILTO:bob@b.example",
                "Bob (bob@b.example) declines: x",
            ),
            (
                "BEGIN:VEVENT\nDTSTART:20261203T100000Z\nDTEND:20261204T100000Z",
                "Event: without a title\nWhen: Thursday 3 December 2026, 10:00 to Friday 4 December 2026, 10:00 (UTC)",
            ),
            ("BEGIN:VEVENT\nSUMMARY:x\nDTSTART:nonsense\nRRULE:FREQ=DAILY", "Event: x\nIt repeats."),
            (
                "BEGIN:VEVENT\nSUMMARY:x\nDTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261206",
                "Event: x\nWhen: Thursday 3 December 2026 to Saturday 5 December 2026",
            ),
        ] {
            assert_eq!(in_words(lines).as_deref(), Some(expected));
        }
        assert_eq!(in_words("BEGIN:VCALENDAR\nEND:VCALENDAR"), None);
        for text in [":", ";:", "BEGIN:VEVENT", "BEGIN:VEVENT\nDTSTART;TZID=\":20261203", "\\"] {
            let _ = in_words(text);
        }
    }
}
