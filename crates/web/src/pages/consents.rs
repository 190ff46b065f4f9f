//! Signing in at Google and Microsoft: as what they know this installation, going there, coming back.

use super::{Answer, mailbox, page, refuse, settle};
use crate::{
    faults::Stopped,
    fields::{Asked, At, Fields},
    frame::Frame,
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        consents::{ConsentBegun, Consents as ConsentsView, RegistrationForm},
        shell::{Administration, Flash, Place},
    },
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    consents::{self, RegistrationsPage, Returned},
};
use engagements::consent::{Provider, Registration};
use kernel::{Kind, Refused};

const HERE: &str = "/consents";
/// A provider's words are cut to this many characters.
const LONGEST_QUOTE: usize = 300;

/// `GET /consents`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw(&site, &owner, None, None).await?)
}

async fn draw(
    site: &Site,
    owner: &SignedIn,
    typed: Option<(Provider, &Fields)>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = consents::registrations(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let form = |provider| form(&found, provider, typed);
    page(&ConsentsView {
        shell: frame
            .shell("Signing in at Google and Microsoft", Place::Administration(Administration::Clients)),
        google: form(Provider::Google),
        microsoft: form(Provider::Microsoft),
        return_address: found.return_address.clone().unwrap_or_default(),
    })
}

fn form(
    found: &RegistrationsPage,
    provider: Provider,
    typed: Option<(Provider, &Fields)>,
) -> RegistrationForm {
    let kept = found.registrations.iter().find(|one| one.provider == provider);
    let typed = typed.filter(|(typed_of, _)| *typed_of == provider).map(|(_, form)| form);
    let shown = |name: &str, kept: Option<&String>| {
        typed.map_or(kept.cloned().unwrap_or_default(), |form| form.text(name).to_owned())
    };
    RegistrationForm {
        is_registered: kept.is_some(),
        client_id: shown("client_id", kept.map(|one| &one.client_id)),
        tenant: shown("tenant", kept.map(|one| &one.tenant)),
    }
}

fn provider(word: &str) -> Result<Provider, Stopped> {
    Provider::named(word).ok_or_else(Stopped::absent)
}

/// `POST /consents/{provider}`
pub(crate) async fn register(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(word): At<String>,
    form: Fields,
) -> Answer {
    let provider = provider(&word)?;
    let done = async {
        let registration = Registration::typed(provider, form.text("client_id"), form.text("tenant"))?;
        consents::register(&site.desk, owner.reach(), registration, form.text("secret")).await
    };
    settle(done.await, HERE, Said::Registered, async |flash| {
        draw(&site, &owner, Some((provider, &form)), flash).await
    })
    .await
}

/// `POST /consents/{provider}/removals`
pub(crate) async fn unregister(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(word): At<String>,
) -> Answer {
    let done = consents::unregister(&site.desk, owner.reach(), provider(&word)?).await;
    settle(done, HERE, Said::Unregistered, async |flash| draw(&site, &owner, None, flash).await).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/fetching/consents`: answers with a page whose link leads to the provider, because
/// our own forms lead nowhere else.
pub(crate) async fn begin(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(ids): At<mailbox::Ids>,
) -> Answer {
    let begun = match consents::begin(&site.desk, owner.reach(), &owner.session, ids.0, ids.1).await {
        Ok(begun) => begun,
        Err(stop) => return mailbox::refused(&site, &owner, ids, stop).await,
    };
    let frame = Frame::of(&site, &owner).await?;
    let provider = begun.registration.provider.name();
    Ok(page(&ConsentBegun {
        shell: frame.shell(&format!("Sign in at {provider}"), Place::Administration(Administration::Clients)),
        provider,
        user: begun.user.clone(),
        address: site.mailroom.consent_address(&begun),
        mailbox_url: mailbox::address_of(ids),
    })?)
}

/// `GET /consents/return`: a provider sends the browser back, with a code or with a refusal.
pub(crate) async fn arrive(State(site): State<Site>, OwnerIn(owner): OwnerIn, Asked(said): Asked) -> Answer {
    let returned = consents::returned(&site.desk, owner.reach(), &owner.session, said.text("state")).await;
    let returned = match returned {
        Ok(returned) => returned,
        Err(stop) => return refuse(stop, async |flash| draw(&site, &owner, None, flash).await).await,
    };
    let ids = (returned.client, returned.account.mailbox);
    let done = accept(&site, &owner, &returned, &said).await;
    mailbox::ended(&site, &owner, ids, done, Said::ConsentGiven, mailbox::Typed::default()).await
}

async fn accept(site: &Site, owner: &SignedIn, returned: &Returned, said: &Fields) -> Result<(), Stop> {
    if said.text("code").is_empty() {
        return Err(denied(returned.provider, said).into());
    }
    let code = said.text("code").to_owned();
    let consent = site.mailroom.exchange_consent(returned.clone(), code).await?;
    consents::keep(&site.desk, owner.reach(), returned, &consent).await
}

fn denied(provider: Provider, said: &Fields) -> Refused {
    let words = match said.text("error_description") {
        "" => said.text("error"),
        words => words,
    };
    let words: String = words.chars().filter(|c| !c.is_control()).take(LONGEST_QUOTE).collect();
    let words = words.trim_end_matches('.');
    let quoted = if words.is_empty() { String::new() } else { format!(" (“{words}”)") };
    let sentence = format!("{} gave no consent{quoted}. Nothing was changed.", provider.name());
    Refused::new(Kind::Conflict, "consent.denied", sentence).hint(
        "Sign in again and allow it there. In an organisation, an administrator may have to allow it first.",
    )
}
