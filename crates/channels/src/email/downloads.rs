//! Rule: the lines in a letter that lead to files which are too large for it, in the letter's language.

use cases::letter::Download;
use kernel::LanguageTag;

/// A line about one file.
pub(super) struct Line {
    /// "film.mp4 (34 MB): download until 2026-12-23".
    pub(super) words: String,
    /// Where it is fetched.
    pub(super) url: String,
}

/// One line for each file.
pub(super) fn lines(language: &LanguageTag, downloads: &[Download]) -> Vec<Line> {
    let primary = language.primary();
    let sentence =
        SENTENCES.iter().find(|(tag, _)| *tag == primary).map_or(ENGLISH, |(_, sentence)| sentence);
    let one = |download: &Download| {
        let name: String = download.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let words = sentence.replace("{until}", &download.until).replace("{size}", &size(download.size));
        Line { words: words.replace("{name}", name.trim()), url: download.url.clone() }
    };
    downloads.iter().map(one).collect()
}

/// "34 MB".
fn size(bytes: i64) -> String {
    format!("{} MB", (bytes + 500_000).max(1_000_000) / 1_000_000)
}

const ENGLISH: &str = "{name} ({size}): download until {until}";

const SENTENCES: [(&str, &str); 19] = [
    ("cs", "{name} ({size}): ke stažení do {until}"),
    ("da", "{name} ({size}): kan hentes til og med {until}"),
    ("de", "{name} ({size}): Download bis {until}"),
    ("es", "{name} ({size}): se puede descargar hasta el {until}"),
    ("fi", "{name} ({size}): ladattavissa {until} asti"),
    ("fr", "{name} ({size}) : à télécharger jusqu’au {until}"),
    ("hr", "{name} ({size}): preuzimanje do {until}"),
    ("hu", "{name} ({size}): letölthető eddig: {until}"),
    ("it", "{name} ({size}): da scaricare entro il {until}"),
    ("ja", "{name} ({size}): {until} までダウンロードできます"),
    ("lt", "{name} ({size}): galima atsisiųsti iki {until}"),
    ("nl", "{name} ({size}): te downloaden tot en met {until}"),
    ("pl", "{name} ({size}): do pobrania do {until}"),
    ("pt", "{name} ({size}): para transferir até {until}"),
    ("ru", "{name} ({size}): можно скачать до {until}"),
    ("sk", "{name} ({size}): na stiahnutie do {until}"),
    ("sl", "{name} ({size}): prenos do {until}"),
    ("sv", "{name} ({size}): kan hämtas till och med {until}"),
    ("zh", "{name} ({size})：请在 {until} 前下载"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_with_its_size_and_last_day() {
        let check = |language: &str, name: &str, size, expected: &str| {
            let download = Download {
                name: name.to_owned(),
                size,
                url: "https://desk.example/downloads/1".to_owned(),
                until: "2026-12-23".to_owned(),
            };
            let lines = lines(&language.parse().unwrap(), &[download]);
            assert_eq!(lines[0].words, expected);
            assert_eq!(lines[0].url, "https://desk.example/downloads/1");
        };
        check("en", "film.mp4", 34_200_000, "film.mp4 (34 MB): download until 2026-12-23");
        check("de-at", "a\r\nb", 10, "a  b (1 MB): Download bis 2026-12-23");
        check("sl", "{until}", 1_600_000, "{until} (2 MB): prenos do 2026-12-23");
        check("tlh", "x", 1_000_000, "x (1 MB): download until 2026-12-23");
    }
}
