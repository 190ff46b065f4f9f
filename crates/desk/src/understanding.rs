//! Understanding: whoever gets a reply sees it on a page of its own and says there that they did not understand it, which brings the
//! case back; a representative who doesn't understand a customer asks for a second reader.

use crate::{Desk, changes, clocks, letters::Letterhead, place, scheduled};
use cases::{
    By, Case, CaseRefusal, LastWord, Message, MessageKind,
    customer_words::customer_words,
    letter::{Page, Wording},
    misunderstandings::{Misunderstanding, Signal},
    tables::{self as case_tables, Moved},
    token::{Purpose, read_token, token},
};
use kernel::{Because, CaseId, Fault, Instant, LanguageTag, MessageId, Reach, Stop};
use people::tables as people_tables;
use store::{Tx, fresh};

/// The longest that a customer may say of what isn't clear, in characters.
const LONGEST: usize = 5_000;
/// How often a customer may write on the page of one reply; whoever has more to say answers the letter.
const MOST_WORDS: usize = 5;
/// The channel of what is said on the page.
const CHANNEL: &str = "page";

/// A reply, for whoever was sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentReply {
    /// Whose customer they are.
    pub client: String,
    /// What they read.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
    /// When it was written.
    pub at: Instant,
    /// The words from which a machine translated it, with their language.
    pub original: Option<(String, LanguageTag)>,
    /// They have said that they did not understand it, and nobody has answered since.
    pub is_not_understood: bool,
    /// They have asked for somebody in their country, and nobody has decided since.
    pub is_place_asked: bool,
}

/// The page of a reply, for its letter; none while nobody said where customers reach us.
pub(crate) fn page(tx: &mut Tx<'_>, head: &Letterhead, reply: &Message) -> Result<Option<Page>, Fault> {
    let Some(base) = head.public_address.as_deref() else { return Ok(None) };
    let token = token(head.key.as_bytes(), Purpose::Reply, &reply.id.to_string());
    let original = case_tables::original_of(tx, reply.id)?;
    let wording = if original.is_some() { Wording::Translated } else { Wording::Written };
    Ok(Some(Page { url: format!("{base}/replies/{token}"), wording }))
}

/// What a token shows.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when it isn't one of ours, or its reply was taken back.
pub async fn sent_reply(desk: &Desk, token: &str) -> Result<SentReply, Stop> {
    let id = read(desk, token)?;
    desk.store
        .read(move |tx| {
            let (case, reply) = found(tx, id)?;
            let client = people_tables::client(tx, case.client)?.ok_or(CaseRefusal::NotFound)?.name;
            let told = case_tables::misunderstandings(tx, case.id)?;
            let waits = |one: &Misunderstanding| {
                one.message == reply.id && one.signal == Signal::Pressed && one.explained_at.is_none()
            };
            Ok(SentReply {
                client,
                text: reply.new_text.clone(),
                language: reply.language.clone(),
                at: reply.at,
                original: case_tables::original_of(tx, reply.id)?
                    .map(|original| (original.text, original.language)),
                is_place_asked: place::open(tx, case.id)?.is_some(),
                is_not_understood: told.iter().any(waits),
            })
        })
        .await
}

/// Says for the customer that they did not understand a reply, perhaps with words of their own: the case is ours to answer again.
///
/// Saying it again without words changes nothing.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::TooLong`].
pub async fn not_understood(desk: &Desk, token: &str, words: &str) -> Result<(), Stop> {
    let id = read(desk, token)?;
    let (words, now) = (words.trim().to_owned(), desk.clock.now());
    if words.chars().count() > LONGEST {
        return Err(CaseRefusal::TooLong.into());
    }
    desk.store
        .write(move |tx| {
            let (case, reply) = found(tx, id)?;
            let told = Misunderstanding {
                message: reply.id,
                signal: Signal::Pressed,
                person: None,
                at: now,
                explained_at: None,
            };
            let is_new = case_tables::add_misunderstanding(tx, &told)?;
            let said = case_tables::messages(tx, case.id, 50)?;
            let on_page = said.iter().filter(|one| one.channel == CHANNEL && one.at >= reply.at);
            if !is_new && (words.is_empty() || on_page.count() >= MOST_WORDS) {
                return Ok(());
            }
            Ok(asks_back(tx, &case, &reply, &words, now)?)
        })
        .await
}

/// The customer's word, as a message of theirs.
fn asks_back(tx: &mut Tx<'_>, case: &Case, reply: &Message, words: &str, now: Instant) -> Result<(), Fault> {
    let customer = people_tables::customer(tx, case.customer)?;
    let name = customer.map(|customer| customer.name).unwrap_or_default();
    let press = customer_words(&reply.language).not_understood;
    let text = if words.is_empty() { press.to_owned() } else { words.to_owned() };
    let sentence =
        format!("It was said on the page of the reply by {}: “I did not understand this.”", reply.by.name);
    let message = Message {
        channel: CHANNEL.to_owned(),
        by: By { person: None, name, address: reply.recipients.clone() },
        new_text: text,
        language: reply.language.clone(),
        because: vec![Because::new("understanding.pressed", sentence)],
        ..Message::blank(fresh(), case, MessageKind::Customer, now)
    };
    case_tables::add_message(tx, &message)?;
    let snippet = changes::snippet(&message.new_text);
    let state = case.state.after_customer_wrote();
    let moved = Moved { state, last_word: LastWord::Customer, snippet: &snippet, at: now };
    case_tables::note_message(tx, case.id, &moved)?;
    clocks::not_understood(tx, case, now)?;
    scheduled::customer_wrote(tx, case, now)?;
    let found_by = language::document_words(&crate::receive::searched(case, &message), &message.language);
    tx.index(case.engagement, case.id, message.id, &found_by)?;
    let sentence = "The customer did not understand our reply.";
    changes::happened(tx, case, "reply.not_understood", None, now, sentence)
}

/// A further reply explains those that the customer did not understand.
pub(crate) fn answered(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    case_tables::explain_replies(tx, case.id, now)
}

/// The reply, in the case that holds it now.
pub(crate) fn found(tx: &mut Tx<'_>, id: MessageId) -> Result<(Case, Message), Stop> {
    let case = case_tables::found_by_message(tx, id)?.ok_or(CaseRefusal::NotFound)?;
    let reply = case_tables::message_in(tx, case.id, id)?.filter(|one| one.kind == MessageKind::Reply);
    Ok((case, reply.ok_or(CaseRefusal::NotFound)?))
}

pub(crate) fn read(desk: &Desk, token: &str) -> Result<MessageId, CaseRefusal> {
    let said = read_token(desk.signing_key.as_bytes(), Purpose::Reply, token);
    said.and_then(|said| said.parse().ok()).ok_or(CaseRefusal::NotFound)
}

/// Asks the colleagues for somebody who understands a customer's message.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::AlreadySo`].
pub async fn ask_second_reader(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let asked = customers(tx, &case, message)?;
            let told = Misunderstanding {
                message: asked.id,
                signal: Signal::SecondReader,
                person: Some(reach.person()),
                at: now,
                explained_at: None,
            };
            if !case_tables::add_misunderstanding(tx, &told)? {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let what = "did not understand the customer and asks for a second reader.";
            Ok(changes::did(tx, &case, &reach, "message.second_reader_asked", now, what)?)
        })
        .await
}

/// Notes that a customer's message was explained to whoever asked for a second reader.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::AlreadySo`] when nobody asks any more.
pub async fn explained(desk: &Desk, reach: &Reach, case: CaseId, message: MessageId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let asked = customers(tx, &case, message)?;
            if !case_tables::explain(tx, asked.id, Signal::SecondReader, now)? {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let what = "has read what the customer wrote as a second reader.";
            Ok(changes::did(tx, &case, &reach, "message.explained", now, what)?)
        })
        .await
}

fn customers(tx: &mut Tx<'_>, case: &Case, message: MessageId) -> Result<Message, Stop> {
    let found = case_tables::message_in(tx, case.id, message)?;
    Ok(found.filter(|one| one.kind == MessageKind::Customer).ok_or(CaseRefusal::NotFound)?)
}
