//! The replay engine over outputs that a real engine gave for news sentences, in both directions of five pairs.
//!
//! Not a rule: engines are waited for.

use super::{super::*, direction, tag};
use crate::translation::{
    marks::{Numbers, marks},
    port::Request,
};
use serde_json::Value;
use std::path::PathBuf;

/// Every fourth of the recorded sentences, if the collection is at hand.
fn rows() -> Option<Vec<Value>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("DRAGOMAN_TEST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let rows = std::fs::read_to_string(root.join(folder).join("language/flores_firefox.jsonl")).ok()?;
    Some(rows.lines().step_by(4).map(|row| serde_json::from_str(row).unwrap()).collect())
}

#[tokio::test]
async fn what_the_recorded_engine_breaks_survives() {
    let Some(rows) = rows() else { return };
    for language in ["de", "es", "pl", "sl", "lt"] {
        for (from, to) in [("en", language), (language, "en")] {
            let recorded = rows.iter().map(|row| {
                (row[from].as_str().unwrap(), row["firefox"][format!("{from}-{to}")].as_str().unwrap())
            });
            let engines =
                Engines::none().with(direction(from, to), Replay::new(&tag(from), recorded.clone()));
            let mut same = 0;
            for (source, target) in recorded {
                let translation = engines.translate(Request::new(source, tag(from), tag(to))).await.unwrap();
                for mark in marks(source, &[], from, Numbers::Risky) {
                    let word = &source[mark.span];
                    assert!(translation.text.contains(word), "{word} in {source}: {}", translation.text);
                }
                same += usize::from(translation.text == target);
            }
            // The rest are rows of two sentences, which were recorded together, and those in which the engine lost something.
            assert!(same * 100 >= rows.len() * 75, "{from}-{to}: {same} of {} as recorded", rows.len());
        }
    }
}
