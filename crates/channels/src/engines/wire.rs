//! Asking over HTTP: JSON there, JSON back, and for whatever else comes a trouble of its own. Nothing is followed to another address,
//! and no more is read than an answer can have.

use desk::saying::Called;
use language::translation::Trouble;
use reqwest::{
    Client, RequestBuilder, Response, StatusCode,
    header::{HeaderMap, RETRY_AFTER},
    redirect,
};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use url::Url;

/// An answer is shorter than this.
const LARGEST: usize = 8 * 1024 * 1024;
/// An engine's own words about what is wrong are cut to this many characters.
const LONGEST_QUOTE: usize = 160;

/// Connections to engines.
#[derive(Clone)]
pub(super) struct Wire(Client);

impl Wire {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider has these versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent("Dragoman")
            .pool_max_idle_per_host(4)
            .build()?;
        Ok(Self(client))
    }

    /// A GET below the engine's address.
    pub(super) fn get(&self, called: &Called, path: &str) -> Result<RequestBuilder, Trouble> {
        Ok(self.0.get(below(called, path)?))
    }

    /// A POST of JSON below the engine's address.
    pub(super) fn post(&self, called: &Called, path: &str, body: &Value) -> Result<RequestBuilder, Trouble> {
        let asked = self.0.post(below(called, path)?);
        Ok(asked.header("content-type", "application/json").body(body.to_string()))
    }
}

fn below(called: &Called, path: &str) -> Result<Url, Trouble> {
    let base = Url::parse(&called.address).ok();
    base.and_then(|base| base.join(path).ok()).ok_or(Trouble::Unreachable)
}

/// Asks, and reads the answer within the time that the engine is given.
pub(super) async fn answer(called: &Called, asked: RequestBuilder) -> Result<Value, Trouble> {
    let read = async {
        let response = asked.send().await.map_err(|error| lost(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response).await?;
        if !status.is_success() {
            return Err(refused(status, &headers, &body));
        }
        serde_json::from_slice(&body).map_err(|_| Trouble::Garbled(no_json(&body).to_owned()))
    };
    let within = called.within;
    tokio::time::timeout(within, read).await.unwrap_or(Err(Trouble::Silent { within }))
}

fn lost(error: &reqwest::Error) -> Trouble {
    if error.is_connect() {
        Trouble::Unreachable
    } else {
        Trouble::Garbled("the connection broke before it was whole".to_owned())
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() > LARGEST => return Err(Trouble::TooLarge),
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Ok(None) => return Ok(body),
            Err(error) => return Err(lost(&error)),
        }
    }
}

fn no_json(body: &[u8]) -> &'static str {
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace());
    match start.map(|at| body[at]) {
        None => "it is empty",
        Some(b'<') => "it is a web page",
        Some(b'{' | b'[') => "it breaks off or is no JSON",
        Some(_) => "it is no JSON",
    }
}

/// What a status means. 456 is DeepL's own for a quota that is used up, and OpenAI says so with 429 and a word.
fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Trouble {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = said["error"]["code"].as_str().or_else(|| said["error"]["type"].as_str()).unwrap_or_default();
    match status.as_u16() {
        401 | 403 => Trouble::WrongKey,
        402 | 456 => Trouble::QuotaUsed,
        429 if code == "insufficient_quota" => Trouble::QuotaUsed,
        429 => Trouble::TooOften { rest: rest(headers) },
        300..=399 => Trouble::Garbled("it leads to another address, which isn't followed".to_owned()),
        500..=599 => Trouble::Failing { status: status.as_u16() },
        status => Trouble::Refused { status, said: words(&said) },
    }
}

/// Seconds; a date is left out.
fn rest(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// What an engine says is wrong, in one line.
fn words(said: &Value) -> String {
    let places = [&said["error"]["message"], &said["error"], &said["message"], &said["detail"]];
    let words = places.into_iter().find_map(Value::as_str).unwrap_or_default();
    let plain: String =
        words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_QUOTE).collect();
    plain.trim().trim_end_matches('.').to_owned()
}
