//! Rule: what a picture is by its first bytes, whatever its server calls it. Only what browsers show without running anything.

/// So many bytes are enough to know.
pub(super) const ENOUGH: usize = 16;

/// The media type of these bytes; none for anything else.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("image/avif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        let check = |bytes: &[u8], expected: Option<&str>| assert_eq!(kind(bytes), expected, "{bytes:?}");
        check(b"\x89PNG\r\n\x1a\n....", Some("image/png"));
        check(b"\xff\xd8\xff\xe0", Some("image/jpeg"));
        check(b"GIF89a", Some("image/gif"));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp"));
        check(b"\0\0\0\x20ftypavif", Some("image/avif"));
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", None);
        check(b"<!doctype html>", None);
        check(b"RIFF\0\0\0\0WAVE", None);
        check(b"GIF89", None);
        check(b"", None);
    }
}
