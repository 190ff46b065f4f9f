//! Rule: the terms of an engagement: what is answered, when, in which languages, how fast, by whom it may be seen, who helps.
//!
//! They are versioned: a [`Version`] counts from its day on once both sides have agreed. Lists that are empty leave nothing out.

mod checks;
mod effect;
mod hours;
mod in_words;
mod refusals;
mod version;

pub use checks::Problem;
pub use effect::{Effect, Move, Replayed};
pub use hours::{OwnClosing, ServiceHours, Stretches, WEEKDAYS};
pub use in_words::{DAYS, Difference, Line, Section, differences, minutes, stretches};
pub use refusals::TermsRefusal;
pub use version::{Agreement, Side, Version, VersionState};

use kernel::{
    Channel, Counted, Country, LanguageTag, Level, Metric, Party, PersonId, Priority, Role, Tier, VendorId,
};
use serde::{Deserialize, Serialize};

kernel::worded! {
    /// What an engagement is for.
    EngagementKind {
        /// The client's own team.
        InHouse = "in_house" "The client’s own team",
        /// A team for this client alone.
        Dedicated = "dedicated" "Dedicated team",
        /// A team that other clients have, too.
        Shared = "shared" "Shared team",
        /// Helps when others have too much to do.
        Overflow = "overflow" "Overflow",
        /// Answers while others have closed.
        AfterHours = "after_hours" "After hours",
        /// Answers in some languages.
        LanguageQueue = "language_queue" "Language queue",
        /// Answers one kind of matter for a time.
        Project = "project" "Project",
    }
}

kernel::worded! {
    /// Over which time a promise is measured.
    Window {
        /// From Monday to Sunday.
        Week = "week" "a week",
        /// A calendar month.
        Month = "month" "a month",
        /// Three calendar months.
        Quarter = "quarter" "a quarter",
    }
}

kernel::worded! {
    /// Whether cases may be answered by translation.
    Translation {
        /// They may where nobody speaks the language.
        Allowed = "allowed" "allowed",
        /// They may not.
        Refused = "refused" "refused",
    }
}

kernel::worded! {
    /// What customers are told of the place where they are answered.
    Disclosure {
        /// Nothing.
        None = "none" "nothing",
        /// The country.
        Country = "country" "the country",
        /// The city and the country.
        City = "city" "the city and the country",
    }
}

kernel::worded! {
    /// How cases come to representatives.
    RoutingMode {
        /// They are given at once to whoever may take them.
        Push = "push" "given at once",
        /// Representatives ask for their next one.
        Pull = "pull" "taken one after the other",
    }
}

/// The terms of an engagement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// What the engagement is for.
    pub kind: EngagementKind,
    /// What is answered.
    pub scope: Scope,
    /// The languages that are answered, each with what is asked for.
    pub languages: Vec<LanguageAsked>,
    /// How far cases are taken.
    pub tiers: Vec<TierTaken>,
    /// When.
    pub hours: ServiceHours,
    /// What is promised.
    pub clauses: Vec<Clause>,
    /// How much is expected.
    pub volume: Option<VolumeBand>,
    /// Who may see what.
    pub policy: DataPolicy,
    /// What customers are told of the place where they are answered.
    pub disclosure: Disclosure,
    /// The sentence in which they are told; `{country}` and `{city}` are filled in.
    pub disclosure_sentence: String,
    /// To whom cases are escalated, by matter.
    pub escalations: Vec<EscalationLine>,
    /// Who is called at night.
    pub on_call: OnCall,
    /// When this engagement helps the client's own people; none where it doesn't.
    pub overflow: Option<OverflowAgreed>,
    /// How cases come to representatives.
    pub routing: RoutingMode,
    /// How many replies in a hundred of somebody who is past the first stage of nesting are looked at before they leave.
    pub sample_percent: u8,
    /// How long a case is expected to take.
    pub handling_minutes: u32,
}

/// What is answered. What is named in `intents_out` isn't, whatever else is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// The intents that are answered; all, where none is named.
    pub intents_in: Vec<String>,
    /// The intents that aren't.
    pub intents_out: Vec<String>,
    /// The products; all, where none is named.
    pub products: Vec<String>,
    /// The customers' countries; all, where none is named.
    pub countries: Vec<Country>,
    /// The channels; all, where none is named.
    pub channels: Vec<Channel>,
}

/// A language that is answered, and how well whoever answers has to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageAsked {
    /// The language.
    pub language: LanguageTag,
    /// How well they read it.
    pub reading: Level,
    /// How well they write it.
    pub writing: Level,
    /// How well they speak it.
    pub speaking: Level,
}

/// A tier that is taken, and where it stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierTaken {
    /// The tier.
    pub tier: Tier,
    /// What is no longer theirs, in words.
    #[serde(default)]
    pub stops_at: String,
}

/// A promise in time, and how its keeping is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// What people call it: `first-reply-urgent`.
    pub key: String,
    /// What is promised.
    pub metric: Metric,
    /// For cases of this priority; for all where none is named and no other clause names it.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// In how many minutes.
    pub minutes: u32,
    /// What of the time counts.
    pub counted: Counted,
    /// In whose turn it stands still.
    #[serde(default)]
    pub paused_for: Vec<Party>,
    /// So many in a hundred are kept at least.
    pub minimum_percent: u8,
    /// So many in a hundred are aimed at.
    pub target_percent: u8,
    /// Over which time that is measured.
    pub window: Window,
    /// What isn't counted, in words.
    #[serde(default)]
    pub exclusions: Vec<String>,
    /// How much it counts beside the others, and how hard routing presses for it.
    pub weight: u16,
    /// What it means, in words that both sides agreed on.
    #[serde(default)]
    pub definition: String,
}

/// How many cases a month are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeBand {
    /// Cases a month.
    pub cases: u32,
    /// So much more, in hundredths, is still expected.
    pub above_percent: u8,
    /// So much less, in hundredths, is still expected.
    pub below_percent: u8,
}

/// Who may see what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DataPolicy {
    /// The countries from which cases may be opened; any, where none is named.
    pub countries: Vec<Country>,
    /// The fields that are masked.
    pub masked: Vec<String>,
    /// Whether cases may be answered by translation.
    pub translation: Translation,
}

/// To whom cases of a matter are escalated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationLine {
    /// Of this intent; of any, where it is empty.
    #[serde(default)]
    pub intent: String,
    /// About this product; about any, where it is empty.
    #[serde(default)]
    pub product: String,
    /// To whom.
    pub to: EscalatedTo,
    /// In how many minutes an answer is needed.
    pub within_minutes: u32,
}

/// To whom a case is escalated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalatedTo {
    /// One of the client's people.
    Resolver(PersonId),
    /// A vendor of the client's.
    Vendor(VendorId),
}

/// Who is called when something can't wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnCall {
    /// For each level, how many minutes they have before the next one is called. None: nobody is called.
    pub levels: Vec<u32>,
    /// What counts as such a case, in words.
    pub counts: String,
    /// Who may say that a case is one.
    pub declared_by: Vec<Role>,
}

/// When an engagement helps the client's own people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverflowAgreed {
    /// When whoever writes now would wait longer than so many minutes.
    pub wait_minutes: u32,
    /// When more cases wait than this.
    pub queue: u32,
    /// It ends when both are below this part of their bounds, in hundredths.
    pub ends_below: u8,
    /// At most so many cases a day.
    pub daily_cap: u32,
}

impl Default for DataPolicy {
    fn default() -> Self {
        Self { countries: Vec::new(), masked: Vec::new(), translation: Translation::Allowed }
    }
}

/// The terms of an engagement in which nobody has agreed on any: the client's own office hours.
impl Default for Terms {
    fn default() -> Self {
        Self {
            kind: EngagementKind::InHouse,
            scope: Scope::default(),
            languages: Vec::new(),
            tiers: Vec::new(),
            hours: ServiceHours::office(),
            clauses: Metric::ALL.into_iter().map(Clause::usual).collect(),
            volume: None,
            policy: DataPolicy::default(),
            disclosure: Disclosure::None,
            disclosure_sentence: String::new(),
            escalations: Vec::new(),
            on_call: OnCall::default(),
            overflow: None,
            routing: RoutingMode::Push,
            sample_percent: 20,
            handling_minutes: 15,
        }
    }
}

impl Terms {
    /// The promise for a case: the clause of its priority, else the one for all.
    pub fn clause(&self, metric: Metric, priority: Priority) -> Option<&Clause> {
        let of =
            |wanted| self.clauses.iter().find(|clause| clause.metric == metric && clause.priority == wanted);
        of(Some(priority)).or_else(|| of(None))
    }

    /// To whom a case of a matter is escalated: by intent and product, else by intent, by product, or whoever takes all.
    pub fn escalation(&self, intent: &str, product: &str) -> Option<&EscalationLine> {
        let fits = |said: &str, is: &str| said.is_empty() || said == is;
        let fitting =
            self.escalations.iter().filter(|line| fits(&line.intent, intent) && fits(&line.product, product));
        // Of lines that are equally exact the first counts.
        fitting.min_by_key(|line| (line.intent.is_empty(), line.product.is_empty()))
    }

    /// What is asked of whoever answers in a language; none where all languages are answered or this one isn't.
    pub fn asked_in(&self, language: &LanguageTag) -> Option<&LanguageAsked> {
        let exactly = self.languages.iter().find(|asked| asked.language == *language);
        exactly.or_else(|| self.languages.iter().find(|asked| asked.language.is_same_language(language)))
    }

    /// Whether a language is answered. One that isn't known yet is.
    pub fn answers_in(&self, language: &LanguageTag) -> bool {
        self.languages.is_empty() || !language.is_known() || self.asked_in(language).is_some()
    }
}

impl Clause {
    /// What is promised where nobody has agreed on anything.
    pub fn usual(metric: Metric) -> Self {
        let minutes = match metric {
            Metric::FirstReply | Metric::NextReply | Metric::Place => 8 * 60,
            Metric::Explanation => 4 * 60,
            Metric::Resolution => 5 * 8 * 60,
        };
        let paused_for = if metric == Metric::Resolution { vec![Party::Customer] } else { Vec::new() };
        Self {
            key: metric.as_str().replace('_', "-"),
            metric,
            priority: None,
            minutes,
            counted: Counted::Service,
            paused_for,
            minimum_percent: 80,
            target_percent: 90,
            window: Window::Month,
            exclusions: Vec::new(),
            weight: 1,
            definition: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_of_the_priority_comes_before_the_one_for_all() {
        let urgent =
            Clause { priority: Some(Priority::Urgent), minutes: 30, ..Clause::usual(Metric::FirstReply) };
        let terms = Terms { clauses: vec![Clause::usual(Metric::FirstReply), urgent], ..Terms::default() };
        let check = |metric, priority, expected: Option<u32>| {
            assert_eq!(terms.clause(metric, priority).map(|clause| clause.minutes), expected, "{priority}");
        };
        check(Metric::FirstReply, Priority::Urgent, Some(30));
        check(Metric::FirstReply, Priority::High, Some(480));
        check(Metric::Place, Priority::Urgent, None);
    }

    #[test]
    fn the_most_exact_line_of_the_matrix_counts() {
        let line = |intent: &str, product: &str, within_minutes| EscalationLine {
            intent: intent.to_owned(),
            product: product.to_owned(),
            to: EscalatedTo::Vendor(kernel::Id::from_uuid(uuid::Uuid::nil())),
            within_minutes,
        };
        let escalations = vec![
            line("", "", 1),
            line("", "oven", 2),
            line("repair", "", 3),
            line("repair", "oven", 4),
            line("repair", "oven", 5),
        ];
        let terms = Terms { escalations, ..Terms::default() };
        let check = |intent, product, expected| {
            let found = terms.escalation(intent, product).map(|line| line.within_minutes);
            assert_eq!(found, Some(expected), "{intent} {product}");
        };
        check("repair", "oven", 4);
        check("repair", "fridge", 3);
        check("refund", "oven", 2);
        check("refund", "fridge", 1);
        assert_eq!(Terms::default().escalation("repair", "oven"), None);
    }

    #[test]
    fn terms_survive_being_written_down() {
        let terms = Terms::default();
        let written = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&written).unwrap(), terms);
        assert_eq!(serde_json::from_str::<Terms>("{}").unwrap(), terms);
        let some: Terms =
            serde_json::from_str(r#"{"kind": "overflow", "policy": {"countries": ["DE"]}}"#).unwrap();
        assert_eq!((some.kind, some.policy.countries[0].as_str()), (EngagementKind::Overflow, "DE"));
        assert!(serde_json::from_str::<Terms>(r#"{"policy": {"countries": ["Germany"]}}"#).is_err());
    }
}
