//! MAIL and RCPT: from whom and to whom, and nobody is served who isn't ours.

use super::{Next, Session, Transaction};
use crate::email::receiver::{Intake, Recipient, reply::Reply};
use smtp_proto::{MAIL_BODY_7BIT, MAIL_BODY_8BITMIME, MAIL_SMTPUTF8, MailFrom, RcptTo};
use std::borrow::Cow;
use tokio::io::{AsyncRead, AsyncWrite};

/// What may stand behind MAIL apart from SIZE.
const OFFERED: u64 = MAIL_BODY_7BIT | MAIL_BODY_8BITMIME | MAIL_SMTPUTF8;

impl<S, I> Session<S, I>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    I: Intake,
{
    pub(super) fn mail(&mut self, mail: &MailFrom<Cow<'_, str>>) -> Next {
        let announced_bytes = mail.size as u64;
        let is_smtputf8 = mail.flags & MAIL_SMTPUTF8 != 0;
        if self.hello.is_none() {
            let first = if self.speaks_lmtp() { "Say LHLO first." } else { "Say EHLO first." };
            return self.refuse(Reply::new(503, "5.5.1", first));
        }
        if self.transaction.is_some() {
            return self.refuse(Reply::new(
                503,
                "5.5.1",
                "A mail has begun already. Finish it, or say RSET.",
            ));
        }
        if self.tally.messages >= self.limits().messages {
            let enough = "Enough mails for one connection. Please connect again.";
            return self.leave(Reply::new(421, "4.7.0", enough));
        }
        if mail.flags & !OFFERED != 0 {
            return self.refuse(Reply::new(555, "5.5.4", "One of these parameters isn't offered here."));
        }
        if announced_bytes > self.limits().message_bytes {
            return self.refuse(self.oversized());
        }
        if !mail.address.is_ascii() && !is_smtputf8 {
            return self.refuse(unannounced_utf8());
        }
        let from = (!mail.address.is_empty()).then(|| mail.address.to_string());
        self.transaction = Some(Transaction { from, to: Vec::new(), is_smtputf8, announced_bytes });
        self.say(Reply::new(250, "2.1.0", "Sender noted."))
    }

    pub(super) async fn rcpt(&mut self, line: &[u8], rcpt: &RcptTo<Cow<'_, str>>) -> Next {
        let Some(transaction) = &self.transaction else {
            return self.refuse(Reply::new(503, "5.5.1", "Say MAIL first."));
        };
        if rcpt.flags != 0 || rcpt.orcpt.is_some() || rcpt.rrvs != 0 {
            return self.refuse(Reply::new(555, "5.5.4", "One of these parameters isn't offered here."));
        }
        let Some(address) = written(line, &rcpt.address) else {
            return self.refuse(Reply::new(501, "5.1.3", "The recipient isn't a complete e-mail address."));
        };
        if !address.is_ascii() && !transaction.is_smtputf8 {
            return self.refuse(unannounced_utf8());
        }
        if transaction.to.len() >= self.limits().recipients {
            // Not counted as an error: the mail still goes to the others (RFC 5321, 4.5.3.1.10).
            let most = "Too many recipients for one mail. Send the rest in another one.";
            return self.say(Reply::new(452, "4.5.3", most));
        }
        let served = self.house.intake.serves(address).await;
        self.note_recipient(address, served)
    }

    /// Over LMTP, somebody who is named twice is answered twice (RFC 2033, 4.2).
    fn note_recipient(&mut self, address: &str, served: Recipient) -> Next {
        let answers_each = self.speaks_lmtp();
        match (served, &mut self.transaction) {
            (Recipient::Served, Some(transaction)) => {
                if answers_each || !transaction.to.iter().any(|known| known == address) {
                    transaction.to.push(address.to_owned());
                }
                self.say(Reply::new(250, "2.1.5", "Recipient noted."))
            }
            (Recipient::Later(because), _) => self.refuse(Reply::new(451, "4.3.0", because)),
            (_, _) => {
                let nobody = "Nobody here has this address. Please check how it is spelled.";
                self.refuse(Reply::new(550, "5.1.1", nobody))
            }
        }
    }

    pub(super) fn oversized(&self) -> Reply {
        let mebibytes = self.limits().message_bytes / (1024 * 1024);
        let sentence = match mebibytes {
            0 => format!("This mail is too large: at most {} bytes are taken.", self.limits().message_bytes),
            _ => format!("This mail is too large: at most {mebibytes} MiB are taken."),
        };
        Reply::new(552, "5.3.4", sentence)
    }
}

/// The grammar turns `<postmaster>`, the one address without a domain, into nothing, like `<>`.
fn written<'a>(line: &[u8], address: &'a str) -> Option<&'a str> {
    if !address.is_empty() {
        return Some(address);
    }
    let asks_for_postmaster = line.to_ascii_lowercase().windows(12).any(|part| part == b"<postmaster>");
    asks_for_postmaster.then_some("postmaster")
}

fn unannounced_utf8() -> Reply {
    Reply::new(553, "5.6.7", "An address with letters beyond ASCII needs SMTPUTF8 behind MAIL.")
}
