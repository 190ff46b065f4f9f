//! One mailbox: as whom it writes, how it signs, through which server its letters leave, and trying that. Fetching its mail is
//! in [`super::fetching`].

use super::{Answer, doorstep::languages, outgoing_mail::security_choice, page, refuse, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    markdown,
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        mailbox::{Identity as IdentityView, Mailbox as MailboxView, SignatureForm, SmarthostForm},
        marks::Choice,
        shell::{Administration, Flash, Place},
    },
    words::language_name,
};
use axum::{extract::State, response::Response};
use desk::{
    Stop, fetching,
    mailboxes::{self, Appearance, MailboxPage},
    outgoing::{self, Security, Smarthost},
};
use engagements::{Identity, SenderName, Signature, Writer, letters_a_day};
use kernel::{ClientId, EmailAddress, LanguageTag, MailboxId};

/// Whose mailbox, and which.
pub(super) type Ids = (ClientId, MailboxId);

/// Who writes in examples.
const SOMEBODY: &str = "Ana Sousa";

/// What was typed into forms that were refused.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'a> {
    identity: Option<&'a Fields>,
    signature: Option<&'a Fields>,
    smarthost: Option<&'a Fields>,
    account: Option<&'a Fields>,
}

impl<'a> Typed<'a> {
    /// In the form of the account from which mail is fetched.
    pub(super) fn of_account(form: &'a Fields) -> Self {
        Self { account: Some(form), ..Self::default() }
    }
}

/// `GET /clients/{client}/mailboxes/{mailbox}`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(ids): At<Ids>) -> Answer {
    Ok(draw(&site, &owner, ids, Typed::default(), None).await?)
}

async fn draw(
    site: &Site,
    owner: &SignedIn,
    (client, mailbox): Ids,
    typed: Typed<'_>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = mailboxes::mailbox_page(&site.desk, owner.reach(), client, mailbox).await?;
    let fetched = fetching::account(&site.desk, owner.reach(), client, mailbox).await?;
    let relay = outgoing::relay(&site.desk).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let address = found.mailbox.address.to_string();
    let has = |tag: &str| found.identity.signatures.iter().any(|one| one.language.as_str() == tag);
    let suggested = typed.signature.map_or(found.client.language.as_str(), |form| form.text("language"));
    page(&MailboxView {
        shell: frame.shell(&address, Place::Administration(Administration::Clients)),
        client: client_mark(&found.client),
        id: found.mailbox.id.to_string(),
        identity: identity(&found, typed.identity),
        signatures: found
            .identity
            .signatures
            .iter()
            .map(|one| signature(&found, one, typed.signature))
            .collect(),
        more_languages: languages(suggested).into_iter().filter(|one| !has(&one.value)).collect(),
        typed_signature: typed
            .signature
            .filter(|form| !has(form.text("language")))
            .map_or(String::new(), |form| form.text("text").to_owned()),
        smarthost: smarthost(&found, relay.as_ref(), typed.smarthost),
        fetching: super::fetching::section(&frame.words, &fetched, typed.account),
        test_to: owner.person.email.to_string(),
        address,
    })
}

fn identity(found: &MailboxPage, typed: Option<&Fields>) -> IdentityView {
    let shown = |name: &str, kept: String| typed.map_or(kept, |form| form.text(name).to_owned());
    let chosen = shown("sender_name", found.identity.sender_name.to_string());
    let writer = mailboxes::writer(SOMEBODY, &found.mailbox);
    let example = |name: SenderName| Choice {
        value: name.to_string(),
        words: as_seen(&found.identity, name, writer),
        is_chosen: name.as_str() == chosen,
    };
    IdentityView {
        display_name: shown("display_name", found.mailbox.display_name.clone()),
        sender_names: SenderName::ALL.map(example).to_vec(),
        letters_a_day: shown("letters_a_day", found.identity.letters_a_day.to_string()),
    }
}

/// The sender of a letter in English, when senders are named so.
fn as_seen(identity: &Identity, sender_name: SenderName, writer: Writer<'_>) -> String {
    let english = "en".parse().unwrap_or_else(|_| LanguageTag::unknown());
    Identity { sender_name, ..identity.clone() }.sender(writer, &english)
}

fn signature(found: &MailboxPage, kept: &Signature, typed: Option<&Fields>) -> SignatureForm {
    let language = &kept.language;
    let again = typed.filter(|form| form.text("language") == language.as_str());
    let writer = mailboxes::writer(SOMEBODY, &found.mailbox);
    let preview = found.identity.signature(writer, language, language);
    SignatureForm {
        language: language.to_string(),
        name: language_name(language.as_str()).to_owned(),
        text: again.map_or(kept.markdown.clone(), |form| form.text("text").to_owned()),
        preview_html: markdown::html(&preview),
    }
}

fn smarthost(found: &MailboxPage, relay: Option<&Smarthost>, typed: Option<&Fields>) -> SmarthostForm {
    let own = found.smarthost.as_ref();
    let kept = |of: fn(&Smarthost) -> String, usual: &str| own.map_or(usual.to_owned(), of);
    let shown = |name: &str, kept: String| typed.map_or(kept, |form| form.text(name).to_owned());
    let security = shown("security", kept(|own| own.security.as_str().to_owned(), "starttls"));
    SmarthostForm {
        is_own: own.is_some(),
        host: shown("host", kept(|own| own.host.clone(), "")),
        port: shown("port", kept(|own| own.port.to_string(), "587")),
        securities: Security::ALL.map(|one| security_choice(one, &security)).to_vec(),
        user: shown("user", kept(|own| own.user.clone(), "")),
        has_password: found.has_password,
        installations: relay.map_or(String::new(), |relay| format!("{}:{}", relay.host, relay.port)),
    }
}

pub(super) fn address_of((client, mailbox): Ids) -> String {
    format!("/clients/{client}/mailboxes/{mailbox}")
}

/// `POST /clients/{client}/mailboxes/{mailbox}`
pub(crate) async fn appear(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
    form: Fields,
) -> Answer {
    let done = async {
        let wanted = Appearance {
            display_name: form.text("display_name").to_owned(),
            sender_name: form.text("sender_name").parse()?,
            letters_a_day: letters_a_day(form.text("letters_a_day"))?,
        };
        mailboxes::appear(&site.desk, owner.reach(), ids.0, ids.1, wanted).await
    };
    let typed = Typed { identity: Some(&form), ..Typed::default() };
    ended(&site, &owner, ids, done.await, Said::Saved, typed).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/signatures`
pub(crate) async fn sign(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
    form: Fields,
) -> Answer {
    let done = async {
        let signature = Signature::written(form.one("language")?, form.text("text"))?;
        mailboxes::sign(&site.desk, owner.reach(), ids.0, ids.1, signature).await
    };
    let typed = Typed { signature: Some(&form), ..Typed::default() };
    ended(&site, &owner, ids, done.await, Said::SignatureSaved, typed).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/smarthost`
pub(crate) async fn leave_through(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
    form: Fields,
) -> Answer {
    let done = async {
        let (host, port) = (form.text("host"), form.text("port"));
        let smarthost = Smarthost::filled_in(host, port, form.text("security"), form.text("user"))?;
        let password = form.text("password");
        mailboxes::leave_through(&site.desk, owner.reach(), ids.0, ids.1, smarthost, password).await
    };
    let typed = Typed { smarthost: Some(&form), ..Typed::default() };
    ended(&site, &owner, ids, done.await, Said::SmarthostSaved, typed).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/smarthost/removals`
pub(crate) async fn leave_as_all(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
) -> Answer {
    let done = mailboxes::leave_as_all(&site.desk, owner.reach(), ids.0, ids.1).await;
    ended(&site, &owner, ids, done, Said::SmarthostRemoved, Typed::default()).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/test-letters`
pub(crate) async fn send_test(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<Ids>,
    form: Fields,
) -> Answer {
    let done = async {
        let found = mailboxes::mailbox_page(&site.desk, owner.reach(), ids.0, ids.1).await?;
        let to: EmailAddress = form.one("to")?;
        site.mailroom.send_test(to, Some(found.mailbox.id)).await
    };
    ended(&site, &owner, ids, done.await, Said::TestSent, Typed::default()).await
}

/// The page again, with what was refused.
pub(super) async fn refused(site: &Site, owner: &SignedIn, ids: Ids, stop: Stop) -> Answer {
    refuse(stop, async |flash| draw(site, owner, ids, Typed::default(), flash).await).await
}

pub(super) async fn ended(
    site: &Site,
    owner: &SignedIn,
    ids: Ids,
    done: Result<(), Stop>,
    said: Said,
    typed: Typed<'_>,
) -> Answer {
    settle(done, &address_of(ids), said, async |flash| draw(site, owner, ids, typed, flash).await).await
}
