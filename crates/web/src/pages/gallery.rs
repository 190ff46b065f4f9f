//! The gallery: every part in every state, with invented people, inside the reader's own frame.

use super::{Answer, page};
use crate::{frame::Frame, gallery, session::SignedIn, site::Site, views::shell::Place};
use axum::extract::State;

/// `GET /gallery`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    let frame = Frame::of(&site, &signed_in).await?;
    Ok(page(&gallery::gallery(frame.shell("Gallery", Place::Gallery)))?)
}
