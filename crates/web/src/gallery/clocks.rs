//! Samples of clocks.

use crate::views::{
    clocks::{CaseClocks, Held, ItemLine, TargetLine},
    marks::When,
};

/// The clocks of a case in every state.
pub fn clocks() -> CaseClocks {
    let held = |key, party, time: &str, from: &str, width: &str| Held {
        key,
        party,
        time: time.to_owned(),
        from: from.to_owned(),
        width: width.to_owned(),
    };
    CaseClocks {
        turn: "the representative".to_owned(),
        since: When::new("2026-11-23T08:40:00Z", "09:40"),
        because: "The customer wrote.".to_owned(),
        is_over: false,
        held: vec![
            held("customer", "Customer", "2 h 20 min", "0.0", "35.0"),
            held("representative", "Representative", "1 h 20 min", "35.0", "20.0"),
            held("client_resolver", "Client’s specialist", "2 h", "55.0", "30.0"),
            held("vendor", "Vendor", "1 h", "85.0", "15.0"),
        ],
        targets: vec![
            target("First reply", "met", "met", "check", 60),
            target("Next reply", "due in 40 min", "running", "clock", 83),
            target("Explanation", "2 h late", "late", "alert", 100),
            target("Resolution", "stands still, 30 h left", "paused", "state-waiting", 25),
        ],
        earlier: vec![target("Next reply", "ended before", "over", "state-closed", 10)],
        items: vec![ItemLine {
            kind: "case",
            subject: "sample".to_owned(),
            what: "Answer the customer.".to_owned(),
            owner: "Tiago Rocha".to_owned(),
            next: When::new("2026-11-23T09:20:00Z", "10:20"),
            is_late: false,
            is_chosen: false,
        }],
    }
}

fn target(title: &'static str, words: &str, key: &'static str, icon: &'static str, used: u64) -> TargetLine {
    let explanation =
        "Due Mon 10:20: 4 h of service time, 3 h 20 min used Fri, closed Fri 17:00–Mon 09:00.".to_owned();
    TargetLine { title, words: words.to_owned(), key, icon, used, explanation }
}
