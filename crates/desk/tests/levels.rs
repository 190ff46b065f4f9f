//! How well somebody knows a language: what counts, who may say it, and that the history stays.

use crate::code;
use desk::levels;
use kernel::{LanguageTag, Stop};
use people::{Evidence, Level, Spoken, Standing};
use testkit::{World, on_both_engines};

fn polish(writing: Level, evidence: Evidence) -> Spoken {
    let polish: LanguageTag = "pl".parse().unwrap();
    let named = Spoken::named(polish, "2026-05-03".to_owned());
    Spoken { reading: writing, writing, evidence, ..named }
}

async fn enter(world: &World, by: &str, whose: &str, spoken: Spoken) -> Result<(), Stop> {
    levels::enter(&world.desk, &world.reach(by).await, world.person(whose), spoken).await
}

#[test]
fn the_latest_entry_of_a_language_counts_and_the_others_stay() {
    on_both_engines(|world| async move {
        enter(&world, "carla", "carla", polish(Level::C1, Evidence::OwnWord)).await.unwrap();
        let by_herself = enter(&world, "carla", "carla", polish(Level::C1, Evidence::Test)).await;
        assert_eq!(code(by_herself), "level.evidence_not_by_oneself");
        let by_another = enter(&world, "ines", "carla", polish(Level::C1, Evidence::Lead)).await;
        assert_eq!(code(by_another), "person.not_found");
        world.later(std::time::Duration::from_secs(60));
        let tested = Spoken { until_on: Some("2099-01-01".to_owned()), ..polish(Level::C1, Evidence::Test) };
        enter(&world, "olga", "carla", tested.clone()).await.unwrap();
        let word = enter(&world, "carla", "carla", polish(Level::Native, Evidence::OwnWord)).await;
        assert_eq!(code(word), "level.evidence_is_better");
        let never = Spoken { dated_on: "yesterday".to_owned(), ..tested };
        assert_eq!(code(enter(&world, "olga", "carla", never).await), "level.not_a_day");

        let found =
            levels::of(&world.desk, &world.reach("carla").await, world.person("carla")).await.unwrap();
        let history: Vec<Evidence> = found.entries.iter().map(|entry| entry.spoken.evidence).collect();
        assert_eq!(history, [Evidence::Test, Evidence::OwnWord]);
        assert_eq!(found.languages.len(), 1);
        assert_eq!(found.languages[0].standing("2026-11-23"), Standing::Bilingual);
        assert_eq!(found.names.len(), 2, "both who entered them are named");
        let stranger = levels::of(&world.desk, &world.reach("ines").await, world.person("carla")).await;
        assert_eq!(code(stranger), "person.not_found");
    });
}
