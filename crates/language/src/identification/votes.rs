//! Which words of a sentence tell its language. Names, addresses, numbers and code don't.

/// A sentence with fewer letters than this needs its names, too.
const ENOUGH_LETTERS: usize = 24;
/// More letters than this don't make the answer surer, only slower.
const LETTERS_HEARD: usize = 300;

/// What is longer isn't a word but a key, an encoded file, a held-down letter.
const BYTES_OF_WORD: usize = 100;

/// The telling words of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Votes {
    /// The words, separated by spaces.
    pub words: String,
    /// How many words there are.
    pub count: usize,
    /// How many letters they have.
    pub letters: usize,
    /// Whether they can be trusted.
    pub weight: Weight,
}

/// How far a sentence's words can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Weight {
    /// No words at all.
    #[default]
    Nothing,
    /// It may be just a name: heard only when nobody else speaks.
    PerhapsName,
    /// Ordinary words.
    Words,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    Opening,
    Capital,
    /// Two capitals side by side, as in a person's or a company's name. One alone may be any German noun.
    Name,
}

/// The telling words of one sentence.
pub(super) fn votes(sentence: &str) -> Votes {
    let words = sorted_words(sentence);
    let letters = |word: &&(&str, Sort)| word.0.chars().count();
    let plain: usize = words.iter().filter(|word| word.1 != Sort::Name).map(|word| letters(&word)).sum();
    let chosen = words.iter().filter(|word| plain < ENOUGH_LETTERS || word.1 != Sort::Name);
    let mut votes = Votes { weight: weight(sentence, &words), ..Votes::default() };
    for word in chosen {
        if votes.letters >= LETTERS_HEARD {
            break;
        }
        votes.letters += letters(&word);
        votes.count += 1;
        if votes.count > 1 {
            votes.words.push(' ');
        }
        votes.words.push_str(word.0);
    }
    votes
}

fn weight(sentence: &str, words: &[(&str, Sort)]) -> Weight {
    let is_small = |word: &(&str, Sort)| word.1 == Sort::Plain && word.0.chars().nth(1).is_some();
    let all_capital = !words.iter().any(is_small);
    let ends = sentence.trim_end().ends_with(['.', '!', '?', '…']);
    match words.len() {
        0 => Weight::Nothing,
        1..=4 if all_capital && !ends => Weight::PerhapsName,
        1..=2 if !ends && !sentence.chars().any(char::is_lowercase) => Weight::PerhapsName,
        _ => Weight::Words,
    }
}

fn sorted_words(sentence: &str) -> Vec<(&str, Sort)> {
    let shouts = shouts(sentence);
    let mut sorted = Vec::new();
    let mut in_code = false;
    let mut opens = true;
    for token in sentence.split_whitespace() {
        let was_in_code = in_code;
        in_code ^= token.matches('`').count() % 2 == 1;
        if was_in_code || token.contains('`') {
            continue;
        }
        let at_start = opens;
        opens = false;
        for word in telling_words(token) {
            let starts_capital = word.chars().next().is_some_and(char::is_uppercase);
            let sort = match () {
                () if shouts || !starts_capital => Sort::Plain,
                () if at_start => Sort::Opening,
                () => Sort::Capital,
            };
            sorted.push((word, sort));
        }
    }
    set_names(&mut sorted);
    sorted
}

fn set_names(words: &mut [(&str, Sort)]) {
    for run in words.chunk_by_mut(|a, b| a.1 == Sort::Capital && b.1 == Sort::Capital) {
        if run.len() > 1 {
            run.iter_mut().for_each(|word| word.1 = Sort::Name);
        }
    }
}

/// Most words are in capitals: the writer shouts, so capitals don't mark names. A line of an order (`TOTAL 57,88 EUR`) doesn't shout.
fn shouts(sentence: &str) -> bool {
    let least = if sentence.contains(|c: char| c.is_ascii_digit()) { 3 } else { 2 };
    let words =
        || sentence.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let loud = words().filter(|word| !word.chars().any(char::is_lowercase)).count();
    loud >= least && loud * 2 > words().count()
}

/// The words of a token such as `und/oder`, without the punctuation around; none when it is an address, a number,
/// a file name, a placeholder or the like.
fn telling_words(token: &str) -> impl Iterator<Item = &str> {
    let is_address = token.contains(['@', '_', '\\', '{', '}', '<', '>', '=', '%', '#', '$', '|', '~'])
        || token.contains("://")
        || token.starts_with("www.");
    let pieces = if is_address { "" } else { token };
    pieces.split(['/', '&', '+']).map(trimmed).filter(|word| is_word(word))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_word(word: &str) -> bool {
    let is_letter =
        |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '·' | '\u{ad}') || is_mark(c);
    !word.is_empty() && word.len() <= BYTES_OF_WORD && word.chars().all(is_letter) && !has_inner_capital(word)
}

/// Combining accents of decomposed text.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// `iPhone`, `GitHub`: names of things.
fn has_inner_capital(word: &str) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(before, c)| before.is_lowercase() && c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, weight: Weight, words: &str) {
        let votes = votes(sentence);
        assert_eq!((votes.words.as_str(), votes.weight), (words, weight), "{sentence}");
        assert_eq!(votes.count, words.split_whitespace().count());
    }

    #[test]
    fn words_vote() {
        check("Wo ist mein Paket?", Weight::Words, "Wo ist mein Paket");
        check("ja und/oder nein", Weight::Words, "ja und oder nein");
        check("WO IST MEIN PAKET?!", Weight::Words, "WO IST MEIN PAKET");
        check("c'est l’adresse e-mail", Weight::Words, "c'est l’adresse e-mail");
    }

    #[test]
    fn names_do_not_vote_when_enough_words_do() {
        let sentence = "yesterday the parcel was sent to my neighbour Kazimiera Grinkevičiūtė in Panevėžys";
        check(sentence, Weight::Words, "yesterday the parcel was sent to my neighbour in Panevėžys");
        check("Hallo Katarzyna,", Weight::PerhapsName, "Hallo Katarzyna");
        check("Anna Kowalska", Weight::PerhapsName, "Anna Kowalska");
        check("Hola, Małgorzata:", Weight::PerhapsName, "Hola Małgorzata");
        check("JAN KOWALSKI", Weight::PerhapsName, "JAN KOWALSKI");
        check("Danke!", Weight::Words, "Danke");
    }

    #[test]
    fn addresses_numbers_and_code_do_not_vote() {
        check("siehe https://example.org/where-is-my-parcel bitte", Weight::Words, "siehe bitte");
        check("www.example.org anna.kowalska@example.pl +48 600 100 200", Weight::Nothing, "");
        check("bestellung K7QM-3XTP #48213 2026-05-01", Weight::Words, "bestellung");
        check("das `git push origin main` geht nicht", Weight::Words, "das geht nicht");
        check("öffne invoice_2024.pdf und {{customer.name}} am iPhone", Weight::Words, "öffne und am");
        check("TOTAL  57,88 EUR", Weight::PerhapsName, "TOTAL EUR");
        check("1 x LAMP-220-BLACK  49,90 EUR", Weight::PerhapsName, "x EUR");
        check("WHERE IS MY ORDER 48213", Weight::Words, "WHERE IS MY ORDER");
        check(&"x".repeat(1_000), Weight::Nothing, "");
        check("", Weight::Nothing, "");
    }

    #[test]
    fn a_long_sentence_is_heard_in_part() {
        let votes = votes(&"wort ".repeat(1000));
        assert!(votes.letters >= LETTERS_HEARD && votes.letters < LETTERS_HEARD + 10, "{}", votes.letters);
    }
}
