//! The doorstep: signing in and out, attempts, invitations, the first run, other sites, and headers.

use crate::house::{House, Told};
use testkit::PASSWORD;

/// The session that an answer gives, ready to be sent back.
fn session(told: &Told) -> String {
    told.cookie(web::COOKIE).expect("a session is given")
}

#[tokio::test]
async fn signing_in_gives_a_session_and_leads_back() {
    let house = House::new().await;
    let visitor = house.visitor();
    visitor.get("/cases/1?view=mine").await.goes("/sign-in?then=%2Fcases%2F1%3Fview%3Dmine");
    let told = visitor
        .post("/sign-in", &[("email", "tiago@people.example"), ("password", PASSWORD), ("then", "/account")])
        .await;
    told.goes("/account");
    let cookie = session(&told);
    assert!(cookie.ends_with("Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax"), "{cookie}");
    visitor.clone().with_cookie(&cookie).get("/account").await.says(200, "tiago@people.example");
    let secure = visitor.with("x-forwarded-proto", "https");
    let told = secure.post("/sign-in", &[("email", "tiago@people.example"), ("password", PASSWORD)]).await;
    assert!(session(&told).ends_with("; Secure"));
    assert_eq!(told.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let house = House::new().await;
    let visitor = house.visitor();
    let wrong = visitor.post("/sign-in", &[("email", "a@people.example"), ("password", "x")]).await;
    let known = visitor.post("/sign-in", &[("email", "tiago@people.example"), ("password", "x")]).await;
    wrong.says(401, "This address and password don&#39;t fit together.");
    assert_eq!(wrong.text().replace("a@people.example", "tiago@people.example"), known.text());
    assert_eq!(known.cookie(web::COOKIE), None);
}

#[tokio::test]
async fn ten_attempts_a_minute_are_enough() {
    let house = House::new().await;
    let visitor = house.visitor();
    for _ in 0..10 {
        let told =
            visitor.post("/sign-in", &[("email", "Tiago@people.example"), ("password", "wrong")]).await;
        assert_eq!(told.status, 401);
    }
    let right = [("email", "tiago@people.example"), ("password", PASSWORD)];
    visitor.post("/sign-in", &right).await.says(429, "too many attempts");
    // Somebody else in the same office isn't kept out.
    let other = visitor.post("/sign-in", &[("email", "ines@people.example"), ("password", PASSWORD)]).await;
    assert_eq!(other.status, 303);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_everywhere_ends_all() {
    let house = House::new().await;
    let (one, two) = (house.browser("tiago").await, house.browser("tiago").await);
    let told = one.post("/sign-out", &[]).await;
    told.goes("/sign-in");
    assert!(session(&told).starts_with("dragoman_session=; Path=/; Max-Age=0"));
    assert_eq!(one.get("/account").await.status, 303);
    assert_eq!(two.get("/account").await.status, 200);
    let three = house.browser("tiago").await;
    two.post("/account/sign-outs", &[]).await.goes("/sign-in");
    for browser in [&two, &three] {
        assert_eq!(browser.get("/account").await.status, 303);
    }
}

#[tokio::test]
async fn one_session_can_be_ended_from_another_but_nobody_elses() {
    let house = House::new().await;
    let (one, two) = (house.browser("tiago").await, house.browser("tiago").await);
    let foreign = house.world.session("ines").await.hash();
    let told = one.post(&format!("/account/sessions/{foreign}/endings"), &[]).await;
    assert_eq!(told.status, 404);
    let page = one.get("/account").await.text();
    let id = page.split("/account/sessions/").nth(1).and_then(|rest| rest.split('/').next()).expect("an id");
    one.post(&format!("/account/sessions/{id}/endings"), &[]).await.goes("/account");
    assert_eq!(two.get("/account").await.status, 303);
    assert_eq!(one.get("/account").await.status, 200);
}

#[tokio::test]
async fn an_invitation_works_once() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    let lisbon = house.world.lisbon.to_string();
    let fields =
        [("email", "New@people.example"), ("name", ""), ("role", "representative"), ("place", &lisbon)];
    let told = olga.post("/invitations", &fields).await;
    told.goes("/people");
    let fresh = told.cookie("dragoman_fresh").expect("the link is kept for its maker");
    assert!(fresh.ends_with("Path=/people; Max-Age=300; HttpOnly; SameSite=Strict"), "{fresh}");
    let page = olga.clone().with_cookie(&fresh).get("/people").await;
    let link = page
        .text()
        .split("http://desk.example")
        .nth(1)
        .expect("the link")
        .split('"')
        .next()
        .unwrap_or("")
        .to_owned();
    let visitor = house.visitor();
    visitor.get(&link).await.says(200, "Representative in Lisbon Support · Lisbon team");
    visitor
        .post(&link, &[("name", "Nia New"), ("password", "short")])
        .await
        .says(422, "12 to 200 characters");
    let joined = visitor.post(&link, &[("name", "Nia New"), ("password", "a long enough password")]).await;
    joined.goes("/inbox?view=mine");
    visitor.clone().with_cookie(&session(&joined)).get("/account").await.says(200, "new@people.example");
    assert_eq!(visitor.get(&link).await.status, 404);
    let again = visitor.post(&link, &[("name", "Evil"), ("password", "a long enough password")]).await;
    assert_eq!(again.status, 404);
    olga.with_cookie(&fresh).get("/people").await.is_silent_about("http://desk.example");
}

#[tokio::test]
async fn an_invitation_can_be_withdrawn_and_made_again() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    let fields = [("email", "own@people.example"), ("name", "Ona"), ("role", "owner"), ("place", "")];
    let told = olga.post("/invitations", &fields).await;
    let link = |told: &Told| {
        let fresh = told.cookie("dragoman_fresh").expect("a link");
        let secret =
            fresh.split('.').nth(1).and_then(|rest| rest.split(';').next()).expect("a secret").to_owned();
        format!("/invitations/{secret}")
    };
    house.visitor().get(&link(&told)).await.says(200, "Owner of this installation");
    let page = olga.get("/people").await.text();
    let id =
        page.split("/withdrawals").next().and_then(|rest| rest.rsplit('/').next()).expect("an id").to_owned();
    olga.post(&format!("/invitations/{id}/withdrawals"), &[]).await.goes("/people");
    assert_eq!(house.visitor().get(&link(&told)).await.status, 404);
    let tiago = house.world.person("tiago");
    let again = olga.post(&format!("/people/{tiago}/invitations"), &[]).await;
    house.visitor().get(&link(&again)).await.says(200, "tiago@people.example");
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once() {
    let house = House::new().await;
    let (olga, tiago) = (house.browser("olga").await, house.browser("tiago").await);
    let id = house.world.person("tiago");
    olga.post(&format!("/people/{id}/disablings"), &[]).await.goes(&format!("/people/{id}"));
    assert_eq!(tiago.get("/inbox").await.status, 303);
    let right = [("email", "tiago@people.example"), ("password", PASSWORD)];
    assert_eq!(house.visitor().post("/sign-in", &right).await.status, 401);
    olga.post(&format!("/people/{id}/enablings"), &[]).await.goes(&format!("/people/{id}"));
    assert_eq!(house.visitor().post("/sign-in", &right).await.status, 303);
    let own = house.world.person("olga");
    olga.post(&format!("/people/{own}/disablings"), &[]).await.says(409, "the only owner");
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let house = House::new().await;
    let (one, two) = (house.browser("tiago").await, house.browser("tiago").await);
    let wrong = [("current", "wrong"), ("new", "a quite different one")];
    one.post("/account/password", &wrong).await.says(422, "don&#39;t fit together");
    let right = [("current", PASSWORD), ("new", "a quite different one")];
    one.post("/account/password", &right).await.goes("/account");
    assert_eq!(one.get("/account").await.status, 200);
    assert_eq!(two.get("/account").await.status, 303);
}

#[tokio::test]
async fn other_sites_forms_are_refused() {
    let house = House::new().await;
    let tiago = house.browser("tiago").await;
    let check = async |name: &'static str, value: &str, status: u16| {
        let told = tiago.clone().with(name, value).post("/account", &[("name", "Tiago")]).await;
        assert_eq!(told.status, status, "{name}: {value}");
    };
    check("sec-fetch-site", "same-origin", 303).await;
    check("sec-fetch-site", "cross-site", 403).await;
    check("sec-fetch-site", "same-site", 403).await;
    check("origin", "http://desk.example", 303).await;
    check("origin", "https://evil.example", 403).await;
    check("origin", "null", 403).await;
    let told = tiago.with("sec-fetch-site", "cross-site").post("/sign-out", &[]).await;
    told.says(403, "This was sent from another site");
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_to_refuse() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    for path in ["/inbox", "/clients", "/account", "/gallery", "/sign-in", "/nowhere"] {
        let told = olga.get(path).await;
        let policy = told.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'sha256-"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(told.header("cache-control"), "no-store", "{path}");
        assert_eq!(told.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(told.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(told.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(told.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(told.header("strict-transport-security"), "", "{path}");
    }
    let style = web::assets::url("dragoman.css");
    let told = house.visitor().with("accept-encoding", "gzip").get(style).await;
    assert_eq!(told.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(told.header("content-encoding"), "gzip");
    assert_eq!(house.visitor().get("/assets/old/dragoman.css").await.status, 404);
}

#[tokio::test]
async fn a_form_has_a_limit() {
    let house = House::new().await;
    let case = house.world.case_from_mail("help@aurora.example").await;
    let tiago = house.browser("tiago").await;
    let long = "x".repeat(3 * 1024 * 1024);
    tiago.post(&format!("/cases/{case}/notes"), &[("text", &long)]).await.says(422, "form.too_large");
    let much = "x".repeat(100_001);
    tiago.post(&format!("/cases/{case}/notes"), &[("text", &much)]).await.says(422, "100,000 characters");
}
