//! Rule: what mail programs write around quotes and signatures, in the languages of Europe.

/// `On 3 May 2024 at 10:00, Ann <ann@a.example> wrote:` in one line, in one of many languages.
pub(super) fn is_introduction(text: &str) -> bool {
    const LONGEST: usize = 400;
    if text.len() > LONGEST || text.starts_with('>') {
        return false;
    }
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(['-', '_', '*', ' ', '\u{a0}']);
    let Some(words) = lower.strip_suffix([':', '：']).map(str::trim_end) else { return false };
    // Some programs write no verb, only `Friday, 3 May 2024, 10:00 Ann <ann@a.example>:`.
    let by_address = words.ends_with('>') && words.contains('@') && opens_introduction(words);
    dated(words) && (by_address || VERBS_LAST.iter().any(|verb| words.ends_with(verb)) || verb_within(words))
}

/// `2024/5/3 Ann <ann@a.example>`: a date and an address, which count only directly above a quote.
pub(super) fn is_short_introduction(text: &str) -> bool {
    const LONGEST: usize = 200;
    let text = text.trim_end_matches([':', ' ']);
    let dated = text.starts_with(|c: char| c.is_ascii_digit()) && dated(text);
    text.len() <= LONGEST && dated && text.contains('@') && text.ends_with(['>', ')'])
}

/// A line begins as introductions do that go on below it.
pub(super) fn opens_introduction(line: &str) -> bool {
    const OPENERS: [&str; 16] =
        ["on", "am", "el", "w", "dnia", "le", "il", "op", "em", "den", "dne", "dana", "v", "kl", "a", "pe"];
    // The beginnings of the days' names.
    const DAYS: [&str; 47] = [
        "пн", "вт", "ср", "чт", "пт", "сб", "вс", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo",
        "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mié", "jue", "vie", "sáb", "dom", "pon", "wt",
        "śr", "czw", "pt", "sob", "niedz", "tor", "sre", "čet", "pet", "ned", "pirm", "antr", "treč", "ketv",
        "penkt", "šešt", "sekm",
    ];
    let lower = line.trim_start_matches(['-', '*', '_', ' ', '\u{a0}']).to_lowercase();
    let first = lower.split(|c: char| c.is_whitespace() || c == ',' || c == '.').next().unwrap_or_default();
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let by_word = OPENERS.contains(&first)
        || DAYS.iter().any(|day| first.starts_with(day) && first.chars().count() <= 12);
    digits >= 2 && (by_word || first.starts_with(|c: char| c.is_ascii_digit()))
}

/// Languages that end with the verb, then the colon.
const VERBS_LAST: [&str; 39] = [
    " wrote",
    " writes",
    " escribió",
    " escribio",
    " napisał",
    " napisała",
    " napisał(a)",
    " napisali",
    " pisze",
    " napisal",
    " napisala",
    " je napisal",
    " je napisala",
    " napisal/a",
    " napisal(a)",
    " piše",
    " je pisal",
    " je pisala",
    " rašė",
    " parašė",
    " rašo",
    " a écrit",
    " écrit",
    " ha scritto",
    " scrisse",
    " het volgende geschreven",
    " geschreven",
    " escreveu",
    " skrev",
    " kirjoitti",
    " napsal",
    " napsala",
    " írta",
    " a scris",
    " написал",
    " написала",
    " написав",
    " пише",
    " пишет",
];

/// Languages that put the name after the verb: each with the word before the date.
fn verb_within(words: &str) -> bool {
    const WITHIN: [(&str, &str); 12] = [
        ("am ", " schrieb"),
        ("op ", " schreef"),
        ("den ", " skrev"),
        ("dne ", " napsal"),
        ("w dniu ", " napisał"),
        ("dnia ", " napisał"),
        ("v ", " napisal"),
        ("le ", " écrit"),
        ("el ", " escribió"),
        ("em ", " escreveu"),
        ("il ", " ha scritto"),
        ("on ", " wrote"),
    ];
    let with_weekday = words.split_once(", ").map_or(words, |(_, rest)| rest);
    WITHIN.iter().any(|(opener, verb)| {
        words.contains(verb) && (words.starts_with(opener) || with_weekday.starts_with(opener))
    })
}

/// Something in it looks like a date, a time or an address.
fn dated(words: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    words.contains('@')
        || words.split_whitespace().any(|word| digits(word) >= 3 || (word.contains(':') && digits(word) >= 2))
}

/// `-----Original Message-----` in many languages, and `---- Ann wrote ----`.
pub(super) fn is_separator(line: &str) -> bool {
    const ORIGINAL: [&str; 16] = [
        "original message",
        "original appointment",
        "ursprüngliche nachricht",
        "originalnachricht",
        "mensaje original",
        "oryginalna wiadomość",
        "wiadomość oryginalna",
        "izvirno sporočilo",
        "originalus laiškas",
        "pradinis laiškas",
        "message d'origine",
        "messaggio originale",
        "oorspronkelijk bericht",
        "mensagem original",
        "oprindelig meddelelse",
        "ursprungligt meddelande",
    ];
    let lower = line.trim().to_lowercase();
    let inner = lower.trim_matches(['-', '_', '=', '*', ' ']);
    let framed = lower.starts_with("--") || lower.starts_with("__") || lower.starts_with("==");
    let by_name = ORIGINAL.contains(&inner) || inner == "message original" || inner == "reply message";
    let wrote = lower.starts_with("---")
        && lower.ends_with("---")
        && VERBS_LAST.iter().any(|verb| inner.ends_with(verb));
    framed && (by_name || wrote)
}

/// A line of dashes or underscores.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5 && (line.bytes().all(|b| b == b'_') || line.bytes().all(|b| b == b'-'))
}

/// `---------- Forwarded message ---------` in many languages.
pub(super) fn is_forward(line: &str) -> bool {
    const FORWARDED: [&str; 14] = [
        "forwarded message",
        "forwarded mail",
        "weitergeleitete nachricht",
        "mensaje reenviado",
        "wiadomość przekazana",
        "treść przekazanej wiadomości",
        "posredovano sporočilo",
        "persiųstas laiškas",
        "persiunčiamas laiškas",
        "message transféré",
        "messaggio inoltrato",
        "doorgestuurd bericht",
        "mensagem encaminhada",
        "begin forwarded message",
    ];
    let lower = line.trim().to_lowercase();
    let inner = lower.trim_matches(['-', '_', '=', '*', ' ', ':', '>']);
    FORWARDED.iter().any(|words| inner.starts_with(words))
}

/// What a line of a quoted head is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    From,
    Date,
    To,
    Subject,
}

/// The labels of a head in many languages.
const LABELS: [(Label, &[&str]); 4] = [
    (
        Label::From,
        &[
            "from",
            "von",
            "de",
            "od",
            "nuo",
            "da",
            "van",
            "från",
            "fra",
            "expéditeur",
            "mittente",
            "remitente",
            "pošiljatelj",
            "nadawca",
        ],
    ),
    (
        Label::Date,
        &[
            "sent",
            "date",
            "gesendet",
            "datum",
            "enviado",
            "enviado el",
            "fecha",
            "el",
            "wysłano",
            "data",
            "wysłane",
            "poslano",
            "datum",
            "išsiųsta",
            "envoyé",
            "envoyé le",
            "inviato",
            "verzonden",
            "enviada",
            "enviada em",
            "skickat",
            "sendt",
        ],
    ),
    (
        Label::To,
        &[
            "to", "cc", "an", "kopie", "para", "do", "dw", "za", "kp", "kam", "kopija", "à", "a", "cc",
            "aan", "till", "til",
        ],
    ),
    (
        Label::Subject,
        &[
            "subject",
            "betreff",
            "asunto",
            "temat",
            "zadeva",
            "tema",
            "objet",
            "oggetto",
            "onderwerp",
            "assunto",
            "ämne",
            "emne",
        ],
    ),
];

/// `Von: Ann`, `*Sent:* Monday`: the label, if the line begins with one.
pub(super) fn header_label(line: &str) -> Option<Label> {
    let (label, _) = line.trim().trim_start_matches(['*', '_']).split_once([':', '：'])?;
    let label = label.trim_matches(['*', '_', ' ', '\u{a0}']).to_lowercase();
    LABELS.iter().find(|(_, words)| words.contains(&label.as_str())).map(|(label, _)| *label)
}

/// `-- `, also without its space.
pub(super) fn is_signature_delimiter(line: &str) -> bool {
    matches!(line.trim_end(), "--") || line == "\u{2014}"
}

/// What phones and tablets add below a mail.
pub(super) fn is_footer(line: &str) -> bool {
    const LONGEST: usize = 100;
    const STARTS: [&str; 32] = [
        "sent from my ",
        "sent from mail for ",
        "sent from outlook",
        "sent from yahoo",
        "sent from proton",
        "sent via ",
        "get outlook for ",
        "von meinem ",
        "gesendet von meinem ",
        "gesendet mit ",
        "diese nachricht wurde von meinem ",
        "outlook für ",
        "holen sie sich outlook",
        "enviado desde mi ",
        "enviado desde el ",
        "enviado desde outlook",
        "obtener outlook para ",
        "wysłane z ",
        "wysłano z ",
        "pobierz outlook",
        "poslano z ",
        "poslano iz ",
        "prenesite outlook",
        "išsiųsta iš ",
        "siunčiama iš ",
        "envoyé de mon ",
        "envoyé depuis ",
        "inviato da ",
        "verzonden vanaf ",
        "verstuurd vanaf ",
        "enviado do meu ",
        "enviado a partir ",
    ];
    let lower = line.trim().to_lowercase();
    lower.len() <= LONGEST && STARTS.iter().any(|start| lower.starts_with(start))
}
