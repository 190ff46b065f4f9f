//! Rule: how well somebody reads, writes and speaks a language, how that is known, and what it lets them do.

use crate::PeopleRefusal;
use jiff::civil::Date;
pub use kernel::Level;
use kernel::{Instant, LanguageTag, PersonId};
use serde::{Deserialize, Serialize};

kernel::worded! {
    /// How a level is known.
    Evidence {
        /// A test that was taken for this work.
        Test = "test" "tested",
        /// A certificate of a school or an institute.
        Certificate = "certificate" "certificate",
        /// A native speaker, known as one.
        Native = "native" "known native speaker",
        /// The team lead's judgement.
        Lead = "lead" "judged by a lead",
        /// The person's own word.
        OwnWord = "own_word" "own word",
    }
}

/// From which level on somebody reads what customers write.
pub const READS_FROM: Level = Level::B1;
/// From which level on somebody can say whether two texts mean the same, where that must not be wrong.
pub const JUDGES_FROM: Level = Level::B2;
/// From which level on somebody writes to customers.
pub const WRITES_FROM: Level = Level::B2;
/// From which level on somebody is bilingual, if there is more evidence than their own word.
pub const BILINGUAL_FROM: Level = Level::C1;

/// A language of somebody's, as it was last said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// The language.
    pub language: LanguageTag,
    /// How well they read it.
    pub reading: Level,
    /// How well they write it.
    pub writing: Level,
    /// How well they speak it.
    pub speaking: Level,
    /// How that is known.
    pub evidence: Evidence,
    /// The day of the evidence, as `2026-05-03`.
    pub dated_on: String,
    /// The last day on which it holds; `None` when nothing has to be repeated.
    pub until_on: Option<String>,
}

/// An entry in the history of somebody's languages. The latest of a language counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelEntry {
    /// Whose.
    pub person: PersonId,
    /// What was said.
    pub spoken: Spoken,
    /// Who entered it; `None` for the program.
    pub entered_by: Option<PersonId>,
    /// When.
    pub entered_at: Instant,
}

/// What somebody can do for a customer in a language. The better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A native speaker, as others know.
    Native,
    /// Certified bilingual.
    Bilingual,
    /// Writes to customers, without a certificate that holds.
    Writes,
    /// Reads what customers write.
    Reads,
    /// Neither.
    None,
}

impl Spoken {
    /// A language that somebody named and said nothing more of: they can answer in it, by their own word.
    pub fn named(language: LanguageTag, dated_on: String) -> Self {
        Self {
            language,
            reading: Level::B2,
            writing: Level::B2,
            speaking: Level::B2,
            evidence: Evidence::OwnWord,
            dated_on,
            until_on: None,
        }
    }

    /// The evidence is somebody else's and holds on this day.
    pub fn is_certified(&self, today: &str) -> bool {
        let holds = self.until_on.as_deref().is_none_or(|until| today <= until);
        self.evidence != Evidence::OwnWord && holds
    }

    /// The evidence is over on this day, and has to be repeated.
    pub fn is_over(&self, today: &str) -> bool {
        self.until_on.as_deref().is_some_and(|until| until < today)
    }

    /// What it lets somebody do on this day.
    pub fn standing(&self, today: &str) -> Standing {
        let certified = self.is_certified(today);
        match self.writing {
            Level::Native if self.evidence != Evidence::OwnWord => Standing::Native,
            writing if writing >= BILINGUAL_FROM && certified => Standing::Bilingual,
            writing if writing >= WRITES_FROM => Standing::Writes,
            _ if self.reading >= READS_FROM => Standing::Reads,
            _ => Standing::None,
        }
    }

    /// They read, write or speak it at all.
    pub fn is_spoken(&self) -> bool {
        [self.reading, self.writing, self.speaking].iter().any(|level| *level > Level::None)
    }
}

/// Where a language stands among somebody's: found by the same language, whichever country.
pub(crate) fn of<'a>(languages: &'a [Spoken], language: &LanguageTag) -> Option<&'a Spoken> {
    let exactly = languages.iter().find(|spoken| spoken.language == *language);
    exactly.or_else(|| languages.iter().find(|spoken| spoken.language.is_same_language(language)))
}

/// The same languages with one said anew: the best read come first, those that nobody speaks any more are left out.
pub fn said_anew(languages: &[Spoken], said: Spoken) -> Vec<Spoken> {
    let mut all: Vec<Spoken> = languages.to_vec();
    match all.iter_mut().find(|known| known.language == said.language) {
        Some(known) => *known = said,
        None => all.push(said),
    }
    all.retain(Spoken::is_spoken);
    all.sort_by_key(|spoken| std::cmp::Reverse(spoken.reading));
    all
}

/// What can be entered: days are days, and evidence doesn't end before it begins.
///
/// # Errors
/// [`PeopleRefusal::NotADay`].
pub fn fits(spoken: &Spoken) -> Result<(), PeopleRefusal> {
    let is_day = |day: &str| day.parse::<Date>().is_ok();
    let until = spoken.until_on.as_deref();
    if is_day(&spoken.dated_on) && until.is_none_or(|until| is_day(until) && *until >= *spoken.dated_on) {
        Ok(())
    } else {
        Err(PeopleRefusal::NotADay)
    }
}

/// Somebody's own word takes the place of their own word only.
///
/// # Errors
/// [`PeopleRefusal::EvidenceIsBetter`].
pub fn may_take_the_place(languages: &[Spoken], said: &Spoken) -> Result<(), PeopleRefusal> {
    let known = languages.iter().find(|known| known.language == said.language);
    let is_better = known.is_some_and(|known| known.evidence != Evidence::OwnWord);
    if is_better && said.evidence == Evidence::OwnWord {
        Err(PeopleRefusal::EvidenceIsBetter)
    } else {
        Ok(())
    }
}

/// "reads C1, writes B2, speaks B2".
pub fn in_words(spoken: &Spoken) -> String {
    let Spoken { reading, writing, speaking, .. } = spoken;
    if !spoken.is_spoken() {
        return "not at all".to_owned();
    }
    if reading == writing && writing == speaking {
        return format!("reads, writes and speaks {}", reading.title())
            .replace("speaks native", "speaks it natively");
    }
    format!("reads {}, writes {}, speaks {}", reading.title(), writing.title(), speaking.title())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(language: &str, writing: Level, evidence: Evidence, until: Option<&str>) -> Spoken {
        Spoken {
            reading: writing,
            writing,
            evidence,
            until_on: until.map(str::to_owned),
            ..Spoken::named(language.parse().unwrap(), "2026-05-03".to_owned())
        }
    }

    #[test]
    fn levels_and_evidence_say_what_somebody_can_do() {
        let check = |writing, evidence, until, expected: Standing| {
            let standing = spoken("pl", writing, evidence, until).standing("2026-11-23");
            assert_eq!(standing, expected, "{writing:?} {evidence:?} {until:?}");
        };
        check(Level::Native, Evidence::Native, None, Standing::Native);
        check(Level::Native, Evidence::Lead, None, Standing::Native);
        check(Level::Native, Evidence::OwnWord, None, Standing::Writes);
        check(Level::C1, Evidence::Test, None, Standing::Bilingual);
        check(Level::C2, Evidence::Test, Some("2026-11-23"), Standing::Bilingual);
        check(Level::C2, Evidence::Test, Some("2026-11-22"), Standing::Writes);
        check(Level::C1, Evidence::OwnWord, None, Standing::Writes);
        check(Level::B2, Evidence::Certificate, None, Standing::Writes);
        check(Level::B1, Evidence::Test, None, Standing::Reads);
        check(Level::A2, Evidence::Test, None, Standing::None);
    }

    #[test]
    fn a_language_said_anew_takes_its_place() {
        let known = [
            spoken("pl", Level::B1, Evidence::OwnWord, None),
            spoken("en", Level::B2, Evidence::OwnWord, None),
        ];
        let better = said_anew(&known, spoken("pl", Level::C1, Evidence::Test, None));
        let order =
            |all: &[Spoken]| -> Vec<String> { all.iter().map(|one| one.language.to_string()).collect() };
        assert_eq!(order(&better), ["pl", "en"]);
        let nothing = Spoken { speaking: Level::None, ..spoken("pl", Level::None, Evidence::OwnWord, None) };
        assert_eq!(order(&said_anew(&better, nothing)), ["en"]);
        let portuguese = [spoken("pt-br", Level::C1, Evidence::Test, None)];
        assert!(of(&portuguese, &"pt".parse().unwrap()).is_some());
    }
}
