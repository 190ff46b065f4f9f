//! Turning plain text into what a page may show: web addresses become links, everything else is escaped.

use std::fmt::Write;

/// HTML of a customer's plain text. Only `http:` and `https:` addresses become links, and none of them tells the
/// other side where the reader came from.
pub fn linked(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = next_address(rest) {
        let (before, from_start) = rest.split_at(start);
        let (address, after) = from_start.split_at(address_length(from_start));
        escape(before, &mut html);
        link(address, &mut html);
        rest = after;
    }
    escape(rest, &mut html);
    html
}

fn next_address(text: &str) -> Option<usize> {
    [text.find("https://"), text.find("http://")].into_iter().flatten().min()
}

/// Up to the next blank or bracket, without the sentence's own punctuation at the end.
fn address_length(text: &str) -> usize {
    let ends =
        |character: char| character.is_whitespace() || matches!(character, '<' | '>' | '"' | ')' | ']');
    let whole = &text[..text.find(ends).unwrap_or(text.len())];
    whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len().max(1)
}

fn link(address: &str, html: &mut String) {
    html.push_str("<a href=\"");
    escape(address, html);
    html.push_str("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
    escape(address, html);
    html.push_str("</a>");
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.write_char(other).expect("a string takes any character"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn text_becomes_links_and_nothing_else() {
        let check = |text: &str, expected: &str| {
            let expected = expected.replace("REL", "target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
            assert_eq!(linked(text), expected, "{text}");
        };
        check("plain & <b>bold</b>", "plain &amp; &lt;b&gt;bold&lt;/b&gt;");
        check(
            "see https://a.example/x?y=1.",
            "see <a href=\"https://a.example/x?y=1\" REL>https://a.example/x?y=1</a>.",
        );
        check("(http://a.example)", "(<a href=\"http://a.example\" REL>http://a.example</a>)");
        check("javascript:alert(1)", "javascript:alert(1)");
        check(
            "https://a.example/\" onclick=x",
            "<a href=\"https://a.example/\" REL>https://a.example/</a>&quot; onclick=x",
        );
        check("https://a.example/ą", "<a href=\"https://a.example/ą\" REL>https://a.example/ą</a>");
    }
}
