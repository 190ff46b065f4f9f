//! What goes out: files that a refused form keeps, schedules that change, and links in letters that anybody opens.

use crate::house::{Browser, House, pages_of};
use cases::{Plan, WhenAnswered};
use desk::{
    dispatch::{self, Taken},
    enclosures::{Attached, Content},
    replies::{self, Then, Words},
    unsubscriptions,
};
use std::time::Duration;

const AURORA: &str = "help@aurora.example";

#[tokio::test]
async fn files_of_a_refused_reply_are_there_when_the_form_comes_back() {
    let house = House::new().await;
    let case = house.world.case_from_mail(AURORA).await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    let fields = [("text", "Here it is."), ("copies", "nobody in particular"), ("then", "stay")];
    let refused = tiago.post_with_file(&format!("{path}/replies"), &fields, "plan.pdf", b"%PDF-1.7").await;
    refused.says(422, "Somebody in Cc has no complete e-mail address.");
    refused.says(422, "<input type=\"checkbox\" name=\"kept_files\" value=\"0\" checked> plan.pdf");
    refused.says(422, "Here it is.</textarea>");
    tiago.get(&path).await.says(200, "name=\"kept_files\" value=\"0\" checked> plan.pdf");
    let empty = tiago
        .post_with_file(&format!("{path}/replies"), &[("text", " "), ("kept_files", "0")], "b.txt", b"b")
        .await;
    empty.says(422, "value=\"1\" checked> b.txt");
    let fields = [("text", "Here it is."), ("kept_files", "0"), ("then", "stay")];
    tiago.post(&format!("{path}/replies"), &fields).await.goes(&format!("{path}?view=open"));
    let page = tiago.get(&path).await;
    page.says(200, "plan.pdf");
    page.is_silent_about("b.txt");
}

#[tokio::test]
async fn a_scheduled_reply_gets_another_time_on_its_own() {
    let house = House::new().await;
    let case = house.world.case_from_mail(AURORA).await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    let at = house.world.clock.now().plus(Duration::from_secs(24 * 3600));
    let plan = Some(Plan { at, when_answered: WhenAnswered::Hold });
    let words = Words { plan, ..Words::from("Good morning.") };
    let reach = house.world.reach("tiago").await;
    let reply = replies::send(&house.world.desk, &reach, case, words, Then::Wait).await.unwrap();
    let times = format!("{path}/messages/{reply}/times");
    tiago.get(&path).await.says(200, &format!("<form action=\"{times}\" method=\"post\">"));
    for wrong in ["", "tomorrow", "1999-01-01T09:00"] {
        let refused = tiago.post(&times, &[("later_at", wrong)]).await;
        refused.says(422, "isn&#39;t within the next year");
    }
    let day = at.plus(Duration::from_secs(48 * 3600)).timestamp().strftime("%Y-%m-%d").to_string();
    tiago.post(&times, &[("later_at", &format!("{day}T09:30"))]).await.goes(&format!("{path}?view=open"));
    tiago.get(&path).await.says(200, &format!("value=\"{day}T09:30\""));
}

/// The pages of the house, reached by customers at an address of their own.
fn reached(house: &House) -> (desk::Desk, Browser) {
    let desk = house.world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
    let pages = pages_of(desk.clone(), web::Demo::No, &house.written);
    (desk, Browser::without_session(pages))
}

#[tokio::test]
async fn whoever_has_the_link_fetches_the_file_until_it_is_ended() {
    let house = House::new().await;
    let case = house.world.case_from_mail(AURORA).await;
    let (desk, anybody) = reached(&house);
    let film = Attached {
        name: "film ä.html".to_owned(),
        media_type: "text/html".to_owned(),
        content: Content::Bytes((0..19_000_000_u32).map(|nth| (nth % 251) as u8).collect()),
    };
    let words = Words { files: vec![film], ..Words::from("Look.") };
    let reach = house.world.reach("tiago").await;
    let reply = replies::send(&desk, &reach, case, words, Then::Wait).await.unwrap();
    house.world.later(desk::UNDO_FOR);
    let Taken::Letter(sent, _) = dispatch::take(&desk, reply).await.unwrap() else { panic!("it goes now") };
    let path = sent.letter.downloads[0].url.strip_prefix("https://desk.example").unwrap();
    let file = anybody.get(path).await;
    assert_eq!((file.status.as_u16(), file.bytes.len()), (200, 19_000_000));
    assert!(file.bytes.iter().enumerate().all(|(nth, byte)| *byte == (nth % 251) as u8));
    assert_eq!(file.header("content-length"), "19000000");
    assert_eq!(file.header("content-type"), "application/octet-stream", "never a page");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"film _.html\""));
    assert!(file.header("content-security-policy").contains("sandbox"));
    let tiago = house.browser("tiago").await;
    tiago.get(&format!("/cases/{case}")).await.says(200, "fetched once");
    assert_eq!(anybody.get(&format!("{path}x")).await.status, 404);
    tiago.post(&format!("/cases/{case}/messages/{reply}/downloads/0/endings"), &[]).await;
    assert_eq!(anybody.get(path).await.status, 404);
}

#[tokio::test]
async fn whoever_has_the_link_ends_automatic_letters() {
    let house = House::new().await;
    house.world.case_from_mail(AURORA).await;
    let (desk, anybody) = reached(&house);
    let address = "eva@customer.example".parse().unwrap();
    let client = house.world.client("aurora");
    let link = unsubscriptions::address(&desk, client, &address).unwrap();
    let path = link.strip_prefix("https://desk.example").unwrap();
    for _ in 0..2 {
        let page = anybody.get(path).await;
        page.says(200, "Aurora sends automatic letters to <strong>eva@customer.example</strong>.");
        page.says(200, "Send me no more automatic letters");
    }
    let may = async || {
        let address = address.clone();
        house.world.read(move |tx| unsubscriptions::may_get_automatic(tx, client, &address)).await
    };
    assert!(may().await, "looking changes nothing");
    let ended = anybody.post(path, &[("List-Unsubscribe", "One-Click")]).await;
    ended.says(200, "sends no automatic letters to <strong>eva@customer.example</strong> any more");
    assert!(!may().await);
    anybody.get(path).await.says(200, "any more");
    assert_eq!(anybody.get(&format!("{path}x")).await.status, 404);
    assert_eq!(anybody.post(&format!("{path}x"), &[]).await.status, 404);
}
