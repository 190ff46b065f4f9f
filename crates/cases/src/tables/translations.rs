//! The table of messages in another language.

use super::messages::{from_json, json};
use crate::translations::{DraftTranslation, Original, Translated};
use kernel::{CaseId, ClientId, Fault, Instant, LanguageTag, MessageId, PersonId};
use store::{Row, Tx, sql};

/// Asks for a translation of a message; false if it is there or awaited already. One that failed is asked for again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn ask_translation(
    tx: &mut Tx<'_>,
    message: MessageId,
    language: &LanguageTag,
    now: Instant,
) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "insert into translations (message_id, language, is_original, engine, text, segments, because, asked_at, done_at)
             values ($1, $2, $3, '', '', '[]', '', $4, null)
             on conflict (message_id, language) do update set asked_at = excluded.asked_at, because = '', done_at = null
               where translations.because <> ''"
        ),
        &[&message, language, &false, &now],
    )?;
    Ok(rows > 0)
}

/// Whether a message's translation is there to be read.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn is_translated(tx: &mut Tx<'_>, message: MessageId, language: &LanguageTag) -> Result<bool, Fault> {
    let found = tx.value::<i64>(
        sql!(
            "select count(*) from translations
             where message_id = $1 and language = $2 and done_at is not null and because = ''"
        ),
        &[&message, language],
    )?;
    Ok(found > 0)
}

/// Keeps a translation, or why there is none, in the place of what stood there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_translation(tx: &mut Tx<'_>, kept: &Translated) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into translations (message_id, language, is_original, engine, text, segments, because, asked_at, done_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (message_id, language) do update set is_original = excluded.is_original, engine = excluded.engine,
               text = excluded.text, segments = excluded.segments, because = excluded.because, done_at = excluded.done_at"
        ),
        &[
            &kept.message,
            &kept.language,
            &(kept.original == Original::Other),
            &kept.engine,
            &kept.text,
            &json(&kept.segments),
            &kept.because,
            &kept.asked_at,
            &kept.done_at,
        ],
    )
    .map(drop)
}

/// The words of the replies that went out last for a client, as far as their author wrote them in this language.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn approved_words(
    tx: &mut Tx<'_>,
    client: ClientId,
    language: &LanguageTag,
) -> Result<Vec<String>, Fault> {
    tx.list(
        sql!(
            "select coalesce(t.text, m.new_text) from
               (select id, new_text, language, at from messages
                where client_id = $1 and kind = 'reply' and delivery in ('sent', 'delivered')
                order by at desc limit 500) as m
             left join translations t on t.message_id = m.id and t.is_original
             where coalesce(t.language, m.language) = $2 order by m.at desc limit 200"
        ),
        &[&client, language],
        Row::take,
    )
}

/// Forgets what a machine made of a message, as when it was taken for another language.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_translations(tx: &mut Tx<'_>, message: MessageId) -> Result<(), Fault> {
    tx.run(sql!("delete from translations where message_id = $1 and not is_original"), &[&message]).map(drop)
}

/// The messages of a case in other languages.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn translations(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Translated>, Fault> {
    tx.list(
        sql!(
            "select t.message_id, t.language, t.is_original, t.engine, t.text, t.segments, t.because, t.asked_at, t.done_at
             from messages m join translations t on t.message_id = m.id where m.case_id = $1"
        ),
        &[&case],
        translated,
    )
}

/// The words from which a reply was translated; `None` where it was written as it is.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn original_of(tx: &mut Tx<'_>, reply: MessageId) -> Result<Option<Translated>, Fault> {
    tx.maybe(
        sql!(
            "select message_id, language, is_original, engine, text, segments, because, asked_at, done_at
             from translations where message_id = $1 and is_original"
        ),
        &[&reply],
        translated,
    )
}

fn translated(row: &mut Row) -> Result<Translated, Fault> {
    Ok(Translated {
        message: row.take()?,
        language: row.take()?,
        original: if row.take::<bool>()? { Original::Other } else { Original::Message },
        engine: row.take()?,
        text: row.take()?,
        segments: from_json(&row.take::<String>()?)?,
        because: row.take()?,
        asked_at: row.take()?,
        done_at: row.take()?,
    })
}

/// Keeps the translation beside somebody's draft, in the place of an earlier one.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_draft_translation(tx: &mut Tx<'_>, kept: &DraftTranslation) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into draft_translations (case_id, person_id, own, own_language, text, language, engine, back, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (case_id, person_id) do update set own = excluded.own, own_language = excluded.own_language,
               text = excluded.text, language = excluded.language, engine = excluded.engine, back = excluded.back, at = excluded.at"
        ),
        &[
            &kept.case,
            &kept.person,
            &kept.own,
            &kept.own_language,
            &kept.text,
            &kept.language,
            &kept.engine,
            &kept.back,
            &kept.at,
        ],
    )
    .map(drop)
}

/// The translation beside somebody's draft.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn draft_translation(
    tx: &mut Tx<'_>,
    case: CaseId,
    person: PersonId,
) -> Result<Option<DraftTranslation>, Fault> {
    tx.maybe(
        sql!(
            "select case_id, person_id, own, own_language, text, language, engine, back, at from draft_translations
             where case_id = $1 and person_id = $2"
        ),
        &[&case, &person],
        |row| {
            Ok(DraftTranslation {
                case: row.take()?,
                person: row.take()?,
                own: row.take()?,
                own_language: row.take()?,
                text: row.take()?,
                language: row.take()?,
                engine: row.take()?,
                back: row.take()?,
                at: row.take()?,
            })
        },
    )
}

/// Forgets the translation beside somebody's draft.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_draft_translation(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<(), Fault> {
    tx.run(sql!("delete from draft_translations where case_id = $1 and person_id = $2"), &[&case, &person])
        .map(drop)
}
