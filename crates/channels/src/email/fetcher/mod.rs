//! Fetching mail from IMAP accounts (RFC 3501): one task for each account, so that a slow server holds nobody else up.

mod account;
mod connection;
mod dialogue;
mod head;
mod names;
mod patience;
mod secrets;
mod session;
mod taking;
#[cfg(test)]
mod tests;
mod trouble;
mod wire;
mod words;

pub use connection::{NoCertificate, Trust};
pub use patience::Patience;

use super::consent::Consents;
use desk::{
    Desk,
    fetching::{self, ACCOUNT_CHANGED, LEASE},
};
use kernel::{EventId, Fault, MailboxId};
use std::{collections::HashMap, future::Future, sync::Arc, time::Duration};
use store::{Change, fresh};
use tokio::{sync::broadcast, task::JoinHandle, time::timeout};

/// Fetches the mail of every account that nobody else fetches.
pub struct Fetcher {
    shared: Arc<Fetching>,
}

/// What the tasks share.
struct Fetching {
    desk: Desk,
    trust: Trust,
    consents: Arc<Consents>,
    patience: Patience,
    /// The name under which this server has its accounts.
    server: String,
}

impl Fetching {
    /// The pause before the next try, shortened where patience is.
    fn pause(&self, pause: Duration) -> Duration {
        pause.min(self.patience.tried_again_within)
    }
}

/// The accounts that are being fetched, each with its edition.
type Tasks = HashMap<MailboxId, (i64, JoinHandle<()>)>;

impl Fetcher {
    /// A fetcher for the accounts of this desk.
    pub fn new(desk: Desk, trust: Trust, consents: Arc<Consents>, patience: Patience) -> Self {
        let server = fresh::<EventId>().to_string();
        Self { shared: Arc::new(Fetching { desk, trust, consents, patience, server }) }
    }

    /// Fetches until `stop` is done. A mail that is under way then is fetched again at the next start.
    ///
    /// # Errors
    /// A fault when the database can't be reached at the start.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), Fault> {
        fetching::begin(&self.shared.desk).await?;
        let mut tasks = Tasks::new();
        let mut changes = self.shared.desk.store.changes();
        let mut stop = std::pin::pin!(stop);
        loop {
            // Never broken off: what is being leased then would be leased after it was given back.
            match fetching::lease(&self.shared.desk, &self.shared.server).await {
                Ok(accounts) => self.fit(&mut tasks, &accounts),
                Err(fault) => tracing::error!(%fault, "can't look after the mail accounts"),
            }
            tokio::select! {
                () = &mut stop => break,
                _ = timeout(LEASE / 3, changed(&mut changes)) => {}
            }
        }
        for (_, task) in tasks.into_values() {
            task.abort();
            let _ = task.await;
        }
        fetching::give_back(&self.shared.desk, &self.shared.server).await
    }

    /// Begins and ends tasks as accounts come, change and go.
    fn fit(&self, tasks: &mut Tasks, accounts: &[(MailboxId, i64)]) {
        tasks.retain(|mailbox, (edition, task)| {
            let stays = accounts.contains(&(*mailbox, *edition)) && !task.is_finished();
            if !stays {
                task.abort();
            }
            stays
        });
        for (mailbox, edition) in accounts {
            tasks.entry(*mailbox).or_insert_with(|| {
                let shared = Arc::clone(&self.shared);
                (*edition, tokio::spawn(account::fetch(shared, *mailbox)))
            });
        }
    }
}

/// Waits until an account was changed, or until that may have been missed.
async fn changed(changes: &mut broadcast::Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(change) if change.kind == ACCOUNT_CHANGED || change.kind == store::MISSED => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
