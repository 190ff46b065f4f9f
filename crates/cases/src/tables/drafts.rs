//! The table of drafts.

use crate::{Draft, DraftKind};
use kernel::{CaseId, Fault, PersonId};
use store::{Tx, sql};

/// Saves a draft as it stands.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn save_draft(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into drafts (case_id, person_id, kind, text, updated_at) values ($1, $2, $3, $4, $5)
             on conflict (case_id, person_id, kind) do update set text = $4, updated_at = $5"
        ),
        &[&draft.case, &draft.person, &draft.kind, &draft.text, &draft.updated_at],
    )
    .map(drop)
}

/// What somebody has typed and not sent.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn draft(
    tx: &mut Tx<'_>,
    case: CaseId,
    person: PersonId,
    kind: DraftKind,
) -> Result<Option<Draft>, Fault> {
    tx.maybe(
        sql!("select text, updated_at from drafts where case_id = $1 and person_id = $2 and kind = $3"),
        &[&case, &person, &kind],
        |row| Ok(Draft { case, person, kind, text: row.take()?, updated_at: row.take()? }),
    )
}

/// What somebody has typed into a case and not sent, reply and note.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drafts(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<Vec<Draft>, Fault> {
    tx.list(
        sql!("select kind, text, updated_at from drafts where case_id = $1 and person_id = $2"),
        &[&case, &person],
        |row| Ok(Draft { case, person, kind: row.take()?, text: row.take()?, updated_at: row.take()? }),
    )
}

/// Forgets a draft, because it was sent.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_draft(tx: &mut Tx<'_>, case: CaseId, person: PersonId, kind: DraftKind) -> Result<(), Fault> {
    tx.run(
        sql!("delete from drafts where case_id = $1 and person_id = $2 and kind = $3"),
        &[&case, &person, &kind],
    )
    .map(drop)
}

/// What one person has typed into a case goes to another, files and translation included, unless they have typed something themselves.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_drafts(tx: &mut Tx<'_>, case: CaseId, from: PersonId, to: PersonId) -> Result<(), Fault> {
    if !drafts(tx, case, to)?.is_empty() {
        return Ok(());
    }
    tx.run(sql!("delete from draft_files where case_id = $1 and person_id = $2"), &[&case, &to])?;
    tx.run(sql!("delete from draft_translations where case_id = $1 and person_id = $2"), &[&case, &to])?;
    tx.run(
        sql!("update drafts set person_id = $1 where case_id = $2 and person_id = $3"),
        &[&to, &case, &from],
    )?;
    tx.run(
        sql!("update draft_files set person_id = $1 where case_id = $2 and person_id = $3"),
        &[&to, &case, &from],
    )?;
    tx.run(
        sql!("update draft_translations set person_id = $1 where case_id = $2 and person_id = $3"),
        &[&to, &case, &from],
    )
    .map(drop)
}
