//! Rule: how names are written in commands: quoted strings, and folders in modified UTF-7 (RFC 3501, 5.1.3).

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

/// A text in quotes. Line ends and NUL can't stand in one; an account has none.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars().filter(|letter| !matches!(letter, '\r' | '\n' | '\0')) {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

/// A folder's name in quotes, its letters beyond ASCII in modified UTF-7.
pub(super) fn folder(name: &str) -> String {
    let mut written = String::new();
    let mut beyond = Vec::new();
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            shift(&mut beyond, &mut written);
            written.push(letter);
            if letter == '&' {
                written.push('-');
            }
        } else {
            beyond.extend(letter.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift(&mut beyond, &mut written);
    quoted(&written)
}

fn shift(beyond: &mut Vec<u8>, written: &mut String) {
    if !beyond.is_empty() {
        let encoded = STANDARD_NO_PAD.encode(&*beyond).replace('/', ",");
        written.extend(["&", &encoded, "-"]);
        beyond.clear();
    }
}

/// UIDs as a set: `1:3,7`.
pub(super) fn uid_set(uids: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &uid in uids {
        match runs.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(uid) => *end = uid,
            _ => runs.push((uid, uid)),
        }
    }
    let run = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}:{to}") };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_servers_read_them() {
        fn check(name: &str, expected: &str) {
            assert_eq!(folder(name), expected, "{name}");
        }
        check("INBOX", "\"INBOX\"");
        check("A \"b\" \\c", "\"A \\\"b\\\" \\\\c\"");
        check("Entwürfe", "\"Entw&APw-rfe\"");
        check("A & B", "\"A &- B\"");
        check("台北", "\"&U,BTFw-\"");
        check("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\"");
        check("😀", "\"&2D3eAA-\"");
        assert_eq!(quoted("a\r\nb"), "\"ab\"");
    }

    #[test]
    fn uids_in_a_row_are_written_as_one() {
        assert_eq!(uid_set(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(uid_set(&[u32::MAX]), "4294967295");
        assert_eq!(uid_set(&[]), "");
    }
}
