//! What providers are asked: the address where people sign in, and the forms that ask for tokens (RFC 6749, RFC 7636).

use super::Endpoint;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::consents::{Application, Begun, Returned};
use engagements::consent::{Consent, Provider};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// What stands for itself in a form.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What we want to be allowed. The last words let the provider say who signed in.
fn scope(provider: Provider) -> &'static str {
    match provider {
        Provider::Google => "https://mail.google.com/ openid email",
        Provider::Microsoft => {
            "https://outlook.office.com/IMAP.AccessAsUser.All offline_access openid email profile"
        }
    }
}

/// Both providers ask each time: Google gives a lasting consent only then, and at Microsoft people are often signed in as somebody else.
fn manner(provider: Provider) -> [(&'static str, &'static str); 2] {
    match provider {
        Provider::Google => [("access_type", "offline"), ("prompt", "consent")],
        Provider::Microsoft => [("response_mode", "query"), ("prompt", "select_account")],
    }
}

/// The address to which whoever wants to sign in goes.
pub(super) fn address(endpoint: &Endpoint, begun: &Begun) -> String {
    let registration = &begun.registration;
    let provider = registration.provider;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(begun.verifier.as_bytes()));
    let asked = [
        ("response_type", "code"),
        ("client_id", &registration.client_id),
        ("redirect_uri", &begun.return_address),
        ("scope", scope(provider)),
        ("state", &begun.state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("login_hint", &begun.user),
    ];
    let asked = encoded(asked.into_iter().chain(manner(provider)));
    format!("{}?{asked}", endpoint.authorization.replace("{tenant}", &registration.tenant))
}

/// The form that exchanges a code.
pub(super) fn for_code(application: &Application, returned: &Returned, code: &str) -> String {
    encoded([
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &returned.return_address),
        ("code_verifier", &returned.verifier),
        ("client_id", &application.registration.client_id),
        ("client_secret", &application.secret),
    ])
}

/// The form that asks for an access token.
pub(super) fn for_consent(application: &Application, consent: &Consent) -> String {
    encoded([
        ("grant_type", "refresh_token"),
        ("refresh_token", &consent.refresh_token),
        ("client_id", &application.registration.client_id),
        ("client_secret", &application.secret),
    ])
}

fn encoded<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs =
        pairs.into_iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, ENCODED)));
    pairs.collect::<Vec<_>>().join("&")
}
