//! What is done on the page of a case: replying, noting, assigning, moving, prioritising, taking back, trying again.

use super::{
    Answer,
    case::{Drawn, Typed, draw},
    go,
    inbox_address::Shown,
    refuse, settle,
};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    later,
    said::Said,
    session::SignedIn,
    site::Site,
    uploads::WithFiles,
};
use axum::{
    extract::{FromRequestParts, Query, State},
    http::{StatusCode, Uri, header, request::Parts},
    response::IntoResponse,
};
use cases::{DraftKind, Plan, Priority, State as CaseState, WhenAnswered};
use desk::{
    Stop, bounces, draft_files,
    enclosures::Attached,
    replies::{self, Then},
    work,
};
use kernel::{CaseId, Kind, MessageId, PersonId};
use std::convert::Infallible;

/// The list from which the page of the case was opened, as the page's own address tells.
pub(crate) struct From(pub(super) Shown);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let referer = parts.headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        let page: Option<Uri> = referer.and_then(|referer| referer.parse().ok());
        let fields = page.and_then(|page| Query::<Fields>::try_from_uri(&page).ok());
        Ok(Self(fields.map(|Query(fields)| Shown::from_fields(&fields)).unwrap_or_default()))
    }
}

/// `POST /cases/{case}/replies`
pub(crate) async fn reply(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    WithFiles { fields: form, files }: WithFiles,
) -> Answer {
    let closes = form.text("then") == "close";
    let (then, said) =
        if closes { (Then::Close, Said::ReplyGoesAndCloses) } else { (Then::Wait, Said::ReplyGoes) };
    let kept_files: Vec<i64> = form.all("kept_files").filter_map(|position| position.parse().ok()).collect();
    let sent = async {
        let plan = plan(&site, &signed_in, &form).await?;
        let words = replies::Words {
            text: form.text("text").to_owned(),
            files: files.clone(),
            kept_files: kept_files.clone(),
            to: form.text("to").to_owned(),
            copies: form.text("copies").to_owned(),
            plan,
        };
        let sent = replies::send(&site.desk, signed_in.reach(), id, words, then).await;
        sent.map(|_| if plan.is_some() { Said::Scheduled } else { said })
    };
    let sent = sent.await;
    if matches!(&sent, Err(Stop::Refused(refused)) if refused.kind != Kind::NotFound) {
        keep_files(&site, &signed_in, id, kept_files, files).await;
    }
    let said = sent.as_ref().copied().unwrap_or(said);
    let typed = Typed {
        kind: DraftKind::Reply,
        text: form.text("text").to_owned(),
        to: form.text("to").to_owned(),
        copies: Some(form.text("copies").to_owned()),
        later_at: form.text("later_at").to_owned(),
    };
    settle(sent, &list.case_url(id), said, async |flash| {
        draw(
            &site,
            &signed_in,
            id,
            Drawn { list: list.clone(), flash, typed: Some(typed), ..Drawn::default() },
        )
        .await
    })
    .await
}

/// A browser forgets what was picked, so the desk keeps it for a reply that was refused. What can't be kept is no reason to hide the
/// refusal: the page shows which files are there.
async fn keep_files(site: &Site, signed_in: &SignedIn, case: CaseId, stay: Vec<i64>, files: Vec<Attached>) {
    let kept = draft_files::keep(&site.desk, signed_in.reach(), case, stay, files).await;
    if let Err(Stop::Fault(fault)) = kept {
        tracing::warn!(%fault, %case, "the files of a refused reply aren't kept");
    }
}

/// When the reply is to go, if not now: a quick choice, or a time that was typed, by whichever button it was sent.
async fn plan(site: &Site, signed_in: &SignedIn, form: &Fields) -> Result<Option<Plan>, Stop> {
    let (quick, at) = (form.text("later"), form.text("later_at"));
    let asked = !quick.is_empty() || !at.is_empty();
    let when_answered =
        if form.text("when_answered") == "send" { WhenAnswered::Send } else { WhenAnswered::Hold };
    let at = match later::chosen(quick) {
        Some(at) => Some(at),
        None if asked => later::typed(at, Frame::of(site, signed_in).await?.words.zone()),
        None => return Ok(None),
    };
    let at = at.ok_or(cases::CaseRefusal::NotLater)?;
    Ok(Some(Plan { at, when_answered }))
}

/// `POST /cases/{case}/notes`
pub(crate) async fn note(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let text = form.text("text");
    let noted = replies::note(&site.desk, signed_in.reach(), id, text).await;
    let typed = Typed {
        kind: DraftKind::Note,
        text: text.to_owned(),
        to: String::new(),
        copies: None,
        later_at: String::new(),
    };
    settle(noted, &list.case_url(id), Said::Noted, async |flash| {
        draw(
            &site,
            &signed_in,
            id,
            Drawn { list: list.clone(), flash, typed: Some(typed), ..Drawn::default() },
        )
        .await
    })
    .await
}

/// `POST /cases/{case}/draft`
pub(crate) async fn draft(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    form: Fields,
) -> Answer {
    let kind = if form.text("kind") == "note" { DraftKind::Note } else { DraftKind::Reply };
    replies::save_draft(&site.desk, signed_in.reach(), id, kind, form.text("text")).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /cases/{case}/assignment`
pub(crate) async fn assign(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let nobody = form.text("person").is_empty();
    let to = async {
        let to = if nobody { None } else { Some(form.one::<PersonId>("person")?) };
        work::assign(&site.desk, signed_in.reach(), id, to).await
    };
    let said = if nobody { Said::GivenBack } else { Said::Taken };
    ended(&site, &signed_in, id, &list, to.await, said).await
}

/// `POST /cases/{case}/state`
pub(crate) async fn move_to(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let to = form.one::<CaseState>("state");
    let said = match to {
        Ok(CaseState::Closed) => Said::Closed,
        Ok(CaseState::Open) => Said::Reopened,
        _ => Said::Moved,
    };
    let moved = async { work::move_to(&site.desk, signed_in.reach(), id, to?).await };
    ended(&site, &signed_in, id, &list, moved.await, said).await
}

/// `POST /cases/{case}/priority`
pub(crate) async fn prioritise(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let done = async {
        let priority = form.one::<Priority>("priority")?;
        work::prioritise(&site.desk, signed_in.reach(), id, priority).await
    };
    ended(&site, &signed_in, id, &list, done.await, Said::Prioritised).await
}

/// `POST /cases/{case}/messages/{message}/withdrawals`
pub(crate) async fn withdraw(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((id, message)): At<(CaseId, MessageId)>,
    From(list): From,
) -> Answer {
    let done = replies::withdraw(&site.desk, signed_in.reach(), id, message).await;
    ended(&site, &signed_in, id, &list, done, Said::Withdrawn).await
}

/// `POST /cases/{case}/address-clearings`
pub(crate) async fn clear_address(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
) -> Answer {
    let done = bounces::clear_address(&site.desk, signed_in.reach(), id).await;
    ended(&site, &signed_in, id, &list, done, Said::AddressCleared).await
}

/// `POST /cases/{case}/messages/{message}/attempts`
pub(crate) async fn try_again(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((id, message)): At<(CaseId, MessageId)>,
    From(list): From,
) -> Answer {
    let done = replies::try_again(&site.desk, signed_in.reach(), id, message).await;
    ended(&site, &signed_in, id, &list, done, Said::TriedAgain).await
}

/// Back to the case, unless it has just gone out of the person's own sight: then to the list.
pub(super) async fn ended(
    site: &Site,
    signed_in: &SignedIn,
    id: CaseId,
    list: &Shown,
    done: Result<(), Stop>,
    said: Said,
) -> Answer {
    match done {
        Ok(()) => {
            let seen = desk::case_page::seen(&site.desk, signed_in.reach(), id).await?;
            Ok(go(&if seen { list.case_url(id) } else { list.url() }, said))
        }
        Err(stop) => {
            refuse(stop, async |flash| {
                draw(site, signed_in, id, Drawn { list: list.clone(), flash, ..Drawn::default() }).await
            })
            .await
        }
    }
}
