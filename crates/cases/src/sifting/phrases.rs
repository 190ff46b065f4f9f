//! Lists of phrases that are looked for in a text all at once: a mail is searched for a thousand of them, in one pass for each list.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// A list of phrases, in lower case.
pub(super) struct Phrases {
    search: AhoCorasick,
    list: Vec<&'static str>,
}

impl Phrases {
    /// From a list.
    pub fn of(list: &[&'static str]) -> Self {
        let search = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(list)
            .expect("phrases are few and short");
        Self { search, list: list.to_vec() }
    }

    /// From phrases that stand between bars.
    pub fn between_bars(list: &'static str) -> Self {
        Self::of(&list.split('|').collect::<Vec<_>>())
    }

    /// The first of them in a text in lower case.
    pub fn first(&self, text: &str) -> Option<&'static str> {
        let found = self.search.find(text)?;
        self.list.get(found.pattern().as_usize()).copied()
    }

    /// Whether the text, in lower case, says one of them.
    pub fn are_in(&self, text: &str) -> bool {
        self.search.is_match(text)
    }
}
