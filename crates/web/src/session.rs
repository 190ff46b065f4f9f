//! The session: a cookie that names it, and who is signed in with it. Every handler that shows anything takes one of these.

use crate::{faults::Stopped, said::Said, site::Site};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use desk::sign_in;
use kernel::{Instant, Reach};
use people::Secret;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::{convert::Infallible, ops::Deref};
use store::Clock;

/// The name of the cookie that holds the session's token.
pub const COOKIE: &str = desk::sign_in::SESSION_COOKIE;

/// Who is signed in, and what they were told last.
#[derive(Clone)]
pub(crate) struct SignedIn {
    who: sign_in::SignedIn,
    /// When their request came: what changes later, their page doesn't show yet.
    pub(crate) since: Instant,
    /// What the action before this page led to.
    pub(crate) said: Option<Said>,
}

impl SignedIn {
    /// What they may see.
    pub(crate) fn reach(&self) -> &Reach {
        &self.who.reach
    }
}

impl Deref for SignedIn {
    type Target = sign_in::SignedIn;

    fn deref(&self) -> &sign_in::SignedIn {
        &self.who
    }
}

/// An owner of the installation. For everybody else there is nothing here.
pub(crate) struct OwnerIn(pub(crate) SignedIn);

/// The token in a request's cookie.
pub(crate) fn token(headers: &HeaderMap) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|cookie| Secret::presented(cookie.value()))
}

/// Who sent these headers, if they are signed in.
pub(crate) async fn who(site: &Site, headers: &HeaderMap) -> Result<Option<SignedIn>, Stopped> {
    let Some(token) = token(headers) else { return Ok(None) };
    let since = Clock::System.now();
    let found = sign_in::who(&site.desk, &token).await?;
    Ok(found.map(|who| SignedIn { who, since, said: Said::of(headers) }))
}

/// What becomes of a request by somebody who isn't signed in.
pub(crate) enum Turned {
    /// They go somewhere else first.
    Away(Response),
    /// They are refused.
    Down(Stopped),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Away(response) => response,
            Self::Down(stopped) => stopped.into_response(),
        }
    }
}

impl From<Stopped> for Turned {
    fn from(stopped: Stopped) -> Self {
        Self::Down(stopped)
    }
}

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Turned> {
        match who(site, &parts.headers).await? {
            Some(signed_in) => Ok(signed_in),
            None => Err(turned(parts, site).await),
        }
    }
}

impl OptionalFromRequestParts<Site> for SignedIn {
    type Rejection = Stopped;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Option<Self>, Stopped> {
        who(site, &parts.headers).await
    }
}

impl FromRequestParts<Site> for OwnerIn {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Turned> {
        let signed_in = <SignedIn as FromRequestParts<Site>>::from_request_parts(parts, site).await?;
        if signed_in.reach().owns_installation() {
            Ok(Self(signed_in))
        } else {
            Err(Stopped::absent().into())
        }
    }
}

/// A page leads to the sign-in page and back; anything else is refused as it is.
async fn turned(parts: &Parts, site: &Site) -> Turned {
    match site.is_first_run().await {
        Err(fault) => return Turned::Down(fault.into()),
        Ok(true) => return Turned::Away(Redirect::to("/first-run").into_response()),
        Ok(false) => {}
    }
    let wants_page = parts.method == Method::GET && parts.uri.path() != "/live";
    if !wants_page {
        return Turned::Down(Stopped::sign_in_needed());
    }
    let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
    let then = utf8_percent_encode(here, NON_ALPHANUMERIC);
    let to = if here == "/" { "/sign-in".to_owned() } else { format!("/sign-in?then={then}") };
    Turned::Away(Redirect::to(&to).into_response())
}

/// How a request came to us.
pub(crate) struct Arrival {
    /// Over https, as far as a proxy in front says so.
    pub(crate) is_https: bool,
    /// The host that the browser named.
    pub(crate) host: String,
}

impl Arrival {
    /// From a request's headers. Whoever forges them only spoils their own cookie.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { is_https: text("x-forwarded-proto") == "https", host: text("host").to_owned() }
    }

    /// The whole address of one of our paths.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}://{}{path}", if self.is_https { "https" } else { "http" }, self.host)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Arrival {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// Gives the browser its session.
pub(crate) fn begin(token: &Secret, arrival: &Arrival, headers: &mut HeaderMap) {
    let seconds = sign_in::SESSION_FOR.as_secs();
    set(token.reveal(), seconds, arrival, headers);
}

/// Takes the session away from the browser.
pub(crate) fn end(arrival: &Arrival, headers: &mut HeaderMap) {
    set("", 0, arrival, headers);
}

fn set(value: &str, seconds: u64, arrival: &Arrival, headers: &mut HeaderMap) {
    let secure = if arrival.is_https { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    headers.extend(HeaderValue::try_from(cookie).map(|cookie| (header::SET_COOKIE, cookie)));
}
