//! What the demo promises.

use super::{
    script::{self, Part},
    seed_at, story,
    story::Story,
    tale::{Moment, Tale, What},
};
use cases::{Filter, MessageKind, State, View, tables as case_tables};
use desk::{Desk, UNDO_FOR, inbox, postbox, sign_in};
use kernel::{ClientId, Fault, Instant, Owner, PersonId, Reach, Role};
use people::{Person, tables as people_tables};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use store::{Blobs, Clock, Engine, Store};

/// A Monday morning, when the weekend lies behind, and a Sunday night.
const MOMENTS: [&str; 2] = ["2026-11-23T09:20:00Z", "2026-11-22T01:10:00Z"];

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a constant").into()
}

fn stories() -> Vec<Story> {
    MOMENTS.iter().map(|now| story::work_out(at(now), story::SEED).expect("a story")).collect()
}

fn texts(story: &Story) -> Vec<(String, String)> {
    let wrote = |moment: &Moment| match &moment.what {
        What::Wrote(mail) => Some((mail.message.subject.clone(), mail.message.new_text.clone())),
        _ => None,
    };
    story.tales.iter().flat_map(|tale| tale.moments.iter().filter_map(wrote)).collect()
}

async fn seeded(folder: &std::path::Path) -> Desk {
    let now = at(MOMENTS[0]);
    let store = Store::open_current(Engine::from_settings(None, folder)).await.expect("a database");
    let blobs = Blobs::open(&folder.join("blobs")).expect("a folder");
    let vault = store::Vault::open(&folder.join("secrets-key")).expect("a key");
    let desk = Desk::open(store, blobs, vault, Clock::fixed(now), UNDO_FOR).await.expect("a desk");
    seed_at(&desk, now, |_, _| ()).await.expect("a demo");
    desk
}

async fn reaches(desk: &Desk) -> Vec<(Person, Reach)> {
    let now = desk.clock.now();
    let reaches = desk.store.read(move |tx| {
        let persons = people_tables::persons(tx)?.into_iter();
        let reaches = persons.map(|person| Ok((person.clone(), sign_in::reach_of(tx, &person, now)?)));
        reaches.collect::<Result<Vec<_>, Fault>>()
    });
    reaches.await.expect("reaches")
}

#[test]
fn no_gap_is_left_open() {
    for story in stories() {
        for (subject, text) in texts(&story) {
            assert!(!subject.contains(['{', '}']) && !text.contains(['{', '}']), "{subject}: {text}");
            assert!(!text.trim().is_empty(), "{subject}");
        }
    }
}

#[test]
fn every_template_is_told_and_every_paragraph_has_its_language() {
    let templates = script::templates().expect("templates");
    let stories = stories();
    let told: BTreeSet<String> = stories[0].tales.iter().map(|tale| tale.case.subject.clone()).collect();
    for template in templates.iter().filter(|template| !template.subject.contains('{')) {
        assert!(told.contains(&template.subject), "{} {}", template.language, template.key);
    }
    for line in templates.iter().flat_map(|template| &template.message) {
        for paragraph in line.paragraphs.keys() {
            let at: usize = paragraph.parse().expect("a number");
            assert!(line.text.split("\n\n").nth(at).is_some(), "{}", line.text);
        }
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let now = at(MOMENTS[0]);
    let tell = |seed| texts(&story::work_out(now, seed).expect("a story"));
    assert_eq!(tell(7), tell(7));
    assert_ne!(tell(7), tell(8));
}

#[test]
fn nothing_happens_in_the_future_or_out_of_order() {
    for (story, now) in stories().iter().zip(MOMENTS) {
        for tale in &story.tales {
            let written: Vec<Instant> = tale
                .moments
                .iter()
                .filter(|moment| matches!(moment.what, What::Wrote(_)))
                .map(|moment| moment.at)
                .collect();
            assert!(written.is_sorted(), "{}", tale.case.subject);
            assert!(tale.moments.iter().all(|moment| moment.at < at(now)), "{}", tale.case.subject);
            assert!(tale.case.opened_at >= at(now).plus_days(-43), "{}", tale.case.subject);
        }
    }
}

#[tokio::test]
async fn there_are_400_cases_in_every_state_and_six_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = seeded(folder.path()).await;
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut languages, mut priorities) = (BTreeSet::new(), BTreeSet::new());
    for (_, reach) in reaches(&desk).await.iter().filter(|(person, _)| is_support_owner(person)) {
        for row in
            rows(&desk, reach, View::Open).await.into_iter().chain(rows(&desk, reach, View::Closed).await)
        {
            *states.entry(row.state.as_str()).or_default() += 1;
            languages.insert(row.language.to_string());
            priorities.insert(row.priority.as_str());
        }
    }
    assert_eq!(states.values().sum::<usize>(), 400, "{states:?}");
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["de", "en", "es", "lt", "pl", "sl"]);
    assert_eq!(priorities.len(), 4);
    assert_eq!(states[State::New.as_str()], 25, "{states:?}");
    assert!((85..=95).contains(&states[State::Open.as_str()]), "{states:?}");
    assert!(states[State::Waiting.as_str()] >= 40 && states[State::Closed.as_str()] >= 180, "{states:?}");
}

fn is_support_owner(person: &Person) -> bool {
    ["judith.rehm@aurora.example", "ana.kolar@pip.example"].contains(&person.email.as_str())
}

async fn rows(desk: &Desk, reach: &Reach, view: View) -> Vec<cases::ListRow> {
    let reach = reach.clone();
    let rows = desk.store.read(move |tx| case_tables::list(tx, &reach, view, &Filter::default(), None, 1000));
    rows.await.map_err(|fault: Fault| fault.to_string()).expect("rows")
}

/// Where a tale ends.
fn ending(tale: &Tale) -> (State, Option<PersonId>) {
    let mut ends = (State::New, None);
    for moment in &tale.moments {
        match &moment.what {
            What::Wrote(mail) => ends.0 = mail.state,
            What::Assigned { to, state, .. } => ends = (*state, *to),
            What::Closed { .. } => ends.0 = State::Closed,
            What::Opened | What::Left { .. } => {}
        }
    }
    ends
}

#[test]
fn whenever_it_starts_each_representative_has_something_to_do() {
    let cast = script::Cast::read().expect("a cast");
    for hours in (0..12).map(|step| step * 75) {
        let now = at(MOMENTS[0]).plus(Duration::from_secs(hours * 60 * 60));
        let story = story::work_out(now, story::SEED).expect("a story");
        let ends: Vec<_> = story.tales.iter().map(ending).collect();
        let new = ends.iter().filter(|end| **end == (State::New, None)).count();
        assert_eq!(new, 25, "{now}");
        for (part, person) in cast.person.iter().zip(&story.world.persons) {
            let due = ends.iter().filter(|end| **end == (State::Open, Some(person.id))).count();
            if matches!(part.role, Part::Seated(Role::Representative | Role::Resolver)) {
                assert!((1..=16).contains(&due), "{now}: {} has {due}", part.name);
            }
        }
    }
}

#[tokio::test]
async fn everybody_has_a_seat_and_each_representative_has_something_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = seeded(folder.path()).await;
    let cast = script::Cast::read().expect("a cast");
    let mut representatives = 0;
    for (person, reach) in reaches(&desk).await {
        assert!(person.owner == Owner::Yes || !reach.seats().is_empty(), "{}", person.name);
        let part = cast.person.iter().find(|part| part.name == person.name).expect("a part");
        if part.role == Part::Seated(Role::Representative) {
            representatives += 1;
            let open = rows(&desk, &reach, View::Mine).await;
            assert!(open.iter().any(|row| row.state == State::Open), "{} has nothing to do", person.name);
        }
        if part.role == Part::Seated(Role::Resolver) {
            assert!(!rows(&desk, &reach, View::Mine).await.is_empty(), "{}", person.name);
        }
    }
    assert_eq!(representatives, 24);
}

#[tokio::test]
async fn a_team_sees_only_what_its_engagements_in_force_let_it_see() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = seeded(folder.path()).await;
    let reaches = reaches(&desk).await;
    let of = |name: &str| reaches.iter().find(|(person, _)| person.name == name).expect("a person").1.clone();
    let clients = async |reach: &Reach| -> BTreeSet<ClientId> {
        rows(&desk, reach, View::Open).await.iter().map(|row| row.client).collect()
    };
    let (aurora, pip) = (clients(&of("Judith Rehm")).await, clients(&of("Ana Kolar")).await);
    assert_eq!(clients(&of("Beatriz Carvalho")).await, aurora);
    assert_eq!(clients(&of("Rui Valadares")).await, pip);
    assert_eq!(clients(&of("Álvaro Quintana")).await, aurora.union(&pip).copied().collect());

    // The trial of German is over: its cases are there for pip and for nobody in Kraków.
    let german = async |name: &str| {
        let rows = rows(&desk, &of(name), View::Closed).await;
        rows.into_iter().filter(|row| row.language.as_str() == "de").count()
    };
    assert!(german("Ana Kolar").await > 5);
    assert_eq!(german("Marek Gawron").await, 0);
    assert_eq!(german("Catarina Moutinho").await, 0);
}

#[test]
fn whoever_answers_speaks_the_language_and_was_let_in() {
    for (story, tale) in stories().iter().flat_map(|story| story.tales.iter().map(move |tale| (story, tale)))
    {
        for moment in &tale.moments {
            let What::Wrote(mail) = &moment.what else { continue };
            if mail.message.kind != MessageKind::Reply {
                continue;
            }
            let person = story.world.persons.iter().find(|p| Some(p.id) == mail.message.by.person);
            let person = person.expect("a reply has an author");
            assert!(person.writes(&tale.case.language, &moment.at.day()), "{}", tale.case.subject);
            let engagement = story.world.engagements.iter().find(|e| e.id == tale.case.engagement);
            let engagement = engagement.expect("a case has an engagement");
            assert_eq!(engagement.standing(moment.at), engagements::Standing::InForce, "{}", engagement.name);
        }
    }
}

#[tokio::test]
async fn what_was_written_is_found_and_lies_in_the_postbox() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = seeded(folder.path()).await;
    let reaches = reaches(&desk).await;
    let owner = &reaches.iter().find(|(person, _)| person.name == "Judith Rehm").expect("a person").1;
    let found = inbox::search(&desk, owner, "Gerald fringe", None).await.expect("a search");
    assert!(found.iter().any(|row| row.subject.contains("grandmother's rug")), "{found:?}");

    let letters = postbox::list(&desk).await.expect("a postbox");
    assert_eq!(letters.len(), 30);
    assert!(letters.is_sorted_by_key(|letter| std::cmp::Reverse(letter.at)));
    let (_, bytes) = postbox::open(&desk, &letters[0].id).await.expect("a postbox").expect("a mail");
    let read = channels::email::read::read(&bytes);
    assert!(read.from.is_some() && read.message_id.is_some() && !read.text.is_empty(), "{read:?}");
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert_eq!(postbox::known_customers(&desk, 12).await.expect("customers").len(), 12);
}

#[tokio::test]
async fn a_second_seeding_changes_nothing_and_a_strangers_installation_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = seeded(folder.path()).await;
    let before = reaches(&desk).await.len();
    seed_at(&desk, at(MOMENTS[1]), |_, _| ()).await.expect("nothing to do");
    assert_eq!(reaches(&desk).await.len(), before);

    desk.store.write(|tx| tx.set(postbox::DEMO, "no")).await.map_err(|f: Fault| f.to_string()).expect("set");
    let refused = seed_at(&desk, at(MOMENTS[1]), |_, _| ()).await.expect_err("it isn't empty");
    assert!(matches!(refused, kernel::Stop::Refused(refused) if refused.code == "demo.not_empty"));
    let refused = postbox::list(&desk).await.expect_err("it isn't a demo");
    assert!(matches!(refused, kernel::Stop::Refused(refused) if refused.code == "postbox.not_here"));
}
