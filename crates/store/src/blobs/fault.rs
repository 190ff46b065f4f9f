//! Why a blob can't be written or read, and what to do about it.

/// A blob can't be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{sentence} {hint}")]
pub struct BlobFault {
    sentence: String,
    hint: &'static str,
    is_damage: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl BlobFault {
    pub(super) fn new(sentence: String, hint: &'static str) -> Self {
        Self { sentence, hint, is_damage: false, source: None }
    }

    pub(super) fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same fault, of one blob whose bytes aren't those that were kept.
    pub(super) fn damage(mut self) -> Self {
        self.is_damage = true;
        self
    }

    pub(super) fn is_damage(&self) -> bool {
        self.is_damage
    }

    /// What happened.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        self.hint
    }
}

impl From<BlobFault> for kernel::Fault {
    fn from(fault: BlobFault) -> Self {
        Self::new(fault)
    }
}
