//! Signing in: first run, invitations, passwords, sessions, and their ends.

use crate::code;
use desk::{
    Desk,
    accounts::{self, Admission, Invited, Place},
    set_up::{self, FirstRun},
    sign_in,
};
use kernel::{Owner, PersonId, Role, Stop};
use people::Secret;
use std::time::Duration;
use store::Clock;
use testkit::{PASSWORD, World, morning, on_both_engines, on_both_stores};

const NEW: &str = "four words of mine";

fn filled(name: &str, password: &str, client: Option<(&str, &str)>) -> FirstRun {
    FirstRun {
        name: name.to_owned(),
        email: "olga@people.example".to_owned(),
        password: password.to_owned(),
        client: client.map(|(name, address)| (name.to_owned(), address.to_owned())),
    }
}

#[test]
fn the_first_visitor_becomes_the_owner_and_the_second_does_not() {
    on_both_stores(|place| async move {
        let clock = Clock::fixed(morning());
        let desk = Desk::open(place.store, place.blobs, place.vault, clock, desk::UNDO_FOR).await.unwrap();
        assert!(set_up::is_first_run(&desk).await.unwrap());
        let check = async |filled: FirstRun, expected: &str| {
            assert_eq!(code(set_up::first_run(&desk, filled).await), expected);
        };
        check(filled(" ", NEW, None), "person.name_missing").await;
        check(filled("Olga", "short", None), "person.weak_password").await;
        check(filled("Olga", NEW, Some(("Aurora", "nowhere"))), "mailbox.not_an_address").await;
        assert!(set_up::is_first_run(&desk).await.unwrap());
        check(filled("Olga", NEW, Some(("Aurora", "help@aurora.example"))), "ok").await;
        assert!(!set_up::is_first_run(&desk).await.unwrap());
        check(filled("Mallory", NEW, None), "installation.already_set_up").await;
        let token = sign_in::sign_in(&desk, "olga@people.example", NEW, "a test").await.unwrap();
        let olga = sign_in::who(&desk, &token).await.unwrap().unwrap();
        assert!(olga.reach.owns_installation());
        assert_eq!(olga.reach.clients().len(), 1, "she is the support owner of the client that she named");
        let address = "help@aurora.example".parse().unwrap();
        assert!(desk::intake::serves(&desk, &address).await.unwrap());
    });
}

/// Two visitors who press the button at the same moment.
#[test]
fn two_first_visitors_make_one_owner() {
    on_both_stores(|place| async move {
        let clock = Clock::fixed(morning());
        let desk = Desk::open(place.store, place.blobs, place.vault, clock, desk::UNDO_FOR).await.unwrap();
        let visit = async |name: &str, email: &str| {
            let first = FirstRun { email: email.to_owned(), ..filled(name, NEW, None) };
            code(set_up::first_run(&desk, first).await)
        };
        let (one, two) =
            tokio::join!(visit("Olga", "olga@people.example"), visit("Ivo", "ivo@people.example"));
        let mut codes = [one, two];
        codes.sort_unstable();
        assert_eq!(codes, ["installation.already_set_up", "ok"]);
    });
}

async fn sign_in(world: &World, email: &str, password: &str) -> Result<Secret, Stop> {
    sign_in::sign_in(&world.desk, email, password, "a test").await
}

#[test]
fn only_the_right_password_opens_a_session() {
    on_both_engines(|world| async move {
        let check = async |email: &str, password: &str, expected: &str| {
            assert_eq!(code(sign_in(&world, email, password).await), expected, "{email} {password}");
        };
        check("tiago@people.example", PASSWORD, "ok").await;
        check(" TIAGO@people.example ", PASSWORD, "ok").await;
        check("tiago@people.example", NEW, "person.wrong_password").await;
        check("tiago@people.example", "", "person.wrong_password").await;
        check("nobody@people.example", PASSWORD, "person.wrong_password").await;
        check("no address", PASSWORD, "person.wrong_password").await;
        let nobody = sign_in::who(&world.desk, &Secret::presented("made up")).await.unwrap();
        assert!(nobody.is_none());
    });
}

#[test]
fn a_session_ends_by_itself_by_signing_out_and_everywhere() {
    on_both_engines(|world| async move {
        let is_open = async |token: &Secret| sign_in::who(&world.desk, token).await.unwrap().is_some();
        let (one, two) = (world.session("tiago").await, world.session("tiago").await);
        let others = world.session("ines").await;
        let signed_in = sign_in::who(&world.desk, &one).await.unwrap().unwrap();
        sign_in::sign_out(&world.desk, &signed_in).await.unwrap();
        assert_eq!((is_open(&one).await, is_open(&two).await), (false, true));
        assert_eq!(sign_in::sign_out_everywhere(&world.desk, world.person("tiago")).await.unwrap(), 1);
        assert_eq!((is_open(&two).await, is_open(&others).await), (false, true));
        world.later(sign_in::SESSION_FOR);
        assert!(!is_open(&others).await);
    });
}

#[test]
fn a_session_notes_when_it_was_last_used() {
    on_both_engines(|world| async move {
        let token = world.session("tiago").await;
        world.later(Duration::from_secs(3600));
        sign_in::who(&world.desk, &token).await.unwrap();
        let sessions = accounts::sessions(&world.desk, world.person("tiago")).await.unwrap();
        assert_eq!(sessions[0].seen_at, world.clock.now());
        assert_eq!(sessions[0].device, "a test");
    });
}

async fn invite(world: &World, who: &str, email: &str) -> Result<(PersonId, Secret), Stop> {
    let invited = Invited {
        name: "Rui Melo".to_owned(),
        email: email.to_owned(),
        languages: vec!["pt".parse().unwrap()],
        seat: Some((Role::Representative, Place::Team(world.lisbon))),
        owner: Owner::No,
    };
    accounts::invite(&world.desk, &world.reach(who).await, invited).await
}

#[test]
fn an_invitation_is_used_once() {
    on_both_engines(|world| async move {
        assert_eq!(code(invite(&world, "ines", "rui@people.example").await), "person.not_found");
        let (person, secret) = invite(&world, "olga", "rui@people.example").await.unwrap();
        assert_eq!(code(invite(&world, "olga", "RUI@people.example").await), "person.address_taken");
        assert_eq!(code(invite(&world, "olga", "rui").await), "mailbox.not_an_address");
        assert_eq!(code(sign_in(&world, "rui@people.example", NEW).await), "person.wrong_password");
        let desk = &world.desk;
        assert_eq!(accounts::whose_invitation(desk, &secret).await.unwrap().name, "Rui Melo");
        let weak = accounts::accept_invitation(desk, &secret, "Rui", "short").await;
        assert_eq!(code(weak), "person.weak_password");
        assert_eq!(accounts::accept_invitation(desk, &secret, "Rui", NEW).await.unwrap(), person);
        let again = accounts::accept_invitation(desk, &secret, "Mallory", NEW).await;
        assert_eq!(code(again), "person.invitation_over");
        assert_eq!(code(accounts::whose_invitation(desk, &secret).await), "person.invitation_over");
        let token = sign_in(&world, "rui@people.example", NEW).await.unwrap();
        let rui = sign_in::who(desk, &token).await.unwrap().unwrap();
        assert_eq!((rui.person.name.as_str(), rui.reach.clients()), ("Rui", vec![world.aurora.client.id]));
    });
}

#[test]
fn a_new_invitation_ends_the_old_one_and_each_ends_by_itself() {
    on_both_engines(|world| async move {
        let (person, first) = invite(&world, "olga", "rui@people.example").await.unwrap();
        world.later(Duration::from_secs(1));
        let olga = world.reach("olga").await;
        let second = accounts::invite_again(&world.desk, &olga, person).await.unwrap();
        assert_eq!(code(accounts::whose_invitation(&world.desk, &first).await), "person.invitation_over");
        assert_eq!(code(accounts::whose_invitation(&world.desk, &second).await), "ok");
        world.later(accounts::INVITED_FOR);
        assert_eq!(code(accounts::whose_invitation(&world.desk, &second).await), "person.invitation_over");
    });
}

#[test]
fn a_changed_password_ends_the_other_sessions() {
    on_both_engines(|world| async move {
        let (here, there) = (world.session("tiago").await, world.session("tiago").await);
        let signed_in = sign_in::who(&world.desk, &here).await.unwrap().unwrap();
        let change = async |old: &str, new: &str| {
            code(accounts::change_password(&world.desk, &signed_in, old, new).await)
        };
        assert_eq!(change(NEW, NEW).await, "person.wrong_password");
        assert_eq!(change(PASSWORD, "short").await, "person.weak_password");
        assert_eq!(change(PASSWORD, NEW).await, "ok");
        assert!(sign_in::who(&world.desk, &here).await.unwrap().is_some());
        assert!(sign_in::who(&world.desk, &there).await.unwrap().is_none());
        assert_eq!(code(sign_in(&world, "tiago@people.example", PASSWORD).await), "person.wrong_password");
        assert_eq!(code(sign_in(&world, "tiago@people.example", NEW).await), "ok");
    });
}

#[test]
fn who_is_disabled_is_out_at_once() {
    on_both_engines(|world| async move {
        let token = world.session("tiago").await;
        let (olga, tiago) = (world.reach("olga").await, world.person("tiago"));
        let ines = world.reach("ines").await;
        let admit = async |reach, person, admission| {
            code(accounts::admit(&world.desk, reach, person, admission).await)
        };
        assert_eq!(admit(&ines, tiago, Admission::Disabled).await, "person.not_found");
        assert_eq!(admit(&olga, tiago, Admission::Disabled).await, "ok");
        assert!(sign_in::who(&world.desk, &token).await.unwrap().is_none());
        assert_eq!(code(sign_in(&world, "tiago@people.example", PASSWORD).await), "person.wrong_password");
        assert_eq!(admit(&olga, tiago, Admission::Enabled).await, "ok");
        assert!(sign_in::who(&world.desk, &token).await.unwrap().is_none(), "an ended session stays ended");
        assert_eq!(code(sign_in(&world, "tiago@people.example", PASSWORD).await), "ok");
        assert_eq!(admit(&olga, world.person("olga"), Admission::Disabled).await, "person.last_owner");
    });
}

#[test]
fn a_role_opens_and_closes_doors_at_once() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let (olga, jun) = (world.reach("olga").await, world.person("jun"));
        let seat = async |role, place| code(accounts::seat(&world.desk, &olga, jun, role, place).await);
        let lisbon = Place::Team(world.lisbon);
        assert_eq!(seat(Role::SupportOwner, lisbon).await, "seat.without_place");
        let aurora = Place::Client(world.aurora.client.id);
        assert_eq!(seat(Role::TeamLead, aurora).await, "seat.without_place");
        assert_eq!(seat(Role::TeamLead, lisbon).await, "ok");
        assert_eq!(seat(Role::TeamLead, lisbon).await, "ok", "twice is once");
        let token = world.session("jun").await;
        let signed_in = sign_in::who(&world.desk, &token).await.unwrap().unwrap();
        let held: Vec<_> = signed_in.seats.iter().filter(|seat| seat.team == Some(world.lisbon)).collect();
        assert_eq!(held.len(), 1);
        assert!(signed_in.reach.leads(world.case(case).await.engagement));
        let ines = world.person("ines");
        let foreign = accounts::unseat(&world.desk, &olga, ines, held[0].id).await;
        assert_eq!(code(foreign), "person.not_found", "it isn't her role");
        accounts::unseat(&world.desk, &olga, jun, held[0].id).await.unwrap();
        let reach = sign_in::who(&world.desk, &token).await.unwrap().unwrap().reach;
        assert!(!reach.sees(world.aurora.partner, None));
    });
}
