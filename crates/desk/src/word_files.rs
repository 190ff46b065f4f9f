//! Word files: lists of terms and translation memories that owners bring in, a part at a time so that nobody else has to wait.

use crate::{
    Desk, aside, set_up,
    tables::{remembered as memory_tables, terms as term_tables},
    terms::MOST_TERMS,
};
use kernel::{ClientId, Kind, Reach, Refused, Stop};
use language::{
    memory::{self, Approval, Remembered, TmxPair},
    terms::{self, Problem, Term},
};
use people::{Client, PeopleRefusal, tables as people_tables};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most pairs that are taken from one file.
pub const MOST_PAIRS: usize = 200_000;
/// So many are written in one transaction.
const TOGETHER: usize = 200;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Terms as a table.
    Csv,
    /// Terms as TBX.
    Tbx,
    /// A translation memory.
    Tmx,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// How many entries were written down.
    pub written: usize,
    /// How many there were already, better than those of the file.
    pub left: usize,
    /// What couldn't be taken over.
    pub problems: Vec<Problem>,
}

/// Brings terms in. Those of the same name take the place of what was there.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `words.too_large`, `terms.too_many`, `words.nothing_read`.
pub async fn bring_terms(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    format: Format,
    bytes: Vec<u8>,
) -> Result<Brought, Stop> {
    let owner = owner(desk, reach, client).await?;
    fits(&bytes)?;
    let read = aside(move || match format {
        Format::Tbx => terms::from_tbx(&bytes),
        Format::Csv | Format::Tmx => terms::from_csv(&bytes),
    });
    let read = read.await?;
    let (whole, empty): (Vec<Term>, Vec<Term>) =
        read.terms.into_iter().partition(|term| !term.forms.is_empty());
    let mut brought = Brought { problems: read.problems, ..Brought::default() };
    brought.problems.extend(empty.iter().map(|term| Problem {
        line: 1,
        sentence: format!("“{}” has no words in any language. It was left out.", term.id),
    }));
    if whole.is_empty() {
        return Err(nothing_read(&brought.problems).into());
    }
    let there = desk.store.read(move |tx| term_tables::count(tx, client, "%")).await?;
    if there + i64::try_from(whole.len()).unwrap_or(i64::MAX) > MOST_TERMS {
        return Err(too_many(&owner, whole.len(), there).into());
    }
    let now = desk.clock.now();
    for part in whole.chunks(TOGETHER) {
        let part = part.to_vec();
        brought.written += part.len();
        desk.store
            .write(move |tx| {
                for term in &part {
                    term_tables::put(tx, client, None, term, now)?;
                }
                term_tables::changed(tx, client)
            })
            .await?;
    }
    noted(
        desk,
        client,
        "terms.changed",
        format!("{} terms of {} were brought in.", brought.written, owner.name),
    )
    .await?;
    Ok(brought)
}

/// Brings pairs in, in both directions, as approved by whoever the file names, or by who brings them.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `words.too_large`, `words.nothing_read`.
pub async fn bring_memory(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    bytes: Vec<u8>,
) -> Result<Brought, Stop> {
    let owner = owner(desk, reach, client).await?;
    fits(&bytes)?;
    let mut read = aside(move || memory::from_tmx(&bytes)).await?;
    let mut brought = Brought { problems: std::mem::take(&mut read.problems), ..Brought::default() };
    if read.pairs.len() > MOST_PAIRS {
        let sentence = format!("Only the first {MOST_PAIRS} of {} pairs were read.", read.pairs.len());
        brought.problems.push(Problem { line: 1, sentence });
        read.pairs.truncate(MOST_PAIRS);
    }
    if read.pairs.is_empty() {
        return Err(nothing_read(&brought.problems).into());
    }
    let (person, now) = (reach.person(), desk.clock.now());
    let bringer = desk.store.read(move |tx| people_tables::person(tx, person)).await?;
    let bringer = bringer.map(|person| person.name).unwrap_or_default();
    for part in read.pairs.chunks(TOGETHER) {
        let entries: Vec<Remembered> =
            part.iter().flat_map(|pair| both_ways(client, pair, &bringer, now)).collect();
        let kept = desk.store.write(move |tx| {
            let kept = entries.iter().map(|entry| memory_tables::remember(tx, entry, None));
            kept.collect::<Result<Vec<_>, kernel::Fault>>()
        });
        for kept in kept.await? {
            match kept {
                memory_tables::Kept::Left => brought.left += 1,
                memory_tables::Kept::New | memory_tables::Kept::Replaced => brought.written += 1,
            }
        }
    }
    let sentence =
        format!("{} entries of {}’s translation memory were brought in.", brought.written, owner.name);
    noted(desk, client, "remembered.changed", sentence).await?;
    Ok(brought)
}

/// A pair and the same the other way round.
fn both_ways(client: ClientId, pair: &TmxPair, bringer: &str, now: kernel::Instant) -> [Remembered; 2] {
    let by = if pair.by.is_empty() { bringer } else { &pair.by };
    let one = Remembered {
        client,
        from: pair.from.clone(),
        to: pair.to.clone(),
        source: pair.source.clone(),
        target: pair.target.clone(),
        approved_by: by.to_owned(),
        approved_at: now,
        approval: Approval::Read,
    };
    let other = Remembered {
        from: pair.to.clone(),
        to: pair.from.clone(),
        source: pair.target.clone(),
        target: pair.source.clone(),
        ..one.clone()
    };
    [one, other]
}

async fn owner(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Client, Stop> {
    set_up::only_owners(reach)?;
    desk.store.read(move |tx| Ok(people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?)).await
}

async fn noted(desk: &Desk, client: ClientId, kind: &'static str, sentence: String) -> Result<(), Stop> {
    let now = desk.clock.now();
    Ok(desk
        .store
        .write(move |tx| set_up::administered(tx, kind, Some(client), now, sentence.clone()))
        .await?)
}

fn fits(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.len() <= MOST_BYTES { Ok(()) } else { Err(too_large()) }
}

/// The file is larger than is read.
pub fn too_large() -> Refused {
    let sentence = format!("The file is larger than {} MB.", MOST_BYTES / (1024 * 1024));
    Refused::new(Kind::Invalid, "words.too_large", sentence).hint("Bring it in as several smaller files.")
}

fn nothing_read(problems: &[Problem]) -> Refused {
    let because = problems.first().map_or_else(|| "It is empty.".to_owned(), ToString::to_string);
    Refused::new(Kind::Invalid, "words.nothing_read", format!("Nothing in the file could be read. {because}"))
        .hint("Put the file right and choose it again. Nothing was changed.")
}

fn too_many(client: &Client, new: usize, there: i64) -> Refused {
    let sentence =
        format!("{} has {there} terms, the file {new}; at most {MOST_TERMS} are kept.", client.name);
    Refused::new(Kind::Invalid, "terms.too_many", sentence)
        .hint("Remove terms that nobody needs, or bring in a shorter list.")
}
