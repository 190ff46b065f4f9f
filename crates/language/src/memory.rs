//! Translation memory: what was approved once is said the same way again.
//!
//! A segment is compared as a pattern: its words, with numbers, links, addresses and names as places to fill in. An equal
//! pattern is an exact match and takes over the new values; others are scored by the words that would have to be edited. A
//! memory is its client's property: what another client's people approved is never looked at.

mod keeping;
mod pattern;
mod tmx;

pub use keeping::{Keepable, Spoken, keepable};
pub use tmx::{ImportedPairs, TmxPair, from_tmx, to_tmx};

use kernel::{Because, ClientId, Instant, LanguageTag};
use pattern::{Pattern, Piece};
use std::fmt::Write;

/// A segment that somebody approved, with its translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    /// Whose memory it is.
    pub client: ClientId,
    /// The source's language.
    pub from: LanguageTag,
    /// The target's language.
    pub to: LanguageTag,
    /// What was said.
    pub source: String,
    /// How it was said in the other language.
    pub target: String,
    /// Who approved the reply, as people call them.
    pub approved_by: String,
    /// When.
    pub approved_at: Instant,
    /// Whether they read both languages.
    pub approval: Approval,
}

/// How far somebody stands for a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Approval {
    /// They sent what a machine had said and the meaning guard had let pass, in a language that they don't read.
    Unread,
    /// They read both languages.
    Read,
}

/// A segment to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted<'a> {
    /// Whose memory may be used.
    pub client: ClientId,
    /// The language of the segment.
    pub from: LanguageTag,
    /// The language to say it in.
    pub to: LanguageTag,
    /// The segment.
    pub source: &'a str,
    /// Names that stand in the segment and may be others in the memory: the customer's, the representative's.
    pub names: &'a [&'a str],
}

/// What the memory says.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The place among the candidates.
    pub candidate: usize,
    /// How alike, 0 to 100; 100 is exact.
    pub score: u8,
    /// How to say it, with the new values filled in where that was possible.
    pub target: String,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
    /// Whose approved reply it is, and how alike.
    pub because: Because,
}

/// By what a table finds the candidates for a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexKeys {
    /// Equal for exact matches.
    pub exact: String,
    /// Equal for all that is good enough to be used: the words without capitals, accents and marks.
    pub near: String,
}

/// From here a match is used instead of the engine.
pub const TAKEN_FROM: u8 = 95;
/// From here a match is worth showing.
pub const SHOWN_FROM: u8 = 70;
/// A word that differs isn't said by the target, so such a match is never used unseen.
const MOST_WITH_OTHER_WORDS: u8 = 94;
/// What each value costs that couldn't be filled in.
const COST_OF_VALUE: u8 = 10;
/// So many words are compared; longer segments have exact matches only.
const WORDS_COMPARED: usize = 200;
/// How sure it is when nobody read it who knows both languages: as an engine is.
const UNREAD: f64 = 0.9;
/// What another word costs, and one that differs in capitals, accents or marks only.
const OTHER: usize = 10;
const NEARLY: usize = 1;

/// By what a segment is found in a table.
pub fn index_keys(source: &str, names: &[&str]) -> IndexKeys {
    let pattern = Pattern::new(source, names);
    IndexKeys { exact: pattern.fingerprint(), near: pattern.likeness_key() }
}

/// What the candidates say for a segment, the best first; those below [`SHOWN_FROM`] and other clients' are left out.
pub fn matches(wanted: &Wanted<'_>, candidates: &[Remembered]) -> Vec<Match> {
    let pattern = Pattern::new(wanted.source, wanted.names);
    let ours = candidates.iter().enumerate().filter(|(_, candidate)| {
        candidate.client == wanted.client && candidate.from == wanted.from && candidate.to == wanted.to
    });
    let mut found: Vec<Match> =
        ours.filter_map(|(at, candidate)| matched(&pattern, wanted.names, at, candidate)).collect();
    let newest = |found: &Match| std::cmp::Reverse(candidates[found.candidate].approved_at);
    found.sort_by_key(|found| (std::cmp::Reverse(found.score), newest(found)));
    found
}

/// The match to use instead of the engine, if one is good enough.
pub fn best(wanted: &Wanted<'_>, candidates: &[Remembered]) -> Option<Match> {
    matches(wanted, candidates).into_iter().next().filter(|found| found.score >= TAKEN_FROM)
}

fn matched(wanted: &Pattern, names: &[&str], at: usize, candidate: &Remembered) -> Option<Match> {
    let known = Pattern::new(&candidate.source, names);
    let alike = likeness(wanted.pieces(), known.pieces())?;
    let (target, unfilled) = filled(&candidate.target, &known, wanted);
    let costs = COST_OF_VALUE.saturating_mul(u8::try_from(unfilled).unwrap_or(u8::MAX));
    let score = alike.saturating_sub(costs);
    if score < SHOWN_FROM {
        return None;
    }
    let (who, day) = (&candidate.approved_by, candidate.approved_at.day());
    let (did, sure) = match candidate.approval {
        Approval::Read => ("approved", 1.0),
        Approval::Unread => ("sent", UNREAD),
    };
    let mut sentence = format!("{who} {did} this in a reply on {day}");
    sentence.push_str(if candidate.approval == Approval::Read {
        "."
    } else {
        " without reading the language."
    });
    if score < 100 {
        let _ = write!(sentence, " The original is {score} % alike.");
    }
    if unfilled > 0 {
        sentence.push_str(" A number, link or name of the other reply may still stand in it: look at it.");
    }
    let code = if score == 100 { "memory.exact" } else { "memory.alike" };
    let confidence = sure * f64::from(score) / 100.0;
    Some(Match { candidate: at, score, target, confidence, because: Because::new(code, sentence) })
}

/// How alike two segments are: 100 × (1 − edited words ÷ words of the longer one), after Levenshtein (1966, *Binary codes
/// capable of correcting deletions, insertions, and reversals*) over words, as translation memories count it (Sikes 2007,
/// *Fuzzy matching in theory and practice*, MultiLingual 18). Capitals, accents and marks count a tenth.
fn likeness(a: &[Piece], b: &[Piece]) -> Option<u8> {
    if a == b {
        return Some(100);
    }
    let words = a.len().max(b.len());
    if words > WORDS_COMPARED || a.len().min(b.len()) * 2 < words {
        return None;
    }
    let mut before: Vec<usize> = (0..=b.len()).map(|count| count * OTHER).collect();
    for (row, x) in a.iter().enumerate() {
        let mut now = vec![(row + 1) * OTHER];
        for (column, y) in b.iter().enumerate() {
            let edited = before[column] + cost(x, y);
            now.push(edited.min(before[column + 1] + gap(x)).min(now[column] + gap(y)));
        }
        before = now;
    }
    let edited = before[b.len()];
    let score = 100usize.saturating_sub((100 * edited).div_ceil(OTHER * words));
    let score = u8::try_from(score).unwrap_or(100);
    Some(if edited >= OTHER { score.min(MOST_WITH_OTHER_WORDS) } else { score.min(99) })
}

fn cost(x: &Piece, y: &Piece) -> usize {
    match () {
        () if x == y => 0,
        () if x.is_nearly(y) => NEARLY,
        () => OTHER,
    }
}

/// What a piece costs that stands on one side only. A question isn't nearly a statement.
fn gap(piece: &Piece) -> usize {
    if matches!(piece, Piece::Mark(mark) if !pattern::asks(*mark)) { NEARLY } else { OTHER }
}

/// The target with the values of `wanted` in the places of those of `known`, and how many couldn't be put there.
fn filled(target: &str, known: &Pattern, wanted: &Pattern) -> (String, usize) {
    let (old, new) = (known.values(), wanted.values());
    if old.len() != new.len() {
        return (target.to_owned(), old.len().abs_diff(new.len()).max(1));
    }
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut unfilled = 0;
    for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
        let contradicts = pairs.iter().any(|(from, to)| from == old && to != new);
        let same_count = pattern::count(target, old) == known.count_of(old);
        if contradicts || !same_count || !pattern::may_become(old, new) {
            unfilled += 1;
        } else if !pairs.contains(&(old, new)) {
            pairs.push((old, new));
        }
    }
    // A value that must stay in one place can't change in another.
    let stays = |from: &str| old.iter().zip(new).any(|(old, new)| old == new && old == from);
    if pairs.iter().any(|(from, _)| stays(from)) {
        return (target.to_owned(), unfilled + pairs.len());
    }
    (pattern::replaced(target, &pairs), unfilled)
}

#[cfg(test)]
mod tests;
