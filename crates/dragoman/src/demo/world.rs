//! The companies, teams, engagements and people of the demo world, and how they are written down.

use super::rosters;
use super::script::{Cast, Part};
use super::timing::Calendar;
use engagements::{Engagement, Mailbox, Period, tables as engagement_tables};
use jiff::{ToSpan, tz::TimeZone};
use kernel::{ClientId, Fault, Instant, LanguageTag, Owner, TeamId};
use people::{
    Client, Evidence, Level, Partner, Person, SeatHeld, Spoken, Team, slug, tables as people_tables,
};
use store::{Event, Tx, fresh};

/// Everybody and everything but customers and cases, in the cast's order.
#[derive(Clone)]
pub(super) struct World {
    pub clients: Vec<Client>,
    pub mailboxes: Vec<Mailbox>,
    pub engagements: Vec<Engagement>,
    pub persons: Vec<Person>,
    pub calendars: Vec<Calendar>,
    pub(super) partners: Vec<Partner>,
    pub(super) teams: Vec<Team>,
    pub(super) seats: Vec<SeatHeld>,
    pub(super) now: Instant,
}

/// A part of the cast names something that the cast doesn't have.
fn unknown(what: &str, key: &str) -> Fault {
    Fault::new(format!("the demo's people.toml has no {what} `{key}`"))
}

impl World {
    /// The world of a cast as it stands at this instant.
    pub fn new(cast: &Cast, now: Instant) -> Result<Self, Fault> {
        let mut world = Self {
            clients: clients(cast),
            calendars: calendars(cast, now)?,
            partners: partners(cast),
            mailboxes: Vec::new(),
            engagements: Vec::new(),
            persons: Vec::new(),
            teams: Vec::new(),
            seats: Vec::new(),
            now,
        };
        world.add_teams(cast)?;
        world.add_engagements(cast)?;
        world.add_mailboxes(cast)?;
        world.add_persons(cast)?;
        Ok(world)
    }

    /// The place of a client in the cast.
    pub fn client_at(&self, cast: &Cast, key: &str) -> Result<usize, Fault> {
        cast.client.iter().position(|part| part.key == key).ok_or_else(|| unknown("client", key))
    }

    fn client(&self, cast: &Cast, key: &str) -> Result<ClientId, Fault> {
        Ok(self.clients[self.client_at(cast, key)?].id)
    }

    fn team(&self, cast: &Cast, key: &str) -> Result<TeamId, Fault> {
        let at = cast.team.iter().position(|part| part.key == key).ok_or_else(|| unknown("team", key))?;
        Ok(self.teams[at].id)
    }

    fn add_teams(&mut self, cast: &Cast) -> Result<(), Fault> {
        for part in &cast.team {
            let client = part.client.as_ref().map(|key| self.client(cast, key)).transpose()?;
            let partner = match &part.partner {
                Some(key) => {
                    let at = cast.partner.iter().position(|partner| partner.key == *key);
                    Some(self.partners[at.ok_or_else(|| unknown("partner", key))?].id)
                }
                None => None,
            };
            self.teams.push(Team { id: fresh(), name: part.name.clone(), client, partner });
        }
        Ok(())
    }

    fn add_engagements(&mut self, cast: &Cast) -> Result<(), Fault> {
        for part in &cast.engagement {
            let client = self.client_at(cast, &part.client)?;
            let today = self.calendars[client].day_of(self.now);
            let day = |days: i64| today.checked_add(days.days()).map_err(Fault::new);
            let period = Period::new(day(part.from_days)?, part.until_days.map(day).transpose()?);
            self.engagements.push(Engagement {
                id: fresh(),
                client: self.clients[client].id,
                team: self.team(cast, &part.team)?,
                name: part.name.clone(),
                zone: self.clients[client].zone.clone(),
                period: period.map_err(|_| Fault::new(format!("{} ends before it begins", part.key)))?,
                ended_at: None,
            });
        }
        Ok(())
    }

    fn add_mailboxes(&mut self, cast: &Cast) -> Result<(), Fault> {
        for (client, part) in self.clients.iter().zip(&cast.client) {
            let key = &part.answered_by;
            let at = cast.engagement.iter().position(|engagement| engagement.key == *key);
            self.mailboxes.push(Mailbox {
                id: fresh(),
                address: part.mailbox.parse().map_err(Fault::new)?,
                display_name: client.name.clone(),
                client: client.id,
                engagement: self.engagements[at.ok_or_else(|| unknown("engagement", key))?].id,
            });
        }
        Ok(())
    }

    fn add_persons(&mut self, cast: &Cast) -> Result<(), Fault> {
        for part in &cast.person {
            let person = Person {
                id: fresh(),
                name: part.name.clone(),
                email: part.email.parse().map_err(Fault::new)?,
                owner: if part.role == Part::Owner { Owner::Yes } else { Owner::No },
                languages: known(&part.languages, self.now),
                uses_shortcuts: true,
                has_password: false,
                disabled_at: None,
            };
            if let Part::Seated(role) = part.role {
                let client = part.client.as_ref().map(|key| self.client(cast, key)).transpose()?;
                let seat = |client, team| SeatHeld { id: fresh(), person: person.id, role, client, team };
                self.seats.extend(client.map(|client| seat(Some(client), None)));
                for key in &part.teams {
                    let team = self.team(cast, key)?;
                    self.seats.push(seat(None, Some(team)));
                }
            }
            self.persons.push(person);
        }
        Ok(())
    }

    /// Writes all of it down.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let first = self.now.plus_days(-900);
        for client in &self.clients {
            people_tables::add_client(tx, client, first)?;
            happened(tx, "client.opened", Some(client.id), first, format!("{} was set up.", client.name))?;
        }
        for partner in &self.partners {
            people_tables::add_partner(tx, partner, first)?;
        }
        for team in &self.teams {
            people_tables::add_team(tx, team, first)?;
        }
        for engagement in &self.engagements {
            let begun = engagement.period.from().to_zoned(TimeZone::UTC).map_err(Fault::new)?;
            let agreed: Instant = Instant::from(begun.timestamp()).min(self.now.plus_days(-3));
            engagement_tables::add(tx, engagement, agreed)?;
            let sentence = format!("{} was agreed.", engagement.name);
            happened(tx, "engagement.begun", Some(engagement.client), agreed, sentence)?;
        }
        for mailbox in &self.mailboxes {
            engagement_tables::add_mailbox(tx, mailbox, first)?;
            let sentence = format!("Mail to {} is answered.", mailbox.address);
            happened(tx, "mailbox.opened", Some(mailbox.client), first, sentence)?;
        }
        for person in &self.persons {
            people_tables::add_person(tx, person, first)?;
        }
        for seat in &self.seats {
            people_tables::add_seat(tx, seat, first)?;
        }
        rosters::write(tx, self, self.now)?;
        super::nesting::write(tx, self)
    }
}

/// Their first language is their own; they were tested in the second, which has to be repeated, and say the others themselves.
fn known(languages: &[LanguageTag], now: Instant) -> Vec<Spoken> {
    let one = |(at, language): (usize, &LanguageTag)| {
        let (level, evidence, until) = match at {
            0 => (Level::Native, Evidence::Native, None),
            1 => (Level::C1, Evidence::Test, Some(now.plus_days(90).day())),
            _ => (Level::B2, Evidence::OwnWord, None),
        };
        Spoken {
            reading: level,
            writing: level,
            speaking: level,
            evidence,
            until_on: until,
            ..Spoken::named(language.clone(), now.plus_days(-93).day())
        }
    };
    languages.iter().enumerate().map(one).collect()
}

fn clients(cast: &Cast) -> Vec<Client> {
    let clients = cast.client.iter().map(|part| Client {
        id: fresh(),
        name: part.name.clone(),
        slug: slug(&part.name),
        colour: part.colour.clone(),
        language: part.language.clone(),
        zone: part.zone.clone(),
    });
    clients.collect()
}

fn partners(cast: &Cast) -> Vec<Partner> {
    let partners = cast.partner.iter().map(|part| Partner {
        id: fresh(),
        name: part.name.clone(),
        city: part.city.clone(),
        country: part.country.clone(),
        zone: part.zone.clone(),
    });
    partners.collect()
}

fn calendars(cast: &Cast, now: Instant) -> Result<Vec<Calendar>, Fault> {
    let calendars = cast.client.iter().map(|part| {
        let zone = TimeZone::get(&part.zone).map_err(Fault::new)?;
        Ok(Calendar { now, zone })
    });
    calendars.collect()
}

fn happened(
    tx: &mut Tx<'_>,
    kind: &'static str,
    client: Option<ClientId>,
    at: Instant,
    sentence: String,
) -> Result<(), Fault> {
    tx.record(&Event { at, kind, client, engagement: None, case: None, person: None, sentence })
}
