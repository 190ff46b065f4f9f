//! The note of a hand-over, as far as the desk can fill it in: from the case's messages, turns, targets, topics and signals.

use crate::{changes, risk};
use cases::{
    AttachmentRow, Case, Message, MessageKind, Plan, State,
    matter::Matter,
    signals::{KeptSignal, Side},
    tables as case_tables,
    topics::Topic,
};
use coverage::{
    Target, Turn,
    hand_over::{Circumstances, Next, Note, Promise, Tried, Waiting},
    tables as coverage_tables,
};
use kernel::{Fault, Instant, MessageId, Metric, PageId, Party, Priority};
use language::meaning::{Address, Passage, address};
use people::{Client, Customer, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// How many messages are looked at.
const MESSAGES: i64 = 100;
/// How many of our answers stand in the note, and how many files.
const TRIED: usize = 4;
const FILES: usize = 6;
/// So much of what the customer wrote.
const NEEDS: usize = 600;
/// From so many words without an answer on, that is a fact worth telling.
const UNANSWERED: usize = 2;
/// A signal that somebody did not understand is told from this confidence on.
const SURE: f64 = language::understanding::COUNTS_FROM;
/// What is promised for so long ahead is promised for the coming shift.
const COMING_SHIFT: Duration = Duration::from_secs(14 * 3_600);

/// What is known of a case when it changes hands.
struct Known {
    client: Client,
    customer: Customer,
    bounced: Option<String>,
    messages: Vec<Message>,
    files: Vec<AttachmentRow>,
    plans: Vec<(MessageId, Plan)>,
    matter: Matter,
    turn: Option<Turn>,
    targets: Vec<Target>,
    topics: Vec<Topic>,
    risky: Vec<Topic>,
    signals: Vec<KeptSignal>,
    page: Option<PageId>,
}

/// The note about a case for somebody, and what decides whether the two talk.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    case: &Case,
    owner: &str,
    now: Instant,
) -> Result<(Note, Circumstances), Fault> {
    let known = known(tx, case)?;
    let note = Note {
        customer: known.customer.shown(),
        client: known.client.name.clone(),
        facts: facts(&known),
        tried: tried(&known),
        waiting: known.turn.as_ref().map(waiting),
        promises: promises(&known),
        next: Some(next(&known, case, owner)),
        language: case.language.english_name().to_owned(),
        register: register(&known, case),
        mood: mood(&known),
        do_not: do_not(&known),
        page: known.page,
        ..needs(&known, case)
    };
    Ok((note, circumstances(&known, case, now)))
}

fn known(tx: &mut Tx<'_>, case: &Case) -> Result<Known, Fault> {
    let id = case.id;
    let found = |what: &str| Fault::new(format!("case {id} has no {what}"));
    let (client, customer, bounced, messages, files, plans, matter) = tx.together((
        |tx: &mut Tx<'_>| people_tables::client(tx, case.client),
        |tx: &mut Tx<'_>| people_tables::customer(tx, case.customer),
        |tx: &mut Tx<'_>| people_tables::bounced_because(tx, case.customer),
        |tx: &mut Tx<'_>| case_tables::messages(tx, id, MESSAGES),
        |tx: &mut Tx<'_>| case_tables::attachments(tx, id),
        |tx: &mut Tx<'_>| case_tables::plans(tx, id),
        |tx: &mut Tx<'_>| case_tables::matter(tx, id),
    ))?;
    let (turn, targets, topics, risky, signals) = tx.together((
        |tx: &mut Tx<'_>| coverage_tables::last_turn(tx, id),
        |tx: &mut Tx<'_>| coverage_tables::targets_open(tx, id),
        |tx: &mut Tx<'_>| case_tables::topics(tx, id),
        |tx: &mut Tx<'_>| case_tables::risky_topics(tx, case.client),
        |tx: &mut Tx<'_>| case_tables::signals(tx, id),
    ))?;
    let pages = coverage_tables::pages_of_case(tx, id)?;
    let page = pages.into_iter().next().map(|kept| kept.id);
    let mut topics: Vec<Topic> =
        risk::topics(topics, id, &messages).into_iter().map(|one| one.topic).collect();
    topics.sort_by_key(|topic| topic.as_str());
    topics.dedup();
    Ok(Known {
        client: client.ok_or_else(|| found("client"))?,
        customer: customer.ok_or_else(|| found("customer"))?,
        bounced,
        messages,
        files,
        plans,
        matter,
        turn,
        targets,
        topics,
        risky,
        signals,
        page,
    })
}

impl Known {
    /// What the customer wrote, without what machines wrote for them.
    fn customers(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|one| one.kind == MessageKind::Customer && one.automatic.is_none())
    }

    fn replies(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|one| one.kind == MessageKind::Reply && one.automatic.is_none())
    }

    /// What the customer wrote since we answered last.
    fn unanswered(&self) -> impl DoubleEndedIterator<Item = &Message> {
        let answered = self.replies().next_back().map(|reply| reply.at);
        self.customers().filter(move |one| answered.is_none_or(|answered| one.at > answered))
    }

    fn said_by_customer(&self) -> impl Iterator<Item = &KeptSignal> {
        let counts = |one: &&KeptSignal| {
            one.side == Side::Customer && one.dismissed_by.is_none() && one.confidence >= SURE
        };
        self.signals.iter().filter(counts)
    }
}

fn needs(known: &Known, case: &Case) -> Note {
    let said = known.unanswered().next_back().or_else(|| known.customers().next_back());
    let words = said.map(|one| cut(&one.new_text, NEEDS)).filter(|words| !words.is_empty());
    let tag = said.map(|one| &one.language).filter(|language| language.is_known());
    Note {
        needs: words.unwrap_or_else(|| case.subject.clone()),
        needs_language: tag.map(ToString::to_string).unwrap_or_default(),
        ..Note::default()
    }
}

/// The beginning of a text, cut where a word ends.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", text[..end].trim_end())
}

fn facts(known: &Known) -> Vec<String> {
    let matter = &known.matter;
    let said =
        [("About", &matter.intent), ("Product", &matter.product), ("Customer’s country", &matter.country)];
    let mut facts: Vec<String> = said
        .into_iter()
        .filter(|(_, what)| !what.is_empty())
        .map(|(name, what)| format!("{name}: {what}."))
        .collect();
    let files: Vec<&str> =
        known.files.iter().filter(|file| !file.inline).map(|file| file.name.as_str()).collect();
    if !files.is_empty() {
        let rest = files.len().saturating_sub(FILES);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        facts.push(format!("Files in the case: {}{more}.", files[..files.len().min(FILES)].join(", ")));
    }
    let notes = known.messages.iter().filter(|one| one.kind == MessageKind::Note && one.by.person.is_some());
    facts.extend(
        notes
            .rev()
            .take(2)
            .map(|note| format!("{} noted: {}", note.by.name, changes::snippet(&note.new_text))),
    );
    facts
}

/// Our last answers, each with what came of it.
fn tried(known: &Known) -> Vec<Tried> {
    let replies: Vec<&Message> = known.replies().collect();
    let last = &replies[replies.len().saturating_sub(TRIED)..];
    let one = |reply: &&Message| Tried {
        at: reply.at,
        what: changes::snippet(&reply.new_text),
        by: reply.by.name.clone(),
        result: result(known, reply),
    };
    last.iter().map(one).collect()
}

fn result(known: &Known, reply: &Message) -> String {
    if reply.sent_at.is_none() && known.plans.iter().any(|(id, _)| *id == reply.id) {
        return "It goes by itself at the time that was chosen.".to_owned();
    }
    let next_reply = known.replies().map(|one| one.at).find(|at| *at > reply.at).unwrap_or(Instant::MAX);
    let answer = known.customers().find(|one| one.at > reply.at && one.at < next_reply);
    let Some(answer) = answer else {
        let is_last = next_reply == Instant::MAX;
        return if is_last { "No answer yet." } else { "We wrote again before they did." }.to_owned();
    };
    let misunderstood = known.said_by_customer().any(|signal| signal.message == answer.id);
    match misunderstood {
        true => format!("They did not understand: {}", changes::snippet(&answer.new_text)),
        false => format!("They answered: {}", changes::snippet(&answer.new_text)),
    }
}

fn waiting(turn: &Turn) -> Waiting {
    Waiting { party: turn.party, since: turn.from, because: turn.because.sentence.clone() }
}

/// What the terms promise, and what goes by itself at a time that somebody chose.
fn promises(known: &Known) -> Vec<Promise> {
    let by = "the engagement’s terms";
    let targets = known.targets.iter().map(|target| Promise {
        what: promised(target.metric).to_owned(),
        until: target.due_at,
        by: by.to_owned(),
    });
    let planned = known.plans.iter().filter_map(|(reply, plan)| {
        let reply = known.replies().find(|one| one.id == *reply && one.sent_at.is_none())?;
        let what = format!("A reply that goes then: {}", changes::snippet(&reply.new_text));
        Some(Promise { what, until: Some(plan.at), by: reply.by.name.clone() })
    });
    targets.chain(planned).collect()
}

fn promised(metric: Metric) -> &'static str {
    match metric {
        Metric::FirstReply => "A first reply",
        Metric::NextReply => "A reply to what they wrote last",
        Metric::Resolution => "An outcome",
        Metric::Explanation => "An explanation of what they did not understand",
        Metric::Place => "Somebody in their country",
    }
}

fn next(known: &Known, case: &Case, owner: &str) -> Next {
    let what = match known.turn.as_ref().map(|turn| turn.party) {
        Some(Party::ClientResolver) => "Ask the client’s specialist how far they are.",
        Some(Party::Vendor) => "Ask the vendor how far they are.",
        Some(Party::Customer) => "Wait for the customer.",
        _ if known.replies().next().is_none() => "Write the first reply.",
        _ if case.state == State::Waiting => "Wait for the customer.",
        _ => "Answer what they wrote last.",
    };
    let held = known.plans.iter().map(|(_, plan)| plan.at).min();
    Next {
        what: what.to_owned(),
        owner: owner.to_owned(),
        not_before: held.filter(|_| case.state == State::Waiting),
        not_after: known.targets.iter().filter_map(|target| target.due_at).min(),
    }
}

/// How the customer is addressed, by what we wrote, else by how they address us.
fn register(known: &Known, case: &Case) -> String {
    let used = |message: &Message| {
        let passage = Passage { text: &message.new_text, language: case.language.clone() };
        address(&passage)
    };
    let ours = known.replies().rev().find_map(used);
    let told = match (ours, known.customers().rev().find_map(used)) {
        (Some(Address::Formal), _) => "We address them formally.",
        (Some(Address::Informal), _) => "We address them informally.",
        (Some(Address::Mixed), _) => {
            "We have addressed them formally and informally; the formal way is safe."
        }
        (None, Some(Address::Informal)) => "They address us informally; we have not addressed them yet.",
        (None, Some(_)) => "They address us formally.",
        (None, None) => "",
    };
    told.to_owned()
}

/// What the customer did and said that tells of their mood.
fn mood(known: &Known) -> Vec<String> {
    let mut mood = Vec::new();
    let unanswered = known.unanswered().count();
    if unanswered >= UNANSWERED {
        mood.push(format!("They have written {unanswered} times since our last answer."));
    }
    let mut reasons: Vec<&str> = known.said_by_customer().map(|signal| signal.because.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    mood.extend(reasons.into_iter().map(str::to_owned));
    if known.topics.contains(&Topic::Legal) {
        mood.push("They have named lawyers, a court or an authority.".to_owned());
    }
    mood
}

fn do_not(known: &Known) -> Vec<String> {
    let marked = known.topics.iter().filter(|topic| known.risky.contains(topic));
    let mut do_not: Vec<String> = marked
        .map(|topic| {
            let title = topic.title();
            format!(
                "{title}: don’t send a translated reply that nobody has read. {} marks this as risky.",
                known.client.name
            )
        })
        .collect();
    if let Some(because) = &known.bounced {
        do_not.push(format!("Don’t write to their address: {because}"));
    }
    do_not
}

fn circumstances(known: &Known, case: &Case, now: Instant) -> Circumstances {
    let soon = now.plus(COMING_SHIFT);
    Circumstances {
        is_top_priority: case.priority == Priority::Urgent || known.page.is_some(),
        is_angry: false,
        is_vulnerable: known.topics.contains(&Topic::Safety),
        promised_tonight: known.plans.iter().any(|(_, plan)| plan.at > now && plan.at <= soon),
    }
}
