//! The table of corrected languages, and the languages that were written before.

use super::messages::json;
use crate::{
    MessageKind, Span,
    corrections::{Correction, Example},
};
use kernel::{CaseId, CustomerId, Fault, LanguageTag, MessageId};
use store::{Row, Tx, sql};

/// Keeps what a person says of a message's language. What the machine said first stays known; who says the same as the machine takes
/// the correction back.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_correction(tx: &mut Tx<'_>, kept: &Correction) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into language_corrections (message_id, said, corrected, person_id, at) values ($1, $2, $3, $4, $5)
             on conflict (message_id) do update set corrected = excluded.corrected, person_id = excluded.person_id,
               at = excluded.at"
        ),
        &[&kept.message, &kept.said, &kept.corrected, &kept.person, &kept.at],
    )?;
    tx.run(
        sql!("delete from language_corrections where message_id = $1 and said = corrected"),
        &[&kept.message],
    )
    .map(drop)
}

/// Changes the language of a message and of its parts.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_message_language(
    tx: &mut Tx<'_>,
    message: MessageId,
    language: &LanguageTag,
    spans: &[Span],
) -> Result<(), Fault> {
    tx.run(
        sql!("update messages set language = $1, spans = $2 where id = $3"),
        &[language, &json(&spans), &message],
    )
    .map(drop)
}

/// Every correction with its message's words, oldest first, whoever asks: for whoever has the data folder in hand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn corrections(tx: &mut Tx<'_>) -> Result<Vec<Example>, Fault> {
    tx.list(
        sql!(
            "select c.message_id, c.said, c.corrected, c.person_id, c.at, m.new_text
             from language_corrections c join messages m on m.id = c.message_id order by c.at, c.message_id"
        ),
        &[],
        |row| {
            let correction = Correction {
                message: row.take()?,
                said: row.take()?,
                corrected: row.take()?,
                person: row.take()?,
                at: row.take()?,
            };
            Ok(Example { correction, text: row.take()? })
        },
    )
}

/// The languages of what a customer wrote last, the newest first, and whether a person said so.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn earlier_languages(
    tx: &mut Tx<'_>,
    writer: CustomerId,
    limit: i64,
) -> Result<Vec<(LanguageTag, bool)>, Fault> {
    tx.list(
        sql!(
            "select m.language, c.message_id is not null from messages m
             left join language_corrections c on c.message_id = m.id
             where m.writer_id = $1 and m.automatic is null and m.language <> 'und' order by m.at desc limit $2"
        ),
        &[&writer, &limit],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// The languages of what was written last in a case, the newest first: by whom, and whether a person said so.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn thread_languages(
    tx: &mut Tx<'_>,
    case: CaseId,
    limit: i64,
) -> Result<Vec<(LanguageTag, MessageKind, bool)>, Fault> {
    tx.list(
        sql!(
            "select m.language, m.kind, c.message_id is not null from messages m
             left join language_corrections c on c.message_id = m.id
             where m.case_id = $1 and m.kind <> 'note' and m.automatic is null and m.language <> 'und'
             order by m.at desc limit $2"
        ),
        &[&case, &limit],
        |row| Ok((row.take()?, row.take()?, row.take()?)),
    )
}

/// Whether a message is the newest that this customer wrote, in this case or, without one, anywhere.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn is_newest_of(
    tx: &mut Tx<'_>,
    writer: CustomerId,
    case: Option<CaseId>,
    message: MessageId,
) -> Result<bool, Fault> {
    let newest: Option<MessageId> = match case {
        Some(case) => tx.maybe(
            sql!(
                "select id from messages where case_id = $1 and writer_id = $2 and automatic is null
                 order by at desc, id desc limit 1"
            ),
            &[&case, &writer],
            Row::take,
        ),
        None => tx.maybe(
            sql!(
                "select id from messages where writer_id = $1 and automatic is null order by at desc, id desc limit 1"
            ),
            &[&writer],
            Row::take,
        ),
    }?;
    Ok(newest == Some(message))
}
