//! Rule: engines by address, which services elsewhere may say texts; which client allows it, and how much of it was agreed.

mod languages;
mod permission;

use crate::EngagementRefusal;
use kernel::{EngineId, Instant};
use std::{fmt, str::FromStr, time::Duration};
use url::{Host, Url};

pub use languages::{Reaches, Spoken};
pub use permission::{Exceeded, FormOfAddress, Permission, Preference, Use, month, room};

/// What language an engine speaks with us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// LibreTranslate, or what answers like it.
    LibreTranslate,
    /// DeepL, version 2 of its interface.
    DeepL,
    /// A language model that answers chats as OpenAI's do.
    OpenAi,
}

impl EngineKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LibreTranslate, Self::DeepL, Self::OpenAi];

    /// The word in the store and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LibreTranslate => "libretranslate",
            Self::DeepL => "deepl",
            Self::OpenAi => "openai",
        }
    }

    /// The words on a page.
    pub fn title(self) -> &'static str {
        match self {
            Self::LibreTranslate => "LibreTranslate",
            Self::DeepL => "DeepL",
            Self::OpenAi => "OpenAI-compatible",
        }
    }
}

impl fmt::Display for EngineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EngineKind {
    type Err = EngagementRefusal;
    fn from_str(word: &str) -> Result<Self, EngagementRefusal> {
        let named = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        named.ok_or(EngagementRefusal::UnknownEngineKind)
    }
}

store::text_column!(EngineKind);
store::text_param!(EngineKind);

/// Whether an engine is asked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsEnabled {
    /// It is, for the clients that allow it.
    Yes,
    /// It isn't, for nobody.
    No,
}

/// An engine elsewhere, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineByAddress {
    /// Its id.
    pub id: EngineId,
    /// What people here call it.
    pub name: String,
    /// How it is spoken with.
    pub kind: EngineKind,
    /// Its address, as `https://translate.example.com/`.
    pub address: String,
    /// Which of its models is asked; empty where there is no choice.
    pub model: String,
    /// Where it stands, in the owner's words: `Germany`. Clients allow texts to go there.
    pub country: String,
    /// How long one asking may take.
    pub within: Duration,
    /// How many characters a month it may be sent by all clients together.
    pub monthly_characters: i64,
    /// Whether it is asked.
    pub is_enabled: IsEnabled,
    /// Where it goes, as it said when it was tested last.
    pub reaches: Reaches,
    /// What went wrong last; empty while nothing did.
    pub trouble: String,
    /// When that was.
    pub troubled_at: Option<Instant>,
    /// Until when it is left alone.
    pub rests_until: Option<Instant>,
    /// When it was tested last.
    pub tested_at: Option<Instant>,
}

/// What a form says of an engine.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    /// What people here call it.
    pub name: &'a str,
    /// One of [`EngineKind::as_str`].
    pub kind: &'a str,
    /// Its address.
    pub address: &'a str,
    /// Which model.
    pub model: &'a str,
    /// Where it stands.
    pub country: &'a str,
    /// Seconds.
    pub within: &'a str,
    /// Characters.
    pub monthly_characters: &'a str,
}

impl EngineByAddress {
    /// From what a form says. It isn't tested yet, so it goes nowhere.
    ///
    /// # Errors
    /// What can't be read or may not be: [`EngagementRefusal::UnknownEngineKind`], [`EngagementRefusal::EngineUnnamed`],
    /// [`EngagementRefusal::EngineAddress`], [`EngagementRefusal::EngineInTheClear`], [`EngagementRefusal::EngineModel`],
    /// [`EngagementRefusal::EngineTime`], [`EngagementRefusal::EngineBudget`].
    pub fn typed(id: EngineId, is_enabled: IsEnabled, typed: &Typed<'_>) -> Result<Self, EngagementRefusal> {
        let plain = |text: &str, most: usize| {
            let text = text.trim();
            let fits = text.chars().count() <= most && !text.contains(char::is_control);
            fits.then(|| text.to_owned())
        };
        let named = |text: &str| plain(text, 60).filter(|text| !text.is_empty());
        let kind: EngineKind = typed.kind.parse()?;
        let model = plain(typed.model, 200).ok_or(EngagementRefusal::EngineModel)?;
        if kind == EngineKind::OpenAi && model.is_empty() {
            return Err(EngagementRefusal::EngineModel);
        }
        let seconds: u64 = typed.within.trim().parse().map_err(|_| EngagementRefusal::EngineTime)?;
        if !(1..=120).contains(&seconds) {
            return Err(EngagementRefusal::EngineTime);
        }
        Ok(Self {
            id,
            name: named(typed.name).ok_or(EngagementRefusal::EngineUnnamed)?,
            kind,
            address: address(typed.address)?,
            model,
            country: named(typed.country).ok_or(EngagementRefusal::EngineUnnamed)?,
            within: Duration::from_secs(seconds),
            monthly_characters: characters(typed.monthly_characters)?,
            is_enabled,
            reaches: Reaches::default(),
            trouble: String::new(),
            troubled_at: None,
            rests_until: None,
            tested_at: None,
        })
    }

    /// A key that was kept for that one may be shown to this one.
    pub fn is_same_server(&self, other: &Self) -> bool {
        self.kind == other.kind && origin(&self.address) == origin(&other.address)
    }

    /// Whether it may be asked now.
    pub fn is_resting(&self, now: Instant) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    /// The name of the machine that gets the texts.
    pub fn host(&self) -> String {
        origin(&self.address).map(|(_, host, _)| host).unwrap_or_default()
    }
}

fn origin(address: &str) -> Option<(String, String, Option<u16>)> {
    let url = Url::parse(address).ok()?;
    Some((url.scheme().to_owned(), url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// A number of characters a month, as people write it: `500000`, `500,000`, `500 000`.
///
/// # Errors
/// [`EngagementRefusal::EngineBudget`].
pub fn characters(text: &str) -> Result<i64, EngagementRefusal> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ',' | '.' | '\'' | '’') && !c.is_whitespace()).collect();
    let number = digits.parse().ok().filter(|number| (1..=10_000_000_000).contains(number));
    number.ok_or(EngagementRefusal::EngineBudget)
}

/// Checks an address. Machines of the house are as good as others: an owner names it, nobody else can.
fn address(text: &str) -> Result<String, EngagementRefusal> {
    let mut url = Url::parse(text.trim()).map_err(|_| EngagementRefusal::EngineAddress)?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let has_more = !url.username().is_empty() || url.password().is_some() || url.query().is_some();
    if !is_web || has_more || url.host().is_none() || text.len() > 500 {
        return Err(EngagementRefusal::EngineAddress);
    }
    if url.scheme() == "http" && !is_near(url.host()) {
        return Err(EngagementRefusal::EngineInTheClear);
    }
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url.into())
}

/// A machine of the house, to which texts may go unencrypted.
fn is_near(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => {
            let endings = [".local", ".internal", ".lan", ".home.arpa"];
            !name.contains('.') || endings.iter().any(|ending| name.ends_with(ending))
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EngagementRefusal as R;
    use kernel::Id;

    fn typed<'a>(kind: &'a str, address: &'a str, model: &'a str) -> Typed<'a> {
        let (name, country, within, monthly_characters) = ("Ours", "Germany", "10", "500,000");
        Typed { name, kind, address, model, country, within, monthly_characters }
    }

    fn engine(typed: &Typed<'_>) -> Result<EngineByAddress, R> {
        EngineByAddress::typed(EngineId::from_uuid(uuid::Uuid::nil()), IsEnabled::Yes, typed)
    }

    #[test]
    fn an_engine_is_read_from_a_form() {
        let check = |kind: &str, address: &str, model: &str, expected: Result<&str, R>| {
            let found = engine(&typed(kind, address, model));
            assert_eq!(
                found.as_ref().map(|one| one.address.as_str()).map_err(|error| *error),
                expected,
                "{address}"
            );
        };
        check("deepl", "https://api-free.deepl.com", "", Ok("https://api-free.deepl.com/"));
        check("libretranslate", " http://10.0.0.5:5000/lt ", "", Ok("http://10.0.0.5:5000/lt/"));
        check("libretranslate", "http://translate:5000", "", Ok("http://translate:5000/"));
        check("libretranslate", "http://[::1]:5000", "", Ok("http://[::1]:5000/"));
        check("openai", "https://a.example/v1", "m", Ok("https://a.example/v1/"));
        check("openai", "https://a.example/v1", " ", Err(R::EngineModel));
        check("libretranslate", "http://translate.example.com", "", Err(R::EngineInTheClear));
        check("libretranslate", "http://8.8.8.8", "", Err(R::EngineInTheClear));
        check("libretranslate", "ftp://10.0.0.5", "", Err(R::EngineAddress));
        check("libretranslate", "https://me:key@a.example", "", Err(R::EngineAddress));
        check("libretranslate", "https://a.example/?key=1", "", Err(R::EngineAddress));
        check("libretranslate", "translate", "", Err(R::EngineAddress));
        check("papyrus", "https://a.example", "", Err(R::UnknownEngineKind));
    }

    #[test]
    fn bounds_are_kept() {
        let whole = typed("deepl", "https://a.example", "");
        let check = |typed: Typed<'_>, expected: Result<(u64, i64), R>| {
            let found = engine(&typed);
            assert_eq!(
                found.map(|one| (one.within.as_secs(), one.monthly_characters)),
                expected,
                "{typed:?}"
            );
        };
        check(whole.clone(), Ok((10, 500_000)));
        check(Typed { within: "0", ..whole.clone() }, Err(R::EngineTime));
        check(Typed { within: "121", ..whole.clone() }, Err(R::EngineTime));
        check(Typed { monthly_characters: "0", ..whole.clone() }, Err(R::EngineBudget));
        check(Typed { monthly_characters: "1 000 000", ..whole.clone() }, Ok((10, 1_000_000)));
        check(Typed { monthly_characters: "much", ..whole.clone() }, Err(R::EngineBudget));
        check(Typed { name: " ", ..whole.clone() }, Err(R::EngineUnnamed));
        check(Typed { country: "", ..whole }, Err(R::EngineUnnamed));
    }

    #[test]
    fn a_key_stays_with_its_server() {
        let check = |one: &str, other: &str, is_same: bool| {
            let [one, other] = [one, other].map(|address| engine(&typed("deepl", address, "")).unwrap());
            assert_eq!(one.is_same_server(&other), is_same, "{one:?} {other:?}");
        };
        check("https://a.example/v1", "https://a.example/v2", true);
        check("https://a.example", "https://a.example:443", true);
        check("https://a.example", "https://b.example", false);
        check("https://a.example", "https://a.example:8443", false);
    }
}
