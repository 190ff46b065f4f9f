//! The handlers, one file for each page: they read what was sent, call one story, and fill one view.

pub(crate) mod account;
pub(crate) mod acting;
pub(crate) mod agreement;
pub(crate) mod approvals;
pub(crate) mod board;
pub(crate) mod case;
pub(crate) mod case_acts;
pub(crate) mod case_clocks;
pub(crate) mod client_words;
pub(crate) mod clients;
pub(crate) mod consents;
pub(crate) mod coverage_map;
pub(crate) mod departures;
pub(crate) mod doorstep;
pub(crate) mod engagements;
pub(crate) mod engine_permissions;
pub(crate) mod engines;
pub(crate) mod escalated;
pub(crate) mod escalation_parts;
pub(crate) mod escalations;
pub(crate) mod fetching;
pub(crate) mod files;
pub(crate) mod gallery;
pub(crate) mod hand_overs;
pub(crate) mod holidays;
pub(crate) mod inbox;
pub(crate) mod inbox_address;
pub(crate) mod invitations;
pub(crate) mod jobs;
pub(crate) mod kinship;
pub(crate) mod levels;
pub(crate) mod mailbox;
pub(crate) mod memory;
pub(crate) mod meter;
pub(crate) mod on_call;
pub(crate) mod open_links;
pub(crate) mod outgoing_mail;
pub(crate) mod outstanding;
pub(crate) mod parked;
pub(crate) mod participants;
pub(crate) mod people;
pub(crate) mod permits;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod places;
pub(crate) mod plainness;
pub(crate) mod postbox;
pub(crate) mod queue;
pub(crate) mod risk;
pub(crate) mod roster;
pub(crate) mod routings;
pub(crate) mod senders;
pub(crate) mod sending_domain_words;
pub(crate) mod sending_domains;
pub(crate) mod speakers;
pub(crate) mod terms;
pub(crate) mod terms_form;
pub(crate) mod thread;
pub(crate) mod translations;
pub(crate) mod understanding;
pub(crate) mod vendors;
pub(crate) mod wording;

use crate::{
    faults::{Stopped, status_of},
    said::{self, Said},
    views::shell::Flash,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use desk::Stop;
use kernel::{Fault, Kind};

/// What a handler answers.
pub(crate) type Answer = Result<Response, Stopped>;

/// A page.
pub(crate) fn page(view: &impl Template) -> Result<Response, Stop> {
    let html = view.render().map_err(|error| Fault::new(error.to_string()))?;
    Ok(Html(html).into_response())
}

/// Sends the browser to one of our pages, which then says so.
pub(crate) fn go(to: &str, said: Said) -> Response {
    let mut response = Redirect::to(to).into_response();
    said.on(to, response.headers_mut());
    response
}

/// Ends a form: what was done is said on the page that it leads to, what was refused is said on the same page again, with
/// everything that was typed. What doesn't exist, and what is ours to repair, is for [`crate::faults`].
pub(crate) async fn settle<T>(
    done: Result<T, Stop>,
    to: &str,
    said: Said,
    again: impl AsyncFnOnce(Option<Flash>) -> Result<Response, Stop>,
) -> Answer {
    match done {
        Ok(_) => Ok(go(to, said)),
        Err(stop) => refuse(stop, again).await,
    }
}

/// The same page again with the refusal above its form.
pub(crate) async fn refuse(
    stop: Stop,
    again: impl AsyncFnOnce(Option<Flash>) -> Result<Response, Stop>,
) -> Answer {
    match stop {
        Stop::Refused(refused) if refused.kind != Kind::NotFound => {
            let mut response = again(Some(said::refused(&refused))).await?;
            *response.status_mut() = form_status(refused.kind);
            Ok(response)
        }
        stop => Err(stop.into()),
    }
}

/// The status of a form that is shown again. Its reader is signed in, whatever else was wrong.
fn form_status(kind: Kind) -> StatusCode {
    match kind {
        Kind::SignInNeeded => StatusCode::UNPROCESSABLE_ENTITY,
        other => status_of(other),
    }
}
