//! Character sets: sentences in many languages, in the sets in which mails have them, named rightly, wrongly and not at all.

use super::text;
use encoding_rs::Encoding;

/// Language, country, sentence, and the sets that hold it.
const SENTENCES: [(&str, &str, &str, &[&str]); 16] = [
    (
        "de",
        "de",
        "Guten Tag, die Tür schließt nicht mehr und das Gerät läuft ständig. Können Sie uns bitte früh helfen?",
        &["windows-1252", "iso-8859-15"],
    ),
    (
        "fr",
        "fr",
        "Bonjour, la cafetière reçue hier ne s'allume plus : où dois-je l'envoyer, s'il vous plaît ? À bientôt.",
        &["windows-1252", "iso-8859-15"],
    ),
    (
        "es",
        "es",
        "Buenos días, ¿cuándo llegará mi pedido? El año pasado tardó más de una semana.",
        &["windows-1252"],
    ),
    (
        "pt",
        "pt",
        "Olá, não consigo iniciar a sessão. A aplicação diz que a senha está errada. Há solução?",
        &["windows-1252"],
    ),
    (
        "pl",
        "pl",
        "Dzień dobry, proszę o pilną odpowiedź, ponieważ pralka wciąż przecieka i łazienka jest zalana. Dziękuję, Józef Źrebięcy",
        &["iso-8859-2", "windows-1250"],
    ),
    (
        "cs",
        "cz",
        "Dobrý den, zboží ještě nepřišlo a já ho nutně potřebuji. Můžete mi říct, kde je? Děkuji, Jiří Šťastný",
        &["iso-8859-2", "windows-1250"],
    ),
    (
        "sl",
        "si",
        "Pozdravljeni, naročilo še ni prispelo. Ali lahko preverite, kje je paket? Želim ga čim prej. Hvala, Žiga Češnjevar",
        &["iso-8859-2", "windows-1250"],
    ),
    (
        "lt",
        "lt",
        "Sveiki, noriu grąžinti prekę, nes ji neveikia. Kaip tai padaryti? Ačiū už greitą atsakymą, Žygimantas Šarūnas",
        &["windows-1257", "iso-8859-13"],
    ),
    (
        "hu",
        "hu",
        "Jó napot, a készülék nem működik, és szeretném visszaküldeni. Köszönöm a gyors választ, Őri Gyűrű",
        &["windows-1250"],
    ),
    (
        "ru",
        "ru",
        "Здравствуйте, мой заказ до сих пор не пришёл. Подскажите, пожалуйста, где он находится?",
        &["koi8-r", "windows-1251"],
    ),
    (
        "uk",
        "ua",
        "Добрий день, моє замовлення ще не надійшло. Підкажіть, будь ласка, де воно зараз?",
        &["koi8-u", "windows-1251"],
    ),
    (
        "el",
        "gr",
        "Καλημέρα, η παραγγελία μου δεν έχει φτάσει ακόμα. Μπορείτε να με βοηθήσετε;",
        &["iso-8859-7", "windows-1253"],
    ),
    ("he", "il", "שלום, ההזמנה שלי עדיין לא הגיעה. אפשר בבקשה לבדוק איפה היא?", &["windows-1255"]),
    (
        "ja",
        "jp",
        "お世話になっております。先日注文した商品がまだ届きません。確認をお願いいたします。",
        &["shift_jis", "euc-jp", "iso-2022-jp"],
    ),
    ("zh", "cn", "您好，我上周订购的商品还没有收到，请帮我查询一下物流信息，谢谢。", &["gbk", "gb18030"]),
    (
        "ko",
        "kr",
        "안녕하세요, 지난주에 주문한 상품이 아직 도착하지 않았습니다. 확인 부탁드립니다.",
        &["euc-kr"],
    ),
];

fn encoded(sentence: &str, set: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(set.as_bytes()).unwrap();
    let (bytes, _, lost) = encoding.encode(sentence);
    assert!(!lost, "{set} holds {sentence}");
    bytes.into_owned()
}

#[test]
fn every_sentence_is_read_however_its_set_is_named() {
    let mut wrong = String::new();
    for (language, country, sentence, sets) in SENTENCES {
        for set in sets {
            let bytes = encoded(sentence, set);
            let upper = set.to_uppercase();
            for name in [
                Some(*set),
                Some(upper.as_str()),
                None,
                Some("us-ascii"),
                Some("utf-8"),
                Some("x-unknown"),
                Some("no such set"),
            ] {
                let read = text(&bytes, name, Some(country)).value;
                if read != sentence {
                    wrong.push_str(&format!("{language} {set} named {name:?}: {read}\n"));
                }
            }
        }
        for name in [Some("iso-8859-1"), Some("iso-8859-2"), Some("koi8-r"), Some("x-unknown"), None] {
            assert_eq!(text(sentence.as_bytes(), name, None).value, sentence, "{name:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn other_alphabets_that_are_named_latin_are_found_out() {
    for (language, country, sentence, sets) in
        SENTENCES.iter().filter(|(language, ..)| ["ru", "uk", "el", "he", "zh", "ko"].contains(language))
    {
        for set in *sets {
            let read = text(&encoded(sentence, set), Some("iso-8859-1"), Some(country));
            assert_eq!((read.value.as_str(), read.broken), (*sentence, true), "{language} {set}");
        }
    }
    let latin = "Ärger über Öl: «ÄÖÜ» ÀÉÈ";
    assert_eq!(text(&encoded(latin, "windows-1252"), Some("iso-8859-1"), None).value, latin);
}

#[test]
fn names_have_many_spellings() {
    for (name, set) in [
        ("cp-1251", "windows-1251"),
        ("win-1251", "windows-1251"),
        ("x-windows-1251", "windows-1251"),
        ("windows1251", "windows-1251"),
        ("\"windows-1251\"", "windows-1251"),
        ("windows-1251; format=flowed", "windows-1251"),
        ("KOI8R", "koi8-r"),
        ("cp20866", "koi8-r"),
        ("cp866", "ibm866"),
    ] {
        let sentence = "Здравствуйте, где мой заказ?";
        assert_eq!(text(&encoded(sentence, set), Some(name), None).value, sentence, "{name}");
    }
    for (name, set, sentence) in [
        ("iso88592", "iso-8859-2", "Dziękuję"),
        ("ISO_8859-2", "iso-8859-2", "Dziękuję"),
        ("cp936", "gbk", "您好，谢谢"),
        ("gb2312", "gb18030", "镕基，您好"),
        ("ms932", "shift_jis", "お願いします"),
        ("x-sjis", "shift_jis", "お願いします"),
        ("ks_c_5601-1987", "euc-kr", "안녕하세요"),
        ("cp949", "euc-kr", "안녕하세요"),
        ("big5-hkscs", "big5", "您好，謝謝"),
        ("cp950", "big5", "您好，謝謝"),
    ] {
        assert_eq!(text(&encoded(sentence, set), Some(name), None).value, sentence, "{name}");
    }
}

#[test]
fn sets_of_two_bytes_and_of_seven_bits_are_read() {
    let low_first: Vec<u8> = "Grüße, hello".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let high_first: Vec<u8> = "Grüße, hello".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [&[0xff, 0xfe][..], &low_first].concat();
    for (bytes, name) in [
        (&low_first, Some("utf-16")),
        (&high_first, Some("utf-16")),
        (&high_first, Some("utf-16be")),
        (&low_first, Some("utf-16le")),
        (&low_first, None),
        (&high_first, None),
        (&marked, None),
        (&marked, Some("utf-16")),
    ] {
        assert_eq!(text(bytes, name, None).value, "Grüße, hello", "{name:?}");
    }
    assert_eq!(text(b"Hi Mom -+Jjo--!", Some("utf-7"), None).value, "Hi Mom -\u{263a}-!");
    assert_eq!(text(b"Hi Mom -+Jjo--!", None, None).value, "Hi Mom -+Jjo--!");
}

#[test]
fn short_and_broken_texts_lose_as_little_as_possible() {
    for (bytes, charset, expected) in [
        (&b"caf\xe9"[..], Some("iso-8859-1"), "café"),
        (b"caf\xe9", None, "café"),
        (b"caf\xe9", Some("utf-8"), "café"),
        (b"caf\xe9", Some("no-such-charset"), "café"),
        (b"\xbf\xf3\xb3w", Some("iso-8859-2"), "żółw"),
        (b"\x1b$B$3$s\x1b(B", Some("iso-2022-jp"), "こん"),
        (b"\x1b$B$3$s\x1b(B", None, "こん"),
        (b"\x1b$B$3$s\x1b(B", Some("us-ascii"), "こん"),
        (b"", Some("gbk"), ""),
    ] {
        assert_eq!(text(bytes, charset, None).value, expected, "{charset:?}");
    }
    let cut = ["żółw i ".as_bytes(), &[0xc5]].concat();
    assert_eq!(text(&cut, Some("utf-8"), None).value, "żółw i \u{fffd}");
}
