//! Rule: a server that takes our letters, as an owner describes it: the installation's, or one mailbox's own.

use crate::EngagementRefusal;

/// How the connection to a server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Security {
    /// Not at all: only for a server on this machine.
    Plain,
    /// It is encrypted after a plain greeting (port 587).
    StartTls,
    /// It is encrypted from the start (port 465).
    Tls,
}

impl Security {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::StartTls, Self::Tls, Self::Plain];

    /// The word in the store and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        }
    }
}

/// A server that takes our letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Smarthost {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user name; empty for a server that asks for none.
    pub user: String,
}

impl Smarthost {
    /// From what a form says.
    ///
    /// # Errors
    /// [`EngagementRefusal::ServerIncomplete`] when the host is missing or the port is no port.
    pub fn filled_in(host: &str, port: &str, security: &str, user: &str) -> Result<Self, EngagementRefusal> {
        let host = host.trim();
        let fits = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c == '/' || c == '@');
        let security = Security::ALL.into_iter().find(|one| one.as_str() == security);
        match (fits, port.trim().parse(), security) {
            (true, Ok(port @ 1..), Some(security)) => {
                Ok(Self { host: host.to_owned(), port, security, user: user.trim().to_owned() })
            }
            _ => Err(EngagementRefusal::ServerIncomplete),
        }
    }

    /// A password kept for that server may be shown to this one: it is the same server, and the same user.
    pub fn shares_password_with(&self, other: &Self) -> bool {
        (&self.host, self.port, &self.user) == (&other.host, other.port, &other.user)
            && (self.security == other.security || self.security != Security::Plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(host: &str, port: u16, security: Security, user: &str) -> Smarthost {
        Smarthost { host: host.to_owned(), port, security, user: user.to_owned() }
    }

    #[test]
    fn a_server_needs_a_name_and_a_port() {
        let check = |named, port, security, is_read| {
            let read = Smarthost::filled_in(named, port, security, " ana ");
            assert_eq!(read.is_ok(), is_read, "{named} {port} {security}");
        };
        check(" smtp.example.com ", " 587 ", "starttls", true);
        check("", "587", "starttls", false);
        check("smtp://example.com", "587", "starttls", false);
        check("ana@example.com", "587", "starttls", false);
        check("smtp.example.com", "0", "starttls", false);
        check("smtp.example.com", "70000", "starttls", false);
        check("smtp.example.com", "587", "ssl", false);
    }

    #[test]
    fn a_kept_password_goes_to_its_own_server_only() {
        let kept = host("smtp.example.com", 587, Security::StartTls, "ana");
        let check =
            |other: Smarthost, expected| assert_eq!(other.shares_password_with(&kept), expected, "{other:?}");
        check(host("smtp.example.com", 587, Security::StartTls, "ana"), true);
        check(host("smtp.example.com", 587, Security::Tls, "ana"), true);
        check(host("smtp.example.com", 587, Security::Plain, "ana"), false);
        check(host("smtp.example.net", 587, Security::StartTls, "ana"), false);
        check(host("smtp.example.com", 465, Security::StartTls, "ana"), false);
        check(host("smtp.example.com", 587, Security::StartTls, "bea"), false);
    }
}
