//! Statements: each is registered where it stands, so that one test can prepare them all on both engines.

use linkme::distributed_slice;

/// One SQL text for both engines, and where it stands in the source.
#[derive(Debug)]
pub struct Statement {
    /// The text, with `$1` placeholders whose first appearances are in order.
    pub text: &'static str,
    /// File and line.
    pub place: &'static str,
}

/// Every statement of the program.
#[allow(unsafe_code, reason = "the linker gathers the slice; linkme checks its shape")]
#[distributed_slice]
pub static STATEMENTS: [Statement];

/// Registers a statement and evaluates to it.
///
/// The text is lower case, works on both engines, and its placeholders first appear in the order `$1`, `$2`, …
/// (SQLite numbers them so).
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        #[allow(unsafe_code, reason = "the linker gathers the slice; linkme checks its shape")]
        #[$crate::linkme::distributed_slice($crate::STATEMENTS)]
        #[linkme(crate = $crate::linkme)]
        static STATEMENT: $crate::Statement =
            $crate::Statement { text: $text, place: concat!(file!(), ":", line!()) };
        &STATEMENT
    }};
}
