//! Getting a connection that is encrypted and signed in as the owner wants, and giving it back.

use super::{
    COMMAND_WITHIN, Idle, Sender,
    relay::{Route, RouteEncryption},
    sentences,
};
use crate::email::obstacles::Obstacle;
use lettre::transport::smtp::{
    authentication::Mechanism,
    client::{AsyncSmtpConnection, TlsParameters},
    commands::Ehlo,
};
use std::{fmt, sync::PoisonError, time::Duration};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};

/// Connections kept for the next mail.
const MOST_IDLE: usize = 4;
/// Servers close a connection that is idle for longer.
const IDLE_FOR: Duration = Duration::from_secs(20);

/// A connection, and what its server offers beyond what the library looks for.
pub(super) struct Line {
    pub(super) connection: AsyncSmtpConnection,
    /// It can be asked for delivery reports (RFC 3461).
    pub(super) offers_reports: bool,
}

impl Sender {
    /// A connection on which a mail can begin, or a sentence that says why there is none.
    pub(super) async fn connection(&self) -> Result<Line, String> {
        while let Some(mut idle) = self.idle_one() {
            let alive = timeout(COMMAND_WITHIN, idle.line.connection.test_connected());
            if idle.since.elapsed() < IDLE_FOR && matches!(alive.await, Ok(true)) {
                return Ok(idle.line);
            }
        }
        match timeout(COMMAND_WITHIN, connect(&self.route)).await {
            Ok(connected) => connected,
            Err(_) => Err(sentences::obstructed(&self.route, &Obstacle::silence())),
        }
    }

    /// Keeps a connection on which the last mail has ended.
    pub(super) fn keep(&self, line: Line) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE && !line.connection.has_broken() {
            idle.push(Idle { line, since: Instant::now() });
        }
    }

    fn idle_one(&self) -> Option<Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

async fn connect(route: &Route) -> Result<Line, String> {
    let mut connection = match &route.encryption {
        RouteEncryption::Tls(parameters) => connect_encrypted(route, parameters).await,
        RouteEncryption::Plain | RouteEncryption::StartTls(_) => connect_clear(route).await,
    }?;
    if let RouteEncryption::StartTls(parameters) = &route.encryption {
        let started = connection.starttls(parameters.clone(), &route.hello_name).await;
        started.map_err(|error| sentences::unencrypted(route, &error))?;
    }
    sign_in(route, &mut connection).await?;
    let offers_reports = offers_reports(route, &mut connection).await;
    Ok(Line { connection, offers_reports })
}

/// The library keeps of the answer to EHLO only what it uses itself, so this asks once more. A server that won't say offers nothing.
async fn offers_reports(route: &Route, connection: &mut AsyncSmtpConnection) -> bool {
    let said = connection.command(Ehlo::new(route.hello_name.clone())).await;
    said.is_ok_and(|said| said.message().any(|line| line.trim().eq_ignore_ascii_case("DSN")))
}

async fn connect_clear(route: &Route) -> Result<AsyncSmtpConnection, String> {
    let connected = TcpStream::connect((route.host.as_str(), route.port)).await;
    let stream =
        connected.map_err(|error| sentences::obstructed(route, &Obstacle::of(&error, &route.host)))?;
    // The library writes a mail and its last dot separately; the dot must not wait for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &route.hello_name).await;
    greeted.map_err(|error| sentences::unconnected(route, &error))
}

async fn connect_encrypted(route: &Route, tls: &TlsParameters) -> Result<AsyncSmtpConnection, String> {
    let server = (route.host.as_str(), route.port);
    let (hello, tls) = (&route.hello_name, Some(tls.clone()));
    let connected = AsyncSmtpConnection::connect_tokio1(server, Some(COMMAND_WITHIN), hello, tls, None).await;
    connected.map_err(|error| sentences::unconnected(route, &error))
}

async fn sign_in(route: &Route, connection: &mut AsyncSmtpConnection) -> Result<(), String> {
    let Some(login) = &route.login else { return Ok(()) };
    match connection.auth(&[Mechanism::Plain, Mechanism::Login], login).await {
        Ok(response) if response.has_code(235) => Ok(()),
        Ok(response) => Err(sentences::out_of_step(&response)),
        Err(error) => Err(sentences::not_signed_in(route, &error)),
    }
}

impl fmt::Debug for Idle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Idle")
    }
}
