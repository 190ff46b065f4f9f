//! References in subjects: how people and mail programs write the eight characters of a case, in several layouts.

use std::ops::Range;

/// The case references in a subject, in canonical form: upper case, without the hyphen; those that are marked as such first.
///
/// `[#K7QM-3XTP]` is how we write one. `#k7qm3xtp`, `K7QM-3XTP`, `Ticket: K7QM 3XTP` and `Vorgang Nr. k7qm–3xtp` are how they come back.
/// A word that only looks like one is harmless: no case has it, or it is another customer's.
pub fn references_in_subject(subject: &str) -> Vec<String> {
    let mut places = places(subject);
    places.sort_by_key(|place| place.mark);
    let mut found: Vec<String> = Vec::new();
    for place in places {
        if !found.contains(&place.reference) {
            found.push(place.reference);
        }
    }
    found
}

/// A subject that carries the reference of its case, once: `Kaffeemaschine [#K7QM-3XTP]`.
pub fn tagged_subject(subject: &str, reference: &str) -> String {
    if references_in_subject(subject).iter().any(|known| Some(known) == canonical(reference).as_ref()) {
        return subject.to_owned();
    }
    let (first, last) = reference.split_at_checked(4).unwrap_or((reference, ""));
    let hyphen = if last.is_empty() || last.starts_with('-') { "" } else { "-" };
    format!("{} [#{first}{hyphen}{last}]", subject.trim_end()).trim_start().to_owned()
}

/// Where references stand with their `#`, and `[` and `]` around them, in the order of the subject.
pub(super) fn tags(subject: &str) -> Vec<Range<usize>> {
    let tagged = places(subject).into_iter().filter(|place| place.mark == Mark::Hash);
    let whole = tagged.filter_map(|place| {
        let before = subject.get(..place.from)?;
        let hash = before.trim_end_matches(HASHES);
        let opened = hash.ends_with('[');
        let closed = subject.get(place.to..)?.starts_with(']');
        Some(if opened && closed { hash.len() - 1..place.to + 1 } else { hash.len()..place.to })
    });
    whole.collect()
}

/// A reference in canonical form: eight upper-case Crockford characters. `None` when the text is none.
pub(super) fn canonical(text: &str) -> Option<String> {
    let letters: Option<String> = text.chars().filter(|c| *c != '-').map(crockford).collect();
    letters.filter(|letters| letters.len() == 8)
}

/// Crockford's base 32 reads `I` and `L` as 1 and `O` as 0, and has no `U`.
fn crockford(letter: char) -> Option<char> {
    match letter.to_ascii_uppercase() {
        'I' | 'L' => Some('1'),
        'O' => Some('0'),
        'U' => None,
        letter if letter.is_ascii_alphanumeric() => Some(letter),
        _ => None,
    }
}

/// What makes a word a reference, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// A `#` before it.
    Hash,
    /// A word such as *ticket* before it.
    Word,
    /// Its own looks.
    Looks,
}

struct Place {
    reference: String,
    from: usize,
    to: usize,
    mark: Mark,
}

const HASHES: [char; 3] = ['#', '＃', '№'];
/// What stands between the halves: hyphens and dashes as programs and people change them.
const HYPHENS: [char; 6] = ['-', '\u{2010}', '\u{2011}', '–', '—', '\u{2212}'];
/// A subject holds a few references at most; one full of them is somebody's game.
const MOST: usize = 20;

fn places(subject: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut at = 0;
    while let Some(rest) = subject.get(at..).filter(|rest| !rest.is_empty() && places.len() < MOST) {
        let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) else { break };
        let (from, run) = (at + start, run(rest.get(start..).unwrap_or_default()));
        let place = begins_word(subject, from).then(|| place_at(subject, from)).flatten();
        at = place.as_ref().map_or(from + run.len(), |place| place.to);
        places.extend(place);
    }
    places
}

/// The letters and digits of ASCII with which a text begins.
fn run(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Chinese and Japanese have no spaces, so their letters end words of ours.
fn is_boundary(letter: Option<char>) -> bool {
    letter.is_none_or(|letter| !letter.is_alphanumeric() || u32::from(letter) >= 0x2E80)
}

fn begins_word(subject: &str, at: usize) -> bool {
    is_boundary(subject.get(..at).and_then(|before| before.chars().next_back()))
}

fn place_at(subject: &str, from: usize) -> Option<Place> {
    let before = subject.get(..from)?;
    let mark = if before.ends_with(HASHES) {
        Mark::Hash
    } else if follows_word(before) {
        Mark::Word
    } else {
        Mark::Looks
    };
    let (word, halves) = eight(subject.get(from..)?)?;
    let fits = match (mark, halves) {
        (Mark::Looks, Halves::Spaced) => false,
        (Mark::Looks, halves) => looks_drawn(word, halves),
        _ => true,
    };
    let reference = fits.then(|| canonical_of(word)).flatten()?;
    Some(Place { reference, from, to: from + word.len(), mark })
}

/// How the two halves of a reference are held together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Halves {
    Joined,
    Hyphened,
    Spaced,
}

/// Eight characters, in one or in two halves, with which a text begins.
fn eight(text: &str) -> Option<(&str, Halves)> {
    let first = run(text);
    let rest = text.get(first.len()..)?;
    if first.len() == 8 {
        return (is_boundary(rest.chars().next()) && !rest.starts_with(HYPHENS))
            .then_some((first, Halves::Joined));
    }
    let between = rest.chars().next().filter(|c| first.len() == 4 && (HYPHENS.contains(c) || *c == ' '))?;
    let second = run(rest.get(between.len_utf8()..)?);
    let end = first.len() + between.len_utf8() + second.len();
    let after = text.get(end..)?;
    let ends = second.len() == 4 && is_boundary(after.chars().next()) && !after.starts_with(HYPHENS);
    let halves = if between == ' ' { Halves::Spaced } else { Halves::Hyphened };
    ends.then(|| text.get(..end)).flatten().map(|word| (word, halves))
}

/// Letters and digits mixed, as in `K7QM3XTP`, or at least `KQMD-XTPV`: no word, no year, no number of an order.
fn looks_drawn(word: &str, halves: Halves) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_mixed = digits > 0 && digits < 8;
    let is_shouted = halves == Halves::Hyphened && !word.chars().any(|c| c.is_ascii_lowercase());
    is_mixed || (is_shouted && digits == 0)
}

fn canonical_of(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    canonical(&letters)
}

/// The last word before a place says what kind of number follows: `Ticket: `, `Case no. `, `Vorgang `.
fn follows_word(before: &str) -> bool {
    let lower = before.to_lowercase();
    let mut rest = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    if lower.len() - rest.len() > LONGEST_GAP {
        return false;
    }
    for number in NUMBER_WORDS {
        if let Some(shorter) =
            rest.strip_suffix(number).filter(|shorter| shorter.ends_with([' ', '-', '.', ':']))
        {
            rest = shorter.trim_end_matches(|c: char| !c.is_alphanumeric());
            break;
        }
    }
    CASE_WORDS.iter().any(|word| {
        let shorter = rest.strip_suffix(word);
        shorter.is_some_and(|shorter| is_boundary(shorter.chars().next_back()) || !word.is_ascii())
    })
}

const LONGEST_GAP: usize = 8;

const NUMBER_WORDS: [&str; 12] =
    ["number", "nummer", "numer", "número", "numéro", "numero", "číslo", "nr", "no", "num", "id", "št"];

const CASE_WORDS: [&str; 46] = [
    "case",
    "ticket",
    "ref",
    "reference",
    "request",
    "incident",
    "issue",
    "fall",
    "vorgang",
    "anfrage",
    "ticketnummer",
    "vorgangsnummer",
    "aktenzeichen",
    "zeichen",
    "caso",
    "incidencia",
    "solicitud",
    "referencia",
    "sprawa",
    "sprawy",
    "zgłoszenie",
    "zgłoszenia",
    "zadeva",
    "primer",
    "zahtevek",
    "byla",
    "bylos",
    "užklausa",
    "užklausos",
    "dossier",
    "demande",
    "référence",
    "pratica",
    "richiesta",
    "pedido",
    "zaak",
    "aanvraag",
    "případ",
    "požadavek",
    "заявка",
    "обращение",
    "обращения",
    "工单",
    "案件",
    "番号",
    "编号",
];
