//! Rule: what mail programs write above quotes and forwarded mails, in many languages.

/// `On 3 May 2024 at 10:00, Ann <ann@a.example> wrote:` in one line, in one of many languages.
pub(super) fn is_introduction(text: &str) -> bool {
    const LONGEST: usize = 400;
    let bare = text.trim_end_matches(FRAME);
    if text.len() > LONGEST || text.starts_with('>') || !bare.ends_with([':', '：']) {
        return false;
    }
    let lower = plain(text);
    let words = lower.trim_matches(FRAME).trim_end_matches([':', '：']).trim_end();
    // Some programs write no verb, only `Friday, 3 May 2024, 10:00 Ann <ann@a.example>:`.
    let by_address =
        || words.contains('@') && opens_introduction(words) && (words.ends_with('>') || timed(words));
    dated(words) && (ends_with_verb(words) || by_address() || verb_within(words))
}

/// `2024/5/3 Ann <ann@a.example>`, `Ann wrote:`: lines that count only directly above a quote.
pub(super) fn is_short_introduction(text: &str) -> bool {
    const LONGEST: usize = 200;
    const LONGEST_NAME: usize = 80;
    if text.len() > LONGEST {
        return false;
    }
    let lower = plain(text);
    let words = lower.trim_matches(FRAME).trim_end_matches([':', '：']).trim_end();
    let by_address = || words.contains('@') && opens_introduction(words) && words.ends_with(['>', ')', ']']);
    let by_name = || lower.trim_end().ends_with([':', '：']) && words.len() <= LONGEST_NAME;
    (dated(words) && by_address())
        || (ends_with_verb(words) && (dated(words) || by_name()))
        || (names_verb(words) && timed(words) && by_name())
}

/// A line begins as introductions do that go on below it.
pub(super) fn opens_introduction(line: &str) -> bool {
    const LONGEST_WORD: usize = 40;
    let line = line.trim_start_matches(FRAME);
    let first = line.split(|c: char| c.is_whitespace() || c == ',' || c == '.').next().unwrap_or_default();
    if first.len() > LONGEST_WORD || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = first.to_lowercase();
    OPENERS.contains(&first.as_str())
        || DAYS.iter().any(|day| first.starts_with(day) && first.chars().count() <= 14)
        || first.starts_with(|c: char| c.is_ascii_digit())
        || first.starts_with(['在', '于', '於'])
}

/// A line names an address, as the first half of `Ann <ann@a.example>` and `wrote:` does.
pub(super) fn names_address(line: &str) -> bool {
    line.contains('@') && line.contains('<') && line.trim_end().ends_with(['>', ','])
}

const FRAME: [char; 5] = ['-', '_', '*', ' ', '\u{a0}'];

/// In lower case, with plain spaces and apostrophes, and without marks of direction.
fn plain(text: &str) -> String {
    let spaced = |c: char| if c.is_whitespace() { ' ' } else { c };
    let lower = text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'));
    lower.map(spaced).map(|c| if c == '’' { '\'' } else { c }).collect::<String>().to_lowercase()
}

/// The verb stands last, in a word of its own where words are spaced.
fn ends_with_verb(words: &str) -> bool {
    const UNSPACED: &[&str] = &[
        "写道",
        "寫道",
        "写到",
        "書きました",
        "書いた",
        "のメール",
        "のメッセージ",
        "작성",
        "작성함",
        "썼습니다",
    ];
    let words = words.trim_end_matches([' ', ',']);
    let after_space = |verb: &str| {
        words.strip_suffix(verb).is_some_and(|before| before.ends_with([' ', ',', '>', '"', ')']))
    };
    VERBS_LAST.iter().any(|verb| after_space(verb)) || UNSPACED.iter().any(|verb| words.ends_with(verb))
}

/// Languages that end with the verb, then the colon.
const VERBS_LAST: &[&str] = &[
    "wrote",
    "sent",
    "đã viết",
    "writes",
    "has written",
    "said",
    "schrieb",
    "geschrieben",
    "escribió",
    "escribio",
    "escribe",
    "ha escrit",
    "va escriure",
    "napisał",
    "napisała",
    "napisał(a)",
    "napisał/a",
    "napisał(-a)",
    "napisali",
    "pisze",
    "napisal",
    "napisala",
    "napisal(a)",
    "napisal/a",
    "napisal/-a",
    "piše",
    "pisal",
    "pisala",
    "pisal/-a",
    "pisal(a)",
    "rašė",
    "parašė",
    "rašo",
    "rašė(-o)",
    "écrit",
    "écrivait",
    "ha scritto",
    "scrisse",
    "scrive",
    "scritto",
    "geschreven",
    "schreef",
    "escreveu",
    "escreve",
    "skrev",
    "skrev følgende",
    "kirjoitti",
    "kirjoitti näin",
    "napsal",
    "napsala",
    "napsal(a)",
    "napsal/a",
    "napísal",
    "napísala",
    "napísal(a)",
    "napísal/a",
    "írta",
    "írja",
    "a scris",
    "scris",
    "написал",
    "написала",
    "написал(а)",
    "написал(-а)",
    "написав",
    "написала",
    "написав(ла)",
    "написав(-ла)",
    "пише",
    "пишет",
    "писал",
    "писал(а)",
    "yazdı",
    "je napisao",
    "έγραψε",
    "menulis",
];

/// Languages that put the name after the verb. Without an address or a time it may be a sentence that goes on.
fn verb_within(words: &str) -> bool {
    let (timed, address) = (timed(words), words.contains('@'));
    let opened = (timed || address) && opens_introduction(words);
    (opened || (timed && address && words.contains('<'))) && names_verb(words)
}

fn names_verb(words: &str) -> bool {
    const WITHIN: &[&str] = &[
        " schrieb ",
        " schreef ",
        " skrev ",
        " napsal",
        " napísal",
        " napisał",
        " napisal",
        " a écrit",
        " escribió ",
        " escreveu ",
        " ha scritto ",
        " wrote ",
        " написал",
        " napisana przez ",
        " kirjoitti ",
        " escrigué ",
    ];
    WITHIN.iter().any(|verb| words.contains(verb))
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
}

/// `-----Original Message-----` in many languages, `---- Ann wrote ----`, `## Reply above this line ##`.
pub(super) fn is_separator(line: &str) -> bool {
    const LONGEST: usize = 200;
    let line = line.trim();
    if line.len() > LONGEST || !["--", "__", "==", "##", "**"].iter().any(|frame| line.starts_with(frame)) {
        return false;
    }
    let lower = plain(line);
    let inner = lower.trim_matches(['-', '_', '=', '*', '#', ' ']);
    let wrote = || lower.starts_with("---") && lower.ends_with("---") && ends_with_verb(inner);
    ORIGINAL.contains(&inner) || wrote() || ABOVE.iter().any(|words| inner.contains(words))
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
    if line.len() > LONGEST || !(framed || line.trim_end_matches('*').ends_with([':', '：'])) {
        return false;
    }
    let lower = plain(line);
    let inner = lower.trim_matches(['-', '_', '=', '*', ' ', ':', '：', '>']);
    let names = |words: &str| inner == words || (framed && inner.starts_with(&format!("{words} ")));
    FORWARDED.iter().any(|words| names(words))
}

/// The words with which introductions begin.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "on", "at", "am", "el", "w", "dnia", "le", "il", "op", "em", "den", "dne", "dňa", "dana", "v", "kl", "a", "pe",
    "в", "у", "la", "στις", "lø", "ma", "ke", "pá", "út", "čt", "po", "ne", "so", "vào", "trong", "lúc", "på",
    "pada", "за",
];

/// The beginnings of the days' names.
#[rustfmt::skip]
const DAYS: &[&str] = &[
    "пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд", "понед", "четв", "пятн", "субб", "воскр", "неділ", "п’ят",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mié",
    "jue", "vie", "sáb", "dom", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "tor", "sre", "čet", "pet", "ned",
    "pirm", "antr", "treč", "ketv", "penkt", "šešt", "sekm", "quar", "ter",
];

/// What separators call the mail below them.
#[rustfmt::skip]
const ORIGINAL: &[&str] = &[
    "original message", "original email", "original mail", "original appointment", "original", "message original",
    "reply message", "ursprüngliche nachricht", "ursprüngliche mail", "originalnachricht", "original-nachricht",
    "originalmail", "mensaje original", "correo original", "missatge original", "oryginalna wiadomość",
    "wiadomość oryginalna", "wiadomość oryginalna:", "izvirno sporočilo", "originalno sporočilo",
    "prvotno sporočilo", "originalus laiškas", "pradinis laiškas", "originali žinutė", "pirminis pranešimas",
    "message d'origine", "message initial", "messaggio originale", "messaggio originario",
    "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht", "mensagem original",
    "oprindelig meddelelse", "original besked", "opprinnelig melding", "ursprungligt meddelande",
    "originalmeddelande", "alkuperäinen viesti", "původní zpráva", "původní e-mail", "pôvodná správa",
    "eredeti üzenet", "mesajul original", "исходное сообщение", "оригинальное сообщение",
    "оригінальне повідомлення", "原始邮件", "邮件原件", "原始郵件", "元のメッセージ", "원본 메시지",
];

/// Where a line asks for the answer.
#[rustfmt::skip]
const ABOVE: &[&str] = &[
    "above this line", "oberhalb dieser", "über dieser zeile", "encima de esta línea", "nad tą linią",
    "nad to vrstico", "au-dessus de cette ligne", "sopra questa riga", "boven deze regel",
];

/// What programs write above a forwarded mail.
#[rustfmt::skip]
const FORWARDED: &[&str] = &[
    "forwarded message", "forwarded mail", "forwarded email", "fwd", "begin forwarded message",
    "start of forwarded message", "weitergeleitete nachricht", "weitergeleitete mail",
    "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "beginn der weitergeleiteten nachricht", "mensaje reenviado", "inicio del mensaje reenviado",
    "missatge reenviat", "wiadomość przekazana", "przekazana wiadomość", "treść przekazanej wiadomości",
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "posredovano sporočilo",
    "začetek posredovanega sporočila", "persiųstas laiškas", "persiunčiamas laiškas", "persiųsta žinutė",
    "persiųsto laiško pradžia", "message transféré", "message réexpédié", "début du message réexpédié",
    "début du message transféré", "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "begin van doorgestuurd bericht", "mensagem encaminhada",
    "mensagem reencaminhada", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "přeposlaná zpráva", "začátek přeposílané zprávy", "preposlaná správa", "začiatok preposlanej správy",
    "пересылаемое сообщение", "пересланное сообщение", "перенаправленное сообщение",
    "начало переадресованного сообщения", "переслане повідомлення", "vidarebefordrat meddelande",
    "vidarebefordrat brev", "videresendt meddelelse", "videresendt besked", "start på videresendt besked",
    "videresendt melding", "välitetty viesti", "välitetty viesti alkaa", "továbbított üzenet",
    "továbbított üzenet kezdete", "转发的邮件", "下面是被转发的邮件", "転送されたメッセージ", "转发邮件信息", "转发的消息", "轉寄的郵件", "転送メッセージ",
    "転送メール", "전달된 메시지", "mesaj redirecționat", "iletilen mesaj",
];
