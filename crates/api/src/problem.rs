//! Problem details (RFC 9457): how the API says no.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Fault, Kind, Refused, Stop};
use serde::Serialize;

/// Why a request got no answer.
#[derive(Debug)]
pub struct Problem(Refused);

#[derive(Serialize)]
struct Shape<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
}

impl Problem {
    /// Nothing is there, or it isn't the asker's to see.
    pub fn not_found() -> Self {
        Self(cases::CaseRefusal::NotFound.into())
    }

    /// Nobody is signed in.
    pub fn sign_in_needed() -> Self {
        let hint = "Present a session's token as `Authorization: Bearer …`.";
        Self(Refused::new(Kind::SignInNeeded, "person.sign_in_needed", "Nobody is signed in.").hint(hint))
    }

    /// A parameter can't be read.
    pub fn unreadable(name: &str) -> Self {
        let sentence = format!("The parameter `{name}` can't be read.");
        Self(
            Refused::new(Kind::Invalid, "request.unreadable", sentence)
                .hint("The reference lists what it may be."),
        )
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refused) => Self(refused),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "a request failed");
        let sentence = "Something broke on our side. It was written to the log.";
        Self(Refused::new(Kind::Conflict, "fault", sentence).hint("Try again in a moment."))
    }
}

fn status(refused: &Refused) -> StatusCode {
    match refused.kind {
        _ if refused.code == "fault" => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::SignInNeeded => StatusCode::UNAUTHORIZED,
        Kind::NotAllowed => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = status(&self.0);
        let shape = Shape {
            r#type: format!("urn:dragoman:{}", self.0.code),
            title: &self.0.sentence,
            status: status.as_u16(),
            detail: &self.0.hint,
            code: self.0.code,
        };
        let headers =
            [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        (status, headers, Json(shape)).into_response()
    }
}
