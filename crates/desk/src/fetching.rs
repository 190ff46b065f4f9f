//! Fetching: the IMAP accounts of mailboxes, as owners name them and as the fetcher goes through them.

mod naming;

pub use naming::{AccountPage, Line, account, fetch_left, name_account, overview, remove_account, try_now};

use crate::Desk;
use cases::tables as case_tables;
use engagements::{
    fetching::{Cursor, Fetching, KnownMail, LeftMail, MailAccount, Standing},
    tables::{self as engagement_tables, accounts, fetchings},
};
use kernel::{ClientId, EmailAddress, Fault, MailboxId};
use std::{collections::HashMap, time::Duration};
use store::{Change, Engine, Tx};

/// The change that tells the fetcher to look at its accounts again.
pub const ACCOUNT_CHANGED: &str = "mailbox.account_changed";
/// The change that tells the pages of owners that the fetching of some mailbox went on.
pub const FETCHING_WENT_ON: &str = "mailbox.fetching_went_on";
/// How long a server has its accounts without renewing that; after that another takes them over.
pub const LEASE: Duration = Duration::from_secs(30);

/// An account with everything that fetching it takes.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The account.
    pub account: MailAccount,
    /// The address of its mailbox.
    pub address: EmailAddress,
    /// The client whose mail it is.
    pub client: ClientId,
    /// What it signs in with; a sentence when that isn't there or can't be opened.
    pub secret: Result<String, String>,
    /// How far it is.
    pub fetching: Fetching,
}

/// Words under which an account's secret is sealed.
pub(crate) fn sealed_as(mailbox: MailboxId) -> String {
    format!("mailbox {mailbox}")
}

/// Begins to fetch: on an engine that one process has to itself, nobody else can still have an account.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn begin(desk: &Desk) -> Result<(), Fault> {
    if matches!(desk.store.engine(), Engine::Sqlite(_)) {
        desk.store.write(fetchings::give_all_back).await?;
    }
    Ok(())
}

/// Takes the accounts that nobody else fetches, and answers those that this server is to fetch, with their editions.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn lease(desk: &Desk, server: &str) -> Result<Vec<(MailboxId, i64)>, Fault> {
    let (server, now) = (server.to_owned(), desk.clock.now());
    desk.store.write(move |tx| fetchings::lease(tx, &server, now, now.plus(LEASE))).await
}

/// Gives back what this server fetched, so that another goes on at once.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn give_back(desk: &Desk, server: &str) -> Result<(), Fault> {
    let server = server.to_owned();
    desk.store
        .write(move |tx| {
            fetchings::give_back(tx, &server)?;
            tx.tell(Change { kind: ACCOUNT_CHANGED.to_owned(), engagement: None, case: None })
        })
        .await
}

/// An account with everything that fetching it takes; none when it is gone.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn open(desk: &Desk, id: MailboxId) -> Result<Option<Opened>, Fault> {
    let found = desk
        .store
        .read(move |tx| {
            let mailbox = engagement_tables::mailbox(tx, id)?;
            let account = accounts::account(tx, id)?;
            let sealed = accounts::sealed_secret(tx, id)?.unwrap_or_default();
            Ok::<_, Fault>((mailbox, account, sealed, fetchings::fetching(tx, id)?))
        })
        .await?;
    let (Some(mailbox), Some(account), sealed, Some(fetching)) = found else { return Ok(None) };
    let secret = match sealed.as_str() {
        "" => Err(String::new()),
        sealed => desk.vault.unseal(&sealed_as(id), sealed).map_err(|_| LOST.to_owned()),
    };
    Ok(Some(Opened { account, address: mailbox.address, client: mailbox.client, secret, fetching }))
}

const LOST: &str = "The kept password can't be opened: it was sealed with another key than the one in the key file. Enter it again.";

/// How far an account is.
///
/// # Errors
/// A fault when the database can't be reached or the account is gone.
pub async fn progress(desk: &Desk, id: MailboxId) -> Result<Fetching, Fault> {
    let found = desk.store.read(move |tx| fetchings::fetching(tx, id)).await?;
    found.ok_or_else(|| Fault::new("the account is gone"))
}

/// Notes from where a folder is fetched: at the first time, or when it is another.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn set_out(desk: &Desk, id: MailboxId, cursor: Cursor) -> Result<(), Fault> {
    let now = desk.clock.now();
    desk.store.write(move |tx| fetchings::set_out(tx, id, cursor, now)).await
}

/// Moves the cursor on: every mail up to it is kept or left. `taken` of the `done` mails were kept.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn advance(desk: &Desk, id: MailboxId, cursor: Cursor, taken: i64, done: i64) -> Result<(), Fault> {
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            fetchings::advance(tx, id, cursor, taken, done, now)?;
            went_on(tx)
        })
        .await
}

/// Notes a mail that stays on the server, with the reason.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn leave(desk: &Desk, id: MailboxId, validity: u32, uid: u32, because: &str) -> Result<(), Fault> {
    let mail = LeftMail { validity, uid, because: because.to_owned(), at: desk.clock.now() };
    desk.store
        .write(move |tx| {
            fetchings::leave(tx, id, &mail)?;
            went_on(tx)
        })
        .await
}

/// The UIDs of mails that were left and that a person wants tried once more.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn wanted(desk: &Desk, id: MailboxId, validity: u32) -> Result<Vec<u32>, Fault> {
    desk.store.read(move |tx| fetchings::wanted(tx, id, validity)).await
}

/// A mail that was left is here now.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn leave_no_more(desk: &Desk, id: MailboxId, validity: u32, uid: u32) -> Result<(), Fault> {
    desk.store.write(move |tx| fetchings::leave_no_more(tx, id, validity, uid)).await
}

/// Notes that so many mails are being fetched.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn under_way(desk: &Desk, id: MailboxId, total: i64) -> Result<(), Fault> {
    desk.store
        .write(move |tx| {
            fetchings::note(tx, id, Standing::Fetching, "", total)?;
            went_on(tx)
        })
        .await
}

/// Notes that everything was taken, with what went wrong beside it; often nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn rest(desk: &Desk, id: MailboxId, sentence: String) -> Result<(), Fault> {
    desk.store
        .write(move |tx| {
            fetchings::rest(tx, id, &sentence)?;
            went_on(tx)
        })
        .await
}

/// Notes a try that failed.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn fail(desk: &Desk, failed: Fetching) -> Result<(), Fault> {
    desk.store
        .write(move |tx| {
            fetchings::fail(tx, &failed)?;
            went_on(tx)
        })
        .await
}

fn went_on(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.tell(Change { kind: FETCHING_WENT_ON.to_owned(), engagement: None, case: None })
}

/// The mails of a client that are known under each of these Message-IDs.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn known(
    desk: &Desk,
    client: ClientId,
    message_ids: Vec<String>,
) -> Result<HashMap<String, Vec<KnownMail>>, Fault> {
    desk.store
        .read(move |tx| {
            let mut known = HashMap::new();
            for id in &message_ids {
                let mails = case_tables::received_as(tx, client, id)?;
                let mails = mails.into_iter().map(|(sender, subject)| KnownMail { sender, subject });
                known.insert(id.clone(), mails.collect());
            }
            Ok(known)
        })
        .await
}
