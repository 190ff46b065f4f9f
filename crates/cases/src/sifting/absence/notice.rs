//! Absence notices without a machine's header: what they are made of, which people's mails rarely have together.

use super::{SET_OFF, Sign, sign, start};
use crate::incoming::{AutoKind, Incoming};
use crate::sifting::phrases::Phrases;
use crate::sifting::return_date::returns;
use kernel::Instant;
use std::sync::LazyLock;

/// A short text of nothing but an absence: away, and at least two of thanks for the mail, a day of return, whom to ask, what happens to
/// mail. With a telling subject, one is enough. Who asks something, or wants something of us, is a person.
pub(super) fn notice(mail: &Incoming) -> Sign {
    const LONGEST: usize = 1_500;
    let text = own_text(mail);
    if text.len() > LONGEST || text.contains(['?', '？']) {
        return None;
    }
    let away = AWAY.are_in(&text) || super::away(&text).is_some();
    let titled = titled(&mail.subject);
    if !away && !titled {
        return None;
    }
    let told = returns(&text, mail.date.unwrap_or(Instant::from_micros(0)));
    let day = told.as_ref().is_some_and(|told| told.on.is_some());
    let whom = told.is_some_and(|told| told.substitute.is_some()) || URGENT.are_in(&text);
    let (thanks, mails, later) = (THANKS.are_in(&text), MAILS.are_in(&text), LATER.are_in(&text));
    let asks = !whom && PLEASE.are_in(&text);
    let signs = [titled, day, whom, thanks, mails, later].into_iter().filter(|sign| *sign).count();
    (signs >= 2 && !asks && !FOR_ANSWER.are_in(&text)).then_some(())?;
    let sentence = "It has nothing but the words of an absence notice.";
    sign(AutoKind::Vacation, "sifting.vacation_notice", sentence)
}

/// The text says that somebody is away, and asks nothing.
pub(super) fn speaks_of_absence(mail: &Incoming) -> bool {
    let text = own_text(mail);
    let away = AWAY.are_in(&text) || super::away(&text).is_some();
    text.trim().is_empty() || (away && !text.contains(['?', '？']) && !PLEASE.are_in(&text))
}

fn own_text(mail: &Incoming) -> String {
    let own = if mail.new_text.is_empty() { &mail.text } else { &mail.new_text };
    start(own, 2_000).to_lowercase().replace(['’', '‘'], "'")
}

/// The subject begins with a word for an absence that is set off from the rest, or says who is out.
fn titled(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    let begins = TITLES.split('|').any(|word| {
        let rest = subject.strip_prefix(word).map(str::trim_start);
        rest.is_some_and(|rest| {
            rest.starts_with(SET_OFF) || rest.starts_with("re:") || rest.starts_with("aw:")
        })
    });
    begins || WHO_IS_OUT.are_in(&subject)
}

const TITLES: &str = "away|ooo|out|absent|absence|on leave|leave|annual leave|maternity leave|parental leave|sick leave|holiday|vacation|\
    vacation response|closed|office closed|abwesend|abwesenheit|urlaub|im urlaub|elternzeit|mutterschutz|betriebsferien|nicht im büro|\
    ausente|ausencia|vacaciones|de vacaciones|absent(e) du bureau|absent du bureau|absente du bureau|absent(e)|absente|congés|en congés|congé|\
    en congé|vacances|assente|assenza|ferie|in ferie|ausência|ausente|férias|de férias|afwezig|afwezigheid|vakantie|op vakantie|\
    nieobecność|nieobecny|nieobecna|urlop|na urlopie|odsotnost|odsoten|odsotna|dopust|na dopustu|nedarbas|nesu|atostogos|atostogauju|\
    nepřítomnost|nepřítomen|nepřítomna|dovolená|na dovolené|отсутствую|отсутствие|отпуск|в отпуске|нет на месте|нет в офисе|\
    不在通知|不在のお知らせ|不在|休暇|休業|不在办公室|外出|休假|出差|frånvarande|frånvaro|semester|fravær|ferie|fraværende|poissa|lomalla|\
    távollét|szabadság|absent|absență|concediu|відпустка|відсутній|izvan ureda|odmor|mimo kanceláriu|dovolenka";

static WHO_IS_OUT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "is out of the office|is out of office|is on leave|is on vacation|is on holiday|is away|ist nicht im büro|ist abwesend|\
    ist im urlaub|está fuera de la oficina|está ausente|jest poza biurem|jest nieobecn|est absent|è assente|è fuori ufficio|está fora|\
    is afwezig|is niet aanwezig|ni v pisarni|je odsot|nėra biure|je mimo kancelář",
    )
});

/// Being away, beside what machines' notices say anyway.
static AWAY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "erkrankt|nicht im haus|außer haus|ausser haus|nicht am arbeitsplatz|dienstreise|geschäftsreise|we're closed|niet bereikbaar|esu atostogose|paternity leave|parental leave|attending a conference|i'm away|we are away|i am away|away this week|away from my|am travelling|am traveling|i will be out|i'll be out|i am out|i'm out|\
    out until|office is closed|offices are closed|we are closed|on sick leave|on paternity leave|on sabbatical|gone fishing|nicht im büro|\
    in elternzeit|in mutterschutz|bin abwesend|bin verreist|geschlossen|kehre zurück|bin unterwegs|krankgeschrieben|\
    estaré fuera|me encuentro fuera|estoy fuera|de baja|de vacaciones|estaré de viaje|cerrada|przebywam na|jestem na urlopie|nieobecn|\
    jestem poza|w delegacji|na zwolnieniu|sem na dopustu|na dopustu|odsot|nisem v|bolnišk|atostogauj|atostogose|nesu darbe|nebūsiu|\
    komandiruotėje|suis absent|serai absent|en congé|en déplacement|en vacances|bureau est fermé|sono assente|sarò assente|in ferie|\
    fuori sede|fuori ufficio|chiuso|estou de férias|estarei de férias|estou fora|estarei fora|ausente|encontro-me ausente|\
    ben afwezig|afwezig|op vakantie|met verlof|niet op kantoor|ben ik er niet|ben vrij|čerpám dovolenou|na dovolené|nejsem v|\
    mimo kancelář|služební cestě|nepřítom|в отпуске|отсутств|не на работе|в командировке|нахожусь в|休假|出差|外出|不在办公室|年假|产假|\
    休暇|不在|休業|出張|お休み|holder ferie|på ferie|er ikke på kontoret|har semester|på semester|tjänstledig|är ledig|lomalla|poissa|\
    szabadságon|távol|în concediu|plecat|у відпустці|відсутн|na godišnjem|izvan ureda|on annual leave|on leave",
    )
});

static THANKS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "thank you for your e|thank you for your m|thanks for your e|thanks for your m|thank you for contacting|thanks for contacting|\
    thank you for getting in touch|thanks for getting in touch|thank you for reaching|thank you for writing|thanks for reaching|dank für ihre|\
    dank für deine|danke für ihre|danke für deine|gracias por su|gracias por tu|gracias por contactar|gracias por escrib|dziękuję za wiad|\
    dziękujemy za wiad|dziękuję za kontakt|dziękuję za mail|dziękuję za e-mail|hvala za sporoč|hvala za vaše|hvala za vaš e|hvala za mail|\
    ačiū už|dėkoju už|dėkojame už|merci pour votre|merci de votre|merci pour ton|grazie per il|grazie per la|grazie per aver|\
    obrigado pel|obrigada pel|obrigado por|obrigada por|agradeço o seu|bedankt voor|dank voor uw|dank voor je|dank u voor|děkuji za|děkujeme za|\
    благодарю за|благодарим за|спасибо за|感谢您的|感谢来信|谢谢您的|谢谢来信|ありがとうございます|tak for din|tack för ditt|takk for|kiitos viesti|\
    köszönöm |mulțumesc pentru|дякую за|ďakujem za|zahvaljuj",
    )
});

static URGENT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "in urgent|if urgent|for urgent|is urgent|anything urgent|urgent enquir|urgent inquir|urgent quer|all enquiries|all inquiries|urgent matters|urgent cases|emergency|in my absence|during my absence|\
    in dringend|dringende|dringenden|in eiligen|vertretung|meine kollegin|meinen kollegen|asuntos urgentes|urgencia|urgente|\
    w pilnych|pilnych spraw|zastępuje mnie|v nujnih|nujne zadeve|nadomešča|skubiais|skubiu|mane pavaduoja|cas d'urgence|urgence|en mon absence|\
    per urgenze|urgenz|in mia assenza|caso de urgência|assuntos urgentes|na minha ausência|dringende|spoedeisend|bij spoed|\
    v naléhav|naléhavé|zastupuje mě|по срочным|срочных|замещает|紧急|急事|お急ぎ|緊急|hastesager|haster|brådskande|kiireellis|sürgős|urgență",
    )
});

/// What happens to mail meanwhile.
static MAILS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "limited access to|no access to|not be checking|won't be checking|will not be checking|not be reading|not have access|\
    will not be forwarded|won't be forwarded|not forwarded|nicht weitergeleitet|wird nicht gelesen|keinen zugriff|nur eingeschränkt|\
    eingeschränkten zugriff|eingeschränkt erreichbar|slow to respond|slow to reply|delayed response|no tendré acceso|acceso limitado|nie będzie przekazan|ograniczony dostęp|ne berem|accès limité|\
    ne sera pas transf|accesso limitato|não terei acesso|acesso limitado|lees mijn mail|geen toegang|niet doorgestuurd|beperkt toegang|\
    omezený přístup|nebude přeposl|e-maily čtu|ограничен доступ|не проверяю почту|无法及时|確認できません|your mail will|\
    your message will|your email will|your e-mail will",
    )
});

/// An answer for later.
static LATER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "will respond to|when we reopen|when we are back|until my return|until our return|will reply|will answer|i'll reply|i'll respond|i'll get back|we'll get back|will get back to you|will be answered|\
    as soon as i|upon my return|on my return|when i return|when i am back|when we return|after my return|once we're back|once i'm back|\
    nach meiner rückkehr|nach meinem urlaub|beantworte ich|bearbeiten wir ab|melde ich mich|melde mich|wieder für sie da|a mi regreso|a mi vuelta|responderé|po powrocie|odpowiem|po vrnitvi|\
    odgovoril bom|odgovorila bom|bom odgovoril|grįžęs|grįžusi|atsakysiu|à mon retour|dès mon retour|traiterai|répondrai|al mio rientro|\
    al mio ritorno|risponderò|no meu regresso|quando voltar|responderei|bij terugkomst|na mijn vakantie|po návratu|odpovím|\
    после возвращения|отвечу|по возвращении|回来后|返回后|尽快回复|ご返信|返信が遅れ|出社後|svarer når|svarar när|vastaan",
    )
});

/// Machines thank for a mail. Who thanks for an answer has read it.
static FOR_ANSWER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "for your answer|for your reply|for your response|for your quick|for the quick|for your prompt|für ihre antwort|für ihre schnelle|\
    für die antwort|für die schnelle|por su respuesta|por tu respuesta|por la respuesta|pela resposta|pela sua resposta|\
    pour votre réponse|de votre réponse|pour la réponse|per la risposta|za odpowiedź|za odgovor|vaš odgovor|už atsakymą|voor uw antwoord|\
    voor uw reactie|voor uw snelle|za odpověď|за ответ|的回复|ご返信ありがとう|ご回答ありがとう",
    )
});

static PLEASE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::between_bars(
        "please|could you|can you|bitte|könnten sie|können sie|por favor|proszę|prosimy|prosim|prašau|prašome|galite|s'il vous|\
    pouvez-vous|merci de |per favore|potete|vi prego|por favor|podem|alstublieft|graag|kunt u|prosím|můžete|пожалуйста|прошу|можете|请|ください|\
    お願い|i would like|i'd like|ich möchte|quisiera|chciał|rad bi|rada bi|bi rad|norėčiau|je voudrais|je souhaite|vorrei|gostaria|ik wil|chtěl|хотел|\
    我想|したい",
    )
});
