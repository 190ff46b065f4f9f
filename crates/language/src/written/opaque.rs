//! What is no language: links, addresses, file names, code, placeholders and tags.

use std::ops::Range;

/// A placeholder or a tag closes within this many bytes.
const BYTES_OF_MARK: usize = 300;

/// The byte ranges that hold no language, in order and without overlap.
pub(super) fn opaque_spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut fence: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```");
        match fence {
            Some(start) if is_fence => {
                found.push(start..at + line.len());
                fence = None;
            }
            Some(_) => {}
            None if is_fence => fence = Some(at),
            None => in_line(line, at, &mut found),
        }
        at += line.len();
    }
    found.extend(fence.map(|start| start..text.len()));
    found
}

fn in_line(line: &str, offset: usize, found: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let end = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            _ => marked(line, at).map(|end| (at, end)).or_else(|| token(line, at)),
        };
        match end {
            Some((start, end)) => {
                found.push(offset + start..offset + end);
                at = end;
            }
            None => at = next_start(line, at),
        }
    }
}

/// Where inline code, a placeholder or a tag that opens here ends.
fn marked(line: &str, at: usize) -> Option<usize> {
    let rest = &line[at..];
    let closes = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        let far = inner.char_indices().map(|(at, _)| at).find(|at| *at >= BYTES_OF_MARK);
        let near = &inner[..far.unwrap_or(inner.len())];
        near.find(close).map(|length| at + open.len() + length + close.len())
    };
    match rest.as_bytes() {
        [b'`', ..] => closes("`", "`"),
        [b'{', b'{', ..] => closes("{{", "}}"),
        [b'<', next, ..] if next.is_ascii_alphabetic() || *next == b'/' => closes("<", ">"),
        _ => None,
    }
}

/// The token that starts here, when it is an address, a path, a file name or an identifier.
fn token(line: &str, at: usize) -> Option<(usize, usize)> {
    let rest = &line[at..];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`')).unwrap_or(rest.len());
    let written =
        rest[..length].trim_matches(['(', ')', '[', ']', '"', '\'', ',', ';', ':', '.', '!', '?', '*']);
    let start = at + rest[..length].find(written).unwrap_or_default();
    is_opaque(written).then_some((start, start + written.len()))
}

fn is_opaque(token: &str) -> bool {
    token.contains("://")
        || token.starts_with("www.")
        || token.contains(['@', '\\', '_', '=', '|', '{', '}'])
        || token.starts_with('%')
        || token.matches('/').count() > 1
        || token.starts_with('/')
        || has_inner_stop(token)
}

/// `invoice.pdf`, `shop.example`, but not the two words of `Thanks.Anna`.
fn has_inner_stop(token: &str) -> bool {
    let mut neighbours = token.chars().zip(token.chars().skip(1)).zip(token.chars().skip(2));
    neighbours.any(|((before, stop), after)| {
        stop == '.' && before.is_alphanumeric() && (after.is_lowercase() || after.is_ascii_digit())
    })
}

/// The next place where a token or a mark may start.
fn next_start(line: &str, at: usize) -> usize {
    let starts = |(_, c): &(usize, char)| c.is_whitespace() || matches!(c, '<' | '`');
    let after = line[at..].char_indices().skip(1).find(starts);
    after.map_or(line.len(), |(length, _)| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = opaque_spans(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_and_files_are_opaque() {
        check("see https://a.example/invoice?id=1, please", &["https://a.example/invoice?id=1"]);
        check("(www.a.example) and anna@a.example.", &["www.a.example", "anna@a.example"]);
        check("open invoice.pdf or /etc/hosts or a_b", &["invoice.pdf", "/etc/hosts", "a_b"]);
        check("Thanks.Anna paid 42.50 in and/or out", &["42.50"]);
    }

    #[test]
    fn code_placeholders_and_tags_are_opaque() {
        check("press `invoice list` now", &["`invoice list`"]);
        check("Hi {{customer name}}, your %s", &["{{customer name}}", "%s"]);
        check("an <a href=\"invoice\">invoice</a> 3 < 4", &["<a href=\"invoice\">", "</a>"]);
        check("a\n```\ninvoice\n```\nb", &["```\ninvoice\n```\n"]);
        check("a\n```\ninvoice", &["```\ninvoice"]);
        check("{{x}}", &["{{x}}"]);
        check("one ` stays", &[]);
    }

    #[test]
    fn a_long_line_of_marks_takes_no_time() {
        for piece in ["`", "{{", "<a", "a.", "@ ", "((", "😀"] {
            opaque_spans(&piece.repeat(30_000));
        }
    }
}
