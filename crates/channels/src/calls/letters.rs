//! A call as a letter.

use crate::email::outbox::Outbox;
use cases::letter::{Addressee, Letter, Written};
use desk::{
    dispatch::{Ended, Outgoing},
    paging::calling::Call,
};
use kernel::{EmailAddress, Fault, Instant, LanguageTag};

/// Sends it; why it didn't leave, where it didn't.
pub(super) async fn send(outbox: &Outbox, call: &Call, now: Instant) -> Result<Result<(), String>, Fault> {
    let Ok(to) = call.address.parse::<EmailAddress>() else {
        return Ok(Err("This isn’t an e-mail address.".to_owned()));
    };
    let Some((mailbox, from)) = call.from.clone() else {
        return Ok(Err("There is no mailbox from which a letter could come.".to_owned()));
    };
    let letter = letter(call, &from, &to, now);
    let outgoing = Outgoing { letter, mailbox: Some(mailbox), from, to: vec![to] };
    Ok(match outbox.send(&outgoing).await? {
        Ended::Sent(_) => Ok(()),
        Ended::Later { because, .. } | Ended::Never { because } => Err(because),
    })
}

fn letter(call: &Call, from: &EmailAddress, to: &EmailAddress, now: Instant) -> Letter {
    let said = &call.said;
    let addressee =
        |name: &str, address: &EmailAddress| Addressee { name: name.to_owned(), address: address.clone() };
    let next = match &said.link {
        Some(link) => format!("[Acknowledge it]({link}) and the next level isn’t called."),
        None => "Acknowledge it on the page *On call*, and the next level isn’t called.".to_owned(),
    };
    let markdown = format!(
        "You are on call for {}, level {}.\n\n**{}**: {}.\n\n{next}",
        said.client, said.level, said.reference, said.because
    );
    Letter {
        message_id: store::fresh(),
        domain: from.domain().to_owned(),
        from: addressee("Dragoman on call", from),
        to: vec![addressee(&call.name, to)],
        cc: Vec::new(),
        reply_to: None,
        subject: format!("On call: {} ({}, level {})", said.reference, said.client, said.level),
        in_reply_to: None,
        references: Vec::new(),
        markdown,
        signature: String::new(),
        downloads: Vec::new(),
        quoted: None,
        language: "en".parse().unwrap_or_else(|_| LanguageTag::unknown()),
        page: None,
        written_in: None,
        written: Written::Automatically,
        unsubscribe: None,
        date: now,
        attachments: Vec::new(),
    }
}
