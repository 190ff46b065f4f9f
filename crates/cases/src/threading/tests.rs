//! Threading: tables of what joins and what opens, subjects, and signed addresses.

use super::{
    Candidates, Facts, FoundBy, Likeness, Match, Origin, Standing, Writer, alike, candidates, normal_subject,
    references_in_subject, reply_address, sign, tagged_subject, thread, verify,
};
use crate::{
    correspondence::Correspondence,
    incoming::{Correspondent, Incoming},
};
use kernel::{CaseId, ClientId, CustomerId, EmailAddress, Instant};

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(n: u32) -> T {
    format!("{n:032x}").parse().unwrap()
}

fn found(by: FoundBy, case: u32) -> Match {
    Match {
        by,
        case: id::<CaseId>(case),
        client: id::<ClientId>(1),
        customer: id::<CustomerId>(7),
        was_of: None,
        subject: "Coffee machine leaks".to_owned(),
        standing: Standing::Open,
        last_message_at: Instant::from_micros(0),
    }
}

fn facts(matches: Vec<Match>) -> Facts {
    Facts {
        client: id(1),
        customer: Some(id(7)),
        sender: "eva@customer.example".to_owned(),
        writer: Writer::Person,
        origin: Origin::Usual,
        subject: "RE: coffee machine leaks!".to_owned(),
        arrived_at: Instant::from_micros(0).plus_days(2),
        correspondence: Correspondence::default(),
        matches,
    }
}

fn check(facts: &Facts, join: Option<u32>, code: &str) {
    let decision = thread(facts);
    assert_eq!(decision.join, join.map(id), "{decision:?}");
    assert_eq!(decision.because.code, code, "{decision:?}");
}

#[test]
fn each_sign_joins_with_its_reason() {
    for (by, code) in [
        (FoundBy::OurMessageId, "threading.our_message_id"),
        (FoundBy::KnownMessageId, "threading.known_message_id"),
        (FoundBy::SignedAddress, "threading.signed_address"),
        (FoundBy::SubjectReference, "threading.subject_reference"),
        (FoundBy::SameCustomer, "threading.same_subject"),
    ] {
        check(&facts(vec![found(by, 3)]), Some(3), code);
    }
}

#[test]
fn the_strongest_sign_wins_in_any_order() {
    let all = vec![
        found(FoundBy::SameCustomer, 5),
        found(FoundBy::SubjectReference, 4),
        found(FoundBy::SignedAddress, 3),
        found(FoundBy::OurMessageId, 2),
    ];
    check(&facts(all.clone()), Some(2), "threading.our_message_id");
    check(&facts(all.into_iter().rev().collect()), Some(2), "threading.our_message_id");
}

#[test]
fn among_equals_the_newest_case_wins() {
    let newer = Match { last_message_at: Instant::from_micros(9), ..found(FoundBy::KnownMessageId, 8) };
    check(&facts(vec![found(FoundBy::KnownMessageId, 3), newer]), Some(8), "threading.known_message_id");
}

#[test]
fn another_clients_case_is_never_joined() {
    for by in [
        FoundBy::OurMessageId,
        FoundBy::KnownMessageId,
        FoundBy::SignedAddress,
        FoundBy::SubjectReference,
        FoundBy::SameCustomer,
    ] {
        let foreign = facts(vec![Match { client: id(2), ..found(by, 3) }]);
        check(&foreign, None, "threading.opens");
        assert_eq!(thread(&foreign).ignored[0].code, "threading.other_client");
    }
    let weaker_but_ours =
        vec![Match { client: id(2), ..found(FoundBy::OurMessageId, 3) }, found(FoundBy::SameCustomer, 4)];
    check(&facts(weaker_but_ours), Some(4), "threading.same_subject");
}

#[test]
fn weak_signs_need_more() {
    let stranger = Facts { customer: None, ..facts(vec![found(FoundBy::SubjectReference, 3)]) };
    check(&stranger, None, "threading.opens");
    let stranger = Facts { customer: Some(id(8)), ..facts(vec![found(FoundBy::SameCustomer, 3)]) };
    check(&stranger, None, "threading.opens");
    let closed = Match {
        standing: Standing::Closed { at: Instant::from_micros(0) },
        ..found(FoundBy::SameCustomer, 3)
    };
    check(&facts(vec![closed]), None, "threading.opens");
    let late = Facts {
        arrived_at: Instant::from_micros(0).plus_days(8),
        ..facts(vec![found(FoundBy::SameCustomer, 3)])
    };
    check(&late, None, "threading.opens");
    let other = Facts { subject: "Invoice".to_owned(), ..facts(vec![found(FoundBy::SameCustomer, 3)]) };
    check(&other, None, "threading.opens");
    let no_subject = Match { subject: String::new(), ..found(FoundBy::SameCustomer, 3) };
    check(&Facts { subject: "Re:".to_owned(), ..facts(vec![no_subject]) }, None, "threading.opens");
    let closed = Match {
        standing: Standing::Closed { at: Instant::from_micros(0) },
        ..found(FoundBy::OurMessageId, 3)
    };
    check(&facts(vec![closed]), Some(3), "threading.our_message_id");
}

#[test]
fn subjects_of_one_thread_are_the_same() {
    for (subject, expected) in [
        ("Coffee machine leaks", "coffee machine leaks"),
        ("Re: Re: RE:Coffee machine leaks", "coffee machine leaks"),
        ("AW: WG: Kaffeemaschine – defekt!", "kaffeemaschine defekt"),
        ("Odp: Zepsuty ekspres", "zepsuty ekspres"),
        ("Ats.: Sugedęs aparatas", "sugedęs aparatas"),
        ("Rép : Machine à café", "machine à café"),
        ("Re[2]: RE(3): x", "x"),
        ("SV: [EXTERN] Re: Hej", "hej"),
        ("Re: Coffee [#K7QM-3XTP] machine", "coffee machine"),
        ("[#K7QM-3XTP]", ""),
        ("[Urgent]", "urgent"),
        ("Order: 5 machines", "order 5 machines"),
        ("Re: ", ""),
        ("", ""),
    ] {
        assert_eq!(normal_subject(subject), expected, "{subject}");
    }
}

#[test]
fn references_are_read_as_people_write_them() {
    for (subject, expected) in [
        ("Re: Coffee [#K7QM-3XTP]", vec!["K7QM3XTP"]),
        ("about #k7qm3xtp, please", vec!["K7QM3XTP"]),
        ("[#KOQM-3XTL] [#K0QM-3XT1]", vec!["K0QM3XT1"]),
        ("[#K7QM-3XTP] and [#AAAA-BBBB]", vec!["K7QM3XTP", "AAAABBBB"]),
        ("AW: Ihre Anfrage K7QM-3XTP", vec!["K7QM3XTP"]),
        ("Re: K7QM3XTP", vec!["K7QM3XTP"]),
        ("Case K7QM-3XTP: coffee", vec!["K7QM3XTP"]),
        ("WG: [Ticket: k7qm 3xtp] Kaffee", vec!["K7QM3XTP"]),
        ("RE: (#K7QM–3XTP)", vec!["K7QM3XTP"]),
        ("Odp: zgłoszenie nr k7qm3xtp", vec!["K7QM3XTP"]),
        ("Zadeva št. kaqm-dxtp", vec!["KAQMDXTP"]),
        ("Re: обращение № K7QM-3XTP", vec!["K7QM3XTP"]),
        ("回复: 工单K7QM-3XTP的问题", vec!["K7QM3XTP"]),
        ("お問い合わせ番号：K7QM3XTP", vec!["K7QM3XTP"]),
        ("AB12CD34 and [#K7QM-3XTP]", vec!["K7QM3XTP", "AB12CD34"]),
        ("[#K7QM-3XTPX] #K7Q M3XTP [#K7QM-3XTU] #1", vec![]),
        ("Invoice 2024-2025, PROBLEMS, kettles, 20261123, AB-K7QM-3XTP-1x", vec![]),
        ("Room 1234 5678 and K7QM 3XTP", vec![]),
        ("#ÄÄÄÄ", vec![]),
        ("invoice 12345678", vec![]),
    ] {
        assert_eq!(references_in_subject(subject), expected, "{subject}");
    }
    assert_eq!(tagged_subject("Coffee", "K7QM3XTP"), "Coffee [#K7QM-3XTP]");
    assert_eq!(tagged_subject("Re: Coffee [#k7qm-3xtp]", "K7QM-3XTP"), "Re: Coffee [#k7qm-3xtp]");
    assert_eq!(tagged_subject("", "K7QM-3XTP"), "[#K7QM-3XTP]");
}

#[test]
fn a_reply_address_survives_the_journey_and_cannot_be_made_up() {
    let mailbox: EmailAddress = "help@aurora.example".parse().unwrap();
    let address = reply_address(b"key", &mailbox, "K7QM-3XTP");
    let shouted = Correspondent { name: String::new(), address: address.to_uppercase() };
    let mail = Incoming { to: vec![shouted], ..Incoming::default() };
    let Candidates { signed, .. } = candidates(&mail);
    assert_eq!(signed.len(), 1, "{address}");
    assert_eq!(
        (signed[0].mailbox.as_str(), signed[0].reference.as_str()),
        ("help@aurora.example", "K7QM3XTP")
    );
    assert_eq!(verify(b"key", &signed[0].reference, &signed[0].signature), Ok(()));
    assert!(verify(b"other key", &signed[0].reference, &signed[0].signature).is_err());
    assert!(verify(b"key", "K7QM3XTQ", &signed[0].signature).is_err());
    assert!(verify(b"key", "K7QM3XTP", "").is_err());
    assert!(verify(b"key", "K7QM3XTP", &sign(b"key", "K7QM3XTP")[..9]).is_err());
    let long: EmailAddress = format!("{}@a.example", "x".repeat(60)).parse().unwrap();
    assert_eq!(reply_address(b"key", &long, "K7QM3XTP"), long.as_str());
}

#[test]
fn candidates_come_nearest_first() {
    let ours = format!("{:032x}@aurora.example", 5);
    let mail = Incoming {
        in_reply_to: vec!["b@x".to_owned()],
        references: vec!["a@x".to_owned(), ours.clone(), "b@x".to_owned()],
        subject: "Re: [#K7QM-3XTP]".to_owned(),
        to: vec![Correspondent { name: String::new(), address: "help+news.2024@aurora.example".to_owned() }],
        ..Incoming::default()
    };
    let expected = Candidates {
        our_ids: vec![id(5)],
        message_ids: vec!["b@x".to_owned(), ours, "a@x".to_owned()],
        signed: vec![],
        references_in_subject: vec!["K7QM3XTP".to_owned()],
    };
    assert_eq!(candidates(&mail), expected);
}

#[test]
fn a_case_that_ended_long_ago_is_followed_by_persons_only() {
    let closed = |by| Match { standing: Standing::Closed { at: Instant::from_micros(0) }, ..found(by, 3) };
    let strong =
        [FoundBy::OurMessageId, FoundBy::KnownMessageId, FoundBy::SignedAddress, FoundBy::SubjectReference];
    for by in strong {
        let on =
            |day| Facts { arrived_at: Instant::from_micros(0).plus_days(day), ..facts(vec![closed(by)]) };
        assert_eq!(thread(&on(30)).join, Some(id(3)), "{by:?}");
        let late = thread(&on(31));
        assert_eq!((late.join, late.follows), (None, Some(id(3))), "{by:?}");
        assert_eq!(late.because.code, "threading.follows");
        assert!(late.because.sentence.contains("30 days"), "{late:?}");
        let machine = Facts { writer: Writer::Machine, ..on(400) };
        assert_eq!(thread(&machine).join, Some(id(3)), "{by:?}");
    }
}

#[test]
fn somebody_else_joins_and_is_marked() {
    let marks = |facts: &Facts| thread(facts).marks.into_iter().map(|mark| mark.code).collect::<Vec<_>>();
    let own = facts(vec![found(FoundBy::OurMessageId, 3)]);
    assert_eq!(marks(&own), [""; 0]);
    let other = Facts { customer: Some(id(8)), ..own };
    assert_eq!(marks(&other), ["threading.other_writer"]);
    assert!(thread(&other).marks[0].sentence.contains("eva@customer.example"));
    assert_eq!(marks(&Facts { writer: Writer::Machine, ..other.clone() }), [""; 0]);
    assert_eq!(marks(&Facts { writer: Writer::OneOfUs, ..other }), [""; 0]);
}

#[test]
fn a_message_id_of_many_customers_joins_only_ones_own_case() {
    let shared = |case, customer| Match { customer: id(customer), ..found(FoundBy::KnownMessageId, case) };
    let newer = Match { last_message_at: Instant::from_micros(9), ..shared(4, 8) };
    let both = facts(vec![newer, shared(3, 7)]);
    check(&both, Some(3), "threading.known_message_id");
    let stranger = Facts { customer: Some(id(9)), ..both };
    check(&stranger, None, "threading.opens");
    assert_eq!(thread(&stranger).ignored[0].code, "threading.ambiguous");
    let one_customer = Facts { customer: Some(id(9)), ..facts(vec![shared(3, 7), shared(5, 7)]) };
    check(&one_customer, Some(3), "threading.known_message_id");
}

#[test]
fn subjects_are_the_same_nearly_or_not() {
    for (one, other, expected) in [
        ("Re: Coffee machine leaks", "coffee machine leaks", Likeness::Same),
        ("Coffee machine leaks (urgent!)", "Coffee machine leaks", Likeness::Near),
        ("Coffee machine leaks [photos]", "AW: Coffee machine leaks (2nd try)", Likeness::Near),
        ("Cofee machine leaks", "Coffee machine leaks", Likeness::Near),
        ("Coffee mahcine leaks", "Coffee machine leaks", Likeness::Near),
        ("Kaffeemaschine undicht", "Kaffeemaschine undicht?", Likeness::Same),
        ("Kaffeemaschine undihct", "Kaffeemaschine undicht", Likeness::Near),
        ("Order 1234 is late", "Order 1235 is late", Likeness::Different),
        ("It stopped working (1)", "It stopped working (2)", Likeness::Different),
        ("Order 1234 is late (again)", "Order 1234 is late", Likeness::Near),
        ("Coffee machine", "Coffee mill", Likeness::Different),
        ("Hello", "Hallo", Likeness::Different),
        ("(urgent)", "(later)", Likeness::Different),
        ("Coffee (machine", "Coffee", Likeness::Different),
        ("", "", Likeness::Different),
    ] {
        assert_eq!(alike(one, other), expected, "{one} | {other}");
        assert_eq!(alike(other, one), expected, "{other} | {one}");
    }
    let long = "ä".repeat(100_000);
    assert_eq!(alike(&long, &long[2..]), Likeness::Different);
}

#[test]
fn the_reference_of_a_merged_case_counts_from_its_customer() {
    let by = FoundBy::SubjectReference;
    let merged = |was_of, customer| Match { was_of, customer: id(customer), ..found(by, 3) };
    check(&facts(vec![merged(Some(id(7)), 8)]), Some(3), "threading.subject_reference");
    assert_eq!(thread(&facts(vec![merged(Some(id(7)), 8)])).marks[0].code, "threading.other_writer");
    check(&facts(vec![merged(Some(id(9)), 8)]), None, "threading.opens");
    check(&facts(vec![merged(None, 8)]), None, "threading.opens");
    let nobody = Facts { customer: None, ..facts(vec![merged(None, 8)]) };
    check(&nobody, None, "threading.opens");
}

#[test]
fn a_forged_mail_joins_by_what_a_forger_cannot_know_only() {
    let forged = |by| Facts { origin: Origin::Disowned, ..facts(vec![found(by, 3)]) };
    check(&forged(FoundBy::OurMessageId), Some(3), "threading.our_message_id");
    check(&forged(FoundBy::SignedAddress), Some(3), "threading.signed_address");
    for by in [FoundBy::KnownMessageId, FoundBy::SubjectReference, FoundBy::SameCustomer] {
        check(&forged(by), None, "threading.opens");
        assert_eq!(thread(&forged(by)).ignored[0].code, "threading.forged", "{by:?}");
    }
    let other = Facts { subject: "Invoice".to_owned(), ..forged(FoundBy::SameCustomer) };
    assert_eq!(thread(&other).ignored, vec![]);
}

#[test]
fn each_client_chooses_how_long_answers_reopen_and_subjects_join() {
    let on = |day, reopens_for_days, same_subject_for_days, found| Facts {
        arrived_at: Instant::from_micros(0).plus_days(day),
        correspondence: Correspondence {
            reopens_for_days,
            same_subject_for_days,
            ..Correspondence::default()
        },
        ..facts(vec![found])
    };
    let closed = Match {
        standing: Standing::Closed { at: Instant::from_micros(0) },
        ..found(FoundBy::OurMessageId, 3)
    };
    check(&on(90, 90, 7, closed.clone()), Some(3), "threading.our_message_id");
    check(&on(91, 90, 7, closed.clone()), None, "threading.follows");
    check(&on(0, 0, 7, closed.clone()), None, "threading.follows");
    let never = thread(&on(1, 0, 7, closed.clone())).because.sentence;
    assert!(never.starts_with("It answers a case that was closed, so"), "{never}");
    let one = thread(&on(2, 1, 7, closed)).because.sentence;
    assert!(one.contains("more than one day ago"), "{one}");
    let subject = || found(FoundBy::SameCustomer, 3);
    check(&on(14, 30, 14, subject()), Some(3), "threading.same_subject");
    check(&on(15, 30, 14, subject()), None, "threading.opens");
    check(&on(0, 30, 0, subject()), None, "threading.opens");
}
