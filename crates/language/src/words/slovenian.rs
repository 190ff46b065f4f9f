//! A light stemmer for Slovenian: takes off the endings of nouns and adjectives, in all cases and the dual.
//!
//! It works on folded words. It needn't find the root that a grammar knows, only the same letters for all forms of a
//! word: so the endings come off twice (*problem* and *problema* both end as *probl*), and the vowel that comes and goes
//! in *izdelek, izdelka* is dropped.

/// Longest first.
const ENDINGS: [&str; 25] = [
    "ega", "emu", "imi", "ima", "ami", "ama", "oma", "ema", "jem", "jev", "om", "em", "am", "im", "ih", "ah",
    "eh", "ov", "ev", "ju", "a", "e", "i", "o", "u",
];
/// What is left has at least this many letters.
const LETTERS_LEFT: usize = 3;

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    let once = without_ending(word);
    let twice = without_ending(once);
    without_fleeting_vowel(twice.strip_suffix("rj").map_or(twice.to_owned(), |rest| format!("{rest}r")))
}

fn without_ending(word: &str) -> &str {
    let fits = |rest: &&str| rest.chars().count() >= LETTERS_LEFT;
    ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(fits)).unwrap_or(word)
}

/// *izdelek* → *izdelk*, *mesec* → *mesc*: an `e` between the last two consonants.
fn without_fleeting_vowel(mut stem: String) -> String {
    let letters: Vec<char> = stem.chars().collect();
    if let [.., _, before, 'e', 'k' | 'c' | 'n' | 'l' | 'r'] = letters[..]
        && !"aeiou".contains(before)
        && let Some(last) = stem.pop()
    {
        stem.pop();
        stem.push(last);
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &str) {
        let stems: Vec<(&str, String)> = forms.split(' ').map(|form| (form, stem(form))).collect();
        assert!(stems.iter().all(|(_, stem)| *stem == stems[0].1), "{stems:?}");
    }

    #[test]
    fn the_forms_of_a_noun_share_their_stem() {
        check("racun racuna racunu racunom racuni racunov racunih racune racunoma racunima");
        check("svetilka svetilke svetilki svetilko svetilk svetilkam svetilkah svetilkami");
        check("narocilo narocila narocilu narocilom narocil narocilih narocili");
        check("izdelek izdelka izdelku izdelkom izdelki izdelkov izdelke izdelkih");
        check("denar denarja denarju denarjem");
        check("problem problema problemu problemom problemi problemov probleme problemih");
        check("mesec meseca mesecu mesecem meseci mesecev mesece mesecih");
        check("baterija baterije bateriji baterijo baterij baterijam baterijah baterijami");
        check("zadeva zadeve zadevi zadevo zadev zadevah zadevami");
    }

    #[test]
    fn the_forms_of_an_adjective_share_their_stem() {
        check(
            "pokvarjen pokvarjena pokvarjeno pokvarjeni pokvarjene pokvarjenega pokvarjenemu pokvarjenem pokvarjenim pokvarjenih pokvarjenimi",
        );
        check("nov nova novo novi novega novemu novem novim novih");
        check("gotov gotova gotovo gotovega gotovih");
    }

    #[test]
    fn short_words_stay() {
        for word in ["in", "je", "ne", "dan", "kaj", ""] {
            assert_eq!(stem(word), word);
        }
        assert_ne!(stem("racun"), stem("racunalnik"));
    }
}
