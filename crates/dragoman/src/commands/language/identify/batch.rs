//! Many texts at once: a line of JSON in, a line of JSON out.

use super::Found;
use crate::say;
use serde::Serialize;
use serde_json::Value;
use std::{
    io::{self, BufRead},
    process::ExitCode,
};

/// What became of one line.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Found {
        id: Value,
        #[serde(flatten)]
        found: Found,
    },
    Bad {
        #[serde(skip_serializing_if = "Value::is_null")]
        id: Value,
        line: usize,
        error: String,
    },
}

/// Answers every line; a line that can't be read is answered with an error, and the others go on.
pub(super) fn run(mut input: impl BufRead, found: impl Fn(&str) -> Found) -> io::Result<ExitCode> {
    let mut ended = ExitCode::SUCCESS;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let answer = answer(number, &bytes, &found);
        if matches!(answer, Answer::Bad { .. }) {
            ended = ExitCode::FAILURE;
        }
        say::line(serde_json::to_string(&answer)?);
    }
    Ok(ended)
}

fn answer(line: usize, bytes: &[u8], found: &impl Fn(&str) -> Found) -> Answer {
    let bad = |id: Value, error: String| Answer::Bad { id, line, error };
    let row: Value = match serde_json::from_slice(bytes) {
        Ok(row) => row,
        Err(error) => return bad(Value::Null, format!("This is not JSON in UTF-8: {error}.")),
    };
    let id = row["id"].clone();
    match (&id, row["text"].as_str()) {
        (Value::String(_) | Value::Number(_), Some(text)) => Answer::Found { found: found(text), id },
        (Value::String(_) | Value::Number(_), None) => {
            bad(id, "There is no `text`, or it isn't a string.".to_owned())
        }
        _ => bad(Value::Null, "There is no `id`, or it is neither a string nor a number.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &[u8], expected: &str) {
        let found = |text: &str| Found { language: text.to_owned(), confidence: 0.5, segments: Vec::new() };
        let answered = serde_json::to_string(&answer(7, line, &found)).expect("an answer is JSON");
        assert!(answered.contains(expected), "{answered} has no {expected}");
    }

    #[test]
    fn an_answer_has_the_id_of_its_line() {
        check(br#"{"id": "a", "text": "x"}"#, r#"{"id":"a","language":"x","confidence":0.5,"segments":[]}"#);
        check(br#"{"text": "", "id": 3, "more": 1}"#, r#"{"id":3,"language":"""#);
    }

    #[test]
    fn a_bad_line_says_why_and_where() {
        check(b"Hello", r#"{"line":7,"error":"This is not JSON"#);
        check(b"{\"id\": \"a\", \"text\": \"\xff\"}", "This is not JSON in UTF-8");
        check(br#"{"id": "a", "text": 5}"#, r#"{"id":"a","line":7,"error":"There is no `text`"#);
        check(br#"{"text": "x"}"#, "There is no `id`");
        check(br#"[1]"#, "There is no `id`");
    }
}
