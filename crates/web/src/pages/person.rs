//! One person: roles, sessions, and whether they may sign in.

use super::{
    Answer,
    levels::{self, Says},
    page,
    people::line,
    places::{Wanted, places, roles, seat_place, wanted},
    settle,
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        people::{Person as PersonView, Seat},
        shell::{Administration, Flash, Place},
    },
};
use ::people::PeopleRefusal;
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    accounts::{self, Admission},
    administration, attendance, sign_in,
};
use kernel::{PersonId, SeatId};

fn here(person: PersonId) -> String {
    format!("/people/{person}")
}

/// `GET /people/{person}`
pub(crate) async fn show(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
) -> Answer {
    Ok(draw(&site, &owner, person, None).await?)
}

async fn draw(site: &Site, owner: &SignedIn, id: PersonId, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let attendance = attendance::attendance(&site.desk, owner.reach()).await?;
    let since = attendance::seated_since(&site.desk, owner.reach(), id).await?;
    let known = desk::levels::of(&site.desk, owner.reach(), id).await?;
    let permits = desk::permits::held(&site.desk, owner.reach(), id).await?;
    let sessions = accounts::sessions(&site.desk, id).await?.len();
    let frame = Frame::of(site, owner).await?.saying(flash);
    let person = found.persons.iter().find(|person| person.id == id).ok_or(PeopleRefusal::NotFound)?;
    let held = found.seats.iter().filter(|seat| seat.person == id);
    let seats = held.map(|seat| {
        let at = since.iter().find(|(known, _)| *known == seat.id).map(|(_, at)| *at);
        Seat {
            id: seat.id.to_string(),
            role: seat.role.title().to_owned(),
            place: seat_place(&found, seat),
            since: at.map(|at| frame.words.briefly(at)).unwrap_or_default(),
        }
    });
    page(&PersonView {
        shell: frame.shell(&person.name, Place::Administration(Administration::People)),
        person: line(&frame.words, &found, &attendance, person),
        seats: seats.collect(),
        permits: super::permits::held(&frame.words, &permits),
        levels: levels::section(&frame.words, &known, Says::Owner, format!("{}/languages", here(id))),
        roles: roles(),
        places: places(&found),
        sessions: u64::try_from(sessions).unwrap_or_default(),
        is_reader: id == owner.person.id,
    })
}

/// `POST /people/{person}/seats`
pub(crate) async fn seat(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
    form: Fields,
) -> Answer {
    let done = async {
        match wanted(form.text("role"), form.text("place"))? {
            Wanted::Seat(role, place) => accounts::seat(&site.desk, owner.reach(), person, role, place).await,
            Wanted::Ownership => Err(PeopleRefusal::SeatWithoutPlace.into()),
        }
    };
    ended(&site, &owner, person, done.await, Said::RoleGiven).await
}

/// `POST /people/{person}/seats/{seat}/removals`
pub(crate) async fn unseat(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((person, seat)): At<(PersonId, SeatId)>,
) -> Answer {
    let done = accounts::unseat(&site.desk, owner.reach(), person, seat).await;
    ended(&site, &owner, person, done, Said::RoleTaken).await
}

/// `POST /people/{person}/languages`
pub(crate) async fn enter_language(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
    form: Fields,
) -> Answer {
    let done = async {
        let spoken = levels::spoken(&form, Says::Owner, site.desk.clock.now().day())?;
        desk::levels::enter(&site.desk, owner.reach(), person, spoken).await
    };
    ended(&site, &owner, person, done.await, Said::LanguageSaved).await
}

/// `POST /people/{person}/disablings`
pub(crate) async fn disable(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
) -> Answer {
    let done = accounts::admit(&site.desk, owner.reach(), person, Admission::Disabled).await;
    ended(&site, &owner, person, done, Said::Disabled).await
}

/// `POST /people/{person}/enablings`
pub(crate) async fn enable(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
) -> Answer {
    let done = accounts::admit(&site.desk, owner.reach(), person, Admission::Enabled).await;
    ended(&site, &owner, person, done, Said::Enabled).await
}

/// `POST /people/{person}/sign-outs`
pub(crate) async fn sign_out(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
) -> Answer {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let done = async {
        let known = found.persons.iter().any(|known| known.id == person);
        if !known {
            return Err(PeopleRefusal::NotFound.into());
        }
        Ok(sign_in::sign_out_everywhere(&site.desk, person).await.map(drop)?)
    };
    ended(&site, &owner, person, done.await, Said::OthersSignedOut).await
}

async fn ended(
    site: &Site,
    owner: &SignedIn,
    person: PersonId,
    done: Result<(), Stop>,
    said: Said,
) -> Answer {
    settle(done, &here(person), said, async |flash| draw(site, owner, person, flash).await).await
}
