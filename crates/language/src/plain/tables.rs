//! The words of each language by which hard places are known. Folded: lower case, no accents.

/// What is hard in one language.
pub(super) struct Tables {
    /// A sentence of more words is long. Languages that say more in a word have fewer.
    pub words_of_sentence: usize,
    /// Words that a passive begins with.
    pub auxiliaries: &'static [&'static str],
    /// Endings of its participle.
    pub participles: &'static [&'static str],
    /// Participles without them.
    pub irregular: &'static [&'static str],
    /// Words that say by whom.
    pub by: &'static [&'static str],
    /// Words that deny.
    pub negations: &'static [&'static str],
    /// So many of them are too many; more where the grammar doubles them.
    pub most_negations: usize,
    /// Phrases that mean something else than they say, with what to say instead.
    pub idioms: &'static [(&'static str, &'static str)],
    /// Abbreviations with full stops, and what they stand for.
    pub abbreviations: &'static [(&'static str, &'static str)],
}

pub(super) fn of(language: &str) -> &'static Tables {
    match language {
        "en" => &EN,
        "de" => &DE,
        "es" => &ES,
        "pl" => &PL,
        "sl" => &SL,
        "lt" => &LT,
        _ => &OTHER,
    }
}

const OTHER: Tables = Tables {
    words_of_sentence: 22,
    auxiliaries: &[],
    participles: &[],
    irregular: &[],
    by: &[],
    negations: &[],
    most_negations: 1,
    idioms: &[],
    abbreviations: &[],
};

const EN: Tables = Tables {
    words_of_sentence: 25,
    auxiliaries: &["is", "are", "was", "were", "be", "been", "being"],
    participles: &["ed"],
    irregular: &[
        "sent",
        "made",
        "done",
        "taken",
        "given",
        "found",
        "paid",
        "lost",
        "sold",
        "seen",
        "shown",
        "written",
        "held",
        "kept",
        "built",
        "put",
        "set",
        "broken",
        "chosen",
        "told",
        "left",
        "withdrawn",
        "bought",
        "brought",
    ],
    by: &["by"],
    negations: &[
        "not", "no", "never", "nothing", "nobody", "none", "neither", "nor", "without", "cannot", "cant",
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt", "couldnt",
        "shouldnt", "unless",
    ],
    most_negations: 1,
    idioms: &[
        ("touch base", "talk"),
        ("ballpark figure", "estimate"),
        ("piece of cake", "easy"),
        ("keep you posted", "tell you"),
        ("bear with us", "please wait"),
        ("bear with me", "please wait"),
        ("get the ball rolling", "begin"),
        ("on the same page", "of one opinion"),
        ("out of the blue", "suddenly"),
        ("in the pipeline", "planned"),
        ("up to speed", "know everything"),
        ("rule of thumb", "usual rule"),
        ("down the road", "later"),
        ("hit the nail on the head", "right"),
        ("loop in", "ask"),
        ("reach out to", "write to"),
    ],
    abbreviations: &[
        ("e.g.", "for example"),
        ("i.e.", "that is"),
        ("etc.", "and so on"),
        ("asap", "as soon as possible"),
        ("fyi", "for your information"),
        ("approx.", "about"),
        ("tbd", "to be decided"),
        ("eod", "end of the day"),
        ("w/o", "without"),
    ],
};

const DE: Tables = Tables {
    words_of_sentence: 22,
    auxiliaries: &["wird", "werden", "wurde", "wurden", "worden"],
    participles: &["iert"],
    irregular: &[
        "bearbeitet",
        "versendet",
        "verschickt",
        "erstattet",
        "ersetzt",
        "uberwiesen",
        "bezahlt",
        "repariert",
        "entfernt",
        "erstellt",
        "bestellt",
        "verloren",
        "verkauft",
        "erledigt",
    ],
    by: &["von", "vom", "durch"],
    negations: &[
        "nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "niemals", "niemand", "nichts",
        "ohne", "weder",
    ],
    most_negations: 1,
    idioms: &[
        ("auf dem laufenden", "informiert"),
        ("unter den teppich", "verschwiegen"),
        ("ins wasser gefallen", "ausgefallen"),
        ("auf den punkt", "kurz und klar"),
        ("im griff", "unter Kontrolle"),
        ("auf dem schirm", "bekannt"),
        ("drucken uns die daumen", "hoffen"),
        ("unter dach und fach", "fertig"),
        ("zu potte", "fertig"),
        ("daumen drucken", "hoffen"),
        ("in die gange", "los"),
    ],
    abbreviations: &[
        ("z.b.", "zum Beispiel"),
        ("z. b.", "zum Beispiel"),
        ("d.h.", "das heißt"),
        ("d. h.", "das heißt"),
        ("usw.", "und so weiter"),
        ("ggf.", "vielleicht"),
        ("bzw.", "oder"),
        ("evtl.", "vielleicht"),
        ("u.a.", "unter anderem"),
        ("i.d.r.", "meistens"),
        ("zzgl.", "und dazu"),
        ("inkl.", "mit"),
        ("mfg", "mit freundlichen Grüßen"),
    ],
};

const ES: Tables = Tables {
    words_of_sentence: 28,
    auxiliaries: &["fue", "fueron", "sera", "seran", "sido", "siendo", "era", "eran", "ser"],
    participles: &["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"],
    irregular: &[
        "hecho", "hecha", "escrito", "escrita", "devuelto", "devuelta", "abierto", "abierta", "puesto",
        "visto", "resuelto", "resuelta",
    ],
    by: &["por"],
    negations: &[
        "no", "nunca", "nada", "nadie", "ningun", "ninguna", "ninguno", "jamas", "tampoco", "sin", "ni",
    ],
    most_negations: 2,
    idioms: &[
        ("al pie de la letra", "exactamente"),
        ("estar al tanto", "saber"),
        ("en un abrir y cerrar de ojos", "muy rápido"),
        ("dar en el clavo", "acertar"),
        ("echar una mano", "ayudar"),
        ("de cabo a rabo", "por completo"),
        ("poner las pilas", "trabajar más"),
        ("tomar cartas en el asunto", "actuar"),
        ("a la vuelta de la esquina", "pronto"),
    ],
    abbreviations: &[
        ("p. ej.", "por ejemplo"),
        ("p.ej.", "por ejemplo"),
        ("etc.", "y otros"),
        ("aprox.", "más o menos"),
        ("nº", "número"),
        ("dpto.", "departamento"),
        ("att.", "atentamente"),
    ],
};

const PL: Tables = Tables {
    words_of_sentence: 20,
    auxiliaries: &[
        "zostal", "zostala", "zostalo", "zostaly", "zostali", "zostanie", "zostana", "byl", "byla", "bylo",
        "byly", "bedzie", "beda",
    ],
    participles: &[
        "any", "ana", "ane", "ani", "ony", "ona", "one", "eni", "eta", "ety", "ete", "yta", "yty", "yte",
        "uta", "uty", "ute",
    ],
    irregular: &[],
    by: &["przez"],
    negations: &["nie", "nigdy", "nic", "nikt", "zaden", "zadna", "zadne", "bez", "ani"],
    most_negations: 2,
    idioms: &[
        ("trzymamy reke na pulsie", "pilnujemy tego"),
        ("reke na pulsie", "pilnować"),
        ("od reki", "od razu"),
        ("bulka z maslem", "łatwe"),
        ("na ostatnia chwile", "późno"),
        ("trzymac kciuki", "mieć nadzieję"),
        ("trzymamy kciuki", "mamy nadzieję"),
        ("z pierwszej reki", "bezpośrednio"),
        ("w mgnieniu oka", "bardzo szybko"),
    ],
    abbreviations: &[
        ("np.", "na przykład"),
        ("itd.", "i tak dalej"),
        ("itp.", "i podobne"),
        ("tj.", "to jest"),
        ("tzn.", "to znaczy"),
        ("m.in.", "między innymi"),
        ("ww.", "wyżej wymienione"),
        ("dot.", "dotyczy"),
        ("pzdr", "pozdrawiam"),
    ],
};

const SL: Tables = Tables {
    words_of_sentence: 22,
    auxiliaries: &["bil", "bila", "bilo", "bili", "bile", "bo", "bodo"],
    participles: &["an", "ana", "ano", "ani", "ane", "en", "ena", "eno", "eni", "ene"],
    irregular: &[],
    by: &["strani"],
    negations: &[
        "ne", "ni", "niso", "nisem", "nismo", "niste", "nikoli", "nic", "nihce", "noben", "nobena", "nobeno",
        "brez", "nimam", "nima",
    ],
    most_negations: 2,
    idioms: &[
        ("drzimo pesti", "upamo"),
        ("drzati pesti", "upati"),
        ("na kratko receno", "torej"),
        ("macji kaselj", "lahko"),
        ("v rokavu", "pripravljeno"),
        ("od danes do jutri", "hitro"),
        ("kot bi mignil", "zelo hitro"),
    ],
    abbreviations: &[
        ("npr.", "na primer"),
        ("itd.", "in tako dalje"),
        ("ipd.", "in podobno"),
        ("tj.", "to je"),
        ("oz.", "ali"),
        ("cca.", "približno"),
        ("lp", "lep pozdrav"),
    ],
};

const LT: Tables = Tables {
    words_of_sentence: 18,
    auxiliaries: &["yra", "buvo", "bus", "buna"],
    participles: &[
        "yta", "ytas", "uota", "uotas", "inta", "intas", "usta", "ustas", "asta", "astas", "ikta", "iktas",
        "imta", "imtas", "auta", "autas",
    ],
    irregular: &[],
    by: &[],
    negations: &[
        "ne", "nera", "niekas", "nieko", "niekada", "joks", "jokia", "jokio", "jokios", "nei", "be", "nebus",
        "nebuvo",
    ],
    most_negations: 2,
    idioms: &[
        ("laikykite kumscius", "tikėkimės"),
        ("laikome kumscius", "tikimės"),
        ("vienu ypu", "iš karto"),
        ("akies mirksniu", "labai greitai"),
        ("is peties", "labai"),
        ("nuo a iki z", "viską"),
    ],
    abbreviations: &[
        ("pvz.", "pavyzdžiui"),
        ("t. y.", "tai yra"),
        ("t.y.", "tai yra"),
        ("ir t. t.", "ir taip toliau"),
        ("ir t.t.", "ir taip toliau"),
        ("ir pan.", "ir panašiai"),
    ],
};
