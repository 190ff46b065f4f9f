//! Risky topics, approved texts, and readers of translated replies.

use super::{Answer, acting::Acting, case::Drawn, doorstep::languages};
use crate::{
    fields::Fields,
    said::Said,
    views::{
        marks::Choice,
        risk::{ApprovedText, AwaitedLine, CaseRisk, ClientRisk, OwnCheck, ReadingForm, TopicLine},
    },
    words::{Words, language, language_name},
};
use ::people::Stakes;
use cases::topics::{CheckState, NativeCheck, Topic};
use desk::{
    case_page::CasePage,
    risk::{self, Awaited, Chosen, Reading},
};
use kernel::PersonId;

/// The sections of a client's page.
pub(super) fn of_client(words: &Words, chosen: &Chosen) -> ClientRisk {
    let topic = |topic: Topic| Choice {
        value: topic.as_str().to_owned(),
        words: topic.title().to_owned(),
        is_chosen: chosen.topics.contains(&topic),
    };
    let texts = chosen.templates.iter().map(|one| ApprovedText {
        name: one.name.clone(),
        tag: one.language.to_string(),
        language: language_name(one.language.as_str()).to_owned(),
        text: one.text.clone(),
        at: words.briefly(one.at),
    });
    ClientRisk { topics: Topic::ALL.map(topic).to_vec(), texts: texts.collect(), languages: languages("de") }
}

/// What makes a wrong word expensive in a case.
pub(super) fn of_case(words: &Words, found: &CasePage) -> CaseRisk {
    let risk = &found.risk;
    let reader = &found.writing.reader;
    let topics = risk.topics.iter().map(|one| TopicLine {
        topic: one.topic.as_str(),
        title: one.topic.title(),
        words: one.words.clone(),
        is_marked: risk.marked.contains(&one.topic),
        is_by_hand: one.person.is_some(),
    });
    let others = Topic::ALL.into_iter().filter(|topic| !risk.topics.iter().any(|one| one.topic == *topic));
    let own = risk.checks.iter().find(|check| check.author == reader.id);
    let waiting = risk.checks.iter().filter(|check| check.state == CheckState::Asked);
    CaseRisk {
        topics: topics.collect(),
        others: others.map(|topic| Choice::new(topic.as_str(), topic.title())).collect(),
        is_risky: risk.stakes() == Stakes::Risky,
        is_reader: reader.judges(&found.case.language),
        own: own.map(|check| own_check(words, found, check)),
        readings: waiting.map(|check| reading(words, found, check)).collect(),
    }
}

fn name_of(found: &CasePage, person: PersonId) -> String {
    let known = found.around.colleagues.iter().find(|known| known.id == person);
    known.map_or_else(|| "Somebody who left".to_owned(), |known| known.name.clone())
}

fn own_check(words: &Words, found: &CasePage, check: &NativeCheck) -> OwnCheck {
    let reader = check.reader.map(|reader| name_of(found, reader)).unwrap_or_default();
    let (icon, sentence) = match check.state {
        CheckState::Asked => {
            let since = words.exactly(check.asked_at).words;
            ("clock", format!("Your reply waits for somebody who reads the language, since {since}."))
        }
        CheckState::Same => (
            "check",
            format!("{reader} has read it: it says the same. That holds for exactly these two texts."),
        ),
        CheckState::Returned => ("alert", format!("{reader} gave it back:")),
    };
    OwnCheck { sentence, icon, words: check.words.clone() }
}

fn reading(words: &Words, found: &CasePage, check: &NativeCheck) -> ReadingForm {
    ReadingForm {
        author: check.author.to_string(),
        name: name_of(found, check.author),
        since: words.exactly(check.asked_at),
        own: check.own.clone(),
        own_language: language(&check.own_language),
        text: check.text.clone(),
        language: language(&check.language),
        may_judge: found.writing.reader.judges(&check.language),
    }
}

/// The cases above the inbox in which the reader of the page is waited for.
pub(super) fn awaited(words: &Words, waiting: &[Awaited]) -> Vec<AwaitedLine> {
    let line = |one: &Awaited| AwaitedLine {
        url: format!("/cases/{}", one.case),
        reference: cases::shown_reference(&one.reference),
        language: language_name(one.language.as_str()).to_owned(),
        since: words.exactly(one.since),
    };
    waiting.iter().map(line).collect()
}

/// `POST /cases/{case}/topics`
pub(crate) async fn add_topic(acting: Acting, form: Fields) -> Answer {
    let done =
        async { risk::add_topic(acting.desk(), acting.reach(), acting.case, form.one("topic")?).await };
    acting.ended(done.await, Said::TopicsChanged).await
}

/// `POST /cases/{case}/topics/removals`
pub(crate) async fn drop_topic(acting: Acting, form: Fields) -> Answer {
    let done =
        async { risk::drop_topic(acting.desk(), acting.reach(), acting.case, form.one("topic")?).await };
    acting.ended(done.await, Said::TopicsChanged).await
}

/// `POST /cases/{case}/readers`
pub(crate) async fn ask_reader(acting: Acting, form: Fields) -> Answer {
    let (own, text) = (form.text("own"), form.text("text"));
    match risk::ask_reader(acting.desk(), acting.reach(), acting.case, own, text).await {
        Ok(()) => Ok(acting.to_case(acting.case, Said::ReaderAsked)),
        Err(stop) => acting.refused(stop, Drawn::default()).await,
    }
}

/// `POST /cases/{case}/readings`
pub(crate) async fn read(acting: Acting, form: Fields) -> Answer {
    let done = async {
        let author: PersonId = form.one("author")?;
        let reading = match form.text("verdict") {
            "same" => Reading::Same(form.text("text").to_owned()),
            "returned" => Reading::Returned(form.text("words").to_owned()),
            _ => return Err(crate::fields::unreadable()),
        };
        risk::read(acting.desk(), acting.reach(), acting.case, author, reading).await
    };
    acting.ended(done.await, Said::ReplyRead).await
}
