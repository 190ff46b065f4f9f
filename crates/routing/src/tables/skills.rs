//! The table of skills.

use kernel::{Fault, Instant, PersonId};
use store::{Row, Tx, sql};

/// What somebody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Who.
    pub person: PersonId,
    /// What: a family of hardware, of software, of equipment.
    pub skill: String,
    /// Who says so; none for the program.
    pub entered_by: Option<PersonId>,
    /// When.
    pub entered_at: Instant,
    /// The last day on which it holds; none when it doesn't end.
    pub until_on: Option<String>,
}

impl Skill {
    /// It holds on this day.
    pub fn holds(&self, today: &str) -> bool {
        self.until_on.as_deref().is_none_or(|until| today <= until)
    }
}

fn skill_row(row: &mut Row) -> Result<Skill, Fault> {
    Ok(Skill {
        person: row.take()?,
        skill: row.take()?,
        entered_by: row.take()?,
        entered_at: row.take()?,
        until_on: row.take()?,
    })
}

/// Enters a skill, in the place of what was said of it before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn enter_skill(tx: &mut Tx<'_>, skill: &Skill) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into skills (person_id, skill, entered_by, entered_at, until_on) values ($1, $2, $3, $4, $5)
             on conflict (person_id, skill) do update set entered_by = excluded.entered_by,
               entered_at = excluded.entered_at, until_on = excluded.until_on"
        ),
        &[&skill.person, &skill.skill, &skill.entered_by, &skill.entered_at, &skill.until_on],
    )
    .map(drop)
}

/// Takes a skill away. False if there is none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_skill(tx: &mut Tx<'_>, person: PersonId, skill: &str) -> Result<bool, Fault> {
    Ok(tx.run(sql!("delete from skills where person_id = $1 and skill = $2"), &[&person, &skill])? > 0)
}

/// Everybody's skills.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn skills(tx: &mut Tx<'_>) -> Result<Vec<Skill>, Fault> {
    tx.list(
        sql!("select person_id, skill, entered_by, entered_at, until_on from skills order by skill"),
        &[],
        skill_row,
    )
}

/// The skills of a person, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn skills_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Skill>, Fault> {
    tx.list(
        sql!(
            "select person_id, skill, entered_by, entered_at, until_on from skills where person_id = $1 order by skill"
        ),
        &[&person],
        skill_row,
    )
}
