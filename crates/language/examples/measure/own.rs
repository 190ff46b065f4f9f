//! Texts that we wrote for measuring: short messages, and mails put together from parts.

use super::material::Marked;

/// Short messages, those that everyday words were chosen by and, every third, those that were held back.
pub struct Short {
    pub seen: Vec<(String, String)>,
    pub unseen: Vec<(String, String)>,
}

const SHORT: &str = include_str!("short.txt");

/// The short messages of `short.txt` whose language is wanted.
pub fn short(wanted: impl Fn(&str) -> bool) -> Short {
    let mut short = Short { seen: Vec::new(), unseen: Vec::new() };
    let mut language = "";
    for (number, line) in SHORT.lines().enumerate() {
        if let Some(tag) = line.strip_prefix("# ") {
            language = tag;
        } else if wanted(language) {
            let text = (language.to_owned(), line.to_owned());
            if number % 3 == 0 { short.unseen.push(text) } else { short.seen.push(text) }
        }
    }
    short
}

const MAILS: &str = include_str!("mails.txt");

/// What stands between the paragraphs of a mail and is in no language, or in one that isn't the writer's.
const ASIDES: [&str; 10] = [
    "",
    "AUR-7720-X/B",
    "Order no.: K7QM-3XTP\nSKU 4006381333931",
    "1 x LAMP-220-BLACK  49,90 EUR\n2 x BULB-E27-LED   7,98 EUR\n---------------------------\nTOTAL  57,88 EUR",
    "2026-05-03T10:22:41Z ERROR [worker-3] connection refused: timeout after 30s (code=110)\n2026-05-03T10:22:42Z WARN [worker-3] retrying in 5s (attempt=2)",
    "{\"error\": \"invalid_token\", \"message\": \"The access token is not valid\", \"status\": 401}",
    "Traceback (most recent call last):\n  File \"/app/main.py\", line 42, in <module>\n    start(settings)\nKeyError: 'language'",
    "JAN KOWALSKI\nUL. DŁUGA 15/3\n00-950 WARSZAWA",
    "https://example.com/support/where-is-my-order?id=48213\nanna.kowalska@example.pl",
    "DE89 3704 0044 0532 0130 00\nCOBADEFFXXX",
];

struct Parts {
    language: &'static str,
    greetings: Vec<String>,
    bodies: Vec<String>,
    closings: Vec<String>,
}

fn parts() -> Vec<Parts> {
    let mut parts: Vec<Parts> = Vec::new();
    for line in MAILS.lines() {
        let (kind, text) = line.split_once(' ').unwrap_or_default();
        let text = text.replace("\\n", "\n");
        match (kind, parts.last_mut()) {
            ("g", Some(of)) => of.greetings.push(text),
            ("b", Some(of)) => of.bodies.push(text),
            ("c", Some(of)) => of.closings.push(text),
            _ => {
                let language = line.trim_start_matches("# ");
                parts.push(Parts { language, greetings: vec![], bodies: vec![], closings: vec![] });
            }
        }
    }
    parts
}

/// Mails in one language with an order table, a log, an address or the like, and names from elsewhere: 80 in each of six languages.
pub fn whole() -> Vec<(String, String)> {
    let mut mails = Vec::new();
    for of in parts() {
        for number in 0..80 {
            let body = |at: usize| of.bodies[at % of.bodies.len()].as_str();
            let greeting = &of.greetings[number % of.greetings.len()];
            let closing = &of.closings[number % of.closings.len()];
            let aside = ASIDES[number % ASIDES.len()];
            let (first, second) = (body(number), body(number / 8 + number + 1));
            mails.push((
                of.language.to_owned(),
                format!("{greeting}\n\n{first}\n\n{aside}\n\n{second}\n\n{closing}\n"),
            ));
        }
    }
    mails
}

/// Mails of two languages, one paragraph, line or sentence after the other.
pub fn mixed() -> Vec<Marked> {
    let parts = parts();
    let mut mails = Vec::new();
    for number in 0..180 {
        let first = &parts[number % 6];
        let second = &parts[(number + 1 + number / 6 % 5) % 6];
        let (a, b) = (&first.bodies[number / 6 % 8], &second.bodies[(number / 6 + 3) % 8]);
        let between = ["\n\n", "\n", " "][number / 2 % 3];
        let start = a.len() + between.len();
        let spans = vec![
            (0, a.len(), first.language.to_owned()),
            (start, start + b.len(), second.language.to_owned()),
        ];
        let separator = if between == " " { " " } else { "\n" };
        mails.push(Marked { text: format!("{a}{between}{b}"), spans, separator });
    }
    mails
}
