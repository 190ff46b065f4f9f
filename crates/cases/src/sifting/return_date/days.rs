//! Which days a sentence names, in the ways in which some twenty languages write them.

use jiff::civil::Weekday;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits: their value and how many.
    Number(i16, usize),
    /// Letters, in lower case. Chinese and Japanese characters stand alone.
    Word(String),
    /// Anything else but spaces.
    Mark(char),
}

/// The pieces of a sentence.
pub(super) struct Tokens(pub Vec<Token>);

/// A day that the sentence names, and the tokens that do.
#[derive(Debug)]
pub(super) enum Mention {
    /// A date; where the order of day and month isn't sure, both readings as (month, day).
    Date { year: Option<i16>, readings: Vec<(i8, i8)>, from: usize, to: usize, is_end: bool },
    /// A day of the week.
    Weekday { day: Weekday, from: usize, to: usize },
    /// The next day.
    Tomorrow { from: usize, to: usize },
}

impl Mention {
    /// The tokens from the first up to, not including, the last.
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::Date { from, to, .. } | Self::Weekday { from, to, .. } | Self::Tomorrow { from, to } => {
                (*from, *to)
            }
        }
    }

    /// It is the end of a range such as “3–10 December”.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Date { is_end: true, .. })
    }
}

impl Tokens {
    /// Takes a sentence apart.
    pub fn of(sentence: &str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let mut open = false;
        for c in sentence.chars().flat_map(char::to_lowercase) {
            let digit = fullwidth(c).to_digit(10).and_then(|digit| i16::try_from(digit).ok());
            match (digit, tokens.last_mut()) {
                (Some(digit), Some(Token::Number(value, length))) if open => {
                    *value = value.saturating_mul(10).saturating_add(digit);
                    *length += 1;
                }
                (Some(digit), _) => tokens.push(Token::Number(digit, 1)),
                (None, Some(Token::Word(word)))
                    if open && c.is_alphabetic() && !is_han(c) && !word.chars().any(is_han) =>
                {
                    word.push(c);
                }
                (None, _) if c.is_alphabetic() => tokens.push(Token::Word(c.to_string())),
                (None, Some(Token::Word(word))) if open && c == '\u{307}' => word.push(c),
                (None, _) if !c.is_whitespace() => tokens.push(Token::Mark(c)),
                _ => {}
            }
            open = !c.is_whitespace();
        }
        Self(tokens)
    }

    pub fn word(&self, at: usize) -> Option<&str> {
        match self.0.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        match self.0.get(at) {
            Some(Token::Mark(mark)) => Some(*mark),
            _ => None,
        }
    }

    pub fn number(&self, at: usize) -> Option<i16> {
        match self.0.get(at) {
            Some(Token::Number(value, _)) => Some(*value),
            _ => None,
        }
    }

    fn year(&self, at: usize) -> Option<i16> {
        match self.0.get(at) {
            Some(Token::Number(value, 4)) if (2000..2100).contains(value) => Some(*value),
            _ => None,
        }
    }

    fn day(&self, at: usize) -> Option<i8> {
        match self.0.get(at) {
            Some(Token::Number(value, 1 | 2)) => {
                i8::try_from(*value).ok().filter(|day| (1..=31).contains(day))
            }
            _ => None,
        }
    }

    fn month_number(&self, at: usize) -> Option<i8> {
        self.day(at).filter(|month| *month <= 12)
    }

    fn is_dash(&self, at: usize) -> bool {
        self.mark(at).is_some_and(|mark| "-–—~～‐‑−".contains(mark))
    }

    /// The first token that isn't one of these words or marks.
    fn past(&self, mut at: usize, words: &[&str], marks: &str) -> usize {
        while self.word(at).is_some_and(|word| words.contains(&word))
            || self.mark(at).is_some_and(|mark| marks.contains(mark))
        {
            at += 1;
        }
        at
    }
}

fn fullwidth(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        c => c,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Every day that the sentence names, in its order.
pub(super) fn mentions(tokens: &Tokens) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < tokens.0.len() {
        let found = date(tokens, at).or_else(|| day_name(tokens, at));
        at = found.as_ref().map_or(at + 1, |mention| mention.place().1.max(at + 1));
        mentions.extend(found);
    }
    // “Friday, 3 December” is one day.
    let names_next = |n: usize| {
        let (Some(Mention::Weekday { to, .. }), Some(next @ Mention::Date { .. })) =
            (mentions.get(n), mentions.get(n + 1))
        else {
            return false;
        };
        next.place().0.saturating_sub(*to) <= 3
    };
    let doubled: Vec<usize> = (0..mentions.len()).filter(|n| names_next(*n)).collect();
    let mut n = 0;
    mentions.retain(|_| {
        n += 1;
        !doubled.contains(&(n - 1))
    });
    mentions
}

fn date(tokens: &Tokens, at: usize) -> Option<Mention> {
    let found = with_ideographs(tokens, at)
        .or_else(|| in_digits(tokens, at))
        .or_else(|| day_then_month(tokens, at))
        .or_else(|| month_then_day(tokens, at))?;
    let Found { year, readings, to, .. } = found;
    Some(Mention::Date { year, readings, from: at, to, is_end: found.is_end || to_end(tokens, at) })
}

/// A date that was found: its year, its readings, the token behind it.
struct Found {
    year: Option<i16>,
    readings: Vec<(i8, i8)>,
    to: usize,
    is_end: bool,
}

impl Found {
    fn day(year: Option<i16>, month: i8, day: i8, to: usize) -> Self {
        Self { year, readings: vec![(month, day)], to, is_end: false }
    }

    fn end(self) -> Self {
        Self { is_end: true, ..self }
    }
}

/// 2026年12月3日, 12月3日, and 10日 after such a one.
fn with_ideographs(tokens: &Tokens, at: usize) -> Option<Found> {
    let is = |at: usize, word: &str| tokens.word(at) == Some(word);
    let (year, month_at) = if is(at + 1, "年") { (Some(tokens.year(at)?), at + 2) } else { (None, at) };
    let month = tokens.month_number(month_at).filter(|_| is(month_at + 1, "月") || is(month_at + 1, "월"))?;
    let day = tokens.day(month_at + 2)?;
    let to = tokens.past(month_at + 3, &["日", "号", "號", "일"], "");
    // 12月3日至10日
    let dash = to + usize::from(tokens.is_dash(to) || ["至", "到"].iter().any(|word| is(to, word)));
    if let Some(end) =
        tokens.day(dash).filter(|_| dash > to && ["日", "号", "號"].iter().any(|word| is(dash + 1, word)))
    {
        return Some(Found::day(year, month, end, dash + 2).end());
    }
    Some(Found::day(year, month, day, to))
}

/// 2026-12-03, 3.12.2026, 3. 12., 12/3, 03-12-2026.
fn in_digits(tokens: &Tokens, at: usize) -> Option<Found> {
    let separator = tokens.mark(at + 1).filter(|mark| "-./".contains(*mark))?;
    let same = |at: usize| tokens.mark(at) == Some(separator);
    if let Some(year) = tokens.year(at) {
        let (month, day) = (tokens.month_number(at + 2)?, tokens.day(at + 4).filter(|_| same(at + 3))?);
        return Some(Found::day(Some(year), month, day, at + 5));
    }
    let (first, second) = (tokens.day(at)?, tokens.day(at + 2)?);
    let year = if same(at + 3) { year_or_short(tokens, at + 4) } else { None };
    let to = if year.is_some() { at + 5 } else { at + 3 };
    let mut readings = vec![(second, first)];
    if separator == '/' {
        readings.push((first, second));
    }
    readings.retain(|(month, _)| *month <= 12);
    let is_date = year.is_some() || separator != '-';
    (is_date && !readings.is_empty()).then_some(Found { year, readings, to, is_end: false })
}

fn year_or_short(tokens: &Tokens, at: usize) -> Option<i16> {
    let short = || match tokens.0.get(at) {
        Some(Token::Number(value, 2)) if (20..80).contains(value) => Some(2000 + value),
        _ => None,
    };
    tokens.year(at).or_else(short)
}

/// 3 December 2026, 3rd of December, 3. decembra, 3 de diciembre de 2026, 1er janvier, le 3 au 10 décembre.
fn day_then_month(tokens: &Tokens, at: usize) -> Option<Found> {
    const BETWEEN: [&str; 24] = [
        "st", "nd", "rd", "th", "er", "e", "ère", "ste", "de", "of", "del", "d", "den", "der", "го", "ого",
        "ego", "go", "ja", "o", "a", "i", "di", "ter",
    ];
    let day = tokens.day(at)?;
    let month_at = tokens.past(at + 1, &BETWEEN, ".-º°ª'’");
    let month = month(tokens.word(month_at).filter(|_| month_at <= at + 4)?)?;
    let year_at = tokens.past(month_at + 1, &["de", "del", "do"], ".,");
    let year = tokens.year(year_at);
    let to = if year.is_some() { year_at + 1 } else { month_at + 1 };
    Some(Found::day(year, month, day, to))
}

/// December 3rd, 2026; December 3–10; 2026 m. gruodžio 3 d.; 2026. december 3.
fn month_then_day(tokens: &Tokens, at: usize) -> Option<Found> {
    let year_before = tokens.year(at);
    let month_at = if year_before.is_some() { tokens.past(at + 1, &["m", "metų"], ".") } else { at };
    let month = month(tokens.word(month_at)?)?;
    let day_at = tokens.past(month_at + 1, &["mėn", "the"], ".");
    let first = tokens.day(day_at)?;
    let behind = |at: usize| tokens.past(at, &["st", "nd", "rd", "th", "d"], ".");
    let to = behind(day_at + 1);
    let other_month = tokens.word(to + 2).and_then(self::month).is_some();
    let last = tokens.day(to + 1).filter(|last| tokens.is_dash(to) && *last > first && !other_month);
    let to = if last.is_some() { behind(to + 2) } else { to };
    let year_at = tokens.past(to, &[], ",");
    let year_behind = tokens.year(year_at).filter(|_| year_before.is_none());
    let to = if year_behind.is_some() { year_at + 1 } else { to };
    let year = year_before.or(year_behind);
    Some(
        last.map_or_else(
            || Found::day(year, month, first, to),
            |last| Found::day(year, month, last, to).end(),
        ),
    )
}

/// A dash or a range's word stands between an earlier number and this date.
fn to_end(tokens: &Tokens, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let numbered = |at: usize| {
        let at = if tokens.mark(at) == Some('.') { at.checked_sub(1) } else { Some(at) };
        at.is_some_and(|at| {
            tokens.number(at).is_some()
                || tokens.word(at).is_some_and(|word| {
                    month(word).is_some() || ["日", "d", "th", "st", "nd", "rd"].contains(&word)
                })
        })
    };
    tokens.is_dash(before) && before.checked_sub(1).is_some_and(numbered)
}

fn day_name(tokens: &Tokens, at: usize) -> Option<Mention> {
    let word = tokens.word(at)?;
    if [
        "tomorrow",
        "morgen",
        "mañana",
        "jutro",
        "jutri",
        "rytoj",
        "demain",
        "domani",
        "amanhã",
        "zítra",
        "завтра",
        "imorgon",
    ]
    .contains(&word)
    {
        return Some(Mention::Tomorrow { from: at, to: at + 1 });
    }
    let next = |ahead: usize| tokens.word(at + ahead).unwrap_or_default();
    if ["明"].contains(&word) && ["天", "日"].contains(&next(1)) {
        return Some(Mention::Tomorrow { from: at, to: at + 2 });
    }
    let days = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let asian = |names: &str| {
        let mut names = names.chars();
        let (zh, ja) = (names.next().map(String::from), names.next().map(String::from));
        let week = ["周", "期"].contains(&word) && Some(next(1).to_owned()) == zh;
        let youbi = Some(word.to_owned()) == ja && next(1) == "曜";
        if week {
            Some(2)
        } else if youbi {
            Some(if next(2) == "日" { 3 } else { 2 })
        } else {
            None
        }
    };
    for (day, (names, asian_names)) in days.into_iter().zip(WEEKDAYS) {
        if listed(word, names) {
            return Some(Mention::Weekday { day, from: at, to: at + 1 });
        }
        if let Some(length) = asian(asian_names) {
            return Some(Mention::Weekday { day, from: at, to: at + length });
        }
    }
    None
}

/// The number of a month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|names| listed(word, names))?;
    i8::try_from(at + 1).ok()
}

/// `names` holds words; one that ends in `*` stands for all that begin with it.
fn listed(word: &str, names: &str) -> bool {
    names.split(' ').any(|name| match name.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == name,
    })
}

const MONTHS: [&str; 12] = [
    "jan januar* janv janvier ene enero gen gennaio janeiro sty stycz* led leden ledna saus* янв январ* січ* január* ianuarie tammikuu* ocak*",
    "feb febr februar* fév févr février fevrier febrero febbraio fev fevereiro lut luty lutego úno únor* vasari* vas фев февр феврал* лют* február* februarie helmikuu* şubat*",
    "mar march märz maerz mrz marz marzo mars março marco marca marec marcu maart marts mart marzec bře březen března kovo kov kovas мар март* берез* március* martie maaliskuu*",
    "apr april aprile aprilie avr avril abr abril kwi kwiecień kwietnia dub duben dubna balandžio balandis bal апр апрел* квіт* április* aprilis* aprila huhtikuu* nisan*",
    "may mai mayo mag maggio maio maj maja maju mei kvě květen května gegužė* geg май мая трав* május* toukokuu* mayıs*",
    "jun june juni juin junio giu giugno junho czerwiec czerwca cze junij* juna června červen čvn birželi* bir июн июн* черв* június* iunie kesäkuu* haziran*",
    "jul july juli juil juillet julio lug luglio julho lipiec lipca lip julij* jula července červenec čvc liepos liepa lie июл июл* лип* július* iulie heinäkuu* temmuz*",
    "aug august* août aout ago agosto sie sierpień sierpnia avg avgust* srp srpen srpna rugpjū* rgp авг август* серп* augusztus* elokuu* ağustos*",
    "sep sept september* septembr* septembre septiembre setiembre set settembre setembro wrz wrzesień września zář září rugsėj* rgs сен сент сентябр* верес* szeptember* syyskuu* eylül*",
    "oct oct october okt oktober* oktobr* octobre octubre ottobre ott outubro out paź paźdz październik* říj říjen října spalio spalis spa окт октябр* жовт* október* octombrie lokakuu* ekim*",
    "nov november* novembr* novembre noviembre novembro lis listopad* lapkri* lap ноя нояб ноябр* листопад* noiembrie marraskuu* kasım*",
    "dec december* decembr* dez dezember* décembre déc decembre dic diciembre dicembre dezembro gru grudzień grudnia pro prosinec prosince gruodžio gruodis gru дек декабр* груд* decembrie joulukuu* aralık*",
];

/// Of each day its names, then its sign in Chinese and in Japanese.
const WEEKDAYS: [(&str, &str); 7] = [
    (
        "monday montag* lunes poniedzia* ponedelj* pirmadien* lundi lunedì lunedi segunda maandag pondělí понедельник* måndag* mandag* maanantai* hétfő*",
        "一月",
    ),
    (
        "tuesday dienstag* martes wtor* torek torka torku antradien* mardi martedì martedi terça dinsdag úterý úterka вторник* tisdag* tirsdag* tiistai* kedd*",
        "二火",
    ),
    (
        "wednesday mittwoch* miércoles miercoles środ* sreda srede sredo trečiadien* mercredi mercoledì mercoledi quarta woensdag středa středy středu среда среды среду onsdag* keskiviik* szerda*",
        "三水",
    ),
    (
        "thursday donnerstag* jueves czwart* četrt* ketvirtadien* jeudi giovedì giovedi quinta donderdag čtvrt* четверг* torsdag* torstai* csütörtök*",
        "四木",
    ),
    (
        "friday freitag* viernes piąt* petek petka petku penktadien* vendredi venerdì venerdi sexta vrijdag pátek pátku пятниц* fredag* perjantai* péntek*",
        "五金",
    ),
    (
        "saturday samstag* sonnabend* sábado sabado sobot* šeštadien* samedi sabato zaterdag суббот* lördag* lørdag* lauantai* szombat*",
        "六土",
    ),
    (
        "sunday sonntag* domingo niedziel* nedelj* sekmadien* dimanche domenica zondag neděl* воскресень* söndag* søndag* sunnuntai* vasárnap*",
        "日日",
    ),
];
