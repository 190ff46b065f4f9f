//! Which words make a day the end of an absence, in the languages that customers write.

use super::days::{Mention, Tokens};

/// What a day that a notice names is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// They are back on it.
    Back,
    /// They are away until it.
    Until,
    /// Neither: the absence begins on it, or it is about something else.
    None,
}

/// What the `n`th of the days that a sentence names is for.
pub(super) fn role(tokens: &Tokens, mentions: &[Mention], n: usize) -> Role {
    let Some(mention) = mentions.get(n) else { return Role::None };
    let comes_back = comes_back(tokens);
    let back = if comes_back { Role::Back } else { Role::None };
    if mention.is_end() {
        return Role::Until;
    }
    if mentions.get(n + 1).is_some_and(Mention::is_end) {
        return Role::None;
    }
    match cue(tokens, mention) {
        Cue::Until => Role::Until,
        Cue::To if !comes_back || is_end_of_range(tokens, mentions, n) => Role::Until,
        Cue::From if later_end(tokens, mentions, n) => Role::None,
        Cue::And if between(tokens) && is_end_of_range(tokens, mentions, n) => Role::Until,
        Cue::Before => Role::None,
        Cue::From | Cue::To | Cue::And | Cue::None => back,
    }
}

/// What the words right beside a day say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cue {
    Until,
    /// The end of a range, unless nothing stands before it.
    To,
    /// The end of a range, if the sentence says “between”.
    And,
    From,
    Before,
    None,
}

fn cue(tokens: &Tokens, mention: &Mention) -> Cue {
    let (from, to) = mention.place();
    let after = after(tokens, to);
    if after != Cue::None {
        return after;
    }
    let mut joined = Cue::None;
    for at in (0..from).rev().take(6) {
        let Some(word) = tokens.word(at) else {
            if tokens.mark(at).is_some_and(|mark| ",(:.（/'’*_".contains(mark)) {
                continue;
            }
            break;
        };
        match CUES.iter().find(|(_, words)| words.split(' ').any(|known| known == word)) {
            Some((Cue::And, _)) => joined = Cue::And,
            Some((cue, _)) => return *cue,
            None if is_filler(word) => {}
            None => break,
        }
    }
    joined
}

/// Languages that set the word behind the day: まで, から, asti, -ig.
fn after(tokens: &Tokens, to: usize) -> Cue {
    let rest: String = (to..to + 9)
        .map_while(|at| tokens.word(at).map(str::to_owned).or_else(|| tokens.mark(at).map(String::from)))
        .collect();
    let rest = rest.trim_start_matches(['(', '（']);
    let rest = match rest.find([')', '）']).filter(|_| !rest.is_empty()) {
        Some(at) if at <= 12 => rest.get(at..).unwrap_or_default().trim_start_matches([')', '）']),
        _ => rest,
    };
    let rest = rest.trim_start_matches(['.', '-', ',']);
    let starts = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    if starts(&["まで", "迄", "asti", "saakka", "ig", "之前", "前", "까지", "до"]) {
        Cue::Until
    } else if starts(&["から", "より", "以降", "부터"]) {
        Cue::From
    } else {
        Cue::None
    }
}

/// The day follows another of the same sentence at most a few words before.
fn is_end_of_range(tokens: &Tokens, mentions: &[Mention], n: usize) -> bool {
    let Some(from) = mentions.get(n).map(|mention| mention.place().0) else { return false };
    let days_before = n
        .checked_sub(1)
        .and_then(|n| mentions.get(n))
        .is_some_and(|before| from.saturating_sub(before.place().1) <= 5);
    let number_before = (from.saturating_sub(5)..from).any(|at| tokens.number(at).is_some());
    days_before || number_before
}

/// After this day, the sentence names one until which they are away.
fn later_end(tokens: &Tokens, mentions: &[Mention], n: usize) -> bool {
    mentions
        .iter()
        .skip(n + 1)
        .any(|later| later.is_end() || matches!(cue(tokens, later), Cue::Until | Cue::To))
}

const CUES: [(Cue, &str); 5] = [
    (
        Cue::Until,
        "until till til through thru bis hasta iki jusqu jusque até ate fino sino tot m до по do after nach après apres \
         después dopo depois após na po после t 到 至 直 截 之",
    ),
    (Cue::To, "to al au ao a à"),
    (
        Cue::From,
        "from ab von vom od desde del du dal dall da de dès partir vanaf van с со nuo since starting beginning as 从 自 från fra alkaen \
         z",
    ),
    (Cue::And, "and und y e et i in ir en и 和"),
    (Cue::Before, "before vor prima antes avant před pred prieš перед voor vóór przed by"),
];

/// “Between 1 and 8 December”.
fn between(tokens: &Tokens) -> bool {
    const BETWEEN: &str = "between zwischen entre między pomiędzy med tarp tra fra tussen mezi между";
    (0..tokens.0.len())
        .filter_map(|at| tokens.word(at))
        .any(|word| BETWEEN.split(' ').any(|known| known == word))
}

/// Words between the cue and the day.
fn is_filler(word: &str) -> bool {
    const FILLERS: &str = "the on of le la el il lo den dem dne der de zum zur am dia día data dato dates day and including inclusive incl \
         einschl einschließlich inklusive inclusief inclusive inkl include včetně vključno imtinai włącznie включительно compris inclus incluso \
         compreso och og en med met mit l feira all end ende próxima próximo next nächsten kommenden coming lunes this week dnia dnem st d 月 日 将 将于 于";
    FILLERS.split(' ').any(|filler| filler == word) || is_weekday(word) || super::days::month(word).is_some()
}

fn is_weekday(word: &str) -> bool {
    let tokens = Tokens::of(word);
    super::days::mentions(&tokens).iter().any(|mention| matches!(mention, Mention::Weekday { .. }))
}

/// The sentence speaks of coming back, or of being there again.
fn comes_back(tokens: &Tokens) -> bool {
    let words: Vec<&str> = (0..tokens.0.len()).filter_map(|at| tokens.word(at)).collect();
    let together: String = words.concat();
    let stem = |stems: &str| words.iter().any(|word| stems.split(' ').any(|stem| matches(word, stem)));
    if BACK_ASIAN.split(' ').any(|word| together.contains(word)) || stem(BACK) {
        return true;
    }
    stem(THERE) && !stem(NOT)
}

fn matches(word: &str, stem: &str) -> bool {
    stem.strip_suffix('*').map_or(word == stem, |stem| word.starts_with(stem))
}

const BACK: &str = "back return returning returns again resume* wieder zurück* zurueck rückkehr* vuelta regres* vuelv* volver* reincorpor* \
     nuevamente powrot* powró* powroc* wrac* wróc* ponownie znów znowu vrnem vrnil* vračam vrnit* nazaj spet ponovno grįš* grįž* sugrįš* vėl \
     retour* rentr* reprend* repris* nouveau rientr* torn* ritorn* nuovo volt* retorn* regress* novamente terug* weer hervat* vrát* vrac* zpět \
     zpátky opět znovu вернусь верн* возвращ* возврат* снова вновь выйду выхожу åter* tillbaka tilbage* tilbake* igjen igen palaan* \
     takaisin vissza* revin* înapoi повернуся знову";

const BACK_ASIAN: &str = "返回 回来 回來 回到 回公司 恢复 恢復 上班 复工 復工 返岗 戻 復帰 出社 出勤 通常 再開 業務開始 営業開始 以降 順次 돌아 복귀";

/// Being there: coming back, where it isn't denied.
const THERE: &str = "available disponible* disponib* disponív* erreichbar verfügung dostępn* dosegljiv* pasiekiam* bereikbaar dostupn* \
     zastižen* доступ* связи офисе office büro biurze pisarni biure bureau ufficio escritório oficina kantoor kanceláři работе anträffbar";

const NOT: &str = "not no nicht nie ni ne non não niet не нет out away unavailable poza nesu nisem nisam nejsem nebudu mimo fuori fora fuera buiten abwesend \
     absent* ausen* assente* odsot* nėra nebūsiu nebus indisponib* indispon* urlop* urlaub vacation vacances отпуске отсутств* kein keine pas";

/// The sentence tells whom to write to instead.
pub(super) fn names_substitute(sentence: &str) -> bool {
    SUBSTITUTE.split('|').any(|word| sentence.contains(word))
}

const SUBSTITUTE: &str = "urgent|contact|instead|direct all|enquir|inquir|write to|reach out|in my absence|while i am away|emergenc|assist|forward|turn to|get in touch|\
     dringend|wenden|vertret|kontaktier|abwesenheit|eilig|notf|urgenc|urgente|urgenz|en mi ausencia|dirij|póngase|escrib|sustitu|\
     piln|prosz|zastęp|kontakt|nujn|obrnite|pišite|nadomešč|odsotnosti|skub|kreip|pavaduo|rašykite|susisiek|contact|adress|absence|remplac|\
     contatt|rivolg|scriv|assenza|sostitu|contat|ausência|dirig|spoed|dringende|vervang|naléhav|obraťte|zastup|napište|nepřítomnost|\
     срочн|обращ|замеща|пишите|свяжитесь|связывайтесь|紧急|緊急|联系|聯繫|联络|代理|代わり|お急ぎ|急ぎ|連絡先|担当|brådskande|haster|kiire|sürgős";
