//! Vendors of a client, as owners keep them: those to whom its cases can be escalated.

use crate::{Desk, sign_in::personal};
use cases::tables as case_tables;
use engagements::{
    tables::vendors as vendor_tables,
    vendors::{Vendor, VendorRefusal},
};
use kernel::{ClientId, EmailAddress, Reach, Stop, VendorId};
use people::tables as people_tables;
use store::{Tx, fresh};

/// A vendor as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// The address that it is written to.
    pub address: String,
    /// The language in which it is written to, as a tag.
    pub language: String,
    /// Its country; may be empty.
    pub country: String,
}

/// A vendor with how much it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The vendor.
    pub vendor: Vendor,
    /// How many escalations it has that aren't over.
    pub open: i64,
}

/// The vendors of a client, by name.
///
/// # Errors
/// [`VendorRefusal::NotFound`] for everybody but owners.
pub async fn vendors(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Vec<Known>, Stop> {
    owns(reach)?;
    let read = move |tx: &mut Tx<'_>| {
        let vendors = vendor_tables::vendors_of(tx, client)?;
        let known = vendors.into_iter().map(|vendor| {
            let open = case_tables::open_at_vendor(tx, vendor.id)?;
            Ok(Known { vendor, open })
        });
        known.collect::<Result<Vec<_>, Stop>>()
    };
    desk.store.read(read).await
}

/// Adds a vendor, or changes one.
///
/// # Errors
/// [`VendorRefusal`].
pub async fn keep(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    vendor: Option<VendorId>,
    described: Described,
) -> Result<(), Stop> {
    owns(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let (kind, did) = match vendor {
                Some(id) => {
                    known(tx, client, id)?;
                    ("vendor.changed", "was changed")
                }
                None => ("vendor.added", "was added"),
            };
            let Some(found) = people_tables::client(tx, client)? else {
                return Err(VendorRefusal::NotFound.into());
            };
            let id = vendor.unwrap_or_else(fresh);
            let language = described.language.parse().unwrap_or(found.language);
            let (name, country) = (&described.name, &described.country);
            let made = Vendor::filled_in(id, client, name, &described.address, language, country)?;
            is_not_ours(tx, &made.address)?;
            vendor_tables::keep_vendor(tx, &made, now)?;
            let sentence = format!("The vendor {} of {} {did}.", made.name, found.name);
            Ok(personal(tx, kind, person, now, &sentence)?)
        })
        .await
}

/// Removes a vendor. What it has can still be answered.
///
/// # Errors
/// [`VendorRefusal::NotFound`].
pub async fn remove(desk: &Desk, reach: &Reach, client: ClientId, vendor: VendorId) -> Result<(), Stop> {
    owns(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = known(tx, client, vendor)?;
            vendor_tables::remove_vendor(tx, vendor, now)?;
            let sentence = format!("The vendor {} was removed.", found.name);
            Ok(personal(tx, "vendor.removed", person, now, &sentence)?)
        })
        .await
}

fn owns(reach: &Reach) -> Result<(), VendorRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(VendorRefusal::NotFound) }
}

fn known(tx: &mut Tx<'_>, client: ClientId, id: VendorId) -> Result<Vendor, Stop> {
    let found = vendor_tables::vendor(tx, id)?;
    let known = found.filter(|vendor| vendor.client == client && vendor.removed_at.is_none());
    known.ok_or_else(|| VendorRefusal::NotFound.into())
}

/// Letters to our own mailboxes would become cases.
fn is_not_ours(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<(), Stop> {
    match crate::receive::mailbox_for(tx, address)? {
        Some(_) => Err(VendorRefusal::OurOwn.into()),
        None => Ok(()),
    }
}
