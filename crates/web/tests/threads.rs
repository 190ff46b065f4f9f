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
