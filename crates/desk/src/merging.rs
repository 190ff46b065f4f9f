//! Merging: everything that was said in one case moves into another of the same client, and the old reference leads there. Two
//! cases that were merged by mistake are taken apart again.

use crate::{Desk, changes, clocks};
use cases::{Case, CaseRefusal, LastWord, State, shown_reference, tables as case_tables, threading};
use kernel::{CaseId, Reach, Stop};
use store::Tx;

/// Moves a case's messages, drafts and files into the case with this reference. Answers that case.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::NoSuchCase`], [`CaseRefusal::SameCase`], [`CaseRefusal::OtherClient`],
/// [`CaseRefusal::Merged`].
pub async fn merge(desk: &Desk, reach: &Reach, from: CaseId, into: &str) -> Result<CaseId, Stop> {
    let (reach, into, now) = (reach.clone(), into.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let from = case_tables::find_unmerged(tx, &reach, from)?;
            let to = other(tx, &reach, &from, &into)?;
            let moved = case_tables::move_messages(tx, from.id, to.id)?;
            case_tables::move_index(tx, from.id, to.id, to.engagement)?;
            case_tables::note_merge(tx, &from, to.id, now)?;
            let grown = Case { updated_at: now, ..grown(&from, &to) };
            case_tables::note_grown(tx, &grown, i64::try_from(moved).unwrap_or(i64::MAX))?;
            let (old, new) = (shown_reference(&from.reference), shown_reference(&to.reference));
            clocks::merged(tx, &from, &new, now)?;
            clocks::took_in(tx, &to, grown.state, &old, now)?;
            let what = format!("merged this case into #{new}, which holds its messages now.");
            changes::did(tx, &from, &reach, "case.merged", now, what)?;
            let what = format!("merged #{old} into this case.");
            changes::did(tx, &to, &reach, "case.took_in", now, what)?;
            Ok(to.id)
        })
        .await
}

/// Takes a case out of the one that it was merged into: what it had said then goes back to it, and it stands where it stood. What
/// arrived since stays where it arrived.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`] when the case that holds it was merged itself, [`CaseRefusal::NotMerged`].
pub async fn part(desk: &Desk, reach: &Reach, holder: CaseId, merged: CaseId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let holder = case_tables::find_unmerged(tx, &reach, holder)?;
            let merged = case_tables::find(tx, &reach, merged)?;
            let before = case_tables::before_merge(tx, merged.id)?.ok_or(CaseRefusal::NotMerged)?;
            if merged.merged_into != Some(holder.id) {
                return Err(CaseRefusal::NotMerged.into());
            }
            let moved = case_tables::move_back(tx, merged.id, holder.id)?;
            tx.move_index(merged.id, merged.engagement)?;
            let moved = i64::try_from(moved).unwrap_or(i64::MAX);
            case_tables::note_parting(tx, merged.id, before, moved, now)?;
            case_tables::note_grown(tx, &Case { updated_at: now, ..holder.clone() }, -moved)?;
            let (old, new) = (shown_reference(&merged.reference), shown_reference(&holder.reference));
            clocks::parted(tx, &merged, before.state, &new, now)?;
            let what = format!("took this case out of #{new} again.");
            changes::did(tx, &merged, &reach, "case.parted", now, what)?;
            let what = format!("took #{old} out of this case again, with its messages.");
            changes::did(tx, &holder, &reach, "case.parted", now, what)?;
            Ok(())
        })
        .await
}

/// The case that a reference names, as far as the asker sees it and it may take the other in.
fn other(tx: &mut Tx<'_>, reach: &Reach, from: &Case, written: &str) -> Result<Case, Stop> {
    let reference = read_reference(written).ok_or(CaseRefusal::NoSuchCase)?;
    let named = case_tables::case_by_reference(tx, &reference)?.ok_or(CaseRefusal::NoSuchCase)?;
    let found = case_tables::survivor(tx, named)?;
    if !reach.sees(found.engagement, found.assignee) {
        return Err(CaseRefusal::NoSuchCase.into());
    }
    match () {
        () if found.id == from.id => Err(CaseRefusal::SameCase.into()),
        () if found.client != from.client => Err(CaseRefusal::OtherClient.into()),
        () => Ok(found),
    }
}

/// A reference as people type it: with or without `#`, hyphen and capitals.
fn read_reference(written: &str) -> Option<String> {
    let bare = written.trim().trim_start_matches('#');
    threading::references_in_subject(&format!("#{bare}")).into_iter().next()
}

/// The case that remains: open if one of them is, with the word of whoever waits for us.
fn grown(from: &Case, to: &Case) -> Case {
    let waits_for_us = |case: &Case| case.state.is_open() && case.last_word == LastWord::Customer;
    let state = match (from.state.is_open(), to.state) {
        (true, State::Closed | State::Waiting) if waits_for_us(from) => State::Open,
        (true, State::Closed) => from.state,
        (_, state) => state,
    };
    let last_word = if waits_for_us(from) { LastWord::Customer } else { to.last_word };
    let closed_at = if state.is_open() { None } else { to.closed_at };
    Case { state, last_word, closed_at, ..to.clone() }
}
