//! Rule: untangles HTML from outside before it is parsed: well-nested tags in one plain form, few enough and not too deep.
//!
//! The HTML parser's work can grow with the square of what it reads: deep nesting is searched at every tag, and formatting
//! elements that are left open are opened again in every paragraph. Untangled HTML gives it neither, so its work is bounded.
//! Nothing here makes HTML safe; the sanitiser does that afterwards.

const LONGEST: usize = 1024 * 1024;
const MOST_TAGS: usize = 30_000;
const DEEPEST: usize = 200;
const DEEPEST_FORMATTING: usize = 20;

/// HTML in plain form, and whether some of it had to be left out.
pub(super) struct Untangled {
    pub html: String,
    pub shortened: bool,
}

/// Brings HTML into plain form, within the limits.
pub(super) fn untangle(html: &str) -> Untangled {
    let end = (0..=LONGEST.min(html.len())).rev().find(|at| html.is_char_boundary(*at)).unwrap_or_default();
    let mut writer = Writer { rest: html.get(..end).unwrap_or_default(), ..Writer::default() };
    let mut tags = 0;
    while !writer.rest.is_empty() && tags < MOST_TAGS {
        writer.step();
        tags += 1;
    }
    let shortened = end < html.len() || !writer.rest.is_empty();
    writer.close_down_to(0);
    Untangled { html: writer.out, shortened }
}

#[derive(Default)]
struct Writer<'a> {
    rest: &'a str,
    out: String,
    open: Vec<String>,
    /// Character references since the last tag.
    references: usize,
}

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements whose content isn't for reading, or isn't HTML.
const SKIPPED: [&str; 11] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "svg", "math", "template",
];
/// Elements that only frame a document.
const FRAMES: [&str; 4] = ["html", "head", "body", "frameset"];
/// Elements that are opened again where they were left open.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that end a paragraph.
const BLOCKS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

impl<'a> Writer<'a> {
    /// Writes the text up to the next tag, and that tag.
    fn step(&mut self) {
        let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
        self.text(text);
        self.rest = rest;
        let second = rest.as_bytes().get(1).copied().unwrap_or_default();
        let third = rest.as_bytes().get(2).copied().unwrap_or_default();
        match (second, third) {
            _ if rest.is_empty() => {}
            _ if rest.starts_with("<!--") => self.comment(),
            (b'!' | b'?', _) => self.skip_past(">"),
            (b'/', b'a'..=b'z' | b'A'..=b'Z') => self.end_tag(),
            (b'/', _) => self.skip_past(">"),
            (b'a'..=b'z' | b'A'..=b'Z', _) => self.start_tag(),
            _ => {
                self.text("&lt;");
                self.rest = rest.get(1..).unwrap_or_default();
            }
        }
    }

    /// Appending to a text copies it at every character reference, so long rows of them are broken up.
    fn text(&mut self, text: &str) {
        const MOST_REFERENCES: usize = 200;
        for piece in text.split_inclusive('&') {
            self.references += usize::from(piece.ends_with('&'));
            if self.references > MOST_REFERENCES {
                self.references = 0;
                let before = piece.strip_suffix('&').unwrap_or(piece);
                self.out.push_str(before);
                self.out.push_str("<span></span>&");
            } else {
                self.out.push_str(piece);
            }
        }
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.find(end).and_then(|at| self.rest.get(at + end.len()..)).unwrap_or_default();
    }

    fn comment(&mut self) {
        let empty = self.rest.starts_with("<!-->") || self.rest.starts_with("<!--->");
        self.skip_past(if empty { ">" } else { "-->" });
    }

    fn end_tag(&mut self) {
        let name = name_of(self.rest.get(2..).unwrap_or_default());
        self.skip_past(">");
        if name == "br" {
            self.out.push_str("<br>");
        }
        // A cell can only be closed from inside it: what is open outside stays open.
        let walls: &[&str] =
            if ["table", "tr", "td", "th", "tbody", "thead", "tfoot"].contains(&name.as_str()) {
                &["table"]
            } else {
                &["td", "th", "caption", "table"]
            };
        for (at, open) in self.open.iter().enumerate().rev() {
            if *open == name {
                return self.close_down_to(at);
            }
            if walls.contains(&open.as_str()) {
                return;
            }
        }
    }

    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
    }

    fn start_tag(&mut self) {
        let source = self.rest.get(1..).unwrap_or_default();
        let name = name_of(source);
        let Some((attributes, rest)) = attributes(source.get(name.len()..).unwrap_or_default()) else {
            self.rest = "";
            return;
        };
        self.rest = rest;
        let (name, attributes) = coloured_body(&name, &attributes).unwrap_or((name, attributes));
        if SKIPPED.contains(&name.as_str()) {
            return self.skip_element(&name);
        }
        if FRAMES.contains(&name.as_str())
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b':')
        {
            return;
        }
        self.close_before(&name);
        let formatting = |name: &String| FORMATTING.contains(&name.as_str());
        let too_deep = self.open.len() >= DEEPEST
            || (formatting(&name)
                && self.open.iter().filter(|open| formatting(open)).count() >= DEEPEST_FORMATTING);
        let void = VOID.contains(&name.as_str());
        if too_deep && !void {
            return;
        }
        self.out.push('<');
        self.out.push_str(&name);
        self.out.push_str(&attributes);
        self.out.push('>');
        self.references = 0;
        if !void {
            self.open.push(name);
        }
    }

    /// What a start tag closes without saying so: a paragraph by any block, an item by the next item, a link by the next link.
    fn close_before(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li"],
            "dd" | "dt" => &["dd", "dt"],
            "a" => &["a"],
            _ => &[],
        };
        let ends_paragraph = BLOCKS.contains(&name);
        let mut lowest = self.open.len();
        for (at, open) in self.open.iter().enumerate().rev() {
            if closes.contains(&open.as_str()) || (ends_paragraph && open == "p") {
                lowest = at;
            }
            if ["ul", "ol", "dl", "table", "td", "th", "caption"].contains(&open.as_str()) {
                break;
            }
        }
        self.close_down_to(lowest);
    }

    /// Skips an element with all that it holds; without an end tag, everything that follows.
    fn skip_element(&mut self, name: &str) {
        let bytes = self.rest.as_bytes();
        let is_end = |at: &usize| {
            let after = bytes.get(at + 2..at + 2 + name.len());
            bytes.get(*at..at + 2) == Some(b"</")
                && after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(is_end);
        self.rest = end.and_then(|at| self.rest.get(at..)).unwrap_or_default();
        self.skip_past(">");
    }
}

/// A document's body is none of ours, but the colours that it names are those of the mail.
fn coloured_body(name: &str, attributes: &str) -> Option<(String, String)> {
    let lower = attributes.to_ascii_lowercase();
    let names_colours =
        [" bgcolor=\"", " text=\"", "color:", "background:"].iter().any(|word| lower.contains(word));
    if name != "body" || !names_colours {
        return None;
    }
    let said = |name: &str| {
        let (_, after) = attributes.split_once(&format!(" {name}=\""))?;
        after.split_once('"').map(|(value, _)| value)
    };
    let hashed = |value: &str| match value.len() == 6 && value.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => format!("#{value}"),
        false => value.replace(';', ""),
    };
    let ground = said("bgcolor").map(|colour| format!("background-color:{};", hashed(colour)));
    let ink = said("text").map(|colour| format!("color:{};", hashed(colour)));
    let style = [ground, ink, said("style").map(str::to_owned)].into_iter().flatten().collect::<String>();
    Some(("div".to_owned(), format!(" style=\"{style}\"")))
}

fn name_of(source: &str) -> String {
    let end = source.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(source.len());
    source.get(..end).unwrap_or_default().to_ascii_lowercase()
}

/// The attributes of a start tag in plain form, and what follows the tag; `None` for a tag that never ends.
fn attributes(source: &str) -> Option<(String, &str)> {
    const MOST: usize = 50;
    let mut out = String::new();
    let mut rest = source;
    for n in 0_usize.. {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((out, after));
        }
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
            .unwrap_or(rest.len());
        // An attribute may begin with `=`.
        let (name, after) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
        let (value, after) = value(after);
        rest = after;
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b));
        if plain && n < MOST {
            out.push(' ');
            out.push_str(&name.to_ascii_lowercase());
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
    }
    None
}

/// The value after an attribute's name, if there is one, and what follows it.
fn value(source: &str) -> (&str, &str) {
    let Some(after) = source.trim_ascii_start().strip_prefix('=') else { return ("", source) };
    let after = after.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(inner) = after.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
    after.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::untangle;

    #[test]
    fn tangled_html_becomes_plain() {
        for (html, expected) in [
            ("a < b & c", "a &lt; b & c"),
            ("<P Class=x ID='y\"z' hidden>t", "<p class=\"x\" id=\"y&quot;z\" hidden=\"\">t</p>"),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
            ("<p>one<p>two", "<p>one</p><p>two</p>"),
            ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c"),
            ("<table><tr><td>a</div><td>b</table>", "<table><tr><td>a<td>b</td></td></tr></table>"),
            ("x<!-- <b> -->y<![endif]>z<?xml ?>", "xyz"),
            ("<style>p { x: '</p>' }</style>t<script>alert(1)", "t"),
            ("<img src=x / alt=y><br/>", "<img src=\"x\" alt=\"y\"><br>"),
            ("</p></b>x</br>", "x<br>"),
            ("x<a href=x", "x"),
            ("<html><body class=x style='margin:0'>x</body></html>", "x"),
            (
                "<body bgcolor=202020 text=white style=\"font:x\">x</body>y",
                "<div style=\"background-color:#202020;color:white;font:x\">xy</div>",
            ),
            ("<body style='BACKGROUND:#fff'>x", "<div style=\"BACKGROUND:#fff\">x</div>"),
        ] {
            assert_eq!(untangle(html).html, expected, "{html}");
        }
    }

    #[test]
    fn limits_hold() {
        let deep = untangle(&"<div>".repeat(1_000));
        assert_eq!((deep.html.matches("<div>").count(), deep.shortened), (200, false));
        assert_eq!(untangle(&"<b>".repeat(1_000)).html.matches("<b>").count(), 20);
        assert!(untangle(&"<br>".repeat(40_000)).shortened);
        assert!(untangle(&"x".repeat(2_000_000)).shortened);
    }
}
