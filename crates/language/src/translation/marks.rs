//! Finds what an engine would break: addresses, links, codes, placeholders, tags, emoji, numbers, terms.

use super::{
    port::{Protected, Say},
    script,
    tokens::{self, Token},
};
use std::ops::Range;

/// A piece that doesn't go through the engine as words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Where it stands in the original.
    pub span: Range<usize>,
    pub kind: MarkKind,
}

/// What becomes of a mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum MarkKind {
    /// It stays as it is.
    Word,
    /// It stays as it is, and where it touched its neighbour it does so again: `**`, `<b>`, emoji.
    Wrapping,
    /// This stands for it: a term.
    Term(String),
    /// A link of Markdown, whose words are translated by themselves.
    Link {
        /// The words, as a range of the original.
        words: Range<usize>,
    },
}

/// Which numbers are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Those that engines like to break: long ones, with separators, amounts of money.
    Risky,
    /// All of them.
    All,
}

/// The marks of a text, in order and without overlaps.
pub(super) fn marks(text: &str, protected: &[Protected], from: &str, numbers: Numbers) -> Vec<Mark> {
    let mut protected: Vec<&Protected> = protected.iter().filter(|p| fits(text, &p.span)).collect();
    protected.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    let mut protected = protected.into_iter().peekable();
    let mut found: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        while protected.next_if(|p| p.span.start < at).is_some() {}
        let until = protected.peek().map_or(text.len(), |p| p.span.start);
        if until == at {
            if let Some(p) = protected.next() {
                at = p.span.end;
                found.push(Mark { span: p.span.clone(), kind: said(&p.say) });
            }
            continue;
        }
        let token = token(text, at, from, numbers);
        // A term inside a longer token, as in a link, is left to the token; at its end it is cut off.
        at += token.length.max(1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if let Some(kind) = token.kind {
            found.push(Mark { span: at - token.length..at, kind });
        } else if at > until {
            at = until;
        }
    }
    found
}

fn fits(text: &str, span: &Range<usize>) -> bool {
    !span.is_empty() && text.get(span.clone()).is_some()
}

fn said(say: &Say) -> MarkKind {
    match say {
        Say::AsIs => MarkKind::Word,
        Say::This(words) => MarkKind::Term(words.clone()),
    }
}

/// The token that begins here; one without a kind goes through the engine.
fn token(text: &str, at: usize, from: &str, numbers: Numbers) -> Token {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let Some(first) = rest.chars().next() else { return Token::words(1) };
    if first.is_whitespace() && first != '\0' {
        return Token::words(first.len_utf8());
    }
    if let Some(link) = tokens::link(rest) {
        let words = at + link.words.start..at + link.words.end;
        let kind = if link.is_picture { MarkKind::Word } else { MarkKind::Link { words } };
        return Token { length: link.length, kind: Some(kind) };
    }
    let whole = |length: usize| Token { length, kind: Some(MarkKind::Word) };
    let wrapping = |length: usize| Token { length, kind: Some(MarkKind::Wrapping) };
    let starts_word = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if let Some(length) = tokens::code(rest).or_else(|| tokens::placeholder(rest)) {
        return whole(length);
    }
    if let Some(length) = tokens::tag(rest) {
        return wrapping(length);
    }
    if (starts_word || first.is_ascii_punctuation())
        && let Some(length) = tokens::address(rest).or_else(|| tokens::smiley(rest, before))
    {
        return whole(length);
    }
    if let Some(length) = tokens::number(rest, before, numbers) {
        return Token { length: length.bytes, kind: length.is_marked.then_some(MarkKind::Word) };
    }
    if let Some(length) = tokens::emphasis(rest, before).or_else(|| tokens::symbols(rest)) {
        return wrapping(length);
    }
    if starts_word
        && (first.is_alphanumeric() || matches!(first, '#' | '@' | '/' | '\\' | '~' | '$' | '_'))
        && let Some(token) = tokens::chunk(rest)
    {
        return token;
    }
    if let Some(length) = script::foreign(rest, from) {
        return whole(length);
    }
    Token::words(if first.is_alphanumeric() { tokens::word(rest) } else { first.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = marks(text, &[], "en", Numbers::Risky);
        assert_eq!(found.iter().map(|mark| &text[mark.span.clone()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn addresses_and_links_are_marked() {
        check("Write to anna.kowalska@example.pl, please.", &["anna.kowalska@example.pl"]);
        check("See https://a.example/b?c=d_(e)#f.", &["https://a.example/b?c=d_(e)#f"]);
        check("(www.example.com) or <https://b.example>", &["www.example.com", "<https://b.example>"]);
        check("Open [our guide](https://a.example) now", &["[our guide](https://a.example)"]);
        check("Ask @anna on example.org/help or in report.pdf", &["@anna", "example.org/help", "report.pdf"]);
        check("e.g. this, i.e. that, z.B. das", &[]);
    }

    #[test]
    fn codes_and_placeholders_are_marked() {
        check("Order #123 and K7QM-3XTP", &["#123", "K7QM-3XTP"]);
        check("Dear {{customer.name}}, %s and %1$d of {0}", &["{{customer.name}}", "%s", "%1$d", "{0}"]);
        check("Run `ls -l` in C:\\Users\\anna or /etc/hosts", &["`ls -l`", "C:\\Users\\anna", "/etc/hosts"]);
        check(
            "Error ERR_CONN-RESET in getName, version 2.4.1-rc1",
            &["ERR_CONN-RESET", "getName", "2.4.1-rc1"],
        );
        check("a 4-month-old mouse, the 3rd and/or 24-hour one", &[]);
        check("100% of them, 50 %s, %d%%", &["%s", "%d", "%%"]);
    }

    #[test]
    fn tags_marks_and_pictures_are_marked() {
        check("<b>Important</b>: a < b <br/>", &["<b>", "</b>", "<", "<br/>"]);
        check("Do **not** press *it*, 5 * 3", &["**", "**", "*", "*", "*"]);
        check("Thanks 😀👍🏽! :-) ok", &["😀👍🏽", ":-)"]);
        check("a | b → c", &["|", "→"]);
    }

    #[test]
    fn numbers_that_break_are_marked() {
        check("1,299.00 EUR and $5 or 12,50 €", &["1,299.00", "$5", "12,50 €"]);
        check("Call +48 600 123 456 or 0800 123", &["+48 600 123 456", "0800 123"]);
        check("total:$1,299.00(all of it)—yes", &["$1,299.00"]);
        check("5 kg, 230 V, 3 March 2026 at 14:30, 20%", &[]);
        check("IBAN 123456789, 1 000 000 people", &["123456789", "1 000 000"]);
        check("29¾ inches, ½ an inch, 5 m²", &["29¾", "½"]);
        let all = marks("5 kg at 14:30", &[], "en", Numbers::All);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn other_alphabets_are_marked() {
        check("He wrote привет, мир and 你好", &["привет", "мир", "你好"]);
        check("nul\0nul", &["\0"]);
        for (text, language) in [
            ("مرحبا، هل يمكنني إعادتها؟", "ar"),
            ("سلام، می\u{200c}خواهم؛ بله.", "fa"),
            ("בן־אדם, צה״ל׃", "he"),
            ("क्या यह ठीक है।", "hi"),
            ("はい、「そう」です。", "ja"),
        ] {
            assert_eq!(marks(text, &[], language, Numbers::Risky), [], "{text}");
        }
    }

    #[test]
    fn terms_win() {
        let text = "The Router X is in the router.";
        let protected = Protected::everywhere(text, "Router X", &Say::This("Roteador X".into()));
        let found = marks(text, &protected, "en", Numbers::Risky);
        assert_eq!(found, vec![Mark { span: 4..12, kind: MarkKind::Term("Roteador X".into()) }]);
        assert_eq!(Protected::everywhere("routers, router-box", "router", &Say::AsIs).len(), 1);
    }
}
