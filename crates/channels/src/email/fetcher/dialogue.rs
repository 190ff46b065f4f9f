//! Commands and their answers: what belongs to which, how long it may take, and what the server says in between.

use super::{
    patience::Patience,
    trouble::{Step, Trouble},
    wire::{Literals, Wire},
    words::{self, Heard, How, Said},
};
use std::{collections::BTreeSet, time::Duration};
use tokio::time::{Instant, timeout, timeout_at};

/// A conversation with a mail server.
pub(super) struct Dialogue {
    wire: Wire,
    patience: Patience,
    /// What it can do, as far as it has said so.
    known: Option<BTreeSet<String>>,
    /// How many mails are in the open folder, and whether that number has grown since somebody asked.
    exists: u32,
    has_grown: bool,
    tags: u32,
}

/// A command under way.
pub(super) struct Command {
    tag: String,
    step: Step,
    until: Instant,
    bytes: u64,
}

/// What comes next in a command.
pub(super) enum Turn {
    /// Something beside it.
    Aside(Heard),
    /// The server waits for more.
    GoOn,
    /// It is done.
    Done(Said),
    /// It isn't done.
    Refused(Said),
}

impl Dialogue {
    pub(super) fn new(wire: Wire, patience: Patience) -> Self {
        Self { wire, patience, known: None, exists: 0, has_grown: false, tags: 0 }
    }

    pub(super) fn into_wire(self) -> Wire {
        self.wire
    }

    /// The server's first words.
    pub(super) async fn greeting(&mut self) -> Result<(How, Said), Trouble> {
        let answer = self.wire.answer(Literals::Short, &Step::Greeting).await?;
        let line = String::from_utf8_lossy(&answer.line).into_owned();
        match words::heard(answer) {
            Heard::Status { how, said } => {
                self.note_code(&said);
                Ok((how, said))
            }
            Heard::Bye(said) => Ok((How::No, said)),
            _ => Err(Trouble::NoImap(line)),
        }
    }

    /// What it can do; asked where it hasn't said so.
    pub(super) async fn capabilities(&mut self) -> Result<&BTreeSet<String>, Trouble> {
        if self.known.is_none() {
            self.run(&Step::Capabilities, "CAPABILITY", |_| {}).await?;
        }
        Ok(self.known.get_or_insert_default())
    }

    /// It can do this, as far as it has said by now.
    pub(super) fn offers(&self, capability: &str) -> bool {
        self.known.as_ref().is_some_and(|known| known.contains(capability))
    }

    /// What it said by now counts no more: it may be able to do more once somebody has signed in.
    pub(super) fn forget_capabilities(&mut self) {
        self.known = None;
    }

    /// It doesn't do this after all.
    pub(super) fn no_longer_offers(&mut self, capability: &str) {
        self.known.as_mut().map(|known| known.remove(capability));
    }

    /// Mails have come to the open folder since this was last asked.
    pub(super) fn grew(&mut self) -> bool {
        std::mem::take(&mut self.has_grown)
    }

    /// How many mails are in the open folder.
    pub(super) fn exists(&self) -> u32 {
        self.exists
    }

    /// Sends a command.
    pub(super) async fn begin(
        &mut self,
        step: &Step,
        line: &str,
        within: Duration,
    ) -> Result<Command, Trouble> {
        self.tags += 1;
        let tag = format!("D{}", self.tags);
        self.wire.send(format!("{tag} {line}").as_bytes(), step).await?;
        Ok(Command { tag, step: step.clone(), until: Instant::now() + within, bytes: 0 })
    }

    /// Sends a line inside of a command.
    pub(super) async fn add(&mut self, command: &Command, line: &str) -> Result<(), Trouble> {
        self.wire.send(line.as_bytes(), &command.step).await
    }

    /// What comes next in a command.
    pub(super) async fn turn(
        &mut self,
        command: &mut Command,
        literals: Literals<'_>,
    ) -> Result<Turn, Trouble> {
        let answering = timeout_at(command.until, self.wire.answer(literals, &command.step));
        let answer = answering.await.unwrap_or_else(|_| Err(Trouble::Silent(command.step.clone())))?;
        command.bytes += answer.line.len() as u64;
        if command.bytes > self.patience.listing_bytes {
            return Err(Trouble::TooMuch(command.step.clone()));
        }
        let heard = words::heard(answer);
        self.note(&heard);
        match heard {
            Heard::GoOn => Ok(Turn::GoOn),
            Heard::Bye(said) => Err(Trouble::Bye(said.words)),
            Heard::Ended { tag, how: How::Ok, said } if tag == command.tag => Ok(Turn::Done(said)),
            Heard::Ended { tag, said, .. } if tag == command.tag => Ok(Turn::Refused(said)),
            Heard::Ended { .. } | Heard::Garbage => Err(Trouble::Garbled(command.step.clone())),
            aside => Ok(Turn::Aside(aside)),
        }
    }

    /// Runs a command to its end, handing over what is said beside it.
    pub(super) async fn run(
        &mut self,
        step: &Step,
        line: &str,
        aside: impl FnMut(Heard),
    ) -> Result<Said, Trouble> {
        self.run_within(step, line, self.patience.command_within, aside).await
    }

    /// The same with a time limit of its own.
    pub(super) async fn run_within(
        &mut self,
        step: &Step,
        line: &str,
        within: Duration,
        mut aside: impl FnMut(Heard),
    ) -> Result<Said, Trouble> {
        let mut command = self.begin(step, line, within).await?;
        loop {
            match self.turn(&mut command, Literals::Short).await? {
                Turn::Aside(heard) => aside(heard),
                Turn::Done(said) => return Ok(said),
                Turn::Refused(said) => return Err(Trouble::Refused(step.clone(), said.words)),
                Turn::GoOn => return Err(Trouble::Garbled(step.clone())),
            }
        }
    }

    /// Waits until the server says something, or for so long.
    pub(super) async fn stirs_within(&mut self, within: Duration) -> Result<bool, Trouble> {
        match timeout(within, self.wire.stirs()).await {
            Ok(Ok(())) => Ok(true),
            Ok(Err(_)) => Err(Trouble::Broken(Step::Waiting)),
            Err(_) => Ok(false),
        }
    }

    fn note(&mut self, heard: &Heard) {
        match heard {
            Heard::Capabilities(known) => self.known = Some(known.clone()),
            Heard::Status { said, .. } | Heard::Ended { how: How::Ok, said, .. } => self.note_code(said),
            Heard::Exists(number) => {
                self.has_grown |= *number > self.exists;
                self.exists = *number;
            }
            Heard::Gone => self.exists = self.exists.saturating_sub(1),
            _ => {}
        }
    }

    fn note_code(&mut self, said: &Said) {
        if let Some(known) = said.code.strip_prefix("CAPABILITY ") {
            self.known = Some(words::capabilities(known));
        }
    }
}
