//! Cases that belong together, on the page of a case: what it continues, what continues it, merging and taking apart.

use super::{
    Answer,
    case::{Drawn, draw},
    case_acts::{From, ended},
    go,
    inbox::{case_state, shown_subject},
    inbox_address::Shown,
    refuse,
};
use crate::{
    fields::{At, Fields},
    said::Said,
    session::SignedIn,
    site::Site,
    views::kinship::{Holder, Kinship, Relative},
    words::Words,
};
use axum::extract::State;
use cases::Case;
use desk::{case_page::CasePage, merging};
use kernel::CaseId;

/// What the page says about it. `into` is what was typed into the form of merging.
pub(super) fn kinship(words: &Words, found: &CasePage, list: &Shown, into: &str) -> Kinship {
    let kin = &found.kin;
    let one = |case: &Case| relative(case, list);
    let all = |cases: &[Case]| cases.iter().map(one).collect();
    let open = found.earlier.iter().filter(|case| case.state.is_open());
    Kinship {
        follows: kin.follows.as_ref().map(one),
        followed_by: all(&kin.followed_by),
        merged: all(&kin.merged),
        offered: open.take(10).map(one).collect(),
        into: into.to_owned(),
        holder: found.case.merged_into.map(|_| match &kin.merged_into {
            Some(case) => Holder::Seen(one(case)),
            None => Holder::Elsewhere,
        }),
        flood: found.case.flooded_at.map(|at| {
            format!(
                "One sender wrote very many mails: since {}, further ones are filed here instead of opening cases. None is lost.",
                words.exactly(at).words
            )
        }),
    }
}

fn relative(case: &Case, list: &Shown) -> Relative {
    Relative {
        id: case.id.to_string(),
        url: list.case_url(case.id),
        reference: cases::shown_reference(&case.reference),
        subject: shown_subject(&case.subject).to_owned(),
        state: case_state(case.state),
    }
}

/// `POST /cases/{case}/merges`
pub(crate) async fn merge(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let into = form.text("into");
    match merging::merge(&site.desk, signed_in.reach(), id, into).await {
        Ok(holder) => Ok(go(&list.case_url(holder), Said::Merged)),
        Err(stop) => {
            let drawn =
                |flash| Drawn { list: list.clone(), flash, into: into.to_owned(), ..Drawn::default() };
            refuse(stop, async |flash| draw(&site, &signed_in, id, drawn(flash)).await).await
        }
    }
}

/// `POST /cases/{case}/partings`
pub(crate) async fn part(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(id): At<CaseId>,
    From(list): From,
    form: Fields,
) -> Answer {
    let done = async {
        let merged: CaseId = form.one("merged")?;
        merging::part(&site.desk, signed_in.reach(), id, merged).await
    };
    ended(&site, &signed_in, id, &list, done.await, Said::Parted).await
}
