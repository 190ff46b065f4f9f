//! Where a search found its words, as far as the beginning of a case shows them.

use crate::views::inbox::Piece;

/// The text with the words that the search named marked, also where they only begin so.
pub(crate) fn marked(text: &str, query: &str) -> Vec<Piece> {
    let wanted: Vec<String> = words(query).map(|(_, word)| word.to_lowercase()).collect();
    let is_hit = |word: &str| {
        let word = word.to_lowercase();
        wanted.iter().any(|wanted| word.starts_with(wanted.as_str()))
    };
    let mut pieces = Vec::new();
    let mut done = 0;
    for (at, word) in words(text).filter(|(_, word)| is_hit(word)) {
        if at > done {
            pieces.push(Piece::Plain(text[done..at].to_owned()));
        }
        pieces.push(Piece::Hit(word.to_owned()));
        done = at + word.len();
    }
    if done < text.len() {
        pieces.push(Piece::Plain(text[done..].to_owned()));
    }
    pieces
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    pieces.map(move |word| (word.as_ptr() as usize - start, word))
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::views::inbox::Piece::{Hit, Plain};

    #[test]
    fn words_are_marked_where_they_begin() {
        let plain = |text: &str| Plain(text.to_owned());
        let hit = |text: &str| Hit(text.to_owned());
        assert_eq!(
            marked("Die App zählt", "ZÄHL app"),
            [plain("Die "), hit("App"), plain(" "), hit("zählt")]
        );
        assert_eq!(marked("İstanbul, ẞ", "istanbul"), [plain("İstanbul, ẞ")]);
        assert_eq!(marked("", "x"), []);
        assert_eq!(marked("no hit", ""), [plain("no hit")]);
    }
}
