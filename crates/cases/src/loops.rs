//! The loop breaker: how a mail is handled whose sender writes very much, or which comes to a case where machines answer each other.
//! Every mail is kept, whatever is decided.

use kernel::Because;
use std::time::Duration;

/// So many mails of one sender may open or join cases as usual within [`SHORT`].
pub const MOST_IN_SHORT: i64 = 20;
/// So many within [`LONG`].
pub const MOST_IN_LONG: i64 = 100;
/// So many with the very same words may open cases within [`LONG`].
pub const MOST_WITH_SAME_WORDS: i64 = 20;
/// So many automatic mails a case takes within [`LONG`] before further ones don't show it as touched any more.
pub const MOST_AUTOMATIC_ON_CASE: i64 = 10;
/// A burst is counted over so long.
pub const SHORT: Duration = Duration::from_secs(10 * 60);
/// And a steady stream over so long.
pub const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of a mail's sender and of the case that it joins. No count holds the mail itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// What threading found.
    pub place: Place,
    /// For whom the sender speaks.
    pub voice: Voice,
    /// Mails of this sender within [`SHORT`].
    pub in_short: i64,
    /// Mails of this sender within [`LONG`].
    pub in_long: i64,
    /// Those within [`LONG`] that had the same words.
    pub with_same_words: i64,
}

/// Whether a mail opens a case or joins one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It would open one.
    Opens,
    /// It joins one, and a person wrote it.
    Joins,
    /// It joins one, and a machine wrote it.
    JoinsByMachine {
        /// Automatic mails that the case took within [`LONG`].
        automatic: i64,
    },
}

/// For whom a sender speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// For themselves.
    Own,
    /// For many: a form on a web page sends the words of different people, and names them in Reply-To.
    OfOthers,
}

/// How a mail is handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handling {
    /// As any other.
    Usual,
    /// As any other, but marked, and never answered by a machine.
    Marked(Because),
    /// It opens no case of its own: it is filed in its sender's newest open one.
    Gathered(Because),
    /// It is filed in its case without showing the case as touched.
    Quiet(Because),
}

/// Decides how a mail is handled.
pub fn handle(pace: &Pace) -> Handling {
    if let Place::JoinsByMachine { automatic } = pace.place
        && automatic >= MOST_AUTOMATIC_ON_CASE
    {
        let sentence = format!(
            "This case took {automatic} automatic mails within a day, so further ones are only kept: machines may be answering each other."
        );
        return Handling::Quiet(Because::new("loop.case", sentence));
    }
    let Some(because) = too_many(pace) else { return Handling::Usual };
    match (pace.place, pace.voice) {
        (Place::Opens, Voice::Own) => Handling::Gathered(because),
        _ => Handling::Marked(because),
    }
}

fn too_many(pace: &Pace) -> Option<Because> {
    let (sentence, code) = if pace.in_short >= MOST_IN_SHORT {
        (format!("its sender wrote {MOST_IN_SHORT} mails or more within ten minutes"), "loop.burst")
    } else if pace.in_long >= MOST_IN_LONG {
        (format!("its sender wrote {MOST_IN_LONG} mails or more within a day"), "loop.stream")
    } else if pace.with_same_words >= MOST_WITH_SAME_WORDS {
        (
            format!("its sender wrote the same words {} times within a day", pace.with_same_words),
            "loop.same_words",
        )
    } else {
        return None;
    };
    let consequence = match (pace.place, pace.voice) {
        (Place::Opens, Voice::Own) => "it is filed with the sender's newest case",
        _ => "no machine answers it",
    };
    Some(Because::new(code, format!("Because {sentence}, {consequence}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(place: Place, counts: [i64; 3]) -> Pace {
        let [in_short, in_long, with_same_words] = counts;
        Pace { place, voice: Voice::Own, in_short, in_long, with_same_words }
    }

    fn said(handling: &Handling) -> (&'static str, &str) {
        match handling {
            Handling::Usual => ("usual", ""),
            Handling::Marked(because) => ("marked", &because.code),
            Handling::Gathered(because) => ("gathered", &because.code),
            Handling::Quiet(because) => ("quiet", &because.code),
        }
    }

    #[test]
    fn only_too_many_mails_are_handled_otherwise() {
        let machine = |automatic| Place::JoinsByMachine { automatic };
        for (place, counts, expected) in [
            (Place::Opens, [0, 0, 0], ("usual", "")),
            (Place::Opens, [19, 99, 19], ("usual", "")),
            (Place::Opens, [20, 20, 0], ("gathered", "loop.burst")),
            (Place::Opens, [0, 100, 0], ("gathered", "loop.stream")),
            (Place::Opens, [1, 20, 20], ("gathered", "loop.same_words")),
            (Place::Joins, [19, 99, 4], ("usual", "")),
            (Place::Joins, [25, 25, 0], ("marked", "loop.burst")),
            (Place::Joins, [0, 100, 0], ("marked", "loop.stream")),
            (machine(9), [9, 9, 4], ("usual", "")),
            (machine(9), [20, 20, 0], ("marked", "loop.burst")),
            (machine(10), [10, 10, 0], ("quiet", "loop.case")),
            (machine(10), [100, 100, 50], ("quiet", "loop.case")),
        ] {
            let pace = pace(place, counts);
            assert_eq!(said(&handle(&pace)), expected, "{pace:?}");
        }
    }

    #[test]
    fn the_words_of_different_people_are_never_put_together() {
        let form = Pace { voice: Voice::OfOthers, ..pace(Place::Opens, [500, 5_000, 0]) };
        assert_eq!(said(&handle(&form)), ("marked", "loop.burst"));
    }
}
