//! Rule: the labels in the head of a quoted mail, such as `From:` and `Betreff:`, in many languages.

/// What a line of a quoted head is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    From,
    Date,
    To,
    Subject,
}

/// The labels of a head in many languages.
#[rustfmt::skip]
const LABELS: [(Label, &[&str]); 4] = [
    (Label::From, &[
        "from", "von", "absender", "de", "remitente", "od", "nadawca", "pošiljatelj", "nuo", "siuntėjas", "da", "mittente",
        "van", "afzender", "från", "fra", "expéditeur", "lähettäjä", "feladó", "de la", "от", "от кого", "отправитель", "від",
        "odesílatel", "odesilatel", "odosielateľ", "kimden", "gönderen", "发件人", "寄件者", "寄件人", "差出人", "送信者", "送信元",
        "보낸 사람", "보낸사람", "보낸이", "발신", "발신자", "발신인", "lähettänyt", "šalje", "pošiljatelj", "από", "αποστολέας", "từ", "من", "المرسل",
        "מאת", "saatja", "no", "sūtītājs", "dari", "จาก", "изпраща", "шаље", "送件者", "gönderici", "frá",
    ]),
    (Label::Date, &[
        "sent", "date", "sent at", "gesendet", "gesendet am", "datum", "enviado", "enviado el", "enviado a las", "fecha", "el",
        "wysłano", "wysłane", "data", "data wysłania", "poslano", "datum in ura", "išsiųsta", "siųsta", "envoyé", "envoyé le",
        "date d'envoi", "inviato", "inviata", "verzonden", "verzonden op", "enviada", "enviada em", "enviado em", "skickat",
        "skickat den", "sendt", "dato", "lähetetty", "päivämäärä", "päiväys", "elküldve", "küldve", "dátum", "trimis", "dată",
        "отправлено", "дата", "надіслано", "odesláno", "odoslané", "gönderildi", "gönderme tarihi", "tarih", "发送时间", "发送日期",
        "日期", "寄件日期", "傳送時間", "送信日時", "日付", "日時", "날짜", "보낸 날짜", "보낸날짜", "보낸 시간", "일시", "일자", "送信日", "發送時間",
        "發送日期", "時間", "时间", "التاريخ", "تم الإرسال", "تاريخ الإرسال", "أرسلت", "תאריך", "נשלח", "saadetud", "kuupäev", "nosūtīts",
        "datums", "dikirim", "tanggal", "изпратено", "послато", "датум", "вислано", "дата отправки", "dňa", "vytvořeno", "odeslané", "dátum odoslania",
        "küldés dátuma", "αποστολή", "στάλθηκε", "envoyée", "sent on", "date sent", "wysłana", "poslano dne", "ημερομηνία", "ngày", "đã gửi",
    ]),
    (Label::To, &[
        "to", "cc", "bcc", "reply-to", "an", "kopie", "antwort an", "para", "copia", "responder a", "do", "dw", "adresat", "za",
        "kp", "kam", "kopija", "adresatas", "à", "pour", "copie", "répondre à", "destinataire", "a", "per", "risposta", "aan",
        "beantwoord", "till", "kopia", "til", "vastaanottaja", "kopio", "címzett", "către", "către", "кому", "копия", "копія",
        "komu", "kópia", "kime", "bilgi", "收件人", "抄送", "收件者", "副本", "宛先", "받는 사람", "받는사람", "참조", "prima", "προς", "đến",
        "destinatario", "destinatário", "empfänger", "cci", "إلى", "الى", "نسخة", "אל", "עותק", "adressaat", "до", "копие", "коме", "kepada", "ถึง",
        "másolatot kap", "másolat", "alıcı", "primatelj", "za", "kp", "수신", "수신자", "수신인", "숨은 참조", "参照", "送信先", "收件", "密件抄送", "密送", "κοιν.",
        "κοινοποίηση", "kopi", "kopie an", "kopija", "skt", "udw", "слепая копия", "cópia", "ricevuto da", "till",
    ]),
    (Label::Subject, &[
        "subject", "betreff", "asunto", "assumpte", "temat", "zadeva", "tema", "objet", "sujet", "oggetto", "onderwerp",
        "assunto", "ämne", "emne", "aihe", "tárgy", "subiect", "тема", "předmět", "predmet", "konu", "主题", "主旨", "件名",
        "题目", "標題", "标题", "제목", "الموضوع", "נושא", "teema", "temats", "subjek", "perihal", "เรื่อง", "относно", "наслов", "тема письма",
        "objekts", "efni", "θέμα", "chủ đề",
    ]),
];

/// `Von: Ann`, `*Sent:* Monday`, `| Subject: x`: the label and what follows it, if the line begins with one.
pub(super) fn header_label(line: &str) -> Option<(Label, &str)> {
    const LONGEST: usize = 48;
    let (label, rest) = line.trim_start_matches(FRAME).split_once([':', '：'])?;
    if label.len() > LONGEST {
        return None;
    }
    let label = label.trim_matches(FRAME).to_lowercase().replace('’', "'");
    let known = LABELS.iter().find(|(_, words)| words.contains(&label.as_str()));
    known.map(|(label, _)| (*label, rest))
}

/// The value of a row of any head, such as `Saatja: Ann <ann@a.example>`: a short label without digits, a colon and words.
pub(super) fn head_row(line: &str) -> Option<&str> {
    const LONGEST: usize = 24;
    const MOST_WORDS: usize = 3;
    let (label, value) = line.trim_start_matches(FRAME).split_once([':', '：'])?;
    let label = label.trim_matches(FRAME);
    let fits = (1..=LONGEST).contains(&label.chars().count())
        && label.split_whitespace().count() <= MOST_WORDS
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | '\u{200f}'));
    (fits && !value.trim().is_empty()).then_some(value)
}

const FRAME: [char; 7] = ['*', '_', '|', ' ', '\t', '\u{a0}', '\u{3000}'];

/// `From: Ann <ann@a.example> Sent: Friday To: Bob Subject: x`: the whole head in one line.
pub(super) fn is_head_in_one_line(line: &str) -> bool {
    const LONGEST: usize = 600;
    if line.len() > LONGEST || !matches!(header_label(line), Some((Label::From, _))) {
        return false;
    }
    let mut found: Vec<Label> = Vec::new();
    let mut words = line.split_whitespace().map(|word| word.trim_matches('*'));
    while let Some(word) = words.next().filter(|_| found.len() < 4) {
        let label = word.ends_with([':', '：']).then(|| header_label(word)).flatten();
        found.extend(label.map(|(label, _)| label).filter(|label| !found.contains(label)));
    }
    found.len() >= 4
}
