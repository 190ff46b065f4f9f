//! Rule: terms in words, line by line, and what differs between two versions of them.

use super::{
    Clause, Disclosure, EscalatedTo, EscalationLine, LanguageAsked, OverflowAgreed, ServiceHours, Stretches,
    Terms, VolumeBand, WEEKDAYS,
};
use jiff::civil::Date;
use kernel::{Country, Party, Priority, Tier};

/// The days of the week as they are read.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

kernel::worded! {
    /// What a line is about.
    Section {
        /// What is answered.
        Scope = "scope" "What is answered",
        /// In which languages.
        Languages = "languages" "Languages",
        /// When.
        Hours = "hours" "Hours",
        /// How fast, and how much.
        Promises = "promises" "Promises",
        /// Who may see what, and what customers are told.
        Policy = "policy" "Data and place",
        /// Who helps.
        Escalation = "escalation" "Escalation",
        /// How the work is done.
        Work = "work" "How cases are worked on",
    }
}

/// A line of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub what: String,
    /// What it says.
    pub says: String,
}

/// A line that isn't the same in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub what: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// What a line says that isn't there.
const NOTHING: &str = "none";

/// The lines that differ, in the order of the later terms. `name` says who somebody is to whom cases are escalated.
pub fn differences(before: &Terms, after: &Terms, name: &dyn Fn(EscalatedTo) -> String) -> Vec<Difference> {
    let (old, new) = (before.in_words(name), after.in_words(name));
    let says = |lines: &[Line], what: &str| {
        lines.iter().find(|line| line.what == what).map_or(NOTHING.to_owned(), |line| line.says.clone())
    };
    let changed = new.iter().map(|line| (line.what.clone(), says(&old, &line.what), line.says.clone()));
    let gone = old.iter().filter(|line| !new.iter().any(|other| other.what == line.what));
    let gone = gone.map(|line| (line.what.clone(), line.says.clone(), NOTHING.to_owned()));
    let all = changed.chain(gone).filter(|(_, before, after)| before != after);
    all.map(|(what, before, after)| Difference { what, before, after }).collect()
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} → {}", self.what, self.before, self.after)
    }
}

impl Terms {
    /// All lines, section by section. Each is about something else.
    pub fn in_words(&self, name: &dyn Fn(EscalatedTo) -> String) -> Vec<Line> {
        let of = |section, lines: Vec<(String, String)>| {
            lines.into_iter().map(move |(what, says)| Line { section, what, says })
        };
        of(Section::Scope, self.scope_lines())
            .chain(of(Section::Languages, self.language_lines()))
            .chain(of(Section::Hours, self.hours.lines()))
            .chain(of(Section::Promises, self.promise_lines()))
            .chain(of(Section::Policy, self.policy_lines()))
            .chain(of(Section::Escalation, self.escalation_lines(name)))
            .chain(of(Section::Work, self.work_lines()))
            .collect()
    }

    fn scope_lines(&self) -> Vec<(String, String)> {
        let scope = &self.scope;
        let channels: Vec<&str> = scope.channels.iter().map(|channel| channel.title()).collect();
        let mut lines = vec![
            line("Kind", self.kind.title()),
            line("Intents answered", list(&scope.intents_in, "all")),
            line("Intents not answered", list(&scope.intents_out, NOTHING)),
            line("Products", list(&scope.products, "all")),
            line("Customers’ countries", countries(&scope.countries, "all")),
            line("Channels", list(&channels, "all")),
        ];
        let tiers = self.tiers.iter().map(|taken| match taken.stops_at.trim() {
            "" => line(tier(taken.tier), "taken"),
            stops => line(tier(taken.tier), format!("taken, up to: {stops}")),
        });
        lines.push(line("Tiers", if self.tiers.is_empty() { "all" } else { "those that are named" }));
        lines.extend(tiers);
        lines
    }

    fn language_lines(&self) -> Vec<(String, String)> {
        let all = if self.languages.is_empty() { "all" } else { "those that are named" };
        let each = self.languages.iter().map(|asked| line(asked.language.english_name(), asked.levels()));
        std::iter::once(line("Languages", all)).chain(each).collect()
    }

    fn promise_lines(&self) -> Vec<(String, String)> {
        let clauses =
            self.clauses.iter().map(|clause| line(format!("Promise “{}”", clause.key), clause.in_words()));
        let volume = self.volume.map_or("not agreed".to_owned(), VolumeBand::in_words);
        clauses.chain([line("Volume", volume)]).collect()
    }

    fn policy_lines(&self) -> Vec<(String, String)> {
        let told = match (self.disclosure, self.disclosure_sentence.trim()) {
            (Disclosure::None, "") => "nothing of the place".to_owned(),
            (shown, "") => shown.title().to_owned(),
            (shown, sentence) => format!("{}: “{sentence}”", shown.title()),
        };
        vec![
            line("May be opened from", countries(&self.policy.countries, "anywhere")),
            line("Masked fields", list(&self.policy.masked, NOTHING)),
            line("Translation", self.policy.translation.title()),
            line("Customers are told", told),
        ]
    }

    fn escalation_lines(&self, name: &dyn Fn(EscalatedTo) -> String) -> Vec<(String, String)> {
        let each = self.escalations.iter().map(|row| {
            line(
                format!("Escalation of {}", row.matter()),
                format!("{} within {}", name(row.to), minutes(row.within_minutes)),
            )
        });
        let levels = self.on_call.levels.iter().map(|level| minutes(*level)).collect::<Vec<_>>();
        let called = match levels.len() {
            0 => "nobody".to_owned(),
            1 => format!("one level, {} to acknowledge", levels[0]),
            count => format!("{count} levels, to acknowledge within {}", levels.join(", then ")),
        };
        let roles: Vec<&str> = self.on_call.declared_by.iter().map(|role| role.title()).collect();
        let counts = self.on_call.counts.trim();
        each.chain([
            line("On call", called),
            line("An emergency is", if counts.is_empty() { "not agreed" } else { counts }),
            line("An emergency is declared by", list(&roles, "whoever leads")),
        ])
        .collect()
    }

    fn work_lines(&self) -> Vec<(String, String)> {
        vec![
            line("Overflow", self.overflow.map_or(NOTHING.to_owned(), OverflowAgreed::in_words)),
            line("Cases are", self.routing.title()),
            line("Replies looked at while nesting", format!("{} in 100", self.sample_percent)),
            line("Expected handling", minutes(self.handling_minutes)),
        ]
    }
}

impl ServiceHours {
    fn lines(&self) -> Vec<(String, String)> {
        let on = |day: &str| match self.is_round_the_clock {
            true => "around the clock".to_owned(),
            false => self.week.get(day).map_or(NOTHING.to_owned(), stretches),
        };
        let week =
            WEEKDAYS.iter().zip(DAYS).map(|(day, name)| line(format!("Service hours on {name}"), on(day)));
        let mut lines: Vec<(String, String)> = week.collect();
        if self.is_round_the_clock {
            return lines;
        }
        lines.push(line("Lists of holidays", list(&self.holidays, NOTHING)));
        if !self.holidays.is_empty() {
            lines.push(line("Service hours on holidays", stretches(&self.on_holidays)));
        }
        lines.extend(self.closed_days.iter().map(|closing| {
            line(
                format!("Closed on {}", date(closing.on)),
                if closing.name.is_empty() { "closed" } else { &closing.name },
            )
        }));
        lines.extend(
            self.own_days.iter().map(|(on, hours)| line(format!("Hours on {}", date(*on)), stretches(hours))),
        );
        lines
    }
}

impl LanguageAsked {
    /// "reads C1, writes B2".
    pub fn levels(&self) -> String {
        let each = [("reads", self.reading), ("writes", self.writing), ("speaks", self.speaking)];
        let asked = each.iter().filter(|(_, level)| *level > kernel::Level::None);
        let words: Vec<String> = asked.map(|(verb, level)| format!("{verb} {}", level.title())).collect();
        if words.is_empty() { "no level asked for".to_owned() } else { words.join(", ") }
    }
}

impl Clause {
    /// "first reply within 8 h of service, at least 80 in 100, aimed at 90, a month".
    pub fn in_words(&self) -> String {
        let cases = self
            .priority
            .map_or(String::new(), |priority| format!(" for {} cases", priority_words(priority)));
        let within = format!(
            "{}{cases} within {} ({})",
            self.metric.title().to_lowercase(),
            minutes(self.minutes),
            self.counted.title()
        );
        let kept = format!(
            "at least {} in 100, aimed at {} in 100, measured over {}",
            self.minimum_percent,
            self.target_percent,
            self.window.title()
        );
        let mut parts = vec![within, kept];
        if !self.paused_for.is_empty() {
            let parties: Vec<String> = self.paused_for.iter().map(|party| turn(*party)).collect();
            parts.push(format!("stands still in {}", parties.join(" and in ")));
        }
        if !self.exclusions.is_empty() {
            parts.push(format!("not counted: {}", self.exclusions.join(", ")));
        }
        if self.weight != 1 {
            parts.push(format!("counts {} times", self.weight));
        }
        if !self.definition.trim().is_empty() {
            parts.push(self.definition.trim().to_owned());
        }
        parts.join("; ")
    }
}

impl EscalationLine {
    /// "“repair” of “oven”".
    pub fn matter(&self) -> String {
        match (self.intent.as_str(), self.product.as_str()) {
            ("", "") => "everything else".to_owned(),
            (intent, "") => format!("“{intent}”"),
            ("", product) => format!("everything about “{product}”"),
            (intent, product) => format!("“{intent}” about “{product}”"),
        }
    }
}

impl VolumeBand {
    fn in_words(self) -> String {
        format!(
            "{} cases a month, up to {} % more and {} % fewer",
            self.cases, self.above_percent, self.below_percent
        )
    }
}

impl OverflowAgreed {
    fn in_words(self) -> String {
        format!(
            "when the wait is longer than {} or more than {} cases wait, until both are below {} % of that; at most {} cases a day",
            minutes(self.wait_minutes),
            self.queue,
            self.ends_below,
            self.daily_cap
        )
    }
}

fn line(what: impl Into<String>, says: impl Into<String>) -> (String, String) {
    (what.into(), says.into())
}

fn list<T: AsRef<str>>(words: &[T], none: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    if words.is_empty() { none.to_owned() } else { words.join(", ") }
}

fn countries(countries: &[Country], none: &str) -> String {
    let names: Vec<&str> = countries.iter().map(|country| country.english_name()).collect();
    list(&names, none)
}

fn tier(tier: Tier) -> String {
    format!("Tier {}", tier.as_str())
}

fn priority_words(priority: Priority) -> &'static str {
    priority.as_str()
}

fn turn(party: Party) -> String {
    let whose = match party {
        Party::Customer => "the customer’s",
        Party::Representative => "the representative’s",
        Party::ClientResolver => "the client’s specialist’s",
        Party::Vendor => "the vendor’s",
    };
    format!("{whose} turn")
}

/// "09:00–12:30, 13:00–17:00".
pub fn stretches(stretches: &Stretches) -> String {
    let each: Vec<String> = stretches.iter().map(|[from, until]| format!("{from}–{until}")).collect();
    list(&each, "closed").replace("00:00–24:00", "all day")
}

/// "8 h", "30 min", "1 h 30 min".
pub fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

fn date(on: Date) -> String {
    on.strftime("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Level, Metric};

    fn changed(before: &Terms, after: &Terms) -> Vec<String> {
        differences(before, after, &|_| "Hamburg Repairs".to_owned())
            .iter()
            .map(Difference::to_string)
            .collect()
    }

    #[test]
    fn differences_are_sentences() {
        let before = Terms::default();
        let check = |change: &dyn Fn(&mut Terms), expected: &[&str]| {
            let mut after = before.clone();
            change(&mut after);
            assert_eq!(changed(&before, &after), expected);
        };
        check(&|_| (), &[]);
        check(
            &|terms| {
                drop(
                    terms.hours.week.insert("sat".to_owned(), vec![["09:00".to_owned(), "13:00".to_owned()]]),
                )
            },
            &["Service hours on Saturday: none → 09:00–13:00"],
        );
        check(
            &|terms| terms.policy.countries = vec!["PT".parse().unwrap(), "DE".parse().unwrap()],
            &["May be opened from: anywhere → Portugal, Germany"],
        );
        check(
            &|terms| {
                let language = "pl".parse().unwrap();
                terms.languages = vec![LanguageAsked {
                    language,
                    reading: Level::C1,
                    writing: Level::B2,
                    speaking: Level::None,
                }];
            },
            &["Languages: all → those that are named", "Polish: none → reads C1, writes B2"],
        );
        check(
            &|terms| terms.clauses[0].minutes = 90,
            &[
                "Promise “first-reply”: first reply within 8 h (hours of service); at least 80 in 100, aimed at 90 in 100, measured over \
               a month → first reply within 1 h 30 min (hours of service); at least 80 in 100, aimed at 90 in 100, measured over a month",
            ],
        );
        check(
            &|terms| terms.clauses.retain(|clause| clause.metric != Metric::Place),
            &[
                "Promise “place”: somebody in the customer’s country within 8 h (hours of service); at least 80 in 100, aimed at 90 in 100, \
               measured over a month → none",
            ],
        );
        check(
            &|terms| {
                terms.escalations = vec![EscalationLine {
                    intent: "repair".to_owned(),
                    product: String::new(),
                    to: EscalatedTo::Vendor(Id::from_uuid(uuid::Uuid::nil())),
                    within_minutes: 240,
                }];
            },
            &["Escalation of “repair”: none → Hamburg Repairs within 4 h"],
        );
    }

    #[test]
    fn every_line_is_about_something_else() {
        let lines = Terms::default().in_words(&|_| String::new());
        let whats: std::collections::BTreeSet<&str> = lines.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(whats.len(), lines.len());
    }
}
