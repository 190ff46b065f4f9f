//! The inbox and the page of a case: what they show, and what their forms do.

use crate::house::{House, Told};
use std::time::Duration;

/// What stands in an attribute after this text.
fn after(told: &Told, mark: &str) -> String {
    let text = told.text();
    let rest = text.split_once(mark).map(|(_, rest)| rest.to_owned());
    rest.unwrap_or_else(|| panic!("{mark} isn't in {text}")).split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_inbox_shows_views_filters_and_pages() {
    let house = House::new().await;
    for _ in 0..3 {
        house.world.case_from_mail("help@aurora.example").await;
    }
    let ines = house.browser("ines").await;
    let open = ines.get("/inbox?view=unassigned").await;
    open.says(200, "It stopped working (3)");
    assert_eq!(open.text().matches("class=\"row ").count(), 3);
    ines.get("/inbox?view=mine").await.says(200, "Nothing waits here.");
    ines.get("/inbox?view=open&state=waiting").await.says(200, "No case matches.");
    let aurora = house.world.aurora.client.id;
    ines.get(&format!("/inbox?view=open&client={aurora}")).await.says(200, "<h1>Aurora</h1>");
    ines.get("/inbox?q=stopped").await.says(200, "<mark>stopped</mark>");
    ines.get("/inbox?view=nonsense&state=x&after=y&client=z").await.says(200, "It stopped working (1)");
}

#[tokio::test]
async fn pages_of_the_inbox_lead_down_and_up_again() {
    let house = House::new().await;
    for nth in 0..60 {
        let sender = format!("customer{nth}@customer.example");
        house
            .world
            .receive(&house.world.mail(&sender, "help@aurora.example", "It leaks", "Under the lid."))
            .await;
    }
    let ines = house.browser("ines").await;
    let first = ines.get("/inbox?view=open").await;
    first.is_silent_about("rel=\"prev\"");
    let older = after(&first, "<a class=\"button\" href=\"/inbox?view=open&#38;after=");
    let second = ines.get(&format!("/inbox?view=open&after={older}")).await;
    assert_eq!(second.text().matches("class=\"row ").count(), 10);
    second.is_silent_about("rel=\"next\"");
    let newer = after(&second, "<a class=\"button\" href=\"/inbox?view=open&#38;before=");
    let back = ines.get(&format!("/inbox?view=open&before={newer}")).await;
    assert_eq!(back.text().matches("class=\"row ").count(), 50);
    back.is_silent_about("rel=\"prev\"");
    let rows = |told: &Told| {
        let text = told.text();
        text.split("id=\"row-").skip(1).map(|row| row[..32].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rows(&back), rows(&first));
}

#[tokio::test]
async fn a_case_knows_the_list_that_it_was_opened_from() {
    let house = House::new().await;
    let first = house.world.case_from_mail("help@aurora.example").await;
    let second = house.world.case_from_mail("help@aurora.example").await;
    let third = house.world.case_from_mail("help@aurora.example").await;
    let ines = house.browser("ines").await;
    let page = ines.get(&format!("/cases/{second}?view=unassigned&language=en")).await;
    page.says(200, &format!("href=\"/cases/{third}?view=unassigned&#38;language=en\""));
    page.says(200, &format!("href=\"/cases/{first}?view=unassigned&#38;language=en\""));
    page.says(200, "href=\"/inbox?view=unassigned&#38;language=en\"");
    let there = format!("http://desk.example/cases/{second}?view=unassigned");
    let told = ines
        .clone()
        .with("referer", &there)
        .post(&format!("/cases/{second}/priority"), &[("priority", "high")])
        .await;
    told.goes(&format!("/cases/{second}?view=unassigned"));
    let evil = ines.with("referer", "https://evil.example/x?view=mine&q=%22%3E");
    let told = evil.post(&format!("/cases/{second}/priority"), &[("priority", "low")]).await;
    told.goes(&format!("/cases/{second}?view=mine&q=%22%3E"));
}

#[tokio::test]
async fn a_reply_is_written_shown_undone_and_sent() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    let told = tiago
        .post(&format!("{path}/replies"), &[("text", "Press **both** <b>buttons</b>."), ("then", "stay")])
        .await;
    told.goes(&format!("{path}?view=open"));
    let said = told.cookie("dragoman_said").expect("it is said");
    let page = tiago.clone().with_cookie(&said).get(&path).await;
    page.says(200, "Your reply goes in a moment.");
    page.says(200, "Press <strong>both</strong> &lt;b&gt;buttons&lt;/b&gt;.");
    let reply = after(&page, "/withdrawals\" method").len();
    assert!(reply < 100);
    let message = house.world.messages(case).await[1].id;
    tiago
        .post(&format!("{path}/messages/{message}/withdrawals"), &[])
        .await
        .goes(&format!("{path}?view=open"));
    tiago.get(&path).await.says(200, "Press **both** &#60;b&#62;buttons&#60;/b&#62;.</textarea>");
    tiago.post(&format!("{path}/replies"), &[("text", "Press both."), ("then", "close")]).await;
    house.world.later(Duration::from_secs(60));
    house.world.run_jobs().await;
    let page = tiago.get(&path).await;
    page.says(200, "Sent <time");
    page.says(200, "Reopen");
    assert_eq!(house.world.post.taken().len(), 1);
    let message = house.world.messages(case).await[1].id;
    tiago.post(&format!("{path}/messages/{message}/withdrawals"), &[]).await.says(409, "has left already");
}

#[tokio::test]
async fn a_reply_that_fails_says_why_and_can_be_tried_again() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    house.world.post.decide(testkit::Fate::Never("The mailbox doesn't exist (550).".to_owned()));
    tiago.post(&format!("{path}/replies"), &[("text", "Hello"), ("then", "stay")]).await;
    house.world.later(Duration::from_secs(60));
    house.world.run_jobs().await;
    tiago.get(&path).await.says(200, "The mailbox doesn&#39;t exist (550).");
    let olga = house.browser("olga").await;
    olga.get("/jobs").await.says(200, "The mailbox doesn&#39;t exist (550).");
    olga.get("/outgoing-mail").await.says(200, "One letter couldn&#39;t leave so far.");
    house.world.post.decide(testkit::Fate::Taken);
    let message = house.world.messages(case).await[1].id;
    tiago.post(&format!("{path}/messages/{message}/attempts"), &[]).await.goes(&format!("{path}?view=open"));
    house.world.run_jobs().await;
    tiago.get(&path).await.says(200, "Sent <time");
}

#[tokio::test]
async fn what_was_typed_survives_a_refusal_and_a_crash() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    tiago
        .post(&format!("{path}/replies"), &[("text", "  "), ("then", "stay")])
        .await
        .says(422, "There are no words to send.");
    let told = tiago.post(&format!("{path}/draft"), &[("kind", "note"), ("text", "Ask the workshop")]).await;
    assert_eq!((told.status.as_u16(), told.bytes.len()), (204, 0));
    let page = tiago.get(&path).await;
    page.says(200, "Ask the workshop</textarea>");
    page.says(200, "value=\"note\" data-key=\"n\" data-focus=\"note-text\" checked");
    house.browser("ines").await.get(&path).await.is_silent_about("Ask the workshop");
    let long = format!("long {}", "x".repeat(100_000));
    tiago.post(&format!("{path}/notes"), &[("text", &long)]).await.says(422, "long xxx");
}

#[tokio::test]
async fn a_case_is_assigned_moved_and_prioritised() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    let (own, other) = (house.world.person("tiago").to_string(), house.world.person("carla").to_string());
    tiago.post(&format!("{path}/assignment"), &[("person", &other)]).await.says(403, "Only a team lead");
    let page = tiago.get(&path).await;
    let html = page.text();
    let offered = html.split_once("id=\"assignee\"").and_then(|(_, rest)| rest.split_once("</select>"));
    assert!(!offered.expect("there is a list").0.contains("Carla Sousa"), "only leads assign to others");
    page.says(200, "Assign to me");
    tiago.post(&format!("{path}/assignment"), &[("person", &own)]).await.goes(&format!("{path}?view=open"));
    tiago.get(&path).await.is_silent_about("Assign to me");
    tiago.get("/inbox?view=mine").await.says(200, &format!("id=\"row-{case}\""));
    tiago.post(&format!("{path}/state"), &[("state", "closed")]).await.goes(&format!("{path}?view=open"));
    tiago.post(&format!("{path}/state"), &[("state", "closed")]).await.says(409, "stands there already");
    tiago.post(&format!("{path}/state"), &[("state", "new")]).await.says(409, "can&#39;t become new again");
    tiago.post(&format!("{path}/state"), &[("state", "lost")]).await.says(422, "can&#39;t be read");
    tiago.post(&format!("{path}/state"), &[("state", "open")]).await.goes(&format!("{path}?view=open"));
    tiago.post(&format!("{path}/priority"), &[("priority", "urgent")]).await;
    tiago.get(&path).await.says(200, "The priority was changed from normal to urgent.");
}

#[tokio::test]
async fn what_was_said_is_said_on_its_own_page_only() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let told = house.browser("tiago").await.post(&format!("/cases/{case}/notes"), &[("text", "hm")]).await;
    let said = told.cookie("dragoman_said").expect("it is said");
    assert!(said.contains(&format!("Path=/cases/{case};")), "{said}");
    let forged = house.browser("tiago").await.with_cookie("dragoman_said=<script>");
    forged.get("/inbox").await.is_silent_about("<div class=\"flash ");
}

#[tokio::test]
async fn the_demo_has_people_and_a_postbox() {
    let house = House::demo().await;
    house.world.case_from_mail("help@aurora.example").await;
    let visitor = house.visitor();
    let page = visitor.get("/sign-in").await;
    page.says(200, "Tiago Rocha");
    let tiago = house.world.person("tiago").to_string();
    let told = visitor.post("/sign-in/demo", &[("person", &tiago), ("then", "/postbox")]).await;
    told.goes("/postbox");
    let browser = visitor.with_cookie(&told.cookie(web::COOKIE).expect("a session"));
    browser.get("/postbox/new").await.says(200, "eva@customer.example");
    let letter = [
        ("name", "Eva"),
        ("address", "eva@customer.example"),
        ("to", "help@aurora.example"),
        ("subject", "Hi"),
        ("text", "It leaks."),
        ("answers", ""),
    ];
    browser.post("/postbox/letters", &letter).await.goes("/postbox");
    let written = house.written.lock().expect("nobody panics")[0].clone();
    assert_eq!(
        (written.to.as_str(), written.text.as_str(), written.answers),
        ("help@aurora.example", "It leaks.", None)
    );
    let desk = &house.world.desk;
    let (customer, mailbox) =
        ("eva@customer.example".parse().unwrap(), "help@aurora.example".parse().unwrap());
    desk::postbox::keep_outgoing(desk, &customer, &mailbox, "Re: Hi", b"bytes".to_vec()).await.unwrap();
    let id = desk::postbox::list(desk).await.unwrap()[0].id.clone();
    browser.get(&format!("/postbox/{id}")).await.says(200, "Answer as the customer");
    browser.get(&format!("/postbox/new?answers={id}")).await.says(200, "help+signed@aurora.example");
    let answer = [
        ("name", "Eva"),
        ("address", "eva@customer.example"),
        ("to", "help+signed@aurora.example"),
        ("subject", "Re: Hi"),
        ("text", "Thanks."),
        ("answers", &id),
    ];
    browser.post("/postbox/letters", &answer).await.goes("/postbox");
    let written = house.written.lock().expect("nobody panics")[1].clone();
    assert_eq!(written.answers.as_deref(), Some("letter-1@desk.example"));
}
