//! The demo's postbox: what customers received, and writing as a customer. Outside of a demo there is nothing here.

use super::{Answer, go, page, refuse};
use crate::{
    fields::{Asked, At, Fields},
    frame::Frame,
    mailroom::{CustomersLetter, ShownMail},
    said::Said,
    session::SignedIn,
    site::Site,
    views::{
        marks::{Choice, Pager},
        postbox::{LetterDraft, LetterLine, LetterOpen, Pane, Postbox, Way as WayView},
        shell::{Flash, Place},
    },
};
use axum::{extract::State, response::Response};
use desk::{
    Stop, administration, postbox,
    tables::{PostboxMail, Way},
};
use kernel::EmailAddress;
use people::PeopleRefusal;
use std::time::Duration;

const HERE: &str = "/postbox";
/// How many customers the form suggests.
const SUGGESTED: i64 = 40;

fn only_in_demo(site: &Site) -> Result<(), Stop> {
    if site.is_demo() { Ok(()) } else { Err(PeopleRefusal::NotFound.into()) }
}

/// `GET /postbox`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    only_in_demo(&site)?;
    Ok(draw(&site, &signed_in, None, Pane::Nothing, None).await?)
}

/// `POST /postbox/clock`
pub(crate) async fn let_time_pass(State(site): State<Site>, _signed_in: SignedIn, form: Fields) -> Answer {
    only_in_demo(&site)?;
    let minutes: u64 = form.one("minutes")?;
    postbox::let_time_pass(&site.desk, Duration::from_secs(minutes.saturating_mul(60))).await?;
    Ok(go(HERE, Said::TimePassed))
}

/// `GET /postbox/{letter}`
pub(crate) async fn read(State(site): State<Site>, signed_in: SignedIn, At(id): At<String>) -> Answer {
    only_in_demo(&site)?;
    let (mail, shown) = opened(&site, &id).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let pane = Pane::Reading(Box::new(LetterOpen {
        way: way(mail.way),
        from: shown.from,
        to: shown.to,
        subject: mail.subject,
        at: frame.words.exactly(mail.at),
        language: None,
        text: shown.text,
        headers: shown.headers,
        answer_url: (mail.way == Way::ToCustomer).then(|| format!("{HERE}/new?answers={id}")),
        attachments: shown.attachments,
    }));
    Ok(draw(&site, &signed_in, Some(&id), pane, None).await?)
}

async fn opened(site: &Site, id: &str) -> Result<(PostboxMail, ShownMail), Stop> {
    let (mail, bytes) = postbox::open(&site.desk, id).await?.ok_or(PeopleRefusal::NotFound)?;
    Ok((mail, site.mailroom.show(&bytes)))
}

/// `GET /postbox/new`
pub(crate) async fn new(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    only_in_demo(&site)?;
    let draft = match asked.text("answers") {
        "" => blank(&site, &Fields::default()).await?,
        letter => answering(&site, letter, &Fields::default()).await?,
    };
    Ok(draw(&site, &signed_in, None, Pane::Writing(Box::new(draft)), None).await?)
}

async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    current: Option<&str>,
    pane: Pane,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let mails = postbox::list(&site.desk).await?;
    let frame = Frame::of(site, signed_in).await?.saying(flash);
    let letters = mails.into_iter().map(|mail| LetterLine {
        url: format!("{HERE}/{}", mail.id),
        way: way(mail.way),
        customer: mail.customer,
        mailbox: mail.mailbox,
        subject: mail.subject,
        at: frame.words.briefly(mail.at),
        is_current: current == Some(mail.id.as_str()),
    });
    let (shell, letters) = (frame.shell("Demo postbox", Place::Postbox), letters.collect());
    page(&Postbox { shell, letters, pager: Pager::default(), pane })
}

fn way(way: Way) -> WayView {
    match way {
        Way::ToCustomer => WayView::Received,
        Way::FromCustomer => WayView::Written,
    }
}

/// A new letter, with whatever was typed before.
async fn blank(site: &Site, typed: &Fields) -> Result<LetterDraft, Stop> {
    let mailboxes = administration::whole(&site.desk).await?.mailboxes;
    let mailboxes = mailboxes.iter().map(|mailbox| Choice {
        value: mailbox.address.to_string(),
        words: format!("{} <{}>", mailbox.display_name, mailbox.address),
        is_chosen: mailbox.address.as_str() == typed.text("to"),
    });
    let known = postbox::known_customers(&site.desk, SUGGESTED).await?;
    let first = known.first();
    let or = |name: &str, usual: Option<String>| {
        let text = typed.text(name);
        if text.is_empty() { usual.unwrap_or_default() } else { text.to_owned() }
    };
    Ok(LetterDraft {
        name: or("name", first.map(|customer| customer.name.clone())),
        address: or("address", first.map(|customer| customer.address.to_string())),
        customers: known.iter().map(|customer| customer.address.to_string()).collect(),
        mailboxes: mailboxes.collect(),
        subject: typed.text("subject").to_owned(),
        text: typed.text("text").to_owned(),
        answers: String::new(),
    })
}

/// An answer to a letter that the customer received: it goes to the signed address that the letter names.
async fn answering(site: &Site, letter: &str, typed: &Fields) -> Result<LetterDraft, Stop> {
    let (mail, shown) = opened(site, letter).await?;
    let to = shown.reply_to.unwrap_or_else(|| mail.mailbox.clone());
    let name = shown.to.split('<').next().unwrap_or_default().trim().trim_matches('"').to_owned();
    let subject = mail.subject.trim_start_matches("Re: ");
    Ok(LetterDraft {
        name: if name.contains('@') { String::new() } else { name },
        address: mail.customer,
        customers: Vec::new(),
        mailboxes: vec![Choice::new(to.clone(), to).chosen()],
        subject: format!("Re: {subject}"),
        text: typed.text("text").to_owned(),
        answers: letter.to_owned(),
    })
}

/// `POST /postbox/letters`
pub(crate) async fn write(State(site): State<Site>, signed_in: SignedIn, form: Fields) -> Answer {
    only_in_demo(&site)?;
    let answers = form.text("answers");
    let written = async {
        let answered = if answers.is_empty() { None } else { Some(opened(&site, answers).await?.1) };
        let address: EmailAddress = form.one("address")?;
        let letter = CustomersLetter {
            name: form.text("name").trim().to_owned(),
            address,
            to: form.text("to").to_owned(),
            subject: form.text("subject").to_owned(),
            text: form.text("text").to_owned(),
            answers: answered.and_then(|answered| answered.message_id),
        };
        site.mailroom.write_as_customer(letter).await
    };
    match written.await {
        Ok(()) => Ok(go(HERE, Said::LetterSent)),
        Err(stop) => {
            refuse(stop, async |flash| {
                let draft = match answers {
                    "" => blank(&site, &form).await?,
                    letter => answering(&site, letter, &form).await?,
                };
                draw(&site, &signed_in, None, Pane::Writing(Box::new(draft)), flash).await
            })
            .await
        }
    }
}
