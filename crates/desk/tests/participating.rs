//! Several people in one case: to whom answers go, what those who aren't the customer get, who is away.

use crate::code;
use cases::{correspondence::Correspondence, incoming::Correspondent, sharing::Sharing};
use desk::{
    case_page::case_page,
    participants,
    replies::{self, Then, Words},
};
use kernel::CaseId;
use testkit::{World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const IVO: &str = "Ivo Novak <ivo@customer.example>";
const AURORA: &str = "help@aurora.example";

/// Eva's case, in which we answered and Ivo wrote, and in which Una was named.
async fn three(world: &World) -> CaseId {
    let mut mail = world.mail(EVA, AURORA, "Secret plans", "The kettle leaks.");
    let una = Correspondent { name: "Una".to_owned(), address: "una@customer.example".to_owned() };
    mail.incoming.cc.push(una);
    let case = world.receive(&mail).await;
    world.reply("tiago", case, "Please unplug it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let ours = world.post.taken().pop().unwrap().letter.message_id_text();
    let answer = world.mail(IVO, AURORA, "Fwd: the kettle", "I did.").answering(&ours);
    assert_eq!(world.receive(&answer).await, case);
    case
}

async fn answer(world: &World, case: CaseId, to: &str) -> Result<cases::letter::Letter, desk::Stop> {
    let words = Words { to: to.to_owned(), ..Words::from("Thank you.") };
    replies::send(&world.desk, &world.reach("tiago").await, case, words, Then::Wait).await?;
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    Ok(world.post.taken().pop().unwrap().letter)
}

#[test]
fn an_answer_goes_to_whoever_was_chosen_among_those_who_take_part() {
    on_both_engines(|world| async move {
        let case = three(&world).await;
        let page = case_page(&world.desk, &world.reach("tiago").await, case, None).await.unwrap();
        let all: Vec<&str> = page.outside.participants.iter().map(|one| one.address.as_str()).collect();
        assert_eq!(all, ["eva@customer.example", "ivo@customer.example", "una@customer.example"]);
        let to = |letter: &cases::letter::Letter| {
            let to = &letter.to[0];
            format!("{} <{}>", to.name, to.address)
        };
        assert_eq!(to(&answer(&world, case, "").await.unwrap()), EVA);
        assert_eq!(to(&answer(&world, case, "ivo@customer.example").await.unwrap()), IVO);
        assert_eq!(
            to(&answer(&world, case, "una@customer.example").await.unwrap()),
            " <una@customer.example>"
        );
        for stranger in ["mallory@evil.example", "help@aurora.example", "not an address"] {
            assert_eq!(code(answer(&world, case, stranger).await), "reply.not_a_participant", "{stranger}");
        }
        let (client, ivo) = (world.case(case).await.client, "ivo@customer.example".parse().unwrap());
        world.write(move |tx| people::tables::note_bounce(tx, client, &ivo, "Nobody there.")).await;
        assert_eq!(code(answer(&world, case, "ivo@customer.example").await), "reply.address_bounced");
        assert!(answer(&world, case, "").await.is_ok(), "what came back from Ivo says nothing about Eva");
    });
}

#[test]
fn a_letter_to_somebody_else_tells_nothing_of_what_others_wrote() {
    on_both_engines(|world| async move {
        let case = three(&world).await;
        let first = world.messages(case).await[0].clone();
        let letter = answer(&world, case, "ivo@customer.example").await.unwrap();
        assert_eq!(letter.subject, "Re: Fwd: the kettle", "the case's subject is Eva's");
        assert!(letter.quoted.is_none() && letter.cc.is_empty() && letter.attachments.is_empty());
        let evas = first.email_id.clone().unwrap();
        assert!(!letter.references.contains(&evas));
        let ivos = world.messages(case).await[2].email_id.clone();
        assert_eq!(letter.in_reply_to, ivos);
        let reach = world.reach("tiago").await;
        participants::share(&world.desk, &reach, case, Some(Sharing::Whole)).await.unwrap();
        let letter = answer(&world, case, "ivo@customer.example").await.unwrap();
        assert_eq!(letter.subject, "Re: Secret plans");
        assert!(letter.references.contains(&evas));
        let letter = answer(&world, case, "").await.unwrap();
        assert_eq!(letter.in_reply_to, Some(evas), "Eva's own mail is answered, not Ivo's");
        assert_eq!(
            code(participants::share(&world.desk, &world.reach("jun").await, case, None).await),
            "case.not_found"
        );
    });
}

#[test]
fn a_client_chooses_for_its_cases_and_a_case_for_itself() {
    on_both_engines(|world| async move {
        let case = three(&world).await;
        let owner = world.reach("olga").await;
        let client = world.case(case).await.client;
        let whole = Correspondence { sharing: Sharing::Whole, ..Correspondence::default() };
        let choose =
            desk::correspondence::choose(&world.desk, &world.reach("greta").await, client, whole).await;
        assert!(choose.is_err(), "for owners only");
        desk::correspondence::choose(&world.desk, &owner, client, whole).await.unwrap();
        let reach = world.reach("tiago").await;
        let seen = async || case_page(&world.desk, &reach, case, None).await.unwrap().outside.sharing();
        assert_eq!(seen().await, Sharing::Whole);
        participants::share(&world.desk, &reach, case, Some(Sharing::OwnWords)).await.unwrap();
        assert_eq!(seen().await, Sharing::OwnWords);
        participants::share(&world.desk, &reach, case, None).await.unwrap();
        assert_eq!(seen().await, Sharing::Whole);
        let never = Correspondence { reopens_for_days: 0, ..whole };
        desk::correspondence::choose(&world.desk, &owner, client, never).await.unwrap();
        desk::work::move_to(&world.desk, &reach, case, cases::State::Closed).await.unwrap();
        let evas = world.messages(case).await[0].email_id.clone().unwrap();
        let next =
            world.receive(&world.mail(EVA, AURORA, "Re: Secret plans", "Again.").answering(&evas)).await;
        assert_eq!(world.case(next).await.follows, Some(case), "this client reopens nothing");
        let beyond = Correspondence { reopens_for_days: 3_651, ..whole };
        let refused = desk::correspondence::choose(&world.desk, &owner, client, beyond).await;
        assert_eq!(code(refused), "client.not_so_many_days");
    });
}

#[test]
fn an_absence_notice_is_kept_with_its_day_and_substitute() {
    on_both_engines(|world| async move {
        let case = three(&world).await;
        let evas = world.messages(case).await[0].email_id.clone().unwrap();
        let words = "I am out of the office until 20 March 2026. In urgent cases please write to una@customer.example.";
        let mut notice = world.mail(EVA, AURORA, "Out of office", words).answering(&evas);
        notice.incoming.headers.push(("Auto-Submitted".to_owned(), "auto-replied; vacation".to_owned()));
        assert_eq!(world.receive(&notice.sifted()).await, case);
        let page = case_page(&world.desk, &world.reach("tiago").await, case, None).await.unwrap();
        let [absence] = page.outside.absences.as_slice() else { panic!("one notice") };
        assert_eq!(absence.on.as_deref(), Some("2026-03-20"));
        assert_eq!(absence.substitute.as_ref().unwrap().as_str(), "una@customer.example");
        assert_eq!(page.today, "2026-03-02");
        let away = cases::absences::away(&page.talk.messages, &page.outside.absences, &page.today);
        assert_eq!(away.len(), 1);
    });
}
