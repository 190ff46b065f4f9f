//! Shifts as CSV: a row for each, with the columns `person, zone, begins, ends` and perhaps `breaks`, in any order.
//!
//! `begins` and `ends` are wall times in the row's zone, as `2026-12-01 22:00`; `breaks` are times with a dash between and semicolons
//! among them, as `00:00-00:30; 04:00-04:15`, and lie on whichever day of the shift they fit.

use super::{Roster, Shift};
use crate::Span;
use csv::{ReaderBuilder, StringRecord};
use jiff::{
    ToSpan,
    civil::{DateTime, Time},
    tz::TimeZone,
};
use kernel::Instant;

/// Longer lists are cut: a year of a thousand people has fewer.
const MOST_ROWS: usize = 400_000;
const COLUMNS: [&str; 4] = ["person", "zone", "begins", "ends"];

/// A roster as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The shifts that fit.
    pub roster: Roster,
    /// The same with the lines on which they stand, in the order of the file.
    pub lines: Vec<(u64, Shift)>,
    /// What couldn't be taken over, in the order of the file. Nothing else was left out.
    pub problems: Vec<Problem>,
}

/// A row that couldn't be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: u64,
    /// What is wrong.
    pub sentence: String,
}

impl Imported {
    /// Adds a shift that stands on a line.
    pub(super) fn add(&mut self, line: u64, shift: Shift) -> Result<(), String> {
        self.roster.add(shift.clone()).map_err(|unfit| unfit.to_string())?;
        self.lines.push((line, shift));
        Ok(())
    }
}

/// A shift as it is drawn by hand: a day and times of it in a zone; one that ends before it begins ends on the next day.
///
/// # Errors
/// A sentence that says which of them can't be read.
pub fn drawn(
    person: &str,
    zone: &str,
    day: &str,
    times: (&str, &str),
    breaks: &str,
) -> Result<Shift, String> {
    let named = TimeZone::get(zone).map_err(|_| no_zone(zone))?;
    let begins = wall(&format!("{} {}", day.trim(), times.0.trim()))?;
    let ends = wall(&format!("{} {}", day.trim(), times.1.trim()))?;
    let is_next_day = ends <= begins;
    let ends =
        ends.checked_add(i64::from(is_next_day).days()).map_err(|_| format!("{ends} lies too far away."))?;
    let span = Span { from: instant(&named, begins)?, until: instant(&named, ends)? };
    let pauses = breaks.split(';').map(str::trim).filter(|pause| !pause.is_empty());
    let breaks = pauses.map(|pause| within(pause, begins, &named)).collect::<Result<_, _>>()?;
    Ok(Shift { person: person.to_owned(), span, breaks })
}

pub(super) fn no_zone(named: &str) -> String {
    format!("“{named}” isn’t a time zone. Write it as in the IANA list, like Europe/Berlin.")
}

/// Reads shifts from CSV in UTF-8, separated by commas, semicolons or tabs. A bad row is told and left out; the others are read.
pub fn from_csv(bytes: &[u8]) -> Imported {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| (count(*mark), *mark == b','));
    let mut reader =
        ReaderBuilder::new().flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(bytes);
    let mut imported = Imported::default();
    let columns = match reader.headers().map_err(|error| error.to_string()).and_then(columns) {
        Ok(columns) => columns,
        Err(sentence) => {
            imported.problems.push(Problem { line: 1, sentence });
            return imported;
        }
    };
    for (number, row) in (0..).zip(reader.records()) {
        let line = row.as_ref().ok().and_then(|row| row.position()).map_or(number + 2, csv::Position::line);
        let added = match row {
            _ if number as usize >= MOST_ROWS => Err(format!("Only the first {MOST_ROWS} rows are read.")),
            Ok(row) => shift(&row, &columns).and_then(|shift| imported.add(line, shift)),
            Err(error) => Err(unreadable(&error)),
        };
        if let Err(sentence) = added {
            imported.problems.push(Problem { line, sentence });
        }
        if number as usize >= MOST_ROWS {
            break;
        }
    }
    imported
}

fn unreadable(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "The row isn’t in UTF-8. Save the file as UTF-8.".to_owned(),
        _ => format!("The row can’t be read: {error}"),
    }
}

struct Columns {
    named: [usize; 4],
    breaks: Option<usize>,
}

fn columns(header: &StringRecord) -> Result<Columns, String> {
    let place = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let mut named = [0; 4];
    for (at, name) in COLUMNS.iter().enumerate() {
        named[at] = place(name).ok_or_else(|| {
            format!("The column “{name}” is missing. The first row names person, zone, begins, ends and perhaps breaks.")
        })?;
    }
    Ok(Columns { named, breaks: place("breaks") })
}

fn shift(row: &StringRecord, columns: &Columns) -> Result<Shift, String> {
    let cell = |at: usize| row.get(at).map(str::trim).filter(|cell| !cell.is_empty());
    let [person, zone, begins, ends] = columns.named.map(cell);
    let missing = |name: &str| format!("The cell “{name}” is empty.");
    let person = person.ok_or_else(|| missing("person"))?.to_lowercase();
    let named = zone.ok_or_else(|| missing("zone"))?;
    let zone = TimeZone::get(named).map_err(|_| no_zone(named))?;
    let begins = wall(begins.ok_or_else(|| missing("begins"))?)?;
    let ends = wall(ends.ok_or_else(|| missing("ends"))?)?;
    let span = Span { from: instant(&zone, begins)?, until: instant(&zone, ends)? };
    let breaks = columns.breaks.and_then(cell).unwrap_or_default();
    let pauses = breaks.split(';').map(str::trim).filter(|pause| !pause.is_empty());
    let breaks = pauses.map(|pause| within(pause, begins, &zone)).collect::<Result<_, _>>()?;
    Ok(Shift { person, span, breaks })
}

fn wall(text: &str) -> Result<DateTime, String> {
    let read = text.parse::<DateTime>().ok().filter(|_| text.len() >= "2026-12-01 22:00".len());
    read.ok_or_else(|| format!("“{text}” isn’t a time. Write it as 2026-12-01 22:00."))
}

pub(super) fn instant(zone: &TimeZone, wall: DateTime) -> Result<Instant, String> {
    // As in calendars: what doesn't exist moves forward, what happens twice is the first.
    let zoned = zone.to_ambiguous_zoned(wall).compatible();
    zoned.map(|zoned| zoned.timestamp().into()).map_err(|_| format!("{wall} lies too far away."))
}

/// A break by its times: on the day on which the shift begins, or the next where it would lie before.
fn within(pause: &str, begins: DateTime, zone: &TimeZone) -> Result<Span, String> {
    let unreadable = || format!("“{pause}” isn’t a break. Write it as 12:00-12:30.");
    let (from, until) = pause.split_once(['-', '–']).ok_or_else(unreadable)?;
    // Jiff reads hours without minutes, too.
    let is_whole = |text: &&str| text.len() >= "12:00".len();
    let time = |text: &str| {
        Some(text.trim()).filter(is_whole).and_then(|text| text.parse::<Time>().ok()).ok_or_else(unreadable)
    };
    let after = |earlier: DateTime, time: Time| {
        let same = earlier.date().to_datetime(time);
        let is_before = same < earlier;
        same.checked_add(i64::from(is_before).days()).map_err(|_| unreadable())
    };
    let from = after(begins, time(from)?)?;
    let until = after(from, time(until)?)?;
    Ok(Span { from: instant(zone, from)?, until: instant(zone, until)? })
}
