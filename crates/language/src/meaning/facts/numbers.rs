//! Numbers in digits, with what they count.

use super::super::finding::Kind;
use super::clocks::clock;
use super::number_words::words;
use super::{Reading, Scan, Strength};
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
pub(super) fn finish(
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

pub(super) fn unit(scan: &Scan<'_, '_>, at: usize) -> Vec<&'static str> {
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
