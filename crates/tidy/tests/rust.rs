//! Rust source as a flat list of tokens that know their line and whether they are test code.
//!
//! Tokens rather than a syntax tree, because what macros hold counts too, and because it compiles in seconds.

use crate::tree;
use proc_macro2::{Delimiter, Group, LineColumn, TokenStream, TokenTree};
use std::{collections::BTreeSet, str::FromStr, sync::OnceLock};

/// A Rust file, read.
pub struct Source {
    pub path: String,
    /// The lines of the `//!` header, without the marks.
    pub header: Vec<String>,
    /// Empty when the file could not be read as Rust.
    pub tokens: Vec<Token>,
    pub readable: bool,
}

/// A token of a Rust file. Comments are none.
#[derive(Clone)]
pub struct Token {
    pub text: String,
    pub kind: Kind,
    pub first_line: usize,
    pub last_line: usize,
    /// How many brackets it stands in.
    pub depth: usize,
    /// It stands in an item marked `#[test]` or `#[cfg(test)]`, or in a folder `tests`.
    pub in_test: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Mark,
    /// A literal in quotes; `text` is what stands between them.
    Quoted,
    Literal,
    Open,
    Close,
}

/// Every Rust file of the project.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let rust = tree::files().iter().filter(|file| file.path.ends_with(".rs"));
        rust.map(|file| Source::read(&file.path, &file.text)).collect()
    })
}

impl Source {
    pub fn read(path: &str, text: &str) -> Self {
        let in_tests_folder = path.split('/').any(|part| part == "tests" || part == "benches");
        let stream = TokenStream::from_str(text);
        let readable = stream.is_ok();
        let mut tokens = Vec::new();
        flatten(stream.unwrap_or_default(), 0, in_tests_folder, &mut tokens);
        let header = text.lines().map_while(|line| line.strip_prefix("//!"));
        Self {
            path: path.to_owned(),
            header: header.map(|line| line.trim().to_owned()).collect(),
            tokens,
            readable,
        }
    }

    /// The folder under `crates/`, or nothing.
    pub fn room(&self) -> &str {
        self.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()).unwrap_or_default()
    }

    /// Where this piece of Rust stands outside of test code: the first line of each place.
    pub fn places_of(&self, piece: &str) -> Vec<usize> {
        self.places(piece, |token| !token.in_test)
    }

    /// Where this piece of Rust stands in test code.
    pub fn test_places_of(&self, piece: &str) -> Vec<usize> {
        self.places(piece, |token| token.in_test)
    }

    fn places(&self, piece: &str, counts: impl Fn(&Token) -> bool) -> Vec<usize> {
        let wanted = words_of(piece);
        let fits = |window: &[Token]| window.iter().zip(&wanted).all(|(token, text)| token.text == *text);
        let windows = self.tokens.windows(wanted.len());
        windows
            .filter(|window| counts(&window[0]) && fits(window))
            .map(|window| window[0].first_line)
            .collect()
    }

    /// Lines that hold code: neither empty nor comment.
    pub fn code_lines(&self) -> usize {
        let lines = self.tokens.iter().flat_map(|token| token.first_line..=token.last_line);
        lines.collect::<BTreeSet<usize>>().len()
    }

    /// The place of the bracket that closes the one at `open`.
    pub fn closing(&self, open: usize) -> usize {
        let depth = self.tokens[open].depth;
        let closes = |token: &Token| token.kind == Kind::Close && token.depth == depth;
        let after = &self.tokens[open + 1..];
        open + 1 + after.iter().position(closes).expect("a read file has its brackets in pairs")
    }
}

fn words_of(piece: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let stream = TokenStream::from_str(piece).expect("a law looks for something that is Rust");
    flatten(stream, 0, false, &mut tokens);
    tokens.into_iter().map(|token| token.text).collect()
}

fn flatten(stream: TokenStream, depth: usize, in_test: bool, found: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    let mut marked = false;
    while let Some(tree) = trees.next() {
        if is_hash(&tree) {
            if matches!(trees.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
                trees.next();
            }
            if let Some(TokenTree::Group(attribute)) =
                trees.next_if(|next| matches!(next, TokenTree::Group(_)))
            {
                marked |= marks_a_test(&attribute);
                if !is_doc(&attribute) {
                    bracketed(&attribute, depth, in_test || marked, found);
                }
            }
            continue;
        }
        let ends_item = ends_item(&tree);
        push(tree, depth, in_test || marked, found);
        marked &= !ends_item;
    }
}

fn push(tree: TokenTree, depth: usize, in_test: bool, found: &mut Vec<Token>) {
    let (start, end) = (tree.span().start(), tree.span().end());
    let (kind, text) = match tree {
        TokenTree::Group(group) => return bracketed(&group, depth, in_test, found),
        TokenTree::Ident(word) => (Kind::Word, word.to_string()),
        TokenTree::Punct(mark) => (Kind::Mark, mark.as_char().to_string()),
        TokenTree::Literal(literal) => literal_of(&literal.to_string()),
    };
    found.push(Token { text, kind, first_line: start.line, last_line: end.line, depth, in_test });
}

fn bracketed(group: &Group, depth: usize, in_test: bool, found: &mut Vec<Token>) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    let at = |text: &str, kind, at: LineColumn| Token {
        text: text.to_owned(),
        kind,
        first_line: at.line,
        last_line: at.line,
        depth,
        in_test,
    };
    found.push(at(open, Kind::Open, group.span_open().start()));
    flatten(group.stream(), depth + 1, in_test, found);
    found.push(at(close, Kind::Close, group.span_close().end()));
}

fn literal_of(written: &str) -> (Kind, String) {
    match (written.find('"'), written.rfind('"')) {
        (Some(first), Some(last)) if first < last => (Kind::Quoted, written[first + 1..last].to_owned()),
        _ => (Kind::Literal, written.to_owned()),
    }
}

fn is_hash(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(mark) if mark.as_char() == '#')
}

fn is_doc(attribute: &Group) -> bool {
    matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(word)) if word == "doc")
}

fn marks_a_test(attribute: &Group) -> bool {
    let written: String = attribute.stream().to_string().split_whitespace().collect();
    matches!(written.as_str(), "test" | "tokio::test" | "cfg(test)") || written.starts_with("tokio::test(")
}

fn ends_item(tree: &TokenTree) -> bool {
    match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    }
}

#[test]
fn test_code_is_told_from_the_rest() {
    let text = "//! Head.\n\nfn a() { x(); }\n#[cfg(test)]\nmod tests {\n    fn b() { x(); }\n}\n/// x()\nfn c() { x() }\n";
    let source = Source::read("crates/cases/src/a.rs", text);
    assert_eq!(source.places_of("x()"), [3, 9]);
    assert_eq!(source.header, ["Head."]);
    assert_eq!(source.room(), "cases");
    assert_eq!(source.code_lines(), 6);
    assert!(Source::read("crates/cases/tests/a.rs", text).places_of("x()").is_empty());
}

#[test]
fn every_rust_file_can_be_read() {
    let unreadable = sources().iter().filter(|source| !source.readable).map(|source| source.path.clone());
    tree::obeyed("These files are not Rust that can be read:", unreadable.collect());
}
