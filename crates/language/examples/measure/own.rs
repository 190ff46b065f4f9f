//! Texts that we wrote for measuring: short messages, and mails put together from parts.

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
