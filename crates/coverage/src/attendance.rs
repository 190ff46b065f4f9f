//! Who is there: shifts without their breaks and without absences; presence and capacity.

use crate::Span;
use kernel::{Instant, LeaveId, PersonId, ShiftId};

/// How many cases somebody has at once by mail where nobody said otherwise.
pub const MAILS_AT_ONCE: i64 = 6;
/// The same for a chat.
pub const CHATS_AT_ONCE: i64 = 2;

/// A shift as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftEntry {
    /// The shift.
    pub id: ShiftId,
    /// Who works.
    pub person: PersonId,
    /// When.
    pub span: Span,
    /// Within it, in order and without overlap.
    pub breaks: Vec<Span>,
    /// Where it comes from.
    pub source: ShiftSource,
    /// Who entered it.
    pub entered_by: Option<PersonId>,
    /// When.
    pub entered_at: Instant,
}

/// Where a shift comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftSource {
    /// A CSV file.
    Csv,
    /// An iCalendar file.
    ICalendar,
    /// Drawn in the week.
    Drawn,
    /// The planner.
    Plan,
}

/// Somebody doesn't work although they would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// The absence.
    pub id: LeaveId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub span: Span,
    /// Why.
    pub kind: LeaveKind,
    /// Who entered it.
    pub entered_by: Option<PersonId>,
    /// When.
    pub entered_at: Instant,
}

/// Why somebody is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveKind {
    /// They are ill.
    Ill,
    /// They are on holiday.
    Holiday,
    /// They learn.
    Training,
    /// Anything else.
    Other,
}

/// Whether somebody takes new cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Presence {
    /// They do.
    #[default]
    Available,
    /// They work, and take no new ones.
    Busy,
    /// They aren't at their desk.
    Away,
}

macro_rules! words {
    ($name:ident { $($variant:ident $word:literal $title:literal,)* }) => {
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word by which it is stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The words on a page.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// From the word by which it is stored.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}

words!(ShiftSource {
    Csv "csv" "From a CSV file",
    ICalendar "icalendar" "From a calendar",
    Drawn "drawn" "Drawn in the week",
    Plan "plan" "From the planner",
});
words!(LeaveKind {
    Ill "ill" "Ill",
    Holiday "holiday" "On holiday",
    Training "training" "In training",
    Other "other" "Absent",
});
words!(Presence {
    Available "available" "Available",
    Busy "busy" "Busy",
    Away "away" "Away",
});

impl ShiftEntry {
    /// The parts in which somebody is there: without the breaks.
    pub fn worked(&self) -> Vec<Span> {
        self.breaks.iter().fold(vec![self.span], |left, pause| without(&left, *pause))
    }
}

/// When somebody is there: their shifts without breaks and without absences, in order, cut to the time asked for. Shifts that touch
/// each other are one.
pub fn there(shifts: &[ShiftEntry], leaves: &[Leave], within: Span) -> Vec<Span> {
    let worked: Vec<Span> = shifts.iter().flat_map(ShiftEntry::worked).collect();
    let left = leaves.iter().fold(worked, |left, leave| without(&left, leave.span));
    joined(left.into_iter().filter_map(|span| cut(span, within)).collect())
}

/// Until when somebody goes on working who is there at an instant: the end of the shift, or the begin of an absence. A break doesn't end
/// it, and a shift that begins as the other ends goes on. None when they aren't there, or in a break.
pub fn on_shift(shifts: &[ShiftEntry], leaves: &[Leave], at: Instant) -> Option<Instant> {
    let holds = |span: &Span| span.from <= at && at < span.until;
    if shifts.iter().flat_map(|shift| &shift.breaks).any(holds) {
        return None;
    }
    let whole: Vec<Span> = shifts.iter().map(|shift| shift.span).collect();
    let left = leaves.iter().fold(whole, |left, leave| without(&left, leave.span));
    joined(left).into_iter().find(holds).map(|span| span.until)
}

/// The spans without one of them.
pub fn without(spans: &[Span], out: Span) -> Vec<Span> {
    let around = |span: &Span| {
        let before = Span { from: span.from, until: span.until.min(out.from) };
        let after = Span { from: span.from.max(out.until), until: span.until };
        if out.until <= out.from { vec![*span] } else { vec![before, after] }
    };
    spans.iter().flat_map(around).filter(|left| left.from < left.until).collect()
}

fn cut(span: Span, within: Span) -> Option<Span> {
    let cut = Span { from: span.from.max(within.from), until: span.until.min(within.until) };
    (cut.from < cut.until).then_some(cut)
}

/// The spans in order; those that touch or overlap are one.
pub fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.from);
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.from <= last.until) {
            Some(last) => last.until = last.until.max(span.until),
            None => joined.push(span),
        }
    }
    joined
}

/// How many cases of a channel somebody has at once where nobody said otherwise; one at a time where people talk.
pub fn usual_capacity(channel: &str) -> i64 {
    match channel {
        "phone" | "call" => 1,
        "chat" => CHATS_AT_ONCE,
        _ => MAILS_AT_ONCE,
    }
}
