//! What the doctor says of sending domains: whether letters are signed, and how each domain's records stand in the DNS.

use super::{Finding, good, look as note, wrong};
use channels::email::domain_records;
use desk::{
    Desk,
    sending_domains::{self, SendingDomain},
};
use engagements::sending_domains::{Answer, Finding as Found, KeyStanding, Question, RecordKind, Verdict};
use kernel::Fault;
use std::net::SocketAddr;

const PAGE: &str = "The page Sending domains has the record to paste, and tells what stands there now.";

/// Looks at every domain. What can't be looked up is worth a look, and no fault of the installation.
pub(super) async fn look(desk: &Desk, dns: Option<SocketAddr>) -> Result<Vec<Finding>, Fault> {
    let mut domains = sending_domains::domains(desk).await?;
    domains.retain(|domain| !domain.mailboxes.is_empty());
    let questions = domains.iter().flat_map(SendingDomain::questions).collect();
    let answers = domain_records::look_up(dns, questions).await;
    let mut findings = Vec::new();
    for domain in &domains {
        let lost = sending_domains::lost_keys(desk, domain).await?;
        findings.extend(of(domain, &lost, &answers));
    }
    Ok(findings)
}

fn of(domain: &SendingDomain, lost: &[String], answers: &[(Question, Answer)]) -> Vec<Finding> {
    let mut findings = keys(domain, lost);
    findings.extend(domain.judge(answers).iter().map(|found| record(domain, found)));
    findings
}

fn keys(domain: &SendingDomain, lost: &[String]) -> Vec<Finding> {
    let name = &domain.name;
    let lost = lost.iter().map(|selector| {
        let hint = "Start with the key file with which it was made (--secrets-key), or forget the key on the page Sending domains.";
        wrong("dkim", format!("The key {selector} of {name} can't be opened, so letters leave unsigned."), hint)
    });
    let mut findings: Vec<Finding> = lost.collect();
    if !domain.keys.iter().any(|key| key.standing == KeyStanding::Signing) {
        let hint = "Make keys on the page Sending domains, and put their records into the DNS.";
        findings.push(note("dkim", format!("Letters from {name} aren't signed."), hint));
    }
    findings
}

fn record(domain: &SendingDomain, found: &Found) -> Finding {
    let (name, sentence) = (domain.name.as_str(), &found.because.sentence);
    let named = if sentence.contains(name) { sentence.clone() } else { format!("{name}: {sentence}") };
    let (check, said) = match &found.kind {
        RecordKind::Dkim(selector) => ("dkim", format!("Key {selector} of {name}: {sentence}")),
        RecordKind::Spf => ("spf", named),
        RecordKind::Dmarc => ("dmarc", named),
        RecordKind::Mx => ("mx", named),
    };
    match found.verdict {
        Verdict::Right if check == "dkim" && !signs(domain, &found.kind) => {
            note(check, said, "Check it on the page Sending domains; then the key signs.")
        }
        Verdict::Right => good(check, said),
        Verdict::Unknown => note(check, said, "Check this machine's DNS, or name a server with --dns."),
        Verdict::Missing | Verdict::Different if signs(domain, &found.kind) => wrong(check, said, PAGE),
        Verdict::Missing | Verdict::Different => note(check, said, hint(&found.kind)),
    }
}

/// The record is that of a key that signs: without it, every letter looks forged.
fn signs(domain: &SendingDomain, kind: &RecordKind) -> bool {
    let RecordKind::Dkim(selector) = kind else { return false };
    domain.keys.iter().any(|key| key.selector == *selector && key.standing == KeyStanding::Signing)
}

fn hint(kind: &RecordKind) -> &'static str {
    match kind {
        RecordKind::Mx => "Let the domain's owner name the server that takes its mail.",
        RecordKind::Dkim(_) | RecordKind::Spf | RecordKind::Dmarc => PAGE,
    }
}
