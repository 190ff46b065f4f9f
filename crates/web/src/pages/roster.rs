//! The roster: the week of a team, its shifts and absences, and whether somebody takes new cases.

use super::{Answer, go, page, refuse, settle};
use crate::{
    fields::{Asked, At, Fields, unreadable},
    frame::Frame,
    said::Said,
    session::SignedIn,
    site::Site,
    uploads::OneFile,
    views::{
        marks::Choice,
        roster::{Brought, Roster},
        shell::{Flash, Place},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use coverage::{LeaveKind, Presence, RosterRefusal};
use desk::{
    Stop,
    roster::{
        planning::{self, Drawing, Format, Right},
        week,
    },
};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::{Instant, LeaveId, ShiftId, TeamId};

mod drawing;

/// Which week of which team is shown, and in which zone.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) monday: Date,
    pub(crate) zone: String,
}

impl Shown {
    /// As an address or a form says, else this week in the reader's own zone.
    pub(crate) fn asked(fields: &Fields, frame: &Frame) -> Self {
        let named = fields.text("zone");
        let zone = if TimeZone::get(named).is_ok() && !named.is_empty() { named } else { frame.words.zone() };
        let day = fields.text("week").parse::<Date>().ok();
        let day = day.or_else(|| frame.words.today().parse().ok()).unwrap_or_default();
        let into = i64::from(day.weekday().to_monday_zero_offset());
        Self { monday: day.checked_sub(into.days()).unwrap_or(day), zone: zone.to_owned() }
    }

    pub(crate) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// "23 to 29 Nov 2026".
    pub(crate) fn title(&self) -> String {
        let last = self.later(6);
        let from = if last.month() == self.monday.month() { "%-d" } else { "%-d %b" };
        format!("{} to {}", self.monday.strftime(from), last.strftime("%-d %b %Y"))
    }

    pub(crate) fn later(&self, days: i64) -> Date {
        self.monday.checked_add(days.days()).unwrap_or(self.monday)
    }
}

fn url(team: TeamId, shown: &Shown) -> String {
    format!("/roster?team={team}&week={}&zone={}", shown.monday, shown.zone)
}

/// `GET /roster`
pub(crate) async fn show(State(site): State<Site>, signed_in: SignedIn, Asked(asked): Asked) -> Answer {
    let team = asked.text("team").parse().ok();
    Ok(draw(&site, &signed_in, team, &asked, Beside::default()).await?)
}

/// What is shown beside the week.
#[derive(Default)]
struct Beside {
    flash: Option<Flash>,
    brought: Option<Brought>,
}

async fn draw(
    site: &Site,
    signed_in: &SignedIn,
    team: Option<TeamId>,
    fields: &Fields,
    beside: Beside,
) -> Result<Response, Stop> {
    let frame = Frame::of(site, signed_in).await?.saying(beside.flash);
    let teams = week::teams(&site.desk, signed_in.reach()).await?;
    let own = signed_in.seats.iter().find_map(|seat| seat.team);
    let chosen = team.or(own.filter(|own| teams.iter().any(|team| team.id == *own)));
    let chosen = chosen.or_else(|| teams.first().map(|team| team.id)).ok_or(RosterRefusal::NotFound)?;
    let shown = Shown::asked(fields, &frame);
    let found = week::week(&site.desk, signed_in.reach(), chosen, shown.monday, shown.zone()).await?;
    let may_draw = found.right == Right::Draws;
    let now = site.desk.clock.now();
    let draw = drawing::Drawn { week: &found, words: &frame.words, zone: shown.zone(), now, may_draw };
    let choice = |value: String, words: String, is_chosen| Choice { value, words, is_chosen };
    let weeks_on = |days: i64| url(chosen, &Shown { monday: shown.later(days), ..shown.clone() });
    let this = Shown::asked(&Fields::default(), &frame);
    page(&Roster {
        shell: frame.shell("Roster", Place::Roster),
        teams: teams
            .iter()
            .map(|team| choice(team.id.to_string(), team.name.clone(), team.id == chosen))
            .collect(),
        zones: zones(&found, &shown.zone, frame.words.zone())
            .into_iter()
            .map(|zone| choice(zone.clone(), zone.clone(), zone == shown.zone))
            .collect(),
        team: found.team.name.clone(),
        url: format!("/roster/{chosen}"),
        week: shown.monday.to_string(),
        title: shown.title(),
        before_url: weeks_on(-7),
        after_url: weeks_on(7),
        this_url: (this.monday != shown.monday)
            .then(|| url(chosen, &Shown { monday: this.monday, ..shown.clone() })),
        days: draw.days(&shown),
        people: draw.rows(chosen),
        may_draw,
        has_no_roster: !found.has_roster,
        choices: found
            .people
            .iter()
            .filter(|one| may_draw || one.person.id == signed_in.person.id)
            .map(|one| {
                choice(
                    one.person.id.to_string(),
                    one.person.name.clone(),
                    one.person.id == signed_in.person.id,
                )
            })
            .collect(),
        kinds: kinds(found.right),
        today: frame.words.today(),
        zone: shown.zone,
        brought: beside.brought,
    })
}

/// The kinds of absence that somebody may enter: for oneself only illness.
fn kinds(right: Right) -> Vec<Choice> {
    let mine = LeaveKind::ALL.iter().filter(|kind| right == Right::Draws || **kind == LeaveKind::Ill);
    let choice = |kind: &LeaveKind| Choice {
        value: kind.as_str().to_owned(),
        words: kind.title().to_owned(),
        is_chosen: false,
    };
    mine.map(choice).collect()
}

/// The zones in which somebody of the team works, the reader's, and the one that is shown.
fn zones(found: &week::Week, shown: &str, own: &str) -> Vec<String> {
    let mut zones: Vec<String> = found.people.iter().map(|one| one.site.zone.clone()).collect();
    zones.extend([shown.to_owned(), own.to_owned(), "UTC".to_owned()]);
    zones.sort();
    zones.dedup();
    zones
}

/// Ends a form of the roster: back to the week that it was sent from.
async fn ended<T>(
    site: &Site,
    signed_in: &SignedIn,
    team: TeamId,
    form: &Fields,
    done: Result<T, Stop>,
    said: Said,
) -> Answer {
    let frame = Frame::of(site, signed_in).await?;
    let to = url(team, &Shown::asked(form, &frame));
    settle(done, &to, said, async |flash| {
        draw(site, signed_in, Some(team), form, Beside { flash, ..Beside::default() }).await
    })
    .await
}

/// `POST /roster/{team}/shifts`
pub(crate) async fn draw_shift(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(team): At<TeamId>,
    form: Fields,
) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let done = async {
        let drawing = Drawing {
            person: form.one("person")?,
            day: text("day"),
            from: text("from"),
            until: text("until"),
            breaks: text("breaks"),
            zone: text("zone"),
        };
        planning::draw(&site.desk, signed_in.reach(), team, drawing).await
    };
    ended(&site, &signed_in, team, &form, done.await, Said::ShiftDrawn).await
}

/// `POST /roster/{team}/shifts/{shift}/removals`
pub(crate) async fn remove_shift(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((team, shift)): At<(TeamId, ShiftId)>,
    form: Fields,
) -> Answer {
    let done = planning::remove(&site.desk, signed_in.reach(), team, shift).await;
    ended(&site, &signed_in, team, &form, done, Said::ShiftRemoved).await
}

/// `POST /roster/{team}/copies`
pub(crate) async fn copy_week(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(team): At<TeamId>,
    form: Fields,
) -> Answer {
    let frame = Frame::of(&site, &signed_in).await?;
    let shown = Shown::asked(&form, &frame);
    let done = planning::copy_week(&site.desk, signed_in.reach(), team, shown.monday, shown.zone()).await;
    ended(&site, &signed_in, team, &form, done, Said::WeekCopied).await
}

/// `POST /roster/{team}/files`
pub(crate) async fn bring(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(team): At<TeamId>,
    file: OneFile,
) -> Answer {
    let format = if file.ends_with(&["ics", "ical"]) { Format::ICalendar } else { Format::Csv };
    let none = Fields::default();
    match planning::bring(&site.desk, signed_in.reach(), team, format, file.bytes).await {
        Ok(done) if done.problems.is_empty() => Ok(go(&format!("/roster?team={team}"), Said::RosterBrought)),
        Ok(done) => {
            let sentence = format!(
                "{} shifts were brought in, {} were there already. {} rows couldn’t be taken over:",
                done.added,
                done.known,
                done.problems.len()
            );
            let told = |problem: &coverage::Problem| format!("Line {}: {}", problem.line, problem.sentence);
            let problems = done.problems.iter().take(100).map(told).collect();
            let brought = Some(Brought { sentence, problems });
            Ok(draw(&site, &signed_in, Some(team), &none, Beside { brought, ..Beside::default() }).await?)
        }
        Err(stop) => {
            refuse(stop, async |flash| {
                draw(&site, &signed_in, Some(team), &none, Beside { flash, ..Beside::default() }).await
            })
            .await
        }
    }
}

/// `POST /roster/{team}/absences`
pub(crate) async fn be_absent(
    State(site): State<Site>,
    signed_in: SignedIn,
    At(team): At<TeamId>,
    form: Fields,
) -> Answer {
    let done = async {
        let kind = LeaveKind::of(form.text("kind")).ok_or_else(unreadable)?;
        let zone = form.text("zone");
        let from = match form.text("from").trim() {
            "" => None,
            text => Some(instant(text, zone)?),
        };
        let times = (from, instant(form.text("until"), zone)?);
        planning::be_absent(&site.desk, signed_in.reach(), team, form.one("person")?, kind, times).await
    };
    ended(&site, &signed_in, team, &form, done.await, Said::Absent).await
}

/// A field `datetime-local` in a zone.
fn instant(text: &str, zone: &str) -> Result<Instant, Stop> {
    let unreadable = || {
        Stop::from(RosterRefusal::Unreadable(format!("“{text}” isn’t a time. Write it as 2026-12-01 18:00.")))
    };
    let zone = TimeZone::get(zone).map_err(|_| unreadable())?;
    let wall: DateTime = text.trim().parse().map_err(|_| unreadable())?;
    let zoned = zone.to_ambiguous_zoned(wall).compatible().map_err(|_| unreadable())?;
    Ok(zoned.timestamp().into())
}

/// `POST /roster/{team}/absences/{leave}/endings`
pub(crate) async fn come_back(
    State(site): State<Site>,
    signed_in: SignedIn,
    At((team, leave)): At<(TeamId, LeaveId)>,
    form: Fields,
) -> Answer {
    let done = planning::come_back(&site.desk, signed_in.reach(), team, leave).await;
    ended(&site, &signed_in, team, &form, done, Said::Back).await
}

/// `POST /presence`: back to the page of ours from which it was sent.
pub(crate) async fn be_present(
    State(site): State<Site>,
    signed_in: SignedIn,
    headers: HeaderMap,
    form: Fields,
) -> Answer {
    let state = Presence::of(form.text("state")).ok_or_else(unreadable)?;
    planning::be_present(&site.desk, signed_in.reach(), state).await?;
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).unwrap_or_default();
    let path = from.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let path = path.filter(|path| !path.starts_with("//") && !path.starts_with("/\\"));
    Ok(go(path.unwrap_or("/inbox?view=mine"), Said::Present))
}
