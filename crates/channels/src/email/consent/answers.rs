//! What providers answer: tokens, or why there are none (RFC 6749, 5; OpenID Connect Core 1.0, 2).

use super::NoToken;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use std::time::Duration;

/// How long a token is taken to be good when the provider doesn't say.
const GOOD_FOR: u64 = 10 * 60;

/// What was granted.
#[derive(PartialEq, Eq)]
pub(super) struct Granted {
    pub(super) access_token: String,
    /// How long to use it: a tenth is left, so that it doesn't run out under way.
    pub(super) good_for: Duration,
    pub(super) refresh_token: Option<String>,
    /// Who signed in; empty when that isn't said.
    pub(super) given_by: String,
}

/// Reads an answer.
pub(super) fn read(status: u16, body: &[u8]) -> Result<Granted, NoToken> {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    if status == 429 || status >= 500 {
        return Err(NoToken::Unreachable(format!("it answers {status}")));
    }
    if let Some(code) = said["error"].as_str() {
        return Err(refused(code, said["error_description"].as_str().unwrap_or_default()));
    }
    let text = |name: &str| said[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let Some(access_token) = text("access_token").filter(|_| status == 200) else {
        return Err(NoToken::Unreachable(format!("it answers {status}, and not as agreed")));
    };
    let seconds = &said["expires_in"];
    let seconds = seconds.as_u64().or_else(|| seconds.as_str()?.parse().ok()).unwrap_or(GOOD_FOR);
    Ok(Granted {
        access_token,
        good_for: Duration::from_secs(seconds / 10 * 9),
        refresh_token: text("refresh_token"),
        given_by: said["id_token"].as_str().and_then(given_by).unwrap_or_default(),
    })
}

/// `code` is one of RFC 6749, 5.2, or one of the providers' own.
fn refused(code: &str, said: &str) -> NoToken {
    let words = if said.is_empty() { code } else { said };
    match code {
        "invalid_grant" | "interaction_required" | "consent_required" | "login_required" => {
            NoToken::Revoked(words.to_owned())
        }
        "temporarily_unavailable" | "server_error" | "slow_down" => NoToken::Unreachable(words.to_owned()),
        _ => NoToken::Refused(words.to_owned()),
    }
}

/// The address in an ID token. It came from the provider itself over TLS, so its signature needn't be checked (3.1.3.7).
fn given_by(token: &str) -> Option<String> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let named = ["email", "preferred_username", "upn"].into_iter().find_map(|name| claims[name].as_str())?;
    let is_plain = named.len() <= 320 && !named.contains(char::is_control);
    is_plain.then(|| named.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expected: Result<(&str, u64, Option<&str>, &str), &str>) {
        let read = read(status, body.as_bytes()).map_err(|refused| refused.name());
        let read = read.as_ref().map(|granted| {
            let lasting = granted.refresh_token.as_deref();
            (granted.access_token.as_str(), granted.good_for.as_secs(), lasting, granted.given_by.as_str())
        });
        assert_eq!(read.map_err(|name| *name), expected, "{status} {body}");
    }

    #[test]
    fn answers_are_read() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"1","email":"ana@aurora.example"}"#);
        let whole = format!(
            r#"{{"access_token":"a","expires_in":3600,"refresh_token":"r","id_token":"h.{claims}.s"}}"#
        );
        check(200, &whole, Ok(("a", 3240, Some("r"), "ana@aurora.example")));
        check(200, r#"{"access_token":"a","expires_in":"100"}"#, Ok(("a", 90, None, "")));
        check(200, r#"{"access_token":"a","id_token":"no.token"}"#, Ok(("a", 540, None, "")));
        check(200, r#"{"access_token":""}"#, Err("unreachable"));
        check(200, "<html>", Err("unreachable"));
        check(
            400,
            r#"{"error":"invalid_grant","error_description":"Token has been revoked."}"#,
            Err("revoked"),
        );
        check(401, r#"{"error":"invalid_client"}"#, Err("refused"));
        check(400, r#"{"error":"temporarily_unavailable"}"#, Err("unreachable"));
        check(503, r#"{"error":"invalid_grant"}"#, Err("unreachable"));
        check(302, "", Err("unreachable"));
    }
}
