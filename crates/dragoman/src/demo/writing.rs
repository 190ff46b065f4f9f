//! Writing the story down: moment by moment in the order in which it happened, in a few large transactions.

use super::story::Story;
use super::tale::{Mail, Moment, Tale, What, last_word};
use cases::{
    AttachmentRow, Case, LastWord, Message, MessageKind,
    tables::{self as case_tables, Moved},
    threading,
    trust::Verdict,
};
use desk::Desk;
use kernel::{BlobHash, CustomerId, Fault, Instant, PersonId};
use people::tables as people_tables;
use std::sync::Arc;
use store::{Blobs, Event, Tx};

/// How many moments are written in one transaction.
const TOGETHER: usize = 500;

/// What a file became: its content's hash, in the order of the mail's files.
struct Kept {
    html: Option<BlobHash>,
    files: Vec<AttachmentRow>,
}

/// Puts the files and the HTML of all mails where blobs are kept, and notes their hashes in the messages.
pub(super) fn keep_files(blobs: &Blobs, story: &mut Story) -> Result<Vec<AttachmentRow>, Fault> {
    let mut rows = Vec::new();
    let moments = story.tales.iter_mut().flat_map(|tale| &mut tale.moments);
    for mail in
        moments.filter_map(|moment| if let What::Wrote(mail) = &mut moment.what { Some(mail) } else { None })
    {
        let kept = keep(blobs, mail)?;
        mail.message.html = kept.html;
        rows.extend(kept.files);
    }
    Ok(rows)
}

fn keep(blobs: &Blobs, mail: &Mail) -> Result<Kept, Fault> {
    let sanitised = mail.html.as_ref().map(|html| channels::email::html::sanitise(html));
    let html = sanitised.map(|html| blobs.put(html.as_bytes())).transpose()?;
    let rows = mail.files.iter().zip(0..).map(|(file, position)| {
        Ok(AttachmentRow {
            message: mail.message.id,
            position,
            name: file.name.clone(),
            media_type: file.media_type.to_owned(),
            size: i64::try_from(file.content.len()).map_err(Fault::new)?,
            blob: blobs.put(&file.content)?,
            inline: file.content_id.is_some(),
            content_id: file.content_id.clone(),
        })
    });
    Ok(Kept { html, files: rows.collect::<Result<_, Fault>>()? })
}

/// Writes everybody down, and everything that happened. `told` hears how much of it is written.
pub(super) async fn write_down(
    desk: &Desk,
    mut story: Story,
    files: Vec<AttachmentRow>,
    told: impl Fn(usize, usize),
) -> Result<Arc<Story>, Fault> {
    let customers = write_people(desk, &story).await?;
    for tale in &mut story.tales {
        tale.case.customer = customers[tale.player];
    }
    let (story, files) = (Arc::new(story), Arc::new(files));
    let order = in_order(&story);
    for (part, places) in order.chunks(TOGETHER).enumerate() {
        let (story, places, files) = (Arc::clone(&story), places.to_vec(), Arc::clone(&files));
        desk.store
            .write(move |tx| {
                for place in &places {
                    let tale = &story.tales[place.tale];
                    write_moment(tx, tale, &tale.moments[place.moment], &files)?;
                }
                Ok::<_, Fault>(())
            })
            .await?;
        told(((part + 1) * TOGETHER).min(order.len()), order.len());
    }
    write_drafts(desk, &story).await?;
    Ok(story)
}

/// Which moment of which tale.
#[derive(Clone, Copy)]
struct Place {
    tale: usize,
    moment: usize,
}

/// All moments as they happened: search shows the last written first.
fn in_order(story: &Story) -> Vec<Place> {
    let mut order: Vec<(Instant, Place)> = Vec::new();
    for (tale, told) in story.tales.iter().enumerate() {
        order.extend(told.moments.iter().enumerate().map(|(moment, m)| (m.at, Place { tale, moment })));
    }
    order.sort_by_key(|(at, _)| *at);
    order.into_iter().map(|(_, place)| place).collect()
}

/// Writes the world and its customers down; answers the customers' ids in the players' order.
async fn write_people(desk: &Desk, story: &Story) -> Result<Vec<CustomerId>, Fault> {
    let world = story.world.clone();
    let first = |player: usize| {
        let tales = story.tales.iter().filter(|tale| tale.player == player);
        tales.map(|tale| tale.case.opened_at).min()
    };
    let mut customers = Vec::new();
    for (at, player) in story.players.iter().enumerate() {
        let tale = story.tales.iter().find(|tale| tale.player == at);
        let (Some(tale), Some(first)) = (tale, first(at)) else {
            return Err(Fault::new("a customer of the demo has no case"));
        };
        customers.push((tale.case.client, player.clone(), first));
    }
    desk.store
        .write(move |tx| {
            world.write(tx)?;
            let mut ids = Vec::new();
            for (client, player, first) in &customers {
                let name = player.name();
                let id = people_tables::remember_customer(tx, *client, &player.address, &name, *first)?;
                people_tables::learn_language(tx, id, &player.language)?;
                ids.push(id);
            }
            Ok(ids)
        })
        .await
}

fn write_moment(tx: &mut Tx<'_>, tale: &Tale, moment: &Moment, files: &[AttachmentRow]) -> Result<(), Fault> {
    let case = &tale.case;
    match &moment.what {
        What::Opened => {
            case_tables::add_case(tx, case, &threading::normal_subject(&case.subject))?;
            happened(tx, case, moment.at, "case.opened", None, "The case was opened by a mail.")
        }
        What::Wrote(mail) => write_mail(tx, case, mail, files),
        What::Left { kind, sentence } => happened(tx, case, moment.at, kind, None, sentence),
        What::Assigned { to, by, state, sentence } => {
            case_tables::assign(tx, case.id, *to, *state, moment.at)?;
            happened(tx, case, moment.at, "case.assigned", Some(*by), sentence)
        }
        What::Closed { by, sentence } => {
            case_tables::set_state(tx, case.id, cases::State::Closed, moment.at)?;
            happened(tx, case, moment.at, "case.closed", Some(*by), sentence)
        }
    }
}

fn write_mail(tx: &mut Tx<'_>, case: &Case, mail: &Mail, files: &[AttachmentRow]) -> Result<(), Fault> {
    let is_customers =
        mail.message.kind == MessageKind::Customer && mail.message.trust.verdict != Verdict::Failed;
    let message = &Message { writer: is_customers.then_some(case.customer), ..mail.message.clone() };
    case_tables::add_message(tx, message)?;
    for file in files.iter().filter(|file| file.message == message.id) {
        case_tables::add_attachment(tx, file)?;
    }
    if let Some(last_word) = last_word(message.kind) {
        note(tx, case, mail, last_word)?;
    }
    let words = language::document_words(&searched(case, message), &message.language);
    tx.index(case.engagement, case.id, message.id, &words)?;
    happened(tx, case, message.at, mail.event, message.by.person, &mail.sentence)
}

fn note(tx: &mut Tx<'_>, case: &Case, mail: &Mail, last_word: LastWord) -> Result<(), Fault> {
    let mut snippet = mail.message.new_text.split_whitespace().take(60).collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = snippet.char_indices().nth(200) {
        snippet.truncate(cut);
    }
    let moved = Moved { state: mail.state, last_word, snippet: &snippet, at: mail.message.at };
    case_tables::note_message(tx, case.id, &moved)
}

/// The words by which a message is found, as the desk chooses them.
fn searched(case: &Case, message: &Message) -> String {
    let (by, shown) = (&message.by, cases::shown_reference(&case.reference));
    format!("{} {shown} {} {} {}\n{}", case.reference, case.subject, by.name, by.address, message.new_text)
}

fn happened(
    tx: &mut Tx<'_>,
    case: &Case,
    at: Instant,
    kind: &'static str,
    person: Option<PersonId>,
    sentence: &str,
) -> Result<(), Fault> {
    tx.record(&Event {
        at,
        kind,
        client: Some(case.client),
        engagement: Some(case.engagement),
        case: Some(case.id),
        person,
        sentence: sentence.to_owned(),
    })
}

async fn write_drafts(desk: &Desk, story: &Arc<Story>) -> Result<(), Fault> {
    let story = Arc::clone(story);
    desk.store
        .write(move |tx| {
            for draft in story.tales.iter().filter_map(|tale| tale.draft.as_ref()) {
                case_tables::save_draft(tx, draft)?;
            }
            Ok(())
        })
        .await
}
