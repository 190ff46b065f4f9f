//! What people say in seven languages when a case is about money, safety, the law or ending a contract.

use super::Phrases;

pub(super) const LANGUAGES: [(&str, &Phrases); 7] = [
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("es", &SPANISH),
    ("pl", &POLISH),
    ("sl", &SLOVENIAN),
    ("lt", &LITHUANIAN),
    ("pt", &PORTUGUESE),
];

const ENGLISH: Phrases = Phrases {
    money: &[
        "refund*|reimburs*|chargeback|overpaid|unpaid|invoice*|billing|billed|iban",
        "money|cash back",
        "payment*|paid",
        "pay for|by|with|the|my|it|again|twice|that|this",
        "charged|charge .. twice|double|card|account|again|me|us|wrong*|too",
        "credit|debit card|note",
        "direct debit",
        "bank account|transfer|details|statement",
        "discount|voucher|price|prices|fee|fees|costs|deposit|compensation",
        "how much .. cost*|pay",
    ],
    safety: &[
        "smoke|smoking|smoked|burnt|burned|burning|burns|sparks|sparked|flames|explo*|overheat*|scorch*|melted",
        "fire department|brigade|hazard",
        "on|caught|catch|catches fire",
        "electric|electrical shock",
        "got|gave|gives|get a? .. shock",
        "injur*|bleed*|bled|hurt*|hospital|ambulance|poison*|chok*",
        "danger*|hazard*|unsafe",
        "smell* .. gas|burn*",
        "brake|brakes .. fail*|work|broke*|gone",
    ],
    legal: &[
        "lawyer*|attorney*|solicitor*|sue|suing|lawsuit|legal|legally|ombudsman|gdpr|police|fraud*|liab*",
        "to|in|small the? court|claims",
        "consumer protection|rights|authority|association",
        "data protection|breach",
        "delete|erase|remove .. my|personal data",
        "press charges",
        "breach of|contract",
    ],
    cancellation: &[
        "cancel|cancelled|canceled|cancelling|canceling .. order|subscription|contract|membership|plan|pass|account|booking|reservation|agreement",
        "cancellation*|terminat*|unsubscribe",
        "want|like|wish|need|have to cancel",
        "end|stop|quit|close my|the|our|this .. subscription|contract|membership|plan|pass|account|agreement",
        "notice period",
        "withdraw from",
        "dont|not want .. renew*|renewal",
    ],
};

const GERMAN: Phrases = Phrases {
    money: &[
        "erstatt*|ruckerstatt*|ruckzahl*|rechnung*|bezahl*|zahlung*|uberwies*|uberweis*|abgebucht|abbuch*|lastschrift*|kosten|preis*|gebuhr*|rabatt*|gutschein*|gutschrift*|iban|kaution|mahnung*|mahngebuhr*|entschadigung*",
        "geld .. zuruck",
        "zahle|zahlen|zahlt|gezahlt",
        "kontoauszug*|bankkonto|kontonummer|bankverbindung|kreditkarte*",
        "doppelt|zweimal belastet",
        "was|wieviel kostet",
        "wie viel .. kostet|kosten",
    ],
    safety: &[
        "rauch|raucht|qualmt|qualm|funken|brennt|brannte|verbrannt|verbrannte|brand|flammen|explodiert|explosion|geschmolzen|uberhitz*|feuer|feuerwehr",
        "stromschlag|stromschlage",
        "verletz*|blutet|geblutet|krankenhaus|notarzt|vergift*|erstick*",
        "gefahrlich*|gefahr|lebensgefahr*",
        "riecht .. gas|verbrannt|verschmort",
        "verschmort*|angesengt",
        "bremse|bremsen .. versagt|versagen|funktioniert|kaputt|defekt",
        "gesturzt|sturz",
    ],
    legal: &[
        "anwalt*|rechtsanwalt*|anwaltin|klage|klagen|verklag*|gericht*|rechtlich*|rechtsschutz*|verbraucherzentrale*|verbraucherschutz*|dsgvo|datenschutz*|anzeige|anzeigen|polizei|betrug*|haftung|haften|schadenersatz|schadensersatz|schlichtungsstelle",
        "meine|personlichen|personenbezogenen|personenbezogene .. daten .. losch*",
        "losch* .. daten",
        "vertragsbruch|fristsetzung|frist",
        "gewahrleistung*",
    ],
    cancellation: &[
        "kundig*|gekundigt|stornier*|widerruf*|widerrufe|kundbar|austreten",
        "vertrag|abo|abonnement|mitgliedschaft|konto .. beenden|auflosen|schliessen|beendet|abbestellen",
        "abbestell*|abmelden",
        "zuruckzutreten|zurucktreten|rucktritt",
        "nicht .. verlangern|verlangert",
    ],
};

const SPANISH: Phrases = Phrases {
    money: &[
        "reembols*|devolucion|factura*|cobro|cobros|cobrado|cobraron|cobrar|cobran|pago|pagos|pague|pagar|pagado|pagamos|transferencia*|tarjeta|iban|precio*|descuento*|cupon*|importe|cuota|tarifa*|fianza|indemnizacion|abono",
        "dinero",
        "cuenta bancaria|corriente",
        "cuanto .. cuesta|cuestan|costaria|vale",
        "cargo|cargos .. tarjeta|cuenta|doble|duplicado|dos",
        "dos veces .. cobr*|carg*",
    ],
    safety: &[
        "humo|quemado|quemo|quema|quemarse|quemadura*|quemando|chispa*|llamas|incendi*|fuego|explot*|explosion|derretid*|sobrecalent*|bomberos|calambre*|electrocut*",
        "descarga .. electrica",
        "herid*|lesion*|sangr*|hospital|ambulancia|intoxic*|asfixi*",
        "peligro*|peligrosa|peligroso",
        "huele .. quemado|gas",
        "freno|frenos .. fall*|funcion*",
    ],
    legal: &[
        "abogad*|demanda|demandar|demandare|denuncia*|denunciar|juzgado|tribunal*|juicio|legal|legales|ley|rgpd|policia|fraude|estafa*|responsabilidad|reclamacion|ocu",
        "hoja|hojas de reclamacion*",
        "oficina .. consumidor",
        "derechos .. consumidor*",
        "proteccion de datos",
        "borr*|elimin*|suprim* .. datos",
        "danos y perjuicios",
    ],
    cancellation: &[
        "cancelar|cancele|cancelo|cancelen|cancelacion|cancelado .. suscripcion|pedido|contrato|cuenta|reserva|plan|pase|servicio|compra|abono",
        "cancelacion|desistimiento|desistir|rescindir|rescision",
        "quiero|quisiera|querria|deseo|necesito cancelar*",
        "dar|darme|darse|darnos|doy|de baja",
        "baja .. suscripcion|servicio|contrato|cuenta",
        "anular*|anulacion|anulen|anule",
        "no .. renovar|renueve|renueven|renovacion",
        "cerrar .. cuenta",
    ],
};

const POLISH: Phrases = Phrases {
    money: &[
        "zwrot pieniedzy|srodkow|kosztow|kwoty|platnosci|naleznosci",
        "pieniadze|pieniedzy|faktur*|platnosc*|zaplac*|zaplat*|place|placic|oplat*|przelew*|obciaz*|kwot*|cena|ceny|cene|rabat*|kupon*|rachun*|kaucj*|odszkodowani*|iban|koszt*|zaliczk*|doplat*",
        "karta|karty|karte platnicz*|kredyt*|debet*",
        "konto|konta|kontem bankow*",
        "pobran*|pobral* .. dwa|dwukrotnie|podwojnie|karty|konta|zlotych|zl|razy",
        "ile .. kosztuje|kosztowac",
    ],
    safety: &[
        "dym|dymu|dymi|dymilo|dymic|iskr*|plomien*|plonie|zapali*|zapalil*|spali*|spalil*|pozar*|wybuch*|stopi*|stopil*|przegrzew*|przegrzal*|poparz*|spaleniz*",
        "porazi* .. prad*",
        "porazenie|porazil|kopnal .. prad*|pradem",
        "kopnal .. prad",
        "zrani*|ranny|ranna|skalecz*|krwaw*|szpital*|pogotowi*|zatru*|zadlawi*|obrazen*",
        "niebezpiecz*|zagroz*",
        "straz .. pozarn*",
        "hamul* .. nie|zawiod*|zepsu*",
        "nie .. hamul*",
        "gaz|gazem .. czuc|smierdzi",
        "smierdzi|czuc .. gaz*",
    ],
    legal: &[
        "adwokat*|prawnik*|prawnicz*|prawn*|pozew|pozwe|pozwac|sadu|sadem|sadow*|rzecznik*|uokik|rodo|policj*|oszust*|oszuka*|odpowiedzialnosc*|reklamacj*|rekojmi*",
        "prawa|praw konsument*",
        "ochrona|ochrony danych",
        "usun* .. dane|danych",
        "naruszen* .. umow*|danych|prawa|praw",
    ],
    cancellation: &[
        "anulow*|anuluj*|rezygn*|zrezygn*|wypowiedz* .. umow*|abonament*|subskrypc*",
        "anulow*|anuluj*|rezygn*|zrezygn*|wypowiadam|wypowiedzenie|odstap*|odstep*",
        "rozwiaz* .. umow*",
        "zamknac|zamkniecie|zakonczyc|zakonczenie .. konto|konta|umow*|abonament*|subskrypc*|czlonkostw*",
        "nie .. przedluz*",
    ],
};

const SLOVENIAN: Phrases = Phrases {
    money: &[
        "racun|racuna|racunu|racune|racunov|placal*|placil*|placam|placati|placan*|placuj*|preplacal*|denar*|povracil*|vracil*|vrnitev|nakazil*|nakazal*|bremenitev|bremenil*|trgal*|cena|cene|ceno|popust*|kupon*|kavcij*|varscin*|strosk*|odskodnin*|iban|trr|provizij*|polozn*|dobropis*",
        "kreditn*|bancn* kartic*|racun*",
        "koliko .. stane|stalo",
    ],
    safety: &[
        "dim|dima|kadi|kadilo|iskr*|gori|gorel*|zagorel*|pozar*|plamen*|eksplodiral*|eksplozij*|stopil*|stali|pregrev*|pregrel*|opekel|opekl*|zazgal*|gasilc*",
        "elektricni|elektricnega|elektrike udar*",
        "streslo|stresla|stresel .. elektrik*|tok*|me",
        "elektrika .. stresla|streslo|udarila",
        "poskodoval*|poskodb*|krvav*|bolnisnic*|resilc*|zastrup*|zadusil*",
        "nevar*",
        "smrdi|disi .. zazgan*|plin*|dim*",
        "zavor* .. ne|odpoved*|pokvar*|delu*",
        "ne .. zavor*",
    ],
    legal: &[
        "odvetni*|tozb*|tozil*|tozim|sodisc*|sodn*|pravn*|zakon*|inspekcij*|inspektor*|inspektorat*|gdpr|policij*|prijavil*|prijava|goljuf*|prevar*|odgovornost*|ovadb*",
        "zveza|zvezo|zvezi potrosnik*",
        "varstv* .. podatk*|potrosnik*",
        "izbri* .. podatk*",
        "pravic* .. potrosnik*",
        "krsitev|krsitve|krsi* .. pogodb*|podatk*",
    ],
    cancellation: &[
        "preklic*|preklical*|odpoved*|odpovem|odpovedal*|odpovedujem|stornir*|odstop*|razvez*|odjavil*|odjaviti|odjavim",
        "prekin* .. pogodb*|narocnin*|clanstv*",
        "zapre*|zapri* .. racun",
        "ne .. podaljsa*",
        "izpis* .. iz",
    ],
};

const LITHUANIAN: Phrases = Phrases {
    money: &[
        "grazin* .. pinig*",
        "pinig*|saskaita|saskaitos|saskaitoje|faktur*|moke*|sumoke*|apmoke*|mokej*|pervest|pervede*|pervedim*|nuskait*|nurasy*|kaina|kainos|kaina|kainu|nuolaid*|kupon*|uzstat*|kompensac*|iban|mokest*|islaid*|permoke*|isiskolin*|skol*",
        "banko|kredito|mokejimo kortel*|saskait*",
        "kiek .. kainuo*",
    ],
    safety: &[
        "dumai|dumu|duma|dumus|ruksta|ruko|kibirkst*|dega|dege|uzsideg*|sudeg*|apdeg*|gaisr*|liepsn*|sprog*|issilyd*|lydosi|perkaist*|perkait*|nudeg*|nusideg*|ugniagesi*|svilesi*",
        "elektra|elektros .. smug*|nukrete|krate|trenk*",
        "nukrete|trenke .. elektr*|srov*",
        "suzei*|suzalo*|kraujav*|kraujuo*|ligonin*|greitaj*|apsinuodij*|uzdus*|uzspring*|traum*|susizei*",
        "pavoj*|nesaug*",
        "smirdi|kvepia|jauciu .. duj*|degesi*|svil*|duju",
        "stabdz* .. ne|neveik*|sugedo|sugede",
        "neveik* .. stabdz*",
    ],
    legal: &[
        "advokat*|teisinink*|teism*|ieskin*|teisin*|istatym*|bdar|policij*|sukc*|apgav*|atsakomyb*",
        "vartotoju .. teis*|tarnyb*",
        "duomenu .. apsaug*|istrin*|istryn*|pasalin*",
        "istrin*|pasalin*|sunaikin* .. duomen*",
        "paduosiu|paduosime|kreipsiuos|kreipsimes .. teism*|tarnyb*|advokat*",
        "zalos atlygin*",
    ],
    cancellation: &[
        "atsauk*|atsaukti|nutrauk*|atsisak*|anuliuo*|atsisakymas",
        "uzdaryti|uzdarykite|panaikinti|panaikinkite .. paskyr*|sutart*|prenumerat*|naryst*",
        "nebenor* .. pratest*|prenumerat*|testi",
        "nepratesk*|nepratest*",
        "issiregistr*",
    ],
};

const PORTUGUESE: Phrases = Phrases {
    money: &[
        "reembols*|fatura*|pagamento*|pagar|paguei|pago|pagou|pagamos|cobranca*|cobrado|cobraram|cobrada|cobrar|cobrou|dinheiro|transferencia*|preco*|desconto*|taxa|taxas|iban|multibanco|caucao|indemnizacao|voucher|mensalidade*|debito|debitado|debitaram|estorno",
        "cartao de credito|debito",
        "conta bancaria",
        "quanto .. custa|custam",
        "nota de credito",
    ],
    safety: &[
        "fumo|fumegar|fumaca|queimado|queimou|queimei|queimadura*|queimar|faisca*|chama|chamas|incendio|fogo|explod*|explosao|derret*|sobreaquec*|bombeiros|eletrocut*",
        "choque .. eletrico",
        "apanhei|levei|deu .. choque*",
        "ferid*|ferimento*|feriu|ferir|magoou|magoei|sangr*|hospital|ambulancia|intoxic*|sufoc*|lesao|lesoes",
        "perigo*|perigosa|perigoso",
        "cheira|cheiro .. queimado|gas",
        "travao|travoes .. falh*|funcion*|nao",
        "nao .. travoes|travao",
    ],
    legal: &[
        "advogad*|tribunal|tribunais|processar|queixa*|denuncia*|legal|legais|judicial*|lei|rgpd|policia|fraude|burla|responsabilidade|deco|asae",
        "livro de reclamacoes",
        "processo judicial",
        "defesa|direitos do consumidor",
        "protecao de dados",
        "apag*|elimin* .. dados",
    ],
    cancellation: &[
        "cancelar|cancelem|cancele|cancelado .. encomenda|subscricao|contrato|conta|reserva|plano|passe|assinatura|servico|compra|pedido",
        "cancelamento|rescindir|rescisao|anular|anulem|anulacao|desistir|desistencia",
        "quero|queria|gostaria|desejo|preciso .. cancelar",
        "encerrar|fechar .. conta",
        "terminar|acabar .. contrato|subscricao|assinatura",
        "nao .. renovar|renovem|renovacao",
        "denuncia do contrato",
    ],
};
