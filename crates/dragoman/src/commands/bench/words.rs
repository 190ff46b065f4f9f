//! `dragoman bench language --words`: how fast a client's memory and its terms are looked through when both are large.

use super::language::resident_mib;
use crate::{
    say::{self, Failure},
    settings::Place,
};
use desk::{
    Desk, memory, set_up,
    tables::{remembered, terms as term_tables},
    terms,
};
use kernel::{ClientId, Fault, LanguageTag, Stop};
use language::{
    memory::{Approval, Remembered},
    terms::{Form, Term},
    translation::Request,
};
use serde::Serialize;
use std::{process::ExitCode, time::Instant as Stopwatch};
use store::{Clock, Store};

/// So many sentences are remembered.
const REMEMBERED: usize = 100_000;
/// So many are written in one transaction.
const TOGETHER: usize = 5_000;
/// So many terms there are: as many as a client may have.
const TERMS: usize = 50_000;
/// So many mails are looked up, each another one.
const MAILS: usize = 200;
/// So many sentences a mail has: a third is known, a third would be with another number, a third isn't.
const SENTENCES: usize = 20;

#[derive(Serialize)]
struct Figures {
    remembered: usize,
    sentences_of_mail: usize,
    known_of_mail: usize,
    look_up_p50_ms: f64,
    look_up_p99_ms: f64,
    terms: usize,
    load_terms_ms: f64,
    first_find_ms: f64,
    characters_of_text: usize,
    found_in_text: usize,
    find_p50_ms: f64,
    find_p99_ms: f64,
    terms_memory_mib: f64,
}

/// Fills an installation of its own, measures and prints.
pub(super) async fn run(json: bool) -> Result<ExitCode, Failure> {
    let folder = tempfile::tempdir()?;
    let (store, blobs, vault) = Place::plain(folder.path().to_owned(), None).open()?;
    store.migrate().await?;
    let (from, to) = ("en".parse().map_err(Fault::new)?, "pl".parse().map_err(Fault::new)?);
    let client = fill(&store, &from, &to).await?;
    let desk = Desk::open(store, blobs, vault, Clock::System, desk::UNDO_FOR).await?;
    let (known, looked_up) = look_up(&desk, client, &from, &to).await?;
    let measured = find(&desk, client, &from).await?;
    let figures = Figures {
        remembered: REMEMBERED,
        sentences_of_mail: SENTENCES,
        known_of_mail: known,
        look_up_p50_ms: at(&looked_up, 0.5),
        look_up_p99_ms: at(&looked_up, 0.99),
        ..measured
    };
    if json {
        say::json(&figures)?;
        return Ok(ExitCode::SUCCESS);
    }
    say::line(format!(
        "memory of {REMEMBERED} sentences: a mail of {SENTENCES} is looked up in {:.1} ms (99 of 100 within {:.1})",
        figures.look_up_p50_ms, figures.look_up_p99_ms
    ));
    say::line(format!(
        "{TERMS} terms: loaded in {:.0} ms, the first text {:.0} ms, a text of {} characters {:.2} ms (99 of 100 within {:.2}); {:.0} MiB",
        figures.load_terms_ms,
        figures.first_find_ms,
        figures.characters_of_text,
        figures.find_p50_ms,
        figures.find_p99_ms,
        figures.terms_memory_mib
    ));
    Ok(ExitCode::SUCCESS)
}

async fn fill(store: &Store, from: &LanguageTag, to: &LanguageTag) -> Result<ClientId, Failure> {
    let aurora = set_up::new_client("Aurora", "orange", "en", "Europe/Berlin")?;
    let client = aurora.id;
    let opened =
        move |tx: &mut store::Tx<'_>| set_up::open_client(tx, &aurora, Clock::System.now()).map(drop);
    store.write(opened).await?;
    for first in (0..REMEMBERED).step_by(TOGETHER) {
        let (from, to) = (from.clone(), to.clone());
        let part = move |tx: &mut store::Tx<'_>| {
            (first..first + TOGETHER)
                .try_for_each(|nth| remembered::remember(tx, &pair(client, nth, &from, &to), None).map(drop))
        };
        store.write(part).await?;
    }
    for first in (0..TERMS).step_by(TOGETHER) {
        let (from, to) = (from.clone(), to.clone());
        let part = move |tx: &mut store::Tx<'_>| {
            for nth in first..first + TOGETHER {
                let forms = vec![Form::new(from.clone(), term(nth)), Form::new(to.clone(), word(nth))];
                term_tables::put(
                    tx,
                    client,
                    None,
                    &Term::new(format!("t{nth}"), forms),
                    Clock::System.now(),
                )?;
            }
            Ok::<_, Stop>(term_tables::changed(tx, client)?)
        };
        store.write(part).await?;
    }
    Ok(client)
}

/// How many sentences of a mail were known, and the milliseconds that each took.
async fn look_up(
    desk: &Desk,
    client: ClientId,
    from: &LanguageTag,
    to: &LanguageTag,
) -> Result<(usize, Vec<f64>), Failure> {
    let (mut most, mut took) = (0, Vec::new());
    for nth in 0..MAILS {
        let request = Request::new(mail(nth), from.clone(), to.clone());
        let begun = Stopwatch::now();
        let known = desk.store.read(move |tx| memory::known(tx, client, &request)).await?;
        took.push(milliseconds(begun));
        most = most.max(known.len());
    }
    took.sort_by(f64::total_cmp);
    Ok((most, took))
}

/// The figures of terms; those of the memory are empty.
async fn find(desk: &Desk, client: ClientId, language: &LanguageTag) -> Result<Figures, Failure> {
    let (memory, inner, begun) = (resident_mib(), desk.clone(), Stopwatch::now());
    let termbase = desk.store.read(move |tx| terms::termbase(tx, &inner, client)).await?;
    let load_terms_ms = milliseconds(begun);
    let (mut took, mut characters, mut found) = (Vec::new(), 0, 0);
    for nth in 0..=MAILS {
        let text = text(nth);
        let begun = Stopwatch::now();
        found = termbase.find(&text, language).len();
        took.push(milliseconds(begun));
        characters = text.chars().count();
    }
    let first_find_ms = took.remove(0);
    took.sort_by(f64::total_cmp);
    Ok(Figures {
        remembered: 0,
        sentences_of_mail: 0,
        known_of_mail: 0,
        look_up_p50_ms: 0.0,
        look_up_p99_ms: 0.0,
        terms: termbase.terms.len(),
        load_terms_ms,
        first_find_ms,
        characters_of_text: characters,
        found_in_text: found,
        find_p50_ms: at(&took, 0.5),
        find_p99_ms: at(&took, 0.99),
        terms_memory_mib: resident_mib() - memory,
    })
}

fn milliseconds(begun: Stopwatch) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

fn at(sorted: &[f64], share: f64) -> f64 {
    sorted.get((sorted.len() as f64 * share) as usize).copied().unwrap_or_default()
}

fn pair(client: ClientId, nth: usize, from: &LanguageTag, to: &LanguageTag) -> Remembered {
    Remembered {
        client,
        from: from.clone(),
        to: to.clone(),
        source: sentence(nth, 1_234),
        target: format!("Proszę włożyć {} do pudełka 1234 i wysłać.", word(nth)),
        approved_by: "Bench".to_owned(),
        approved_at: Clock::System.now(),
        approval: Approval::Read,
    }
}

fn sentence(nth: usize, number: usize) -> String {
    format!("Please put the {} into the box {number} and send it back to us.", word(nth))
}

fn mail(nth: usize) -> String {
    let one = |at: usize| {
        let number = nth * 4_999 + at * 37;
        match at % 3 {
            0 => sentence(number % REMEMBERED, 1_234),
            1 => sentence(number % REMEMBERED, 5_678),
            _ => format!("It has been {} since the {} came.", word(number), word(number + 7)),
        }
    };
    (0..SENTENCES).map(one).collect::<Vec<_>>().join(" ")
}

/// Some 2,000 characters with a term in each sentence.
fn text(nth: usize) -> String {
    let one = |at: usize| {
        format!("We have looked at the {} that you sent us on Monday.", term((nth * 499 + at * 31) % TERMS))
    };
    (0..32).map(one).collect::<Vec<_>>().join(" ")
}

/// A term of two words, each another one.
fn term(nth: usize) -> String {
    format!("{} {}", word(nth), word(nth * 7 + 3))
}

/// A word that nobody uses; 125,000 differ.
fn word(nth: usize) -> String {
    let syllable = |digit: usize| {
        [["b", "d", "f", "g", "k", "l", "m", "n", "p", "r"][digit / 5], ["a", "e", "i", "o", "u"][digit % 5]]
            .concat()
    };
    format!("{}{}{}l", syllable(nth / 2_500 % 50), syllable(nth / 50 % 50), syllable(nth % 50))
}
