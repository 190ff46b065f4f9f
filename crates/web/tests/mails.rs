//! Files of a case, the framed original of a mail, and parked mail: what somebody sent is never a page of ours.

use crate::house::House;
use kernel::CaseId;

async fn case(house: &House) -> (CaseId, String) {
    let world = &house.world;
    let mut mail = world
        .mail(
            "Eva Novak <eva@customer.example>",
            "help@aurora.example",
            "Kettle",
            "See the <b>pictures</b>: https://a.example/x",
        )
        .with_html("<p>See <img src=\"https://remote.example/p.png\"></p>")
        .with_file("plan \"ä\".svg", "image/svg+xml", b"<svg/>")
        .with_file("kettle.png", "image/png", b"png");
    mail.incoming.attachments[1].content_id = Some("picture-1".to_owned());
    let case = world.receive(&mail).await;
    let message = world.messages(case).await[0].id;
    (case, format!("/cases/{case}/messages/{message}"))
}

#[tokio::test]
async fn a_mail_is_shown_as_text_with_its_original_behind_a_sandbox() {
    let house = House::new().await;
    let (case, path) = case(&house).await;
    let tiago = house.browser("tiago").await;
    let page = tiago.get(&format!("/cases/{case}")).await;
    page.says(200, "See the &lt;b&gt;pictures&lt;/b&gt;: <a href=\"https://a.example/x\"");
    page.says(200, &format!("{path}/html?images=shown"));
    let frame = tiago.get(&format!("{path}/html")).await;
    frame.says(200, &format!("[{path}/pictures/1] []"));
    let policy = frame.header("content-security-policy");
    assert!(
        policy.contains("sandbox allow-same-origin") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert!(policy.contains("img-src 'self' data:;") && !policy.contains("script"), "{policy}");
    let frame = tiago.get(&format!("{path}/html?images=shown")).await;
    frame.says(200, &format!("[{path}/pictures/1] [{path}/remote-pictures/0]"));
    assert_eq!(frame.header("content-security-policy"), policy, "they come from us too");
}

#[tokio::test]
async fn pictures_on_other_servers_come_through_the_desk() {
    let house = House::new().await;
    let (_, path) = case(&house).await;
    let tiago = house.browser("tiago").await;
    let picture = tiago.get(&format!("{path}/remote-pictures/0")).await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/gif"));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(picture.header("cache-control"), "private, max-age=3600");
    assert!(picture.header("content-security-policy").starts_with("default-src 'none'; sandbox"));
    let missing = tiago.get(&format!("{path}/remote-pictures/7")).await;
    assert_eq!((missing.status.as_u16(), missing.bytes.len()), (502, 0));
    assert_eq!(missing.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn files_are_kept_never_run() {
    let house = House::new().await;
    let (_, path) = case(&house).await;
    let tiago = house.browser("tiago").await;
    let file = tiago.get(&format!("{path}/files/0")).await;
    assert_eq!(file.bytes, b"<svg/>");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"plan ___.svg\"; filename*=UTF-8''plan%20%22%C3%A4%22.svg"
    );
    assert!(file.header("content-security-policy").starts_with("default-src 'none'; sandbox"));
    assert_eq!(tiago.get(&format!("{path}/pictures/0")).await.status, 404);
    let picture = tiago.get(&format!("{path}/pictures/1")).await;
    assert_eq!(
        (picture.header("content-type"), picture.header("x-content-type-options")),
        ("image/png", "nosniff")
    );
    assert_eq!(tiago.get(&format!("{path}/files/7")).await.status, 404);
    let raw = tiago.get(&format!("{path}/raw")).await;
    assert!(raw.text().contains("Subject: Kettle"));
    assert!(raw.header("content-disposition").starts_with("attachment; filename=\"mail-"));
}

#[tokio::test]
async fn parked_mail_is_opened_or_left_aside_by_owners() {
    let house = House::new().await;
    let world = &house.world;
    // A mail written to a mailbox that is gone when it is read has nowhere to go.
    let (olga, greta) = (house.browser("olga").await, house.browser("greta").await);
    let (client, mailbox) = (world.aurora.client.id, world.aurora.mailbox.id);
    world.arrive(&world.mail("Eva <eva@customer.example>", "help@aurora.example", "Late", "Too late?")).await;
    olga.post(&format!("/clients/{client}/mailboxes/{mailbox}/removals"), &[])
        .await
        .goes(&format!("/clients/{client}"));
    world.run_jobs().await;
    let page = olga.get("/parked").await;
    page.says(200, "Too late?");
    assert_eq!(greta.get("/parked").await.status, 404);
    let text = page.text();
    let id = text.split("/parked/").nth(1).and_then(|rest| rest.split('/').next()).expect("an id").to_owned();
    let raw = olga.get(&format!("/parked/{id}/raw")).await;
    assert!(raw.text().contains("Too late?"));
    let pip = world.pip.mailbox.id.to_string();
    olga.post(&format!("/parked/{id}/openings"), &[("mailbox", &pip)]).await.goes("/parked");
    world.run_jobs().await;
    house.browser("jun").await.get("/inbox?view=open").await.says(200, "Late");
    assert_eq!(olga.post(&format!("/parked/{id}/discardings"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_fault_shows_a_reference_and_nothing_of_the_machine() {
    let house = House::new().await;
    let (case, path) = case(&house).await;
    std::fs::remove_dir_all(house.world.folder.path().join("blobs")).expect("the blobs can be lost");
    let tiago = house.browser("tiago").await;
    let told = tiago.get(&format!("{path}/files/0")).await;
    told.says(500, "Something broke on our side");
    told.says(500, "Reference: <code>");
    told.is_silent_about("blobs");
    let told =
        tiago.post(&format!("/cases/{case}/replies"), &[("text", "It still works"), ("then", "stay")]).await;
    assert_eq!(told.status, 303);
}
