//! The tables of customers and their addresses.

use crate::Customer;
use kernel::{ClientId, CustomerId, EmailAddress, Fault, Instant, LanguageTag};
use store::{Param, Row, Tx, fresh, sql};

/// One customer, with their addresses.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn customer(tx: &mut Tx<'_>, id: CustomerId) -> Result<Option<Customer>, Fault> {
    let (found, addresses) = tx.together((
        |tx: &mut Tx<'_>| {
            tx.maybe(
                sql!("select id, client_id, name, language from customers where id = $1"),
                &[&id],
                |row| Ok((row.take()?, row.take()?, row.take()?, row.take()?)),
            )
        },
        |tx: &mut Tx<'_>| {
            tx.list(
                sql!("select address from customer_addresses where customer_id = $1 order by address"),
                &[&id],
                Row::take,
            )
        },
    ))?;
    Ok(found.map(|(id, client, name, language)| Customer { id, client, name, language, addresses }))
}

/// The customer of this client who writes from this address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn customer_at(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
) -> Result<Option<CustomerId>, Fault> {
    tx.maybe(
        sql!("select customer_id from customer_addresses where client_id = $1 and address = $2"),
        &[&client, address],
        Row::take,
    )
}

/// An address at which a customer can be reached.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn address_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<EmailAddress>, Fault> {
    Ok(self::customer(tx, customer)?.and_then(|customer| customer.addresses.into_iter().next()))
}

/// Why mail to the address at which a customer can be reached came back; `None` while it is good.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn bounced_because(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<String>, Fault> {
    let because: Option<String> = tx.maybe(
        sql!(
            "select bounced_because from customer_addresses where customer_id = $1 order by address limit 1"
        ),
        &[&customer],
        Row::take,
    )?;
    Ok(because.filter(|because| !because.is_empty()))
}

/// Mail to this address of a client's customer came back, and nobody has cleared it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn came_back(tx: &mut Tx<'_>, client: ClientId, address: &EmailAddress) -> Result<bool, Fault> {
    let because: Option<String> = tx.maybe(
        sql!("select bounced_because from customer_addresses where client_id = $1 and address = $2"),
        &[&client, address],
        Row::take,
    )?;
    Ok(because.is_some_and(|because| !because.is_empty()))
}

/// Those of these addresses from which mail came back, as [`came_back`] tells.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn came_back_from(
    tx: &mut Tx<'_>,
    client: ClientId,
    addresses: &[EmailAddress],
) -> Result<Vec<EmailAddress>, Fault> {
    let sets: Vec<_> =
        addresses.iter().map(|address| -> Vec<&dyn Param> { vec![&client, address] }).collect();
    let found = tx.lists(
        sql!(
            "select address from customer_addresses where client_id = $1 and address = $2 and bounced_because <> ''"
        ),
        &sets,
        Row::take,
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// Why automatic letters no longer go to this address of a client's customer: they said so, or complained. `None` while they may.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn unsubscribed_because(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
) -> Result<Option<String>, Fault> {
    let because: Option<String> = tx.maybe(
        sql!("select unsubscribed_because from customer_addresses where client_id = $1 and address = $2"),
        &[&client, address],
        Row::take,
    )?;
    Ok(because.filter(|because| !because.is_empty()))
}

/// Ends automatic letters to an address of a client's customer. False if nobody has that address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn unsubscribe(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
    because: &str,
) -> Result<bool, Fault> {
    let changed = tx.run(
        sql!("update customer_addresses set unsubscribed_because = $1 where client_id = $2 and address = $3"),
        &[&because, &client, address],
    )?;
    Ok(changed > 0)
}

/// Notes why mail to an address of a client's customer came back; an empty reason clears it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_bounce(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
    because: &str,
) -> Result<(), Fault> {
    tx.run(
        sql!("update customer_addresses set bounced_because = $1 where client_id = $2 and address = $3"),
        &[&because, &client, address],
    )
    .map(drop)
}

/// The customer of this client at this address, made if they are new. A name is learnt when none was known.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn remember_customer(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
    name: &str,
    now: Instant,
) -> Result<CustomerId, Fault> {
    if let Some(known) = customer_at(tx, client, address)? {
        tx.run(sql!("update customers set name = $1 where id = $2 and name = ''"), &[&name, &known])?;
        return Ok(known);
    }
    let id: CustomerId = fresh();
    tx.run(
        sql!("insert into customers (id, client_id, name, language, created_at) values ($1, $2, $3, $4, $5)"),
        &[&id, &client, &name, &LanguageTag::unknown(), &now],
    )?;
    tx.run(
        sql!("insert into customer_addresses (client_id, address, customer_id) values ($1, $2, $3)"),
        &[&client, address, &id],
    )?;
    Ok(id)
}

/// Notes which language a customer wrote last.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn learn_language(tx: &mut Tx<'_>, customer: CustomerId, language: &LanguageTag) -> Result<(), Fault> {
    tx.run(
        sql!("update customers set language = $1 where id = $2 and language <> $1"),
        &[language, &customer],
    )
    .map(drop)
}
