//! Checking who sent a mail: SPF, DKIM, DMARC and ARC, all within a few seconds. A DNS that doesn't answer delays no mail for long.

use super::{
    handover::{Believed, Handover, handover},
    weighing,
};
use crate::email::dns::Dns;
use cases::{
    RawMail,
    incoming::Incoming,
    trust::{Checked, Reached, Seal, Server, Signature, Wish, Worth, same_organisation},
};
use mail_auth::{
    AuthenticatedMessage, SpfOutput, dkim::Canonicalization, dmarc::verify::DmarcParameters,
    spf::verify::SpfParameters,
};
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, timeout, timeout_at};

/// How long checking a mail may wait for the DNS.
pub const WITHIN: Duration = Duration::from_secs(4);
/// How much of it is left for what the sender's domain wants, however slow strangers' keys are.
const LEFT_FOR_WISH: Duration = Duration::from_millis(1_500);
/// How long nothing is asked once the DNS gave no answer at all.
const RESTS_FOR: Duration = Duration::from_secs(60);
/// How many signatures of a mail are checked, the sender's own first.
const MOST_SIGNATURES: usize = 8;

/// Checks senders.
#[derive(Clone)]
pub struct Checker {
    dns: Dns,
    believed: Believed,
    rests_until: Arc<Mutex<Option<Instant>>>,
}

impl Checker {
    /// A checker that asks this DNS.
    pub fn new(dns: Dns, believed: Believed) -> Self {
        Self { dns, believed, rests_until: Arc::default() }
    }

    /// Checks a mail. Waits for the DNS no longer than [`WITHIN`].
    pub async fn check(&self, raw: &RawMail, bytes: Arc<Vec<u8>>, mail: &Incoming) -> Checked {
        if self.rests() {
            return Checked { reached: Reached::OutOfTime, ..Checked::default() };
        }
        let handover = handover(raw, mail, &self.believed);
        let (this, sender, until) = (self.clone(), raw.sender.clone(), Instant::now() + WITHIN);
        // Whatever the library stumbles over stays in the task. Hashing the longest mail takes a tenth of a second.
        let task = tokio::spawn(async move {
            let bytes = with_crlf(&bytes);
            let first = this.look(&bytes, &sender, &handover, until).await;
            let Some(trimmed) = without_blank_end(&bytes, &first) else { return first };
            let second = this.look(&trimmed, &sender, &handover, until).await;
            if right(&second) > right(&first) { second } else { first }
        });
        let checked = task.await.unwrap_or_else(|error| {
            tracing::error!(%error, mail = %raw.id, "a mail's sender can't be checked");
            Checked::default()
        });
        if checked.reached == Reached::OutOfTime {
            let this = self.clone();
            tokio::spawn(async move { this.rest_if_nobody_answers().await });
        }
        checked
    }

    fn rests(&self) -> bool {
        let until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| until > Instant::now())
    }

    /// One domain without answers is that domain's affair. When the root doesn't answer, either, nobody does.
    async fn rest_if_nobody_answers(&self) {
        let asked = timeout(WITHIN, self.dns.0.resolver().ns_lookup(".")).await;
        let answers =
            asked.is_ok_and(|answer| answer.map_or_else(|error| error.is_no_records_found(), |_| true));
        if !answers {
            tracing::warn!("the DNS doesn't answer; senders aren't checked for a minute");
            let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
            *until = Some(Instant::now() + RESTS_FOR);
        }
    }

    async fn look(&self, bytes: &[u8], sender: &str, handover: &Handover, until: Instant) -> Checked {
        let Some(message) = AuthenticatedMessage::parse(bytes) else {
            return Checked { reached: Reached::Everything, ..Checked::default() };
        };
        let from = message.from().rsplit_once('@').map_or("", |(_, domain)| domain).to_owned();
        let (own, others) = by_whom(&message, &from);
        let first = until - LEFT_FOR_WISH;
        let (own_ones, other_ones, server, seal, _) = tokio::join!(
            timeout_at(first, self.signatures(&own)),
            timeout_at(first, self.signatures(&others)),
            self.server(sender, handover, first),
            self.seal(&message, &from, first),
            // What the sender's domain wants is asked for at the same time, so that it is remembered below.
            timeout_at(first, self.wish(&message, &own, None)),
        );
        let mut reached = if own_ones.is_ok() { Reached::Everything } else { Reached::OutOfTime };
        let mut signatures = own_ones.unwrap_or_else(|_| unanswered(&own));
        let wish = timeout_at(until, self.wish(&message, &own, server.as_ref())).await;
        let wish = wish.unwrap_or_else(|_| {
            reached = Reached::OutOfTime;
            Wish::Unknown
        });
        signatures.extend(other_ones.unwrap_or_else(|_| unanswered(&others)));
        signatures.extend(weighing::open_ended(&message));
        Checked { reached, froms: message.from.clone(), server, signatures, wish, seal }
    }

    async fn signatures(&self, message: &AuthenticatedMessage<'_>) -> Vec<Signature> {
        let outputs = self.dns.0.verify_dkim(message).await;
        outputs.iter().filter_map(weighing::signature).collect()
    }

    async fn server(&self, sender: &str, handover: &Handover, until: Instant) -> Option<Server> {
        let (peer, hello) = match handover {
            Handover::From(peer, hello) => (*peer, hello),
            Handover::Told(server) => return Some(server.clone()),
            Handover::Unknown => return None,
        };
        let domain = sender.rsplit_once('@').map_or(hello.as_str(), |(_, domain)| domain);
        let parameters = match sender.contains('@') {
            true => SpfParameters::verify_mail_from(peer, hello, "localhost", sender),
            false => SpfParameters::verify_ehlo(peer, hello, "localhost"),
        };
        let output = timeout_at(until, self.dns.0.verify_spf(parameters)).await;
        let unanswered = |_| SpfOutput::default().with_result(mail_auth::SpfResult::TempError);
        Some(weighing::server(&output.unwrap_or_else(unanswered), domain))
    }

    async fn seal(&self, message: &AuthenticatedMessage<'_>, from: &str, until: Instant) -> Option<Seal> {
        if message.as_headers.is_empty() {
            return None;
        }
        let output = timeout_at(until, self.dns.0.verify_arc(message)).await.ok()?;
        weighing::seal(&output, from, &self.believed)
    }

    async fn wish(
        &self,
        message: &AuthenticatedMessage<'_>,
        own: &AuthenticatedMessage<'_>,
        server: Option<&Server>,
    ) -> Wish {
        let signatures = self.dns.0.verify_dkim(own).await;
        let spf = weighing::spf(server);
        let domain = server.map_or("", |server| server.domain.as_str());
        let parameters = DmarcParameters::new(message, &signatures, domain, &spf);
        weighing::wish(&self.dns.0.verify_dmarc(parameters).await)
    }
}

/// The same mail twice: with the signatures of the sender's organisation, and with the first few of others. A stranger's key that
/// nobody answers for mustn't hide what the sender's own domain says.
fn by_whom<'x>(
    message: &AuthenticatedMessage<'x>,
    from: &str,
) -> (AuthenticatedMessage<'x>, AuthenticatedMessage<'x>) {
    let (mut own, mut others) = (message.clone(), message.clone());
    own.dkim_headers.retain(|field| same_organisation(&field.header.d, from));
    others.dkim_headers.retain(|field| !same_organisation(&field.header.d, from));
    own.dkim_headers.truncate(MOST_SIGNATURES);
    others.dkim_headers.truncate(MOST_SIGNATURES.saturating_sub(own.dkim_headers.len()));
    (own, others)
}

fn unanswered(message: &AuthenticatedMessage<'_>) -> Vec<Signature> {
    let each = message.dkim_headers.iter().map(|field| Signature {
        domain: field.header.d.to_lowercase(),
        worth: Worth::Unknown,
        covers_reply_to: cases::trust::Covers::No,
    });
    each.collect()
}

fn right(checked: &Checked) -> usize {
    checked.signatures.iter().filter(|one| one.worth == Worth::Right).count()
}

/// Signatures are made over lines that end in CR LF; a mail that came through a pipe may have lost the CR.
fn with_crlf(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.windows(2).any(|pair| pair == b"\r\n") {
        return Cow::Borrowed(bytes);
    }
    let mut whole = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    for byte in bytes {
        if *byte == b'\n' {
            whole.push(b'\r');
        }
        whole.push(*byte);
    }
    Cow::Owned(whole)
}

/// The mail without the blank lines at its end, where a signature doesn't fit and they may be why: the library takes lines of blanks at
/// the end for text, against RFC 6376, 3.4.4. Only a signature over a relaxed body overlooks them.
fn without_blank_end(bytes: &[u8], checked: &Checked) -> Option<Vec<u8>> {
    if !checked.signatures.iter().any(|one| one.worth == Worth::Broken) {
        return None;
    }
    let message = AuthenticatedMessage::parse(bytes)?;
    let relaxed = message.dkim_headers.iter().any(|field| field.header.cb == Canonicalization::Relaxed);
    let (head, body) = bytes.split_at_checked(message.body_offset())?;
    let text = body.trim_ascii_end();
    let end = body.get(text.len()..)?;
    let has_blank_line = end.contains(&b' ') || end.contains(&b'\t');
    (relaxed && has_blank_line).then(|| [head, text, b"\r\n"].concat())
}
