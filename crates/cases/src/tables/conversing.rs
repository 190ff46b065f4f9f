//! The tables of how cases are carried on: what each client chose, what was chosen for a case, who said that they are away,
//! and which messages somebody did not understand.

use crate::{
    absences::Absence,
    correspondence::Correspondence,
    misunderstandings::{Misunderstanding, Signal},
    sharing::Sharing,
    sifting::ReturnDay,
};
use kernel::{CaseId, ClientId, EmailAddress, Fault, Instant, MessageId};
use store::{Tx, sql};

/// How a client's cases are carried on; as usual where nobody chose otherwise.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn correspondence(tx: &mut Tx<'_>, client: ClientId) -> Result<Correspondence, Fault> {
    let chosen = tx.maybe(
        sql!(
            "select sharing, reopens_for_days, same_subject_for_days from correspondence where client_id = $1"
        ),
        &[&client],
        |row| {
            Ok(Correspondence {
                sharing: row.take()?,
                reopens_for_days: row.take()?,
                same_subject_for_days: row.take()?,
            })
        },
    )?;
    Ok(chosen.unwrap_or_default())
}

/// Chooses how a client's cases are carried on.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_correspondence(tx: &mut Tx<'_>, client: ClientId, chosen: &Correspondence) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into correspondence (client_id, sharing, reopens_for_days, same_subject_for_days)
             values ($1, $2, $3, $4)
             on conflict (client_id) do update set sharing = excluded.sharing,
               reopens_for_days = excluded.reopens_for_days, same_subject_for_days = excluded.same_subject_for_days"
        ),
        &[&client, &chosen.sharing, &chosen.reopens_for_days, &chosen.same_subject_for_days],
    )
    .map(drop)
}

/// What was chosen for one case; `None` where its client's choice holds.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sharing_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Sharing>, Fault> {
    tx.maybe(sql!("select sharing from case_sharings where case_id = $1"), &[&case], store::Row::take)
}

/// Chooses for one case; `None` lets its client's choice hold.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_sharing(tx: &mut Tx<'_>, case: CaseId, chosen: Option<Sharing>) -> Result<(), Fault> {
    tx.run(sql!("delete from case_sharings where case_id = $1"), &[&case])?;
    let Some(chosen) = chosen else { return Ok(()) };
    tx.run(sql!("insert into case_sharings (case_id, sharing) values ($1, $2)"), &[&case, &chosen]).map(drop)
}

/// Keeps what an absence notice says.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_absence(tx: &mut Tx<'_>, absence: &Absence) -> Result<(), Fault> {
    let substitute = absence.substitute.as_ref().map(EmailAddress::to_string).unwrap_or_default();
    tx.run(
        sql!(
            "insert into absences (message_id, day_on, is_back_then, substitute, words) values ($1, $2, $3, $4, $5)
             on conflict do nothing"
        ),
        &[&absence.message, &absence.on, &(absence.day == ReturnDay::Back), &substitute, &absence.words],
    )
    .map(drop)
}

/// What the absence notices of a case say.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn absences(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Absence>, Fault> {
    tx.list(
        sql!(
            "select a.message_id, a.day_on, a.is_back_then, a.substitute, a.words
             from messages m join absences a on a.message_id = m.id where m.case_id = $1"
        ),
        &[&case],
        |row| {
            Ok(Absence {
                message: row.take()?,
                on: row.take()?,
                day: if row.take()? { ReturnDay::Back } else { ReturnDay::Until },
                substitute: row.take::<String>()?.parse().ok(),
                words: row.take()?,
            })
        },
    )
}

/// Writes down that somebody did not understand a message; false if that stands there already, unexplained.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_misunderstanding(tx: &mut Tx<'_>, told: &Misunderstanding) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "insert into misunderstandings (message_id, signal, person_id, at, explained_at) values ($1, $2, $3, $4, null)
             on conflict (message_id, signal) do update set person_id = excluded.person_id, at = excluded.at,
               explained_at = null where misunderstandings.explained_at is not null"
        ),
        &[&told.message, &told.signal, &told.person, &told.at],
    )?;
    Ok(rows > 0)
}

/// Which messages of a case somebody did not understand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn misunderstandings(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Misunderstanding>, Fault> {
    tx.list(
        sql!(
            "select n.message_id, n.signal, n.person_id, n.at, n.explained_at
             from messages m join misunderstandings n on n.message_id = m.id where m.case_id = $1 order by n.at"
        ),
        &[&case],
        |row| {
            Ok(Misunderstanding {
                message: row.take()?,
                signal: row.take()?,
                person: row.take()?,
                at: row.take()?,
                explained_at: row.take()?,
            })
        },
    )
}

/// Notes that a message which was not understood was explained; false if nobody waits for that.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn explain(tx: &mut Tx<'_>, message: MessageId, signal: Signal, at: Instant) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "update misunderstandings set explained_at = $1 where message_id = $2 and signal = $3 and explained_at is null"
        ),
        &[&at, &message, &signal],
    )?;
    Ok(rows > 0)
}

/// Notes that the replies of a case which the customer did not understand were answered again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn explain_replies(tx: &mut Tx<'_>, case: CaseId, at: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update misunderstandings set explained_at = $1 where signal = 'pressed' and explained_at is null
             and message_id in (select id from messages where case_id = $2)"
        ),
        &[&at, &case],
    )
    .map(drop)
}
