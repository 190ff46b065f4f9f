//! Getting a connection that is encrypted and signed in as the owner wants, and giving it back.

use super::{
    COMMAND_WITHIN, Idle, Sender,
    relay::{Route, RouteEncryption},
    sentences,
};
use lettre::transport::smtp::{authentication::Mechanism, client::AsyncSmtpConnection};
use std::{fmt, sync::PoisonError, time::Duration};
use tokio::time::{Instant, timeout};

/// Connections kept for the next mail.
const MOST_IDLE: usize = 4;
/// Servers close a connection that is idle for longer.
const IDLE_FOR: Duration = Duration::from_secs(20);
/// How long a goodbye may take.
const GOODBYE_WITHIN: Duration = Duration::from_secs(2);

impl Sender {
    /// A connection on which a mail can begin, or a sentence that says why there is none.
    pub(super) async fn connection(&self) -> Result<AsyncSmtpConnection, String> {
        while let Some(mut idle) = self.idle_one() {
            let alive = timeout(COMMAND_WITHIN, idle.connection.test_connected());
            if idle.since.elapsed() < IDLE_FOR && matches!(alive.await, Ok(true)) {
                return Ok(idle.connection);
            }
        }
        match timeout(COMMAND_WITHIN, connect(&self.route)).await {
            Ok(connected) => connected,
            Err(_) => Err(sentences::unreachable(&self.route, "it didn't answer within 30 seconds")),
        }
    }

    /// Keeps a connection on which the last mail has ended.
    pub(super) fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE && !connection.has_broken() {
            idle.push(Idle { connection, since: Instant::now() });
        }
    }

    fn idle_one(&self) -> Option<Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Says goodbye, if the server still listens.
pub(super) async fn hang_up(mut connection: AsyncSmtpConnection) {
    let _ = timeout(GOODBYE_WITHIN, connection.abort()).await;
}

async fn connect(route: &Route) -> Result<AsyncSmtpConnection, String> {
    let tls = match &route.encryption {
        RouteEncryption::Tls(parameters) => Some(parameters.clone()),
        RouteEncryption::Plain | RouteEncryption::StartTls(_) => None,
    };
    let server = (route.host.as_str(), route.port);
    let timeout = Some(COMMAND_WITHIN);
    let mut connection = AsyncSmtpConnection::connect_tokio1(server, timeout, &route.hello_name, tls, None)
        .await
        .map_err(|error| sentences::unreachable(route, &sentences::cause(&error)))?;
    if let RouteEncryption::StartTls(parameters) = &route.encryption {
        let started = connection.starttls(parameters.clone(), &route.hello_name).await;
        started.map_err(|error| sentences::unencrypted(route, &sentences::cause(&error)))?;
    }
    sign_in(route, &mut connection).await?;
    Ok(connection)
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
