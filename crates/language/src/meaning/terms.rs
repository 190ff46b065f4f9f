//! Terms that have an agreed translation, and words that must stay as they are.
//!
//! In the original a term is found strictly, so that no other word is taken for it; in the translation any form of an agreed word
//! will do, so that no right one is called wrong.

use super::Passage;
use super::finding::{Finding, Kind, Severity};
use super::tokens::{Token, tokens};
use crate::terms::{Finder, Form, Found, Status, Term, TermKind};
use crate::words::{Stems, fold};
use kernel::LanguageTag;
use std::ops::Range;

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

/// The terms of an original, with what was agreed about them.
pub(super) struct Agreed<'t> {
    terms: &'t [Term],
    source: &'t str,
    target: LanguageTag,
    found: Vec<Found>,
}

impl<'t> Agreed<'t> {
    pub(super) fn new(terms: &'t [Term], source: &Passage<'t>, target: &LanguageTag) -> Self {
        // Whoever agreed on nothing pays for nothing.
        let found = if terms.is_empty() {
            Vec::new()
        } else {
            Finder::new(terms, &source.language).find(source.text)
        };
        Self { terms, source: source.text, target: target.clone(), found }
    }

    /// Terms of a sentence that did not become what was agreed. Places in the translation count from where its sentence begins.
    pub(super) fn findings(&self, source: &Range<usize>, target: &str) -> Vec<Finding> {
        let first = self.found.partition_point(|found| found.start < source.start);
        let end = self.found.partition_point(|found| found.start < source.end);
        let here = &self.found[first..end.max(first)];
        if here.is_empty() {
            return Vec::new();
        }
        let said = Said { text: target, rooted: Rooted::new(&tokens(target, &[]), &self.target) };
        let mut findings: Vec<Finding> = Vec::new();
        for (at, found) in here.iter().enumerate() {
            let is_again = here[..at].iter().any(|before| before.senses == found.senses);
            if !is_again {
                findings.extend(self.verdict(found, &said, here));
            }
        }
        findings
    }

    fn words(&self, found: &Found) -> &'t str {
        &self.source[found.start..found.end]
    }

    fn terms_of<'a>(&'a self, found: &'a Found) -> impl Iterator<Item = &'t Term> + 'a {
        found.senses.iter().map(|sense| &self.terms[sense.term])
    }

    /// A word with several senses is right when one of them is.
    fn verdict(&self, found: &Found, said: &Said<'_>, here: &[Found]) -> Option<Finding> {
        let words = self.words(found);
        let is_right = |term: &Term| match term.kind {
            TermKind::Keep => {
                said.has_whole(words) || term.forms.iter().any(|form| said.has_whole(&form.text))
            }
            TermKind::Translate => {
                let mut agreed = allowed(term, &self.target).peekable();
                agreed.peek().is_none() || agreed.any(|form| said.has(&form.text))
            }
        };
        if self.terms_of(found).any(is_right) {
            return None;
        }
        let place = found.start..found.end;
        let to_translate = self.terms_of(found).find(|term| term.kind == TermKind::Translate);
        let finding = match to_translate {
            None => {
                let why = format!(
                    "“{words}” has to stay as it is, and the translation doesn't have it. Put it in."
                );
                Finding::new(Kind::DoNotTranslate, Severity::Stop, why)
            }
            Some(term) => self.missing(found, term, said, here),
        };
        Some(finding.at_source(place))
    }

    /// An agreed word isn't there: because another term's word stands in its place, too, or because another word was taken.
    fn missing(&self, found: &Found, term: &Term, said: &Said<'_>, here: &[Found]) -> Finding {
        let words = self.words(found);
        let forms: Vec<&str> = allowed(term, &self.target).map(|form| form.text.as_str()).collect();
        let agreed = forms.join("” or “");
        let others = here.iter().filter(|other| other.senses != found.senses);
        let twice = others.into_iter().find_map(|other| {
            let forms = self.terms_of(other).flat_map(|term| allowed(term, &self.target));
            let place = forms.map(|form| said.rooted.places(&form.text)).find(|places| places.len() > 1)?;
            Some((self.words(other), place[1].clone()))
        });
        if let Some((other, place)) = twice {
            let why = format!("“{words}” and “{other}” became one word. “{words}” should be “{agreed}”.");
            return Finding::new(Kind::Merged, Severity::Warn, why).at_target(place);
        }
        let meant = if term.sense.is_empty() { String::new() } else { format!(" ({})", term.sense) };
        let forbidden = term
            .forms_in(&self.target)
            .filter(|form| form.status == Status::Forbidden)
            .find_map(|form| Some((form, said.rooted.places(&form.text).into_iter().next()?)));
        match forbidden {
            Some((form, place)) => {
                let why =
                    format!("“{words}”{meant} should be “{agreed}” here; “{}” must not be used.", form.text);
                Finding::new(Kind::Term, Severity::Warn, why).at_target(place)
            }
            None => {
                let why = format!("“{words}”{meant} should be “{agreed}” here. Use the agreed word.");
                Finding::new(Kind::Term, Severity::Warn, why)
            }
        }
    }
}

/// What a term may be called in a language.
fn allowed<'t>(term: &'t Term, language: &LanguageTag) -> impl Iterator<Item = &'t Form> {
    term.forms_in(language).filter(|form| form.status != Status::Forbidden)
}

/// The translation of a sentence.
struct Said<'t> {
    text: &'t str,
    rooted: Rooted,
}

impl Said<'_> {
    fn has(&self, words: &str) -> bool {
        !self.rooted.places(words).is_empty() || self.has_whole(words)
    }

    fn has_whole(&self, words: &str) -> bool {
        !whole(self.text, words).is_empty()
    }
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

    #[track_caller]
    fn check(source: (&str, &str), target: (&str, &str), agreed: &[(&str, &str)], expected: &[Kind]) {
        let tag = |text: &str| -> LanguageTag { text.parse().expect("a tag") };
        let form = |language: &str, text: &str| match text.strip_prefix('!') {
            Some(text) => Form::new(tag(language), text).with_status(Status::Forbidden),
            None => Form::new(tag(language), text),
        };
        let term = |(words, targets): &(&str, &str)| match targets.is_empty() {
            true => Term::kept(*words, *words),
            false => {
                let targets = targets.split('|').map(|text| form(target.0, text));
                Term::new(*words, [form(source.0, words)].into_iter().chain(targets).collect())
            }
        };
        let list: Vec<Term> = agreed.iter().map(term).collect();
        let passage = Passage { text: source.1, language: tag(source.0) };
        let found = Agreed::new(&list, &passage, &tag(target.0)).findings(&(0..source.1.len()), target.1);
        let kinds: Vec<Kind> = found.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, expected, "{source:?} {target:?}: {found:?}");
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

    #[test]
    fn a_word_of_two_senses_may_be_either_and_a_forbidden_one_is_named() {
        let senses = [("short", "oschły|!krótki"), ("short", "krótki")];
        check(("en", "A short answer"), ("pl", "Krótka odpowiedź"), &senses, &[]);
        check(("en", "A short answer"), ("pl", "Oschła odpowiedź"), &senses, &[]);
        check(("en", "A short answer"), ("pl", "Szybka odpowiedź"), &senses, &[Kind::Term]);
        check(("en", "A short answer"), ("pl", "Krótka odpowiedź"), &senses[..1], &[Kind::Term]);
        check(("en", "It came shortly after"), ("pl", "Przyszło zaraz potem"), &senses, &[]);
    }
}
