//! Partners, teams and people, and the invitations that wait.

use super::{
    Answer, invitations, page,
    places::{places, roles_of, roles_to_invite},
    settle,
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::Said,
    session::{Arrival, OwnerIn, SignedIn},
    site::Site,
    views::{
        people::{Company, FreshLink, OpenInvitation, People, PersonLine, Team as TeamView},
        shell::{Administration, Flash, Place},
    },
    words::{Words, initials},
};
use ::people::{Partner, Person, Team};
use axum::{extract::State, http::HeaderMap, response::Response};
use desk::{
    Stop,
    administration::{self, SetUp},
    attendance::{self, Attendance},
    set_up,
};
use kernel::{Owner, PartnerId};

const HERE: &str = "/people";

/// `GET /people`
pub(crate) async fn show(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    arrival: Arrival,
    headers: HeaderMap,
) -> Answer {
    Ok(draw(&site, &owner, Some((&arrival, &headers)), None).await?)
}

/// The page, with the link of the newest invitation where the request's cookies hold it.
pub(crate) async fn draw(
    site: &Site,
    owner: &SignedIn,
    came: Option<(&Arrival, &HeaderMap)>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let attendance = attendance::attendance(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let fresh = came.and_then(|(arrival, headers)| {
        let (id, path) = invitations::fresh(headers)?;
        let person = found.persons.iter().find(|person| person.id == id)?;
        // Once it is used or withdrawn, the link says nothing any more.
        attendance.invitations.iter().find(|open| open.person == id)?;
        Some(FreshLink { email: person.email.to_string(), url: arrival.address(&path) })
    });
    page(&People {
        shell: frame.shell("Partners & people", Place::Administration(Administration::People)),
        companies: companies(&frame.words, &found, &attendance),
        invitations: waiting(&frame.words, &found, &attendance),
        fresh_link: fresh,
        roles: roles_to_invite(),
        places: places(&found),
    })
}

/// The installation's own people first, then clients, then partners.
fn companies(words: &Words, found: &SetUp, attendance: &Attendance) -> Vec<Company> {
    let line = |person: &Person| line(words, found, attendance, person);
    let unplaced = found.persons.iter().filter(|person| {
        person.owner == Owner::Yes || !found.seats.iter().any(|seat| seat.person == person.id)
    });
    let mut companies = vec![Company {
        partner: None,
        name: "Owners".to_owned(),
        kind: "this installation".to_owned(),
        teams: vec![unnamed(unplaced.map(line).collect())],
    }];
    for client in &found.clients {
        let own = unnamed(seated(found, |seat| seat.client == Some(client.id)).map(line).collect());
        let teams = found.teams.iter().filter(|team| team.client == Some(client.id));
        companies.push(Company {
            partner: None,
            name: client.name.clone(),
            kind: "client".to_owned(),
            teams: [own].into_iter().chain(teams.map(|team| team_view(found, team, &line))).collect(),
        });
    }
    for partner in &found.partners {
        let teams = found.teams.iter().filter(|team| team.partner == Some(partner.id));
        companies.push(Company {
            partner: Some(partner.id.to_string()),
            name: partner.name.clone(),
            kind: if partner.city.is_empty() {
                "partner".to_owned()
            } else {
                format!("partner, {}", partner.city)
            },
            teams: teams.map(|team| team_view(found, team, &line)).collect(),
        });
    }
    companies
}

fn unnamed(people: Vec<PersonLine>) -> TeamView {
    TeamView { id: String::new(), name: String::new(), people }
}

fn team_view(found: &SetUp, team: &Team, line: &impl Fn(&Person) -> PersonLine) -> TeamView {
    let people = seated(found, |seat| seat.team == Some(team.id)).map(line).collect();
    TeamView { id: team.id.to_string(), name: team.name.clone(), people }
}

/// The persons who hold a seat that fits, each once, by name.
fn seated(found: &SetUp, fits: impl Fn(&::people::SeatHeld) -> bool) -> impl Iterator<Item = &Person> {
    found
        .persons
        .iter()
        .filter(move |person| found.seats.iter().any(|seat| seat.person == person.id && fits(seat)))
}

/// A person in a list.
pub(crate) fn line(words: &Words, found: &SetUp, attendance: &Attendance, person: &Person) -> PersonLine {
    let seen = attendance.seen.iter().find(|(id, _)| *id == person.id);
    PersonLine {
        id: person.id.to_string(),
        name: person.name.clone(),
        initials: initials(&person.name),
        email: person.email.to_string(),
        role: roles_of(found, person),
        languages: person.languages.iter().map(|spoken| spoken.language.to_string()).collect(),
        seen: seen.map(|(_, at)| words.briefly(*at)),
        is_disabled: person.disabled_at.is_some(),
    }
}

fn waiting(words: &Words, found: &SetUp, attendance: &Attendance) -> Vec<OpenInvitation> {
    let known = attendance.invitations.iter().filter_map(|open| {
        let person = found.persons.iter().find(|person| person.id == open.person)?;
        Some(OpenInvitation {
            id: open.token_hash.clone(),
            email: person.email.to_string(),
            role: roles_of(found, person),
            until: words.exactly(open.expires_at),
        })
    });
    known.collect()
}

/// `POST /partners`
pub(crate) async fn add_partner(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let partner = Partner {
        id: store::fresh(),
        name: form.text("name").trim().chars().take(80).collect(),
        city: form.text("place_name").trim().chars().take(80).collect(),
        country: String::new(),
        zone: Some(form.text("zone")).filter(|zone| !zone.is_empty()).unwrap_or("UTC").to_owned(),
    };
    let team = Some(form.text("team")).filter(|team| !team.is_empty()).unwrap_or("General");
    let done = set_up::add_partner(&site.desk, owner.reach(), partner, team).await;
    settle(done, HERE, Said::PartnerAdded, async |flash| draw(&site, &owner, None, flash).await).await
}

/// `POST /partners/{partner}/teams`
pub(crate) async fn add_team(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(partner): At<PartnerId>,
    form: Fields,
) -> Answer {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    if !found.partners.iter().any(|known| known.id == partner) {
        return Err(::people::PeopleRefusal::NotFound.into());
    }
    let done = set_up::add_team(&site.desk, owner.reach(), partner, form.text("name")).await;
    settle(done, HERE, Said::TeamAdded, async |flash| draw(&site, &owner, None, flash).await).await
}
