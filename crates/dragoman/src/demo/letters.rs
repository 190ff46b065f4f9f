//! The newest mails of the demo world as they lie in its postbox.

use super::story::Story;
use super::tale::{Mail, Tale, What};
use cases::{MessageKind, letter::message_id_text};
use desk::{
    Desk,
    postbox::{DEMO, YES},
    tables::{self, PostboxMail, Way},
};
use jiff::fmt::rfc2822;
use kernel::Fault;
use store::Blobs;

/// How many mails lie there at first.
const MAILS: usize = 30;

/// Puts the newest mails into the postbox, and marks the installation as a demo: only now it is whole.
pub(super) async fn fill_postbox(desk: &Desk, story: &Story) -> Result<(), Fault> {
    let mut newest: Vec<(&Tale, &Mail)> = story.tales.iter().flat_map(mails).collect();
    newest.sort_by_key(|(_, mail)| std::cmp::Reverse(mail.message.at));
    newest.truncate(MAILS);
    let blobs = desk.blobs.clone();
    let mails = newest.into_iter().map(|(tale, mail)| letter(&blobs, story, tale, mail));
    let mails = mails.collect::<Result<Vec<_>, _>>()?;
    desk.store
        .write(move |tx| {
            for mail in mails.iter().rev() {
                tables::add_to_postbox(tx, mail)?;
            }
            tx.set(DEMO, YES)
        })
        .await
}

fn mails(tale: &Tale) -> impl Iterator<Item = (&Tale, &Mail)> {
    let wrote = tale.moments.iter().filter_map(|moment| match &moment.what {
        What::Wrote(mail) if mail.message.kind != MessageKind::Note => Some(&**mail),
        _ => None,
    });
    wrote.map(move |mail| (tale, mail))
}

fn letter(blobs: &Blobs, story: &Story, tale: &Tale, mail: &Mail) -> Result<PostboxMail, Fault> {
    let player = &story.players[tale.player];
    let mailbox = story.world.mailboxes.iter().find(|mailbox| mailbox.id == tale.case.mailbox);
    let mailbox = mailbox.ok_or_else(|| Fault::new("a case of the demo has no mailbox"))?;
    let (customer, client) = (player.address.to_string(), mailbox.address.to_string());
    let message = &mail.message;
    let is_reply = message.kind == MessageKind::Reply;
    let ours = message_id_text(message.id, mailbox.address.domain());
    let subject = if is_reply { format!("Re: {}", message.subject) } else { message.subject.clone() };
    let (from, to, way) = if is_reply {
        let name = format!("{} ({})", message.by.name, mailbox.display_name);
        (named(&name, &client), named(&player.name(), &customer), Way::ToCustomer)
    } else {
        (named(&player.name(), &customer), client.clone(), Way::FromCustomer)
    };
    let date =
        rfc2822::to_string(&message.at.timestamp().to_zoned(jiff::tz::TimeZone::UTC)).map_err(Fault::new)?;
    let id = message.email_id.as_deref().unwrap_or(&ours);
    let mut bytes = format!(
        "Message-ID: <{id}>\r\nDate: {date}\r\nFrom: {from}\r\nTo: {to}\r\nSubject: {subject}\r\n\
         Content-Language: {}\r\n",
        message.language
    );
    for (name, ids) in
        [("In-Reply-To", message.answers_email_id.as_slice()), ("References", &message.references)]
    {
        if !ids.is_empty() {
            let ids = ids.iter().map(|id| format!("<{id}>")).collect::<Vec<_>>().join("\r\n ");
            bytes.push_str(&format!("{name}: {ids}\r\n"));
        }
    }
    bytes.push_str("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
    bytes.push_str("Content-Transfer-Encoding: 8bit\r\n\r\n");
    bytes.push_str(
        &[&message.new_text, &message.quoted_text].map(|text| text.replace('\n', "\r\n")).join("\r\n\r\n"),
    );
    Ok(PostboxMail {
        id: String::new(),
        at: message.at,
        way,
        customer,
        mailbox: client,
        subject,
        blob: blobs.put(bytes.as_bytes())?,
    })
}

/// A name and an address. Mails that stay in the postbox may use UTF-8 in their heads (RFC 6532).
fn named(name: &str, address: &str) -> String {
    format!("\"{}\" <{address}>", name.replace(['"', '\\'], ""))
}
