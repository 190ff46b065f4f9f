//! What the thread of a case says of messages that somebody did not understand.

use crate::{views::thread::SecondReader, words::Words};
use cases::{
    Message,
    misunderstandings::{Misunderstanding, Signal},
};
use desk::case_page::CasePage;

/// That the customer did not understand a reply.
pub(super) fn not_understood(words: &Words, found: &CasePage, reply: &Message) -> Option<String> {
    let told = of(found, reply, Signal::Pressed)?;
    let when = words.exactly(told.at).words;
    Some(match told.explained_at {
        None => format!("The customer did not understand this, they said {when}. Write it in other words."),
        Some(_) => {
            format!("The customer did not understand this, they said {when}. It was answered again since.")
        }
    })
}

/// Asking for somebody who understands what a customer wrote.
pub(super) fn second_reader(words: &Words, found: &CasePage, message: &Message) -> Option<SecondReader> {
    if message.automatic.is_some() {
        return None;
    }
    let below = |part: &str| format!("/cases/{}/messages/{}/{part}", message.case, message.id);
    let asked = of(found, message, Signal::SecondReader).filter(|told| told.explained_at.is_none());
    let Some(asked) = asked else { return Some(SecondReader::Offered(below("second-readers"))) };
    let who = found.around.colleagues.iter().find(|one| Some(one.id) == asked.person);
    let who = who.map_or("Somebody", |person| person.name.as_str());
    let when = words.exactly(asked.at).words;
    let sentence = format!("{who} did not understand this and asks for a second reader, since {when}.");
    Some(SecondReader::Asked { sentence, url: below("explanations") })
}

fn of<'a>(found: &'a CasePage, message: &Message, signal: Signal) -> Option<&'a Misunderstanding> {
    found.talk.misunderstandings.iter().find(|told| told.message == message.id && told.signal == signal)
}
