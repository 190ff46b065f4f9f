//! A text said as the desk says those of a client: with its terms, its translation memory and the engines that it allows.

use crate::{say::Failure, settings::Place};
use channels::engines::Engines as Reached;
use desk::{
    Desk,
    saying::{self, Far, Said},
};
use kernel::{ClientId, Fault};
use language::translation::{Engines, Request};
use people::{Client, tables as people_tables};
use std::sync::Arc;
use store::Clock;

/// It, in the other language.
pub async fn say(
    place: &Place,
    engines: Engines,
    client: &str,
    request: Request,
    far: Far,
) -> Result<Said, Failure> {
    let (store, blobs, vault) = place.open_current().await?;
    let client = called(&store.read(people_tables::clients).await?, client)?;
    let desk = Desk::open(store, blobs, vault, Clock::System, desk::UNDO_FOR).await?;
    let desk = desk.translating_with(Arc::new(engines));
    let desk = match far {
        Far::Here => desk,
        Far::AsAllowed => desk.asking_elsewhere(Arc::new(Reached::new().map_err(Fault::new)?)),
    };
    let said = saying::say_as_far(&desk, client, request, far).await?;
    said.map_err(|error| error.refused().into())
}

/// The client that is meant.
fn called(clients: &[Client], name: &str) -> Result<ClientId, Failure> {
    let by_slug = clients.iter().find(|client| client.slug == name);
    let wanted = language::folded(name);
    let mut by_name = clients.iter().filter(|client| language::folded(&client.name) == wanted);
    let all = || clients.iter().map(|client| client.slug.as_str()).collect::<Vec<_>>().join(", ");
    match (by_slug, by_name.next(), by_name.next()) {
        (Some(client), ..) | (None, Some(client), None) => Ok(client.id),
        (None, Some(_), Some(_)) => Err(Failure::new(
            format!("Several clients are called {name}."),
            format!("Name one as {}.", all()),
        )),
        (None, None, _) => Err(Failure::new(
            format!("There is no client {name} here."),
            if clients.is_empty() { String::new() } else { format!("There are {}.", all()) },
        )),
    }
}
