//! Terms: a client's own words as owners keep them, and as they are used whenever one of its texts is said in another language.

use crate::{
    Desk, set_up,
    tables::terms::{self as tables, KeptTerm},
};
use kernel::{ClientId, Fault, Kind, LanguageTag, Reach, Refused, Stop, TermId};
use language::terms::{Finder, Found, Term};
use people::{PeopleRefusal, tables as people_tables};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};
use store::Tx;

/// The most terms that a client may have.
pub const MOST_TERMS: i64 = 50_000;
/// Terms on one page.
pub const ON_A_PAGE: i64 = 50;
/// So many clients' terms are held in memory; whose were used longest ago are read again.
const HELD: usize = 16;

/// A client's terms in memory, with a finder for each language in which they were looked for.
#[derive(Default)]
pub struct Termbase {
    revision: i64,
    /// The terms.
    pub terms: Vec<Term>,
    finders: Mutex<HashMap<LanguageTag, Arc<Finder>>>,
}

impl fmt::Debug for Termbase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Termbase")
            .field("revision", &self.revision)
            .field("terms", &self.terms.len())
            .finish()
    }
}

impl Termbase {
    /// The client's terms in a text of this language.
    pub fn find(&self, text: &str, language: &LanguageTag) -> Vec<Found> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        let known = self.finders.lock().unwrap_or_else(PoisonError::into_inner).get(language).cloned();
        let finder = known.unwrap_or_else(|| {
            let made = Arc::new(Finder::new(&self.terms, language));
            let mut finders = self.finders.lock().unwrap_or_else(PoisonError::into_inner);
            finders.insert(language.clone(), Arc::clone(&made));
            made
        });
        finder.find(text)
    }

    /// The terms that stand in a text, each once.
    pub fn standing(&self, text: &str, language: &LanguageTag) -> Vec<Term> {
        let found = self.find(text, language);
        let mut places: Vec<usize> =
            found.iter().flat_map(|found| &found.senses).map(|sense| sense.term).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| self.terms[place].clone()).collect()
    }
}

/// The terms of the clients that were used last.
#[derive(Default)]
pub struct Termbases(Mutex<Vec<(ClientId, Arc<Termbase>)>>);

impl Termbases {
    fn held(&self, client: ClientId, revision: i64) -> Option<Arc<Termbase>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(known, base)| *known == client && base.revision == revision)?;
        let used = held.remove(at);
        let base = Arc::clone(&used.1);
        held.push(used);
        Some(base)
    }

    fn hold(&self, client: ClientId, base: &Arc<Termbase>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(known, _)| *known != client);
        if held.len() >= HELD {
            held.remove(0);
        }
        held.push((client, Arc::clone(base)));
    }
}

/// A client's terms as they stand now. Not for a transaction that changes them.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn termbase(tx: &mut Tx<'_>, desk: &Desk, client: ClientId) -> Result<Arc<Termbase>, Fault> {
    let revision = tables::revision(tx, client)?;
    if revision == 0 {
        return Ok(Arc::default());
    }
    if let Some(base) = desk.termbases.held(client, revision) {
        return Ok(base);
    }
    let base = Arc::new(Termbase { revision, terms: tables::all(tx, client)?, finders: Mutex::default() });
    desk.termbases.hold(client, &base);
    Ok(base)
}

/// What the page of a client's terms shows.
pub struct TermsPage {
    /// The client.
    pub client: people::Client,
    /// The terms of this page.
    pub terms: Vec<KeptTerm>,
    /// How many fit what was sought.
    pub found: i64,
    /// How many there are.
    pub all: i64,
}

/// A client's terms in which these words stand, page by page from 0.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn page(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    words: &str,
    page: i64,
) -> Result<TermsPage, Stop> {
    set_up::only_owners(reach)?;
    let words = pattern(words);
    desk.store
        .read(move |tx| {
            Ok(TermsPage {
                client: people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?,
                terms: tables::found(tx, client, &words, page.max(0) * ON_A_PAGE, ON_A_PAGE)?,
                found: tables::count(tx, client, &words)?,
                all: tables::count(tx, client, "%")?,
            })
        })
        .await
}

/// What a search looks for; folded words have no letters with a meaning of their own there.
pub(crate) fn pattern(words: &str) -> String {
    format!("%{}%", language::folded(words))
}

/// One term of a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `terms.not_found`.
pub async fn one(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: TermId,
) -> Result<(people::Client, KeptTerm), Stop> {
    set_up::only_owners(reach)?;
    desk.store
        .read(move |tx| {
            let owner = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            Ok((owner, tables::one(tx, client, id)?.ok_or_else(not_found)?))
        })
        .await
}

fn not_found() -> Refused {
    Refused::new(Kind::NotFound, "terms.not_found", "There is no such term, or not any more.")
}

/// Adds a term, or changes the one with this id. One without a name is called after its first form.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `terms.no_words`, `terms.name_taken`, `terms.too_many`, `terms.not_found`.
pub async fn keep(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: Option<TermId>,
    term: Term,
) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let (mut term, now) = (term, desk.clock.now());
    let Some(first) = term.forms.first() else { return Err(no_words().into()) };
    if term.id.trim().is_empty() {
        term.id = first.text.clone();
    }
    desk.store
        .write(move |tx| {
            let owner = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            if let Some(id) = id {
                tables::one(tx, client, id)?.ok_or_else(not_found)?;
            } else if tables::count(tx, client, "%")? >= MOST_TERMS {
                return Err(too_many().into());
            }
            if tables::named(tx, client, &term.id)?.is_some_and(|known| Some(known) != id) {
                return Err(name_taken(&term.id).into());
            }
            tables::put(tx, client, id, &term, now)?;
            tables::changed(tx, client)?;
            let sentence = format!("A term of {} was written down.", owner.name);
            Ok(set_up::administered(tx, "terms.changed", Some(client), now, sentence)?)
        })
        .await
}

fn no_words() -> Refused {
    Refused::new(Kind::Invalid, "terms.no_words", "The term has no words in any language.")
        .hint("Write at least one form, with its language.")
}

fn name_taken(name: &str) -> Refused {
    let sentence = format!("Another term is called “{name}”.");
    Refused::new(Kind::Conflict, "terms.name_taken", sentence)
        .hint("If it is another sense of the word, give this one a name of its own, such as “short (curt)”.")
}

fn too_many() -> Refused {
    let sentence = format!("A client may have {MOST_TERMS} terms.");
    Refused::new(Kind::Invalid, "terms.too_many", sentence)
        .hint("Remove terms that nobody needs, or bring in a shorter list.")
}

/// Removes a term.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `terms.not_found`.
pub async fn remove(desk: &Desk, reach: &Reach, client: ClientId, id: TermId) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let owner = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            if !tables::remove(tx, client, id)? {
                return Err(not_found().into());
            }
            tables::changed(tx, client)?;
            let sentence = format!("A term of {} was removed.", owner.name);
            Ok(set_up::administered(tx, "terms.changed", Some(client), now, sentence)?)
        })
        .await
}

/// All terms of a client, for a file.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn whole(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
) -> Result<(people::Client, Vec<Term>), Stop> {
    set_up::only_owners(reach)?;
    desk.store
        .read(move |tx| {
            let owner = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            Ok((owner, tables::all(tx, client)?))
        })
        .await
}
