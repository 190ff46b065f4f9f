//! Risk: topics in which a client wants no machine to be trusted alone. What touches them, who reads a translated reply before it leaves,
//! and the texts that may leave without a reader.

use crate::{Desk, changes, set_up};
use cases::{
    Case, CaseRefusal, Message, MessageKind, tables as case_tables,
    topics::{CaseTopic, CheckState, NativeCheck, Template, Topic, is_approved},
};
use kernel::{CaseId, ClientId, Fault, Instant, LanguageTag, PersonId, Reach, Stop};
use language::risk::{self as rule, touched};
use people::{PeopleRefusal, Person, tables as people_tables};
use store::Tx;

/// How many of the customer's newest messages are looked at, and how much of each, in characters.
const NEWEST: usize = 10;
const LOOKED_AT: usize = 4_000;
/// The longest text and name of an approved template, in characters.
const LONGEST: usize = 20_000;
const LONGEST_NAME: usize = 80;

/// What an owner chose for a client.
pub struct Chosen {
    /// The topics that are risky.
    pub topics: Vec<Topic>,
    /// The texts that may leave without a reader.
    pub templates: Vec<Template>,
}

/// What was chosen for a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn chosen(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Chosen, Stop> {
    set_up::only_owners(reach)?;
    let read = desk.store.read(move |tx| {
        let topics = case_tables::risky_topics(tx, client)?;
        Ok::<_, Fault>(Chosen { topics, templates: case_tables::approved_templates(tx, client)? })
    });
    Ok(read.await?)
}

/// Marks exactly these topics as risky for a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`].
pub async fn choose(desk: &Desk, reach: &Reach, client: ClientId, topics: Vec<Topic>) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let known = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            case_tables::choose_topics(tx, client, &topics)?;
            let sentence = format!("The risky topics of {} were changed.", known.name);
            Ok(set_up::administered(tx, "client.changed", Some(client), now, sentence)?)
        })
        .await
}

/// Approves a text for a client, in the place of one of the same name and language; an empty text takes it back.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`PeopleRefusal::NameMissing`], [`CaseRefusal::TooLong`].
pub async fn approve(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    language: LanguageTag,
    name: &str,
    text: &str,
) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let (name, text) = (name.trim().to_owned(), text.trim().to_owned());
    if name.is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    if text.chars().count() > LONGEST || name.chars().count() > LONGEST_NAME {
        return Err(CaseRefusal::TooLong.into());
    }
    let (by, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let known = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            if text.is_empty() {
                case_tables::drop_template(tx, client, &language, &name)?;
            } else {
                let (language, name, text) = (language.clone(), name.clone(), text.clone());
                case_tables::add_template(tx, &Template { client, language, name, text, by, at: now })?;
            }
            let sentence = format!("The approved texts of {} were changed.", known.name);
            Ok(set_up::administered(tx, "client.changed", Some(client), now, sentence)?)
        })
        .await
}

/// The topics that a text touches, as cases name them.
fn topics_in(text: &str, language: &LanguageTag) -> Vec<(Topic, String)> {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
    let text = &text[..end];
    let named = touched(text, language).into_iter().map(|one| (named(one.topic), text[one.span].to_owned()));
    named.collect()
}

fn named(topic: rule::Topic) -> Topic {
    match topic {
        rule::Topic::Money => Topic::Money,
        rule::Topic::Safety => Topic::Safety,
        rule::Topic::Legal => Topic::Legal,
        rule::Topic::Cancellation => Topic::Cancellation,
    }
}

/// The topics of a case: those that are noted, and those that the customer's newest messages touch.
pub(crate) fn topics(noted: Vec<CaseTopic>, case: CaseId, messages: &[Message]) -> Vec<CaseTopic> {
    let mut topics = noted;
    let newest =
        messages.iter().rev().filter(|one| one.kind == MessageKind::Customer && one.automatic.is_none());
    for message in newest.take(NEWEST) {
        for (topic, words) in topics_in(&message.new_text, &message.language) {
            if !topics.iter().any(|known| known.topic == topic) {
                let (at, message) = (message.at, Some(message.id));
                topics.push(CaseTopic { case, topic, message, words, person: None, at });
            }
        }
    }
    topics
}

/// Adds a topic to a case by hand.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::AlreadySo`].
pub async fn add_topic(desk: &Desk, reach: &Reach, case: CaseId, topic: Topic) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let (message, words, person) = (None, String::new(), Some(reach.person()));
            let added = CaseTopic { case: case.id, topic, message, words, person, at: now };
            if !case_tables::add_topic(tx, &added)? {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let what = format!("noted that the case is about {}.", topic.title().to_lowercase());
            Ok(changes::did(tx, &case, &reach, "case.topic_added", now, what)?)
        })
        .await
}

/// Takes a topic back that was added by hand.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::AlreadySo`] when nobody added it.
pub async fn drop_topic(desk: &Desk, reach: &Reach, case: CaseId, topic: Topic) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if !case_tables::drop_topic(tx, case.id, topic)? {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let what = format!("noted that the case isn't about {}.", topic.title().to_lowercase());
            Ok(changes::did(tx, &case, &reach, "case.topic_dropped", now, what)?)
        })
        .await
}

/// Asks the colleagues for somebody who reads the customer's language, for exactly these two texts.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::Empty`], [`CaseRefusal::TooLong`], [`CaseRefusal::NotTranslated`].
pub async fn ask_reader(desk: &Desk, reach: &Reach, case: CaseId, own: &str, text: &str) -> Result<(), Stop> {
    let (own, text) = (own.trim().to_owned(), text.trim().to_owned());
    if own.is_empty() || text.is_empty() {
        return Err(CaseRefusal::Empty.into());
    }
    if own.chars().count() > LONGEST || text.chars().count() > LONGEST {
        return Err(CaseRefusal::TooLong.into());
    }
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let mut beside = case_tables::draft_translation(tx, case.id, reach.person())?
                .ok_or(CaseRefusal::NotTranslated)?;
            case_tables::ask_native_check(
                tx,
                &NativeCheck {
                    case: case.id,
                    author: reach.person(),
                    own: own.clone(),
                    own_language: beside.own_language.clone(),
                    text: text.clone(),
                    language: case.language.clone(),
                    state: CheckState::Asked,
                    reader: None,
                    words: String::new(),
                    asked_at: now,
                    decided_at: None,
                },
            )?;
            (beside.own, beside.text) = (own.clone(), text.clone());
            case_tables::keep_draft_translation(tx, &beside)?;
            let what =
                "asks for somebody who reads the customer's language to read a reply before it leaves.";
            Ok(changes::did(tx, &case, &reach, "reply.reader_asked", now, what)?)
        })
        .await
}

/// What a reader says of a translated reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// This text says the same; it may be the reader's own correction.
    Same(String),
    /// It goes back to its author with these words.
    Returned(String),
}

/// A reader says whether somebody's translated reply says the same.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::Empty`], [`CaseRefusal::TooLong`], [`CaseRefusal::CannotJudge`],
/// [`CaseRefusal::AlreadySo`] when nobody waits for it any more.
pub async fn read(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    author: PersonId,
    reading: Reading,
) -> Result<(), Stop> {
    let (Reading::Same(said) | Reading::Returned(said)) = &reading;
    if said.trim().is_empty() {
        return Err(CaseRefusal::Empty.into());
    }
    if said.chars().count() > LONGEST {
        return Err(CaseRefusal::TooLong.into());
    }
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let asked = case_tables::native_check(tx, case.id, author)?;
            let asked =
                asked.filter(|asked| asked.state == CheckState::Asked).ok_or(CaseRefusal::AlreadySo)?;
            let reader = people_tables::person(tx, reach.person())?.ok_or(CaseRefusal::NotFound)?;
            if !reader.judges(&asked.language) {
                return Err(CaseRefusal::CannotJudge.into());
            }
            decide(tx, &case, &reach, asked, &reading, now)
        })
        .await
}

fn decide(
    tx: &mut Tx<'_>,
    case: &Case,
    reach: &Reach,
    asked: NativeCheck,
    reading: &Reading,
    now: Instant,
) -> Result<(), Stop> {
    let (state, text, words, what) = match reading {
        Reading::Same(text) => {
            (CheckState::Same, text.trim().to_owned(), String::new(), "has read the reply: it says the same.")
        }
        Reading::Returned(words) => {
            (CheckState::Returned, asked.text.clone(), words.trim().to_owned(), "gave the reply back.")
        }
    };
    let author = asked.author;
    let decided =
        NativeCheck { state, text, words, reader: Some(reach.person()), decided_at: Some(now), ..asked };
    if !case_tables::decide_native_check(tx, &decided)? {
        return Err(CaseRefusal::AlreadySo.into());
    }
    if let Some(mut beside) = case_tables::draft_translation(tx, case.id, author)?
        && decided.state == CheckState::Same
    {
        beside.text.clone_from(&decided.text);
        beside.own.clone_from(&decided.own);
        case_tables::keep_draft_translation(tx, &beside)?;
    }
    Ok(changes::did(tx, case, reach, "reply.read_by_reader", now, what)?)
}

/// Refuses a translated reply that touches what the client marks as risky, unless its author reads the language, somebody who does has
/// read exactly these texts, or it is exactly an approved text.
pub(crate) fn may_leave(
    tx: &mut Tx<'_>,
    case: &Case,
    author: &Person,
    own: (&str, &LanguageTag),
    text: &str,
) -> Result<(), Stop> {
    let marked = case_tables::risky_topics(tx, case.client)?;
    if marked.is_empty() || author.judges(&case.language) {
        return Ok(());
    }
    let noted = case_tables::topics(tx, case.id)?;
    let messages = case_tables::messages(tx, case.id, 50)?;
    let of_case = topics(noted, case.id, &messages).into_iter().map(|one| one.topic);
    let of_reply = topics_in(own.0, own.1).into_iter().chain(topics_in(text, &case.language));
    let mut touched = of_case.chain(of_reply.map(|(topic, _)| topic));
    if !touched.any(|topic| marked.contains(&topic)) {
        return Ok(());
    }
    let read = case_tables::native_check(tx, case.id, author.id)?;
    let templates = case_tables::approved_templates(tx, case.client)?;
    let may =
        read.is_some_and(|read| read.approves(own.0, text)) || is_approved(&templates, &case.language, text);
    if may { Ok(()) } else { Err(CaseRefusal::NeedsReader.into()) }
}

/// How many replies that wait for a reader are told at once.
const MOST_AWAITED: usize = 20;

/// A case in which a reader is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The case.
    pub case: CaseId,
    /// What people quote.
    pub reference: String,
    /// The language that has to be read.
    pub language: LanguageTag,
    /// Since when.
    pub since: Instant,
}

/// The cases within reach in which somebody waits for a reader like this person, the oldest first.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn awaited(desk: &Desk, reach: &Reach, person: &Person) -> Result<Vec<Awaited>, Fault> {
    let (reach, person) = (reach.clone(), person.clone());
    desk.store
        .read(move |tx| {
            let asked = case_tables::native_checks_asked(tx)?.into_iter();
            let mine = asked.filter(|(_, engagement, _, language, _)| {
                reach.sees(*engagement, None) && person.judges(language)
            });
            let one = |(case, _, reference, language, since)| Awaited { case, reference, language, since };
            Ok(mine.map(one).take(MOST_AWAITED).collect())
        })
        .await
}
