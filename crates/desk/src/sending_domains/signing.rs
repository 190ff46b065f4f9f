//! The keys of a sending domain: made, opened for signing, begun by hand, forgotten.

use super::{begin, one, only_owners};
use crate::{Desk, sign_in::personal};
use engagements::{
    EngagementRefusal,
    sending_domains::{DomainName, KeyStanding, Method, SigningKey, may_be_made, next_selector},
    tables::signing_keys as key_tables,
};
use kernel::{EmailAddress, Fault, Reach, Stop};

/// A pair of keys that was drawn, each half in base64.
pub struct Drawn {
    /// How it signs.
    pub method: Method,
    /// For the DNS.
    pub public: String,
    /// For nobody but the vault.
    pub private: String,
}

/// What it takes to sign a letter.
pub struct Signer {
    /// The domain that vouches.
    pub domain: DomainName,
    /// Under which name its key stands in the DNS.
    pub selector: String,
    /// How it signs.
    pub method: Method,
    /// The private half in base64; `None` when it was sealed with another key than the one in the key file.
    pub private: Option<String>,
}

/// Under which words private halves are sealed.
fn sealed_as(domain: &DomainName) -> String {
    format!("signing key {domain}")
}

/// Keeps a key that was drawn for a domain. It signs once its record is found.
///
/// # Errors
/// As [`super::domain`]; [`EngagementRefusal::KeyWaits`].
pub async fn add_key(desk: &Desk, reach: &Reach, name: &DomainName, drawn: Drawn) -> Result<(), Stop> {
    only_owners(reach)?;
    let sealed = desk.vault.seal(&sealed_as(name), &drawn.private).map_err(Fault::from)?;
    let (name, person, now) = (name.clone(), reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let domain = one(tx, &name)?;
            may_be_made(&domain.keys, drawn.method)?;
            let key = SigningKey {
                domain: name.clone(),
                selector: next_selector(&domain.keys),
                method: drawn.method,
                public: drawn.public.clone(),
                standing: KeyStanding::Prepared,
                since: now,
            };
            key_tables::add_signing_key(tx, &key, &sealed)?;
            let sentence = format!("The key {} was made for letters from {name}.", key.selector);
            Ok(personal(tx, "domain.key_made", person, now, &sentence)?)
        })
        .await
}

/// Lets a prepared key sign although its record wasn't found.
///
/// # Errors
/// As [`super::domain`]; [`EngagementRefusal::NoSuchKey`].
pub async fn sign_anyway(desk: &Desk, reach: &Reach, name: &DomainName, selector: &str) -> Result<(), Stop> {
    only_owners(reach)?;
    let (name, selector) = (name.clone(), selector.to_owned());
    let (person, now) = (reach.person(), desk.clock.now());
    let is_lost = opened(desk, &name, &selector).await?.is_none();
    desk.store
        .write(move |tx| {
            known(one(tx, &name)?.keys, &selector)?;
            if is_lost {
                return Err(EngagementRefusal::KeyIsLost.into());
            }
            Ok(begin(tx, &name, &selector, person, now)?)
        })
        .await
}

fn known(keys: Vec<SigningKey>, selector: &str) -> Result<SigningKey, EngagementRefusal> {
    keys.into_iter().find(|key| key.selector == selector).ok_or(EngagementRefusal::NoSuchKey)
}

/// Forgets a key that doesn't sign, or that can't be opened any more.
///
/// # Errors
/// As [`super::domain`]; [`EngagementRefusal::NoSuchKey`], [`EngagementRefusal::KeySigns`].
pub async fn forget_key(desk: &Desk, reach: &Reach, name: &DomainName, selector: &str) -> Result<(), Stop> {
    only_owners(reach)?;
    let (name, selector) = (name.clone(), selector.to_owned());
    let (person, now) = (reach.person(), desk.clock.now());
    let is_lost = opened(desk, &name, &selector).await?.is_none();
    desk.store
        .write(move |tx| {
            let key = known(one(tx, &name)?.keys, &selector)?;
            if key.standing == KeyStanding::Signing && !is_lost {
                return Err(EngagementRefusal::KeySigns.into());
            }
            key_tables::drop_signing_key(tx, &name, &selector)?;
            let sentence = format!("The key {selector} of {name} was forgotten.");
            Ok(personal(tx, "domain.key_forgotten", person, now, &sentence)?)
        })
        .await
}

/// The private half of a key; `None` when there is none that the vault opens.
async fn opened(desk: &Desk, name: &DomainName, selector: &str) -> Result<Option<String>, Fault> {
    let (asked, selector) = (name.clone(), selector.to_owned());
    let sealed = desk.store.read(move |tx| key_tables::sealed_key(tx, &asked, &selector)).await?;
    Ok(sealed.and_then(|sealed| desk.vault.unseal(&sealed_as(name), &sealed).ok()))
}

/// The keys that sign letters from this address. The domain of From decides; often there are none.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn signers(desk: &Desk, from: &EmailAddress) -> Result<Vec<Signer>, Fault> {
    let Some(domain) = DomainName::of(from) else { return Ok(Vec::new()) };
    let asked = domain.clone();
    let keys = desk
        .store
        .read(move |tx| {
            let keys = key_tables::signing_keys(tx, &asked)?.into_iter();
            keys.filter(|key| key.standing == KeyStanding::Signing)
                .map(|key| Ok((key_tables::sealed_key(tx, &asked, &key.selector)?.unwrap_or_default(), key)))
                .collect::<Result<Vec<_>, Fault>>()
        })
        .await?;
    let open = |(sealed, key): (String, SigningKey)| Signer {
        private: desk.vault.unseal(&sealed_as(&domain), &sealed).ok(),
        domain: key.domain,
        selector: key.selector,
        method: key.method,
    };
    Ok(keys.into_iter().map(open).collect())
}

/// The selectors of a domain's keys that sign or are to and that the vault can't open.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn lost_keys(desk: &Desk, domain: &super::SendingDomain) -> Result<Vec<String>, Fault> {
    let mut lost = Vec::new();
    for key in domain.keys.iter().filter(|key| key.standing != KeyStanding::Retired) {
        if opened(desk, &domain.name, &key.selector).await?.is_none() {
            lost.push(key.selector.clone());
        }
    }
    Ok(lost)
}
