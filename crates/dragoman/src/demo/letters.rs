//! The newest mails of the demo world as they lie in its postbox.

use super::casting::Player;
use super::story::Story;
use super::tale::{File, Mail, Tale, What};
use cases::{
    Message, MessageKind,
    letter::{Addressee, Enclosure, Letter, Written, message_id_text},
};
use channels::email::compose::compose;
use desk::{
    Desk,
    postbox::{DEMO, YES},
    tables::{self, PostboxMail, Way},
};
use engagements::Mailbox;
use jiff::{fmt::rfc2822, tz::TimeZone};
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
    let message = &mail.message;
    let (way, subject, bytes) = if message.kind == MessageKind::Reply {
        let subject = format!("Re: {}", message.subject);
        (Way::ToCustomer, subject.clone(), compose(&answer(tale, mail, player, mailbox, subject)))
    } else {
        (Way::FromCustomer, message.subject.clone(), question(message, player, mailbox)?)
    };
    Ok(PostboxMail {
        id: String::new(),
        at: message.at,
        way,
        customer: player.address.to_string(),
        mailbox: mailbox.address.to_string(),
        subject,
        blob: blobs.put(&bytes)?,
    })
}

/// What we answered, as the desk sends it.
fn answer(tale: &Tale, mail: &Mail, player: &Player, mailbox: &Mailbox, subject: String) -> Letter {
    let (message, domain) = (&mail.message, mailbox.address.domain());
    let earlier = mails(tale).filter(|(_, earlier)| earlier.message.at < message.at);
    let id = |message: &Message| message.email_id.clone().unwrap_or(message_id_text(message.id, domain));
    let references: Vec<String> = earlier.map(|(_, earlier)| id(&earlier.message)).collect();
    let enclosure = |file: &File| Enclosure {
        name: file.name.clone(),
        media_type: file.media_type.to_owned(),
        content: file.content.clone(),
    };
    Letter {
        message_id: message.id,
        domain: domain.to_owned(),
        from: Addressee {
            name: format!("{} ({})", message.by.name, mailbox.display_name),
            address: mailbox.address.clone(),
        },
        to: vec![Addressee { name: player.name(), address: player.address.clone() }],
        cc: Vec::new(),
        reply_to: None,
        subject,
        in_reply_to: references.last().cloned(),
        references,
        markdown: message.new_text.clone(),
        signature: String::new(),
        downloads: Vec::new(),
        quoted: None,
        language: message.language.clone(),
        written: Written::ByPerson,
        page: None,
        written_in: None,
        unsubscribe: None,
        date: message.at,
        attachments: mail.files.iter().map(enclosure).collect(),
    }
}

/// What a customer wrote, as a plain mail program sends it. Its head may be in UTF-8 (RFC 6532).
fn question(message: &Message, player: &Player, mailbox: &Mailbox) -> Result<Vec<u8>, Fault> {
    let date = message.at.timestamp().to_zoned(TimeZone::UTC);
    let bracketed = |ids: &[String]| {
        let ids = ids.iter().map(|id| format!("<{id}>"));
        ids.collect::<Vec<_>>().join("\r\n ")
    };
    let fields = [
        ("Date", rfc2822::to_string(&date).map_err(Fault::new)?),
        ("Message-ID", bracketed(message.email_id.as_slice())),
        ("From", format!("\"{}\" <{}>", player.name(), player.address)),
        ("To", mailbox.address.to_string()),
        ("Subject", message.subject.clone()),
        ("In-Reply-To", bracketed(message.answers_email_id.as_slice())),
        ("References", bracketed(&message.references)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=utf-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
    ];
    let head = fields.iter().filter(|(_, value)| !value.is_empty());
    let head: String = head.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let parts = [&message.new_text, &message.signature, &message.quoted_text];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let body = parts.join("\n\n").replace('\n', "\r\n");
    Ok(format!("{head}\r\n{body}\r\n").into_bytes())
}
