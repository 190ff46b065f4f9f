//! Pages that say what went wrong: not found, refused, broken.

use super::shell::Shell;
use askama::Template;

/// Any request that couldn't be answered, for a signed-in person (`shell`) or a stranger (no `shell`).
#[derive(Debug, Clone, Template)]
#[template(path = "fault_inside.html")]
pub struct FaultInside {
    /// The navigation, since the way on is one click away.
    pub shell: Shell,
    /// What went wrong.
    pub trouble: Trouble,
}

/// The same for somebody who isn't signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "fault_outside.html")]
pub struct FaultOutside {
    /// What went wrong.
    pub trouble: Trouble,
}

/// What went wrong.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// 404: nothing here, or nothing that this person may see; the two look the same.
    Absent,
    /// 4xx: ours to explain.
    Refusal {
        /// Stable code: `case.already_so`.
        code: String,
        /// One sentence.
        sentence: String,
        /// The next step.
        hint: Option<String>,
    },
    /// 500: ours to repair.
    Fault {
        /// What to quote to whoever runs the installation.
        reference: String,
    },
}
