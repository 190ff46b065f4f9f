//! Texts that others wrote: the sentences, word pairs and words that come with lingua's models.

use std::error::Error;
use std::path::{Path, PathBuf};

/// Texts of one kind in all languages that were found, with their language.
pub struct Public {
    pub kind: &'static str,
    pub texts: Vec<(String, String)>,
}

const NAMES: [(&str, &str); 25] = [
    ("bokmal", "nb"),
    ("bulgarian", "bg"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("estonian", "et"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("ukrainian", "uk"),
];

/// The texts below the folder that `LINGUA_MODELS` names, in which cargo keeps the sources of the model crates; none without it.
pub fn read() -> Result<Vec<Public>, Box<dyn Error>> {
    let Some(folder) = std::env::var_os("LINGUA_MODELS").map(PathBuf::from) else { return Ok(Vec::new()) };
    let mut crates = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let language = NAMES.iter().find(|(of, _)| name.starts_with(&format!("lingua-{of}-")));
        crates.extend(language.map(|(_, tag)| (*tag, path)));
    }
    crates.sort();
    let kinds = [("sentences", "sentences"), ("word pairs", "word-pairs"), ("words", "single-words")];
    kinds.iter().map(|(kind, file)| Ok(Public { kind, texts: texts(&crates, file)? })).collect()
}

/// Every second line: the small words of `everyday.txt` were checked against the others.
fn texts(crates: &[(&str, PathBuf)], file: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for (tag, path) in crates {
        let lines = std::fs::read_to_string(Path::new(path).join("testdata").join(format!("{file}.txt")))?;
        texts.extend(lines.lines().skip(1).step_by(2).map(|line| ((*tag).to_owned(), line.to_owned())));
    }
    Ok(texts)
}
