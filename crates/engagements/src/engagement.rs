//! Rule: engagements and mailboxes, and whether an engagement is in force.

use crate::EngagementRefusal;
use jiff::{civil::Date, tz::TimeZone};
use kernel::{ClientId, EmailAddress, EngagementId, Instant, MailboxId, TeamId};

/// One statement of work: it lets a team into a client's workspace for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The engagement.
    pub id: EngagementId,
    /// The client whose data it is.
    pub client: ClientId,
    /// The team that is let in.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// The client's IANA time zone, in which its days begin and end.
    pub zone: String,
    /// Its days.
    pub period: Period,
    /// When it was cut before its time.
    pub ended_at: Option<Instant>,
}

/// The days of an engagement, in the client's zone. Both are included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    from: Date,
    until: Option<Date>,
}

impl Period {
    /// From a day to a day, or open-ended.
    ///
    /// # Errors
    /// [`EngagementRefusal::EndsBeforeItBegins`].
    pub fn new(from: Date, until: Option<Date>) -> Result<Self, EngagementRefusal> {
        match until {
            Some(until) if until < from => Err(EngagementRefusal::EndsBeforeItBegins),
            _ => Ok(Self { from, until }),
        }
    }

    /// From texts such as `2026-11-23`; an empty `until` means open-ended.
    ///
    /// # Errors
    /// [`EngagementRefusal::NotADay`] and [`EngagementRefusal::EndsBeforeItBegins`].
    pub fn parse(from: &str, until: &str) -> Result<Self, EngagementRefusal> {
        let day = |text: &str| text.trim().parse().map_err(|_| EngagementRefusal::NotADay);
        let until = if until.trim().is_empty() { None } else { Some(day(until)?) };
        Self::new(day(from)?, until)
    }

    /// The first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The last day, if there is one.
    pub fn until(&self) -> Option<Date> {
        self.until
    }
}

/// Where an engagement stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It hasn't begun.
    Coming,
    /// It lets its team in.
    InForce,
    /// Its last day is over, or it was cut.
    Over,
}

impl Engagement {
    /// Where it stands at this instant. A zone that nobody knows counts as UTC.
    pub fn standing(&self, now: Instant) -> Standing {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let today = now.timestamp().to_zoned(zone).date();
        let cut = self.ended_at.is_some_and(|ended_at| ended_at <= now);
        if cut || self.period.until.is_some_and(|until| today > until) {
            Standing::Over
        } else if today < self.period.from {
            Standing::Coming
        } else {
            Standing::InForce
        }
    }
}

/// The name is one of the IANA time zone database.
pub fn is_zone(name: &str) -> bool {
    !name.is_empty() && TimeZone::get(name).is_ok()
}

/// An address at which a client receives mail, and the engagement that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The mailbox.
    pub id: MailboxId,
    /// Its address, without a detail.
    pub address: EmailAddress,
    /// The name that customers see beside it.
    pub display_name: String,
    /// The client.
    pub client: ClientId,
    /// The engagement whose team answers it.
    pub engagement: EngagementId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn engagement(from: &str, until: &str, ended_at: Option<&str>) -> Engagement {
        let nil = uuid_nil();
        Engagement {
            id: EngagementId::from_uuid(nil),
            client: ClientId::from_uuid(nil),
            team: TeamId::from_uuid(nil),
            name: "Lisbon for Aurora".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            period: Period::parse(from, until).unwrap(),
            ended_at: ended_at.map(at),
        }
    }

    fn uuid_nil() -> uuid::Uuid {
        uuid::Uuid::nil()
    }

    fn at(text: &str) -> Instant {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn days_begin_and_end_in_the_clients_zone() {
        let check = |from, until, ended, now: &str, expected| {
            assert_eq!(
                engagement(from, until, ended).standing(at(now)),
                expected,
                "{from} {until} {ended:?} {now}"
            );
        };
        check("2026-03-01", "", None, "2026-02-28T22:59:59Z", Standing::Coming);
        check("2026-03-01", "", None, "2026-02-28T23:00:00Z", Standing::InForce);
        // The clocks go forward on 2026-03-29, so this day ends an hour earlier in UTC.
        check("2026-03-01", "2026-03-29", None, "2026-03-29T21:59:59Z", Standing::InForce);
        check("2026-03-01", "2026-03-29", None, "2026-03-29T22:00:00Z", Standing::Over);
        check("2026-03-01", "", Some("2026-03-10T12:00:00Z"), "2026-03-10T11:59:59Z", Standing::InForce);
        check("2026-03-01", "", Some("2026-03-10T12:00:00Z"), "2026-03-10T12:00:00Z", Standing::Over);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert_eq!(Period::parse("2026-03-02", "2026-03-01"), Err(EngagementRefusal::EndsBeforeItBegins));
        assert_eq!(Period::parse("2.3.2026", ""), Err(EngagementRefusal::NotADay));
        assert!(Period::parse("2026-03-02", "2026-03-02").is_ok());
    }
}
