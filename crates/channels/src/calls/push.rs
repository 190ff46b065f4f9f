//! A call as a message to a browser, by its push service (RFC 8030), which knows us by a key of ours (RFC 8292).

use super::{
    answered,
    sealing::{Known, LONGEST, sealed},
};
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use desk::{
    Desk,
    paging::calling::{self, Call},
};
use kernel::{Fault, Instant};
use reqwest::Client;
use ring::{
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde::Deserialize;
use serde_json::json;
use url::Url;

/// How long a push service keeps a message for a browser that is away: the next level is called by then.
const KEPT_FOR: u32 = 600;
/// How long a push service may trust our word; at most a day.
const TRUSTED_FOR: i64 = 12 * 3_600;

/// The key by which push services know this installation.
pub struct PushKey {
    pair: EcdsaKeyPair,
    subject: String,
}

/// There is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPush;

/// What a browser hands out for itself.
#[derive(Deserialize)]
struct BrowserKeys {
    p256dh: String,
    auth: String,
}

impl PushKey {
    /// The installation's key, made where there is none.
    ///
    /// # Errors
    /// A fault when the database can't be reached or there is no randomness.
    pub async fn of(desk: &Desk) -> Result<Self, Fault> {
        let random = SystemRandom::new();
        let broken = |_| Fault::new("there is no randomness for a key");
        let fresh =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).map_err(broken)?;
        let kept = calling::push_key(desk, BASE64_STANDARD.encode(fresh.as_ref())).await?;
        let bytes = BASE64_STANDARD.decode(kept).map_err(Fault::new)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &random);
        let pair = pair.map_err(|_| Fault::new("the key for browsers is no key"))?;
        let subject = match desk.public_address.as_deref() {
            Some(address) if address.starts_with("https://") => address.to_owned(),
            _ => "mailto:nobody@localhost".to_owned(),
        };
        Ok(Self { pair, subject })
    }

    /// Its public half, as browsers want it.
    pub fn public(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// What a push service is told: who we are, signed, and for how long that holds.
    fn authorization(&self, service: &Url, now: Instant) -> Result<String, NoPush> {
        let part = |value: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let expires = now.timestamp().as_second() + TRUSTED_FOR;
        let audience = service.origin().ascii_serialization();
        let claims = json!({ "aud": audience, "exp": expires, "sub": self.subject });
        let said = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
        let signed = self.pair.sign(&SystemRandom::new(), said.as_bytes()).map_err(|_| NoPush)?;
        Ok(format!("vapid t={said}.{}, k={}", BASE64_URL_SAFE_NO_PAD.encode(signed), self.public()))
    }
}

/// Sends it; why it wasn't taken, where it wasn't.
pub(super) async fn send(client: &Client, key: &PushKey, call: &Call, now: Instant) -> Result<(), String> {
    let (service, keys) = match (Url::parse(&call.address), serde_json::from_str(&call.secret)) {
        (Ok(service), Ok(keys)) => (service, keys),
        _ => return Err("The browser’s keys can’t be read. Add this browser again.".to_owned()),
    };
    let unsealed = |_| "The message can’t be sealed for this browser. Add it again.".to_owned();
    let body = body(&keys, &words(call)).map_err(unsealed)?;
    let asked = client
        .post(service.clone())
        .header("authorization", key.authorization(&service, now).map_err(unsealed)?)
        .header("content-encoding", "aes128gcm")
        .header("content-type", "application/octet-stream")
        .header("ttl", KEPT_FOR.to_string())
        .header("urgency", "high")
        .body(body);
    answered(asked).await
}

/// What the browser shows. No word of the customer's.
fn words(call: &Call) -> Vec<u8> {
    let said = &call.said;
    let because: String = said.because.chars().take(500).collect();
    json!({
        "title": format!("On call: {} ({})", said.reference, said.client),
        "body": format!("Level {}. {because}.", said.level),
        "tag": call.page.to_string(),
        "url": said.link.as_deref().unwrap_or("/on-call"),
    })
    .to_string()
    .into_bytes()
}

fn body(keys: &BrowserKeys, words: &[u8]) -> Result<Vec<u8>, NoPush> {
    let decoded = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| NoPush);
    let (browser, auth) = (decoded(&keys.p256dh)?, decoded(&keys.auth)?);
    if words.len() > LONGEST {
        return Err(NoPush);
    }
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(|_| NoPush)?;
    let ours = own.compute_public_key().map_err(|_| NoPush)?;
    let mut salt = [0; 16];
    random.fill(&mut salt).map_err(|_| NoPush)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &browser);
    let sealing = |agreed: &[u8]| {
        sealed(&Known { agreed, browser: &browser, ours: ours.as_ref(), auth: &auth, salt }, words)
    };
    agree_ephemeral(own, &theirs, sealing).map_err(|_| NoPush)?.map_err(|_| NoPush)
}
