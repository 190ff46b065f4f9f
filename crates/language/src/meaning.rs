//! The meaning guard: whether what a text says is still there in its translation, by rules that say why.
//!
//! Both texts are cut into sentences that are put side by side (`alignment`), and each rule compares them: facts (`facts`,
//! `agreement`), what must stay letter by letter (`exact`), denials and questions (`speech`), verbs (`verb`), how the reader is addressed (`address_form`), the language (`tongue`), terms
//! (`terms`), lengths (`proportion`), traces of machines (`artefacts`). No rule needs a model but the language's; no rule proves
//! that a translation is right.

mod address_form;
mod agreement;
mod alignment;
mod artefacts;
mod exact;
mod facts;
mod finding;
mod lexicon;
mod merged;
mod names;
mod proportion;
mod speech;
mod terms;
mod tokens;
mod tongue;
mod verb;

pub use address_form::{Address, address, address_forms};
pub use finding::{Checked, Finding, Kind, Pair, Severity};
pub(crate) use names::is_given_name;

use crate::identification::Identifier;
use crate::terms::Term;
use agreement::Told;
use alignment::Bead;
use kernel::LanguageTag;
use lexicon::Lexicon;
use speech::{Greek, Written};
use std::ops::Range;
use terms::Agreed;
use tokens::{Token, tokens};

/// Bytes of each text that are looked at.
const MOST: usize = 100_000;

/// A text and the language that it is in, or should be in.
#[derive(Clone, Debug)]
pub struct Passage<'t> {
    /// The words.
    pub text: &'t str,
    /// Their language.
    pub language: LanguageTag,
}

/// What a client agreed about words.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// The client's terms, with what must stay as it is. Those that don't stand in the text do nothing but take time.
    pub terms: Vec<Term>,
}

/// Compares a text with its translation. Looks at the first 100,000 bytes of each.
pub fn check(
    source: &Passage<'_>,
    target: &Passage<'_>,
    expectations: &Expectations,
    identifier: &Identifier,
) -> Checked {
    let (short, rest) = (beginning(source), beginning(target));
    let (ours, theirs) = (Read::new(&short), Read::new(&rest));
    let ratio = proportion::ratio(ours.language, theirs.language);
    let beads = alignment::align(short.text, rest.text, ratio);
    let mut findings = of_all(&ours, &theirs, &beads, identifier);
    let agreed = Agreed::new(&expectations.terms, &short, &rest.language);
    for bead in &beads {
        findings.extend(of_one(&ours, &theirs, bead, ratio, &agreed));
    }
    if short.text.len() < source.text.len() || rest.text.len() < target.text.len() {
        let why = "The text is very long, and only its beginning was compared. Read the rest yourself.";
        findings.push(
            Finding::new(Kind::Unchecked, Severity::Warn, why)
                .at_source(short.text.len()..source.text.len())
                .at_target(rest.text.len()..target.text.len()),
        );
    }
    in_order(findings, &beads)
}

fn beginning<'t>(passage: &Passage<'t>) -> Passage<'t> {
    let mut end = passage.text.len().min(MOST);
    while !passage.text.is_char_boundary(end) {
        end -= 1;
    }
    Passage { text: &passage.text[..end], language: passage.language.clone() }
}

/// A text that was read for the rules.
struct Read<'t> {
    passage: &'t Passage<'t>,
    language: &'t str,
    lexicon: &'static Lexicon,
    exacts: Vec<exact::Exact<'t>>,
    tokens: Vec<Token<'t>>,
}

impl<'t> Read<'t> {
    fn new(passage: &'t Passage<'t>) -> Self {
        let exacts = exact::exacts(passage.text);
        let hidden: Vec<Range<usize>> = exacts.iter().map(|exact| exact.range.clone()).collect();
        Self {
            passage,
            language: passage.language.primary(),
            lexicon: Lexicon::of(&passage.language),
            tokens: tokens(passage.text, &hidden),
            exacts,
        }
    }

    fn tokens_of(&self, range: &Range<usize>) -> &[Token<'t>] {
        let first = self.tokens.partition_point(|token| token.range.start < range.start);
        let end = self.tokens.partition_point(|token| token.range.start < range.end);
        &self.tokens[first..end.max(first)]
    }

    /// The facts with the bead that each stands in.
    fn told(&self, ends: &[usize]) -> Told<'t> {
        let facts = facts::facts(&self.tokens, self.lexicon, self.language);
        let place = |at: usize| ends.partition_point(|end| *end <= at).min(ends.len().saturating_sub(1));
        Told {
            text: self.passage.text,
            facts: facts.into_iter().map(|fact| (place(fact.range.start), fact)).collect(),
        }
    }
}

/// What is compared over the whole text, because it may move between sentences.
fn of_all(ours: &Read<'_>, theirs: &Read<'_>, beads: &[Bead], identifier: &Identifier) -> Vec<Finding> {
    let (source, target) = (ours.passage, theirs.passage);
    let ends = |side: fn(&Bead) -> usize| beads.iter().map(side).collect::<Vec<_>>();
    let mut findings = exact::compare((source.text, &ours.exacts), (target.text, &theirs.exacts));
    findings.extend(agreement::compare(
        &ours.told(&ends(|bead| bead.source.end)),
        &theirs.told(&ends(|bead| bead.target.end)),
    ));
    findings.extend(tongue::languages(source, target, identifier));
    findings.extend(address_form::address_forms(target));
    findings.extend(address_form::dropped(source, target));
    findings.extend(artefacts::residues(source.text, target.text, &theirs.tokens));
    findings.extend(artefacts::doubled(&ours.tokens, &theirs.tokens, theirs.lexicon, ours.lexicon));
    findings
}

/// What is compared sentence by sentence.
fn of_one(ours: &Read<'_>, theirs: &Read<'_>, bead: &Bead, ratio: f64, agreed: &Agreed<'_>) -> Vec<Finding> {
    let (source, target) = (ours.passage.text, theirs.passage.text);
    let mut findings: Vec<Finding> = proportion::alone(source, target, bead).into_iter().collect();
    if bead.source.is_empty() || bead.target.is_empty() {
        return findings;
    }
    let places = || (bead.source.clone(), bead.target.clone());
    let (our_words, their_words) = (ours.tokens_of(&bead.source), theirs.tokens_of(&bead.target));
    let (first, second) = ((our_words, ours.lexicon), (their_words, theirs.lexicon));
    let written = |language: &str| if language == "el" { Written::Greek } else { Written::Other };
    let greek = Greek { source: written(ours.language), target: written(theirs.language) };
    findings.extend(names::names(first, second));
    findings
        .extend(merged::merged((our_words, &ours.passage.language), (their_words, &theirs.passage.language)));
    findings.extend(proportion::length(source, target, bead, ratio));
    findings.extend(verb::lost((our_words, ours.language), (their_words, theirs.language), places()));
    findings.extend(speech::negation(first, second, places()));
    findings.extend(speech::question(
        &source[bead.source.clone()],
        &target[bead.target.clone()],
        greek,
        places(),
    ));
    if ours.language != theirs.language {
        findings.extend(tongue::copied(first, second));
    }
    let moved = |range: Range<usize>| range.start + bead.target.start..range.end + bead.target.start;
    let place = |finding: Finding| Finding { target: finding.target.map(moved), ..finding };
    findings.extend(agreed.findings(&bead.source, &target[bead.target.clone()]).into_iter().map(place));
    findings
}

/// Findings in the order of the text, and what they leave of the confidence in each sentence.
fn in_order(mut findings: Vec<Finding>, beads: &[Bead]) -> Checked {
    let start = |range: &Option<Range<usize>>| range.as_ref().map_or(usize::MAX, |range| range.start);
    let pair = |finding: &Finding| {
        let by_target = || beads.partition_point(|bead| bead.target.end <= start(&finding.target));
        let by_source = || beads.partition_point(|bead| bead.source.end <= start(&finding.source));
        if finding.source.is_some() { by_source() } else { by_target() }
    };
    findings.sort_by_key(|finding| (pair(finding), start(&finding.source), start(&finding.target)));
    let mut confidence = vec![1.0; beads.len()];
    for finding in &findings {
        if let Some(left) = confidence.get_mut(pair(finding)) {
            *left *= finding.severity.left();
        }
    }
    let pairs = beads.iter().zip(confidence);
    let pairs = pairs.map(|(bead, confidence)| Pair {
        source: bead.source.clone(),
        target: bead.target.clone(),
        confidence,
    });
    Checked { pairs: pairs.collect(), findings }
}
