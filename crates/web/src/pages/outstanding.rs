//! What is outstanding: everything open within reach, with its owner and its next date.

use super::{Answer, case_clocks, inbox::shown_subject, page};
use crate::{
    fields::Asked,
    frame::{Frame, client_mark},
    session::SignedIn,
    site::Site,
    views::{
        clocks::{OutstandingPage, OutstandingRow},
        marks::Choice,
        shell::Place,
    },
};
use axum::extract::State;
use cases::tables::{self as case_tables, Narrowing};
use desk::outstanding;
use kernel::Party;

/// `GET /outstanding`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let now = site.desk.clock.now();
    let (overdue, mine) = (asked.text("when") == "overdue", asked.text("owner") == "mine");
    let narrowing = Narrowing {
        client: asked.text("client").parse().ok(),
        party: Party::of(asked.text("party")),
        before: overdue.then_some(now),
        owner: mine.then(|| signed_in.reach().person()),
    };
    let found = outstanding::page(&site.desk, signed_in.reach(), narrowing).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let row = |row: &case_tables::OutstandingRow| OutstandingRow {
        item: case_clocks::item(&frame.words, &row.item, now),
        kind: row.item.kind.title(),
        client: frame.clients().find(|client| client.id == row.client).map(client_mark),
        url: format!("/cases/{}", row.item.case),
        reference: cases::shown_reference(&row.reference),
        subject: shown_subject(&row.subject).to_owned(),
        party: case_clocks::party(row.item.party),
        opened: frame.words.briefly(row.opened_at),
        bounces: row.bounces,
    };
    let choose = |choice: Choice, chosen: bool| if chosen { choice.chosen() } else { choice };
    let parties =
        Party::ALL.map(|one| choose(Choice::new(one.as_str(), one.title()), narrowing.party == Some(one)));
    let clients = found.clients.iter().map(|client| {
        choose(Choice::new(client.id.to_string(), &client.name), narrowing.client == Some(client.id))
    });
    let view = OutstandingPage {
        shell: frame.shell("Outstanding", Place::Outstanding),
        parties: [Choice::new("", "Whoever’s turn")].into_iter().chain(parties).collect(),
        clients: [Choice::new("", "Any client")].into_iter().chain(clients).collect(),
        times: vec![Choice::new("", "Any date"), choose(Choice::new("overdue", "Date is over"), overdue)],
        owners: vec![Choice::new("", "Anybody’s"), choose(Choice::new("mine", "Mine"), mine)],
        rows: found.rows.iter().map(row).collect(),
        has_more: found.has_more,
    };
    Ok(page(&view)?)
}
