//! Rule: a client's data policy about engines elsewhere, and how much may still be sent this month.

use super::EngineByAddress;
use kernel::{ClientId, EngineId, Instant, PersonId};
use std::{fmt, str::FromStr};

/// No such word stands in the store.
#[derive(Debug, thiserror::Error)]
#[error("the word is not known")]
pub struct NoSuchWord;

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in the store and in forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = NoSuchWord;
            fn from_str(word: &str) -> Result<Self, NoSuchWord> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word).ok_or(NoSuchWord)
            }
        }

        store::text_column!($name);
        store::text_param!($name);
    };
}

/// When an engine elsewhere is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Before the models in this program.
    First,
    /// Where no model in this program goes the way, or where it doesn't work.
    AfterLocal,
}

words!(Preference { First = "first", AfterLocal = "after_local" });

/// How customers are addressed, for engines that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormOfAddress {
    /// As the engine does it.
    Unsaid,
    /// As `Sie`, `usted`, `Pan`.
    Formal,
    /// As `du`, `tú`, `ty`.
    Informal,
}

words!(FormOfAddress { Unsaid = "unsaid", Formal = "formal", Informal = "informal" });

/// A client allows that texts of its cases are sent to an engine elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Whose texts.
    pub client: ClientId,
    /// To which engine.
    pub engine: EngineId,
    /// When it is asked.
    pub preference: Preference,
    /// How customers are addressed.
    pub form: FormOfAddress,
    /// How many characters a month.
    pub monthly_characters: i64,
    /// The machine for which this was allowed.
    pub host: String,
    /// The country for which this was allowed.
    pub country: String,
    /// Who allowed it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

impl Permission {
    /// Whether what was allowed is what the engine is now: a client allowed one machine in one country, not wherever its name leads.
    pub fn holds(&self, engine: &EngineByAddress) -> bool {
        self.engine == engine.id && self.host == engine.host() && self.country == engine.country
    }
}

/// What a client sent to an engine in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// How many characters.
    pub characters: i64,
    /// How often it was asked.
    pub calls: i64,
    /// How often that failed.
    pub failures: i64,
}

/// More than was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// How many characters a month were agreed.
    pub characters: i64,
    /// For whom: `this client`, `this installation`.
    pub whose: &'static str,
}

/// Whether so many characters may still be sent, after what the client and everybody together sent this month.
///
/// # Errors
/// [`Exceeded`].
pub fn room(
    engine: &EngineByAddress,
    permission: &Permission,
    by_client: i64,
    by_all: i64,
    wanted: i64,
) -> Result<(), Exceeded> {
    let bounds = [
        (by_client, permission.monthly_characters, "this client"),
        (by_all, engine.monthly_characters, "this installation"),
    ];
    let over = bounds.into_iter().find(|(used, agreed, _)| used.saturating_add(wanted) > *agreed);
    over.map_or(Ok(()), |(_, characters, whose)| Err(Exceeded { characters, whose }))
}

/// The month of an instant in UTC, as `2026-11`.
pub fn month(at: Instant) -> String {
    at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::{IsEnabled, Typed};
    use kernel::Id;
    use uuid::Uuid;

    fn engine(address: &str, country: &str) -> EngineByAddress {
        let typed = Typed {
            name: "Ours",
            kind: "deepl",
            address,
            country,
            within: "10",
            monthly_characters: "1000",
            ..Typed::default()
        };
        EngineByAddress::typed(EngineId::from_uuid(Uuid::nil()), IsEnabled::Yes, &typed).unwrap()
    }

    fn permission(engine: &EngineByAddress) -> Permission {
        Permission {
            client: ClientId::from_uuid(Uuid::nil()),
            engine: engine.id,
            preference: Preference::First,
            form: FormOfAddress::Unsaid,
            monthly_characters: 300,
            host: engine.host(),
            country: engine.country.clone(),
            by: PersonId::from_uuid(Uuid::nil()),
            at: Instant::from_micros(0),
        }
    }

    #[test]
    fn nothing_costs_more_than_was_agreed() {
        let engine = engine("https://a.example", "Germany");
        let check = |by_client, by_all, wanted, expected: Option<&str>| {
            let found = room(&engine, &permission(&engine), by_client, by_all, wanted);
            assert_eq!(found.err().map(|over| over.whose), expected, "{by_client} {by_all} {wanted}");
        };
        check(0, 0, 300, None);
        check(0, 0, 301, Some("this client"));
        check(299, 299, 1, None);
        check(300, 300, 1, Some("this client"));
        check(0, 900, 101, Some("this installation"));
        check(0, 900, 100, None);
        check(0, i64::MAX, 1, Some("this installation"));
    }

    #[test]
    fn a_permission_is_for_one_machine_in_one_country() {
        let allowed = permission(&engine("https://a.example/v1", "Germany"));
        let check = |address: &str, country: &str, holds: bool| {
            assert_eq!(allowed.holds(&engine(address, country)), holds, "{address} {country}");
        };
        check("https://a.example/v2", "Germany", true);
        check("https://b.example/v1", "Germany", false);
        check("https://a.example/v1", "United States", false);
    }

    #[test]
    fn months_are_those_of_utc() {
        let at: jiff::Timestamp = "2026-11-30T23:59:59Z".parse().unwrap();
        assert_eq!(month(Instant::from_micros(at.as_microsecond())), "2026-11");
    }
}
