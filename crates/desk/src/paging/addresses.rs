//! Where people are called: each says so for themselves.

use crate::{Desk, sign_in::personal};
use coverage::{CallAddress, CallWay, RosterRefusal, tables as coverage_tables};
use kernel::{EmailAddress, Fault, PersonId, Reach, Stop};
use people::Secret;

/// More addresses than that would wake nobody sooner.
const MOST: usize = 10;
const LONGEST: usize = 1_000;

/// An address as its owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnAddress {
    /// How.
    pub way: CallWay,
    /// The e-mail address or the URL.
    pub address: String,
    /// The secret with which calls to a webhook are signed; empty for others.
    pub secret: String,
    /// Why the last call didn't reach it; empty when it did.
    pub trouble: String,
}

/// The words under which a secret is sealed.
pub(super) fn sealed_as(person: PersonId, way: CallWay, address: &str) -> String {
    format!("call {person} {way} {address}")
}

/// Where somebody is called: their own.
///
/// # Errors
/// A fault when the database can't be reached or a secret was sealed with another key.
pub async fn own(desk: &Desk, reach: &Reach) -> Result<Vec<OwnAddress>, Fault> {
    let person = reach.person();
    let kept = desk.store.read(move |tx| coverage_tables::call_addresses(tx, person)).await?;
    let shown = |kept: CallAddress| {
        let secret = match kept.way {
            CallWay::Webhook => {
                desk.vault.unseal(&sealed_as(person, kept.way, &kept.address), &kept.sealed_secret)?
            }
            CallWay::Mail | CallWay::Push => String::new(),
        };
        Ok(OwnAddress { way: kept.way, address: kept.address, secret, trouble: kept.trouble })
    };
    kept.into_iter().map(shown).collect()
}

/// Somebody wants to be called at an address. A webhook is given a secret; a browser brings its keys.
///
/// # Errors
/// [`RosterRefusal::NoCallAddress`].
pub async fn add(desk: &Desk, reach: &Reach, way: CallWay, address: &str, keys: &str) -> Result<(), Stop> {
    let (person, now) = (reach.person(), desk.clock.now());
    let address = fits(way, address)?;
    let secret = match way {
        CallWay::Mail => None,
        CallWay::Webhook => Some(Secret::fresh().reveal().to_owned()),
        CallWay::Push => Some(keys.to_owned()),
    };
    let seal = |secret: String| desk.vault.seal(&sealed_as(person, way, &address), &secret);
    let sealed_secret = secret.map(seal).transpose().map_err(Fault::from)?.unwrap_or_default();
    let kept = CallAddress { person, way, address, sealed_secret, made_at: now, trouble: String::new() };
    desk.store
        .write(move |tx| {
            let there = coverage_tables::call_addresses(tx, person)?;
            let is_known = |one: &CallAddress| one.way == kept.way && one.address == kept.address;
            // The secret that was given out goes on.
            if there.iter().any(|one| is_known(one) && one.way != CallWay::Push) {
                return Ok(());
            }
            if there.len() >= MOST {
                let sentence = format!("{MOST} addresses are the most. Remove one first.");
                return Err(RosterRefusal::NoCallAddress(sentence).into());
            }
            coverage_tables::add_call_address(tx, &kept)?;
            let sentence = format!("Is called on call another way now: {}.", kept.way.title());
            Ok(personal(tx, "person.call_address", person, now, &sentence)?)
        })
        .await
}

/// Somebody isn't called at an address any more.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn remove(desk: &Desk, reach: &Reach, way: CallWay, address: &str) -> Result<(), Fault> {
    let (person, now, address) = (reach.person(), desk.clock.now(), address.to_owned());
    desk.store
        .write(move |tx| {
            coverage_tables::drop_call_address(tx, person, way, &address)?;
            let sentence = format!("Isn’t called on call that way any more: {}.", way.title());
            personal(tx, "person.call_address", person, now, &sentence)
        })
        .await
}

fn fits(way: CallWay, address: &str) -> Result<String, RosterRefusal> {
    let no = |sentence: &str| RosterRefusal::NoCallAddress(sentence.to_owned());
    let address = address.trim();
    if address.len() > LONGEST {
        return Err(no("The address is longer than 1,000 characters."));
    }
    if way == CallWay::Mail {
        let read: EmailAddress = address.parse().map_err(|_| no("This isn’t an e-mail address."))?;
        return Ok(read.to_string());
    }
    if address.chars().any(|c| c.is_whitespace() || c.is_control()) || address.contains('@') {
        return Err(no("The address holds a blank, or a name and a password. Leave them out."));
    }
    if is_encrypted(address) || is_this_machine(address) {
        return Ok(address.to_owned());
    }
    Err(no("Calls go to addresses that begin with https://, or to this machine."))
}

fn is_encrypted(address: &str) -> bool {
    address
        .strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
}

fn is_this_machine(address: &str) -> bool {
    let host = address.strip_prefix("http://").unwrap_or_default().split(['/', '?', '#']).next();
    let host = host.unwrap_or_default();
    let is_port = |rest: &str| {
        rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host.strip_prefix(name).is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_go_encrypted_or_stay_on_this_machine() {
        let check = |way, address: &str, fits_it: bool| {
            assert_eq!(fits(way, address).is_ok(), fits_it, "{way} {address}");
        };
        check(CallWay::Webhook, "https://calls.example/hook?a=1", true);
        check(CallWay::Webhook, "http://127.0.0.1:9000/hook", true);
        check(CallWay::Webhook, "http://[::1]/hook", true);
        check(CallWay::Webhook, "http://localhost", true);
        check(CallWay::Webhook, "http://localhost.example/hook", false);
        check(CallWay::Webhook, "http://127.0.0.1.example/hook", false);
        check(CallWay::Webhook, "http://calls.example/hook", false);
        check(CallWay::Webhook, "http://127.0.0.1:80@calls.example/", false);
        check(CallWay::Webhook, "https://me:secret@calls.example/", false);
        check(CallWay::Webhook, "file:///etc/passwd", false);
        check(CallWay::Webhook, "https://", false);
        check(CallWay::Push, "https://push.example/abc", true);
        check(CallWay::Mail, "ana@pip.example", true);
        check(CallWay::Mail, "ana", false);
    }
}
