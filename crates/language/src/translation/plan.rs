//! What is to be done with each part of a text.

use super::{
    cuts,
    lines::{Run, runs},
    marks::{Mark, MarkKind, Numbers, marks},
    port::{Known, Request},
};
use std::{collections::HashMap, ops::Range};

/// The parts of a request's text.
pub(super) struct Plan<'a> {
    pub parts: Vec<Part<'a>>,
    /// The words of links, which are said before the sentences around them.
    pub links: Vec<Range<usize>>,
    pub marks: Vec<Mark>,
}

/// One part.
pub(super) struct Part<'a> {
    pub source: Range<usize>,
    pub task: Task<'a>,
}

/// What is to be done with a part.
pub(super) enum Task<'a> {
    /// It stays as it is.
    Keep,
    /// It is known.
    Known(&'a Known),
    /// An engine says it.
    Say,
}

impl<'a> Plan<'a> {
    /// The plan of a request.
    pub fn of(request: &'a Request) -> Self {
        let text = &request.text;
        let known: HashMap<String, &Known> =
            request.known.iter().map(|known| (flat(&known.source), known)).collect();
        let marks = marks(text, &request.protected, request.from.as_str(), Numbers::Risky);
        let mut plan = Self { parts: Vec::new(), links: Vec::new(), marks: Vec::new() };
        for run in runs(text) {
            match run {
                Run::Verbatim(source) => plan.parts.push(Part { source, task: Task::Keep }),
                Run::Prose(run) => {
                    let first = marks.partition_point(|mark| mark.span.start < run.start);
                    let sentences = cuts::sentences(text, run, &marks[first..]);
                    let part = |source: Range<usize>| {
                        let task = known
                            .get(&flat(&text[source.clone()]))
                            .map_or(Task::Say, |known| Task::Known(known));
                        Part { source, task }
                    };
                    plan.parts.extend(sentences.into_iter().map(part));
                }
            }
        }
        plan.links = marks.iter().filter_map(words_of_link).collect();
        plan.marks = marks;
        plan
    }
}

fn words_of_link(mark: &Mark) -> Option<Range<usize>> {
    match &mark.kind {
        MarkKind::Link { words } => Some(words.clone()),
        _ => None,
    }
}

/// Without line breaks and double spaces, so that the same sentence is known wherever its lines break.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text as a translator cuts them, in bytes: what a translation memory is asked for.
pub fn sentences(text: &str, from: &kernel::LanguageTag) -> Vec<Range<usize>> {
    let request = Request::new(text, from.clone(), kernel::LanguageTag::unknown());
    let parts = Plan::of(&request).parts.into_iter();
    parts.filter(|part| matches!(part.task, Task::Say)).map(|part| part.source).collect()
}
