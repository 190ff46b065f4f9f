//! A call as a message to a program: JSON, signed with HMAC-SHA256 over the second at which it was sent and the body.

use super::answered;
use desk::paging::calling::Call;
use kernel::Instant;
use reqwest::Client;
use ring::hmac;
use serde_json::json;

/// The header with the second and the signature.
pub(super) const SIGNATURE: &str = "dragoman-signature";

/// Sends it; why it wasn't taken, where it wasn't.
pub(super) async fn send(client: &Client, call: &Call, now: Instant) -> Result<(), String> {
    let body = body(call);
    let second = now.timestamp().as_second();
    let signature = signature(&call.secret, second, &body);
    let asked = client
        .post(&call.address)
        .header("content-type", "application/json")
        .header(SIGNATURE, format!("t={second},v1={signature}"))
        .body(body);
    answered(asked).await
}

fn body(call: &Call) -> String {
    let said = &call.said;
    json!({
        "event": "page.called",
        "page": call.page.to_string(),
        "case": said.reference,
        "client": said.client,
        "level": said.level,
        "person": call.name,
        "because": said.because,
        "begun_at": said.begun_at.to_string(),
        "acknowledge": said.link,
    })
    .to_string()
}

/// HMAC-SHA256 in hex digits, of `second.body`.
pub(super) fn signature(secret: &str, second: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = hmac::sign(&key, format!("{second}.{body}").as_bytes());
    signed.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
