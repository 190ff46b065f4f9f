//! Plainness: what to simplify in a reply before it is translated or sent, and how hard it is to read beside the client's own replies.

use crate::{Desk, aside};
use cases::tables as case_tables;
use kernel::{CaseId, LanguageTag, Reach, Stop};
use language::{
    Prior,
    plain::{self, Hint, Rank, Readability},
};
use people::tables as people_tables;
use std::sync::Arc;

/// A longer draft is looked at in its beginning only, in characters.
const LONGEST: usize = 20_000;

/// What there is to say about a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Plainness {
    /// The language of the draft, as far as its words say.
    pub language: LanguageTag,
    /// Whose replies it is compared with.
    pub client: String,
    /// What to simplify, in order.
    pub hints: Vec<Hint>,
    /// How hard it is to read; `None` for one of a few words.
    pub reading: Option<Reading>,
}

/// How hard a draft is to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Among so many replies of the client in its language.
    Ranked(Rank),
    /// There are only so many replies of the client in its language, too few to compare with.
    TooFew(usize),
}

/// Looks at a draft in a case. Nothing is kept.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`].
pub async fn look(desk: &Desk, reach: &Reach, case: CaseId, text: &str) -> Result<Plainness, Stop> {
    let asker = reach.clone();
    let found = desk.store.read(move |tx| {
        let case = case_tables::find(tx, &asker, case)?;
        let client = people_tables::client(tx, case.client)?.ok_or(cases::CaseRefusal::NotFound)?;
        Ok::<_, Stop>((case, client))
    });
    let (case, client) = found.await?;
    let text: String = text.chars().take(LONGEST).collect();
    let (identifier, prior) = (Arc::clone(&desk.identifier), Prior::of(case.language.clone()));
    let (text, language) = aside(move || {
        let language = identifier.main(&text, &prior).language;
        (text, language)
    })
    .await?;
    let asked = language.clone();
    let approved = desk.store.read(move |tx| case_tables::approved_words(tx, case.client, &asked)).await?;
    let said = aside(move || Plainness {
        hints: plain::hints(&text, &language, &[client.name.as_str()]),
        reading: reading(&text, &approved, &language),
        client: client.name.clone(),
        language,
    });
    Ok(said.await?)
}

fn reading(text: &str, approved: &[String], language: &LanguageTag) -> Option<Reading> {
    if !language.is_known() {
        return None;
    }
    let own = plain::readability(text, language)?;
    let others: Vec<Readability> =
        approved.iter().filter_map(|text| plain::readability(text, language)).collect();
    Some(plain::rank(&own, &others).map_or(Reading::TooFew(others.len()), Reading::Ranked))
}
