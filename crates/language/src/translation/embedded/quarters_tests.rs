//! Threads and queues of models that answer, hang and panic as they are told.
//!
//! Not a rule: threads are started and waited for.

use super::*;
use crate::translation::{
    port::{Priority, Request, Translator as _},
    tests::{direction, tag},
    {Engines, Untranslated},
};
use std::sync::mpsc;

/// A model that answers by a function.
struct Told<F>(F);

impl<F: FnMut(&str) -> String> Bare for Told<F> {
    fn say(&mut self, sentence: &str) -> String {
        (self.0)(sentence)
    }
}

fn turn(priority: Priority) -> Turn {
    Turn { priority, until: Instant::now() + Duration::from_secs(60) }
}

#[tokio::test]
async fn who_looks_is_answered_before_who_came_first() {
    let (open, gate) = mpsc::channel::<()>();
    let gate = Arc::new(Mutex::new(gate));
    let (told, order) = mpsc::channel();
    let quarters = Quarters::new(direction("en", "pt"), "told", move || {
        let (gate, told) = (gate.clone(), told.clone());
        gate.lock().unwrap().recv().unwrap();
        Ok(Box::new(Told(move |sentence: &str| {
            told.send(sentence.to_owned()).unwrap();
            sentence.to_uppercase()
        })))
    });
    let whenever = quarters.say(vec!["old".into()], turn(Priority::Whenever));
    let cancelled = quarters.say(vec!["cancelled".into()], turn(Priority::Looking));
    let looking = quarters.say(vec!["seen".into(), "too".into()], turn(Priority::Looking));
    drop(cancelled);
    open.send(()).unwrap();
    assert_eq!(looking.await.unwrap(), ["SEEN", "TOO"]);
    assert_eq!(whenever.await.unwrap(), ["OLD"]);
    assert_eq!(order.try_iter().collect::<Vec<_>>(), ["seen", "too", "old"]);
}

#[tokio::test]
async fn a_model_that_panics_is_broken_and_tried_again() {
    let quarters = Quarters::new(direction("en", "pt"), "told", || {
        Ok(Box::new(Told(|sentence: &str| {
            assert_ne!(sentence, "bad", "told to");
            sentence.to_owned()
        })))
    });
    let bad = quarters.say(vec!["bad".into(), "after".into()], turn(Priority::Looking)).await.unwrap_err();
    assert!(matches!(bad, Untranslated::Broken(..)), "{bad:?}");
    assert_eq!(quarters.say(vec!["good".into()], turn(Priority::Looking)).await.unwrap(), ["good"]);
    let unloadable = Quarters::new(direction("en", "pt"), "told", || Err("it has no model file.".into()));
    let error = unloadable.say(vec!["a".into()], turn(Priority::Looking)).await.unwrap_err();
    assert!(error.sentence().ends_with("doesn't work: it has no model file."), "{error}");
}

#[tokio::test]
async fn a_stuck_model_doesnt_hold_up_another() {
    let (_held, gate) = mpsc::channel::<()>();
    let gate = Arc::new(Mutex::new(gate));
    let stuck = Quarters::new(direction("en", "pl"), "told", move || {
        let gate = gate.clone();
        Ok(Box::new(Told(move |_: &str| {
            assert!(gate.lock().unwrap().recv().is_err(), "nobody opens");
            String::new()
        })))
    });
    let quick = Quarters::new(direction("en", "pt"), "told", || Ok(Box::new(Told(str::to_uppercase))));
    let engines = Engines::none().with(direction("en", "pl"), stuck).with(direction("en", "pt"), quick);
    let request = |to| Request::new("hello", tag("en"), tag(to));
    let waits = engines.translate(request("pl").within(Priority::Looking, Duration::from_millis(5)));
    assert_eq!(engines.translate(request("pt")).await.unwrap().text, "HELLO");
    assert_eq!(waits.await, Err(Untranslated::TimedOut { ready: 0, of: 1 }));
}

#[tokio::test]
async fn too_many_are_turned_away() {
    let quarters = Quarters::new(direction("en", "pt"), "told", || Ok(Box::new(Told(str::to_owned))));
    let many = vec![String::from("a"); MOST_WAITING + 1];
    assert_eq!(
        quarters.say(many, turn(Priority::Soon)).await,
        Err(Untranslated::TooBusy(direction("en", "pt")))
    );
}
