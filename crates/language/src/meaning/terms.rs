//! Terms that have an agreed translation, and words that must stay as they are.

use super::finding::{Finding, Kind, Severity};
use super::tokens::Token;
use crate::words::{Stems, fold};
use kernel::LanguageTag;
use std::ops::Range;

/// At most so many terms are looked for.
const MOST: usize = 2_000;

/// A word or phrase whose translation is agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it stands in a dictionary of the original's language.
    pub source: String,
    /// What it may become; not needed for what must stay.
    pub targets: Vec<String>,
    /// What is to be done with it.
    pub kind: TermKind,
}

/// What is to be done with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// It becomes one of its targets, in any inflected form.
    Translate,
    /// It stays letter by letter: products, menus, error texts.
    Keep,
}

/// A word as far as it stays the same in all its forms.
struct Root {
    folded: String,
    stem: Option<String>,
}

impl Root {
    fn of(word: &str, stems: Option<Stems>) -> Self {
        Self { folded: fold(word), stem: stems.and_then(|stems| stems.stem(word)) }
    }

    /// Forms of one word: the same stem, or all but the ending in common.
    fn is_form_of(&self, term: &Self) -> bool {
        if self.folded == term.folded || (self.stem.is_some() && self.stem == term.stem) {
            return true;
        }
        let (word, root) = (&self.folded, &term.folded);
        let common = word.chars().zip(root.chars()).take_while(|(a, b)| a == b).count();
        let (longer, least) = (word.chars().count().max(root.chars().count()), root.chars().count());
        common >= 4 && common + 2 >= least && common + 4 >= longer
    }

    /// German writes compounds in one word: *Rechnungsnummer*.
    fn holds(&self, term: &Self) -> bool {
        let root = term.stem.as_deref().unwrap_or(&term.folded);
        root.len() >= 5 && self.folded.contains(root)
    }
}

/// The words of one passage with their roots.
pub(super) struct Rooted {
    roots: Vec<(Range<usize>, Root)>,
    has_compounds: bool,
    stems: Option<Stems>,
}

impl Rooted {
    pub(super) fn new(tokens: &[Token<'_>], language: &LanguageTag) -> Self {
        let stems = Stems::of(language);
        let words = tokens.iter().filter(|token| token.is_word());
        let has_compounds =
            matches!(language.primary(), "de" | "nl" | "da" | "sv" | "nb" | "fi" | "hu" | "et");
        Self {
            roots: words.map(|word| (word.range.clone(), Root::of(&word.low, stems))).collect(),
            has_compounds,
            stems,
        }
    }

    /// Where the phrase stands, in any form.
    fn places(&self, phrase: &str) -> Vec<Range<usize>> {
        let split = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let wanted: Vec<Root> = split.map(|word| Root::of(&word.to_lowercase(), self.stems)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let fits =
            |root: &Root, term: &Root| root.is_form_of(term) || (self.has_compounds && root.holds(term));
        let windows = self.roots.windows(wanted.len());
        windows
            .filter(|words| words.iter().zip(&wanted).all(|((_, root), term)| fits(root, term)))
            .map(|words| words[0].0.start..words[words.len() - 1].0.end)
            .collect()
    }
}

/// Terms of a passage that did not become what was agreed.
pub(super) fn terms(source: (&str, &Rooted), target: (&str, &Rooted), terms: &[Term]) -> Vec<Finding> {
    let mut found: Vec<(&Term, Range<usize>)> = Vec::new();
    for term in terms.iter().take(MOST) {
        let places = match term.kind {
            TermKind::Translate => source.1.places(&term.source),
            TermKind::Keep => whole(source.0, &term.source),
        };
        found.extend(places.into_iter().next().map(|place| (term, place)));
    }
    let is_inside = |place: &Range<usize>| {
        found.iter().any(|(_, other)| {
            other.len() > place.len() && other.start <= place.start && place.end <= other.end
        })
    };
    let own: Vec<&(&Term, Range<usize>)> = found.iter().filter(|(_, place)| !is_inside(place)).collect();
    own.iter().filter_map(|(term, place)| verdict(term, place, target, &own)).collect()
}

fn verdict(
    term: &Term,
    place: &Range<usize>,
    target: (&str, &Rooted),
    all: &[&(&Term, Range<usize>)],
) -> Option<Finding> {
    if term.kind == TermKind::Keep {
        let why = format!(
            "“{}” has to stay as it is, and the translation doesn't have it. Put it in.",
            term.source
        );
        let is_kept = !whole(target.0, &term.source).is_empty();
        return (!is_kept)
            .then(|| Finding::new(Kind::DoNotTranslate, Severity::Stop, why).at_source(place.clone()));
    }
    let is_there = term.targets.iter().any(|allowed| !target.1.places(allowed).is_empty());
    if is_there || term.targets.is_empty() {
        return None;
    }
    let agreed = term.targets.join("” or “");
    let twice = all.iter().find_map(|(other, _)| {
        let places =
            other.targets.iter().map(|allowed| target.1.places(allowed)).find(|places| places.len() > 1)?;
        (other.source != term.source).then_some((other, places[1].clone()))
    });
    let finding = match twice {
        Some((other, place)) => {
            let why = format!(
                "“{}” and “{}” became one word. “{}” should be “{agreed}”.",
                term.source, other.source, term.source
            );
            Finding::new(Kind::Merged, Severity::Warn, why).at_target(place)
        }
        None => Finding::new(
            Kind::Term,
            Severity::Warn,
            format!("“{}” should be “{agreed}” here. Use the agreed word.", term.source),
        ),
    };
    Some(finding.at_source(place.clone()))
}

/// Where the words stand letter by letter, not inside a longer word.
fn whole(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let is_free = |at: &usize| {
        let (before, after) = (text[..*at].chars().next_back(), text[at + words.len()..].chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words).map(|(at, _)| at).filter(is_free).map(|at| at..at + words.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(source: (&str, &str), target: (&str, &str), agreed: &[(&str, &str)], expected: &[Kind]) {
        let rooted = |(language, text): (&str, &str)| {
            Rooted::new(&tokens(text, &[]), &language.parse().expect("a tag"))
        };
        let list: Vec<Term> = agreed
            .iter()
            .map(|(source, targets)| Term {
                source: (*source).to_owned(),
                targets: targets.split('|').filter(|target| !target.is_empty()).map(str::to_owned).collect(),
                kind: if targets.is_empty() { TermKind::Keep } else { TermKind::Translate },
            })
            .collect();
        let findings = terms((source.1, &rooted(source)), (target.1, &rooted(target)), &list);
        let kinds: Vec<Kind> = findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, expected, "{source:?} {target:?}: {findings:?}");
    }

    #[test]
    fn terms_are_known_in_all_their_forms() {
        let invoice = [("invoice", "faktura")];
        check(("en", "Your invoices are here"), ("pl", "Znajdzie Pani to na fakturze"), &invoice, &[]);
        check(("en", "Your invoice is here"), ("pl", "Pani rachunek jest tutaj"), &invoice, &[Kind::Term]);
        check(("en", "The invoice"), ("de", "Die Rechnungsnummer"), &[("invoice", "Rechnung")], &[]);
        check(
            ("de", "Die Bedienoberfläche"),
            ("lt", "Vartotojo sąsajoje"),
            &[("Bedienoberfläche", "vartotojo sąsaja")],
            &[],
        );
    }

    #[test]
    fn kept_words_stay() {
        check(("en", "Open PhotoDesk now"), ("de", "Öffnen Sie PhotoDesk"), &[("PhotoDesk", "")], &[]);
        check(
            ("en", "Open PhotoDesk now"),
            ("de", "Öffnen Sie den Fototisch"),
            &[("PhotoDesk", "")],
            &[Kind::DoNotTranslate],
        );
    }

    #[test]
    fn two_terms_that_became_one_are_named() {
        let both = [("hardware", "sprzęt"), ("equipment", "urządzenie|wyposażenie")];
        check(
            ("en", "hardware, software and equipment"),
            ("pl", "sprzętem, oprogramowaniem i sprzętem"),
            &both,
            &[Kind::Merged],
        );
        check(
            ("en", "hardware, software and equipment"),
            ("pl", "sprzętem, oprogramowaniem i urządzeniami"),
            &both,
            &[],
        );
    }
}
