//! The tables of signals, of how replies were handled, and of what the barrier meter counts.

use crate::{
    handlings::{Handled, Handling},
    signals::{KeptSignal, Understood},
};
use kernel::{CaseId, EngagementId, Fault, Instant, LanguageTag, MessageId, PersonId};
use store::{Row, Tx, sql};

/// Keeps how a reply was handled.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_handling(tx: &mut Tx<'_>, handled: &Handled) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into handlings (message_id, handling, own_language, customer_language) values ($1, $2, $3, $4)
             on conflict (message_id) do update set handling = excluded.handling, own_language = excluded.own_language,
               customer_language = excluded.customer_language"
        ),
        &[&handled.message, &handled.handling, &handled.own_language, &handled.customer_language],
    )
    .map(drop)
}

/// How the replies of a case were handled.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn handlings(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Handled>, Fault> {
    tx.list(
        sql!(
            "select h.message_id, h.handling, h.own_language, h.customer_language
             from messages m join handlings h on h.message_id = m.id where m.case_id = $1 order by m.at"
        ),
        &[&case],
        |row| {
            Ok(Handled {
                message: row.take()?,
                handling: row.take()?,
                own_language: row.take()?,
                customer_language: row.take()?,
            })
        },
    )
}

/// The signals of a case, dismissed ones included.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn signals(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<KeptSignal>, Fault> {
    tx.list(
        sql!(
            "select message_id, case_id, kind, side, confidence, because, words, at, dismissed_by from signals
             where case_id = $1 order by at, kind"
        ),
        &[&case],
        |row| {
            Ok(KeptSignal {
                message: row.take()?,
                case: row.take()?,
                kind: row.take()?,
                side: row.take()?,
                confidence: row.take()?,
                because: row.take()?,
                words: row.take()?,
                at: row.take()?,
                dismissed_by: row.take()?,
            })
        },
    )
}

/// Keeps exactly these signals of a case. What somebody has dismissed stays dismissed, even when it isn't found any more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_signals(tx: &mut Tx<'_>, case: CaseId, found: &[KeptSignal]) -> Result<(), Fault> {
    tx.run(sql!("delete from signals where case_id = $1 and dismissed_at is null"), &[&case])?;
    for one in found {
        tx.run(
            sql!(
                "insert into signals (message_id, kind, case_id, side, confidence, because, words, at, dismissed_by, dismissed_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, null, null)
                 on conflict (message_id, kind) do update set case_id = excluded.case_id, confidence = excluded.confidence"
            ),
            &[
                &one.message,
                &one.kind,
                &one.case,
                &one.side,
                &one.confidence,
                &one.because,
                &one.words,
                &one.at,
            ],
        )?;
    }
    Ok(())
}

/// Notes that a signal isn't so. False if there is none, or it was noted before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn dismiss_signal(
    tx: &mut Tx<'_>,
    message: MessageId,
    kind: &str,
    by: PersonId,
    now: Instant,
) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "update signals set dismissed_by = $1, dismissed_at = $2
             where message_id = $3 and kind = $4 and dismissed_at is null"
        ),
        &[&by, &now, &message, &kind],
    )?;
    Ok(rows > 0)
}

/// Keeps what the barrier meter counts of a case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_understanding(tx: &mut Tx<'_>, kept: &Understood) -> Result<(), Fault> {
    let topic = kept.topic.map_or("other", crate::topics::Topic::as_str);
    tx.run(
        sql!(
            "insert into understandings (case_id, engagement_id, customer_language, own_language, handling, topic, answered_at,
               is_misunderstood, is_unresolved, is_repeated, asks_for_person, clarifications)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (case_id) do update set engagement_id = excluded.engagement_id,
               customer_language = excluded.customer_language, own_language = excluded.own_language,
               handling = excluded.handling, topic = excluded.topic, answered_at = excluded.answered_at,
               is_misunderstood = excluded.is_misunderstood, is_unresolved = excluded.is_unresolved,
               is_repeated = excluded.is_repeated, asks_for_person = excluded.asks_for_person,
               clarifications = excluded.clarifications"
        ),
        &[
            &kept.case,
            &kept.engagement,
            &kept.customer_language,
            &kept.own_language,
            &kept.handling,
            &topic,
            &kept.answered_at,
            &kept.is_misunderstood,
            &kept.is_unresolved,
            &kept.is_repeated,
            &kept.asks_for_person,
            &kept.clarifications,
        ],
    )
    .map(drop)
}

/// What the cases of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Who worked on them.
    pub engagement: EngagementId,
    /// The customers' language.
    pub customer_language: LanguageTag,
    /// The language in which they were answered.
    pub own_language: LanguageTag,
    /// How.
    pub handling: Handling,
    /// What about: a risky topic or `other`.
    pub topic: String,
}

/// How often something happened in the cases of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cases.
    pub cases: i64,
    /// Of these, somebody did not understand.
    pub misunderstood: i64,
    /// Of these, the last message still shows it.
    pub unresolved: i64,
    /// Of these, the customer came back within seven days.
    pub repeated: i64,
    /// Of these, a person was asked for.
    pub asked_for_person: i64,
    /// Messages that ask back or ask again.
    pub clarifications: i64,
}

/// What the barrier meter counts in an engagement, of cases that were last answered in a time.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn counted_understandings(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    from: Instant,
    until: Instant,
) -> Result<Vec<(Grouping, Counts)>, Fault> {
    tx.list(
        sql!(
            "select engagement_id, customer_language, own_language, handling, topic, count(*),
                    count(case when is_misunderstood then 1 end), count(case when is_unresolved then 1 end),
                    count(case when is_repeated then 1 end), count(case when asks_for_person then 1 end),
                    cast(sum(clarifications) as bigint)
             from understandings where engagement_id = $1 and answered_at >= $2 and answered_at < $3
             group by engagement_id, customer_language, own_language, handling, topic"
        ),
        &[&engagement, &from, &until],
        counted,
    )
}

fn counted(row: &mut Row) -> Result<(Grouping, Counts), Fault> {
    let grouping = Grouping {
        engagement: row.take()?,
        customer_language: row.take()?,
        own_language: row.take()?,
        handling: row.take()?,
        topic: row.take()?,
    };
    let counts = Counts {
        cases: row.take()?,
        misunderstood: row.take()?,
        unresolved: row.take()?,
        repeated: row.take()?,
        asked_for_person: row.take()?,
        clarifications: row.take()?,
    };
    Ok((grouping, counts))
}

/// The cases of an engagement that count as misunderstood, with customers of a language, answered in one, in one way, last answered in
/// a time: the newest first, so many at most.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn misunderstood_cases(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    (customer, own, handling): (&LanguageTag, &LanguageTag, Handling),
    (from, until): (Instant, Instant),
    most: i64,
) -> Result<Vec<CaseId>, Fault> {
    tx.list(
        sql!(
            "select case_id from understandings
             where engagement_id = $1 and answered_at >= $2 and answered_at < $3 and is_misunderstood
               and customer_language = $4 and own_language = $5 and handling = $6
             order by answered_at desc limit $7"
        ),
        &[&engagement, &from, &until, customer, own, &handling, &most],
        Row::take,
    )
}

/// The cases that changed until an instant, after an instant or after a case that changed in it, the earliest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn changed_between(
    tx: &mut Tx<'_>,
    (after, case): (Instant, Option<CaseId>),
    until: Instant,
    most: i64,
) -> Result<Vec<(CaseId, Instant)>, Fault> {
    let case = case.map(|case| case.to_string()).unwrap_or_default();
    tx.list(
        sql!(
            "select id, updated_at from cases where (updated_at, id) > ($1, $2) and updated_at <= $3
             order by updated_at, id limit $4"
        ),
        &[&after, &case, &until, &most],
        |row| Ok((row.take()?, row.take()?)),
    )
}
