//! Why a case is with whom it is, and asking for one's next case.

use super::{Answer, go, inbox::shown_subject, page};
use crate::{
    fields::At,
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        permits::{Decision, Routings},
        shell::Place,
    },
};
use axum::{extract::State, response::IntoResponse};
use desk::{
    Stop,
    routing::{self as desk_routing, Shown},
};
use kernel::{CaseId, Kind, PersonId};
use routing::{Reasons, Told};

/// `GET /cases/{case}/routings`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, At(case): At<CaseId>) -> Answer {
    let found = desk_routing::why(&site.desk, signed_in.reach(), case).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let reference = cases::shown_reference(&found.case.reference);
    let decisions = found.decisions.iter().map(|one| {
        let at = Some(frame.words.exactly(one.at));
        decision(&found, one.person, how(&one.how), &one.reasons, at)
    });
    let now = found.now.as_ref().map(|reasons| decision(&found, found.would_be, "", reasons, None));
    Ok(page(&Routings {
        shell: frame.shell(&format!("Why them? {reference}"), Place::Elsewhere),
        case_url: format!("/cases/{case}"),
        subject: shown_subject(&found.case.subject).to_owned(),
        holder: found.case.assignee.map(|person| name(&found, person)),
        decisions: decisions.collect(),
        now,
        reference,
    })?)
}

fn name(found: &Shown, person: PersonId) -> String {
    let known = found.names.iter().find(|known| known.id == person);
    known.map_or_else(|| "Somebody".to_owned(), |known| known.name.clone())
}

fn how(word: &str) -> &'static str {
    match word {
        "push" => "given at once,",
        "pull" => "taken as the next one,",
        "hand" => "by hand,",
        _ => "routed again,",
    }
}

fn decision(
    found: &Shown,
    person: Option<PersonId>,
    how: &'static str,
    reasons: &Reasons,
    at: Option<crate::views::marks::When>,
) -> Decision {
    let told = |one: &Told| (name(found, one.person), one.because.sentence.clone());
    Decision {
        at,
        person: person.map(|person| name(found, person)),
        how,
        why_now: reasons.why_now.sentence.clone(),
        why: reasons.why.iter().map(|because| because.sentence.clone()).collect(),
        who_else: reasons.who_else.iter().map(told).collect(),
        who_not: reasons.who_not.iter().map(told).collect(),
    }
}

/// `POST /inbox/next`
pub(crate) async fn next(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    match desk_routing::next(&site.desk, signed_in.reach()).await {
        Ok(case) => Ok(go(&format!("/cases/{case}"), Said::NextCase)),
        Err(Stop::Refused(refused)) if refused.kind == Kind::Conflict => {
            Ok(go("/inbox?view=mine", Said::NothingWaits).into_response())
        }
        Err(stop) => Err(stop.into()),
    }
}
