//! The clients' own words in the demo world: terms, and what was said before in other languages.

use super::story::Story;
use super::tale::What;
use cases::MessageKind;
use desk::{
    Desk,
    tables::{remembered, terms},
    translating,
};
use kernel::{ClientId, Fault, Instant, LanguageTag};
use language::{
    memory::{Approval, Remembered},
    terms::{Form, Term, TermKind},
    translation::sentences,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

const WORDS: &str = include_str!("../../demo/words.toml");

/// Who approved what was said before.
const APPROVED_BY: &str = "Justyna Kurek";
/// How many days before the demo begins.
const DAYS_AGO: i64 = 60;

#[derive(Deserialize)]
struct Words {
    term: Vec<TermPart>,
    text: Vec<TextPart>,
}

#[derive(Deserialize)]
struct TermPart {
    client: String,
    #[serde(default)]
    name: String,
    /// Each is a term of its own that stays as it is.
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default)]
    sense: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    forms: BTreeMap<LanguageTag, Vec<String>>,
}

#[derive(Deserialize)]
struct TextPart {
    client: String,
    language: LanguageTag,
    theirs: String,
    english: String,
}

impl TermPart {
    fn terms(&self) -> Vec<Term> {
        let described = |term: Term| Term { sense: self.sense.clone(), note: self.note.clone(), ..term };
        let kept = self.keep.iter().map(|name| Term { kind: TermKind::Keep, ..Term::kept(name, name) });
        let forms: Vec<Form> = self
            .forms
            .iter()
            .flat_map(|(language, words)| words.iter().map(|word| Form::new(language.clone(), word)))
            .collect();
        let translated = (!forms.is_empty()).then(|| Term::new(&self.name, forms));
        kept.chain(translated).map(described).collect()
    }
}

impl TextPart {
    /// The sentences side by side, in both directions.
    fn pairs(&self, client: ClientId, at: Instant) -> Result<Vec<Remembered>, Fault> {
        let english: LanguageTag = "en".parse().map_err(Fault::new)?;
        let (ours, theirs) = (sentences(&self.english, &english), sentences(&self.theirs, &self.language));
        if ours.len() != theirs.len() {
            return Err(Fault::new(format!("`{}` has other sentences in English", self.theirs)));
        }
        let one = |from: &LanguageTag, to: &LanguageTag, source: &str, target: &str| Remembered {
            client,
            from: from.clone(),
            to: to.clone(),
            source: source.to_owned(),
            target: target.to_owned(),
            approved_by: APPROVED_BY.to_owned(),
            approved_at: at,
            approval: Approval::Read,
        };
        let both = |(own, other): (&std::ops::Range<usize>, &std::ops::Range<usize>)| {
            let (own, other) = (&self.english[own.clone()], &self.theirs[other.clone()]);
            [one(&self.language, &english, other, own), one(&english, &self.language, own, other)]
        };
        Ok(ours.iter().zip(&theirs).flat_map(both).collect())
    }
}

fn words() -> Result<Words, Fault> {
    toml::from_str(WORDS).map_err(Fault::new)
}

/// Writes the clients' words down, and asks for what was written in languages that not everybody reads.
pub(super) async fn write_down(desk: &Desk, story: &Arc<Story>) -> Result<(), Fault> {
    let words = words()?;
    let now = desk.clock.now();
    let at = now.plus_days(-DAYS_AGO);
    let inner = Arc::clone(story);
    desk.store
        .write(move |tx| {
            let client = |key: &str| {
                let known = inner.world.clients.iter().find(|client| client.slug == key);
                known
                    .map(|client| client.id)
                    .ok_or_else(|| Fault::new(format!("words.toml names no client {key}")))
            };
            for part in &words.term {
                for term in part.terms() {
                    terms::put(tx, client(&part.client)?, None, &term, at)?;
                }
                terms::changed(tx, client(&part.client)?)?;
            }
            for text in &words.text {
                for pair in text.pairs(client(&text.client)?, at)? {
                    remembered::remember(tx, &pair, None)?;
                }
            }
            Ok::<_, Fault>(())
        })
        .await?;
    let (inner, again) = (Arc::clone(story), desk.clone());
    desk.store
        .write(move |tx| {
            for tale in &inner.tales {
                let wrote = tale.moments.iter().filter_map(|moment| match &moment.what {
                    What::Wrote(mail) if mail.message.kind == MessageKind::Customer => Some(mail),
                    _ => None,
                });
                for mail in wrote {
                    translating::for_readers(tx, &again, &tale.case, &mail.message, now)?;
                }
            }
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_the_same_sentences_in_english() {
        let words = words().expect("the file can be read");
        let client: ClientId = "00000000000000000000000000000001".parse().expect("an id");
        for text in &words.text {
            let pairs = text.pairs(client, Instant::from_micros(0)).expect("as many sentences");
            assert!(pairs.len() >= 2, "{}", text.theirs);
        }
        let languages: std::collections::BTreeSet<&str> =
            words.text.iter().map(|text| text.language.as_str()).collect();
        assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["de", "es", "lt", "pl", "sl"]);
        assert!(words.term.iter().all(|part| !part.terms().is_empty()));
    }
}
