//! The tables of signing keys, and of what was found in the DNS about sending domains.

use crate::sending_domains::{DomainName, Finding, KeyStanding, SigningKey, Verdict};
use kernel::{Fault, Instant};
use store::{Row, Tx, sql};

fn key_row(row: &mut Row) -> Result<SigningKey, Fault> {
    Ok(SigningKey {
        domain: row.take()?,
        selector: row.take()?,
        method: row.take()?,
        public: row.take()?,
        standing: row.take()?,
        since: row.take()?,
    })
}

/// The keys of a domain, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn signing_keys(tx: &mut Tx<'_>, domain: &DomainName) -> Result<Vec<SigningKey>, Fault> {
    tx.list(
        sql!(
            "select domain, selector, method, public_key, standing, since_at from signing_keys
             where domain = $1 order by made_at, selector"
        ),
        &[domain],
        key_row,
    )
}

/// The keys of every domain.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn all_signing_keys(tx: &mut Tx<'_>) -> Result<Vec<SigningKey>, Fault> {
    tx.list(
        sql!(
            "select domain, selector, method, public_key, standing, since_at from signing_keys
             order by domain, made_at, selector"
        ),
        &[],
        key_row,
    )
}

/// The private half of a key as it was sealed.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sealed_key(tx: &mut Tx<'_>, domain: &DomainName, selector: &str) -> Result<Option<String>, Fault> {
    tx.maybe(
        sql!("select sealed_private_key from signing_keys where domain = $1 and selector = $2"),
        &[domain, &selector],
        Row::take,
    )
}

/// Writes a new key down.
///
/// # Errors
/// A fault when the engine refuses it, as it does for a selector that the domain has.
pub fn add_signing_key(tx: &mut Tx<'_>, key: &SigningKey, sealed: &str) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into signing_keys (domain, selector, method, public_key, sealed_private_key, standing, since_at, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)"
        ),
        &[&key.domain, &key.selector, &key.method, &key.public, &sealed, &key.standing, &key.since],
    )
    .map(drop)
}

/// Moves a key on.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_signing_key(
    tx: &mut Tx<'_>,
    domain: &DomainName,
    selector: &str,
    standing: KeyStanding,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        sql!("update signing_keys set standing = $1, since_at = $2 where domain = $3 and selector = $4"),
        &[&standing, &now, domain, &selector],
    )
    .map(drop)
}

/// Forgets a key.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_signing_key(tx: &mut Tx<'_>, domain: &DomainName, selector: &str) -> Result<(), Fault> {
    tx.run(sql!("delete from signing_keys where domain = $1 and selector = $2"), &[domain, &selector])
        .map(drop)
}

/// What was found of a record, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordCheck {
    /// Of which domain.
    pub domain: DomainName,
    /// Which record: `dkim dragoman1`, `spf`.
    pub record: String,
    /// How it stands.
    pub verdict: Verdict,
    /// Why, and what to do.
    pub because: String,
    /// What stands there, a line each.
    pub found: String,
    /// When it was looked at.
    pub at: Instant,
}

/// What was found last of each record of each domain.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn record_checks(tx: &mut Tx<'_>) -> Result<Vec<RecordCheck>, Fault> {
    tx.list(
        sql!("select domain, record, verdict, because, found, checked_at from record_checks order by domain, record"),
        &[],
        |row| {
            Ok(RecordCheck {
                domain: row.take()?,
                record: row.take()?,
                verdict: row.take()?,
                because: row.take()?,
                found: row.take()?,
                at: row.take()?,
            })
        },
    )
}

/// Notes what was found of a domain's records, in place of what was found before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_findings(
    tx: &mut Tx<'_>,
    domain: &DomainName,
    findings: &[Finding],
    now: Instant,
) -> Result<(), Fault> {
    tx.run(sql!("delete from record_checks where domain = $1"), &[domain])?;
    for one in findings {
        tx.run(
            sql!(
                "insert into record_checks (domain, record, verdict, because, found, checked_at)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            &[domain, &one.kind.word(), &one.verdict, &one.because.sentence, &one.found, &now],
        )?;
    }
    Ok(())
}
