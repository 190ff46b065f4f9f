//! The page of a case whose mails say something about their senders: verdicts, marks, and where answers go.

use crate::house::House;
use cases::{
    incoming::Correspondent,
    trust::{Alignment, Checked, Outcome, Reached, Server, Wish},
};
use testkit::Mail;

const EVA: &str = "Eva Novak <eva@customer.example>";
const AURORA: &str = "help@aurora.example";

/// A mail that asks for answers elsewhere and names two others, as checking it found.
fn asking(house: &House, checked: Checked) -> Mail {
    let mut mail = house.world.mail(EVA, AURORA, "Kettle", "It leaks.");
    let named = |address: &str| Correspondent { name: String::new(), address: address.to_owned() };
    mail.incoming.reply_to = vec![named("eva@elsewhere.example")];
    mail.incoming.cc = vec![named("ivo@customer.example")];
    mail.incoming.checked = checked;
    mail
}

#[tokio::test]
async fn where_answers_go_is_told_and_chosen_with_one_click() {
    let house = House::new().await;
    let found = Checked {
        reached: Reached::Everything,
        froms: vec!["eva@customer.example".to_owned()],
        ..Checked::default()
    };
    let case = house.world.receive(&asking(&house, found)).await;
    let message = house.world.messages(case).await[0].id;
    let (tiago, path) = (house.browser("tiago").await, format!("/cases/{case}"));
    let page = tiago.get(&path).await;
    page.says(200, "Sender unproven");
    page.says(200, "It asks for answers at eva@elsewhere.example. They go to eva@customer.example, because");
    page.says(200, "Reply to Eva Novak &#60;eva@customer.example&#62;");
    page.says(200, ">Answer to eva@elsewhere.example</button>");
    page.says(200, "name=\"copies\" value=\"ivo@customer.example\"");
    let choose = async |answers: &str| {
        let told = tiago.post(&format!("{path}/messages/{message}/answers"), &[("answers", answers)]).await;
        told.goes(&format!("{path}?view=open"));
        tiago.get(&path).await
    };
    let page = choose("to_reply_to").await;
    page.says(200, "They go there, because somebody here chose so.");
    page.says(200, "Reply to Eva Novak &#60;eva@elsewhere.example&#62;");
    page.says(200, "Answers go to eva@elsewhere.example from now on");
    page.says(200, ">Answer to eva@customer.example instead</button>");
    choose("to_sender").await.says(200, "Reply to Eva Novak &#60;eva@customer.example&#62;");
}

#[tokio::test]
async fn a_forged_mail_says_so_and_fills_nothing_in() {
    let house = House::new().await;
    let domain = "customer.example".to_owned();
    let forged = Checked {
        reached: Reached::Everything,
        froms: vec!["eva@customer.example".to_owned()],
        server: Some(Server { domain, outcome: Outcome::Fail, told_by: String::new() }),
        wish: Wish::Refuse(Alignment::Loose),
        ..Checked::default()
    };
    let case = house.world.receive(&asking(&house, forged)).await;
    let page = house.browser("tiago").await.get(&format!("/cases/{case}")).await;
    page.says(200, "Looks forged");
    page.says(200, "customer.example asks to refuse mail in its name");
    page.says(200, "They don&#39;t go there, because the mail looks forged.");
    page.says(200, "Ask the customer another way");
    page.says(200, "name=\"copies\" value=\"\"");
    page.is_silent_about("Answer to eva@elsewhere.example");
}
