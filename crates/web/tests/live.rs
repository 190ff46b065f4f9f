//! Live updates: who hears of what, how often, and until when.

use crate::house::{Browser, House};
use axum::{body::BodyDataStream, http::Method};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::time::timeout;

/// An open event stream.
struct Stream(BodyDataStream);

/// Long enough for an event on a busy machine.
const SOON: Duration = Duration::from_secs(10);
/// Longer than any event may be held back.
const QUIET: Duration = Duration::from_millis(700);

impl Stream {
    async fn open(house: &House, who: &str) -> Self {
        Self::at(&house.browser(who).await, "/live").await
    }

    async fn at(browser: &Browser, address: &str) -> Self {
        let response = browser.open(Method::GET, address, &[]).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.into_body().into_data_stream())
    }

    /// The next event; none when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let next = timeout(SOON, self.0.next()).await.expect("an event or an end comes");
        next.map(|bytes| {
            String::from_utf8_lossy(&bytes.expect("a stream of events doesn't break")).into_owned()
        })
    }

    async fn is_quiet(&mut self) -> bool {
        timeout(QUIET, self.0.next()).await.is_err()
    }
}

#[tokio::test]
async fn a_change_is_heard_by_those_who_may_see_it_only() {
    let house = House::new().await;
    let mut tiago = Stream::open(&house, "tiago").await;
    let mut jun = Stream::open(&house, "jun").await;
    house.world.case_from_mail("hello@pip.example").await;
    assert_eq!(jun.next().await.as_deref(), Some("event: refresh\ndata: changed\n\n"));
    assert!(tiago.is_quiet().await);
    house.world.case_from_mail("help@aurora.example").await;
    assert!(tiago.next().await.is_some());
}

#[tokio::test]
async fn what_changes_between_a_page_and_its_stream_is_heard() {
    let house = House::new().await;
    let (tiago, jun) = (house.browser("tiago").await, house.browser("jun").await);
    let (tiagos, juns) = (streams_address(&tiago).await, streams_address(&jun).await);
    assert!(Stream::at(&tiago, &tiagos).await.is_quiet().await);
    house.world.case_from_mail("help@aurora.example").await;
    assert!(Stream::at(&tiago, &tiagos).await.next().await.is_some());
    assert!(Stream::at(&jun, &juns).await.is_quiet().await, "it is of another client");
    let later = streams_address(&tiago).await;
    assert!(Stream::at(&tiago, &later).await.is_quiet().await, "the later page shows it");
    let mut unreadable = Stream::at(&tiago, "/live?since=yesterday").await;
    assert!(unreadable.is_quiet().await);
}

/// Where an inbox that was loaded now listens.
async fn streams_address(browser: &Browser) -> String {
    let page = browser.get("/inbox").await.text();
    let (_, address) = page.split_once("data-live-url-value=\"").expect("the page says where it listens");
    address.split_once('"').expect("the attribute ends").0.to_owned()
}

#[tokio::test]
async fn owners_hear_that_fetching_goes_on_now_and_then() {
    let house = House::new().await;
    // Owners hear of each sign-in, so theirs is the last.
    let mut tiago = Stream::open(&house, "tiago").await;
    let mut olga = Stream::open(&house, "olga").await;
    let mailbox = house.world.aurora.mailbox.id;
    for _ in 0..20 {
        desk::fetching::rest(&house.world.desk, mailbox, String::new()).await.unwrap();
    }
    assert_eq!(olga.next().await.as_deref(), Some("event: fetching\ndata: changed\n\n"));
    assert!(olga.is_quiet().await, "many steps are told together");
    assert!(tiago.is_quiet().await);
    desk::fetching::rest(&house.world.desk, mailbox, String::new()).await.unwrap();
    assert!(olga.next().await.is_some(), "the last step is told too");
    house.world.case_from_mail("help@aurora.example").await;
    assert_eq!(tiago.next().await.as_deref(), Some("event: refresh\ndata: changed\n\n"));
}

#[tokio::test]
async fn a_resolver_hears_of_their_own_cases_only() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let mut rok = Stream::open(&house, "rok").await;
    let ines = house.browser("ines").await;
    ines.post(&format!("/cases/{case}/notes"), &[("text", "Does anybody know this?")]).await;
    assert!(rok.is_quiet().await);
    let id = house.world.person("rok").to_string();
    house.browser("greta").await.post(&format!("/cases/{case}/assignment"), &[("person", &id)]).await;
    assert!(rok.next().await.is_some());
    // When it is taken from them, their page must hear of that as well, and of nothing after it.
    let mut again = Stream::open(&house, "rok").await;
    house.browser("greta").await.post(&format!("/cases/{case}/assignment"), &[("person", "")]).await;
    assert!(again.next().await.is_some());
    ines.post(&format!("/cases/{case}/notes"), &[("text", "One more.")]).await;
    assert!(again.is_quiet().await);
}

#[tokio::test]
async fn a_burst_is_said_once() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let mut tiago = Stream::open(&house, "tiago").await;
    let ines = house.browser("ines").await;
    let began = tokio::time::Instant::now();
    for priority in ["low", "high", "urgent", "normal", "low", "high", "urgent", "normal", "low", "high"] {
        ines.post(&format!("/cases/{case}/priority"), &[("priority", priority)]).await;
    }
    let mut heard = 0;
    while timeout(QUIET, tiago.0.next()).await.is_ok() {
        heard += 1;
    }
    let most = (began.elapsed().as_millis() / 300) as u32 + 1;
    assert!((1..=most).contains(&heard), "{heard} events, at most {most}");
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let house = House::new().await;
    let mut tiago = Stream::open(&house, "tiago").await;
    house.browser("tiago").await.post("/account/sign-outs", &[]).await;
    assert_eq!(tiago.next().await, None);
}

#[tokio::test]
async fn an_engagement_that_ends_refreshes_once_and_then_says_nothing() {
    let house = House::new().await;
    let mut tiago = Stream::open(&house, "tiago").await;
    let engagement = house.world.aurora.partner;
    house.browser("olga").await.post(&format!("/engagements/{engagement}/endings"), &[]).await;
    assert!(tiago.next().await.is_some());
    house.world.case_from_mail("help@aurora.example").await;
    assert!(tiago.is_quiet().await);
}
