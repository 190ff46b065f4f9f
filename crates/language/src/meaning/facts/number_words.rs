//! Numbers in words: *twenty-five*, *zweihundertfünfzig*, *XIX*.

use super::super::finding::Kind;
use super::clocks::clock;
use super::numbers::{finish, unit};
use super::{Half, Reading, Scan, Strength};
use crate::meaning::lexicon::Sense;

/// A number in words from here on; says how many tokens were looked at.
pub(super) fn words(scan: &mut Scan<'_, '_>, at: usize) -> usize {
    let mut sum = Sum::default();
    let mut next = at;
    while next < at + 12 {
        let place = next + usize::from(next > at && scan.is_mark(next, '-'));
        if !scan.token(place).is_some_and(|token| token.is_word()) || !sum.takes(scan, place) {
            break;
        }
        next = place + 1;
    }
    if next == at {
        return roman(scan, at);
    }
    while next > at + 1 && sum.ends_in_join {
        next -= 1;
        sum.ends_in_join = false;
    }
    let Some(value) = sum.value() else { return next - at };
    let is_part_of_word =
        scan.is_mark(next, '-') && !scan.tokens[next].is_spaced && unit(scan, next + 1).is_empty();
    let strength = if is_part_of_word { Strength::Loose } else { sum.strength };
    let mut readings = vec![Reading::Value(value.clone())];
    if let Some((clock, width)) = value.parse().ok().and_then(|hour| clock(scan, next - 1, 1, hour, 0))
        && width > 1
    {
        readings.push(match clock {
            Reading::Clock { minutes, .. } if minutes < 720 => Reading::Clock { minutes, half: Half::Open },
            other => other,
        });
    }
    finish(scan, (at, next - 1), Kind::Number, strength, readings)
}

/// `XIX`: centuries and kings.
fn roman(scan: &mut Scan<'_, '_>, at: usize) -> usize {
    let text = scan.tokens[at].text;
    let digit = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let digits: Option<Vec<u32>> = text.chars().map(digit).collect();
    if let Some(digits) = digits.filter(|digits| {
        (2..=6).contains(&digits.len()) || (scan.language != "sl" && matches!(digits[..], [5 | 10]))
    }) {
        let signed = digits.iter().enumerate().map(|(at, digit)| {
            let is_less = digits.get(at + 1).is_some_and(|next| next > digit);
            if is_less { -(*digit as i32) } else { *digit as i32 }
        });
        let value: i32 = signed.sum();
        scan.note((at, at), Kind::Number, Strength::Loose, vec![Reading::Value(value.to_string())]);
    }
    1
}

/// A number that is being read from words.
struct Sum {
    total: u64,
    current: u64,
    fraction: Option<String>,
    strength: Strength,
    is_empty: bool,
    ends_in_join: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            total: 0,
            current: 0,
            fraction: None,
            strength: Strength::Loose,
            is_empty: true,
            ends_in_join: false,
        }
    }
}

impl Sum {
    /// The number goes on with this word.
    fn takes(&mut self, scan: &Scan<'_, '_>, at: usize) -> bool {
        let low = &scan.tokens[at].low;
        if !self.is_empty
            && ((scan.language == "en" && low == "and" && self.current.is_multiple_of(100))
                || scan.says(at, &Sense::Join))
        {
            let follows =
                scan.senses(at + 1).iter().any(|sense| matches!(sense, Sense::Number(_) | Sense::Loose(_)));
            self.ends_in_join = follows && self.current >= 20 && self.fraction.is_none();
            return self.ends_in_join;
        }
        let senses = scan.senses(at);
        let taken = senses.iter().any(|sense| match sense {
            Sense::Number(value) => self.add(value, Strength::Word),
            Sense::Loose(value) => {
                (self.is_empty || scan.language == "en") && self.add(value, Strength::Loose)
            }
            Sense::Hundred => self.times(100),
            Sense::Scale(zeros) if *zeros <= 12 => self.scale(10_u64.pow(*zeros as u32)),
            _ => false,
        });
        let taken = taken || (senses.is_empty() && self.adds_compound(scan, low));
        self.ends_in_join &= !taken;
        taken
    }

    /// *fünfundzwanzig*, *vierundzwanzigste*.
    fn adds_compound(&mut self, scan: &Scan<'_, '_>, low: &str) -> bool {
        if let Some(value) = compound(scan, low) {
            return self.add(&value.to_string(), Strength::Word);
        }
        let ends = ["ste", "sten", "ster", "stes", "stem", "te", "ten", "ter", "tes", "tem"];
        let ordinal = ends.iter().filter(|_| scan.language == "de").find_map(|end| {
            let cardinal = low.strip_suffix(end)?;
            let known = scan.lexicon.senses(cardinal).into_iter().find_map(|sense| match sense {
                Sense::Number(value) => value.parse().ok(),
                _ => None,
            });
            known.or_else(|| compound(scan, cardinal))
        });
        ordinal.is_some_and(|value: u64| self.is_empty && self.add(&value.to_string(), Strength::Loose))
    }

    fn add(&mut self, text: &str, strength: Strength) -> bool {
        let Ok(value) = text.parse::<u64>() else {
            let fits = self.is_empty;
            self.fraction = fits.then(|| text.to_owned()).or(self.fraction.take());
            self.is_empty = false;
            return fits;
        };
        let low = self.current % 100;
        let fits = self.fraction.is_none()
            && (self.current == 0 && (self.is_empty || self.total > 0)
                || (value < 10 && value > 0 && low >= 20 && low.is_multiple_of(10))
                || (value < 100 && value > 0 && self.current >= 100 && low == 0));
        if fits {
            self.current += value;
            self.strength = self.strength.max(strength);
            self.is_empty = false;
        }
        fits
    }

    fn times(&mut self, factor: u64) -> bool {
        let fits = !self.is_empty && self.fraction.is_none() && (1..100).contains(&self.current);
        if fits {
            self.current *= factor;
            self.strength = Strength::Word;
        }
        fits
    }

    fn scale(&mut self, factor: u64) -> bool {
        let fits = self.fraction.is_none() && !self.is_empty && (self.current > 0 || self.total > 0);
        if fits {
            let counted = if self.current > 0 { self.current } else { std::mem::take(&mut self.total) };
            self.total = self.total.saturating_add(counted.saturating_mul(factor));
            self.current = 0;
            self.strength = Strength::Word;
        } else if self.is_empty {
            self.total = factor;
            self.is_empty = false;
            return true;
        }
        fits
    }

    fn value(&self) -> Option<String> {
        if self.is_empty {
            return None;
        }
        self.fraction.clone().or_else(|| Some(self.total.saturating_add(self.current).to_string()))
    }
}

/// Numbers in one word: *fünfundzwanzig*, *zweihundertfünfzig*, *petindvajset*.
fn compound(scan: &Scan<'_, '_>, word: &str) -> Option<u64> {
    let joint = match scan.language {
        "de" => "und",
        "sl" => "in",
        _ => return None,
    };
    if word.len() > 60 {
        return None;
    }
    let number = |piece: &str| -> Option<u64> {
        let piece = if piece == "ein" { "eins" } else { piece };
        scan.lexicon.senses(piece).into_iter().find_map(|sense| match sense {
            Sense::Number(value) => value.parse().ok(),
            Sense::Loose(value) if value == "1" => Some(1),
            Sense::Hundred => Some(100),
            _ => None,
        })
    };
    for (mark, factor) in [("tausend", 1000), ("hundert", 100)] {
        if let Some((before, after)) = word.split_once(mark) {
            let before =
                if before.is_empty() { Some(1) } else { number(before).or_else(|| compound(scan, before)) };
            let after = after.strip_prefix(joint).unwrap_or(after);
            let after =
                if after.is_empty() { Some(0) } else { number(after).or_else(|| compound(scan, after)) };
            return Some(before? * factor + after?);
        }
    }
    word.match_indices(joint).find_map(|(at, _)| {
        let (ones, tens) = (number(&word[..at])?, number(&word[at + joint.len()..])?);
        (ones < 10 && (20..100).contains(&tens)).then_some(ones + tens)
    })
}
