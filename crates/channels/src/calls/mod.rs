//! Calls: people who are on call are told by a letter, by a signed message to a program of theirs, or by a message to their browser.

mod letters;
mod push;
mod sealing;
#[cfg(test)]
mod tests;
mod webhooks;

pub use push::{NoPush, PushKey};

use crate::email::outbox::Outbox;
use coverage::CallWay;
use desk::{
    Desk,
    paging::{self, calling, calling::Call},
};
use jobs::{Handler, Job, Outcome, Running};
use kernel::Fault;
use reqwest::{Client, redirect};
use rustls::{ClientConfig, RootCertStore};
use std::{sync::Arc, time::Duration};

/// How long a program has to answer.
const WITHIN: Duration = Duration::from_secs(10);
/// How many people are called at the same time.
const SLOTS: usize = 8;

/// Calls people.
pub struct Calls {
    desk: Desk,
    outbox: Arc<Outbox>,
    client: Client,
    key: Arc<PushKey>,
}

impl Calls {
    /// Ready to call.
    ///
    /// # Errors
    /// When there is no encryption to be had.
    pub fn new(desk: Desk, outbox: Arc<Outbox>, key: Arc<PushKey>) -> Result<Self, Fault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(Fault::new)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent("Dragoman")
            .timeout(WITHIN)
            .build()
            .map_err(Fault::new)?;
        Ok(Self { desk, outbox, client, key })
    }

    /// Calls somebody at all their addresses, each once more where it fails. Who isn't reached that way is written to by mail.
    async fn all(&self, subject: &str) -> Result<(), Fault> {
        let calls = calling::calls(&self.desk, subject).await?;
        let mut is_reached = calls.is_empty();
        for call in &calls {
            let mut ended = self.one(call).await?;
            if ended.is_err() {
                ended = self.one(call).await?;
            }
            is_reached |= ended.is_ok();
            if let Err(because) = &ended {
                tracing::warn!(page = %call.page, person = %call.person, way = %call.way, because, "a call didn't arrive");
            }
            calling::reached(&self.desk, call, ended.err().as_deref().unwrap_or_default()).await?;
        }
        if let Some(call) = calls.first().filter(|_| !is_reached)
            && let Some(own) = calling::own_letter(&self.desk, call).await?
        {
            let _ = self.one(&own).await?;
        }
        Ok(())
    }

    async fn one(&self, call: &Call) -> Result<Result<(), String>, Fault> {
        let now = self.desk.clock.now();
        Ok(match call.way {
            CallWay::Mail => letters::send(&self.outbox, call, now).await?,
            CallWay::Webhook => webhooks::send(&self.client, call, now).await,
            CallWay::Push => push::send(&self.client, &self.key, call, now).await,
        })
    }
}

impl Handler for Calls {
    fn kind(&self) -> &'static str {
        paging::CALL
    }

    fn slots(&self) -> usize {
        SLOTS
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            match self.all(&job.subject).await {
                Ok(()) => Outcome::Done,
                Err(fault) => Outcome::Retry { because: format!("Somebody couldn't be called: {fault}") },
            }
        })
    }
}

/// Why a program didn't take a message: its status, or that it can't be reached. Nothing that it says is kept.
async fn answered(asked: reqwest::RequestBuilder) -> Result<(), String> {
    let response = asked.send().await.map_err(|error| {
        let because = if error.is_timeout() { "didn’t answer in time" } else { "can’t be reached" };
        format!("It {because}.")
    })?;
    let status = response.status();
    if status.is_success() { Ok(()) } else { Err(format!("It answered {}.", status.as_u16())) }
}
