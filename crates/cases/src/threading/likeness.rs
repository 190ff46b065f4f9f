//! Likeness: whether two subjects say the same, nearly the same, or something else.

use super::subject::normal_subject;

/// How alike two subjects are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same words.
    Same,
    /// A word in brackets more, or a slip of the keyboard.
    Near,
    /// Something else.
    Different,
}

/// A subject longer than this is compared by its words only.
const LONGEST: usize = 120;

/// How alike two subjects are. Numbers decide: order 1234 isn't order 1235.
pub fn alike(one: &str, other: &str) -> Likeness {
    let (a, b) = (normal_subject(one), normal_subject(other));
    if a.is_empty() || b.is_empty() {
        return Likeness::Different;
    }
    if a == b {
        return Likeness::Same;
    }
    let (first, second) = (numbers(&a), numbers(&b));
    if !first.is_empty() && !second.is_empty() && first != second {
        return Likeness::Different;
    }
    let (bare, other_bare) =
        (normal_subject(&without_brackets(one)), normal_subject(&without_brackets(other)));
    if !bare.is_empty() && bare == other_bare {
        return Likeness::Near;
    }
    if first == second && is_slip(&a, &b) { Likeness::Near } else { Likeness::Different }
}

fn numbers(subject: &str) -> Vec<&str> {
    subject.split(' ').filter(|word| word.contains(|c: char| c.is_numeric())).collect()
}

/// Without what stands in brackets of any kind.
fn without_brackets(subject: &str) -> String {
    let mut depth = 0_usize;
    let mut rest = String::new();
    for letter in subject.chars() {
        match letter {
            '(' | '[' | '{' | '（' | '【' => depth += 1,
            ')' | ']' | '}' | '）' | '】' => depth = depth.saturating_sub(1),
            letter if depth == 0 => rest.push(letter),
            _ => {}
        }
    }
    // A bracket that never closes is no bracket.
    if depth == 0 { rest } else { subject.to_owned() }
}

/// One wrong, missing, added or swapped letter from ten letters on, two from twenty on.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    let most = match shorter {
        0..=9 => return false,
        10..=19 => 1,
        _ => 2,
    };
    longer <= LONGEST && longer - shorter <= most && distance(&a, &b) <= most
}

/// Optimal string alignment: insertions, deletions, replacements, swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX - 1);
            let mut least = (at(&last, j + 1) + 1).min(at(&row, j) + 1);
            least = least.min(at(&last, j) + usize::from(letter != other));
            let crossed = i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if crossed {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
