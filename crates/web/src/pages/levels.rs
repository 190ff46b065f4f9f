//! How well somebody knows which languages: said by themselves, or entered by an owner.

use crate::{
    fields::Fields,
    views::{
        levels::{HistoryLine, LevelLine, Levels},
        marks::Choice,
    },
    words::{OFFERED, Words, language, language_name, short_day},
};
use ::people::{Evidence, Level, Spoken, Standing, in_words};
use desk::{Stop, levels};
use kernel::LanguageTag;

/// What a person and what an owner can say of languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The person, by their own word.
    Oneself,
    /// An owner, with evidence.
    Owner,
}

/// The section, with where its form goes.
pub(super) fn section(words: &Words, found: &levels::Levels, says: Says, url: String) -> Levels {
    let today = words.today();
    let line = |spoken: &Spoken| LevelLine {
        language: language(&spoken.language).unwrap_or_else(|| crate::views::marks::Language {
            tag: "und".to_owned(),
            name: "Unknown".to_owned(),
            direction: "ltr",
        }),
        standing: standing_words(spoken.standing(&today)),
        icon: standing_icon(spoken.standing(&today)),
        words: in_words(spoken),
        evidence: evidence(spoken),
        is_over: spoken.is_over(&today),
    };
    let history = found.entries.iter().map(|entry| HistoryLine {
        words: format!(
            "{}: {}, {}",
            language_name(entry.spoken.language.as_str()),
            in_words(&entry.spoken),
            evidence(&entry.spoken)
        ),
        by: entry
            .entered_by
            .and_then(|by| found.names.iter().find(|(id, _)| *id == by))
            .map(|(_, name)| name.clone()),
        at: words.exactly(entry.entered_at),
    });
    let evidence = match says {
        Says::Oneself => Vec::new(),
        Says::Owner => {
            Evidence::ALL.iter().map(|one| Choice::new(one.as_str(), capital(one.title()))).collect()
        }
    };
    let level = |one: &Level| {
        let choice = Choice::new(one.as_str(), capital(one.title()));
        if *one == Level::B2 { choice.chosen() } else { choice }
    };
    Levels {
        url,
        lines: found.languages.iter().map(line).collect(),
        history: history.collect(),
        languages: OFFERED.into_iter().map(|tag| Choice::new(tag, language_name(tag))).collect(),
        levels: Level::ALL.iter().map(level).collect(),
        evidence,
        today,
    }
}

/// What a standing is called on pages.
pub(crate) fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Native => "Native speaker",
        Standing::Bilingual => "Certified bilingual",
        Standing::Writes => "Writes it",
        Standing::Reads => "Reads it",
        Standing::None => "Not for work",
    }
}

fn standing_icon(standing: Standing) -> &'static str {
    match standing {
        Standing::Native | Standing::Bilingual => "check",
        _ => "dot",
    }
}

/// "tested 3 May 2026, holds until 3 Nov 2026".
pub(crate) fn evidence(spoken: &Spoken) -> String {
    let since = format!("{} {}", spoken.evidence.title(), short_day(&spoken.dated_on));
    match &spoken.until_on {
        Some(until) => format!("{since}, holds until {}", short_day(until)),
        None => since,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What a form says of a language.
pub(super) fn spoken(form: &Fields, says: Says, today: String) -> Result<Spoken, Stop> {
    let level = |name: &str| Level::of(form.text(name)).ok_or_else(crate::fields::unreadable);
    let language: LanguageTag = form.one("language")?;
    let (evidence, dated_on) = match says {
        Says::Oneself => (Evidence::OwnWord, today),
        Says::Owner => {
            let evidence = Evidence::of(form.text("evidence")).ok_or_else(crate::fields::unreadable)?;
            (evidence, form.text("dated_on").to_owned())
        }
    };
    Ok(Spoken {
        language,
        reading: level("reading")?,
        writing: level("writing")?,
        speaking: level("speaking")?,
        evidence,
        dated_on,
        until_on: Some(form.text("until_on").to_owned()).filter(|day| !day.is_empty()),
    })
}
