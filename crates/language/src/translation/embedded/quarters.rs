//! The quarters of one model: a thread of its own, because the engine can't leave the thread in which it was loaded.
//!
//! Not a rule: threads are started and waited for. The model is loaded when the first sentence comes, and leaves the memory when none
//! has come for a while.

use super::turns::Turns;
use crate::translation::{
    engine::{Engine, Spoken, Turn},
    port::Direction,
    untranslated::Untranslated,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// How many sentences may wait for one model.
const MOST_WAITING: usize = 20_000;

/// A model that isn't asked for so long leaves the memory.
const IDLE_FOR: Duration = Duration::from_secs(600);

/// The bare engine of one direction. It may panic on a bad model; that costs the model its thread and nothing else.
pub trait Bare {
    /// The sentence in the other language.
    fn say(&mut self, sentence: &str) -> String;
}

type Load = dyn Fn() -> Result<Box<dyn Bare>, String> + Send + Sync;

struct Ask {
    sentence: String,
    until: Instant,
    answer: oneshot::Sender<Result<String, Untranslated>>,
}

/// One model in its thread.
pub struct Quarters {
    shared: Arc<Shared>,
    name: Arc<str>,
}

struct Shared {
    direction: Direction,
    load: Box<Load>,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    turns: Turns<Ask>,
    is_staffed: bool,
    is_closed: bool,
}

impl Quarters {
    /// Quarters for the model that `load` loads. Nothing is loaded yet. What goes wrong in loading is said in one sentence.
    pub fn new(
        direction: Direction,
        name: &str,
        load: impl Fn() -> Result<Box<dyn Bare>, String> + Send + Sync + 'static,
    ) -> Self {
        let state = State { turns: Turns::none(), is_staffed: false, is_closed: false };
        let shared =
            Shared { direction, load: Box::new(load), state: Mutex::new(state), changed: Condvar::new() };
        Self { shared: Arc::new(shared), name: name.into() }
    }
}

impl Drop for Quarters {
    fn drop(&mut self) {
        self.shared.state().is_closed = true;
        self.shared.changed.notify_all();
    }
}

impl Engine for Quarters {
    fn name(&self) -> Arc<str> {
        self.name.clone()
    }

    fn say(&self, sentences: Vec<String>, turn: Turn) -> Spoken {
        let answers = self.shared.clone().ask(sentences, turn);
        Box::pin(async move {
            let mut said = Vec::new();
            for answer in answers? {
                said.push(answer.await.unwrap_or(Err(Untranslated::TimedOut { ready: 0, of: 0 }))?);
            }
            Ok(said)
        })
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Puts the sentences into the queue, and somebody to work if nobody is.
    fn ask(
        self: Arc<Self>,
        sentences: Vec<String>,
        turn: Turn,
    ) -> Result<Vec<oneshot::Receiver<Result<String, Untranslated>>>, Untranslated> {
        let mut state = self.state();
        if state.turns.len() + sentences.len() > MOST_WAITING {
            return Err(Untranslated::TooBusy(self.direction.clone()));
        }
        let mut answers = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let (answer, receiver) = oneshot::channel();
            state.turns.wait(turn.priority, Ask { sentence, until: turn.until, answer });
            answers.push(receiver);
        }
        if !state.is_staffed {
            let shared = self.clone();
            let name = format!("say-{}-{}", self.direction.from, self.direction.to);
            let started = std::thread::Builder::new().name(name).spawn(move || shared.work());
            started.map_err(|error| self.broken(format!("its thread doesn't start: {error}.")))?;
            state.is_staffed = true;
        }
        self.changed.notify_one();
        Ok(answers)
    }

    fn broken(&self, why: String) -> Untranslated {
        Untranslated::Broken(self.direction.clone(), why)
    }

    /// The thread's work: load, answer one after the other, leave when nobody asks any more.
    fn work(&self) {
        let loaded = catch_unwind(AssertUnwindSafe(|| (self.load)()));
        let mut bare = match loaded.unwrap_or_else(|_| Err("its files are damaged.".to_owned())) {
            Ok(bare) => bare,
            Err(why) => return self.give_up(why),
        };
        while let Some(ask) = self.next() {
            if ask.answer.is_closed() || ask.until <= Instant::now() {
                continue;
            }
            match catch_unwind(AssertUnwindSafe(|| bare.say(&ask.sentence))) {
                // Nobody may be there any more to hear it.
                Ok(said) => drop(ask.answer.send(Ok(said))),
                Err(_) => {
                    let why = "it stopped in the middle of a sentence.".to_owned();
                    // Whoever hears of it may ask again at once, and must not find this thread still here.
                    self.give_up(why.clone());
                    drop(ask.answer.send(Err(self.broken(why))));
                    return;
                }
            }
        }
    }

    /// Tells everybody who waits, and leaves. Who asks next finds the model tried anew.
    fn give_up(&self, why: String) {
        let mut state = self.state();
        state.is_staffed = false;
        for ask in state.turns.all() {
            drop(ask.answer.send(Err(self.broken(why.clone()))));
        }
    }

    fn next(&self) -> Option<Ask> {
        let mut state = self.state();
        loop {
            if state.is_closed {
                state.is_staffed = false;
                return None;
            }
            if let Some(ask) = state.turns.next() {
                return Some(ask);
            }
            let waited = self.changed.wait_timeout(state, IDLE_FOR);
            let (again, time) = waited.unwrap_or_else(|poisoned| poisoned.into_inner());
            state = again;
            if time.timed_out() && state.turns.len() == 0 {
                state.is_staffed = false;
                return None;
            }
        }
    }
}

#[cfg(test)]
#[path = "quarters_tests.rs"]
mod tests;
