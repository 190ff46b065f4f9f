//! The pages of escalations: handing over, the page of a letter's link, the specialist's page, the vendors of a client.

use crate::house::{Browser, House};
use kernel::CaseId;

const ASKED: &str = "Why does the boiler stop?";

/// A house that is reached from outside, with a vendor of Aurora's that reads German, and a case.
async fn begun(house: &mut House) -> (CaseId, Browser) {
    house.world.desk = house.world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
    let owner = house.browser("olga").await;
    let vendors = format!("/clients/{}/vendors", house.world.aurora.client.id);
    owner.get(&vendors).await.says(200, "No vendor yet.");
    let typed =
        [("name", "Norfab Repairs"), ("address", "no address"), ("language", "de"), ("country", "DE")];
    owner.post(&vendors, &typed).await.says(422, "value=\"Norfab Repairs\"");
    let typed = [("name", "Norfab Repairs"), ("address", "rma@norfab.example"), ("language", "de")];
    owner.post(&vendors, &typed).await.goes(&vendors);
    owner.get(&vendors).await.says(200, "rma@norfab.example");
    let case = house.world.case_from_mail("help@aurora.example").await;
    (case, house.browser("tiago").await)
}

/// What the form offers for this name.
async fn offered(browser: &Browser, case: CaseId, kind: &str, name: &str) -> String {
    let page = browser.get(&format!("/cases/{case}/escalations/new?kind={kind}")).await.text();
    let (before, _) = page.split_once(&format!(">{name}</option>")).expect("somebody of this name");
    before
        .rsplit_once("value=\"")
        .expect("a value")
        .1
        .trim_end_matches(" selected")
        .trim_matches('"')
        .to_owned()
}

fn escalation_of(leads_to: &str) -> String {
    leads_to.strip_prefix("/escalations/").expect("it leads to the escalation").to_owned()
}

/// The address of the page in the letter that is sent now.
async fn link(house: &House) -> String {
    house.world.run_jobs().await;
    let letter = house.world.post.taken().pop().expect("a letter was sent").letter;
    let (_, rest) = letter.markdown.split_once("https://desk.example").expect("it has a link");
    rest.split_whitespace().next().expect("it ends somewhere").to_owned()
}

#[test]
fn a_vendor_answers_on_the_page_of_the_link() {
    House::on_both_engines(async |mut house| {
        let (case, tiago) = begun(&mut house).await;
        let here = format!("/cases/{case}/escalations");
        let to = offered(&tiago, case, "hardware", "Norfab Repairs").await;
        let typed =
            [("kind", "hardware"), ("to", to.as_str()), ("asked", ASKED), ("entitlement", "warranty")];
        let refused = tiago.post(&here, &typed).await;
        refused.says(422, "“Serial number” is missing.");
        refused.says(422, ASKED);
        let typed = [typed.as_slice(), &[("serial_number", "AB-12")]].concat();
        let opened = tiago.post(&here, &typed).await;
        let id = escalation_of(opened.leads_to());
        let page = tiago.get(&format!("/escalations/{id}")).await;
        page.says(200, "handed it to Norfab Repairs.");
        tiago.get(&format!("/cases/{case}")).await.says(200, ASKED);

        let (link, outside) = (link(&house).await, house.visitor());
        let page = outside.get(&link).await;
        page.says(200, "Worum wir Sie bitten");
        page.says(200, "AB-12");
        for secret in ["Eva", "Tiago", "stopped working"] {
            page.is_silent_about(secret);
        }
        let steps = format!("{link}/steps");
        let typed = [("step", "answer"), ("customer_ready", " "), ("beside", "Für Sie")];
        let refused = outside.post(&steps, &typed).await;
        refused.says(422, "Bitte schreiben Sie, was wir dem Kunden sagen können.");
        refused.says(422, "Für Sie");
        let typed = [("step", "answer"), ("customer_ready", "Fertig."), ("back_day", "gestern")];
        outside.post(&steps, &typed).await.says(422, "Bitte prüfen Sie dieses Feld:");
        outside.post(&steps, &[("step", "burn")]).await.says(422, "A part of the form can");
        let long = "x".repeat(100_001);
        let typed = [("step", "answer"), ("customer_ready", long.as_str())];
        outside.post(&steps, &typed).await.says(422, "Das ist länger als 100.000 Zeichen.");
        let typed = [("step", "answer"), ("customer_ready", "Wir tauschen es."), ("rma_number", "R-77")];
        outside.post(&steps, &typed).await.goes(&link);
        outside.get(&link).await.says(200, "Vielen Dank.");
        outside.post(&steps, &typed).await.says(409, "Das wurde schon beantwortet.");
        tiago.get(&format!("/escalations/{id}")).await.says(200, "R-77");
        tiago
            .post(&format!("/escalations/{id}/steps"), &[("step", "close")])
            .await
            .goes(&format!("/escalations/{id}"));
        outside.get(&link).await.says(200, "Hier ist nichts mehr zu tun.");
        outside.get("/escalated/00.00").await.says(404, "This link is too old.");
        house.world.later(std::time::Duration::from_secs(31 * 24 * 60 * 60));
        outside.get(&link).await.says(404, "Dieser Link ist abgelaufen.");
    });
}

#[test]
fn a_specialist_reads_the_conversation_and_answers_on_their_page() {
    House::on_both_engines(async |mut house| {
        let (case, tiago) = begun(&mut house).await;
        let to = offered(&tiago, case, "other", "Rok Zupan").await;
        let typed = [("kind", "other"), ("to", to.as_str()), ("asked", ASKED)];
        let opened = tiago.post(&format!("/cases/{case}/escalations"), &typed).await;
        let here = format!("/escalations/{}", escalation_of(opened.leads_to()));
        let rok = house.browser("rok").await;
        rok.get("/escalations").await.says(200, "Handed to you");
        let page = rok.get(&here).await;
        page.says(200, "Hello, it stopped working this morning.");
        rok.get(&format!("/cases/{case}")).await.says(404, "There is nothing here");
        let steps = format!("{here}/steps");
        rok.post(&steps, &[("step", "reject"), ("words", "")]).await.says(422, "The reason is missing.");
        rok.post(&steps, &[("step", "close"), ("words", "No.")]).await.says(404, "There is nothing here");
        rok.post(&steps, &[("step", "ask_back"), ("words", "Which one?")]).await.goes(&here);
        tiago.get(&here).await.says(200, "They need information");
        tiago
            .post(&steps, &[("step", "answer"), ("customer_ready", "Mine.")])
            .await
            .says(404, "There is nothing");
    });
}
