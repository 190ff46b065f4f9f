//! The barrier meter's pages, and the signals at a message.

use super::{
    Answer,
    acting::{Acting, OnMessage},
    inbox::shown_subject,
    page,
};
use crate::{
    fields::{Asked, At, Fields},
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        marks::Choice,
        meter::{FigureLine, Meter, MeterCase, MeterCases, RateCell, SignalLine, TeamFigures},
        shell::{Administration, Place},
    },
    words::{language, language_name},
};
use ::language::understanding::{COUNTS_FROM, Rate};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use cases::{Message, handlings::Handling, signals::KeptSignal};
use desk::{
    Stop,
    case_page::CasePage,
    meter::{self, Group, PERIODS, Wanted},
    signals,
};
use std::fmt::Write as _;

const HERE: &str = "/understanding";
/// Fewer cases say little, and the page says so.
const FEW: i64 = 30;

fn days(asked: &Fields) -> u32 {
    let asked = asked.text("days").parse().ok();
    asked.filter(|days| PERIODS.contains(days)).unwrap_or(28)
}

/// `GET /understanding`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let days = days(&asked);
    let groups = meter::meter(&site.desk, signed_in.reach(), days).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let period = |one: u32| Choice {
        value: one.to_string(),
        words: format!("the last {one} days"),
        is_chosen: one == days,
    };
    let mut teams: Vec<TeamFigures> = Vec::new();
    for group in &groups {
        let (client, team) = (&group.team.client_name, &group.team.name);
        let line = line(group, days);
        match teams.last_mut().filter(|last| (&last.client, &last.team) == (client, team)) {
            Some(last) => last.lines.push(line),
            None => teams.push(TeamFigures { client: client.clone(), team: team.clone(), lines: vec![line] }),
        }
    }
    Ok(page(&Meter {
        shell: frame.shell("Understanding", Place::Administration(Administration::Understanding)),
        periods: PERIODS.map(period).to_vec(),
        figures_url: format!("{HERE}/figures?days={days}"),
        teams,
    })?)
}

fn line(group: &Group, days: u32) -> FigureLine {
    let engagement = group.team.engagement;
    let (customer, own) = (&group.customer_language, &group.own_language);
    let url = format!(
        "{HERE}/cases?engagement={engagement}&customer={customer}&own={own}&handling={}&days={days}",
        group.handling
    );
    FigureLine {
        pair: pair(group),
        handling: handling(group.handling),
        cases: group.counts.cases,
        is_small: group.counts.cases < FEW,
        misunderstood: rate(&group.misunderstood),
        unresolved: rate(&group.unresolved),
        repeated: rate(&group.repeated),
        asked_for_person: rate(&group.asked_for_person),
        clarifications: format!("{:.1}", ratio(group.counts.clarifications, group.counts.cases)),
        expected: group.expected.map(percent).unwrap_or_default(),
        expected_at: group.expected.map(|share| format!("{:.1}", share * 100.0)),
        url: (group.counts.misunderstood > 0).then_some(url),
    }
}

fn ratio(count: i64, of: i64) -> f64 {
    let (count, of) = (u32::try_from(count).unwrap_or(u32::MAX), u32::try_from(of).unwrap_or(u32::MAX));
    if of == 0 { 0.0 } else { f64::from(count) / f64::from(of) }
}

fn pair(group: &Group) -> String {
    let (own, customer) = (group.own_language.as_str(), group.customer_language.as_str());
    if group.own_language.is_same_language(&group.customer_language) {
        return language_name(customer).to_owned();
    }
    format!("{} → {}", language_name(own), language_name(customer))
}

/// What a way of handling is called on pages.
fn handling(handling: Handling) -> &'static str {
    match handling {
        Handling::Native => "Native",
        Handling::Bilingual => "Certified bilingual",
        Handling::OwnLevel => "Not certified",
        Handling::Machine => "Machine",
        Handling::OtherLanguage => "Other language",
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn rate(rate: &Rate) -> RateCell {
    let Some((share, interval)) = rate.share().zip(rate.interval) else { return RateCell::default() };
    let place = |share: f64| format!("{:.1}", share * 100.0);
    RateCell {
        count: format!("{} of {}", rate.happened, rate.of),
        share: percent(share),
        interval: format!("{:.0}–{:.0} %", interval.low * 100.0, interval.high * 100.0),
        low: place(interval.low),
        width: place(interval.high - interval.low),
        at: place(share),
    }
}

/// `GET /understanding/figures`
pub(crate) async fn figures(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let groups = meter::meter(&site.desk, signed_in.reach(), days(&asked)).await?;
    let mut csv = String::from(
        "client,team,customer_language,own_language,handling,cases,misunderstood,low,high,unresolved,repeated,asked_for_person,\
         clarifications,expected_with_native\n",
    );
    for group in &groups {
        let counts = &group.counts;
        let bound = |of: fn(::language::understanding::Interval) -> f64| {
            group.misunderstood.interval.map(|interval| format!("{:.4}", of(interval))).unwrap_or_default()
        };
        let expected = group.expected.map(|share| format!("{share:.4}")).unwrap_or_default();
        let _ = writeln!(
            csv,
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{expected}",
            quoted(&group.team.client_name),
            quoted(&group.team.name),
            group.customer_language,
            group.own_language,
            group.handling,
            counts.cases,
            counts.misunderstood,
            bound(|interval| interval.low),
            bound(|interval| interval.high),
            counts.unresolved,
            counts.repeated,
            counts.asked_for_person,
            counts.clarifications,
        );
    }
    let disposition = "attachment; filename=\"understanding.csv\"";
    let head =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, disposition)];
    Ok((head, csv).into_response())
}

/// A cell in quotes. One that a spreadsheet would take for a formula begins with an apostrophe.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// `GET /understanding/cases`
pub(crate) async fn cases_behind(
    State(site): State<Site>,
    signed_in: SignedIn,
    Asked(asked): Asked,
) -> Answer {
    Ok(draw_cases(&site, &signed_in, &asked).await?)
}

async fn draw_cases(site: &Site, signed_in: &SignedIn, asked: &Fields) -> Result<Response, Stop> {
    let wanted = Wanted {
        engagement: asked.one("engagement").map_err(|_| ::people::PeopleRefusal::NotFound)?,
        customer_language: asked.one("customer")?,
        own_language: asked.one("own")?,
        handling: asked.one("handling")?,
        days: days(asked),
    };
    let heading =
        format!("{}, {}", language_name(wanted.customer_language.as_str()), handling(wanted.handling));
    let back_url = format!("{HERE}?days={}", wanted.days);
    let found = meter::cases(&site.desk, signed_in.reach(), wanted).await?;
    let frame = Frame::of(site, signed_in).await?;
    let cases = found.iter().map(|(case, signals)| MeterCase {
        url: format!("/cases/{}", case.id),
        reference: cases::shown_reference(&case.reference),
        subject: shown_subject(&case.subject).to_owned(),
        language: language(&case.language),
        active: frame.words.briefly(case.updated_at),
        signals: signals.iter().map(|signal| signal_line(signal, None)).filter(|line| line.counts).collect(),
    });
    page(&MeterCases {
        shell: frame.shell(&heading, Place::Administration(Administration::Understanding)),
        heading,
        back_url,
        cases: cases.collect(),
    })
}

/// The signals at a message, dismissed ones left out.
pub(super) fn of_message(found: &CasePage, message: &Message) -> Vec<SignalLine> {
    let here =
        found.talk.signals.iter().filter(|one| one.message == message.id && one.dismissed_by.is_none());
    // What was said with a click is told beside it by itself.
    let by_words = here.filter(|one| !["pressed", "second_reader"].contains(&one.kind.as_str()));
    let url = format!("/cases/{}/messages/{}/signals/dismissals", message.case, message.id);
    by_words.map(|one| signal_line(one, Some(url.clone()))).collect()
}

fn signal_line(signal: &KeptSignal, dismiss_url: Option<String>) -> SignalLine {
    let is_sure = signal.confidence >= COUNTS_FROM;
    SignalLine {
        title: title(&signal.kind),
        because: signal.because.clone(),
        words: signal.words.clone(),
        sure: if signal.confidence < 1.0 {
            format!("{} sure", percent(signal.confidence))
        } else {
            String::new()
        },
        dismiss_url,
        kind: signal.kind.clone(),
        counts: is_sure && signal.dismissed_by.is_none(),
    }
}

fn title(kind: &str) -> &'static str {
    match kind {
        "explicit_phrase" => "says so",
        "asking_back" => "asks back",
        "repeated_question" => "asks again",
        "language_switch" => "changes the language",
        "wrong_step" => "a step went wrong",
        "asks_for_person" => "asks for a person",
        "silence_after_instruction" => "silence after an instruction",
        "repeat_contact" => "came back with the same",
        "asks_twice" => "we ask again",
        "other_product" => "we answer about another product",
        "many_translations" => "translated again and again",
        "pressed" => "pressed “I did not understand this”",
        "second_reader" => "we asked for a second reader",
        _ => "a signal",
    }
}

/// `POST /cases/{case}/messages/{message}/signals/dismissals`
pub(crate) async fn dismiss(acting: Acting, At(on): At<OnMessage>, form: Fields) -> Answer {
    let kind = form.text("kind");
    let done = signals::dismiss(acting.desk(), acting.reach(), acting.case, on.message, kind).await;
    acting.ended(done, Said::SignalDismissed).await
}
