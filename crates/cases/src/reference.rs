//! Rule: the reference by which people name a case.

/// Crockford's base32: no I, L, O or U, so that it survives the telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight characters from forty random bits. They don't count up, so nobody can guess a neighbour's.
pub fn reference(random: u64) -> String {
    let letter = |at: u32| ALPHABET[usize::try_from(random >> (at * 5) & 31).unwrap_or(0)];
    (0..8).map(|at| char::from(letter(at))).collect()
}

/// As people read it: `K7QM-3XTP`.
pub fn shown_reference(reference: &str) -> String {
    match reference.split_at_checked(4) {
        Some((front, back)) if !back.is_empty() => format!("{front}-{back}"),
        _ => reference.to_owned(),
    }
}

/// The reference that somebody typed or pasted: with or without hyphen, number sign, brackets and capitals. The letters that the
/// alphabet leaves out are read as the digits that they look like.
pub fn reference_of(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let read = |letter| match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    letters.map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_comes_from_its_own_five_bits() {
        assert_eq!(reference(0), "00000000");
        assert_eq!(reference(31), "Z0000000");
        assert_eq!(reference(31 << 35), "0000000Z");
        assert_eq!(shown_reference(&reference(u64::MAX)), "ZZZZ-ZZZZ");
    }

    #[test]
    fn a_reference_is_read_however_it_was_typed() {
        for typed in ["K7QM3XT0", "K7QM-3XT0", "k7qm-3xto", " [#K7QM-3XT0] "] {
            assert_eq!(reference_of(typed), "K7QM3XT0", "{typed}");
        }
        assert_eq!(reference_of("il"), "11");
    }
}
