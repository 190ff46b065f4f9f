//! Where a client's texts may be translated: which engines elsewhere it allows, and on what terms.

use super::{
    Answer,
    engines::{budget, choices, grouped},
    page, settle,
};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        engines::{ClientEngines, OfferedCard, Standing},
        shell::{Administration, Flash, Place},
    },
    words::Words,
};
use axum::{extract::State, response::Response};
use desk::{
    Stop, administration,
    engines::{self, IsAllowed, Offered, Terms},
};
use engagements::engines::{FormOfAddress, Permission, Preference, characters};
use kernel::{ClientId, EngineId};
use people::PeopleRefusal;

/// `GET /clients/{client}/engines`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(id): At<ClientId>) -> Answer {
    Ok(draw(&site, &owner, id, None, None).await?)
}

async fn draw(
    site: &Site,
    owner: &SignedIn,
    id: ClientId,
    typed: Option<(EngineId, &Fields)>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let offered = engines::of_client(&site.desk, owner.reach(), id).await?;
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let client = found.clients.iter().find(|client| client.id == id).ok_or(PeopleRefusal::NotFound)?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let card = |one: &Offered| {
        let typed = typed.filter(|(into, _)| *into == one.engine.id).map(|(_, form)| form);
        offered_card(&frame.words, &client.name, one, typed)
    };
    page(&ClientEngines {
        shell: frame.shell("Where texts may be translated", Place::Administration(Administration::Clients)),
        mark: client_mark(client),
        engines: offered.iter().map(card).collect(),
    })
}

fn offered_card(words: &Words, client: &str, one: &Offered, typed: Option<&Fields>) -> OfferedCard {
    let engine = &one.engine;
    let kept = one.permission.as_ref().map(|(kept, _)| kept);
    let (key, icon, state) = match one.permission.as_ref().map(|(_, allowed)| *allowed) {
        Some(IsAllowed::Yes) => ("in-force", "check", "Allowed"),
        Some(_) => ("waiting", "notice", "Allow it again"),
        None => ("closed", "dot", "Not allowed"),
    };
    let preference = typed.and_then(|form| form.text("preference").parse().ok());
    let preference = preference.or(kept.map(|kept| kept.preference)).unwrap_or(Preference::AfterLocal);
    let address = typed.and_then(|form| form.text("form_of_address").parse().ok());
    let address = address.or(kept.map(|kept| kept.form)).unwrap_or(FormOfAddress::Unsaid);
    let agreed = kept.map_or_else(|| "100,000".to_owned(), |kept| grouped(kept.monthly_characters));
    OfferedCard {
        id: engine.id.to_string(),
        name: engine.name.clone(),
        sentence: format!(
            "Texts of {client}’s cases may be sent to {} ({}) in {}.",
            engine.name,
            engine.host(),
            engine.country
        ),
        standing: Standing { key, icon, words: state },
        since: kept.map(|kept| since(words, one, kept)).unwrap_or_default(),
        is_kept: kept.is_some(),
        budget: budget(one.used.characters, kept.map_or(1, |kept| kept.monthly_characters)),
        preferences: choices(Preference::ALL, preference, |one| match one {
            Preference::First => (one.as_str(), "before the models in this program"),
            Preference::AfterLocal => (one.as_str(), "where no model in this program can"),
        }),
        forms: choices(FormOfAddress::ALL, address, |one| match one {
            FormOfAddress::Unsaid => (one.as_str(), "as the engine does it"),
            FormOfAddress::Formal => (one.as_str(), "formally (Sie, usted, Pan)"),
            FormOfAddress::Informal => (one.as_str(), "informally (du, tú, ty)"),
        }),
        monthly_characters: typed.map_or(agreed, |form| form.text("monthly_characters").to_owned()),
        act: if kept.is_some() { "Save" } else { "Allow it" },
    }
}

fn since(words: &Words, one: &Offered, kept: &Permission) -> String {
    let when = words.exactly(kept.at).words;
    let by = if one.by.is_empty() { "somebody" } else { &one.by };
    if kept.holds(&one.engine) {
        return format!("Allowed by {by}, {when}.");
    }
    format!(
        "It was allowed by {by} ({when}) for {} in {}. That has changed, so nothing is sent there until it is allowed again.",
        kept.host, kept.country
    )
}

/// `POST /clients/{client}/engines/{engine}`
pub(crate) async fn allow(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, id)): At<(ClientId, EngineId)>,
    form: Fields,
) -> Answer {
    let done = async {
        let terms = Terms {
            preference: form.one("preference")?,
            form: form.one("form_of_address")?,
            monthly_characters: characters(form.text("monthly_characters"))?,
        };
        engines::allow(&site.desk, owner.reach(), client, id, terms).await
    };
    let to = format!("/clients/{client}/engines");
    settle(done.await, &to, Said::EngineAllowed, async |flash| {
        draw(&site, &owner, client, Some((id, &form)), flash).await
    })
    .await
}

/// `POST /clients/{client}/engines/{engine}/removals`
pub(crate) async fn withdraw(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, id)): At<(ClientId, EngineId)>,
) -> Answer {
    let done = engines::withdraw(&site.desk, owner.reach(), client, id).await;
    let to = format!("/clients/{client}/engines");
    settle(done, &to, Said::EngineWithdrawn, async |flash| draw(&site, &owner, client, None, flash).await)
        .await
}
