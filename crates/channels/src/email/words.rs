//! Rule: the words of sanitised HTML as text, one line for each block, and where in it the mail program marked a quote.

use super::html::{QUOTE_IDS, SIGNATURE_CLASSES, SIGNATURE_IDS};
use super::tags::{Piece, Tag, pieces, unescape};
use std::ops::Range;

/// Text made from HTML.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The text. Quotes begin with `> `.
    pub text: String,
    /// The byte ranges of the text that the mail program marked as quoted.
    pub quotes: Vec<Range<usize>>,
    /// The byte ranges that it marked as the signature.
    pub signatures: Vec<Range<usize>>,
}

/// Turns HTML that [`sanitise`](super::html::sanitise) made into text. Its work grows with the length alone.
pub(crate) fn rendered(html: &str) -> Rendered {
    let mut writer = Writer::default();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => writer.words(&unescape(text)),
            Piece::Start(tag) => writer.start(tag),
            Piece::End(name) => writer.end(name),
        }
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks wanted before the next word.
    breaks: usize,
    space: bool,
    open: Vec<Open>,
    /// How deep in quotes the next word stands, and how deep the last line stood.
    depth: usize,
    line_depth: usize,
    pre: usize,
    quotes: Vec<Range<usize>>,
    signatures: Vec<Range<usize>>,
}

struct Open {
    name: String,
    /// Where the marked quote or signature began, if this element marks one.
    mark: Option<(usize, Marks)>,
    /// The number of the next item, for ordered lists.
    number: Option<usize>,
    /// It only moves its own words to the right.
    indents: bool,
}

impl Writer {
    fn words(&mut self, text: &str) {
        if self.pre > 0 {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.hard_break();
                }
                self.word(line);
            }
            return;
        }
        for (n, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.space |= n > 0;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        self.begin_line_if_needed();
        if self.space && !self.at_line_start() {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push_str(word);
    }

    fn begin_line_if_needed(&mut self) {
        const DEEPEST: usize = 20;
        // Blank lines belong to the quote only where both neighbours do.
        let between = self.depth.min(self.line_depth);
        if self.breaks > 0 && !self.out.is_empty() {
            for n in 0..self.breaks {
                self.out.push('\n');
                if n + 1 < self.breaks {
                    self.out.push_str(&">".repeat(between.min(DEEPEST)));
                }
            }
        }
        if (self.breaks > 0 || self.out.is_empty()) && self.depth > 0 {
            self.out.push_str(&"> ".repeat(self.depth.min(DEEPEST)));
        }
        if self.breaks > 0 {
            self.space = false;
        }
        self.breaks = 0;
        self.line_depth = self.depth;
    }

    fn at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n') || self.out.ends_with("> ")
    }

    /// At least so many line breaks before the next word.
    fn wanted(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    /// One line break more.
    fn hard_break(&mut self) {
        const MOST: usize = 3;
        self.breaks = (self.breaks + 1).min(MOST);
    }

    fn start(&mut self, tag: Tag<'_>) {
        let name = tag.name;
        if matches!(name, "br" | "img" | "hr" | "col" | "wbr") {
            match name {
                "br" => self.hard_break(),
                "hr" => self.wanted(2),
                _ => {}
            }
            return;
        }
        self.wanted(breaks_around(name));
        let number = (name == "ol").then_some(1);
        match name {
            "pre" => self.pre += 1,
            "blockquote" if !indents(tag) => self.depth += 1,
            "td" | "th" => self.space = true,
            "li" => self.item(),
            _ => {}
        }
        let mark = marks(tag).map(|marks| (self.out.len(), marks));
        self.open.push(Open { name: name.to_owned(), mark, number, indents: indents(tag) });
    }

    fn item(&mut self) {
        let number = self.open.iter_mut().rev().find(|open| open.name == "ol" || open.name == "ul");
        let mark = match number.and_then(|list| list.number.as_mut()) {
            Some(number) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            None => "-".to_owned(),
        };
        self.word(&mark);
        self.space = true;
    }

    fn end(&mut self, name: &str) {
        // The HTML is well formed, so this is nearly always the last one.
        while let Some(open) = self.open.pop() {
            self.close(&open);
            if open.name == name {
                return;
            }
        }
    }

    fn close(&mut self, open: &Open) {
        match open.name.as_str() {
            "pre" => self.pre = self.pre.saturating_sub(1),
            "blockquote" if !open.indents => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        match open.mark {
            Some((start, Marks::Element)) if start < self.out.len() => {
                self.quotes.push(start..self.out.len())
            }
            Some((start, Marks::Signature)) if start < self.out.len() => {
                self.signatures.push(start..self.out.len())
            }
            Some((start, Marks::Rest)) => self.quotes.push(start..usize::MAX),
            _ => {}
        }
        self.wanted(breaks_around(&open.name));
    }

    fn finish(mut self) -> Rendered {
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        let length = self.out.len();
        for quote in &mut self.quotes {
            quote.end = quote.end.min(length);
        }
        Rendered { text: self.out, quotes: self.quotes, signatures: self.signatures }
    }
}

fn breaks_around(name: &str) -> usize {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol" | "dl" | "table"
        | "pre" | "figure" => 2,
        "div" | "tr" | "li" | "dt" | "dd" | "center" | "section" | "article" | "header" | "footer"
        | "main" | "address" | "caption" | "figcaption" | "aside" | "tbody" | "thead" | "tfoot" => 1,
        _ => 0,
    }
}

/// What of the mail an element marks.
#[derive(Clone, Copy)]
enum Marks {
    /// What it holds is quoted.
    Element,
    /// What it holds and everything below is quoted.
    Rest,
    /// What it holds is the signature.
    Signature,
}

/// Some editors indent with a block quotation that has no border, and mark it in no other way.
fn indents(tag: Tag<'_>) -> bool {
    let borderless = |style: String| style.replace(' ', "").contains("border:none");
    tag.name == "blockquote"
        && tag.attribute("class").is_none()
        && tag.attribute("type").is_none()
        && tag.attribute("style").is_some_and(borderless)
}

fn marks(tag: Tag<'_>) -> Option<Marks> {
    const QUOTES: [&str; 6] = [
        "gmail_quote",
        "moz-cite-prefix",
        "moz-forward-container",
        "yahoo_quoted",
        "protonmail_quote",
        "zmail_extra",
    ];
    const RESTS: [&str; 2] = ["OutlookMessageHeader", "ms-outlook-mobile-reference-message"];
    let class = tag.attribute("class").unwrap_or_default();
    let named = |known: &[&str]| class.split(' ').any(|word| known.contains(&word));
    let id = tag.attribute("id").unwrap_or_default();
    if QUOTE_IDS.contains(&id.as_str()) || named(&RESTS) {
        return Some(Marks::Rest);
    }
    if SIGNATURE_IDS.contains(&id.as_str()) || named(&SIGNATURE_CLASSES) {
        return Some(Marks::Signature);
    }
    (named(&QUOTES) || (tag.name == "blockquote" && !indents(tag))).then_some(Marks::Element)
}
