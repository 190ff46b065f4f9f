//! Setting up: the first run, clients, partners, engagements, outgoing mail.

use crate::house::{Browser, House, Told, pages_of};
use desk::Desk;
use std::{sync::Arc, time::Duration};
use testkit::Place;

fn id_after<'a>(told: &'a Told, mark: &str) -> &'a str {
    told.leads_to()
        .strip_prefix(mark)
        .unwrap_or_else(|| panic!("{} doesn't begin with {mark}", told.leads_to()))
}

#[tokio::test]
async fn the_first_visitor_becomes_the_owner_and_nobody_after_them() {
    let place = Place::on_sqlite().await;
    let clock = store::Clock::fixed(testkit::morning());
    let desk = Desk::open(place.store, place.blobs, place.vault, clock, Duration::ZERO)
        .await
        .expect("the desk opens");
    let visitor = Browser::without_session(pages_of(desk, web::Demo::No, &Arc::default()));
    for path in ["/", "/sign-in", "/inbox", "/cases/1"] {
        visitor.get(path).await.goes("/first-run");
    }
    visitor.get("/first-run").await.says(200, "Set up this installation");
    let filled = [
        ("name", "Olga"),
        ("email", "olga@desk.example"),
        ("password", "short"),
        ("client", "Aurora"),
        ("mailbox", "help@aurora.example"),
        ("language", "sl"),
    ];
    let told = visitor.post("/first-run", &filled).await;
    told.says(422, "12 to 200 characters");
    told.says(422, "value=\"help@aurora.example\"");
    let mut filled = filled;
    filled[2].1 = "a long enough password";
    let told = visitor.post("/first-run", &filled).await;
    told.goes("/clients");
    let olga = visitor.clone().with_cookie(&told.cookie(web::COOKIE).expect("a session"));
    olga.get("/clients").await.says(200, "Slovenian");
    assert_eq!(visitor.get("/first-run").await.status, 404);
    assert_eq!(visitor.post("/first-run", &filled).await.status, 404);
}

#[tokio::test]
async fn a_client_a_partner_and_an_engagement_let_a_team_in() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    let client = [
        ("name", "Nimbus"),
        ("colour", "plum"),
        ("language", "de"),
        ("zone", "Europe/Berlin"),
        ("mailbox", "help@nimbus.example"),
    ];
    let added = olga.post("/clients", &client).await;
    let client_id = id_after(&added, "/clients/").to_owned();
    olga.post("/clients", &client).await.says(409, "belongs to another mailbox");
    olga.get(&format!("/clients/{client_id}")).await.says(200, "help@nimbus.example");
    let partner =
        [("name", "Kraków Care"), ("place_name", "Kraków"), ("zone", "Europe/Warsaw"), ("team", "Evenings")];
    olga.post("/partners", &partner).await.goes("/people");
    olga.get("/people").await.says(200, "Evenings");
    let lisbon = house.world.lisbon.to_string();
    let agreed =
        [("client", client_id.as_str()), ("team", &lisbon), ("from", "2026-03-01"), ("until", "2026-02-01")];
    olga.post("/engagements", &agreed).await.says(422, "The last day is before the first.");
    let nimbus = "help@nimbus.example".parse().unwrap();
    let mailbox = house.world.read(move |tx| engagements::tables::mailbox_at(tx, &nimbus)).await.unwrap();
    let mailbox = mailbox.id.to_string();
    let agreed = [
        ("client", client_id.as_str()),
        ("team", &lisbon),
        ("from", "2026-03-01"),
        ("until", ""),
        ("mailbox", mailbox.as_str()),
    ];
    olga.post("/engagements", &agreed).await.goes("/engagements");
    let tiago = house.browser("tiago").await;
    tiago.get("/inbox").await.says(200, "Nimbus");
    let case = house.world.case_from_mail("help@nimbus.example").await;
    assert_eq!(tiago.get(&format!("/cases/{case}")).await.status, 200);
    let page = olga.get("/engagements").await;
    page.says(200, "help@nimbus.example");
    page.says(200, "In force");
}

#[tokio::test]
async fn a_role_works_at_once_and_so_does_its_loss() {
    let house = House::new().await;
    let case = house.world.case_from_mail("hello@pip.example").await;
    let (olga, tiago) = (house.browser("olga").await, house.browser("tiago").await);
    let (person, manila) = (house.world.person("tiago"), house.world.manila.to_string());
    let pip = house.world.client("pip").to_string();
    let wrong = [("role", "representative"), ("place", pip.as_str())];
    olga.post(&format!("/people/{person}/seats"), &wrong).await.says(422, "This role needs a place.");
    let right = [("role", "representative"), ("place", manila.as_str())];
    olga.post(&format!("/people/{person}/seats"), &right).await.goes(&format!("/people/{person}"));
    assert_eq!(tiago.get(&format!("/cases/{case}")).await.status, 200);
    let seats = house.world.read(move |tx| people::tables::seats_of(tx, person)).await;
    let seat =
        seats.iter().find(|seat| seat.team.map(|team| team.to_string()) == Some(manila.clone())).unwrap().id;
    olga.post(&format!("/people/{person}/seats/{seat}/removals"), &[])
        .await
        .goes(&format!("/people/{person}"));
    assert_eq!(tiago.get(&format!("/cases/{case}")).await.status, 404);
}

#[tokio::test]
async fn the_mail_server_is_named_without_its_password() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    let wrong = [("host", "smtp example"), ("port", "587"), ("security", "starttls"), ("user", "")];
    olga.post("/outgoing-mail", &wrong).await.says(422, "can&#39;t be read");
    let right = [("host", "smtp.example.com"), ("port", "465"), ("security", "tls"), ("user", "desk")];
    olga.post("/outgoing-mail", &right).await.goes("/outgoing-mail");
    let page = olga.get("/outgoing-mail").await;
    page.says(200, "value=\"smtp.example.com\"");
    page.says(200, "<option value=\"tls\" selected>");
    page.is_silent_about("type=\"password\"");
    let told = olga.post("/outgoing-mail/test-letters", &[("to", "olga@people.example")]).await;
    told.says(409, "535 wrong password");
}

#[tokio::test]
async fn a_mailbox_with_cases_stays() {
    let house = House::new().await;
    house.world.case_from_mail("help@aurora.example").await;
    let (client, mailbox) = (house.world.aurora.client.id, house.world.aurora.mailbox.id);
    let olga = house.browser("olga").await;
    let told = olga.post(&format!("/clients/{client}/mailboxes/{mailbox}/removals"), &[]).await;
    told.says(409, "can&#39;t be removed");
    olga.get(&format!("/clients/{client}")).await.says(200, "1 cases");
}

#[tokio::test]
async fn an_account_is_named_tried_and_removed_and_its_password_never_shown() {
    let house = House::new().await;
    let (client, mailbox) = (house.world.aurora.client.id, house.world.aurora.mailbox.id);
    let here = format!("/clients/{client}/mailboxes/{mailbox}");
    let fetching = format!("{here}/fetching");
    let olga = house.browser("olga").await;
    olga.get("/mailboxes").await.says(200, "Not fetched");
    let account = |host: &'static str, security: &'static str, password: &'static str| {
        vec![
            ("host", host),
            ("port", "993"),
            ("security", security),
            ("user", "help"),
            ("password", password),
            ("folder", ""),
            ("first_fetch", "everything"),
            ("after_intake", "move"),
            ("move_to", "Done & dusted"),
            ("switch", "on"),
            ("sign_in", "password"),
        ]
    };
    let refused = olga.post(&fetching, &account("imap.aurora.example", "plain", "s3cret words")).await;
    refused.says(422, "in the clear");
    refused.says(422, "value=\"imap.aurora.example\"");
    refused.is_silent_about("s3cret words");
    let refused = olga.post(&fetching, &account("imap.aurora.example", "tls", "")).await;
    refused.says(422, "The password is missing.");
    olga.post(&fetching, &account("imap.aurora.example", "tls", "s3cret words")).await.goes(&here);
    let page = olga.get(&here).await;
    page.says(200, "About to be tried");
    page.says(200, "A password is kept, sealed.");
    page.says(200, "value=\"Done &#38; dusted\"");
    page.is_silent_about("s3cret words");
    let kept = house.world.read(move |tx| engagements::tables::accounts::sealed_secret(tx, mailbox)).await;
    assert!(kept.is_some_and(|sealed| !sealed.contains("s3cret")));
    olga.post(&fetching, &account("imap.aurora.example", "starttls", "")).await.goes(&here);
    let refused = olga.post(&fetching, &account("imap.other.example", "tls", "")).await;
    refused.says(422, "The password is missing.");
    olga.get("/mailboxes").await.says(200, "imap.aurora.example:993");
    olga.get(&format!("/clients/{client}")).await.says(200, "About to be tried");
    olga.post(&format!("{fetching}/removals"), &[]).await.goes(&here);
    olga.post(&format!("{fetching}/attempts"), &[]).await.says(409, "No account is named");
    olga.get("/mailboxes").await.says(200, "Not fetched");
}

#[tokio::test]
async fn a_failed_account_says_why_when_it_is_tried_again_and_what_was_left() {
    let house = House::new().await;
    let (client, mailbox) = (house.world.aurora.client.id, house.world.aurora.mailbox.id);
    let here = format!("/clients/{client}/mailboxes/{mailbox}");
    let olga = house.browser("olga").await;
    let account = [
        ("host", "imap.aurora.example"),
        ("port", "993"),
        ("security", "tls"),
        ("user", "help"),
        ("password", "s3cret words"),
        ("after_intake", "leave"),
        ("switch", "on"),
    ];
    olga.post(&format!("{here}/fetching"), &account).await.goes(&here);
    let desk = &house.world.desk;
    let mut failed = desk::fetching::progress(desk, mailbox).await.unwrap();
    failed.sentence = "The certificate has expired.".to_owned();
    failed.tries = 1;
    failed.next_try_at = Some(desk.clock.now().plus(std::time::Duration::from_secs(300)));
    desk::fetching::fail(desk, failed).await.unwrap();
    desk::fetching::leave(desk, mailbox, 7, 12, "A mail of 61 MB is too large.").await.unwrap();
    for path in [here.as_str(), "/mailboxes"] {
        let page = olga.get(path).await;
        page.says(200, "Can’t be fetched");
        page.says(200, "The certificate has expired.");
        page.says(200, "Next try: <time");
    }
    olga.get("/mailboxes")
        .await
        .says(200, "one is fetched from an IMAP account. One of them can’t be fetched");
    olga.get(&here).await.says(200, "A mail of 61 MB is too large.");
    olga.post(&format!("{here}/fetching/left/attempts"), &[]).await.goes(&here);
    assert_eq!(desk::fetching::wanted(desk, mailbox, 7).await.unwrap(), [12]);
    let page = olga.get(&here).await;
    page.says(200, "About to be tried");
    page.is_silent_about("The certificate has expired.");
    page.is_silent_about("Next try: <time");
}
