//! Levels: how well somebody knows which languages, as owners enter it or as they say themselves. What was said stays as history.

use crate::{Desk, sign_in};
use kernel::{PersonId, Reach, Stop};
use people::{Evidence, LevelEntry, PeopleRefusal, Spoken, tables as people_tables};

/// What was said of somebody's languages.
pub struct Levels {
    /// What counts, the best read first.
    pub languages: Vec<Spoken>,
    /// All entries, the newest first.
    pub entries: Vec<LevelEntry>,
    /// The names of those who entered them.
    pub names: Vec<(PersonId, String)>,
}

/// What was said of somebody's languages: for themselves and for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody else.
pub async fn of(desk: &Desk, reach: &Reach, person: PersonId) -> Result<Levels, Stop> {
    if !reach.owns_installation() && reach.person() != person {
        return Err(PeopleRefusal::NotFound.into());
    }
    desk.store
        .read(move |tx| {
            let found = people_tables::person(tx, person)?.ok_or(PeopleRefusal::NotFound)?;
            let entries = people_tables::levels(tx, person)?;
            let names = people_tables::persons(tx)?.into_iter();
            let names = names.filter(|known| entries.iter().any(|entry| entry.entered_by == Some(known.id)));
            let names = names.map(|known| (known.id, known.name)).collect();
            Ok(Levels { languages: found.languages, entries, names })
        })
        .await
}

/// Enters how well somebody knows a language: owners with evidence; everybody for themselves, by their own word. Somebody's own
/// word doesn't take the place of better evidence.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`PeopleRefusal::EvidenceIsBetter`], [`PeopleRefusal::EvidenceNotByOneself`],
/// [`PeopleRefusal::NotADay`].
pub async fn enter(desk: &Desk, reach: &Reach, person: PersonId, spoken: Spoken) -> Result<(), Stop> {
    let own = reach.person() == person;
    if !own && !reach.owns_installation() {
        return Err(PeopleRefusal::NotFound.into());
    }
    people::fits(&spoken)?;
    if own && !reach.owns_installation() && spoken.evidence != Evidence::OwnWord {
        return Err(PeopleRefusal::EvidenceNotByOneself.into());
    }
    let (entered_by, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = people_tables::person(tx, person)?.ok_or(PeopleRefusal::NotFound)?;
            people::may_take_the_place(&found.languages, &spoken)?;
            let sentence = format!("Knows {}: {}.", spoken.language, people::in_words(&spoken));
            let entry =
                LevelEntry { person, spoken: spoken.clone(), entered_by: Some(entered_by), entered_at: now };
            people_tables::add_level(tx, &entry)?;
            Ok(sign_in::personal(tx, "person.level_entered", person, now, &sentence)?)
        })
        .await
}
