//! Signing in at Google and Microsoft: registering, going there, coming back with and without a consent.

use crate::house::{Browser, House, Told, pages_of};
use std::sync::Arc;

/// A house that knows its own address, with an owner's browser and the page of a mailbox.
struct Known {
    house: House,
    olga: Browser,
    mailbox: String,
}

impl Known {
    async fn new() -> Self {
        let house = House::new().await;
        let desk = house.world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
        let pages = pages_of(desk, web::Demo::No, &Arc::default());
        let session = house.world.session("olga").await;
        let olga =
            Browser::without_session(pages).with_cookie(&format!("{}={}", web::COOKIE, session.reveal()));
        let (client, mailbox) = (house.world.aurora.client.id, house.world.aurora.mailbox.id);
        Self { house, olga, mailbox: format!("/clients/{client}/mailboxes/{mailbox}") }
    }

    /// An account at Google, without a host: the usual one is meant.
    async fn name_account(&self) {
        let account = [
            ("sign_in", "google"),
            ("port", "993"),
            ("security", "tls"),
            ("user", "help@aurora.example"),
            ("first_fetch", "from_now"),
            ("after_intake", "leave"),
            ("switch", "on"),
        ];
        self.olga.post(&format!("{}/fetching", self.mailbox), &account).await.goes(&self.mailbox);
    }

    async fn register(&self) {
        let fields = [("client_id", "4711.apps.example"), ("secret", "s3cret of ours")];
        self.olga.post("/consents/google", &fields).await.goes("/consents");
    }

    async fn begin(&self) -> Told {
        self.olga.post(&format!("{}/fetching/consents", self.mailbox), &[]).await
    }

    /// Goes to the provider; answers what the provider will bring back.
    async fn state(&self) -> String {
        let page = self.begin().await.text();
        let state = page.split("auth?state=").nth(1).expect("a link to the provider");
        state.split('&').next().unwrap_or_default().to_owned()
    }
}

#[tokio::test]
async fn an_installation_is_registered_and_its_secret_is_never_shown() {
    let known = Known::new().await;
    let page = known.olga.get("/consents").await;
    page.says(200, "value=\"https://desk.example/consents/return\"");
    page.says(200, "Not registered");
    let no_secret = [("client_id", "4711.apps.example"), ("secret", "")];
    known.olga.post("/consents/google", &no_secret).await.says(422, "The client secret is missing.");
    let no_id = [("client_id", "47 11"), ("secret", "s3cret of ours")];
    known.olga.post("/consents/google", &no_id).await.says(422, "value=\"47 11\"");
    known.register().await;
    let page = known.olga.get("/consents").await;
    page.says(200, "value=\"4711.apps.example\"");
    page.says(200, "A secret is kept, sealed.");
    page.is_silent_about("s3cret");
    known.olga.post("/consents/google", &no_secret).await.goes("/consents");
    let other = [("client_id", "4712.apps.example"), ("secret", "")];
    known.olga.post("/consents/google", &other).await.says(422, "The client secret is missing.");
    known.olga.post("/consents/google/removals", &[]).await.goes("/consents");
    known.olga.get("/consents").await.is_silent_about("4711.apps.example");
    assert_eq!(known.olga.post("/consents/elsewhere", &no_secret).await.status, 404);
    let page = known.house.browser("olga").await.get("/consents").await;
    page.says(200, "doesn’t know its own address");
}

#[tokio::test]
async fn nobody_goes_to_a_provider_before_everything_is_ready() {
    let known = Known::new().await;
    known.begin().await.says(409, "No account is named");
    known.name_account().await;
    known.begin().await.says(409, "Google doesn’t know this installation yet.");
    known.register().await;
    known.begin().await.says(200, "sign in as <strong>help@aurora.example</strong>");
    let without_address = known.house.browser("olga").await;
    let begun = without_address.post(&format!("{}/fetching/consents", known.mailbox), &[]).await;
    begun.says(409, "Start it with --public-url");
}

#[tokio::test]
async fn somebody_comes_back_with_a_consent_or_without_one() {
    let known = Known::new().await;
    known.name_account().await;
    known.register().await;
    known.olga.get(&known.mailbox).await.says(200, "Nobody has signed in at Google for this account yet.");
    known.olga.get(&known.mailbox).await.says(200, "value=\"imap.gmail.com\"");

    let denied = format!("/consents/return?error=access_denied&state={}", known.state().await);
    known.olga.get(&denied).await.says(409, "Google gave no consent (“access_denied”). Nothing was changed.");
    known.olga.get(&denied).await.says(409, "was used already");
    known
        .olga
        .get("/consents/return?code=good/&state=made-up")
        .await
        .says(409, "This sign-in isn’t known here");
    let refused = format!("/consents/return?code=bad&state={}", known.state().await);
    known.olga.get(&refused).await.says(409, "Google didn’t accept the sign-in.");
    let other = format!("/consents/return?code=good/ana@aurora.example&state={}", known.state().await);
    known
        .olga
        .get(&other)
        .await
        .says(409, "as ana@aurora.example, but the account’s user is help@aurora.example");
    known.olga.get(&known.mailbox).await.says(200, "Nobody has signed in at Google");

    // Another owner's browser can't end what this one began.
    let state = known.state().await;
    let session = known.house.world.session("olga").await;
    let desk = known.house.world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
    let elsewhere = Browser::without_session(pages_of(desk, web::Demo::No, &Arc::default()))
        .with_cookie(&format!("{}={}", web::COOKIE, session.reveal()));
    elsewhere.get(&format!("/consents/return?code=good/&state={state}")).await.says(409, "another browser");

    let good = format!("/consents/return?code=good/help@aurora.example&state={}", known.state().await);
    known.olga.get(&good).await.goes(&known.mailbox);
    let page = known.olga.get(&known.mailbox).await;
    page.says(200, "<strong>help@aurora.example</strong> signed in at Google for this account.");
    page.says(200, "Sign in at Google again");
    page.is_silent_about("r3fresh");
    // An account of another user needs another consent.
    let other_user = [
        ("sign_in", "google"),
        ("host", "imap.gmail.com"),
        ("port", "993"),
        ("security", "tls"),
        ("user", "ana@aurora.example"),
        ("after_intake", "leave"),
        ("switch", "on"),
    ];
    known.olga.post(&format!("{}/fetching", known.mailbox), &other_user).await.goes(&known.mailbox);
    known.olga.get(&known.mailbox).await.says(200, "Nobody has signed in at Google");
}
