//! New text: the layouts of mail programs in many languages, around one answer.

use super::check;

/// What stands below the answer is quoted, all of it.
fn check_quoted(answer: &str, below: &str) {
    check(&format!("{answer}\n\n{below}"), answer, "");
}

#[test]
fn introductions_are_known_in_many_languages() {
    for below in [
        "On Fri, May 3, 2024 at 10:00\u{202f}AM Ann Long <\nann@a.example> wrote:\n\n> Hi",
        "On May 3, 2024, at 10:00 AM, Ann <ann@a.example> wrote:\n\nHi there",
        "On Friday, May 3, 2024 at 10:00:12 AM GMT+2, Ann <ann@a.example> wrote: \n\n\n Hi",
        "On Friday, May 3rd, 2024 at 10:00, Ann <ann@a.example> wrote:\n\n> Hi",
        "Ann <ann@a.example>\nwrote:\n> Hi",
        "Ann wrote:\n> Hi",
        "At 10:00 3/5/2024, you wrote:\n>Hi",
        "---- On Fri, 03 May 2024 10:00:00 +0200 Ann <ann@a.example> wrote ----\n\nHi",
        "On 3 May 2024, at 10:00, Ann <ann@a.example> sent:\n\n> Hi",
        "On 3 May 2024, Ann wrote:\n\n> Hi\n(https://a.example/one\n> Bye",
        "Am Fr., 3. Mai 2024 um 10:00 Uhr schrieb Ann Lang <\nann@a.example>:\n\n> Hallo",
        "Am 03.05.24 um 10:00 schrieb Ann:\n> Hallo",
        "Am Freitag, 3. Mai 2024, 10:00:00 MESZ hat Ann <ann@a.example> Folgendes geschrieben:\n\nHallo",
        "Ann <ann@a.example> schrieb am Fr., 3. Mai 2024, 10:00:\n\n> Hallo",
        "El vie, 3 may 2024 a las 10:00, Ann Larga\n(<ann@a.example>) escribió:\n\n> Hola",
        "El viernes, 3 de mayo de 2024, 10:00:00 CEST, Ann <ann@a.example> escribió:\n\nHola",
        "W dniu 3.05.2024 o 10:00, Ann <ann@a.example> pisze:\n> Cześć",
        "pt., 3 maj 2024 o 10:00 Ann Długa <ann@a.example>\nnapisał(a):\n\n> Cześć",
        "Wiadomość napisana przez Ann <ann@a.example> w dniu 03.05.2024, o godz. 10:00:\n\n> Cześć",
        "V pet., 3. maj 2024 ob 10:00 je oseba Ann <ann@a.example> napisala:\n\n> Živjo",
        "Dne 3. 5. 2024 ob 10:00 je Ann napisal(a):\n> Živjo",
        "2024-05-03, pn, 10:00 Ann Ilga <\nann@a.example> rašė:\n\n> Labas",
        "2024-05-03 10:00, Ann rašė:\n> Labas",
        "Le ven. 3 mai 2024 à 10:00, Ann Longue <ann@a.example> a\nécrit :\n\n> Bonjour",
        "Le 03/05/2024 à 10:00, Ann a écrit\u{a0}:\n> Bonjour",
        "Il giorno ven 3 mag 2024 alle ore 10:00 Ann <\nann@a.example> ha scritto:\n\n> Ciao",
        "Il 03/05/2024 10:00, Ann ha scritto:\n> Ciao",
        "Em sex., 3 de mai. de 2024 às 10:00, Ann <ann@a.example>\nescreveu:\n\n> Olá",
        "A sexta, 3 de maio de 2024, 10:00, Ann <ann@a.example> escreveu:\n> Olá",
        "Op vr 3 mei 2024 om 10:00 schreef Ann <ann@a.example>:\n\n> Hallo",
        "Op 3 mei 2024 om 10:00 heeft Ann <ann@a.example> het\nvolgende geschreven:\n\n> Hallo",
        "pá 3. 5. 2024 v 10:00 odesílatel Ann <ann@a.example> napsal:\n\n> Ahoj",
        "Dne 03. 05. 24 v 10:00 Ann napsal(a):\n> Ahoj",
        "пт, 3 мая 2024 г. в 10:00, Ann <ann@a.example>:\n\n> Привет",
        "3 мая 2024 г., в 10:00, Ann <ann@a.example> написал(а):\n\n> Привет",
        "Пятница, 3 мая 2024, 10:00 +03:00 от Ann <ann@a.example>:\n\nПривет",
        "03.05.2024 10:00, Ann пишет:\n> Привет",
        "пт, 3 трав. 2024 р. о 10:00 Ann <ann@a.example> пише:\n\n> Привіт",
        "Ann <ann@a.example> 于2024年5月3日周五 10:00写道：\n\n> 你好",
        "在 2024/5/3 10:00, Ann 写道:\n> 你好",
        "2024年5月3日(金) 10:00 Ann <ann@a.example>:\n\n> こんにちは",
        "2024年5月3日 10:00、Ann <ann@a.example>のメール:\n\n> こんにちは",
        "Ann kirjoitti 3. toukokuuta 2024 klo 10.00:\n> Hei",
        "På 3 mai 2024 skrev Ann <ann@a.example>:\n> Hei",
        "Den fre 3 maj 2024 kl 10:00 skrev Ann <ann@a.example>:\n\n> Hej",
    ] {
        check_quoted("Yes, that works.", below);
    }
}

#[test]
fn heads_of_earlier_mails_are_known_in_many_languages() {
    for head in [
        "From: Ann <ann@a.example>\nSent: Friday, May 3, 2024 10:00 AM\nTo: Bob <bob@b.example>\nSubject: Order",
        "Von: Ann <ann@a.example>\nGesendet: Freitag, 3. Mai 2024 10:00\nAn: Bob\nBetreff: Bestellung",
        "Gesendet: Freitag, 03. Mai 2024 um 10:00 Uhr\nVon: \"Ann\" <ann@a.example>\nAn: bob@b.example\nBetreff: Bestellung",
        "De: Ann <ann@a.example>\nEnviado el: viernes, 3 de mayo de 2024 10:00\nPara: Bob\nAsunto: Pedido",
        "Od: Ann <ann@a.example>\nWysłano: piątek, 3 maja 2024 10:00\nDo: Bob\nTemat: Zamówienie",
        "Od: Ann <ann@a.example>\nPoslano: petek, 3. maj 2024 10:00\nZa: Bob\nZadeva: Naročilo",
        "Nuo: Ann <ann@a.example>\nIšsiųsta: 2024 m. gegužės 3 d., penktadienis 10:00\nKam: Bob\nTema: Užsakymas",
        "De : Ann <ann@a.example>\nEnvoyé : vendredi 3 mai 2024 10:00\nÀ : Bob\nObjet : Commande",
        "Da: Ann <ann@a.example>\nInviato: venerdì 3 maggio 2024 10:00\nA: Bob\nOggetto: Ordine",
        "De: Ann\nEnviada em: sexta-feira, 3 de maio de 2024 10:00\nPara: Bob\nAssunto: Pedido",
        "Van: Ann\nVerzonden: vrijdag 3 mei 2024 10:00\nAan: Bob\nOnderwerp: Bestelling",
        "Od: Ann\nOdesláno: pátek 3. května 2024 10:00\nKomu: Bob\nPředmět: Objednávka",
        "От: Ann\nОтправлено: 3 мая 2024 г. 10:00\nКому: Bob\nТема: Заказ",
        "发件人: Ann\n发送时间: 2024年5月3日 10:00\n收件人: Bob\n主题: 订单",
        "差出人: Ann\n送信日時: 2024年5月3日 10:00\n宛先: Bob\n件名: 注文",
    ] {
        check_quoted("Yes, that works.", &format!("{head}\n\nThe earlier mail."));
        check_quoted(
            "Yes, that works.",
            &format!("________________________________\n{head}\n\nThe earlier mail."),
        );
        let starred: Vec<String> =
            head.lines().map(|line| format!("*{}", line.replacen(':', ":*", 1))).collect();
        check_quoted("Yes, that works.", &format!("{}\n\nThe earlier mail.", starred.join("\n")));
    }
    check_quoted(
        "Yes.",
        "From: Ann <ann@a.example> Sent: Friday 10:00 To: Bob Subject: Order\nThe earlier mail.",
    );
}

#[test]
fn separators_are_known_in_many_languages() {
    for separator in [
        "-----Original Message-----",
        "-------- Original message --------",
        "-----Ursprüngliche Nachricht-----",
        "-----Mensaje original-----",
        "-----Oryginalna wiadomość-----",
        "-----Izvirno sporočilo-----",
        "-----Originalus laiškas-----",
        "-----Message d’origine-----",
        "-----Messaggio originale-----",
        "-----Oorspronkelijk bericht-----",
        "-----Mensagem original-----",
        "-----Původní zpráva-----",
        "-----Исходное сообщение-----",
        "------------------ 原始邮件 ------------------",
        "-----元のメッセージ-----",
        "## Please reply above this line ##",
    ] {
        check_quoted("Yes, that works.", &format!("{separator}\nThe earlier mail."));
    }
}

#[test]
fn forwarded_mails_are_folded_below_own_words_and_shown_without_them() {
    for separator in [
        "---------- Forwarded message ---------",
        "-------- Weitergeleitete Nachricht --------",
        "-------- Mensaje reenviado --------",
        "-------- Treść przekazanej wiadomości --------",
        "-------- Posredovano sporočilo --------",
        "-------- Persiųstas laiškas --------",
        "-------- Message transféré --------",
        "-------- Messaggio Inoltrato --------",
        "---------- Doorgestuurd bericht ---------",
        "---------- Mensagem encaminhada ---------",
        "-------- Přeposlaná zpráva --------",
        "-------- Пересылаемое сообщение --------",
        "Begin forwarded message:",
        "Anfang der weitergeleiteten Nachricht:",
        "Début du message réexpédié :",
        "Inizio messaggio inoltrato:",
        "下面是被转发的邮件：",
        "転送されたメッセージ：",
    ] {
        let forwarded = format!("{separator}\nFrom: Shop <shop@s.example>\nSubject: Order\n\nYour order.");
        check_quoted("What is this?", &forwarded);
        check(&forwarded, &forwarded, "");
    }
    check(
        "Look\n\nBegin forwarded message:\n\n> From: Shop\n> Your order\n\nStrange.",
        "Look\n\nStrange.",
        "",
    );
}
