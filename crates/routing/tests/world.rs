//! Random worlds: people, kinds of cases, and things that happen.

use kernel::Instant;
use routing::{Ask, Clients, Countries, Languages, Person, Policy, Skills, Translation};
use std::time::Duration;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn small(&mut self, bound: u64) -> u16 {
        u16::try_from(self.below(bound)).expect("a small bound")
    }

    fn some(&mut self, bound: u64, of_ten: u64) -> Vec<u16> {
        let bound = u16::try_from(bound).expect("a small bound");
        (0..bound).filter(|_| self.below(10) < of_ten).collect()
    }
}

/// How large a world is.
#[derive(Clone, Copy)]
pub struct Size {
    pub people: u64,
    pub languages: u64,
    pub clients: u64,
}

pub const SMALL: Size = Size { people: 6, languages: 3, clients: 3 };

pub fn person(chance: &mut Chance, size: Size) -> Person {
    let native = chance.some(size.languages, 4);
    let certified = chance.some(size.languages, 3);
    let scarce = native.iter().chain(&certified).max().copied().unwrap_or_default();
    Person {
        clients: Clients::of(&chance.some(size.clients, 6)),
        native: Languages::of(&native),
        certified: Languages::of(&certified),
        written: Languages::of(&chance.some(size.languages, 4)),
        translated: Languages::of(&chance.some(size.languages, 5)),
        scarce,
        skills: Skills::of(&chance.some(3, 7)),
        country: chance.small(3),
        capacity: 1 + chance.small(3),
    }
}

pub fn ask(chance: &mut Chance, size: Size) -> Ask {
    let countries = if chance.below(3) == 0 { vec![0, 1] } else { vec![0, 1, 2] };
    let translation = if chance.below(3) == 0 { Translation::Refused } else { Translation::Allowed };
    Ask {
        client: chance.small(size.clients),
        language: chance.small(size.languages),
        skills: Skills::of(&chance.some(3, 2)),
        policy: Policy { countries: Countries::of(&countries), translation },
        effort: 1 + chance.small(2),
        handling: Duration::from_secs(60 * (1 + chance.below(30))),
        target: Duration::from_secs(600 * (1 + chance.below(24))),
        weight: 1 + chance.small(3),
    }
}

/// Something that happens; people and cases are named by numbers that are taken modulo how many there are.
#[derive(Clone, Debug)]
pub enum Happening {
    Begins { person: u64, minutes: u64 },
    Ends { person: u64 },
    Pauses { person: u64 },
    Resumes { person: u64 },
    Changes { person: u64, to: Person },
    Arrives { ask: u64 },
    GivenBack { case: u64 },
    Finished { case: u64, minutes: u64 },
}

pub fn happening(chance: &mut Chance, size: Size) -> Happening {
    let person = chance.below(size.people);
    match chance.below(100) {
        0..8 => Happening::Begins { person, minutes: 20 + chance.below(60 * (2 + size.people)) },
        8..12 => Happening::Ends { person },
        12..14 => Happening::Pauses { person },
        14..18 => Happening::Resumes { person },
        18..19 => Happening::Changes { person, to: self::person(chance, size) },
        19..58 => Happening::Arrives { ask: chance.below(1 << 30) },
        58..63 => Happening::GivenBack { case: chance.below(1 << 30) },
        _ => Happening::Finished { case: chance.below(1 << 30), minutes: chance.below(40) },
    }
}

/// Time goes on in uneven steps, sometimes not at all.
pub fn later(chance: &mut Chance, now: Instant) -> Instant {
    now.plus(Duration::from_secs(chance.below(240)))
}
