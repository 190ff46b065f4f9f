//! Rule: a sanitised mail as a whole HTML document, for a sandboxed frame inside a page.

use super::html::with_attribute;
use super::tags::{Piece, Tag, pieces};

/// Whether images on other servers may be loaded. Loading one tells its server who read the mail, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteImages {
    /// They lose their address.
    Blocked,
    /// They stay.
    Allowed,
}

/// A mail ready for a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramedMail {
    /// The whole document.
    pub html: String,
    /// How many images on other servers the mail names, loaded or not.
    pub remote_images: usize,
}

/// Frames HTML that [`sanitise`](super::html::sanitise) made. `cid` says at which address of ours an attached image is
/// found; an image that it doesn't know keeps only its description.
pub fn framed(html: &str, images: RemoteImages, cid: impl Fn(&str) -> Option<String>) -> FramedMail {
    let mut body = String::with_capacity(html.len());
    let mut remote_images = 0;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => body.push_str(text),
            Piece::End(name) => body.push_str(&format!("</{name}>")),
            Piece::Start(tag) if tag.name == "img" => {
                body.push_str(&image(tag, images, &cid, &mut remote_images))
            }
            Piece::Start(tag) => body.push_str(tag.source),
        }
    }
    FramedMail { html: format!("{START}{body}</body></html>\n"), remote_images }
}

fn image(
    tag: Tag<'_>,
    images: RemoteImages,
    cid: &impl Fn(&str) -> Option<String>,
    remote: &mut usize,
) -> String {
    let Some(source) = tag.attribute("src") else { return tag.source.to_owned() };
    let source = source.trim();
    let scheme = source.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    match scheme.as_str() {
        "cid" => {
            let id = source.get(4..).unwrap_or_default();
            with_attribute(tag, "src", cid(id).as_deref())
        }
        "data" => tag.source.to_owned(),
        _ => {
            *remote += 1;
            match images {
                RemoteImages::Allowed => tag.source.to_owned(),
                RemoteImages::Blocked => with_attribute(tag, "src", None),
            }
        }
    }
}

/// Mails are written for white paper, so the frame is white in the dark too.
const START: &str = r#"<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Mail</title>
<style>
:root { color-scheme: light; }
body {
  margin: 0;
  padding: 12px 16px;
  background: #fff;
  color: #1b1b1f;
  font: 15px/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
img { max-width: 100%; height: auto; }
img:not([src]) { display: inline-block; min-width: 24px; min-height: 24px; border: 1px dashed #b5b5bd; color: #5c5c66; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 3px solid #d5d5dc; color: #4a4a52; }
a { color: #1a56b8; }
p:first-child { margin-block-start: 0; }
</style>
</head>
<body>
"#;

#[cfg(test)]
mod tests {
    use super::{RemoteImages, framed};

    const MAIL: &str = "<p title=\"a &gt; b\">Hi &amp; ho</p><img src=\"https://x.example/p.png\" alt=\"Logo\">\
        <img src=\"cid:a&amp;b\"><img src=\"cid:gone\" alt=\"gone\"><img src=\"data:image/png;base64,AA\">";

    #[test]
    fn remote_images_are_counted_and_blocked() {
        let known = |id: &str| (id == "a&b").then(|| "/blobs/1?a&b".to_owned());
        let blocked = framed(MAIL, RemoteImages::Blocked, known);
        assert_eq!(blocked.remote_images, 1);
        assert!(!blocked.html.contains("x.example"));
        assert!(blocked.html.contains("<img alt=\"Logo\">"));
        assert!(blocked.html.contains("<img src=\"/blobs/1?a&amp;b\">"));
        assert!(blocked.html.contains("<img alt=\"gone\">"));
        assert!(blocked.html.contains("data:image/png"));
        assert!(blocked.html.contains("<p title=\"a &gt; b\">Hi &amp; ho</p>"));
        let allowed = framed(MAIL, RemoteImages::Allowed, |_| None);
        assert!(allowed.html.contains("https://x.example/p.png"));
    }
}
