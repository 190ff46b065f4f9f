//! What a form or an address says: fields by name, ids in a path. Whatever can't be read is refused like everything else.

use crate::faults::Stopped;
use axum::{
    Form, RequestExt,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
use desk::Stop;
use kernel::{Kind, Refused};
use serde::de::DeserializeOwned;

/// The fields of a form, in their order. A name may stand several times.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The field with this name; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Adds a field behind the others.
    pub(crate) fn add(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// Every field, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every field with this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The field with this name as what it names. One of ours is never wrong, so there is no kinder sentence than this one.
    pub(crate) fn one<T: std::str::FromStr>(&self, name: &str) -> Result<T, Stop> {
        self.text(name).parse().map_err(|_| unreadable())
    }
}

pub(crate) fn unreadable() -> Stop {
    let sentence = "A part of the form can't be read.";
    Refused::new(Kind::Invalid, "form.unreadable", sentence).hint("Load the page again and repeat it.").into()
}

fn too_large() -> Stop {
    let sentence = "This is more than a form may hold.";
    Refused::new(Kind::Invalid, "form.too_large", sentence)
        .hint("Shorten the text, or send it in parts.")
        .into()
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Stopped;

    async fn from_request(request: Request, _: &S) -> Result<Self, Stopped> {
        match request.extract::<Form<Vec<(String, String)>>, _>().await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(rejection) => match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Err(too_large().into()),
                _ => Err(unreadable().into()),
            },
        }
    }
}

/// Ids in a path. One that can't be read names nothing.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Stopped;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Stopped> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(Stopped::absent()),
        }
    }
}

/// What stands behind the question mark of an address.
pub(crate) struct Asked(pub(crate) Fields);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Stopped;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Stopped> {
        let asked = axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        Ok(Self(Fields(asked.map(|query| query.0).unwrap_or_default())))
    }
}
