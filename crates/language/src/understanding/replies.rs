//! What a reply shows of not having understood: another product, many translations.

use super::{From, Signal, SignalKind, Thread};
use crate::terms::{Finder, Term};
use std::collections::BTreeSet;

/// So many new translations of one message are many.
const MANY: u32 = 3;

/// The signals of the representatives' side.
pub(super) fn signals(thread: &Thread, products: &[Term]) -> Vec<Signal> {
    let places = || 0..thread.turns.len();
    let others = places().filter_map(|message| other_product(thread, products, message));
    places().filter_map(|message| many_translations(thread, message)).chain(others).collect()
}

fn many_translations(thread: &Thread, message: usize) -> Option<Signal> {
    let turn = &thread.turns[message];
    let why = format!(
        "The message was translated again {} times. Ask somebody who speaks the language.",
        turn.translated_again
    );
    (turn.translated_again >= MANY)
        .then(|| SignalKind::ManyTranslations.at(message, 0..turn.text.len(), 0.7, why))
}

/// The reply names products, and none of those that the customer named.
fn other_product(thread: &Thread, products: &[Term], message: usize) -> Option<Signal> {
    let turn = &thread.turns[message];
    if turn.from == From::Customer || products.is_empty() {
        return None;
    }
    let asked: BTreeSet<usize> = thread
        .earlier(message, From::Customer)
        .flat_map(|(place, _)| named(thread, products, place))
        .map(|(term, _)| term)
        .collect();
    let answered = named(thread, products, message);
    let (_, first) = answered.first()?.clone();
    let other = !asked.is_empty() && answered.iter().all(|(term, _)| !asked.contains(term));
    let why = "The reply is about a product that the customer did not name, and not about the one that was.";
    other.then(|| SignalKind::OtherProduct.at(message, first, 0.7, why))
}

fn named(thread: &Thread, products: &[Term], message: usize) -> Vec<(usize, std::ops::Range<usize>)> {
    let turn = &thread.turns[message];
    let found = Finder::new(products, &turn.language).find(&turn.text);
    found
        .into_iter()
        .flat_map(|found| found.senses.into_iter().map(move |sense| (sense.term, found.start..found.end)))
        .collect()
}
