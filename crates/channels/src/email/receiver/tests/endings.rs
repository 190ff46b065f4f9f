//! Where a mail ends: nothing but CR LF dot CR LF, in whatever pieces it comes.

use super::{Limits, World};
use crate::email::receiver::dots::{Dots, Fed};
use proptest::prelude::{Just, any, prop, prop_assert_eq, prop_oneof, proptest};

/// What the mail is, and what is left over behind its end.
fn read(pieces: &[&[u8]]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut dots, mut mail) = (Dots::default(), Vec::new());
    for (index, piece) in pieces.iter().enumerate() {
        if let Fed::Ended(used) = dots.feed(piece, &mut mail) {
            let rest = [&piece[used..], &pieces[index + 1..].concat()].concat();
            return Some((mail, rest));
        }
    }
    None
}

#[test]
fn only_one_ending_counts() {
    for (sent, expected) in [
        (".\r\nrest", Some(("", "rest"))),
        ("a\r\n.\r\n.\r\n", Some(("a\r\n", ".\r\n"))),
        ("a\n.\n\r\n.\r\n", Some(("a\n.\n\r\n", ""))),
        ("a\n.\r\nb\r\n.\r\n", Some(("a\n.\r\nb\r\n", ""))),
        ("a\r.\r\nb\r\n.\r\n", Some(("a\r.\r\nb\r\n", ""))),
        ("a\r\n.\nb\r\n.\r\n", Some(("a\r\n\nb\r\n", ""))),
        ("a\r\n.\rb\r\n.\r\n", Some(("a\r\n\rb\r\n", ""))),
        ("a\r\n.\r\r\nb\r\n.\r\n", Some(("a\r\n\r\r\nb\r\n", ""))),
        ("a\r\n.\0\r\nb\r\n.\r\n", Some(("a\r\n\0\r\nb\r\n", ""))),
        ("a\r\r\n.\r\n", Some(("a\r\r\n", ""))),
        ("a\n\r\n.\r\n", Some(("a\n\r\n", ""))),
        ("a\n..b\r\n..c\r\n.\r\n", Some(("a\n..b\r\n.c\r\n", ""))),
        ("a\n.\n", None),
        ("a\n.\r\n", None),
        ("a\r\n.", None),
        ("a\r\n.\r", None),
    ] {
        let whole = read(&[sent.as_bytes()]);
        let expected = expected.map(|(mail, rest): (&str, &str)| (mail.into(), rest.into()));
        assert_eq!(whole, expected, "{sent:?}");
        let bytes: Vec<_> = sent.as_bytes().chunks(1).collect();
        assert_eq!(read(&bytes), expected, "{sent:?} byte by byte");
    }
}

/// As a client does: a dot before each line that begins with one. Lines end in CR LF only.
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut sent = Vec::new();
    for &byte in mail {
        if byte == b'.' && (sent.is_empty() || sent.ends_with(b"\r\n")) {
            sent.push(b'.');
        }
        sent.push(byte);
    }
    sent
}

proptest! {
    #[test]
    fn any_mail_survives_in_any_pieces(
        mail in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'.'), any::<u8>()], 0..60),
        size in 1_usize..9,
    ) {
        // A mail is lines: without a last line end, none could follow for the dot.
        let mail = if mail.is_empty() { mail } else { [&mail[..], b"\r\n"].concat() };
        let sent = [&stuffed(&mail)[..], b".\r\nNOOP\r\n"].concat();
        let pieces: Vec<_> = sent.chunks(size).collect();
        prop_assert_eq!(read(&pieces), Some((mail, b"NOOP\r\n".to_vec())));
    }
}

/// Each of these makes some server see two mails. Here it is one, with the second as its text.
#[tokio::test]
async fn no_second_mail_is_smuggled_in() {
    for trick in
        ["\n.\n", "\n.\r\n", "\r.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r\n.\r\r\n", "\r\n\0.\r\n", "\n.\r"]
    {
        let hidden = "MAIL FROM:<ceo@aurora.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\nPay!";
        let words = format!(
            "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\nHi{trick}{hidden}\r\n.\r\nQUIT\r\n"
        );
        let world = World::new(Limits::default());
        world.say(words.as_bytes()).await;
        let bodies = world.desk.bodies();
        assert_eq!(bodies.len(), 1, "{trick:?}");
        assert!(bodies[0].contains("Pay!"), "{trick:?}");
        assert_eq!(world.desk.envelope().from.as_deref(), Some("a@b.example"), "{trick:?}");
    }
}
