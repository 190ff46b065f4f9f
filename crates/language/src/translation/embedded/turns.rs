//! Whose turn it is: who looks comes first, and nobody waits for ever.

use crate::translation::port::Priority;
use std::collections::BTreeMap;

/// Every turn of this number goes to whoever has waited longest, whatever their priority.
const OLDEST_EVERY: u64 = 8;

/// What waits, in its order.
pub(super) struct Turns<T> {
    waiting: BTreeMap<(Priority, u64), T>,
    came: u64,
    served: u64,
}

impl<T> Turns<T> {
    pub fn none() -> Self {
        Self { waiting: BTreeMap::new(), came: 0, served: 0 }
    }

    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    pub fn wait(&mut self, priority: Priority, what: T) {
        self.came += 1;
        self.waiting.insert((priority, self.came), what);
    }

    pub fn next(&mut self) -> Option<T> {
        self.served += 1;
        let first_of =
            |priority| self.waiting.range((priority, 0)..=(priority, u64::MAX)).next().map(|(turn, _)| *turn);
        let firsts = [Priority::Looking, Priority::Soon, Priority::Whenever].into_iter().filter_map(first_of);
        let turn = if self.served.is_multiple_of(OLDEST_EVERY) {
            firsts.min_by_key(|(_, came)| *came)
        } else {
            firsts.min()
        }?;
        self.waiting.remove(&turn)
    }

    /// Everything that waits, which then waits no more.
    pub fn all(&mut self) -> Vec<T> {
        std::mem::take(&mut self.waiting).into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_comes_first() {
        let mut turns = Turns::none();
        turns.wait(Priority::Whenever, 1);
        turns.wait(Priority::Soon, 2);
        turns.wait(Priority::Looking, 3);
        turns.wait(Priority::Looking, 4);
        assert_eq!(std::iter::from_fn(|| turns.next()).collect::<Vec<_>>(), [3, 4, 2, 1]);
    }

    #[test]
    fn nobody_waits_for_ever() {
        let mut turns = Turns::none();
        turns.wait(Priority::Whenever, 0);
        for someone in 1..100 {
            turns.wait(Priority::Looking, someone);
        }
        let served: Vec<i32> = std::iter::from_fn(|| turns.next()).collect();
        assert_eq!(served.iter().position(|who| *who == 0), Some(7));
    }
}
