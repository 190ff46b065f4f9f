//! The gallery: every part in every state, with invented people, inside the reader's own frame.

use super::{Answer, files, page};
use crate::{frame::Frame, gallery, mailroom::Pictures, session::SignedIn, site::Site, views::shell::Place};
use axum::{extract::State, response::Response};

/// The mail that stands in the gallery's frame.
const SAMPLE: &str = "<h2>Bestellung 4711</h2><p>Guten Tag,</p>\
    <p>auf der Rechnung steht die <b>alte Anschrift</b>. Bitte schicken Sie mir eine neue.</p>\
    <p><img src=\"https://post.example/siegel.png\" alt=\"Siegel\" width=\"40\" height=\"40\"></p>";

/// `GET /gallery`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    let frame = Frame::of(&site, &signed_in).await?;
    Ok(page(&gallery::gallery(frame.shell("Gallery", Place::Gallery)))?)
}

/// `GET /gallery/mail`: its remote image is never loaded, because nobody has it.
pub(crate) async fn mail(State(site): State<Site>, _: SignedIn) -> Response {
    files::in_a_frame(site.mailroom.frame(SAMPLE, Pictures { attached: &|_| None, remote: &|_| None }))
}
