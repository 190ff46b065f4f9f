//! A customer's mail, as a test writes it down: what the desk reads, and bytes that say the same.

use cases::{
    incoming::{Attachment, Auto, AutoKind, Correspondent, Incoming},
    sifting,
};
use kernel::Because;

/// A mail. Made with [`crate::World::mail`]; every one has a Message-ID of its own.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The address of ours that the envelope names.
    pub recipient: String,
    /// The sender of the envelope.
    pub sender: String,
    /// What the desk reads.
    pub incoming: Incoming,
}

impl Mail {
    /// From somebody as `Eva Novak <eva@customer.example>`, to an address of ours.
    pub(crate) fn new(nth: usize, from: &str, to: &str, subject: &str, text: &str) -> Self {
        let from = correspondent(from);
        Self {
            recipient: to.to_owned(),
            sender: from.address.clone(),
            incoming: Incoming {
                from: Some(from),
                to: vec![correspondent(to)],
                subject: subject.to_owned(),
                message_id: Some(format!("mail-{nth}@customer.example")),
                text: text.to_owned(),
                new_text: text.to_owned(),
                ..Incoming::default()
            },
        }
    }

    /// The Message-ID; empty when the mail has none.
    pub fn id(&self) -> &str {
        self.incoming.message_id.as_deref().unwrap_or_default()
    }

    /// With this Message-ID, or none if it is empty.
    pub fn with_id(mut self, id: &str) -> Self {
        self.incoming.message_id = Some(id.to_owned()).filter(|id| !id.is_empty());
        self
    }

    /// As an answer to the mail with this Message-ID.
    pub fn answering(mut self, id: &str) -> Self {
        self.incoming.in_reply_to = vec![id.to_owned()];
        self.incoming.references.push(id.to_owned());
        self
    }

    /// With this Message-ID among its references only.
    pub fn referring_to(mut self, id: &str) -> Self {
        self.incoming.references.push(id.to_owned());
        self
    }

    /// Marked as an automatic answer.
    pub fn automatic(mut self) -> Self {
        let because = vec![Because::new("sifting.auto_submitted", "Its header says so.")];
        self.incoming.auto = Some(Auto { kind: AutoKind::AutoReply, because });
        self
    }

    /// Without a sender in its header.
    pub fn without_from(mut self) -> Self {
        self.incoming.from = None;
        self
    }

    /// With something wrong about it.
    pub fn with_problem(mut self, sentence: &str) -> Self {
        self.incoming.problems.push(sentence.to_owned());
        self
    }

    /// With HTML beside its text.
    pub fn with_html(mut self, html: &str) -> Self {
        self.incoming.html = Some(html.to_owned());
        self
    }

    /// With a file.
    pub fn with_file(mut self, name: &str, media_type: &str, content: &[u8]) -> Self {
        self.incoming.attachments.push(Attachment {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            bytes: content.len() as u64,
            content: content.to_vec(),
            ..Attachment::default()
        });
        self
    }

    /// With what the rules of sifting find in it.
    pub fn sifted(mut self) -> Self {
        self.incoming.bounce = sifting::bounce(&self.incoming);
        self.incoming.auto = sifting::sift(&self.incoming);
        self
    }

    /// Bytes that say the same, for where only bytes are taken.
    pub fn bytes(&self) -> Vec<u8> {
        let mail = &self.incoming;
        let mut lines = Vec::new();
        lines.extend(mail.from.iter().map(|from| format!("From: {} <{}>", from.name, from.address)));
        lines.extend(mail.to.iter().map(|to| format!("To: {}", to.address)));
        lines.push(format!("Subject: {}", mail.subject));
        lines.extend(mail.message_id.iter().map(|id| format!("Message-ID: <{id}>")));
        lines.extend(mail.in_reply_to.iter().map(|id| format!("In-Reply-To: <{id}>")));
        lines.extend(mail.references.iter().map(|id| format!("References: <{id}>")));
        lines.extend(mail.auto.iter().map(|_| "Auto-Submitted: auto-replied".to_owned()));
        format!("{}\r\n\r\n{}\r\n", lines.join("\r\n"), mail.text).into_bytes()
    }
}

/// From `Eva Novak <eva@customer.example>` or an address alone.
fn correspondent(text: &str) -> Correspondent {
    match text.split_once(" <") {
        Some((name, address)) => {
            Correspondent { name: name.to_owned(), address: address.trim_end_matches('>').to_owned() }
        }
        None => Correspondent { name: String::new(), address: text.to_owned() },
    }
}
