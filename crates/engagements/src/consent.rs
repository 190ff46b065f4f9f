//! Rule: a consent, by which Google or Microsoft lets us into an account without its password (OAuth 2, RFC 6749).
//!
//! The provider has to know this installation first: an owner registers it there, and enters here the client ID and the secret that the
//! provider shows. Each account's owner then signs in at the provider, which gives us a lasting consent.

use crate::fetching::{SignIn, words};
use kernel::{Kind, Refused};
use std::time::Duration;

/// How long somebody may take to sign in at a provider.
pub const SIGNED_IN_WITHIN: Duration = Duration::from_secs(10 * 60);

words! {
    /// Who gives consents.
    Provider {
        /// Google: Gmail and Google Workspace.
        Google = "google",
        /// Microsoft: Microsoft 365, Exchange Online, Outlook.com.
        Microsoft = "microsoft",
    }
}

impl Provider {
    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Microsoft => "Microsoft",
        }
    }

    /// Its usual IMAP server.
    pub fn imap_host(self) -> &'static str {
        match self {
            Self::Google => "imap.gmail.com",
            Self::Microsoft => "outlook.office365.com",
        }
    }

    /// How an account signs in with its consent.
    pub fn sign_in(self) -> SignIn {
        match self {
            Self::Google => SignIn::Google,
            Self::Microsoft => SignIn::Microsoft,
        }
    }

    /// Whoever signed in at the provider may open this account, as far as anybody can tell before trying it. At Microsoft one person
    /// may open mailboxes that several share; at Google nobody opens another's.
    ///
    /// # Errors
    /// Refused as `consent.other_account`.
    pub fn admits(self, given_by: &str, user: &str) -> Result<(), Refused> {
        if self == Self::Microsoft || given_by.is_empty() || given_by.eq_ignore_ascii_case(user) {
            return Ok(());
        }
        let sentence =
            format!("You signed in at {} as {given_by}, but the account’s user is {user}.", self.name());
        let hint = format!("Sign in again and choose {user} there, or change the account’s user name.");
        Err(Refused::new(Kind::Conflict, "consent.other_account", sentence).hint(hint))
    }
}

impl SignIn {
    /// Who gives the consent that it takes; none for a password.
    pub fn provider(self) -> Option<Provider> {
        Provider::ALL.iter().copied().find(|provider| provider.sign_in() == self)
    }
}

/// What a provider knows this installation by, apart from the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The provider.
    pub provider: Provider,
    /// The client ID.
    pub client_id: String,
    /// The organisation whose people may sign in; `common` for any. Only at Microsoft.
    pub tenant: String,
}

impl Registration {
    /// As it was typed. The tenant stands in an address, so it can't be just anything.
    ///
    /// # Errors
    /// Refused as `consent.registration_incomplete`.
    pub fn typed(provider: Provider, client_id: &str, tenant: &str) -> Result<Self, Refused> {
        let (client_id, tenant) = (client_id.trim(), tenant.trim());
        let tenant = if tenant.is_empty() { "common" } else { tenant };
        let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        if client_id.is_empty() || !is_word(client_id) || !is_word(tenant) {
            return Err(incomplete("The client ID or the tenant can’t be read."));
        }
        Ok(Self { provider, client_id: client_id.to_owned(), tenant: tenant.to_owned() })
    }
}

/// A part of a registration is missing.
pub fn incomplete(sentence: &str) -> Refused {
    Refused::new(Kind::Invalid, "consent.registration_incomplete", sentence)
        .hint("Copy it from the provider’s page, letter by letter.")
}

/// A consent. Whoever has it gets into the account, so it is kept sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who signed in at the provider, as an address; empty where the provider doesn't say.
    pub given_by: String,
    /// What is shown to the provider to get in again and again.
    pub refresh_token: String,
}

impl Consent {
    /// As one text, to be sealed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}", self.given_by, self.refresh_token)
    }

    /// From that text.
    pub fn from_text(text: &str) -> Option<Self> {
        let (given_by, refresh_token) = text.split_once('\n')?;
        Some(Self { given_by: given_by.to_owned(), refresh_token: refresh_token.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_is_read_as_it_was_copied() {
        let check = |client_id: &str, tenant: &str, expected: Option<(&str, &str)>| {
            let read = Registration::typed(Provider::Microsoft, client_id, tenant).ok();
            let read = read.as_ref().map(|one| (one.client_id.as_str(), one.tenant.as_str()));
            assert_eq!(read, expected, "{client_id} {tenant}");
        };
        check(" 12-ab.apps.example ", "", Some(("12-ab.apps.example", "common")));
        check("12-ab", " contoso.example ", Some(("12-ab", "contoso.example")));
        check("", "common", None);
        check("12 ab", "common", None);
        check("12-ab", "common/../evil", None);
        check("12-ab", "common?x", None);
    }

    #[test]
    fn a_consent_of_somebody_else_is_told() {
        let check = |provider: Provider, given_by, is_admitted| {
            assert_eq!(provider.admits(given_by, "help@aurora.example").is_ok(), is_admitted, "{given_by}");
        };
        check(Provider::Google, "Help@Aurora.example", true);
        check(Provider::Google, "ana@aurora.example", false);
        check(Provider::Google, "", true);
        check(Provider::Microsoft, "ana@aurora.example", true);
    }

    #[test]
    fn a_consent_comes_back_as_it_was_sealed() {
        for given_by in ["", "ana@aurora.example"] {
            let consent = Consent { given_by: given_by.to_owned(), refresh_token: "1//0g-x".to_owned() };
            assert!(Consent::from_text(&consent.to_text()) == Some(consent));
        }
        assert!(Consent::from_text("s3cret").is_none());
    }
}
