//! What was measured, line by line.

use super::material::Marked;
use super::public::Public;
use kernel::LanguageTag;
use language::{Identifier, Prior, document_words};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

type Written = Result<(), Box<dyn Error>>;

/// Texts in two languages whose spans are found exactly, on lines of their own and inside a line.
pub fn mixed(out: &mut impl Write, identifier: &Identifier, name: &str, texts: &[Marked]) -> Written {
    for (separator, kind) in [("\n", "across lines"), (" ", "inside a line")] {
        let chosen: Vec<&Marked> = texts.iter().filter(|text| text.separator == separator).collect();
        let (mut exact, mut nearly) = (0, 0);
        for text in &chosen {
            let found = joined_spans(identifier, &text.text);
            nearly += usize::from(share_right(&text.spans, &found) >= 0.9);
            if found == text.spans {
                exact += 1;
            } else if std::env::var_os("SHOW").is_some() {
                writeln!(out, "    {:?}\n      {found:?}", text.text)?;
            }
        }
        writeln!(
            out,
            "{name}, {kind}: {exact} of {} exact, {nearly} with 90 % of their letters right",
            chosen.len()
        )?;
    }
    Ok(())
}

type Spans = [(usize, usize, String)];

/// The share of the bytes in `wanted` that `found` gives the same language.
fn share_right(wanted: &Spans, found: &Spans) -> f64 {
    let overlap = |a: &(usize, usize, String), b: &(usize, usize, String)| {
        if a.2 == b.2 { a.1.min(b.1).saturating_sub(a.0.max(b.0)) } else { 0 }
    };
    let right: usize = wanted.iter().flat_map(|a| found.iter().map(move |b| overlap(a, b))).sum();
    right as f64 / wanted.iter().map(|(start, end, _)| end - start).sum::<usize>().max(1) as f64
}

/// Neighbouring spans in one language as one.
fn joined_spans(identifier: &Identifier, text: &str) -> Vec<(usize, usize, String)> {
    let mut joined: Vec<(usize, usize, String)> = Vec::new();
    for span in identifier.paragraphs(text, &Prior::none()) {
        match joined.last_mut() {
            Some(last) if last.2 == span.language.as_str() => last.1 = span.end,
            _ => joined.push((span.start, span.end, span.language.to_string())),
        }
    }
    joined
}

/// Messages in one language that stay in one language, the right one.
pub fn whole(
    out: &mut impl Write,
    identifier: &Identifier,
    name: &str,
    texts: &[(String, String)],
) -> Written {
    let mut whole = 0;
    for (tag, text) in texts {
        let (main, spans) = identifier.identify(text, &Prior::none());
        let strange = spans.iter().find(|span| span.language.is_known() && span.language.as_str() != tag);
        whole += usize::from(main.language.as_str() == tag && strange.is_none());
        if let Some(span) = strange.filter(|_| std::env::var_os("SHOW").is_some()) {
            writeln!(out, "    {tag} {:?}: {}", &text[span.start..span.end], span.language)?;
        }
    }
    writeln!(out, "{name}: {whole} of {} whole", texts.len())?;
    Ok(())
}

/// Short messages without and with what is known of the thread.
pub fn short(
    out: &mut impl Write,
    identifier: &Identifier,
    name: &str,
    texts: &[(String, String)],
) -> Written {
    let prior = |tag: &str| tag.parse().map_or(Prior::none(), Prior::of);
    let other = |tag: &str| prior(if tag == "en" { "de" } else { "en" });
    answers(out, identifier, name, texts, |_| Prior::none())?;
    answers(out, identifier, &format!("{name}, own language expected"), texts, prior)?;
    answers(out, identifier, &format!("{name}, another language expected"), texts, other)
}

/// The share of right answers, over all languages and where it is lowest.
pub fn by_language(out: &mut impl Write, identifier: &Identifier, public: &Public) -> Written {
    let (mut right, mut wrong) = (0, 0);
    let mut each: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (tag, text) in &public.texts {
        let found = identifier.main(text, &Prior::none()).language;
        let of = each.entry(tag).or_default();
        of.1 += 1;
        match found.as_str() == tag {
            true => (right, of.0) = (right + 1, of.0 + 1),
            false => wrong += usize::from(found.is_known()),
        }
        if found.as_str() != tag && public.kind == "sentences" && std::env::var_os("SHOW").is_some() {
            writeln!(out, "    {tag} {text:?}: {found}")?;
        }
    }
    let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let count = public.texts.len();
    let (share, false_share) = (percent(right, count), percent(wrong, count));
    write!(
        out,
        "public {} in {} languages: {share:.1} % right, {false_share:.1} % wrong of {count};",
        public.kind,
        each.len()
    )?;
    for (tag, (right, of)) in each {
        write!(out, " {tag} {:.1}", percent(right, of))?;
    }
    writeln!(out)?;
    Ok(())
}

fn answers(
    out: &mut impl Write,
    identifier: &Identifier,
    name: &str,
    texts: &[(String, String)],
    prior: impl Fn(&str) -> Prior,
) -> Written {
    let (mut right, mut unsure) = (0, 0);
    for (tag, text) in texts {
        let found = identifier.main(text, &prior(tag));
        match found.language.as_str() {
            language if language == tag => right += 1,
            "und" => unsure += 1,
            _ => {}
        }
        if found.language.as_str() != tag && std::env::var_os("SHOW").is_some() {
            writeln!(out, "    {tag} {text:?}: {} {:.2}", found.language, found.confidence)?;
        }
    }
    let wrong = texts.len() - right - unsure;
    writeln!(out, "{name}: {right} right, {unsure} unsure, {wrong} wrong of {}", texts.len())?;
    Ok(())
}

/// Pieces of a sentence.
pub fn pieces(out: &mut impl Write, identifier: &Identifier, texts: &[(usize, String, String)]) -> Written {
    for count in [1, 2, 4, 8] {
        let chosen: Vec<(String, String)> = texts
            .iter()
            .filter(|(words, ..)| *words == count)
            .map(|(_, tag, text)| (tag.clone(), text.clone()))
            .collect();
        let started = Instant::now();
        let mut report = Vec::new();
        answers(&mut report, identifier, &format!("pieces of {count} words"), &chosen, |_| Prior::none())?;
        let each = started.elapsed() / u32::try_from(chosen.len())?;
        writeln!(out, "{} ({each:.0?} each)", String::from_utf8(report)?.trim_end())?;
    }
    Ok(())
}

/// Time for a message, and for its search words per 400 characters.
pub fn times(out: &mut impl Write, identifier: &Identifier, texts: &[(String, String)]) -> Written {
    let count = u32::try_from(texts.len())?;
    let characters: usize = texts.iter().map(|(_, text)| text.chars().count()).sum();
    let each = fastest(|| identify(identifier, texts)) / count;
    writeln!(out, "identifying a message of {} characters: {each:.0?}", characters / texts.len())?;
    for tag in ["en", "de", "es", "pl", "sl", "lt"] {
        let language: LanguageTag = tag.parse()?;
        let own: Vec<&str> =
            texts.iter().filter(|(of, _)| of == tag).map(|(_, text)| text.as_str()).collect();
        let letters: usize = own.iter().map(|text| text.chars().count()).sum();
        let time = fastest(|| own.iter().for_each(|text| drop(document_words(text, &language))));
        let micros = time.as_secs_f64() * 1e6 * 400.0 / letters as f64;
        writeln!(out, "search words of 400 characters, {tag}: {micros:.1} µs")?;
    }
    Ok(())
}

fn fastest(work: impl Fn()) -> Duration {
    let once = || {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}

/// Identifies all of them.
pub fn identify(identifier: &Identifier, texts: &[(String, String)]) {
    texts.iter().for_each(|(_, text)| drop(identifier.main(text, &Prior::none())));
}

/// Memory at this moment.
pub fn memory(out: &mut impl Write, when: &str) -> Written {
    writeln!(out, "memory {when}: {}", resident()?)?;
    Ok(())
}

/// Resident memory: all of it, and the part that is pages of the program's file, which the system can take back.
fn resident() -> Result<String, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = |name: &str| -> f64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    };
    Ok(format!("{:.0} MB resident, of it {:.0} MB pages of the file", line("VmRSS:"), line("RssFile:")))
}
