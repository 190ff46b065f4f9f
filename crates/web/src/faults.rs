//! From what went wrong to a page: a refusal says its sentence, a fault is logged once and shows a reference, and what
//! doesn't exist looks exactly like what isn't the reader's to see.

use crate::{
    frame::Frame,
    session,
    site::Site,
    views::{
        faults::{FaultInside, FaultOutside, Trouble},
        shell::Place,
    },
};
use askama::Template;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use desk::Stop;
use kernel::{EventId, Fault, Kind, Refused};
use people::PeopleRefusal;
use std::{any::Any, sync::Arc};

/// A story that stopped, on its way to becoming a page.
#[derive(Clone)]
pub(crate) struct Stopped(Arc<Stop>);

impl Stopped {
    /// Nothing is here, or nothing that this person may see.
    pub(crate) fn absent() -> Self {
        PeopleRefusal::NotFound.into()
    }

    /// Nobody is signed in.
    pub(crate) fn sign_in_needed() -> Self {
        let sentence = "You are not signed in any more.";
        Refused::new(Kind::SignInNeeded, "session.ended", sentence).hint("Sign in and do it again.").into()
    }
}

impl<S: Into<Stop>> From<S> for Stopped {
    fn from(stop: S) -> Self {
        Self(Arc::new(stop.into()))
    }
}

impl IntoResponse for Stopped {
    fn into_response(self) -> Response {
        let status = match &*self.0 {
            Stop::Refused(refused) => status_of(refused.kind),
            Stop::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status that says what kind of refusal it is.
pub(crate) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::SignInNeeded => StatusCode::UNAUTHORIZED,
        Kind::NotAllowed => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

/// Makes a page of every answer that says what went wrong and nothing else.
pub(crate) async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let stopped = response.extensions().get::<Stopped>().cloned();
    let bare = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind == PLAIN);
    match stopped {
        Some(stopped) => page(&site, &headers, response.status(), trouble(&stopped, &route)).await,
        None if bare && response.status().as_u16() >= 400 => {
            let trouble = bare_trouble(response.status());
            page(&site, &headers, response.status(), trouble).await
        }
        None => response,
    }
}

/// What axum answers by itself is plain text; nothing of ours is.
const PLAIN: &str = "text/plain; charset=utf-8";

fn trouble(stopped: &Stopped, route: &str) -> Trouble {
    match &*stopped.0 {
        Stop::Refused(refused) if refused.kind == Kind::NotFound => Trouble::Absent,
        Stop::Refused(refused) => Trouble::Refusal {
            code: refused.code.to_owned(),
            sentence: refused.sentence.clone(),
            hint: (!refused.hint.is_empty()).then(|| refused.hint.clone()),
        },
        Stop::Fault(fault) => Trouble::Fault { reference: log(fault, route) },
    }
}

/// Logs a fault and answers what the person can quote.
fn log(fault: &Fault, route: &str) -> String {
    let id = store::fresh::<EventId>().to_string();
    let reference = id.get(20..).unwrap_or_default().to_owned();
    tracing::error!(%fault, reference, route, "a page couldn't be made");
    reference
}

fn bare_trouble(status: StatusCode) -> Trouble {
    let refusal = |code: &str, sentence: &str, hint: &str| Trouble::Refusal {
        code: code.to_owned(),
        sentence: sentence.to_owned(),
        hint: Some(hint.to_owned()),
    };
    match status {
        StatusCode::FORBIDDEN => refusal(
            "request.cross_site",
            "This was sent from another site, so it was refused.",
            "Do it from a page of this installation.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => refusal(
            "request.wrong_method",
            "This address only takes what a form sends.",
            "Go back to the page before and use its buttons.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => refusal(
            "request.too_slow",
            "This took too long and was given up.",
            "Try again in a moment; the installation may be very busy.",
        ),
        _ => Trouble::Absent,
    }
}

/// A handler that panicked is a fault like any other.
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().cloned();
    let words = words.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
    let words = words.unwrap_or_else(|| "nobody knows why".to_owned());
    Stopped::from(Fault::new(format!("a handler panicked: {words}"))).into_response()
}

async fn page(site: &Site, headers: &HeaderMap, status: StatusCode, trouble: Trouble) -> Response {
    let inside = inside(site, headers, trouble.clone()).await;
    let html = match inside {
        Some(html) => Ok(html),
        None => FaultOutside { trouble }.render(),
    };
    let html = html.unwrap_or_else(|_| "Something broke on our side.".to_owned());
    (status, Html(html)).into_response()
}

/// The page inside the reader's own frame; none for strangers, or when the frame is what is broken.
async fn inside(site: &Site, headers: &HeaderMap, trouble: Trouble) -> Option<String> {
    let signed_in = session::who(site, headers).await.ok()??;
    let frame = Frame::of(site, &signed_in).await.ok()?;
    let shell = frame.shell("Not possible", Place::Elsewhere);
    FaultInside { shell, trouble }.render().ok()
}
