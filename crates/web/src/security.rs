//! What every answer tells the browser to refuse: other sites' scripts, frames, sniffing; and what no cache may keep.

use crate::{assets, session::Arrival};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::sync::LazyLock;

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// What pages may load: our own files, and two things that stand in the page itself, vouched for by their hashes: the import map
/// and the style of Turbo's progress bar.
static PAGES: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self' {}; img-src 'self' data:; connect-src 'self'; \
         frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        assets::importmap_hash(),
        assets::TURBO_STYLE_HASH
    );
    HeaderValue::try_from(policy).expect("the policy is plain ASCII")
});

/// The policy of a file that somebody sent: it may do nothing at all.
pub(crate) const OF_FILES: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The policy of a mail in its frame.
pub(crate) const OF_MAILS: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// Adds to every answer what it doesn't say already.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let arrival = Arrival::of(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    unless_said(headers, header::CONTENT_SECURITY_POLICY, PAGES.clone());
    unless_said(headers, header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    unless_said(headers, header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE, HeaderValue::from_static("same-origin"));
    headers.insert(PERMISSIONS, HeaderValue::from_static(NOTHING));
    if arrival.is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// What of the machine our pages need: nothing.
const NOTHING: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

fn unless_said(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}
