//! Parked mail: letters that nothing could place, for an owner to decide.

use super::{Answer, files::as_download, page, settle};
use crate::{
    fields::{At, Fields},
    frame::Frame,
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        mail::{Parked, ParkedLetter},
        marks::{Choice, ChoiceGroup, Pager},
        shell::{Administration, Flash, Place},
    },
};
use axum::{extract::State, response::Response};
use cases::ParkedMail;
use desk::{Stop, administration, parked};
use engagements::Mailbox;
use kernel::RawMailId;
use people::Client;

const HERE: &str = "/parked";

/// How many letters are opened to show how they begin; more wait behind them.
const SHOWN: usize = 50;

/// `GET /parked`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw(&site, &owner, None).await?)
}

async fn draw(site: &Site, owner: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let (mails, mailboxes) = parked::list(&site.desk, owner.reach()).await?;
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let mut letters = Vec::new();
    for mail in mails.iter().take(SHOWN) {
        letters.push(letter(site, owner, &frame, mail).await?);
    }
    let behind = mails.len().saturating_sub(SHOWN);
    let words = if behind > 0 { format!("{behind} more wait behind these") } else { String::new() };
    page(&Parked {
        shell: frame.shell("Parked mail", Place::Administration(Administration::Parked)),
        letters,
        mailboxes: found.clients.iter().map(|client| of_client(client, &mailboxes)).collect(),
        pager: Pager { words, ..Pager::default() },
    })
}

async fn letter(
    site: &Site,
    owner: &SignedIn,
    frame: &Frame,
    mail: &ParkedMail,
) -> Result<ParkedLetter, Stop> {
    let shown = match parked::bytes(&site.desk, owner.reach(), mail.id).await {
        Ok(bytes) => site.mailroom.show(&bytes),
        // Somebody else has decided meanwhile.
        Err(Stop::Refused(_)) => crate::mailroom::ShownMail::default(),
        Err(fault) => return Err(fault),
    };
    let sender = if mail.sender.is_empty() { "nobody (a bounce)" } else { &mail.sender };
    Ok(ParkedLetter {
        id: mail.id.to_string(),
        reason: mail.because.clone(),
        from: if shown.from.is_empty() { sender.to_owned() } else { shown.from },
        to: mail.recipient.to_string(),
        subject: if shown.subject.is_empty() { "(no subject)".to_owned() } else { shown.subject },
        snippet: shown.text.split_whitespace().take(40).collect::<Vec<_>>().join(" "),
        received: frame.words.exactly(mail.received_at),
    })
}

fn of_client(client: &Client, mailboxes: &[Mailbox]) -> ChoiceGroup {
    let own = mailboxes.iter().filter(|mailbox| mailbox.client == client.id);
    let choices = own.map(|mailbox| Choice::new(mailbox.id.to_string(), mailbox.address.to_string()));
    ChoiceGroup { heading: client.name.clone(), choices: choices.collect() }
}

/// `POST /parked/{mail}/openings`
pub(crate) async fn open(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(mail): At<RawMailId>,
    form: Fields,
) -> Answer {
    let done = async { parked::release(&site.desk, owner.reach(), mail, form.one("mailbox")?).await };
    settle(done.await, HERE, Said::Opened, async |flash| draw(&site, &owner, flash).await).await
}

/// `POST /parked/{mail}/discardings`
pub(crate) async fn discard(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(mail): At<RawMailId>,
) -> Answer {
    let done = parked::discard(&site.desk, owner.reach(), mail).await;
    settle(done, HERE, Said::Discarded, async |flash| draw(&site, &owner, flash).await).await
}

/// `GET /parked/{mail}/raw`
pub(crate) async fn raw(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(mail): At<RawMailId>,
) -> Answer {
    let bytes = parked::bytes(&site.desk, owner.reach(), mail).await?;
    Ok(as_download(&format!("mail-{mail}.eml"), "message/rfc822", bytes))
}
