//! How far replies have come: what the thread shows of it, sending one before its time, and ending the link to a file.

use super::{
    Answer,
    acting::{Acting, OnMessage},
};
use crate::{
    fields::{At, Fields},
    frame::{Frame, whole},
    later,
    said::Said,
    views::thread::{Delivery, Download, Step},
    words::{Words, size},
};
use cases::{Message, WhenAnswered};
use desk::{
    case_page::{CasePage, Sending},
    downloads, scheduled,
};
use jobs::JobRow;
use kernel::{CaseId, Instant, MessageId};

/// `POST /cases/{case}/messages/{message}/departures`
pub(crate) async fn send_now(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = scheduled::send_now(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::SentNow).await
}

/// `POST /cases/{case}/messages/{message}/times`
pub(crate) async fn change_time(
    acting: Acting,
    At(OnMessage { message }): At<OnMessage>,
    form: Fields,
) -> Answer {
    let done = async {
        let zone = Frame::of(&acting.site, &acting.signed_in).await?.words.zone().to_owned();
        // What is no time is refused as one that is over, once it is clear that the reply may be seen.
        let at = later::typed(form.text("later_at"), &zone).unwrap_or(acting.desk().clock.now());
        scheduled::change_time(acting.desk(), acting.reach(), acting.case, message, at).await
    };
    acting.ended(done.await, Said::Rescheduled).await
}

/// `POST /cases/{case}/messages/{message}/downloads/{position}/endings`
pub(crate) async fn end_download(
    acting: Acting,
    At((_, message, position)): At<(CaseId, MessageId, i64)>,
) -> Answer {
    let done = downloads::end(acting.desk(), acting.reach(), acting.case, message, position).await;
    acting.ended(done, Said::DownloadEnded).await
}

/// How far a reply has come.
pub(super) fn delivery(
    words: &Words,
    sending: &Sending,
    job: Option<&JobRow>,
    message: &Message,
) -> Delivery {
    let note = message.delivery_note.clone();
    match message.delivery {
        cases::Delivery::Waiting => waiting(words, sending, message),
        cases::Delivery::Held if sending.unapproved.contains(&message.id) => {
            Delivery::Unapproved { reason: note }
        }
        cases::Delivery::Held => Delivery::Held { reason: note },
        cases::Delivery::Sending | cases::Delivery::None => Delivery::Sending,
        cases::Delivery::Sent => Delivery::Sent(words.exactly(message.sent_at.unwrap_or(message.at))),
        cases::Delivery::Delivered => {
            Delivery::Delivered(words.exactly(message.sent_at.unwrap_or(message.at)))
        }
        cases::Delivery::Retrying => Delivery::Retrying {
            reason: note,
            attempts: job.map_or(1, |job| whole(job.attempts)),
            next: words.exactly(job.map_or(message.at, |job| job.run_at)),
        },
        cases::Delivery::Failed => Delivery::Failed { reason: note },
    }
}

fn waiting(words: &Words, sending: &Sending, message: &Message) -> Delivery {
    let goes = words.exactly(message.send_at.unwrap_or(message.at));
    if !message.delivery_note.is_empty() {
        return Delivery::Queued { reason: message.delivery_note.clone(), goes };
    }
    let plan = sending.plans.iter().find(|(reply, _)| *reply == message.id);
    let Some((_, plan)) = plan.filter(|(_, plan)| plan.at > message.at) else {
        return Delivery::Waiting { goes };
    };
    let when_answered = match plan.when_answered {
        WhenAnswered::Hold => "If the customer writes before, it is held until somebody decides.",
        WhenAnswered::Send => "It goes even if the customer writes before.",
    };
    Delivery::Scheduled {
        goes,
        when_answered: when_answered.to_owned(),
        typed: later::as_typed(plan.at, words.zone()),
        zone: words.zone().to_owned(),
    }
}

/// What happened to a reply on its way.
pub(super) fn steps(words: &Words, sending: &Sending, message: &Message) -> Vec<Step> {
    let own = sending.steps.iter().filter(|(reply, _)| *reply == message.id);
    let shown = |step: &cases::steps::Step| Step {
        sentence: step.sentence.clone(),
        words: Some(step.words.clone()).filter(|words| !words.is_empty()),
        at: words.exactly(step.at),
    };
    own.map(|(_, step)| shown(step)).collect()
}

/// Who gets a copy of a reply.
pub(super) fn copies(sending: &Sending, message: &Message) -> Vec<String> {
    let own = sending.copies.iter().filter(|(reply, _)| *reply == message.id);
    own.map(|(_, copy)| copy.address.to_string()).collect()
}

/// The files of a reply that are fetched from us.
pub(super) fn downloads_of(
    words: &Words,
    found: &CasePage,
    now: Instant,
    message: &Message,
) -> Vec<Download> {
    let own = found.talk.sending.downloads.iter().filter(|row| row.message == message.id);
    own.filter_map(|row| {
        let file = found
            .talk
            .files
            .iter()
            .find(|file| file.message == message.id && file.position == row.position)?;
        let times = match row.fetched {
            0 => "not fetched yet".to_owned(),
            1 => "fetched once".to_owned(),
            many => format!("fetched {many} times"),
        };
        let state = match (row.revoked_at, row.is_open(now)) {
            (Some(_), _) => format!("which was ended, {times}"),
            (None, false) => format!("which is over, {times}"),
            (None, true) => format!("until {}, {times}", words.briefly(row.until).words),
        };
        let end =
            format!("/cases/{}/messages/{}/downloads/{}/endings", message.case, message.id, row.position);
        Some(Download {
            name: file.name.clone(),
            size: size(file.size),
            state,
            end_url: row.is_open(now).then_some(end),
        })
    })
    .collect()
}
