//! Who answers a customer in their language, and what to ask where nobody does.

use super::{Answer, acting::Acting, levels};
use crate::{
    said::Said,
    views::speakers::{SpeakerLine, Speakers, WayLine},
    words::language_name,
};
use ::people::{Answering, Person, Standing, Step};
use desk::{case_page::CasePage, speakers};
use kernel::Reach;

/// How many persons of one way are shown.
const SHOWN: usize = 4;

/// The section of the panel.
pub(super) fn section(found: &CasePage, reach: &Reach) -> Speakers {
    let language = &found.case.language;
    let reader = &found.writing.reader;
    let holds = found.case.assignee.is_none_or(|assignee| assignee == reader.id);
    Speakers {
        heading: format!("Who speaks {}", language_name(language.as_str())),
        ways: found.speakers.iter().map(|step| way(found, reach, step)).collect(),
        is_folded: holds && reader.standing(language, &found.today) <= Standing::Writes,
        asks_for_english: found.speakers.iter().any(|step| step.way == Answering::OtherLanguage),
    }
}

fn way(found: &CasePage, reach: &Reach, step: &Step) -> WayLine {
    let (title, icon) = match step.way {
        Answering::Native => ("Native speakers", "check"),
        Answering::Bilingual => ("Certified bilingual", "check"),
        Answering::OwnLevel => ("Write it, not certified", "dot"),
        Answering::Machine => ("A machine translates", "language"),
        Answering::MachineRead => ("A machine translates, somebody reads it first", "language"),
        Answering::OtherLanguage => ("Ask whether English will do", "alert"),
    };
    let persons = step.persons.iter().filter_map(|id| {
        let person = found.around.colleagues.iter().find(|person| person.id == *id)?;
        Some(line(found, reach, person, step.way))
    });
    let more = step.persons.len().saturating_sub(SHOWN);
    WayLine {
        title,
        icon,
        because: step.because.sentence.clone(),
        persons: persons.take(SHOWN).collect(),
        more: if more > 0 { format!("and {more} more") } else { String::new() },
    }
}

fn line(found: &CasePage, reach: &Reach, person: &Person, way: Answering) -> SpeakerLine {
    let spoken = person.spoken(&found.case.language);
    let level = spoken.map_or_else(String::new, |spoken| {
        let level = if way == Answering::MachineRead { spoken.reading } else { spoken.writing };
        match level {
            ::people::Level::Native => levels::evidence(spoken),
            level => format!("{}, {}", level.title(), levels::evidence(spoken)),
        }
    });
    let is_reader = person.id == reach.person();
    let may = way <= Answering::OwnLevel
        && found.case.assignee != Some(person.id)
        && (is_reader || reach.leads(found.case.engagement));
    let words = if is_reader { "Take it" } else { "Hand over" };
    SpeakerLine { id: person.id.to_string(), name: person.name.clone(), level, act: may.then_some(words) }
}

/// `POST /cases/{case}/other-language`
pub(crate) async fn ask_other_language(acting: Acting) -> Answer {
    let done = speakers::ask_other_language(acting.desk(), acting.reach(), acting.case).await;
    acting.ended(done, Said::EnglishOffered).await
}
