//! Calling: what somebody is told when they are called, at which of their addresses, and whether it reached them.

use super::{addresses::sealed_as, link};
use crate::Desk;
use cases::{shown_reference, tables as case_tables};
use coverage::{CallWay, tables as coverage_tables};
use kernel::{EmailAddress, Fault, Instant, MailboxId, PageId, PersonId};
use people::tables as people_tables;

/// One call at one address.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// The page.
    pub page: PageId,
    /// Who is called.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// How.
    pub way: CallWay,
    /// The e-mail address or the URL.
    pub address: String,
    /// The secret with which it is signed, or the keys of a browser; empty for letters.
    pub secret: String,
    /// What is said.
    pub said: Said,
    /// The mailbox from which letters come, with its address.
    pub from: Option<(MailboxId, EmailAddress)>,
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What people quote: `AB12-CD34`.
    pub reference: String,
    /// The client.
    pub client: String,
    /// The level that is called, from 1.
    pub level: usize,
    /// Why.
    pub because: String,
    /// When the page began.
    pub begun_at: Instant,
    /// Where it is acknowledged without signing in; none while nobody said where we are reached.
    pub link: Option<String>,
}

/// The calls of a job: one for each address of a person, or their own e-mail address where they named none. None once the page is over.
///
/// # Errors
/// A fault when the database can't be reached or a secret was sealed with another key.
pub async fn calls(desk: &Desk, subject: &str) -> Result<Vec<Call>, Fault> {
    let mut words = subject.split(' ');
    let named =
        (|| Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?)))();
    let Some((page, level, person)): Option<(PageId, usize, PersonId)> = named else {
        return Err(Fault::new("the job doesn't name a page, a level and a person"));
    };
    let link = link(desk, page, person);
    let vault = desk.vault.clone();
    desk.store
        .read(move |tx| {
            let Some(kept) = coverage_tables::page(tx, page)? else { return Ok(Vec::new()) };
            let case = case_tables::case(tx, kept.case)?;
            let who = people_tables::person(tx, person)?.filter(|who| who.disabled_at.is_none());
            let (Some(case), Some(who)) = (case, who) else { return Ok(Vec::new()) };
            if kept.page.acknowledged().is_some() {
                return Ok(Vec::new());
            }
            let client = people_tables::client(tx, case.client)?.map(|client| client.name);
            let mailbox = engagements::tables::mailbox(tx, case.mailbox)?;
            let said = Said {
                reference: shown_reference(&case.reference),
                client: client.unwrap_or_default(),
                level: level + 1,
                because: kept.because,
                begun_at: kept.begun_at,
                link: link.clone(),
            };
            let from = mailbox.map(|mailbox| (mailbox.id, mailbox.address));
            let call = |way, address: String, secret: String| Call {
                page,
                person,
                name: who.name.clone(),
                way,
                address,
                secret,
                said: said.clone(),
                from: from.clone(),
            };
            let mut calls = Vec::new();
            for named in coverage_tables::call_addresses(tx, person)? {
                let secret = match named.sealed_secret.as_str() {
                    "" => String::new(),
                    sealed => vault.unseal(&sealed_as(person, named.way, &named.address), sealed)?,
                };
                calls.push(call(named.way, named.address, secret));
            }
            if calls.is_empty() {
                calls.push(call(CallWay::Mail, who.email.to_string(), String::new()));
            }
            Ok(calls)
        })
        .await
}

/// The same call as a letter to the address with which they sign in, for whoever wasn't reached at any other.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn own_letter(desk: &Desk, call: &Call) -> Result<Option<Call>, Fault> {
    let person = call.person;
    let found = desk.store.read(move |tx| people_tables::person(tx, person)).await?;
    let address = found.map(|person| person.email.to_string());
    let is_new = address.filter(|address| call.way != CallWay::Mail || *address != call.address);
    Ok(is_new.map(|address| Call { way: CallWay::Mail, address, secret: String::new(), ..call.clone() }))
}

/// Notes whether a call reached an address: why it didn't, or nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn reached(desk: &Desk, call: &Call, trouble: &str) -> Result<(), Fault> {
    let (person, way) = (call.person, call.way);
    let (address, trouble) = (call.address.clone(), trouble.to_owned());
    desk.store.write(move |tx| coverage_tables::note_trouble(tx, person, way, &address, &trouble)).await
}

/// The key with which this installation makes itself known to browsers' push services, in the form in which it was kept; `fresh` is kept
/// where there is none.
///
/// # Errors
/// A fault when the database can't be reached or it was sealed with another key.
pub async fn push_key(desk: &Desk, fresh: String) -> Result<String, Fault> {
    const NAME: &str = "push.key";
    let sealed = desk.vault.seal(NAME, &fresh)?;
    let kept = desk.store.write(move |tx| tx.setting_or(NAME, &sealed)).await?;
    Ok(desk.vault.unseal(NAME, &kept)?)
}
