//! Times of day that are said in words: *half past two*, *halb drei*, *las dos y media*, *wpół do trzeciej*, *pol treh*, *pusė trijų*.

use super::super::finding::Kind;
use super::{Half, Reading, Scan, Strength};
use crate::meaning::lexicon::Sense;

/// Words of the afternoon, after which `3:30` may be half past fifteen.
const LATER: [&str; 18] = [
    "południu",
    "wieczorem",
    "wieczór",
    "popoldne",
    "zvečer",
    "nachmittags",
    "abends",
    "nachmittag",
    "abend",
    "tarde",
    "noche",
    "popiet",
    "vakaro",
    "vakare",
    "afternoon",
    "evening",
    "night",
    "dienos",
];

/// Times in words.
pub(super) fn spoken(scan: &mut Scan<'_, '_>) {
    for at in 0..scan.tokens.len() {
        if scan.token(at).is_some_and(super::Token::is_word) {
            before_hour(scan, at);
        }
    }
}

fn before_hour(scan: &mut Scan<'_, '_>, at: usize) {
    if let Some(Sense::MinutesAfter(minutes)) = scan.phrase(at)
        && at >= 2
        && scan.says(at - 2, &Sense::ClockBefore)
        && let Some(hour) = hour(scan, at - 1)
    {
        note(scan, (at - 1, at + 1), hour * 60 + minutes);
        return;
    }
    let phrase = scan.phrase(at).map(|sense| (sense, 2));
    let single = || {
        scan.senses(at)
            .into_iter()
            .find(|sense| matches!(sense, Sense::MinutesBefore(_)))
            .map(|sense| (sense, 1))
    };
    let Some((Sense::MinutesBefore(minutes), length)) = phrase.or_else(single) else { return };
    if let Some(hour) = hour(scan, at + length) {
        note(scan, (at, at + length), hour * 60 + minutes);
    }
}

fn hour(scan: &Scan<'_, '_>, at: usize) -> Option<i32> {
    if let Some(hour) = scan.whole(at) {
        return (hour <= 24).then_some(hour as i32);
    }
    let value = scan.senses(at).into_iter().find_map(|sense| match sense {
        Sense::Number(value) | Sense::Loose(value) => value.parse::<i32>().ok(),
        _ => None,
    });
    value.filter(|hour| (1..=12).contains(hour))
}

fn note(scan: &mut Scan<'_, '_>, range: (usize, usize), minutes: i32) {
    let minutes = minutes.rem_euclid(1440) as u32;
    scan.note(range, Kind::Time, Strength::Word, vec![Reading::Clock { minutes, half: Half::Open }]);
}

/// The reading of hours and minutes at this place, by the words around it; `width` tokens hold them.
pub(super) fn clock(
    scan: &Scan<'_, '_>,
    at: usize,
    width: usize,
    hour: u32,
    minute: u32,
) -> Option<(Reading, usize)> {
    if hour > 24 || minute > 59 {
        return None;
    }
    let after = at + width;
    let skipped = usize::from(scan.says(after, &Sense::OClock));
    let half = after + skipped;
    let (later, length) = half_of_day(scan, half);
    let is_later = (half..half + 3)
        .any(|near| scan.tokens.get(near).is_some_and(|token| LATER.contains(&token.low.as_str())));
    let (hour, said) = match later {
        Some(720) if hour < 12 => (hour + 12, Half::Said),
        Some(0) if hour == 12 => (0, Half::Said),
        Some(_) => (hour, Half::Said),
        None if hour > 12 || (scan.language != "en" && !is_later) => (hour, Half::Said),
        None => (hour, Half::Open),
    };
    Some((Reading::Clock { minutes: hour * 60 + minute, half: said }, width + skipped + length))
}

/// `am`, `p.m.`: minutes to add, and how many tokens say it.
fn half_of_day(scan: &Scan<'_, '_>, at: usize) -> (Option<u32>, usize) {
    let dotted = |letter: &str| {
        scan.token(at).is_some_and(|token| token.low == letter)
            && scan.is_mark(at + 1, '.')
            && scan.token(at + 2).is_some_and(|token| token.low == "m")
    };
    if scan.says(at, &Sense::Morning) {
        (Some(0), 1)
    } else if scan.says(at, &Sense::Afternoon) {
        (Some(720), 1)
    } else if dotted("a") {
        (Some(0), 3)
    } else if dotted("p") {
        (Some(720), 3)
    } else {
        (None, 0)
    }
}
