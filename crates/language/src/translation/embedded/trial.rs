//! Trying a model: does it answer, in the language that it should, and how fast is it here?
//!
//! Not a rule: it measures time on this machine.

use super::quarters::Bare;
use crate::{
    identification::{Identifier, Prior},
    translation::port::Direction,
};
use std::time::Instant;

/// How a model did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// A sentence that it was given.
    pub source: String,
    /// What it made of it.
    pub target: String,
    /// How many words it says in a second, on one core of this machine.
    pub words_per_second: f64,
}

/// A few sentences of the help desk by language, of our own.
const SENTENCES: [(&str, &str); 8] = [
    (
        "de",
        "Der Drucker im zweiten Stock druckt seit gestern nicht mehr. Bitte schicken Sie uns ein neues Kabel.",
    ),
    (
        "en",
        "The printer on the second floor has not been working since yesterday. Please send us a new cable.",
    ),
    ("es", "La impresora del segundo piso no funciona desde ayer. Por favor, envíenos un cable nuevo."),
    (
        "fr",
        "L'imprimante du deuxième étage ne fonctionne plus depuis hier. Merci de nous envoyer un nouveau câble.",
    ),
    ("lt", "Antrame aukšte esantis spausdintuvas nuo vakar neveikia. Prašome atsiųsti mums naują laidą."),
    ("pl", "Drukarka na drugim piętrze nie działa od wczoraj. Prosimy o przysłanie nowego kabla."),
    ("pt", "A impressora do segundo andar não funciona desde ontem. Por favor, envie-nos um cabo novo."),
    ("sl", "Tiskalnik v drugem nadstropju od včeraj ne deluje. Prosimo, pošljite nam nov kabel."),
];

/// Gives the model a few sentences. What is wrong with the answer is said in one sentence.
pub(super) fn trial(bare: &mut dyn Bare, direction: &Direction) -> Result<Trial, String> {
    let known = SENTENCES.into_iter().find(|(language, _)| direction.from.primary() == *language);
    let source = known.map_or("OK. Dragoman 24.", |(_, sentences)| sentences);
    let begun = Instant::now();
    let said: Vec<String> =
        crate::identification::sentences(source).map(|part| bare.say(&source[part])).collect();
    let took = begun.elapsed().as_secs_f64();
    let target = said.join(" ");
    if !target.contains(char::is_alphabetic) {
        return Err("it answers nothing.".to_owned());
    }
    let heard = Identifier::default().main(&target, &Prior::none()).language;
    let is_spoken = crate::DEFAULT_LANGUAGES.contains(&direction.to.primary());
    if known.is_some() && is_spoken && heard.is_known() && !heard.is_same_language(&direction.to) {
        return Err(format!(
            "it answers in another language ({heard}), so it may be the model of another pair."
        ));
    }
    let words = source.split_whitespace().count() as f64;
    Ok(Trial { source: source.to_owned(), target, words_per_second: words / took.max(1e-6) })
}
