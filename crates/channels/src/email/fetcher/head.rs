//! Rule: what is read off the head of a mail before it is kept: from where bounces go to, to when it arrived.

use crate::email::read::read;
use engagements::fetching::MailHead;
use kernel::Instant;
use mail_parser::DateTime;

/// The envelope's sender as the delivering server wrote it down: empty for a bounce, and where it wrote nothing.
pub(super) fn return_path(beginning: &[u8]) -> String {
    let lines = beginning.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let mut head = lines.take_while(|line| !line.is_empty());
    let found = head.find(|line| line.len() > 12 && line[..12].eq_ignore_ascii_case(b"return-path:"));
    let value = String::from_utf8_lossy(found.map_or(&[][..], |line| &line[12..])).into_owned();
    let value = value.trim();
    let inside =
        value.strip_prefix('<').and_then(|rest| rest.split_once('>')).map_or(value, |(inside, _)| inside);
    inside.trim().chars().filter(|c| !c.is_control()).take(320).collect()
}

/// When the mail came to its server, as `17-Jul-1996 02:44:25 -0700`.
pub(super) fn internal_date(text: &str) -> Option<Instant> {
    let (day, time) = text.trim().split_once(' ')?;
    instant(&format!("{} {time}", day.replace('-', " ")))
}

fn instant(text: &str) -> Option<Instant> {
    let parsed = DateTime::parse_rfc822(text).filter(DateTime::is_valid)?;
    Some(Instant::from_micros(parsed.to_timestamp().checked_mul(1_000_000)?))
}

/// What comparing needs of a head. It arrived when the first server says it did: copying a folder to another machine sets the
/// date that the machine tells, and keeps the lines of the mail.
pub(super) fn mail_head(head: &[u8], arrived: Option<&str>) -> MailHead {
    let mail = read(head);
    let received = mail.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("received"));
    let received = received.and_then(|(_, line)| instant(line.rsplit_once(';')?.1.trim()));
    let told = arrived.and_then(internal_date);
    MailHead {
        message_id: mail.message_id,
        sender: mail.from.map(|from| from.address).unwrap_or_default(),
        subject: mail.subject,
        arrived_at: [received, told].into_iter().flatten().min(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_paths_are_read() {
        fn check(mail: &str, expected: &str) {
            assert_eq!(return_path(mail.as_bytes()), expected, "{mail:?}");
        }
        check("Return-Path: <eva@customer.example>\r\nFrom: x\r\n\r\n", "eva@customer.example");
        check("return-path:<>\r\nFrom: x\r\n\r\n", "");
        check("Return-Path:\r\nFrom: x\r\n\r\n", "");
        check("From: x\r\n\r\nReturn-Path: <eva@customer.example>\r\n", "");
        check("Return-Path: eva@customer.example\nFrom: x\n\n", "eva@customer.example");
        check("", "");
    }

    #[test]
    fn arrivals_are_read() {
        assert_eq!(internal_date("17-Jul-1996 02:44:25 -0700").unwrap().to_string(), "1996-07-17T09:44:25Z");
        assert_eq!(internal_date(" 2-Mar-2026 09:00:00 +0000").unwrap().to_string(), "2026-03-02T09:00:00Z");
        assert_eq!(internal_date("soon"), None);
        let head = b"Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0000\r\nFrom: Eva <eva@a.example>\r\nSubject: A\r\n b\r\n\
            Message-ID: <1@a.example>\r\n\r\n";
        let found = mail_head(head, Some("03-Mar-2026 09:00:00 +0000"));
        assert_eq!(found.arrived_at.unwrap().to_string(), "2026-03-02T09:00:00Z");
        assert_eq!(
            (found.message_id.as_deref(), found.sender.as_str(), found.subject.as_str()),
            (Some("1@a.example"), "eva@a.example", "A b")
        );
    }
}
