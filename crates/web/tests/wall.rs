//! The wall between clients: nothing of another client's crosses it, and what is behind it looks exactly like what isn't there.

use crate::house::{Browser, House, Told};
use axum::http::{Method, header};
use kernel::{CaseId, Id};
use testkit::World;
use web::routes::Who;

const NOBODY: &str = "0190a0b0c0d07000800000000000aaaa";

/// A case of pip's with everything that a case can have.
async fn foreign_case(world: &World) -> (CaseId, String, String) {
    let mail = world
        .mail(
            "Zofia Nowak <zofia@customer.example>",
            "hello@pip.example",
            "Hulajnoga kwadratowa",
            "Quokka hamuje.",
        )
        .with_html("<p>Quokka hamuje.</p>")
        .with_file("umowa.png", "image/png", b"png");
    let case = world.receive(&mail).await;
    let reply = world.reply("jun", case, "Sprawdzimy quokka.").await.expect("jun may answer");
    let message = world.messages(case).await[0].id;
    (case, message.to_string(), reply.to_string())
}

fn addressed(path: &str, case: &str, message: &str) -> String {
    path.replace("{case}", case).replace("{message}", message).replace("{position}", "0")
}

/// What an answer says, without what differs from one moment to the next.
fn said(told: &Told) -> (u16, Vec<(String, String)>, String) {
    let headers = told.headers.iter().filter(|(name, _)| *name != header::DATE);
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    (told.status.as_u16(), headers, timeless(&told.text()))
}

/// A page without the instant that it shows.
fn timeless(page: &str) -> String {
    let Some((before, after)) = page.split_once("/live?since=") else { return page.to_owned() };
    format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

async fn form(browser: &Browser, method: &Method, path: &str) -> Told {
    let fields = [
        ("text", "hello"),
        ("state", "closed"),
        ("priority", "high"),
        ("kind", "reply"),
        ("person", ""),
        ("answers", "to_sender"),
    ];
    browser.send(method.clone(), path, &fields).await
}

#[test]
fn another_clients_case_looks_like_no_case_at_all() {
    House::on_both_engines(async |house| {
        let (case, message, reply) = foreign_case(&house.world).await;
        let own = house.world.case_from_mail("help@aurora.example").await;
        let before = house.world.messages(case).await.len();
        for who in ["tiago", "ines", "greta", "rok", "nora", "olga"] {
            let browser = house.browser(who).await;
            for route in web::routes::routes().into_iter().filter(|route| route.who == Who::Reaching) {
                let nothing = form(&browser, &route.method, &addressed(route.path, NOBODY, NOBODY)).await;
                assert_eq!(nothing.status, 404, "{who} {}", route.path);
                for message in [&message, &reply] {
                    let behind =
                        form(&browser, &route.method, &addressed(route.path, &case.to_string(), message))
                            .await;
                    assert_eq!(said(&behind), said(&nothing), "{who} {} {}", route.method, route.path);
                    if route.path.contains("{message}") {
                        // Through a door of one's own: the case is mine, the message isn't in it.
                        let through = addressed(route.path, &own.to_string(), message);
                        let through = form(&browser, &route.method, &through).await;
                        assert_eq!(through.status, 404, "{who} {}", route.path);
                    }
                }
            }
        }
        assert_eq!(house.world.messages(case).await.len(), before);
        assert_eq!(house.world.case(case).await.state, cases::State::Waiting);
    });
}

#[test]
fn lists_and_search_end_at_the_wall() {
    House::on_both_engines(async |house| {
        let (case, ..) = foreign_case(&house.world).await;
        let reference = house.world.case(case).await.reference;
        let pip = house.world.pip.client.id;
        let shown = cases::shown_reference(&reference);
        for who in ["tiago", "greta", "rok", "olga"] {
            let browser = house.browser(who).await;
            for path in [
                "/inbox?view=open".to_owned(),
                "/inbox?view=closed".to_owned(),
                "/inbox?view=unassigned".to_owned(),
                format!("/inbox?view=open&client={pip}"),
                "/inbox?view=open&language=pl".to_owned(),
                "/inbox?q=quokka".to_owned(),
                format!("/inbox?q={reference}"),
                format!("/inbox?q=hulajnoga&client={pip}"),
                "/gallery".to_owned(),
                "/account".to_owned(),
            ] {
                let told = browser.get(&path).await;
                assert_eq!(told.status, 200, "{who} {path}");
                let id = case.to_string();
                for words in ["Quokka", "Hulajnoga", "Zofia Nowak <zofia", shown.as_str(), id.as_str()] {
                    told.is_silent_about(words);
                }
            }
        }
        house.browser("jun").await.get("/inbox?q=quokka").await.says(200, "Hulajnoga");
    });
}

#[test]
fn a_resolver_sees_a_case_only_while_it_is_theirs() {
    House::on_both_engines(async |house| {
        let case = house.world.case_from_mail("help@aurora.example").await;
        let (rok, greta) = (house.browser("rok").await, house.browser("greta").await);
        let (path, id) = (format!("/cases/{case}"), house.world.person("rok").to_string());
        assert_eq!(rok.get(&path).await.status, 404);
        greta
            .post(&format!("{path}/assignment"), &[("person", &id)])
            .await
            .goes(&format!("{path}?view=open"));
        assert_eq!(rok.get(&path).await.status, 200);
        // Giving it back takes it out of their own sight, so they land in the list.
        rok.post(&format!("{path}/assignment"), &[("person", "")]).await.goes("/inbox?view=open");
        assert_eq!(rok.get(&path).await.status, 404);
    });
}

#[test]
fn a_case_is_never_given_to_somebody_outside() {
    House::on_both_engines(async |house| {
        let case = house.world.case_from_mail("help@aurora.example").await;
        let wanda = house.world.person("wanda").to_string();
        let ines = house.browser("ines").await;
        let told = ines.post(&format!("/cases/{case}/assignment"), &[("person", &wanda)]).await;
        told.says(422, "doesn&#39;t work in the engagement");
        assert_eq!(house.world.case(case).await.assignee, None);
    });
}

#[test]
fn an_engagement_that_ends_closes_the_door_at_once() {
    House::on_both_engines(async |house| {
        let case = house.world.case_from_mail("help@aurora.example").await;
        let (tiago, olga) = (house.browser("tiago").await, house.browser("olga").await);
        assert_eq!(tiago.get(&format!("/cases/{case}")).await.status, 200);
        let engagement = house.world.aurora.partner;
        olga.post(&format!("/engagements/{engagement}/endings"), &[]).await.goes("/engagements");
        assert_eq!(tiago.get(&format!("/cases/{case}")).await.status, 404);
        tiago.get("/inbox?view=open").await.says(200, "No engagement lets you see cases yet.");
        assert_eq!(house.browser("greta").await.get(&format!("/cases/{case}")).await.status, 200);
    });
}

#[test]
fn ids_that_are_no_ids_name_nothing() {
    House::on_both_engines(async |house| {
        let tiago = house.browser("tiago").await;
        let nothing = said(&tiago.get(&format!("/cases/{NOBODY}")).await);
        for path in ["/cases/x", "/cases/%00", "/cases/1%27%20or%201=1", "/nowhere", "/cases/"] {
            assert_eq!(said(&tiago.get(path).await), nothing, "{path}");
        }
        assert!(kernel::CaseId::from_uuid(NOBODY.parse().expect("a uuid")).to_string() == NOBODY);
    });
}
