//! Rule: HTML of mails: made safe, turned into text, and framed for a page.

use super::colours::of_background;
use super::tags::{Piece, pieces};
use super::untangle::{Untangled, untangle};
use ammonia::{Builder, UrlRelative};
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

pub use super::frame::{Pictures, framed, remote_pictures};
pub(super) use super::words::{Rendered, rendered};

/// HTML that is safe to show, and whether some of it had to be left out.
pub(super) struct Sanitised {
    pub html: String,
    pub shortened: bool,
}

/// Makes HTML from outside safe: no scripts, forms, frames, vector images, styles that move things, or classes but those that
/// mark quotes. Images keep `cid:`, `http(s):` and `data:image/…` sources; whether remote ones load is for the page to say.
///
/// Work and memory are bounded: at most 1 MiB and 30,000 tags are read.
pub fn sanitise(html: &str) -> String {
    sanitise_within_limits(html).html
}

pub(super) fn sanitise_within_limits(html: &str) -> Sanitised {
    let Untangled { html, shortened } = untangle(html);
    Sanitised { html: SANITISER.clean(&html).to_string(), shortened }
}

/// Classes and ids with which mail programs mark what they quote and what they sign. Nothing else keeps its class or id.
pub(super) const QUOTE_CLASSES: [&str; 10] = [
    "gmail_quote",
    "gmail_attr",
    "gmail_extra",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "ms-outlook-mobile-reference-message",
    "OutlookMessageHeader",
];
pub(super) const QUOTE_IDS: [&str; 5] = [
    "divRplyFwdMsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "OLK_SRC_BODY_SECTION",
    "isReplyContent",
];
pub(super) const SIGNATURE_CLASSES: [&str; 3] =
    ["gmail_signature", "moz-signature", "protonmail_signature_block"];
pub(super) const SIGNATURE_IDS: [&str; 5] = [
    "Signature",
    "AppleMailSignature",
    "ms-outlook-mobile-signature",
    "ymail_android_signature",
    "ymail_ios_signature",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(&["font", "big", "address", "section", "main", "tfoot"])
        .rm_tags(&["area", "map", "details", "summary", "nav"])
        .add_clean_content_tags(&[
            "title", "template", "iframe", "noembed", "noframes", "noscript", "object", "svg", "math",
            "textarea", "select", "audio", "video", "canvas",
        ])
        .add_tag_attributes("font", &["color", "face", "size"])
        .add_tag_attributes("table", &["border", "cellpadding", "cellspacing"])
        .add_tag_attributes("table", &SIZES)
        .add_tag_attributes("td", &SIZES)
        .add_tag_attributes("th", &SIZES)
        .add_tag_attributes("tr", &SIZES)
        .add_tag_attributes("blockquote", &["type"])
        .add_tag_attributes("ol", &["type"])
        .rm_tag_attributes("blockquote", &["cite"])
        .add_generic_attributes(&["align", "class", "dir", "id", "style"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::Deny)
        .filter_style_properties(HashSet::from(STYLES))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(attribute);
    builder
});

const SIZES: [&str; 5] = ["align", "valign", "width", "height", "bgcolor"];

/// What may be styled: how text and boxes look, never where they are or what they load.
const STYLES: [&str; 47] = [
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
    "width",
];

fn attribute<'u>(element: &str, name: &str, value: &'u str) -> Option<Cow<'u, str>> {
    let scheme =
        |wanted: &str| value.trim_start().get(..wanted.len()).is_some_and(|s| s.eq_ignore_ascii_case(wanted));
    match (element, name) {
        (_, "class") => known_words(value),
        (_, "id") => {
            let id = value.strip_prefix("x_").unwrap_or(value);
            let known = QUOTE_IDS.iter().chain(&SIGNATURE_IDS).find(|known| **known == id);
            known.map(|known| Cow::Borrowed(*known))
        }
        ("blockquote", "type") => (value == "cite").then_some(Cow::Borrowed(value)),
        ("img", "src") => {
            let picture = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
            let allowed =
                scheme("cid:") || scheme("http:") || scheme("https:") || picture.into_iter().any(scheme);
            allowed.then_some(Cow::Borrowed(value))
        }
        (_, "href") => (!scheme("cid:") && !scheme("data:")).then_some(Cow::Borrowed(value)),
        (_, "style") => style(value),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// The allowed properties have no use for addresses, functions or escapes, so what holds one goes. Of a background its colour stays.
fn style(value: &str) -> Option<Cow<'_, str>> {
    let lower = value.to_ascii_lowercase();
    if ["\\", "/*", "@"].iter().any(|word| lower.contains(word)) {
        return None;
    }
    let harmless = |declaration: &&str| {
        let lower = declaration.to_ascii_lowercase();
        !["url", "image", "expression"].iter().any(|word| lower.contains(word))
    };
    let plain = |declaration: &str| match declaration.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("background") => {
            of_background(value).map(|colour| format!("background-color:{colour}"))
        }
        _ => harmless(&declaration).then(|| declaration.to_owned()),
    };
    let kept: Vec<String> = value.split(';').filter_map(plain).collect();
    let kept = kept.join(";");
    (!kept.trim().is_empty()).then_some(Cow::Owned(kept))
}

/// Outlook puts `x_` before the names that it takes over from others.
fn known_words(value: &str) -> Option<Cow<'static, str>> {
    let kept: Vec<&str> = value
        .split_ascii_whitespace()
        .map(|word| word.strip_prefix("x_").unwrap_or(word))
        .filter(|word| QUOTE_CLASSES.contains(word) || SIGNATURE_CLASSES.contains(word))
        .collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

/// The content ids that the HTML shows as images.
pub(super) fn content_ids(html: &str) -> HashSet<String> {
    let source = |piece: Piece<'_>| match piece {
        Piece::Start(tag) if tag.name == "img" => tag.attribute("src"),
        _ => None,
    };
    pieces(html).filter_map(source).filter_map(|src| src.strip_prefix("cid:").map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests;
