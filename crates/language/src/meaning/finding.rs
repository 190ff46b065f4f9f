//! What the meaning guard found between a text and its translation.

use serde::Serialize;
use std::ops::Range;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number is missing, added or another one.
    Number,
    /// A number has another unit.
    Unit,
    /// A sum of money has another currency, or none.
    Amount,
    /// A day, month, weekday or year differs.
    Date,
    /// A time of day differs.
    Time,
    /// An order number, serial number or code.
    Reference,
    /// A web address.
    Link,
    /// An e-mail address.
    Address,
    /// A placeholder, such as `{{name}}` or `%s`.
    Placeholder,
    /// A person's or a product's name.
    Name,
    /// Something is denied on one side only.
    Negation,
    /// A question is asked on one side only.
    Question,
    /// The words are still those of the original.
    Untranslated,
    /// It is in neither language.
    WrongLanguage,
    /// A word or phrase stands twice in a row.
    DoubledWord,
    /// The translation says something that the original doesn't.
    StraySegment,
    /// The original says something that the translation doesn't.
    MissingSegment,
    /// Far longer or shorter than translations of this pair are.
    Length,
    /// Traces of a machine: `XNUMX`, broken encoding.
    Artefact,
    /// A term isn't translated as agreed.
    Term,
    /// Two words of the original became one.
    Merged,
    /// A word that must stay as it is was changed.
    DoNotTranslate,
    /// A sentence has lost its verb.
    Verb,
    /// The reader is addressed formally and informally.
    AddressForm,
    /// The text is too long; what follows was not looked at.
    Unchecked,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 25] = [
        Self::Number,
        Self::Unit,
        Self::Amount,
        Self::Date,
        Self::Time,
        Self::Reference,
        Self::Link,
        Self::Address,
        Self::Placeholder,
        Self::Name,
        Self::Negation,
        Self::Question,
        Self::Untranslated,
        Self::WrongLanguage,
        Self::DoubledWord,
        Self::StraySegment,
        Self::MissingSegment,
        Self::Length,
        Self::Artefact,
        Self::Term,
        Self::Merged,
        Self::DoNotTranslate,
        Self::Verb,
        Self::AddressForm,
        Self::Unchecked,
    ];
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a look when there is time.
    Hint,
    /// A person should read the passage.
    Warn,
    /// It must not leave like this, unless a person says that it is right.
    Stop,
}

impl Severity {
    /// What such a finding leaves of the confidence in its segment.
    pub(super) fn left(self) -> f64 {
        match self {
            Self::Hint => 0.9,
            Self::Warn => 0.6,
            Self::Stop => 0.2,
        }
    }
}

/// One thing that may be wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// The bytes of the original that it is about.
    pub source: Option<Range<usize>>,
    /// The bytes of the translation that it is about.
    pub target: Option<Range<usize>>,
    /// The reason and what to do, in plain sentences.
    pub why: String,
}

impl Finding {
    pub(super) fn new(kind: Kind, severity: Severity, why: impl Into<String>) -> Self {
        Self { kind, severity, source: None, target: None, why: why.into() }
    }

    pub(super) fn at_source(mut self, range: Range<usize>) -> Self {
        self.source = Some(range);
        self
    }

    pub(super) fn at_target(mut self, range: Range<usize>) -> Self {
        self.target = Some(range);
        self
    }
}

/// A sentence of the original and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Its bytes in the original; empty for what was added.
    pub source: Range<usize>,
    /// Its bytes in the translation; empty for what is missing.
    pub target: Range<usize>,
    /// How far the rules trust it, 0 to 1; 1 says that no rule found anything, not that it is right.
    pub confidence: f64,
}

/// What came of checking a translation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// What may be wrong, in the order of the original.
    pub findings: Vec<Finding>,
    /// The sentences, side by side.
    pub pairs: Vec<Pair>,
}

impl Checked {
    /// The gravest severity.
    pub fn gravest(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}
