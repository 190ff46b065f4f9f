//! The shapes of what an engine would break, each recognised where it begins.

use super::marks::{MarkKind, Numbers};
use std::ops::Range;

/// What begins at a place.
pub(super) struct Token {
    /// In bytes.
    pub length: usize,
    /// What becomes of it; nothing if it goes through the engine.
    pub kind: Option<MarkKind>,
}

impl Token {
    /// It goes through the engine.
    pub fn words(length: usize) -> Self {
        Self { length, kind: None }
    }
}

/// A link or picture of Markdown.
pub(super) struct Link {
    pub length: usize,
    pub words: Range<usize>,
    pub is_picture: bool,
}

/// How far a closing mark is looked for, so that a text of opening marks takes no longer than another.
const REACH: usize = 2_000;

/// Where `mark` stands in the next bytes of `text`.
fn find_near(text: &str, from: usize, mark: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(from..text.len().min(from + REACH))?;
    bytes.windows(mark.len()).position(|window| window == mark.as_bytes()).map(|at| from + at)
}

/// `[words](address)`, `![words](address)`
pub(super) fn link(rest: &str) -> Option<Link> {
    let open = if rest.starts_with("![") { 2 } else { usize::from(rest.starts_with('[')) };
    if open == 0 {
        return None;
    }
    let middle = find_near(rest, open, "](")?;
    let words = rest.get(open..middle)?;
    let close = find_near(rest, middle + 2, ")")?;
    let address = rest.get(middle + 2..close)?;
    let is_one = !words.contains(['[', ']', '\n']) && !address.contains(['\n', '(']);
    is_one.then_some(Link { length: close + 1, words: open..middle, is_picture: open == 2 })
}

/// `` `code` ``
pub(super) fn code(rest: &str) -> Option<usize> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    if ticks == 0 || ticks > 3 {
        return (ticks > 3).then_some(ticks);
    }
    let close = find_near(rest, ticks, &rest[..ticks])?;
    Some(close + ticks)
}

/// `{{name}}`, `${name}`, `%{name}`, `{0}`, `%(name)s`, `%s`, `%1$d`, `%%`, `[[name]]`
pub(super) fn placeholder(rest: &str) -> Option<usize> {
    let pairs = [("{{", "}}"), ("{%", "%}"), ("[[", "]]"), ("${", "}"), ("%{", "}"), ("#{", "}"), ("{", "}")];
    for (open, close) in pairs {
        if let Some(end) = rest.strip_prefix(open).and_then(|_| find_near(rest, open.len(), close))
            && rest.get(open.len()..end).is_some_and(|inner| inner.len() <= 100 && !inner.contains('\n'))
        {
            return Some(end + close.len());
        }
    }
    let body = rest.strip_prefix('%')?;
    if body.starts_with('%') {
        return Some(2);
    }
    let named =
        body.strip_prefix('(').and_then(|inner| inner.find(')')).filter(|end| *end <= 60).map(|end| end + 2);
    let flags = named.unwrap_or_else(|| {
        body.find(|c: char| !(c.is_ascii_digit() || matches!(c, '$' | '.' | '+' | '-'))).unwrap_or(body.len())
    });
    let kind = body.get(flags..)?;
    let is_alone = !kind.chars().nth(1).is_some_and(char::is_alphanumeric);
    (kind.starts_with(['s', 'd', 'i', 'u', 'f', 'g', 'x', 'X', 'c', '@']) && is_alone)
        .then_some(1 + flags + 1)
}

/// `<b>`, `</a>`, `<br/>`, `<!-- -->`, `<https://a.example>`, `&nbsp;`
pub(super) fn tag(rest: &str) -> Option<usize> {
    if let Some(body) = rest.strip_prefix('&') {
        let end = body
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .filter(|end| (2..=9).contains(end))?;
        return body[end..].starts_with(';').then_some(end + 2);
    }
    let body = rest.strip_prefix('<')?;
    let close = find_near(rest, 1, ">")?;
    let inner = rest.get(1..close)?;
    let opens = body.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    (opens && !inner.contains('<')).then_some(close + 1)
}

/// A link or an address of mail.
pub(super) fn address(rest: &str) -> Option<usize> {
    let schemes =
        ["https://", "http://", "ftp://", "sftp://", "ssh://", "file://", "mailto:", "tel:", "www."];
    let starts =
        |scheme: &str| rest.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    if let Some(scheme) = schemes.into_iter().find(|scheme| starts(scheme)) {
        let length = trimmed(&rest[..end_of_chunk(rest)]).len();
        return (length > scheme.len()).then_some(length);
    }
    let chunk = trimmed(&rest[..end_of_chunk(rest)]);
    let (local, domain) = chunk.split_once('@')?;
    (!local.is_empty() && domain.contains('.') && !domain.contains('@')).then_some(chunk.len())
}

fn end_of_chunk(rest: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`„“”«»‹›|".contains(c);
    rest.find(ends).unwrap_or(rest.len())
}

/// Without the punctuation of the sentence around it. A closing bracket stays if it was opened inside.
fn trimmed(chunk: &str) -> &str {
    let mut chunk = chunk;
    loop {
        let short = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…', '’']);
        let closes = [('(', ')'), ('[', ']'), ('{', '}')].into_iter().any(|(open, close)| {
            short.ends_with(close) && short.matches(open).count() < short.matches(close).count()
        });
        let shorter = if closes { &short[..short.len() - 1] } else { short };
        if shorter.len() == chunk.len() {
            return chunk;
        }
        chunk = shorter;
    }
}

const SMILEYS: [&str; 16] =
    [":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":)", ":(", ";)", ":D", ":P", ":/", "<3", "^^", ":'(", "=)"];

/// `:-)`
pub(super) fn smiley(rest: &str, before: Option<char>) -> Option<usize> {
    let found = SMILEYS.into_iter().find(|smiley| rest.starts_with(smiley))?;
    let after = rest[found.len()..].chars().next();
    let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '/');
    (is_free(before) && is_free(after)).then_some(found.len())
}

/// How long a number is, and whether it is marked.
pub(super) struct Number {
    pub bytes: usize,
    pub is_marked: bool,
}

const CURRENCIES: [char; 8] = ['$', '€', '£', '¥', '₽', '₴', '₺', '₹'];

/// A number with its separators and the sign of a currency beside it; none if letters belong to it.
pub(super) fn number(rest: &str, before: Option<char>, numbers: Numbers) -> Option<Number> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '#' | '@' | '-' | '/' | '.')) {
        return None;
    }
    let sign = rest.len() - rest.trim_start_matches(|c| CURRENCIES.contains(&c) || c == '+').len();
    let body = &rest[sign..];
    let digits = digits(body, sign > 0 && rest.starts_with('+'))?;
    let after = &body[digits..];
    if after.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@'))
        || joins_letters(after)
    {
        return None;
    }
    let currency = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let trailing = currency.chars().next().filter(|c| CURRENCIES.contains(c) || matches!(c, '°' | '‰'));
    let trailing = trailing.map_or(0, |sign| after.len() - currency.len() + sign.len_utf8());
    let is_marked = numbers == Numbers::All || sign > 0 || trailing > 0 || is_risky(&body[..digits]);
    Some(Number { bytes: sign + digits + trailing, is_marked })
}

/// `-rc1` after `2.4.1`: the number is part of a longer name.
fn joins_letters(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('-' | '.' | '/')) && chars.next().is_some_and(char::is_alphanumeric)
}

/// The bytes of digits and what stands between them.
fn digits(body: &str, is_telephone: bool) -> Option<usize> {
    let run = |text: &str| text.len() - text.trim_start_matches(is_digit).len();
    let mut length = run(body);
    if length == 0 {
        return None;
    }
    loop {
        let mut after = body[length..].chars();
        let Some(separator) = after.next() else { return Some(length) };
        let next = run(after.as_str());
        let joins = match separator {
            '.' | ',' | ':' | '/' | '-' | '\'' | '’' => next > 0,
            ' ' | '\u{a0}' | '\u{202f}' => {
                next == 3 && !continues(&after.as_str()[3..]) || (is_telephone && next > 1)
            }
            _ => false,
        };
        if !joins {
            return Some(length);
        }
        length += separator.len_utf8() + next;
    }
}

/// `½` and `²` are written as one sign, which engines lose.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_fraction(c)
}

fn is_fraction(c: char) -> bool {
    matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215f}')
}

fn continues(after: &str) -> bool {
    after.starts_with(|c: char| c.is_alphanumeric())
}

/// Engines break long numbers, those with several separators, thousands and leading zeros.
fn is_risky(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let separators: Vec<usize> =
        number.char_indices().filter(|(_, c)| !c.is_ascii_digit()).map(|(at, _)| at).collect();
    let is_time = number.contains(':') && digits <= 4;
    let has_thousands = separators.iter().any(|at| {
        let after = number[*at..].trim_start_matches(|c: char| !c.is_ascii_digit());
        after.bytes().take_while(u8::is_ascii_digit).count() == 3
    });
    let leads_with_zero = number.starts_with('0') && digits > 1 && separators.is_empty();
    !is_time
        && (number.contains(is_fraction)
            || digits > 4
            || separators.len() > 1
            || has_thousands
            || leads_with_zero)
}

/// `**`, `*`, `__`, `~~`, `_` around words.
pub(super) fn emphasis(rest: &str, before: Option<char>) -> Option<usize> {
    let first = rest.chars().next().filter(|c| matches!(c, '*' | '_' | '~'))?;
    let length = rest.len() - rest.trim_start_matches(first).len();
    let is_in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let after = rest[length..].chars().next();
    (first != '_' || !(is_in_word(before) && is_in_word(after))).then_some(length)
}

/// Emoji, arrows, lines of tables, control characters: what isn't a letter, a number or common punctuation.
pub(super) fn symbols(rest: &str) -> Option<usize> {
    let is_symbol = |c: char| {
        let is_common = "'\"()[]!?.,;:-%&+/#@$€£¥°§".contains(c)
            || matches!(c, '\u{a1}' | '\u{ab}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2026}' | '\u{2039}' | '\u{203a}');
        let is_mark = matches!(c, '\u{300}'..='\u{36f}');
        !(c.is_alphanumeric() || c.is_whitespace() || is_common || is_mark || is_of_a_script(c))
    };
    let joins = |c: char| is_symbol(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{20e3}');
    rest.chars().next().filter(|c| is_symbol(*c))?;
    Some(rest.find(|c: char| !joins(c)).unwrap_or(rest.len()))
}

/// Punctuation and marks that belong to a script, as in "نعم، لماذا؟", "क्या।" or "はい。": the engine must see them as much as a comma.
fn is_of_a_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{1fff}' | '\u{200c}' | '\u{200d}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// The letters and digits from here.
pub(super) fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(rest.len()).max(1)
}

/// A chunk without spaces that is a name for machines rather than a word: a code, a path, a file, a domain.
pub(super) fn chunk(rest: &str) -> Option<Token> {
    let ends = |c: char| {
        let is_mark = "()[]{}<>\"`„“”«»‹›|,;!?*…—".contains(c) || CURRENCIES.contains(&c);
        c.is_whitespace() || c.is_control() || is_mark
    };
    let chunk = trimmed(&rest[..rest.find(ends).unwrap_or(rest.len())]);
    let is_name =
        is_reference(chunk) || is_path(chunk) || is_dotted(chunk) || is_code(chunk) || is_identifier(chunk);
    is_name.then_some(Token { length: chunk.len(), kind: Some(MarkKind::Word) })
}

/// `#123`, `@anna`
fn is_reference(chunk: &str) -> bool {
    chunk.strip_prefix(['#', '@']).is_some_and(|name| name.starts_with(char::is_alphanumeric))
}

fn is_path(chunk: &str) -> bool {
    let slashes = chunk.matches('/').count();
    chunk.contains('\\')
        || chunk.starts_with("~/")
        || (chunk.starts_with('/') && chunk.len() > 1)
        || slashes > 2
}

/// `report.pdf`, `example.org/help`, but not `e.g` or `z.B`.
fn is_dotted(chunk: &str) -> bool {
    let mut pieces = chunk.split('/').next().unwrap_or_default().split('.');
    let has_letters = chunk.contains(|c: char| c.is_ascii_alphabetic());
    let are_names = pieces.clone().count() > 1 && pieces.clone().all(|piece| !piece.is_empty());
    has_letters && are_names && pieces.any(|piece| piece.chars().count() > 2) && chunk.is_ascii()
}

/// Letters and digits mixed, but not `3rd` or `24-hour`.
fn is_code(chunk: &str) -> bool {
    let mixed =
        |piece: &str| piece.contains(|c: char| c.is_ascii_digit()) && piece.contains(char::is_alphabetic);
    let is_ordinal = |piece: &str| {
        let ending = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        matches!(ending, "st" | "nd" | "rd" | "th" | "er" | "ème" | "º" | "ª" | "o" | "a" | "s")
    };
    if mixed(chunk) && chunk.split('-').any(|piece| mixed(piece) && !is_ordinal(piece)) {
        return true;
    }
    let pieces: Vec<&str> = chunk.split('-').collect();
    let is_loud = |piece: &&str| piece.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    pieces.len() > 1 && mixed(chunk) && pieces.iter().all(is_loud)
}

/// `snake_case`, `camelCase`, `ERR-CONN`
fn is_identifier(chunk: &str) -> bool {
    let letters: Vec<char> = chunk.chars().collect();
    let is_camel = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    let has_underscore = letters.windows(3).any(|three| three[1] == '_' && three[0].is_alphanumeric());
    let is_plain = chunk.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    is_plain && (is_camel || has_underscore)
}
