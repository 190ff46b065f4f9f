//! Files of a case as downloads, pictures, and the framed original of a mail. What somebody sent is never a page of ours.

use super::{Answer, thread::SAFE_PICTURES};
use crate::{
    fields::{Asked, At},
    mailroom::{Pictures, RemoteImages},
    security,
    session::SignedIn,
    site::Site,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use cases::CaseRefusal;
use desk::files;
use futures_util::{TryStreamExt, stream};
use kernel::{CaseId, Fault, MessageId};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::Reading;

/// `GET /cases/{case}/messages/{message}/files/{position}`
pub(crate) async fn download(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((case, message, position)): At<(CaseId, MessageId, i64)>,
) -> Answer {
    let found = files::open_attachment(&site.desk, signed_in.reach(), case, message, position).await?;
    let (file, reading) = found;
    Ok(streamed(&file.name, &file.media_type, reading))
}

/// `GET /cases/{case}/messages/{message}/pictures/{position}`: inside a page, so only what browsers show without risk.
pub(crate) async fn picture(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((case, message, position)): At<(CaseId, MessageId, i64)>,
) -> Answer {
    let (file, bytes) = files::attachment(&site.desk, signed_in.reach(), case, message, position).await?;
    let kind = SAFE_PICTURES.into_iter().find(|kind| *kind == file.media_type);
    let kind = kind.ok_or(CaseRefusal::NotFound)?;
    Ok(answered(kind, security::OF_FILES, "private, max-age=3600", Body::from(bytes)))
}

/// `GET /cases/{case}/messages/{message}/raw`
pub(crate) async fn raw(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((case, message)): At<(CaseId, MessageId)>,
) -> Answer {
    let bytes = files::raw(&site.desk, signed_in.reach(), case, message).await?;
    Ok(as_download(&format!("mail-{message}.eml"), "message/rfc822", bytes))
}

/// `GET /cases/{case}/messages/{message}/html`
pub(crate) async fn framed(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((case, message)): At<(CaseId, MessageId)>,
    Asked(asked): Asked,
) -> Answer {
    let (html, files) = files::html(&site.desk, signed_in.reach(), case, message).await?;
    let here = format!("/cases/{case}/messages/{message}");
    let attached = |content_id: &str| {
        let file = files.iter().find(|file| file.content_id.as_deref() == Some(content_id))?;
        let is_safe = SAFE_PICTURES.contains(&file.media_type.as_str());
        is_safe.then(|| format!("{here}/pictures/{}", file.position))
    };
    let wanted = asked.text("images") == "shown" && site.mailroom.remote_images() == RemoteImages::Fetched;
    let remote = |position: usize| wanted.then(|| format!("{here}/remote-pictures/{position}"));
    Ok(in_a_frame(site.mailroom.frame(&html, Pictures { attached: &attached, remote: &remote })))
}

/// `GET /cases/{case}/messages/{message}/remote-pictures/{position}`: a picture that a mail of this case names on another server. Whose
/// address isn't in the mail can't be asked for.
pub(crate) async fn remote_picture(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((case, message, position)): At<(CaseId, MessageId, usize)>,
) -> Answer {
    if site.mailroom.remote_images() == RemoteImages::Off {
        return Err(CaseRefusal::NotFound.into());
    }
    let (html, _) = files::html(&site.desk, signed_in.reach(), case, message).await?;
    Ok(match site.mailroom.fetch_picture(&html, position).await {
        Some(found) => answered(found.kind, security::OF_FILES, "private, max-age=3600", found.bytes.into()),
        // Without bytes the browser shows the picture's description.
        None => (StatusCode::BAD_GATEWAY, as_download("", "", Vec::new())).into_response(),
    })
}

/// A page that may stand in a frame of ours, and may do nothing there.
pub(crate) fn in_a_frame(framed: String) -> Response {
    let mut response = Html(framed).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(security::OF_MAILS));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A file to keep, under its own name.
pub(crate) fn as_download(name: &str, media_type: &str, content: impl Into<Body>) -> Response {
    let mut response =
        answered(harmless(media_type), security::OF_FILES, "private, no-store", content.into());
    if let Ok(value) = HeaderValue::try_from(disposition(name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The same, read while it is sent. What can't be read to its end is cut off, which browsers tell by its length.
pub(crate) fn streamed(name: &str, media_type: &str, reading: Reading) -> Response {
    let size = reading.size();
    let pieces = stream::try_unfold(reading, |mut reading| async move {
        let read = tokio::task::spawn_blocking(move || (reading.next_piece(), reading)).await;
        let (piece, reading) = read.map_err(Fault::new)?;
        Ok::<_, Fault>(piece.map_err(Fault::from)?.map(|piece| (piece, reading)))
    });
    let pieces = pieces.inspect_err(|fault| tracing::error!(%fault, "a file can't be read to its end"));
    let mut response = as_download(name, media_type, Body::from_stream(pieces));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    response
}

fn answered(kind: &str, policy: &'static str, cache: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: HeaderValue| headers.insert(name, value);
    let octets = HeaderValue::from_static("application/octet-stream");
    say(header::CONTENT_TYPE, HeaderValue::try_from(kind).unwrap_or(octets));
    say(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    say(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// What a sender calls a file is a claim. What a browser would run is called bytes.
fn harmless(media_type: &str) -> &str {
    let runs = ["html", "xml", "svg", "script", "flash", "java"];
    let word = |part: &str| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-');
        !part.is_empty() && part.bytes().all(fits)
    };
    let known = media_type.split_once('/').is_some_and(|(kind, part)| word(kind) && word(part));
    let risky = runs.iter().any(|word| media_type.to_ascii_lowercase().contains(word));
    if known && !risky { media_type } else { "application/octet-stream" }
}

/// What may stand unencoded in the long form of a file's name (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// `attachment` with the name twice: in ASCII for old programs, and in full.
fn disposition(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).take(150).collect();
    let name = if name.trim().is_empty() { "file".to_owned() } else { name };
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::{disposition, harmless};

    #[test]
    fn names_of_files_stay_inside_their_header() {
        let check = |name: &str, expected: &str| assert_eq!(disposition(name), expected);
        check("plan.pdf", "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf");
        check("a\"b;\r\nc", "attachment; filename=\"a_b_c\"; filename*=UTF-8''a%22b%3Bc");
        check(
            "žemėlapis.png",
            "attachment; filename=\"_em_lapis.png\"; filename*=UTF-8''%C5%BEem%C4%97lapis.png",
        );
        check("", "attachment; filename=\"file\"; filename*=UTF-8''file");
    }

    #[test]
    fn what_browsers_would_run_is_called_bytes() {
        let check = |claimed: &str, told: &str| assert_eq!(harmless(claimed), told, "{claimed}");
        check("application/pdf", "application/pdf");
        check("text/HTML", "application/octet-stream");
        check("image/svg+xml", "application/octet-stream");
        check("text/plain; charset=x", "application/octet-stream");
        check("nonsense", "application/octet-stream");
    }
}
