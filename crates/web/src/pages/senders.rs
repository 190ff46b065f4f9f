//! How far a message's sender is proven, in the words of the page.

use crate::views::thread::Sender;
use cases::{
    Message,
    trust::{Answers, Verdict},
};

/// None for what was never checked and shows nothing that may deceive, as mails of a demo or of an earlier time.
pub(super) fn sender(message: &Message) -> Option<Sender> {
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
    let marks = trust.marks.iter().map(|because| because.sentence.clone()).collect();
    Some(Sender { word, icon, key: trust.verdict.as_str(), reasons, marks, answers: answers(message) })
}

fn answers(message: &Message) -> Option<String> {
    let trust = &message.trust;
    let asked = &trust.reply_to;
    if asked.is_empty() {
        return None;
    }
    Some(match trust.answers {
        Answers::ToReplyTo => format!(
            "It asks for answers at {asked}. While it is the newest mail of the case’s customer, answers go there: the domain that vouches for the sender vouches for that address, too."
        ),
        Answers::ToSender => format!(
            "It asks for answers at {asked}. Answers don’t go there: nothing proves that the sender may name that address."
        ),
    })
}
