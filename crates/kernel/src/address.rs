//! E-mail addresses, as far as the desk compares them.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An e-mail address in lower case, with exactly one local part and one domain.
///
/// This isn't a full RFC 5321 grammar: it holds what addresses in use look like and refuses what could break a header.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text isn't an e-mail address.
#[derive(Debug, thiserror::Error)]
#[error("This is not an e-mail address. It should look like name@example.com.")]
pub struct NotAnAddress;

impl EmailAddress {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the last `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address without its `+detail`, and the detail: `help+x@a.example` is `help@a.example` and `x`.
    pub fn without_detail(&self) -> (Self, Option<String>) {
        match self.local().split_once('+') {
            Some((local, detail)) if !local.is_empty() => {
                (Self(format!("{local}@{}", self.domain())), Some(detail.to_owned()))
            }
            _ => (self.clone(), None),
        }
    }

    /// The address with a `+detail`: `help@a.example` with `x` is `help+x@a.example`.
    pub fn with_detail(&self, detail: &str) -> String {
        format!("{}+{detail}@{}", self.local(), self.domain())
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let breaks =
            |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '@');
        let fits = !local.is_empty() && local.len() <= 64 && !domain.is_empty() && text.len() <= 254;
        let dotted = !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
        if fits && dotted && !local.contains(breaks) && !domain.contains(breaks) {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(NotAnAddress)
        }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> String {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
