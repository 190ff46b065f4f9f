//! To whom cases of a client can be escalated: its own specialists and its vendors.

use engagements::{Engagement, EngagementRefusal, tables as engagement_tables, terms::EscalatedTo};
use kernel::{ClientId, Fault};
use people::tables as people_tables;
use store::Tx;

/// Everybody to whom cases of a client can be escalated, with their names.
pub(super) fn whom(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(EscalatedTo, String)>, Fault> {
    let mut persons: Vec<_> = people_tables::seats(tx)?
        .into_iter()
        .filter(|seat| seat.client == Some(client))
        .map(|seat| seat.person)
        .collect();
    persons.sort_unstable();
    persons.dedup();
    let mut all = Vec::new();
    for person in persons {
        let known = people_tables::person(tx, person)?;
        all.extend(known.map(|known| (EscalatedTo::Resolver(person), known.name)));
    }
    for vendor in engagement_tables::vendors::vendors_of(tx, client)? {
        all.push((EscalatedTo::Vendor(vendor.id), vendor.name));
    }
    all.sort_by_key(|(_, name)| name.to_lowercase());
    Ok(all)
}

/// What an engagement in a list is: whose, with whom.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The engagement.
    pub engagement: Engagement,
    /// The client.
    pub client: people::Client,
    /// The team.
    pub team: people::Team,
    /// The partner; none for the client's own team.
    pub partner: Option<people::Partner>,
    /// The mailboxes that it answers.
    pub mailboxes: Vec<engagements::Mailbox>,
}

/// The engagements in which whoever asks holds a seat.
///
/// # Errors
/// [`EngagementRefusal::NotFound`] where there is none, and whoever it is doesn't own the installation.
pub async fn theirs(desk: &crate::Desk, reach: &kernel::Reach) -> Result<Vec<Listed>, kernel::Stop> {
    let seen: Vec<_> = reach.engagements().into_iter().map(|(engagement, _)| engagement).collect();
    if seen.is_empty() {
        return Err(EngagementRefusal::NotFound.into());
    }
    desk.store
        .read(move |tx| {
            let mut all = Vec::new();
            for id in &seen {
                let Some(engagement) = engagement_tables::engagement(tx, *id)? else { continue };
                let client = people_tables::client(tx, engagement.client)?;
                let team = people_tables::team(tx, engagement.team)?;
                let (Some(client), Some(team)) = (client, team) else { continue };
                let partner = people_tables::partner_of(tx, *id)?;
                let mailboxes = engagement_tables::mailboxes_of(tx, engagement.client)?;
                let mailboxes = mailboxes.into_iter().filter(|mailbox| mailbox.engagement == *id).collect();
                all.push(Listed { engagement, client, team, partner, mailboxes });
            }
            Ok(all)
        })
        .await
}
