//! What owners do with accounts: name them, try them, look how they stand.

use super::{ACCOUNT_CHANGED, sealed_as};
use crate::{Desk, sign_in::personal};
use engagements::{
    EngagementRefusal, Mailbox,
    consent::Consent,
    fetching::{Fetching, LeftMail, MailAccount, SignIn, Switch, TypedAccount},
    tables::{
        self as engagement_tables,
        accounts::{self, Begin},
        fetchings,
    },
};
use kernel::{ClientId, Instant, MailboxId, Reach, Stop};
use people::PeopleRefusal;
use store::{Change, Tx};

/// Mails that were left on the server, as many as a page shows.
const LEFT: i64 = 20;

/// What the page of a mailbox shows.
pub struct AccountPage {
    /// The mailbox.
    pub mailbox: Mailbox,
    /// Its account, if it has one.
    pub account: Option<MailAccount>,
    /// It has something to sign in with.
    pub has_secret: bool,
    /// Who signed in at a provider for it, as an address; empty when nobody did, or nobody knows.
    pub given_by: String,
    /// How far it is.
    pub fetching: Option<Fetching>,
    /// Mails that were left on the server, newest first.
    pub left: Vec<LeftMail>,
    /// The instant at which it stands so.
    pub now: Instant,
}

/// One mailbox of the list.
pub struct Line {
    /// The mailbox.
    pub mailbox: Mailbox,
    /// Its account, if it has one.
    pub account: Option<MailAccount>,
    /// How far it is.
    pub fetching: Option<Fetching>,
}

fn only_owners(reach: &Reach) -> Result<(), Stop> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound.into()) }
}

fn mailbox_of(tx: &mut Tx<'_>, client: ClientId, id: MailboxId) -> Result<Mailbox, Stop> {
    let found = engagement_tables::mailbox(tx, id)?.filter(|found| found.client == client);
    found.ok_or_else(|| EngagementRefusal::NotFound.into())
}

/// What the page of a mailbox shows.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NotFound`].
pub async fn account(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: MailboxId,
) -> Result<AccountPage, Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    let vault = desk.vault.clone();
    let given_by = move |account: Option<&MailAccount>, sealed: &str| {
        let consents = account.is_some_and(|account| account.sign_in.provider().is_some());
        let secret = vault.unseal(&sealed_as(id), sealed).ok().filter(|_| consents);
        secret
            .and_then(|secret| Consent::from_text(&secret))
            .map_or(String::new(), |consent| consent.given_by)
    };
    desk.store
        .read(move |tx| {
            let mailbox = mailbox_of(tx, client, id)?;
            let account = accounts::account(tx, id)?;
            let sealed = accounts::sealed_secret(tx, id)?.unwrap_or_default();
            Ok(AccountPage {
                mailbox,
                has_secret: !sealed.is_empty(),
                given_by: given_by(account.as_ref(), &sealed),
                account,
                fetching: fetchings::fetching(tx, id)?,
                left: fetchings::left(tx, id, LEFT)?,
                now,
            })
        })
        .await
}

/// Every mailbox with how it stands, and the instant.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn overview(desk: &Desk, reach: &Reach) -> Result<(Vec<Line>, Instant), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .read(move |tx| {
            let mut accounts = accounts::accounts(tx)?;
            let mut fetchings = fetchings::fetchings(tx)?;
            let lines = engagement_tables::mailboxes(tx)?.into_iter().map(|mailbox| Line {
                account: taken(&mut accounts, |one| one.mailbox == mailbox.id),
                fetching: taken(&mut fetchings, |one| one.mailbox == mailbox.id),
                mailbox,
            });
            Ok((lines.collect(), now))
        })
        .await
}

fn taken<T>(from: &mut Vec<T>, is: impl Fn(&T) -> bool) -> Option<T> {
    from.iter().position(is).map(|at| from.swap_remove(at))
}

/// Names the account of a mailbox, or describes it anew. Without a new password the old one stays, for the same place and way of
/// signing in only: it must not be sent to another server.
///
/// # Errors
/// What is wrong with what was typed; [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NotFound`].
pub async fn name_account(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: MailboxId,
    typed: TypedAccount<'_>,
    password: &str,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let named = typed.read(id)?;
    let fresh = match (named.sign_in, password) {
        (SignIn::Password, password) if !password.is_empty() => {
            Some(desk.vault.seal(&sealed_as(id), password).map_err(kernel::Fault::from)?)
        }
        _ => None,
    };
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let mailbox = mailbox_of(tx, client, id)?;
            let before = accounts::account(tx, id)?;
            let sealed = match (&fresh, &before) {
                (Some(fresh), _) => fresh.clone(),
                (None, Some(before)) if same_door(before, &named) => {
                    accounts::sealed_secret(tx, id)?.unwrap_or_default()
                }
                _ => String::new(),
            };
            if sealed.is_empty() && named.sign_in == SignIn::Password && named.switch == Switch::On {
                return Err(EngagementRefusal::NoPassword.into());
            }
            let goes_on = before.as_ref().is_some_and(|before| before.has_the_mail_of(&named));
            let begin = if goes_on { Begin::GoOn } else { Begin::Anew };
            accounts::name_account(tx, &named, &sealed, begin, now)?;
            let sentence = format!("Mail for {} is fetched from {}.", mailbox.address, named.host);
            personal(tx, "mailbox.account_named", person, now, &sentence)?;
            Ok(tell(tx)?)
        })
        .await
}

/// A secret may be used again only where it was used before.
fn same_door(before: &MailAccount, now: &MailAccount) -> bool {
    before.host.eq_ignore_ascii_case(&now.host) && before.user == now.user && before.sign_in == now.sign_in
}

fn tell(tx: &mut Tx<'_>) -> Result<(), kernel::Fault> {
    tx.tell(Change { kind: ACCOUNT_CHANGED.to_owned(), engagement: None, case: None })
}

/// Forgets the account of a mailbox. Its cases stay.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NotFound`], [`EngagementRefusal::NoAccount`].
pub async fn remove_account(desk: &Desk, reach: &Reach, client: ClientId, id: MailboxId) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let mailbox = mailbox_of(tx, client, id)?;
            accounts::account(tx, id)?.ok_or(EngagementRefusal::NoAccount)?;
            accounts::drop_account(tx, id)?;
            let sentence = format!("Mail for {} isn't fetched any more.", mailbox.address);
            personal(tx, "mailbox.account_removed", person, now, &sentence)?;
            Ok(tell(tx)?)
        })
        .await
}

/// Lets an account be tried at once.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NotFound`], [`EngagementRefusal::NoAccount`].
pub async fn try_now(desk: &Desk, reach: &Reach, client: ClientId, id: MailboxId) -> Result<(), Stop> {
    again(desk, reach, client, id, |_, _| Ok(())).await
}

/// Lets the mails that were left on the server be tried once more.
///
/// # Errors
/// As [`try_now`].
pub async fn fetch_left(desk: &Desk, reach: &Reach, client: ClientId, id: MailboxId) -> Result<(), Stop> {
    again(desk, reach, client, id, fetchings::want_left).await
}

async fn again(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: MailboxId,
    also: fn(&mut Tx<'_>, MailboxId) -> Result<(), kernel::Fault>,
) -> Result<(), Stop> {
    only_owners(reach)?;
    desk.store
        .write(move |tx| {
            mailbox_of(tx, client, id)?;
            accounts::account(tx, id)?.ok_or(EngagementRefusal::NoAccount)?;
            also(tx, id)?;
            accounts::touch_account(tx, id)?;
            Ok(tell(tx)?)
        })
        .await
}
