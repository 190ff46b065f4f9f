//! The tables of how cases are carried on: what each client chose, what was chosen for a case, and who said that they are away.

use crate::{absences::Absence, correspondence::Correspondence, sharing::Sharing, sifting::ReturnDay};
use kernel::{CaseId, ClientId, EmailAddress, Fault};
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
