//! Memory: what was sent to a client's customers in another language is remembered sentence by sentence, and said again.

use crate::{
    Desk, aside, set_up,
    tables::remembered::{self as tables, Held, KeptPair, Sought},
    terms::{self, Termbase, pattern},
};
use cases::{
    Message, tables as case_tables,
    translations::{Aligned, Original, Translated},
};
use kernel::{ClientId, Fault, Kind, LanguageTag, MessageId, Reach, Refused, RememberedId, Stop};
use language::{
    memory::{Approval, Remembered, Spoken, TmxPair, Wanted, best, index_keys, keepable},
    translation::{Known, Request, sentences},
};
use people::{PeopleRefusal, tables as people_tables};
use std::{collections::BTreeMap, ops::Range, sync::Arc};
use store::Tx;

/// Below this the meaning guard found more than a hint in a passage, so nobody should read it again.
const SURE: f64 = 0.85;
/// So many messages of a case tell the names in it.
const MESSAGES: i64 = 200;
/// So many sentences of a text are looked up.
const SENTENCES: usize = 2_000;
/// Entries on one page.
pub const ON_A_PAGE: i64 = 50;
/// So many entries are read at once for a file.
const TOGETHER: i64 = 5_000;

/// What a client's memory knows of a text.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn known(tx: &mut Tx<'_>, client: ClientId, request: &Request) -> Result<Vec<Known>, Fault> {
    let mut wanted: BTreeMap<&str, String> = BTreeMap::new();
    for range in sentences(&request.text, &request.from).into_iter().take(SENTENCES) {
        let sentence = &request.text[range];
        wanted.entry(sentence).or_insert_with(|| index_keys(sentence, &[]).near);
    }
    let keys: Vec<String> = wanted.values().cloned().collect();
    let found = tables::candidates(tx, client, &request.from, &request.to, &keys)?;
    let known = wanted.keys().zip(found).filter_map(|(sentence, candidates)| {
        let wanted = Wanted {
            client,
            from: request.from.clone(),
            to: request.to.clone(),
            source: sentence,
            names: &[],
        };
        let found = best(&wanted, &candidates)?;
        Some(Known {
            source: (*sentence).to_owned(),
            target: found.target,
            confidence: found.confidence,
            because: found.because.sentence.into(),
        })
    });
    Ok(known.collect())
}

/// Whether a client's memory knows at least half of a text: less isn't worth a reader's look unless they ask for it.
///
/// # Errors
/// A fault when the database can't be reached.
pub(crate) fn knows_most(tx: &mut Tx<'_>, client: ClientId, request: &Request) -> Result<bool, Fault> {
    let cuts = sentences(&request.text, &request.from);
    let all: usize = cuts.iter().map(Range::len).sum();
    let known = known(tx, client, request)?;
    let is_known =
        |cut: &&Range<usize>| known.iter().any(|known| known.source == request.text[(*cut).clone()]);
    let said: usize = cuts.iter().filter(is_known).map(Range::len).sum();
    Ok(said > 0 && said * 2 >= all)
}

/// What a reply that has left leaves to remember: nothing of a reply that was written as it is.
///
/// # Errors
/// A fault when the database can't be reached.
pub(crate) async fn of_reply(desk: &Desk, reply: MessageId) -> Result<Vec<Remembered>, Fault> {
    let inner = desk.clone();
    let found = desk.store.read(move |tx| left(tx, &inner, reply)).await?;
    match found {
        Some(left) => aside(move || left.pairs()).await,
        None => Ok(Vec::new()),
    }
}

/// A reply that has left, with what it was translated from.
struct Left {
    client: ClientId,
    reply: Message,
    original: Translated,
    names: Vec<String>,
    termbase: Arc<Termbase>,
    approval: Approval,
}

fn left(tx: &mut Tx<'_>, desk: &Desk, reply: MessageId) -> Result<Option<Left>, Fault> {
    let Some(original) = case_tables::original_of(tx, reply)? else { return Ok(None) };
    let Some(reply) = case_tables::message(tx, reply)? else { return Ok(None) };
    let Some(case) = case_tables::case(tx, reply.case)? else { return Ok(None) };
    let person = reply.by.person.map(|person| people_tables::person(tx, person)).transpose()?.flatten();
    let is_read =
        person.is_some_and(|person| person.reads(&reply.language) && person.reads(&original.language));
    let mut names: Vec<String> =
        case_tables::messages(tx, case.id, MESSAGES)?.into_iter().map(|message| message.by.name).collect();
    names.extend(people_tables::customer(tx, case.customer)?.map(|customer| customer.name));
    names.sort_unstable();
    names.dedup();
    Ok(Some(Left {
        client: case.client,
        termbase: terms::termbase(tx, desk, case.client)?,
        approval: if is_read { Approval::Read } else { Approval::Unread },
        reply,
        original,
        names,
    }))
}

impl Left {
    /// Sentence by sentence, in both directions; without what is somebody's and what the guard had doubts about.
    fn pairs(&self) -> Vec<Remembered> {
        if self.original.original != Original::Other {
            return Vec::new();
        }
        let (own, said) = (&self.original.text, &self.reply.new_text);
        let (own_cuts, said_cuts) =
            (sentences(own, &self.original.language), sentences(said, &self.reply.language));
        let sure = self.original.segments.iter().filter(|segment| segment.confidence >= SURE);
        let pairs = sure.filter_map(|segment: &Aligned| {
            let source = only(&own_cuts, segment.other_start..segment.other_end)?;
            let target = only(&said_cuts, segment.start..segment.end)?;
            self.both_ways(own.get(source)?, said.get(target)?)
        });
        pairs.flatten().collect()
    }

    fn both_ways(&self, source: &str, target: &str) -> Option<[Remembered; 2]> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let (own, theirs) = (&self.original.language, &self.reply.language);
        let kept = keepable(
            Spoken { text: source, language: own },
            Spoken { text: target, language: theirs },
            &names,
            &self.termbase.terms,
        )?;
        let one = Remembered {
            client: self.client,
            from: own.clone(),
            to: theirs.clone(),
            source: kept.source,
            target: kept.target,
            approved_by: self.reply.by.name.clone(),
            approved_at: self.reply.at,
            approval: self.approval,
        };
        let other = Remembered {
            from: theirs.clone(),
            to: own.clone(),
            source: one.target.clone(),
            target: one.source.clone(),
            ..one.clone()
        };
        Some([one, other])
    }
}

/// The only sentence inside a passage; `None` where there are several, as the guard joins some that belong to one.
fn only(cuts: &[Range<usize>], passage: Range<usize>) -> Option<Range<usize>> {
    let mut inside = cuts.iter().filter(|cut| cut.start < passage.end && passage.start < cut.end);
    let one = inside.next()?;
    inside.next().is_none().then(|| one.clone())
}

/// What the page of a client's memory shows.
pub struct MemoryPage {
    /// The client.
    pub client: people::Client,
    /// The entries of this page, one more than fits when there are more.
    pub entries: Vec<KeptPair>,
    /// How much there is in each direction.
    pub held: Vec<Held>,
}

/// A client's memory where these words stand, in one direction or in all, page by page from 0.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn page(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    words: &str,
    direction: Option<(LanguageTag, LanguageTag)>,
    page: i64,
) -> Result<MemoryPage, Stop> {
    set_up::only_owners(reach)?;
    let sought =
        Sought { words: pattern(words), direction, skip: page.max(0) * ON_A_PAGE, most: ON_A_PAGE + 1 };
    desk.store
        .read(move |tx| {
            Ok(MemoryPage {
                client: people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?,
                entries: tables::found(tx, client, &sought)?,
                held: tables::held(tx, client)?,
            })
        })
        .await
}

/// Forgets an entry.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners; `memory.not_found`.
pub async fn forget(desk: &Desk, reach: &Reach, client: ClientId, id: RememberedId) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let owner = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            if !tables::forget(tx, client, id)? {
                let sentence = "The memory has no such entry, or not any more.";
                return Err(Refused::new(Kind::NotFound, "memory.not_found", sentence).into());
            }
            let sentence = format!("An entry of {}’s translation memory was removed.", owner.name);
            Ok(set_up::administered(tx, "remembered.changed", Some(client), now, sentence)?)
        })
        .await
}

/// The whole memory of a client, for a file.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn whole(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
) -> Result<(people::Client, Vec<TmxPair>), Stop> {
    set_up::only_owners(reach)?;
    let owner =
        desk.store.read(move |tx| people_tables::client(tx, client)).await?.ok_or(PeopleRefusal::NotFound)?;
    let (mut pairs, mut last) = (Vec::new(), None);
    loop {
        let part = desk.store.read(move |tx| tables::after(tx, client, last, TOGETHER)).await?;
        let Some(end) = part.last() else { return Ok((owner, pairs)) };
        last = Some(end.id);
        pairs.extend(part.into_iter().map(|kept| TmxPair {
            from: kept.pair.from,
            to: kept.pair.to,
            source: kept.pair.source,
            target: kept.pair.target,
            by: kept.pair.approved_by,
        }));
    }
}
