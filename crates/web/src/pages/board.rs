//! The board of leads.

use super::{Answer, inbox::shown_subject, page};
use crate::{
    frame::{Frame, client_mark},
    session::SignedIn,
    site::Site,
    views::{
        board::{Board, DueRow, Figure, PersonRow, Team},
        shell::Place,
    },
    words::{Words, initials, span},
};
use axum::extract::State;
use coverage::Presence;
use desk::{
    board::{self, AtWork, TeamBoard},
    tables::board::DueLine,
};
use kernel::Instant;

/// `GET /board`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn) -> Answer {
    let teams = board::board(&site.desk, signed_in.reach()).await?;
    let frame = Frame::of(&site, &signed_in).await?;
    let (words, now) = (&frame.words, site.desk.clock.now());
    Ok(page(&Board {
        shell: frame.shell("Board", Place::Board),
        teams: teams.iter().map(|one| team(words, one, now)).collect(),
        at: words.exactly(now),
    })?)
}

fn team(words: &Words, team: &TeamBoard, now: Instant) -> Team {
    Team {
        id: format!("team-{}", team.engagement),
        client: client_mark(&team.client),
        name: team.name.clone(),
        hours: if team.is_open { "Open now" } else { "Closed now" },
        is_open: team.is_open,
        figures: figures(team, now),
        due: team.due.iter().map(|line| due(words, team, line)).collect(),
        there: team.people.iter().filter(|person| person.until.is_some()).count(),
        people: team.people.iter().map(|person| at_work(words, person)).collect(),
        overflow: overflow(words, team),
        is_overflowing: team.overflow.as_ref().is_some_and(|overflow| overflow.is_on),
    }
}

fn figures(team: &TeamBoard, now: Instant) -> Vec<Figure> {
    let (queue, numbers) = (&team.queue, &team.numbers);
    let unassigned = format!("/inbox?view=unassigned&client={}", team.client.id);
    let open = format!("/inbox?view=open&client={}", team.client.id);
    let figure = |number: i64, words, url: &str| Figure {
        number: number.to_string(),
        words,
        url: url.to_owned(),
        is_urgent: false,
    };
    let urgent =
        |number: i64, words, url: &str| Figure { is_urgent: number > 0, ..figure(number, words, url) };
    let oldest = queue.oldest.map(|oldest| span(now.since(oldest).as_secs()));
    let mut figures = vec![
        figure(queue.unassigned, "waiting for somebody", &unassigned),
        figure(queue.ours, "in hand", &open),
        figure(queue.with_customer, "with the customer", &open),
        urgent(numbers.overdue, "promises late", ""),
    ];
    figures.extend(oldest.map(|number| Figure {
        number,
        words: "the oldest",
        url: String::new(),
        is_urgent: false,
    }));
    let rare = [
        figure(numbers.escalated, "escalated", "/escalations"),
        urgent(numbers.hand_overs, "to be accepted", "/hand-overs"),
        urgent(numbers.pages, "calling somebody", "/on-call"),
    ];
    figures.extend(rare.into_iter().filter(|figure| figure.number != "0"));
    figures
}

fn overflow(words: &Words, team: &TeamBoard) -> String {
    let Some(overflow) = &team.overflow else { return String::new() };
    let since = words.exactly(overflow.since).words;
    let sent = overflow.sent;
    match overflow.is_on {
        true => format!("Overflow is on since {since}; {sent} came over today."),
        false => format!("Overflow is off; {sent} came over today."),
    }
}

fn due(words: &Words, team: &TeamBoard, line: &DueLine) -> DueRow {
    let until = words.until(line.due_at);
    let who = line.assignee.and_then(|id| team.people.iter().find(|person| person.person == id));
    let unknown = || line.assignee.map(|_| "somebody else".to_owned()).unwrap_or_default();
    DueRow {
        url: format!("/cases/{}", line.case),
        subject: shown_subject(&line.subject).to_owned(),
        what: line.metric.title(),
        until: until.words,
        at: words.exactly(line.due_at),
        is_late: until.is_over,
        who: who.map_or_else(unknown, |person| person.name.clone()),
    }
}

fn at_work(words: &Words, person: &AtWork) -> PersonRow {
    let (kind, state) = match (person.until, person.presence) {
        (None, _) => ("away", "not on shift"),
        (Some(_), Presence::Available) => ("there", "available"),
        (Some(_), Presence::Busy) => ("busy", "busy"),
        (Some(_), Presence::Away) => ("away", "away"),
    };
    let due = person.due_at.map(|at| words.until(at));
    PersonRow {
        name: person.name.clone(),
        initials: initials(&person.name),
        state,
        kind,
        until: person.until.map(|at| format!("until {}", words.exactly(at).words)).unwrap_or_default(),
        load: format!("{} of {}", person.cases, person.capacity),
        share: (person.cases * 100 / person.capacity.max(1)).clamp(0, 100),
        is_late: due.as_ref().is_some_and(|due| due.is_over),
        due: due.map(|due| due.words).unwrap_or_default(),
    }
}
