//! Rule: which conversations are told, how far each has come, and how it stands.
//!
//! Every conversation is told once in the last days, where no two are alike; told again, it is an old one that has ended.

use super::chance::Chance;
use super::script::{Author, Line, Template};
use std::time::Duration;

/// How a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nobody has taken it.
    New,
    /// Somebody has taken it and not answered yet.
    Taken,
    /// The customer has answered; it is our turn.
    Open,
    /// We have answered.
    Waiting,
    /// It is over.
    Closed,
}

/// When it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// In the last days.
    Now,
    /// In the weeks before.
    Past,
}

/// A conversation as it is told once.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Which template.
    pub template: usize,
    /// How many of its messages have been written.
    pub lines: usize,
    /// How it stands.
    pub outcome: Outcome,
    /// When it is told.
    pub era: Era,
}

/// How many conversations there are.
pub(super) const CASES: usize = 400;
const NEW: usize = 25;
const TAKEN: usize = 30;
const OPEN: usize = 60;
const WAITING: usize = 50;
const WAITING_PAST: usize = 14;
/// How many of the new ones have come in just now and can't wait.
const HOT: usize = 2;

/// Whoever is answered within this time doesn't lie about for hours.
const HOT_UNTIL: Duration = Duration::from_secs(30 * 60);

/// Conversations whose last word is a question that nobody has answered.
const UNANSWERED: [(&str, &str); 11] = [
    ("en", "speaker-crackle"),
    ("en", "parking-fine"),
    ("en", "student-proof"),
    ("de", "packstation-zu-gross"),
    ("de", "luftreiniger-dauerrot"),
    ("de", "letzte-frist"),
    ("de", "mitten-auf-der-bruecke"),
    ("es", "robot-se-pierde"),
    ("es", "robot-a-la-piscina"),
    ("pl", "where-is-my-repair"),
    ("lt", "deposit-back"),
];

fn is_unanswered(template: &Template) -> bool {
    UNANSWERED.contains(&(template.language.as_str(), template.key.as_str()))
}

/// Messages up to and with the last one by this author.
fn until_last(lines: &[Line], by: Author) -> usize {
    lines.iter().rposition(|line| line.by == by).map_or(0, |at| at + 1)
}

/// The customer's messages before anybody answers.
fn first_words(lines: &[Line]) -> usize {
    lines.iter().take_while(|line| line.by == Author::Customer).count()
}

/// Somebody can't wait.
pub(super) fn is_hot(template: &Template) -> bool {
    let answer = template.message.iter().find(|line| line.by != Author::Customer);
    answer.is_some_and(|line| line.after < HOT_UNTIL)
}

fn is_never_answered(template: &Template) -> bool {
    until_last(&template.message, Author::Representative) == 0
}

/// The customer has the last word, after an answer.
fn ends_with_customer(template: &Template) -> bool {
    let answered = until_last(&template.message, Author::Representative);
    answered > 0 && until_last(&template.message, Author::Customer) > answered
}

/// All conversations, in no order.
pub(super) fn scenes(templates: &[Template], chance: &mut Chance) -> Vec<Scene> {
    let mut order: Vec<usize> = (0..templates.len()).collect();
    chance.shuffle(&mut order);
    let mut scenes = told_now(templates, &order);
    let mut waiting = WAITING_PAST;
    for round in 1..=2 {
        for at in order.iter().copied().filter(|at| may_repeat(&templates[*at], round)) {
            if scenes.len() == CASES {
                return scenes;
            }
            let scene = told_before(templates, at, &mut waiting);
            scenes.push(scene);
        }
    }
    scenes
}

/// What has somebody's own name in it can't happen to another. Most customers write English or German.
fn may_repeat(template: &Template, round: usize) -> bool {
    let large = matches!(template.language.as_str(), "en" | "de");
    !is_never_answered(template) && template.first.is_none() && (round == 1 || large)
}

fn told_now(templates: &[Template], order: &[usize]) -> Vec<Scene> {
    let mut left = Left { new: NEW, hot: HOT, taken: TAKEN, open: OPEN, waiting: WAITING };
    let all = |at: &usize| templates[*at].message.len();
    let mut scenes: Vec<Scene> = Vec::new();
    let (fixed, free): (Vec<usize>, Vec<usize>) =
        order.iter().partition(|at| is_never_answered(&templates[**at]) || is_unanswered(&templates[**at]));
    for at in &fixed {
        let outcome = if is_never_answered(&templates[*at]) { Outcome::New } else { Outcome::Open };
        left.take(outcome);
        scenes.push(Scene { template: *at, lines: all(at), outcome, era: Era::Now });
    }
    for at in free {
        let (outcome, lines) = left.choose(&templates[at]);
        left.take(outcome);
        if outcome == Outcome::New && is_hot(&templates[at]) {
            left.hot -= 1;
        }
        scenes.push(Scene { template: at, lines, outcome, era: Era::Now });
    }
    scenes
}

fn told_before(templates: &[Template], at: usize, waiting: &mut usize) -> Scene {
    let template = &templates[at];
    let answered = until_last(&template.message, Author::Representative);
    let ends_with_us = !ends_with_customer(template);
    let lines = if is_unanswered(template) { answered } else { template.message.len() };
    let waits = ends_with_us && *waiting > 0;
    if waits {
        *waiting -= 1;
    }
    let outcome = if waits { Outcome::Waiting } else { Outcome::Closed };
    Scene { template: at, lines, outcome, era: Era::Past }
}

/// How many of each outcome are still to be told.
struct Left {
    new: usize,
    /// Of the new ones, those that can't wait.
    hot: usize,
    taken: usize,
    open: usize,
    waiting: usize,
}

impl Left {
    fn take(&mut self, outcome: Outcome) {
        let number = match outcome {
            Outcome::New => &mut self.new,
            Outcome::Taken => &mut self.taken,
            Outcome::Open => &mut self.open,
            Outcome::Waiting => &mut self.waiting,
            Outcome::Closed => return,
        };
        *number = number.saturating_sub(1);
    }

    /// What there are most left of, as far as the conversation allows it, and how many messages that takes.
    fn choose(&self, template: &Template) -> (Outcome, usize) {
        let lines = &template.message;
        let open = if ends_with_customer(template) { self.open } else { 0 };
        let (new, taken) = match is_hot(template) {
            true if self.hot > 0 => (usize::MAX, 0),
            true => (0, 0),
            false => (self.new.saturating_sub(self.hot) * 2, self.taken),
        };
        let most = [
            (new, Outcome::New, first_words(lines)),
            (taken, Outcome::Taken, first_words(lines)),
            (open, Outcome::Open, lines.len()),
            (self.waiting, Outcome::Waiting, until_last(lines, Author::Representative)),
        ];
        let chosen = most.into_iter().filter(|(left, ..)| *left > 0).max_by_key(|(left, ..)| *left);
        chosen.map_or((Outcome::Closed, lines.len()), |(_, outcome, lines)| (outcome, lines))
    }
}
