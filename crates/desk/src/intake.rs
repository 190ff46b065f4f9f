//! Taking a mail in: is the address ours, and keeping the bytes durably before anybody says yes.

use crate::{Desk, aside};
use cases::{HEAD, Kept, RawMail, intake_key};
use kernel::{BlobHash, EmailAddress, Fault, Instant, RawMailId};
use std::path::PathBuf;
use store::fresh;

/// The kind of job that reads a mail.
pub const RECEIVE: &str = "receive";

/// A mail as it comes in at the door.
pub struct Delivery {
    /// The sender of the envelope; empty for a bounce.
    pub sender: String,
    /// The addresses of ours that it was written to.
    pub recipients: Vec<EmailAddress>,
    /// Who handed it over.
    pub peer: String,
    /// The `Received:` line that belongs in front of it.
    pub trace: String,
    /// Its bytes.
    pub body: Body,
}

/// The bytes of a mail at the door.
pub enum Body {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file of the blobs' incoming folder.
    File(PathBuf),
}

/// Mail for this address is served here: it is a mailbox, with or without a detail behind a plus sign.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn serves(desk: &Desk, recipient: &EmailAddress) -> Result<bool, Fault> {
    let recipient = recipient.clone();
    desk.store.read(move |tx| Ok(crate::receive::mailbox_for(tx, &recipient)?.is_some())).await
}

/// Keeps a mail with the job that will read it. When this answers, both survive a power cut. Keeping the same mail again
/// changes nothing.
///
/// # Errors
/// A fault when it can't be kept; then the sender must not be told that it was.
pub async fn keep(desk: &Desk, delivery: Delivery) -> Result<(), Fault> {
    let arrived = desk.clock.now();
    keep_arrived(desk, delivery, arrived).await
}

/// Keeps a mail that arrived at another server earlier. Fetched again hours later, it is still the same mail, even if only the
/// hour of its arrival tells it apart from others.
///
/// # Errors
/// As [`keep`].
pub async fn keep_arrived(desk: &Desk, delivery: Delivery, arrived: Instant) -> Result<(), Fault> {
    let mails = settled(desk, delivery, arrived).await?;
    write_down(desk, mails).await
}

/// Keeps a mail for each recipient on its own, and answers for each, in their order: what can't be kept for one may be for the
/// next.
///
/// # Errors
/// A fault when it can be kept for nobody.
pub async fn keep_each(desk: &Desk, delivery: Delivery) -> Result<Vec<Result<(), Fault>>, Fault> {
    let arrived = desk.clock.now();
    let mut each = Vec::new();
    for mail in settled(desk, delivery, arrived).await? {
        each.push(write_down(desk, vec![mail]).await);
    }
    Ok(each)
}

async fn write_down(desk: &Desk, mails: Vec<RawMail>) -> Result<(), Fault> {
    desk.store
        .write(move |tx| {
            for mail in &mails {
                if cases::tables::add_raw_mail(tx, mail)? {
                    jobs::enqueue(tx, RECEIVE, mail.id, mail.received_at, mail.received_at)?;
                }
            }
            Ok(())
        })
        .await
}

/// A mail as it is written down for each recipient.
async fn settled(desk: &Desk, delivery: Delivery, arrived: Instant) -> Result<Vec<RawMail>, Fault> {
    let now = desk.clock.now();
    let (size, kept, digest, head) = settle(desk, delivery.body).await?;
    let mails = delivery.recipients.iter().map(|recipient| RawMail {
        id: fresh(),
        received_at: now,
        intake_key: intake_key(&digest, &head, &delivery.sender, recipient, arrived),
        sender: delivery.sender.clone(),
        recipient: recipient.clone(),
        peer: delivery.peer.clone(),
        trace: delivery.trace.clone(),
        size,
        kept: kept.clone(),
    });
    Ok(mails.collect())
}

/// The size of a mail, where its bytes are, their hash, and how it begins.
type Settled = (i64, Kept, BlobHash, Vec<u8>);

/// Small mails are committed with their row; large ones become a blob first and are never held in memory.
async fn settle(desk: &Desk, body: Body) -> Result<Settled, Fault> {
    match body {
        Body::Bytes(bytes) => {
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let head = bytes[..bytes.len().min(HEAD)].to_vec();
            let digest = store::blob_hash(&bytes);
            Ok((size, Kept::InRow(bytes), digest, head))
        }
        Body::File(path) => {
            let blobs = desk.blobs.clone();
            aside(move || {
                let size = std::fs::metadata(&path).map_err(Fault::new)?.len();
                let blob = blobs.adopt(&path)?;
                let head = blobs.beginning(&blob, HEAD)?;
                Ok((i64::try_from(size).unwrap_or(i64::MAX), Kept::InBlob(blob.clone()), blob, head))
            })
            .await?
        }
    }
}

/// The bytes of a mail that was kept, moved to a blob if they weren't yet; `None` when it was read before.
///
/// # Errors
/// A fault when they can't be read.
pub async fn bytes_to_read(desk: &Desk, id: RawMailId) -> Result<Option<(RawMail, Vec<u8>)>, Fault> {
    match waiting(desk, id).await? {
        Some(mail) => Ok(Some(bytes_of(desk, mail).await?)),
        None => Ok(None),
    }
}

/// A mail that was kept and waits to be read; `None` when it was read before.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn waiting(desk: &Desk, id: RawMailId) -> Result<Option<RawMail>, Fault> {
    desk.store
        .read(move |tx| {
            let waits = cases::tables::raw_mail_state(tx, id)?.is_some_and(|state| state == "received");
            if waits { cases::tables::raw_mail(tx, id) } else { Ok::<_, Fault>(None) }
        })
        .await
}

/// The bytes of a mail, moved to a blob if they weren't yet.
///
/// # Errors
/// A fault when they can't be read.
pub async fn bytes_of(desk: &Desk, mail: RawMail) -> Result<(RawMail, Vec<u8>), Fault> {
    let blobs = desk.blobs.clone();
    aside(move || match &mail.kept {
        Kept::InRow(bytes) => {
            let blob = blobs.put(bytes)?;
            let bytes = bytes.clone();
            Ok::<_, Fault>((RawMail { kept: Kept::InBlob(blob), ..mail }, bytes))
        }
        Kept::InBlob(hash) => {
            let bytes = blobs.get(hash)?;
            Ok((mail, bytes))
        }
    })
    .await?
}
