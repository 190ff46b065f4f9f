//! Names of people and products that a translation must keep.
//!
//! Most capital letters are no names (German nouns, English titles, *United States*), and many names have a form in each language. So
//! the rule looks only at what is surely a name: what follows a title or a common given name, and words with capitals inside.

use super::finding::{Finding, Kind, Severity};
use super::lexicon::{Lexicon, Sense};
use super::tokens::Token;
use crate::words::fold;

/// Common given names of the six languages, folded.
const GIVEN: [&str; 132] = [
    "adam",
    "agnieszka",
    "alenka",
    "alexander",
    "alice",
    "ana",
    "andreas",
    "andrej",
    "andrew",
    "andrius",
    "anna",
    "anne",
    "antonio",
    "asta",
    "barbara",
    "beata",
    "ben",
    "bojan",
    "carlos",
    "carmen",
    "charles",
    "christian",
    "claudia",
    "daniel",
    "daiva",
    "darius",
    "david",
    "dorota",
    "egle",
    "elena",
    "elizabeth",
    "emma",
    "eva",
    "ewa",
    "felix",
    "francisco",
    "frank",
    "george",
    "giedrius",
    "grzegorz",
    "hans",
    "helen",
    "ingrida",
    "irena",
    "ivan",
    "jack",
    "jakub",
    "james",
    "jan",
    "jana",
    "jane",
    "janez",
    "janina",
    "jason",
    "javier",
    "jennifer",
    "joanna",
    "john",
    "jonas",
    "jorge",
    "jose",
    "juan",
    "julia",
    "jurgita",
    "justyna",
    "karl",
    "karolina",
    "katarzyna",
    "katja",
    "kazys",
    "klaus",
    "krzysztof",
    "kristina",
    "laura",
    "lena",
    "lucia",
    "luis",
    "luka",
    "lukas",
    "maciej",
    "magdalena",
    "maja",
    "malgorzata",
    "manuel",
    "marcin",
    "marek",
    "maria",
    "marija",
    "marie",
    "marko",
    "mary",
    "martin",
    "mateja",
    "matthias",
    "michael",
    "michal",
    "miguel",
    "mindaugas",
    "mojca",
    "monika",
    "natalia",
    "nina",
    "oliver",
    "pablo",
    "paul",
    "pawel",
    "pedro",
    "peter",
    "petra",
    "piotr",
    "rasa",
    "richard",
    "robert",
    "rok",
    "ruta",
    "sarah",
    "sofia",
    "stefan",
    "susan",
    "sabine",
    "thomas",
    "tomas",
    "tomasz",
    "tomaz",
    "urska",
    "vytautas",
    "william",
    "wolfgang",
    "zofia",
    "zuzanna",
    "lukasz",
    "julie",
];

/// A name as it is compared: as one word of the original.
struct Name<'t, 's> {
    token: &'s Token<'t>,
    kind: Form,
}

#[derive(PartialEq)]
enum Form {
    Person,
    Product,
}

/// Names of one sentence that the other one hasn't.
pub(super) fn names(source: (&[Token<'_>], &Lexicon), target: (&[Token<'_>], &Lexicon)) -> Vec<Finding> {
    let mut findings: Vec<Finding> = lacking(source, target.0)
        .into_iter()
        .map(|name| {
            let why = format!(
                "The name “{}” is missing in the translation, or is another one there. Put it back.",
                name.token.text
            );
            Finding::new(Kind::Name, Severity::Warn, why).at_source(name.token.range.clone())
        })
        .collect();
    for name in lacking(target, source.0) {
        let place = name.token.range.clone();
        if let Some(finding) = findings.iter_mut().find(|finding| finding.target.is_none()) {
            finding.target = Some(place);
            continue;
        }
        let (kind, what) = match name.kind {
            Form::Person => (Kind::Name, "The name"),
            Form::Product => (Kind::StraySegment, "The word"),
        };
        let why = format!(
            "{what} “{}” is not in the original. Take it out, or confirm that it belongs here.",
            name.token.text
        );
        findings.push(Finding::new(kind, Severity::Warn, why).at_target(place));
    }
    findings
}

/// A common given name, folded.
pub(crate) fn is_given_name(folded: &str) -> bool {
    GIVEN.contains(&folded)
}

fn lacking<'t, 's>(ours: (&'s [Token<'t>], &Lexicon), theirs: &[Token<'_>]) -> Vec<Name<'t, 's>> {
    let names = found(ours.0, ours.1);
    if names.is_empty() {
        return names;
    }
    let words: Vec<String> = theirs
        .iter()
        .filter(|word| word.is_capital() || is_product(word))
        .map(|word| sound(word.text))
        .collect();
    names
        .into_iter()
        .filter(|name| {
            let wanted = sound(name.token.text);
            !words.iter().any(|word| is_form(word, &wanted))
        })
        .collect()
}

fn found<'t, 's>(tokens: &'s [Token<'t>], lexicon: &Lexicon) -> Vec<Name<'t, 's>> {
    let mut names = Vec::new();
    // How many more capital words belong to the name.
    let mut more = 0;
    for (at, token) in tokens.iter().enumerate() {
        let follows = at > 0 && token.is_spaced;
        if is_product(token) {
            names.push(Name { token, kind: Form::Product });
            more = 0;
            continue;
        }
        let is_title = token.is_word() && lexicon.says(&token.low, &Sense::Title);
        let is_roman = token.text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let is_name = more > 0 && token.is_capital() && follows && !is_title && !is_roman;
        if is_name && token.text.chars().count() > 1 {
            names.push(Name { token, kind: Form::Person });
        }
        let is_dot = more > 0 && token.is_mark('.') && tokens[at - 1].text.len() <= 4;
        more = match (is_title, is_given(token)) {
            (true, _) => 2,
            (false, true) => 1,
            _ if is_name => more - 1,
            _ if is_dot => more,
            _ => 0,
        };
    }
    names
}

fn is_given(token: &Token<'_>) -> bool {
    token.is_capital() && is_given_name(&fold(token.text))
}

/// `PhotoDesk`, `iPhone`: capitals after small letters.
fn is_product(token: &Token<'_>) -> bool {
    let mut letters = token.text.chars();
    let mut before = letters.next().unwrap_or(' ');
    let mut count = 0;
    for letter in letters {
        count += usize::from(before.is_lowercase() && letter.is_uppercase());
        before = letter;
    }
    token.is_word() && count > 0 && token.text.chars().count() >= 4 && !token.text.contains(['\'', '’'])
}

/// A name as it sounds, so that *Thomas* is *Tomas* and *Weiss* is *Vais*.
fn sound(name: &str) -> String {
    let folded = fold(name.trim_end_matches("'s").trim_end_matches("’s"));
    let mut sound = String::new();
    for letter in folded
        .replace("th", "t")
        .replace("ph", "f")
        .replace("sch", "s")
        .replace("sh", "s")
        .replace("ch", "c")
        .replace('x', "ks")
        .replace("ei", "ai")
        .chars()
    {
        let letter = match letter {
            'w' => 'v',
            'y' | 'j' => 'i',
            other => other,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// The same name with another ending.
fn is_form(word: &str, name: &str) -> bool {
    let common = word.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (name.chars().count(), word.chars().count());
    let is_close =
        if ours <= 4 { common >= 2 && common + 1 >= ours } else { common >= 3 && common + 3 >= ours };
    is_close && theirs <= ours + 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(source: (&str, &str), target: (&str, &str), expected: &[&str]) {
        let lexicon = |language: &str| Lexicon::of(&language.parse().expect("a tag"));
        let (ours, theirs) = (tokens(source.1, &[]), tokens(target.1, &[]));
        let findings = names((&ours, lexicon(source.0)), (&theirs, lexicon(target.0)));
        let found: Vec<_> = findings
            .iter()
            .map(|finding| match (&finding.source, &finding.target) {
                (Some(place), _) => &source.1[place.clone()],
                (None, place) => &target.1[place.clone().expect("a place")],
            })
            .collect();
        assert_eq!(found, expected, "{source:?} {target:?}");
    }

    #[test]
    fn names_survive_in_their_forms() {
        check(
            ("en", "Dear Ms Kowalska, Anna Novak will call"),
            ("pl", "Szanowna Pani Kowalska, zadzwoni Anna Novak"),
            &[],
        );
        check(("en", "I spoke with Peter Novak"), ("sl", "Govoril sem s Petrom Novakom"), &[]);
        check(("de", "Herr Thomas Weiss"), ("lt", "ponas Tomas Vaisas"), &[]);
        check(("en", "Mr. Hall called"), ("de", "Herr Berger hat angerufen"), &["Hall"]);
        check(("en", "Open PhotoDesk"), ("de", "Öffnen Sie FotoTisch"), &["PhotoDesk"]);
        check(("en", "The United States"), ("pl", "Stany Zjednoczone"), &[]);
        check(("en", "We help"), ("sl", "Pomagamo SmartAsset"), &["SmartAsset"]);
    }
}
