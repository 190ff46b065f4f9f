//! The port: what is asked of a translator, and what it answers.

use super::untranslated::Untranslated;
use kernel::LanguageTag;
use std::{future::Future, ops::Range, pin::Pin, sync::Arc, time::Duration};

/// Says a text in another language.
pub trait Translator: Send + Sync {
    /// Begins to translate. The answer needs nothing of the caller, so it can be awaited elsewhere; dropping it cancels what hasn't been
    /// translated yet. It has to be awaited within a tokio runtime with a timer.
    fn translate(&self, request: Request) -> Saying;

    /// How a text would come from one language into the other, if it can.
    fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Way>;

    /// Every direction that an engine goes by itself, without a language between.
    fn directions(&self) -> Vec<Direction>;
}

/// A translation that is on its way.
pub type Saying = Pin<Box<dyn Future<Output = Result<Translation, Untranslated>> + Send>>;

/// From a language into another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Direction {
    /// The language of the original.
    pub from: LanguageTag,
    /// The language of the translation.
    pub to: LanguageTag,
}

/// How a text comes from one language into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// One engine does it.
    Direct {
        /// The engine's name.
        engine: Arc<str>,
    },
    /// There is no engine for the pair, so the text is said in a third language first. Mistakes of both add up.
    Through {
        /// The language between.
        between: LanguageTag,
        /// The names of both engines, in the order in which they work.
        engines: [Arc<str>; 2],
    },
    /// No engine goes there, and what is known is said from memory.
    Memory,
}

/// What stands for an engine's name where there is none.
const MEMORY: &str = "translation memory";

impl Way {
    /// The engine's name, or both joined by `+`.
    pub fn engine(&self) -> Arc<str> {
        match self {
            Self::Direct { engine } => engine.clone(),
            Self::Memory => MEMORY.into(),
            Self::Through { engines: [first, second], .. } if first == second => first.clone(),
            Self::Through { engines: [first, second], .. } => format!("{first}+{second}").into(),
        }
    }
}

/// What is to be said in another language.
#[derive(Clone, Debug)]
pub struct Request {
    /// The original.
    pub text: String,
    /// Its language.
    pub from: LanguageTag,
    /// The language wanted.
    pub to: LanguageTag,
    /// Pieces of the original that must not go through the engine as words.
    pub protected: Vec<Protected>,
    /// Sentences whose translation is known already, as from the translation memory.
    pub known: Vec<Known>,
    /// Who waits for it.
    pub priority: Priority,
    /// How long it may take, counted from asking, waiting in the queue included.
    pub budget: Duration,
}

impl Request {
    /// A text that somebody looks at, with nothing protected and half a minute to go.
    pub fn new(text: impl Into<String>, from: LanguageTag, to: LanguageTag) -> Self {
        Self {
            text: text.into(),
            from,
            to,
            protected: Vec::new(),
            known: Vec::new(),
            priority: Priority::Looking,
            budget: Duration::from_secs(30),
        }
    }

    /// The same with these pieces protected.
    pub fn protecting(mut self, protected: Vec<Protected>) -> Self {
        self.protected = protected;
        self
    }

    /// The same with these sentences known.
    pub fn knowing(mut self, known: Vec<Known>) -> Self {
        self.known = known;
        self
    }

    /// The same for another who waits, with another time to do it in.
    pub fn within(mut self, priority: Priority, budget: Duration) -> Self {
        (self.priority, self.budget) = (priority, budget);
        self
    }
}

/// Who waits for a translation; the earlier one goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A person looks at the place where it will stand.
    Looking,
    /// A person will look at it soon: a mail that has just come in.
    Soon,
    /// Nobody waits: old cases, articles.
    Whenever,
}

/// A piece of the original that must not go through the engine as words: a term of the client, a product's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// Where it stands in the original, in bytes.
    pub span: Range<usize>,
    /// What stands for it in the translation.
    pub say: Say,
}

/// What stands for a protected piece in the translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    /// The same as in the original.
    AsIs,
    /// This.
    This(String),
}

impl Protected {
    /// Every place where `form` stands in `text` as words of its own, written exactly so.
    pub fn everywhere(text: &str, form: &str, say: &Say) -> Vec<Self> {
        let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let places = if form.is_empty() { "".match_indices("\0") } else { text.match_indices(form) };
        places
            .map(|(start, found)| start..start + found.len())
            .filter(|span| {
                !is_inside(text[..span.start].chars().next_back())
                    && !is_inside(text[span.end..].chars().next())
            })
            .map(|span| Self { span, say: say.clone() })
            .collect()
    }
}

/// A sentence whose translation is known. It stands for every segment of the original that reads the same
/// (see [`sentences`](super::sentences)).
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The sentence, as it is written in the original.
    pub source: String,
    /// What it is in the other language.
    pub target: String,
    /// How sure that is, from 0 to 1: 1 for the very sentence, less for one that is nearly the same.
    pub confidence: f64,
    /// Who says so, in a whole sentence.
    pub because: Arc<str>,
}

/// What a translator answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    /// The whole text in the other language.
    pub text: String,
    /// Its parts and those of the original, in order. What stands between them (line breaks, list marks) is the same in both.
    pub segments: Vec<Segment>,
    /// How it came here.
    pub way: Way,
}

impl Translation {
    /// The least sure of its segments: a text is as good as its worst sentence. 1 if nothing had to be translated.
    pub fn confidence(&self) -> f64 {
        self.segments.iter().map(|segment| segment.confidence).fold(1.0, f64::min)
    }
}

/// A part of the original and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it stands in the original, in bytes.
    pub source: Range<usize>,
    /// Where it stands in the translation, in bytes.
    pub target: Range<usize>,
    /// Who said it.
    pub how: How,
    /// How sure it is, from 0 to 1, by rules that count what went wrong on the way (see `docs/reference/translation.md`).
    pub confidence: f64,
}

impl Segment {
    /// Its words in the translation.
    pub fn text<'a>(&self, translation: &'a Translation) -> &'a str {
        &translation.text[self.target.clone()]
    }
}

/// Who said a segment in the other language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It was known, and this says by whom: a person has approved it before.
    Memory(Arc<str>),
    /// The engine of this name.
    Engine(Arc<str>),
    /// Nobody: it stays as it is, because there is nothing to say in it, as in code, numbers, links.
    Kept,
    /// Nobody: it stays as it is, because nothing here knows it.
    Nobody,
}
