//! Rule: a mail as it was received, and how the same one is recognised when it comes again.

use kernel::{BlobHash, EmailAddress, Instant, RawMailId};

/// A mail as it was received, for one of the addresses it was written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMail {
    /// The mail.
    pub id: RawMailId,
    /// When it was received.
    pub received_at: Instant,
    /// What tells it apart; see [`intake_key`].
    pub intake_key: String,
    /// The sender of the envelope; empty for a bounce.
    pub sender: String,
    /// The address of ours that it was written to.
    pub recipient: EmailAddress,
    /// Who handed it over.
    pub peer: String,
    /// The `Received:` line that belongs in front of it.
    pub trace: String,
    /// Its size in bytes.
    pub size: i64,
    /// Where its bytes are.
    pub kept: Kept,
}

/// Where the bytes of a mail are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the row itself: they were committed with it. Reading the mail moves them to a blob.
    InRow(Vec<u8>),
    /// In a blob.
    InBlob(BlobHash),
}

/// A mail that waits for a person's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedMail {
    /// The mail.
    pub id: RawMailId,
    /// When it was received.
    pub received_at: Instant,
    /// The sender of the envelope.
    pub sender: String,
    /// The address of ours that it was written to.
    pub recipient: EmailAddress,
    /// Its size in bytes.
    pub size: i64,
    /// Why it is parked.
    pub because: String,
}

/// What tells a mail apart, whoever it was written to: the SHA-256 of its bytes. A server that didn't hear our answer sends the
/// same bytes again; they must not become a second case. `head` is how it begins: [`HEAD`] bytes, or all of them.
///
/// A mail without Message-ID and Date may be the same and yet be meant twice (a device that reports every morning), so there the
/// hour of arrival and the envelope's `sender` count as well: without a head, two people's empty mails have the same bytes.
pub fn intake_key(
    digest: &BlobHash,
    head: &[u8],
    sender: &str,
    recipient: &EmailAddress,
    received_at: Instant,
) -> String {
    if tells_itself_apart(head) {
        return format!("{digest} 0 {recipient}");
    }
    let hour = received_at.micros() / 3_600_000_000;
    format!("{digest} {hour} {recipient} {sender}")
}

/// How much of a mail's beginning says whether it tells itself apart.
pub const HEAD: usize = 16 * 1024;

fn tells_itself_apart(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD)];
    let lines = head.split(|byte| *byte == b'\n').map(<[u8]>::to_ascii_lowercase);
    let mut header = lines.take_while(|line| !line.iter().all(u8::is_ascii_whitespace));
    header.any(|line| line.starts_with(b"message-id:") || line.starts_with(b"date:"))
}

/// The Message-ID that the beginning of a mail names, without angle brackets: enough to find a mail that nobody has read yet.
pub fn message_id_in(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ");
    let mut lines = text.split('\n').take_while(|line| !line.trim().is_empty());
    let named = lines.find_map(|line| {
        let (name, rest) = line.split_once(':')?;
        name.trim_end().eq_ignore_ascii_case("message-id").then(|| rest.to_owned())
    })?;
    let id = named.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
    (!id.is_empty()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(mail: &str, recipient: &str, hour: i64) -> String {
        key_from("a@b.example", mail, recipient, hour)
    }

    fn key_from(sender: &str, mail: &str, recipient: &str, hour: i64) -> String {
        let digest = BlobHash::new(&format!("{:064x}", mail.len())).unwrap();
        let at = Instant::from_micros(hour * 3_600_000_000);
        intake_key(&digest, mail.as_bytes(), sender, &recipient.parse().unwrap(), at)
    }

    #[test]
    fn the_same_mail_sent_again_is_recognised() {
        let mail = "From: a@b.example\r\nMessage-ID: <1@b.example>\r\n\r\nhello";
        assert_eq!(key(mail, "help@a.example", 0), key(mail, "help@a.example", 99));
        assert_ne!(key(mail, "help@a.example", 0), key(mail, "help@p.example", 0));
        assert_ne!(key(mail, "help@a.example", 0), key(&format!("{mail} "), "help@a.example", 0));
    }

    #[test]
    fn a_device_that_says_the_same_every_morning_is_heard_every_morning() {
        let mail = "From: printer@b.example\r\nSubject: toner\r\n\r\nMessage-ID: in the body";
        let same_hour = key(mail, "help@a.example", 8);
        assert_eq!(same_hour, key(mail, "help@a.example", 8));
        assert_ne!(same_hour, key(mail, "help@a.example", 32));
    }

    #[test]
    fn two_people_may_both_send_nothing_at_all() {
        let empty = |sender: &str| key_from(sender, "\r\n", "help@a.example", 8);
        assert_eq!(empty("a@b.example"), empty("a@b.example"));
        assert_ne!(empty("a@b.example"), empty("c@d.example"));
    }

    #[test]
    fn the_message_id_is_found_where_the_head_names_it() {
        let check = |mail: &str, expected: Option<&str>| {
            assert_eq!(message_id_in(mail.as_bytes()).as_deref(), expected, "{mail:?}");
        };
        check("Subject: a\r\nMESSAGE-ID: <1@b.example>\r\n\r\nhello", Some("1@b.example"));
        check("Message-ID:\r\n\t<2@b.example>\r\nSubject: a\r\n\r\n", Some("2@b.example"));
        check("Message-Id: 3@b.example\nSubject: cut o", Some("3@b.example"));
        check("Message-ID: <>\r\n\r\n", None);
        check("Subject: a\r\n\r\nMessage-ID: <in-the-body@b.example>", None);
    }
}
