//! What the program itself says to customers, in their language: below letters and on the page of a letter.

use kernel::LanguageTag;

/// The words in one language. English stands in for languages that aren't here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerWords {
    /// The language of these words, as a tag.
    pub language: &'static str,
    /// Below a letter, before the address of its page.
    pub not_clear: &'static str,
    /// Below a letter that a machine translated, before the address of its page.
    pub translated: &'static str,
    /// The button, and what the customer then has said.
    pub not_understood: &'static str,
    /// Above the words that we wrote.
    pub we_wrote: &'static str,
    /// Above the words that were translated.
    pub original: &'static str,
    /// Above the field for words of their own, which may stay empty.
    pub what: &'static str,
    /// After it was said.
    pub thanks: &'static str,
    /// In a letter, where nobody here writes their language: that we answer in English, and whether we may.
    pub other_language: &'static str,
    /// Below a letter, before the place where it was written: a colon, because places stand uninflected.
    pub written_in: &'static str,
    /// The button by which a customer asks for somebody in their country, and what they then have said.
    pub domestic: &'static str,
    /// After it was said. Nothing is promised that isn't sure.
    pub domestic_thanks: &'static str,
}

/// The words for a customer who reads this language.
pub fn customer_words(language: &LanguageTag) -> &'static CustomerWords {
    let primary = language.primary();
    ALL.iter().find(|words| words.language == primary).unwrap_or(&ALL[0])
}

/// English first.
static ALL: [CustomerWords; 20] = [
    CustomerWords {
        language: "en",
        not_clear: "Is something not clear? Tell us with one click:",
        translated: "This answer was translated by a machine. Reply in your own language. The original, and a click if something isn’t clear:",
        not_understood: "I did not understand this",
        we_wrote: "What we wrote to you",
        original: "The original, before it was translated by a machine",
        what: "What isn’t clear? You needn’t write anything.",
        thanks: "Thank you. Somebody looks at it again and writes to you in other words.",
        other_language: "We can answer you in English. May we? If you would rather not, tell us which other languages you read.",
        written_in: "This answer was written in:",
        domestic: "I would like somebody in my country",
        domestic_thanks: "Thank you. We have noted that you would like somebody in your country, and tell you whether and when that is possible.",
    },
    CustomerWords {
        language: "bg",
        not_clear: "Нещо не е ясно? Кажете ни с едно щракване:",
        translated: "Този отговор е преведен машинно. Отговорете на своя език. Оригиналът и бутон, ако нещо не е ясно:",
        not_understood: "Не разбрах това",
        we_wrote: "Какво Ви написахме",
        original: "Оригиналът преди машинния превод",
        what: "Какво не е ясно? Не е нужно да пишете нищо.",
        thanks: "Благодарим. Ще прегледаме отговора отново и ще Ви пишем с други думи.",
        other_language: "Можем да Ви отговорим на английски. Съгласни ли сте? Ако не, кажете ни на кои други езици четете.",
        written_in: "Този отговор е написан в:",
        domestic: "Бих искал(а) някой от моята страна",
        domestic_thanks: "Благодарим. Отбелязахме, че желаете някой от Вашата страна, и ще Ви кажем дали и кога това е възможно.",
    },
    CustomerWords {
        language: "cs",
        not_clear: "Je něco nejasné? Dejte nám vědět jedním kliknutím:",
        translated: "Tuto odpověď přeložil stroj. Odpovězte ve svém jazyce. Originál a tlačítko, pokud je něco nejasné:",
        not_understood: "Nerozumím tomu",
        we_wrote: "Co jsme Vám napsali",
        original: "Originál před strojovým překladem",
        what: "Co není jasné? Nemusíte nic psát.",
        thanks: "Děkujeme. Podíváme se na to znovu a napíšeme Vám jinými slovy.",
        other_language: "Můžeme Vám odpovědět anglicky. Souhlasíte? Pokud ne, napište nám, ve kterých dalších jazycích čtete.",
        written_in: "Místo, kde odpověď vznikla:",
        domestic: "Přeji si někoho ze své země",
        domestic_thanks: "Děkujeme. Zaznamenali jsme, že si přejete někoho ze své země, a dáme Vám vědět, zda a kdy je to možné.",
    },
    CustomerWords {
        language: "da",
        not_clear: "Er noget uklart? Sig det med ét klik:",
        translated: "Dette svar er maskinoversat. Svar på dit eget sprog. Originalen og en knap, hvis noget er uklart:",
        not_understood: "Det forstod jeg ikke",
        we_wrote: "Det skrev vi til dig",
        original: "Originalen før maskinoversættelsen",
        what: "Hvad er uklart? Du behøver ikke skrive noget.",
        thanks: "Tak. Vi ser på det igen og skriver til dig med andre ord.",
        other_language: "Vi kan svare dig på engelsk. Er det i orden? Hvis ikke, så fortæl os, hvilke andre sprog du læser.",
        written_in: "Svaret er skrevet i:",
        domestic: "Jeg vil gerne have en person i mit land",
        domestic_thanks: "Tak. Vi har noteret, at du ønsker en person i dit land, og giver besked om, hvorvidt og hvornår det er muligt.",
    },
    CustomerWords {
        language: "de",
        not_clear: "Ist etwas unklar? Sagen Sie es uns mit einem Klick:",
        translated: "Diese Antwort wurde maschinell übersetzt. Antworten Sie in Ihrer Sprache. Das Original, und ein Klick, falls etwas unklar ist:",
        not_understood: "Das habe ich nicht verstanden",
        we_wrote: "Was wir Ihnen geschrieben haben",
        original: "Das Original vor der maschinellen Übersetzung",
        what: "Was ist unklar? Sie müssen nichts schreiben.",
        thanks: "Danke. Wir sehen es uns noch einmal an und schreiben Ihnen mit anderen Worten.",
        other_language: "Wir können Ihnen auf Englisch antworten. Ist Ihnen das recht? Wenn nicht, sagen Sie uns bitte, welche anderen Sprachen Sie lesen.",
        written_in: "Diese Antwort wurde geschrieben in:",
        domestic: "Ich möchte jemanden in meinem Land",
        domestic_thanks: "Danke. Wir haben notiert, dass Sie jemanden in Ihrem Land wünschen, und sagen Ihnen, ob und wann das möglich ist.",
    },
    CustomerWords {
        language: "el",
        not_clear: "Κάτι δεν είναι σαφές; Πείτε το μας με ένα κλικ:",
        translated: "Αυτή η απάντηση μεταφράστηκε από μηχανή. Απαντήστε στη γλώσσα σας. Το πρωτότυπο και ένα κουμπί, αν κάτι δεν είναι σαφές:",
        not_understood: "Δεν το κατάλαβα",
        we_wrote: "Τι σας γράψαμε",
        original: "Το πρωτότυπο πριν από τη μηχανική μετάφραση",
        what: "Τι δεν είναι σαφές; Δεν χρειάζεται να γράψετε κάτι.",
        thanks: "Ευχαριστούμε. Θα το ξαναδούμε και θα σας γράψουμε με άλλα λόγια.",
        other_language: "Μπορούμε να σας απαντήσουμε στα αγγλικά. Συμφωνείτε; Αν όχι, πείτε μας ποιες άλλες γλώσσες διαβάζετε.",
        written_in: "Τόπος σύνταξης της απάντησης:",
        domestic: "Θα ήθελα κάποιον στη χώρα μου",
        domestic_thanks: "Ευχαριστούμε. Σημειώσαμε ότι θέλετε κάποιον στη χώρα σας και θα σας πούμε αν και πότε είναι δυνατό.",
    },
    CustomerWords {
        language: "es",
        not_clear: "¿Algo no está claro? Díganoslo con un clic:",
        translated: "Esta respuesta se ha traducido con una máquina. Responda en su idioma. El original, y un clic si algo no está claro:",
        not_understood: "No he entendido esto",
        we_wrote: "Lo que le hemos escrito",
        original: "El original, antes de la traducción automática",
        what: "¿Qué no está claro? No hace falta que escriba nada.",
        thanks: "Gracias. Lo revisaremos y le escribiremos con otras palabras.",
        other_language: "Podemos responderle en inglés. ¿Le parece bien? Si prefiere que no, díganos qué otros idiomas lee.",
        written_in: "Esta respuesta se escribió en:",
        domestic: "Quisiera que me atendiera alguien en mi país",
        domestic_thanks: "Gracias. Hemos anotado que desea a alguien en su país y le diremos si es posible y cuándo.",
    },
    CustomerWords {
        language: "fi",
        not_clear: "Jäikö jokin epäselväksi? Kerro siitä yhdellä napsautuksella:",
        translated: "Tämä vastaus on konekäännös. Vastaa omalla kielelläsi. Alkuperäinen teksti ja painike, jos jokin on epäselvää:",
        not_understood: "En ymmärtänyt tätä",
        we_wrote: "Mitä kirjoitimme sinulle",
        original: "Alkuperäinen teksti ennen konekäännöstä",
        what: "Mikä on epäselvää? Sinun ei tarvitse kirjoittaa mitään.",
        thanks: "Kiitos. Katsomme asian uudelleen ja kirjoitamme sinulle toisin sanoin.",
        other_language: "Voimme vastata sinulle englanniksi. Sopiiko se? Jos ei, kerro, mitä muita kieliä luet.",
        written_in: "Vastauksen kirjoituspaikka:",
        domestic: "Haluaisin asioida jonkun kanssa omassa maassani",
        domestic_thanks: "Kiitos. Merkitsimme muistiin, että haluat asioida jonkun kanssa omassa maassasi, ja kerromme, onko se mahdollista ja milloin.",
    },
    CustomerWords {
        language: "fr",
        not_clear: "Quelque chose n’est pas clair ? Dites-le-nous en un clic :",
        translated: "Cette réponse a été traduite par une machine. Répondez dans votre langue. L’original, et un clic si quelque chose n’est pas clair :",
        not_understood: "Je n’ai pas compris",
        we_wrote: "Ce que nous vous avons écrit",
        original: "L’original, avant la traduction automatique",
        what: "Qu’est-ce qui n’est pas clair ? Vous n’êtes pas obligé d’écrire.",
        thanks: "Merci. Nous allons revoir notre réponse et vous écrire autrement.",
        other_language: "Nous pouvons vous répondre en anglais. Cela vous convient-il ? Sinon, dites-nous quelles autres langues vous lisez.",
        written_in: "Lieu de rédaction de cette réponse :",
        domestic: "Je souhaite quelqu’un dans mon pays",
        domestic_thanks: "Merci. Nous avons noté que vous souhaitez quelqu’un dans votre pays et vous dirons si et quand c’est possible.",
    },
    CustomerWords {
        language: "hr",
        not_clear: "Nešto nije jasno? Javite nam jednim klikom:",
        translated: "Ovaj je odgovor strojno preveden. Odgovorite na svojem jeziku. Izvornik i gumb ako nešto nije jasno:",
        not_understood: "Nisam razumio/razumjela",
        we_wrote: "Što smo Vam napisali",
        original: "Izvornik prije strojnog prijevoda",
        what: "Što nije jasno? Ne morate ništa pisati.",
        thanks: "Hvala. Pogledat ćemo ponovno i napisati Vam drugim riječima.",
        other_language: "Možemo Vam odgovoriti na engleskom. Slažete li se? Ako ne, recite nam koje druge jezike čitate.",
        written_in: "Mjesto pisanja odgovora:",
        domestic: "Želim nekoga u svojoj zemlji",
        domestic_thanks: "Hvala. Zabilježili smo da želite nekoga u svojoj zemlji i javit ćemo Vam je li to moguće i kada.",
    },
    CustomerWords {
        language: "hu",
        not_clear: "Valami nem világos? Jelezze egy kattintással:",
        translated: "Ezt a választ gép fordította. Válaszoljon a saját nyelvén. Az eredeti szöveg, és egy gomb, ha valami nem világos:",
        not_understood: "Ezt nem értettem",
        we_wrote: "Amit Önnek írtunk",
        original: "Az eredeti szöveg a gépi fordítás előtt",
        what: "Mi nem világos? Nem kell semmit írnia.",
        thanks: "Köszönjük. Újra megnézzük, és más szavakkal írunk Önnek.",
        other_language: "Angolul tudunk Önnek válaszolni. Megfelel ez Önnek? Ha nem, írja meg, milyen más nyelveken olvas.",
        written_in: "A válasz írásának helye:",
        domestic: "Szeretnék valakit a saját országomban",
        domestic_thanks: "Köszönjük. Feljegyeztük, hogy valakit a saját országában szeretne, és megírjuk, hogy ez lehetséges-e, és mikor.",
    },
    CustomerWords {
        language: "it",
        not_clear: "Qualcosa non è chiaro? Ce lo dica con un clic:",
        translated: "Questa risposta è stata tradotta da una macchina. Risponda nella Sua lingua. L’originale, e un clic se qualcosa non è chiaro:",
        not_understood: "Non ho capito",
        we_wrote: "Che cosa Le abbiamo scritto",
        original: "L’originale, prima della traduzione automatica",
        what: "Che cosa non è chiaro? Non è necessario scrivere nulla.",
        thanks: "Grazie. Rivedremo la risposta e Le scriveremo con altre parole.",
        other_language: "Possiamo risponderle in inglese. Va bene? Se preferisce di no, ci dica quali altre lingue legge.",
        written_in: "Luogo in cui è stata scritta questa risposta:",
        domestic: "Vorrei qualcuno nel mio Paese",
        domestic_thanks: "Grazie. Abbiamo preso nota che desidera qualcuno nel Suo Paese e le diremo se e quando è possibile.",
    },
    CustomerWords {
        language: "lt",
        not_clear: "Kas nors neaišku? Praneškite mums vienu spustelėjimu:",
        translated: "Šį atsakymą išvertė mašina. Atsakykite savo kalba. Originalas ir mygtukas, jei kas nors neaišku:",
        not_understood: "Aš to nesupratau",
        we_wrote: "Ką Jums parašėme",
        original: "Originalas prieš mašininį vertimą",
        what: "Kas neaišku? Rašyti nieko nebūtina.",
        thanks: "Ačiū. Dar kartą peržiūrėsime ir parašysime Jums kitais žodžiais.",
        other_language: "Galime Jums atsakyti anglų kalba. Ar sutinkate? Jei ne, parašykite, kokiomis kitomis kalbomis skaitote.",
        written_in: "Atsakymo parašymo vieta:",
        domestic: "Norėčiau žmogaus iš mano šalies",
        domestic_thanks: "Ačiū. Pažymėjome, kad pageidaujate žmogaus iš Jūsų šalies, ir pranešime, ar ir kada tai įmanoma.",
    },
    CustomerWords {
        language: "nl",
        not_clear: "Is er iets niet duidelijk? Laat het ons met één klik weten:",
        translated: "Dit antwoord is door een machine vertaald. Antwoord in uw eigen taal. Het origineel, en een klik als iets niet duidelijk is:",
        not_understood: "Ik heb dit niet begrepen",
        we_wrote: "Wat wij u schreven",
        original: "Het origineel, vóór de machinevertaling",
        what: "Wat is niet duidelijk? U hoeft niets te schrijven.",
        thanks: "Dank u. Wij bekijken het opnieuw en schrijven u in andere woorden.",
        other_language: "We kunnen u in het Engels antwoorden. Vindt u dat goed? Zo niet, laat ons dan weten welke andere talen u leest.",
        written_in: "Dit antwoord is geschreven in:",
        domestic: "Ik wil graag iemand in mijn land",
        domestic_thanks: "Dank u wel. We hebben genoteerd dat u iemand in uw land wenst en laten u weten of en wanneer dat mogelijk is.",
    },
    CustomerWords {
        language: "pl",
        not_clear: "Coś jest niejasne? Proszę dać nam znać jednym kliknięciem:",
        translated: "Tę odpowiedź przetłumaczyła maszyna. Można odpowiedzieć w swoim języku. Oryginał i przycisk na wypadek niejasności:",
        not_understood: "Nie rozumiem tej odpowiedzi",
        we_wrote: "Co napisaliśmy",
        original: "Oryginał sprzed tłumaczenia maszynowego",
        what: "Co jest niejasne? Nie trzeba nic pisać.",
        thanks: "Dziękujemy. Przyjrzymy się temu jeszcze raz i napiszemy innymi słowami.",
        other_language: "Możemy odpowiedzieć po angielsku. Czy możemy? Jeśli nie, prosimy napisać, w jakich innych językach możemy odpowiedzieć.",
        written_in: "Miejsce napisania odpowiedzi:",
        domestic: "Proszę o kontakt z osobą z mojego kraju",
        domestic_thanks: "Dziękujemy. Odnotowaliśmy prośbę o kontakt z osobą z Państwa kraju i poinformujemy, czy i kiedy jest to możliwe.",
    },
    CustomerWords {
        language: "pt",
        not_clear: "Há algo que não está claro? Diga-nos com um clique:",
        translated: "Esta resposta foi traduzida por uma máquina. Responda na sua língua. O original, e um clique se algo não estiver claro:",
        not_understood: "Não percebi esta resposta",
        we_wrote: "O que lhe escrevemos",
        original: "O original, antes da tradução automática",
        what: "O que não está claro? Não precisa de escrever nada.",
        thanks: "Obrigado. Vamos rever a resposta e escrever-lhe por outras palavras.",
        other_language: "Podemos responder-lhe em inglês. Está de acordo? Se preferir que não, diga-nos que outras línguas lê.",
        written_in: "Esta resposta foi escrita em:",
        domestic: "Gostaria de alguém no meu país",
        domestic_thanks: "Obrigado. Registámos que deseja alguém no seu país e dir-lhe-emos se e quando é possível.",
    },
    CustomerWords {
        language: "ro",
        not_clear: "Ceva nu este clar? Spuneți-ne cu un clic:",
        translated: "Acest răspuns a fost tradus automat. Răspundeți în limba dumneavoastră. Originalul, și un clic dacă ceva nu este clar:",
        not_understood: "Nu am înțeles",
        we_wrote: "Ce v-am scris",
        original: "Originalul, înainte de traducerea automată",
        what: "Ce nu este clar? Nu trebuie să scrieți nimic.",
        thanks: "Vă mulțumim. Ne mai uităm o dată și vă scriem cu alte cuvinte.",
        other_language: "Vă putem răspunde în engleză. Sunteți de acord? Dacă nu, spuneți-ne ce alte limbi citiți.",
        written_in: "Locul în care a fost scris răspunsul:",
        domestic: "Aș dori pe cineva din țara mea",
        domestic_thanks: "Vă mulțumim. Am notat că doriți pe cineva din țara dumneavoastră și vă vom spune dacă și când este posibil.",
    },
    CustomerWords {
        language: "sk",
        not_clear: "Je niečo nejasné? Dajte nám vedieť jedným kliknutím:",
        translated: "Túto odpoveď preložil stroj. Odpovedzte vo svojom jazyku. Originál a tlačidlo, ak je niečo nejasné:",
        not_understood: "Nerozumiem tomu",
        we_wrote: "Čo sme Vám napísali",
        original: "Originál pred strojovým prekladom",
        what: "Čo nie je jasné? Nemusíte nič písať.",
        thanks: "Ďakujeme. Pozrieme sa na to znova a napíšeme Vám inými slovami.",
        other_language: "Môžeme Vám odpovedať po anglicky. Súhlasíte? Ak nie, napíšte nám, v ktorých ďalších jazykoch čítate.",
        written_in: "Miesto, kde odpoveď vznikla:",
        domestic: "Želám si niekoho zo svojej krajiny",
        domestic_thanks: "Ďakujeme. Zaznamenali sme, že si želáte niekoho zo svojej krajiny, a dáme Vám vedieť, či a kedy je to možné.",
    },
    CustomerWords {
        language: "sl",
        not_clear: "Kaj ni jasno? Povejte nam z enim klikom:",
        translated: "Ta odgovor je prevedel stroj. Odgovorite v svojem jeziku. Izvirnik in gumb, če kaj ni jasno:",
        not_understood: "Tega ne razumem",
        we_wrote: "Kaj smo vam napisali",
        original: "Izvirnik pred strojnim prevodom",
        what: "Kaj ni jasno? Ni vam treba ničesar napisati.",
        thanks: "Hvala. Odgovor bomo še enkrat pregledali in vam pisali z drugimi besedami.",
        other_language: "Odgovorimo vam lahko v angleščini. Se strinjate? Če ne, nam povejte, katere druge jezike berete.",
        written_in: "Kraj, kjer je bil odgovor napisan:",
        domestic: "Želim nekoga v svoji državi",
        domestic_thanks: "Hvala. Zabeležili smo, da želite nekoga v svoji državi, in vam povemo, ali in kdaj je to mogoče.",
    },
    CustomerWords {
        language: "sv",
        not_clear: "Är något oklart? Säg till med ett klick:",
        translated: "Det här svaret är maskinöversatt. Svara på ditt eget språk. Originalet, och ett klick om något är oklart:",
        not_understood: "Jag förstod inte det här",
        we_wrote: "Det här skrev vi till dig",
        original: "Originalet före maskinöversättningen",
        what: "Vad är oklart? Du behöver inte skriva något.",
        thanks: "Tack. Vi ser på det igen och skriver till dig med andra ord.",
        other_language: "Vi kan svara dig på engelska. Går det bra? Om inte, berätta vilka andra språk du läser.",
        written_in: "Svaret är skrivet i:",
        domestic: "Jag vill ha någon i mitt land",
        domestic_thanks: "Tack. Vi har noterat att du vill ha någon i ditt land och berättar om och när det är möjligt.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_reads_their_language_or_english() {
        let check = |tag: &str, expected: &str| {
            assert_eq!(customer_words(&tag.parse().unwrap()).language, expected, "{tag}");
        };
        check("sl", "sl");
        check("de-AT", "de");
        check("pt-BR", "pt");
        check("th", "en");
        assert_eq!(customer_words(&LanguageTag::unknown()).language, "en");
    }

    #[test]
    fn each_language_says_that_it_was_translated_and_how_to_answer() {
        let check = |tag: &str, translated: &str, answer: &str, original: &str| {
            let words = customer_words(&tag.parse().unwrap());
            assert_eq!(words.language, tag);
            assert!(words.translated.contains(translated), "{tag}: {}", words.translated);
            assert!(words.translated.contains(answer), "{tag}: {}", words.translated);
            assert!(words.translated.ends_with(':'), "{tag}: the address of the page follows");
            assert!(words.original.contains(original), "{tag}: {}", words.original);
        };
        check("en", "translated by a machine", "Reply in your own language", "The original");
        check("bg", "преведен машинно", "Отговорете на своя език", "Оригиналът");
        check("cs", "přeložil stroj", "Odpovězte ve svém jazyce", "Originál");
        check("da", "maskinoversat", "Svar på dit eget sprog", "Originalen");
        check("de", "maschinell übersetzt", "Antworten Sie in Ihrer Sprache", "Das Original");
        check("el", "μεταφράστηκε από μηχανή", "Απαντήστε στη γλώσσα σας", "Το πρωτότυπο");
        check("es", "traducido con una máquina", "Responda en su idioma", "El original");
        check("fi", "konekäännös", "Vastaa omalla kielelläsi", "Alkuperäinen");
        check("fr", "traduite par une machine", "Répondez dans votre langue", "L’original");
        check("hr", "strojno preveden", "Odgovorite na svojem jeziku", "Izvornik");
        check("hu", "gép fordította", "Válaszoljon a saját nyelvén", "Az eredeti");
        check("it", "tradotta da una macchina", "Risponda nella Sua lingua", "L’originale");
        check("lt", "išvertė mašina", "Atsakykite savo kalba", "Originalas");
        check("nl", "door een machine vertaald", "Antwoord in uw eigen taal", "Het origineel");
        check("pl", "przetłumaczyła maszyna", "odpowiedzieć w swoim języku", "Oryginał");
        check("pt", "traduzida por uma máquina", "Responda na sua língua", "O original");
        check("ro", "tradus automat", "Răspundeți în limba dumneavoastră", "Originalul");
        check("sk", "preložil stroj", "Odpovedzte vo svojom jazyku", "Originál");
        check("sl", "prevedel stroj", "Odgovorite v svojem jeziku", "Izvirnik");
        check("sv", "maskinöversatt", "Svara på ditt eget språk", "Originalet");
    }

    #[test]
    fn each_language_has_words_of_its_own() {
        for (nth, one) in ALL.iter().enumerate() {
            for other in &ALL[nth + 1..] {
                assert_ne!(one.language, other.language);
                assert_ne!(one.not_clear, other.not_clear, "{} and {}", one.language, other.language);
                assert_ne!(one.other_language, other.other_language);
                assert_ne!(one.thanks, other.thanks, "{} and {}", one.language, other.language);
            }
        }
    }
}
