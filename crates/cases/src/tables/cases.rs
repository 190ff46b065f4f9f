//! The table of cases.

use crate::{Case, CaseRefusal, LastWord, Priority, State};
use kernel::{
    CaseId, CustomerId, EngagementId, Fault, Instant, LanguageTag, MailboxId, MessageId, PersonId, Reach,
    Stop,
};
use store::{Row, Tx, sql};

pub(super) fn case_row(row: &mut Row) -> Result<Case, Fault> {
    Ok(Case {
        id: row.take()?,
        client: row.take()?,
        engagement: row.take()?,
        customer: row.take()?,
        mailbox: row.take()?,
        reference: row.take()?,
        subject: row.take()?,
        state: row.take()?,
        priority: row.take()?,
        language: row.take()?,
        assignee: row.take()?,
        last_word: row.take()?,
        opened_at: row.take()?,
        updated_at: row.take()?,
        closed_at: row.take()?,
        follows: row.take()?,
        merged_into: row.take()?,
        flooded_at: row.take()?,
    })
}

/// One case, if the person who asks may see it.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when it doesn't exist or is outside their reach: which of the two isn't said.
pub fn find(tx: &mut Tx<'_>, reach: &Reach, id: CaseId) -> Result<Case, Stop> {
    let found = case(tx, id)?;
    let seen = found.filter(|case| reach.sees(case.engagement, case.assignee));
    seen.ok_or_else(|| CaseRefusal::NotFound.into())
}

/// One case that the person who asks may work on: one that wasn't merged into another.
///
/// # Errors
/// [`CaseRefusal::NotFound`] as [`find`], and [`CaseRefusal::Merged`].
pub fn find_unmerged(tx: &mut Tx<'_>, reach: &Reach, id: CaseId) -> Result<Case, Stop> {
    let found = find(tx, reach, id)?;
    if found.merged_into.is_some() { Err(CaseRefusal::Merged.into()) } else { Ok(found) }
}

/// One case, for the program's own work. Pages use [`find`].
///
/// # Errors
/// A fault when the engine refuses it.
pub fn case(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<Case>, Fault> {
    tx.maybe(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where id = $1"
        ),
        &[&id],
        case_row,
    )
}

/// The case with this reference, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn case_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Case>, Fault> {
    tx.maybe(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where reference = $1"
        ),
        &[&reference],
        case_row,
    )
}

/// The case that holds this message, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn found_by_message(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Case>, Fault> {
    let found: Option<CaseId> =
        tx.maybe(sql!("select case_id from messages where id = $1"), &[&message], Row::take)?;
    found.map_or(Ok(None), |id| case(tx, id))
}

/// The cases of any client that hold a mail with this Message-ID, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn found_by_email_id(tx: &mut Tx<'_>, email_id: &str) -> Result<Vec<Case>, Fault> {
    let found: Vec<CaseId> = tx.list(
        sql!(
            "select m.case_id from clients c join messages m on m.client_id = c.id and m.email_id = $1
             order by m.at desc limit 5"
        ),
        &[&email_id],
        Row::take,
    )?;
    let cases = found.into_iter().map(|id| case(tx, id)).collect::<Result<Vec<_>, _>>()?;
    Ok(cases.into_iter().flatten().collect())
}

/// The newest open cases of a customer, for the program's own work. Those that hold forged mail alone aren't theirs.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Case>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where customer_id = $1 and is_open
               and (exists (select 1 from messages where case_id = cases.id and kind = 'customer' and trust <> 'failed')
                 or not exists (select 1 from messages where case_id = cases.id and kind = 'customer'))
             order by opened_at desc limit 20"
        ),
        &[&customer],
        case_row,
    )
}

/// The open cases in a customer's name that hold no mail but such that looks forged, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_of_forgers(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Case>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where customer_id = $1 and is_open
               and exists (select 1 from messages where case_id = cases.id and kind = 'customer')
               and not exists (select 1 from messages where case_id = cases.id and kind = 'customer' and trust <> 'failed')
             order by opened_at desc limit 20"
        ),
        &[&customer],
        case_row,
    )
}

/// The cases of a customer that the person who asks may see, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn of_customer(tx: &mut Tx<'_>, reach: &Reach, customer: CustomerId) -> Result<Vec<Case>, Fault> {
    let all = tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where customer_id = $1 order by opened_at desc limit 50"
        ),
        &[&customer],
        case_row,
    )?;
    Ok(all.into_iter().filter(|case| reach.sees(case.engagement, case.assignee)).collect())
}

/// Writes a new case down, without messages.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_case(tx: &mut Tx<'_>, case: &Case, subject_key: &str) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into cases (id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, subject_key,
                                state, is_open, priority, language, assignee_id, last_word, snippet, message_count,
                                opened_at, updated_at, closed_at, follows_id, merged_into_id, flooded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', 0, $15, $16, $17, $18, $19, $20)"
        ),
        &[
            &case.id,
            &case.client,
            &case.engagement,
            &case.customer,
            &case.mailbox,
            &case.reference,
            &case.subject,
            &subject_key,
            &case.state,
            &case.state.is_open(),
            &case.priority,
            &case.language,
            &case.assignee,
            &case.last_word,
            &case.opened_at,
            &case.updated_at,
            &case.closed_at,
            &case.follows,
            &case.merged_into,
            &case.flooded_at,
        ],
    )
    .map(drop)
}

/// What a message does to its case.
pub struct Moved<'a> {
    /// Where the case stands afterwards.
    pub state: State,
    /// Who wrote last.
    pub last_word: LastWord,
    /// The beginning of the message.
    pub snippet: &'a str,
    /// When.
    pub at: Instant,
}

/// Notes on a case that a message was added to it. One that stays closed was closed when it was closed first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_message(tx: &mut Tx<'_>, case: CaseId, moved: &Moved<'_>) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update cases set state = $1, is_open = $2, last_word = $3, snippet = $4, updated_at = $5,
                    closed_at = case when $2 then null else coalesce(closed_at, $5) end,
                    message_count = message_count + 1
             where id = $6"
        ),
        &[&moved.state, &moved.state.is_open(), &moved.last_word, &moved.snippet, &moved.at, &case],
    )
    .map(drop)
}

/// Notes on a case that its newest message was taken back.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_withdrawal(tx: &mut Tx<'_>, case: CaseId, moved: &Moved<'_>) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update cases set state = $1, is_open = $2, last_word = $3, snippet = $4, updated_at = $5, closed_at = null,
                    message_count = message_count - 1
             where id = $6"
        ),
        &[&moved.state, &moved.state.is_open(), &moved.last_word, &moved.snippet, &moved.at, &case],
    )
    .map(drop)
}

/// Moves a case to another state.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_state(tx: &mut Tx<'_>, case: CaseId, state: State, at: Instant) -> Result<(), Fault> {
    let closed_at = (!state.is_open()).then_some(at);
    tx.run(
        sql!("update cases set state = $1, is_open = $2, updated_at = $3, closed_at = $4 where id = $5"),
        &[&state, &state.is_open(), &at, &closed_at, &case],
    )
    .map(drop)
}

/// Gives a case to somebody, or to nobody.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn assign(
    tx: &mut Tx<'_>,
    case: CaseId,
    to: Option<PersonId>,
    state: State,
    at: Instant,
) -> Result<(), Fault> {
    tx.run(
        sql!("update cases set assignee_id = $1, state = $2, updated_at = $3 where id = $4"),
        &[&to, &state, &at, &case],
    )
    .map(drop)
}

/// Hands a case to another engagement of the same client.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn hand_to(
    tx: &mut Tx<'_>,
    case: CaseId,
    engagement: EngagementId,
    assignee: Option<PersonId>,
) -> Result<(), Fault> {
    tx.run(
        sql!("update cases set engagement_id = $1, assignee_id = $2 where id = $3"),
        &[&engagement, &assignee, &case],
    )
    .map(drop)
}

/// Changes how urgent a case is.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_priority(tx: &mut Tx<'_>, case: CaseId, priority: Priority, at: Instant) -> Result<(), Fault> {
    tx.run(sql!("update cases set priority = $1, updated_at = $2 where id = $3"), &[&priority, &at, &case])
        .map(drop)
}

/// Notes in which language the customer writes.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_language(tx: &mut Tx<'_>, case: CaseId, language: &LanguageTag) -> Result<(), Fault> {
    tx.run(sql!("update cases set language = $1 where id = $2"), &[language, &case]).map(drop)
}

/// The cases of an engagement that wait for us, the oldest first; at most a thousand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn live_in(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Vec<Case>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where engagement_id = $1 and is_open = $2 and state <> 'waiting' and merged_into_id is null
             order by opened_at, id limit 1000"
        ),
        &[&engagement, &true],
        case_row,
    )
}

/// How many open cases an engagement has, whoever asks; counting stops at a thousand. A number tells no customer's words.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_count(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<i64, Fault> {
    tx.value(
        sql!(
            "select count(*) from (select 1 from cases where engagement_id = $1 and is_open = $2 limit 1000) as counted"
        ),
        &[&engagement, &true],
    )
}

/// The open cases of an engagement, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_in(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Vec<CaseId>, Fault> {
    tx.list(
        sql!("select id from cases where engagement_id = $1 and is_open = $2 order by updated_at, id"),
        &[&engagement, &true],
        Row::take,
    )
}

/// When the customer wrote first after our last answer; none before we answered at all, and while nothing came since.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn unanswered_since(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Instant>, Fault> {
    tx.value(
        sql!(
            "select min(at) from messages where case_id = $1 and kind = 'customer' and automatic is null
               and at > (select max(at) from messages where case_id = $1 and kind = 'reply')"
        ),
        &[&case],
    )
}

/// How many cases came in through a mailbox, whoever asks; counting stops at a thousand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn through_mailbox(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<i64, Fault> {
    tx.value(
        sql!("select count(*) from (select 1 from cases where mailbox_id = $1 limit 1000) as counted"),
        &[&mailbox],
    )
}

/// The cases of a customer that were opened in a time, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn all_of_customer(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    from: Instant,
    until: Instant,
) -> Result<Vec<CaseId>, Fault> {
    tx.list(
        sql!(
            "select id from cases where customer_id = $1 and opened_at >= $2 and opened_at < $3 order by opened_at desc limit 20"
        ),
        &[&customer, &from, &until],
        Row::take::<CaseId>,
    )
}
