//! Rule: a sanitised mail as a whole HTML document, for a sandboxed frame inside a page.

use super::links::{Destination, destination};
use super::paint::{Painter, Paper, paper};
use super::tags::{Piece, Tag, escape, pieces, unescape};

/// Where a frame finds pictures.
#[derive(Clone, Copy)]
pub struct Pictures<'a> {
    /// At which address of ours an attached picture is, by its content id.
    pub attached: &'a dyn Fn(&str) -> Option<String>,
    /// At which address of ours a picture on another server is, by its place among those that the mail names, from 0. None
    /// where it isn't to be shown.
    pub remote: &'a dyn Fn(usize) -> Option<String>,
}

/// Frames HTML that [`sanitise`](super::html::sanitise) made. A picture without an address keeps only its description; none keeps
/// an address on another server.
pub fn framed(html: &str, pictures: Pictures<'_>) -> String {
    let paper = paper(html);
    let class = match paper {
        Paper::Page => "page",
        Paper::Sheet => "sheet",
    };
    let mut framing = Framing {
        out: format!("{START}<body class=\"{class}\"><div>\n"),
        painter: Painter::new(paper),
        pictures,
        remote: 0,
        links: Vec::new(),
    };
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => framing.text(text),
            Piece::End(name) => framing.end(name),
            Piece::Start(tag) => framing.start(tag),
        }
    }
    framing.out + "</div></body></html>\n"
}

/// The addresses of the pictures on other servers that sanitised HTML names, in their order.
pub fn remote_pictures(html: &str) -> Vec<String> {
    let remote = |piece: Piece<'_>| match piece {
        Piece::Start(tag) if tag.name == "img" => tag.attribute("src").filter(|source| is_remote(source)),
        _ => None,
    };
    pieces(html).filter_map(remote).map(|source| source.trim().to_owned()).collect()
}

fn is_remote(source: &str) -> bool {
    !matches!(scheme(source).as_str(), "cid" | "data")
}

fn scheme(source: &str) -> String {
    source.trim().split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default()
}

struct Framing<'a> {
    out: String,
    painter: Painter,
    pictures: Pictures<'a>,
    remote: usize,
    links: Vec<Link>,
}

/// A link whose words are still being read.
struct Link {
    href: String,
    words: String,
    /// Something in it turns the direction of the text.
    is_turned: bool,
}

impl Framing<'_> {
    fn text(&mut self, text: &str) {
        self.say(&unescape(text));
        self.out.push_str(text);
    }

    fn say(&mut self, words: &str) {
        for link in &mut self.links {
            link.words.push_str(words);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let mut attributes: Vec<(String, String)> =
            tag.attributes().map(|(name, value)| (name.to_owned(), unescape(value))).collect();
        if tag.name == "img" {
            self.say(&tag.attribute("alt").unwrap_or_default());
            self.place_picture(&mut attributes);
        } else if !INLINE.contains(&tag.name) {
            self.say(" ");
        }
        if !self.links.is_empty() {
            attributes.retain(|(name, _)| name != "title");
            self.links.iter_mut().for_each(|link| link.is_turned |= tag.name == "bdo");
        }
        if tag.name == "a" {
            self.begin_link(tag, &mut attributes);
        }
        let added = self.painter.begin(tag);
        if !added.is_empty() {
            let written = attributes.iter().find(|(name, _)| name == "style").map(|(_, style)| style.clone());
            let written = written.filter(|style| !style.is_empty()).map(|style| format!("{style};"));
            set(&mut attributes, "style", Some(written.unwrap_or_default() + &added));
        }
        self.write(tag.name, &attributes);
    }

    fn write(&mut self, name: &str, attributes: &[(String, String)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        self.out.push('>');
    }

    fn place_picture(&mut self, attributes: &mut Vec<(String, String)>) {
        let Some((_, source)) = attributes.iter().find(|(name, _)| name == "src") else { return };
        let source = source.trim().to_owned();
        let address = match scheme(&source).as_str() {
            "data" => return,
            "cid" => (self.pictures.attached)(source.get(4..).unwrap_or_default()),
            _ => {
                self.remote += 1;
                (self.pictures.remote)(self.remote - 1)
            }
        };
        set(attributes, "src", address);
    }

    fn begin_link(&mut self, tag: Tag<'_>, attributes: &mut Vec<(String, String)>) {
        let href = tag.attribute("href").unwrap_or_default();
        let title = destination("", &href).map(|destination| destination.title());
        set(attributes, "title", title);
        self.links.push(Link { href, words: String::new(), is_turned: false });
    }

    fn end(&mut self, name: &str) {
        self.painter.end();
        if !INLINE.contains(&name) {
            self.say(" ");
        }
        self.out.push_str(&format!("</{name}>"));
        if name != "a" {
            return;
        }
        if let Some(warning) = self.links.pop().and_then(|link| link.warning()) {
            self.out.push_str(&format!(" <small class=\"leads\">{}</small>", escape(&warning)));
        }
    }
}

impl Link {
    fn warning(&self) -> Option<String> {
        // The sign turns everything behind it, as the element does.
        let turned = if self.is_turned { "\u{202e}" } else { "" };
        destination(&format!("{turned}{}", self.words), &self.href).as_ref().and_then(Destination::warning)
    }
}

/// Sets an attribute, or takes it out.
fn set(attributes: &mut Vec<(String, String)>, name: &str, value: Option<String>) {
    attributes.retain(|(known, _)| known != name);
    attributes.extend(value.map(|value| (name.to_owned(), value)));
}

/// Elements between whose words a reader sees no gap.
const INLINE: [&str; 28] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
];

/// How the document begins. Its colours on the page are those of the page's messages.
const START: &str = concat!(
    "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Mail</title>\n<style>\n",
    include_str!("frame/frame.css"),
    "</style>\n</head>\n"
);

#[cfg(test)]
mod tests;
