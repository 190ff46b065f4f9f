//! Rule: who answers a customer in their language. A native speaker comes first, then whoever is certified bilingual, then whoever
//! writes it, then a machine with what it needs beside it, and else the honest question whether English will do.

use crate::{Person, Standing};
use kernel::{Because, LanguageTag, PersonId};

/// Whether a machine can say a reply in the customer's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// An engine goes there.
    Directly,
    /// Engines go there through a third language, so that mistakes of both add up.
    Through,
    /// None goes there.
    Nowhere,
}

/// What a wrong word would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stakes {
    /// The case touches what the client marked as risky.
    Risky,
    /// It doesn't.
    Usual,
}

/// A way to answer, in the order in which they are to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answering {
    /// Native speakers.
    Native,
    /// The certified bilingual.
    Bilingual,
    /// Those who write the language without a certificate that holds.
    OwnLevel,
    /// A machine translates.
    Machine,
    /// A machine translates, and somebody who reads the language reads it before it leaves.
    MachineRead,
    /// The customer is asked whether English will do.
    OtherLanguage,
}

/// One way, by whom, and why it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The way.
    pub way: Answering,
    /// Who can go it, by name; for a machine that is read, who can read it.
    pub persons: Vec<PersonId>,
    /// Why.
    pub because: Because,
}

/// The ways to answer a customer who writes in this language, the first to be tried first. `today` is the day on which levels must hold.
pub fn speakers(
    language: &LanguageTag,
    colleagues: &[Person],
    machine: Machine,
    stakes: Stakes,
    today: &str,
) -> Vec<Step> {
    let who = |wanted: Standing| -> Vec<PersonId> {
        // Whoever named no language is taken to write English, but isn't named as somebody who does.
        let says = |person: &&Person| person.spoken(language).is_some();
        let fits = |person: &&Person| says(person) && person.standing(language, today) == wanted;
        colleagues.iter().filter(fits).map(|person| person.id).collect()
    };
    let judges = colleagues.iter().filter(|person| person.judges(language)).map(|person| person.id);
    let mut steps = Vec::new();
    let mut by_people = |way, standing, because| {
        let persons = who(standing);
        if !persons.is_empty() {
            steps.push(Step { way, persons, because });
        }
    };
    let own = Because::new("speakers.native", "It is their own language.");
    by_people(Answering::Native, Standing::Native, own);
    let certified = "They are certified from C1 on, and that holds today.";
    by_people(Answering::Bilingual, Standing::Bilingual, Because::new("speakers.bilingual", certified));
    let uncertified = match stakes {
        Stakes::Risky => "They write it, but nobody certified it, and a wrong word would be expensive here.",
        Stakes::Usual => "They write it, from B2 on, without a certificate that holds today.",
    };
    by_people(Answering::OwnLevel, Standing::Writes, Because::new("speakers.own_level", uncertified));
    steps.extend(by_machine(machine, stakes, judges.collect()));
    if language.primary() != "en" && !steps.iter().any(|step| step.way <= Answering::OwnLevel) {
        steps.push(Step {
            way: Answering::OtherLanguage,
            persons: Vec::new(),
            because: Because::new(
                "speakers.other_language",
                "Nobody here writes it. The honest question is whether English will do.",
            ),
        });
    }
    steps
}

fn by_machine(machine: Machine, stakes: Stakes, judges: Vec<PersonId>) -> Option<Step> {
    let through = match machine {
        Machine::Nowhere => return None,
        Machine::Directly => "",
        Machine::Through => " It goes through a third language, so mistakes add up.",
    };
    Some(match stakes {
        Stakes::Usual => {
            let sentence = format!("A machine translates, and the meaning guard compares.{through}");
            let because = Because::new("speakers.machine", sentence);
            Step { way: Answering::Machine, persons: Vec::new(), because }
        }
        Stakes::Risky => {
            let sentence = "A machine translates; because a wrong word would be expensive, somebody who reads the language reads it \
                            before it leaves.";
            let because = Because::new("speakers.machine_read", format!("{sentence}{through}"));
            Step { way: Answering::MachineRead, persons: judges, because }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Evidence, Level, Spoken};
    use kernel::Owner;

    const TODAY: &str = "2026-11-23";

    fn person(nth: u128, level: Level, evidence: Evidence, until: Option<&str>) -> Person {
        let polish = Spoken {
            reading: level,
            writing: level,
            evidence,
            until_on: until.map(str::to_owned),
            ..Spoken::named("pl".parse().unwrap(), "2026-05-03".to_owned())
        };
        Person {
            id: format!("{nth:032}").parse().unwrap(),
            name: format!("Nr {nth}"),
            email: format!("nr{nth}@people.example").parse().unwrap(),
            owner: Owner::No,
            languages: vec![polish],
            uses_shortcuts: true,
            has_password: true,
            disabled_at: None,
        }
    }

    #[track_caller]
    fn check(colleagues: &[Person], machine: Machine, stakes: Stakes, expected: &[(Answering, usize)]) {
        let steps = speakers(&"pl".parse().unwrap(), colleagues, machine, stakes, TODAY);
        let found: Vec<_> = steps.iter().map(|step| (step.way, step.persons.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn speakers_come_before_machines_and_honesty_comes_last() {
        use Answering::{Bilingual, Machine as ByMachine, MachineRead, Native, OtherLanguage, OwnLevel};
        let native = || person(1, Level::Native, Evidence::Native, None);
        let tested = || person(2, Level::C1, Evidence::Test, Some("2027-05-03"));
        let lapsed = || person(3, Level::C1, Evidence::Test, Some("2026-05-04"));
        let reader = || person(4, Level::B1, Evidence::OwnWord, None);
        let everybody = [native(), tested(), lapsed(), reader()];
        let by_people = [(Native, 1), (Bilingual, 1), (OwnLevel, 1)];
        check(&everybody, Machine::Nowhere, Stakes::Usual, &by_people);
        let with = |last| [by_people.as_slice(), &[last]].concat();
        check(&everybody, Machine::Directly, Stakes::Usual, &with((ByMachine, 0)));
        check(&everybody, Machine::Directly, Stakes::Risky, &with((MachineRead, 3)));
        check(&[reader()], Machine::Through, Stakes::Usual, &[(ByMachine, 0), (OtherLanguage, 0)]);
        check(&[reader()], Machine::Nowhere, Stakes::Risky, &[(OtherLanguage, 0)]);
    }
}
