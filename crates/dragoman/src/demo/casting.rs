//! Rule: who plays the customer of a conversation. Some come back with another one.

use super::chance::Chance;
use super::script::{Cast, Gender, Template};
use kernel::{EmailAddress, LanguageTag};
use std::collections::BTreeSet;

/// A customer of one client.
#[derive(Clone, Debug)]
pub(super) struct Player {
    pub client: String,
    pub first: String,
    pub last: String,
    pub gender: Gender,
    pub language: LanguageTag,
    pub city: String,
    pub address: EmailAddress,
    /// How many conversations they have.
    pub conversations: u32,
}

impl Player {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// Nobody writes more often than this.
const MOST: u32 = 4;

/// All customers so far.
#[derive(Default)]
pub(super) struct Company {
    pub players: Vec<Player>,
    addresses: BTreeSet<(String, EmailAddress)>,
}

impl Company {
    /// Who plays this conversation's customer: an index into `players`.
    pub fn cast(&mut self, cast: &Cast, template: &Template, chance: &mut Chance) -> Option<usize> {
        let gender =
            template.gender.unwrap_or(if chance.of_hundred(52) { Gender::Female } else { Gender::Male });
        let at = match (&template.first, &template.last) {
            (Some(first), Some(last)) => self.named(cast, template, (first, last), gender, chance)?,
            _ => self.anybody(cast, template, gender, chance)?,
        };
        self.players[at].conversations += 1;
        Some(at)
    }

    fn anybody(
        &mut self,
        cast: &Cast,
        template: &Template,
        gender: Gender,
        chance: &mut Chance,
    ) -> Option<usize> {
        let fits = |player: &Player| {
            player.client == template.client
                && player.language == template.language
                && player.gender == gender
        };
        let mut known: Vec<usize> = (0..self.players.len()).filter(|at| fits(&self.players[*at])).collect();
        known.retain(|at| self.players[*at].conversations < MOST);
        let names = cast.names.get(&template.language)?;
        let names = if gender == Gender::Female { &names.female } else { &names.male };
        let fresh: Vec<&(String, String)> = names
            .iter()
            .filter(|(first, last)| {
                !self.players.iter().any(|p| fits(p) && p.first == *first && p.last == *last)
            })
            .collect();
        let comes_back = !known.is_empty() && (fresh.is_empty() || chance.of_hundred(24));
        if comes_back {
            return chance.pick(&known).copied();
        }
        let (first, last) = *chance.pick(&fresh)?;
        self.named(cast, template, (first, last), gender, chance)
    }

    fn named(
        &mut self,
        cast: &Cast,
        template: &Template,
        (first, last): (&str, &str),
        gender: Gender,
        chance: &mut Chance,
    ) -> Option<usize> {
        let same = |player: &Player| {
            player.client == template.client
                && player.language == template.language
                && player.first == first
                && player.last == last
        };
        if let Some(at) = self.players.iter().position(same) {
            return Some(at);
        }
        let address = self.address(&template.client, first, last)?;
        self.players.push(Player {
            client: template.client.clone(),
            first: first.to_owned(),
            last: last.to_owned(),
            gender,
            language: template.language.clone(),
            city: chance.pick(cast.cities.get(&template.language)?)?.clone(),
            address,
            conversations: 0,
        });
        Some(self.players.len() - 1)
    }

    /// An address that nobody else writes from to this client.
    fn address(&mut self, client: &str, first: &str, last: &str) -> Option<EmailAddress> {
        let name = format!("{}.{}", plain(first), plain(last));
        let tried = (1..).map(|number| if number == 1 { name.clone() } else { format!("{name}{number}") });
        for local in tried.take(20) {
            let address: EmailAddress = format!("{local}@mail.example").parse().ok()?;
            if self.addresses.insert((client.to_owned(), address.clone())) {
                return Some(address);
            }
        }
        None
    }
}

/// A name in the letters that every mail server takes: `Žukauskienė` becomes `zukauskiene`.
pub(super) fn plain(name: &str) -> String {
    let folded = name.to_lowercase();
    let letters = folded.chars().flat_map(|letter| {
        let plain = match letter {
            'á' | 'ą' | 'ã' => "a",
            'ä' => "ae",
            'č' | 'ć' | 'ç' => "c",
            'é' | 'ę' | 'ė' => "e",
            'ğ' => "g",
            'í' | 'į' | 'ı' => "i",
            'ł' => "l",
            'ń' | 'ñ' => "n",
            'ó' => "o",
            'ö' => "oe",
            'ś' | 'š' | 'ş' => "s",
            'ß' => "ss",
            'ú' | 'ų' | 'ū' => "u",
            'ü' => "ue",
            'ź' | 'ż' | 'ž' => "z",
            'a'..='z' | '-' => return vec![letter],
            _ => "",
        };
        plain.chars().collect()
    });
    letters.collect()
}
