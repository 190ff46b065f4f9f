//! Clients: the list, a new one, one with its mailboxes.

use super::{Answer, doorstep::languages, fetching::progress, page, places::team_name, refuse, risk, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark, whole},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        clients::{
            Client as ClientView, ClientForm, ClientLine, ClientNew, Clients,
            Correspondence as CorrespondenceView, Mailbox as MailboxView,
        },
        marks::{COLOURS, Choice},
        shell::{Administration, Flash, Place},
    },
    words::{self, language_name},
};
use axum::{extract::State, response::Response};
use cases::{correspondence::Correspondence, sharing::Sharing};
use desk::{
    Stop,
    administration::{self, Numbers, SetUp},
    correspondence, fetching, set_up,
};
use engagements::{Engagement, Standing};
use kernel::{ClientId, EmailAddress, MailboxId};
use people::{Client, PeopleRefusal};

/// Zones that the form suggests; any IANA zone can be typed.
const ZONES: [&str; 14] = [
    "Europe/Berlin",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "America/Chicago",
    "America/Los_Angeles",
    "America/New_York",
    "Asia/Manila",
    "Asia/Kolkata",
    "Australia/Sydney",
    "UTC",
];

fn place() -> Place {
    Place::Administration(Administration::Clients)
}

/// `GET /clients`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let numbers = administration::numbers(&site.desk, owner.reach()).await?;
    let frame = Frame::of(&site, &owner).await?;
    let clients = found.clients.iter().map(|client| ClientLine {
        mark: client_mark(client),
        language: language_name(client.language.as_str()).to_owned(),
        zone: client.zone.clone(),
        mailboxes: mailboxes(&found, client.id).map(|mailbox| mailbox.address.to_string()).collect(),
        open: open(&numbers, client.id),
        engagements: in_force(&found, client.id).map(|one| partner(&found, one)).collect(),
    });
    let view = Clients { shell: frame.shell("Clients", place()), clients: clients.collect() };
    Ok(page(&view)?)
}

fn open(numbers: &Numbers, client: ClientId) -> u64 {
    numbers.open.iter().filter(|(known, _)| *known == client).map(|(_, open)| whole(*open)).sum()
}

fn mailboxes(found: &SetUp, client: ClientId) -> impl Iterator<Item = &engagements::Mailbox> {
    found.mailboxes.iter().filter(move |mailbox| mailbox.client == client)
}

fn in_force(found: &SetUp, client: ClientId) -> impl Iterator<Item = &Engagement> {
    let of_client = found.engagements.iter().filter(move |one| one.client == client);
    of_client.filter(|one| one.standing(found.now) == Standing::InForce)
}

fn partner(found: &SetUp, engagement: &Engagement) -> String {
    let team = found.teams.iter().find(|team| team.id == engagement.team);
    team.map_or(engagement.name.clone(), |team| team_name(found, team))
}

/// `GET /clients/new`
pub(crate) async fn new(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw_new(&site, &owner, &Fields::default(), None).await?)
}

async fn draw_new(
    site: &Site,
    owner: &SignedIn,
    form: &Fields,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let frame = Frame::of(site, owner).await?.saying(flash);
    let or = |name: &str, usual: &str| {
        Some(form.text(name)).filter(|typed| !typed.is_empty()).unwrap_or(usual).to_owned()
    };
    page(&ClientNew {
        shell: frame.shell("New client", place()),
        form: client_form(
            form.text("name"),
            &or("colour", "teal"),
            &or("language", "en"),
            &or("zone", "Europe/Berlin"),
        ),
        mailbox: form.text("mailbox").to_owned(),
    })
}

fn client_form(name: &str, colour: &str, language: &str, zone: &str) -> ClientForm {
    ClientForm {
        name: name.to_owned(),
        colour: colour.to_owned(),
        languages: languages(language),
        zone: zone.to_owned(),
        zones: ZONES.map(str::to_owned).to_vec(),
    }
}

/// What the form says, as a client with an id of its own.
fn filled_in(form: &Fields) -> Result<Client, Stop> {
    let colour = COLOURS.into_iter().find(|colour| *colour == form.text("colour")).unwrap_or("teal");
    set_up::new_client(form.text("name"), colour, form.text("language"), form.text("zone"))
}

/// `POST /clients`
pub(crate) async fn add(State(site): State<Site>, OwnerIn(owner): OwnerIn, form: Fields) -> Answer {
    let added = async {
        let client = filled_in(&form)?;
        let mailbox = form.text("mailbox").trim();
        address_is_free(&site, &owner, mailbox).await?;
        let name = client.name.clone();
        let id = set_up::add_client(&site.desk, owner.reach(), client).await?;
        set_up::add_mailbox(&site.desk, owner.reach(), id, mailbox, &name, None).await?;
        Ok(id)
    };
    match added.await {
        Ok(id) => Ok(super::go(&format!("/clients/{id}"), Said::ClientAdded)),
        Err(stop) => refuse(stop, async |flash| draw_new(&site, &owner, &form, flash).await).await,
    }
}

/// A client and its mailbox are two steps, so what would stop the second is looked at before the first.
async fn address_is_free(site: &Site, owner: &SignedIn, address: &str) -> Result<(), Stop> {
    let address: EmailAddress = address.parse().map_err(|_| engagements::EngagementRefusal::NotAnAddress)?;
    let (address, _) = address.without_detail();
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let taken = found.mailboxes.iter().any(|mailbox| mailbox.address == address);
    if taken { Err(engagements::EngagementRefusal::AddressTaken.into()) } else { Ok(()) }
}

/// `GET /clients/{client}`
pub(crate) async fn one(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(id): At<ClientId>) -> Answer {
    Ok(draw_one(&site, &owner, id, None, None).await?)
}

async fn draw_one(
    site: &Site,
    owner: &SignedIn,
    id: ClientId,
    typed: Option<&Fields>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let numbers = administration::numbers(&site.desk, owner.reach()).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let client = found.clients.iter().find(|client| client.id == id).ok_or(PeopleRefusal::NotFound)?;
    let through = |mailbox: MailboxId| {
        numbers.through.iter().find(|(known, _)| *known == mailbox).map_or(0, |(_, cases)| whole(*cases))
    };
    let (lines, _) = fetching::overview(&site.desk, owner.reach()).await?;
    let fetched = |mailbox: MailboxId| {
        let line = lines.iter().find(|line| line.mailbox.id == mailbox && line.account.is_some())?;
        Some(progress(&frame.words, line.account.as_ref(), line.fetching.as_ref()))
    };
    let mailboxes = mailboxes(&found, id).map(|mailbox| MailboxView {
        id: mailbox.id.to_string(),
        address: mailbox.address.to_string(),
        display_name: mailbox.display_name.clone(),
        cases: through(mailbox.id),
        fetching: fetched(mailbox.id),
    });
    let risk = desk::risk::chosen(&site.desk, owner.reach(), id).await?;
    let engagements = found.engagements.iter().filter(|one| one.client == id);
    page(&ClientView {
        shell: frame.shell(&client.name, place()),
        mark: client_mark(client),
        form: client_form(&client.name, &client.colour, client.language.as_str(), &client.zone),
        correspondence: correspondence_form(
            correspondence::chosen(&site.desk, owner.reach(), id).await?,
            typed,
        ),
        risk: risk::of_client(&frame.words, &risk),
        mailboxes: mailboxes.collect(),
        engagements: engagements.map(|one| sentence(&found, one)).collect(),
    })
}

fn sentence(found: &SetUp, engagement: &Engagement) -> String {
    let who = partner(found, engagement);
    match (engagement.standing(found.now), engagement.period.until()) {
        (Standing::Coming, _) => format!("{who}, from {}", words::day(engagement.period.from())),
        (Standing::InForce, Some(until)) => format!("{who}, until {}", words::day(until)),
        (Standing::InForce, None) => who,
        (Standing::Over, _) => format!("{who}, ended"),
    }
}

/// `POST /clients/{client}`
pub(crate) async fn change(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<ClientId>,
    form: Fields,
) -> Answer {
    let done = async {
        let changed = Client { id, ..filled_in(&form)? };
        set_up::change_client(&site.desk, owner.reach(), changed).await
    };
    ended(&site, &owner, id, done.await, Said::Saved).await
}

/// The form as it was chosen, or with what was typed into it.
fn correspondence_form(chosen: Correspondence, typed: Option<&Fields>) -> CorrespondenceView {
    let days =
        |name: &str, chosen: i64| typed.map_or(chosen.to_string(), |typed| typed.text(name).to_owned());
    let sharing = typed.and_then(|typed| typed.text("sharing").parse().ok()).unwrap_or(chosen.sharing);
    let choice = |one: Sharing, words: &str| Choice {
        value: one.as_str().to_owned(),
        words: words.to_owned(),
        is_chosen: one == sharing,
    };
    CorrespondenceView {
        reopens_for_days: days("reopens_for_days", chosen.reopens_for_days),
        same_subject_for_days: days("same_subject_for_days", chosen.same_subject_for_days),
        sharing: vec![
            choice(Sharing::OwnWords, "only their own part"),
            choice(Sharing::Whole, "the whole conversation"),
        ],
    }
}

/// `POST /clients/{client}/correspondence`
pub(crate) async fn correspond(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<ClientId>,
    form: Fields,
) -> Answer {
    let done = async {
        let days = |name: &str| form.text(name).parse().map_err(|_| cases::CaseRefusal::NotSoManyDays);
        let chosen = Correspondence {
            sharing: form.one("sharing")?,
            reopens_for_days: days("reopens_for_days")?,
            same_subject_for_days: days("same_subject_for_days")?,
        };
        correspondence::choose(&site.desk, owner.reach(), id, chosen).await
    };
    let to = format!("/clients/{id}");
    settle(done.await, &to, Said::Corresponds, async |flash| {
        draw_one(&site, &owner, id, Some(&form), flash).await
    })
    .await
}

/// `POST /clients/{client}/mailboxes`
pub(crate) async fn add_mailbox(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<ClientId>,
    form: Fields,
) -> Answer {
    let (address, name) = (form.text("address"), form.text("display_name"));
    let done = set_up::add_mailbox(&site.desk, owner.reach(), id, address, name, None).await;
    ended(&site, &owner, id, done, Said::MailboxAdded).await
}

/// `POST /clients/{client}/mailboxes/{mailbox}/removals`
pub(crate) async fn remove_mailbox(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((id, mailbox)): At<(ClientId, MailboxId)>,
) -> Answer {
    let done = administration::remove_mailbox(&site.desk, owner.reach(), id, mailbox).await;
    ended(&site, &owner, id, done, Said::MailboxRemoved).await
}

/// `POST /clients/{client}/risky-topics`
pub(crate) async fn choose_topics(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<ClientId>,
    form: Fields,
) -> Answer {
    let topics = form.all("topic").filter_map(|topic| topic.parse().ok()).collect();
    let done = desk::risk::choose(&site.desk, owner.reach(), id, topics).await;
    ended(&site, &owner, id, done, Said::Saved).await
}

/// `POST /clients/{client}/approved-texts`
pub(crate) async fn approve_text(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(id): At<ClientId>,
    form: Fields,
) -> Answer {
    let done = async {
        let (name, text) = (form.text("name"), form.text("text"));
        desk::risk::approve(&site.desk, owner.reach(), id, form.one("language")?, name, text).await
    };
    ended(&site, &owner, id, done.await, Said::Saved).await
}

async fn ended(site: &Site, owner: &SignedIn, id: ClientId, done: Result<(), Stop>, said: Said) -> Answer {
    let to = format!("/clients/{id}");
    settle(done, &to, said, async |flash| draw_one(site, owner, id, None, flash).await).await
}
