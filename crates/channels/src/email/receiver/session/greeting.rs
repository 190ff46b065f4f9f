//! Greeting, starting over, and turning to TLS.

use super::{Hello, Next, Session};
use crate::email::receiver::{
    Encryption, Intake, Manner, Protocol,
    reply::{Reply, write_lines},
};
use std::borrow::Cow;
use tokio::io::{AsyncRead, AsyncWrite};

impl<S, I> Session<S, I>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    I: Intake,
{
    pub(super) fn greet(&mut self) {
        let hostname = &self.house.settings.hostname;
        let protocol = if self.speaks_lmtp() { "LMTP" } else { "ESMTP" };
        self.link.say(&Reply::bare(220, format!("{hostname} {protocol} Dragoman")));
    }

    pub(super) fn speaks_lmtp(&self) -> bool {
        self.house.settings.protocol == Protocol::Lmtp
    }

    pub(super) fn hello(&mut self, name: &str, manner: Manner) -> Next {
        if self.speaks_lmtp() != (manner == Manner::Local) {
            let other = if self.speaks_lmtp() { "LMTP: say LHLO." } else { "SMTP: say EHLO." };
            return self.refuse(Reply::new(500, "5.5.1", format!("This server speaks {other}")));
        }
        self.tally.idle_commands += 1;
        self.transaction = None;
        self.hello = Some(Hello { name: name.to_owned(), manner });
        let welcome = format!("{} is glad to meet you", self.house.settings.hostname);
        if manner == Manner::Plain {
            return self.say(Reply::bare(250, welcome));
        }
        let mut lines = vec![
            Cow::from(welcome),
            format!("SIZE {}", self.limits().message_bytes).into(),
            "8BITMIME".into(),
            "SMTPUTF8".into(),
            "PIPELINING".into(),
            "ENHANCEDSTATUSCODES".into(),
        ];
        if self.may_encrypt() {
            lines.push("STARTTLS".into());
        }
        lines.push("HELP".into());
        write_lines(250, &lines, self.link.replies());
        Next::Stay
    }

    pub(super) fn reset(&mut self) -> Next {
        self.transaction = None;
        self.idle(Reply::new(250, "2.0.0", "Forgotten. Start over."))
    }

    pub(super) fn start_tls(&mut self) -> Next {
        if self.encryption != Encryption::Plain {
            return self.refuse(Reply::new(503, "5.5.1", "This connection is encrypted already."));
        }
        if !self.may_encrypt() {
            return self.refuse(Reply::new(502, "5.5.1", "Encryption isn't offered here."));
        }
        self.link.say(&Reply::new(220, "2.0.0", "Ready to start TLS."));
        Next::Encrypt
    }

    fn may_encrypt(&self) -> bool {
        self.encryption == Encryption::Plain && self.house.settings.certificate.is_some()
    }
}
