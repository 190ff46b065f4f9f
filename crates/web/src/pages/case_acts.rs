//! What is done on the page of a case: replying, noting, assigning, moving, prioritising, taking back, trying again, asking for a second
//! reader.

use super::{
    Answer,
    acting::{Acting, OnMessage},
    case::{Drawn, Typed},
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    later,
    said::Said,
    uploads::WithFiles,
};
use axum::{http::StatusCode, response::IntoResponse};
use cases::{DraftKind, Plan, Priority, State as CaseState, WhenAnswered};
use desk::{
    Stop, bounces, draft_files,
    enclosures::Attached,
    replies::{self, Then},
    understanding,
    wording::{IsChecked, Own},
    work,
};
use kernel::{Kind, PersonId};

/// `POST /cases/{case}/replies`
pub(crate) async fn reply(acting: Acting, WithFiles { fields: form, files }: WithFiles) -> Answer {
    let closes = form.text("then") == "close";
    let (then, said) =
        if closes { (Then::Close, Said::ReplyGoesAndCloses) } else { (Then::Wait, Said::ReplyGoes) };
    let kept_files: Vec<i64> = form.all("kept_files").filter_map(|position| position.parse().ok()).collect();
    let sent = async {
        let plan = plan(&acting, &form).await?;
        let words = replies::Words {
            text: form.text("text").to_owned(),
            files: files.clone(),
            kept_files: kept_files.clone(),
            to: form.text("to").to_owned(),
            copies: form.text("copies").to_owned(),
            plan,
            own: Own {
                text: form.text("own").to_owned(),
                checked: if form.text("checked") == "yes" { IsChecked::Yes } else { IsChecked::No },
            },
        };
        let sent = replies::send(acting.desk(), acting.reach(), acting.case, words, then).await;
        sent.map(|_| if plan.is_some() { Said::Scheduled } else { said })
    };
    let stop = match sent.await {
        Ok(said) => return Ok(acting.to_case(acting.case, said)),
        Err(stop) => stop,
    };
    if matches!(&stop, Stop::Refused(refused) if refused.kind != Kind::NotFound) {
        keep_files(&acting, kept_files, files).await;
    }
    let typed = Typed {
        kind: DraftKind::Reply,
        text: form.text("text").to_owned(),
        to: form.text("to").to_owned(),
        copies: Some(form.text("copies").to_owned()),
        later_at: form.text("later_at").to_owned(),
        own: Some(form.text("own").to_owned()).filter(|own| !own.is_empty()),
    };
    acting.refused(stop, Drawn { typed: Some(typed), ..Drawn::default() }).await
}

/// A browser forgets what was picked, so the desk keeps it for a reply that was refused. What can't be kept is no reason to hide the
/// refusal: the page shows which files are there.
async fn keep_files(acting: &Acting, stay: Vec<i64>, files: Vec<Attached>) {
    let kept = draft_files::keep(acting.desk(), acting.reach(), acting.case, stay, files).await;
    if let Err(Stop::Fault(fault)) = kept {
        tracing::warn!(%fault, case = %acting.case, "the files of a refused reply aren't kept");
    }
}

/// When the reply is to go, if not now: a quick choice, or a time that was typed, by whichever button it was sent.
async fn plan(acting: &Acting, form: &Fields) -> Result<Option<Plan>, Stop> {
    let (quick, at) = (form.text("later"), form.text("later_at"));
    let asked = !quick.is_empty() || !at.is_empty();
    let when_answered =
        if form.text("when_answered") == "send" { WhenAnswered::Send } else { WhenAnswered::Hold };
    let at = match later::chosen(quick) {
        Some(at) => Some(at),
        None if asked => later::typed(at, Frame::of(&acting.site, &acting.signed_in).await?.words.zone()),
        None => return Ok(None),
    };
    let at = at.ok_or(cases::CaseRefusal::NotLater)?;
    Ok(Some(Plan { at, when_answered }))
}

/// `POST /cases/{case}/notes`
pub(crate) async fn note(acting: Acting, form: Fields) -> Answer {
    let text = form.text("text");
    let Err(stop) = replies::note(acting.desk(), acting.reach(), acting.case, text).await else {
        return Ok(acting.to_case(acting.case, Said::Noted));
    };
    let typed = Typed {
        kind: DraftKind::Note,
        text: text.to_owned(),
        to: String::new(),
        copies: None,
        later_at: String::new(),
        own: None,
    };
    acting.refused(stop, Drawn { typed: Some(typed), ..Drawn::default() }).await
}

/// `POST /cases/{case}/draft`
pub(crate) async fn draft(acting: Acting, form: Fields) -> Answer {
    let kind = if form.text("kind") == "note" { DraftKind::Note } else { DraftKind::Reply };
    // A reply that is said in another language is drafted in the representative's.
    let text = if form.text("own").is_empty() { form.text("text") } else { form.text("own") };
    replies::save_draft(acting.desk(), acting.reach(), acting.case, kind, text).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /cases/{case}/assignment`
pub(crate) async fn assign(acting: Acting, form: Fields) -> Answer {
    let nobody = form.text("person").is_empty();
    let to = async {
        let to = if nobody { None } else { Some(form.one::<PersonId>("person")?) };
        work::assign(acting.desk(), acting.reach(), acting.case, to).await
    };
    acting.ended(to.await, if nobody { Said::GivenBack } else { Said::Taken }).await
}

/// `POST /cases/{case}/state`
pub(crate) async fn move_to(acting: Acting, form: Fields) -> Answer {
    let to = form.one::<CaseState>("state");
    let said = match to {
        Ok(CaseState::Closed) => Said::Closed,
        Ok(CaseState::Open) => Said::Reopened,
        _ => Said::Moved,
    };
    let moved = async { work::move_to(acting.desk(), acting.reach(), acting.case, to?).await };
    acting.ended(moved.await, said).await
}

/// `POST /cases/{case}/priority`
pub(crate) async fn prioritise(acting: Acting, form: Fields) -> Answer {
    let done = async {
        let priority = form.one::<Priority>("priority")?;
        work::prioritise(acting.desk(), acting.reach(), acting.case, priority).await
    };
    acting.ended(done.await, Said::Prioritised).await
}

/// `POST /cases/{case}/messages/{message}/withdrawals`
pub(crate) async fn withdraw(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = replies::withdraw(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::Withdrawn).await
}

/// `POST /cases/{case}/address-clearings`
pub(crate) async fn clear_address(acting: Acting) -> Answer {
    let done = bounces::clear_address(acting.desk(), acting.reach(), acting.case).await;
    acting.ended(done, Said::AddressCleared).await
}

/// `POST /cases/{case}/messages/{message}/attempts`
pub(crate) async fn try_again(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = replies::try_again(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::TriedAgain).await
}

/// `POST /cases/{case}/messages/{message}/second-readers`
pub(crate) async fn ask_second_reader(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = understanding::ask_second_reader(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::SecondReaderAsked).await
}

/// `POST /cases/{case}/messages/{message}/explanations`
pub(crate) async fn explained(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = understanding::explained(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::Explained).await
}
