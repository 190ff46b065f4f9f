//! The hall: everybody of an engagement's team as they stand now, and what some of its cases ask, as the room `routing` wants to know it.

use crate::{
    Desk,
    engagement_terms::{self, InForce},
    saying::{self, Ways},
    translating::writable_in,
};
use cases::{Case, matter::Matter, tables as case_tables};
use coverage::{Leave, Presence, ShiftEntry, Span, Target, tables as coverage_tables};
use engagements::terms::{Terms, Translation};
use kernel::{Because, Country, Fault, Instant, LanguageTag, Metric, PersonId, Role};
use language::translation::Way as Engine;
use people::{Person, SeatHeld, Standing, tables as people_tables};
use routing::{
    Ask, Clients, Countries, Explained, Floor, Idleness, Languages, PersonNumber, Policy, Skills,
    permits::{self, Permit, Sits},
    tables::{self as routing_tables, Routing},
};
use std::time::Duration;
use store::Tx;

/// A mail takes this much of somebody's capacity.
const EFFORT: u16 = 1;
/// How long people are looked back at: what they were given today.
const A_DAY: Duration = Duration::from_secs(24 * 3_600);
/// What counts as promised where no clock runs.
const USUAL_TARGET: Duration = Duration::from_secs(8 * 3_600);
/// The reason that somebody gave a case back.
pub(super) const GAVE_BACK: &str = "routing.gave_back";
/// The language that nobody has said yet: everybody may look at such a case.
const UNKNOWN: &str = "und";

/// Everybody who may be asked, and what is asked.
pub(super) struct Hall {
    /// Everybody as they stand.
    pub floor: Floor,
    /// The same people, by their numbers.
    pub people: Vec<Someone>,
    /// The cases, with what they ask.
    pub cases: Vec<Asked>,
}

/// Somebody in the hall.
pub(super) struct Someone {
    pub person: Person,
    pub number: PersonNumber,
    /// Why they may not answer, by intent.
    pub no_right: Vec<(String, Because)>,
    /// They are on shift, in a break of it: they hold what they hold.
    pub is_in_break: bool,
}

/// A case with what it asks.
pub(super) struct Asked {
    pub case: Case,
    pub intent: String,
    pub ask: Ask,
    pub due: Instant,
    /// The country in which the customer wants to be answered, where somebody of the team works there.
    pub wish: Option<Country>,
    /// The last decision about it.
    pub last: Option<Routing>,
}

impl Asked {
    /// Who gave it back: it isn't given to them again at once.
    pub fn gave_back(&self) -> Option<PersonId> {
        let last = self.last.as_ref().filter(|last| last.reasons.why_now.code == GAVE_BACK)?;
        last.reasons.who_not.iter().find(|told| told.because.code == GAVE_BACK).map(|told| told.person)
    }
}

/// Words with the numbers that they get as they come.
#[derive(Default)]
struct Numbers(Vec<String>);

impl Numbers {
    fn of(&mut self, word: &str) -> u16 {
        let at = self.0.iter().position(|known| known == word).unwrap_or_else(|| {
            self.0.push(word.to_owned());
            self.0.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn known(&self, word: &str) -> Option<u16> {
        self.0.iter().position(|known| known == word).and_then(|at| u16::try_from(at).ok())
    }
}

/// What is numbered for one hall.
#[derive(Default)]
struct Names {
    languages: Numbers,
    countries: Numbers,
    intents: Numbers,
    skills: Numbers,
}

/// What the store knows of the team.
struct Team {
    people: Vec<Person>,
    seats: Vec<SeatHeld>,
    permits: Vec<Permit>,
    skills: Vec<(PersonId, String)>,
    there: Vec<There>,
    presences: Vec<Option<(Presence, Instant)>>,
    capacities: Vec<Option<i64>>,
    held: Vec<i64>,
    given: Vec<Vec<Instant>>,
    countries: Vec<String>,
    ways: Ways,
}

/// Until when somebody is there.
#[derive(Clone, Copy)]
struct There {
    until: Option<Instant>,
    is_in_break: bool,
}

impl Hall {
    /// The hall of an engagement, for some of its cases.
    pub fn of(
        tx: &mut Tx<'_>,
        desk: &Desk,
        in_force: InForce,
        cases: Vec<Case>,
        now: Instant,
    ) -> Result<Self, Fault> {
        let team = Team::of(tx, desk, &in_force, now)?;
        let ids: Vec<_> = cases.iter().map(|case| case.id).collect();
        let (matters, targets, lasts, wishes) = tx.together((
            |tx: &mut Tx<'_>| case_tables::matters(tx, &ids),
            |tx: &mut Tx<'_>| coverage_tables::targets_open_of(tx, &ids),
            |tx: &mut Tx<'_>| routing_tables::last_routings(tx, &ids),
            |tx: &mut Tx<'_>| case_tables::place_wishes(tx, &ids),
        ))?;
        let mut names = Names::default();
        let found = cases.into_iter().zip(matters).zip(targets).zip(wishes);
        let asked = found.map(|(((case, matter), targets), wish)| {
            asked(&mut names, &in_force.terms, &team, (case, matter, wish), &targets)
        });
        let asked = asked.zip(lasts).map(|(asked, last)| Asked { last, ..asked });
        let cases: Vec<Asked> = asked.collect();
        Ok(Self::filled(&in_force, &team, &mut names, cases, now))
    }

    fn filled(in_force: &InForce, team: &Team, names: &mut Names, cases: Vec<Asked>, now: Instant) -> Self {
        let today = now.day();
        let made = team.people.iter().enumerate().map(|(at, person)| {
            let no_right = no_right(team, in_force, names, person, &today);
            let facts = facts(team, &in_force.terms, names, at, &no_right, &today);
            (facts, no_right)
        });
        let mut made: Vec<(routing::Person, Vec<(String, Because)>)> = made.collect();
        let idleness = scarcity(&mut made, names.languages.0.len());
        let mut floor = Floor::empty(idleness);
        let people = made.into_iter().enumerate().map(|(at, (facts, no_right))| {
            let number = floor.place(facts, presence(team, &in_force.terms, at, now));
            let is_in_break = team.there[at].is_in_break;
            Someone { person: team.people[at].clone(), number, no_right, is_in_break }
        });
        Self { people: people.collect(), floor, cases }
    }

    /// Who may take a case now, in the order in which they are asked, and who may not. Whoever gave it back isn't among the former.
    pub fn explained(&self, asked: &Asked, now: Instant) -> Explained {
        let mut explained = routing::explain(&self.floor, &asked.ask, now);
        let gave_back = asked.gave_back();
        explained.may.retain(|(number, _)| Some(self.someone(*number).person.id) != gave_back);
        explained
    }

    /// Somebody, by their number.
    pub fn someone(&self, number: PersonNumber) -> &Someone {
        &self.people[number.number()]
    }
}

impl Team {
    fn of(tx: &mut Tx<'_>, desk: &Desk, in_force: &InForce, now: Instant) -> Result<Self, Fault> {
        let engagement = &in_force.engagement;
        let (people, seats, permits, skills) = tx.together((
            |tx: &mut Tx<'_>| people_tables::colleagues(tx, engagement.id),
            people_tables::seats,
            |tx: &mut Tx<'_>| routing_tables::permits_of_client(tx, engagement.client),
            routing_tables::skills,
        ))?;
        let seats: Vec<SeatHeld> = seats
            .into_iter()
            .filter(|seat| seat.team == Some(engagement.team) || seat.client == Some(engagement.client))
            .collect();
        let people: Vec<Person> =
            people.into_iter().filter(|person| takes_part(&seats, &permits, person.id)).collect();
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let there = there(tx, in_force, &ids, now)?;
        let since = now.minus(A_DAY);
        let (presences, capacities, held, given) = tx.together((
            |tx: &mut Tx<'_>| coverage_tables::presences_of(tx, &ids),
            |tx: &mut Tx<'_>| coverage_tables::capacities_of(tx, &ids, "email"),
            |tx: &mut Tx<'_>| case_tables::counts_held(tx, &ids),
            |tx: &mut Tx<'_>| routing_tables::given_since(tx, &ids, since),
        ))?;
        let today = now.day();
        let skills = skills.into_iter().filter(|skill| skill.holds(&today) && ids.contains(&skill.person));
        Ok(Self {
            countries: countries(tx, &ids)?,
            ways: saying::ways(tx, desk, engagement.client)?,
            skills: skills.map(|skill| (skill.person, skill.skill)).collect(),
            people,
            seats,
            permits,
            there,
            presences,
            capacities,
            held,
            given,
        })
    }
}

/// Representatives take part by their seat; whoever else has a seat does by a permit.
fn takes_part(seats: &[SeatHeld], permits: &[Permit], person: PersonId) -> bool {
    let is_representative = |seat: &SeatHeld| seat.person == person && seat.role == Role::Representative;
    seats.iter().any(is_representative) || permits.iter().any(|permit| permit.person == person)
}

fn countries(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<String>, Fault> {
    Ok(crate::roster::sites(tx, persons)?.into_iter().map(|site| site.country).collect())
}

/// Until when these people are there: by their shifts, or by the hours of service where the team draws no roster.
fn there(
    tx: &mut Tx<'_>,
    in_force: &InForce,
    persons: &[PersonId],
    now: Instant,
) -> Result<Vec<There>, Fault> {
    let within = Span { from: now, until: now.plus(coverage::LONGEST_SHIFT) };
    let leaves = coverage_tables::leaves_between(tx, persons, within)?;
    if crate::roster::has_roster(tx, in_force.engagement.team, now)? {
        let shifts = coverage_tables::shifts_between(tx, persons, within)?;
        return Ok(persons.iter().map(|person| by_shifts(*person, &shifts, &leaves, now)).collect());
    }
    let hours = engagement_terms::calendar(tx, &in_force.engagement, &in_force.terms)?;
    let open: Vec<Span> = hours.open(within.from, within.until).collect();
    Ok(persons.iter().map(|person| by_hours(*person, &open, &leaves, now)).collect())
}

fn by_shifts(person: PersonId, shifts: &[ShiftEntry], leaves: &[Leave], now: Instant) -> There {
    let own: Vec<ShiftEntry> = shifts.iter().filter(|shift| shift.person == person).cloned().collect();
    let away: Vec<Leave> = leaves.iter().filter(|leave| leave.person == person).cloned().collect();
    let holds = |span: &Span| span.from <= now && now < span.until;
    let is_absent = away.iter().any(|leave| holds(&leave.span));
    let is_in_break = !is_absent && own.iter().flat_map(|shift| &shift.breaks).any(holds);
    There { until: coverage::on_shift(&own, &away, now), is_in_break }
}

fn by_hours(person: PersonId, open: &[Span], leaves: &[Leave], now: Instant) -> There {
    let away = leaves.iter().filter(|leave| leave.person == person);
    let left = away.fold(open.to_vec(), |left, leave| coverage::without(&left, leave.span));
    let span = coverage::joined(left).into_iter().find(|span| span.from <= now && now < span.until);
    There { until: span.map(|span| span.until), is_in_break: false }
}

/// What a case asks. It asks for a product as a skill once somebody's skill in it is known.
fn asked(
    names: &mut Names,
    terms: &Terms,
    team: &Team,
    (case, matter, wish): (Case, Matter, Option<Country>),
    targets: &[Target],
) -> Asked {
    let product = permits::name(&matter.product).unwrap_or_default();
    let is_skill = team.skills.iter().any(|(_, skill)| *skill == product);
    let skills = if is_skill { Skills::of(&[names.skills.of(&product)]) } else { Skills::default() };
    let intent = permits::name(&matter.intent).unwrap_or_default();
    let first = targets.iter().filter(|target| target.due_at.is_some()).min_by_key(|target| target.due_at);
    let metric = first.map_or(Metric::FirstReply, |target| target.metric);
    let clause = terms.clause(metric, case.priority);
    let promised = clause.map_or(USUAL_TARGET, |clause| Duration::from_secs(u64::from(clause.minutes) * 60));
    let target = first.map_or(promised, |target| target.clock.allowed);
    let due = first.and_then(|target| target.due_at).unwrap_or_else(|| case.opened_at.plus(target));
    let works_there = |country: &Country| team.countries.iter().any(|one| one == country.as_str());
    let allowed = &terms.policy.countries;
    let is_allowed = |country: &Country| allowed.is_empty() || allowed.contains(country);
    let wish = wish.filter(works_there).filter(is_allowed);
    let countries = match (wish, allowed.as_slice()) {
        (Some(country), _) => vec![names.countries.of(country.as_str())],
        (None, []) => (0..Countries::MOST).collect(),
        (None, some) => some.iter().map(|country| names.countries.of(country.as_str())).collect::<Vec<u16>>(),
    };
    let translation = match terms.policy.translation {
        Translation::Allowed => routing::Translation::Allowed,
        Translation::Refused => routing::Translation::Refused,
    };
    let ask = Ask {
        client: names.intents.of(&intent),
        language: names.languages.of(if case.language.is_known() {
            case.language.primary()
        } else {
            UNKNOWN
        }),
        skills,
        policy: Policy { countries: Countries::of(&countries), translation },
        effort: EFFORT,
        handling: Duration::from_secs(u64::from(terms.handling_minutes) * 60),
        target,
        weight: clause.map_or(1, |clause| clause.weight.max(1)),
    };
    Asked { case, intent, ask, due, wish, last: None }
}

/// Why somebody may not answer, for each intent that is asked and that they may not answer.
fn no_right(
    team: &Team,
    in_force: &InForce,
    names: &Names,
    person: &Person,
    today: &str,
) -> Vec<(String, Because)> {
    let own: Vec<SeatHeld> = team.seats.iter().filter(|seat| seat.person == person.id).cloned().collect();
    // Whoever sits at the client takes part by a permit only, and needs none to answer.
    let sits = crate::permits::sits(&own, in_force.engagement.client);
    let sits = if team.permits.iter().any(|permit| permit.person == person.id) { Sits::InTeam } else { sits };
    let why = |intent: &String| permits::right(&team.permits, person.id, sits, intent, today).err();
    names.intents.0.iter().filter_map(|intent| Some((intent.clone(), why(intent)?))).collect()
}

fn facts(
    team: &Team,
    terms: &Terms,
    names: &Names,
    at: usize,
    no_right: &[(String, Because)],
    today: &str,
) -> routing::Person {
    let person = &team.people[at];
    let may = |intent: &&String| !no_right.iter().any(|(refused, _)| refused == *intent);
    let clients = names.intents.0.iter().filter(may).filter_map(|intent| names.intents.known(intent));
    let languages = |wanted: Standing| -> Languages {
        let fits = |word: &&String| stands(terms, person, word, today) == wanted;
        let known = names.languages.0.iter().filter(fits).filter_map(|word| names.languages.known(word));
        Languages::of(&known.collect::<Vec<_>>())
    };
    let translated = names.languages.0.iter().filter(|word| is_translated(&team.ways, person, word));
    let translated = translated.filter_map(|word| names.languages.known(word));
    let skills = team.skills.iter().filter(|(whose, _)| *whose == person.id);
    let skills = skills.filter_map(|(_, skill)| names.skills.known(skill));
    let capacity = team.capacities[at].unwrap_or_else(|| coverage::usual_capacity("email"));
    routing::Person {
        clients: Clients::of(&clients.collect::<Vec<_>>()),
        native: languages(Standing::Native),
        certified: languages(Standing::Bilingual),
        written: languages(Standing::Writes),
        translated: Languages::of(&translated.collect::<Vec<_>>()),
        scarce: 0,
        skills: Skills::of(&skills.collect::<Vec<_>>()),
        // A country that isn't named is allowed only where all are.
        country: names.countries.known(&team.countries[at]).unwrap_or(Countries::MOST - 1),
        capacity: u16::try_from(capacity).unwrap_or_default(),
    }
}

/// What somebody can do in a language, as far as the terms let them. Where nobody has said the language yet, everybody can look.
fn stands(terms: &Terms, person: &Person, word: &str, today: &str) -> Standing {
    let Ok(language) = word.parse::<LanguageTag>() else { return Standing::None };
    if !language.is_known() {
        return Standing::Native;
    }
    let standing = person.standing(&language, today);
    let asked = terms.asked_in(&language);
    let enough = asked.is_none_or(|asked| {
        let spoken = person.spoken(&language);
        spoken.is_some_and(|spoken| spoken.reading >= asked.reading && spoken.writing >= asked.writing)
    });
    if enough { standing } else { Standing::None }
}

/// An engine goes from what they write into the language; a memory knows sentences, not a language.
fn is_translated(ways: &Ways, person: &Person, word: &str) -> bool {
    let Ok(language) = word.parse::<LanguageTag>() else { return false };
    let from = writable_in(ways, person, &language);
    let way = from.and_then(|from| ways.way(&from, &language));
    matches!(way, Some(Engine::Direct { .. } | Engine::Through { .. }))
}

/// Keeps everybody for the rarest of their languages, and the last of those that at most a quarter of the people speak.
fn scarcity(people: &mut [(routing::Person, Vec<(String, Because)>)], languages: usize) -> Idleness {
    let speaks = |person: &routing::Person, language: u16| {
        person.native.has(language) || person.certified.has(language) || person.written.has(language)
    };
    let numbers = 0..u16::try_from(languages).unwrap_or(Languages::MOST).min(Languages::MOST);
    let count = |people: &[(routing::Person, _)], language: u16| {
        people.iter().filter(|(person, _)| speaks(person, language)).count()
    };
    let speakers: Vec<usize> = numbers.clone().map(|language| count(people, language)).collect();
    for (person, _) in people.iter_mut() {
        let own = numbers.clone().filter(|language| speaks(person, *language));
        person.scarce = own.min_by_key(|language| speakers[usize::from(*language)]).unwrap_or_default();
    }
    let all = people.len().max(1);
    let kept = |language: u16| people.iter().filter(|(person, _)| person.scarce == language).count();
    let shares =
        numbers.clone().map(|language| u16::try_from(kept(language) * 1_024 / all).unwrap_or_default());
    let reserves = speakers.iter().map(|many| u16::from(*many > 0 && many * 4 <= all));
    Idleness::new(shares.collect(), reserves.collect())
}

fn presence(team: &Team, terms: &Terms, at: usize, now: Instant) -> routing::Presence {
    let (given, said) = (&team.given[at], &team.presences[at]);
    let handling = Duration::from_secs(u64::from(terms.handling_minutes) * 60);
    let today = now.day();
    let given_today = given.iter().filter(|at| at.day() == today).count();
    let since = said.as_ref().map_or(Instant::from_micros(0), |(_, since)| *since);
    routing::Presence {
        until: team.there[at].until,
        is_paused: said.as_ref().is_some_and(|(state, _)| *state != Presence::Available),
        load: u16::try_from(team.held[at]).unwrap_or(u16::MAX),
        worked: handling * u32::try_from(given_today).unwrap_or(u32::MAX),
        free_since: given.first().copied().unwrap_or(since),
    }
}
