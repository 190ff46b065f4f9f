//! Unsubscriptions: whoever wants no more automatic letters from a client gets none. What a person writes to them still goes.

use crate::Desk;
use cases::{
    CaseRefusal,
    token::{Purpose, read_token, token},
};
use kernel::{ClientId, EmailAddress, Fault, Instant, Stop};
use people::tables as people_tables;
use store::Tx;

/// What a token speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The client's name.
    pub client: String,
    /// The address.
    pub address: EmailAddress,
    /// Why it gets no automatic letters any more; `None` while it does.
    pub ended_because: Option<String>,
}

/// The address of the page on which this recipient ends automatic letters of this client, for a letter's List-Unsubscribe; `None`
/// while nobody said where customers reach us.
pub fn address(desk: &Desk, client: ClientId, recipient: &EmailAddress) -> Option<String> {
    let base = desk.public_address.as_deref()?;
    let says = format!("{client} {recipient}");
    Some(format!(
        "{base}/unsubscriptions/{}",
        token(desk.signing_key.as_bytes(), Purpose::Unsubscription, &says)
    ))
}

/// Whether an automatic letter of this client may go to this address: it works, and nobody there has refused or complained.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn may_get_automatic(tx: &mut Tx<'_>, client: ClientId, address: &EmailAddress) -> Result<bool, Fault> {
    let has_bounced = people_tables::came_back(tx, client, address)?;
    Ok(!has_bounced && people_tables::unsubscribed_because(tx, client, address)?.is_none())
}

/// What a token speaks of.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when it isn't one of ours.
pub async fn subscription(desk: &Desk, token: &str) -> Result<Subscription, Stop> {
    let (client, address) = read(desk, token)?;
    desk.store
        .read(move |tx| {
            let named = people_tables::client(tx, client)?.ok_or(CaseRefusal::NotFound)?.name;
            let ended_because = people_tables::unsubscribed_because(tx, client, &address)?;
            Ok(Subscription { client: named, address: address.clone(), ended_because })
        })
        .await
}

/// Ends automatic letters, as the token's holder wants. Doing it again changes nothing.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when it isn't one of ours.
pub async fn end(desk: &Desk, token: &str) -> Result<(), Stop> {
    let (client, address) = read(desk, token)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            Ok(suppress(tx, client, &address, "They asked for no more automatic letters.", now)?)
        })
        .await
}

fn read(desk: &Desk, token: &str) -> Result<(ClientId, EmailAddress), CaseRefusal> {
    let said = read_token(desk.signing_key.as_bytes(), Purpose::Unsubscription, token);
    let read = said.as_deref().and_then(|said| said.split_once(' '));
    let read = read.and_then(|(client, address)| Some((client.parse().ok()?, address.parse().ok()?)));
    read.ok_or(CaseRefusal::NotFound)
}

/// Stops automatic letters of a client to an address.
pub(crate) fn suppress(
    tx: &mut Tx<'_>,
    client: ClientId,
    address: &EmailAddress,
    because: &str,
    at: Instant,
) -> Result<(), Fault> {
    if people_tables::unsubscribed_because(tx, client, address)?.is_some() {
        return Ok(());
    }
    if !people_tables::unsubscribe(tx, client, address, because)? {
        people_tables::remember_customer(tx, client, address, "", at)?;
        people_tables::unsubscribe(tx, client, address, because)?;
    }
    tx.record(&store::Event {
        at,
        kind: "customer.unsubscribed",
        client: Some(client),
        engagement: None,
        case: None,
        person: None,
        sentence: format!("Automatic letters to a customer stopped. {because}"),
    })
}
