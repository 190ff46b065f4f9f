//! Hand-overs: what is offered to whom, accepting by name, giving by hand.

use super::{
    Answer,
    acting::Acting,
    case::Drawn,
    go,
    inbox::{case_priority, shown_subject},
    page, refuse,
};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        hand_overs::{Card, HandOvers as HandOversView, NoteView, OfferView, SeamsView, TriedLine},
        marks::{Choice, ChoiceGroup},
        shell::{Flash, Place},
    },
    words::{Words, language},
};
use axum::{extract::State, response::Response};
use coverage::hand_over::{Circumstances, Note, Talk, Warmth};
use desk::{
    Stop,
    case_page::CasePage,
    hand_overs::{self, Given, Line, Offer, Recipient},
};
use kernel::{CaseId, HandOverId, Instant, LanguageTag, Reach};

const HERE: &str = "/hand-overs";

/// `GET /hand-overs`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    Ok(draw(&site, &signed_in, None).await?)
}

async fn draw(site: &Site, signed_in: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = hand_overs::board(&site.desk, signed_in.reach()).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let now = site.desk.clock.now();
    let cards = |lines: &[Line]| lines.iter().map(|one| card(&frame.words, one, now)).collect();
    page(&HandOversView {
        shell: frame.shell("Hand-overs", Place::HandOvers),
        to_reader: cards(&found.to_reader),
        to_others: cards(&found.to_others),
        given: cards(&found.given),
    })
}

fn card(words: &Words, line: &Line, now: Instant) -> Card {
    Card {
        id: line.offer.offered.id.to_string(),
        reference: cases::shown_reference(&line.reference),
        case_url: line.is_seen.then(|| format!("/cases/{}", line.offer.offered.case)),
        subject: shown_subject(&line.subject).to_owned(),
        client: client_mark(&line.client),
        language: language(&line.language),
        priority: case_priority(line.priority),
        offer: offer(words, &line.offer, now),
    }
}

fn offer(words: &Words, offer: &Offer, now: Instant) -> OfferView {
    let offered = &offer.offered;
    let is_late = offered.is_open() && (offered.led_at.is_some() || now >= offered.over.late_at());
    let (icon, standing) = standing(words, offer);
    let from = offer.giver.as_deref().unwrap_or("Nobody in particular");
    let to = offer.taker.as_deref().unwrap_or("everybody who could take it");
    let between = match offered.from_engagement == offered.to_engagement {
        true => format!("From {from} to {to}, both at {}.", offer.to),
        false => format!("From {from} at {} to {to} at {}.", offer.from, offer.to),
    };
    OfferView {
        id: offered.id.to_string(),
        seam: offered.seam.title(),
        since: words.exactly(offered.over.offered_at),
        between,
        standing,
        icon,
        is_late,
        is_open: offered.is_open(),
        is_warm: offered.warmth == Warmth::Warm,
        why: offered.because.sentence.clone(),
        asks: offer.asks_reader,
        needs_talk: offered.warmth == Warmth::Warm && offered.over.from.is_some(),
        may_keep: offer.may_keep,
        note: note(words, &offered.note),
    }
}

fn standing(words: &Words, offer: &Offer) -> (&'static str, String) {
    let offered = &offer.offered;
    let lead = offer.lead.as_deref().unwrap_or("the lead");
    match (&offer.accepted_by, offered.over.accepted) {
        (Some(by), Some((_, at))) => ("check", format!("{by} accepted it, {}.", words.exactly(at).words)),
        _ if offered.ended_at.is_some() => ("cross", "It isn’t offered any more.".to_owned()),
        _ => match offered.led_at {
            Some(at) => {
                let at = words.exactly(at).words;
                (
                    "alert",
                    format!(
                        "Late: {lead} has it, {at}, because nobody accepted it. Anybody in the team still can."
                    ),
                )
            }
            None => {
                let until = words.exactly(offered.over.late_at()).words;
                let giver = offer.giver.as_deref().unwrap_or("nobody");
                ("clock", format!("It is still {giver}’s. If nobody accepts it, {lead} has it: {until}."))
            }
        },
    }
}

fn note(words: &Words, note: &Note) -> NoteView {
    let tag: Option<LanguageTag> = note.needs_language.parse().ok();
    let tried = note.tried.iter().map(|one| TriedLine {
        at: words.exactly(one.at),
        by: one.by.clone(),
        what: one.what.clone(),
        result: one.result.clone(),
    });
    let when = |at: Option<Instant>| at.map(|at| words.exactly(at));
    let waiting = note.waiting.as_ref();
    NoteView {
        customer: format!("{}, a customer of {}", note.customer, note.client),
        needs: note.needs.clone(),
        needs_language: tag.as_ref().and_then(language),
        facts: note.facts.clone(),
        tried: tried.collect(),
        waiting: waiting
            .map(|one| (one.party.title().to_owned(), words.exactly(one.since), one.because.clone())),
        promises: note
            .promises
            .iter()
            .map(|one| (one.what.clone(), when(one.until), one.by.clone()))
            .collect(),
        next: note
            .next
            .as_ref()
            .map(|one| (one.what.clone(), one.owner.clone(), when(one.not_before), when(one.not_after))),
        language: format!("{}. {}", note.language, note.register).trim().to_owned(),
        mood: note.mood.clone(),
        do_not: note.do_not.clone(),
        is_called: note.page.is_some(),
        added: note
            .added
            .iter()
            .map(|one| (one.name.clone(), words.exactly(one.at), one.words.clone()))
            .collect(),
    }
}

/// What the page of a case shows of its hand-overs.
pub(super) fn of_case(words: &Words, found: &CasePage, reach: &Reach, now: Instant) -> SeamsView {
    let offers = &found.seams.offers;
    let open = offers.iter().find(|one| one.offered.is_open());
    let last = offers.iter().find(|one| one.offered.over.accepted.is_some());
    let case = &found.case;
    let is_theirs = case.assignee.is_none() || case.assignee == Some(reach.person());
    let may_give = case.state.is_open() && open.is_none() && (is_theirs || reach.leads(case.engagement));
    SeamsView {
        open: open.map(|one| offer(words, one, now)),
        last: last.filter(|_| case.state.is_open()).map(|one| offer(words, one, now)),
        recipients: if may_give { recipients(found) } else { Vec::new() },
    }
}

fn recipients(found: &CasePage) -> Vec<ChoiceGroup> {
    let recipients = &found.seams.recipients;
    let everybody = recipients
        .engagements
        .iter()
        .map(|one| Choice::new(format!("engagement:{}", one.id), format!("Everybody at {}", one.name)));
    let people =
        recipients.people.iter().map(|one| Choice::new(format!("person:{}", one.id), one.name.clone()));
    vec![
        ChoiceGroup { heading: "To everybody who could take it".to_owned(), choices: everybody.collect() },
        ChoiceGroup { heading: "To somebody".to_owned(), choices: people.collect() },
    ]
}

/// `POST /cases/{case}/hand-overs`
pub(crate) async fn give(acting: Acting, form: Fields) -> Answer {
    let given = async {
        let given = Given {
            to: recipient(form.text("taker"))?,
            words: form.text("words").to_owned(),
            circumstances: Circumstances {
                is_angry: form.text("angry") == "yes",
                is_vulnerable: form.text("care") == "yes",
                ..Circumstances::default()
            },
        };
        hand_overs::give(acting.desk(), acting.reach(), acting.case, given).await
    };
    match given.await {
        Ok(_) => Ok(acting.to_case(acting.case, Said::Offered)),
        Err(stop) => acting.refused(stop, Drawn::default()).await,
    }
}

fn recipient(typed: &str) -> Result<Recipient, Stop> {
    let read = |what: &str, id: &str| match what {
        "person" => id.parse().ok().map(Recipient::Person),
        "engagement" => id.parse().ok().map(Recipient::Everybody),
        _ => None,
    };
    typed.split_once(':').and_then(|(what, id)| read(what, id)).ok_or_else(crate::fields::unreadable)
}

/// `POST /hand-overs/{hand_over}/acceptances`
pub(crate) async fn accept(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<HandOverId>,
    form: Fields,
) -> Answer {
    let talk = Talk::of(form.text("talk"));
    let done = hand_overs::accept(&site.desk, signed_in.reach(), id, talk).await;
    ended(&site, &signed_in, done, Back::Case, Said::Accepted).await
}

/// `POST /hand-overs/{hand_over}/withdrawals`
pub(crate) async fn keep(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<HandOverId>,
    form: Fields,
) -> Answer {
    let done = hand_overs::keep(&site.desk, signed_in.reach(), id).await;
    ended(&site, &signed_in, done, back(&form), Said::Kept).await
}

/// `POST /hand-overs/{hand_over}/additions`
pub(crate) async fn add(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<HandOverId>,
    form: Fields,
) -> Answer {
    let done = hand_overs::add(&site.desk, signed_in.reach(), id, form.text("words")).await;
    ended(&site, &signed_in, done, back(&form), Said::NoteAdded).await
}

/// Where an act leads.
enum Back {
    /// To its case.
    Case,
    /// To the list.
    List,
}

fn back(form: &Fields) -> Back {
    if form.text("back") == "case" { Back::Case } else { Back::List }
}

/// To the case or the list; the list again with what was refused.
async fn ended(
    site: &Site,
    signed_in: &SignedIn,
    done: Result<CaseId, Stop>,
    back: Back,
    said: Said,
) -> Answer {
    match (done, back) {
        (Ok(case), Back::Case) => Ok(go(&format!("/cases/{case}"), said)),
        (Ok(_), Back::List) => Ok(go(HERE, said)),
        (Err(stop), _) => refuse(stop, async |flash| draw(site, signed_in, flash).await).await,
    }
}
