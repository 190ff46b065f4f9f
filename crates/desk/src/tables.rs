//! The tables of the desk itself: the demo's postbox, the settings of outgoing mail, and clients' words, since the room that knows
//! words has no store.

pub mod board;
pub mod remembered;
pub mod terms;

use kernel::{BlobHash, EmailAddress, Fault, Instant};
use store::{Row, Tx, fresh, sql};

/// A mail in the demo's postbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostboxMail {
    /// Its id; empty before it is kept.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Which way it went.
    pub way: Way,
    /// The customer's address.
    pub customer: String,
    /// The client's address.
    pub mailbox: String,
    /// Its subject.
    pub subject: String,
    /// Its bytes.
    pub blob: BlobHash,
}

/// Which way a mail went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The customer received it.
    ToCustomer,
    /// The customer wrote it.
    FromCustomer,
}

impl Way {
    fn as_str(self) -> &'static str {
        match self {
            Self::ToCustomer => "to_customer",
            Self::FromCustomer => "from_customer",
        }
    }
}

fn mail_row(row: &mut Row) -> Result<PostboxMail, Fault> {
    let (id, at) = (row.take()?, row.take()?);
    let way: String = row.take()?;
    let way = if way == Way::ToCustomer.as_str() { Way::ToCustomer } else { Way::FromCustomer };
    Ok(PostboxMail {
        id,
        at,
        way,
        customer: row.take()?,
        mailbox: row.take()?,
        subject: row.take()?,
        blob: row.take()?,
    })
}

/// Puts a mail into the postbox.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_to_postbox(tx: &mut Tx<'_>, mail: &PostboxMail) -> Result<(), Fault> {
    let id: kernel::EventId = fresh();
    tx.run(
        sql!(
            "insert into postbox (id, at, direction, customer_address, mailbox_address, subject, blob_hash)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[&id, &mail.at, &mail.way.as_str(), &mail.customer, &mail.mailbox, &mail.subject, &mail.blob],
    )
    .map(drop)
}

/// The newest mails in the postbox.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn postbox(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<PostboxMail>, Fault> {
    tx.list(
        sql!(
            "select id, at, direction, customer_address, mailbox_address, subject, blob_hash from postbox
             order by at desc, id desc limit $1"
        ),
        &[&limit],
        mail_row,
    )
}

/// One mail in the postbox.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn postbox_mail(tx: &mut Tx<'_>, id: &str) -> Result<Option<PostboxMail>, Fault> {
    tx.maybe(
        sql!(
            "select id, at, direction, customer_address, mailbox_address, subject, blob_hash from postbox where id = $1"
        ),
        &[&id],
        mail_row,
    )
}

/// A customer whom a newcomer to the demo can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCustomer {
    /// Their name.
    pub name: String,
    /// The address that they write from.
    pub address: EmailAddress,
    /// The address of their client to which they wrote.
    pub mailbox: EmailAddress,
}

/// Customers with an open case, the one with the newest first. Only the demo asks this.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn known_customers(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<KnownCustomer>, Fault> {
    tx.list(
        sql!(
            "select u.name, a.address, m.address from cases c join customers u on u.id = c.customer_id
             join customer_addresses a on a.customer_id = u.id join mailboxes m on m.id = c.mailbox_id
             where c.is_open group by u.name, a.address, m.address order by max(c.updated_at) desc limit $1"
        ),
        &[&limit],
        |row| Ok(KnownCustomer { name: row.take()?, address: row.take()?, mailbox: row.take()? }),
    )
}
