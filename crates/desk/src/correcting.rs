//! Correcting a language: a representative says which language a customer's message is in. What followed from the wrong one is done
//! again, and the correction is kept as an example.

use crate::{Desk, changes, receive::searched, translating};
use cases::{
    Case, CaseRefusal, Message, MessageKind,
    corrections::{Correction, Example, spans_corrected},
    tables as case_tables,
};
use kernel::{CaseId, Fault, LanguageTag, MessageId, Reach, Stop, language_names};
use people::tables as people_tables;
use store::{Store, Tx};

/// Says in which language a message of a customer is, by its English name or its tag. Saying another one later takes this back.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::NotALanguage`], [`CaseRefusal::AlreadySo`].
pub async fn correct(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
    language: &str,
) -> Result<(), Stop> {
    let (reach, named, now) = (reach.clone(), language_names::named(language), desk.clock.now());
    let inner = desk.clone();
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let before = case_tables::message_in(tx, case.id, message)?;
            let before =
                before.filter(|one| one.kind == MessageKind::Customer).ok_or(CaseRefusal::NotFound)?;
            let language = named.clone().ok_or(CaseRefusal::NotALanguage)?;
            if before.language == language {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let correction = Correction {
                message: before.id,
                said: before.language.clone(),
                corrected: language.clone(),
                person: reach.person(),
                at: now,
            };
            case_tables::keep_correction(tx, &correction)?;
            let after = corrected(tx, &case, &before, &language)?;
            case_tables::drop_translations(tx, after.id)?;
            translating::for_readers(tx, &inner, &case, &after, now)?;
            let what = format!(
                "said that a message of {} is in {}, not in {}.",
                if before.by.name.is_empty() { &before.by.address } else { &before.by.name },
                language.english_name(),
                if before.language.is_known() {
                    before.language.english_name()
                } else {
                    "an unknown language"
                },
            );
            Ok(changes::did(tx, &case, &reach, "message.language_corrected", now, what)?)
        })
        .await
}

/// The message in its right language, with all that hangs on it: parts, words for search, the case's language and the customer's.
fn corrected(
    tx: &mut Tx<'_>,
    case: &Case,
    before: &Message,
    language: &LanguageTag,
) -> Result<Message, Fault> {
    let spans = spans_corrected(&before.spans, &before.language, language);
    case_tables::set_message_language(tx, before.id, language, &spans)?;
    let after = Message { language: language.clone(), spans, ..before.clone() };
    let words = language::document_words(&searched(case, &after), language);
    tx.index_again(after.id, &words)?;
    let Some(writer) = after.writer else { return Ok(after) };
    if case_tables::is_newest_of(tx, writer, None, after.id)? {
        people_tables::learn_language(tx, writer, language)?;
    }
    if writer == case.customer && case_tables::is_newest_of(tx, writer, Some(case.id), after.id)? {
        case_tables::set_language(tx, case.id, language)?;
    }
    Ok(after)
}

/// Every correction with its words, oldest first: for whoever has the data folder in hand, to measure identification by them.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn examples(store: &Store) -> Result<Vec<Example>, Fault> {
    store.read(case_tables::corrections).await
}
