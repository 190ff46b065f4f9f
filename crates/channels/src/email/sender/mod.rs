//! Sending mail through one configured server (RFC 5321, RFC 6409), and saying plainly what became of it.
//!
//! The steps are taken one by one rather than through the library's own `send`, because only so it is known *which* step
//! was refused, and a mail to several people can go to those whose addresses are good.

mod connecting;
mod dsn;
mod relay;
mod sentences;
mod slowing;
#[cfg(test)]
mod tests;

pub use relay::{Credentials, NoRelay, Relay, Security};

use cases::pace::Slows;
use connecting::Line;
use kernel::EmailAddress;
use lettre::{
    Address,
    transport::smtp::{
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use relay::Route;
use sentences::Step;
use std::{borrow::Cow, sync::Mutex, time::Duration};
use tokio::time::{Instant, timeout};

/// How long one command may take.
const COMMAND_WITHIN: Duration = Duration::from_secs(30);
/// How long the mail itself may take with its last reply. Giving up here risks sending it twice, so it is long.
const MAIL_WITHIN: Duration = Duration::from_secs(5 * 60);

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The server answers for it now.
    Accepted {
        /// What the server said.
        reply: String,
        /// The server, by the name in its greeting.
        by: String,
        /// Recipients that the server will never take; the others get the mail.
        left_out: Vec<LeftOut>,
    },
    /// Nobody got it; the same mail may be tried again.
    TryLater {
        /// Why, in a sentence for a person.
        because: String,
        /// What had better be left alone for a while.
        slows: Option<Slows>,
    },
    /// Nobody will get it, however often it is tried.
    Never {
        /// Why, in a sentence for a person.
        because: String,
    },
}

/// A recipient who won't get a mail that others get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Who.
    pub address: EmailAddress,
    /// Why, in a sentence for a person.
    pub because: String,
}

/// Sends through one server, and keeps its connections for the next mail.
#[derive(Debug)]
pub struct Sender {
    route: Route,
    idle: Mutex<Vec<Idle>>,
}

/// A connection that waits for the next mail.
struct Idle {
    line: Line,
    since: Instant,
}

impl Sender {
    /// A sender through this server. Nothing is connected yet.
    ///
    /// # Errors
    /// See [`NoRelay`].
    pub fn new(relay: Relay) -> Result<Self, NoRelay> {
        Ok(Self { route: Route::to(relay)?, idle: Mutex::default() })
    }

    /// Sends one mail, which must be whole with its headers. It is sent to everybody or to nobody, except those
    /// whose addresses the server will never take. When it takes some addresses only later, nobody gets it now: a
    /// second attempt would reach the others twice.
    ///
    /// A server that knows delivery reports (RFC 3461) is asked for those of failures and delays, and told `id`, the mail's Message-ID,
    /// so that they name it.
    pub async fn send(&self, from: &EmailAddress, to: &[EmailAddress], id: &str, bytes: &[u8]) -> Sent {
        let mail = match Letter::new(from, to, id, bytes) {
            Ok(mail) => mail,
            Err(sent) => return sent,
        };
        let mut line = match self.connection().await {
            Ok(line) => line,
            Err(because) => return Sent::TryLater { because, slows: Some(Slows::Server) },
        };
        let outcome = converse(&mut line, &mail).await;
        let (sent, is_usable) = match outcome {
            Ok(sent) => (sent, true),
            Err(stopped) => (stopped.sent, stopped.is_answered && reset(&mut line.connection).await),
        };
        if is_usable {
            self.keep(line);
        }
        sent
    }

    /// Connects, encrypts and signs in, as a mail would, and says what is wrong with that.
    ///
    /// # Errors
    /// The sentence for the owner.
    pub async fn check(&self) -> Result<(), String> {
        let line = self.connection().await?;
        self.keep(line);
        Ok(())
    }
}

/// A mail that is ready to be dictated.
struct Letter<'a> {
    from: Address,
    to: Vec<(&'a EmailAddress, Address)>,
    id: &'a str,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Letter<'a> {
    fn new(from: &EmailAddress, to: &'a [EmailAddress], id: &'a str, bytes: &'a [u8]) -> Result<Self, Sent> {
        let read = |address: &EmailAddress| {
            let unreadable = || Sent::Never { because: sentences::not_deliverable(address) };
            address.as_str().parse::<Address>().map_err(|_| unreadable())
        };
        if to.is_empty() {
            return Err(Sent::Never { because: "This mail has no recipient.".to_owned() });
        }
        let from = read(from)?;
        let to = to.iter().map(|address| Ok((address, read(address)?))).collect::<Result<_, _>>()?;
        Ok(Self { from, to, id, bytes: with_line_ends(bytes) })
    }

    fn parameters(&self, line: &Line) -> Result<Vec<MailParameter>, Sent> {
        let offers = |extension| line.connection.server_info().supports_feature(extension);
        let mut parameters = Vec::new();
        let addresses = self.to.iter().map(|(_, address)| address).chain([&self.from]);
        if !addresses.map(AsRef::<str>::as_ref).all(str::is_ascii) {
            if !offers(Extension::SmtpUtfEight) {
                return Err(Sent::Never { because: sentences::NO_SMTPUTF8.to_owned() });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !self.bytes.is_ascii() {
            if !offers(Extension::EightBitMime) {
                return Err(Sent::Never { because: sentences::NO_8BITMIME.to_owned() });
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        if line.offers_reports {
            parameters.extend(dsn::of_mail(self.id));
        }
        Ok(parameters)
    }
}

/// A mail that wasn't accepted.
struct Stopped {
    sent: Sent,
    /// Whether the server answered, so that the connection can be used again.
    is_answered: bool,
}

async fn converse(line: &mut Line, letter: &Letter<'_>) -> Result<Sent, Stopped> {
    let parameters = letter.parameters(line).map_err(|sent| Stopped { sent, is_answered: true })?;
    let mail = Mail::new(Some(letter.from.clone()), parameters);
    expect(Step::Sender, 250, timeout(COMMAND_WITHIN, line.connection.command(mail)).await)?;
    let left_out = name_recipients(line, letter).await?;
    let connection = &mut line.connection;
    expect(Step::Mail, 354, timeout(COMMAND_WITHIN, connection.command(Data)).await)?;
    // The library adds the line end before the last dot; without this, the mail would grow by an empty line.
    let bytes = letter.bytes.strip_suffix(b"\r\n").unwrap_or(&letter.bytes);
    let reply = expect(Step::Mail, 250, timeout(MAIL_WITHIN, connection.message(bytes)).await)?;
    let by = connection.server_info().name().to_owned();
    Ok(Sent::Accepted { reply: sentences::reply(&reply), by, left_out })
}

/// Names the recipients. Stops if one of them is only refused for now, or if none is taken.
async fn name_recipients(line: &mut Line, letter: &Letter<'_>) -> Result<Vec<LeftOut>, Stopped> {
    let mut left_out = Vec::new();
    for (address, written) in &letter.to {
        let reports = if line.offers_reports { dsn::of_recipient(address) } else { Vec::new() };
        let rcpt = Rcpt::new(written.clone(), reports);
        let answer = timeout(COMMAND_WITHIN, line.connection.command(rcpt)).await;
        match expect(Step::Recipient(address), 250, answer) {
            Ok(_) => {}
            Err(Stopped { sent: Sent::Never { because }, is_answered: true }) => {
                left_out.push(LeftOut { address: (*address).clone(), because });
            }
            Err(stopped) => return Err(stopped),
        }
    }
    if left_out.len() == letter.to.len() {
        let because = left_out.iter().map(|one| one.because.as_str()).collect::<Vec<_>>().join(" ");
        return Err(Stopped { sent: Sent::Never { because }, is_answered: true });
    }
    Ok(left_out)
}

/// The reply, if it has the one code that this step must bring. Another good code means that question and answer
/// are out of step, which happens when somebody slips replies in before encryption starts.
fn expect(
    step: Step<'_>,
    code: u16,
    answer: Result<Result<Response, lettre::transport::smtp::Error>, tokio::time::error::Elapsed>,
) -> Result<Response, Stopped> {
    match answer {
        Ok(Ok(response)) if response.has_code(code) || (code == 250 && response.has_code(251)) => {
            Ok(response)
        }
        Ok(Ok(response)) => {
            let because = sentences::out_of_step(&response);
            Err(Stopped { sent: Sent::TryLater { because, slows: None }, is_answered: false })
        }
        Ok(Err(error)) => {
            let is_answered = error.status().is_some_and(|code| code.to_string() != "421");
            Err(Stopped { sent: sentences::refusal(step, &error), is_answered })
        }
        Err(_) => {
            let because = sentences::TOO_SLOW.to_owned();
            Err(Stopped { sent: Sent::TryLater { because, slows: None }, is_answered: false })
        }
    }
}

async fn reset(connection: &mut AsyncSmtpConnection) -> bool {
    matches!(timeout(COMMAND_WITHIN, connection.command(Rset)).await, Ok(Ok(_)))
}

/// Every line end as CR LF. Servers disagree about a lone LF or CR, and one that takes it for a line end could be
/// made to see a second mail inside this one.
fn with_line_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_lone = |at: usize| match bytes[at] {
        b'\n' => at == 0 || bytes[at - 1] != b'\r',
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    if !(0..bytes.len()).any(is_lone) {
        return Cow::Borrowed(bytes);
    }
    let mut mended = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    for (at, &byte) in bytes.iter().enumerate() {
        if is_lone(at) {
            mended.extend_from_slice(b"\r\n");
        } else {
            mended.push(byte);
        }
    }
    Cow::Owned(mended)
}
