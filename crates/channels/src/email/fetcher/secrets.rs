//! Signing in at an account: with its password, or with a token for its consent.

use super::{Fetching, session::Session, trouble::Trouble};
use crate::email::consent::{Freshness, NoToken};
use desk::fetching::Opened;
use engagements::consent::{Consent, Provider};

/// Connects to an account and signs in. A token that was good before and is refused now is exchanged once.
pub(super) async fn sign_in(shared: &Fetching, opened: &Opened) -> Result<Session, Trouble> {
    let secret = kept(opened)?;
    let open =
        async |secret: &str| Session::open(&opened.account, secret, &shared.trust, &shared.patience).await;
    let Some(provider) = opened.account.sign_in.provider() else { return open(secret).await };
    let (mailbox, consents) = (opened.account.mailbox, &shared.consents);
    let told = |no: NoToken| trouble(no, provider);
    let freshness = consents.freshness(mailbox, secret);
    let token = consents.token(mailbox, provider, secret).await.map_err(told)?;
    let refused = match open(&token).await {
        Err(Trouble::SignInRefused(said)) => said,
        ended => return ended,
    };
    if freshness == Freshness::Fresh {
        return Err(consent_refused(opened, provider, secret, &refused));
    }
    let token = consents.fresh_token(mailbox, provider, secret).await.map_err(told)?;
    match open(&token).await {
        Err(Trouble::SignInRefused(said)) => Err(consent_refused(opened, provider, secret, &said)),
        ended => ended,
    }
}

/// What was kept to sign in with.
fn kept(opened: &Opened) -> Result<&str, Trouble> {
    let why = match &opened.secret {
        Ok(secret) => return Ok(secret),
        Err(why) if !why.is_empty() => why.clone(),
        Err(_) => match opened.account.sign_in.provider() {
            None => "There is no password for this account. Enter it.".to_owned(),
            Some(provider) => {
                format!("Nobody has signed in at {} for this account yet. Do it below.", provider.name())
            }
        },
    };
    Err(Trouble::NoSecret(why))
}

fn trouble(no: NoToken, provider: Provider) -> Trouble {
    let sentence = no.sentence(provider);
    match no {
        NoToken::Ours(fault) => Trouble::Ours(fault),
        NoToken::Unreachable(_) => Trouble::NoToken(sentence),
        _ => Trouble::NoSecret(sentence),
    }
}

/// The mail server doesn't take a token that its own provider gave: mostly somebody else's.
fn consent_refused(opened: &Opened, provider: Provider, secret: &str, said: &str) -> Trouble {
    let (name, user) = (provider.name(), &opened.account.user);
    let words = super::trouble::in_its_words(said);
    let by = Consent::from_text(secret).map_or(String::new(), |consent| consent.given_by);
    Trouble::NoSecret(match by.is_empty() || by.eq_ignore_ascii_case(user) {
        true => format!(
            "{name} gave its consent, but its mail server doesn’t let us into {user}{words}. Check there that IMAP is allowed for \
             this account, then try again."
        ),
        false => format!(
            "{by} signed in at {name}, but may not open the mailbox of {user}{words}. Sign in as {user}, or let {by} open that \
             mailbox."
        ),
    })
}
