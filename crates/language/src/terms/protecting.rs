//! Rule: which terms of a text are taken past the engine, and what stands for them in the other language.

use super::{Found, PartOfSpeech, Term, TermKind, Written};
use crate::translation::{Protected, Say};
use kernel::LanguageTag;

/// What an engine must not touch, of the terms that were found in a text.
///
/// What is kept stays as it is. A noun that stands there as in the dictionary, in one sense, becomes its best form in the other
/// language. All else is left to the engine, which knows better how to inflect it; the meaning guard looks at what came of it.
pub fn protected(text: &str, found: &[Found], terms: &[Term], to: &LanguageTag) -> Vec<Protected> {
    let say = |found: &Found| {
        let words = text.get(found.start..found.end)?;
        let mut of = found.senses.iter().map(|sense| (sense, &terms[sense.term]));
        if of.clone().all(|(_, term)| term.kind == TermKind::Keep) {
            return Some(Say::AsIs);
        }
        let ((sense, term), None) = (of.next()?, of.next()) else { return None };
        let form = &term.forms[sense.form];
        let is_noun =
            matches!(form.part_of_speech, None | Some(PartOfSpeech::Noun | PartOfSpeech::ProperNoun));
        let best = term.best_form(to).filter(|_| is_noun && sense.written == Written::Same)?;
        Some(Say::This(dressed_like(words, &form.text, &best.text)))
    };
    let protected =
        found.iter().filter_map(|found| Some(Protected { span: found.start..found.end, say: say(found)? }));
    protected.collect()
}

/// A word at the beginning of a sentence takes its capital letter along.
fn dressed_like(words: &str, form: &str, best: &str) -> String {
    let is_upper = |text: &str| text.starts_with(char::is_uppercase);
    if !is_upper(words) || is_upper(form) {
        return best.to_owned();
    }
    let mut letters = best.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Finder, Form, Status};

    #[test]
    fn nouns_and_what_is_kept_go_past_the_engine() {
        let tag = |text: &str| -> LanguageTag { text.parse().expect("a tag") };
        let form = |language: &str, text: &str| Form::new(tag(language), text);
        let verb = |language: &str, text: &str| Form {
            part_of_speech: Some(PartOfSpeech::Verb),
            ..form(language, text)
        };
        let terms = [
            Term::kept("p", "Spark"),
            Term::new("i", vec![form("en", "invoice"), form("de", "Rechnung")]),
            Term::new("c", vec![verb("en", "cancel"), verb("de", "kündigen")]),
            Term::new("s", vec![form("en", "short"), form("de", "barsch")]),
            Term::new("t", vec![form("en", "short"), form("de", "kurz")]),
            Term::new("b", vec![form("en", "bill"), form("de", "Note").with_status(Status::Forbidden)]),
            Term::new("m", vec![form("en", "milk jug"), form("de", "milchkännchen")]),
        ];
        let check = |text: &str, expected: &[(&str, Say)]| {
            let found = Finder::new(&terms, &tag("en")).find(text);
            let protected = protected(text, &found, &terms, &tag("de"));
            let said: Vec<_> =
                protected.iter().map(|one| (&text[one.span.clone()], one.say.clone())).collect();
            assert_eq!(said, expected, "{text}");
        };
        let this = |text: &str| Say::This(text.to_owned());
        check("Spark sent an invoice.", &[("Spark", Say::AsIs), ("invoice", this("Rechnung"))]);
        check("Two invoices, cancel, a short bill", &[]);
        check(
            "Milk jug and milk jug",
            &[("Milk jug", this("Milchkännchen")), ("milk jug", this("milchkännchen"))],
        );
    }
}
