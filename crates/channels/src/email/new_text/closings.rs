//! Rule: the words of signatures in many languages: closing formulas, what phones add, disclaimers, footers of lists.

use crate::email::phrases;

/// A line that closes a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// `Kind regards,`
    Greeting,
    /// `Thanks,`, which may also be all that somebody has to say.
    Thanks,
}

/// `Kind regards,` and its like, alone in a line.
pub(super) fn closing(line: &str) -> Option<Closing> {
    const LONGEST: usize = 60;
    if line.len() > LONGEST || line.is_empty() {
        return None;
    }
    let lower = phrases::lower(line).replace('ß', "ss");
    let words = lower.trim_matches(|c: char| !c.is_alphabetic());
    if GREETINGS.contains(&words) || greets_from_somewhere(words) || thanks_and_greets(words) {
        return Some(Closing::Greeting);
    }
    THANKS.contains(&words).then_some(Closing::Thanks)
}

/// `Beste Grüße aus Köln`, `Greetings from sunny Gdańsk`.
fn greets_from_somewhere(words: &str) -> bool {
    const MOST_WORDS: usize = 3;
    const FROM: [&str; 16] = [
        " aus ", " vom ", " from ", " desde ", " de ", " z ", " ze ", " iz ", " iš ", " da ", " do ",
        " uit ", " från ", " fra ", " из ", " зі ",
    ];
    let parts = FROM.iter().filter_map(|from| words.split_once(from));
    parts.into_iter().any(|(greeting, place)| {
        GREETINGS.contains(&greeting.trim()) && place.split_whitespace().count() <= MOST_WORDS
    })
}

/// `Danke und viele Grüße`, `Merci et bien cordialement`.
fn thanks_and_greets(words: &str) -> bool {
    const AND: [&str; 18] = [
        " and ", " & ", " und ", " y ", " i ", " in ", " ir ", " et ", " e ", " en ", " a ", " och ", " og ",
        " ja ", " és ", " и ", ", ", " și ",
    ];
    let parts = AND.iter().filter_map(|and| words.split_once(and));
    parts.into_iter().any(|(first, second)| {
        (THANKS.contains(&first) || GREETINGS.contains(&first)) && GREETINGS.contains(&second)
    })
}

#[rustfmt::skip]
const GREETINGS: &[&str] = &[
    "regards", "best regards", "kind regards", "kindest regards", "warm regards", "warmest regards", "with regards", "rgds",
    "with kind regards", "with best regards", "best", "best wishes", "all the best", "cheers", "sincerely", "sincerely yours",
    "yours sincerely", "yours truly", "yours faithfully", "respectfully", "cordially", "br", "kr", "many thanks and best regards",
    "thanks and regards", "thanks & regards", "thank you and best regards", "thanks and best regards", "with thanks and regards",
    "mit freundlichen grüssen", "mit freundlichem gruss", "mit freundlichen grüßen", "mit besten grüssen", "mit bestem gruss",
    "freundliche grüsse", "freundlicher gruss", "freundlichen gruss", "beste grüsse", "besten gruss", "viele grüsse",
    "liebe grüsse", "lieber gruss", "lieben gruss", "schöne grüsse", "herzliche grüsse", "mit herzlichen grüssen", "mfg", "lg", "vg",
    "hochachtungsvoll", "gruss", "grüsse", "viele liebe grüsse", "beste grüsse aus berlin", "mit freundlichen gruessen",
    "viele gruesse", "beste gruesse", "vielen dank und freundliche grüsse", "vielen dank und viele grüsse", "mit kollegialen grüssen",
    "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordiales saludos", "atentamente", "muy atentamente",
    "cordialmente", "un abrazo", "atte", "reciba un cordial saludo", "salutacions", "atentament",
    "pozdrawiam", "pozdrawiam serdecznie", "serdecznie pozdrawiam", "pozdrowienia", "z poważaniem", "z wyrazami szacunku",
    "z pozdrowieniami", "łączę pozdrowienia", "łączę wyrazy szacunku", "pozdr", "miłego dnia",
    "lep pozdrav", "lepo pozdravljeni", "lp", "s spoštovanjem", "z lepimi pozdravi", "lepe pozdrave", "prijazen pozdrav",
    "s pozdravom", "pozdrav", "srdačan pozdrav", "lijep pozdrav", "s poštovanjem",
    "pagarbiai", "su pagarba", "geriausi linkėjimai", "nuoširdžiai", "linkėjimai", "su geriausiais linkėjimais",
    "cordialement", "bien cordialement", "très cordialement", "bien à vous", "salutations", "meilleures salutations",
    "sincères salutations", "cdlt", "bien à toi", "amicalement", "salutations distinguées", "respectueusement",
    "cordiali saluti", "distinti saluti", "un cordiale saluto", "saluti", "cari saluti", "un saluto", "cordialità", "a presto",
    "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "melhores cumprimentos", "abraço", "abraços", "att", "abs",
    "cordiais saudações", "obrigado e cumprimentos", "grato", "com cumprimentos", "um abraço",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "groet", "groeten",
    "mvg", "hartelijke groet", "hartelijke groeten", "met hartelijke groet", "hoogachtend", "mvrgr", "groetjes",
    "s pozdravem", "s přátelským pozdravem", "s úctou", "hezký den", "zdravím", "děkuji a jsem s pozdravem", "s priateľským pozdravom",
    "с уважением", "с наилучшими пожеланиями", "всего доброго", "всего хорошего", "искренне ваш", "з повагою", "з найкращими побажаннями",
    "med venlig hilsen", "venlig hilsen", "mvh", "med vänliga hälsningar", "vänliga hälsningar", "hälsningar", "vennlig hilsen",
    "med vennlig hilsen", "hilsen", "bästa hälsningar", "bedste hilsner", "ystävällisin terveisin", "terveisin", "parhain terveisin",
    "üdvözlettel", "tisztelettel", "üdv", "cu stimă", "cu respect", "o zi bună", "saygılarımla", "iyi çalışmalar",
    "geros dienos", "gražios dienos", "sėkmės", "iki", "su geriausiais", "su linkėjimais", "viso gero",
    "numai bine", "toate cele bune", "cu drag", "cu considerație", "o zi frumoasă", "salutări", "cele bune", "sevgiler", "sevgilerimle", "saygılar", "iyi günler",
    "kolay gelsin", "selamlar", "hürmetler", "en iyi dileklerimle", "pekný deň", "prajem pekný deň", "s úctou", "s priateľským pozdravom", "pekný zvyšok dňa",
    "přeji hezký den", "přeji pěkný den", "pěkný den", "s pozdravem a přáním hezkého dne", "srdečně", "zdraví",
    "гарного дня", "всього найкращого", "з найкращими", "щиро ваш", "до побачення", "хорошего дня", "с уважением и благодарностью", "с наилучшими",
    "с приветом", "удачи", "до свидания", "всех благ", "поздрави", "с уважение", "с поздрави", "с поштовањем", "поздрав", "срдачан поздрав",
    "srdačno", "s osobitim poštovanjem", "lijepi pozdrav", "veliki pozdrav", "puno pozdrava", "lijep dan", "ugodan dan", "lep dan", "lep dan še naprej",
    "lepo vas pozdravljam", "pozdravljeni", "z odličnim spoštovanjem", "miłego dnia życzę", "życzę miłego dnia", "dobrego dnia", "z uszanowaniem", "ukłony",
    "pozdrawiam cieplutko", "pozdrawiam gorąco", "pozdrawiam ciepło", "serdeczności", "med hälsning", "med vänlig hälsning", "vänlig hälsning", "hälsning", "hej då", "ha det bra", "ha det gott",
    "med venlige hilsner", "mange hilsner", "de bedste hilsner", "kærlig hilsen", "kh", "vh", "hav en god dag", "hilsner", "beste hilsen", "ha en fin dag", "med hilsen", "vennlige hilsener", "hyvää päivänjatkoa",
    "terv", "t", "terkuin", "ystävällisesti", "kunnioittavasti", "aurinkoista päivää", "tervehdys", "üdvözlöm", "tisztelettel és üdvözlettel", "szép napot", "szép napot kívánok",
    "köszönettel", "baráti üdvözlettel", "további szép napot", "με εκτίμηση", "φιλικά", "χαιρετισμούς", "lugupidamisega", "parimate soovidega", "ar cieņu", "visu labu", "trân trọng", "hormat saya", "salam",
    "met vriendelijke groetjes", "hartelijks", "met groet", "gr", "mvrg", "fijne dag", "prettige dag", "fijne dag verder", "een fijne dag",
    "bonne journée", "bonne soirée", "belle journée", "très bonne journée", "bonne réception", "bien sincèrement", "respectueuses salutations", "salutations cordiales", "avec mes salutations",
    "buona giornata", "buona serata", "buon lavoro", "un caro saluto", "un saluto cordiale", "con i migliori saluti", "porgo cordiali saluti", "in fede", "cordialmente vostro", "molti saluti",
    "que tenga un buen día", "buen día", "un fuerte abrazo", "un saludo cordial", "saludos y gracias", "con un saludo", "quedo atento", "quedo atenta", "mis saludos", "besos", "abrazos",
    "bom dia de trabalho", "boa tarde", "um bom dia", "atenciosamente seu", "com os meus cumprimentos", "os melhores cumprimentos", "cordiais cumprimentos", "um forte abraço", "beijos",
    "schönen tag", "schönen tag noch", "einen schönen tag", "einen schönen tag noch", "alles gute", "bis bald", "beste wünsche", "gruss und dank", "sonnige grüsse", "viele grüssle", "hg", "bg", "fg", "mit freundlichen grüßen aus",
    "mit vielen grüssen", "mit lieben grüssen", "mit freundlichem grusse", "freundlichst", "ganz liebe grüsse", "servus", "in diesem sinne",
    "have a nice day", "have a great day", "have a good day", "have a good one", "take care", "talk soon", "very best", "warmly", "yours", "greetings", "best greetings", "with best wishes", "kindly", "regards and thanks", "many greetings",
    "此致", "祝好", "敬上", "顺祝商祺", "此致敬礼", "此致 敬礼", "敬礼", "敬禮", "顺颂商祺", "祝商祺", "顺颂时祺", "祝您生活愉快", "祝工作顺利", "祝你工作顺利", "祝您工作顺利", "祝一切顺利", "祝安好", "顺祝", "祝 好", "順頌商祺", "敬祝商祺", "谨上", "謹上", "敬啟",
    "敬具", "草々", "以上", "かしこ", "拝", "よろしくお願いします", "よろしくお願いいたします", "よろしくお願い致します", "宜しくお願いします", "宜しくお願いいたします", "宜しくお願い致します", "よろしくお願い申し上げます", "宜しくお願い申し上げます",
    "どうぞよろしくお願いいたします", "どうぞよろしくお願いします", "どうぞよろしくお願い致します", "何卒よろしくお願いいたします", "何卒よろしくお願い致します", "何卒宜しくお願い致します", "何卒宜しくお願いいたします", "何卒よろしくお願い申し上げます", "以上、よろしくお願いします",
    "以上、よろしくお願いいたします", "以上、よろしくお願い致します", "以上、宜しくお願い致します", "以上です",
    "감사합니다", "고맙습니다", "안녕히 계세요", "안녕히 계십시오", "수고하세요", "수고하십시오", "좋은 하루 되세요", "좋은 하루 보내세요", "그럼 이만", "배상", "올림", "드림", "감사드립니다",
    "تحياتي", "مع تحياتي", "مع التحية", "مع خالص التحية", "مع أطيب التحيات", "مع فائق الاحترام", "مع الشكر", "وتفضلوا بقبول فائق الاحترام", "أطيب التحيات", "شكرا لكم", "مع خالص التقدير", "والسلام", "بكل احترام",
    "בברכה", "תודה ובברכה", "בכבוד רב", "با احترام", "ขอแสดงความนับถือ",
];

#[rustfmt::skip]
const THANKS: &[&str] = &[
    "thanks", "thank you", "many thanks", "thx", "thanks again", "thanks in advance", "thank you in advance", "thanks a lot", "ty",
    "danke", "vielen dank", "besten dank", "herzlichen dank", "danke im voraus", "vielen dank im voraus", "gracias", "muchas gracias",
    "gracias de antemano", "dziękuję", "dzięki", "z góry dziękuję", "hvala", "hvala lepa", "najlepša hvala", "hvala in lep pozdrav",
    "ačiū", "dėkoju", "merci", "merci d'avance", "merci beaucoup", "grazie", "grazie mille", "obrigado", "obrigada", "bedankt",
    "dank je", "dank u", "alvast bedankt", "děkuji", "díky", "ďakujem", "спасибо", "заранее спасибо", "дякую", "tack", "tak",
    "takk", "kiitos", "köszönöm", "mulțumesc", "谢谢", "謝謝", "多谢", "感谢", "谢谢您",
    "teşekkürler", "teşekkür ederim", "şimdiden teşekkürler", "mersi", "tack så mycket", "tack på förhand", "mange tak", "på forhånd tak", "tusen takk", "takk for hjelpen",
    "på forhånd takk", "kiitos etukäteen", "kiitoksia", "köszönöm szépen", "előre is köszönöm", "vă mulțumesc", "mulțumesc anticipat", "dakujem", "ďakujem vopred", "děkuji předem", "děkuji moc", "hvala vnaprej", "hvala unaprijed",
    "hvala lijepa", "najljepša hvala", "iš anksto dėkoju", "iš anksto ačiū", "ačiū iš anksto", "dėkui", "благодарю", "большое спасибо", "спасибо за помощь", "щиро дякую", "дякую за допомогу", "hartelijk dank", "dank u wel", "dankjewel",
    "muito obrigado", "muito obrigada", "desde já obrigado", "desde já obrigada", "desde já agradeço", "grazie in anticipo", "grazie ancora", "molte grazie", "un grand merci", "avec mes remerciements", "merci d'avance pour votre aide",
    "mil gracias", "gracias por adelantado", "muchas gracias de antemano", "dzięki z góry", "z góry dzięki", "bardzo dziękuję", "tausend dank", "danke schön", "dankeschön", "danke euch", "danke dir", "vielen lieben dank", "danke vorab", "vielen dank vorab",
    "ありがとうございます", "ありがとうございました", "شكرا", "شكراً", "شكرا جزيلا", "ευχαριστώ", "תודה", "تشکر", "aitäh", "paldies", "cảm ơn", "terima kasih", "благодаря", "хвала", "хвала унапред",
];

/// What phones and mail programs add below a mail.
pub(super) fn is_footer(line: &str) -> bool {
    const LONGEST: usize = 140;
    const MOST_WORDS: usize = 16;
    if line.chars().count() > LONGEST || line.is_empty() || line.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let lower = phrases::lower(line).replace('’', "'");
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let sent = || FOOTER_STARTS.iter().any(|start| lower.starts_with(start)) && names_program(lower);
    sent()
        || FOOTER_LINES.iter().any(|start| lower.starts_with(start))
        || sent_from_abroad(lower)
        || offers_outlook(lower)
}

/// `Get Outlook for iOS`, in whatever language.
fn offers_outlook(lower: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let names = |name: &str| words.iter().any(|word| word.starts_with(name));
    names("outlook")
        && (names("android") || words.contains(&"ios"))
        && words.len() <= MOST_WORDS
        && !lower.contains(['.', ','])
}

/// Languages that say first from what it was sent.
fn sent_from_abroad(lower: &str) -> bool {
    const ENDS: [&str; 16] = [
        "发送",
        "發送",
        "傳送",
        "寄出",
        "送信",
        "から送信しました",
        "から送信",
        "lähetetty",
        "gönderildi",
        "gesendet",
        "verzonden",
        "에서 보냄",
        "에서 보냈습니다",
        "에서 전송됨",
        "에서 작성함",
        "küldve",
    ];
    const STARTS: [&str; 11] = [
        "发自",
        "發自",
        "傳送自",
        "從我的",
        "从我的",
        "来自我的",
        "來自我的",
        "küldve",
        "مرسل من",
        "تم الإرسال من",
        "أرسلت من",
    ];
    names_program(lower)
        && (lower.starts_with("أُرسلت من")
            || ENDS.iter().any(|end| lower.ends_with(end))
            || STARTS.iter().any(|start| lower.starts_with(start)))
}

fn names_program(lower: &str) -> bool {
    DEVICES.iter().any(|device| lower.contains(device)) && !lower.contains(" is ")
}

#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "iphon", "ipad", "ipod", "android", "samsung", "galaxy", "blackberry", "htc", "huawei", "xiaomi", "nokia", "phone", "mobil", "handy",
    "tablet", "windows", "outlook", "yahoo", "mail for", "mail app", "gmx", "почты", "pixel", "telefon", "teléfono", "téléphone", "telefoon", "telefono", "telefone",
    "telèfon", "device", "móvil", "móvel", "cellular", "gsm", "телефон", "手机", "手機", "携帯", "スマート", "gmail", "proton", " app",
    "oneplus", "sony", "xperia", "motorola", "oppo", "vivo", "realme", "redmi", "workspace", "spark", "thunderbird", "mac", "watch",
    "t-mobile", "verizon", "gerät", "apparaat", "appareil", "dispositiv", "komórk", "smartfon", "wireless", "fairphone", "chromebook",
    "яндекс", "yandex", "seznam", "orange", "onet", "interia", "wp poczt", "webmail", "smartphone", "スマホ", "스마트폰", "핸드폰", "휴대폰", "جهاز",
    "nexus", "lumia", "treo", "palm",
];

#[rustfmt::skip]
const FOOTER_STARTS: &[&str] = &[
    "sent from ", "sent on the go", "sent via ", "sent using ", "sent with ", "sent wirelessly", "sent while mobile",
    "sent through ", "get outlook for ", "typed on ", "written on my ", "sent on ",
    "von meinem ", "gesendet von ", "gesendet mit ", "gesendet über ", "gesendet aus ", "gesendet vom ", "versendet mit ",
    "diese nachricht wurde von ", "diese e-mail wurde von ", "outlook für ", "holen sie sich outlook", "von unterwegs",
    "diese nachricht wurde mit ", "mit der gmx", "mit der web.de", "vom handy", "vom iphone", "von outlook",
    "enviado desde ", "enviada desde ", "enviado con ", "enviado mediante ", "obtener outlook para ", "obtén outlook",
    "enviat des ", "wysłane z ", "wysłano z ", "wysłane przy ", "wysłano przy ", "wysłane za ", "wiadomość wysłana z ", "pobierz outlook",
    "uzyskaj outlook", "poslano z ", "poslano iz ", "poslano s ", "prenesite outlook", "pridobite outlook", "poslano prek ",
    "poslano sa ", "išsiųsta iš ", "siunčiama iš ", "siųsta iš ", "išsiųsta naudojant ", "gaukite outlook", "atsisiųskite outlook",
    "envoyé de ", "envoyé depuis ", "envoyé à partir ", "envoyé sans fil ", "envoyé avec ", "envoyé via ", "télécharger outlook",
    "obtenir outlook", "obtenez outlook", "provenance : ", "provenance:", "inviato da ", "inviato con ", "inviato dal ", "inviato tramite ",
    "ottieni outlook", "scarica outlook", "verzonden vanaf ", "verstuurd vanaf ", "verzonden met ", "verstuurd met ", "verzonden via ",
    "download outlook", "outlook voor ", "verstuurd van ", "enviado do ", "enviado a partir ", "enviada do ", "enviado via ",
    "enviado de ", "enviado pelo ", "obter o outlook", "obtenha o outlook", "odesláno z ", "odesláno pomocí ", "získejte outlook", "posláno z ",
    "odoslané z ", "získať outlook", "отправлено с ", "отправлено из ", "отправлено через ", "отправлено от ", "скачать outlook",
    "надіслано з ", "відправлено з ", "skickat från ", "hämta outlook", "sendt fra ", "hent outlook", "få outlook", "skickat från ",
    "lähetetty ", "hanki outlook", "elküldve ", "küldve ", "trimis de pe ", "trimis din ", "obțineți outlook", "gönderildi", "στάλθηκε από",
    "verzonden vanuit ", "verstuurd vanuit ", "skickades från ", "skickat via ", "sendt via ", "sendt med ", "отправлено со ", "отправлено при помощи ", "отправлено в ", "надіслано зі ", "надіслано через ",
    "odoslané pomocou ", "odesláno přes ", "posláno přes ", "poslano preko ", "poslano s pomočjo ", "gesendet per ", "lähetetty ", "trimis cu ", "trimis prin ", "sendt frá ", "saadetud ", "nosūtīts no ", "dikirim dari ",
    "được gửi từ ", "ส่งจาก", "נשלח מה", "ارسال شده از", "изпратено от ", "изпратено с ", "послато са ", "envoyé par ", "message envoyé depuis ", "mensagem enviada ", "mensaje enviado ", "messaggio inviato ",
    "poslato sa ", "获取 outlook", "下载 outlook", "取得 outlook", "outlook for ", "请下载",
];

/// Lines that are added whole.
#[rustfmt::skip]
const FOOTER_LINES: &[&str] = &[
    "virus-free. www.", "virus-free.www.", "virenfrei. www.", "virenfrei.www.", "libre de virus. www.", "sans virus. www.",
    "this email has been checked for viruses", "diese e-mail wurde von avast", "scanned by mailscanner", "sent with proton mail secure",
    "please consider the environment before print", "please think of the environment", "bitte denken sie an die umwelt",
    "pensez à l'environnement avant", "do you yahoo!?", "get your free email",
    "sent from mailbox", "sent from outlook", "sent from yahoo", "sent from proton", "enviado desde outlook",
];

/// A paragraph that says for whom the mail is meant and that it is confidential.
pub(super) fn is_disclaimer(paragraph: &[&str]) -> bool {
    const FEWEST_WORDS: usize = 8;
    const LONGEST: usize = 40;
    let first = paragraph.first().map(|line| line.trim().to_lowercase()).unwrap_or_default();
    let first = first.trim_start_matches(|c: char| !c.is_alphabetic());
    if HEADINGS.iter().any(|heading| first.starts_with(heading)) {
        return true;
    }
    if paragraph.len() > LONGEST || !SUBJECTS.iter().any(|subject| first.starts_with(subject)) {
        return false;
    }
    let text = paragraph.join(" ").to_lowercase();
    let unspaced = text.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
    (unspaced || text.split_whitespace().count() >= FEWEST_WORDS)
        && SECRETS.iter().any(|word| text.contains(word))
}

#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "confidentiality notice", "disclaimer:", "legal notice:", "legal disclaimer", "vertraulichkeitshinweis", "rechtlicher hinweis:",
    "aviso legal:", "aviso de confidencialidad", "avis de confidentialité", "clause de confidentialité", "nota di riservatezza",
    "avvertenza:", "aviso de confidencialidade", "klauzula poufności", "konfidencialumo pranešimas", "email disclaimer",
    "aviso legal", "avís legal", "confidential:", "privileged and confidential",
];

#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "this e-mail", "this email", "this message", "this mail", "this communication", "the information contained", "the information in this",
    "the information transmitted", "the contents of this", "the content of this", "the content of the", "if you are not the intended", "if you have received this",
    "information contained in this", "this transmission", "this electronic", "privileged", "important:",
    "diese e-mail", "diese mail", "diese nachricht", "der inhalt dieser", "die information in dieser", "die in dieser",
    "este mensaje", "este correo", "la información contenida", "la información incluida", "este e-mail", "este email", "aquest missatge",
    "ta wiadomość", "niniejsza wiadomość", "treść tej wiadomości", "wiadomość ta", "treść niniejszej", "niniejszy e-mail", "informacje zawarte",
    "to sporočilo", "to elektronsko", "sporočilo in", "ta e-pošta", "vsebina tega", "šis laiškas", "šis el. laiškas", "šis pranešimas",
    "šiame laiške", "šis elektroninis", "ši žinutė", "ce message", "ce courriel", "cet e-mail", "cet email", "ce mail", "le contenu de ce",
    "questo messaggio", "questa e-mail", "questa email", "le informazioni contenute", "il presente messaggio", "la presente e-mail",
    "esta mensagem", "esta mensaje", "as informações contidas", "dit bericht", "deze e-mail", "deze email", "de informatie", "dit e-mailbericht",
    "de inhoud van", "tato zpráva", "tento e-mail", "tento email", "obsah tohoto", "obsah této", "táto správa", "это сообщение", "данное сообщение", "это письмо",
    "настоящее сообщение", "данное письмо", "информация, содержащаяся", "содержание данного", "це повідомлення", "本邮件", "本郵件", "本电子邮件", "此邮件", "このメール", "この電子メール", "本メール",
    "denne e-mail", "denne mail", "detta meddelande", "detta e-postmeddelande", "denne e-posten", "tämä viesti", "ez az e-mail", "acest mesaj", "bu e-posta",
    "ova poruka", "ovaj e-mail", "ova e-pošta", "ova elektronička", "sadržaj ove", "denne e-post", "denne meldingen", "innholdet i denne", "denne besked", "denne meddelelse", "indholdet af denne",
    "detta e-mail", "det här e-post", "det här meddelandet", "innehållet i detta", "tämä sähköposti", "tämän viestin", "tämän sähköpostin", "ezen e-mail", "jelen e-mail", "jelen üzenet", "ez az üzenet", "a jelen",
    "acest e-mail", "acest email", "prezentul mesaj", "conținutul acestui", "informațiile conținute", "bu mesaj", "bu ileti", "bu elektronik", "цей лист", "цей електронний", "дане повідомлення", "інформація, що міститься", "этот e-mail", "электронное сообщение",
    "информация в этом", "настоящее электронное", "содержимое этого", "este e-mail e", "o conteúdo desta", "a informação contida", "este correo electrónico", "el contenido de este", "la información de este", "la presente comunicación",
    "il contenuto di questa", "il contenuto del presente", "la presente comunicazione", "le message ci-dessus", "le présent message", "l'information contenue", "les informations contenues", "deze mail", "de inhoud van", "dit e-mail", "aan dit bericht",
    "sporočilo je", "to e-sporočilo", "podatki v tem", "táto e-mailová", "tento mail", "informácie obsiahnuté", "informace obsažené", "tato e-mailová", "w tej wiadomości", "informacja zawarta", "ta wiadomość e-mail", "šio laiško", "šio pranešimo",
    "šiame pranešime", "informacija, esanti", "此电子邮件", "这封邮件", "本信息", "此邮件及", "本信件", "本電子郵件", "此電子郵件", "本电邮", "このeメール", "本電子メール", "このメッセージ", "이 이메일", "이 메일", "본 메일", "본 이메일", "이 메시지", "이 전자우편", "본 전자우편",
    "هذه الرسالة", "هذا البريد", "محتويات هذه", "المعلومات الواردة", "το παρόν", "αυτό το μήνυμα", "see kiri", "käesolev", "šis ziņojums", "šis e-pasts", "това съобщение", "ова порука",
];

#[rustfmt::skip]
const SECRETS: &[&str] = &[
    "confidential", "privileged", "intended only", "intended solely", "solely for the", "intended recipient", "intended for", "vertraulich",
    "ausschließlich für", "unbefugte", "confidencial", "destinatario", "poufn", "wyłącznie dla", "adresat", "zaupn", "izključno", "naslovnik",
    "konfidencial", "adresuot", "skirtas tik", "skirta tik", "confidentiel", "destinataire", "riservat", "confidenzial", "destinatári",
    "vertrouwelijk", "geadresseerde", "uitsluitend", "důvěrn", "výhradně", "dôvern", "конфиденциальн", "конфіденційн", "адресат", "保密", "机密", "機密", "秘密",
    "fortrolig", "konfidentiell", "luottamuksell", "bizalmas", "confidențial", "gizli",
    "povjerljiv", "poverljiv", "isključivo primatelj", "konfidensiell", "bara avsedd", "endast avse", "kun beregnet", "kun ment for", "기밀", "비밀", "지정된 수신", "سرية", "سري ", "εμπιστευτικ", "konfidentsiaal", "поверително", "поверљив", "kizárólag a címzett", "luottamuksellinen",
];

/// The rule and the lines that a mailing list puts below each mail.
pub(super) fn is_list_footer(paragraph: &[&str]) -> bool {
    const SHORTEST_RULE: usize = 20;
    const LONGEST: usize = 8;
    const WORDS: [&str; 6] = [
        "mailing list",
        "unsubscribe",
        "mailman/listinfo",
        "liste de diffusion",
        "mailingliste",
        "abbestellen",
    ];
    let rule = paragraph.first().map(|line| line.trim()).unwrap_or_default();
    let ruled = rule.len() >= SHORTEST_RULE && rule.bytes().all(|b| matches!(b, b'_' | b'-' | b'='));
    let told = || paragraph.iter().any(|line| WORDS.iter().any(|word| line.to_lowercase().contains(word)));
    ruled && paragraph.len() <= LONGEST && told()
}
