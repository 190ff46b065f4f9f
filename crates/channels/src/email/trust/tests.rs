//! Checking senders against a DNS of the test: aligned and unaligned, broken and expired, forwarded and forged, with and without answers.

use super::{Believed, Checker};
use crate::email::{
    dns::{Dns, Memory},
    read::read,
};
use cases::{
    Kept, RawMail,
    trust::{Judged, Verdict, judge},
};
use kernel::Instant;
use mail_auth::{
    AuthenticatedMessage, AuthenticationResults,
    arc::ArcSealer,
    common::{crypto::Ed25519Key, headers::HeaderWriter},
    dkim::{DkimSigner, generate::DkimKeyPair},
};
use std::sync::Arc;
use testkit::Names;

const MAIL: &str = "From: Eva Novak <eva@customer.example>\r\nTo: help@aurora.example\r\nSubject: Leaks\r\n\
     Date: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@customer.example>\r\n\r\nIt leaks.\r\n";
const REJECT: &str = "v=DMARC1; p=reject";

/// A domain's key and its record.
struct Key {
    pair: DkimKeyPair,
}

impl Key {
    fn new() -> Self {
        Self { pair: DkimKeyPair::generate_ed25519().unwrap() }
    }

    fn record(&self) -> String {
        format!("v=DKIM1; k=ed25519; p={}", self.pair.encoded_public_key())
    }

    fn key(&self) -> Ed25519Key {
        Ed25519Key::from_pkcs8_der(self.pair.private_key()).unwrap()
    }

    fn sign(&self, domain: &str, mail: &str) -> String {
        let signer =
            DkimSigner::from_key(self.key()).domain(domain).selector("s").headers(["From", "Subject"]);
        signer.sign(mail.as_bytes()).unwrap().to_header() + mail
    }
}

/// Everything a check is made of.
struct Scene {
    names: Names,
    peer: &'static str,
    sender: &'static str,
    believed: Believed,
}

impl Scene {
    /// A stranger's server, and a customer's domain that wants forged mail refused.
    async fn new() -> Self {
        let names = Names::serve().await;
        names.text("_dmarc.customer.example", REJECT);
        names.text("customer.example", "v=spf1 ip4:192.0.2.1 -all");
        Self { names, peer: "198.51.100.9", sender: "eva@customer.example", believed: Believed::default() }
    }

    fn with_key(self, domain: &str, key: &Key) -> Self {
        self.names.text(&format!("s._domainkey.{domain}"), &key.record());
        self
    }

    fn raw(&self) -> RawMail {
        RawMail {
            id: uuid::Uuid::nil().to_string().parse().unwrap(),
            received_at: Instant::from_micros(0),
            intake_key: String::new(),
            sender: self.sender.to_owned(),
            recipient: "help@aurora.example".parse().unwrap(),
            peer: self.peer.to_owned(),
            trace: "Received: from mail.customer.example (x)".to_owned(),
            size: 0,
            kept: Kept::InRow(Vec::new()),
        }
    }

    async fn judge(&self, mail: &str) -> Judged {
        let incoming = read(mail.as_bytes());
        let checker =
            Checker::new(Dns::open(Some(self.names.address), Memory::Kept).unwrap(), self.believed.clone());
        let checked = checker.check(&self.raw(), Arc::new(mail.as_bytes().to_vec()), &incoming).await;
        judge(incoming.from.as_ref().and_then(|from| from.email()).as_ref(), &checked)
    }

    async fn check(&self, what: &str, mail: &str, verdict: Verdict, code: &str) {
        let judged = self.judge(mail).await;
        assert_eq!(judged.verdict, verdict, "{what}: {judged:?}");
        assert_eq!(
            judged.because.first().map(|because| because.code.as_str()),
            Some(code),
            "{what}: {judged:?}"
        );
    }
}

#[tokio::test]
async fn an_aligned_signature_proves_the_sender_and_a_forged_mail_fails() {
    let key = Key::new();
    let scene = Scene::new().await.with_key("customer.example", &key).with_key("evil.example", &key);
    let signed = key.sign("customer.example", MAIL);
    scene.check("signed", &signed, Verdict::Proven, "trust.signed").await;
    scene.check("not signed", MAIL, Verdict::Failed, "trust.refused_by_domain").await;
    let changed = signed.replace("It leaks", "It works");
    scene.check("changed", &changed, Verdict::Failed, "trust.refused_by_domain").await;
    let other = key.sign("evil.example", MAIL);
    scene.check("signed by another", &other, Verdict::Failed, "trust.refused_by_domain").await;
    let lines = signed.replace("\r\n", "\n");
    scene.check("through a pipe", &lines, Verdict::Proven, "trust.signed").await;
    let added = format!("From: Mallory <x@evil.example>\r\n{signed}");
    scene.check("a second From on top", &added, Verdict::Unproven, "trust.several_senders").await;
    let mut twice = signed.clone();
    for _ in 0..40 {
        twice = format!(
            "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=x; h=from; bh=AA==; b=AA==\r\n{twice}"
        );
    }
    scene.check("below forty strangers' signatures", &twice, Verdict::Proven, "trust.signed").await;
}

#[tokio::test]
async fn blank_lines_at_the_end_break_no_signature() {
    let key = Key::new();
    let scene = Scene::new().await.with_key("customer.example", &key);
    let signed = key.sign("customer.example", MAIL);
    for end in ["\r\n\r\n", " \r\n", "\t\r\n \r\n\r\n"] {
        scene.check(&format!("{end:?}"), &format!("{signed}{end}"), Verdict::Proven, "trust.signed").await;
    }
}

#[tokio::test]
async fn an_expired_signature_and_a_missing_key_prove_nothing() {
    let key = Key::new();
    let scene = Scene::new().await.with_key("quiet.example", &key);
    let mail = MAIL.replace("customer", "quiet");
    let signer = DkimSigner::from_key(key.key()).domain("quiet.example").selector("s").headers(["From"]);
    let expired = signer.sign(mail.as_bytes()).map(|mut signature| {
        (signature.t, signature.x) = (1, 2);
        signature.to_header() + &mail
    });
    let judged = scene.judge(&expired.unwrap()).await;
    assert!(judged.because.iter().any(|because| because.code == "trust.expired_signature"), "{judged:?}");
    let unknown = key.sign("quiet.example", &mail).replace("s=s;", "s=gone;");
    let judged = scene.judge(&unknown).await;
    assert_eq!(judged.verdict, Verdict::Unproven);
    assert!(judged.because.iter().any(|because| because.code == "trust.no_key"), "{judged:?}");
    let open = key.sign("quiet.example", &mail).replace("s=s;", "s=s; l=3;");
    let judged = scene.judge(&open).await;
    assert!(judged.because.iter().any(|because| because.code == "trust.weak_signature"), "{judged:?}");
}

#[tokio::test]
async fn a_listed_server_proves_the_sender() {
    let mut scene = Scene { peer: "192.0.2.1", ..Scene::new().await };
    scene.check("listed", MAIL, Verdict::Proven, "trust.listed_server").await;
    scene.sender = "bounce@mailer.example";
    scene.names.text("mailer.example", "v=spf1 ip4:192.0.2.1 -all");
    scene.check("another domain's server", MAIL, Verdict::Failed, "trust.refused_by_domain").await;
    scene.sender = "";
    scene.names.text("mail.customer.example", "v=spf1 a:out.customer.example -all");
    scene.names.address_of("out.customer.example", "192.0.2.1");
    scene.check("no sender: the server's name counts", MAIL, Verdict::Proven, "trust.listed_server").await;
}

#[tokio::test]
async fn what_the_mail_says_about_itself_counts_from_believed_servers_only() {
    let claim = "Authentication-Results: mx.aurora.example; spf=pass smtp.mailfrom=eva@customer.example\r\n";
    let claimed = format!("{claim}{MAIL}");
    let mut scene = Scene::new().await;
    scene.believed.servers = vec!["mx.aurora.example".to_owned()];
    scene.check("from a stranger", &claimed, Verdict::Failed, "trust.refused_by_domain").await;
    scene.peer = "127.0.0.1";
    scene.check("from the server in front", &claimed, Verdict::Proven, "trust.listed_server").await;
    scene.believed.servers.clear();
    scene.check("from one that nobody named", &claimed, Verdict::Unproven, "trust.refused_by_domain").await;
}

fn sealed(key: &Key, found: &str, mail: &str) -> String {
    let message = AuthenticatedMessage::parse(mail.as_bytes()).unwrap();
    let results = AuthenticationResults::new("list.example");
    let sealer =
        ArcSealer::from_key(key.key()).domain("list.example").selector("s").headers(["From", "Subject"]);
    // The library has no way to say what we want it to have found, so the name of the server says it.
    let name: &'static str = Box::leak(format!("list.example; {found}").into_boxed_str());
    let results_with = AuthenticationResults::new(name);
    let used = if found.is_empty() { &results } else { &results_with };
    let set = sealer.seal(&message, used, &mail_auth::ArcOutput::default()).unwrap();
    set.to_header() + mail
}

#[tokio::test]
async fn a_seal_counts_from_a_named_domain_while_it_is_whole() {
    let key = Key::new();
    let mut scene = Scene::new().await.with_key("list.example", &key);
    let mail = sealed(&key, "dmarc=pass header.from=customer.example", MAIL);
    scene.check("sealed by nobody we know", &mail, Verdict::Failed, "trust.refused_by_domain").await;
    scene.believed.seals = vec!["list.example".to_owned()];
    scene.check("sealed", &mail, Verdict::Proven, "trust.sealed").await;
    scene
        .check(
            "changed behind the seal",
            &mail.replace("leaks", "works"),
            Verdict::Failed,
            "trust.refused_by_domain",
        )
        .await;
    let failed = sealed(&key, "dmarc=fail header.from=customer.example", MAIL);
    scene.check("it had failed there", &failed, Verdict::Failed, "trust.refused_by_domain").await;
    let other = sealed(&key, "dmarc=pass header.from=other.example", MAIL);
    scene.check("somebody else was proven there", &other, Verdict::Failed, "trust.refused_by_domain").await;
}

/// The clock of a paused test stands while another thread works, so it is pushed.
async fn time_passes() {
    loop {
        tokio::time::advance(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_answers_a_mail_is_not_checked_and_not_late() {
    let key = Key::new();
    let scene = Scene::new().await.with_key("customer.example", &key);
    scene.names.fall_silent();
    let checker =
        Checker::new(Dns::open(Some(scene.names.address), Memory::Kept).unwrap(), Believed::default());
    let mail = key.sign("customer.example", MAIL);
    let incoming = read(mail.as_bytes());
    for _ in 0..3 {
        let (raw, bytes) = (scene.raw(), Arc::new(mail.clone().into_bytes()));
        let checked = tokio::select! {
            checked = checker.check(&raw, bytes, &incoming) => checked,
            () = time_passes() => unreachable!("time has no end"),
        };
        let judged = judge(Some(&"eva@customer.example".parse().unwrap()), &checked);
        assert_eq!(judged.verdict, Verdict::NotChecked, "{judged:?}");
    }
    assert!(scene.names.asked() < 60, "a DNS that is down is left alone: {}", scene.names.asked());
}
