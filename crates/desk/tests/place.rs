//! A customer asks for somebody in their country, and is told where they are answered.

use crate::code;
use cases::place_requests::{AskedBy, PlaceRequest, PlaceState};
use desk::place;
use engagements::terms::{Disclosure, Terms};
use kernel::{CaseId, Country};
use people::{Site, tables as people_tables};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const BASE: &str = "https://desk.aurora.example";

async fn requests(world: &World, case: CaseId) -> Vec<PlaceRequest> {
    world.read(move |tx| cases::tables::place_requests(tx, case)).await
}

fn country(letters: &str) -> Country {
    letters.parse().unwrap()
}

/// Somebody works in a city of a country.
async fn works_in(world: &World, who: &str, city: &str, country: &str) {
    let (person, now) = (world.person(who), world.desk.clock.now());
    let site = Site { country: country.to_owned(), city: city.to_owned(), zone: "Europe/Berlin".to_owned() };
    world.write(move |tx| people_tables::set_site(tx, person, &site, None, now)).await;
}

#[test]
fn a_wish_in_a_mail_is_kept_once_and_honoured_by_whoever_works_there() {
    on_both_engines(|world| async move {
        works_in(&world, "tiago", "Lisbon", "PT").await;
        works_in(&world, "carla", "Berlin", "DE").await;
        let text = "Guten Tag, ich möchte bitte mit jemandem in Deutschland sprechen. Danke!";
        let case = world.receive(&world.mail("eva@kunden.example", AURORA, "Rechnung", text)).await;
        let asked = requests(&world, case).await;
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].how, asked[0].country), (AskedBy::Words, Some(country("DE"))));
        assert_eq!(asked[0].words, "möchte bitte mit jemandem in Deutschland");
        world.receive(&world.mail("eva@kunden.example", AURORA, "Re: Rechnung", text)).await;
        assert_eq!(requests(&world, case).await.len(), 1, "asking again changes nothing");

        world.reply("tiago", case, "Gern, ich gebe es weiter.").await.unwrap();
        assert_eq!(requests(&world, case).await[0].state, PlaceState::Asked, "Lisbon isn't in Germany");
        world.reply("carla", case, "Hier ist Berlin.").await.unwrap();
        let honoured = requests(&world, case).await.remove(0);
        assert_eq!((honoured.state, honoured.person), (PlaceState::Honoured, Some(world.person("carla"))));
    });
}

#[test]
fn automatic_mails_wish_for_nothing() {
    on_both_engines(|world| async move {
        let text = "Ich bin nicht im Büro. Möchten Sie mit jemandem in Deutschland sprechen, rufen Sie an.";
        let mail = world.mail("eva@kunden.example", AURORA, "Abwesenheit", text).automatic();
        let case = world.receive(&mail).await;
        assert_eq!(requests(&world, case).await, []);
    });
}

#[test]
fn a_wish_can_be_entered_named_and_declined_with_a_reason() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reach = world.reach("tiago").await;
        let nothing = place::decline(&world.desk, &reach, case, "No.").await;
        assert_eq!(code(nothing), "case.already_so");
        place::enter(&world.desk, &reach, case, country("SI")).await.unwrap();
        place::enter(&world.desk, &reach, case, country("AT")).await.unwrap();
        let asked = requests(&world, case).await;
        assert_eq!((asked.len(), asked[0].how, asked[0].country), (1, AskedBy::Hand, Some(country("AT"))));
        assert_eq!(code(place::decline(&world.desk, &reach, case, "  ").await), "case.reason_missing");
        assert_eq!(
            code(place::decline(&world.desk, &reach, case, &"x".repeat(2_001)).await),
            "message.too_long"
        );
        place::decline(&world.desk, &reach, case, "Nobody of ours works there.").await.unwrap();
        let declined = requests(&world, case).await.remove(0);
        assert_eq!(
            (declined.state, declined.because.as_str()),
            (PlaceState::Declined, "Nobody of ours works there.")
        );
        place::enter(&world.desk, &reach, case, country("AT")).await.unwrap();
        assert_eq!(requests(&world, case).await.len(), 2, "they may ask again");
    });
}

#[test]
fn the_page_of_a_reply_has_a_button_and_the_letter_says_where_it_was_written() {
    on_both_engines(|mut world| async move {
        world.desk = world.desk.clone().reached_at(Some(BASE.to_owned()));
        works_in(&world, "tiago", "Lisbon", "PT").await;
        let case = world.case_from_mail(AURORA).await;
        world.reply("tiago", case, "Please descale it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let letter = world.post.taken().pop().unwrap().letter;
        assert_eq!(letter.written_in, None, "nothing was agreed on being told");
        let url = letter.page.unwrap().url;
        let token = url.strip_prefix(&format!("{BASE}/replies/")).unwrap();
        assert_eq!(code(place::pressed(&world.desk, "nonsense").await), "case.not_found");
        place::pressed(&world.desk, token).await.unwrap();
        place::pressed(&world.desk, token).await.unwrap();
        let asked = requests(&world, case).await;
        assert_eq!((asked.len(), asked[0].how, asked[0].country), (1, AskedBy::Button, None));

        let engagement = world.case(case).await.engagement;
        let terms = Terms { disclosure: Disclosure::City, ..Terms::default() };
        world.agree(engagement, terms).await;
        world.reply("tiago", case, "Did it help?").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let letter = world.post.taken().pop().unwrap().letter;
        assert_eq!(letter.written_in.as_deref(), Some("This answer was written in: Lisbon, Portugal"));
    });
}
