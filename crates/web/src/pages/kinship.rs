//! Cases that belong together, on the page of a case: what it continues, what continues it, merging and taking apart.

use super::{
    Answer,
    acting::Acting,
    case::Drawn,
    inbox::{case_state, shown_subject},
    inbox_address::Shown,
};
use crate::{
    fields::Fields,
    said::Said,
    views::kinship::{Holder, Kinship, Relative},
    words::Words,
};
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
pub(crate) async fn merge(acting: Acting, form: Fields) -> Answer {
    let into = form.text("into");
    match merging::merge(acting.desk(), acting.reach(), acting.case, into).await {
        Ok(holder) => Ok(acting.to_case(holder, Said::Merged)),
        Err(stop) => acting.refused(stop, Drawn { into: into.to_owned(), ..Drawn::default() }).await,
    }
}

/// `POST /cases/{case}/partings`
pub(crate) async fn part(acting: Acting, form: Fields) -> Answer {
    let done = async {
        let merged: CaseId = form.one("merged")?;
        merging::part(acting.desk(), acting.reach(), acting.case, merged).await
    };
    acting.ended(done.await, Said::Parted).await
}
