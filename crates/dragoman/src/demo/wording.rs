//! Rule: filling the gaps of a text, in the wording of its language.

use super::casting::Player;
use super::chance::Chance;
use super::script::Gender;
use jiff::civil::Date;

/// What a conversation's gaps are filled with. The same everywhere in one conversation.
#[derive(Clone, Debug)]
pub(super) struct Gaps {
    pairs: Vec<(&'static str, String)>,
}

/// The month names of those languages that write them out.
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

impl Gaps {
    /// Fills for a conversation of this customer that is about a day some time before.
    pub fn draw(player: &Player, product: &str, day: Date, chance: &mut Chance) -> Self {
        let language = player.language.as_str();
        let cents = match player.client.as_str() {
            "aurora" => chance.between(39, 429) * 100 + 90,
            _ => chance.between(23, 289) * 10,
        };
        let pairs = vec![
            ("first", player.first.clone()),
            ("last", player.last.clone()),
            ("city", player.city.clone()),
            ("greeting_name", greeting_name(player)),
            ("product", product.to_owned()),
            ("date", day_in(language, day)),
            ("amount", amount_in(player, cents)),
            ("order", format!("AU-{}", chance.between(310_000, 989_999))),
            ("serial", format!("{}K{}", chance.between(24, 26), chance.between(100_000, 999_999))),
            ("scooter", format!("P-{}", chance.between(1000, 9899))),
        ];
        Self { pairs }
    }

    /// A text with its gaps filled. `representative` signs it.
    pub fn fill(&self, text: &str, representative: &str) -> String {
        let mut filled = text.trim().replace("{representative}", representative);
        for (gap, word) in &self.pairs {
            filled = filled.replace(&format!("{{{gap}}}"), word);
        }
        filled
    }

    /// What one gap is filled with.
    pub fn of(&self, gap: &str) -> &str {
        self.pairs.iter().find(|(known, _)| *known == gap).map_or("", |(_, word)| word)
    }
}

/// Aurora speaks of Ms Hall, pip of Emily.
fn greeting_name(player: &Player) -> String {
    if player.client != "aurora" {
        return player.first.clone();
    }
    let (female, male) = match player.language.as_str() {
        "en" => ("Ms", "Mr"),
        "de" => ("Frau", "Herr"),
        "es" => ("Sra.", "Sr."),
        "pl" => ("Pani", "Pan"),
        "sl" => ("ga.", "g."),
        _ => return player.first.clone(),
    };
    let title = if player.gender == Gender::Female { female } else { male };
    format!("{title} {}", player.last)
}

/// A day as people write it: `14 March`, `14. März`, `14 de marzo`, `14.3.2026`, `14. 3. 2026`, `2026-03-14`.
pub(super) fn day_in(language: &str, day: Date) -> String {
    let (number, month, year) = (day.day(), day.month(), day.year());
    let named = |names: [&'static str; 12]| names[usize::from(month.unsigned_abs().saturating_sub(1)) % 12];
    match language {
        "en" => format!("{number} {}", named(ENGLISH)),
        "de" => format!("{number}. {}", named(GERMAN)),
        "es" => format!("{number} de {}", named(SPANISH)),
        "pl" => format!("{number:02}.{month:02}.{year}"),
        "sl" => format!("{number}. {month}. {year}"),
        _ => day.to_string(),
    }
}

/// An amount in the customer's money: pounds in Britain, złoty in Poland, euros elsewhere.
fn amount_in(player: &Player, cents: u64) -> String {
    let irish = matches!(player.city.as_str(), "Dublin" | "Cork");
    let with_comma = |cents: u64| format!("{},{:02}", cents / 100, cents % 100);
    match player.language.as_str() {
        "en" if irish => format!("€{}.{:02}", cents / 100, cents % 100),
        "en" => format!("£{}.{:02}", cents / 100, cents % 100),
        "pl" => format!("{} zł", with_comma(cents * 4)),
        _ => format!("{} €", with_comma(cents)),
    }
}
