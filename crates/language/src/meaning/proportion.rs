//! How long translations are, per pair of languages, and which are out of proportion.

use super::alignment::Bead;
use super::finding::{Finding, Kind, Severity};

/// Letters that 100 English letters become, measured on 500 news sentences each; 100 for languages that weren't measured.
const LENGTHS: [(&str, f64); 6] =
    [("en", 100.0), ("de", 113.0), ("es", 112.0), ("pl", 103.0), ("sl", 98.0), ("lt", 100.0)];
/// Sentences below this length vary too much.
const LETTERS: f64 = 24.0;

/// How many letters a letter of `source` becomes in `target`.
pub(super) fn ratio(source: &str, target: &str) -> f64 {
    let length = |language: &str| {
        LENGTHS.iter().find(|(tag, _)| *tag == language).map_or(100.0, |(_, length)| *length)
    };
    length(target) / length(source)
}

/// The passage is far longer or shorter than it should be.
pub(super) fn length(source: &str, target: &str, bead: &Bead, ratio: f64) -> Option<Finding> {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() as f64;
    let (ours, theirs) = (count(&source[bead.source.clone()]), count(&target[bead.target.clone()]));
    if ours.max(theirs) < LETTERS || ours == 0.0 || theirs == 0.0 {
        return None;
    }
    // Short sentences vary more: the bound is wide for them and narrows with the square root of the length.
    let bound = 0.22 + 2.6 / ours.max(theirs).sqrt();
    let off = (theirs / (ours * ratio)).ln();
    if off.abs() <= bound {
        return None;
    }
    let percent = (theirs / (ours * ratio) * 100.0).round();
    let what = if off < 0.0 { "Part of it may be missing" } else { "Something may have been added" };
    let why = format!(
        "The translation has {percent} % of the length that is usual for this pair of languages. {what}: compare both."
    );
    Some(
        Finding::new(Kind::Length, Severity::Warn, why)
            .at_source(bead.source.clone())
            .at_target(bead.target.clone()),
    )
}

/// Sentences that only one side has.
pub(super) fn alone(source: &str, target: &str, bead: &Bead) -> Option<Finding> {
    let has_words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    let missing = "The translation has nothing for this passage. Translate it, or confirm that it may go.";
    let stray = "The original says nothing like this passage. Take it out, or confirm that it belongs here.";
    match bead.counts {
        (_, 0) if has_words(&source[bead.source.clone()]) => {
            Some(Finding::new(Kind::MissingSegment, Severity::Stop, missing).at_source(bead.source.clone()))
        }
        (0, _) if has_words(&target[bead.target.clone()]) => {
            Some(Finding::new(Kind::StraySegment, Severity::Stop, stray).at_target(bead.target.clone()))
        }
        (1, 2) => remark(target, &bead.target)
            .map(|place| Finding::new(Kind::StraySegment, Severity::Warn, stray).at_target(place)),
        (2, 1) => remark(source, &bead.source)
            .map(|place| Finding::new(Kind::MissingSegment, Severity::Warn, missing).at_source(place)),
        _ => None,
    }
}

/// A sentence of at most three words beside a longer one: too short for its length to tell that the other side lacks it.
fn remark(text: &str, range: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let parts: Vec<_> = crate::identification::sentences(&text[range.clone()])
        .map(|part| range.start + part.start..range.start + part.end)
        .collect();
    let words = |part: &std::ops::Range<usize>| {
        let words: Vec<&str> = text[part.clone()].split_whitespace().collect();
        let last = words.last().map_or("", |word| word.trim_end_matches('.'));
        // *Dr. Ehud*, *des 21. Jahrhunderts*: no end of a sentence.
        let is_cut = last.chars().count() <= 3 || last.ends_with(|c: char| c.is_ascii_digit());
        if is_cut && parts.last() != Some(part) { usize::MAX } else { words.len() }
    };
    match &parts[..] {
        [first, last] if words(last) <= 3 && (4..usize::MAX).contains(&words(first)) => Some(last.clone()),
        [first, last] if words(first) <= 3 && words(last) > 3 => Some(first.clone()),
        _ => None,
    }
}
