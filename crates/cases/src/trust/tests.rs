//! Verdicts: what proves a sender, what doesn't, and what a forged mail looks like.

use super::*;

fn from() -> EmailAddress {
    "eva@customer.example".parse().unwrap()
}

/// A mail from Eva that was checked to the end, and by which nothing was found.
fn plain() -> Checked {
    Checked { reached: Reached::Everything, froms: vec![from().to_string()], ..Checked::default() }
}

fn signed(domain: &str, worth: Worth) -> Signature {
    Signature { domain: domain.to_owned(), worth, covers_reply_to: Covers::Yes }
}

fn server(domain: &str, outcome: Outcome) -> Option<Server> {
    Some(Server { domain: domain.to_owned(), outcome, told_by: String::new() })
}

fn seal(outcome: Outcome, named: Named, found: Found) -> Option<Seal> {
    Some(Seal { domain: "list.example".to_owned(), outcome, named, found })
}

fn check(what: &str, checked: Checked, verdict: Verdict, codes: &[&str]) {
    let judged = judge(Some(&from()), &checked);
    let found: Vec<&str> = judged.because.iter().map(|because| because.code.as_str()).collect();
    assert_eq!((judged.verdict, found.as_slice()), (verdict, codes), "{what}: {judged:?}");
    let vouches = if verdict == Verdict::Proven { "customer.example" } else { "" };
    assert_eq!(judged.domain, vouches, "{what}");
}

#[test]
fn a_domain_vouches_by_signature_or_server() {
    let aligned = |wish| Checked { wish, ..plain() };
    let right = vec![signed("mail.customer.example", Worth::Right)];
    let signature = Checked { signatures: right.clone(), ..plain() };
    check("signed", signature, Verdict::Proven, &["trust.signed"]);
    let listed = Checked { server: server("bounce.customer.example", Outcome::Pass), ..plain() };
    check("from a listed server", listed, Verdict::Proven, &["trust.listed_server"]);
    let close = Checked { signatures: right.clone(), ..aligned(Wish::Refuse(Alignment::Close)) };
    check("signed, and refused otherwise", close, Verdict::Proven, &["trust.signed"]);
    let loose = Checked {
        signatures: right,
        server: server("x.example", Outcome::Neutral),
        ..aligned(Wish::Refuse(Alignment::Loose))
    };
    check(
        "signed by a subdomain where only the domain itself counts",
        loose,
        Verdict::Failed,
        &["trust.refused_by_domain"],
    );
}

#[test]
fn what_another_domain_says_proves_nothing() {
    let other = Checked {
        signatures: vec![signed("sendgrid.example", Worth::Right)],
        server: server("evil.example", Outcome::Pass),
        ..plain()
    };
    let codes = ["trust.unproven", "trust.signed_by_other", "trust.other_server"];
    check("others' signature and server", other, Verdict::Unproven, &codes);
    let suffix = Checked { signatures: vec![signed("example", Worth::Right)], ..plain() };
    check("signed by a suffix", suffix, Verdict::Unproven, &["trust.unproven", "trust.signed_by_other"]);
}

#[test]
fn a_mail_that_its_domain_disowns_has_failed() {
    let disowned = Checked {
        wish: Wish::Refuse(Alignment::Loose),
        server: server("customer.example", Outcome::Fail),
        signatures: vec![signed("customer.example", Worth::Broken)],
        ..plain()
    };
    let codes = ["trust.refused_by_domain", "trust.broken_signature", "trust.unlisted_server"];
    check("everything wrong", disowned.clone(), Verdict::Failed, &codes);
    let fetched = Checked { server: None, ..disowned.clone() };
    check(
        "its server isn't known",
        fetched,
        Verdict::Unproven,
        &["trust.refused_by_domain", "trust.broken_signature"],
    );
    let lenient = Checked { wish: Wish::Nothing(Alignment::Loose), ..disowned.clone() };
    check(
        "a domain that asks for nothing",
        lenient,
        Verdict::Unproven,
        &["trust.unproven", codes[1], codes[2]],
    );
    let silent = Checked { wish: Wish::Unsaid, ..disowned };
    check("a domain that says nothing", silent, Verdict::Unproven, &["trust.unproven", codes[1], codes[2]]);
}

#[test]
fn a_signature_counts_only_while_it_is_right() {
    for (worth, code) in [
        (Worth::Broken, "trust.broken_signature"),
        (Worth::Expired, "trust.expired_signature"),
        (Worth::WithoutKey, "trust.no_key"),
        (Worth::Weak, "trust.weak_signature"),
    ] {
        let checked = Checked { signatures: vec![signed("customer.example", worth)], ..plain() };
        check(code, checked, Verdict::Unproven, &["trust.unproven", code]);
    }
}

#[test]
fn without_an_answer_nobody_is_accused() {
    let disowned = Checked {
        wish: Wish::Refuse(Alignment::Loose),
        server: server("customer.example", Outcome::Fail),
        ..plain()
    };
    let late = Checked { reached: Reached::OutOfTime, ..plain() };
    check("no answer at all", late, Verdict::NotChecked, &["trust.no_answer"]);
    let key = Checked { signatures: vec![signed("customer.example", Worth::Unknown)], ..disowned.clone() };
    check("no answer about its key", key, Verdict::NotChecked, &["trust.no_answer", "trust.unlisted_server"]);
    let others = Checked { signatures: vec![signed("other.example", Worth::Unknown)], ..disowned };
    check(
        "no answer about another's key",
        others,
        Verdict::Failed,
        &["trust.refused_by_domain", "trust.unlisted_server"],
    );
    let known = Checked {
        signatures: vec![signed("customer.example", Worth::Right)],
        reached: Reached::OutOfTime,
        ..plain()
    };
    check("proven before time was over", known, Verdict::Proven, &["trust.signed"]);
    assert_eq!(judge(Some(&from()), &Checked::default()).verdict, Verdict::NotChecked);
    assert!(judge(Some(&from()), &Checked::default()).because.is_empty());
}

#[test]
fn a_seal_counts_only_from_servers_that_somebody_named() {
    let forwarded = Checked {
        wish: Wish::Refuse(Alignment::Loose),
        server: server("list.example", Outcome::Pass),
        ..plain()
    };
    for (found, verdict, codes) in [
        (
            seal(Outcome::Pass, Named::Yes, Found::Vouched),
            Verdict::Proven,
            vec!["trust.sealed", "trust.other_server"],
        ),
        (
            seal(Outcome::Pass, Named::No, Found::Vouched),
            Verdict::Failed,
            vec!["trust.refused_by_domain", "trust.other_server", "trust.seal"],
        ),
        (
            seal(Outcome::Pass, Named::Yes, Found::Other),
            Verdict::Failed,
            vec!["trust.refused_by_domain", "trust.other_server", "trust.seal"],
        ),
        (
            seal(Outcome::Fail, Named::Yes, Found::Vouched),
            Verdict::Failed,
            vec!["trust.refused_by_domain", "trust.other_server", "trust.seal"],
        ),
        (
            seal(Outcome::Unknown, Named::Yes, Found::Vouched),
            Verdict::Failed,
            vec!["trust.refused_by_domain", "trust.other_server"],
        ),
    ] {
        check("sealed", Checked { seal: found, ..forwarded.clone() }, verdict, &codes);
    }
}

#[test]
fn several_senders_prove_nobody() {
    let right = vec![signed("customer.example", Worth::Right)];
    for froms in [vec!["eva@customer.example", "x@evil.example"], vec!["x@evil.example"], vec![]] {
        let froms = froms.into_iter().map(ToOwned::to_owned).collect();
        check(
            "several",
            Checked { froms, signatures: right.clone(), ..plain() },
            Verdict::Unproven,
            &["trust.several_senders"],
        );
    }
    let nobody = judge(None, &Checked { signatures: right, ..plain() });
    assert_eq!((nobody.verdict, nobody.because[0].code.as_str()), (Verdict::Unproven, "trust.no_sender"));
}

#[test]
fn answers_go_elsewhere_only_within_a_proven_organisation() {
    let unsigned = |domain: &str| Signature { covers_reply_to: Covers::No, ..signed(domain, Worth::Right) };
    let listed = Checked { server: server("customer.example", Outcome::Pass), ..plain() };
    for (what, asked, checked, expected) in [
        (
            "same organisation",
            "help@mail.customer.example",
            Checked { signatures: vec![signed("customer.example", Worth::Right)], ..plain() },
            Answers::ToReplyTo,
        ),
        ("same, by its server", "help@customer.example", listed.clone(), Answers::ToReplyTo),
        ("another organisation", "x@evil.example", listed, Answers::ToSender),
        ("unproven", "help@customer.example", plain(), Answers::ToSender),
        (
            "added afterwards",
            "help@customer.example",
            Checked { signatures: vec![unsigned("customer.example")], ..plain() },
            Answers::ToSender,
        ),
        ("not checked", "help@customer.example", Checked::default(), Answers::ToSender),
    ] {
        let judged = judge(Some(&from()), &checked);
        assert_eq!(answers(&from(), &asked.parse().unwrap(), &judged, &checked), expected, "{what}");
    }
}

fn asks(verdict: Verdict, answers: Answers, chosen: Option<Answers>, asked: &str) -> Trust {
    let domain = "customer.example".to_owned();
    Trust { verdict, answers, chosen, domain, reply_to: asked.to_owned(), ..Trust::default() }
}

#[test]
fn a_person_chooses_unless_a_forger_named_the_address() {
    use Answers::{ToReplyTo, ToSender};
    use Verdict::{Failed, NotChecked, Proven, Unproven};
    let (near, far) = ("office@customer.example", "eva@elsewhere.example");
    for (trust, other, code) in [
        (asks(Proven, ToReplyTo, None, near), Some(ToSender), "vouched"),
        (asks(Proven, ToSender, None, near), Some(ToReplyTo), "unsigned"),
        (asks(Proven, ToSender, None, far), Some(ToReplyTo), "other_domain"),
        (asks(Unproven, ToSender, None, near), Some(ToReplyTo), "unproven"),
        (asks(NotChecked, ToSender, None, far), Some(ToReplyTo), "unproven"),
        (asks(Unproven, ToSender, Some(ToReplyTo), far), Some(ToSender), "chosen"),
        (asks(Proven, ToReplyTo, Some(ToSender), near), Some(ToReplyTo), "chosen"),
        (asks(Failed, ToSender, None, near), None, "forged"),
        (asks(Failed, ToSender, Some(ToReplyTo), near), Some(ToSender), "chosen"),
    ] {
        let goes_there = trust.answers_go() == ToReplyTo;
        let to = if goes_there { trust.reply_to.clone() } else { from().to_string() };
        assert_eq!(recipient(from(), Some(&trust)).as_str(), to, "{trust:?}");
        assert_eq!(trust.other_choice(), other, "{trust:?}");
        let because = why(&from(), &trust).unwrap();
        assert_eq!(because.code, format!("trust.answers_{code}"));
        let place = match (goes_there, code) {
            (true, _) => "They go there",
            (false, "forged") => "They don't go there",
            (false, _) => "They go to eva@",
        };
        assert!(because.sentence.contains(place), "{}", because.sentence);
    }
    let plain = Trust::default();
    assert_eq!((recipient(from(), None), plain.other_choice(), why(&from(), &plain)), (from(), None, None));
}

#[test]
fn what_was_left_unasked_is_not_checked() {
    let unasked = Checked { reached: Reached::OutOfTime, ..Checked::default() };
    check("nothing was asked", unasked, Verdict::NotChecked, &["trust.no_answer"]);
}
