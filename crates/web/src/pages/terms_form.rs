//! The form of an engagement's terms: what it says of terms, and the terms that it says.

use crate::fields::Fields;
use engagements::terms::{
    Clause, DataPolicy, Disclosure, EngagementKind, EscalatedTo, EscalationLine, LanguageAsked, OnCall,
    OverflowAgreed, OwnClosing, Problem, RoutingMode, Scope, ServiceHours, Stretches, Terms, TermsRefusal,
    TierTaken, Translation, VolumeBand, WEEKDAYS, Window,
};
use jiff::civil::Date;
use kernel::{Channel, Counted, Country, Level, Metric, Party, Priority, Role, Tier};
use std::{fmt::Display, str::FromStr};

/// Rows for further clauses and lines, below those that there are.
const MORE_ROWS: usize = 2;
/// More rows than anybody fills in.
const MOST_ROWS: usize = 60;

/// How many rows of a kind a form has.
pub(crate) fn rows(form: &Fields, kind: &str) -> usize {
    let mut filled = (0..MOST_ROWS).filter(|row| !form.text(&format!("{kind}_{row}_minutes")).is_empty());
    filled.next_back().map_or(0, |last| last + 1) + MORE_ROWS
}

/// The fields that say these terms.
pub(crate) fn filled(terms: &Terms) -> Fields {
    let mut form = Fields::default();
    let mut put = |name: &str, value: String| form.add(name.to_owned(), value);
    let scope = &terms.scope;
    put("kind", terms.kind.to_string());
    put("intents_in", scope.intents_in.join(", "));
    put("intents_out", scope.intents_out.join(", "));
    put("products", scope.products.join(", "));
    put("countries", joined(&scope.countries));
    scope.channels.iter().for_each(|channel| put("channel", channel.to_string()));
    let asked = |one: &LanguageAsked| {
        format!("{}, {}, {}, {}", one.language, level(one.reading), level(one.writing), level(one.speaking))
    };
    put("languages", terms.languages.iter().map(asked).collect::<Vec<_>>().join("\n"));
    for taken in &terms.tiers {
        put("tier", taken.tier.to_string());
        put(&format!("stops_{}", taken.tier), taken.stops_at.clone());
    }
    put_hours(&mut put, &terms.hours);
    terms.clauses.iter().enumerate().for_each(|(row, clause)| put_clause(&mut put, row, clause));
    if let Some(band) = terms.volume {
        put("volume_cases", band.cases.to_string());
        put("volume_above", band.above_percent.to_string());
        put("volume_below", band.below_percent.to_string());
    }
    put("policy_countries", joined(&terms.policy.countries));
    put("masked", terms.policy.masked.join(", "));
    put("translation", terms.policy.translation.to_string());
    put("disclosure", terms.disclosure.to_string());
    put("disclosure_sentence", terms.disclosure_sentence.clone());
    for (row, line) in terms.escalations.iter().enumerate() {
        put(&format!("escalation_{row}_intent"), line.intent.clone());
        put(&format!("escalation_{row}_product"), line.product.clone());
        put(&format!("escalation_{row}_to"), whom(line.to));
        put(&format!("escalation_{row}_minutes"), line.within_minutes.to_string());
    }
    put("on_call_levels", joined(&terms.on_call.levels));
    put("on_call_counts", terms.on_call.counts.clone());
    terms.on_call.declared_by.iter().for_each(|role| put("declared_by", role.to_string()));
    if let Some(overflow) = terms.overflow {
        put("overflow_wait", overflow.wait_minutes.to_string());
        put("overflow_queue", overflow.queue.to_string());
        put("overflow_ends_below", overflow.ends_below.to_string());
        put("overflow_cap", overflow.daily_cap.to_string());
    }
    put("routing", terms.routing.to_string());
    put("sample_percent", terms.sample_percent.to_string());
    put("handling_minutes", terms.handling_minutes.to_string());
    form
}

fn put_hours(put: &mut impl FnMut(&str, String), hours: &ServiceHours) {
    if hours.is_round_the_clock {
        put("round_the_clock", "yes".to_owned());
    }
    for day in WEEKDAYS {
        put(&format!("week_{day}"), hours.week.get(day).map(written).unwrap_or_default());
    }
    hours.holidays.iter().for_each(|list| put("holidays", list.clone()));
    put("on_holidays", written(&hours.on_holidays));
    let closing = |one: &OwnClosing| format!("{} {}", one.on, one.name).trim().to_owned();
    put("closed_days", hours.closed_days.iter().map(closing).collect::<Vec<_>>().join("\n"));
    let own = |(on, stretches): (&Date, &Stretches)| format!("{on} {}", written(stretches)).trim().to_owned();
    put("own_days", hours.own_days.iter().map(own).collect::<Vec<_>>().join("\n"));
}

fn put_clause(put: &mut impl FnMut(&str, String), row: usize, clause: &Clause) {
    let mut of = |name: &str, value: String| put(&format!("clause_{row}_{name}"), value);
    of("key", clause.key.clone());
    of("metric", clause.metric.to_string());
    of("priority", clause.priority.map_or(String::new(), |priority| priority.to_string()));
    of("minutes", clause.minutes.to_string());
    of("counted", clause.counted.to_string());
    clause.paused_for.iter().for_each(|party| of("paused", party.to_string()));
    of("minimum", clause.minimum_percent.to_string());
    of("target", clause.target_percent.to_string());
    of("window", clause.window.to_string());
    of("weight", clause.weight.to_string());
    of("exclusions", clause.exclusions.join(", "));
    of("definition", clause.definition.clone());
}

/// To whom a case is escalated, as a field says it.
pub(crate) fn whom(to: EscalatedTo) -> String {
    match to {
        EscalatedTo::Resolver(person) => format!("resolver {person}"),
        EscalatedTo::Vendor(vendor) => format!("vendor {vendor}"),
    }
}

fn joined<T: Display>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn level(level: Level) -> &'static str {
    level.title()
}

fn written(stretches: &Stretches) -> String {
    stretches.iter().map(|[from, until]| format!("{from}-{until}")).collect::<Vec<_>>().join(", ")
}

/// The terms that a form says.
///
/// # Errors
/// [`TermsRefusal::Problems`] with everything that can't be read.
pub(crate) fn read(form: &Fields) -> Result<Terms, TermsRefusal> {
    let mut reading = Reading { form, problems: Vec::new() };
    let terms = Terms {
        kind: reading.word("kind", EngagementKind::InHouse),
        scope: reading.scope(),
        languages: reading.languages(),
        tiers: reading.tiers(),
        hours: reading.hours(),
        clauses: (0..MOST_ROWS).filter_map(|row| reading.clause(row)).collect(),
        volume: reading.volume(),
        policy: DataPolicy {
            countries: reading.each("policy_countries", "country"),
            masked: reading.words("masked"),
            translation: reading.word("translation", Translation::Allowed),
        },
        disclosure: reading.word("disclosure", Disclosure::None),
        disclosure_sentence: form.text("disclosure_sentence").trim().to_owned(),
        escalations: (0..MOST_ROWS).filter_map(|row| reading.escalation(row)).collect(),
        on_call: OnCall {
            levels: reading.each("on_call_levels", "number of minutes"),
            counts: form.text("on_call_counts").trim().to_owned(),
            declared_by: form.all("declared_by").filter_map(|role| role.parse::<Role>().ok()).collect(),
        },
        overflow: reading.overflow(),
        routing: reading.word("routing", RoutingMode::Push),
        sample_percent: reading.number("sample_percent", "Replies looked at"),
        handling_minutes: reading.number("handling_minutes", "Expected handling"),
    };
    if reading.problems.is_empty() { Ok(terms) } else { Err(TermsRefusal::Problems(reading.problems)) }
}

struct Reading<'a> {
    form: &'a Fields,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &'static str, sentence: String) {
        self.problems.push(Problem::new(field, sentence));
    }

    fn word<T: FromStr>(&self, name: &str, usual: T) -> T {
        self.form.text(name).parse().unwrap_or(usual)
    }

    fn words(&self, name: &str) -> Vec<String> {
        let parts = self.form.text(name).split([',', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn each<T: FromStr>(&mut self, name: &'static str, what: &str) -> Vec<T> {
        let words = self.words(name);
        let read = words.iter().map(|word| (word, word.parse::<T>().ok())).collect::<Vec<_>>();
        let wrong: Vec<String> =
            read.iter().filter(|(_, one)| one.is_none()).map(|(word, _)| (*word).clone()).collect();
        for word in wrong {
            let hint = if what == "country" { " Write two letters, as DE." } else { "" };
            self.wrong(name, format!("“{word}” isn’t a {what}.{hint}"));
        }
        read.into_iter().filter_map(|(_, one)| one).collect()
    }

    fn number<T: FromStr + Default>(&mut self, name: &str, what: &'static str) -> T {
        let typed = self.form.text(name).trim();
        typed.parse().unwrap_or_else(|_| {
            self.wrong("numbers", format!("{what}: “{typed}” isn’t a number that fits."));
            T::default()
        })
    }

    fn scope(&mut self) -> Scope {
        Scope {
            intents_in: self.words("intents_in"),
            intents_out: self.words("intents_out"),
            products: self.words("products"),
            countries: self.each::<Country>("countries", "country"),
            channels: self.form.all("channel").filter_map(|word| word.parse::<Channel>().ok()).collect(),
        }
    }

    fn languages(&mut self) -> Vec<LanguageAsked> {
        let form = self.form;
        let lines = form.text("languages").lines().map(str::trim).filter(|line| !line.is_empty());
        let mut asked = Vec::new();
        for line in lines {
            match language(line) {
                Some(one) => asked.push(one),
                None => self.wrong(
                    "languages",
                    format!("“{line}” can’t be read. Write a language and its levels, as pl, C1, B2, none."),
                ),
            }
        }
        asked
    }

    fn tiers(&self) -> Vec<TierTaken> {
        let taken = self.form.all("tier").filter_map(|word| word.parse::<Tier>().ok());
        taken
            .map(|tier| TierTaken {
                tier,
                stops_at: self.form.text(&format!("stops_{tier}")).trim().to_owned(),
            })
            .collect()
    }

    fn hours(&mut self) -> ServiceHours {
        let mut hours = ServiceHours {
            is_round_the_clock: self.form.text("round_the_clock") == "yes",
            holidays: self.form.all("holidays").map(str::to_owned).collect(),
            on_holidays: self.stretches("Holidays", self.form.text("on_holidays")),
            ..ServiceHours::default()
        };
        for (day, name) in WEEKDAYS.iter().zip(engagements::terms::DAYS) {
            let stretches = self.stretches(name, self.form.text(&format!("week_{day}")));
            if !stretches.is_empty() {
                hours.week.insert((*day).to_owned(), stretches);
            }
        }
        for (on, rest) in self.days("closed_days") {
            hours.closed_days.push(OwnClosing { on, name: rest });
        }
        for (on, rest) in self.days("own_days") {
            let stretches = self.stretches(&on.to_string(), &rest);
            hours.own_days.insert(on, stretches);
        }
        hours
    }

    /// Lines that begin with a day.
    fn days(&mut self, name: &'static str) -> Vec<(Date, String)> {
        let form = self.form;
        let mut days = Vec::new();
        for line in form.text(name).lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (day, rest) = line.split_once(' ').unwrap_or((line, ""));
            match day.parse::<Date>().ok().filter(|_| day.len() == 10) {
                Some(on) => days.push((on, rest.trim().to_owned())),
                None => self.wrong(
                    name,
                    format!("“{line}” doesn’t begin with a day. Write it as 2026-12-24 and what it is."),
                ),
            }
        }
        days
    }

    fn stretches(&mut self, row: &str, typed: &str) -> Stretches {
        let parts: Vec<&str> = typed.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let mut stretches = Vec::new();
        for part in parts {
            match part.split_once(['-', '–']) {
                Some((from, until)) => stretches.push([padded(from), padded(until)]),
                None => self.wrong(
                    "hours",
                    format!("{row}: “{part}” can’t be read. Write 09:00-12:30, 13:00-17:00."),
                ),
            }
        }
        stretches
    }

    fn clause(&mut self, row: usize) -> Option<Clause> {
        let form = self.form;
        let name = |part: &str| format!("clause_{row}_{part}");
        let text = |part: &str| form.text(&name(part)).trim();
        if text("key").is_empty() && text("minutes").is_empty() {
            return None;
        }
        let metric = text("metric").parse().unwrap_or(Metric::FirstReply);
        Some(Clause {
            key: text("key").to_owned(),
            metric,
            priority: text("priority").parse::<Priority>().ok(),
            minutes: self.number(&name("minutes"), "Minutes of a promise"),
            counted: text("counted").parse().unwrap_or(Counted::Service),
            paused_for: form.all(&name("paused")).filter_map(|word| word.parse::<Party>().ok()).collect(),
            minimum_percent: self.number(&name("minimum"), "Minimum of a promise"),
            target_percent: self.number(&name("target"), "Target of a promise"),
            window: text("window").parse().unwrap_or(Window::Month),
            exclusions: self.words(&name("exclusions")),
            weight: self.number(&name("weight"), "Weight of a promise"),
            definition: text("definition").to_owned(),
        })
    }

    fn escalation(&mut self, row: usize) -> Option<EscalationLine> {
        let form = self.form;
        let name = |part: &str| format!("escalation_{row}_{part}");
        let text = |part: &str| form.text(&name(part)).trim();
        if text("minutes").is_empty() {
            return None;
        }
        let to = match text("to").split_once(' ') {
            Some(("resolver", id)) => id.parse().ok().map(EscalatedTo::Resolver),
            Some(("vendor", id)) => id.parse().ok().map(EscalatedTo::Vendor),
            _ => None,
        };
        if to.is_none() {
            self.wrong("escalations", format!("Escalation in line {}: choose to whom.", row + 1));
        }
        Some(EscalationLine {
            intent: text("intent").to_owned(),
            product: text("product").to_owned(),
            within_minutes: self.number(&name("minutes"), "Minutes of an escalation"),
            to: to?,
        })
    }

    fn is_empty(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.form.text(name).trim().is_empty())
    }

    fn volume(&mut self) -> Option<VolumeBand> {
        if self.is_empty(&["volume_cases", "volume_above", "volume_below"]) {
            return None;
        }
        Some(VolumeBand {
            cases: self.number("volume_cases", "Cases a month"),
            above_percent: self.number("volume_above", "More cases than expected"),
            below_percent: self.number("volume_below", "Fewer cases than expected"),
        })
    }

    fn overflow(&mut self) -> Option<OverflowAgreed> {
        if self.is_empty(&["overflow_wait", "overflow_queue", "overflow_ends_below", "overflow_cap"]) {
            return None;
        }
        Some(OverflowAgreed {
            wait_minutes: self.number("overflow_wait", "Wait from which overflow begins"),
            queue: self.number("overflow_queue", "Waiting cases from which overflow begins"),
            ends_below: self.number("overflow_ends_below", "Where overflow ends"),
            daily_cap: self.number("overflow_cap", "Cases of overflow a day"),
        })
    }
}

/// `9:00` as `09:00`; what is no time stays, and is refused as what was typed.
fn padded(time: &str) -> String {
    let time = time.trim();
    if time.len() == 4 && time.as_bytes()[1] == b':' { format!("0{time}") } else { time.to_owned() }
}

/// `pl, C1, B2, none`: a language, and how well it is to be read, written and spoken.
fn language(line: &str) -> Option<LanguageAsked> {
    let mut parts = line.split(',').map(str::trim);
    let language = parts.next()?.parse().ok()?;
    let mut level = || match parts.next() {
        None | Some("" | "none" | "-") => Some(Level::None),
        Some(word) => Level::ALL.into_iter().find(|level| {
            level.as_str().eq_ignore_ascii_case(word) || level.title().eq_ignore_ascii_case(word)
        }),
    };
    let (reading, writing, speaking) = (level()?, level()?, level()?);
    parts.next().is_none().then_some(LanguageAsked { language, reading, writing, speaking })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rich() -> Terms {
        let vendor = EscalatedTo::Vendor("00000000000000000000000000000007".parse().unwrap());
        let mut terms = Terms {
            kind: EngagementKind::AfterHours,
            languages: vec![language("pl, C1, B2, none").unwrap(), language("de").unwrap()],
            tiers: vec![TierTaken { tier: Tier::L1, stops_at: "refunds above 100 €".to_owned() }],
            volume: Some(VolumeBand { cases: 600, above_percent: 10, below_percent: 5 }),
            overflow: Some(OverflowAgreed { wait_minutes: 20, queue: 10, ends_below: 70, daily_cap: 50 }),
            escalations: vec![EscalationLine {
                intent: "repair".to_owned(),
                product: String::new(),
                to: vendor,
                within_minutes: 240,
            }],
            on_call: OnCall {
                levels: vec![5, 15],
                counts: "Fire.".to_owned(),
                declared_by: vec![Role::TeamLead],
            },
            disclosure: Disclosure::City,
            disclosure_sentence: "You are answered in {city}.".to_owned(),
            ..Terms::default()
        };
        terms.scope.countries = vec!["DE".parse().unwrap(), "AT".parse().unwrap()];
        terms.clauses[0].paused_for = vec![Party::Customer, Party::Vendor];
        terms.clauses[1].priority = Some(Priority::Urgent);
        terms
            .hours
            .own_days
            .insert("2026-12-31".parse().unwrap(), vec![["09:00".to_owned(), "12:00".to_owned()]]);
        terms.hours.closed_days =
            vec![OwnClosing { on: "2026-12-24".parse().unwrap(), name: "Christmas Eve".to_owned() }];
        terms.hours.holidays = vec!["DE".to_owned(), "DE-BE".to_owned()];
        terms
    }

    #[test]
    fn a_form_says_what_it_was_filled_with() {
        for terms in [Terms::default(), rich()] {
            assert_eq!(read(&filled(&terms)), Ok(terms));
        }
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        let check = |name: &str, value: &str, expected: &str| {
            let mut form = Fields::default();
            form.add(name.to_owned(), value.to_owned());
            let usual = filled(&Terms::default());
            let rest = usual.pairs().filter(|(known, _)| *known != name);
            rest.for_each(|(name, value)| form.add(name.to_owned(), value.to_owned()));
            let Err(TermsRefusal::Problems(problems)) = read(&form) else { panic!("{value} was read") };
            let sentences: Vec<&str> = problems.iter().map(|problem| problem.sentence.as_str()).collect();
            assert_eq!(sentences, [expected]);
        };
        check("countries", "DE, Germany", "“Germany” isn’t a country. Write two letters, as DE.");
        check(
            "languages",
            "pl, C9",
            "“pl, C9” can’t be read. Write a language and its levels, as pl, C1, B2, none.",
        );
        check("week_sat", "morning", "Saturday: “morning” can’t be read. Write 09:00-12:30, 13:00-17:00.");
        check(
            "closed_days",
            "24.12.2026",
            "“24.12.2026” doesn’t begin with a day. Write it as 2026-12-24 and what it is.",
        );
        check("handling_minutes", "some", "Expected handling: “some” isn’t a number that fits.");
        check("sample_percent", "300", "Replies looked at: “300” isn’t a number that fits.");
        check("escalation_0_minutes", "240", "Escalation in line 1: choose to whom.");
    }
}
