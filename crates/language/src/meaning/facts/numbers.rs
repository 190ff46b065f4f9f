//! Numbers in digits and in words, with what they count.

use super::super::finding::Kind;
use super::clocks::clock;
use super::{Half, Reading, Scan, Strength};
use crate::meaning::exact::CURRENCIES;
use crate::meaning::lexicon::Sense;
use crate::meaning::tokens::Shape;

/// Digits in a row from which a number is a reference rather than a count.
const REFERENCE: usize = 6;

/// Whatever dates and spoken times left over.
pub(super) fn all(scan: &mut Scan<'_, '_>) {
    let mut at = 0;
    while at < scan.tokens.len() {
        let Some(token) = scan.token(at) else {
            at += 1;
            continue;
        };
        at += match token.shape {
            Shape::Number => digits(scan, at),
            Shape::Word => words(scan, at),
            Shape::Mark(_) => mark_of_fraction(scan, at),
        };
    }
}

fn fraction(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Mark('½') => Some("0.5"),
        Shape::Mark('¼') => Some("0.25"),
        Shape::Mark('¾') => Some("0.75"),
        _ => None,
    }
}

fn mark_of_fraction(scan: &mut Scan<'_, '_>, at: usize) -> usize {
    let Some(value) = fraction(scan.tokens[at].shape) else { return 1 };
    scan.note((at, at), Kind::Number, Strength::Digits, vec![Reading::Value(value.to_owned())]);
    1
}

fn digits(scan: &mut Scan<'_, '_>, at: usize) -> usize {
    let text = scan.tokens[at].text;
    if let Some((reading, width)) = time_of_day(scan, at, text) {
        scan.note((at, at + width - 1), Kind::Time, Strength::Digits, vec![reading]);
        return width;
    }
    let mut readings = values(text, scan.language);
    let is_reference = text.len() >= REFERENCE && text.bytes().all(|byte| byte.is_ascii_digit());
    let kind = if is_reference { Kind::Reference } else { Kind::Number };
    if let Some((first, second)) = two_numbers(text) {
        let is_clock = text.len() - text.find('.').unwrap_or(0) == 3;
        readings.extend(clock(scan, at, 1, first, second).filter(|_| is_clock).map(|(reading, _)| reading));
        let is_date = scan.is_mark(at + 1, '.') && (1..=31).contains(&first) && (1..=12).contains(&second);
        readings.extend(is_date.then_some(Reading::Date { day: Some(first), month: second, year: None }));
    }
    if text.len() == 4 && text.ends_with('0') && !is_reference {
        readings.push(Reading::Value(text[2..].to_owned()));
    }
    let strength = if is_decade(scan, at) { Strength::Loose } else { Strength::Digits };
    let (last, zeros) = scales(scan, at);
    let minus = is_minus(scan, at);
    for reading in &mut readings {
        if let Reading::Value(value) = reading {
            *value = shifted(value, zeros);
            if minus {
                value.insert(0, '-');
            }
        }
    }
    let last = with_fraction(scan, last, &mut readings);
    finish(scan, (at, last), kind, strength, readings)
}

/// `29¾` is one number.
fn with_fraction(scan: &Scan<'_, '_>, last: usize, readings: &mut [Reading]) -> usize {
    let sign = scan.token(last + 1).filter(|next| !next.is_spaced).and_then(|next| fraction(next.shape));
    let (Some(sign), [Reading::Value(value), ..]) = (sign, readings) else { return last };
    value.push_str(&sign[1..]);
    last + 1
}

/// `12.03`: two numbers of at most two digits.
fn two_numbers(text: &str) -> Option<(u32, u32)> {
    let (first, second) = text.split_once('.')?;
    (first.len() <= 2 && second.len() <= 2).then(|| Some((first.parse().ok()?, second.parse().ok()?)))?
}

/// `14:30`, `14 Uhr`, `2 pm`, `14h30`, `ob 14.30`.
fn time_of_day(scan: &Scan<'_, '_>, at: usize, text: &str) -> Option<(Reading, usize)> {
    let number = |piece: &str| (piece.len() <= 2).then(|| piece.parse::<u32>().ok()).flatten();
    if let Some((hour, rest)) = text.split_once(':') {
        let minute = rest.split(':').next().unwrap_or_default();
        return clock(scan, at, 1, number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    }
    let (hour, minute) = text.split_once('.').unwrap_or((text, "0"));
    let (hour, minute) = (number(hour)?, number(minute)?);
    if let Some(next) = scan.tokens.get(at + 1)
        && !next.is_spaced
        && let Some(minutes) = next.low.strip_prefix('h').filter(|minutes| minutes.len() == 2)
    {
        return clock(scan, at, 2, hour, number(minutes)?);
    }
    let (reading, width) = clock(scan, at, 1, hour, minute)?;
    let before =
        at.checked_sub(1).filter(|before| scan.language != "sl" && scan.says(*before, &Sense::ClockBefore));
    let ordinal_hour = scan.is_mark(at + 1, '.') && scan.says(at + 2, &Sense::ClockBefore);
    let counts = scan.senses(at + 1).iter().any(|sense| matches!(sense, Sense::Unit(_)));
    ((width > 1 && (!counts || text.len() > 3)) || before.is_some() || ordinal_hour)
        .then_some((reading, width))
}

/// `1990s`, `90er`: another language may say them in words.
fn is_decade(scan: &Scan<'_, '_>, at: usize) -> bool {
    let next = scan.tokens.get(at + 1);
    scan.tokens[at].text.ends_with('0')
        && next.is_some_and(|next| !next.is_spaced && ["s", "er", "ern", "ųjų"].contains(&next.low.as_str()))
}

fn is_minus(scan: &Scan<'_, '_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let token = &scan.tokens[before];
    // Spanish *al menos* is at least.
    let is_least = before > 0 && ["al", "lo"].contains(&scan.tokens[before - 1].low.as_str());
    let is_word = scan.says(before, &Sense::Minus) && !is_least;
    let is_sign = (token.is_mark('-') || token.is_mark('−')) && token.is_spaced && !scan.tokens[at].is_spaced;
    (is_word || is_sign) && !scan.used[before]
}

/// The zeros that the scale words after `at` add, and the last of them.
fn scales(scan: &Scan<'_, '_>, mut at: usize) -> (usize, usize) {
    let mut zeros = 0;
    while zeros < 24
        && let Some(more) = scan.senses(at + 1).into_iter().find_map(|sense| match sense {
            Sense::Scale(zeros) => Some(*zeros),
            _ => None,
        })
    {
        zeros += more;
        at += 1;
    }
    (at, zeros)
}

/// Notes the number with its unit, and says how many tokens it took.
fn finish(
    scan: &mut Scan<'_, '_>,
    (first, last): (usize, usize),
    kind: Kind,
    strength: Strength,
    readings: Vec<Reading>,
) -> usize {
    let units = units(scan, first, last);
    if let Some(Sense::Unit(_)) = scan.phrase(last + 1) {
        scan.used[last + 1..=last + 2].fill(true);
    }
    scan.note((first, last), kind, strength, readings);
    if let Some(fact) = scan.facts.last_mut() {
        fact.units = units;
    }
    last + 1 - first
}

fn units(scan: &Scan<'_, '_>, first: usize, last: usize) -> Vec<&'static str> {
    let mut at = last + 1;
    while at <= last + 2 && (scan.is_mark(at, '-') || scan.is_mark(at, '.') || scan.is_mark(at, '‑')) {
        at += 1;
    }
    let after = unit(scan, at);
    if !after.is_empty() {
        return after;
    }
    first.checked_sub(1).map(|before| money(scan, before)).unwrap_or_default()
}

fn unit(scan: &Scan<'_, '_>, at: usize) -> Vec<&'static str> {
    let Some(token) = scan.token(at) else { return Vec::new() };
    if let Shape::Mark('%') = token.shape {
        return vec!["percent"];
    }
    if let Shape::Mark('°') = token.shape {
        let scale = scan.tokens.get(at + 1).map(|next| next.text);
        return match scale {
            Some("C") => vec!["celsius"],
            Some("F") => vec!["fahrenheit"],
            _ => Vec::new(),
        };
    }
    let money = money(scan, at);
    if !money.is_empty() {
        return money;
    }
    if let Some(Sense::Unit(unit)) = scan.phrase(at) {
        return vec![unit];
    }
    let speed = scan.is_mark(at + 1, '/').then(|| scan.tokens.get(at + 2)).flatten();
    if token.low == "km" && speed.is_some_and(|per| per.low == "h") {
        return vec!["kmh"];
    }
    let senses = scan.senses(at).into_iter();
    let units: Vec<&str> =
        senses.filter_map(|sense| if let Sense::Unit(unit) = sense { Some(*unit) } else { None }).collect();
    if units.contains(&"usd") { vec!["usd", "aud", "cad"] } else { units }
}

/// A currency as a sign or a code.
fn money(scan: &Scan<'_, '_>, at: usize) -> Vec<&'static str> {
    let Some(token) = scan.token(at) else { return Vec::new() };
    let sign = match token.shape {
        Shape::Mark('€') => Some("eur"),
        Shape::Mark('$') => return dollars(scan, at),
        Shape::Mark('£') => Some("gbp"),
        Shape::Mark('¥') => Some("jpy"),
        Shape::Word if token.low == "zł" => Some("pln"),
        _ => CURRENCIES.iter().find(|(code, _)| token.text == *code).map(|(_, unit)| *unit),
    };
    sign.into_iter().collect()
}

/// `$` is the dollar of the country that is named before it, or any.
fn dollars(scan: &Scan<'_, '_>, at: usize) -> Vec<&'static str> {
    let before = at.checked_sub(1).map(|before| scan.tokens[before].text);
    match CURRENCIES.iter().find(|(code, _)| before == Some(code)) {
        Some((_, unit)) => vec![unit],
        None => vec!["usd", "aud", "cad"],
    }
}

/// All that digits with separators may mean in a language.
fn values(text: &str, language: &str) -> Vec<Reading> {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let joined: String = groups.concat();
    let Some(&last) = separators.last() else {
        let is_name = text.len() > 1 && text.starts_with('0');
        return vec![if is_name { Reading::Literal(joined) } else { value(&joined, "") }];
    };
    let are_same = separators.iter().all(|separator| *separator == last);
    let in_threes = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let decimal = || value(&groups[..groups.len() - 1].concat(), groups[groups.len() - 1]);
    let is_point = matches!(last, '.' | ',');
    match (separators.len(), are_same) {
        (_, _) if last == ':' => vec![Reading::Literal(text.to_owned())],
        (_, true) if !is_point => vec![value(&joined, "")],
        (1, true) if !in_threes || groups[0] == "0" => vec![decimal()],
        (1, true) => match (last, language) {
            ('.', "en") => vec![decimal()],
            ('.', "es") => vec![value(&joined, ""), decimal()],
            (',', "en") | ('.', _) => vec![value(&joined, "")],
            _ => vec![decimal()],
        },
        (_, true) if in_threes => vec![value(&joined, "")],
        (_, true) => vec![Reading::Literal(text.to_owned())],
        _ if is_point => vec![decimal()],
        _ => vec![Reading::Literal(text.to_owned())],
    }
}

fn value(whole: &str, fraction: &str) -> Reading {
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Reading::Value(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// A decimal number with the point moved to the right.
fn shifted(number: &str, zeros: usize) -> String {
    if zeros == 0 {
        return number.to_owned();
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = format!("{fraction:0<zeros$}");
    match value(&format!("{whole}{}", &fraction[..zeros]), &fraction[zeros..]) {
        Reading::Value(value) => value,
        _ => number.to_owned(),
    }
}

/// A fraction as a decimal number of three places.
pub(super) fn quotient(over: u32, under: u32) -> String {
    let text = format!("{:.3}", f64::from(over) / f64::from(under));
    text.trim_end_matches('0').to_owned()
}

/// A number in words from here on; says how many tokens were looked at.
fn words(scan: &mut Scan<'_, '_>, at: usize) -> usize {
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
