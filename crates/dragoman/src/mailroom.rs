//! The mailroom: what pages want done with mail, done by the channels.

use cases::letter::{Addressee, Letter, Written};
use channels::email::{
    compose::compose, consent::Consents, domain_records, html, outbox::Outbox, pictures::PictureFetcher,
    read::read, signing,
};
use desk::{
    Desk, Stop,
    consents::{Begun, Returned},
    dispatch::Ended,
    intake, postbox,
    sending_domains::Drawn,
};
use engagements::{
    consent::Consent,
    sending_domains::{Answer, Method, Question},
};
use kernel::{EmailAddress, Fault, Kind, LanguageTag, MailboxId, Refused};
use std::{net::SocketAddr, sync::Arc};
use web::mailroom::{
    Awaited, CustomersLetter, Mailroom, Password, Picture, Pictures, RemoteImages, ShownMail,
};

/// Reads, frames and sends mail for the pages.
pub struct PostRoom {
    /// The desk.
    pub desk: Desk,
    /// Where letters go.
    pub outbox: Arc<Outbox>,
    /// Consents at Google and Microsoft.
    pub consents: Arc<Consents>,
    /// Whether the process was given a password for the outgoing server.
    pub password: Password,
    /// Who fetches pictures on other servers; nobody where they are off.
    pub pictures: Option<PictureFetcher>,
    /// The DNS server that is asked, if one was named.
    pub dns: Option<SocketAddr>,
    /// The key by which browsers let this installation call them.
    pub push_key: String,
}

impl Mailroom for PostRoom {
    fn frame(&self, text: &str, Pictures { attached, remote }: Pictures<'_>) -> String {
        html::framed(text, html::Pictures { attached, remote })
    }

    fn fetch_picture<'a>(&'a self, text: &'a str, position: usize) -> Awaited<'a, Option<Picture>> {
        Box::pin(async move {
            let address = html::remote_pictures(text).into_iter().nth(position)?;
            let found = self.pictures.as_ref()?.fetch(&address).await;
            if let Err(because) = &found {
                tracing::debug!(%because, position, "a picture of a mail isn't shown");
            }
            found.ok().map(|found| Picture { kind: found.kind, bytes: found.bytes })
        })
    }

    fn remote_images(&self) -> RemoteImages {
        if self.pictures.is_some() { RemoteImages::Fetched } else { RemoteImages::Off }
    }

    fn push_key(&self) -> String {
        self.push_key.clone()
    }

    fn show(&self, bytes: &[u8]) -> ShownMail {
        let mail = read(bytes);
        let shown = |who: &cases::incoming::Correspondent| match who.name.as_str() {
            "" => who.address.clone(),
            name => format!("{name} <{}>", who.address),
        };
        let wanted = ["Date", "Message-ID", "In-Reply-To", "References", "Reply-To"];
        let headers =
            wanted.iter().filter_map(|name| Some(((*name).to_owned(), mail.header(name)?.to_owned())));
        ShownMail {
            from: mail.from.as_ref().map(shown).unwrap_or_default(),
            to: mail.to.iter().map(shown).collect::<Vec<_>>().join(", "),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            message_id: mail.message_id.clone(),
            reply_to: mail.answers_to().map(String::from),
            headers: headers.collect(),
            attachments: mail.attachments.iter().map(|file| file.name.clone()).collect(),
        }
    }

    fn write_as_customer(&self, letter: CustomersLetter) -> Awaited<'_, Result<(), Stop>> {
        Box::pin(async move {
            let recipient: EmailAddress = letter.to.parse().map_err(|_| unknown_line())?;
            if !intake::serves(&self.desk, &recipient).await? {
                return Err(unknown_line().into());
            }
            let sender = letter.address.clone();
            let subject = letter.subject.clone();
            let bytes = compose(&as_letter(letter, &recipient, self.desk.clock.now()));
            let mailbox = recipient.without_detail().0;
            postbox::keep_incoming(&self.desk, &sender, &mailbox, &subject, bytes.clone()).await?;
            let delivery = intake::Delivery {
                sender: sender.to_string(),
                recipients: vec![recipient],
                peer: "the demo's postbox".to_owned(),
                trace: String::new(),
                body: intake::Body::Bytes(bytes),
            };
            Ok(intake::keep(&self.desk, delivery).await?)
        })
    }

    fn send_test(&self, to: EmailAddress, of: Option<MailboxId>) -> Awaited<'_, Result<(), Stop>> {
        Box::pin(async move {
            let mut mailboxes = self.desk.store.read(engagements::tables::mailboxes).await?.into_iter();
            let from = mailboxes.find(|mailbox| of.is_none_or(|of| mailbox.id == of));
            let from = from.ok_or_else(no_mailbox)?.address;
            let letter = crate::commands::mail::test_letter(of, &from, &to, self.desk.clock.now());
            match self.outbox.send(&letter).await? {
                Ended::Sent(_) => Ok(()),
                Ended::Later { because, .. } | Ended::Never { because } => {
                    Err(Refused::new(Kind::Conflict, "relay.refused", because).into())
                }
            }
        })
    }

    fn draw_key(&self, method: Method) -> Awaited<'_, Result<Drawn, Stop>> {
        Box::pin(async move {
            let drawn =
                tokio::task::spawn_blocking(move || signing::draw(method)).await.map_err(Fault::new)?;
            Ok(drawn.map_err(Fault::new)?)
        })
    }

    fn look_up(&self, questions: Vec<Question>) -> Awaited<'_, Vec<(Question, Answer)>> {
        Box::pin(domain_records::look_up(self.dns, questions))
    }

    fn consent_address(&self, begun: &Begun) -> String {
        self.consents.address(begun)
    }

    fn exchange_consent(&self, returned: Returned, code: String) -> Awaited<'_, Result<Consent, Stop>> {
        Box::pin(async move {
            let exchanged = self.consents.exchange(&returned, &code).await;
            exchanged.map_err(|no| {
                tracing::warn!(mailbox = %returned.account.mailbox, trouble = no.name(), "a provider gave no consent");
                no.stop(returned.provider)
            })
        })
    }

    fn password(&self) -> Password {
        self.password
    }
}

fn unknown_line() -> Refused {
    Refused::new(Kind::Invalid, "postbox.unknown_line", "Nobody here receives mail at this address.")
        .hint("Choose one of the clients in the list.")
}

fn no_mailbox() -> Refused {
    Refused::new(Kind::Conflict, "relay.no_mailbox", "There is no mailbox yet that a test could come from.")
        .hint("Add a client and its address first.")
}

fn as_letter(letter: CustomersLetter, to: &EmailAddress, now: kernel::Instant) -> Letter {
    Letter {
        message_id: store::fresh(),
        domain: letter.address.domain().to_owned(),
        from: Addressee { name: letter.name, address: letter.address },
        to: vec![Addressee { name: String::new(), address: to.clone() }],
        cc: Vec::new(),
        reply_to: None,
        subject: letter.subject,
        references: letter.answers.clone().into_iter().collect(),
        in_reply_to: letter.answers,
        markdown: letter.text,
        signature: String::new(),
        downloads: Vec::new(),
        quoted: None,
        language: LanguageTag::unknown(),
        page: None,
        written: Written::ByPerson,
        written_in: None,
        unsubscribe: None,
        date: now,
        attachments: Vec::new(),
    }
}

impl PostRoom {
    /// A mailroom.
    pub fn new(
        desk: Desk,
        outbox: Arc<Outbox>,
        consents: Arc<Consents>,
        password: Option<&String>,
        pictures: Option<PictureFetcher>,
    ) -> Self {
        let password = if password.is_some() { Password::Given } else { Password::Missing };
        Self { desk, outbox, consents, password, pictures, dns: None, push_key: String::new() }
    }

    /// The same, known to browsers by this key.
    pub fn known_to_browsers(self, push_key: String) -> Self {
        Self { push_key, ..self }
    }

    /// The same, asking this DNS server.
    pub fn asking(self, dns: Option<SocketAddr>) -> Self {
        Self { dns, ..self }
    }
}
