//! Replies that wait for a lead before they leave.

use super::{
    Answer,
    acting::{Acting, OnMessage},
    go, page,
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::{self, Said},
    session::SignedIn,
    site::Site,
    views::{
        permits::{Approvals, AwaitedReply},
        shell::{Administration, Flash, Place},
    },
    words::{Words, language},
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    approvals::{self, Decision, Waiting},
};
use kernel::{Kind, LanguageTag};

const HERE: &str = "/approvals";

/// `GET /approvals`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    Ok(draw(&site, &signed_in, None, None).await?)
}

async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    flash: Option<Flash>,
    typed: Option<(kernel::MessageId, &str)>,
) -> Result<Response, Stop> {
    let found = approvals::waiting(&site.desk, signed_in.reach()).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let mut waiting: Vec<AwaitedReply> = found.iter().map(|one| awaited(&frame.words, one)).collect();
    for (one, shown) in found.iter().zip(&mut waiting) {
        if let Some((_, text)) = typed.filter(|(message, _)| *message == one.reply.id) {
            text.clone_into(&mut shown.text);
        }
    }
    page(&Approvals {
        shell: frame.shell("Approvals", Place::Administration(Administration::Approvals)),
        waiting,
    })
}

fn awaited(words: &Words, one: &Waiting) -> AwaitedReply {
    let question = one.question.as_ref();
    AwaitedReply {
        url: format!("/cases/{}/messages/{}", one.case.id, one.reply.id),
        case_url: format!("/cases/{}", one.case.id),
        reference: cases::shown_reference(&one.case.reference),
        subject: super::inbox::shown_subject(&one.case.subject).to_owned(),
        author: one.author.clone(),
        because: one.approval.because.sentence.clone(),
        since: words.exactly(one.approval.asked_at),
        question: question.map(|message| message.new_text.clone()).unwrap_or_default(),
        question_language: question.map_or(("und".to_owned(), "auto"), |one| tongue(&one.language)),
        own: one.own.clone(),
        text: one.reply.new_text.clone(),
        language: tongue(&one.reply.language),
        is_own: one.is_own,
    }
}

fn tongue(tag: &LanguageTag) -> (String, &'static str) {
    language(tag).map_or(("und".to_owned(), "auto"), |known| (known.tag, known.direction))
}

/// `POST /cases/{case}/messages/{message}/approvals`
pub(crate) async fn decide(acting: Acting, At(OnMessage { message }): At<OnMessage>, form: Fields) -> Answer {
    let (decision, said) = match form.text("then") {
        "return" => (Decision::Return { advice: form.text("advice").to_owned() }, Said::ReplyReturned),
        _ => (Decision::Approve { text: form.text("text").to_owned() }, Said::ReplyApproved),
    };
    let done = approvals::decide(acting.desk(), acting.reach(), acting.case, message, decision).await;
    match done {
        Ok(()) => Ok(go(HERE, said)),
        Err(Stop::Refused(refused)) if refused.kind != Kind::NotFound => {
            let typed = Some((message, form.text("text")));
            let flash = Some(said::refused(&refused));
            let mut response = draw(&acting.site, &acting.signed_in, flash, typed).await?;
            *response.status_mut() = super::form_status(refused.kind);
            Ok(response)
        }
        Err(stop) => Err(stop.into()),
    }
}
