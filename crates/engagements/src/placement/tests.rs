//! Tests of placement: a client with its own team and five partners.

use super::*;
use crate::terms::{LanguageAsked, Translation};
use kernel::{Id, Level};

const IN_HOUSE: u128 = 1;
const LISBON: u128 = 2;
const NIGHTS: u128 = 3;
const WARSAW: u128 = 4;
const OVENS: u128 = 5;
const HELP: u128 = 6;

fn id(number: u128) -> EngagementId {
    EngagementId::from_uuid(uuid::Uuid::from_u128(number))
}

fn candidate(number: u128, name: &str, side: Side, terms: Terms) -> Candidate {
    Candidate { engagement: id(number), name: name.to_owned(), side, terms, is_open: true, is_helping: false }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn asked(language: &str) -> LanguageAsked {
    let language = language.parse().unwrap();
    LanguageAsked { language, reading: Level::C1, writing: Level::C1, speaking: Level::None }
}

fn all() -> Vec<Candidate> {
    let of = |kind| Terms { kind, ..Terms::default() };
    let scope = Scope { intents_out: words(&["legal"]), ..Scope::default() };
    let queue = Terms { languages: vec![asked("pl"), asked("lt")], ..of(EngagementKind::LanguageQueue) };
    let products = Scope { products: words(&["oven"]), ..Scope::default() };
    vec![
        candidate(IN_HOUSE, "In-house", Side::Client, Terms::default()),
        candidate(LISBON, "Lisbon", Side::Partner, Terms { scope, ..of(EngagementKind::Dedicated) }),
        Candidate {
            is_open: false,
            ..candidate(NIGHTS, "Lisbon Nights", Side::Partner, of(EngagementKind::AfterHours))
        },
        candidate(WARSAW, "Warsaw", Side::Partner, queue),
        candidate(
            OVENS,
            "Oven recall",
            Side::Partner,
            Terms { scope: products, ..of(EngagementKind::Project) },
        ),
        candidate(HELP, "Vilnius", Side::Partner, of(EngagementKind::Overflow)),
    ]
}

fn matter() -> Matter {
    Matter {
        intent: String::new(),
        product: String::new(),
        country: None,
        channel: Channel::Email,
        language: "de".parse().unwrap(),
        tier: Tier::L1,
    }
}

fn check(candidates: &[Candidate], mailboxs: u128, matter: &Matter, expected: (u128, &str)) -> String {
    let (found, because) = place(candidates, id(mailboxs), "Berlin", matter).unwrap();
    assert_eq!((found, because.code.as_str()), (id(expected.0), expected.1), "{}", because.sentence);
    because.sentence
}

#[test]
fn language_comes_before_matter_and_matter_before_the_mailbox() {
    let with = |language: &str, intent: &str, product: &str| Matter {
        language: language.parse().unwrap(),
        intent: intent.to_owned(),
        product: product.to_owned(),
        ..matter()
    };
    check(&all(), LISBON, &with("de", "", ""), (LISBON, "placement.mailbox"));
    check(&all(), IN_HOUSE, &with("de", "", ""), (IN_HOUSE, "placement.mailbox"));
    check(&all(), LISBON, &with("pl", "", ""), (WARSAW, "placement.language"));
    check(&all(), LISBON, &with("pl", "", "oven"), (WARSAW, "placement.language"));
    check(&all(), LISBON, &with("de", "", "Oven"), (OVENS, "placement.scope"));
    check(&all(), LISBON, &with("de", "", "fridge"), (LISBON, "placement.mailbox"));
    let sentence = check(&all(), LISBON, &with("de", "legal", ""), (IN_HOUSE, "placement.left_out"));
    assert_eq!(sentence, "Lisbon leaves it to the client’s own team: it doesn’t answer “legal”.");
    let unknown = Matter { language: LanguageTag::unknown(), ..matter() };
    check(&all(), LISBON, &unknown, (LISBON, "placement.mailbox"));
}

#[test]
fn after_hours_whoever_is_there_answers() {
    let at_night = |open: &[u128]| -> Vec<Candidate> {
        let is_open = |one: &Candidate| open.iter().any(|number| id(*number) == one.engagement);
        all().into_iter().map(|one| Candidate { is_open: is_open(&one), ..one }).collect()
    };
    let sentence = check(&at_night(&[NIGHTS]), LISBON, &matter(), (NIGHTS, "placement.after_hours"));
    assert_eq!(sentence, "It is after hours in Berlin, and Lisbon Nights answers then.");
    check(&at_night(&[]), LISBON, &matter(), (LISBON, "placement.mailbox"));
    check(&at_night(&[LISBON, NIGHTS]), LISBON, &matter(), (LISBON, "placement.mailbox"));
    let polish = Matter { language: "pl".parse().unwrap(), ..matter() };
    check(&at_night(&[LISBON, NIGHTS]), LISBON, &polish, (NIGHTS, "placement.after_hours"));
    check(&at_night(&[LISBON]), LISBON, &polish, (WARSAW, "placement.language"));
    let mut untranslated = at_night(&[NIGHTS]);
    untranslated[2].terms.languages = vec![asked("en")];
    check(&untranslated, LISBON, &matter(), (NIGHTS, "placement.after_hours"));
    untranslated[2].terms.policy.translation = Translation::Refused;
    check(&untranslated, LISBON, &matter(), (LISBON, "placement.mailbox"));
}

#[test]
fn overflow_helps_whoever_is_open() {
    let helping = |is_open: bool| -> Vec<Candidate> {
        let one = |one: Candidate| Candidate { is_helping: one.engagement == id(HELP), is_open, ..one };
        all().into_iter().filter(|one| one.engagement != id(NIGHTS)).map(one).collect()
    };
    check(&helping(true), IN_HOUSE, &matter(), (HELP, "placement.overflow"));
    check(&helping(false), IN_HOUSE, &matter(), (IN_HOUSE, "placement.mailbox"));
    let polish = Matter { language: "pl".parse().unwrap(), ..matter() };
    check(&helping(true), IN_HOUSE, &polish, (WARSAW, "placement.language"));
}

#[test]
fn countries_channels_and_tiers_are_left_out() {
    let lisbon = |terms: Terms| vec![all().remove(0), candidate(LISBON, "Lisbon", Side::Partner, terms)];
    let scope = |scope: Scope| Terms { scope, ..Terms::default() };
    let german = Scope { countries: vec!["DE".parse().unwrap()], ..Scope::default() };
    let in_spain = Matter { country: Some("ES".parse().unwrap()), ..matter() };
    check(&lisbon(scope(german.clone())), LISBON, &in_spain, (IN_HOUSE, "placement.left_out"));
    check(&lisbon(scope(german)), LISBON, &matter(), (LISBON, "placement.mailbox"));
    let chats = Scope { channels: vec![Channel::Chat], ..Scope::default() };
    check(&lisbon(scope(chats)), LISBON, &matter(), (IN_HOUSE, "placement.left_out"));
    let tiers = vec![crate::terms::TierTaken { tier: Tier::L1, stops_at: String::new() }];
    let first = Terms { tiers, ..Terms::default() };
    check(&lisbon(first.clone()), LISBON, &matter(), (LISBON, "placement.mailbox"));
    check(&lisbon(first), LISBON, &Matter { tier: Tier::L2, ..matter() }, (IN_HOUSE, "placement.left_out"));
}

#[test]
fn what_isnt_in_force_answers_nothing() {
    let own = || vec![all().remove(0)];
    check(&own(), LISBON, &matter(), (IN_HOUSE, "placement.in_house"));
    assert!(place(&[], id(LISBON), "Berlin", &matter()).is_none());
    let refused =
        Terms { scope: Scope { intents_out: words(&["legal"]), ..Scope::default() }, ..Terms::default() };
    let alone = [candidate(LISBON, "Lisbon", Side::Partner, refused)];
    let legal = Matter { intent: "legal".to_owned(), ..matter() };
    check(&alone, LISBON, &legal, (LISBON, "placement.nobody_else"));
}
