//! Framed mails: pictures, links, colours.

use super::{Pictures, framed, remote_pictures};

const MAIL: &str = "<p title=\"a &gt; b\">Hi &amp; ho</p><img src=\"https://x.example/p.png\" alt=\"Logo\">\
    <img src=\"cid:a&amp;b\"><img src=\"cid:gone\" alt=\"gone\"><img src=\"data:image/png;base64,AA\">\
    <img src=\"HTTP://y.example/q.png?a=1&amp;b=2\">";

const NO_PICTURES: Pictures<'_> = Pictures { attached: &|_| None, remote: &|_| None };

/// What stands between the body's tags.
fn body(html: &str, pictures: Pictures<'_>) -> String {
    let whole = framed(html, pictures);
    let (_, after) = whole.split_once("<div>\n").unwrap();
    after.strip_suffix("</div></body></html>\n").unwrap().to_owned()
}

#[test]
fn pictures_have_addresses_of_ours_or_none() {
    let attached = |id: &str| (id == "a&b").then(|| "/pictures/1?a&b".to_owned());
    let blocked = body(MAIL, Pictures { attached: &attached, ..NO_PICTURES });
    assert_eq!(
        blocked,
        "<p title=\"a &gt; b\">Hi &amp; ho</p><img alt=\"Logo\"><img src=\"/pictures/1?a&amp;b\"><img alt=\"gone\">\
         <img src=\"data:image/png;base64,AA\"><img>"
    );
    let shown = body(MAIL, Pictures { remote: &|nth| Some(format!("/remote/{nth}")), ..NO_PICTURES });
    assert!(shown.contains("<img alt=\"Logo\" src=\"/remote/0\">"));
    assert!(shown.ends_with("<img src=\"/remote/1\">"));
    assert!(!shown.contains(".example"));
    assert_eq!(remote_pictures(MAIL), ["https://x.example/p.png", "HTTP://y.example/q.png?a=1&b=2"]);
}

/// `expected` is what follows the link's start tag.
fn check_link(html: &str, title: &str, expected: &str) {
    let found = body(html, NO_PICTURES);
    let (tag, after) = found.split_once('>').unwrap();
    assert!(tag.ends_with(&format!(" title=\"{title}\"")), "{found}");
    assert_eq!(after, expected, "{html}");
}

#[test]
fn links_tell_where_they_lead() {
    let title = "Leads to evil.example";
    let beside = " <small class=\"leads\">(true host: evil.example)</small>";
    check_link(
        "<a href=\"https://evil.example/\" title=\"Leads to bank.example\">here</a>",
        title,
        "here</a>",
    );
    check_link(
        "<a href=\"https://evil.example/\"><b>bank</b>.example</a>x",
        title,
        &format!("<b>bank</b>.example</a>{beside}x"),
    );
    check_link(
        "<a href=\"https://evil.example/\"><img alt=\"bank.example\"></a>",
        title,
        &format!("<img alt=\"bank.example\"></a>{beside}"),
    );
    check_link(
        "<a href=\"https://evil.example/\"><b title=\"bank.example\">Sign<br>in.</b><div>Now</div></a>",
        title,
        "<b>Sign<br>in.</b><div>Now</div></a>",
    );
    check_link(
        "<a href=\"https://evil.example/\"><bdo dir=\"rtl\">elpmaxe.knab</bdo></a>",
        title,
        &format!("<bdo dir=\"rtl\">elpmaxe.knab</bdo></a>{beside}"),
    );
    check_link("<a href=\"mailto:a@b.example\">Write</a>", "Writes to a@b.example", "Write</a>");
    assert_eq!(body("<a>bank.example</a>", NO_PICTURES), "<a>bank.example</a>");
}

#[test]
fn colours_are_of_the_page_or_of_a_sheet() {
    let page = framed("<p style=\"color:#000\">x</p>", NO_PICTURES);
    assert!(page.contains("<body class=\"page\">"));
    assert!(page.contains("<p style=\"color:#000;color:inherit!important;\">x</p>"));
    let sheet = framed("<font color=\"#ffff00\">x</font><br>", NO_PICTURES);
    assert!(sheet.contains("<body class=\"sheet\">"));
    assert!(sheet.contains("<font color=\"#ffff00\" style=\"color:#"));
}
