//! What we wrote, as a page shows it: Markdown made into HTML, and that made safe once more.

use ammonia::Builder;
use comrak::{Options, markdown_to_html};
use std::sync::LazyLock;

static CLEAN: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    // A picture in a reply would be fetched from its server by everybody who opens the case.
    builder.rm_tags(&["img"]).set_tag_attribute_value("a", "target", "_blank");
    builder
});

/// HTML of a reply or a note. HTML that somebody typed is shown as they typed it.
pub(crate) fn html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    CLEAN.clean(&markdown_to_html(markdown, &options)).to_string()
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markdown_becomes_safe_html() {
        let check = |markdown: &str, present: &str, absent: &str| {
            let html = html(markdown);
            assert!(html.contains(present), "{markdown}: {html}");
            assert!(absent.is_empty() || !html.contains(absent), "{markdown}: {html}");
        };
        check("**Hold** the button", "<strong>Hold</strong>", "");
        check("one\ntwo", "<br", "");
        check("<script>alert(1)</script>", "&lt;script&gt;", "<script");
        check("[press](javascript:alert(1))", "press", "javascript");
        check("![x](https://tracker.example/p.png)", "<p>", "<img");
        check("https://a.example/x", "rel=\"noopener noreferrer\"", "");
    }
}
