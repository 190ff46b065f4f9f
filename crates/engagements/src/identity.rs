//! Rule: as whom a mailbox writes: how much of a representative's name customers see, and which signature stands below.

use crate::EngagementRefusal;
use kernel::{LanguageTag, MailboxId};
use std::{fmt, str::FromStr};

/// The longest signature, in characters.
const LONGEST_SIGNATURE: usize = 2_000;
/// How many letters a mailbox sends a day unless its owner says otherwise.
pub const LETTERS_A_DAY: i64 = 2_000;
/// The most that an owner can allow a day. Whoever sends more wants a service made for it.
pub const MOST_LETTERS_A_DAY: i64 = 100_000;
/// What can stand in a signature and is filled in when a letter is made.
pub const PLACEHOLDERS: [&str; 4] = ["name", "first_name", "company", "address"];

/// How a letter's sender looks to customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SenderName {
    /// "Ana Sousa (Aurora)".
    PersonAndCompany,
    /// "Ana at Aurora": customers never see the surname.
    FirstName,
    /// "Aurora": customers never see who writes.
    Company,
}

impl SenderName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::PersonAndCompany, Self::FirstName, Self::Company];

    /// The word in the store and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonAndCompany => "person_and_company",
            Self::FirstName => "first_name",
            Self::Company => "company",
        }
    }
}

impl fmt::Display for SenderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SenderName {
    type Err = EngagementRefusal;

    fn from_str(text: &str) -> Result<Self, EngagementRefusal> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == text);
        found.ok_or(EngagementRefusal::UnknownSenderName)
    }
}

store::text_column!(SenderName);
store::text_param!(SenderName);

/// As whom a mailbox writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// How the sender looks.
    pub sender_name: SenderName,
    /// After so many letters a day, further ones wait for the next day.
    pub letters_a_day: i64,
    /// One for each language that has its own.
    pub signatures: Vec<Signature>,
}

/// What stands below the words of a letter, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The language of the letters that it stands below.
    pub language: LanguageTag,
    /// Its words in Markdown, with placeholders as `{name}`.
    pub markdown: String,
}

/// Who writes, in whose name.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The representative, as "Ana Sousa".
    pub person: &'a str,
    /// The name of the mailbox, as "Aurora".
    pub company: &'a str,
    /// The address of the mailbox.
    pub address: &'a str,
}

impl Identity {
    /// As a mailbox writes whose owner has said nothing yet.
    pub fn plain(mailbox: MailboxId) -> Self {
        Self {
            mailbox,
            sender_name: SenderName::PersonAndCompany,
            letters_a_day: LETTERS_A_DAY,
            signatures: Vec::new(),
        }
    }

    /// The name beside the sender's address, in a letter of this language.
    pub fn sender(&self, writer: Writer<'_>, language: &LanguageTag) -> String {
        let company = writer.company;
        match self.sender_name {
            SenderName::Company => company.to_owned(),
            SenderName::PersonAndCompany => format!("{} ({company})", writer.person),
            SenderName::FirstName if language.primary() == "en" => {
                format!("{} at {company}", first(writer.person))
            }
            SenderName::FirstName => format!("{} ({company})", first(writer.person)),
        }
    }

    /// The signature of a letter in this language: its own, else that of the language without its region, else that of the client's
    /// own language, else the only one there is. The placeholders hold no more of the representative's name than the sender does.
    pub fn signature(&self, writer: Writer<'_>, language: &LanguageTag, clients: &LanguageTag) -> String {
        let of = |tag: &str| self.signatures.iter().find(|one| one.language.as_str() == tag);
        let only = self.signatures.first().filter(|_| self.signatures.len() == 1);
        let found = of(language.as_str()).or_else(|| of(language.primary()));
        let found = found.or_else(|| of(clients.as_str())).or_else(|| of(clients.primary())).or(only);
        found.map(|one| self.filled(&one.markdown, writer)).unwrap_or_default()
    }

    fn filled(&self, markdown: &str, writer: Writer<'_>) -> String {
        let (name, first_name) = match self.sender_name {
            SenderName::PersonAndCompany => (writer.person, first(writer.person)),
            SenderName::FirstName => (first(writer.person), first(writer.person)),
            SenderName::Company => (writer.company, writer.company),
        };
        pieces(markdown)
            .map(|piece| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Placeholder("name") => name.to_owned(),
                Piece::Placeholder("first_name") => first_name.to_owned(),
                Piece::Placeholder("company") => writer.company.to_owned(),
                Piece::Placeholder("address") => writer.address.to_owned(),
                Piece::Placeholder(other) => format!("{{{other}}}"),
            })
            .collect()
    }
}

/// The first of a person's names.
fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// A stretch of a signature.
enum Piece<'a> {
    Words(&'a str),
    Placeholder(&'a str),
}

/// The words and placeholders of a signature, in their order. Braces around anything but small letters are words.
fn pieces(markdown: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = markdown;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let opens = placeholder_at(rest);
        let (piece, after) = match opens {
            Some((0, name)) => (Piece::Placeholder(name), &rest[name.len() + 2..]),
            Some((at, _)) => (Piece::Words(&rest[..at]), &rest[at..]),
            None => (Piece::Words(rest), ""),
        };
        rest = after;
        Some(piece)
    })
}

/// Where the first placeholder begins, and its name.
fn placeholder_at(text: &str) -> Option<(usize, &str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let (name, _) = text[at + 1..].split_once('}')?;
        let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_word.then_some((at, name))
    })
}

impl Signature {
    /// From what a form says.
    ///
    /// # Errors
    /// [`EngagementRefusal::SignatureTooLong`] and [`EngagementRefusal::UnknownPlaceholder`].
    pub fn written(language: LanguageTag, markdown: &str) -> Result<Self, EngagementRefusal> {
        let markdown = markdown.replace("\r\n", "\n").trim_end().to_owned();
        if markdown.chars().count() > LONGEST_SIGNATURE {
            return Err(EngagementRefusal::SignatureTooLong);
        }
        let unknown =
            |piece: Piece<'_>| matches!(piece, Piece::Placeholder(name) if !PLACEHOLDERS.contains(&name));
        if pieces(&markdown).any(unknown) {
            return Err(EngagementRefusal::UnknownPlaceholder);
        }
        Ok(Self { language, markdown })
    }
}

/// How many letters a day, from what a form says.
///
/// # Errors
/// [`EngagementRefusal::NotADailyLimit`].
pub fn letters_a_day(text: &str) -> Result<i64, EngagementRefusal> {
    let number = text.trim().parse().ok().filter(|number| (1..=MOST_LETTERS_A_DAY).contains(number));
    number.ok_or(EngagementRefusal::NotADailyLimit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    const ANA: Writer<'_> =
        Writer { person: "Ana Maria Sousa", company: "Aurora", address: "help@aurora.example" };

    fn tag(text: &str) -> LanguageTag {
        text.parse().unwrap()
    }

    fn identity(sender_name: SenderName, signatures: &[(&str, &str)]) -> Identity {
        let signature = |(language, words): &(&str, &str)| Signature::written(tag(language), words).unwrap();
        let mailbox = MailboxId::from_uuid(uuid::Uuid::nil());
        let signatures = signatures.iter().map(signature).collect();
        Identity { sender_name, signatures, ..Identity::plain(mailbox) }
    }

    #[test]
    fn customers_see_as_much_of_the_name_as_the_client_wants() {
        let check = |sender_name, language, sender: &str, signed: &str| {
            let identity = identity(sender_name, &[("en", "{name} / {first_name} / {company} / {address}")]);
            assert_eq!(identity.sender(ANA, &tag(language)), sender);
            assert_eq!(identity.signature(ANA, &tag(language), &tag("en")), signed);
        };
        let at = "/ Aurora / help@aurora.example";
        check(
            SenderName::PersonAndCompany,
            "en",
            "Ana Maria Sousa (Aurora)",
            &format!("Ana Maria Sousa / Ana {at}"),
        );
        check(SenderName::FirstName, "en", "Ana at Aurora", &format!("Ana / Ana {at}"));
        check(SenderName::FirstName, "de", "Ana (Aurora)", &format!("Ana / Ana {at}"));
        check(SenderName::Company, "en", "Aurora", &format!("Aurora / Aurora {at}"));
    }

    #[test]
    fn a_letter_is_signed_in_its_language() {
        let both = [("de", "Grüße"), ("pl", "Pozdrawiam"), ("pt-br", "Abraços")];
        let check = |signatures: &[(&str, &str)], language, clients, expected: &str| {
            let identity = identity(SenderName::Company, signatures);
            assert_eq!(
                identity.signature(ANA, &tag(language), &tag(clients)),
                expected,
                "{language} {clients}"
            );
        };
        check(&both, "pl", "de", "Pozdrawiam");
        check(&both, "pl-pl", "de", "Pozdrawiam");
        check(&both, "pt-br", "de", "Abraços");
        check(&both, "pt", "de", "Grüße");
        check(&both, "und", "de", "Grüße");
        check(&both, "fr", "fr", "");
        check(&[("de", "Grüße")], "fr", "fr", "Grüße");
        check(&[], "de", "de", "");
    }

    #[test]
    fn what_is_no_placeholder_stays_as_typed() {
        let check = |words: &str, expected: Result<&str, EngagementRefusal>| {
            let written = Signature::written(tag("en"), words).map(|signature| {
                let identity = Identity { signatures: vec![signature], ..identity(SenderName::Company, &[]) };
                identity.signature(ANA, &tag("en"), &tag("en"))
            });
            assert_eq!(written.as_deref().map_err(|refused| *refused), expected, "{words}");
        };
        check("{ {Name} {} {company}}", Ok("{ {Name} {} Aurora}"));
        check("{na{company}", Ok("{naAurora"));
        check("ž{company}ž\r\n", Ok("žAuroraž"));
        check("{surname}", Err(EngagementRefusal::UnknownPlaceholder));
        check(&"x".repeat(2_001), Err(EngagementRefusal::SignatureTooLong));
    }

    #[test]
    fn a_daily_limit_is_a_number_within_reason() {
        let check = |text, expected| assert_eq!(letters_a_day(text), expected, "{text}");
        check(" 500 ", Ok(500));
        check("0", Err(EngagementRefusal::NotADailyLimit));
        check("100001", Err(EngagementRefusal::NotADailyLimit));
        check("many", Err(EngagementRefusal::NotADailyLimit));
    }
}
