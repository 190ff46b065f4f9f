//! The page of a case whose thread is no plain question and answer: merges and what belongs together.

use crate::house::House;

const EVA: &str = "Eva Novak <eva@customer.example>";
const AURORA: &str = "help@aurora.example";

#[tokio::test]
async fn a_case_is_merged_on_its_page_and_taken_out_again() {
    let house = House::new().await;
    let world = &house.world;
    let old = world.receive(&world.mail(EVA, AURORA, "Kettle", "It leaks.")).await;
    let kept = world.receive(&world.mail(EVA, AURORA, "Iron", "It smokes.")).await;
    let reference = cases::shown_reference(&world.case(kept).await.reference);
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{old}"));
    let holder = format!("/cases/{kept}?view=open");
    tiago.get(&path).await.says(200, &format!("<option value=\"#{reference}\">Iron</option>"));
    let refused = tiago.post(&format!("{path}/merges"), &[("into", "#NONE-SUCH")]).await;
    refused.says(422, "No case that you see has this reference.");
    refused.says(422, "value=\"#NONE-SUCH\"");
    tiago.post(&format!("{path}/merges"), &[("into", &reference)]).await.goes(&holder);
    tiago.get(&path).await.goes(&holder);
    let message = world.messages(kept).await[0].id;
    tiago.get(&format!("{path}/messages/{message}/raw")).await.says(200, "It leaks.");
    let typed = tiago.post(&format!("{path}/replies"), &[("text", "Too late"), ("then", "stay")]).await;
    typed.says(409, "holds its messages now");
    typed.says(409, "Too late");
    typed.says(409, &format!("<a href=\"{holder}\">#{reference} Iron</a>"));
    let page = tiago.get(&format!("/cases/{kept}")).await;
    page.says(200, "merged #");
    page.says(200, "It leaks.");
    page.says(200, "Undo the merge");
    let parted = tiago.post(&format!("/cases/{kept}/partings"), &[("merged", &old.to_string())]).await;
    parted.goes(&holder);
    tiago.get(&path).await.says(200, "It leaks.");
    tiago.get(&format!("/cases/{kept}")).await.is_silent_about("It leaks.");
}

#[tokio::test]
async fn the_composer_offers_those_who_take_part_and_says_who_is_away() {
    let house = House::new().await;
    let world = &house.world;
    let mail = world.mail(EVA, AURORA, "Kettle", "It leaks.");
    let case = world.receive(&mail).await;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    tiago.get(&path).await.is_silent_about("name=\"to\"");
    world.reply("tiago", case, "Unplug it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let ours = world.post.taken().pop().unwrap().letter.message_id_text();
    let ivo = "Ivo Novak <ivo@customer.example>";
    world.receive(&world.mail(ivo, AURORA, "Re: Kettle", "I did.").answering(&ours)).await;
    let words =
        "I am out of the office until 20 March 2026. For urgent matters write to una@customer.example.";
    let mut notice = world.mail(EVA, AURORA, "Out of office", words).answering(&ours);
    notice.incoming.headers.push(("Auto-Submitted".to_owned(), "auto-replied; vacation".to_owned()));
    world.receive(&notice.sifted()).await;
    let page = tiago.get(&path).await;
    page.says(
        200,
        "<option value=\"ivo@customer.example\">Ivo Novak &#60;ivo@customer.example&#62; (wrote here)",
    );
    page.says(200, "Whoever isn’t the customer sees only their own part");
    page.says(200, "which isn&#39;t an address of the case&#39;s customer");
    page.says(200, "Eva Novak is away until Fri 20 Mar 2026, says their automatic answer. For urgent matters it names una@customer.example.");
    let stranger = [("text", "Thank you."), ("to", "mallory@evil.example"), ("then", "stay")];
    tiago.post(&format!("{path}/replies"), &stranger).await.says(422, "doesn&#39;t take part");
    let to_ivo = [("text", "Thank you."), ("to", "ivo@customer.example"), ("then", "stay")];
    assert_eq!(tiago.post(&format!("{path}/replies"), &to_ivo).await.status.as_u16(), 303);
    tiago.get(&path).await.says(200, "to ivo@customer.example");
    assert_eq!(tiago.post(&format!("{path}/sharing"), &[("sharing", "whole")]).await.status.as_u16(), 303);
    tiago.get(&path).await.says(200, "<option value=\"whole\" selected>everything</option>");
}

#[tokio::test]
async fn owners_choose_how_conversations_go_on() {
    let house = House::new().await;
    let (olga, client) = (house.browser("olga").await, house.world.aurora.client.id);
    let path = format!("/clients/{client}");
    olga.get(&path).await.says(200, "name=\"reopens_for_days\" value=\"30\"");
    let typed = |days| [("reopens_for_days", days), ("same_subject_for_days", "14"), ("sharing", "whole")];
    let refused = olga.post(&format!("{path}/correspondence"), &typed("9999")).await;
    refused.says(422, "A number of days is from 0 to 3,650.");
    refused.says(422, "value=\"9999\"");
    olga.post(&format!("{path}/correspondence"), &typed("90")).await.goes(&path);
    let page = olga.get(&path).await;
    page.says(200, "name=\"reopens_for_days\" value=\"90\"");
    page.says(200, "name=\"same_subject_for_days\" value=\"14\"");
    page.says(200, "<option value=\"whole\" selected>");
}
