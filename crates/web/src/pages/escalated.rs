//! The page of the link in an escalation's letter: what was handed over, in the language of whoever has it.

use super::{
    Answer,
    account::Neighbour,
    escalation_parts::{field, no_step, standing, step, taking, typed, typed_fields},
    page,
};
use crate::{
    fields::{At, Fields},
    site::Site,
    views::{
        escalations::{Escalated, EscalatedOver, FieldView, StepLine},
        shell::{Flash, FlashKind},
    },
    words::Words,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use cases::escalation::{Act, EscalationStep, EscalationWords, escalation_words};
use desk::{
    Stop,
    escalations::{self, Linked, handed_over},
};
use jiff::tz::TimeZone;
use kernel::{Instant, Kind, LanguageTag, Refused};

/// `GET /escalated/{token}`: looking changes nothing.
pub(crate) async fn show(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    Ok(draw(&site, &token, None, None).await?)
}

/// `POST /escalated/{token}/steps`
pub(crate) async fn take_step(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
    form: Fields,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    let Some(found) = linked(&site, &token).await? else { return Ok(over(&LanguageTag::unknown())?) };
    let done = match step(&form, found.escalation.kind) {
        Some(step) => escalations::take_linked(&site.desk, &token, step).await,
        None => Err(no_step()),
    };
    answered(&site, &token, &form, &found, done).await
}

/// `POST /escalated/{token}/fields`
pub(crate) async fn fill_in(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
    form: Fields,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    let Some(found) = linked(&site, &token).await? else { return Ok(over(&LanguageTag::unknown())?) };
    let fields = typed_fields(&form, found.escalation.kind);
    let done = escalations::fill_in_linked(&site.desk, &token, fields).await;
    answered(&site, &token, &form, &found, done).await
}

async fn answered(site: &Site, token: &str, form: &Fields, found: &Linked, done: Result<(), Stop>) -> Answer {
    let words = escalation_words(&found.language);
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/escalated/{token}")).into_response()),
        Err(Stop::Refused(refused)) if refused.kind == Kind::NotFound => Ok(over(&found.language)?),
        Err(Stop::Refused(refused)) => {
            let mut response = draw(site, token, Some(form), Some(flash(words, &refused))).await?;
            *response.status_mut() = crate::faults::status_of(refused.kind);
            Ok(response)
        }
        Err(stop) => Err(stop.into()),
    }
}

/// The refusal in the reader's language, as far as it has one.
fn flash(words: &EscalationWords, refused: &Refused) -> Flash {
    let known = words.refusal(refused.code);
    // What is wrong with a field names it.
    let hint = (refused.code == "escalation.field" || known.is_none()).then(|| match known {
        Some(_) => refused.sentence.clone(),
        None => refused.hint.clone(),
    });
    let sentence = known.map_or_else(|| refused.sentence.clone(), str::to_owned);
    Flash { kind: FlashKind::Refused, sentence, hint }
}

/// What the link opens; `None` when it is none of ours.
async fn linked(site: &Site, token: &str) -> Result<Option<Linked>, Stop> {
    match escalations::escalated(&site.desk, token).await {
        Ok(found) => Ok(Some(found)),
        Err(Stop::Refused(refused)) if refused.kind == Kind::NotFound => Ok(None),
        Err(stop) => Err(stop),
    }
}

async fn draw(
    site: &Site,
    token: &str,
    form: Option<&Fields>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let Some(found) = linked(site, token).await? else { return over(&LanguageTag::unknown()) };
    if found.is_expired {
        return over(&found.language);
    }
    let words = escalation_words(&found.language);
    let one = &found.escalation;
    let said = |key: &str, otherwise: &'static str| words.field(key, otherwise).to_owned();
    let theirs = |one, value: &str| FieldView { hint: "", ..field(one, value, words.nothing, said) };
    let own = Words::new(site.desk.clock.now(), &found.zone);
    let was_told = one.standing.waits_for_givers().then(|| thanks(words));
    page(&Escalated {
        flash: flash.or(was_told),
        words,
        intro: words.intro.replace("{client}", &found.client),
        standing: standing(one.standing, words.standing(one.standing)),
        asked: one.asked.clone(),
        tried: one.tried.clone(),
        details: handed_over(words, one),
        needed: one.needed_at.filter(|_| one.closed_at.is_none()).map(|at| exactly(at, &found.zone)),
        steps: found.steps.iter().map(|step| step_line(words, &own, step, &found.client)).collect(),
        taking: taking(one, form, theirs),
        typed: typed(form),
        token: token.to_owned(),
    })
}

fn thanks(words: &EscalationWords) -> Flash {
    Flash { kind: FlashKind::Done, sentence: words.thanks.to_owned(), hint: None }
}

/// An instant without words of any language: `2026-11-25 14:00 +01:00`.
fn exactly(at: Instant, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M %:z").to_string()
}

/// Our people are called by the client's name.
fn step_line(words: &EscalationWords, own: &Words, step: &EscalationStep, client: &str) -> StepLine {
    let at = crate::views::marks::When {
        words: step.at.timestamp().to_zoned(own.time_zone()).strftime("%Y-%m-%d %H:%M").to_string(),
        ..own.exactly(step.at)
    };
    let (icon, what) = match words.tells(step.act) {
        Some(_) => ("inbound", client.to_owned()),
        None => ("outbound", format!("{}: {}", step.name, words.standing(step.standing))),
    };
    let icon = if step.act == Act::Reminded { "clock" } else { icon };
    StepLine { at, what, icon, words: step.words.clone() }
}

/// The page of a link that opens nothing any more.
fn over(language: &LanguageTag) -> Result<Response, Stop> {
    let words = escalation_words(language);
    let mut response = page(&EscalatedOver { language: words.language, sentence: words.expired })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}
