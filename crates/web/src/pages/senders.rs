//! How far a message's sender is proven, in the words of the page, and choosing where answers to them go.

use super::{
    Answer,
    acting::{Acting, OnMessage},
};
use crate::{
    fields::{At, Fields},
    said::Said,
    views::thread::{OtherChoice, Sender},
};
use cases::{
    Message,
    trust::{self, Answers, Verdict},
};
use desk::{case_page::CasePage, vouching};

/// What to do about a mail that looks forged.
const BEFORE_YOU_BELIEVE_IT: &str =
    "Ask the customer another way, such as by phone, before you do what this mail asks.";

/// `POST /cases/{case}/messages/{message}/answers`
pub(crate) async fn choose(acting: Acting, At(OnMessage { message }): At<OnMessage>, form: Fields) -> Answer {
    let done = async {
        let chosen = form.one::<Answers>("answers")?;
        vouching::choose(acting.desk(), acting.reach(), acting.case, message, chosen).await
    };
    acting.ended(done.await, Said::AnswersChosen).await
}

/// None for what was never checked and shows nothing that may deceive, as mails of a demo or of an earlier time.
pub(super) fn sender(found: &CasePage, message: &Message) -> Option<Sender> {
    let trust = &message.trust;
    let says_nothing = trust.because.is_empty() && trust.marks.is_empty() && trust.reply_to.is_empty();
    if trust.verdict == Verdict::NotChecked && says_nothing {
        return None;
    }
    let (word, icon) = match trust.verdict {
        Verdict::Proven => ("Sender proven", "check"),
        Verdict::Unproven => ("Sender unproven", "dot"),
        Verdict::Failed => ("Looks forged", "alert"),
        Verdict::NotChecked => ("Sender not checked", "clock"),
    };
    let mut reasons: Vec<String> = trust.because.iter().map(|because| because.sentence.clone()).collect();
    if reasons.is_empty() {
        reasons.push("Senders weren’t checked when this mail came.".to_owned());
    }
    let warning = (trust.verdict == Verdict::Failed).then(|| BEFORE_YOU_BELIEVE_IT.to_owned());
    let marks =
        warning.into_iter().chain(trust.marks.iter().map(|because| because.sentence.clone())).collect();
    let (answers, choice) = answers(found, message).unzip();
    let choice = choice.flatten();
    Some(Sender { word, icon, key: trust.verdict.as_str(), reasons, marks, answers, choice })
}

/// What is said of answers to a mail that asks for them at another address. Only the customer's newest mail moves them, so only there
/// something can be chosen.
fn answers(found: &CasePage, message: &Message) -> Option<(String, Option<OtherChoice>)> {
    let trust = &message.trust;
    let asked = &trust.reply_to;
    if asked.is_empty() {
        return None;
    }
    let answering = found.answering.as_ref();
    let decides = answering.is_some_and(|answering| answering.newest == Some(message.id));
    let from = message.by.address.parse().ok();
    let is_forged = trust.verdict == Verdict::Failed;
    let Some(because) = from.filter(|_| decides || is_forged).and_then(|from| trust::why(&from, trust))
    else {
        return Some((format!("It asks for answers at {asked}."), None));
    };
    let choice = trust.other_choice().filter(|_| decides).map(|other| OtherChoice {
        url: format!("/cases/{}/messages/{}/answers", message.case, message.id),
        value: other.as_str(),
        words: match other {
            Answers::ToReplyTo => format!("Answer to {asked}"),
            Answers::ToSender => format!("Answer to {} instead", message.by.address),
        },
    });
    Some((because.sentence, choice))
}
