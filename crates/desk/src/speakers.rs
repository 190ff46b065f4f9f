//! Speakers: who answers a customer in their language, how a reply was handled, and the honest question whether English will do.

use crate::{Desk, aside, saying::Ways, translating::writable_in};
use cases::{
    Case, CaseRefusal, Draft, DraftKind, Message,
    customer_words::customer_words,
    handlings::{Handled, Handling},
    tables as case_tables,
};
use kernel::{CaseId, Fault, Instant, LanguageTag, Reach, Stop};
use language::{Prior, translation::Way};
use people::{Machine, Person, Stakes, Standing, Step};
use std::sync::Arc;
use store::Tx;

/// The ways in which a case can be answered in its language, the first to be tried first; none while its language isn't known.
pub(crate) fn of(
    case: &Case,
    colleagues: &[Person],
    reader: &Person,
    ways: &Ways,
    stakes: Stakes,
    today: &str,
) -> Vec<Step> {
    if !case.language.is_known() {
        return Vec::new();
    }
    let from = writable_in(ways, reader, &case.language);
    let machine = match from.and_then(|from| ways.way(&from, &case.language)) {
        Some(Way::Direct { .. }) => Machine::Directly,
        Some(Way::Through { .. }) => Machine::Through,
        // A memory knows sentences, not a language.
        Some(Way::Memory) | None => Machine::Nowhere,
    };
    people::speakers(&case.language, colleagues, machine, stakes, today)
}

/// What a person can do in the language of a case, for the sentence that says why they got it.
pub(crate) fn why_them(person: &Person, case: &Case, now: Instant) -> &'static str {
    if !case.language.is_known() {
        return "";
    }
    match person.standing(&case.language, &now.day()) {
        Standing::Native => " The customer's language is their own.",
        Standing::Bilingual => " They are certified bilingual in the customer's language.",
        Standing::Writes => " They write the customer's language.",
        Standing::Reads => " They read the customer's language.",
        Standing::None => " They don't read the customer's language.",
    }
}

/// The language in which a reply is written: the customer's, unless its words say another.
pub(crate) async fn written_in(desk: &Desk, text: &str, case: &Case) -> Result<LanguageTag, Fault> {
    let (identifier, text, expected) = (Arc::clone(&desk.identifier), text.to_owned(), case.language.clone());
    aside(move || {
        let prior = if expected.is_known() { Prior::of(expected.clone()) } else { Prior::none() };
        let (identified, _) = identifier.identify(&text, &prior);
        if identified.language.is_known() { identified.language } else { expected }
    })
    .await
}

/// Keeps how a reply was handled: `own` is the language from which it was translated, `written` that in which it is written.
pub(crate) fn keep_handling(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: &Message,
    author: &Person,
    own: Option<&LanguageTag>,
    written: &LanguageTag,
) -> Result<(), Fault> {
    let asks = reply.new_text.contains(customer_words(&case.language).other_language);
    let is_english = case.language.primary() == "en";
    let handling = match own {
        Some(_) => Handling::Machine,
        None if asks && !is_english => Handling::OtherLanguage,
        None if case.language.is_known() && !written.is_same_language(&case.language) => {
            Handling::OtherLanguage
        }
        None => by_hand(author.standing(&case.language, &reply.at.day())),
    };
    case_tables::keep_handling(
        tx,
        &Handled {
            message: reply.id,
            handling,
            own_language: own.unwrap_or(written).clone(),
            customer_language: case.language.clone(),
        },
    )
}

/// How a reply was handled that somebody with this standing wrote.
pub(crate) fn by_hand(standing: Standing) -> Handling {
    match standing {
        Standing::Native => Handling::Native,
        Standing::Bilingual => Handling::Bilingual,
        Standing::Writes | Standing::Reads | Standing::None => Handling::OwnLevel,
    }
}

/// Puts the honest question, in the customer's language, below what stands in the reply's draft. Asking twice changes nothing.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::LanguageUnknown`], [`CaseRefusal::SameLanguage`] for a customer
/// who writes English.
pub async fn ask_other_language(desk: &Desk, reach: &Reach, case: CaseId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if !case.language.is_known() {
                return Err(CaseRefusal::LanguageUnknown.into());
            }
            if case.language.primary() == "en" {
                return Err(CaseRefusal::SameLanguage.into());
            }
            let question = customer_words(&case.language).other_language;
            let typed = case_tables::draft(tx, case.id, reach.person(), DraftKind::Reply)?;
            let typed = typed.map(|draft| draft.text).unwrap_or_default();
            if typed.contains(question) {
                return Ok(());
            }
            let text = format!("{typed}\n\n{question}").trim().to_owned();
            let draft = Draft {
                case: case.id,
                person: reach.person(),
                kind: DraftKind::Reply,
                text,
                updated_at: now,
            };
            Ok(case_tables::save_draft(tx, &draft)?)
        })
        .await
}
