//! Subjects: what remains of one without `Re:` and tags.

use super::quoted_reference::tags;

/// The subject as two mails of one thread share it: without reply prefixes and tags, in lower case, letters and digits only.
///
/// `AW: Re[2]: [EXTERN] Kaffeemaschine – defekt!` becomes `kaffeemaschine defekt`.
pub fn normal_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some(shorter) = without_prefix(rest).or_else(|| without_tag(rest)) {
        rest = shorter.trim_start();
    }
    let mut rest = rest.to_owned();
    // Our own reference may stand anywhere. From the end, so that the places before it stay where they are.
    for place in tags(&rest).into_iter().rev() {
        rest.replace_range(place, " ");
    }
    let lower = rest.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Prefixes for answers and forwards in the languages of Europe.
const PREFIXES: [&str; 50] = [
    "re",
    "aw",
    "antw",
    "antwort",
    "odp",
    "sv",
    "vs",
    "ats",
    "rép",
    "rep",
    "ref",
    "rif",
    "r",
    "res",
    "resp",
    "bls",
    "vá",
    "ynt",
    "απ",
    "atb",
    "ang",
    "fwd",
    "fw",
    "wg",
    "tr",
    "rv",
    "enc",
    "i",
    "pd",
    "vb",
    "fs",
    "vl",
    "doorst",
    "ilt",
    "továbbítás",
    "persiųsti",
    "pp",
    "отв",
    "ответ",
    "пересл",
    "回复",
    "答复",
    "回覆",
    "转发",
    "轉寄",
    "返信",
    "転送",
    "회신",
    "전달",
    "رد",
];

/// What follows `Re:`, `RE[2]:`, `Re(3) :` or `Odp.:`.
fn without_prefix(subject: &str) -> Option<&str> {
    let (prefix, rest) = subject.split_once([':', '：'])?;
    let prefix = prefix.trim().trim_end_matches('.').to_lowercase();
    let counted = prefix.trim_end_matches([']', ')']);
    let word = if counted.len() < prefix.len() {
        counted.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['[', '('])
    } else {
        prefix.as_str()
    };
    PREFIXES.contains(&word.trim()).then_some(rest)
}

/// What follows a short tag in square brackets at the start. A subject that is only a tag keeps it.
fn without_tag(subject: &str) -> Option<&str> {
    const LONGEST: usize = 40;
    let (tag, rest) = subject.strip_prefix('[')?.split_once(']')?;
    (tag.chars().count() <= LONGEST && !tag.contains('[') && !rest.trim().is_empty()).then_some(rest)
}
