//! What anybody opens who was sent a link of ours in a letter: a file that was too large for it, and the end of automatic letters.

use super::{Answer, account::Neighbour, files::streamed, page};
use crate::{fields::At, site::Site, views::open_links::Unsubscription};
use axum::{extract::State, response::Response};
use desk::{Stop, downloads, unsubscriptions};

/// `GET /downloads/{token}`
pub(crate) async fn download(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    let (file, reading) = downloads::fetch(&site.desk, &token).await?;
    Ok(streamed(&file.name, &file.media_type, reading))
}

/// `GET /unsubscriptions/{token}`: mail programs look at links by themselves, so looking changes nothing.
pub(crate) async fn unsubscription(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    Ok(draw(&site, &token).await?)
}

/// `POST /unsubscriptions/{token}`: from the page, or from a mail program in one click (RFC 8058).
pub(crate) async fn unsubscribe(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    unsubscriptions::end(&site.desk, &token).await?;
    Ok(draw(&site, &token).await?)
}

async fn draw(site: &Site, token: &str) -> Result<Response, Stop> {
    let found = unsubscriptions::subscription(&site.desk, token).await?;
    page(&Unsubscription {
        flash: None,
        client: found.client,
        address: found.address.to_string(),
        is_over: found.ended_because.is_some(),
        token: token.to_owned(),
    })
}
