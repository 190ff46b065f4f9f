//! The engine of Firefox Translations' models, by the library fxtranslate.
//!
//! Not a rule: it reads the model's files.

use super::{
    manifest::{Manifest, Part},
    quarters::Bare,
};
use fxtranslate::{engine::Engine, segment::MAX_SOURCE_TOKENS};
use std::path::Path;

/// The engine's name in translations.
pub(super) const NAME: &str = "firefox";

struct Firefox(Engine);

/// Loads the model in this folder. The weights are read in place from the file, which must not be changed while it is in use: models
/// are replaced by renaming.
pub(super) fn load(folder: &Path, manifest: &Manifest) -> Result<Box<dyn Bare>, String> {
    check_processor()?;
    let path = |part: Part| manifest.file(part).map(|file| folder.join(&file.name));
    let vocabulary =
        |side: Part| path(side).or_else(|| path(Part::Vocabulary)).ok_or("it has no vocabulary.");
    let model = path(Part::Model).ok_or("it has no model file.")?;
    let (source, target) = (vocabulary(Part::SourceVocabulary)?, vocabulary(Part::TargetVocabulary)?);
    let damaged = |what: &dyn std::fmt::Display| format!("its files can't be read ({what}).");
    for path in [&source, &target] {
        let bytes = std::fs::read(path).map_err(|error| damaged(&error))?;
        if !is_whole_vocabulary(&bytes) {
            return Err(damaged(&"a vocabulary is truncated"));
        }
    }
    let engine = Engine::load_mmapped(model, source, target).map_err(|error| damaged(&error))?;
    let Some(shortlist) = path(Part::Shortlist) else { return Ok(Box::new(Firefox(engine))) };
    let bytes = std::fs::read(shortlist).map_err(|error| damaged(&error))?;
    if !is_whole_shortlist(&bytes) {
        return Err(damaged(&"the shortlist is truncated"));
    }
    Ok(Box::new(Firefox(engine.with_shortlist_bytes(&bytes))))
}

/// The kernel was compiled for AVX2; on an older processor it would end the whole program.
fn check_processor() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if fxtranslate::gemm::backend() != "scalar" && !std::arch::is_x86_feature_detected!("avx2") {
        return Err("this machine's processor has no AVX2, which the engine needs.".to_owned());
    }
    Ok(())
}

/// A message of Protocol Buffers that ends with its last field, and has pieces of words (field 1) and how texts are made even (field 3,
/// the last but one that is written).
fn is_whole_vocabulary(bytes: &[u8]) -> bool {
    let (mut rest, mut has_pieces, mut has_rules) = (bytes, false, false);
    while !rest.is_empty() {
        // Every field of the outer message is itself a message: its tag, its length, its bytes.
        let Some((tag, after)) = varint(rest) else { return false };
        let Some((length, after)) = varint(after).filter(|_| tag & 7 == 2) else { return false };
        let Some(next) = usize::try_from(length).ok().and_then(|length| after.get(length..)) else {
            return false;
        };
        has_pieces |= tag >> 3 == 1;
        has_rules |= tag >> 3 == 3;
        rest = next;
    }
    has_pieces && has_rules
}

fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().take(9).position(|byte| byte & 0x80 == 0)? + 1;
    let value = bytes[..length].iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f));
    Some((value, &bytes[length..]))
}

/// Six numbers of eight bytes, of which the fifth and sixth say how many follow.
fn is_whole_shortlist(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        bytes.get(at * 8..at * 8 + 8).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes)
    };
    let (Some(offsets), Some(lists)) = (number(4), number(5)) else { return false };
    let wanted = offsets.checked_mul(8).zip(lists.checked_mul(4)).and_then(|(a, b)| a.checked_add(b));
    wanted.is_some_and(|wanted| wanted.saturating_add(48) <= bytes.len() as u64)
}

impl Bare for Firefox {
    fn say(&mut self, sentence: &str) -> String {
        if self.0.src_ids(sentence).len() <= MAX_SOURCE_TOKENS {
            return self.0.translate(sentence);
        }
        // Odd texts have more pieces of words than letters suggest; the engine would cut them in the middle of one.
        match halves(sentence) {
            Some((first, second)) => format!("{} {}", self.say(first), self.say(second)),
            None => sentence.to_owned(),
        }
    }
}

/// The sentence in two parts, cut at the space nearest to its middle.
fn halves(sentence: &str) -> Option<(&str, &str)> {
    let middle = sentence.len() / 2;
    let spaces = sentence.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let space = spaces.min_by_key(|at| at.abs_diff(middle))?;
    let (first, second) = (sentence[..space].trim(), sentence[space..].trim());
    (!first.is_empty() && !second.is_empty()).then_some((first, second))
}
