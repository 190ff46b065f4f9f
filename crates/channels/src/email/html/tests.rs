//! HTML of mails: what stays, what goes, and payloads that others collected.

use super::super::tags::{Piece, pieces};
use super::{rendered, sanitise};
use std::path::PathBuf;

#[test]
fn looks_stay_and_tricks_go() {
    for (html, expected) in [
        ("<p style=\"color:red;position:fixed;background:url(x)\">x</p>", "<p style=\"color:red\">x</p>"),
        (
            "<p style=\"background:#123456 url(x;y) no-repeat;color:red\">x</p>",
            "<p style=\"background-color:#123456;color:red\">x</p>",
        ),
        ("<p style=\"color:red;background:\\75rl(x)\">x</p>", "<p>x</p>"),
        ("<p style=\"color:red;position:fixed\">x</p>", "<p style=\"color:red\">x</p>"),
        (
            "<a href=\"https://a.example\">x</a>",
            "<a href=\"https://a.example\" target=\"_blank\" rel=\"noopener noreferrer\">x</a>",
        ),
        (
            "<a href=\"javascript:alert(1)\" onclick=x>x</a>",
            "<a target=\"_blank\" rel=\"noopener noreferrer\">x</a>",
        ),
        ("<a href=\"data:text/html,x\">x</a>", "<a rel=\"noopener noreferrer\" target=\"_blank\">x</a>"),
        ("<img src=\"cid:x@y\" width=5>", "<img src=\"cid:x@y\" width=\"5\">"),
        ("<img src=\"/etc/x\" alt=y>", "<img alt=\"y\">"),
        ("<img src=\"data:image/svg+xml,x\">", "<img>"),
        ("<form action=x><input name=y>words</form>", "words"),
        ("<iframe src=x>words</iframe><object data=x>more</object>end", "end"),
        ("<svg><a xlink:href=\"javascript:x\">words</a></svg>end", "end"),
        ("<div class=\"gmail_quote other\" id=\"mine\">x</div>", "<div class=\"gmail_quote\">x</div>"),
        ("<div id=\"x_divRplyFwdMsg\">x</div>", "<div id=\"divRplyFwdMsg\">x</div>"),
        (
            "<table bgcolor=red onload=x><tr><td colspan=2>x</td></tr></table>",
            "<table bgcolor=\"red\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>",
        ),
        (
            "<base href=\"https://evil.example\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>x",
            "x",
        ),
    ] {
        assert_eq!(sanitise(html), expected, "{html}");
    }
}

/// Nothing in the HTML could run, load, submit or cover.
fn check_harmless(source: &str) {
    let html = sanitise(source);
    for piece in pieces(&html) {
        let Piece::Start(tag) = piece else { continue };
        let forbidden = [
            "script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base",
            "meta", "link", "template",
        ];
        assert!(!forbidden.contains(&tag.name), "{source}\n{html}");
        for (name, value) in tag.attributes() {
            let value = super::super::tags::unescape(value).to_ascii_lowercase();
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            assert!(!name.starts_with("on") && name != "srcset" && name != "srcdoc", "{source}\n{html}");
            assert!(!value.contains("javascript:") || name == "title" || name == "alt", "{source}\n{html}");
            assert!(
                name != "style" || !(value.contains("url(") || value.contains("position:")),
                "{source}\n{html}"
            );
        }
    }
    let again = sanitise(&html);
    assert_eq!(pieces(&again).count(), pieces(&html).count(), "what is clean stays as it is: {source}");
}

#[test]
fn collected_payloads_are_harmless() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("DRAGOMAN_TEST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    for (file, field) in [("html_dompurify.jsonl", "payload"), ("html_zammad.jsonl", "input")] {
        let Ok(text) = std::fs::read_to_string(root.join(&folder).join("mail").join(file)) else { return };
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            check_harmless(row[field].as_str().unwrap());
        }
    }
}

#[test]
fn html_becomes_text_as_people_read_it() {
    for (html, text) in [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>", "- a\n- b\n\n1. c\n2. d"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n\n> b\n>\n> > c\n\nd"),
        ("x &amp; y&nbsp;z &lt;w&gt;", "x & y\u{a0}z <w>"),
        ("<title>no</title><style>no</style>yes<img alt=no src=\"cid:x\">", "yes"),
        ("  a \n b  <b>c</b>d", "a b cd"),
    ] {
        assert_eq!(rendered(&sanitise(html)).text, text, "{html}");
    }
}
