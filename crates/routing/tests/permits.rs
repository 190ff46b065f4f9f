//! Permits: which one holds, why none does, and which replies are looked at.

use kernel::{Id, Instant, MessageId, PersonId};
use routing::permits::{self, Ended, Permit, Right, Sits, Stage, looked_at, right};
use store::fresh;

const TODAY: &str = "2026-11-23";

struct House {
    person: PersonId,
    other: PersonId,
    permits: Vec<Permit>,
}

impl House {
    fn empty() -> Self {
        Self { person: fresh(), other: fresh(), permits: Vec::new() }
    }

    fn with(
        mut self,
        person: PersonId,
        intent: &str,
        stage: Stage,
        until: Option<&str>,
        ended: &str,
    ) -> Self {
        let granted_at = Instant::from_micros(self.permits.len() as i64);
        let ended = Some(ended).filter(|because| !because.is_empty()).map(|because| Ended {
            at: granted_at,
            by: None,
            because: because.to_owned(),
        });
        self.permits.push(Permit {
            id: fresh(),
            person,
            client: fresh(),
            intent: intent.to_owned(),
            stage,
            evidence: "a test".to_owned(),
            granted_by: None,
            granted_at,
            until_on: until.map(str::to_owned),
            ended,
        });
        self
    }

    #[track_caller]
    fn check(&self, intent: &str, expected: Result<Stage, &str>) {
        let found = right(&self.permits, self.person, Sits::InTeam, intent, TODAY);
        let found = found.map(|right| right.stage());
        assert_eq!(
            found.as_ref().map_err(|because| because.code.as_str()),
            expected.as_ref().map_err(|code| *code)
        );
    }
}

#[test]
fn a_seat_is_a_permit_only_while_the_client_has_granted_none() {
    let house = House::empty();
    let (person, other) = (house.person, house.other);
    house.check("returns", Ok(Stage::Free));
    let house = house.with(other, "", Stage::Free, None, "");
    house.check("returns", Err("permits.none"));
    assert_eq!(right(&house.permits, person, Sits::AtClient, "returns", TODAY), Ok(Right::Own));
    let ended_only = House { person, other, permits: Vec::new() }.with(other, "", Stage::Free, None, "left");
    ended_only.check("", Err("permits.none"));
}

#[test]
fn the_permit_for_an_intent_goes_before_the_one_for_all() {
    let house = House::empty();
    let person = house.person;
    let house = house.with(person, "", Stage::Free, None, "");
    house.check("refunds", Ok(Stage::Free));
    let house = house.with(person, "refunds", Stage::EveryReply, None, "");
    house.check("refunds", Ok(Stage::EveryReply));
    house.check("returns", Ok(Stage::Free));
    house.check("", Ok(Stage::Free));
    let only_one = House { permits: house.permits[1..].to_vec(), ..house };
    only_one.check("returns", Err("permits.none"));
    only_one.check("", Err("permits.none"));
}

#[test]
fn permits_end_by_their_day_and_by_people() {
    let until = |until: &str, ended: &str| {
        let house = House::empty();
        let person = house.person;
        house.with(person, "", Stage::Sample, Some(until), ended)
    };
    until("2026-11-23", "").check("", Ok(Stage::Sample));
    until("2026-11-22", "").check("", Err("permits.expired"));
    until("2027-11-22", "The playbook changed").check("", Err("permits.ended"));
    let soon = |day: &str| until(day, "").permits[0].ends_soon(TODAY);
    assert_eq!(
        ["2026-11-22", "2026-11-23", "2026-12-22", "2026-12-23"].map(soon),
        [false, true, true, false]
    );
}

#[test]
fn a_sample_is_drawn_by_the_message_and_as_large_as_agreed() {
    let ids: Vec<MessageId> = (0..20_000).map(|_| fresh()).collect();
    for percent in [0u8, 1, 25, 60, 100] {
        let drawn = |id: &&MessageId| looked_at(Stage::Sample, percent, **id).is_some();
        let many = ids.iter().filter(drawn).count();
        let expected = usize::from(percent) * 200;
        assert!(many.abs_diff(expected) <= 350, "{percent} of 100: {many}");
        assert_eq!(many, ids.iter().filter(drawn).count(), "asked again, the same are drawn");
    }
    let one = ids[0];
    assert_eq!(looked_at(Stage::Free, 100, one), None);
    assert_eq!(looked_at(Stage::EveryReply, 0, one).unwrap().code, "permits.every_reply");
    assert!(one.uuid().get_version_num() == 7);
}

#[test]
fn what_is_typed_is_kept_in_one_way() {
    assert_eq!(permits::name("  Warranty   Returns "), Ok("warranty returns".to_owned()));
    assert!(permits::name(&"x".repeat(61)).is_err());
    assert_eq!(permits::until("", TODAY), Ok(None));
    assert_eq!(permits::until(" 2026-11-23 ", TODAY), Ok(Some("2026-11-23".to_owned())));
    for wrong in ["2026-11-22", "next week", "2026-02-30"] {
        assert!(permits::until(wrong, TODAY).is_err(), "{wrong}");
    }
    assert!(permits::words(" ").is_err() && permits::words(&"x".repeat(501)).is_err());
}
