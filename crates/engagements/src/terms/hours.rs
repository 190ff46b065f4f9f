//! Rule: the hours of service, as they are written down.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The days of the week as they are written.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Stretches of a day, each as `["09:00", "17:00"]`. One that ends before it begins goes on after midnight.
pub type Stretches = Vec<[String; 2]>;

/// When customers are answered, in the engagement's zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceHours {
    /// All day and all night: nothing else counts then.
    pub is_round_the_clock: bool,
    /// The hours of each day of the week, by `mon` to `sun`; a day that isn't named is closed.
    pub week: BTreeMap<String, Stretches>,
    /// The lists of holidays that are kept.
    pub holidays: Vec<String>,
    /// The hours on those holidays; closed, where there are none. Who answers while others have closed has some.
    pub on_holidays: Stretches,
    /// Days on which it is closed besides.
    pub closed_days: Vec<OwnClosing>,
    /// Days with hours of their own, in the place of all others.
    pub own_days: BTreeMap<Date, Stretches>,
}

/// A day on which it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnClosing {
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(default)]
    pub name: String,
}

impl ServiceHours {
    /// From Monday to Friday, nine to five.
    pub fn office() -> Self {
        Self { week: Self::on(&WEEKDAYS[..5], &[("09:00", "17:00")]), ..Self::default() }
    }

    /// All day and all night.
    pub fn round_the_clock() -> Self {
        Self { is_round_the_clock: true, ..Self::default() }
    }

    /// The same hours on some days of the week.
    pub fn on(days: &[&str], hours: &[(&str, &str)]) -> BTreeMap<String, Stretches> {
        let stretches: Stretches =
            hours.iter().map(|(from, until)| [(*from).to_owned(), (*until).to_owned()]).collect();
        days.iter().map(|day| ((*day).to_owned(), stretches.clone())).collect()
    }
}
