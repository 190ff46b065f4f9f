//! The demo's postbox: what customers were sent and what a newcomer wrote in their name. It exists only in a demo.

use crate::{
    Desk, aside,
    tables::{self, KnownCustomer, PostboxMail, Way},
};
use kernel::{EmailAddress, Fault, Kind, Refused, Stop};
use std::time::Duration;
use store::{Change, Tx};

/// The setting that says whether an installation is a demo: [`YES`] or nothing.
pub const DEMO: &str = "demo";

/// What [`DEMO`] says in a demo.
pub const YES: &str = "yes";

/// How many mails the postbox shows.
const SHOWN: i64 = 200;

/// The installation is a demo.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn is_demo(desk: &Desk) -> Result<bool, Fault> {
    desk.store.read(marked).await
}

fn marked(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(tx.setting(DEMO)?.as_deref() == Some(YES))
}

fn only_in_demo(tx: &mut Tx<'_>) -> Result<(), Stop> {
    if marked(tx)? {
        return Ok(());
    }
    let refused = Refused::new(Kind::NotFound, "postbox.not_here", "This installation has no postbox.");
    Err(refused.hint("Only a demo has one: `dragoman demo` starts one.").into())
}

/// The furthest that time passes at once.
const FURTHEST: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The change by which whoever looks after something hears that it is later.
pub const TIME_PASSED: &str = "postbox.time_passed";

/// Lets time pass in a demo, seven days at most at once.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn let_time_pass(desk: &Desk, by: Duration) -> Result<(), Stop> {
    let clock = desk.clock.clone();
    desk.store.read(only_in_demo).await?;
    clock.advance(by.min(FURTHEST));
    let moved = Change { kind: TIME_PASSED.to_owned(), engagement: None, case: None };
    Ok(desk.store.write(move |tx| tx.tell(moved.clone())).await?)
}

/// Keeps a mail that a customer is sent.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn keep_outgoing(
    desk: &Desk,
    customer: &EmailAddress,
    mailbox: &EmailAddress,
    subject: &str,
    bytes: Vec<u8>,
) -> Result<(), Stop> {
    keep(desk, Way::ToCustomer, customer, mailbox, subject, bytes).await
}

/// Keeps a mail that a newcomer wrote as a customer.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn keep_incoming(
    desk: &Desk,
    customer: &EmailAddress,
    mailbox: &EmailAddress,
    subject: &str,
    bytes: Vec<u8>,
) -> Result<(), Stop> {
    keep(desk, Way::FromCustomer, customer, mailbox, subject, bytes).await
}

async fn keep(
    desk: &Desk,
    way: Way,
    customer: &EmailAddress,
    mailbox: &EmailAddress,
    subject: &str,
    bytes: Vec<u8>,
) -> Result<(), Stop> {
    desk.store.read(only_in_demo).await?;
    let blobs = desk.blobs.clone();
    let blob = aside(move || blobs.put(&bytes)).await?.map_err(Fault::from)?;
    let mail = PostboxMail {
        id: String::new(),
        at: desk.clock.now(),
        way,
        customer: customer.to_string(),
        mailbox: mailbox.to_string(),
        subject: subject.to_owned(),
        blob,
    };
    desk.store
        .write(move |tx| {
            only_in_demo(tx)?;
            tables::add_to_postbox(tx, &mail)?;
            Ok(tx.tell(Change { kind: "postbox.changed".to_owned(), engagement: None, case: None })?)
        })
        .await
}

/// The newest mails in the postbox.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn list(desk: &Desk) -> Result<Vec<PostboxMail>, Stop> {
    desk.store
        .read(|tx| {
            only_in_demo(tx)?;
            Ok(tables::postbox(tx, SHOWN)?)
        })
        .await
}

/// One mail with its bytes; `None` when there is no such mail.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn open(desk: &Desk, id: &str) -> Result<Option<(PostboxMail, Vec<u8>)>, Stop> {
    let id = id.to_owned();
    let found = desk.store.read(move |tx| {
        only_in_demo(tx)?;
        Ok::<_, Stop>(tables::postbox_mail(tx, &id)?)
    });
    let Some(mail) = found.await? else { return Ok(None) };
    let (blobs, blob) = (desk.blobs.clone(), mail.blob.clone());
    let bytes = aside(move || blobs.get(&blob)).await?.map_err(Fault::from)?;
    Ok(Some((mail, bytes)))
}

/// Customers with an open case, the one with the newest first: those whom a newcomer can pick to be.
///
/// # Errors
/// `postbox.not_here` outside of a demo.
pub async fn known_customers(desk: &Desk, limit: i64) -> Result<Vec<KnownCustomer>, Stop> {
    desk.store
        .read(move |tx| {
            only_in_demo(tx)?;
            Ok(tables::known_customers(tx, limit)?)
        })
        .await
}
