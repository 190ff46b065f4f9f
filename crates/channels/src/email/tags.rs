//! Rule: reads sanitised HTML tag by tag. It relies on the form that ammonia writes: every attribute quoted and escaped.

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, still escaped.
    Text(&'a str),
    /// A start tag, from `<` to `>`.
    Start(Tag<'a>),
    /// An end tag's name.
    End(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The element's name.
    pub name: &'a str,
    /// Everything from `<` to `>`.
    pub source: &'a str,
}

impl<'a> Tag<'a> {
    /// The attributes with their values, still escaped.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.source.get(1 + self.name.len()..).unwrap_or_default();
        std::iter::from_fn(move || {
            let (name, after) = rest.trim_start().split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            rest = after;
            Some((name, value))
        })
    }

    /// The value of an attribute, unescaped.
    pub fn attribute(self, name: &str) -> Option<String> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| unescape(value))
    }
}

/// Takes HTML apart.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, length) = if rest.starts_with('<') { tag(rest) } else { text(rest) };
        rest = rest.get(length..).unwrap_or_default();
        Some(piece)
    })
}

fn text(rest: &str) -> (Piece<'_>, usize) {
    let end = rest.find('<').unwrap_or(rest.len());
    (Piece::Text(rest.get(..end).unwrap_or_default()), end)
}

fn tag(rest: &str) -> (Piece<'_>, usize) {
    let mut quoted = false;
    let end = rest.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    let end = end.map_or(rest.len(), |end| end + 1);
    let source = rest.get(..end).unwrap_or_default();
    let inner = source.get(1..).unwrap_or_default();
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name = inner.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    (if is_end { Piece::End(name) } else { Piece::Start(Tag { name, source }) }, end)
}

/// Text without the escapes that a serialiser writes, and without numeric ones.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.bytes().take(12).position(|b| b == b';').map_or(0, |end| end + 1);
        match from.get(1..end.max(1) - usize::from(end > 0)).and_then(named) {
            Some(c) if end > 2 => {
                out.push(c);
                rest = from.get(end..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Escapes text for an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Piece, escape, pieces, unescape};

    #[test]
    fn tags_and_texts_are_told_apart() {
        let html = "a<p class=\"x &gt; y\" title=\"1 > 0\">b &amp; c</p><br>";
        let found: Vec<Piece<'_>> = pieces(html).collect();
        assert_eq!(found.len(), 5);
        let Piece::Start(tag) = found[1] else { panic!("{found:?}") };
        assert_eq!((tag.name, tag.attribute("title").as_deref()), ("p", Some("1 > 0")));
        assert_eq!(tag.attribute("class").as_deref(), Some("x > y"));
        assert_eq!(found[3], Piece::End("p"));
    }

    #[test]
    fn escapes_survive_the_round_trip() {
        for text in ["", "a & b", "\"<&>'", "&amp;", "&", "&;", "&#", "&nosuch;", "ü&ü;"] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(unescape("&#65;&#x42;&#xffffff;&nbsp;"), "AB&#xffffff;\u{a0}");
    }
}
