//! Rule: which engagement takes a conversation, and who of its team answers it.

use super::chance::Chance;
use super::script::{Cast, EngagementPart, Part, Template};
use super::timing::{Calendar, Hours};
use kernel::{Instant, LanguageTag, Role};

/// An engagement still has to be in force this long after a conversation begins, so that its team can end it.
const TIME_TO_END: i64 = 8;

/// A team in which somebody has nothing to do is so many times likelier to take a case.
const EAGER: u64 = 40;

/// How much each person has on the desk.
pub(super) struct Desks<'a> {
    cast: &'a Cast,
    /// For each person: cases that are due, and all of them.
    loads: Vec<(u32, u32)>,
}

/// What becomes of a case on somebody's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stays {
    /// It is to be answered.
    Due,
    /// It waits for the customer or has ended.
    NotDue,
}

impl<'a> Desks<'a> {
    /// Empty desks.
    pub fn new(cast: &'a Cast) -> Self {
        Self { cast, loads: vec![(0, 0); cast.person.len()] }
    }

    /// The engagement that takes a conversation that begins now: an index into the cast.
    pub fn engagement(
        &self,
        template: &Template,
        opened: Instant,
        calendar: &Calendar,
        stays: Stays,
        chance: &mut Chance,
    ) -> Option<usize> {
        let ago = i64::try_from(calendar.now.since(opened).as_secs() / (24 * 60 * 60)).unwrap_or_default();
        let in_force = |part: &EngagementPart| {
            part.from_days < -ago
                && part.until_days.is_none_or(|until| until >= 0 || until > TIME_TO_END - ago)
        };
        let share = |part: &EngagementPart| {
            let shares = if calendar.is_day(opened) { &part.day } else { &part.night };
            let fits = part.client == template.client && in_force(part);
            let share = shares.get(&template.language).copied().unwrap_or_default();
            let helps = stays == Stays::Due && self.somebody_is_idle(&part.team, &template.language);
            if fits { share * if helps { EAGER } else { 1 } } else { 0 }
        };
        let shares: Vec<u64> = self.cast.engagement.iter().map(share).collect();
        let all: u64 = shares.iter().sum();
        let mut drawn = chance.between(1, all.max(1));
        shares.iter().position(|share| {
            let here = *share > 0 && drawn <= *share;
            drawn = drawn.saturating_sub(*share);
            here
        })
    }

    /// The representatives of a team who speak a language, as indices into the cast.
    fn able(&self, team: &str, language: &LanguageTag) -> impl Iterator<Item = usize> {
        let persons = self.cast.person.iter().enumerate();
        let able = persons.filter(move |(_, person)| {
            person.role == Part::Seated(Role::Representative)
                && person.teams.iter().any(|known| known == team)
                && person.languages.contains(language)
        });
        able.map(|(at, _)| at)
    }

    fn somebody_is_idle(&self, team: &str, language: &LanguageTag) -> bool {
        self.able(team, language).any(|at| self.loads[at].0 == 0)
    }

    /// A case that somebody had was given to somebody else.
    pub fn relieve(&mut self, representative: usize) {
        let due = &mut self.loads[representative].0;
        *due = due.saturating_sub(1);
    }

    /// Teams in Manila work while Europe sleeps.
    pub fn hours(&self, engagement: usize) -> Hours {
        let part = &self.cast.engagement[engagement];
        let always = part.night.get(&"en".parse().unwrap_or_else(|_| LanguageTag::unknown())) >= Some(&50);
        if always { Hours::Always } else { Hours::Day }
    }

    /// Who answers: somebody of the team who speaks the language and has the least to do. An index into the cast.
    pub fn representative(
        &mut self,
        engagement: usize,
        language: &LanguageTag,
        stays: Stays,
        chance: &mut Chance,
    ) -> Option<usize> {
        let team = &self.cast.engagement[engagement].team;
        let burden = |at: usize, chance: &mut Chance| {
            let (due, all) = self.loads[at];
            match stays {
                Stays::Due => u64::from(due) * 10 + chance.between(0, 12),
                Stays::NotDue => u64::from(all) * 10 + chance.between(0, 60),
            }
        };
        let chosen = self.able(team, language).min_by_key(|at| burden(*at, chance))?;
        let (due, all) = &mut self.loads[chosen];
        *all += 1;
        *due += u32::from(stays == Stays::Due);
        Some(chosen)
    }

    /// Who leads the team: an index into the cast.
    pub fn lead(&self, engagement: usize) -> Option<usize> {
        let team = &self.cast.engagement[engagement].team;
        self.cast
            .person
            .iter()
            .position(|person| person.role == Part::Seated(Role::TeamLead) && person.teams.contains(team))
    }

    /// The client's own specialist: an index into the cast.
    pub fn resolver(&self, client: &str) -> Option<usize> {
        self.cast.person.iter().position(|person| {
            person.role == Part::Seated(Role::Resolver) && person.client.as_deref() == Some(client)
        })
    }
}
