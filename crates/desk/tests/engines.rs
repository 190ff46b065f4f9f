//! Engines elsewhere: whom a client allows, what is counted, and who translates when they can't.

use crate::code;
use desk::{
    Desk,
    engines::{self, IsAllowed, Terms},
    saying::{Asking, Called, Elsewhere, Far, Standing, say, say_as_far},
    translating,
};
use engagements::{
    engines::{FormOfAddress, IsEnabled, Preference, Reaches, Typed, month},
    tables::engines as engine_tables,
};
use kernel::{ClientId, EngineId, Instant, LanguageTag};
use language::translation::{
    Direction, Engine, Engines, Priority, Replay, Request, Spoken, Trouble, Turn, Untranslated,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const ASKED: &str = "Dzień dobry, ekspres nie grzeje mleka. Czy mogę go odesłać?";
const SILENT: Trouble = Trouble::Silent { within: Duration::from_secs(10) };

fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

/// How it was called, what it was sent, and how urgent that was.
type Heard = (Called, Vec<String>, Priority);

/// An engine elsewhere that says `[…]`, or has the trouble that it was told; it notes what it was sent and how urgent that was.
#[derive(Clone, Default)]
struct Pretended {
    trouble: Arc<Mutex<Option<Trouble>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Pretended {
    fn is_in(&self, trouble: Option<Trouble>) {
        *self.trouble.lock().unwrap() = trouble;
    }

    fn calls(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

struct Way(Pretended, Called);

impl Engine for Way {
    fn name(&self) -> Arc<str> {
        self.1.name.clone()
    }

    fn say(&self, sentences: Vec<String>, turn: Turn) -> Spoken {
        self.0.heard.lock().unwrap().push((self.1.clone(), sentences.clone(), turn.priority));
        let trouble = self.0.trouble.lock().unwrap().clone();
        let said = match trouble {
            Some(trouble) => Err(Untranslated::Elsewhere(self.name(), trouble)),
            None => Ok(sentences.iter().map(|sentence| format!("[{sentence}]")).collect()),
        };
        Box::pin(std::future::ready(said))
    }
}

impl Elsewhere for Pretended {
    fn engine(&self, called: Called, _from: &LanguageTag, _to: &LanguageTag) -> Arc<dyn Engine> {
        Arc::new(Way(self.clone(), called))
    }

    fn standing(&self, _called: Called) -> Asking {
        let reaches = Reaches::all_of(&["en", "pl"].map(tag));
        Box::pin(std::future::ready(Ok(Standing { reaches, note: String::new() })))
    }
}

fn typed() -> Typed<'static> {
    Typed {
        name: "Ours",
        kind: "deepl",
        address: "https://translate.example",
        model: "",
        country: "Germany",
        within: "10",
        monthly_characters: "1000",
    }
}

const TERMS: Terms =
    Terms { preference: Preference::First, form: FormOfAddress::Formal, monthly_characters: 500 };

/// A desk with an engine elsewhere that was tested and that nobody allows yet.
async fn reached(world: &mut World, pretended: &Pretended) -> EngineId {
    world.desk = world.desk.clone().asking_elsewhere(Arc::new(pretended.clone()));
    let owner = world.reach("olga").await;
    let id = engines::put(&world.desk, &owner, None, &typed(), "s3cret", IsEnabled::Yes).await.unwrap();
    engines::test(&world.desk, &owner, id).await.unwrap();
    pretended.heard.lock().unwrap().clear();
    id
}

fn with_own_model(desk: &Desk) -> Desk {
    let (pl, en) = (tag("pl"), tag("en"));
    let engines = Engines::none()
        .with(Direction { from: pl.clone(), to: en }, Replay::new(&pl, [(ASKED, "By the model.")]));
    desk.clone().translating_with(Arc::new(engines))
}

async fn used(world: &World) -> (i64, i64, i64) {
    let month = month(world.desk.clock.now());
    let uses = world.read(move |tx| engine_tables::uses(tx, &month)).await;
    uses.iter().fold((0, 0, 0), |sum, (_, _, used)| {
        (sum.0 + used.characters, sum.1 + used.calls, sum.2 + used.failures)
    })
}

async fn said(world: &World, client: ClientId) -> Result<(String, Vec<String>), String> {
    let request = Request::new(ASKED, tag("pl"), tag("en"));
    let said = say(&world.desk, client, request).await.unwrap();
    said.map(|said| (said.translation.text, said.notes)).map_err(|untranslated| untranslated.sentence())
}

#[test]
fn texts_go_only_where_their_client_allows_it() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        let nothing = "Nothing here translates from pl into en, not even through English.";
        assert_eq!(said(&world, client).await, Err(nothing.to_owned()));
        engines::allow(&world.desk, &owner, client, id, TERMS).await.unwrap();
        let (text, notes) = said(&world, client).await.unwrap();
        assert_eq!((text.starts_with('['), notes), (true, Vec::new()));
        let (called, _, _) = pretended.heard.lock().unwrap()[0].clone();
        assert_eq!((called.key.as_str(), called.form), ("s3cret", FormOfAddress::Formal));
        assert_eq!(used(&world).await, (i64::try_from(ASKED.chars().count()).unwrap() - 1, 1, 0));

        // It moves to another country: what was allowed isn't this.
        let moved = Typed { country: "United States", ..typed() };
        engines::put(&world.desk, &owner, Some(id), &moved, "", IsEnabled::Yes).await.unwrap();
        assert!(said(&world, client).await.is_err());
        let page = engines::page(&world.desk, &owner).await.unwrap();
        assert_eq!(page.engines[0].clients[0].1, IsAllowed::NoLonger);
        engines::put(&world.desk, &owner, Some(id), &typed(), "", IsEnabled::No).await.unwrap();
        assert!(said(&world, client).await.is_err(), "it is switched off");
        engines::put(&world.desk, &owner, Some(id), &typed(), "", IsEnabled::Yes).await.unwrap();
        assert!(said(&world, client).await.is_ok());
        engines::withdraw(&world.desk, &owner, client, id).await.unwrap();
        assert!(said(&world, client).await.is_err());
        assert_eq!(pretended.calls(), 2);
    });
}

#[test]
fn a_text_that_stays_here_goes_nowhere_although_its_client_would_allow_it() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        engines::allow(&world.desk, &owner, client, id, TERMS).await.unwrap();
        let here = async |desk: &Desk| {
            let request = Request::new(ASKED, tag("pl"), tag("en"));
            say_as_far(desk, client, request, Far::Here).await.unwrap()
        };
        let refused = here(&world.desk).await.map(|said| said.translation.text);
        assert_eq!(refused.unwrap_err().refused().code, "translation.no_way");
        let said = here(&with_own_model(&world.desk)).await.unwrap();
        assert!(!said.translation.text.contains('['), "{}", said.translation.text);
        assert_eq!((pretended.calls(), used(&world).await), (0, (0, 0, 0)));
    });
}

#[test]
fn only_owners_decide() {
    on_both_engines(|mut world| async move {
        let id = reached(&mut world, &Pretended::default()).await;
        let (client, other) = (world.client("aurora"), world.reach("tiago").await);
        assert!(engines::page(&world.desk, &other).await.is_err());
        assert!(engines::of_client(&world.desk, &other, client).await.is_err());
        for refused in [
            engines::allow(&world.desk, &other, client, id, TERMS).await,
            engines::withdraw(&world.desk, &other, client, id).await,
            engines::remove(&world.desk, &other, id).await,
            engines::test(&world.desk, &other, id).await.map(drop),
            engines::put(&world.desk, &other, Some(id), &typed(), "", IsEnabled::Yes).await.map(drop),
        ] {
            assert_eq!(code(refused), "person.not_found");
        }
    });
}

#[test]
fn a_key_is_never_shown_to_another_server() {
    on_both_engines(|mut world| async move {
        let id = reached(&mut world, &Pretended::default()).await;
        let owner = world.reach("olga").await;
        let other = Typed { address: "https://evil.example", ..typed() };
        let put = engines::put(&world.desk, &owner, Some(id), &other, "", IsEnabled::Yes).await;
        assert_eq!(code(put), "engine.key");
        let sealed = world.read(move |tx| engine_tables::sealed_key(tx, id)).await;
        assert!(!sealed.is_empty() && !sealed.contains("s3cret"));
        engines::remove(&world.desk, &owner, id).await.unwrap();
        assert_eq!(world.read(move |tx| engine_tables::sealed_key(tx, id)).await, "");
    });
}

#[test]
fn when_it_fails_the_model_here_does_it_and_the_case_says_so() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        world.desk = with_own_model(&world.desk);
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        engines::allow(&world.desk, &owner, client, id, TERMS).await.unwrap();
        pretended.is_in(Some(SILENT));
        let mail = world.mail("Zofia Nowak <zofia@poczta.example>", AURORA, "Ekspres", ASKED);
        let case = world.receive(&mail).await;
        world.run_jobs().await;
        let events = world.read(move |tx| tx.events_of(case, Instant::MAX, 100)).await;
        let told = events.iter().find(|event| event.kind == "message.translated").unwrap();
        assert_eq!(
            told.sentence,
            "A machine translated a message into en. Ours didn't answer within 10 s, so the model in this program translated this."
        );
        let page = engines::page(&world.desk, &owner).await.unwrap();
        assert_eq!(page.engines[0].engine.trouble, "didn't answer within 10 s");
        // What may have cost stays counted; while it rests it isn't asked.
        let (characters, calls, failures) = used(&world).await;
        assert!(characters > 0 && (calls, failures) == (1, 1));
        let (_, notes) = said(&world, client).await.unwrap();
        assert!(notes[0].contains("isn't asked again yet"), "{notes:?}");
        assert_eq!(pretended.calls(), 1);
        world.later(Duration::from_secs(61));
        pretended.is_in(None);
        assert_eq!(said(&world, client).await.unwrap().1, Vec::<String>::new());
        let page = engines::page(&world.desk, &owner).await.unwrap();
        assert_eq!(page.engines[0].engine.trouble, "");
    });
}

#[test]
fn nothing_costs_more_than_was_agreed() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        let terms = Terms { monthly_characters: 100, ..TERMS };
        engines::allow(&world.desk, &owner, client, id, terms).await.unwrap();
        pretended.is_in(Some(Trouble::Unreachable));
        assert!(said(&world, client).await.is_err());
        assert_eq!(used(&world).await.0, 0, "nothing was sent");
        world.later(Duration::from_secs(61));
        pretended.is_in(None);
        assert!(said(&world, client).await.is_ok());
        let used_up = "Ours may say 100 characters a month for this client, which are used up.";
        assert_eq!(said(&world, client).await, Err(used_up.to_owned()));
        assert_eq!(pretended.calls(), 2, "it isn't even asked");
        world.desk = with_own_model(&world.desk);
        let (_, notes) = said(&world, client).await.unwrap();
        assert!(notes[0].ends_with("so the model in this program translated this."), "{notes:?}");
        world.later(Duration::from_secs(40 * 24 * 3600));
        assert_eq!(said(&world, client).await.unwrap().1, Vec::<String>::new(), "a new month");
    });
}

#[test]
fn a_mail_is_not_lost_while_nobody_can_say_it() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        engines::allow(&world.desk, &owner, client, id, TERMS).await.unwrap();
        pretended.is_in(Some(Trouble::Failing { status: 503 }));
        let mail = world.mail("Zofia Nowak <zofia@poczta.example>", AURORA, "Ekspres", ASKED);
        let case = world.receive(&mail).await;
        world.run_jobs().await;
        let awaited = world.read(move |tx| cases::tables::translations(tx, case)).await;
        assert_eq!(awaited[0].done_at, None);
        pretended.is_in(None);
        world.later(Duration::from_secs(40));
        world.run_jobs().await;
        let done = world.read(move |tx| cases::tables::translations(tx, case)).await;
        assert!(done[0].is_done() && done[0].engine == "Ours", "{done:?}");
        // Trying again is for what may pass. A key that isn't good is told at once.
        pretended.is_in(Some(Trouble::WrongKey));
        let again = world.mail("Zofia Nowak <zofia@poczta.example>", AURORA, "Ekspres 2", ASKED);
        let case = world.receive(&again).await;
        world.run_jobs().await;
        let failed = world.read(move |tx| cases::tables::translations(tx, case)).await;
        assert_eq!(failed[0].because, "Ours doesn't take our key.");
    });
}

#[test]
fn what_somebody_looks_at_comes_first() {
    on_both_engines(|mut world| async move {
        let pretended = Pretended::default();
        let id = reached(&mut world, &pretended).await;
        let (client, owner) = (world.client("aurora"), world.reach("olga").await);
        engines::allow(&world.desk, &owner, client, id, Terms { monthly_characters: 100_000, ..TERMS })
            .await
            .unwrap();
        pretended.is_in(Some(Trouble::Failing { status: 503 }));
        let mut last = None;
        for nth in 0..3 {
            let from = format!("Zofia Nowak <zofia{nth}@poczta.example>");
            let text = format!("Dzień dobry, ekspres numer {nth} nie działa od wczoraj.");
            last = Some(world.receive(&world.mail(&from, AURORA, &format!("Ekspres {nth}"), &text)).await);
        }
        let (last, reader) = (last.unwrap(), world.reach("tiago").await);
        let message = world.messages(last).await[0].id;
        pretended.is_in(None);
        pretended.heard.lock().unwrap().clear();
        for _ in 0..2 {
            translating::ask(&world.desk, &reader, last, message).await.unwrap();
        }
        world.later(Duration::from_secs(60));
        world.run_jobs().await;
        let heard = pretended.heard.lock().unwrap().clone();
        let heard: Vec<(bool, Priority)> =
            heard.iter().map(|(_, said, priority)| (said[0].contains("numer 2"), *priority)).collect();
        let soon = (false, Priority::Soon);
        assert_eq!(heard, [(true, Priority::Looking), soon, soon], "and what was overtaken isn't said again");
    });
}
