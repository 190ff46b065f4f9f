//! Draws a sample page by its name, for the preview and for the tests that look at every page.

use super::{board, client_words, domains, engines, gallery, mail, meter, pages, settings, shell};
use crate::views::shell::Place;
use askama::Template;

/// The names of all sample pages.
pub const NAMES: [&str; 45] = [
    "board",
    "inbox",
    "inbox-done",
    "search",
    "case",
    "case-new",
    "case-long",
    "case-across",
    "sign-in",
    "sign-in-demo",
    "invitation",
    "sent-reply",
    "sent-reply-not-understood",
    "unsubscription",
    "unsubscription-over",
    "first-run",
    "absent",
    "refusal",
    "fault",
    "clients",
    "client-new",
    "client",
    "mailbox",
    "mailboxes",
    "people",
    "person",
    "engagements",
    "engagement-new",
    "translation",
    "client-engines",
    "outgoing-mail",
    "sending-domains",
    "sending-domain",
    "parked",
    "queue",
    "understanding",
    "jobs",
    "terms",
    "terms-none",
    "term",
    "memory",
    "account",
    "postbox",
    "postbox-new",
    "gallery",
];

/// The HTML of a sample page; none when there's no page of that name.
pub fn draw(name: &str) -> Option<askama::Result<String>> {
    Some(match name {
        "board" => board::board().render(),
        "inbox" => pages::inbox().render(),
        "inbox-done" => pages::inbox_done().render(),
        "search" => pages::search().render(),
        "case" => pages::case().render(),
        "case-new" => pages::case_new().render(),
        "case-long" => pages::case_long().render(),
        "case-across" => pages::case_across().render(),
        "sign-in" => pages::sign_in().render(),
        "sign-in-demo" => pages::sign_in_demo().render(),
        "invitation" => pages::invitation().render(),
        "sent-reply" => pages::sent_reply().render(),
        "sent-reply-not-understood" => pages::sent_reply_not_understood().render(),
        "unsubscription" => pages::unsubscription().render(),
        "unsubscription-over" => pages::unsubscription_over().render(),
        "first-run" => pages::first_run().render(),
        "absent" => pages::absent().render(),
        "refusal" => pages::refusal().render(),
        "fault" => pages::fault().render(),
        "gallery" => gallery(shell("Gallery", Place::Gallery)).render(),
        other => return draw_settings(other),
    })
}

fn draw_settings(name: &str) -> Option<askama::Result<String>> {
    Some(match name {
        "clients" => settings::clients().render(),
        "client-new" => settings::client_new().render(),
        "client" => settings::client().render(),
        "terms" => client_words::terms().render(),
        "terms-none" => client_words::no_terms().render(),
        "term" => client_words::term().render(),
        "memory" => client_words::memory().render(),
        "mailbox" => mail::mailbox().render(),
        "mailboxes" => mail::mailboxes().render(),
        "consents" => mail::consents().render(),
        "consent-begun" => mail::consent_begun().render(),
        "people" => settings::people().render(),
        "person" => settings::person().render(),
        "engagements" => settings::engagements().render(),
        "engagement-new" => settings::engagement_new().render(),
        "translation" => engines::translation().render(),
        "client-engines" => engines::client_engines().render(),
        "outgoing-mail" => settings::outgoing_mail().render(),
        "sending-domains" => domains::sending_domains().render(),
        "sending-domain" => domains::sending_domain().render(),
        "queue" => mail::queue().render(),
        "understanding" => meter::meter().render(),
        "parked" => settings::parked().render(),
        "jobs" => settings::jobs().render(),
        "account" => settings::account().render(),
        "postbox" => settings::postbox().render(),
        "postbox-new" => settings::postbox_new().render(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::ICONS;
    use super::{NAMES, draw, pages};
    use crate::views::inbox::Piece;
    use crate::views::thread::{Entry, Paragraph};
    use askama::Template;

    fn every_page(mut look: impl FnMut(&str, &str)) {
        for name in NAMES {
            let html = draw(name).expect("every name has a page").expect("every page can be drawn");
            look(name, &html);
        }
    }

    #[test]
    fn every_page_has_the_landmarks_that_screen_readers_need() {
        every_page(|name, html| {
            let check = |part: &str| assert_eq!(html.matches(part).count(), 1, "{part} on {name}");
            check("<main id=\"main\"");
            check("<h1");
            check("<html lang=\"en\"");
            check("<title>");
            check("class=\"skip\" href=\"#main\"");
        });
    }

    #[test]
    fn ids_stand_once_on_a_page() {
        every_page(|name, html| {
            let mut ids: Vec<_> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "an id stands twice on {name}");
        });
    }

    #[test]
    fn nothing_on_a_page_needs_an_exception_from_the_security_policy() {
        every_page(|name, html| {
            for refused in
                [" style=", "<style", "javascript:", " onclick=", " onload=", "src=\"http", "href=\"http://"]
            {
                assert!(!html.contains(refused), "{refused} on {name}");
            }
            assert_eq!(html.matches("<script").count(), 2, "the import map and one module on {name}");
        });
    }

    #[test]
    fn every_icon_on_a_page_is_in_the_sprite() {
        every_page(|name, html| {
            for icon in html.split("icons.svg#").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(ICONS.contains(&icon), "{icon} on {name}");
            }
        });
    }

    #[test]
    fn labels_name_every_field_by_wrapping_or_by_id() {
        every_page(|name, html| {
            for identified in html.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(html.contains(&format!("id=\"{identified}\"")), "label for {identified} on {name}");
            }
        });
    }

    #[test]
    fn words_of_customers_are_never_markup() {
        let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";
        let mut page = pages::case();
        page.subject = evil.to_owned();
        page.customer.name = evil.to_owned();
        page.composer.reply = "</textarea><script>".to_owned();
        if let Some(Entry::Incoming(message)) = page.entries.get_mut(1) {
            message.from = evil.to_owned();
            message.quoted = Some(evil.to_owned());
            message.paragraphs = vec![Paragraph { text: evil.to_owned(), language: None }];
            message.attachments[0].name = evil.to_owned();
        }
        let mut list = pages::inbox();
        list.rows[0].subject = vec![Piece::Hit(evil.to_owned())];
        list.rows[0].customer = evil.to_owned();
        list.shell.query = evil.to_owned();
        for html in [page.render(), list.render()] {
            let html = html.expect("it can be drawn");
            assert!(
                !html.contains("<script>") && !html.contains("<img src=x") && !html.contains("</textarea><")
            );
        }
    }

    #[test]
    fn a_long_thread_folds_its_middle_and_loses_nothing() {
        let check = |count: usize, folded: usize| {
            let mut page = pages::case_long();
            page.entries = page.entries.iter().cycle().take(count).cloned().collect();
            let parts = [page.first_entries(), page.folded_entries(), page.last_entries()];
            assert_eq!(parts.iter().map(|part| part.len()).sum::<usize>(), count);
            assert_eq!(parts[1].len(), folded, "of {count}");
        };
        check(0, 0);
        check(9, 0);
        check(10, 2);
        check(18, 10);
    }
}
