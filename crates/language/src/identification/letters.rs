//! Text in a language that isn't built in, as far as its letters tell: better unknown than the nearest that is known.

use super::prior::spoken;
use kernel::LanguageTag;

/// Fewer telling words than this may be names.
const ENOUGH_WORDS: usize = 2;
/// One word in so many has letters of its own in a language that has any.
const ONE_WORD_IN: usize = 6;

/// The first and the last letter of a block of Unicode.
type Block = (char, char);
/// Languages by their primary tag.
type Users = &'static [&'static str];

/// Writing systems by their blocks in Unicode, and the languages that use them. What stands in none of them is Latin.
const SCRIPTS: [(&[Block], Users); 19] = [
    (&[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')], &["el"]),
    (&[('\u{400}', '\u{52f}')], &["be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"]),
    (&[('\u{530}', '\u{58f}')], &["hy"]),
    (&[('\u{590}', '\u{5ff}')], &["he", "yi"]),
    (
        &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}'), ('\u{fb50}', '\u{fdff}'), ('\u{fe70}', '\u{feff}')],
        &["ar", "fa", "ur"],
    ),
    (&[('\u{900}', '\u{97f}')], &["hi", "mr"]),
    (&[('\u{980}', '\u{9ff}')], &["bn"]),
    (&[('\u{a00}', '\u{a7f}')], &["pa"]),
    (&[('\u{a80}', '\u{aff}')], &["gu"]),
    (&[('\u{b80}', '\u{bff}')], &["ta"]),
    (&[('\u{c00}', '\u{c7f}')], &["te"]),
    (&[('\u{d80}', '\u{dff}')], &["si"]),
    (&[('\u{e00}', '\u{e7f}')], &["th"]),
    (&[('\u{1000}', '\u{109f}')], &["my"]),
    (&[('\u{10a0}', '\u{10ff}'), ('\u{1c90}', '\u{1cbf}')], &["ka"]),
    (&[('\u{1200}', '\u{137f}')], &["am", "ti"]),
    (&[('\u{1780}', '\u{17ff}')], &["km"]),
    (&[('\u{1100}', '\u{11ff}'), ('\u{ac00}', '\u{d7af}')], &["ko"]),
    (
        &[
            ('\u{3040}', '\u{30ff}'),
            ('\u{3400}', '\u{4dbf}'),
            ('\u{4e00}', '\u{9fff}'),
            ('\u{20000}', '\u{323af}'),
        ],
        &["ja", "zh"],
    ),
];

/// Letters that few languages have.
const OWN: [(&str, Users); 11] = [
    ("ıİğĞ", &["az", "tr"]),
    ("əƏ", &["az"]),
    ("ðÐþÞ", &["is"]),
    ("ħĦġĠċĊ", &["mt"]),
    ("ŵŴŷŶ", &["cy"]),
    ("ĉĝĥĵŝŭ", &["eo"]),
    ("ơƠưƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", &["vi"]),
    ("ўЎ", &["be"]),
    ("јЈљЉњЊџЏђЂћЋ", &["mk", "sr"]),
    ("ѓЃќЌѕЅ", &["mk"]),
    ("ғҒқҚңҢөӨұҰүҮһҺ", &["kk", "mn"]),
];

/// The letters in which some languages are written.
pub(super) struct Letters {
    scripts: Vec<bool>,
    latin: bool,
    foreign: String,
}

impl Letters {
    /// Those of these languages.
    pub(super) fn of(languages: &[LanguageTag]) -> Self {
        let uses = |users: &[&str]| languages.iter().any(|tag| users.contains(&spoken(tag)));
        let script_of = |tag: &LanguageTag| SCRIPTS.iter().any(|(_, users)| users.contains(&spoken(tag)));
        Self {
            scripts: SCRIPTS.iter().map(|(_, users)| uses(users)).collect(),
            latin: languages.iter().any(|tag| !script_of(tag)) || uses(&["sr", "mn"]),
            foreign: OWN.iter().filter(|(_, users)| !uses(users)).map(|(letters, _)| *letters).collect(),
        }
    }

    /// Most of this is written in letters that none of the languages uses, or in a language that shows itself by such letters.
    pub(super) fn are_foreign(&self, text: &str) -> bool {
        let (mut letters, mut others) = (0, 0);
        for letter in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            others += usize::from(!self.knows_script(letter));
        }
        others * 2 > letters || (!text.is_ascii() && self.shows_others(text))
    }

    fn knows_script(&self, letter: char) -> bool {
        let within =
            |blocks: &[(char, char)]| blocks.iter().any(|(from, to)| (*from..=*to).contains(&letter));
        match letter < '\u{370}' {
            true => self.latin,
            false => SCRIPTS
                .iter()
                .position(|(blocks, _)| within(blocks))
                .map_or(self.latin, |at| self.scripts[at]),
        }
    }

    fn shows_others(&self, text: &str) -> bool {
        // A name keeps its letters in every language, so only words in small letters count.
        let is_word = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
        let (mut words, mut telling) = (0, 0);
        for word in text.split(|c: char| !c.is_alphabetic()).filter(is_word) {
            words += 1;
            telling += usize::from(word.contains(|c| self.foreign.contains(c)));
        }
        telling >= ENOUGH_WORDS && telling * ONE_WORD_IN >= words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(tags: &str) -> Letters {
        Letters::of(&tags.split(' ').map(|tag| tag.parse().expect("a tag")).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(tags: &str, text: &str, expected: bool) {
        assert_eq!(letters(tags).are_foreign(text), expected, "{text} among {tags}");
    }

    #[test]
    fn another_script_is_foreign() {
        for text in [
            "أين طلبي؟",
            "איפה החבילה שלי?",
            "我的包裹在哪里？",
            "荷物はどこですか",
            "พัสดุของฉันอยู่ที่ไหน",
            "내 소포는 어디에 있나요?",
            "मेरा पार्सल कहाँ है?",
            "სად არის ჩემი ამანათი?",
        ] {
            check("en ru el", text, true);
        }
        check("en el", "Где моя посылка?", true);
        check("ru", "Where is my parcel?", true);
        check("en ru el", "Где моя посылка?", false);
        check("en ru el", "Πού είναι το δέμα μου;", false);
        check("en zh", "我的包裹在哪里？", false);
        check("en", "The sign says 出口, what is that?", false);
        check("en", "12345 …", false);
        check("en", "", false);
    }

    #[test]
    fn letters_of_others_are_foreign_when_words_have_them() {
        check("de en ro", "kargom nerede, ne zaman gelir acaba, hâlâ almadığımı söyledim, çıktı mı", true);
        check("de en tr", "kargom nerede, hâlâ almadığımı söyledim, çıktı mı", false);
        check("de en", "đơn hàng của tôi ở đâu, tôi chưa nhận được", true);
        check("de en ru", "дзе мая пасылка, я ўжо пытаўся ўчора", true);
        check("de en", "the parcel went to Mr Erdoğan and Mrs Işık in Beyoğlu", false);
        check("de en", "the word çıktı means printout, I am told by a friend of mine", false);
    }
}
