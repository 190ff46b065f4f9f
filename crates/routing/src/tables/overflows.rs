//! The table of overflows: whether a partner's engagement helps now.

use crate::Overflow;
use kernel::{EngagementId, Fault, Instant};
use store::{Row, Tx, sql};

/// How the overflow into an engagement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOverflow {
    /// The partner's engagement.
    pub engagement: EngagementId,
    /// Whether it is on, and how many cases went over today.
    pub overflow: Overflow,
    /// Since when it is on, or off.
    pub since: Instant,
    /// The day that is counted, in the client's zone.
    pub day: String,
    /// When the day's cap was reached first.
    pub capped_at: Option<Instant>,
}

fn kept_row(row: &mut Row) -> Result<KeptOverflow, Fault> {
    let (engagement, is_on, since, day) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let sent: i64 = row.take()?;
    let sent_today = u32::try_from(sent).map_err(Fault::new)?;
    let overflow = Overflow { is_on, sent_today };
    Ok(KeptOverflow { engagement, overflow, since, day, capped_at: row.take()? })
}

/// How the overflow into an engagement stands; none while it was never looked at.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn overflow(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Option<KeptOverflow>, Fault> {
    tx.maybe(
        sql!(
            "select engagement_id, is_on, since_at, day_on, sent_today, capped_at from overflows where engagement_id = $1"
        ),
        &[&engagement],
        kept_row,
    )
}

/// Writes down how it stands now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_overflow(tx: &mut Tx<'_>, kept: &KeptOverflow) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into overflows (engagement_id, is_on, since_at, day_on, sent_today, capped_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (engagement_id) do update set is_on = excluded.is_on, since_at = excluded.since_at,
               day_on = excluded.day_on, sent_today = excluded.sent_today, capped_at = excluded.capped_at"
        ),
        &[
            &kept.engagement,
            &kept.overflow.is_on,
            &kept.since,
            &kept.day,
            &i64::from(kept.overflow.sent_today),
            &kept.capped_at,
        ],
    )
    .map(drop)
}
