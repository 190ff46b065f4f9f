//! `dragoman language check`: whether a translation still says what the original says.

use crate::{
    commands::given,
    say::{self, Failure},
};
use clap::Args;
use kernel::LanguageTag;
use language::{
    Identifier,
    meaning::{self, Checked, Expectations, Finding, Passage, Severity},
    terms::{self, Imported, Term},
};
use serde::Serialize;
use std::{ops::Range, path::Path, process::ExitCode};

/// Compare a text with its translation, by rules.
#[derive(Args)]
pub struct Check {
    /// The original, as a file in UTF-8.
    original: String,
    /// The translation, as a file in UTF-8.
    translation: String,
    /// The language of the original.
    #[arg(long)]
    from: LanguageTag,
    /// The language of the translation.
    #[arg(long)]
    to: LanguageTag,
    /// Both are the texts themselves, not files.
    #[arg(long)]
    text: bool,
    /// The client's terms, as TBX (.tbx, .xml) or as CSV with the columns of a termbase.
    #[arg(long, value_name = "FILE")]
    terms: Option<std::path::PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

/// What was found. Places count Unicode code points.
#[derive(Serialize)]
struct Found<'f> {
    findings: Vec<Row<'f>>,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
struct Row<'f> {
    kind: meaning::Kind,
    severity: Severity,
    source_span: Option<[usize; 2]>,
    target_span: Option<[usize; 2]>,
    why: &'f str,
}

#[derive(Serialize)]
struct Segment {
    source_span: [usize; 2],
    target_span: [usize; 2],
    confidence: f64,
}

impl Check {
    /// Runs the command. Ends with 1 if something has to be put right before the translation may leave.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (source, target) = if self.text {
            (self.original, self.translation)
        } else {
            (given::text(Path::new(&self.original))?, given::text(Path::new(&self.translation))?)
        };
        let terms = self.terms.as_deref().map(terms_of).transpose()?.unwrap_or_default();
        let expectations = Expectations { terms };
        let checked = meaning::check(
            &Passage { text: &source, language: self.from },
            &Passage { text: &target, language: self.to },
            &expectations,
            &Identifier::default(),
        );
        if self.json {
            say::json(&found(&checked, &source, &target))?;
        } else {
            tell(&checked, &source, &target);
        }
        Ok(if checked.gravest() == Some(Severity::Stop) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn found<'f>(checked: &'f Checked, source: &str, target: &str) -> Found<'f> {
    let (ours, theirs) = (Points::of(source), Points::of(target));
    let row = |finding: &'f Finding| Row {
        kind: finding.kind,
        severity: finding.severity,
        source_span: finding.source.as_ref().map(|range| ours.span(range)),
        target_span: finding.target.as_ref().map(|range| theirs.span(range)),
        why: &finding.why,
    };
    let segment = |pair: &meaning::Pair| Segment {
        source_span: ours.span(&pair.source),
        target_span: theirs.span(&pair.target),
        confidence: pair.confidence,
    };
    Found {
        findings: checked.findings.iter().map(row).collect(),
        segments: checked.pairs.iter().map(segment).collect(),
    }
}

/// The byte at which each code point begins.
struct Points(Vec<usize>);

impl Points {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    fn span(&self, range: &Range<usize>) -> [usize; 2] {
        [range.start, range.end].map(|byte| self.0.partition_point(|at| *at < byte))
    }
}

fn tell(checked: &Checked, source: &str, target: &str) {
    if checked.findings.is_empty() {
        say::line("No rule found anything. That doesn't prove the translation right.");
    }
    for finding in &checked.findings {
        let severity = match finding.severity {
            Severity::Stop => "stop",
            Severity::Warn => "warn",
            Severity::Hint => "hint",
        };
        say::line(format!("{severity}: {}", finding.why));
        for (side, text, range) in
            [("original", source, &finding.source), ("translation", target, &finding.target)]
        {
            if let Some(range) = range.as_ref().filter(|range| !range.is_empty()) {
                let words: String = text[range.clone()].chars().take(80).collect();
                say::line(format!("      {side}: {}", words.replace(char::is_whitespace, " ")));
            }
        }
    }
}

/// The terms of a file. A list that can be read in part only is worse than none: what it lacks isn't checked.
fn terms_of(file: &Path) -> Result<Vec<Term>, Failure> {
    let bytes = given::bytes(file)?;
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let Imported { terms, problems } = match ending.as_str() {
        "tbx" | "xml" => terms::from_tbx(&bytes),
        _ => terms::from_csv(&bytes),
    };
    match problems.first() {
        None => Ok(terms),
        Some(first) => Err(Failure::new(
            format!("The terms can't be read as they are. {first}"),
            format!("Put it right and try again; {} places of the file are wrong.", problems.len()),
        )),
    }
}
