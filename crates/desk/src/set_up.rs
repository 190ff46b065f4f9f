//! Setting up: the first owner, clients with their in-house teams, partners, teams, engagements, mailboxes.

use crate::{Desk, accounts, aside, sign_in};
use engagements::{Engagement, EngagementRefusal, Mailbox, Period, tables as engagement_tables};
use kernel::{
    ClientId, EmailAddress, EngagementId, Fault, LanguageTag, Owner, PersonId, Reach, Role, Stop, TeamId,
};
use people::{Client, Partner, Password, PeopleRefusal, Team, slug, tables as people_tables};
use store::{Tx, fresh};

/// The installation has no owner yet, so the first visitor sets it up.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn is_first_run(desk: &Desk) -> Result<bool, Fault> {
    Ok(!desk.store.read(people_tables::has_owner).await?)
}

/// What the first visitor fills in.
pub struct FirstRun {
    /// Their name.
    pub name: String,
    /// The address that they will sign in with.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The first client and the address at which it receives mail, if they want to begin with one.
    pub client: Option<(String, String)>,
}

/// Makes the first owner, and the first client with them as its support owner if they named one.
///
/// # Errors
/// [`PeopleRefusal::AlreadySetUp`] and whatever is wrong with what was filled in.
pub async fn first_run(desk: &Desk, filled: FirstRun) -> Result<PersonId, Stop> {
    let email: EmailAddress = filled.email.parse().map_err(|_| EngagementRefusal::NotAnAddress)?;
    let person = accounts::new_person(&filled.name, email, Vec::new(), Owner::Yes)?;
    let chosen = Password::chosen(&filled.password)?;
    let hash = aside(move || chosen.hash()).await??;
    let client = filled.client.map(|(name, address)| first_client(&name, &address)).transpose()?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            if people_tables::has_owner(tx)? {
                return Err(PeopleRefusal::AlreadySetUp.into());
            }
            people_tables::add_person(tx, &person, now)?;
            people_tables::set_password(tx, person.id, &hash)?;
            sign_in::personal(tx, "installation.set_up", person.id, now, "Set the installation up.")?;
            if let Some((client, address)) = &client {
                let in_house = open_client(tx, client, now)?;
                open_mailbox(tx, client, address.clone(), &client.name, in_house, now)?;
                accounts::give_seat(
                    tx,
                    person.id,
                    Role::SupportOwner,
                    accounts::Place::Client(client.id),
                    now,
                )?;
            }
            Ok(person.id)
        })
        .await
}

fn first_client(name: &str, address: &str) -> Result<(Client, EmailAddress), Stop> {
    let address: EmailAddress = address.parse().map_err(|_| EngagementRefusal::NotAnAddress)?;
    Ok((new_client(name, "teal", "en", "UTC")?, address))
}

/// A client from what a form says.
///
/// # Errors
/// [`PeopleRefusal::NameMissing`] and [`EngagementRefusal::UnknownZone`].
pub fn new_client(name: &str, colour: &str, language: &str, zone: &str) -> Result<Client, Stop> {
    let name = name.trim();
    if name.is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    Ok(Client {
        id: fresh(),
        name: name.chars().take(80).collect(),
        slug: slug(name),
        colour: colour.to_owned(),
        language: language.parse().unwrap_or_else(|_| LanguageTag::unknown()),
        zone: known_zone(zone)?,
    })
}

fn known_zone(zone: &str) -> Result<String, EngagementRefusal> {
    let zone = zone.trim();
    if engagements::is_zone(zone) { Ok(zone.to_owned()) } else { Err(EngagementRefusal::UnknownZone) }
}

/// Writes a client down with its in-house team and the engagement with oneself; answers that engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_client(tx: &mut Tx<'_>, client: &Client, now: kernel::Instant) -> Result<EngagementId, Fault> {
    let mut client = client.clone();
    while people_tables::client_by_slug(tx, &client.slug)?.is_some() {
        client.slug.push('x');
    }
    people_tables::add_client(tx, &client, now)?;
    let team = Team {
        id: fresh(),
        name: format!("{} in-house", client.name),
        client: Some(client.id),
        partner: None,
    };
    people_tables::add_team(tx, &team, now)?;
    let in_house = Engagement {
        id: fresh(),
        client: client.id,
        team: team.id,
        name: "In-house".to_owned(),
        zone: client.zone.clone(),
        period: Period::parse(&now.day(), "").map_err(|_| Fault::new("today is not a day"))?,
        ended_at: None,
    };
    engagement_tables::add(tx, &in_house, now)?;
    administered(tx, "client.opened", Some(client.id), now, format!("{} was set up.", client.name))?;
    Ok(in_house.id)
}

pub(crate) fn administered(
    tx: &mut Tx<'_>,
    kind: &'static str,
    client: Option<ClientId>,
    at: kernel::Instant,
    sentence: String,
) -> Result<(), Fault> {
    tx.record(&store::Event { at, kind, client, engagement: None, case: None, person: None, sentence })
}

/// Writes a mailbox down.
///
/// # Errors
/// [`EngagementRefusal::AddressTaken`].
pub fn open_mailbox(
    tx: &mut Tx<'_>,
    client: &Client,
    address: EmailAddress,
    display_name: &str,
    engagement: EngagementId,
    now: kernel::Instant,
) -> Result<Mailbox, Stop> {
    let (address, _) = address.without_detail();
    if engagement_tables::mailbox_at(tx, &address)?.is_some() {
        return Err(EngagementRefusal::AddressTaken.into());
    }
    let named = display_name.trim();
    let display_name = if named.is_empty() { client.name.clone() } else { named.to_owned() };
    let mailbox = Mailbox { id: fresh(), address, display_name, client: client.id, engagement };
    engagement_tables::add_mailbox(tx, &mailbox, now)?;
    let sentence = format!("Mail to {} leads to {}.", mailbox.address, client.name);
    administered(tx, "mailbox.opened", Some(client.id), now, sentence)?;
    Ok(mailbox)
}

pub(crate) fn only_owners(reach: &Reach) -> Result<(), PeopleRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound) }
}

/// Adds a client.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn add_client(desk: &Desk, reach: &Reach, client: Client) -> Result<ClientId, Stop> {
    only_owners(reach)?;
    let (now, id) = (desk.clock.now(), client.id);
    desk.store.write(move |tx| open_client(tx, &client, now)).await?;
    Ok(id)
}

/// Changes a client's name, colour, language and zone.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn change_client(desk: &Desk, reach: &Reach, changed: Client) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            people_tables::client(tx, changed.id)?.ok_or(PeopleRefusal::NotFound)?;
            people_tables::change_client(tx, &changed)?;
            Ok(administered(
                tx,
                "client.changed",
                Some(changed.id),
                now,
                format!("{} was changed.", changed.name),
            )?)
        })
        .await
}

/// Adds a mailbox to a client, answered by one of its engagements or, without one, by its own team.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`EngagementRefusal::NotAnAddress`], [`EngagementRefusal::AddressTaken`],
/// [`EngagementRefusal::NotFound`].
pub async fn add_mailbox(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    address: &str,
    display_name: &str,
    engagement: Option<EngagementId>,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let address: EmailAddress = address.parse().map_err(|_| EngagementRefusal::NotAnAddress)?;
    let (display_name, now) = (display_name.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let client = people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            let all = engagement_tables::of_client(tx, client.id)?;
            let wanted = engagement.or_else(|| all.first().map(|first| first.id));
            let found = all.iter().find(|one| Some(one.id) == wanted).ok_or(EngagementRefusal::NotFound)?;
            open_mailbox(tx, &client, address.clone(), &display_name, found.id, now).map(drop)
        })
        .await
}

/// Lets another engagement of the same client answer a mailbox.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`EngagementRefusal::NotFound`].
pub async fn hand_mailbox(
    desk: &Desk,
    reach: &Reach,
    mailbox: kernel::MailboxId,
    to: EngagementId,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mailbox = engagement_tables::mailbox(tx, mailbox)?.ok_or(EngagementRefusal::NotFound)?;
            let engagement = engagement_tables::engagement(tx, to)?.ok_or(EngagementRefusal::NotFound)?;
            if engagement.client != mailbox.client {
                return Err(Stop::from(EngagementRefusal::NotFound));
            }
            engagement_tables::hand_mailbox(tx, mailbox.id, to)?;
            let sentence = format!("{} is answered by {} now.", mailbox.address, engagement.name);
            Ok(administered(tx, "mailbox.handed", Some(mailbox.client), now, sentence)?)
        })
        .await
}

/// Adds a partner with its first team.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`PeopleRefusal::NameMissing`], [`EngagementRefusal::UnknownZone`].
pub async fn add_partner(desk: &Desk, reach: &Reach, partner: Partner, team: &str) -> Result<TeamId, Stop> {
    only_owners(reach)?;
    if partner.name.trim().is_empty() || team.trim().is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    let partner = Partner { zone: known_zone(&partner.zone)?, ..partner };
    let team = Team { id: fresh(), name: team.trim().to_owned(), client: None, partner: Some(partner.id) };
    let (id, now) = (team.id, desk.clock.now());
    desk.store
        .write(move |tx| {
            people_tables::add_partner(tx, &partner, now)?;
            people_tables::add_team(tx, &team, now)?;
            administered(tx, "partner.added", None, now, format!("{} was added.", partner.name))
        })
        .await?;
    Ok(id)
}

/// Adds a team to a partner.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`PeopleRefusal::NameMissing`].
pub async fn add_team(
    desk: &Desk,
    reach: &Reach,
    partner: kernel::PartnerId,
    name: &str,
) -> Result<TeamId, Stop> {
    only_owners(reach)?;
    if name.trim().is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    let team = Team { id: fresh(), name: name.trim().to_owned(), client: None, partner: Some(partner) };
    let (id, now) = (team.id, desk.clock.now());
    desk.store
        .write(move |tx| {
            people_tables::add_team(tx, &team, now)?;
            administered(tx, "team.added", None, now, format!("The team {} was added.", team.name))
        })
        .await?;
    Ok(id)
}

/// What an engagement form says.
pub struct Agreed {
    /// The client.
    pub client: ClientId,
    /// The team that is let in.
    pub team: TeamId,
    /// The name; empty takes the team's.
    pub name: String,
    /// The first day.
    pub from: String,
    /// The last day; empty means open-ended.
    pub until: String,
}

/// Lets a team into a client's workspace for a time.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`EngagementRefusal::NotADay`], [`EngagementRefusal::EndsBeforeItBegins`].
pub async fn engage(desk: &Desk, reach: &Reach, agreed: Agreed) -> Result<EngagementId, Stop> {
    only_owners(reach)?;
    let period = Period::parse(&agreed.from, &agreed.until)?;
    let (id, now): (EngagementId, _) = (fresh(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let client = people_tables::client(tx, agreed.client)?.ok_or(PeopleRefusal::NotFound)?;
            let team = people_tables::team(tx, agreed.team)?.ok_or(PeopleRefusal::NotFound)?;
            let named = agreed.name.trim();
            let engagement = Engagement {
                id,
                client: client.id,
                team: team.id,
                name: if named.is_empty() { team.name.clone() } else { named.to_owned() },
                zone: client.zone.clone(),
                period: period.clone(),
                ended_at: None,
            };
            engagement_tables::add(tx, &engagement, now)?;
            let sentence = format!("{} answers for {} from {}.", team.name, client.name, period.from());
            Ok::<_, Stop>(administered(tx, "engagement.begun", Some(client.id), now, sentence)?)
        })
        .await?;
    Ok(id)
}

/// Cuts an engagement now. It moves no data: the client keeps every case, and mail falls back to its own team.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`EngagementRefusal::NotFound`], [`EngagementRefusal::Over`],
/// [`EngagementRefusal::InHouseStays`].
pub async fn end_engagement(desk: &Desk, reach: &Reach, id: EngagementId) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let engagement = engagement_tables::engagement(tx, id)?.ok_or(EngagementRefusal::NotFound)?;
            let team = people_tables::team(tx, engagement.team)?;
            if team.is_some_and(|team| team.client.is_some()) {
                return Err(Stop::from(EngagementRefusal::InHouseStays));
            }
            if engagement.standing(now) == engagements::Standing::Over {
                return Err(EngagementRefusal::Over.into());
            }
            engagement_tables::end(tx, id, now)?;
            let sentence = format!("{} was ended.", engagement.name);
            Ok(administered(tx, "engagement.ended", Some(engagement.client), now, sentence)?)
        })
        .await
}
