//! Sending domains on their pages: a key is made, its record pasted and found, and it signs.

use crate::house::House;

const PAGE: &str = "/sending-domains/aurora.example";

#[tokio::test]
async fn a_key_is_made_published_found_and_signs() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    let list = olga.get("/sending-domains").await;
    list.says(200, "aurora.example");
    list.says(200, "pip.example");
    list.says(200, "Not signed");
    olga.get(PAGE).await.says(200, "leave unsigned. Make keys to begin.");

    olga.post(&format!("{PAGE}/keys"), &[("method", "rsa")]).await.goes(PAGE);
    olga.post(&format!("{PAGE}/keys"), &[("method", "rsa")]).await.says(409, "waits for its record");
    let page = olga.get(PAGE).await;
    page.says(200, "dragoman1._domainkey.aurora.example");
    page.says(200, "v=DKIM1; k=rsa; p=public-half-of-rsa");
    page.is_silent_about("private-half");
    page.is_silent_about("Make the next key");

    olga.post(&format!("{PAGE}/checks"), &[]).await.goes(PAGE);
    olga.get(PAGE).await.says(200, "Nothing stands at dragoman1._domainkey.aurora.example yet.");
    let mut names = vec![(
        "dragoman1._domainkey.aurora.example".to_owned(),
        "v=DKIM1; k=rsa; p=public-half-of-rsa".to_owned(),
    )];
    names.push(("aurora.example".to_owned(), "v=spf1 <b>mx</b> -all".to_owned()));
    *house.zone.lock().expect("nobody panics") = names;
    olga.post(&format!("{PAGE}/checks"), &[]).await.goes(PAGE);
    let page = olga.get(PAGE).await;
    page.says(200, "are signed with dragoman1.");
    // What stands in somebody's DNS is text.
    page.says(200, "v=spf1 &#60;b&#62;mx");
    olga.post(&format!("{PAGE}/keys/dragoman1/removals"), &[]).await.says(409, "This key signs letters.");
    olga.get("/sending-domains").await.says(200, "Signed");
}

#[tokio::test]
async fn a_domain_that_nobody_sends_from_has_no_page() {
    let house = House::new().await;
    let olga = house.browser("olga").await;
    for name in ["nobody.example", "a%2Fb", "%5B192.0.2.1%5D"] {
        assert_eq!(olga.get(&format!("/sending-domains/{name}")).await.status, 404, "{name}");
        let told = olga.post(&format!("/sending-domains/{name}/keys"), &[("method", "rsa")]).await;
        assert_eq!(told.status, 404, "{name}");
    }
}
