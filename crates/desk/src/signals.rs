//! Signals: where somebody did not understand, looked for in every case that changed and once more after three days of silence, kept, and
//! counted for the barrier meter. It never stands in the way of a mail: [`sweep`] comes after.

use crate::{Desk, aside, changes, risk, speakers};
use cases::{
    Case, CaseRefusal, Message, MessageKind, State,
    handlings::{Handled, Handling},
    misunderstandings::{Misunderstanding, Signal as Told},
    signals::{KeptSignal, Side, Understood},
    tables as case_tables,
    topics::CaseTopic,
};
use kernel::{CaseId, Fault, Instant, LanguageTag, MessageId, PersonId, Reach, Stop};
use language::understanding::{COUNTS_FROM, From, SignalKind, Thread, Turn, signals};
use people::{Person, tables as people_tables};
use std::time::Duration;
use store::{Change, Tx};

/// Up to where cases were looked at as they changed, and again after the silence.
const CHANGED_UNTIL: &str = "signals.changed_until";
const SILENT_UNTIL: &str = "signals.silent_until";
/// What open pages hear when the signals of a case are others than before.
const FOUND: &str = "signals.found";
/// The changes by which a customer says something, and what is told where one of them may have been missed.
const WORDS_OF_CUSTOMERS: [&str; 3] = ["message.received", "reply.not_understood", store::MISSED];
/// So long after a case changed it is looked at again: then silence has become a signal.
const SILENCE: Duration = Duration::from_secs(3 * 24 * 60 * 60 + 60);
/// How long before a case another of the same customer makes it a repeated contact.
const AGAIN_WITHIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// A change may be seen so much later than the time that it bears: a transaction takes its time before it is there.
const LATE: Duration = Duration::from_secs(10);
/// How many cases are looked at between two looks at where we are, and how many messages of each.
const AT_ONCE: i64 = 100;
const MESSAGES: i64 = 200;
/// How many earlier cases of a customer are compared.
const EARLIER: usize = 5;
/// The longest excerpt that is kept, in characters.
const EXCERPT: usize = 200;

/// Looks at the cases that changed since the last time, and at those that have been silent for three days; answers how many.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<usize, Fault> {
    let now = desk.clock.now();
    let changed = walk(desk, Round::Changed, now).await?;
    Ok(changed + walk(desk, Round::Silent, now.minus(SILENCE)).await?)
}

/// Whether a customer has said something with this change, or may have: then it is time for a [`sweep`].
pub fn is_word_of_a_customer(change: &Change) -> bool {
    WORDS_OF_CUSTOMERS.contains(&change.kind.as_str())
}

/// Why cases are looked at.
#[derive(Clone, Copy)]
enum Round {
    /// They changed.
    Changed,
    /// They have been silent since.
    Silent,
}

/// Up to where cases were looked at: to an instant, and of those that changed in it to a case.
type Place = (Instant, Option<CaseId>);

impl Round {
    fn came_to(self, tx: &mut Tx<'_>) -> Result<Place, Fault> {
        let kept = match self {
            Self::Changed => tx.setting(CHANGED_UNTIL)?,
            Self::Silent => tx.setting(SILENT_UNTIL)?,
        };
        let kept = kept.unwrap_or_default();
        let (micros, case) = kept.split_once(' ').unwrap_or((&kept, ""));
        Ok((Instant::from_micros(micros.parse().unwrap_or_default()), case.parse().ok()))
    }

    fn comes_to(self, tx: &mut Tx<'_>, (at, case): Place) -> Result<(), Fault> {
        let case = case.map(|case| case.to_string()).unwrap_or_default();
        let place = format!("{} {case}", at.micros());
        match self {
            Self::Changed => tx.set(CHANGED_UNTIL, &place),
            Self::Silent => tx.set(SILENT_UNTIL, &place),
        }
    }
}

async fn walk(desk: &Desk, round: Round, until: Instant) -> Result<usize, Fault> {
    let mut looked_at = 0;
    let mut after = desk.store.read(move |tx| round.came_to(tx)).await?;
    loop {
        let found =
            desk.store.read(move |tx| case_tables::changed_between(tx, after, until, AT_ONCE)).await?;
        let Some((case, at)) = found.last().copied() else { return Ok(looked_at) };
        for (case, _) in &found {
            look(desk, *case).await?;
            looked_at += 1;
        }
        after = (at, Some(case));
        // Where something may still be written down late is looked again: looking twice changes nothing.
        let in_time = until.minus(LATE);
        let come_to = if at < in_time { after } else { (in_time, None) };
        desk.store.write(move |tx| round.comes_to(tx, come_to)).await?;
    }
}

/// What is known of a case when its signals are looked for.
struct Known {
    case: Case,
    messages: Vec<Message>,
    earlier: Vec<Message>,
    told: Vec<Misunderstanding>,
    handled: Vec<Handled>,
    translated: Vec<(MessageId, LanguageTag)>,
    authors: Vec<Person>,
    topics: Vec<CaseTopic>,
    now: Instant,
}

/// Looks for the signals of one case, keeps them, and counts the case anew.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn look(desk: &Desk, case: CaseId) -> Result<(), Fault> {
    let now = desk.clock.now();
    let Some(known) = desk.store.read(move |tx| known(tx, case, now)).await? else { return Ok(()) };
    let (known, found) = aside(move || {
        let found = found(&known);
        (known, found)
    })
    .await?;
    desk.store
        .write(move |tx| {
            for topic in known.topics.iter().filter(|topic| topic.person.is_none()) {
                case_tables::add_topic(tx, topic)?;
            }
            let before = case_tables::signals(tx, case)?;
            case_tables::keep_signals(tx, case, &found)?;
            let kept = case_tables::signals(tx, case)?;
            if kept != before {
                let (engagement, case) = (Some(known.case.engagement), Some(case));
                tx.tell(Change { kind: FOUND.to_owned(), engagement, case })?;
            }
            understood(&known, &kept).map_or(Ok(()), |counted| case_tables::keep_understanding(tx, &counted))
        })
        .await
}

fn known(tx: &mut Tx<'_>, id: CaseId, now: Instant) -> Result<Option<Known>, Fault> {
    let Some(case) = case_tables::case(tx, id)?.filter(|case| case.merged_into.is_none()) else {
        return Ok(None);
    };
    let messages = case_tables::messages(tx, id, MESSAGES)?;
    let mut authors: Vec<Person> = Vec::new();
    for person in messages.iter().filter_map(|message| message.by.person) {
        if !authors.iter().any(|known| known.id == person) {
            authors.extend(people_tables::person(tx, person)?);
        }
    }
    let translations = case_tables::translations(tx, id)?.into_iter();
    let translated = translations.filter(|one| one.original == cases::translations::Original::Other);
    let topics = risk::topics(case_tables::topics(tx, id)?, id, &messages);
    Ok(Some(Known {
        earlier: earlier(tx, &case)?,
        told: case_tables::misunderstandings(tx, id)?,
        handled: case_tables::handlings(tx, id)?,
        translated: translated.map(|one| (one.message, one.language)).collect(),
        authors,
        topics,
        messages,
        case,
        now,
    }))
}

/// What the customer wrote in other cases within the seven days before this one.
fn earlier(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Message>, Fault> {
    let since = case.opened_at.minus(AGAIN_WITHIN);
    let others = case_tables::all_of_customer(tx, case.customer, since, case.opened_at)?;
    let mut found = Vec::new();
    for other in others.into_iter().filter(|other| *other != case.id).take(EARLIER) {
        let messages = case_tables::messages(tx, other, MESSAGES)?.into_iter();
        found.extend(messages.filter(|one| one.kind == MessageKind::Customer && one.automatic.is_none()));
    }
    found.sort_by_key(|message| message.at);
    Ok(found)
}

fn is_said(message: &&Message) -> bool {
    message.kind != MessageKind::Note && message.automatic.is_none()
}

fn found(known: &Known) -> Vec<KeptSignal> {
    let all: Vec<&Message> = known.earlier.iter().chain(known.messages.iter().filter(is_said)).collect();
    let turns = all.iter().map(|message| turn(message)).collect();
    // Whoever closed a case was content with the silence after it.
    let as_of = (known.case.state != State::Closed).then_some(known.now);
    let thread = Thread { turns, as_of };
    let own = |message: &&Message| message.case == known.case.id;
    let by_words = signals(&thread, &[]).into_iter().filter_map(|signal| {
        let message = all.get(signal.message).copied().filter(own)?;
        let excerpt = message.new_text.get(signal.start..signal.end).unwrap_or_default();
        Some(KeptSignal {
            message: message.id,
            case: known.case.id,
            kind: signal.kind.as_str().to_owned(),
            side: side(signal.kind, message.kind),
            confidence: signal.confidence,
            because: signal.because.sentence,
            words: excerpt.chars().take(EXCERPT).collect(),
            at: message.at,
            dismissed_by: None,
        })
    });
    let by_click = known.told.iter().filter_map(|told| {
        let message = known.messages.iter().find(|message| message.id == told.message)?;
        Some(clicked(told, message))
    });
    by_words.chain(by_click).collect()
}

fn turn(message: &Message) -> Turn {
    let from = if message.kind == MessageKind::Customer { From::Customer } else { From::Representative };
    Turn {
        at: Some(message.at),
        language: message.language.clone(),
        case: Some(message.case.to_string()),
        ..Turn::new(from, message.new_text.clone())
    }
}

fn side(kind: SignalKind, written: MessageKind) -> Side {
    match kind {
        SignalKind::SilenceAfterInstruction => Side::Customer,
        _ if written == MessageKind::Reply => Side::Us,
        _ => Side::Customer,
    }
}

fn clicked(told: &Misunderstanding, message: &Message) -> KeptSignal {
    let (side, because) = match told.signal {
        Told::Pressed => (Side::Customer, "The customer said so on the page of the reply."),
        Told::SecondReader => (Side::Us, "Somebody of ours asked for a second reader."),
    };
    KeptSignal {
        message: message.id,
        case: message.case,
        kind: told.signal.as_str().to_owned(),
        side,
        confidence: 1.0,
        because: because.to_owned(),
        words: String::new(),
        at: told.at,
        dismissed_by: None,
    }
}

/// What the barrier meter counts of a case; nothing before it was answered.
fn understood(known: &Known, kept: &[KeptSignal]) -> Option<Understood> {
    let answer = known.messages.iter().rev().find(|message| message.kind == MessageKind::Reply)?;
    let handled = handled(known, answer);
    known.case.language.is_known().then(|| {
        let counts: Vec<&KeptSignal> = kept.iter().filter(|one| one.counts(COUNTS_FROM)).collect();
        Understood::of(&known.case, &known.messages, answer, handled, &known.topics, &counts)
    })
}

/// How an answer was handled; one from before this was kept counts by what its author's languages say now.
fn handled(known: &Known, answer: &Message) -> Handled {
    if let Some(kept) = known.handled.iter().find(|one| one.message == answer.id) {
        return kept.clone();
    }
    let language = known.case.language.clone();
    let translated = known.translated.iter().find(|(message, _)| *message == answer.id);
    let author = |id: PersonId| known.authors.iter().find(|person| person.id == id);
    let standing =
        answer.by.person.and_then(author).map(|person| person.standing(&language, &known.now.day()));
    let handling = match translated {
        Some(_) => Handling::Machine,
        None => standing.map_or(Handling::OwnLevel, speakers::by_hand),
    };
    let own_language = translated.map_or_else(|| language.clone(), |(_, own)| own.clone());
    Handled { message: answer.id, handling, own_language, customer_language: language }
}

/// Notes that a signal isn't so: it counts no more, and stays as an example.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::AlreadySo`] when there is no such signal any more.
pub async fn dismiss(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
    kind: &str,
) -> Result<(), Stop> {
    let (reach, kind, now) = (reach.clone(), kind.to_owned(), desk.clock.now());
    let done = desk.store.write(move |tx| {
        let case = case_tables::find_unmerged(tx, &reach, case)?;
        case_tables::message_in(tx, case.id, message)?.ok_or(CaseRefusal::NotFound)?;
        if !case_tables::dismiss_signal(tx, message, &kind, reach.person(), now)? {
            return Err(CaseRefusal::AlreadySo.into());
        }
        let what = "noted that a message doesn't show what was taken for a misunderstanding.";
        Ok::<_, Stop>(changes::did(tx, &case, &reach, "signal.dismissed", now, what)?)
    });
    done.await?;
    Ok(look(desk, case).await?)
}
