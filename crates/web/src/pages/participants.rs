//! Who takes part in a case from outside, on its page: to whom an answer can go, who is away, what the others see.

use super::{Answer, acting::Acting};
use crate::{
    fields::Fields,
    said::Said,
    views::{
        case::{Participant as ParticipantView, Sharing as SharingView},
        marks::Choice,
    },
    words::long_day,
};
use cases::{
    absences::{Away, away},
    participants::{Part, Participant},
    sharing::Sharing,
    sifting::ReturnDay,
};
use desk::{case_page::CasePage, participants};

/// To whom an answer can go, the customer first; empty when there is nobody to choose from.
pub(super) fn recipients(found: &CasePage, chosen: &str) -> Vec<Choice> {
    let reachable = |one: &&Participant| !found.outside.unreachable.contains(&one.address);
    let all: Vec<&Participant> = found.outside.participants.iter().filter(reachable).collect();
    if all.iter().all(|one| one.part == Part::Customer) {
        return Vec::new();
    }
    let choice = |one: &&Participant| Choice {
        value: one.address.to_string(),
        words: format!("{} ({})", named(&one.name, one.address.as_str()), part(one.part)),
        is_chosen: one.address.as_str() == chosen,
    };
    all.iter().map(choice).collect()
}

/// Somebody with their address.
pub(super) fn named(name: &str, address: &str) -> String {
    if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Customer => "the customer",
        Part::Wrote => "wrote here",
        Part::Named => "was written to",
    }
}

/// Who is away now, a sentence each.
pub(super) fn away_now(found: &CasePage) -> Vec<String> {
    let away = away(&found.talk.messages, &found.outside.absences, &found.today);
    away.iter().map(sentence).collect()
}

fn sentence(away: &Away<'_>) -> String {
    let Away { absence, message } = away;
    let who = if message.by.name.is_empty() { &message.by.address } else { &message.by.name };
    let day = absence.on.as_deref().map(long_day).unwrap_or_default();
    let until = match absence.day {
        ReturnDay::Back => format!("is away and back on {day}"),
        ReturnDay::Until => format!("is away until {day}"),
    };
    let substitute = absence.substitute.as_ref();
    let substitute = substitute.map(|address| format!(" For urgent matters it names {address}."));
    format!("{who} {until}, says their automatic answer.{}", substitute.unwrap_or_default())
}

/// Those who take part beside the customer.
pub(super) fn others(found: &CasePage) -> Vec<ParticipantView> {
    let others = found.outside.participants.iter().filter(|one| one.part != Part::Customer);
    let view = |one: &Participant| ParticipantView {
        name: named(&one.name, one.address.as_str()),
        part: part(one.part).to_owned(),
        came_back: found.outside.unreachable.contains(&one.address),
    };
    others.map(view).collect()
}

/// What they see, and what could be chosen.
pub(super) fn sharing(found: &CasePage) -> SharingView {
    let outside = &found.outside;
    let usual = format!("As usual: {}", in_words(outside.usual));
    let choice = |chosen: Option<Sharing>, words: &str| Choice {
        value: chosen.map_or("", Sharing::as_str).to_owned(),
        words: words.to_owned(),
        is_chosen: outside.chosen == chosen,
    };
    SharingView {
        choices: vec![
            choice(None, &usual),
            choice(Some(Sharing::OwnWords), "only their part"),
            choice(Some(Sharing::Whole), "everything"),
        ],
        is_own_words: outside.sharing() == Sharing::OwnWords,
    }
}

/// What others see, in few words.
pub(super) fn in_words(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::OwnWords => "own part",
        Sharing::Whole => "everything",
    }
}

/// `POST /cases/{case}/sharing`
pub(crate) async fn share(acting: Acting, form: Fields) -> Answer {
    let done = async {
        let usual = form.text("sharing").is_empty();
        let chosen = if usual { None } else { Some(form.one::<Sharing>("sharing")?) };
        participants::share(acting.desk(), acting.reach(), acting.case, chosen).await
    };
    acting.ended(done.await, Said::Shared).await
}
