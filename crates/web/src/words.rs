//! From values to what people read: instants in the reader's zone, names of languages, initials, sizes.

use crate::views::marks::{Language, When};
use jiff::{Zoned, civil::Date, tz::TimeZone};
use kernel::{Instant, LanguageTag, language_names};

/// How far away an instant is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Until {
    /// "in 40 min", "2 h late".
    pub(crate) words: String,
    /// It lies behind.
    pub(crate) is_over: bool,
}

/// The reader's now and zone, which say how an instant is called.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    now: Zoned,
}

impl Words {
    /// For a reader in this zone. One that nobody knows counts as UTC.
    pub(crate) fn new(now: Instant, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self { now: now.timestamp().to_zoned(zone) }
    }

    /// For lists: "14:05", "yesterday", "Monday", "3 Mar", "3 Mar 2024".
    pub(crate) fn briefly(&self, at: Instant) -> When {
        let local = self.local(at);
        let words = match self.days_ago(&local) {
            0 => clock(&local),
            _ => self.day_of(&local),
        };
        When { iso: iso(at), words }
    }

    /// For threads: the same with the time of day always.
    pub(crate) fn exactly(&self, at: Instant) -> When {
        let local = self.local(at);
        let words = match self.days_ago(&local) {
            0 => clock(&local),
            _ => format!("{} {}", self.day_of(&local), clock(&local)),
        };
        When { iso: iso(at), words }
    }

    /// How far away it is: "in 40 min", "2 h late".
    pub(crate) fn until(&self, at: Instant) -> Until {
        let seconds = at.timestamp().as_second() - self.now.timestamp().as_second();
        let words = span(seconds.unsigned_abs());
        let is_over = seconds < 0;
        let words = if is_over { format!("{words} late") } else { format!("in {words}") };
        Until { words, is_over }
    }

    /// The reader's zone.
    pub(crate) fn zone(&self) -> &str {
        self.now.time_zone().iana_name().unwrap_or("UTC")
    }

    /// The same, to count with.
    pub(crate) fn time_zone(&self) -> TimeZone {
        self.now.time_zone().clone()
    }

    /// The reader's now.
    pub(crate) fn now(&self) -> Instant {
        self.now.timestamp().into()
    }

    /// Today, as a form's date field has it.
    pub(crate) fn today(&self) -> String {
        self.now.date().to_string()
    }

    fn local(&self, at: Instant) -> Zoned {
        at.timestamp().to_zoned(self.now.time_zone().clone())
    }

    fn days_ago(&self, local: &Zoned) -> i32 {
        (self.now.date() - local.date()).get_days()
    }

    fn day_of(&self, local: &Zoned) -> String {
        match self.days_ago(local) {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            -1 => "tomorrow".to_owned(),
            2..=6 => local.strftime("%A").to_string(),
            _ if local.year() == self.now.year() => local.strftime("%-d %b").to_string(),
            _ => day(local.date()),
        }
    }
}

/// "40 min", "3 h", "2 days".
pub(crate) fn span(seconds: u64) -> String {
    match seconds {
        0..60 => "less than a minute".to_owned(),
        60..5_400 => format!("{} min", seconds / 60),
        5_400..129_600 => format!("{} h", (seconds + 1_800) / 3_600),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}

fn clock(local: &Zoned) -> String {
    local.strftime("%H:%M").to_string()
}

fn iso(at: Instant) -> String {
    at.to_string()
}

/// "3 Mar 2026".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "3 Dec 2026", of a day written as `2026-12-03`.
pub(crate) fn short_day(text: &str) -> String {
    text.parse::<Date>().map_or(text.to_owned(), day)
}

/// "Thu 3 Dec 2026", of a day written as `2026-12-03`.
pub(crate) fn long_day(day: &str) -> String {
    day.parse::<Date>().map_or(day.to_owned(), |date| date.strftime("%a %-d %b %Y").to_string())
}

/// The languages that forms offer, by name.
pub(crate) const OFFERED: [&str; 25] = [
    "bg", "hr", "cs", "da", "nl", "en", "et", "fi", "fr", "de", "el", "hu", "it", "lv", "lt", "nb", "pl",
    "pt", "ro", "ru", "sk", "sl", "es", "sv", "uk",
];

/// The English name of a language; its tag where we don't know the name.
pub(crate) fn language_name(tag: &str) -> &str {
    language_names::english(tag).unwrap_or(tag)
}

/// A language as pages mark it; none when it isn't known.
pub(crate) fn language(tag: &LanguageTag) -> Option<Language> {
    let text = tag.as_str();
    tag.is_known().then(|| Language {
        tag: text.to_owned(),
        name: language_name(text).to_owned(),
        direction: if tag.is_right_to_left() { "rtl" } else { "ltr" },
    })
}

/// One to three letters for a round mark: "Marta Reis" is "MR".
pub(crate) fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| c.is_whitespace() || c == '-').collect();
    let firsts = words.iter().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let firsts: Vec<char> = firsts.collect();
    let picked: Vec<char> = match firsts.as_slice() {
        [] => vec!['?'],
        [one] => vec![*one],
        [first, .., last] => vec![*first, *last],
    };
    picked.into_iter().flat_map(char::to_uppercase).collect()
}

/// "240 kB".
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// "PDF", "JPEG image": what a media type is called.
pub(crate) fn file_kind(media_type: &str, name: &str) -> String {
    let known = match media_type {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG image",
        "image/png" => "PNG image",
        "image/gif" => "GIF image",
        "image/webp" => "WebP image",
        "message/rfc822" => "E-mail",
        "text/plain" => "Text",
        "text/calendar" => "Calendar entry",
        "text/csv" => "Table (CSV)",
        "application/zip" => "ZIP archive",
        _ => "",
    };
    match name.rsplit_once('.') {
        _ if !known.is_empty() => known.to_owned(),
        Some((_, ending)) if (1..=5).contains(&ending.len()) => ending.to_uppercase(),
        _ => "File".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, file_kind, initials, language, size, span};
    use kernel::Instant;

    fn at(text: &str) -> Instant {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn instants_are_called_as_the_reader_would() {
        let words = Words::new(at("2026-03-18T22:30:00Z"), "Europe/Berlin");
        let check = |instant: &str, briefly: &str, exactly: &str| {
            assert_eq!(words.briefly(at(instant)).words, briefly, "{instant}");
            assert_eq!(words.exactly(at(instant)).words, exactly, "{instant}");
        };
        check("2026-03-18T08:05:00Z", "09:05", "09:05");
        // Half past midnight in Berlin, so it is today there and not yet in UTC.
        check("2026-03-17T23:30:00Z", "00:30", "00:30");
        check("2026-03-17T22:59:00Z", "yesterday", "yesterday 23:59");
        check("2026-03-14T12:00:00Z", "Saturday", "Saturday 13:00");
        check("2026-03-11T12:00:00Z", "11 Mar", "11 Mar 13:00");
        check("2025-12-31T12:00:00Z", "31 Dec 2025", "31 Dec 2025 13:00");
        check("2026-03-19T05:00:00Z", "tomorrow", "tomorrow 06:00");
        assert_eq!(words.briefly(at("2026-03-18T08:05:00Z")).iso, "2026-03-18T08:05:00Z");
    }

    #[test]
    fn small_words() {
        assert_eq!(initials("Marta Reis"), "MR");
        assert_eq!(initials("Ana-Luísa de Sousa"), "AS");
        assert_eq!(initials("łukasz"), "Ł");
        assert_eq!(initials("  "), "?");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(240_500), "240 kB");
        assert_eq!(size(2_350_000), "2.3 MB");
        assert_eq!(file_kind("application/x", "plan.dwg"), "DWG");
        assert_eq!(file_kind("application/x", "plan"), "File");
        assert_eq!(language(&"ar-eg".parse().unwrap()).unwrap().direction, "rtl");
        assert_eq!(language(&kernel::LanguageTag::unknown()), None);
    }

    #[test]
    fn how_far_away_it_is_is_said_in_one_unit() {
        let check = |seconds: u64, expected: &str| assert_eq!(span(seconds), expected, "{seconds}");
        check(59, "less than a minute");
        check(60, "1 min");
        check(5_399, "89 min");
        check(5_400, "2 h");
        check(129_599, "36 h");
        check(129_600, "2 days");
        let words = Words::new(at("2026-03-18T12:00:00Z"), "UTC");
        assert_eq!(words.until(at("2026-03-18T12:40:00Z")).words, "in 40 min");
        let late = words.until(at("2026-03-18T10:00:00Z"));
        assert_eq!((late.words.as_str(), late.is_over), ("2 h late", true));
    }
}
