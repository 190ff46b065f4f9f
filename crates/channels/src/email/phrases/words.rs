//! Rule: the words of mail programs around quotes, by what they are for, in lower case.

/// Languages that end with the verb, then the colon.
#[rustfmt::skip]
pub(super) const VERBS_LAST: &[&str] = &[
    "wrote", "sent", "writes", "has written", "said", "wrote on", "schrieb", "geschrieben", "escribió", "escribio", "escribe",
    "ha escrit", "va escriure", "napisał", "napisała", "napisał(a)", "napisał/a", "napisał(-a)", "napisali", "pisze", "napisal",
    "napisala", "napisal(a)", "napisal/a", "napisal/-a", "napisal(-a)", "piše", "pisal", "pisala", "pisal/-a", "pisal(a)", "rašė", "parašė",
    "rašo", "rašė(-o)", "écrit", "écrivait", "ha scritto", "scrisse", "scrive", "scritto", "geschreven", "schreef", "escreveu",
    "escreve", "skrev", "skrev følgende", "følgende", "kirjoitti", "kirjoitti näin", "napsal", "napsala", "napsal(a)", "napsal/a", "napísal",
    "napísala", "napísal(a)", "napísal/a", "írta", "írja", "a scris", "scris", "написал", "написала", "написал(а)", "написал(-а)",
    "написав", "написав(ла)", "написав(-ла)", "пише", "пишет", "писал", "писал(а)", "писав", "писав(ла)", "yazdı", "şunu yazdı",
    "şunları yazdı", "je napisao", "napisao je", "napisala je", "napisao/la je", "je napisao/la", "je napisao(la)", "napisao/la",
    "napisao(la)", "je napisala", "написао је", "је написао", "је написао/ла", "έγραψε", "menulis", "đã viết", "написа", "rakstīja", "kirjutas", "เขียนว่า",
    "skrifaði", "a écrit", "ha scrit", "egraphe", "كتب", "نوشت", "כתב", "כתב/ה",
];

/// The same in languages that don't set words apart, or add the verb to the name.
#[rustfmt::skip]
pub(super) const VERBS_LAST_UNSPACED: &[&str] = &[
    "写道", "寫道", "写到", "寫到", "来信", "來信", "書きました", "書いた", "の書き込み", "のメール", "のメッセージ", "작성", "작성함", "썼습니다", "쓴 글", "님이 작성",
    "님의 말", "님의 메시지",
];

/// Languages that put the name after the verb.
#[rustfmt::skip]
pub(super) const VERBS_WITHIN: &[&str] = &[
    " schrieb ", " schreef ", " skrev ", " napsal", " napísal", " napisał", " napisal", " napisao", " a écrit", " escribió ", " escreveu ",
    " ha scritto ", " wrote ", " написал", " написав", " napisana przez ", " kirjoitti ", " escrigué ", " rašė", " parašė", " írta", " كتب ",
    " пише", " пишет", " писал", " писав", " yazdı", "の書き込み", "さんは", "写道", "寫道", " kirjutas ", "بواسطة ", " het volgende ",
];

/// Who speaks of what they wrote themselves: the ends of such sentences.
#[rustfmt::skip]
pub(super) const OWN_VERBS: &[&str] = &[
    "i wrote", "we wrote", "i sent", "i said", "we sent", "i have written", "schrieb ich", "ich schrieb", "schrieben wir", "ich geschrieben", "wir geschrieben",
    "schreef ik", "ik schreef", "ik geschreven", "skrev jag", "jag skrev", "skrev jeg", "jeg skrev", "я написал", "я написала", "я писал", "я писала",
    "j'ai écrit", "nous avons écrit", "minä kirjoitti",
];

/// How programs begin that name nothing but whom they quote, as `Quoting Ann <ann@a.example>:`.
#[rustfmt::skip]
pub(super) const QUOTING: &[&str] = &[
    "quoting ", "zitat von ", "zitiere ", "citando ", "cytowanie ", "cytat ", "citeren ", "citaat van ", "cituji ", "citujem ", "citace ", "цитирование ", "цитата ",
    "citat av ", "citat från ", "citat fra ", "citerar ", "citation de ", "lainaus ", "idézet ", "citez ", "alıntı ", "цитування ", "quotation from ",
    "navajam ", "cituoju ", "wiadomość napisana przez ", "missatge de ", "mensaje de ",
];

/// The words with which introductions begin.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "on", "at", "am", "el", "w", "dnia", "le", "il", "op", "em", "den", "dne", "dňa", "dana", "v", "kl", "a", "pe", "às", "no", "de",
    "в", "у", "la", "στις", "lø", "ma", "ke", "pá", "út", "čt", "po", "ne", "so", "vào", "trong", "lúc", "på", "oseba", "în",
    "pada", "за", "в", "на", "во", "el", "dia", "za", "u", "pi", "št", "ut", "st", "pe", "ti", "to", "su", "à", "il", "ob", "den",
    "في", "يوم", "بتاريخ", "בתאריך", "ב", "kuupäev", "ngày", "tanggal", "ang", "uto", "sri", "čet", "ned", "sub",
];

/// The beginnings of the days' names.
#[rustfmt::skip]
pub(super) const DAYS: &[&str] = &[
    "пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд", "понед", "четв", "пятн", "субб", "воскр", "неділ", "п’ят", "п'ят", "серед", "середа", "вівт", "пет", "чет", "нед", "суб", "вторн", "среда",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mié",
    "jue", "vie", "sáb", "dom", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "tor", "sre", "čet", "pet", "ned",
    "pirm", "antr", "treč", "ketv", "penkt", "šešt", "sekm", "quar", "ter", "piąt", "wtor", "środ", "czwart", "sex", "seg", "qui", "qua", "ven", "gio", "mer", "jeu", "sam",
    "vr", "za", "zo", "ma", "wo", "vrij", "zat", "zon", "maan", "dins", "woen", "dond", "pát", "úte", "stř", "čtv", "ponděl", "piat", "štvr", "stred", "utor",
    "fre", "lör", "sön", "tis", "ons", "tors", "mån", "lør", "søn", "tir", "man", "perj", "lauant", "sunnun", "maanan", "tiist", "keskiv", "torst", "vin", "joi", "mie", "sâm", "dum",
    "cum", "pzt", "sal", "çar", "per", "paz", "cts", "σάβ", "παρ", "δευ", "τρί", "τετ", "πέμ", "κυρ", "pn", "an", "tr", "kt", "pk", "št", "sk", "svi", "uto", "sri", "sub", "ponedj",
];

/// What separators call the mail below them.
#[rustfmt::skip]
pub(super) const ORIGINAL: &[&str] = &[
    "original message", "original email", "original mail", "original e-mail", "original appointment", "original", "message original", "originale nachricht",
    "reply message", "ursprüngliche nachricht", "ursprüngliche mail", "ursprüngliche e-mail", "originalnachricht", "original-nachricht", "original nachricht",
    "originalmail", "mensaje original", "correo original", "missatge original", "oryginalna wiadomość", "oryginalny mail", "treść oryginalnej wiadomości", "wiadomość pierwotna",
    "wiadomość oryginalna", "wiadomość oryginalna:", "izvirno sporočilo", "originalno sporočilo", "izvorno sporočilo",
    "prvotno sporočilo", "originalus laiškas", "pradinis laiškas", "originali žinutė", "pirminis pranešimas", "originalus pranešimas", "pradinis pranešimas", "pirminis laiškas",
    "message d'origine", "message initial", "messaggio originale", "messaggio originario", "mail d'origine", "courriel d'origine", "message précédent",
    "oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht", "originele bericht", "mensagem original", "e-mail original",
    "oprindelig meddelelse", "original besked", "oprindelig besked", "opprinnelig melding", "original melding", "ursprungligt meddelande", "opprinnelig e-post",
    "originalmeddelande", "ursprungligt e-postmeddelande", "alkuperäinen viesti", "původní zpráva", "původní e-mail", "původní email", "originální zpráva", "pôvodná správa", "pôvodný e-mail", "originálna správa",
    "eredeti üzenet", "eredeti levél", "mesajul original", "mesaj original", "mesajul inițial", "исходное сообщение", "оригинальное сообщение", "исходное письмо", "первоначальное сообщение",
    "оригінальне повідомлення", "вихідне повідомлення", "початкове повідомлення", "原始邮件", "邮件原件", "原始郵件", "原邮件", "原始信息", "回复的原邮件", "回复的邮件", "元のメッセージ", "元のメール", "オリジナルメッセージ", "원본 메시지", "원본 이메일", "원본 메일", "원본메시지", "원본메일", "original message follows",
    "özgün ileti", "orijinal mesaj", "orijinal ileti", "asıl ileti", "izvorna poruka", "originalna poruka", "izvorna poruka e-pošte", "оригинална порука", "оригинално съобщение", "първоначално съобщение",
    "الرسالة الأصلية", "رسالة أصلية", "الرسالة الاصلية", "הודעה מקורית", "αρχικό μήνυμα", "πρωτότυπο μήνυμα", "tin nhắn gốc", "thư gốc", "pesan asli", "ข้อความต้นฉบับ", "sākotnējais ziņojums", "algne sõnum", "upprunaleg skilaboð",
];

/// Where a line asks for the answer.
#[rustfmt::skip]
pub(super) const ABOVE: &[&str] = &[
    "above this line", "oberhalb dieser", "über dieser zeile", "encima de esta línea", "nad tą linią", "powyżej tej linii", "por encima de esta línea", "acima desta linha",
    "nad to vrstico", "au-dessus de cette ligne", "sopra questa riga", "sopra questa linea", "boven deze regel", "boven deze lijn", "nad tento řádek", "nad tímto řádkem", "выше этой строки", "над этой строкой",
    "ovanför den här raden", "ovanför denna rad", "over denne linje", "over denne linjen", "tämän rivin yläpuolelle", "virš šios eilutės", "この行より上", "请在此行上方", "在此行上方",
];

/// What programs write above a forwarded mail.
#[rustfmt::skip]
pub(super) const FORWARDED: &[&str] = &[
    "forwarded message", "forwarded mail", "forwarded email", "fwd", "begin forwarded message", "forwarded by",
    "start of forwarded message", "weitergeleitete nachricht", "weitergeleitete mail", "weitergeleitete e-mail",
    "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail", "anfang der weitergeleiteten mail",
    "beginn der weitergeleiteten nachricht", "beginn der weitergeleiteten e-mail", "mensaje reenviado", "inicio del mensaje reenviado", "mensaje reenviado por", "comienzo del mensaje reenviado",
    "missatge reenviat", "wiadomość przekazana", "przekazana wiadomość", "treść przekazanej wiadomości", "wiadomość przekazana dalej",
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "posredovano sporočilo", "posredovana pošta",
    "začetek posredovanega sporočila", "persiųstas laiškas", "persiunčiamas laiškas", "persiųsta žinutė", "persiųstas pranešimas",
    "persiųsto laiško pradžia", "persiunčiamo laiško pradžia", "persiunčiamos žinutės pradžia", "message transféré", "message réexpédié", "début du message réexpédié", "courriel transféré",
    "début du message transféré", "messaggio inoltrato", "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "doorgestuurd bericht", "doorgezonden bericht",
    "begin doorgestuurd bericht", "begin van doorgestuurd bericht", "mensagem encaminhada", "mensagem reenviada", "início da mensagem reenviada",
    "mensagem reencaminhada", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "přeposlaná zpráva", "přeposlaný e-mail", "začátek přeposílané zprávy", "začátek přeposlané zprávy", "preposlaná správa", "začiatok preposlanej správy",
    "пересылаемое сообщение", "пересланное сообщение", "перенаправленное сообщение", "пересылаемое письмо", "пересланное письмо", "начало пересылаемого сообщения", "начало пересланного сообщения",
    "начало переадресованного сообщения", "конец пересылаемого сообщения", "переслане повідомлення", "початок переадресованого повідомлення", "початок пересланого повідомлення", "переадресоване повідомлення", "vidarebefordrat meddelande", "vidarebefordrat mejl",
    "vidarebefordrat brev", "början på vidarebefordrat meddelande", "videresendt meddelelse", "videresendt besked", "videresendt e-mail", "start på videresendt besked", "start på videresendt e-mail", "videresendt e-post",
    "videresendt melding", "start på videresendt melding", "välitetty viesti", "välitetty viesti alkaa", "edelleenlähetetty viesti", "továbbított üzenet", "továbbított levél",
    "továbbított üzenet kezdete", "转发的邮件", "下面是被转发的邮件", "开始转发的邮件", "转发邮件", "転送されたメッセージ", "转发邮件信息", "转发的消息", "轉寄的郵件", "開始轉寄郵件", "已轉寄的郵件", "転送メッセージ", "転送されたメール",
    "転送メール", "전달된 메시지", "전달된 메시지 시작", "전달된 메일", "mesaj redirecționat", "început mesaj redirecționat", "mesaj transmis", "începutul mesajului redirecționat", "iletilen mesaj", "iletilmiş ileti", "iletilen ileti", "iletilen mesajın başlangıcı", "başlangıç iletilen ileti", "yönlendirilmiş mesaj",
    "proslijeđena poruka", "početak proslijeđene poruke", "прослеђена порука", "препратено съобщение", "رسالة معاد توجيهها", "بداية الرسالة المعاد توجيهها", "رسالة محولة", "הודעה שהועברה", "προωθημένο μήνυμα", "tin nhắn được chuyển tiếp", "pesan diteruskan", "pārsūtītais ziņojums", "edastatud sõnum",
];
