//! What to simplify in a draft, asked for while it is written.

use super::{
    Answer,
    acting::Acting,
    case::{Drawn, Typed},
    page,
};
use crate::{
    fields::Fields,
    views::plain::{Plain, PlainHint, PlainStream},
    words::{language, language_name},
};
use axum::http::{HeaderValue, header};
use cases::DraftKind;
use desk::plainness::{self, Plainness, Reading};

/// What Turbo takes as changes of a page.
const STREAM: HeaderValue = HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8");
/// So many hints are shown at first.
const SHOWN: usize = 4;
/// A longer passage is cut, in characters.
const LONGEST: usize = 90;

/// `POST /cases/{case}/plainness`
///
/// A script asks for the part alone (`part`); who sends the form gets the page of the case with it.
pub(crate) async fn look(acting: Acting, form: Fields) -> Answer {
    let own = Some(form.text("own")).filter(|own| !own.trim().is_empty());
    let text = form.text("text");
    let said = plainness::look(acting.desk(), acting.reach(), acting.case, own.unwrap_or(text)).await?;
    let plain = plain(own.unwrap_or(text), &said);
    if form.text("part") == "plain" {
        let mut answer = page(&PlainStream { case: acting.case.to_string(), plain })?;
        answer.headers_mut().insert(header::CONTENT_TYPE, STREAM);
        return Ok(answer);
    }
    let typed = Typed {
        kind: DraftKind::Reply,
        text: text.to_owned(),
        to: form.text("to").to_owned(),
        copies: Some(form.text("copies").to_owned()),
        later_at: form.text("later_at").to_owned(),
        own: own.map(ToOwned::to_owned),
    };
    acting.drawn(Drawn { typed: Some(typed), plain, ..Drawn::default() }).await
}

fn plain(text: &str, said: &Plainness) -> Plain {
    let one = |hint: &::language::plain::Hint| {
        let passage = text.get(hint.start..hint.end).unwrap_or_default();
        PlainHint {
            passage: excerpt(passage),
            why: hint.because.sentence.clone(),
            suggestion: hint.suggestion.clone(),
        }
    };
    let mut hints: Vec<PlainHint> = said.hints.iter().map(one).collect();
    let more = hints.split_off(SHOWN.min(hints.len()));
    let is_looked_at = !text.trim().is_empty();
    Plain { is_looked_at, language: language(&said.language), hints, more, reading: reading(said) }
}

fn excerpt(passage: &str) -> String {
    let words = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// How hard the draft is to read, in a sentence.
fn reading(said: &Plainness) -> Option<String> {
    let (client, tongue) = (&said.client, language_name(said.language.as_str()));
    Some(match said.reading? {
        Reading::TooFew(0) => format!("There are no replies for {client} in {tongue} yet to compare with."),
        Reading::TooFew(few) => {
            format!("There are too few replies for {client} in {tongue} to compare with: {few} so far.")
        }
        Reading::Ranked(rank) => {
            let of = rank.of;
            match rank.percentile.round() {
                harder if harder >= 100.0 => {
                    format!("It is harder to read than the last {of} replies for {client} in {tongue}.")
                }
                harder if harder > 75.0 => {
                    format!(
                        "It is harder to read than {harder} % of the last {of} replies for {client} in {tongue}."
                    )
                }
                harder if harder < 25.0 => format!(
                    "It is easier to read than {} % of the last {of} replies for {client} in {tongue}.",
                    100.0 - harder
                ),
                _ => format!("It reads about as easily as the last {of} replies for {client} in {tongue}."),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::language::plain::Rank;

    #[test]
    fn the_figure_is_said_in_a_sentence() {
        let check = |reading: Option<Reading>, expected: Option<&str>| {
            let language = "en".parse().expect("a tag");
            let said = Plainness { language, client: "pip".to_owned(), hints: Vec::new(), reading };
            assert_eq!(super::reading(&said).as_deref(), expected);
        };
        let ranked = |percentile| Some(Reading::Ranked(Rank { percentile, of: 40 }));
        check(None, None);
        check(
            Some(Reading::TooFew(4)),
            Some("There are too few replies for pip in English to compare with: 4 so far."),
        );
        check(
            ranked(95.0),
            Some("It is harder to read than 95 % of the last 40 replies for pip in English."),
        );
        check(
            ranked(10.0),
            Some("It is easier to read than 90 % of the last 40 replies for pip in English."),
        );
        check(ranked(50.0), Some("It reads about as easily as the last 40 replies for pip in English."));
    }

    #[test]
    fn a_long_passage_is_cut() {
        assert_eq!(excerpt("one\n two"), "one two");
        assert_eq!(excerpt(&"ą".repeat(100)).chars().count(), LONGEST + 1);
    }
}
