//! Where the providers are asked.

use engagements::consent::Provider;

/// The addresses of one provider, in which `{tenant}` stands for the organisation.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Where people sign in.
    pub authorization: String,
    /// Where tokens are given out.
    pub token: String,
}

/// The addresses of all of them.
#[derive(Clone, Debug)]
pub struct Endpoints {
    google: Endpoint,
    microsoft: Endpoint,
}

impl Endpoints {
    /// The providers themselves.
    pub fn public() -> Self {
        let endpoint = |authorization: &str, token: &str| Endpoint {
            authorization: authorization.to_owned(),
            token: token.to_owned(),
        };
        Self {
            google: endpoint(
                "https://accounts.google.com/o/oauth2/v2/auth",
                "https://oauth2.googleapis.com/token",
            ),
            microsoft: endpoint(
                "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
                "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
            ),
        }
    }

    /// Others in their place, for tests.
    pub fn pretended(google: Endpoint, microsoft: Endpoint) -> Self {
        Self { google, microsoft }
    }

    pub(super) fn of(&self, provider: Provider) -> &Endpoint {
        match provider {
            Provider::Google => &self.google,
            Provider::Microsoft => &self.microsoft,
        }
    }
}
