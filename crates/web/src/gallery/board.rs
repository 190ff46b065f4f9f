//! The gallery's board.

use super::{aurora, shell, when};
use crate::views::{
    board::{Board, DueRow, Figure, PersonRow, Team},
    shell::Place,
};

/// A team with something late, and one that helps.
pub fn board() -> Board {
    let figure = |number: &str, words, is_urgent| Figure {
        number: number.to_owned(),
        words,
        url: "/inbox?view=open".to_owned(),
        is_urgent,
    };
    let due = |subject: &str, until: &str, is_late, who: &str| DueRow {
        url: "/preview/case".to_owned(),
        subject: subject.to_owned(),
        what: "First reply",
        until: until.to_owned(),
        at: when("12:47"),
        is_late,
        who: who.to_owned(),
    };
    let person = |name: &str, initials: &str, state, kind, until: &str, load: &str, share| PersonRow {
        name: name.to_owned(),
        initials: initials.to_owned(),
        state,
        kind,
        until: until.to_owned(),
        load: load.to_owned(),
        share,
        due: "in 40 min".to_owned(),
        is_late: false,
    };
    Board {
        shell: shell("Board", Place::Board),
        at: when("14:05"),
        teams: vec![Team {
            id: "team-1".to_owned(),
            client: aurora(),
            name: "Lisbon for Aurora".to_owned(),
            hours: "Open now",
            is_open: true,
            figures: vec![
                figure("4", "waiting for somebody", false),
                figure("11", "in hand", false),
                figure("1", "promises late", true),
                figure("3 h", "the oldest", false),
            ],
            due: vec![
                due("Ekspres nie podgrzewa wody", "20 min late", true, ""),
                due("Invoice 4711", "in 40 min", false, "Marta Reis"),
            ],
            people: vec![
                person("Marta Reis", "MR", "available", "there", "until 18:00", "3 of 6", 50),
                person("Tiago Lopes", "TL", "busy", "busy", "until 22:00", "6 of 6", 100),
            ],
            there: 2,
            overflow: "Overflow is on since 14:05; 7 came over today.".to_owned(),
            is_overflowing: true,
        }],
    }
}
