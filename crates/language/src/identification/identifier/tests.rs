//! The identifier with a detector that knows a few words, and a few texts with the real one.

use super::*;
use proptest::prelude::*;

/// Knows German by words with `d`, English by words with `e`, Polish by words with `z`; each such word counts once.
struct Letters(Vec<LanguageTag>);

impl Detector for Letters {
    fn languages(&self) -> &[LanguageTag] {
        &self.0
    }

    fn probabilities(&self, words: &str) -> Vec<f64> {
        let count = |letter| words.split(' ').filter(|word| word.contains(letter)).count() as f64;
        let counts = ['d', 'e', 'z'].map(count);
        let total: f64 = counts.iter().sum();
        counts.iter().map(|count| if total == 0.0 { 0.0 } else { (count + 0.001) / total }).collect()
    }
}

fn tag(text: &str) -> LanguageTag {
    text.parse().expect("a tag")
}

fn with_letters() -> Identifier {
    Identifier::with(Letters(vec![tag("de"), tag("en"), tag("pl")]))
}

fn described(text: &str, spans: &[Span]) -> Vec<(String, String)> {
    spans.iter().map(|span| (span.language.to_string(), text[span.start..span.end].to_owned())).collect()
}

#[track_caller]
fn check(text: &str, prior: &Prior, expected: &[(&str, &str)]) {
    let found = described(text, &with_letters().paragraphs(text, prior));
    let found: Vec<(&str, &str)> = found.iter().map(|(tag, text)| (tag.as_str(), text.as_str())).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_main(text: &str, prior: &Prior, expected: &str) {
    let found = with_letters().main(text, prior);
    assert_eq!(found.language.as_str(), expected, "{text}: {}", found.confidence);
    assert!((0.0..=1.0 + 1e-9).contains(&found.confidence));
}

#[test]
fn each_paragraph_has_its_language() {
    check("ad da do.\n\nwe he me.", &Prior::none(), &[("de", "ad da do."), ("en", "we he me.")]);
    check(
        "ad da do. Da da do.\nda!\n\nda da du.",
        &Prior::none(),
        &[("de", "ad da do. Da da do.\nda!"), ("de", "da da du.")],
    );
}

#[test]
fn a_change_inside_a_paragraph_gives_two_spans() {
    check("ad da do. We he me.", &Prior::none(), &[("de", "ad da do."), ("en", "We he me.")]);
}

#[test]
fn a_doubtful_sentence_follows_its_neighbours() {
    check("ad da do. Ed. Da da do.", &Prior::none(), &[("de", "ad da do. Ed. Da da do.")]);
    check("ad da do.\n\n12345", &Prior::none(), &[("de", "ad da do."), ("de", "12345")]);
}

#[test]
fn what_was_not_written_for_this_message_is_unknown() {
    check("ad da do.\n> we he me\n> we", &Prior::none(), &[("de", "ad da do."), ("und", "> we he me\n> we")]);
    check_main("da.\n\n> we he me, see\n> we see me", &Prior::none(), "de");
    check_main("ad da do.\n-- \nwe he me\nsee me be", &Prior::none(), "de");
    check("> we", &Prior::of(tag("de")), &[("und", "> we")]);
}

#[test]
fn the_prior_decides_what_the_words_do_not() {
    check_main("ok, na?", &Prior::none(), "und");
    check_main("ok, na?", &Prior::of(tag("pl")), "pl");
    check_main("deed", &Prior::none(), "und");
    check_main("deed", &Prior::of(tag("de")), "de");
    check_main("we he me", &Prior::of(tag("de")), "en");
    check_main("ok, na?", &Prior::of(tag("ja")), "und");
}

#[test]
fn most_of_the_writing_decides() {
    check_main("ad da do.\n\nWe he me see be tee. We see me.", &Prior::none(), "en");
    check_main(&"Ad da do. ".repeat(20_000), &Prior::none(), "de");
    check_main(&format!("ad da do.\n\n{}", "12\n".repeat(500)), &Prior::none(), "de");
    check_main("", &Prior::of(tag("de")), "und");
    check_main("\n> da\n", &Prior::of(tag("de")), "und");
}

#[test]
fn a_name_alone_is_heard_when_nobody_else_speaks() {
    check_main("Zoz Zaz", &Prior::none(), "pl");
    check("we he me\n\nZoz Zaz", &Prior::none(), &[("en", "we he me"), ("en", "Zoz Zaz")]);
}

#[test]
fn an_identifier_without_languages_knows_none() {
    let identifier = Identifier::new(&[]);
    let found = identifier.main("Where is my parcel?", &Prior::of(tag("en")));
    assert_eq!(found, Identified { language: LanguageTag::unknown(), confidence: 0.0 });
    assert_eq!(identifier.paragraphs("Where?", &Prior::none())[0].language, LanguageTag::unknown());
}

#[test]
fn an_identifier_with_one_language_always_says_it() {
    assert_eq!(Identifier::new(&[tag("sl")]).main("Where is it?", &Prior::none()).language.as_str(), "sl");
}

#[test]
fn real_models_tell_the_languages_of_a_real_message() {
    let text = "Guten Tag,\n\nmeine Lampe ist gestern angekommen, aber sie leuchtet nicht.\nWas soll ich tun?\n\n\
        Prosim, odgovorite mi tudi po slovensko, ker bere to moja mama.\n\nVielen Dank und Grüße\nEva\n\n\
        On 3 May 2026 Aurora wrote:\n> Your parcel was sent today.\n\nSent from my iPhone";
    let identifier = Identifier::default();
    let found: Vec<String> =
        identifier.paragraphs(text, &Prior::none()).iter().map(|span| span.language.to_string()).collect();
    assert_eq!(found, ["de", "de", "sl", "de", "und", "und"]);
    assert_eq!(identifier.main(text, &Prior::none()).language.as_str(), "de");
}

proptest! {
    #[test]
    fn spans_cover_the_text_in_order(text in "([ad-ez.!?> \\n]|Ž|😀|-- \\n){0,60}") {
        let mut end = 0;
        for span in with_letters().paragraphs(&text, &Prior::none()) {
            prop_assert!(span.start >= end && span.end > span.start);
            prop_assert!(text[end..span.start].trim().is_empty());
            prop_assert!((0.0..=1.0 + 1e-9).contains(&span.confidence));
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}

/// Languages that aren't told by default are told once somebody names them, and the default ones still are.
#[test]
fn languages_are_added_by_name() {
    let added = ["sq", "ar", "be", "ca", "he", "is", "ga", "mk", "fa", "sr", "tr", "vi"].map(tag);
    let by_default = DEFAULT_LANGUAGES.iter().map(|language| tag(language));
    let identifier = Identifier::new(&by_default.chain(added).collect::<Vec<_>>());
    let texts = [
        ("tr", "Scooter'ım dünden beri açılmıyor, paramı geri istiyorum. Ne yapmam gerekiyor?"),
        ("ar", "لم يعمل الجهاز منذ الأمس. متى يمكنني الحصول على المال؟"),
        ("he", "המכשיר לא עובד מאתמול. מתי אקבל את הכסף בחזרה?"),
        ("fa", "دستگاه از دیروز کار نمی‌کند. چه زمانی پولم را پس می‌دهید؟"),
        ("is", "Tækið hefur ekki virkað síðan í gær. Hvenær fæ ég peningana mína til baka?"),
        ("vi", "Thiết bị không hoạt động từ hôm qua. Khi nào tôi được hoàn tiền?"),
        ("sq", "Pajisja nuk punon që nga dje. Kur do të më ktheni paratë?"),
        ("de", "Das Gerät geht seit gestern nicht. Wann bekomme ich mein Geld zurück?"),
        ("pl", "Urządzenie nie działa od wczoraj. Kiedy dostanę zwrot pieniędzy?"),
    ];
    for (language, text) in texts {
        assert_eq!(identifier.identify(text, &Prior::none()).0.language, tag(language), "{text}");
        let by_default = Identifier::default().identify(text, &Prior::none()).0.language;
        let is_default = DEFAULT_LANGUAGES.contains(&language);
        assert_eq!(by_default == tag(language), is_default, "{text}: {by_default}");
    }
}
