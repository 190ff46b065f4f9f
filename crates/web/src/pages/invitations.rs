//! Invitations: making the link, showing it to its maker, accepting it.

use super::{
    Answer,
    doorstep::{device, let_in, turned_down},
    go, page, people,
    places::{Wanted, wanted},
    refuse, settle,
};
use crate::{
    fields::{At, Fields},
    said::Said,
    session::{Arrival, OwnerIn},
    site::Site,
    views::{doorstep::Invitation, shell::Flash},
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use axum_extra::extract::CookieJar;
use desk::{
    Stop,
    accounts::{self, Invited},
    attendance, sign_in, workplaces,
};
use kernel::{Owner, PersonId};
use people_room::Secret;

/// The room of people; `people` is the page here.
use ::people as people_room;

/// Holds the secret of the newest invitation for its maker's eyes: sent to nobody but them, readable by no script, gone after
/// some minutes. The database keeps only its hash.
const COOKIE: &str = "dragoman_fresh";
const SECONDS: u32 = 300;

/// `POST /invitations`
pub(crate) async fn make(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let made = async {
        let (seat, owns) = match wanted(form.text("role"), form.text("place"))? {
            Wanted::Ownership => (None, Owner::Yes),
            Wanted::Seat(role, place) => (Some((role, place)), Owner::No),
        };
        let email = form.text("email").to_owned();
        let name = Some(form.text("name").trim()).filter(|name| !name.is_empty());
        // Whoever accepts says their own name; until then the address's first part stands for it.
        let name = name.or_else(|| email.split('@').next()).unwrap_or_default().to_owned();
        let invited = Invited { name, email, languages: Vec::new(), seat, owner: owns };
        accounts::invite(&site.desk, owner.reach(), invited).await
    };
    match made.await {
        Ok((person, secret)) => Ok(showing(person, &secret)),
        Err(stop) => refuse(stop, async |flash| people::draw(&site, &owner, None, flash).await).await,
    }
}

/// `POST /people/{person}/invitations`: a new link for somebody who has lost theirs or their password.
pub(crate) async fn make_again(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(person): At<PersonId>,
) -> Answer {
    let secret = accounts::invite_again(&site.desk, owner.reach(), person).await?;
    Ok(showing(person, &secret))
}

fn showing(person: PersonId, secret: &Secret) -> Response {
    let mut response = go("/people", Said::Invited);
    let value = format!(
        "{COOKIE}={person}.{}; Path=/people; Max-Age={SECONDS}; HttpOnly; SameSite=Strict",
        secret.reveal()
    );
    response.headers_mut().extend(HeaderValue::try_from(value).map(|value| (header::SET_COOKIE, value)));
    response
}

/// The newest invitation of the person who asks: for whom, and its path.
pub(crate) fn fresh(headers: &HeaderMap) -> Option<(PersonId, String)> {
    let jar = CookieJar::from_headers(headers);
    let (person, secret) = jar.get(COOKIE)?.value().split_once('.')?;
    Some((person.parse().ok()?, format!("/invitations/{secret}")))
}

/// `POST /invitations/{invitation}/withdrawals`
pub(crate) async fn withdraw(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(invitation): At<String>,
) -> Answer {
    let done = attendance::withdraw_invitation(&site.desk, owner.reach(), &invitation).await;
    settle(done, "/people", Said::InvitationWithdrawn, async |flash| {
        people::draw(&site, &owner, None, flash).await
    })
    .await
}

/// `GET /invitations/{token}`
pub(crate) async fn show(State(site): State<Site>, At(token): At<String>) -> Answer {
    Ok(draw(&site, &token, None, None).await?)
}

async fn draw(site: &Site, token: &str, flash: Option<Flash>, name: Option<&str>) -> Result<Response, Stop> {
    let person = accounts::whose_invitation(&site.desk, &Secret::presented(token)).await?;
    let places = workplaces::of(&site.desk, person.id).await?;
    let roles: Vec<String> =
        places.iter().map(|place| format!("{} in {}", place.role.title(), place.name)).collect();
    let role = match (roles.is_empty(), person.owner) {
        (false, _) => roles.join("; "),
        (true, Owner::Yes) => "Owner of this installation".to_owned(),
        (true, Owner::No) => "colleague".to_owned(),
    };
    page(&Invitation {
        flash,
        token: token.to_owned(),
        invited_by: "The owner of this installation".to_owned(),
        email: person.email.to_string(),
        role,
        name: name.map_or(person.name, str::to_owned),
    })
}

/// `POST /invitations/{token}`
pub(crate) async fn accept(
    State(site): State<Site>,
    At(token): At<String>,
    arrival: Arrival,
    headers: HeaderMap,
    form: Fields,
) -> Answer {
    let (secret, name) = (Secret::presented(&token), form.text("name"));
    let joined = async {
        // Choosing a password takes memory on purpose, so only whoever holds a link may make us do it.
        accounts::whose_invitation(&site.desk, &secret).await?;
        accounts::accept_invitation(&site.desk, &secret, name, form.text("password")).await
    };
    match joined.await {
        Ok(person) => {
            let session = sign_in::begin(&site.desk, person, &device(&headers)).await?;
            Ok(let_in(&session, &arrival, "/inbox?view=mine"))
        }
        Err(stop) => Ok(turned_down(stop, async |flash| draw(&site, &token, flash, Some(name)).await).await?),
    }
}
