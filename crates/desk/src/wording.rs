//! Wording: a reply in the customer's language, from words in the representative's. What a machine makes of them stands beside them,
//! with what the meaning guard found and with what the customer will read, said back, until it is sent or given up.

use crate::{
    Desk, aside, changes,
    saying::{self, Said},
    terms,
    translating::writable_in,
};
use cases::{
    Case, CaseRefusal, Draft, DraftKind, Message, tables as case_tables,
    translations::{Aligned, DraftTranslation, Original, SaidBy, Translated},
};
use kernel::{CaseId, ClientId, Fault, Instant, LanguageTag, PersonId, Reach, Stop};
use language::{
    Identifier, Prior,
    meaning::{self, Checked, Expectations, Finding, Kind, Passage, Severity},
    translation::Request,
};
use people::tables as people_tables;
use std::sync::Arc;
use store::Tx;

/// The longest text that is translated while somebody waits, in characters.
const LONGEST: usize = 20_000;

/// What the representative wrote, beside what the customer is to read.
#[derive(Clone, Debug)]
pub struct Own {
    /// The representative's words; empty where the reply was written in the customer's language.
    pub text: String,
    /// Whether the representative has checked what the meaning guard stops.
    pub checked: IsChecked,
}

impl Default for Own {
    fn default() -> Self {
        Self { text: String::new(), checked: IsChecked::No }
    }
}

/// Whether somebody says that passages are right in spite of what the meaning guard found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsChecked {
    /// They say so.
    Yes,
    /// They don't.
    No,
}

/// Translates the representative's words into the customer's language, and keeps them beside the draft.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::Empty`], [`CaseRefusal::TooLong`], [`CaseRefusal::LanguageUnknown`],
/// [`CaseRefusal::SameLanguage`], [`CaseRefusal::NoTranslator`]; what the translator says when it can't.
pub async fn translate(desk: &Desk, reach: &Reach, case: CaseId, own: &str) -> Result<(), Stop> {
    let own = own.trim().to_owned();
    if own.is_empty() {
        return Err(CaseRefusal::Empty.into());
    }
    if own.chars().count() > LONGEST {
        return Err(CaseRefusal::TooLong.into());
    }
    let (asker, inner) = (reach.clone(), desk.clone());
    let asked = desk.store.read(move |tx| {
        let case = case_tables::find_unmerged(tx, &asker, case)?;
        let person = people_tables::person(tx, asker.person())?.ok_or(CaseRefusal::NotFound)?;
        let ways = saying::ways(tx, &inner, case.client)?;
        Ok::<_, Stop>((case, person, ways))
    });
    let (case, person, ways) = asked.await?;
    if !case.language.is_known() {
        return Err(CaseRefusal::LanguageUnknown.into());
    }
    let expected = writable_in(&ways, &person, &case.language).ok_or(CaseRefusal::NoTranslator)?;
    let (identifier, words) = (Arc::clone(&desk.identifier), own.clone());
    let from = aside(move || language_of(&identifier, &words, &expected)).await?;
    let to = case.language.clone();
    if from.is_same_language(&to) {
        return Err(CaseRefusal::SameLanguage.into());
    }
    if ways.way(&from, &to).is_none() {
        return Err(CaseRefusal::NoTranslator.into());
    }
    let said = saying::say(desk, case.client, Request::new(&own, from.clone(), to.clone())).await?;
    let Said { translation: said, notes } = said.map_err(|untranslated| untranslated.refused())?;
    let back = Request::new(&said.text, to.clone(), from.clone());
    // Without it the customer's text is as good: the page says that it is missing.
    let back = saying::say_back(desk, case.client, back).await?.unwrap_or_default();
    let (person, now) = (reach.person(), desk.clock.now());
    let kept = DraftTranslation {
        case: case.id,
        person,
        own: own.clone(),
        own_language: from,
        text: said.text.clone(),
        language: to,
        engine: said.way.engine().to_string(),
        back,
        at: now,
    };
    let draft = Draft { case: case.id, person, kind: DraftKind::Reply, text: own, updated_at: now };
    desk.store
        .write(move |tx| {
            for note in &notes {
                changes::happened(tx, &case, "translation.fell_back", Some(person), now, note)?;
            }
            case_tables::save_draft(tx, &draft)?;
            Ok(case_tables::keep_draft_translation(tx, &kept)?)
        })
        .await
}

/// Gives the translation beside a draft up; the representative's words stay.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn give_up(desk: &Desk, reach: &Reach, case: CaseId) -> Result<(), Stop> {
    let reach = reach.clone();
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            Ok(case_tables::drop_draft_translation(tx, case.id, reach.person())?)
        })
        .await
}

/// The language of a representative's words; the one that they usually write where the words don't say.
fn language_of(identifier: &Identifier, words: &str, expected: &LanguageTag) -> LanguageTag {
    let (identified, _) = identifier.identify(words, &Prior::of(expected.clone()));
    if identified.language.is_known() { identified.language } else { expected.clone() }
}

/// What the meaning guard makes of a translation, by the client's terms, too, with the sentences side by side.
///
/// # Errors
/// A fault when the check can't be run.
pub async fn check(
    desk: &Desk,
    client: ClientId,
    (own, from): (&str, &LanguageTag),
    (text, to): (&str, &LanguageTag),
) -> Result<Checked, Fault> {
    let (identifier, inner) = (Arc::clone(&desk.identifier), desk.clone());
    let (own, text, from, to) = (own.to_owned(), text.to_owned(), from.clone(), to.clone());
    let termbase = desk.store.read(move |tx| terms::termbase(tx, &inner, client)).await?;
    aside(move || {
        let expectations = Expectations { terms: termbase.standing(&own, &from) };
        let (source, target) =
            (Passage { text: &own, language: from }, Passage { text: &text, language: to });
        meaning::check(&source, &target, &expectations, &identifier)
    })
    .await
}

/// Whether a reply doesn't leave with this unless somebody says that it is right: what the guard stops, and every fact that became
/// another one, because a wrong day or sum costs a customer more than a second look costs us.
pub fn stops(finding: &Finding) -> bool {
    let is_fact = matches!(
        finding.kind,
        Kind::Number | Kind::Unit | Kind::Amount | Kind::Date | Kind::Time | Kind::Reference
    );
    finding.severity == Severity::Stop || (is_fact && finding.severity == Severity::Warn)
}

/// What is kept of the representative's words with their reply.
#[derive(Clone, Debug)]
pub(crate) struct Worded {
    pub(crate) own: String,
    pub(crate) language: LanguageTag,
    engine: String,
    segments: Vec<Aligned>,
}

/// Checks a reply against the words that it was translated from: what the guard stops doesn't leave unless somebody says that it is right.
pub(crate) async fn worded(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    own: &Own,
    text: &str,
) -> Result<Option<Worded>, Stop> {
    if own.text.trim().is_empty() {
        return Ok(None);
    }
    let asker = reach.clone();
    let found = desk.store.read(move |tx| {
        let case = case_tables::find_unmerged(tx, &asker, case)?;
        let beside = case_tables::draft_translation(tx, case.id, asker.person())?;
        Ok::<_, Stop>((case, beside))
    });
    let (case, beside) = found.await?;
    let Some(beside) = beside else { return Err(CaseRefusal::NotTranslated.into()) };
    let checked = check(desk, case.client, (&own.text, &beside.own_language), (text, &case.language)).await?;
    if checked.findings.iter().any(stops) && own.checked == IsChecked::No {
        return Err(CaseRefusal::MeaningChanged.into());
    }
    let segments = checked.pairs.iter().map(|pair| Aligned {
        start: pair.target.start,
        end: pair.target.end,
        other_start: pair.source.start,
        other_end: pair.source.end,
        confidence: pair.confidence,
        said_by: SaidBy::Machine,
    });
    Ok(Some(Worded {
        own: own.text.trim().to_owned(),
        language: beside.own_language,
        engine: beside.engine,
        segments: segments.collect(),
    }))
}

/// Keeps the representative's words with the reply that was made of them.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: &Message,
    worded: &Worded,
    now: Instant,
) -> Result<(), Fault> {
    let kept = Translated {
        message: reply.id,
        language: worded.language.clone(),
        original: Original::Other,
        engine: worded.engine.clone(),
        text: worded.own.clone(),
        segments: worded.segments.clone(),
        because: String::new(),
        asked_at: now,
        done_at: Some(now),
    };
    case_tables::keep_translation(tx, &kept)?;
    if let Some(person) = reply.by.person {
        case_tables::drop_draft_translation(tx, case.id, person)?;
    }
    Ok(())
}

/// Puts both texts of a reply that is taken back beside the draft again.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    reply: &Message,
    person: PersonId,
    original: Translated,
    now: Instant,
) -> Result<(), Fault> {
    let kept = DraftTranslation {
        case: reply.case,
        person,
        own: original.text,
        own_language: original.language,
        text: reply.new_text.clone(),
        language: reply.language.clone(),
        engine: original.engine,
        back: String::new(),
        at: now,
    };
    case_tables::keep_draft_translation(tx, &kept)
}
