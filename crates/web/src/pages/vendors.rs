//! The vendors of a client, for owners.

use super::{Answer, page, settle};
use crate::{
    fields::{At, Fields},
    frame::{Frame, client_mark},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        escalations::{VendorForm, Vendors},
        marks::Choice,
        shell::{Administration, Flash, Place},
    },
    words::language_name,
};
use axum::{extract::State, response::Response};
use desk::{
    Stop, administration,
    vendors::{self, Described, Known},
};
use kernel::{ClientId, VendorId};
use people::PeopleRefusal;

/// The languages in which letters and pages of escalations are written.
const LANGUAGES: [&str; 6] = ["en", "de", "es", "lt", "pl", "sl"];

fn here(client: ClientId) -> String {
    format!("/clients/{client}/vendors")
}

/// `GET /clients/{client}/vendors`
pub(crate) async fn show(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
) -> Answer {
    Ok(draw(&site, &owner, client, None, None).await?)
}

/// `POST /clients/{client}/vendors`
pub(crate) async fn add(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At(client): At<ClientId>,
    form: Fields,
) -> Answer {
    let done = vendors::keep(&site.desk, owner.reach(), client, None, described(&form)).await;
    let again = async |flash| draw(&site, &owner, client, Some((None, &form)), flash).await;
    settle(done, &here(client), Said::VendorSaved, again).await
}

/// `POST /clients/{client}/vendors/{vendor}`
pub(crate) async fn change(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, vendor)): At<(ClientId, VendorId)>,
    form: Fields,
) -> Answer {
    let done = vendors::keep(&site.desk, owner.reach(), client, Some(vendor), described(&form)).await;
    let again = async |flash| draw(&site, &owner, client, Some((Some(vendor), &form)), flash).await;
    settle(done, &here(client), Said::VendorSaved, again).await
}

/// `POST /clients/{client}/vendors/{vendor}/removals`
pub(crate) async fn remove(
    State(site): State<Site>,
    OwnerIn(owner): OwnerIn,
    At((client, vendor)): At<(ClientId, VendorId)>,
) -> Answer {
    let done = vendors::remove(&site.desk, owner.reach(), client, vendor).await;
    let again = async |flash| draw(&site, &owner, client, None, flash).await;
    settle(done, &here(client), Said::VendorRemoved, again).await
}

fn described(form: &Fields) -> Described {
    let text = |name: &str| form.text(name).to_owned();
    Described {
        name: text("name"),
        address: text("address"),
        language: text("language"),
        country: text("country"),
    }
}

type TypedInto<'a> = Option<(Option<VendorId>, &'a Fields)>;

async fn draw(
    site: &Site,
    owner: &SignedIn,
    client: ClientId,
    typed: TypedInto<'_>,
    flash: Option<Flash>,
) -> Result<Response, Stop> {
    let found = administration::set_up(&site.desk, owner.reach()).await?;
    let known = found.clients.iter().find(|one| one.id == client).ok_or(PeopleRefusal::NotFound)?;
    let all = vendors::vendors(&site.desk, owner.reach(), client).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let typed_into = |id: Option<VendorId>| typed.filter(|(into, _)| *into == id).map(|(_, form)| form);
    let one = |known: &Known| match typed_into(Some(known.vendor.id)) {
        Some(form) => VendorForm { is_open: true, ..filled(&described(form), known.vendor.id.to_string()) },
        None => filled(&as_described(known), known.vendor.id.to_string()),
    };
    let with_count = |known: &Known| VendorForm { has: has(known.open), ..one(known) };
    let fresh = typed_into(None).map(described).unwrap_or_default();
    let clients = Described { language: known.language.primary().to_owned(), ..Described::default() };
    let fresh = if fresh == Described::default() { clients } else { fresh };
    page(&Vendors {
        shell: frame.shell("Vendors", Place::Administration(Administration::Clients)),
        mark: client_mark(known),
        vendors: all.iter().map(with_count).collect(),
        fresh: filled(&fresh, String::new()),
    })
}

fn has(open: i64) -> String {
    match open {
        0 => String::new(),
        1 => "has 1 escalation".to_owned(),
        many => format!("has {many} escalations"),
    }
}

fn as_described(known: &Known) -> Described {
    let vendor = &known.vendor;
    Described {
        name: vendor.name.clone(),
        address: vendor.address.to_string(),
        language: vendor.language.primary().to_owned(),
        country: vendor.country.clone(),
    }
}

fn filled(described: &Described, id: String) -> VendorForm {
    let choice = |tag: &&str| Choice {
        value: (*tag).to_owned(),
        words: language_name(tag).to_owned(),
        is_chosen: *tag == described.language,
    };
    VendorForm {
        id,
        name: described.name.clone(),
        address: described.address.clone(),
        languages: LANGUAGES.iter().map(choice).collect(),
        country: described.country.clone(),
        has: String::new(),
        is_open: false,
    }
}
