//! How people ask for somebody in their country, by language. How a phrase is written stands in `understanding::phrases`; words in
//! braces stand for a list.

/// What is said in one language.
pub(super) struct Said {
    pub language: &'static str,
    /// The lists that templates name.
    pub words: &'static [(&'static str, &'static str)],
    /// The place, with the country that it names; empty for the customer's own.
    pub here: &'static [(&'static str, &'static str)],
    /// Wishes for somebody there.
    pub wishes: &'static [&'static str],
    /// Somebody abroad is refused.
    pub refusals: &'static [&'static str],
    /// It needn't be somebody there.
    pub declines: &'static [&'static str],
}

pub(super) fn said() -> [&'static Said; 6] {
    [&EN, &DE, &ES, &PL, &SL, &LT]
}

static EN: Said = Said {
    language: "en",
    words: &[
        (
            "contact",
            "speak|speaking|talk|talking|connect|connected|transfer|transferred|deal|dealing|call|contact|chat|hear|answered|helped|served|handled|forward|forwarded|pass|passed",
        ),
        ("want", "want|wish|like|prefer|need|rather|request|insist|demand|please|ask|asking"),
        (
            "person",
            "someone|somebody|anyone|anybody|person|people|agent|agents|colleague|colleagues|representative|human|operator|advisor|adviser|employee|team|department|staff|specialist",
        ),
        ("nation", "british|american|canadian|australian|irish|domestic|local|onshore"),
    ],
    here: &[
        ("", "in|from|within my|our|the own|home|same? country"),
        ("", "here in .. country"),
        ("GB", "in|from|within the? uk|britain|england|scotland|wales|kingdom"),
        ("GB", "in|from the? united kingdom"),
        ("IE", "in|from ireland"),
        ("US", "in|from|within the? us|usa|america|states"),
        ("US", "in|from the? united states"),
        ("CA", "in|from canada"),
        ("AU", "in|from australia"),
        ("NZ", "in|from new zealand"),
        ("DE", "in|from germany"),
        ("AT", "in|from austria"),
        ("CH", "in|from switzerland"),
        ("ES", "in|from spain"),
        ("PT", "in|from portugal"),
        ("PL", "in|from poland"),
        ("SI", "in|from slovenia"),
        ("LT", "in|from lithuania"),
        ("FR", "in|from france"),
        ("IT", "in|from italy"),
        ("NL", "in|from the? netherlands|holland"),
    ],
    wishes: &[
        "{contact} .. {person} .. {here}",
        "{contact} .. {person} who|that .. based|located|works|sits|lives|is .. {here}",
        "{want} .. {person} .. {here}",
        "{want} .. {person} who|that .. {here}",
        "can|could|may {person} .. {here}",
        "can|could|may a|an|one|your|some .. {person} .. {here} .. {contact}|answer|help|reply|write|take",
    ],
    refusals: &[
        "{contact}|{want} .. {nation} {person}|support|centre|center",
        "{contact}|{want} .. uk|us|usa based {person}|support",
        "not|dont|never|stop|instead|tired .. {contact} .. {person}|centre|center .. abroad|overseas|offshore",
        "not|dont|no|never|instead .. overseas|offshore|foreign .. {person}|centre|center|centres|centers",
        "not|dont|no|nobody .. {person} .. abroad|overseas|offshore",
    ],
    declines: &[
        "not|dont|doesnt|neednt|no .. need|have|necessary|matter .. {person} .. {here}",
        "dont|not need .. {person} .. {here}",
    ],
};

static DE: Said = Said {
    language: "de",
    words: &[
        (
            "contact",
            "sprechen|reden|telefonieren|verbinden|verbunden|kontakt*|betreut|betreuen|geholfen|bearbeitet|beantwortet|antwortet|antworten|schreiben|anrufen|anruft|zuruckruf*|weiterleiten|weitergeleitet|weitergeben|ubernimmt|ubernehmen|zustandig|kummert|kummern",
        ),
        (
            "want",
            "mochte|mochten|will|wollen|wunsche|wunschen|hatte|hatten|bitte|lieber|bevorzug*|brauche|brauchen|gern|gerne|verlange|bestehe",
        ),
        (
            "person",
            "jemand|jemanden|jemandem|person|mensch|menschen|mitarbeiter|mitarbeiterin|mitarbeiters|mitarbeitern|kollege|kollegen|kollegin|kolleginnen|ansprechpartner*|berater*|bearbeiter*|sachbearbeiter*|team",
        ),
    ],
    here: &[
        ("", "in|aus meinem|unserem|dem eigenen|selben|gleichen? land"),
        ("", "aus|im dem? inland"),
        ("", "hierzulande"),
        ("", "hier im land"),
        ("DE", "in|aus deutschland"),
        ("AT", "in|aus osterreich"),
        ("CH", "in|aus der schweiz"),
        ("LI", "in|aus liechtenstein"),
        ("LU", "in|aus luxemburg"),
    ],
    wishes: &[
        "{want} .. {person} .. {here}",
        "{want} .. mit|von .. {person} .. {here}",
        "{person} .. {here} .. {contact}",
        "{person} der|die .. {here} .. {contact}|sitzt|arbeitet|ist",
        "{contact} .. mit|an|von .. {person} .. {here}",
        "kann|konnte|konnten|konnen .. {person} .. {here}",
        "geben|leiten|reichen .. an {person} .. {here}",
        "{here} .. {contact} werden",
    ],
    refusals: &[
        "nicht|kein*|niemand*|ungern|statt .. {person}|callcenter|hotline .. im|aus dem? ausland",
        "nicht|kein*|ungern|statt .. auslandisch* .. {person}|callcenter|hotline",
        "nicht .. ins|ans|im ausland .. {contact}",
        "{want} .. inlandisch* {person}|callcenter|hotline",
    ],
    declines: &[
        "muss|mussen|brauche|brauchen .. nicht|kein* .. {person} .. {here}",
        "brauche|brauchen kein* .. {here}",
        "nicht|egal ob .. {person} .. {here}",
    ],
};

static ES: Said = Said {
    language: "es",
    words: &[
        (
            "contact",
            "hablar|hable|comunicar*|comuniquen*|contactar|contacte|atienda|atiendan|atendido|atendida|atender*|pasar*|pasen*|paseme|pase|transfiera*|transferir*|llame|llamen|responda|respondan|conteste|contesten|ayude|ayuden",
        ),
        (
            "want",
            "quiero|queremos|quisiera|querria|prefiero|preferiria|deseo|desearia|necesito|gustaria|exijo|solicito|pido|favor",
        ),
        (
            "person",
            "alguien|persona|personas|agente|agentes|empleado|empleada|companero|companera|operador|operadora|representante|asesor|asesora|humano|equipo",
        ),
    ],
    here: &[
        ("", "de|en|desde mi|nuestro|el propio|mismo? pais"),
        ("ES", "de|en|desde espana"),
        ("MX", "de|en|desde mexico"),
        ("AR", "de|en|desde argentina"),
        ("CO", "de|en|desde colombia"),
        ("CL", "de|en|desde chile"),
        ("PE", "de|en|desde peru"),
        ("UY", "de|en|desde uruguay"),
        ("EC", "de|en|desde ecuador"),
    ],
    wishes: &[
        "{contact} .. {person} .. {here}",
        "{contact} .. {person} que .. {here}",
        "{want} .. {person} .. {here}",
        "{want} .. {person} que .. {here}",
        "puede|podria|puedes|podrias alguien|una|un .. {here}",
        "{person} .. {here} .. {contact}",
    ],
    refusals: &[
        "no .. {contact} .. {person}|centro|call .. .. extranjero|extranjera|fuera",
        "no .. {want} .. {person}|centro|call .. extranjero|extranjera",
        "no .. centro|centros|call center|centers .. extranjero|extranjeros",
    ],
    declines: &[
        "no .. hace|necesito|necesario|importa .. {person} .. {here}",
        "no tiene que .. {person} .. {here}",
    ],
};

static PL: Said = Said {
    language: "pl",
    words: &[
        (
            "contact",
            "rozmawiac|porozmawiac|rozmowe|rozmowa|polaczyc|polaczenie|polaczcie|kontakt|kontaktu|skontaktowac|skontaktowal*|odpowiedzial*|odpowiadal*|odpisal*|pomogl*|pomoze|oddzwonil*|zadzwonil*|obsluz*|obslugiwal*|przekazac|przekazanie|przelaczyc|przelaczenie|zajal|zajela|zajmowal*",
        ),
        (
            "want",
            "chce|chcialbym|chcialabym|chcielibysmy|chcemy|wole|wolalbym|wolalabym|prosze|poprosze|prosilbym|prosilabym|potrzebuje|zadam|oczekuje|zyczylbym|zyczylabym",
        ),
        (
            "person",
            "ktos|kims|kogos|komus|osoba|osoby|osobe|pracownik*|konsultant*|czlowiek*|czlowiekiem|doradca|doradcy|doradce|kolega|kolezank*|zespol",
        ),
    ],
    here: &[
        ("", "w|z moim|mojego|naszym|naszego|swoim|tym|tego kraju"),
        ("", "w|z kraju"),
        ("PL", "w|z polsce|polski"),
    ],
    wishes: &[
        "{contact} .. {person} .. {here}",
        "{want} .. {person} .. {here}",
        "{want} .. zeby|aby .. {person} .. {here}",
        "{person} .. {here} .. {contact}",
        "{person} kto|ktory|ktora .. {here}",
        "czy .. {person} .. {here}",
    ],
    refusals: &[
        "nie .. {contact} .. {person}|call|infolinia .. zagranic*|granica|granicy",
        "nie .. {want} .. {person}|call|infolinia|infolinii .. zagranic*|granica|granicy",
        "{want} .. krajow* {person}|infolini*|call",
    ],
    declines: &[
        "nie .. musi|musze|trzeba|potrzebuje|potrzeba .. {person} .. {here}",
        "nie potrzebuje .. {person} .. {here}",
    ],
};

static SL: Said = Said {
    language: "sl",
    words: &[
        (
            "contact",
            "govoril*|govoriti|pogovoril*|pogovoriti|pogovor|povezite|povezati|povezete|vez|stik|kontakt*|odgovoril*|odgovarjal*|odgovori|poklical*|poklice|pomagal*|pomaga|preusmerite|preusmeriti|predajte|predati|ukvarja*|uredil*|prevzel*|prevzame",
        ),
        (
            "want",
            "zelim|zelimo|zelel|zelela|zeleli|rad|rada|radi|raje|hocem|prosim|potrebujem|zahtevam|hotel|hotela",
        ),
        (
            "person",
            "nekdo|nekoga|nekomu|nekom|nekim|kdo|koga|oseba|osebo|osebe|osebi|clovek*|sodelav*|svetoval*|zaposlen*|predstavnik*|agent*|ekipa|ekipo",
        ),
    ],
    here: &[
        ("", "v|iz moji|moje|nasi|nase|svoji|svoje|lastni|isti|iste drzavi|drzave"),
        ("", "v|iz domovine|domovini"),
        ("SI", "v|iz sloveniji|slovenije"),
    ],
    wishes: &[
        "{contact} .. {person} .. {here}",
        "{want} .. {person} .. {here}",
        "{want} .. da .. {person} .. {here}",
        "{person} .. {here} .. {contact}",
        "{person} ki .. {here}",
        "ali|bi .. {person} .. {here} .. {contact}",
        "lahko .. {person} .. {here} .. {contact}",
    ],
    refusals: &[
        "ne|nocem .. {contact} .. {person}|centrom|center .. tujine|tujini",
        "ne|nocem .. klicn* .. tujine|tujini",
        "ne|nocem .. {person} .. tujine|tujini",
    ],
    declines: &[
        "ni .. treba|nujno|potrebno|vazno .. {person} .. {here}",
        "ne .. potrebujem|rabim .. {person} .. {here}",
    ],
};

static LT: Said = Said {
    language: "lt",
    words: &[
        (
            "contact",
            "kalbeti|kalbet|pakalbeti|pakalbet|pasikalbeti|kalbetis|bendrauti|susisiekti|susisiektu|sujunkite|sujungti|paskambintu|paskambinti|atsakytu|atsakyti|padetu|padeti|perduokite|perduoti|nukreipkite|rupintusi|aptarnautu",
        ),
        ("want", "noriu|noreciau|norime|noretume|pageidauju|pageidauciau|prasau|prasyciau|reikia|reikalauju"),
        (
            "person",
            "kas|kazkas|kazkuo|kuo|ka|kam|zmogus|zmogumi|zmogaus|zmogui|asmuo|asmeniu|asmeniui|asmens|darbuotojas|darbuotoju|darbuotoja|darbuotojai|specialist*|konsultant*|atstov*|kolega|kolegos|komanda",
        ),
    ],
    here: &[("", "is|mano|musu|savo .. salyje|salies"), ("LT", "is? lietuvos|lietuvoje")],
    wishes: &[
        "{contact} .. {person} .. {here}",
        "{want} .. {person} .. {here}",
        "{want} .. kad|jog .. {person} .. {here}",
        "{person} .. {here} .. {contact}",
        "ar|gal .. galetu|gali .. {person} .. {here}",
        "{person} kuris|kuri .. {here}",
        "{person} is lietuvos .. {contact}",
    ],
    refusals: &[
        "nenoriu|ne .. {contact} .. {person}|centru .. uzsienio|uzsienyje",
        "nenoriu|ne .. {person}|skambuciu .. uzsienio|uzsienyje",
    ],
    declines: &["nebutina*|nereikia|nesvarbu .. {person} .. {here}"],
};
