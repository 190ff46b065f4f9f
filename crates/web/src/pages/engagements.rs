//! Engagements: what is agreed between clients and partners, a new agreement, the end of one.

use super::{Answer, agreement::standing, page, places::teams, refuse, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        engagements::{EngagementNew, EngagementRow, Engagements, Standing as StandingView},
        marks::{Choice, ChoiceGroup},
        shell::{Administration, Flash, Place},
    },
    words::day,
};
use axum::{extract::State, response::Response};
use desk::{
    Stop,
    administration::{self, SetUp},
    engagement_terms::{self, Listed},
    set_up::{self, Agreed},
};
use engagements::{Engagement, Standing};
use kernel::{ClientId, EngagementId, MailboxId};

const HERE: &str = "/engagements";

fn place() -> Place {
    Place::Administration(Administration::Engagements)
}

/// `GET /engagements`
pub(crate) async fn show(State(site): State<Site>, who: SignedIn) -> Answer {
    if who.reach().owns_installation() {
        return Ok(draw(&site, &who, None).await?);
    }
    let found = engagement_terms::theirs(&site.desk, who.reach()).await?;
    let frame = Frame::of(&site, &who).await?;
    let engagements = found.iter().map(|listed| listed_row(listed, site.desk.clock.now())).collect();
    Ok(page(&Engagements { shell: frame.shell("Engagements", place()), engagements, may_add: false })?)
}

/// An engagement as whoever doesn't own the installation sees it.
fn listed_row(listed: &Listed, now: kernel::Instant) -> EngagementRow {
    EngagementRow {
        id: listed.engagement.id.to_string(),
        client: client_mark(&listed.client),
        partner: listed.partner.as_ref().map_or(listed.client.name.clone(), |partner| partner.name.clone()),
        team: listed.team.name.clone(),
        from: day(listed.engagement.period.from()),
        until: listed.engagement.period.until().map(day),
        mailboxes: listed.mailboxes.iter().map(|mailbox| mailbox.address.to_string()).collect(),
        standing: standing(listed.engagement.standing(now)),
        // Only owners of the installation cut engagements.
        may_end: false,
    }
}

async fn draw(site: &Site, owner: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let mut rows: Vec<EngagementRow> = found.engagements.iter().filter_map(|one| row(&found, one)).collect();
    rows.sort_by_key(|row| match row.standing {
        StandingView::InForce => 0,
        StandingView::Coming => 1,
        StandingView::Ended => 2,
    });
    page(&Engagements { shell: frame.shell("Engagements", place()), engagements: rows, may_add: true })
}

/// A row; none for one whose client or team is gone, which the schema forbids.
fn row(found: &SetUp, engagement: &Engagement) -> Option<EngagementRow> {
    let client = found.clients.iter().find(|client| client.id == engagement.client)?;
    let team = found.teams.iter().find(|team| team.id == engagement.team)?;
    let partner = found.partners.iter().find(|partner| Some(partner.id) == team.partner);
    let covered = found.mailboxes.iter().filter(|mailbox| mailbox.engagement == engagement.id);
    Some(EngagementRow {
        id: engagement.id.to_string(),
        client: client_mark(client),
        partner: partner.map_or(client.name.clone(), |partner| partner.name.clone()),
        team: team.name.clone(),
        from: day(engagement.period.from()),
        until: engagement.period.until().map(day),
        mailboxes: covered.map(|mailbox| mailbox.address.to_string()).collect(),
        standing: standing(engagement.standing(found.now)),
        may_end: engagement.standing(found.now) != Standing::Over && team.client.is_none(),
    })
}

/// `GET /engagements/new`
pub(crate) async fn new(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw_new(&site, &owner, &Fields::default(), None).await?)
}

async fn draw_new(
    site: &Site,
    owner: &SignedIn,
    form: &Fields,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let typed = |value: String, words: &str, name: &str| Choice {
        is_chosen: form.all(name).any(|chosen| chosen == value),
        words: words.to_owned(),
        value,
    };
    let clients = found.clients.iter().map(|client| typed(client.id.to_string(), &client.name, "client"));
    let partners = found.partners.iter().map(|partner| ChoiceGroup {
        heading: partner.name.clone(),
        choices: teams(&found, |team| team.partner == Some(partner.id)),
    });
    let mailboxes = found.clients.iter().map(|client| ChoiceGroup {
        heading: client.name.clone(),
        choices: found
            .mailboxes
            .iter()
            .filter(|mailbox| mailbox.client == client.id)
            .map(|mailbox| typed(mailbox.id.to_string(), mailbox.address.as_str(), "mailbox"))
            .collect(),
    });
    let from = Some(form.text("from")).filter(|from| !from.is_empty());
    page(&EngagementNew {
        shell: frame.shell("New engagement", place()),
        clients: clients.collect(),
        teams: partners.collect(),
        mailboxes: mailboxes.filter(|group| !group.choices.is_empty()).collect(),
        from: from.map_or_else(|| frame.words.today(), str::to_owned),
        until: form.text("until").to_owned(),
    })
}

/// `POST /engagements`
pub(crate) async fn add(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let made = async {
        let client: ClientId = form.one("client")?;
        let agreed = Agreed {
            client,
            team: form.one("team")?,
            name: String::new(),
            from: form.text("from").to_owned(),
            until: form.text("until").to_owned(),
        };
        let id = set_up::engage(&site.desk, owner.reach(), agreed).await?;
        hand_over(&site, &owner, client, id, &form).await
    };
    match made.await {
        Ok(()) => Ok(super::go(HERE, Said::Engaged)),
        Err(stop) => refuse(stop, async |flash| draw_new(&site, &owner, &form, flash).await).await,
    }
}

/// Hands the ticked mailboxes of the client to the new engagement. Those of other clients are left alone.
async fn hand_over(
    site: &Site,
    owner: &SignedIn,
    client: ClientId,
    to: EngagementId,
    form: &Fields,
) -> Result<(), Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let ticked: Vec<MailboxId> = form.all("mailbox").filter_map(|id| id.parse().ok()).collect();
    let of_client = found.mailboxes.iter().filter(|mailbox| mailbox.client == client);
    for mailbox in of_client.filter(|mailbox| ticked.contains(&mailbox.id)) {
        set_up::hand_mailbox(&site.desk, owner.reach(), mailbox.id, to).await?;
    }
    Ok(())
}

/// `POST /engagements/{engagement}/endings`
pub(crate) async fn end(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<EngagementId>,
) -> Answer {
    let done = set_up::end_engagement(&site.desk, owner.reach(), id).await;
    settle(done, HERE, Said::EngagementEnded, async |flash| draw(&site, &owner, flash).await).await
}
