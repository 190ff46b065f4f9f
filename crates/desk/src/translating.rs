//! Translating: what a customer wrote is said in the reader's language, by a job, so that nothing waits for a model.

use crate::{
    Desk, changes, memory,
    saying::{self, Said, Ways},
    wording,
};
use cases::{
    Case, CaseRefusal, Message, MessageKind, tables as case_tables,
    translations::{Aligned, Original, SaidBy, Translated},
};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{CaseId, Fault, Instant, LanguageTag, MessageId, Reach, Stop};
use language::{
    meaning::{Checked, Pair},
    translation::{How, Priority, Request, Translation, Untranslated, Way},
};
use people::{Person, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// The job that says a message in another language. Its subject is the message and the language.
pub const TRANSLATE: &str = "translate";
/// How many messages are translated at once. Each direction has one engine, so more would only wait.
const AT_ONCE: usize = 2;
/// How long a message may take, waiting for others included.
const BUDGET: Duration = Duration::from_secs(60);
/// How often a translator that has too much to do is asked again; then the page says so, and a person can ask.
const MOST_TRIES: i64 = 5;
/// How often an engine elsewhere is asked again that is in trouble or wants a rest: for some ten minutes.
const MOST_TRIES_ELSEWHERE: i64 = 7;
/// The last word of the subject of a job for which a person waits.
const ASKED: &str = "asked";
/// Into how many languages a mail is said without being asked.
const MOST_LANGUAGES: usize = 2;

/// The best language of a person into which something can be said that stands there in this one.
pub fn readable_in(ways: &Ways, person: &Person, from: &LanguageTag) -> Option<LanguageTag> {
    best_way(person.reading_languages(), |into| ways.way(from, into))
}

/// The best language of a person in which they can write what is to be said in this one.
pub fn writable_in(ways: &Ways, person: &Person, to: &LanguageTag) -> Option<LanguageTag> {
    best_way(person.reading_languages(), |from| ways.way(from, to))
}

/// The first language that an engine reaches, else the first that the client's memory does: it knows some sentences only.
fn best_way(languages: Vec<LanguageTag>, way: impl Fn(&LanguageTag) -> Option<Way>) -> Option<LanguageTag> {
    let by_engine = |language: &&LanguageTag| way(language).is_some_and(|way| way != Way::Memory);
    let by_any = || languages.iter().find(|language| way(language).is_some());
    languages.iter().find(by_engine).or_else(by_any).cloned()
}

/// Asks for a message of a customer in the asker's language. It is done before everything that nobody looks at.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::LanguageUnknown`], [`CaseRefusal::SameLanguage`], [`CaseRefusal::NoTranslator`].
pub async fn ask(desk: &Desk, reach: &Reach, case: CaseId, message: MessageId) -> Result<(), Stop> {
    let (reach, now, inner) = (reach.clone(), desk.clock.now(), desk.clone());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, message)?;
            let message =
                message.filter(|one| one.kind == MessageKind::Customer).ok_or(CaseRefusal::NotFound)?;
            let person = people_tables::person(tx, reach.person())?.ok_or(CaseRefusal::NotFound)?;
            if !message.language.is_known() {
                return Err(CaseRefusal::LanguageUnknown.into());
            }
            if person.reads(&message.language) {
                return Err(CaseRefusal::SameLanguage.into());
            }
            let ways = saying::ways(tx, &inner, case.client)?;
            let into = readable_in(&ways, &person, &message.language);
            let into = into.ok_or(CaseRefusal::NoTranslator)?;
            Ok(enqueue_asked(tx, message.id, &into, now)?)
        })
        .await
}

/// A person waits: the time of the job lies before that of every other, and it says so in the queue of the engine, too. What waits
/// already for a time of its own is overtaken, and finds itself done.
fn enqueue_asked(tx: &mut Tx<'_>, message: MessageId, into: &LanguageTag, now: Instant) -> Result<(), Fault> {
    let subject = format!("{message} {into} {ASKED}");
    let is_new = case_tables::ask_translation(tx, message, into, now)?;
    let is_awaited = is_new || !case_tables::is_translated(tx, message, into)?;
    if is_awaited && jobs::about(tx, TRANSLATE, &subject)?.is_none() {
        jobs::enqueue(tx, TRANSLATE, subject, Instant::from_micros(0), now)?;
    }
    Ok(())
}

fn enqueue(tx: &mut Tx<'_>, message: MessageId, into: &LanguageTag, now: Instant) -> Result<(), Fault> {
    if case_tables::ask_translation(tx, message, into, now)? {
        jobs::enqueue(tx, TRANSLATE, format!("{message} {into}"), now, now)?;
    }
    Ok(())
}

/// Asks for a mail that has just come in the languages of those who will read it, as far as an engine goes there, or the client's memory
/// knows most of it.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn for_readers(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    message: &Message,
    now: Instant,
) -> Result<(), Fault> {
    if message.automatic.is_some() || !message.language.is_known() {
        return Ok(());
    }
    let ways = saying::ways(tx, desk, case.client)?;
    if ways.is_empty() {
        return Ok(());
    }
    let readers = people_tables::colleagues(tx, case.engagement)?;
    let mut wanted: Vec<LanguageTag> = Vec::new();
    for reader in readers.iter().filter(|reader| !reader.reads(&message.language)) {
        if let Some(into) = readable_in(&ways, reader, &message.language)
            && !wanted.contains(&into)
        {
            wanted.push(into);
        }
    }
    for into in wanted.iter().take(MOST_LANGUAGES) {
        if ways.way(&message.language, into) == Some(Way::Memory) {
            let request = Request::new(&message.new_text, message.language.clone(), into.clone());
            if !memory::knows_most(tx, case.client, &request)? {
                continue;
            }
        }
        enqueue(tx, message.id, into, now)?;
    }
    Ok(())
}

/// Translates what was asked for.
pub struct Translating {
    desk: Desk,
}

impl Translating {
    /// Translates for this desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }

    async fn one(
        &self,
        id: MessageId,
        into: LanguageTag,
        priority: Priority,
        tries: i64,
    ) -> Result<Outcome, Fault> {
        let wanted = into.clone();
        let found = self.desk.store.read(move |tx| {
            if case_tables::is_translated(tx, id, &wanted)? {
                return Ok(None);
            }
            let Some(case) = case_tables::found_by_message(tx, id)? else { return Ok(None) };
            let message = case_tables::message_in(tx, case.id, id)?;
            Ok::<_, Fault>(message.map(|message| (case, message)))
        });
        let Some((case, message)) = found.await? else { return Ok(Outcome::Done) };
        let request = Request::new(&message.new_text, message.language.clone(), into.clone());
        let request = request.within(priority, BUDGET);
        let said = saying::say(&self.desk, case.client, request).await?;
        let now = self.desk.clock.now();
        let mut notes = Vec::new();
        let kept = match said {
            Ok(Said { translation: said, notes: told }) => {
                notes = told;
                let original = (message.new_text.as_str(), &message.language);
                let checked = wording::check(&self.desk, case.client, original, (&said.text, &into));
                doubting(translated(&message, into.clone(), &said, now), &checked.await?)
            }
            Err(untranslated) if is_tried_again(&untranslated, tries) => {
                return Ok(Outcome::Retry { because: untranslated.sentence() });
            }
            Err(untranslated) => {
                Translated { because: untranslated.sentence(), ..nothing(&message, into, now) }
            }
        };
        let write = move |tx: &mut Tx<'_>| {
            // Somebody has said meanwhile that it is in another language, so it is being translated again.
            let now_in = case_tables::message_in(tx, case.id, id)?.map(|now| now.language);
            if now_in.is_none_or(|now_in| now_in != message.language) {
                return Ok(());
            }
            case_tables::keep_translation(tx, &kept)?;
            let sentence = match kept.is_done() {
                true => std::iter::once(format!("A machine translated a message into {}.", kept.language))
                    .chain(notes.clone())
                    .collect::<Vec<_>>()
                    .join(" "),
                false => format!("A message couldn't be translated into {}. {}", kept.language, kept.because),
            };
            changes::happened(tx, &case, "message.translated", None, now, sentence)
        };
        self.desk.store.write(write).await?;
        Ok(Outcome::Done)
    }
}

impl Handler for Translating {
    fn kind(&self) -> &'static str {
        TRANSLATE
    }

    fn slots(&self) -> usize {
        AT_ONCE
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Some((message, into, priority)) = named(&job.subject) else {
                return Outcome::GiveUp {
                    because: "The job doesn't name a message and a language.".to_owned(),
                };
            };
            match self.one(message, into, priority, job.attempts).await {
                Ok(outcome) => outcome,
                Err(fault) => {
                    Outcome::Retry { because: format!("The translation couldn't be kept: {fault}") }
                }
            }
        })
    }
}

/// What a job's subject names.
fn named(subject: &str) -> Option<(MessageId, LanguageTag, Priority)> {
    let mut words = subject.split(' ');
    let (message, into) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let priority = if words.next() == Some(ASKED) { Priority::Looking } else { Priority::Soon };
    Some((message, into, priority))
}

fn is_tried_again(untranslated: &Untranslated, tries: i64) -> bool {
    let most = match untranslated {
        Untranslated::Elsewhere(..) => MOST_TRIES_ELSEWHERE,
        _ => MOST_TRIES,
    };
    untranslated.is_temporary() && tries < most
}

fn nothing(message: &Message, language: LanguageTag, now: Instant) -> Translated {
    Translated {
        message: message.id,
        language,
        original: Original::Message,
        engine: String::new(),
        text: String::new(),
        segments: Vec::new(),
        because: String::new(),
        asked_at: now,
        done_at: Some(now),
    }
}

fn translated(message: &Message, language: LanguageTag, said: &Translation, now: Instant) -> Translated {
    Translated {
        engine: said.way.engine().to_string(),
        text: said.text.clone(),
        segments: aligned(said),
        ..nothing(message, language, now)
    }
}

/// Where the meaning guard found something, the translation is doubtful.
fn doubting(mut translated: Translated, checked: &Checked) -> Translated {
    for segment in &mut translated.segments {
        let overlaps = |pair: &&Pair| pair.source.start < segment.end && segment.start < pair.source.end;
        for pair in checked.pairs.iter().filter(overlaps) {
            segment.confidence = segment.confidence.min(pair.confidence);
        }
    }
    translated
}

fn aligned(said: &Translation) -> Vec<Aligned> {
    let one = |segment: &language::translation::Segment| Aligned {
        start: segment.source.start,
        end: segment.source.end,
        other_start: segment.target.start,
        other_end: segment.target.end,
        confidence: segment.confidence,
        said_by: match &segment.how {
            How::Memory(because) => SaidBy::Memory(because.to_string()),
            How::Nobody => SaidBy::Nobody,
            How::Engine(_) | How::Kept => SaidBy::Machine,
        },
    };
    said.segments.iter().map(one).collect()
}
