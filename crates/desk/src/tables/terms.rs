//! The tables of clients' terms.

use kernel::{ClientId, Fault, Instant, TermId};
use language::terms::{Form, Term};
use std::collections::HashMap;
use store::{Row, Tx, fresh, sql};

/// A term with the id of its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTerm {
    /// The row.
    pub id: TermId,
    /// The term.
    pub term: Term,
}

/// Which state of a client's terms is the newest; 0 where there never were any.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn revision(tx: &mut Tx<'_>, client: ClientId) -> Result<i64, Fault> {
    let found =
        tx.maybe(sql!("select revision from termbases where client_id = $1"), &[&client], Row::take)?;
    Ok(found.unwrap_or_default())
}

/// Notes that a client's terms have changed.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn changed(tx: &mut Tx<'_>, client: ClientId) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into termbases (client_id, revision) values ($1, $2)
             on conflict (client_id) do update set revision = termbases.revision + 1"
        ),
        &[&client, &1],
    )
    .map(drop)
}

fn term(row: &mut Row) -> Result<KeptTerm, Fault> {
    let id = row.take()?;
    let term = Term {
        id: row.take()?,
        kind: row.take::<String>()?.parse().map_err(Fault::new)?,
        sense: row.take()?,
        note: row.take()?,
        subject: row.take()?,
        forms: Vec::new(),
    };
    Ok(KeptTerm { id, term })
}

fn form(row: &mut Row) -> Result<Form, Fault> {
    Ok(Form {
        language: row.take()?,
        text: row.take()?,
        part_of_speech: row
            .take::<Option<String>>()?
            .map(|part| part.parse().map_err(Fault::new))
            .transpose()?,
        status: row.take::<String>()?.parse().map_err(Fault::new)?,
        note: row.take()?,
    })
}

/// All terms of a client, by their names.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn all(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Term>, Fault> {
    let kept = tx.list(
        sql!("select id, name, kind, sense, note, subject from terms where client_id = $1 order by name"),
        &[&client],
        term,
    )?;
    let places: HashMap<TermId, usize> = kept.iter().enumerate().map(|(at, kept)| (kept.id, at)).collect();
    let mut terms: Vec<Term> = kept.into_iter().map(|kept| kept.term).collect();
    let forms = tx.list(
        sql!(
            "select f.term_id, f.language, f.text, f.part_of_speech, f.status, f.note
             from terms t join term_forms f on f.term_id = t.id where t.client_id = $1 order by f.term_id, f.position"
        ),
        &[&client],
        |row| Ok((row.take::<TermId>()?, form(row)?)),
    )?;
    for (id, form) in forms {
        if let Some(at) = places.get(&id) {
            terms[*at].forms.push(form);
        }
    }
    Ok(terms)
}

/// The terms in which these words stand, in the order of their first forms. `words` is folded, with `%` around it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn found(
    tx: &mut Tx<'_>,
    client: ClientId,
    words: &str,
    skip: i64,
    most: i64,
) -> Result<Vec<KeptTerm>, Fault> {
    let kept = tx.list(
        sql!(
            "select id, name, kind, sense, note, subject from terms where client_id = $1 and words like $2
             order by label, id limit $3 offset $4"
        ),
        &[&client, &words, &most, &skip],
        term,
    )?;
    with_forms(tx, kept)
}

/// In how many terms these words stand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn count(tx: &mut Tx<'_>, client: ClientId, words: &str) -> Result<i64, Fault> {
    tx.value(sql!("select count(*) from terms where client_id = $1 and words like $2"), &[&client, &words])
}

/// One term.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn one(tx: &mut Tx<'_>, client: ClientId, id: TermId) -> Result<Option<KeptTerm>, Fault> {
    let kept = tx.list(
        sql!("select id, name, kind, sense, note, subject from terms where client_id = $1 and id = $2"),
        &[&client, &id],
        term,
    )?;
    Ok(with_forms(tx, kept)?.pop())
}

fn with_forms(tx: &mut Tx<'_>, mut kept: Vec<KeptTerm>) -> Result<Vec<KeptTerm>, Fault> {
    let ids: Vec<TermId> = kept.iter().map(|kept| kept.id).collect();
    let sets: Vec<_> = ids.iter().map(|id| -> Vec<&dyn store::Param> { vec![id] }).collect();
    let forms = tx.lists(
        sql!(
            "select language, text, part_of_speech, status, note from term_forms where term_id = $1 order by position"
        ),
        &sets,
        form,
    )?;
    for (kept, forms) in kept.iter_mut().zip(forms) {
        kept.term.forms = forms;
    }
    Ok(kept)
}

/// The row of the term that the client calls so.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn named(tx: &mut Tx<'_>, client: ClientId, name: &str) -> Result<Option<TermId>, Fault> {
    tx.maybe(sql!("select id from terms where client_id = $1 and name = $2"), &[&client, &name], Row::take)
}

/// Writes a term down, in the place of the one in this row or of the same name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn put(
    tx: &mut Tx<'_>,
    client: ClientId,
    row: Option<TermId>,
    term: &Term,
    now: Instant,
) -> Result<TermId, Fault> {
    let (label, words) = (label(term), words(term));
    let known = match row {
        Some(id) => Some(id),
        None => named(tx, client, &term.id)?,
    };
    let id = known.unwrap_or_else(fresh);
    tx.run(
        sql!(
            "insert into terms (id, client_id, name, kind, sense, note, subject, label, words, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (id) do update set name = excluded.name, kind = excluded.kind, sense = excluded.sense,
               note = excluded.note, subject = excluded.subject, label = excluded.label, words = excluded.words,
               changed_at = excluded.changed_at"
        ),
        &[
            &id,
            &client,
            &term.id,
            &term.kind.as_str(),
            &term.sense,
            &term.note,
            &term.subject,
            &label,
            &words,
            &now,
        ],
    )?;
    if known.is_some() {
        tx.run(sql!("delete from term_forms where term_id = $1"), &[&id])?;
    }
    for (position, form) in term.forms.iter().enumerate() {
        let (position, part) =
            (i64::try_from(position).map_err(Fault::new)?, form.part_of_speech.map(|part| part.as_str()));
        tx.run(
            sql!(
                "insert into term_forms (term_id, position, language, text, part_of_speech, status, note)
                 values ($1, $2, $3, $4, $5, $6, $7)"
            ),
            &[&id, &position, &form.language, &form.text, &part, &form.status.as_str(), &form.note],
        )?;
    }
    Ok(id)
}

/// How many letters order the page.
const LETTERS_OF_LABEL: usize = 60;

fn label(term: &Term) -> String {
    let first = term.forms.first().map_or(term.id.as_str(), |form| &form.text);
    language::folded(first).chars().take(LETTERS_OF_LABEL).collect()
}

fn words(term: &Term) -> String {
    let forms = term.forms.iter().flat_map(|form| [&form.text, &form.note]);
    let parts: Vec<String> = [&term.id, &term.sense, &term.note, &term.subject]
        .into_iter()
        .chain(forms)
        .filter(|part| !part.is_empty())
        .map(|part| language::folded(part))
        .collect();
    parts.join("\n")
}

/// Removes a term; false when it wasn't there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn remove(tx: &mut Tx<'_>, client: ClientId, id: TermId) -> Result<bool, Fault> {
    if one(tx, client, id)?.is_none() {
        return Ok(false);
    }
    tx.run(sql!("delete from term_forms where term_id = $1"), &[&id])?;
    Ok(tx.run(sql!("delete from terms where id = $1"), &[&id])? > 0)
}
