//! Consents: an owner registers this installation at Google or Microsoft, and lets us into an account by signing in there.

use crate::{
    Desk,
    fetching::{ACCOUNT_CHANGED, sealed_as},
    sign_in::personal,
};
use engagements::{
    EngagementRefusal,
    consent::{Consent, Provider, Registration, SIGNED_IN_WITHIN, incomplete},
    fetching::MailAccount,
    tables::{
        self as engagement_tables, accounts,
        consents::{self, PendingConsent},
    },
};
use kernel::{ClientId, Fault, Instant, Kind, MailboxId, Reach, Refused, Stop};
use people::{PeopleRefusal, Secret};
use store::{Change, Tx};

/// The path to which a provider sends the browser back.
pub const RETURN_PATH: &str = "/consents/return";

/// A registration with its secret.
#[derive(Clone)]
pub struct Application {
    /// The registration.
    pub registration: Registration,
    /// The secret that the provider shows once.
    pub secret: String,
}

/// What the page of registrations shows.
pub struct RegistrationsPage {
    /// What is registered.
    pub registrations: Vec<Registration>,
    /// The address that the providers have to be told; none without a public address.
    pub return_address: Option<String>,
}

/// Somebody goes to a provider to sign in there.
#[derive(Clone)]
pub struct Begun {
    /// What the provider knows us by.
    pub registration: Registration,
    /// Who should sign in.
    pub user: String,
    /// What comes back with them, so that nobody else's answer is taken for theirs.
    pub state: String,
    /// What only we know; the provider is shown its hash now and itself later (RFC 7636).
    pub verifier: String,
    /// Where they come back.
    pub return_address: String,
}

/// Somebody has come back from a provider.
#[derive(Clone)]
pub struct Returned {
    /// Whose mailbox it is.
    pub client: ClientId,
    /// The account.
    pub account: MailAccount,
    /// Who gives the consent.
    pub provider: Provider,
    /// What only we knew.
    pub verifier: String,
    /// Where they were told to come back.
    pub return_address: String,
}

fn only_owners(reach: &Reach) -> Result<(), Stop> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound.into()) }
}

fn return_address(desk: &Desk) -> Option<String> {
    desk.public_address.as_ref().map(|address| format!("{address}{RETURN_PATH}"))
}

fn setting(provider: Provider, what: &str) -> String {
    format!("consent.{}.{what}", provider.as_str())
}

fn registration_in(tx: &mut Tx<'_>, provider: Provider) -> Result<Option<Registration>, Fault> {
    let client_id = tx.setting(&setting(provider, "client_id"))?.unwrap_or_default();
    let tenant = tx.setting(&setting(provider, "tenant"))?.unwrap_or_default();
    Ok(Registration::typed(provider, &client_id, &tenant).ok())
}

/// What is registered, for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn registrations(desk: &Desk, reach: &Reach) -> Result<RegistrationsPage, Stop> {
    only_owners(reach)?;
    let found = desk.store.read(|tx| {
        let each = Provider::ALL.iter().map(|provider| registration_in(tx, *provider));
        each.collect::<Result<Vec<_>, Fault>>()
    });
    let registrations = found.await?.into_iter().flatten().collect();
    Ok(RegistrationsPage { registrations, return_address: return_address(desk) })
}

/// What we show a provider to be known; none while this installation isn't registered there.
///
/// # Errors
/// A fault when the database can't be reached or the secret was sealed with another key.
pub async fn application(desk: &Desk, provider: Provider) -> Result<Option<Application>, Fault> {
    let key = setting(provider, "sealed_secret");
    let (registration, sealed) = desk
        .store
        .read(move |tx| {
            Ok::<_, Fault>((registration_in(tx, provider)?, tx.setting(&key)?.unwrap_or_default()))
        })
        .await?;
    let Some(registration) = registration else { return Ok(None) };
    let secret = desk.vault.unseal(&setting(provider, "secret"), &sealed)?;
    Ok(Some(Application { registration, secret }))
}

/// Notes as what a provider knows this installation. Without a new secret the kept one stays, for the same client ID only.
///
/// # Errors
/// What is wrong with what was typed; [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn register(
    desk: &Desk,
    reach: &Reach,
    registration: Registration,
    secret: &str,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let provider = registration.provider;
    let fresh = match secret.trim() {
        "" => None,
        secret => Some(desk.vault.seal(&setting(provider, "secret"), secret).map_err(Fault::from)?),
    };
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let before = registration_in(tx, provider)?;
            match &fresh {
                Some(sealed) => tx.set(&setting(provider, "sealed_secret"), sealed)?,
                None if before.is_some_and(|before| before.client_id == registration.client_id) => {}
                None => return Err(incomplete("The client secret is missing.").into()),
            }
            tx.set(&setting(provider, "client_id"), &registration.client_id)?;
            tx.set(&setting(provider, "tenant"), &registration.tenant)?;
            let sentence = format!("This installation is registered at {} now.", provider.name());
            personal(tx, "consent.registered", person, now, &sentence)?;
            Ok(retry_all(tx, provider)?)
        })
        .await
}

/// Accounts that waited for the registration are tried at once.
fn retry_all(tx: &mut Tx<'_>, provider: Provider) -> Result<(), Fault> {
    for account in accounts::accounts(tx)? {
        if account.sign_in == provider.sign_in() {
            accounts::touch_account(tx, account.mailbox)?;
        }
    }
    tell(tx)
}

fn tell(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.tell(Change { kind: ACCOUNT_CHANGED.to_owned(), engagement: None, case: None })
}

/// Forgets a registration with its secret. Consents that were given stay, but can't be used until it is registered again.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn unregister(desk: &Desk, reach: &Reach, provider: Provider) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            for what in ["client_id", "sealed_secret", "tenant"] {
                tx.set(&setting(provider, what), "")?;
            }
            let sentence = format!("This installation isn’t registered at {} any more.", provider.name());
            Ok(personal(tx, "consent.unregistered", person, now, &sentence)?)
        })
        .await
}

/// Somebody goes to the provider of an account to sign in there.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NotFound`], [`EngagementRefusal::NoAccount`]; refused
/// as `consent.no_public_address` and `consent.not_registered`.
pub async fn begin(
    desk: &Desk,
    reach: &Reach,
    session: &str,
    client: ClientId,
    mailbox: MailboxId,
) -> Result<Begun, Stop> {
    only_owners(reach)?;
    let return_address = return_address(desk).ok_or_else(no_public_address)?;
    let (state, verifier) = (Secret::fresh(), Secret::fresh());
    let now = desk.clock.now();
    let pending = PendingConsent {
        mailbox,
        session: session.to_owned(),
        sealed_verifier: desk.vault.seal(&verifier_of(mailbox), verifier.reveal()).map_err(Fault::from)?,
        begun_at: now,
    };
    let state_hash = state.hash();
    let (registration, user) = desk
        .store
        .write(move |tx| {
            let (account, provider) = account_of(tx, Some(client), mailbox)?;
            let registration = registration_in(tx, provider)?.ok_or_else(|| not_registered(provider))?;
            consents::begin(tx, &state_hash, &pending, now.minus(SIGNED_IN_WITHIN))?;
            Ok::<_, Stop>((registration, account.user))
        })
        .await?;
    let (state, verifier) = (state.reveal().to_owned(), verifier.reveal().to_owned());
    Ok(Begun { registration, user, state, verifier, return_address })
}

fn verifier_of(mailbox: MailboxId) -> String {
    format!("consent of mailbox {mailbox}")
}

/// The account of a mailbox, and who gives its consent.
fn account_of(
    tx: &mut Tx<'_>,
    client: Option<ClientId>,
    mailbox: MailboxId,
) -> Result<(MailAccount, Provider), Stop> {
    let found = engagement_tables::mailbox(tx, mailbox)?;
    found
        .filter(|found| client.is_none_or(|client| found.client == client))
        .ok_or(EngagementRefusal::NotFound)?;
    let account = accounts::account(tx, mailbox)?.ok_or(EngagementRefusal::NoAccount)?;
    let provider = account.sign_in.provider().ok_or(EngagementRefusal::NoAccount)?;
    Ok((account, provider))
}

/// Somebody has come back from a provider: what they went for, if it was they who went, lately, and for the first time.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners; refused as `consent.unknown`.
pub async fn returned(desk: &Desk, reach: &Reach, session: &str, state: &str) -> Result<Returned, Stop> {
    only_owners(reach)?;
    let return_address = return_address(desk).ok_or_else(no_public_address)?;
    let hash = Secret::presented(state).hash();
    let Some(pending) = desk.store.write(move |tx| consents::take(tx, &hash)).await? else {
        return Err(unknown().into());
    };
    if pending.session != session || is_late(&pending, desk.clock.now()) {
        return Err(unknown().into());
    }
    let mailbox = pending.mailbox;
    let (client, (account, provider)) = desk
        .store
        .read(move |tx| {
            let found = engagement_tables::mailbox(tx, mailbox)?.ok_or(EngagementRefusal::NotFound)?;
            Ok::<_, Stop>((found.client, account_of(tx, None, mailbox)?))
        })
        .await?;
    let verifier = desk.vault.unseal(&verifier_of(mailbox), &pending.sealed_verifier).map_err(Fault::from)?;
    Ok(Returned { client, account, provider, verifier, return_address })
}

fn is_late(pending: &PendingConsent, now: Instant) -> bool {
    pending.begun_at < now.minus(SIGNED_IN_WITHIN)
}

/// Keeps a consent that was just given. The account is tried at once.
///
/// # Errors
/// Refused as `consent.other_account` when somebody else signed in, and as `consent.unknown` when the account was changed meanwhile.
pub async fn keep(desk: &Desk, reach: &Reach, returned: &Returned, consent: &Consent) -> Result<(), Stop> {
    only_owners(reach)?;
    let before = returned.account.clone();
    let provider = returned.provider;
    provider.admits(&consent.given_by, &before.user)?;
    let sealed = desk.vault.seal(&sealed_as(before.mailbox), &consent.to_text()).map_err(Fault::from)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let (account, _) = account_of(tx, None, before.mailbox)?;
            if (&account.host, &account.user, account.sign_in) != (&before.host, &before.user, before.sign_in)
            {
                return Err(Stop::from(unknown()));
            }
            accounts::renew_secret(tx, account.mailbox, &sealed)?;
            accounts::touch_account(tx, account.mailbox)?;
            let sentence = format!("{} lets us into {} now.", provider.name(), account.user);
            personal(tx, "consent.given", person, now, &sentence)?;
            Ok(tell(tx)?)
        })
        .await
}

/// Puts the consent in place that a provider gave in exchange for `before`. One that was given or exchanged meanwhile stays.
///
/// # Errors
/// A fault when it can't be sealed or the database can't be reached.
pub async fn exchanged(desk: &Desk, mailbox: MailboxId, before: &str, after: &Consent) -> Result<(), Fault> {
    let words = sealed_as(mailbox);
    let sealed = desk.vault.seal(&words, &after.to_text())?;
    let (vault, before) = (desk.vault.clone(), before.to_owned());
    desk.store
        .write(move |tx| {
            let kept = accounts::sealed_secret(tx, mailbox)?.unwrap_or_default();
            if vault.unseal(&words, &kept).is_ok_and(|kept| kept == before) {
                accounts::renew_secret(tx, mailbox, &sealed)?;
            }
            Ok(())
        })
        .await
}

fn no_public_address() -> Refused {
    let sentence = "Nobody can come back from the provider: this installation doesn’t know its own address.";
    Refused::new(Kind::Conflict, "consent.no_public_address", sentence)
        .hint("Start it with --public-url https://desk.example.com, as your browser shows it.")
}

fn not_registered(provider: Provider) -> Refused {
    let sentence = format!("{} doesn’t know this installation yet.", provider.name());
    Refused::new(Kind::Conflict, "consent.not_registered", sentence)
        .hint("Register it under “Signing in at Google and Microsoft”, which stands below the account.")
}

fn unknown() -> Refused {
    let sentence = "This sign-in isn’t known here: it is older than 10 minutes, was used already, or began in another browser.";
    Refused::new(Kind::Conflict, "consent.unknown", sentence).hint("Begin again on the mailbox’s page.")
}
