//! Consents at Google and Microsoft (OAuth 2, RFC 6749): asking for one, and getting in with it.
//!
//! A consent is shown to the provider whenever an access token is needed; that token is kept in memory only, and gets us into the
//! account for about an hour.

mod answers;
mod asking;
mod endpoints;
mod failures;
#[cfg(test)]
mod tests;

pub use endpoints::{Endpoint, Endpoints};
pub use failures::NoToken;

use super::fetcher::Trust;
use answers::Granted;
use desk::{
    Desk,
    consents::{self, Application, Begun, Returned},
    fetching,
};
use engagements::consent::{Consent, Provider};
use kernel::{Fault, Instant, MailboxId};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long a provider may take to answer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(20);
/// An answer holds a few tokens; more than this isn't one.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Asks providers for tokens, and remembers them for as long as they are good.
pub struct Consents {
    desk: Desk,
    http: reqwest::Client,
    endpoints: Endpoints,
    known: Mutex<HashMap<MailboxId, Token>>,
}

/// An access token.
#[derive(Clone)]
struct Token {
    /// The consent for which it was given.
    consent: String,
    text: String,
    good_until: Instant,
}

impl Consents {
    /// Consents of the accounts of this desk.
    ///
    /// # Errors
    /// A fault when nothing can be encrypted.
    pub fn new(desk: Desk, trust: &Trust, endpoints: Endpoints) -> Result<Self, Fault> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(trust.client_config())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(ANSWERED_WITHIN)
            .build()
            .map_err(Fault::new)?;
        Ok(Self { desk, http, endpoints, known: Mutex::default() })
    }

    /// The address at the provider to which whoever wants to sign in goes.
    pub fn address(&self, begun: &Begun) -> String {
        asking::address(self.endpoints.of(begun.registration.provider), begun)
    }

    /// Exchanges the code with which somebody came back for a consent.
    ///
    /// # Errors
    /// [`NoToken`].
    pub async fn exchange(&self, returned: &Returned, code: &str) -> Result<Consent, NoToken> {
        let application = self.application(returned.provider).await?;
        let form = asking::for_code(&application, returned, code);
        let granted = self.ask(&application, &form).await?;
        let refresh_token = granted.refresh_token.ok_or(NoToken::NotLasting)?;
        Ok(Consent { given_by: granted.given_by, refresh_token })
    }

    /// An access token for an account, which may have been used before.
    ///
    /// # Errors
    /// [`NoToken`].
    pub async fn token(
        &self,
        mailbox: MailboxId,
        provider: Provider,
        consent: &str,
    ) -> Result<String, NoToken> {
        let now = self.desk.clock.now();
        if let Some(known) = self.known(mailbox)
            && known.consent == consent
            && known.good_until > now
        {
            return Ok(known.text);
        }
        self.fresh_token(mailbox, provider, consent).await
    }

    /// Whether the token that an account has now was used before.
    pub fn freshness(&self, mailbox: MailboxId, consent: &str) -> Freshness {
        let now = self.desk.clock.now();
        let is_used =
            self.known(mailbox).is_some_and(|known| known.consent == consent && known.good_until > now);
        if is_used { Freshness::Used } else { Freshness::Fresh }
    }

    fn known(&self, mailbox: MailboxId) -> Option<Token> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&mailbox).cloned()
    }

    /// An access token that wasn't used before. Where another server of this installation has exchanged the consent meanwhile, its
    /// successor is shown.
    ///
    /// # Errors
    /// [`NoToken`].
    pub async fn fresh_token(
        &self,
        mailbox: MailboxId,
        provider: Provider,
        consent: &str,
    ) -> Result<String, NoToken> {
        match self.refresh(mailbox, provider, consent).await {
            Err(NoToken::Revoked(said)) => {
                let opened = fetching::open(&self.desk, mailbox).await?;
                let successor = opened.and_then(|opened| opened.secret.ok()).filter(|kept| kept != consent);
                match successor {
                    Some(successor) => self.refresh(mailbox, provider, &successor).await,
                    None => Err(NoToken::Revoked(said)),
                }
            }
            ended => ended,
        }
    }

    async fn refresh(&self, mailbox: MailboxId, provider: Provider, text: &str) -> Result<String, NoToken> {
        let consent = Consent::from_text(text).ok_or_else(|| NoToken::Revoked(String::new()))?;
        let application = self.application(provider).await?;
        let asked_at = self.desk.clock.now();
        let granted = self.ask(&application, &asking::for_consent(&application, &consent)).await?;
        let mut kept = text.to_owned();
        if let Some(refresh_token) = granted.refresh_token.filter(|one| *one != consent.refresh_token) {
            let successor = Consent { refresh_token, ..consent };
            consents::exchanged(&self.desk, mailbox, text, &successor).await?;
            kept = successor.to_text();
        }
        let token = Token {
            consent: kept,
            text: granted.access_token.clone(),
            good_until: asked_at.plus(granted.good_for),
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(mailbox, token);
        Ok(granted.access_token)
    }

    async fn application(&self, provider: Provider) -> Result<Application, NoToken> {
        consents::application(&self.desk, provider).await?.ok_or(NoToken::NotRegistered)
    }

    async fn ask(&self, application: &Application, form: &str) -> Result<Granted, NoToken> {
        let registration = &application.registration;
        let address =
            self.endpoints.of(registration.provider).token.replace("{tenant}", &registration.tenant);
        let request = self
            .http
            .post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .body(form.to_owned());
        let mut response = request.send().await.map_err(failures::unreachable)?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(failures::unreachable)? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST_ANSWER {
                return Err(NoToken::Unreachable("it answers with more than anybody asked for".to_owned()));
            }
        }
        answers::read(status, &body)
    }
}

/// Whether a token was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It comes from the provider just now.
    Fresh,
    /// It was good once.
    Used,
}
