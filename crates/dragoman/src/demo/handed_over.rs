//! What is in other hands in the demo world: two vendors of the first client, and a part of a case with each.

use super::story::Story;
use cases::{Filter, View, escalation::FormKind, tables as case_tables};
use desk::{
    Desk,
    escalations::{self, HandOver, Whom},
    sign_in,
    vendors::{self, Described},
};
use kernel::{CaseId, ClientId, Owner, Reach, Stop};

/// Writes it down, as the owner and the cases' own representatives would.
pub(super) async fn write_down(desk: &Desk, story: &Story) -> Result<(), Stop> {
    let persons = &story.world.persons;
    let client = story.world.clients[0].id;
    let mut reaches = Vec::new();
    for person in persons.clone() {
        let now = desk.clock.now();
        let is_owner = person.owner == Owner::Yes;
        let reach = desk.store.read(move |tx| sign_in::reach_of(tx, &person, now)).await?;
        reaches.push((is_owner, reach));
    }
    let Some((_, owner)) = reaches.iter().find(|(is_owner, _)| *is_owner) else { return Ok(()) };
    for one in vendors_of_the_demo() {
        vendors::keep(desk, owner, client, None, one).await?;
    }
    let known = vendors::vendors(desk, owner, client).await?;
    let mut cases = own_cases(desk, &reaches, client).await?.into_iter();
    for vendor in known {
        let Some((reach, case)) = cases.next() else { break };
        let what = if vendor.vendor.name.contains("Repairs") { hardware } else { software };
        escalations::hand_over(desk, &reach, case, what(Whom::Vendor(vendor.vendor.id))).await?;
    }
    Ok(())
}

/// An open case of each of two representatives of the client.
async fn own_cases(
    desk: &Desk,
    reaches: &[(bool, Reach)],
    client: ClientId,
) -> Result<Vec<(Reach, CaseId)>, Stop> {
    let mut found = Vec::new();
    for (_, reach) in reaches {
        let asker = reach.clone();
        let filter = Filter { client: Some(client), ..Filter::default() };
        let mine =
            desk.store.read(move |tx| case_tables::list(tx, &asker, View::Mine, &filter, None, 50)).await?;
        let open = mine.iter().find(|row| row.client == client && row.state.is_open());
        found.extend(open.map(|row| (reach.clone(), row.id)));
    }
    found.truncate(2);
    Ok(found)
}

fn vendors_of_the_demo() -> [Described; 2] {
    let vendor = |name: &str, address: &str, language: &str, country: &str| Described {
        name: name.to_owned(),
        address: address.to_owned(),
        language: language.to_owned(),
        country: country.to_owned(),
    };
    [
        vendor("Norfab Repairs", "rma@norfab.example", "de", "DE"),
        vendor("Quillsoft", "support@quillsoft.example", "en", "IE"),
    ]
}

fn hardware(to: Whom) -> HandOver {
    HandOver {
        to,
        kind: FormKind::Hardware,
        asked: "The device fails again after a reset and a new power supply. Can you repair or exchange it?"
            .to_owned(),
        tried: "Reset, another socket, another power supply.".to_owned(),
        shared: vec!["reference".to_owned()],
        fields: fields(&[
            ("serial_number", "AUR-7720-114"),
            ("entitlement", "warranty"),
            ("fault_code", "E14"),
        ]),
        files: Vec::new(),
        needed_at: None,
    }
}

fn software(to: Whom) -> HandOver {
    HandOver {
        to,
        kind: FormKind::Software,
        asked: "Since the last update the app loses its connection. Is that known, and where is it fixed?"
            .to_owned(),
        tried: "Installed it again, on two telephones.".to_owned(),
        shared: vec!["reference".to_owned()],
        fields: fields(&[
            ("version", "5.2.1"),
            ("steps", "Open the app.\nLock the telephone for a minute.\nUnlock it: the device is gone."),
        ]),
        files: Vec::new(),
        needed_at: None,
    }
}

fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
