//! The domains in whose name letters are sent: their keys, their records in the DNS, and what was found of them.

mod signing;

pub use signing::{Drawn, Signer, add_key, forget_key, lost_keys, sign_anyway, signers};

use crate::{Desk, outgoing, sign_in::personal};
use engagements::{
    EngagementRefusal, Mailbox,
    sending_domains::{
        Answer, DomainName, Finding, KeyStanding, Question, Record, RecordKind, SigningKey, Verdict, begins,
        judge, questions, records, spf_terms,
    },
    tables::{
        self as engagement_tables,
        signing_keys::{self as key_tables, RecordCheck},
    },
};
use kernel::{Fault, Instant, PersonId, Reach, Stop};
use people::{Client, PeopleRefusal, tables as people_tables};
use store::Tx;

/// A domain in whose name letters are sent, with everything that is known of it.
#[derive(Clone, Debug)]
pub struct SendingDomain {
    /// The domain.
    pub name: DomainName,
    /// The mailboxes that send in its name; none when only its keys are left.
    pub mailboxes: Vec<Mailbox>,
    /// Its keys, oldest first.
    pub keys: Vec<SigningKey>,
    /// The servers through which its letters leave.
    pub hosts: Vec<String>,
    /// What was found last of its records.
    pub checks: Vec<RecordCheck>,
}

impl SendingDomain {
    /// The words that let its servers send.
    fn terms(&self) -> Vec<String> {
        spf_terms(self.hosts.iter().map(String::as_str))
    }

    /// The records that it needs.
    pub fn records(&self) -> Vec<Record> {
        let spf = self.checks.iter().find(|check| check.record == RecordKind::Spf.word());
        // Several records about senders are put into one by hand.
        let own = spf.map(|check| check.found.as_str()).filter(|own| !own.is_empty() && !own.contains('\n'));
        records(&self.name, &self.keys, &self.terms(), own)
    }

    /// What to ask the DNS about it.
    pub fn questions(&self) -> Vec<Question> {
        questions(&self.name, &self.records())
    }

    /// What the answers mean.
    pub fn judge(&self, answers: &[(Question, Answer)]) -> Vec<Finding> {
        let unasked = || Answer::Silent("It wasn’t asked for.".to_owned());
        let answer = |question: &Question| {
            let given = answers.iter().find(|(asked, _)| asked == question);
            given.map_or_else(unasked, |(_, answer)| answer.clone())
        };
        judge(&self.name, &self.records(), &self.terms(), &answer)
    }
}

fn only_owners(reach: &Reach) -> Result<(), PeopleRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound) }
}

/// Every domain, with the clients and the instant.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn overview(
    desk: &Desk,
    reach: &Reach,
) -> Result<(Vec<SendingDomain>, Vec<Client>, Instant), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    let (domains, clients) =
        desk.store.read(|tx| Ok::<_, Stop>((domains_in(tx)?, people_tables::clients(tx)?))).await?;
    Ok((domains, clients, now))
}

/// Every domain, for whoever has the data folder.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn domains(desk: &Desk) -> Result<Vec<SendingDomain>, Fault> {
    desk.store.read(domains_in).await
}

/// One domain.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchDomain`].
pub async fn domain(desk: &Desk, reach: &Reach, name: &DomainName) -> Result<SendingDomain, Stop> {
    only_owners(reach)?;
    let name = name.clone();
    desk.store.read(move |tx| one(tx, &name)).await
}

fn one(tx: &mut Tx<'_>, name: &DomainName) -> Result<SendingDomain, Stop> {
    let found = domains_in(tx)?.into_iter().find(|known| known.name == *name);
    found.ok_or_else(|| EngagementRefusal::NoSuchDomain.into())
}

fn domains_in(tx: &mut Tx<'_>) -> Result<Vec<SendingDomain>, Fault> {
    let usual = outgoing::relay_in(tx)?.map(|relay| relay.host);
    let mut domains: Vec<SendingDomain> = Vec::new();
    for mailbox in engagement_tables::mailboxes(tx)? {
        let Some(name) = DomainName::of(&mailbox.address) else { continue };
        let own = engagement_tables::own_server(tx, mailbox.id)?.map(|own| own.smarthost.host);
        let domain = entry(&mut domains, name);
        domain.mailboxes.push(mailbox);
        domain.hosts.extend(own.or_else(|| usual.clone()));
    }
    for key in key_tables::all_signing_keys(tx)? {
        entry(&mut domains, key.domain.clone()).keys.push(key);
    }
    let checks = key_tables::record_checks(tx)?;
    for domain in &mut domains {
        domain.hosts.sort();
        domain.hosts.dedup();
        domain.checks = checks.iter().filter(|check| check.domain == domain.name).cloned().collect();
    }
    domains.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(domains)
}

fn entry(domains: &mut Vec<SendingDomain>, name: DomainName) -> &mut SendingDomain {
    let at = domains.iter().position(|known| known.name == name).unwrap_or_else(|| {
        let empty = SendingDomain {
            name,
            mailboxes: Vec::new(),
            keys: Vec::new(),
            hosts: Vec::new(),
            checks: Vec::new(),
        };
        domains.push(empty);
        domains.len() - 1
    });
    &mut domains[at]
}

/// Notes what the DNS answered. A prepared key whose record was found signs from now on, and the one before it no more; one that can't
/// be opened takes nobody's place.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchDomain`].
pub async fn note_answers(
    desk: &Desk,
    reach: &Reach,
    name: &DomainName,
    answers: Vec<(Question, Answer)>,
) -> Result<(), Stop> {
    let lost = lost_keys(desk, &domain(desk, reach, name).await?).await?;
    let (name, person, now) = (name.clone(), reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let domain = one(tx, &name)?;
            let findings = domain.judge(&answers);
            key_tables::note_findings(tx, &name, &findings, now)?;
            for finding in findings.iter().filter(|finding| finding.verdict == Verdict::Right) {
                if let RecordKind::Dkim(selector) = &finding.kind
                    && !lost.contains(selector)
                {
                    begin(tx, &name, selector, person, now)?;
                }
            }
            Ok(())
        })
        .await
}

/// Lets a prepared key sign. A key that signs already is left alone.
fn begin(
    tx: &mut Tx<'_>,
    name: &DomainName,
    selector: &str,
    person: PersonId,
    now: Instant,
) -> Result<(), Fault> {
    let steps = begins(&key_tables::signing_keys(tx, name)?, selector);
    for (moved, standing) in &steps {
        key_tables::move_signing_key(tx, name, moved, *standing, now)?;
        let sentence = match standing {
            KeyStanding::Retired => format!("The key {moved} of {name} doesn’t sign any more."),
            _ => format!("Letters from {name} are signed with the key {moved} now."),
        };
        personal(tx, "domain.key_moved", person, now, &sentence)?;
    }
    Ok(())
}
