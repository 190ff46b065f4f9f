//! What must stand in the translation letter by letter: links, e-mail addresses, placeholders, codes.

use super::finding::{Finding, Kind, Severity};
use std::collections::HashMap;
use std::ops::Range;

/// At most this many are compared on each side.
const MOST: usize = 2_000;
/// A placeholder has at most this many bytes.
const PLACEHOLDER: usize = 80;
/// A link has at most this many bytes.
const LINK: usize = 2_000;
/// What follows a number in a sum of money rather than begins a code: `EUR20`.
pub(super) const CURRENCIES: [(&str, &str); 16] = [
    ("EUR", "eur"),
    ("USD", "usd"),
    ("GBP", "gbp"),
    ("PLN", "pln"),
    ("CHF", "chf"),
    ("CZK", "czk"),
    ("SEK", "sek"),
    ("NOK", "nok"),
    ("DKK", "dkk"),
    ("HUF", "huf"),
    ("RON", "ron"),
    ("BGN", "bgn"),
    ("UAH", "uah"),
    ("JPY", "jpy"),
    ("CAD", "cad"),
    ("AUD", "aud"),
];

/// A passage that a translation must keep.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exact<'t> {
    pub kind: Kind,
    pub range: Range<usize>,
    pub text: &'t str,
}

/// Links, addresses, placeholders and codes of a text, in order and apart.
pub(super) fn exacts(text: &str) -> Vec<Exact<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while found.len() < MOST
        && let Some(first) = text[at..].chars().next()
    {
        let rest = &text[at..];
        let hit = placeholder(rest, first, before)
            .map(|length| (Kind::Placeholder, length))
            .or_else(|| if before.is_alphanumeric() { None } else { run(rest, first) });
        match hit {
            Some((kind, length)) => {
                found.push(Exact { kind, range: at..at + length, text: &rest[..length] });
                at += length;
                before = 'x';
            }
            None => {
                let length =
                    if first.is_ascii_alphanumeric() { plain_length(rest) } else { first.len_utf8() };
                at += length;
                before = text[..at].chars().next_back().unwrap_or(' ');
            }
        }
    }
    found
}

fn plain_length(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

/// `{{x}}`, `{0}`, `${x}`, `#{x}`, `%{x}`, `%(x)s`, `%1$s`, `%s`, `<x>`, `[[x]]`.
fn placeholder(rest: &str, first: char, before: char) -> Option<usize> {
    match first {
        '{' if rest.starts_with("{{") => closed(rest, 2, "}}"),
        '{' => closed(rest, 1, "}"),
        '$' | '#' | '%' if rest[1..].starts_with('{') => closed(rest, 2, "}"),
        '[' if rest.starts_with("[[") => closed(rest, 2, "]]"),
        '<' => tag(rest),
        '%' if !before.is_ascii_digit() => percent(rest),
        _ => None,
    }
}

/// The first bytes only, so that no text takes quadratic time.
fn window(rest: &str, most: usize) -> &str {
    let mut end = rest.len().min(most);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}

fn closed(rest: &str, open: usize, close: &str) -> Option<usize> {
    let rest = window(rest, PLACEHOLDER);
    let inside = rest[open..].find(close)?;
    let name = &rest[open..open + inside];
    (!name.is_empty() && !name.contains(['\n', '{'])).then_some(open + inside + close.len())
}

fn tag(rest: &str) -> Option<usize> {
    let rest = window(rest, PLACEHOLDER);
    let end = rest.find('>')?;
    let name = rest[1..end].trim_start_matches('/');
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains(['@', '\n', '<'])
        && !name.contains("://");
    fits.then_some(end + 1)
}

fn percent(rest: &str) -> Option<usize> {
    let inside = rest[1..].find(|c: char| !(c.is_ascii_digit() || c == '$'))? + 1;
    let after = &rest[inside..];
    if let Some(named) = after.strip_prefix('(') {
        let end = window(named, PLACEHOLDER).find(')')?;
        return named[end + 1..].starts_with(['s', 'd']).then_some(inside + 1 + end + 2);
    }
    let is_letter = after.starts_with(['s', 'd', '@']);
    (is_letter && !after[1..].starts_with(char::is_alphanumeric)).then_some(inside + 1)
}

/// A link, an address or a code that begins here.
fn run(rest: &str, first: char) -> Option<(Kind, usize)> {
    let rest = window(rest, LINK);
    if first == '#' {
        let length = plain_length(&rest[1..]);
        let has_digit = rest[1..=length].bytes().any(|byte| byte.is_ascii_digit());
        return (has_digit && length > 0).then_some((Kind::Reference, length + 1));
    }
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    if let Some(length) = link(rest) {
        return Some((Kind::Link, length));
    }
    if let Some(length) = address(rest) {
        return Some((Kind::Address, length));
    }
    domain(rest)
        .map(|length| (Kind::Link, length))
        .or_else(|| code(window(rest, PLACEHOLDER)).map(|length| (Kind::Reference, length)))
}

fn link(rest: &str) -> Option<usize> {
    let begins = ["https://", "http://", "www.", "HTTPS://", "HTTP://", "Www."]
        .iter()
        .any(|mark| rest.starts_with(mark));
    if !begins {
        return None;
    }
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|')).unwrap_or(rest.len());
    let trimmed = rest[..end].trim_end_matches(|c: char| ".,;:!?)]}'’”»“*_".contains(c));
    (trimmed.len() > 6).then_some(trimmed.len())
}

fn address(rest: &str) -> Option<usize> {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let local = rest.bytes().take(PLACEHOLDER).take_while(name).count();
    let domain = rest[local..].strip_prefix('@')?;
    let length =
        domain.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let domain = domain[..length].trim_end_matches(['.', '-']);
    domain.contains('.').then_some(local + 1 + domain.len())
}

/// `example.com/path` without `https://`.
fn domain(rest: &str) -> Option<usize> {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let length = rest.bytes().take(PLACEHOLDER).take_while(name).count();
    let host = rest[..length].trim_end_matches(['.', '-']);
    let (_, top) = host.rsplit_once('.')?;
    let is_top = ["com", "org", "net", "eu", "de", "es", "pl", "si", "lt", "io", "uk", "at", "ch", "example"]
        .contains(&top);
    let first = host.split('.').next().unwrap_or_default();
    if !is_top || first.len() < 2 || first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let path = &rest[host.len()..];
    let more = if path.starts_with('/') {
        let end =
            path.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(path.len());
        path[..end].trim_end_matches(|c: char| ".,;:!?)]}'’”»“".contains(c)).len()
    } else {
        0
    };
    Some(host.len() + more)
}

/// Letters and digits in one: `K7QM-3XTP`, `SN-88213-A`, `A4`, `v2.3.1`; not `5GB`, `24-hour`, `1990s`.
fn code(rest: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let length = plain_length(&rest[end..]);
        let segment = &rest[end..end + length];
        if length == 0 || !is_of_code(segment) {
            end = end.saturating_sub(1);
            break;
        }
        end += length;
        let mut after = rest[end..].chars();
        let joins = after.next().is_some_and(|c| "-_/.".contains(c))
            && after.next().is_some_and(|c| c.is_ascii_alphanumeric());
        if !joins {
            break;
        }
        end += 1;
    }
    let code = &rest[..end];
    let follows = rest[end..].chars().next().is_some_and(char::is_alphabetic);
    (!follows && is_code(code)).then_some(end)
}

fn is_of_code(segment: &str) -> bool {
    let has_small = segment.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_digit = segment.bytes().any(|byte| byte.is_ascii_digit());
    !has_small || (has_digit && segment.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn is_code(code: &str) -> bool {
    let letters = code.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let measure = code.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-' || c == '/');
    let is_measure = code.starts_with(|c: char| c.is_ascii_digit())
        && measure.len() <= 3
        && measure.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_money =
        CURRENCIES.iter().any(|(name, _)| code.trim_matches(|c: char| !c.is_ascii_alphabetic()) == *name);
    letters > 0 && digits > 0 && !is_measure && !is_money
}

/// What one side has and the other hasn't.
pub(super) fn compare(source: (&str, &[Exact<'_>]), target: (&str, &[Exact<'_>])) -> Vec<Finding> {
    let missing = lacking(source.1, target.1, target.0);
    let mut added = lacking(target.1, source.1, source.0);
    let mut findings = Vec::new();
    for lost in missing {
        let finding = Finding::new(lost.kind, Severity::Stop, "").at_source(lost.range.clone());
        let partner = added.iter().position(|found| found.kind == lost.kind);
        findings.push(match partner.map(|at| added.remove(at)) {
            Some(other) => Finding {
                why: format!(
                    "{} “{}” became “{}”. It has to stay letter by letter: put it back.",
                    noun(lost.kind),
                    lost.text,
                    other.text
                ),
                ..finding.at_target(other.range.clone())
            },
            None => Finding {
                why: format!(
                    "{} “{}” is missing in the translation. Put it back.",
                    noun(lost.kind),
                    lost.text
                ),
                ..finding
            },
        });
    }
    let stray = |found: &Exact<'_>| {
        let why = format!("{} “{}” is not in the original. Take it out.", noun(found.kind), found.text);
        Finding::new(found.kind, Severity::Stop, why).at_target(found.range.clone())
    };
    findings.extend(added.into_iter().map(stray));
    findings
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Link => "The link",
        Kind::Address => "The e-mail address",
        Kind::Placeholder => "The placeholder",
        _ => "The number or code",
    }
}

/// What of `ours` is not among `theirs`. Placeholders are counted; of the rest one is enough, wherever it stands.
fn lacking<'e, 't>(ours: &'e [Exact<'t>], theirs: &[Exact<'_>], their_text: &str) -> Vec<&'e Exact<'t>> {
    let mut counts: HashMap<(Kind, String), usize> = HashMap::new();
    for exact in theirs {
        *counts.entry((exact.kind, exact.text.to_lowercase())).or_default() += 1;
    }
    let low = their_text.to_lowercase().replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-");
    let mut seen: HashMap<(Kind, String), usize> = HashMap::new();
    let is_lacking = |exact: &&'e Exact<'t>| {
        let key = (exact.kind, exact.text.to_lowercase());
        let have = counts.get(&key).copied().unwrap_or_default();
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        match exact.kind {
            Kind::Placeholder => *count > have,
            _ => *count == 1 && have == 0 && !low.contains(key.1.as_str()),
        }
    };
    ours.iter().filter(is_lacking).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found = exacts(text);
        let found: Vec<_> = found.iter().map(|exact| (exact.kind, exact.text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn passages_that_must_stay_are_found() {
        use Kind::{Address, Link, Placeholder, Reference};
        check(
            "Go to https://x.example/a?b=1. Or www.foto.si!",
            &[(Link, "https://x.example/a?b=1"), (Link, "www.foto.si")],
        );
        check("(anna.k@example.org), <b@c.de>", &[(Address, "anna.k@example.org"), (Address, "b@c.de")]);
        check(
            "Hi {{name}}, {0} of %s, %1$s %(n)d <b>x</b>",
            &[
                (Placeholder, "{{name}}"),
                (Placeholder, "{0}"),
                (Placeholder, "%s"),
                (Placeholder, "%1$s"),
                (Placeholder, "%(n)d"),
                (Placeholder, "<b>"),
                (Placeholder, "</b>"),
            ],
        );
        check(
            "#{ticket.title} #4711 K7QM-3XTP SN-88213-A v2.3.1 A4-Papier",
            &[
                (Placeholder, "#{ticket.title}"),
                (Reference, "#4711"),
                (Reference, "K7QM-3XTP"),
                (Reference, "SN-88213-A"),
                (Reference, "v2.3.1"),
                (Reference, "A4"),
            ],
        );
        check("5GB in 24-hour 1990s, 50%s, 24/7, EUR20, 3 < 4 and 5 > 2, p. 84, WLAN", &[]);
        check("shop.example.com/a is up. e.g. this", &[(Link, "shop.example.com/a")]);
    }

    #[track_caller]
    fn compared(source: &str, target: &str, expected: &[(Kind, Option<&str>, Option<&str>)]) {
        let findings = compare((source, &exacts(source)), (target, &exacts(target)));
        let found: Vec<_> = findings
            .iter()
            .map(|finding| {
                (
                    finding.kind,
                    finding.source.clone().map(|at| &source[at]),
                    finding.target.clone().map(|at| &target[at]),
                )
            })
            .collect();
        assert_eq!(found, expected, "{source} | {target}");
    }

    #[test]
    fn what_changed_is_named() {
        compared("See https://a.example/x", "Siehe https://a.example/x.", &[]);
        compared(
            "See https://a.example/x",
            "Siehe https://a.example/y",
            &[(Kind::Link, Some("https://a.example/x"), Some("https://a.example/y"))],
        );
        compared("{{a}} {{a}}", "{{a}}", &[(Kind::Placeholder, Some("{{a}}"), None)]);
        compared("Order #4711", "Bestellung 4711", &[(Kind::Reference, Some("#4711"), None)]);
        compared("COVID-19", "die COVID‑19-Pandemie", &[]);
        compared("Hi", "Hallo %s", &[(Kind::Placeholder, None, Some("%s"))]);
    }
}
