//! Links: what their words say, where they lead, and what stands beside them.

use super::destination;

/// `beside` is what stands behind the link; empty where nothing does.
fn check(words: &str, href: &str, beside: &str) {
    let found = destination(words, href).and_then(|found| found.warning()).unwrap_or_default();
    assert_eq!(found, beside, "{words:?} {href}");
}

#[test]
fn words_that_say_another_host_are_told() {
    check("https://bank.example/login", "https://evil.example/login", "(true host: evil.example)");
    check("bank.example", "https://bank.example.evil.example/", "(true host: bank.example.evil.example)");
    check("Go to www.bank.example now", "http://evil.example", "(true host: evil.example)");
    check("BANK.EXAMPLE", "https://evil.example", "(true host: evil.example)");
    check("  https://\n bank.example /login ", "https://evil.example", "(true host: evil.example)");
    check("ba\u{200b}nk.exam\u{ad}ple", "https://evil.example", "(true host: evil.example)");
    check("bank。example", "https://evil.example", "(true host: evil.example)");
    check("bank.example.", "https://evil.example", "(true host: evil.example)");
    check("(bank.example)", "https://evil.example", "(true host: evil.example)");
    check("https://10.1.2.3/x", "https://evil.example", "(true host: evil.example)");
    check("help@bank.example", "https://evil.example/x", "(true host: evil.example)");
    check("https://localhost/", "https://evil.example", "(true host: evil.example)");
    check("shop.bank.example", "https://bank.example/", "(true host: bank.example)");
    check("bank.example", "https://evil.example:8443/", "(true host: evil.example:8443)");
    check("bank.example", "https:\\\\evil.example\\bank.example", "(true host: evil.example)");
    check("bank.example", " ht\ntps://evil.example", "(true host: evil.example)");
    check("moc.elpmaxe", "https://evil.example/", "(true host: evil.example)");
    check("\u{202e}elpmaxe.knab//:sptth", "https://evil.example/", "(true host: evil.example)");
}

#[test]
fn words_that_agree_or_say_no_host_are_left_alone() {
    check("https://bank.example/login", "https://bank.example/other", "");
    check("Bank.Example", "https://WWW.bank.example.", "");
    check("www.bank.example", "https://bank.example", "");
    check("bank.example", "https://news.bank.example/x?y=z", "");
    check("bank.example:443", "https://bank.example/", "");
    check("help@bank.example", "https://bank.example/contact", "");
    check("Read more", "https://evil.example", "");
    check("report.pdf", "https://files.example/report.pdf", "");
    check("e.g. version 2.10", "https://files.example/", "");
    check("", "https://files.example/", "");
    check("bank.example", "not an address", "");
    check("münchen", "https://files.example", "");
}

#[test]
fn hosts_that_could_be_taken_for_others_are_always_told() {
    check(
        "https://bank.example@evil.example",
        "https://bank.example@evil.example/",
        "(true host: evil.example)",
    );
    check("Sign in", "https://bank.example:pass@evil.example/", "(true host: evil.example)");
    check("аррle.com", "https://аррle.com/", "(true host: xn--le-6kc8da.com)");
    check("Read more", "https://xn--mnchen-3ya.example/", "(true host: xn--mnchen-3ya.example)");
    check(
        "bank.example",
        "https://bank.example⁄login.evil.example",
        "(true host: bank.xn--examplelogin-xk0g.evil.example)",
    );
    check("Read more", "http://0x7f.1/", "(true host: 127.0.0.1)");
    check("Read more", "http://3232235777/", "(true host: 192.168.1.1)");
    check("http://192.168.1.1/", "http://192.168.1.1/", "(true host: 192.168.1.1)");
    check("Read more", "http://[2001:db8::1]/", "(true host: [2001:db8::1])");
}

#[test]
fn those_who_hand_on_are_told_with_whom_they_name() {
    check(
        "https://shop.example/order",
        "https://eu01.links.example/?url=https%3A%2F%2Fshop.example%2Forder&data=1",
        "(true host: eu01.links.example, which names shop.example)",
    );
    check(
        "https://bank.example/",
        "https://bank.example/go?to=https://evil.example/login",
        "(true host: bank.example, which names evil.example)",
    );
    check("Read more", "https://links.example/?url=https%3A%2F%2Fshop.example", "");
    check("bank.example", "https://bank.example/go?back=https://www.bank.example/", "");
    let quiet = destination("Read more", "https://links.example/?u=http://shop.example").unwrap();
    assert_eq!(quiet.title(), "Leads to links.example, which names shop.example");
}

#[test]
fn addresses_and_numbers_are_told_where_they_differ() {
    check("help@bank.example", "mailto:help@bank.example?subject=Hello", "");
    check("Help@Bank.example", "mailto:help@bank.example", "");
    check("Write to us", "mailto:help@bank.example", "");
    check("help@bank.example", "mailto:help@evil.example", "(true address: help@evil.example)");
    check(
        "help@bank.example",
        "mailto:help@bank.example?bcc=spy%40evil.example",
        "(true address: help@bank.example, spy@evil.example)",
    );
    check("https://bank.example", "mailto:x@evil.example", "(true address: x@evil.example)");
    check("bank.example", "mailto:help@bank.example", "");
    check("+351 210 000 123", "tel:+351210000123", "");
    check("210 000 123", "tel:+351-210-000-123", "");
    check("+44 (0)20 7946 0000", "tel:+442079460000", "");
    check("+351 210 000 123", "tel:+19005550123", "(true number: +19005550123)");
    check("Call us", "tel:+351210000123", "");
    check("bank.example", "tel:+351210000123", "(true number: +351210000123)");
    assert_eq!(destination("Call us", "tel:123").unwrap().title(), "Calls 123");
    assert_eq!(destination("us", "mailto:a@b.example").unwrap().title(), "Writes to a@b.example");
    assert_eq!(destination("x", "cid:abc"), None);
}
