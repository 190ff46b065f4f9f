//! What routing knows of people and cases: plain values that whoever asks fills in. Languages, skills, clients and countries are numbers
//! that the asker hands out.

use kernel::Instant;
use std::time::Duration;

macro_rules! set {
    ($(#[$doc:meta])* $name:ident, $words:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name([u64; $words]);

        impl $name {
            /// How many numbers there are, from 0.
            pub const MOST: u16 = $words * 64;

            /// Those of these numbers; such as are too large are left out.
            pub fn of(numbers: &[u16]) -> Self {
                let mut set = Self::default();
                for number in numbers.iter().filter(|number| **number < Self::MOST) {
                    set.0[usize::from(number / 64)] |= 1 << (number % 64);
                }
                set
            }

            /// Whether a number is among them.
            #[inline]
            pub fn has(&self, number: u16) -> bool {
                number < Self::MOST && self.0[usize::from(number / 64)] >> (number % 64) & 1 == 1
            }

            /// Whether all of another set are among them.
            #[inline]
            pub fn has_all(&self, other: &Self) -> bool {
                self.0.iter().zip(&other.0).all(|(ours, theirs)| theirs & !ours == 0)
            }

            /// The numbers, in order.
            #[inline]
            pub fn numbers(&self) -> impl Iterator<Item = u16> {
                (0u16..).zip(self.0).flat_map(|(place, mut word)| {
                    std::iter::from_fn(move || {
                        let bit = (word != 0).then(|| word.trailing_zeros() as u16)?;
                        word &= word - 1;
                        Some(place * 64 + bit)
                    })
                })
            }
        }
    };
}

set!(
    /// Languages.
    Languages, 2
);
set!(
    /// Skills: hardware, software, families of equipment, certified intents.
    Skills, 2
);
set!(
    /// Clients.
    Clients, 8
);
set!(
    /// Countries.
    Countries, 4
);

/// A representative, or whoever else answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The clients whose customers they may answer.
    pub clients: Clients,
    /// The languages that they speak natively.
    pub native: Languages,
    /// The languages in which they are certified bilingual.
    pub certified: Languages,
    /// The languages that they write to customers without a certificate that holds.
    pub written: Languages,
    /// The languages from and into which their words can be translated.
    pub translated: Languages,
    /// The rarest of their languages: they are kept for it while others can take the rest.
    pub scarce: u16,
    /// What they know.
    pub skills: Skills,
    /// Where they work.
    pub country: u16,
    /// How much they can have at once: an e-mail may count 1, a chat 2.
    pub capacity: u16,
}

/// What a case asks of whoever takes it. Cases that ask the same wait in one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    /// Whose customer asks.
    pub client: u16,
    /// The customer's language.
    pub language: u16,
    /// What must be known.
    pub skills: Skills,
    /// What may be done with it.
    pub policy: Policy,
    /// How much of somebody's capacity it takes.
    pub effort: u16,
    /// How long it is expected to take; whoever takes it must be there for so long.
    pub handling: Duration,
    /// The time that was promised for it.
    pub target: Duration,
    /// How much the contract makes of a missed promise, 1 being the usual.
    pub weight: u16,
}

/// What a client allows for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// The countries in which it may be opened.
    pub countries: Countries,
    /// Whether it may be answered by translation.
    pub translation: Translation,
}

/// Whether a case may be answered by translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Translation {
    /// It may where nobody speaks the language.
    Allowed,
    /// It may not: the client says so, or the matter is too risky.
    Refused,
}

/// How somebody stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// When their shift ends; none when they aren't on one.
    pub until: Option<Instant>,
    /// Whether they have asked for nothing new.
    pub is_paused: bool,
    /// How much of their capacity is taken.
    pub load: u16,
    /// How long they have worked on cases today.
    pub worked: Duration,
    /// When they were last given something or ended it, or when their shift began.
    pub free_since: Instant,
}
