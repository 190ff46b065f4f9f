//! Whether the numbers of a sentence are still those that they were.

/// Longer ones don't come from nowhere: `one` may become `1`, and `twelve` `12`.
const DIGITS_FROM_WORDS: usize = 2;

/// Every number of the source is in the target, by its digits or, as centuries are, in Roman numerals, and the target has no long one
/// of its own.
pub(super) fn are_kept<'a>(
    source: impl Iterator<Item = &'a str>,
    target: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    let mut left: Vec<String> = target.clone().flat_map(numbers).collect();
    for number in source.flat_map(numbers) {
        match left.iter().position(|other| *other == number) {
            Some(at) => drop(left.swap_remove(at)),
            None if in_roman(&number)
                .is_some_and(|roman| target.clone().any(|words| has_word(words, &roman))) => {}
            None => return false,
        }
    }
    left.iter().all(|number| number.len() <= DIGITS_FROM_WORDS)
}

/// The numbers in it by their digits, whatever separates them: `2.5` and `2,5` are the same.
fn numbers(words: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut digits, mut gap) = (String::new(), 0);
    for c in words.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            gap = 0;
        } else if !digits.is_empty() && gap == 0 && matches!(c, '.' | ',') {
            gap = 1;
        } else if !digits.is_empty() {
            found.push(std::mem::take(&mut digits));
        }
    }
    found.extend(Some(digits).filter(|digits| !digits.is_empty()));
    found
}

fn has_word(words: &str, word: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|other| other == word)
}

/// Up to the 39th century.
fn in_roman(number: &str) -> Option<String> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let number: usize = number.parse().ok().filter(|number| (1..40).contains(number))?;
    Some("X".repeat(number / 10) + ONES[number % 10])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let check = |source: &str, target: &str, kept: bool| {
            assert_eq!(are_kept([source].into_iter(), [target].into_iter()), kept, "{source} -> {target}");
        };
        check("2.5 kg for 24 hours", "2,5 kg por 24 horas", true);
        check("24 hours", "horas", false);
        check("24 and 24", "24", false);
        check("24 hours", "24 horas em 2019", false);
        check("one hour", "1 hora", true);
        check("the 15th century", "século XV", true);
        check("the 15th century", "século XVI", false);
        check("5 of 5.", "5 de 5", true);
    }
}
