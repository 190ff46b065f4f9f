//! The table of language levels, as a history; the latest of each language stands beside the person, too.

use crate::{Evidence, Level, LevelEntry, Spoken, said_anew};
use kernel::{Fault, PersonId};
use store::{Row, Tx, sql};

/// Enters how well somebody knows a language. Earlier entries stay, and count no more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_level(tx: &mut Tx<'_>, entry: &LevelEntry) -> Result<(), Fault> {
    let spoken = &entry.spoken;
    tx.run(
        sql!(
            "insert into language_levels (person_id, language, entered_at, reading, writing, speaking, evidence, dated_on, until_on,
               entered_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (person_id, language, entered_at) do update set reading = excluded.reading, writing = excluded.writing,
               speaking = excluded.speaking, evidence = excluded.evidence, dated_on = excluded.dated_on,
               until_on = excluded.until_on, entered_by = excluded.entered_by"
        ),
        &[
            &entry.person,
            &spoken.language,
            &entry.entered_at,
            &spoken.reading.as_str(),
            &spoken.writing.as_str(),
            &spoken.speaking.as_str(),
            &spoken.evidence.as_str(),
            &spoken.dated_on,
            &spoken.until_on,
            &entry.entered_by,
        ],
    )?;
    let person = entry.person;
    let known: String = tx.value(sql!("select languages from persons where id = $1"), &[&person])?;
    let languages = projected(&said_anew(&read_projected(&known)?, spoken.clone()))?;
    tx.run(sql!("update persons set languages = $1 where id = $2"), &[&languages, &person]).map(drop)
}

/// Everything that was ever said of somebody's languages, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn levels(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<LevelEntry>, Fault> {
    tx.list(
        sql!(
            "select person_id, language, reading, writing, speaking, evidence, dated_on, until_on, entered_by, entered_at
             from language_levels where person_id = $1 order by entered_at desc, language"
        ),
        &[&person],
        entry,
    )
}

fn entry(row: &mut Row) -> Result<LevelEntry, Fault> {
    let person = row.take()?;
    let language = row.take()?;
    let (reading, writing, speaking) = (level(row)?, level(row)?, level(row)?);
    let evidence: String = row.take()?;
    let evidence = Evidence::of(&evidence).ok_or_else(|| Fault::new("a level has unknown evidence"))?;
    let spoken = Spoken {
        language,
        reading,
        writing,
        speaking,
        evidence,
        dated_on: row.take()?,
        until_on: row.take()?,
    };
    Ok(LevelEntry { person, spoken, entered_by: row.take()?, entered_at: row.take()? })
}

fn level(row: &mut Row) -> Result<Level, Fault> {
    let word: String = row.take()?;
    Level::of(&word).ok_or_else(|| Fault::new("a language has an unknown level"))
}

/// The languages as they stand beside a person.
fn projected(languages: &[Spoken]) -> Result<String, Fault> {
    serde_json::to_string(languages).map_err(Fault::new)
}

pub(super) fn read_projected(text: &str) -> Result<Vec<Spoken>, Fault> {
    serde_json::from_str(text).map_err(Fault::new)
}
