//! What became of a mail, in sentences for a representative or for the owner.

use super::{Sent, Slows, relay::Route, slowing};
use crate::email::obstacles::{Kind, Obstacle, quote};
use kernel::EmailAddress;
use lettre::transport::smtp::{Error, response::Response};

/// No answer came.
pub(super) const TOO_SLOW: &str = "The outgoing mail server stopped answering. It will be tried again.";
/// An address needs what the server hasn't.
pub(super) const NO_SMTPUTF8: &str = "The outgoing mail server can't send to addresses with letters beyond a to z \
    (SMTPUTF8). Ask the recipient for another address, or the owner for another server.";
/// The mail needs what the server hasn't.
pub(super) const NO_8BITMIME: &str = "The outgoing mail server takes only plain ASCII text (it lacks 8BITMIME), and \
    this mail holds other letters. The owner should choose another server.";

/// A step of handing over a mail.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    /// MAIL.
    Sender,
    /// RCPT.
    Recipient(&'a EmailAddress),
    /// DATA and the mail itself.
    Mail,
}

/// What a failed step means.
pub(super) fn refusal(step: Step<'_>, error: &Error) -> Sent {
    let said = cause(error);
    let Some(code) = error.status().map(|code| code.to_string()) else {
        let said = Obstacle::behind(error, "").map_or(said, |obstacle| obstacle.clause);
        let because =
            format!("The connection to the outgoing mail server broke ({said}). It will be tried again.");
        return Sent::TryLater { because, slows: None };
    };
    // Codes of RFC 4954: they speak of our sign-in, not of this mail.
    if matches!(code.as_str(), "530" | "534" | "535" | "538") {
        let because = format!("The outgoing mail server wants a sign-in: {said}. {FOR_OWNER}");
        return Sent::TryLater { because, slows: Some(Slows::Server) };
    }
    let what = match step {
        Step::Sender => "the sender's address".to_owned(),
        Step::Recipient(address) => format!("the address {address}"),
        Step::Mail => "this mail".to_owned(),
    };
    if error.is_permanent() {
        Sent::Never { because: format!("The server refuses {what}: {said}.") }
    } else {
        Sent::TryLater {
            because: format!("The server doesn't take {what} now: {said}. It will be tried again."),
            slows: slowing::asked_for(step, &said),
        }
    }
}

const FOR_OWNER: &str = "The owner should check the settings of the outgoing mail server.";

/// Something stands between us and the server.
pub(super) fn obstructed(route: &Route, obstacle: &Obstacle) -> String {
    let Obstacle { kind, clause, next } = obstacle;
    let what = match kind {
        Kind::Network => format!("The outgoing mail server {route:?} can't be reached: {clause}"),
        Kind::Certificate => format!("The outgoing mail server {route:?} can't be trusted: {clause}"),
        Kind::Encryption => {
            format!("The connection to the outgoing mail server {route:?} can't be encrypted: {clause}")
        }
    };
    format!("{what}. The owner should {next}.")
}

/// No connection.
pub(super) fn unconnected(route: &Route, error: &Error) -> String {
    match Obstacle::behind(error, &route.host) {
        Some(obstacle) if error.status().is_none() => obstructed(route, &obstacle),
        _ => format!("The outgoing mail server {route:?} can't be reached: {}. {FOR_OWNER}", cause(error)),
    }
}

/// A connection, but not encrypted.
pub(super) fn unencrypted(route: &Route, error: &Error) -> String {
    match Obstacle::behind(error, &route.host) {
        Some(obstacle) if error.status().is_none() => obstructed(route, &obstacle),
        _ => format!(
            "The connection to the outgoing mail server {route:?} can't be encrypted: {}. {FOR_OWNER}",
            cause(error)
        ),
    }
}

/// A connection, but not signed in.
pub(super) fn not_signed_in(route: &Route, error: &Error) -> String {
    let said = cause(error);
    if error.is_permanent() {
        let advice = "The user name or the password is wrong; the owner should enter them again.";
        format!("The outgoing mail server {route:?} refuses the sign-in: {said}. {advice}")
    } else {
        format!("Signing in to the outgoing mail server {route:?} failed: {said}. {FOR_OWNER}")
    }
}

/// An answer to another question.
pub(super) fn out_of_step(response: &Response) -> String {
    let said = reply(response);
    format!("The outgoing mail server answered something unexpected ({said}). It will be tried again.")
}

/// An address that no server would understand.
pub(super) fn not_deliverable(address: &EmailAddress) -> String {
    format!(
        "No mail can be sent to or from {address}: it isn't a complete e-mail address. Please correct it."
    )
}

/// A server's words with their code.
pub(super) fn reply(response: &Response) -> String {
    let words = response.message().collect::<Vec<_>>().join(" ");
    quote(&format!("{} {words}", response.code()))
}

/// What lies behind an error: a server's words with their code, or what the library said.
fn cause(error: &Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let words = deepest.to_string();
    match error.status() {
        Some(code) => quote(&format!("{code} {words}")),
        None => quote(&words),
    }
}
