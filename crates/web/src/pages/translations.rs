//! Messages in another language, as the thread shows them.

use super::{
    Answer,
    acting::{Acting, OnMessage},
};
use crate::{
    fields::{At, Fields},
    said::Said,
    views::translations::{Pair, Piece, Side, Translation},
    words::{language, language_name},
};
use cases::{
    Message,
    translations::{Aligned, Original, Translated},
};
use desk::{case_page::CasePage, correcting, translating};
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
        Some(kept) if kept.is_done() => Some(Translation::Done(Box::new(pair(message, kept)))),
        Some(kept) if kept.done_at.is_some() => {
            Some(Translation::Failed { sentence: kept.because.clone(), url })
        }
        Some(_) => Some(Translation::Awaited),
        None => {
            let into = translating::readable_in(&found.writing.ways, reader, &message.language)?;
            Some(Translation::Offered {
                words: format!("Translate into {}", language_name(into.as_str())),
                url,
            })
        }
    }
}

/// What a reply was translated from.
pub(super) fn original(found: &CasePage, reply: &Message) -> Option<Pair> {
    let kept = found.talk.translations.iter();
    let kept = kept.filter(|one| one.original == Original::Other).find(|one| one.message == reply.id)?;
    Some(pair(reply, kept))
}

/// A message and its other text.
fn pair(message: &Message, kept: &Translated) -> Pair {
    let ours = |aligned: &Aligned| (aligned.start, aligned.end);
    let other = |aligned: &Aligned| (aligned.other_start, aligned.other_end);
    let side = |text: &str, tag: &LanguageTag, what: &str, place: fn(&Aligned) -> (usize, usize)| Side {
        heading: format!("{}, {what}", language_name(tag.as_str())),
        language: language(tag),
        pieces: pieces(text, &kept.segments, place),
    };
    let label = format!("Translated by a machine ({}).", kept.engine);
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
            pieces.push(Piece { text: text.to_owned(), number, is_doubtful });
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
    use cases::translations::SaidBy;

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
