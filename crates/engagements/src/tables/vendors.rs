//! The table of vendors.

use crate::vendors::Vendor;
use kernel::{ClientId, Fault, Instant, VendorId};
use store::{Row, Tx, sql};

fn vendor_row(row: &mut Row) -> Result<Vendor, Fault> {
    Ok(Vendor {
        id: row.take()?,
        client: row.take()?,
        name: row.take()?,
        address: row.take()?,
        language: row.take()?,
        country: row.take()?,
        removed_at: row.take()?,
    })
}

/// Writes a vendor down, new or changed.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_vendor(tx: &mut Tx<'_>, vendor: &Vendor, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into vendors (id, client_id, name, address, language, country, made_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (id) do update set name = $3, address = $4, language = $5, country = $6"
        ),
        &[&vendor.id, &vendor.client, &vendor.name, &vendor.address, &vendor.language, &vendor.country, &now],
    )
    .map(drop)
}

/// Removes a vendor: nothing more is escalated to it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn remove_vendor(tx: &mut Tx<'_>, id: VendorId, at: Instant) -> Result<(), Fault> {
    tx.run(sql!("update vendors set removed_at = $1 where id = $2 and removed_at is null"), &[&at, &id])
        .map(drop)
}

/// One vendor, removed or not.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn vendor(tx: &mut Tx<'_>, id: VendorId) -> Result<Option<Vendor>, Fault> {
    tx.maybe(
        sql!("select id, client_id, name, address, language, country, removed_at from vendors where id = $1"),
        &[&id],
        vendor_row,
    )
}

/// The vendors of a client that cases can be escalated to, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn vendors_of(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Vendor>, Fault> {
    let mut vendors = tx.list(
        sql!(
            "select id, client_id, name, address, language, country, removed_at from vendors
             where client_id = $1 and removed_at is null"
        ),
        &[&client],
        vendor_row,
    )?;
    vendors.sort_by_key(|vendor| vendor.name.to_lowercase());
    Ok(vendors)
}
