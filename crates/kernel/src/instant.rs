//! A point in time, in UTC microseconds, as the store keeps it.

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

/// Microseconds since 1970-01-01T00:00:00Z. Always handed in; nothing in a room asks for the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant(i64);

impl Instant {
    /// Later than all others.
    pub const MAX: Self = Self(i64::MAX);

    /// From microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The same instant as a jiff timestamp. Instants outside jiff's range (years −9999 to 9999) are clamped.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// This instant moved later. Saturates at the end of time.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// This instant moved earlier.
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long since `earlier`; zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The UTC calendar day, as `2026-11-23`.
    pub fn day(self) -> String {
        self.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
    }

    /// This instant moved by whole days of 24 hours; negative moves earlier.
    pub fn plus_days(self, days: i64) -> Self {
        self.timestamp().checked_add((days * 24).hours()).map_or(self, Self::from)
    }
}

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

/// RFC 3339 in UTC, as `2026-11-23T08:00:00Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}
