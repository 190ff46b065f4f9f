//! Files beside a draft: what was picked for a reply that couldn't be sent yet is kept until it can.

use crate::{
    Desk,
    enclosures::{self, Attached},
};
use cases::{plan, tables as case_tables};
use kernel::{CaseId, Reach, Stop};

/// Keeps files beside the asker's draft of a reply; of those that are there only the ones at these places stay.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`] and [`cases::CaseRefusal::FilesTooLarge`], by which nothing changes.
pub async fn keep(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    stay: Vec<i64>,
    files: Vec<Attached>,
) -> Result<(), Stop> {
    let person = reach.person();
    let (asker, staying, sizes) = (reach.clone(), stay.clone(), enclosures::sizes(&files));
    // Nobody leaves files at a case that they may not see, or more than a reply may have.
    let check = move |tx: &mut store::Tx<'_>| {
        case_tables::find_unmerged(tx, &asker, case)?;
        let beside = case_tables::draft_files(tx, case, person)?.into_iter();
        let beside = beside.filter(|file| staying.contains(&file.position)).map(|file| file.size);
        plan::fetched(&beside.chain(sizes.iter().copied()).collect::<Vec<_>>())?;
        Ok::<_, Stop>(())
    };
    desk.store.read(check).await?;
    let files = enclosures::enclose(desk, files).await?;
    let reach = reach.clone();
    desk.store
        .write(move |tx| {
            case_tables::find_unmerged(tx, &reach, case)?;
            let mut beside = case_tables::draft_files(tx, case, person)?;
            beside.retain(|file| stay.contains(&file.position));
            beside.extend(files.iter().map(enclosures::Enclosed::beside_draft));
            Ok(case_tables::set_draft_files(tx, case, person, &beside)?)
        })
        .await
}
