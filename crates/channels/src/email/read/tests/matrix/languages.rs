//! The matrix: what mail programs write around quotes in each language, from a table beside this file.

use std::collections::BTreeMap;

/// One language's phrases, each with its forms.
pub struct Language {
    pub name: &'static str,
    phrases: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Language {
    /// One form of a phrase; `None` where the language hasn't got it.
    pub fn phrase(&self, name: &str, n: usize) -> Option<&'static str> {
        let forms = self.phrases.get(name)?;
        forms.get(n % forms.len()).copied()
    }

    /// A text's paragraphs.
    pub fn paragraphs(&self, name: &str) -> Vec<&'static str> {
        self.phrases[name][0].split(" / ").collect()
    }

    /// Somebody who writes this language.
    pub fn writer(&self) -> &'static str {
        match self.name {
            "ru" | "uk" => "Анна Иванова",
            "zh" => "王伟",
            "ja" => "佐藤花子",
            "ko" => "김민준",
            "ar" => "أحمد علي",
            "pl" => "Zofia Żak",
            "cs" | "sk" => "Jiří Dvořák",
            "tr" => "Ayşe Yılmaz",
            "fr" => "Hélène Martin",
            "es" => "José García López",
            _ => "Maria Lang",
        }
    }
}

pub fn languages() -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for line in include_str!("languages.txt").lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            languages.push(Language { name, phrases: BTreeMap::new() });
        } else if let (Some(language), false, Some((name, forms))) =
            (languages.last_mut(), line.starts_with('#'), line.split_once(": "))
        {
            language.phrases.insert(name, forms.split(" ¦ ").map(str::trim).collect());
        }
    }
    languages
}
