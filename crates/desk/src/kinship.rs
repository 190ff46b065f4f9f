//! Kinship: a case that continues another, told on both.

use crate::changes;
use cases::{Case, shown_reference};
use kernel::{Fault, Instant};
use store::Tx;

/// Tells on both cases that the customer went on in a new one.
pub(crate) fn followed(tx: &mut Tx<'_>, before: &Case, case: &Case, now: Instant) -> Result<(), Fault> {
    let (old, new) = (shown_reference(&before.reference), shown_reference(&case.reference));
    let sentence = format!("The customer wrote again after this case had ended: #{new} continues it.");
    changes::happened(tx, before, "case.followed", None, now, sentence)?;
    changes::happened(tx, case, "case.follows", None, now, format!("This case continues #{old}."))
}
