//! A scene becomes a case with everything that happened to it, moment by moment, as the desk's own rules move it.

use super::casting::Player;
use super::chance::Chance;
use super::enclosures::{self, Picture};
use super::mail;
use super::schedule::{Closing, Scheduled};
use super::script::{Author, FileKind, Line, Template};
use super::senders;
use super::wording::{self, Gaps};
use cases::{
    By, Case, Delivery, Draft, DraftKind, LastWord, Message, MessageKind, State, letter::message_id_text,
};
use engagements::Mailbox;
use kernel::{Because, Instant, LanguageTag, PersonId};
use std::time::Duration;
use store::fresh;

/// A case and what happened to it.
pub(super) struct Tale {
    /// As it was opened.
    pub case: Case,
    /// An index into the company's players.
    pub player: usize,
    pub moments: Vec<Moment>,
    pub draft: Option<Draft>,
}

/// Something that happened.
pub(super) struct Moment {
    pub at: Instant,
    pub what: What,
}

/// What happened.
pub(super) enum What {
    Opened,
    Wrote(Box<Mail>),
    /// A reply has left, or couldn't.
    Left {
        kind: &'static str,
        sentence: String,
    },
    Assigned {
        to: Option<PersonId>,
        by: PersonId,
        state: State,
        sentence: String,
    },
    Closed {
        by: PersonId,
        sentence: String,
    },
}

/// A message, where it moves its case, and what comes with it.
pub(super) struct Mail {
    pub message: Message,
    pub html: Option<String>,
    pub files: Vec<File>,
    pub state: State,
    pub event: &'static str,
    pub sentence: String,
}

/// A file that comes with a message.
pub(super) struct File {
    pub name: String,
    pub media_type: &'static str,
    pub content: Vec<u8>,
    pub content_id: Option<String>,
}

/// One of us, by name.
#[derive(Clone, Debug)]
pub(super) struct Colleague {
    pub id: PersonId,
    pub name: String,
}

impl Colleague {
    /// How they sign.
    fn first(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }
}

/// What a tale is told from.
pub(super) struct Material<'a> {
    pub template: &'a Template,
    pub lines: usize,
    pub player: &'a Player,
    pub mailbox: &'a Mailbox,
    pub gaps: Gaps,
    pub scheduled: Scheduled,
    pub representative: Colleague,
    /// It has been taken although nobody has answered.
    pub taken: Taken,
    /// How the last reply fares.
    pub delivery: Delivery,
    /// Who leads the team, and whom they gave the case to in the end.
    pub passed_on: Option<(Colleague, Colleague)>,
    pub now: Instant,
    pub zone: jiff::tz::TimeZone,
}

/// Whether somebody has taken a case that nobody has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Yes,
    No,
}

/// Tells a tale. `case` is as it was opened.
pub(super) fn tell(material: &Material<'_>, case: Case, player: usize, chance: &mut Chance) -> Tale {
    let moments = vec![Moment { at: case.opened_at, what: What::Opened }];
    let mut teller =
        Teller { material, state: case.state, case, assignee: None, moments, written: Vec::new(), chance };
    let lines = material.template.message.iter().zip(&material.scheduled.moments).take(material.lines);
    for (place, (line, at)) in lines.enumerate() {
        match line.by {
            Author::Customer => teller.customer_writes(place, line, *at),
            Author::Representative => teller.we_answer(place, line, *at),
            Author::Note => teller.we_note(line, *at),
        }
    }
    teller.end();
    let draft = teller.draft();
    Tale { case: teller.case, player, moments: teller.moments, draft }
}

struct Teller<'a> {
    material: &'a Material<'a>,
    case: Case,
    state: State,
    assignee: Option<Colleague>,
    moments: Vec<Moment>,
    /// Message-IDs so far, and the text that an answer would quote.
    written: Vec<(String, Option<(Instant, String)>)>,
    chance: &'a mut Chance,
}

impl Teller<'_> {
    fn add(&mut self, at: Instant, what: What) {
        self.moments.push(Moment { at, what });
    }

    fn earlier(&mut self, at: Instant, from: u64, to: u64) -> Instant {
        let before = self.moments.last().map_or(at, |moment| moment.at);
        at.minus(Duration::from_secs(60 * self.chance.between(from, to))).max(before)
    }

    fn customer_writes(&mut self, place: usize, line: &Line, at: Instant) {
        let player = self.material.player;
        let language = self.case.language.clone();
        let (text, signature) = mail::without_signature(&self.material.gaps.fill(&line.text, ""));
        let subject = match place {
            0 => self.case.subject.clone(),
            _ => mail::answer_subject(language.as_str(), &self.case.subject),
        };
        let because = match self.written.last() {
            None => {
                Because::new("threading.opens", "It opens a case, because it answers nothing that we know.")
            }
            Some((_, Some(_))) => {
                Because::new("threading.our_message_id", "It answers a message that we sent in this case.")
            }
            Some(_) => {
                Because::new("threading.known_message_id", "It refers to a mail that belongs to this case.")
            }
        };
        let email_id = mail::message_id(self.chance);
        self.state = self.state.after_customer_wrote();
        let message = Message {
            by: By { person: None, name: player.name(), address: player.address.to_string() },
            recipients: self.material.mailbox.address.to_string(),
            subject,
            spans: mail::spans(&text, line, &language),
            quoted_text: self.quoted(),
            signature,
            email_id: Some(email_id.clone()),
            answers_email_id: self.written.last().map(|(id, _)| id.clone()),
            references: self.written.iter().map(|(id, _)| id.clone()).collect(),
            because: vec![because],
            trust: senders::trust(&self.material.template.key, &player.address),
            ..blank(&self.case, MessageKind::Customer, text, language, at)
        };
        self.written.push((email_id, None));
        let (files, html) = self.enclosed(line, &message);
        let sentence = format!("{} wrote.", player.name());
        let mail = Mail { message, html, files, state: self.state, event: "message.received", sentence };
        self.add(at, What::Wrote(Box::new(mail)));
    }

    /// Half of the customers leave below what they answer.
    fn quoted(&mut self) -> String {
        let Some((_, Some((at, text)))) = self.written.last() else { return String::new() };
        if !self.chance.of_hundred(50) {
            return String::new();
        }
        let language = self.case.language.as_str();
        let day = wording::day_in(language, at.timestamp().to_zoned(self.material.zone.clone()).date());
        let who = &self.material.mailbox.display_name;
        mail::quoted(language, &format!("{} ({who})", self.material.representative.name), &day, text)
    }

    fn we_answer(&mut self, place: usize, line: &Line, at: Instant) {
        self.take(at, "took the case by answering.");
        let author = self.material.representative.clone();
        let closes =
            place + 1 == self.material.lines && self.material.scheduled.closing == Closing::WithReply;
        self.state = if closes { State::Closed } else { self.state.after_reply() };
        let text = self.material.gaps.fill(&line.text, author.first());
        let left_at = at.plus(desk::UNDO_FOR + Duration::from_millis(self.chance.between(200, 2900)));
        let bounced = self.material.delivery == Delivery::Failed && place + 1 == self.material.lines;
        let message = Message {
            by: ours(&author),
            recipients: self.material.player.address.to_string(),
            delivery: if bounced { Delivery::Failed } else { Delivery::Sent },
            delivery_note: if bounced { FULL.to_owned() } else { String::new() },
            send_at: Some(at.plus(desk::UNDO_FOR)),
            sent_at: (!bounced).then_some(left_at),
            ..blank(&self.case, MessageKind::Reply, text.clone(), self.case.language.clone(), at)
        };
        let domain = self.material.mailbox.address.domain();
        self.written.push((message_id_text(message.id, domain), Some((at, text))));
        let (files, _) = self.enclosed(line, &message);
        let did = if closes { "answered and closed the case." } else { "answered." };
        let sentence = format!("{} {did}", author.name);
        let mail = Mail { message, html: None, files, state: self.state, event: "reply.written", sentence };
        self.add(at, What::Wrote(Box::new(mail)));
        let (kind, sentence) =
            if bounced { ("reply.failed", FULL) } else { ("reply.sent", "The reply has left.") };
        self.add(left_at, What::Left { kind, sentence: sentence.to_owned() });
    }

    fn we_note(&mut self, line: &Line, at: Instant) {
        self.take(at, "took the case.");
        let author = self.material.representative.clone();
        let text = self.material.gaps.fill(&line.text, author.first());
        let message = Message {
            by: ours(&author),
            ..blank(&self.case, MessageKind::Note, text, LanguageTag::unknown(), at)
        };
        let sentence = format!("{} wrote a note.", author.name);
        let state = self.state;
        let mail = Mail { message, html: None, files: Vec::new(), state, event: "note.written", sentence };
        self.add(at, What::Wrote(Box::new(mail)));
    }

    /// Whoever begins to work on a case has it from then on: some take it first, some by answering.
    fn take(&mut self, at: Instant, by_doing: &str) {
        if self.assignee.is_some() {
            return;
        }
        let author = self.material.representative.clone();
        let took_before = self.chance.of_hundred(45);
        let (at, did) =
            if took_before { (self.earlier(at, 2, 19), "took the case.") } else { (at, by_doing) };
        let sentence = format!("{} {did}", author.name);
        self.assign(at, Some(author.clone()), author.id, sentence);
    }

    fn assign(&mut self, at: Instant, to: Option<Colleague>, by: PersonId, sentence: String) {
        if to.is_some() {
            self.state = self.state.after_assignment();
        }
        let id = to.as_ref().map(|colleague| colleague.id);
        self.assignee = to;
        self.add(at, What::Assigned { to: id, by, state: self.state, sentence });
    }

    fn end(&mut self) {
        let last = self.moments.last().map_or(self.material.now, |moment| moment.at);
        if self.material.taken == Taken::Yes && self.assignee.is_none() {
            let at = self.soon_after(last, 4, 20);
            let author = self.material.representative.clone();
            let sentence = format!("{} took the case.", author.name);
            self.assign(at, Some(author.clone()), author.id, sentence);
        }
        if let Some((lead, specialist)) = &self.material.passed_on {
            let at = self.soon_after(last, 5, 30);
            let sentence = format!("The case was given to {}.", specialist.name);
            self.assign(at, Some(specialist.clone()), lead.id, sentence);
        }
        if let Closing::At(at) = self.material.scheduled.closing {
            self.state = State::Closed;
            let author = self.material.representative.clone();
            self.add(
                at,
                What::Closed { by: author.id, sentence: format!("{} closed the case.", author.name) },
            );
        }
    }

    fn soon_after(&mut self, at: Instant, from: u64, to: u64) -> Instant {
        let later = at.plus(Duration::from_secs(60 * self.chance.between(from, to)));
        // Nothing may have happened in the future.
        later.min(self.material.now.minus(Duration::from_secs(60))).max(at)
    }

    /// The beginning of the next answer, as somebody left it to ask a colleague or to have lunch.
    fn draft(&mut self) -> Option<Draft> {
        let next = self.material.template.message.get(self.material.lines)?;
        let person = self.assignee.clone().filter(|person| person.id == self.material.representative.id)?;
        if next.by != Author::Representative || self.state != State::Open || !self.chance.of_hundred(35) {
            return None;
        }
        let whole = self.material.gaps.fill(&next.text, person.first());
        let text = whole.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n");
        let begun = self.moments.last().map_or(self.material.now, |moment| moment.at);
        Some(Draft {
            case: self.case.id,
            person: person.id,
            kind: DraftKind::Reply,
            text,
            updated_at: self.soon_after(begun, 1, 9),
        })
    }

    /// The files of a line, and the HTML that some mails have beside their text.
    fn enclosed(&mut self, line: &Line, message: &Message) -> (Vec<File>, Option<String>) {
        let Some(part) = &line.file else {
            let has_html = message.kind == MessageKind::Customer && self.chance.of_hundred(13);
            return (Vec::new(), has_html.then(|| enclosures::html(&message.new_text, &Picture::None)));
        };
        let name = self.material.gaps.fill(&part.name, "");
        let html = |picture: Picture| Some(enclosures::html(&message.new_text, &picture));
        let file = |media_type, content| File { name: name.clone(), media_type, content, content_id: None };
        match part.kind {
            FileKind::RemotePicture => (Vec::new(), html(Picture::Remote(name))),
            FileKind::Photo => (vec![file("image/png", enclosures::photo(self.chance))], None),
            FileKind::InlinePhoto => {
                let id = format!("{:012x}@mail.example", self.chance.number() >> 16);
                let photo = file("image/png", enclosures::photo(self.chance));
                (vec![File { content_id: Some(id.clone()), ..photo }], html(Picture::Inline(id)))
            }
            FileKind::Recording => (vec![file("audio/wav", enclosures::recording(self.chance))], None),
            FileKind::Paper => {
                let gaps = &self.material.gaps;
                let lines = [
                    self.material.mailbox.display_name.clone(),
                    String::new(),
                    self.case.subject.clone(),
                    self.material.player.name(),
                    format!("{}   {}", gaps.of("order"), gaps.of("amount")),
                    message.at.day(),
                ];
                (vec![file("application/pdf", enclosures::paper(&lines))], None)
            }
        }
    }
}

const FULL: &str = "The mailbox of the customer is full (552 5.2.2), so the reply could not be delivered.";

fn ours(author: &Colleague) -> By {
    By { person: Some(author.id), name: author.name.clone(), address: String::new() }
}

fn blank(case: &Case, kind: MessageKind, text: String, language: LanguageTag, at: Instant) -> Message {
    Message { new_text: text, language, ..Message::blank(fresh(), case, kind, at) }
}

/// Who has the last word after a message; a note is nobody's.
pub(super) fn last_word(kind: MessageKind) -> Option<LastWord> {
    match kind {
        MessageKind::Customer => Some(LastWord::Customer),
        MessageKind::Reply => Some(LastWord::Us),
        MessageKind::Note => None,
    }
}
