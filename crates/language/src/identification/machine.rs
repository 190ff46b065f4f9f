//! Lines that a machine wrote and a person pasted: program text, logs, stack traces, JSON.

/// Code has at least this share of symbols among its visible characters.
const CODE_SYMBOLS: f64 = 0.12;
/// A log line tells its time within so many bytes.
const TIME_WITHIN: usize = 40;

/// The line is program text, of a log, of a stack trace, or of JSON.
pub(super) fn is_of_machine(words: &str) -> bool {
    is_code(words) || is_log(words) || is_trace(words) || is_json(words)
}

/// Many symbols that prose doesn't use.
fn is_code(words: &str) -> bool {
    const SYMBOLS: &str = "{}[]()<>;=|\\_`$#&*+~^";
    let visible = words.chars().filter(|c| !c.is_whitespace()).count();
    let symbols = words.chars().filter(|c| SYMBOLS.contains(*c)).count();
    symbols >= 4 && symbols as f64 >= CODE_SYMBOLS * visible as f64
}

/// It opens with a date or a bracket, and with a time to the second: `2026-05-03 10:22:41 …`, `[Sun May 03 10:22:41 2026] …`; or it
/// opens with a level: `ERROR: …`.
fn is_log(words: &str) -> bool {
    const LEVELS: [&str; 7] = ["ERROR", "WARN", "WARNING", "INFO", "DEBUG", "FATAL", "TRACE"];
    let first = words.split_whitespace().next().unwrap_or_default();
    let opens = first.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    let level = first.trim_matches(['[', ']', ':']);
    (opens && has_time(words)) || (level.len() < first.len() && LEVELS.contains(&level))
}

/// `10:22:41` near the front.
fn has_time(words: &str) -> bool {
    let shape: Vec<u8> =
        words.bytes().take(TIME_WITHIN).map(|b| if b.is_ascii_digit() { b'9' } else { b }).collect();
    shape.windows(8).any(|eight| eight == b"99:99:99")
}

/// A frame or the head of a stack trace: `at com.example.Main.run(Main.java:42)`, `File "main.py", line 42`, `KeyError: 'language'`.
fn is_trace(words: &str) -> bool {
    let mut tokens = words.split_whitespace();
    let (first, second) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    let is_call = second.contains('(') && second.contains(['.', ':']);
    let thrown = first.trim_end_matches(':');
    let names_a_kind = thrown.ends_with("Error") || thrown.ends_with("Exception");
    let is_long_name = thrown.contains('.') || thrown.chars().filter(|c| c.is_uppercase()).count() > 1;
    words.starts_with("Traceback (most recent call last)")
        || words.starts_with("Caused by: ")
        || words.starts_with("Exception in thread ")
        || (first == "File" && second.starts_with('"'))
        || (first == "at" && is_call)
        || (names_a_kind && is_long_name)
}

/// A line that opens and closes as JSON does, or a key with its value.
fn is_json(words: &str) -> bool {
    let is_whole = (words.starts_with('{') && words.ends_with(['}', ',', '{']))
        || (words.starts_with('[') && words.ends_with([']', ',', '[']));
    let is_pair = words.starts_with('"') && words.contains("\":");
    (is_whole && words.contains('"')) || is_pair
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: bool) {
        assert_eq!(is_of_machine(line), expected, "{line}");
    }

    #[test]
    fn what_machines_write() {
        for line in [
            "if (a[0] == b) { return; }",
            "2026-05-03T10:22:41Z ERROR connection refused",
            "03/05/2026 10:22:41 the service was stopped",
            "[Sun May 03 10:22:41 2026] child exited",
            "ERROR: could not open the file",
            "[warn] x".to_uppercase().as_str(),
            "Traceback (most recent call last):",
            "File \"/app/main.py\", line 42, in start",
            "at com.example.Main.run(Main.java:42)",
            "java.lang.NullPointerException: the name is missing",
            "KeyError: 'language'",
            "Caused by: the socket was closed",
            "{\"error\": \"the token is not valid\"}",
            "\"message\": \"The access token is not valid\",",
        ] {
            check(line, true);
        }
    }

    #[test]
    fn what_people_write() {
        for line in [
            "Ist das (wirklich) so gemeint (ja/nein)?",
            "at 10:22:41 I called you (again)",
            "12 chairs arrived at 10:22, two were broken",
            "Error when I sign in",
            "ERROR WHEN I SIGN IN",
            "[urgent] where is my parcel?",
            "\"Not found\" is all it says: nothing else",
            "File attached, please look at line 42",
            "",
        ] {
            check(line, false);
        }
    }
}
