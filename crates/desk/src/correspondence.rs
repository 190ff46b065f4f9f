//! How a client's cases are carried on by mail: what owners choose.

use crate::{Desk, set_up};
use cases::{correspondence::Correspondence, tables as case_tables};
use kernel::{ClientId, Reach, Stop};
use people::{PeopleRefusal, tables as people_tables};

/// What was chosen for a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for anybody but owners.
pub async fn chosen(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Correspondence, Stop> {
    set_up::only_owners(reach)?;
    Ok(desk.store.read(move |tx| case_tables::correspondence(tx, client)).await?)
}

/// Chooses for a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`cases::CaseRefusal::NotSoManyDays`].
pub async fn choose(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    chosen: Correspondence,
) -> Result<(), Stop> {
    set_up::only_owners(reach)?;
    let (chosen, now) = (chosen.checked()?, desk.clock.now());
    desk.store
        .write(move |tx| {
            let known = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            case_tables::set_correspondence(tx, client, &chosen)?;
            let sentence = format!("How mail about cases of {} goes on was changed.", known.name);
            Ok(set_up::administered(tx, "client.changed", Some(client), now, sentence)?)
        })
        .await
}
