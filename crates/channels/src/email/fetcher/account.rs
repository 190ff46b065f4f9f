//! One account, for as long as this server has it: visited again and again, each failure noted with its sentence.

use super::{
    Fetching as Fetchers, secrets,
    taking::{Stumbled, Visit},
    trouble::Trouble,
};
use desk::fetching::{self, Opened};
use engagements::fetching::{Standing, pause};
use kernel::{Fault, Id, MailboxId};
use std::{sync::Arc, time::Duration};

/// How long after a fault of our own the account is opened again.
const AFTER_FAULT: Duration = Duration::from_secs(5);

/// Fetches an account until it is gone.
pub(super) async fn fetch(shared: Arc<Fetchers>, mailbox: MailboxId) {
    loop {
        match visited(&shared, mailbox).await {
            Ok(Some(pause)) => tokio::time::sleep(pause).await,
            Ok(None) => return,
            Err(fault) => {
                tracing::error!(%fault, %mailbox, "can't look after an account");
                tokio::time::sleep(AFTER_FAULT).await;
            }
        }
    }
}

/// Visits an account until that fails; answers how long to wait then. None when it is gone.
async fn visited(shared: &Fetchers, mailbox: MailboxId) -> Result<Option<Duration>, Fault> {
    let Some(opened) = fetching::open(&shared.desk, mailbox).await? else { return Ok(None) };
    let now = shared.desk.clock.now();
    let early = opened.fetching.next_try_at.filter(|next| *next > now);
    if let Some(next) = early {
        return Ok(Some(next.since(now)));
    }
    let Err(stumbled) = visit(shared, &opened).await;
    failed(shared, &opened, stumbled).await.map(Some)
}

async fn visit(shared: &Fetchers, opened: &Opened) -> Result<std::convert::Infallible, Stumbled> {
    let session = secrets::sign_in(shared, opened).await?;
    let mut visit = Visit { desk: &shared.desk, opened, session, warning: String::new() };
    let mut told: Option<String> = None;
    loop {
        visit.look().await?;
        let progress = fetching::progress(&shared.desk, opened.account.mailbox).await?;
        if progress.standing != Standing::Waiting || told.as_ref() != Some(&visit.warning) {
            fetching::rest(&shared.desk, opened.account.mailbox, visit.warning.clone()).await?;
            told = Some(visit.warning.clone());
        }
        visit.session.wait().await?;
    }
}

/// Notes how a try failed; answers how long to wait.
async fn failed(shared: &Fetchers, opened: &Opened, stumbled: Stumbled) -> Result<Duration, Fault> {
    let Stumbled { trouble, at } = stumbled;
    let mailbox = opened.account.mailbox;
    if let Trouble::Ours(fault) = &trouble {
        tracing::error!(%fault, %mailbox, "can't take mail");
    } else {
        tracing::warn!(%mailbox, trouble = trouble.name(), "an account can't be fetched");
    }
    let mut failed = fetching::progress(&shared.desk, mailbox).await?;
    let server = format!("{}:{}", opened.account.host, opened.account.port);
    failed.sentence = trouble.sentence(&server, &opened.account.folder);
    failed.tries += 1;
    if let Some(uid) = at {
        let again = failed.stumbled_uid == i64::from(uid);
        failed.stumbles = if again { failed.stumbles + 1 } else { 1 };
        failed.stumbled_uid = i64::from(uid);
    }
    let wait = shared.pause(pause(trouble.hurdle(), failed.tries, mailbox.uuid().as_u64_pair().1));
    failed.next_try_at = Some(shared.desk.clock.now().plus(wait));
    fetching::fail(&shared.desk, failed).await?;
    Ok(wait)
}
