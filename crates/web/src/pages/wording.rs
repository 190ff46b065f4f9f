//! A reply in two languages, in the composer.

use super::{
    Answer,
    acting::Acting,
    case::{Drawn, Typed},
};
use crate::{
    fields::Fields,
    said::Said,
    site::Site,
    views::translations::{Across, Crossing, FindingLine, WordLine},
    words::{language, language_name},
};
use ::language::{
    meaning::{Checked, Finding, Severity},
    terms::Term,
    translation::Way,
};
use cases::{DraftKind, translations::DraftTranslation};
use desk::{case_page::CasePage, terms::Termbase, translating, wording};
use kernel::{Fault, LanguageTag};
use std::ops::Range;

/// `POST /cases/{case}/translations`
pub(crate) async fn translate(acting: Acting, form: Fields) -> Answer {
    let own = if form.text("own").is_empty() { form.text("text") } else { form.text("own") };
    match wording::translate(acting.desk(), acting.reach(), acting.case, own).await {
        Ok(()) => Ok(acting.to_case(acting.case, Said::ReplyTranslated)),
        Err(stop) => {
            let typed = Typed {
                kind: DraftKind::Reply,
                text: own.to_owned(),
                to: String::new(),
                copies: None,
                later_at: String::new(),
                own: None,
            };
            acting.refused(stop, Drawn { typed: Some(typed), ..Drawn::default() }).await
        }
    }
}

/// `POST /cases/{case}/translations/endings`
pub(crate) async fn give_up(acting: Acting) -> Answer {
    let done = wording::give_up(acting.desk(), acting.reach(), acting.case).await;
    acting.ended(done, Said::ReplyUntranslated).await
}

/// How the reader's reply comes into the customer's language.
pub(super) async fn across(site: &Site, found: &CasePage, typed: &Option<Typed>) -> Result<Across, Fault> {
    if let Some(beside) = &found.writing.translation {
        let typed = typed.as_ref().filter(|typed| typed.own.is_some());
        let own = typed.and_then(|typed| typed.own.as_deref()).unwrap_or(&beside.own);
        let text = typed.map_or(beside.text.as_str(), |typed| typed.text.as_str());
        let checked = wording::check(
            &site.desk,
            found.case.client,
            (own, &beside.own_language),
            (text, &beside.language),
        )
        .await?;
        let words = words(&found.writing.termbase, own, beside);
        return Ok(Across::Drawn(Box::new(Crossing { words, ..crossing(beside, own, text, &checked) })));
    }
    let (reader, to) = (&found.writing.reader, &found.case.language);
    if !to.is_known() || reader.writes(to, &site.desk.clock.now().day()) {
        return Ok(Across::Needless);
    }
    if let Some(from) = translating::writable_in(&found.writing.ways, reader, to) {
        return Ok(Across::Offered { words: offered(found.writing.ways.way(&from, to), to) });
    }
    let sentence = format!(
        "The customer reads {}, and nothing here translates into it. Ask somebody who writes it, or ask the customer which other \
         language they read.",
        language_name(to.as_str())
    );
    Ok(Across::Impossible { sentence })
}

/// What a button that translates says: a memory knows some sentences only.
pub(super) fn offered(way: Option<Way>, into: &LanguageTag) -> String {
    let name = language_name(into.as_str());
    match way {
        Some(Way::Memory) => format!("Say in {name} what is remembered"),
        _ => format!("Translate into {name}"),
    }
}

/// The client's words in what the representative wrote, each once, with how the customer should read them.
fn words(termbase: &Termbase, own: &str, beside: &DraftTranslation) -> Vec<WordLine> {
    let terms = termbase.standing(own, &beside.own_language);
    let form = |term: &Term, language| term.best_form(language).map(|form| form.text.clone());
    let line = |term: &Term| {
        let parts = [&term.sense, &term.note];
        Some(WordLine {
            own: form(term, &beside.own_language)?,
            said: form(term, &beside.language).unwrap_or_default(),
            note: parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
        })
    };
    terms.iter().filter_map(line).collect()
}

fn crossing(beside: &DraftTranslation, own: &str, text: &str, checked: &Checked) -> Crossing {
    let mut findings = checked.findings.clone();
    findings.sort_by_key(|finding| std::cmp::Reverse((wording::stops(finding), finding.severity)));
    let excerpt = |text: &str, range: &Option<Range<usize>>| {
        let words = range.as_ref().and_then(|range| text.get(range.clone()))?;
        let short: String = words.chars().take(120).collect();
        Some(short).filter(|short| !short.trim().is_empty())
    };
    let line = |finding: &Finding| {
        let (word, icon, key) = match finding.severity {
            _ if wording::stops(finding) => ("Stop", "alert", "stop"),
            Severity::Stop | Severity::Warn => ("Look", "alert", "warn"),
            Severity::Hint => ("Hint", "dot", "hint"),
        };
        FindingLine {
            word,
            icon,
            key,
            own: excerpt(own, &finding.source),
            said: excerpt(text, &finding.target),
            why: finding.why.clone(),
        }
    };
    Crossing {
        own: own.to_owned(),
        own_language: language(&beside.own_language),
        text: text.to_owned(),
        language: language(&beside.language),
        label: format!("Translated by a machine ({}).", beside.engine),
        back: if text == beside.text { beside.back.clone() } else { String::new() },
        words: Vec::new(),
        is_stopped: checked.findings.iter().any(wording::stops),
        findings: findings.iter().map(line).collect(),
    }
}
