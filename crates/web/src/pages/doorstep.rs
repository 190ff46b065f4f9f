//! The doorstep: signing in and out, and the first run. What a stranger learns here is the same whoever exists.

use super::{Answer, account::Neighbour, go, page};
use crate::{
    faults::status_of,
    fields::{Asked, Fields},
    said::{self, Said},
    session::{self, Arrival, SignedIn},
    site::Site,
    views::{
        doorstep::{DemoCompany, DemoPerson, FirstRun, SignIn},
        marks::Choice,
        shell::Flash,
    },
    words::{OFFERED, initials, language_name},
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Stop,
    administration::{self, SetUp},
    set_up, sign_in,
};
use kernel::{Kind, Owner, PersonId};
use people::{Client, PeopleRefusal, Person, Secret, Team};

/// `GET /sign-in`
pub(crate) async fn show(State(site): State<Site>, headers: HeaderMap, Asked(asked): Asked) -> Answer {
    if site.is_first_run().await? {
        return Ok(Redirect::to("/first-run").into_response());
    }
    let flash = Said::of(&headers).map(Said::flash);
    Ok(draw(&site, flash, "", asked.text("then")).await?)
}

async fn draw(site: &Site, flash: Option<Flash>, email: &str, then: &str) -> Result<Response, Stop> {
    let companies =
        if site.is_demo() { companies(&administration::whole(&site.desk).await?) } else { Vec::new() };
    page(&SignIn { flash, email: email.to_owned(), then: ours(then).to_owned(), companies })
}

/// A path of ours; anything else leads to the inbox. `//host` and `/\host` are other sites.
fn ours(then: &str) -> &str {
    let starts_here = then.starts_with('/') && !then.starts_with("//") && !then.contains('\\');
    if starts_here && !then.contains(char::is_control) { then } else { "" }
}

fn where_to(then: &str) -> &str {
    match ours(then) {
        "" | "/" => "/inbox?view=mine",
        path => path,
    }
}

/// `POST /sign-in`
pub(crate) async fn sign_in(
    State(site): State<Site>,
    from: Neighbour,
    arrival: Arrival,
    headers: HeaderMap,
    form: Fields,
) -> Answer {
    let (email, then) = (form.text("email"), form.text("then"));
    let began = async {
        let _door = site.attempts.one_more(from.0, email).await?;
        sign_in::sign_in(&site.desk, email, form.text("password"), &device(&headers)).await
    };
    match began.await {
        Ok(token) => Ok(let_in(&token, &arrival, where_to(then))),
        Err(stop) => Ok(turned_down(stop, async |flash| draw(&site, flash, email, then).await).await?),
    }
}

/// The page of a stranger again, with the refusal above its form.
pub(crate) async fn turned_down(
    stop: Stop,
    again: impl AsyncFnOnce(Option<Flash>) -> Result<Response, Stop>,
) -> Result<Response, Stop> {
    match stop {
        Stop::Refused(refused) if refused.kind != Kind::NotFound => {
            let mut response = again(Some(said::refused(&refused))).await?;
            *response.status_mut() = status_of(refused.kind);
            Ok(response)
        }
        stop => Err(stop),
    }
}

/// The browser as it names itself.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// Lets somebody in with a session that has just begun.
pub(crate) fn let_in(token: &Secret, arrival: &Arrival, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    session::begin(token, arrival, response.headers_mut());
    response
}

/// `POST /sign-in/demo`: one click, and only in a demo, where everybody is invented.
pub(crate) async fn sign_in_demo(
    State(site): State<Site>,
    arrival: Arrival,
    headers: HeaderMap,
    form: Fields,
) -> Answer {
    let wanted: Option<PersonId> = form.text("person").parse().ok().filter(|_| site.is_demo());
    let found = administration::whole(&site.desk).await?;
    let person = found.persons.iter().find(|person| Some(person.id) == wanted);
    let person = person.filter(|person| person.disabled_at.is_none()).ok_or(PeopleRefusal::NotFound)?;
    let token = sign_in::begin(&site.desk, person.id, &device(&headers)).await?;
    Ok(let_in(&token, &arrival, where_to(form.text("then"))))
}

/// `POST /sign-out`: also for a session that has ended already.
pub(crate) async fn sign_out(
    State(site): State<Site>,
    signed_in: Option<SignedIn>,
    arrival: Arrival,
) -> Answer {
    if let Some(signed_in) = signed_in {
        sign_in::sign_out(&site.desk, &signed_in).await?;
    }
    let mut response = go("/sign-in", Said::SignedOut);
    session::end(&arrival, response.headers_mut());
    Ok(response)
}

/// The demo's companies with their people: clients, their own teams, partners; owners first.
fn companies(found: &SetUp) -> Vec<DemoCompany> {
    let owners = found.persons.iter().filter(|person| person.owner == Owner::Yes);
    let owners = owners.map(|person| demo_person(person, "Owner")).collect();
    let mut companies = vec![company("This installation", "everything but customers", owners)];
    for client in &found.clients {
        companies.push(company(&client.name, "client", at_client(found, client)));
    }
    for team in found.teams.iter().filter(|team| team.client.is_some()) {
        companies.push(company(&team.name, "in-house team", in_team(found, team)));
    }
    for partner in &found.partners {
        let teams = found.teams.iter().filter(|team| team.partner == Some(partner.id));
        let people = teams.flat_map(|team| in_team(found, team)).collect();
        companies.push(company(&partner.name, &format!("partner, {}", partner.city), people));
    }
    companies.retain(|company| !company.people.is_empty());
    companies
}

fn company(name: &str, kind: &str, people: Vec<DemoPerson>) -> DemoCompany {
    DemoCompany { name: name.to_owned(), kind: kind.to_owned(), people }
}

fn at_client(found: &SetUp, client: &Client) -> Vec<DemoPerson> {
    let seats = found.seats.iter().filter(|seat| seat.client == Some(client.id));
    seats.filter_map(|seat| seated(found, seat.person, seat.role.title())).collect()
}

fn in_team(found: &SetUp, team: &Team) -> Vec<DemoPerson> {
    let mut seats: Vec<_> = found.seats.iter().filter(|seat| seat.team == Some(team.id)).collect();
    seats.sort_by_key(|seat| seat.role);
    seats.into_iter().filter_map(|seat| seated(found, seat.person, seat.role.title())).collect()
}

fn seated(found: &SetUp, id: PersonId, role: &str) -> Option<DemoPerson> {
    let person = found.persons.iter().find(|person| person.id == id && person.disabled_at.is_none());
    person.map(|person| demo_person(person, role))
}

fn demo_person(person: &Person, role: &str) -> DemoPerson {
    DemoPerson {
        id: person.id.to_string(),
        name: person.name.clone(),
        initials: initials(&person.name),
        role: role.to_owned(),
        languages: person.languages.iter().map(|spoken| spoken.language.to_string()).collect(),
    }
}

/// `GET /first-run`
pub(crate) async fn first_run_page(State(site): State<Site>) -> Answer {
    if !site.is_first_run().await? {
        return Err(PeopleRefusal::NotFound.into());
    }
    Ok(draw_first_run(None, &Fields::default())?)
}

fn draw_first_run(flash: Option<Flash>, form: &Fields) -> Result<Response, Stop> {
    let chosen = if form.text("language").is_empty() { "en" } else { form.text("language") };
    let typed = |name: &str| form.text(name).to_owned();
    page(&FirstRun {
        flash,
        name: typed("name"),
        email: typed("email"),
        client: typed("client"),
        mailbox: typed("mailbox"),
        languages: languages(chosen),
    })
}

/// The languages that forms offer, one of them chosen.
pub(crate) fn languages(chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = OFFERED
        .into_iter()
        .map(|tag| Choice {
            value: tag.to_owned(),
            words: language_name(tag).to_owned(),
            is_chosen: tag == chosen,
        })
        .collect();
    choices.sort_by(|one, other| one.words.cmp(&other.words));
    choices
}

/// `POST /first-run`
pub(crate) async fn first_run(
    State(site): State<Site>,
    arrival: Arrival,
    headers: HeaderMap,
    form: Fields,
) -> Answer {
    if !site.is_first_run().await? {
        return Err(PeopleRefusal::NotFound.into());
    }
    match make_owner(&site, &headers, &form).await {
        Ok(token) => Ok(let_in(&token, &arrival, "/clients")),
        Err(stop) => Ok(turned_down(stop, async |flash| draw_first_run(flash, &form)).await?),
    }
}

async fn make_owner(site: &Site, headers: &HeaderMap, form: &Fields) -> Result<Secret, Stop> {
    let client = form.text("client").trim();
    let named = (!client.is_empty()).then(|| (client.to_owned(), form.text("mailbox").to_owned()));
    let filled = set_up::FirstRun {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        password: form.text("password").to_owned(),
        client: named,
    };
    let owner = set_up::first_run(&site.desk, filled).await?;
    let token = sign_in::begin(&site.desk, owner, &device(headers)).await?;
    speak(site, &token, form.text("language")).await?;
    Ok(token)
}

/// Notes the language of the first client's customers.
async fn speak(site: &Site, token: &Secret, language: &str) -> Result<(), Stop> {
    let Some(owner) = sign_in::who(&site.desk, token).await? else { return Ok(()) };
    let found = administration::set_up(&site.desk, &owner.reach).await?;
    match (found.clients.into_iter().next(), language.parse()) {
        (Some(client), Ok(language)) => {
            set_up::change_client(&site.desk, &owner.reach, Client { language, ..client }).await
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::where_to;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        let check = |then: &str, to: &str| assert_eq!(where_to(then), to, "{then}");
        check("/cases/1?view=mine", "/cases/1?view=mine");
        check("", "/inbox?view=mine");
        check("https://evil.example", "/inbox?view=mine");
        check("//evil.example", "/inbox?view=mine");
        check("/\\evil.example", "/inbox?view=mine");
        check("/a\r\nSet-Cookie: b", "/inbox?view=mine");
    }
}
