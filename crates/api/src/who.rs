//! Not a rule: who asks, read from the request and the store.

use crate::Problem;
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use desk::{Desk, sign_in};
use kernel::Reach;
use people::Secret;

/// The person who asks.
pub struct Who {
    /// What they may see.
    pub reach: Reach,
}

impl<S: Send + Sync> FromRequestParts<S> for Who
where
    Desk: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let desk = Desk::from_ref(state);
        let token = bearer(parts).or_else(|| cookie(parts)).ok_or_else(Problem::sign_in_needed)?;
        let signed_in = sign_in::who(&desk, &Secret::presented(&token)).await?;
        Ok(Self { reach: signed_in.ok_or_else(Problem::sign_in_needed)?.reach })
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|token| token.trim().to_owned())
}

fn cookie(parts: &Parts) -> Option<String> {
    let headers = parts.headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut cookies =
        headers.flat_map(|value| value.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| *name == sign_in::SESSION_COOKIE).map(|(_, value)| value.to_owned())
}
