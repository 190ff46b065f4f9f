//! Keys take turns, records are told right from wrong.

use super::{
    Answer, DomainName, Finding, KeyStanding, Method, Question, Record, RecordKind, SigningKey, Sought,
    Verdict, begins, in_pieces, judge, may_be_made, next_selector, questions, records, spf_terms,
};
use crate::EngagementRefusal;
use kernel::Instant;

const PUBLIC: &str = "MIIBpublic";
const RECORD: &str = "v=DKIM1; k=rsa; p=MIIBpublic";

fn domain(name: &str) -> DomainName {
    name.parse().unwrap()
}

fn key(selector: &str, method: Method, standing: KeyStanding) -> SigningKey {
    SigningKey {
        domain: domain("aurora.example"),
        selector: selector.to_owned(),
        method,
        public: PUBLIC.to_owned(),
        standing,
        since: Instant::from_micros(0),
    }
}

#[test]
fn names_are_what_the_dns_knows() {
    let check = |typed: &str, name: Option<&str>| {
        let read = typed.parse::<DomainName>().ok();
        assert_eq!(read.as_ref().map(DomainName::as_str), name, "{typed}");
    };
    check("Aurora.Example", Some("aurora.example"));
    check("müller.example", Some("xn--mller-kva.example"));
    check("intranet", Some("intranet"));
    check("[192.0.2.1]", None);
    check("a b.example", None);
    check("a/b.example", None);
    check("a..example", None);
    check("", None);
    check(&"a.".repeat(130), None);
}

#[test]
fn selectors_count_on() {
    use {KeyStanding::Retired, Method::Rsa};
    let check = |selectors: &[&str], next: &str| {
        let keys: Vec<SigningKey> = selectors.iter().map(|selector| key(selector, Rsa, Retired)).collect();
        assert_eq!(next_selector(&keys), next, "{selectors:?}");
    };
    check(&[], "dragoman1");
    check(&["dragoman1"], "dragoman2");
    check(&["dragoman9", "dragoman10", "dragoman2"], "dragoman11");
    check(&["other7", "dragomanx"], "dragoman1");
}

#[test]
fn a_new_key_takes_over_from_the_one_of_its_method() {
    use {KeyStanding::*, Method::*};
    let keys = [
        key("dragoman1", Rsa, Retired),
        key("dragoman2", Rsa, Signing),
        key("dragoman3", Ed25519, Signing),
        key("dragoman4", Rsa, Prepared),
    ];
    let check = |selector: &str, expected: &[(&str, KeyStanding)]| {
        let expected: Vec<_> =
            expected.iter().map(|(name, standing)| ((*name).to_owned(), *standing)).collect();
        assert_eq!(begins(&keys, selector), expected, "{selector}");
    };
    check("dragoman4", &[("dragoman2", Retired), ("dragoman4", Signing)]);
    check("dragoman2", &[]);
    check("dragoman1", &[]);
    check("dragoman5", &[]);
    assert_eq!(may_be_made(&keys, Rsa), Err(EngagementRefusal::KeyWaits));
    assert_eq!(may_be_made(&keys, Ed25519), Ok(()));
}

#[test]
fn a_record_goes_a_week_after_its_key() {
    let week = Instant::from_micros(7 * 24 * 3600 * 1_000_000);
    assert_eq!(key("dragoman1", Method::Rsa, KeyStanding::Retired).record_goes_at(), Some(week));
    assert_eq!(key("dragoman1", Method::Rsa, KeyStanding::Signing).record_goes_at(), None);
}

#[test]
fn servers_become_words_of_spf() {
    let check =
        |hosts: &[&str], terms: &[&str]| assert_eq!(spf_terms(hosts.iter().copied()), terms, "{hosts:?}");
    check(&["smtp.aurora.example"], &["a:smtp.aurora.example"]);
    check(&["SMTP.gmail.com", "smtp-relay.gmail.com"], &["include:_spf.google.com"]);
    check(&["notgmail.com"], &["a:notgmail.com"]);
    check(
        &["email-smtp.eu-west-1.amazonaws.com", "198.51.100.7"],
        &["include:amazonses.com", "ip4:198.51.100.7"],
    );
    check(&["localhost", "127.0.0.1", "::1", "relay"], &[]);
}

#[test]
fn a_long_value_is_cut_where_the_dns_cuts_it() {
    assert_eq!(in_pieces("v=DKIM1"), "\"v=DKIM1\"");
    let pieces = in_pieces(&"a".repeat(300));
    assert_eq!(pieces, format!("\"{}\" \"{}\"", "a".repeat(255), "a".repeat(45)));
}

/// What stands in the DNS of a case: texts by name, and servers.
struct Zone<'a>(&'a [(&'a str, &'a [&'a str])], &'a [&'a str]);

impl Zone<'_> {
    fn answer(&self, question: &Question) -> Answer {
        let found = match question.sought {
            Sought::Texts => {
                self.0.iter().find(|(name, _)| *name == question.name).map_or(&[][..], |(_, texts)| *texts)
            }
            Sought::MailServers => self.1,
        };
        match found {
            [] => Answer::Nothing,
            ["silence"] => Answer::Silent("no DNS server answered in time.".to_owned()),
            found => Answer::Found(found.iter().map(|text| (*text).to_owned()).collect()),
        }
    }
}

/// Judges `name` with one prepared key and one server; every question that is needed must have been asked.
fn findings(name: &str, zone: &Zone<'_>) -> Vec<Finding> {
    let name = domain(name);
    let prepared =
        SigningKey { domain: name.clone(), ..key("dragoman1", Method::Rsa, KeyStanding::Prepared) };
    let terms = spf_terms(["smtp.relay.example"]);
    let wanted: Vec<Record> = records(&name, &[prepared], &terms, None);
    let asked = questions(&name, &wanted);
    judge(&name, &wanted, &terms, &|question| {
        assert!(asked.contains(question), "{question:?} wasn't asked");
        zone.answer(question)
    })
}

fn check(kind: RecordKind, name: &str, zone: &Zone<'_>, verdict: Verdict, code: &str, says: &str) {
    let found = findings(name, zone);
    let one = found.iter().find(|one| one.kind == kind).unwrap();
    assert_eq!((one.verdict, one.because.code.as_str()), (verdict, code), "{one:?}");
    assert!(one.because.sentence.contains(says), "{one:?}");
}

#[test]
fn the_record_of_a_key_is_told_right_from_wrong() {
    use Verdict::*;
    let name = "dragoman1._domainkey.aurora.example";
    let check = |texts: &[&str], verdict, code, says: &str| {
        let zone = [(name, texts)];
        check(
            RecordKind::Dkim("dragoman1".to_owned()),
            "aurora.example",
            &Zone(&zone, &[]),
            verdict,
            code,
            says,
        );
    };
    check(&[RECORD], Right, "record.right", "right");
    check(&["v=DKIM1;k=rsa;p=MIIB public;"], Right, "record.right", "right");
    check(&["p=MIIBpublic"], Right, "record.right", "right");
    check(&["v=DKIM1; k=ed25519; p=MIIBpublic"], Different, "record.different", "Replace it");
    check(&["v=DKIM1; k=rsa; p=MIIBother"], Different, "record.different", "Replace it");
    check(&["\"v=DKIM1; k=rsa; p=MIIBpublic\""], Different, "record.different", "quotes");
    check(&["v=DKIM1; p="], Different, "record.revoked", "withdrawn");
    check(&[RECORD, RECORD], Different, "record.several", "Several");
    check(&[], Missing, "record.missing", name);
    check(&["silence"], Unknown, "record.unanswered", "in time");
}

#[test]
fn a_record_at_a_doubled_name_is_found_there() {
    let zone: [(&str, &[&str]); 2] = [
        ("dragoman1._domainkey.aurora.example.aurora.example", &[RECORD]),
        ("_dmarc.aurora.example.aurora.example", &["v=DMARC1; p=none"]),
    ];
    let zone = Zone(&zone, &[]);
    let dkim = RecordKind::Dkim("dragoman1".to_owned());
    check(
        dkim,
        "aurora.example",
        &zone,
        Verdict::Missing,
        "record.misplaced",
        "only dragoman1._domainkey as",
    );
    check(RecordKind::Dmarc, "aurora.example", &zone, Verdict::Missing, "record.misplaced", "only _dmarc as");
}

#[test]
fn senders_are_told_with_the_record_that_would_be_right() {
    use Verdict::*;
    let check = |texts: &[&str], verdict, code, says: &str| {
        let zone = [("aurora.example", texts)];
        check(RecordKind::Spf, "aurora.example", &Zone(&zone, &[]), verdict, code, says);
    };
    check(&["v=spf1 a:smtp.relay.example ~all", "other=1"], Right, "record.right", "right");
    check(&["V=SPF1 +A:smtp.relay.example -all"], Right, "record.right", "right");
    check(&["v=spf1 mx -all"], Different, "record.lacks_server", "a:smtp.relay.example");
    check(&["v=spf1 redirect=_spf.x.example"], Different, "record.lacks_server", "a:smtp.relay.example");
    check(&["v=spf1 mx -all", "v=spf1 a -all"], Different, "record.several", "Several");
    check(&["v=spf10 mx", "site-verification=1"], Missing, "record.missing", "No record");
    check(&["silence"], Unknown, "record.unanswered", "can’t be looked up");
}

#[test]
fn a_record_that_stands_is_amended_rather_than_replaced() {
    let check = |own: Option<&str>, hosts: &[&str], expected: &str| {
        let terms = spf_terms(hosts.iter().copied());
        let wanted = records(&domain("aurora.example"), &[], &terms, own);
        let spf = wanted.iter().find(|record| record.kind == RecordKind::Spf).unwrap();
        assert_eq!(spf.value, expected, "{own:?}");
    };
    check(None, &["smtp.relay.example"], "v=spf1 a:smtp.relay.example ~all");
    check(None, &["localhost"], "v=spf1 mx ~all");
    check(Some("v=spf1 mx -all"), &["smtp.relay.example"], "v=spf1 mx a:smtp.relay.example -all");
    check(
        Some("v=spf1 redirect=x.example"),
        &["smtp.gmail.com"],
        "v=spf1 include:_spf.google.com redirect=x.example",
    );
    check(
        Some("v=spf1 a:smtp.relay.example ?all"),
        &["smtp.relay.example"],
        "v=spf1 a:smtp.relay.example ?all",
    );
}

#[test]
fn policy_may_stand_at_a_domain_above() {
    use Verdict::*;
    let check = |zone: &[(&str, &[&str])], verdict, code, says: &str| {
        check(RecordKind::Dmarc, "mail.aurora.example", &Zone(zone, &[]), verdict, code, says);
    };
    check(&[("_dmarc.mail.aurora.example", &["v=DMARC1; p=reject"])], Right, "record.right", "refuse them");
    check(
        &[("_dmarc.aurora.example", &["v=DMARC1; p=reject; sp=quarantine"])],
        Right,
        "record.right",
        "take them for spam",
    );
    check(
        &[("_dmarc.example", &["v=DMARC1; p=reject"])],
        Missing,
        "record.missing",
        "_dmarc.mail.aurora.example",
    );
    let twice: &[&str] = &["v=DMARC1; p=none", "v=DMARC1; p=reject"];
    check(&[("_dmarc.mail.aurora.example", twice)], Different, "record.several", "Several");
    check(&[("_dmarc.aurora.example", &["silence"])], Unknown, "record.unanswered", "_dmarc.aurora.example");
}

#[test]
fn a_domain_without_receivers_is_told() {
    use Verdict::*;
    let check = |servers: &[&str], verdict, code, says: &str| {
        check(RecordKind::Mx, "aurora.example", &Zone(&[], servers), verdict, code, says);
    };
    check(&["mx1.relay.example", "mx2.relay.example"], Right, "record.right", "mx1.relay.example, mx2");
    check(&[""], Different, "record.takes_no_mail", "no mail at all");
    check(&[], Missing, "record.missing", "No MX record");
    check(&["silence"], Unknown, "record.unanswered", "can’t be looked up");
}
