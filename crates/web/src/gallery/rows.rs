//! Sample rows of the inbox, in every state, priority and language.

use super::{aurora, language, marta, pip, when};
use crate::views::inbox::{Piece, Row};
use crate::views::marks::{CaseState, ClientMark, LastWord, Priority};

/// Number, customer, language, subject, snippet; the even ones belong to Aurora, the odd ones to pip.
const LETTERS: [(u32, &str, &str, &str, &str); 6] = [
    (
        1042,
        "Zofia Nowak",
        "pl",
        "Ekspres nie podgrzewa wody",
        "Dzień dobry, od wczoraj ekspres tylko mruga na czerwono.",
    ),
    (
        1041,
        "Jonas Keller",
        "de",
        "Roller ließ sich nicht abstellen",
        "Guten Abend, die App hat nach der Fahrt weitergezählt.",
    ),
    (
        1040,
        "Lucía Fernández",
        "es",
        "Factura con datos equivocados",
        "Muchas gracias por la respuesta. Les adjunto el NIF.",
    ),
    (
        1039,
        "Rasa Kazlauskienė",
        "lt",
        "Du kartus nuskaičiuoti pinigai",
        "Laba diena, už vieną kelionę buvo nuskaičiuota du kartus.",
    ),
    (1038, "Peter Whitlock", "en", "Robot vacuum maps the wrong floor", "That did the trick, thank you."),
    (
        1036,
        "Maja Kovačič",
        "sl",
        "Naročilo še ni prispelo",
        "Pozdravljeni, pred dvema tednoma sem naročila pečico.",
    ),
];

/// Rows of the inbox in every state.
pub fn rows() -> Vec<Row> {
    let [mut new, mut urgent, mut long, mut waiting, mut closed, mut unassigned] = LETTERS.map(row);
    new.state = CaseState::New;
    new.priority = Priority::High;
    new.assignee = None;
    urgent.priority = Priority::Urgent;
    urgent.messages = 3;
    long.messages = 6;
    waiting.last_word = LastWord::Ours;
    waiting.state = CaseState::Waiting;
    waiting.priority = Priority::Low;
    closed.last_word = LastWord::Ours;
    closed.state = CaseState::Closed;
    closed.snippet = found("That did the ", "trick", ", thank you.");
    unassigned.state = CaseState::New;
    unassigned.assignee = None;
    vec![new, urgent, long, waiting, closed, unassigned]
}

fn row((number, customer, tag, subject, snippet): (u32, &str, &str, &str, &str)) -> Row {
    let (client, prefix) = client(number);
    Row {
        id: number.to_string(),
        url: format!("/cases/{number}"),
        reference: format!("{prefix}-{number}"),
        client,
        customer: customer.to_owned(),
        subject: Piece::plain(subject),
        snippet: Piece::plain(snippet),
        language: Some(language(tag)),
        state: CaseState::Open,
        priority: Priority::Normal,
        assignee: Some(marta()),
        active: when("14:05"),
        due: None,
        last_word: LastWord::Customers,
        messages: 1,
    }
}

fn client(number: u32) -> (ClientMark, &'static str) {
    if number.is_multiple_of(2) { (aurora(), "AUR") } else { (pip(), "PIP") }
}

fn found(before: &str, hit: &str, after: &str) -> Vec<Piece> {
    vec![Piece::Plain(before.to_owned()), Piece::Hit(hit.to_owned()), Piece::Plain(after.to_owned())]
}
