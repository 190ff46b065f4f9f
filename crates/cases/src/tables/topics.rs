//! The tables of risky topics, approved templates, and readers of translated replies.

use crate::topics::{CaseTopic, CheckState, NativeCheck, Template, Topic};
use kernel::{CaseId, ClientId, EngagementId, Fault, Instant, LanguageTag, PersonId};
use store::{Row, Tx, sql};

/// The topics that a client marks as risky.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn risky_topics(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Topic>, Fault> {
    tx.list(
        sql!("select topic from risky_topics where client_id = $1 order by topic"),
        &[&client],
        Row::take::<Topic>,
    )
}

/// Marks exactly these topics as risky.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn choose_topics(tx: &mut Tx<'_>, client: ClientId, topics: &[Topic]) -> Result<(), Fault> {
    tx.run(sql!("delete from risky_topics where client_id = $1"), &[&client])?;
    for topic in topics {
        let add = sql!("insert into risky_topics (client_id, topic) values ($1, $2) on conflict do nothing");
        tx.run(add, &[&client, topic])?;
    }
    Ok(())
}

/// The topics that a case touches.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn topics(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CaseTopic>, Fault> {
    tx.list(
        sql!(
            "select case_id, topic, message_id, words, person_id, at from case_topics where case_id = $1 order by topic"
        ),
        &[&case],
        |row| {
            Ok(CaseTopic {
                case: row.take()?,
                topic: row.take()?,
                message: row.take()?,
                words: row.take()?,
                person: row.take()?,
                at: row.take()?,
            })
        },
    )
}

/// Notes that a case touches a topic; what was noted first stays. False if it was noted.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_topic(tx: &mut Tx<'_>, added: &CaseTopic) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "insert into case_topics (case_id, topic, message_id, words, person_id, at) values ($1, $2, $3, $4, $5, $6)
             on conflict (case_id, topic) do nothing"
        ),
        &[&added.case, &added.topic, &added.message, &added.words, &added.person, &added.at],
    )?;
    Ok(rows > 0)
}

/// Forgets a topic that somebody added to a case by hand. False if there is none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_topic(tx: &mut Tx<'_>, case: CaseId, topic: Topic) -> Result<bool, Fault> {
    let drop = sql!("delete from case_topics where case_id = $1 and topic = $2 and person_id is not null");
    Ok(tx.run(drop, &[&case, &topic])? > 0)
}

/// The texts that a client's owner has approved, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn approved_templates(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Template>, Fault> {
    tx.list(
        sql!(
            "select client_id, language, name, text, approved_by, approved_at from approved_templates
             where client_id = $1 order by name, language"
        ),
        &[&client],
        |row| {
            Ok(Template {
                client: row.take()?,
                language: row.take()?,
                name: row.take()?,
                text: row.take()?,
                by: row.take()?,
                at: row.take()?,
            })
        },
    )
}

/// Keeps an approved text, in the place of one of the same name and language.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_template(tx: &mut Tx<'_>, template: &Template) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into approved_templates (client_id, language, name, text, approved_by, approved_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (client_id, language, name) do update set text = excluded.text, approved_by = excluded.approved_by,
               approved_at = excluded.approved_at"
        ),
        &[&template.client, &template.language, &template.name, &template.text, &template.by, &template.at],
    )
    .map(drop)
}

/// Forgets an approved text. False if there is none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_template(
    tx: &mut Tx<'_>,
    client: ClientId,
    language: &LanguageTag,
    name: &str,
) -> Result<bool, Fault> {
    let drop = sql!("delete from approved_templates where client_id = $1 and language = $2 and name = $3");
    Ok(tx.run(drop, &[&client, language, &name])? > 0)
}

/// Asks for a reader of somebody's translated reply, in the place of an earlier request.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn ask_native_check(tx: &mut Tx<'_>, asked: &NativeCheck) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into native_checks (case_id, author_id, own, own_language, text, language, state, reader_id, words, asked_at,
               decided_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (case_id, author_id) do update set own = excluded.own, own_language = excluded.own_language,
               text = excluded.text, language = excluded.language, state = excluded.state, reader_id = excluded.reader_id,
               words = excluded.words, asked_at = excluded.asked_at, decided_at = excluded.decided_at"
        ),
        &[
            &asked.case,
            &asked.author,
            &asked.own,
            &asked.own_language,
            &asked.text,
            &asked.language,
            &asked.state,
            &asked.reader,
            &asked.words,
            &asked.asked_at,
            &asked.decided_at,
        ],
    )
    .map(drop)
}

/// The request for a reader of somebody's translated reply.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn native_check(tx: &mut Tx<'_>, case: CaseId, author: PersonId) -> Result<Option<NativeCheck>, Fault> {
    tx.maybe(
        sql!(
            "select case_id, author_id, own, own_language, text, language, state, reader_id, words, asked_at, decided_at
             from native_checks where case_id = $1 and author_id = $2"
        ),
        &[&case, &author],
        check_row,
    )
}

/// All requests for readers at a case, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn native_checks(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<NativeCheck>, Fault> {
    tx.list(
        sql!(
            "select case_id, author_id, own, own_language, text, language, state, reader_id, words, asked_at, decided_at
             from native_checks where case_id = $1 order by asked_at"
        ),
        &[&case],
        check_row,
    )
}

/// What a reader says of it, with the text as they leave it; only while it is asked for. False if it isn't any more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn decide_native_check(tx: &mut Tx<'_>, decided: &NativeCheck) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "update native_checks set text = $1, state = $2, reader_id = $3, words = $4, decided_at = $5
             where case_id = $6 and author_id = $7 and state = 'asked' and asked_at = $8"
        ),
        &[
            &decided.text,
            &decided.state,
            &decided.reader,
            &decided.words,
            &decided.decided_at,
            &decided.case,
            &decided.author,
            &decided.asked_at,
        ],
    )?;
    Ok(rows > 0)
}

/// Cases in which a reader is waited for: the case, its engagement and reference, the language, since when.
pub type Awaited = (CaseId, EngagementId, String, LanguageTag, Instant);

/// The cases in which a reader is waited for, the oldest first: of every engagement, so whoever shows them keeps what is within reach.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn native_checks_asked(tx: &mut Tx<'_>) -> Result<Vec<Awaited>, Fault> {
    tx.list(
        sql!(
            "select c.id, c.engagement_id, c.reference, n.language, n.asked_at from native_checks n join cases c on c.id = n.case_id
             where n.state = 'asked' and c.state <> 'closed' order by n.asked_at"
        ),
        &[],
        |row| Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?)),
    )
}

fn check_row(row: &mut Row) -> Result<NativeCheck, Fault> {
    Ok(NativeCheck {
        case: row.take()?,
        author: row.take()?,
        own: row.take()?,
        own_language: row.take()?,
        text: row.take()?,
        language: row.take()?,
        state: row.take::<CheckState>()?,
        reader: row.take()?,
        words: row.take()?,
        asked_at: row.take()?,
        decided_at: row.take()?,
    })
}
