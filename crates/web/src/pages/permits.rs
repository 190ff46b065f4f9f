//! Who may answer a client's customers, and who knows what: for those who lead the work.

use super::{Answer, go, page, refuse};
use crate::{
    fields::{Asked, At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        marks::Choice,
        permits::{HeldPermits, HistoryLine, PermitCell, PermitRow, Permits},
        shell::{Administration, Flash, Place},
    },
    words::{Words, short_day},
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    permits::{self, Board, Granted, Held},
};
use kernel::{ClientId, PermitId, PersonId};
use routing::{
    RoutingRefusal,
    permits::{Permit, Stage},
};

/// `GET /permits`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let led = permits::led(signed_in.reach());
    let client = asked.text("client").parse().ok().or_else(|| led.first().copied());
    let client = client.ok_or_else(|| Stop::from(RoutingRefusal::NotFound))?;
    Ok(draw(&site, &signed_in, client, None).await?)
}

fn url(client: ClientId) -> String {
    format!("/permits?client={client}")
}

async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    client: ClientId,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = permits::board(&site.desk, signed_in.reach(), client).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let led = permits::led(signed_in.reach());
    let others = frame.clients().filter(|one| one.id != client && led.contains(&one.id));
    let others = others.map(|one| (url(one.id), client_mark(one))).collect();
    let intents = intents(&found);
    let names = intents.iter().map(|one| if one.is_empty() { "Everything".to_owned() } else { one.clone() });
    let words = &frame.words;
    page(&Permits {
        shell: frame.shell("Permits", Place::Administration(Administration::Permits)),
        client: client_mark(&found.client),
        others,
        has_begun: found.has_begun,
        rows: found.people.iter().map(|person| row(words, &found, &intents, person)).collect(),
        people: others_than(signed_in, &found),
        stages: stages(Stage::EveryReply),
        history: history(words, &found),
        intents: names.collect(),
    })
}

/// Nobody grants to themselves.
fn others_than(signed_in: &SignedIn, found: &Board) -> Vec<Choice> {
    let others = found.people.iter().filter(|person| person.id != signed_in.reach().person());
    others.map(|person| Choice::new(person.id.to_string(), &person.name)).collect()
}

fn stages(chosen: Stage) -> Vec<Choice> {
    let choice = |stage: Stage| {
        let choice = Choice::new(stage.as_str(), stage.title());
        if stage == chosen { choice.chosen() } else { choice }
    };
    Stage::ALL.map(choice).to_vec()
}

/// The columns: everything first, then each intent that somebody holds.
fn intents(found: &Board) -> Vec<String> {
    let held = found.permits.iter().filter(|permit| permit.ended.is_none());
    let mut intents: Vec<String> = held.map(|permit| permit.intent.clone()).collect();
    intents.push(String::new());
    intents.sort();
    intents.dedup();
    intents
}

fn row(words: &Words, found: &Board, intents: &[String], person: &::people::Person) -> PermitRow {
    let today = words.today();
    let of = |intent: &String| {
        let mut own =
            found.permits.iter().filter(|permit| permit.person == person.id && permit.ended.is_none());
        own.find(|permit| permit.intent == *intent).map(|permit| cell(words, found, permit, &today))
    };
    let skills = found.skills.iter().filter(|skill| skill.person == person.id);
    PermitRow {
        id: person.id.to_string(),
        name: person.name.clone(),
        skills: skills.map(|skill| (skill.skill.clone(), until(skill.until_on.as_deref()))).collect(),
        cells: intents.iter().map(of).collect(),
    }
}

fn until(day: Option<&str>) -> String {
    day.map(|day| format!("until {}", short_day(day))).unwrap_or_default()
}

fn cell(words: &Words, found: &Board, permit: &Permit, today: &str) -> PermitCell {
    let by = permit.granted_by.map(|by| format!(" by {}", name(found, by))).unwrap_or_default();
    PermitCell {
        id: permit.id.to_string(),
        stage: permit.stage.title(),
        icon: match permit.stage {
            Stage::Free => "check",
            Stage::Sample => "dot",
            Stage::EveryReply => "eye",
        },
        until: until(permit.until_on.as_deref()),
        has_expired: permit.has_expired(today),
        ends_soon: permit.ends_soon(today),
        evidence: permit.evidence.clone(),
        granted: format!("Granted {}{by}", words.exactly(permit.granted_at).words),
        stages: stages(permit.stage),
    }
}

fn name(found: &Board, person: PersonId) -> String {
    let known = found.names.iter().find(|(id, _)| *id == person);
    known.map_or_else(|| "somebody who left".to_owned(), |(_, name)| name.clone())
}

fn history(words: &Words, found: &Board) -> Vec<HistoryLine> {
    let ended = found.permits.iter().filter_map(|permit| Some((permit, permit.ended.as_ref()?)));
    let line = |(permit, ended): (&Permit, &routing::permits::Ended)| HistoryLine {
        words: format!("{}: {}", name(found, permit.person), in_words(permit)),
        because: ended.because.clone(),
        at: words.exactly(ended.at),
        by: ended.by.map(|by| format!("by {}", name(found, by))).unwrap_or_default(),
    };
    ended.map(line).collect()
}

/// "returns, sample approved, until 31 May 2027".
fn in_words(permit: &Permit) -> String {
    let intent = if permit.intent.is_empty() { "everything" } else { &permit.intent };
    let parts = [intent.to_owned(), permit.stage.title().to_lowercase(), until(permit.until_on.as_deref())];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What somebody holds, for their own page and that of owners.
pub(super) fn held(words: &Words, found: &Held) -> HeldPermits {
    let today = words.today();
    let lines = found.permits.iter().filter(|(_, permit)| permit.ended.is_none());
    let line = |(client, permit): &(String, Permit)| {
        (format!("{client}: {}", in_words(permit)), permit.holds(&today))
    };
    HeldPermits {
        lines: lines.map(line).collect(),
        skills: found.skills.iter().map(|skill| skill.skill.clone()).collect(),
    }
}

/// Back to the client's page, with what was done or why not.
async fn settled(
    site: &Site,
    signed_in: &SignedIn,
    form: &Fields,
    done: Result<(), Stop>,
    said: Said,
) -> Answer {
    let client: ClientId = form.one("client")?;
    match done {
        Ok(()) => Ok(go(&url(client), said)),
        Err(stop) => refuse(stop, async |flash| draw(site, signed_in, client, flash).await).await,
    }
}

/// `POST /permits`
pub(crate) async fn grant(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let granted = Granted {
        person: form.one("person")?,
        client: form.one("client")?,
        intent: form.text("intent").to_owned(),
        stage: form.one("stage")?,
        evidence: form.text("evidence").to_owned(),
        until: form.text("until").to_owned(),
    };
    let done = permits::grant(&site.desk, signed_in.reach(), granted).await.map(drop);
    settled(&site, &signed_in, &form, done, Said::PermitGranted).await
}

/// `POST /permits/{permit}/stages`
pub(crate) async fn change_stage(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(permit): At<PermitId>,
    form: Fields,
) -> Answer {
    let (stage, because) = (form.one("stage")?, form.text("because"));
    let done = permits::change_stage(&site.desk, signed_in.reach(), permit, stage, because).await;
    settled(&site, &signed_in, &form, done, Said::PermitChanged).await
}

/// `POST /permits/{permit}/endings`
pub(crate) async fn end(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(permit): At<PermitId>,
    form: Fields,
) -> Answer {
    let done = permits::end(&site.desk, signed_in.reach(), permit, form.text("because")).await;
    settled(&site, &signed_in, &form, done, Said::PermitEnded).await
}

/// `POST /skills`
pub(crate) async fn enter_skill(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let (client, person) = (form.one("client")?, form.one("person")?);
    let (skill, until) = (form.text("skill"), form.text("until"));
    let done = permits::enter_skill(&site.desk, signed_in.reach(), client, person, skill, until).await;
    settled(&site, &signed_in, &form, done, Said::SkillEntered).await
}

/// `POST /skills/removals`
pub(crate) async fn drop_skill(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    let (client, person) = (form.one("client")?, form.one("person")?);
    let done = permits::drop_skill(&site.desk, signed_in.reach(), client, person, form.text("skill")).await;
    settled(&site, &signed_in, &form, done, Said::SkillDropped).await
}
