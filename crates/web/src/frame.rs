//! The frame of every signed-in person's page, filled: numbers, clients, who reads, and what they were told last.

use crate::{
    session::SignedIn,
    site::Site,
    views::{
        marks::{ClientMark, PersonMark},
        shell::{Administration, ClientEntry, Counts, Flash, Place, Reader, Shell},
    },
    words::{Words, initials},
};
use desk::inbox::{self, Beside};
use kernel::{Fault, PersonId};
use people::Client;

/// What every page needs besides its own contents.
pub(crate) struct Frame {
    /// How instants are called here.
    pub(crate) words: Words,
    beside: Beside,
    signed_in: SignedIn,
    flash: Option<Flash>,
    is_demo: bool,
}

impl Frame {
    /// For this reader, with what they were told last.
    pub(crate) async fn of(site: &Site, signed_in: &SignedIn) -> Result<Self, Fault> {
        let beside = inbox::beside(&site.desk, signed_in.reach()).await?;
        let zone = beside.workplaces.first().map_or("UTC", |place| place.zone.as_str());
        Ok(Self {
            words: Words::new(site.desk.clock.now(), zone),
            flash: signed_in.said.map(crate::said::Said::flash),
            signed_in: signed_in.clone(),
            is_demo: site.is_demo(),
            beside,
        })
    }

    /// The same, saying something else at the top.
    pub(crate) fn saying(mut self, flash: Option<Flash>) -> Self {
        self.flash = flash.or(self.flash);
        self
    }

    /// The shell of a page with this title.
    pub(crate) fn shell(&self, title: &str, place: Place) -> Shell {
        Shell {
            title: title.to_owned(),
            place,
            counts: self.counts(),
            clients: self.beside.clients.iter().map(entry).collect(),
            administration: administration(self.signed_in.reach()),
            is_lead: desk::board::may_look(self.signed_in.reach()),
            reader: self.reader(),
            flash: self.flash.clone(),
            is_demo: self.is_demo,
            since: self.signed_in.since.micros(),
            query: String::new(),
        }
    }

    /// Numbers beside the navigation.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            mine: whole(self.beside.mine),
            unassigned: whole(self.beside.unassigned),
            open: whole(self.beside.open),
            hand_overs: whole(self.beside.hand_overs),
            parked: whole(self.beside.parked),
            stuck: whole(self.beside.stuck),
        }
    }

    /// The clients within reach.
    pub(crate) fn clients(&self) -> impl Iterator<Item = &Client> {
        self.beside.clients.iter().map(|(client, _)| client)
    }

    fn reader(&self) -> Reader {
        let person = &self.signed_in.person;
        let works = self.beside.workplaces.first();
        let role = works.map(|place| format!("{}, {}", place.role.title(), place.name));
        let owner = || if self.signed_in.reach().owns_installation() { "Owner" } else { "No role yet" };
        Reader {
            id: person.id.to_string(),
            name: person.name.clone(),
            initials: initials(&person.name),
            role: role.unwrap_or_else(|| owner().to_owned()),
            uses_shortcuts: person.uses_shortcuts,
            presences: coverage::Presence::ALL
                .iter()
                .map(|one| (one.as_str(), one.title(), *one == self.beside.presence))
                .collect(),
        }
    }
}

/// A number that can't be negative.
pub(crate) fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn entry((client, open): &(Client, i64)) -> ClientEntry {
    ClientEntry { mark: client_mark(client), count: whole(*open) }
}

/// How a client is recognised.
pub(crate) fn client_mark(client: &Client) -> ClientMark {
    let initial = client.name.chars().find(|c| c.is_alphanumeric()).unwrap_or('?');
    ClientMark {
        id: client.id.to_string(),
        name: client.name.clone(),
        initial: initial.to_uppercase().collect(),
        colour: client.colour.clone(),
    }
}

/// How one of us is recognised.
pub(crate) fn person_mark(id: PersonId, name: &str) -> PersonMark {
    PersonMark { id: id.to_string(), name: name.to_owned(), initials: initials(name) }
}

/// The entries of the navigation by which an installation is kept: all of them for owners, the queue for leads.
fn administration(reach: &kernel::Reach) -> Vec<Administration> {
    let mut entries = match reach.owns_installation() {
        true => Administration::ALL.to_vec(),
        false if desk::queue::may_look(reach) => vec![Administration::Queue, Administration::Understanding],
        false => Vec::new(),
    };
    if !reach.owns_installation() && !reach.seats().is_empty() {
        entries.push(Administration::Engagements);
    }
    if desk::approvals::may_look(reach) {
        entries.extend([Administration::Approvals, Administration::Permits]);
    }
    entries
}
