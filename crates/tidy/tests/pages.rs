//! Templates hold words and structure only: no styles, no scripts. Scripts make no HTML.
//!
//! The content security policy refuses the first in the browser as well; here it is said earlier, and why.

use crate::tree;

/// What may not stand in a template, in lower case, and what to do instead.
const REFUSED: [(&str, &str); 5] = [
    (" style=", "give it a class and write the style in the stylesheet"),
    ("<style", "write the style in the stylesheet"),
    ("javascript:", "use a link, a form or a Stimulus controller"),
    ("<script>", "write a Stimulus controller; only `src` scripts are let through"),
    ("<script nonce", "write a Stimulus controller; only `src` scripts are let through"),
];

/// How a script would make HTML.
const MAKES_HTML: [&str; 6] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "DOMParser",
    "createContextualFragment",
];

/// A script of our pages that makes HTML; the browser tests are none of them.
fn html_makers(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("crates/") || !path.ends_with(".js") {
        return Vec::new();
    }
    let made = |line: &str| MAKES_HTML.iter().any(|piece| line.contains(piece));
    let lines = text.lines().enumerate().filter(|(_, line)| made(line));
    lines.map(|(at, line)| format!("{path}:{} {}", at + 1, line.trim())).collect()
}

fn is_template(path: &str) -> bool {
    path.contains("/templates/") && path.ends_with(".html")
}

/// Every line of a template that breaks a law. A letter is styled inline, for want of stylesheets in mail programs.
fn broken_lines(path: &str, text: &str) -> Vec<String> {
    if !is_template(path) || path.contains("/letters/") {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    let broken =
        lines.flat_map(|(at, line)| reasons(&line.to_lowercase()).into_iter().map(move |why| (at + 1, why)));
    broken.map(|(line, why)| format!("{path}:{line} {why}")).collect()
}

fn reasons(line: &str) -> Vec<String> {
    let refused = REFUSED.iter().filter(|(piece, _)| line.contains(piece));
    let mut reasons: Vec<String> = refused.map(|(piece, why)| format!("`{}`: {why}", piece.trim())).collect();
    if has_event_attribute(line) {
        reasons.push("an `on…=` attribute: use a Stimulus action (`data-action`)".to_owned());
    }
    reasons
}

/// ` onclick=`, ` onload=` and their like.
fn has_event_attribute(line: &str) -> bool {
    let after_on = line.split(" on").skip(1);
    let mut names = after_on.filter_map(|rest| rest.split_once('=')).map(|(name, _)| name);
    names.any(|name| name.len() > 2 && name.bytes().all(|letter| letter.is_ascii_lowercase()))
}

#[test]
fn templates_hold_no_styles_and_no_scripts() {
    let broken = tree::files().iter().flat_map(|file| broken_lines(&file.path, &file.text)).collect();
    tree::obeyed("These lines of templates have to change:", broken);
}

#[test]
fn scripts_make_no_html() {
    tree::obeyed(
        "HTML is made by templates on the server, where it is escaped. Fetch a page, clone a `<template>`, or set `textContent`:",
        tree::files().iter().flat_map(|file| html_makers(&file.path, &file.text)).collect(),
    );
}

#[test]
fn html_makers_are_seen() {
    let script = "a.textContent = b\na.innerHTML = b\n";
    let path = "crates/web/assets/js/case_controller.js";
    assert_eq!(html_makers(path, script), [format!("{path}:2 a.innerHTML = b")]);
    assert!(html_makers("tests/browser/a.js", script).is_empty());
}

#[test]
fn styles_and_scripts_are_seen() {
    fn check(line: &str, found: usize) {
        let broken = broken_lines("crates/web/templates/case.html", line);
        assert_eq!(broken.len(), found, "{line}: {broken:?}");
    }
    check("<p style=\"color: red\">", 1);
    check("<button type=\"button\" onclick=\"go()\">", 1);
    check("<a href=\"javascript:go()\">", 1);
    check("<script>go()</script>", 1);
    check("<script type=\"module\" src=\"/assets/app.js\"></script>", 0);
    check("<script type=\"importmap\" src=\"x\"></script>", 0);
    check("<p>Go on = continue</p>", 0);
    check("<p data-style=\"calm\" data-action=\"click->case#close\">", 0);
    assert!(broken_lines("crates/web/templates/letters/reply.html", "<p style=\"a\">").is_empty());
}
