//! The table of requests for somebody in the customer's country.

use crate::place_requests::{PlaceRequest, PlaceState};
use kernel::{CaseId, ClientId, Country, EngagementId, Fault, Instant, PersonId, PlaceRequestId};
use store::{Param, Row, Tx, sql};

fn request(row: &mut Row) -> Result<PlaceRequest, Fault> {
    let (id, case) = (row.take()?, row.take()?);
    let country: String = row.take()?;
    Ok(PlaceRequest {
        id,
        case,
        country: country.parse().ok(),
        how: row.take()?,
        words: row.take()?,
        asked_at: row.take()?,
        state: row.take()?,
        person: row.take()?,
        decided_at: row.take()?,
        because: row.take()?,
    })
}

fn letters(country: Option<Country>) -> &'static str {
    country.map_or("", Country::as_str)
}

/// Keeps a request.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_place_request(tx: &mut Tx<'_>, asked: &PlaceRequest) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into place_requests (id, case_id, country, how, words, asked_at, state, person_id, decided_at, because)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        &[
            &asked.id,
            &asked.case,
            &letters(asked.country),
            &asked.how,
            &asked.words,
            &asked.asked_at,
            &asked.state,
            &asked.person,
            &asked.decided_at,
            &asked.because,
        ],
    )
    .map(drop)
}

/// The requests of a case, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn place_requests(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<PlaceRequest>, Fault> {
    tx.list(
        sql!(
            "select id, case_id, country, how, words, asked_at, state, person_id, decided_at, because
             from place_requests where case_id = $1 order by asked_at, id"
        ),
        &[&case],
        request,
    )
}

/// The country that each of these cases' open request is about, if there is one and it is known.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn place_wishes(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Option<Country>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = cases.iter().map(|case| vec![case as &dyn Param]).collect();
    let statement = sql!("select country from place_requests where case_id = $1 and state = 'asked'");
    let found = tx.lists(statement, &sets, Row::take::<String>)?;
    Ok(found.into_iter().map(|mut rows| rows.pop().and_then(|letters| letters.parse().ok())).collect())
}

/// Says which country a request is about.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_place_country(tx: &mut Tx<'_>, id: PlaceRequestId, country: Country) -> Result<(), Fault> {
    let set = sql!("update place_requests set country = $1 where id = $2");
    tx.run(set, &[&country.as_str(), &id]).map(drop)
}

/// Notes what became of a request, while it is open. False if it isn't.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn decide_place_request(
    tx: &mut Tx<'_>,
    id: PlaceRequestId,
    (state, person, because): (PlaceState, PersonId, &str),
    at: Instant,
) -> Result<bool, Fault> {
    let rows = tx.run(
        sql!(
            "update place_requests set state = $1, person_id = $2, because = $3, decided_at = $4 where id = $5 and state = 'asked'"
        ),
        &[&state, &person, &because, &at, &id],
    )?;
    Ok(rows > 0)
}

/// A request, with its case's client, engagement and reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The request.
    pub request: PlaceRequest,
    /// Whose customer asked.
    pub client: ClientId,
    /// The engagement whose team works on the case.
    pub engagement: EngagementId,
    /// Who works on the case.
    pub assignee: Option<PersonId>,
    /// The case's reference.
    pub reference: String,
}

/// Every request that is open, or was asked since an instant, the newest first: of every engagement, so whoever shows them keeps what
/// is within reach.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn place_requests_since(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<Placed>, Fault> {
    tx.list(
        sql!(
            "select p.id, p.case_id, p.country, p.how, p.words, p.asked_at, p.state, p.person_id, p.decided_at, p.because,
                    c.client_id, c.engagement_id, c.assignee_id, c.reference
             from place_requests p join cases c on c.id = p.case_id
             where p.state = 'asked' or p.asked_at >= $1 order by p.asked_at desc, p.id desc"
        ),
        &[&since],
        |row| {
            Ok(Placed {
                request: request(row)?,
                client: row.take()?,
                engagement: row.take()?,
                assignee: row.take()?,
                reference: row.take()?,
            })
        },
    )
}
