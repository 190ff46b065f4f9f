//! Signing in at Google and Microsoft: as what they know this installation, and going there.

use super::shell::Shell;
use askama::Template;

/// `GET /consents`.
///
/// Forms: `POST /consents/{provider}` with `client_id`, `secret`, `tenant`; `POST /consents/{provider}/removals` without fields.
#[derive(Debug, Clone, Template)]
#[template(path = "consents.html")]
pub struct Consents {
    /// The frame.
    pub shell: Shell,
    /// The address that has to be entered at the providers; empty while this installation doesn't know its own.
    pub return_address: String,
    /// The two registrations.
    pub google: RegistrationForm,
    /// The same at Microsoft.
    pub microsoft: RegistrationForm,
}

/// As what a provider knows this installation.
#[derive(Debug, Clone, Default)]
pub struct RegistrationForm {
    /// It is registered.
    pub is_registered: bool,
    /// The client ID.
    pub client_id: String,
    /// The organisation; only at Microsoft.
    pub tenant: String,
}

/// The answer to `POST /clients/{client}/mailboxes/{mailbox}/fetching/consents`: on the way to a provider.
#[derive(Debug, Clone, Template)]
#[template(path = "consent_begun.html")]
pub struct ConsentBegun {
    /// The frame.
    pub shell: Shell,
    /// "Google".
    pub provider: &'static str,
    /// Who should sign in there.
    pub user: String,
    /// The address at the provider.
    pub address: String,
    /// The mailbox's page.
    pub mailbox_url: String,
}
