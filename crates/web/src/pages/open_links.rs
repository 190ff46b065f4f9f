//! What anybody opens who was sent a link of ours in a letter: a file that was too large for it, the letter's own page, and the end of
//! automatic letters.

use super::{Answer, account::Neighbour, files::streamed, page, refuse};
use crate::{
    fields::{At, Fields},
    markdown,
    site::Site,
    views::{
        open_links::{SentReply, Unsubscription},
        shell::Flash,
    },
    words::language,
};
use axum::{extract::State, response::Response};
use cases::customer_words::customer_words;
use desk::{Stop, downloads, place, understanding, unsubscriptions};

/// `GET /downloads/{token}`
pub(crate) async fn download(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    let (file, reading) = downloads::fetch(&site.desk, &token).await?;
    Ok(streamed(&file.name, &file.media_type, reading))
}

/// `GET /replies/{token}`: looking changes nothing.
pub(crate) async fn reply(State(site): State<Site>, from: Neighbour, At(token): At<String>) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    Ok(draw_reply(&site, &token, None).await?)
}

/// `POST /replies/{token}/misunderstandings`
pub(crate) async fn not_understood(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
    form: Fields,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    let said = understanding::not_understood(&site.desk, &token, form.text("words")).await;
    match said {
        Ok(()) => Ok(draw_reply(&site, &token, None).await?),
        Err(stop) => refuse(stop, async |flash| draw_reply(&site, &token, flash).await).await,
    }
}

/// `POST /replies/{token}/place-requests`
pub(crate) async fn ask_for_place(
    State(site): State<Site>,
    from: Neighbour,
    At(token): At<String>,
) -> Answer {
    let _door = site.attempts.one_link(from.0).await?;
    place::pressed(&site.desk, &token).await?;
    Ok(draw_reply(&site, &token, None).await?)
}

async fn draw_reply(site: &Site, token: &str, flash: Option<Flash>) -> Result<Response, Stop> {
    let found = understanding::sent_reply(&site.desk, token).await?;
    let (original, original_language) = found.original.unzip();
    page(&SentReply {
        original: original.as_deref().map(markdown::html),
        original_language: original_language.as_ref().and_then(language),
        flash,
        client: found.client,
        words: customer_words(&found.language),
        language: language(&found.language),
        body_html: markdown::html(&found.text),
        is_not_understood: found.is_not_understood,
        is_place_asked: found.is_place_asked,
        token: token.to_owned(),
    })
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
