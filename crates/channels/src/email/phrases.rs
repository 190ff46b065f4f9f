//! Rule: what mail programs write above quotes and forwarded mails, in many languages.

mod words;

use words::{
    ABOVE, DAYS, FORWARDED, OPENERS, ORIGINAL, OWN_VERBS, QUOTING, VERBS_LAST, VERBS_LAST_UNSPACED,
    VERBS_WITHIN,
};

/// `On 3 May 2024 at 10:00, Ann <ann@a.example> wrote:` in one line, in one of many languages.
pub(super) fn is_introduction(text: &str) -> bool {
    const LONGEST: usize = 400;
    let bare = text.trim_end_matches(FRAME);
    if text.len() > LONGEST || text.starts_with('>') || !bare.ends_with(COLONS) {
        return false;
    }
    let lower = plain(text);
    let words = lower.trim_matches(FRAME).trim_end_matches(COLONS).trim_end();
    // Some programs write no verb, only `Friday, 3 May 2024, 10:00 Ann <ann@a.example>:`.
    let by_address =
        || words.contains('@') && opens_introduction(words) && (words.ends_with('>') || timed(words));
    let told = || ends_with_verb(words) || by_address() || verb_within(words);
    !speaks_of_oneself(words) && ((dated(words) && told()) || names_all(words))
}

/// `2024/5/3 Ann <ann@a.example>`, `Ann wrote:`, `Quoting Ann:`: lines that count only directly above a quote.
pub(super) fn is_short_introduction(text: &str) -> bool {
    const LONGEST: usize = 240;
    const LONGEST_NAME: usize = 90;
    if text.len() > LONGEST {
        return false;
    }
    let lower = plain(text);
    let words = lower.trim_matches(FRAME).trim_end_matches(COLONS).trim_end();
    let ended = lower.trim_end().ends_with(COLONS);
    let by_address = || words.contains('@') && opens_introduction(words) && words.ends_with(['>', ')', ']']);
    let by_name = || ended && words.chars().count() <= LONGEST_NAME;
    !speaks_of_oneself(words)
        && ((dated(words) && by_address())
            || (ends_with_verb(words) && (dated(words) || by_name()))
            || (names_verb(words) && timed(words) && by_name())
            || (ended && QUOTING.iter().any(|start| words.starts_with(start)))
            || (ended && addressed(words) && timed(words)))
}

/// A line begins as introductions do that go on below it.
pub(super) fn opens_introduction(line: &str) -> bool {
    let line = line.trim_start_matches(FRAME).trim_start_matches(DIRECTIONS);
    line.chars().any(char::is_numeric)
        && (opens_with_word(line)
            || line.starts_with(char::is_numeric)
            || line.starts_with(['在', '于', '於', '(']))
}

/// It opens with one of the words or days, and not only with a number.
pub(super) fn opens_with_word(line: &str) -> bool {
    const LONGEST_WORD: usize = 40;
    let line = line.trim_start_matches(FRAME).trim_start_matches(DIRECTIONS);
    let first = line
        .split(|c: char| c.is_whitespace() || c == ',' || c == '.' || c == '،')
        .next()
        .unwrap_or_default();
    if first.is_empty() || first.len() > LONGEST_WORD {
        return false;
    }
    let first = first.to_lowercase();
    OPENERS.contains(&first.as_str())
        || DAYS.iter().any(|day| {
            first == *day
                || (day.chars().count() > 2 && first.starts_with(day) && first.chars().count() <= 14)
        })
}

/// Whether a line may be the first of an introduction that goes on below: it opens as they do, or ends within a name or address.
pub(super) fn may_go_on(line: &str, next: &str) -> bool {
    let trimmed = line.trim_end();
    let named = || trimmed.ends_with('<') || (next.trim_start().starts_with('<') && next.contains('@'));
    let quoting = || {
        let lower = plain(line);
        QUOTING.iter().any(|start| lower.starts_with(start))
    };
    !ends_sentence(trimmed)
        && (opens_introduction(line) || (line.contains('<') && line.contains('@')) || named() || quoting())
}

/// `The parcel came.`, but not `3 мая 2024 г.` or `10:00 a. m.`
fn ends_sentence(line: &str) -> bool {
    const LONGEST_SHORT_FORM: usize = 4;
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with(['!', '?', '。', '！', '？', '…'])
        || (line.ends_with('.')
            && (last.chars().count() > LONGEST_SHORT_FORM + 1 && !last.chars().any(char::is_numeric)))
}

/// Where an introduction begins within a line, behind a sentence that has ended: `Thanks! On 3 May 2024 at 10:00, Ann wrote:`.
pub(super) fn introduction_within(line: &str) -> Option<usize> {
    const LONGEST: usize = 600;
    if line.len() > LONGEST || line.starts_with('>') || !line.trim_end_matches(FRAME).ends_with(COLONS) {
        return None;
    }
    let ends = line
        .match_indices(' ')
        .filter(|(at, _)| line.get(..*at).is_some_and(|before| before.ends_with(['.', '!', '?', '…'])));
    ends.map(|(at, _)| at).find(|at| {
        let rest = line.get(at + 1..).unwrap_or_default();
        rest.starts_with(char::is_uppercase)
            && opens_with_word(rest)
            && timed(&plain(rest))
            && is_introduction(rest)
    })
}

const FRAME: [char; 5] = ['-', '_', '*', ' ', '\u{a0}'];
const COLONS: [char; 2] = [':', '：'];
const DIRECTIONS: [char; 4] = ['\u{202a}', '\u{202b}', '\u{200e}', '\u{200f}'];

/// In lower case, with plain spaces, digits and apostrophes, and without marks of direction.
fn plain(text: &str) -> String {
    let plain = text.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let simple = |c: char| match c {
        c if c.is_whitespace() => ' ',
        '’' => '\'',
        '：' => ':',
        '\u{660}'..='\u{669}' => ascii_digit(c, '\u{660}'),
        '\u{6f0}'..='\u{6f9}' => ascii_digit(c, '\u{6f0}'),
        '\u{ff10}'..='\u{ff19}' => ascii_digit(c, '\u{ff10}'),
        c => c,
    };
    lower(&plain.map(simple).collect::<String>())
}

/// In lower case, where the Turkish `İ` is one letter as well.
pub(super) fn lower(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.contains('\u{307}') { lower.replace("i\u{307}", "i") } else { lower }
}

fn ascii_digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// The verb stands last, in a word of its own where words are spaced.
fn ends_with_verb(words: &str) -> bool {
    let words = words.trim_end_matches([' ', ',']);
    let after_space = |verb: &str| {
        words.strip_suffix(verb).is_some_and(|before| before.ends_with([' ', ',', '>', '"', ')']))
    };
    VERBS_LAST.iter().any(|verb| after_space(verb))
        || VERBS_LAST_UNSPACED.iter().any(|verb| words.ends_with(verb))
}

/// `On 3 May 2024 at 10:00 I wrote:` goes on with one's own words.
fn speaks_of_oneself(words: &str) -> bool {
    !words.contains('@') && OWN_VERBS.iter().any(|verb| words.ends_with(verb))
}

/// Languages that put the name after the verb. Without an address or a time it may be a sentence that goes on.
fn verb_within(words: &str) -> bool {
    let (timed, address) = (timed(words), words.contains('@'));
    let opened = (timed || address) && opens_introduction(words);
    (opened || (timed && address && words.contains('<'))) && names_verb(words)
}

fn names_verb(words: &str) -> bool {
    VERBS_WITHIN.iter().any(|verb| words.contains(verb))
}

/// A year, a time and an address in brackets: no sentence of a person has them all before a colon, whatever its language.
fn names_all(words: &str) -> bool {
    addressed(words) && timed(words) && yeared(words)
}

/// `<ann@a.example>`, `(ann@a.example)`.
fn addressed(words: &str) -> bool {
    let Some(at) = words.find('@') else { return false };
    let before = words.get(..at).unwrap_or_default();
    let opening =
        before.rfind(['<', '(', '[']).filter(|open| !before.get(*open..).unwrap_or_default().contains(' '));
    opening.is_some() && words.get(at..).is_some_and(|rest| rest.contains(['>', ')', ']']))
}

/// `2024` stands in it.
fn yeared(words: &str) -> bool {
    let runs = words.split(|c: char| !c.is_ascii_digit());
    runs.into_iter().any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}

/// A year and a time, as in the head of a mail.
pub(super) fn is_moment(value: &str) -> bool {
    let words = plain(value);
    yeared(&words) && timed(&words)
}

/// Something in it looks like a date, a time or an address.
fn dated(words: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    words.contains('@')
        || words.split_whitespace().any(|word| digits(word) >= 3 || (word.contains(':') && digits(word) >= 2))
}

/// `10:00` stands in it.
fn timed(words: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = words.as_bytes();
    let between = |at: usize| digit(bytes.get(at.wrapping_sub(1))) && digit(bytes.get(at + 1));
    bytes.iter().enumerate().any(|(at, byte)| matches!(byte, b':' | b'.' | b'h') && between(at))
        || (words.contains('시') && words.contains('분'))
        || (words.contains('时') && words.contains('分'))
        || (words.contains('時') && words.contains('分'))
}

/// `-----Original Message-----` in many languages, `---- Ann wrote ----`, `## Reply above this line ##`.
pub(super) fn is_separator(line: &str) -> bool {
    const LONGEST: usize = 240;
    let line = line.trim();
    if line.len() > LONGEST || !["--", "__", "==", "##", "**"].iter().any(|frame| line.starts_with(frame)) {
        return false;
    }
    let lower = plain(line);
    let inner = lower.trim_matches(['-', '_', '=', '*', '#', ' ']);
    let dashed = || lower.starts_with("---") && lower.ends_with("---");
    let wrote = || ends_with_verb(inner) || names_all(inner) || (dated(inner) && verb_within(inner));
    ORIGINAL.contains(&inner) || (dashed() && wrote()) || ABOVE.iter().any(|words| inner.contains(words))
}

/// `-------- words --------`, which count as a separator where a head stands below them.
pub(super) fn is_framed(line: &str) -> bool {
    const LONGEST: usize = 120;
    let line = line.trim();
    line.len() <= LONGEST
        && line.starts_with("---")
        && line.ends_with("---")
        && line.contains(|c: char| c.is_alphabetic())
}

/// A line of dashes or underscores.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5 && (line.bytes().all(|b| b == b'_') || line.bytes().all(|b| b == b'-'))
}

/// `---------- Forwarded message ---------`, `Begin forwarded message:` in many languages.
pub(super) fn is_forward(line: &str) -> bool {
    const LONGEST: usize = 160;
    let line = line.trim();
    let framed = line.starts_with("--") || line.starts_with("==") || line.starts_with("__");
    if line.len() > LONGEST || !(framed || line.trim_end_matches('*').ends_with(COLONS)) {
        return false;
    }
    let lower = plain(line);
    let inner = lower.trim_matches(['-', '_', '=', '*', ' ', ':', '：', '>']);
    let names = |words: &str| inner == words || (framed && inner.starts_with(&format!("{words} ")));
    FORWARDED.iter().any(|words| names(words))
}
