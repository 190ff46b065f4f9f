//! Senders who pass themselves off as one of ours, and people who happen to be called alike.

use super::*;

fn ours() -> Ours {
    let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<String>>();
    Ours {
        houses: owned(&["Aurora", "Aurora Support", "Pip & Sons"]),
        persons: owned(&["Ana Sousa", "Łukasz Nowak"]),
        addresses: ["help@aurora.example", "ana.sousa@lisbon.example"]
            .map(|one| one.parse().unwrap())
            .to_vec(),
        domains: owned(&["aurora.example"]),
    }
}

fn check(name: &str, from: &str, expected: &[&str]) {
    let found = lookalikes(name, &from.parse().unwrap(), &ours());
    let codes: Vec<&str> = found.iter().map(|because| because.code.as_str()).collect();
    assert_eq!(codes, expected, "{name} <{from}>: {found:?}");
}

#[test]
fn a_name_of_ours_at_another_address_is_marked() {
    for (name, from) in [
        ("Aurora Support", "x@evil.example"),
        ("AURORA SUPPORT", "x@evil.example"),
        ("Support Aurora", "x@evil.example"),
        ("Aurora Support Team", "x@evil.example"),
        ("Аurоrа Support", "x@evil.example"),
        ("Aurora Kundendienst", "x@evil.example"),
        ("Au\u{200b}rora Help Desk", "x@evil.example"),
        ("Pip & Sons", "x@evil.example"),
        ("Аurоrа", "x@evil.example"),
        ("Aurora", "support@evil.example"),
        ("Aurora", "aurora-support@evil.example"),
        ("\"Aurora Support\"", "help@aurora.example.evil.com"),
    ] {
        check(name, from, &["trust.name_like_ours"]);
    }
}

#[test]
fn the_whole_name_of_one_of_us_is_marked() {
    for name in
        ["Ana Sousa", "Sousa, Ana", "ANA SOUSA", "Ana Sousa (Aurora)", "Аnа Sousa", "Ana Sousa - Support"]
    {
        check(name, "ana@freemail.example", &["trust.name_like_person"]);
    }
}

#[test]
fn people_who_are_called_alike_are_left_alone() {
    for (name, from) in [
        ("Ana", "ana@customer.example"),
        ("Ana Novak", "ana@customer.example"),
        ("Sousa", "info@sousa.example"),
        ("Aurora Müller", "aurora.mueller@customer.example"),
        ("Aurora", "aurora@customer.example"),
        ("Pip", "pip@customer.example"),
        ("Ana Maria Sousa", "am@customer.example"),
        ("Sons of Pip Ltd", "x@customer.example"),
        ("Support", "support@customer.example"),
        ("Customer Service", "service@customer.example"),
        ("", "x@customer.example"),
        ("Борис Новак", "boris@customer.example"),
        ("Łukasz Kowalski", "l@customer.example"),
    ] {
        check(name, from, &[]);
    }
}

#[test]
fn ours_may_be_called_ours() {
    check("Aurora Support", "help@aurora.example", &[]);
    check("Aurora Support", "help+k7qm3xtp.4f0x9w2c1m@aurora.example", &[]);
    check("Ana Sousa", "ana.sousa@lisbon.example", &[]);
}

#[test]
fn another_address_in_the_name_is_told() {
    for (name, from) in [
        ("eva@bank.example", "x@evil.example"),
        ("Eva <eva@bank.example>", "x@evil.example"),
        ("Eva (eva@bank.example)", "x@evil.example"),
        ("'help@aurora.example' via List", "x@evil.example"),
        ("help＠aurora.example", "x@evil.example"),
    ] {
        check(name, from, &["trust.name_hides_address"]);
    }
    for (name, from) in [
        ("eva@customer.example", "eva@customer.example"),
        ("Eva@Customer.Example", "eva@customer.example"),
        ("info@customer.example", "noreply@mail.customer.example"),
        ("eva @ home", "eva@customer.example"),
        ("@eva", "eva@customer.example"),
    ] {
        check(name, from, &[]);
    }
    let found = lookalikes("help@aurora.example", &"x@evil.example".parse().unwrap(), &ours());
    assert!(found[0].sentence.contains("our address help@aurora.example"), "{found:?}");
}

#[test]
fn a_domain_that_looks_like_ours_is_marked() {
    for from in [
        "x@aurоra.example",
        "x@xn--aurra-lye.example",
        "x@aurrora.example",
        "x@aurora-support.example",
        "x@help-aurora.example",
        "x@mail.auroar.example",
        "x@aur0ra.example",
    ] {
        check("Eva Novak", from, &["trust.domain_like_ours"]);
    }
    for from in [
        "x@aurora.example",
        "x@it.aurora.example",
        "x@aurora-borealis.example",
        "x@aurelia.example",
        "x@aurora.org",
    ] {
        check("Eva Novak", from, &[]);
    }
}
