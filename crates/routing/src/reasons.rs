//! The reasons of routing as values that are stored and shown.

use crate::{Rank, Way, WhyNot};
use kernel::{Because, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a decision was made as it was: stored beside it and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// Why it was decided then.
    pub why_now: Because,
    /// Why this person; why nobody.
    pub why: Vec<Because>,
    /// Who else could have taken it, in the order in which they would have been asked, with how they understand the customer.
    pub who_else: Vec<Told>,
    /// Who could not, and why.
    pub who_not: Vec<Told>,
}

/// A reason about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Who.
    pub person: PersonId,
    /// The reason.
    pub because: Because,
}

/// Why nobody can take a case, in one sentence: how many are kept from it by what.
pub fn why_nobody(may_not: impl IntoIterator<Item = WhyNot>) -> Because {
    let mut counts: BTreeMap<WhyNot, usize> = BTreeMap::new();
    for why in may_not {
        *counts.entry(why).or_default() += 1;
    }
    if counts.is_empty() {
        return Because::new("routing.no_people", "Nobody works in the team that answers it.");
    }
    let told: Vec<String> = counts.iter().map(|(why, many)| why.counted(*many)).collect();
    Because::new("routing.nobody", format!("Nobody can take it now: {}.", told.join(", ")))
}

impl WhyNot {
    /// "3 aren’t on shift".
    fn counted(self, many: usize) -> String {
        let (one, more) = match self {
            Self::NoPermit => ("has no permit", "have no permit"),
            Self::Country => {
                ("works in a country that isn’t allowed", "work in countries that aren’t allowed")
            }
            Self::Skill => ("lacks a skill", "lack a skill"),
            Self::Language => ("doesn’t know the language", "don’t know the language"),
            Self::OffShift => ("isn’t on shift", "aren’t on shift"),
            Self::ShiftEnds => ("goes too soon", "go too soon"),
            Self::Paused => ("takes nothing new", "take nothing new"),
            Self::Full => ("has enough", "have enough"),
        };
        format!("{many} {}", if many == 1 { one } else { more })
    }

    /// Why somebody can't take a case, in words.
    pub fn because(self) -> Because {
        let (code, sentence) = match self {
            Self::NoPermit => ("routing.no_permit", "They have no permit to answer this client’s customers."),
            Self::Country => {
                ("routing.country", "The client doesn’t let its cases be opened in their country.")
            }
            Self::Skill => ("routing.skill", "They lack a skill that the case needs."),
            Self::Language => (
                "routing.language",
                "They don’t speak the customer’s language, and it can’t or may not be translated for them.",
            ),
            Self::OffShift => ("routing.off_shift", "They aren’t on shift."),
            Self::ShiftEnds => ("routing.shift_ends", "Their shift ends before the case would be done."),
            Self::Paused => ("routing.paused", "They have asked for nothing new."),
            Self::Full => ("routing.full", "They have as much as they can have at once."),
        };
        Because::new(code, sentence)
    }
}

impl Way {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Certified => "certified",
            Self::Written => "written",
            Self::Translated => "translated",
        }
    }

    /// How somebody understands the customer, in words.
    pub fn because(self) -> Because {
        let (code, sentence) = match self {
            Self::Native => ("routing.native", "They are a native speaker of the customer’s language."),
            Self::Certified => {
                ("routing.certified", "They are certified bilingual in the customer’s language.")
            }
            Self::Written => {
                ("routing.written", "They write the customer’s language, without a certificate that holds.")
            }
            Self::Translated => {
                ("routing.translated", "Nobody who speaks the language can take it now, so it is translated.")
            }
        };
        Because::new(code, sentence)
    }
}

impl Rank {
    /// What put somebody before the next one; none where there is no next one.
    pub fn before(&self, next: Option<&Self>) -> Because {
        let Some(next) = next else {
            return Because::new("routing.only_one", "Nobody else can take it now.");
        };
        let (code, sentence) = if self.way != next.way {
            ("routing.speaks_better", "They understand the customer better than the next one.")
        } else if self.spends_reserve != next.spends_reserve {
            ("routing.reserve", "The next one is kept for a language that few speak.")
        } else if self.shortage != next.shortage {
            ("routing.more_free", "More of their group are free than of the next one’s.")
        } else if self.worked != next.worked {
            ("routing.worked_less", "They have worked less today than the next one.")
        } else if self.free_since != next.free_since {
            ("routing.waited_longer", "They have waited longer for a case than the next one.")
        } else {
            ("routing.equal", "They and the next one stand alike; one of them had to be first.")
        };
        Because::new(code, sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Instant;

    fn rank() -> Rank {
        let free_since = Instant::from_micros(5);
        Rank { way: Way::Certified, spends_reserve: true, shortage: 5, worked: 5, free_since }
    }

    #[test]
    fn the_first_difference_is_the_reason() {
        let check = |first: Rank, expected: &str| {
            assert!(first <= rank());
            assert_eq!(first.before(Some(&rank())).code, expected);
        };
        check(Rank { way: Way::Native, worked: 9, ..rank() }, "routing.speaks_better");
        check(Rank { spends_reserve: false, shortage: 9, ..rank() }, "routing.reserve");
        check(Rank { shortage: -1, worked: 9, ..rank() }, "routing.more_free");
        check(Rank { worked: 4, free_since: Instant::from_micros(9), ..rank() }, "routing.worked_less");
        check(Rank { free_since: Instant::from_micros(4), ..rank() }, "routing.waited_longer");
        check(rank(), "routing.equal");
        assert_eq!(rank().before(None).code, "routing.only_one");
    }
}
