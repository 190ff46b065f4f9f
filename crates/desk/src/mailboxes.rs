//! One mailbox: as whom it writes, in which words it signs, and through which server its letters leave.

use crate::Desk;
use engagements::{
    EngagementRefusal, Identity, Mailbox, SenderName, Signature, Smarthost, Writer,
    tables::{self as engagement_tables, OwnServer},
};
use kernel::{ClientId, Fault, Instant, MailboxId, Reach, Stop};
use people::{Client, PeopleRefusal, tables as people_tables};
use store::Tx;

/// A mailbox with what its page shows.
pub struct MailboxPage {
    /// Whose it is.
    pub client: Client,
    /// The mailbox.
    pub mailbox: Mailbox,
    /// As whom it writes.
    pub identity: Identity,
    /// The server of its own, if it has one.
    pub smarthost: Option<Smarthost>,
    /// A password is kept for that server.
    pub has_password: bool,
}

/// A mailbox of a client, for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`EngagementRefusal::NotFound`].
pub async fn mailbox_page(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
) -> Result<MailboxPage, Stop> {
    only_owners(reach)?;
    desk.store
        .read(move |tx| {
            let mailbox = of_client(tx, client, mailbox)?;
            let own = engagement_tables::own_server(tx, mailbox.id)?;
            Ok(MailboxPage {
                client: people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?,
                identity: engagement_tables::identity(tx, mailbox.id)?,
                has_password: own.as_ref().is_some_and(|own| !own.sealed_password.is_empty()),
                smarthost: own.map(|own| own.smarthost),
                mailbox,
            })
        })
        .await
}

fn only_owners(reach: &Reach) -> Result<(), PeopleRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound) }
}

fn of_client(tx: &mut Tx<'_>, client: ClientId, mailbox: MailboxId) -> Result<Mailbox, Stop> {
    let found = engagement_tables::mailbox(tx, mailbox)?.filter(|found| found.client == client);
    found.ok_or_else(|| EngagementRefusal::NotFound.into())
}

/// Who writes in the name of a mailbox.
pub fn writer<'a>(person: &'a str, mailbox: &'a Mailbox) -> Writer<'a> {
    Writer { person, company: &mailbox.display_name, address: mailbox.address.as_str() }
}

/// How a form wants a mailbox to appear.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The name beside its address.
    pub display_name: String,
    /// How senders are named.
    pub sender_name: SenderName,
    /// The most letters a day.
    pub letters_a_day: i64,
}

/// Changes how a mailbox appears to customers.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`PeopleRefusal::NameMissing`], [`EngagementRefusal::NotFound`].
pub async fn appear(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
    wanted: Appearance,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let named: String = wanted.display_name.trim().chars().take(80).collect();
    if named.is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mailbox = of_client(tx, client, mailbox)?;
            let identity = Identity {
                sender_name: wanted.sender_name,
                letters_a_day: wanted.letters_a_day,
                ..Identity::plain(mailbox.id)
            };
            engagement_tables::set_identity(tx, &identity)?;
            engagement_tables::rename_mailbox(tx, mailbox.id, &named)?;
            Ok(changed(tx, &mailbox, now, format!("{} writes as {named} now.", mailbox.address))?)
        })
        .await
}

/// Writes a signature down; one without words is forgotten.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`EngagementRefusal::NotFound`].
pub async fn sign(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
    signature: Signature,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mailbox = of_client(tx, client, mailbox)?;
            engagement_tables::set_signature(tx, mailbox.id, &signature)?;
            Ok(changed(tx, &mailbox, now, format!("The signature of {} was changed.", mailbox.address))?)
        })
        .await
}

/// Lets a mailbox's letters leave through a server of its own. Without a password the kept one stays, as long as the server is the same.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`EngagementRefusal::NotFound`], [`EngagementRefusal::PasswordForOtherServer`].
pub async fn leave_through(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
    smarthost: Smarthost,
    password: &str,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let typed = match password {
        "" => None,
        password => Some(desk.vault.seal(&smarthost_of(mailbox), password).map_err(Fault::from)?),
    };
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mailbox = of_client(tx, client, mailbox)?;
            let kept = engagement_tables::own_server(tx, mailbox.id)?;
            let sealed_password = match (&typed, kept) {
                (Some(typed), _) => typed.clone(),
                (None, Some(kept)) if !kept.sealed_password.is_empty() && !smarthost.user.is_empty() => {
                    if !smarthost.shares_password_with(&kept.smarthost) {
                        return Err(Stop::from(EngagementRefusal::PasswordForOtherServer));
                    }
                    kept.sealed_password
                }
                (None, _) => String::new(),
            };
            let server = OwnServer { smarthost: smarthost.clone(), sealed_password };
            engagement_tables::set_own_server(tx, mailbox.id, &server)?;
            let sentence =
                format!("{} sends through {}:{} now.", mailbox.address, smarthost.host, smarthost.port);
            Ok(changed(tx, &mailbox, now, sentence)?)
        })
        .await
}

/// Lets a mailbox's letters leave through the installation's server again.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`EngagementRefusal::NotFound`].
pub async fn leave_as_all(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mailbox = of_client(tx, client, mailbox)?;
            engagement_tables::drop_own_server(tx, mailbox.id)?;
            let sentence = format!("{} sends through the installation's server again.", mailbox.address);
            Ok(changed(tx, &mailbox, now, sentence)?)
        })
        .await
}

/// Under which words the password of a mailbox's server is sealed.
pub(crate) fn smarthost_of(mailbox: MailboxId) -> String {
    format!("smarthost {mailbox}")
}

fn changed(tx: &mut Tx<'_>, mailbox: &Mailbox, at: Instant, sentence: String) -> Result<(), Fault> {
    tx.record(&store::Event {
        at,
        kind: "mailbox.changed",
        client: Some(mailbox.client),
        engagement: None,
        case: None,
        person: None,
        sentence,
    })
}
