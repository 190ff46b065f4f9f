//! Looking up the records of our own sending domains.

use super::dns::{Dns, Memory};
use engagements::sending_domains::{Answer, Question, Sought};
use mail_auth::{
    MessageAuthenticator,
    hickory_resolver::{
        net::NetError,
        proto::rr::{Name, RData},
    },
};
use std::{net::SocketAddr, time::Duration};
use tokio::{task::JoinSet, time::timeout};

/// How long the answer to one question may take in all.
const WITHIN: Duration = Duration::from_secs(5);
/// How many questions are asked at once.
const AT_ONCE: usize = 64;
/// What is said where nobody answers.
const NOBODY: &str = "no DNS server answered in time.";
/// How many texts of one name are read.
const MOST_TEXTS: usize = 50;

/// Asks the DNS these questions, many at once. Every question has an answer, if only that there is none. Where nobody answers at all,
/// the rest isn't asked.
pub async fn look_up(server: Option<SocketAddr>, questions: Vec<Question>) -> Vec<(Question, Answer)> {
    let dns = match Dns::open(server, Memory::None) {
        Ok(dns) => dns.0,
        Err(error) => return unasked(questions, &error.to_string()),
    };
    let mut answers: Vec<(Question, Answer)> = Vec::new();
    let mut rest = questions;
    while !rest.is_empty() {
        let now = rest.drain(..rest.len().min(AT_ONCE)).collect();
        let answered = ask_all(&dns, now).await;
        let nobody_answers = answered.iter().all(|(_, answer)| matches!(answer, Answer::Silent(_)));
        answers.extend(answered);
        if nobody_answers {
            answers.extend(unasked(std::mem::take(&mut rest), NOBODY));
        }
    }
    answers
}

fn unasked(questions: Vec<Question>, because: &str) -> Vec<(Question, Answer)> {
    questions.into_iter().map(|question| (question, Answer::Silent(because.to_owned()))).collect()
}

async fn ask_all(dns: &MessageAuthenticator, questions: Vec<Question>) -> Vec<(Question, Answer)> {
    let mut asked = JoinSet::new();
    for question in questions {
        let dns = dns.clone();
        asked.spawn(async move {
            let answer = timeout(WITHIN, ask(&dns, &question)).await;
            (question, answer.unwrap_or_else(|_| nobody()))
        });
    }
    asked.join_all().await
}

fn nobody() -> Answer {
    Answer::Silent(NOBODY.to_owned())
}

async fn ask(dns: &MessageAuthenticator, question: &Question) -> Answer {
    let Ok(name) = Name::from_ascii(format!("{}.", question.name)) else {
        return Answer::Silent("the name is too long for the DNS.".to_owned());
    };
    let found = match question.sought {
        Sought::Texts => dns.resolver().txt_lookup(name).await,
        Sought::MailServers => dns.resolver().mx_lookup(name).await,
    };
    match found {
        Ok(found) => told(found.answers().iter().map(|record| &record.data)),
        Err(error) => failed(&error),
    }
}

fn told<'a>(data: impl Iterator<Item = &'a RData>) -> Answer {
    let mut found: Vec<(u16, String)> = data.filter_map(text).take(MOST_TEXTS).collect();
    found.sort();
    match found.is_empty() {
        true => Answer::Nothing,
        false => Answer::Found(found.into_iter().map(|(_, text)| text).collect()),
    }
}

/// A record in words, with its rank among the others.
fn text(data: &RData) -> Option<(u16, String)> {
    match data {
        RData::TXT(text) => {
            let bytes = text.txt_data.iter().flat_map(|piece| piece.iter().copied()).collect::<Vec<_>>();
            Some((0, String::from_utf8_lossy(&bytes).into_owned()))
        }
        RData::MX(server) => {
            let name = server.exchange.to_ascii();
            Some((server.preference, name.trim_end_matches('.').to_owned()))
        }
        _ => None,
    }
}

fn failed(error: &NetError) -> Answer {
    if error.is_no_records_found() {
        return Answer::Nothing;
    }
    match error {
        NetError::Timeout => nobody(),
        other => Answer::Silent(format!("the DNS says “{other}”.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::Names;

    fn texts(name: &str) -> Question {
        Question { name: name.to_owned(), sought: Sought::Texts }
    }

    #[tokio::test]
    async fn each_question_has_its_answer() {
        let names = Names::serve().await;
        names.texts("aurora.example", &["v=spf1 -all", "other"]);
        names.text("long.example", &"a".repeat(600));
        names.mail_servers("aurora.example", &["mx1.relay.example", "a-later.relay.example"]);
        names.mail_servers("pip.example", &["."]);
        let servers = |name: &str| Question { name: name.to_owned(), sought: Sought::MailServers };
        let found = |texts: &[&str]| Answer::Found(texts.iter().map(|text| (*text).to_owned()).collect());
        let expected = [
            (texts("aurora.example"), found(&["other", "v=spf1 -all"])),
            (texts("long.example"), found(&["a".repeat(600).as_str()])),
            (texts("nobody.example"), Answer::Nothing),
            (servers("aurora.example"), found(&["mx1.relay.example", "a-later.relay.example"])),
            (servers("pip.example"), found(&[""])),
            (servers("nobody.example"), Answer::Nothing),
        ];
        let asked = expected.iter().map(|(question, _)| question.clone()).collect();
        let answers = look_up(Some(names.address), asked).await;
        for (question, answer) in expected {
            let told = answers.iter().find(|(asked, _)| *asked == question);
            assert_eq!(told.map(|(_, answer)| answer), Some(&answer), "{question:?}");
        }
    }

    #[tokio::test]
    async fn what_was_just_changed_is_seen_at_once() {
        let names = Names::serve().await;
        let look = async || look_up(Some(names.address), vec![texts("aurora.example")]).await.remove(0).1;
        names.text("aurora.example", "one");
        assert_eq!(look().await, Answer::Found(vec!["one".to_owned()]));
        names.text("aurora.example", "two");
        assert_eq!(look().await, Answer::Found(vec!["two".to_owned()]));
        names.forget("aurora.example");
        assert_eq!(look().await, Answer::Nothing);
    }

    #[tokio::test]
    async fn where_nobody_answers_the_rest_is_not_asked() {
        let names = Names::serve().await;
        names.fall_silent();
        let many: Vec<Question> = (0..200).map(|nth| texts(&format!("{nth}.example"))).collect();
        let answers = look_up(Some(names.address), many).await;
        assert_eq!(answers.len(), 200);
        assert!(answers.iter().all(|(_, answer)| *answer == nobody()), "{answers:?}");
    }
}
