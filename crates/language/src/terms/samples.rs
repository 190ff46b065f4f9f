//! A termbase for tests: senses, notes, what is kept, every status.

use super::{Form, PartOfSpeech, Status, Term, TermKind};

fn form(language: &str, text: &str, status: Status) -> Form {
    let language = language.parse().expect("a tag");
    Form { part_of_speech: Some(PartOfSpeech::Adjective), ..Form::new(language, text).with_status(status) }
}

/// Terms with everything that a term may have.
pub(super) fn termbase() -> Vec<Term> {
    let curt = Term {
        sense: "unfriendly because of few words".into(),
        note: "short: curt, not brief; \"kurz\" <never>\nsecond line".into(),
        subject: "quality & tone".into(),
        ..Term::new(
            "curt",
            vec![
                form("en", "short", Status::Allowed),
                form("en", "curt", Status::Preferred),
                form("pl", "oschły", Status::Preferred),
                Form { note: "only of length".into(), ..form("pl", "krótki", Status::Forbidden) },
                form("pt-br", "seco", Status::Preferred),
            ],
        )
    };
    let kept = Term { kind: TermKind::Keep, ..Term::kept("12 router/2", "Aurora Link ü & <2>") };
    vec![curt, kept, Term { note: "not said yet".into(), ..Term::new("empty", vec![]) }]
}
