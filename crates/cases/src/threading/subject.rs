//! Subjects: what remains of one without `Re:` and tags, and the case references in it.

/// The subject as two mails of one thread share it: without reply prefixes and tags, in lower case, letters and digits only.
///
/// `AW: Re[2]: [EXTERN] Kaffeemaschine – defekt!` becomes `kaffeemaschine defekt`.
pub fn normal_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some(shorter) = without_prefix(rest).or_else(|| without_tag(rest)) {
        rest = shorter.trim_start();
    }
    let mut rest = rest.to_owned();
    // Our own reference may stand anywhere.
    while let Some((from, to)) = reference_tag(&rest) {
        rest.replace_range(from..to, " ");
    }
    let lower = rest.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Prefixes for answers and forwards in the languages of Europe.
const PREFIXES: [&str; 37] = [
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

/// The case references in a subject (`[#K7QM-3XTP]`, `#k7qm3xtp`), in canonical form: upper case, without the hyphen.
pub fn references_in_subject(subject: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for after in subject.split('#').skip(1) {
        if let Some((reference, _)) = reference_at(after)
            && !found.contains(&reference)
        {
            found.push(reference);
        }
    }
    found
}

/// A subject that carries the reference of its case, once: `Kaffeemaschine [#K7QM-3XTP]`.
pub fn tagged_subject(subject: &str, reference: &str) -> String {
    if references_in_subject(subject).iter().any(|known| Some(known) == canonical(reference).as_ref()) {
        return subject.to_owned();
    }
    let (first, last) = reference.split_at_checked(4).unwrap_or((reference, ""));
    let hyphen = if last.is_empty() || last.starts_with('-') { "" } else { "-" };
    format!("{} [#{first}{hyphen}{last}]", subject.trim_end()).trim_start().to_owned()
}

/// A reference in canonical form: eight upper-case Crockford characters. `None` when the text is none.
pub(super) fn canonical(text: &str) -> Option<String> {
    let letters: Option<String> = text.chars().filter(|c| *c != '-').map(crockford).collect();
    letters.filter(|letters| letters.len() == 8)
}

/// Crockford's base 32 reads `I` and `L` as 1 and `O` as 0, and has no `U`.
fn crockford(letter: char) -> Option<char> {
    match letter.to_ascii_uppercase() {
        'I' | 'L' => Some('1'),
        'O' => Some('0'),
        'U' => None,
        letter if letter.is_ascii_alphanumeric() => Some(letter),
        _ => None,
    }
}

/// The reference with which a text begins, and how many bytes it takes.
fn reference_at(text: &str) -> Option<(String, usize)> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    let word = text.get(..end)?;
    let written_well = word.len() == 8 || (word.len() == 9 && word.as_bytes().get(4) == Some(&b'-'));
    written_well.then(|| canonical(word)).flatten().map(|reference| (reference, end))
}

/// Where a reference stands with its `[#` and `]`.
fn reference_tag(text: &str) -> Option<(usize, usize)> {
    text.match_indices('#').find_map(|(hash, _)| {
        let (_, length) = reference_at(text.get(hash + 1..)?)?;
        let end = hash + 1 + length;
        let opened = text.get(..hash)?.ends_with('[');
        let closed = text.get(end..)?.starts_with(']');
        Some(if opened && closed { (hash - 1, end + 1) } else { (hash, end) })
    })
}
