//! The course of a translation: cut, mask, say, check, and again in smaller pieces if something was lost.
//!
//! Not a rule: engines are waited for.

use super::{
    confidence::{Attempt, THROUGH, confidence},
    digits,
    engine::{Engine, Turn},
    marks::{Mark, Numbers, marks},
    mask::{ARTEFACT, Masked, dressed_like, mask},
    plan::{Plan, Task},
    port::{How, Protected, Request, Segment, Translation, Way},
    untranslated::Untranslated,
};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::Arc,
};

/// What became of a sentence.
pub(super) struct Said {
    pub text: String,
    pub how: How,
    pub confidence: f64,
}

impl Said {
    /// There was nothing to say in it.
    pub fn kept(text: &str) -> Self {
        Self { text: text.to_owned(), how: How::Kept, confidence: 1.0 }
    }
}

/// One text on its way.
pub(super) struct Course {
    pub request: Request,
    pub engine: Arc<dyn Engine>,
    pub turn: Turn,
    pub way: Way,
}

impl Course {
    /// Goes it.
    pub async fn go(self) -> Result<Translation, Untranslated> {
        let plan = Plan::of(&self.request);
        let mut links = BTreeMap::new();
        for words in plan.links.chunks(self.engine.together().max(1)) {
            let said = self
                .round(words, &plan.marks, &BTreeMap::new())
                .await
                .map_err(|error| counted(error, 0, plan.parts.len()))?;
            links.extend(words.iter().map(|words| words.start).zip(said.into_iter().map(|said| said.text)));
        }
        let to_say: Vec<Range<usize>> = plan
            .parts
            .iter()
            .filter(|part| matches!(part.task, Task::Say))
            .map(|part| part.source.clone())
            .collect();
        let mut said = Vec::with_capacity(to_say.len());
        for sentences in to_say.chunks(self.engine.together().max(1)) {
            let round = self.round(sentences, &plan.marks, &links).await;
            said.extend(round.map_err(|error| counted(error, said.len(), to_say.len()))?);
        }
        Ok(assembled(&self.request.text, &plan, said, self.way.clone()))
    }

    /// Says a few sentences, and those again of which something was lost.
    async fn round(
        &self,
        sentences: &[Range<usize>],
        found: &[Mark],
        links: &BTreeMap<usize, String>,
    ) -> Result<Vec<Said>, Untranslated> {
        let mut done: Vec<Option<Said>> = sentences.iter().map(|_| None).collect();
        for attempt in [Attempt::Whole, Attempt::EveryNumber] {
            let masked: Vec<(usize, Masked)> = (0..sentences.len())
                .filter(|at| done[*at].is_none())
                .map(|at| (at, self.masked(sentences[at].clone(), attempt, found, links)))
                .collect();
            let (to_say, kept): (Vec<_>, Vec<_>) =
                masked.into_iter().partition(|(_, masked)| masked.has_words());
            for (at, masked) in kept {
                done[at] = Some(self.kept(&sentences[at], &masked));
            }
            let answers = self.say(to_say.iter().map(|(_, masked)| masked.text()).collect()).await?;
            for ((at, masked), answer) in to_say.iter().zip(answers) {
                let source = &self.request.text[sentences[*at].clone()];
                done[*at] = masked.unmask(&answer).ok().map(|text| self.said(attempt, source, text));
            }
        }
        let mut said = Vec::with_capacity(done.len());
        for (done, sentence) in done.into_iter().zip(sentences) {
            said.push(match done {
                Some(done) => done,
                None => {
                    let masked = self.masked(sentence.clone(), Attempt::Pieces, found, links);
                    self.in_pieces(sentence, &masked).await?
                }
            });
        }
        Ok(said)
    }

    fn masked(
        &self,
        sentence: Range<usize>,
        attempt: Attempt,
        found: &[Mark],
        links: &BTreeMap<usize, String>,
    ) -> Masked {
        let text = &self.request.text;
        if attempt == Attempt::Whole {
            let first = found.partition_point(|mark| mark.span.start < sentence.start);
            let last = found.partition_point(|mark| mark.span.start < sentence.end);
            return mask(text, sentence, &found[first..last], links);
        }
        let start = sentence.start;
        let within =
            |protected: &&Protected| protected.span.start >= start && protected.span.end <= sentence.end;
        let protected: Vec<Protected> =
            self.request.protected.iter().filter(within).map(|p| shifted(p, start)).collect();
        let piece = &text[sentence.clone()];
        let marks = marks(piece, &protected, self.request.from.as_str(), Numbers::All);
        let links = links.range(sentence).map(|(at, said)| (at - start, said.clone())).collect();
        mask(piece, 0..piece.len(), &marks, &links)
    }

    /// Nothing is lost here, because only the words between go to the engine.
    async fn in_pieces(&self, sentence: &Range<usize>, masked: &Masked) -> Result<Said, Untranslated> {
        let cores: Vec<&str> =
            masked.fragments.iter().map(|words| core(words)).filter(|core| !core.is_empty()).collect();
        let mut known = HashMap::new();
        for asked in cores.chunks(self.engine.together().max(1)) {
            let answers = self.say(asked.iter().map(|core| (*core).to_owned()).collect()).await?;
            known.extend(asked.iter().copied().zip(answers));
        }
        let text = masked.with_fragments(|words| {
            let core = core(words);
            let answer = known.get(core).map(|answer| answer.trim()).filter(|answer| fits(core, answer));
            answer.map_or_else(
                || words.to_owned(),
                |answer| words.replacen(core, &dressed_like(core, answer), 1),
            )
        });
        Ok(self.said(Attempt::Pieces, &self.request.text[sentence.clone()], text))
    }

    async fn say(&self, sentences: Vec<String>) -> Result<Vec<String>, Untranslated> {
        if sentences.is_empty() {
            return Ok(Vec::new());
        }
        let answer =
            tokio::time::timeout_at(self.turn.until.into(), self.engine.say(sentences, self.turn)).await;
        answer.unwrap_or(Err(Untranslated::TimedOut { ready: 0, of: 0 }))
    }

    fn said(&self, attempt: Attempt, source: &str, text: String) -> Said {
        let sure = confidence(attempt, source, &text);
        let confidence = if matches!(self.way, Way::Through { .. }) { sure * THROUGH } else { sure };
        Said { text, how: How::Engine(self.way.engine()), confidence }
    }

    fn kept(&self, sentence: &Range<usize>, masked: &Masked) -> Said {
        let text = masked.kept();
        let is_same = text == self.request.text[sentence.clone()];
        Said { text, how: if is_same { How::Kept } else { How::Engine(self.way.engine()) }, confidence: 1.0 }
    }
}

/// The whole text: what the parts became, and between them what stood there before.
pub(super) fn assembled(source: &str, plan: &Plan<'_>, said: Vec<Said>, way: Way) -> Translation {
    let mut said = said.into_iter();
    let mut translation = Translation { text: String::new(), segments: Vec::new(), way };
    let mut at = 0;
    for part in &plan.parts {
        let kept = || Said::kept(&source[part.source.clone()]);
        let said = match part.task {
            Task::Keep => kept(),
            Task::Known(known) => {
                let how = How::Memory(known.because.clone());
                Said { text: known.target.clone(), how, confidence: known.confidence }
            }
            Task::Say => said.next().unwrap_or_else(kept),
        };
        translation.text.push_str(&source[at..part.source.start]);
        let start = translation.text.len();
        translation.text.push_str(&said.text);
        let target = start..translation.text.len();
        let Said { how, confidence, .. } = said;
        translation.segments.push(Segment { source: part.source.clone(), target, how, confidence });
        at = part.source.end;
    }
    translation.text.push_str(&source[at..]);
    translation
}

fn counted(error: Untranslated, ready: usize, of: usize) -> Untranslated {
    if matches!(error, Untranslated::TimedOut { .. }) { Untranslated::TimedOut { ready, of } } else { error }
}

fn shifted(protected: &Protected, by: usize) -> Protected {
    Protected { span: protected.span.start - by..protected.span.end - by, say: protected.say.clone() }
}

/// The words of a fragment, without what stands around them; empty if it has none.
fn core(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphabetic())
}

/// An answer for a few words that may be taken: with no mask and no other numbers in it, and not far too long.
fn fits(core: &str, answer: &str) -> bool {
    let length = |text: &str| text.chars().count();
    answer.contains(char::is_alphabetic)
        && !answer.contains("XQ")
        && !answer.contains(ARTEFACT)
        && digits::are_kept([core].into_iter(), [answer].into_iter())
        && length(answer) <= 4 * length(core) + 30
}
