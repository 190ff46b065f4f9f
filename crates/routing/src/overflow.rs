//! Rule: when a client's own people have too much to do, and the partner takes over; and when no longer.

use std::time::Duration;

/// What was agreed about overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverflowRule {
    /// It begins when whoever comes now would wait longer than this.
    pub wait: Duration,
    /// It begins when more cases wait than this.
    pub queue: u32,
    /// It ends when both are below this part of their bounds, in hundredths: a gap, so that it doesn't go on and off.
    pub ends_below: u8,
    /// At most so many cases a day go to the partner.
    pub daily_cap: u32,
}

/// Whether overflow is on, and how many have gone today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overflow {
    /// Whether it is on.
    pub is_on: bool,
    /// How many cases went to the partner today.
    pub sent_today: u32,
}

/// Where a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// To the client's own people.
    Client,
    /// To the partner.
    Partner,
    /// To the partner it should, but the day's cap is reached.
    Capped,
}

impl Overflow {
    /// Looks at the queue: whether overflow is on from now on.
    pub fn looked(self, rule: &OverflowRule, predicted_wait: Duration, queue: u32) -> Self {
        let is_over = predicted_wait > rule.wait || queue > rule.queue;
        let part = u32::from(rule.ends_below.min(100));
        let is_under = predicted_wait < rule.wait * part / 100
            && u64::from(queue) * 100 < u64::from(rule.queue) * u64::from(part);
        let is_on = if self.is_on { !is_under } else { is_over };
        Self { is_on, ..self }
    }

    /// Where the next case goes, and what has gone then.
    pub fn next(self, rule: &OverflowRule) -> (Stream, Self) {
        match self.is_on {
            false => (Stream::Client, self),
            true if self.sent_today >= rule.daily_cap => (Stream::Capped, self),
            true => (Stream::Partner, Self { sent_today: self.sent_today + 1, ..self }),
        }
    }

    /// A new day begins.
    pub fn new_day(self) -> Self {
        Self { sent_today: 0, ..self }
    }
}
