//! Replying: what leaves, how it ended, and taking it back in time.

use crate::code;
use cases::{Delivery, DraftKind, LastWord, MessageKind, State, letter::Enclosure, tables as case_tables};
use desk::{
    dispatch::{self, Ended, Receipt, Taken},
    enclosures,
    replies::{self, Then, Words},
};
use kernel::{CaseId, MessageId};
use testkit::{Fate, World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const AURORA: &str = "help@aurora.example";

async fn delivery(world: &World, case: CaseId, reply: MessageId) -> (Delivery, String) {
    let message = world.messages(case).await.into_iter().find(|message| message.id == reply).unwrap();
    (message.delivery, message.delivery_note)
}

async fn draft(world: &World, who: &str, case: CaseId) -> Option<String> {
    let person = world.person(who);
    let find = move |tx: &mut store::Tx<'_>| case_tables::draft(tx, case, person, DraftKind::Reply);
    world.read(find).await.map(|draft| draft.text)
}

/// Lets undo windows end and sends what is due.
async fn send(world: &World) {
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
}

#[test]
fn a_reply_waits_then_leaves_in_the_customers_thread() {
    on_both_engines(|world| async move {
        let first = world.mail(EVA, AURORA, "Kettle", "It leaks.").referring_to("older@customer.example");
        let case = world.receive(&first).await;
        let reply = world.reply("tiago", case, "**Unplug** it.").await.unwrap();
        let now = world.case(case).await;
        assert_eq!((now.state, now.last_word), (State::Waiting, LastWord::Us));
        assert_eq!(now.assignee, Some(world.person("tiago")), "whoever answers takes it");
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Waiting);
        assert_eq!(world.run_jobs().await, 0, "the undo window is open");
        send(&world).await;
        let sent = world.post.taken().remove(0);
        let letter = &sent.letter;
        assert_eq!(letter.message_id_text(), format!("{reply}@aurora.example"));
        assert_eq!(letter.in_reply_to.as_deref(), Some(first.id()));
        assert_eq!(letter.references, ["older@customer.example", first.id()]);
        assert_eq!(letter.subject, "Re: Kettle");
        assert_eq!(letter.from.name, "Tiago Rocha (Aurora)");
        assert_eq!((letter.from.address.as_str(), sent.from.as_str()), (AURORA, AURORA));
        assert_eq!(sent.to[0].as_str(), "eva@customer.example");
        assert_eq!(letter.to[0].name, "Eva Novak");
        assert_eq!(letter.markdown, "**Unplug** it.");
        let signed = letter.reply_to.clone().unwrap();
        assert!(signed.starts_with(&format!("help+{}.", now.reference.to_lowercase())), "{signed}");
        assert_eq!(delivery(&world, case, reply).await, (Delivery::Sent, String::new()));
        world.later(desk::UNDO_FOR);
        assert_eq!(world.run_jobs().await, 0);
        assert!(world.post.taken().is_empty(), "it leaves once");
    });
}

#[test]
fn the_next_reply_stands_below_all_that_was_said() {
    on_both_engines(|world| async move {
        let first = world.mail(EVA, AURORA, "Kettle", "It leaks.");
        let case = world.receive(&first).await;
        let one = world.reply("tiago", case, "Unplug it.").await.unwrap();
        send(&world).await;
        let ours = format!("{one}@aurora.example");
        let second = world.mail(EVA, AURORA, "Re: Kettle", "I did.").answering(&ours);
        world.receive(&second).await;
        world.note("ines", case, "She did.").await.unwrap();
        world.reply("tiago", case, "Thank you.").await.unwrap();
        send(&world).await;
        let letter = world.post.taken().pop().unwrap().letter;
        assert_eq!(letter.in_reply_to.as_deref(), Some(second.id()));
        assert_eq!(letter.references, [first.id(), ours.as_str(), second.id()]);
        let reply_after_reply = world.reply("tiago", case, "One more thing.").await.unwrap();
        send(&world).await;
        let letter = world.post.taken().pop().unwrap().letter;
        assert_eq!(letter.message_id, reply_after_reply);
        assert_eq!(letter.in_reply_to.as_deref(), Some(second.id()), "it answers the customer");
        assert_eq!(letter.references.last().map(String::as_str), Some(second.id()));
        assert_eq!(letter.references.len(), 4);
    });
}

#[test]
fn a_server_that_says_later_is_asked_again_and_one_that_says_never_is_not() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        world.post.decide(Fate::Later("The server is busy.".to_owned()));
        send(&world).await;
        let busy = (Delivery::Retrying, "The server is busy.".to_owned());
        assert_eq!(delivery(&world, case, reply).await, busy);
        assert_eq!(world.run_jobs().await, 0, "not at once");
        world.post.decide(Fate::Never("There is no such mailbox.".to_owned()));
        world.later(std::time::Duration::from_secs(60));
        world.run_jobs().await;
        let never = (Delivery::Failed, "There is no such mailbox.".to_owned());
        assert_eq!(delivery(&world, case, reply).await, never);
        world.later(std::time::Duration::from_secs(7 * 24 * 60 * 60));
        assert_eq!(world.run_jobs().await, 0, "it waits for a person");
        let reach = world.reach("tiago").await;
        world.post.decide(Fate::Taken);
        replies::try_again(&world.desk, &reach, case, reply).await.unwrap();
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await, (Delivery::Sent, String::new()));
        assert_eq!(world.post.taken()[0].letter.message_id, reply, "the same letter");
        let again = replies::try_again(&world.desk, &reach, case, reply).await;
        assert_eq!(code(again), "reply.nothing_to_retry");
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        for kind in ["reply.written", "reply.delayed", "reply.failed", "reply.tried_again", "reply.sent"] {
            assert!(kinds.contains(&kind), "{kind} is missing from {kinds:?}");
        }
    });
}

/// A sender that crashed after taking a reply takes it again and gets the same letter.
#[test]
fn taking_a_reply_twice_gives_the_same_letter() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        let take = async |reply| match dispatch::take(&world.desk, reply).await.unwrap() {
            Taken::Letter(outgoing, _) => Some(outgoing.letter),
            _ => None,
        };
        let first = take(reply).await.unwrap();
        world.later(desk::UNDO_FOR);
        let second = take(reply).await.unwrap();
        assert_eq!(first, second);
        dispatch::ended(&world.desk, reply, &Ended::Sent(Receipt::default())).await.unwrap();
        assert!(take(reply).await.is_none(), "it has left");
        let fresh = store::fresh();
        assert!(take(fresh).await.is_none(), "it never was");
    });
}

#[test]
fn a_reply_can_be_taken_back_until_it_leaves() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let before = world.case(case).await;
        world.draft("tiago", case, "Unplug").await.unwrap();
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        assert_eq!(draft(&world, "tiago", case).await, None, "what is sent is no draft");
        let reach = world.reach("tiago").await;
        replies::withdraw(&world.desk, &reach, case, reply).await.unwrap();
        assert_eq!(draft(&world, "tiago", case).await.as_deref(), Some("Unplug it."));
        let after = world.case(case).await;
        assert_eq!((after.state, after.last_word), (State::Open, LastWord::Customer));
        assert_eq!(world.messages(case).await.len(), 1);
        assert_eq!(world.list("tiago", cases::View::Open).await[0].messages, 1);
        assert_eq!(world.list("tiago", cases::View::Open).await[0].subject, before.subject);
        send(&world).await;
        assert!(world.post.taken().is_empty());
        assert!(world.read(|tx| jobs::list(tx, 10)).await.is_empty(), "its job has ended");
        let second = world.reply("tiago", case, "Unplug it now.").await.unwrap();
        send(&world).await;
        let late = replies::withdraw(&world.desk, &reach, case, second).await;
        assert_eq!(code(late), "reply.too_late_to_undo");
        assert_eq!(world.post.taken().len(), 1);
    });
}

#[test]
fn a_reply_that_is_taken_back_leaves_what_was_typed_since() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reply = world.reply("tiago", case, "First.").await.unwrap();
        world.draft("tiago", case, "Second.").await.unwrap();
        let reach = world.reach("tiago").await;
        replies::withdraw(&world.desk, &reach, case, reply).await.unwrap();
        assert_eq!(draft(&world, "tiago", case).await.as_deref(), Some("First.\n\nSecond."));
    });
}

#[test]
fn a_case_goes_back_to_where_its_remaining_messages_leave_it() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let first = world.reply("tiago", case, "First.").await.unwrap();
        send(&world).await;
        let ours = format!("{first}@aurora.example");
        world.receive(&world.mail(EVA, AURORA, "Away", "I am away.").answering(&ours).automatic()).await;
        world.note("ines", case, "Let us wait.").await.unwrap();
        let reach = world.reach("tiago").await;
        let second = replies::send(&world.desk, &reach, case, "Bye.".into(), Then::Close).await.unwrap();
        assert_eq!(world.case(case).await.state, State::Closed);
        replies::withdraw(&world.desk, &reach, case, second).await.unwrap();
        let after = world.case(case).await;
        assert_eq!((after.state, after.last_word, after.closed_at), (State::Waiting, LastWord::Us, None));
    });
}

#[test]
fn what_can_not_be_sent_is_refused_with_its_reason() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reach = world.reach("tiago").await;
        let check = async |text: &str, expected: &str| {
            assert_eq!(
                code(replies::send(&world.desk, &reach, case, text.into(), Then::Wait).await),
                expected
            );
            assert_eq!(code(replies::note(&world.desk, &reach, case, text).await), expected);
        };
        check(" \n\t ", "message.empty").await;
        check(&"ł".repeat(100_001), "message.too_long").await;
        let draft =
            replies::save_draft(&world.desk, &reach, case, DraftKind::Note, &"ł".repeat(100_001)).await;
        assert_eq!(code(draft), "message.too_long");
        assert_eq!(world.messages(case).await.len(), 1);
        check(&"ł".repeat(100_000), "ok").await;
    });
}

#[test]
fn a_note_moves_nothing() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let before = world.case(case).await;
        world.note("ines", case, "She called twice.").await.unwrap();
        assert_eq!(world.case(case).await, before);
        send(&world).await;
        assert!(world.post.taken().is_empty(), "a note never leaves");
        let note = world.messages(case).await.pop().unwrap();
        assert_eq!((note.kind, note.delivery), (MessageKind::Note, Delivery::None));
    });
}

fn manual() -> Enclosure {
    Enclosure {
        name: "Handbuch für Lampen.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        content: vec![7; 70_000],
    }
}

#[test]
fn a_file_goes_with_its_reply_and_stands_in_the_case() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let tiago = world.reach("tiago").await;
        let words =
            || Words { text: "Here it is.".to_owned(), files: vec![manual().into()], ..Words::default() };
        let send_it = async || replies::send(&world.desk, &tiago, case, words(), Then::Wait).await.unwrap();
        let files = async || {
            let page = desk::case_page::case_page(&world.desk, &tiago, case, None).await.unwrap();
            page.talk.files.into_iter().map(|file| (file.message, file.name, file.size)).collect::<Vec<_>>()
        };
        let withdrawn = send_it().await;
        assert_eq!(files().await, [(withdrawn, manual().name, 70_000)]);
        replies::withdraw(&world.desk, &tiago, case, withdrawn).await.unwrap();
        assert_eq!(files().await, [], "what is taken back takes its files along");
        let reply = send_it().await;
        send(&world).await;
        let sent = world.post.taken().remove(0);
        assert_eq!(sent.letter.attachments, [manual()]);
        assert_eq!(files().await, [(reply, manual().name, 70_000)]);
    });
}

#[test]
fn files_that_no_mail_server_takes_are_refused_before_anything_is_written() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let half = Enclosure { content: vec![0; enclosures::MOST_BYTES / 2 + 1], ..manual() };
        let words = Words {
            text: "Two films.".to_owned(),
            files: vec![half.clone().into(), half.into()],
            ..Words::default()
        };
        let refused = replies::send(&world.desk, &world.reach("tiago").await, case, words, Then::Wait).await;
        assert_eq!(code(refused), "reply.files_too_large");
        assert_eq!(world.messages(case).await.len(), 1);
    });
}
