//! Messages in another language, as the thread shows them.

use super::{
    Answer,
    acting::{Acting, OnMessage},
    wording::offered,
};
use crate::{
    fields::{At, Fields},
    said::Said,
    views::translations::{Bit, Pair, Piece, Side, TermMark, Translation},
    words::{language, language_name},
};
use ::language::terms::{Found, TermKind};
use cases::{
    Message,
    translations::{Aligned, Original, SaidBy, Translated},
};
use desk::{case_page::CasePage, correcting, terms::Termbase, translating};
use kernel::LanguageTag;

/// Below this confidence a passage is marked.
const DOUBTFUL_BELOW: f64 = 0.7;

/// `POST /cases/{case}/messages/{message}/translations`
pub(crate) async fn ask(acting: Acting, At(OnMessage { message }): At<OnMessage>) -> Answer {
    let done = translating::ask(acting.desk(), acting.reach(), acting.case, message).await;
    acting.ended(done, Said::TranslationAsked).await
}

/// `POST /cases/{case}/messages/{message}/languages`
pub(crate) async fn correct(
    acting: Acting,
    At(OnMessage { message }): At<OnMessage>,
    form: Fields,
) -> Answer {
    let language = form.text("language");
    let done = correcting::correct(acting.desk(), acting.reach(), acting.case, message, language).await;
    acting.ended(done, Said::LanguageCorrected).await
}

/// A message that came, in the reader's language; none where they read it as it is.
pub(super) fn of_message(found: &CasePage, message: &Message) -> Option<Translation> {
    let reader = &found.writing.reader;
    if !message.language.is_known() || message.new_text.trim().is_empty() || reader.reads(&message.language) {
        return None;
    }
    let url = format!("/cases/{}/messages/{}/translations", message.case, message.id);
    let kept = found.talk.translations.iter().find(|one| {
        one.message == message.id && one.original == Original::Message && reader.reads(&one.language)
    });
    match kept {
        Some(kept) if kept.is_done() => {
            Some(Translation::Done(Box::new(pair(&found.writing.termbase, message, kept))))
        }
        Some(kept) if kept.done_at.is_some() => {
            Some(Translation::Failed { sentence: kept.because.clone(), url })
        }
        Some(_) => Some(Translation::Awaited),
        None => {
            let into = translating::readable_in(&found.writing.ways, reader, &message.language)?;
            Some(Translation::Offered {
                words: offered(found.writing.ways.way(&message.language, &into), &into),
                url,
            })
        }
    }
}

/// What a reply was translated from.
pub(super) fn original(found: &CasePage, reply: &Message) -> Option<Pair> {
    let kept = found.talk.translations.iter();
    let kept = kept.filter(|one| one.original == Original::Other).find(|one| one.message == reply.id)?;
    Some(pair(&found.writing.termbase, reply, kept))
}

/// A message and its other text.
fn pair(termbase: &Termbase, message: &Message, kept: &Translated) -> Pair {
    let ours = |aligned: &Aligned| (aligned.start, aligned.end);
    let other = |aligned: &Aligned| (aligned.other_start, aligned.other_end);
    let side = |text: &str, tag: &LanguageTag, what: &str, place: fn(&Aligned) -> (usize, usize)| Side {
        heading: format!("{}, {what}", language_name(tag.as_str())),
        language: language(tag),
        pieces: with_terms(termbase, text, tag, pieces(text, &kept.segments, place)),
    };
    let label = said_by(kept);
    let doubtful = kept.segments.iter().filter(|segment| segment.confidence < DOUBTFUL_BELOW).count();
    let doubt = (doubtful > 0).then(|| match doubtful {
        1 => "One passage is doubtful; it is underlined.".to_owned(),
        many => format!("{many} passages are doubtful; they are underlined."),
    });
    let (original, translation) = match kept.original {
        Original::Message => (
            side(&message.new_text, &message.language, "as it was written", ours),
            side(&kept.text, &kept.language, "by a machine", other),
        ),
        Original::Other => (
            side(&kept.text, &kept.language, "as it was written", other),
            side(&message.new_text, &message.language, "as the customer reads it", ours),
        ),
    };
    Pair { original, translation, label, doubt }
}

/// Who said it in the other language, in whole sentences.
fn said_by(kept: &Translated) -> String {
    let count = |is: fn(&SaidBy) -> bool| kept.segments.iter().filter(|segment| is(&segment.said_by)).count();
    let (known, untold) =
        (count(|by| matches!(by, SaidBy::Memory(_))), count(|by| matches!(by, SaidBy::Nobody)));
    let mut label = match known {
        all if all > 0 && untold + all == kept.segments.len() => String::new(),
        _ => format!("Translated by a machine ({}). ", kept.engine),
    };
    let because = kept.segments.iter().find_map(|segment| match &segment.said_by {
        SaidBy::Memory(because) => Some(because.as_str()),
        _ => None,
    });
    label.push_str(&match (known, because) {
        (0, _) | (_, None) => String::new(),
        (1, Some(because)) => format!("One sentence is from the client’s translation memory: {because} "),
        (many, Some(because)) => {
            format!("{many} sentences are from the client’s translation memory, the first: {because} ")
        }
    });
    match untold {
        0 => {}
        1 => label.push_str("Nobody has translated one sentence yet; it stands as it was written."),
        many => label.push_str(&format!(
            "Nobody has translated {many} sentences yet; they stand as they were written."
        )),
    }
    label.trim_end().to_owned()
}

/// The pieces, cut where the client's terms stand.
fn with_terms(termbase: &Termbase, text: &str, tag: &LanguageTag, mut pieces: Vec<Piece>) -> Vec<Piece> {
    let found = termbase.find(text, tag);
    let mut at = 0;
    for piece in &mut pieces {
        let (start, end) = (at, at + piece.text.len());
        let within = found.iter().filter(|found| found.start >= start && found.end <= end);
        let (mut bits, mut done) = (Vec::new(), start);
        let bit = |from: usize, to: usize, term| Bit { text: text[from..to].to_owned(), term };
        for found in within {
            if done < found.start {
                bits.push(bit(done, found.start, None));
            }
            bits.push(bit(found.start, found.end, mark(termbase, found)));
            done = found.end;
        }
        if done < end {
            bits.push(bit(done, end, None));
        }
        piece.bits = bits;
        at = end;
    }
    pieces
}

/// What is to be known of a term, for each of its senses.
fn mark(termbase: &Termbase, found: &Found) -> Option<TermMark> {
    let first = found.senses.first()?;
    let told = found.senses.iter().map(|sense| {
        let term = &termbase.terms[sense.term];
        let kept = if term.kind == TermKind::Keep { "Stays as it is." } else { "" };
        let parts = [kept, &term.sense, &term.note, &term.forms[sense.form].note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let note = told.filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" — or: ");
    let note = if note.is_empty() { "A term of the client.".to_owned() } else { note };
    Some(TermMark { key: format!("term-{}", first.term), note })
}

/// A text in its pieces. Places that don't fit it are left out, as those of a text that was changed since.
fn pieces(text: &str, segments: &[Aligned], place: fn(&Aligned) -> (usize, usize)) -> Vec<Piece> {
    let mut places: Vec<(usize, usize, usize, bool)> = segments
        .iter()
        .enumerate()
        .map(|(number, segment)| {
            let (start, end) = place(segment);
            (start, end, number, segment.confidence < DOUBTFUL_BELOW)
        })
        .collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut add = |text: Option<&str>, number: Option<usize>, is_doubtful: bool| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let because = number.and_then(|number| match &segments[number].said_by {
                SaidBy::Memory(because) => Some(because.clone()),
                SaidBy::Nobody => Some("Nobody has translated this sentence yet.".to_owned()),
                SaidBy::Machine => None,
            });
            pieces.push(Piece { because, ..Piece::plain(text, number, is_doubtful) });
        }
    };
    for (start, end, number, is_doubtful) in places {
        if start < at || start >= end || text.get(start..end).is_none() {
            continue;
        }
        add(text.get(at..start), None, false);
        add(text.get(start..end), Some(number), is_doubtful);
        at = end;
    }
    add(text.get(at..), None, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(start: usize, end: usize, confidence: f64) -> Aligned {
        Aligned { start, end, other_start: 0, other_end: 0, confidence, said_by: SaidBy::Machine }
    }

    #[test]
    fn a_text_comes_back_whole_from_its_pieces() {
        let check = |text: &str, segments: &[Aligned], expected: &[(&str, Option<usize>)]| {
            let pieces = pieces(text, segments, |one| (one.start, one.end));
            let found: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.number)).collect();
            assert_eq!(found, expected);
            assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        };
        check(
            "Hi. Yes.",
            &[aligned(0, 3, 1.0), aligned(4, 8, 1.0)],
            &[("Hi.", Some(0)), (" ", None), ("Yes.", Some(1))],
        );
        check(
            "Hi. Yes.",
            &[aligned(4, 8, 1.0), aligned(0, 3, 1.0)],
            &[("Hi.", Some(1)), (" ", None), ("Yes.", Some(0))],
        );
        check("é", &[aligned(1, 2, 1.0), aligned(0, 90, 1.0)], &[("é", None)]);
        check("ab", &[aligned(0, 2, 1.0), aligned(1, 2, 1.0)], &[("ab", Some(0))]);
        check("", &[], &[]);
    }
}
