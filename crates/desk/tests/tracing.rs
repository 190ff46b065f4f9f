//! Tracing: why a mail is where it is, told from what is stored.

use crate::code;
use desk::trace::{Found, trace};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn found(world: &World, asked: &str) -> Found {
    trace(&world.desk.store, &world.desk.blobs, asked).await.unwrap()
}

#[test]
fn a_case_tells_how_each_of_its_mails_came_and_went() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        world.note("tiago", case, "Eva called, too.").await.unwrap();
        let reply = world.reply("tiago", case, "Please unplug it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let ours = world.post.taken().pop().unwrap().letter.message_id_text();
        let away = world.mail("Eva Novak <eva@customer.example>", AURORA, "Away", "I am away.");
        world.receive(&away.answering(&ours).automatic().with_problem("A line was broken.")).await;
        let reference = world.case(case).await.reference;
        let shown = cases::shown_reference(&reference);
        for asked in [reference.clone(), shown.clone(), shown.to_lowercase(), format!("[#{shown}]")] {
            let told = found(&world, &asked).await;
            assert_eq!((told.cases.len(), told.aside.len()), (1, 0), "{asked}");
            assert_eq!(told.cases[0].case.id, case, "{asked}");
        }
        let told = found(&world, &shown).await.cases.remove(0);
        assert_eq!(told.client, world.aurora.client.name);
        assert_eq!(told.mails.len(), 3, "a note is no mail");
        let came = told.mails[0].came.as_ref().unwrap();
        assert_eq!((came.peer.as_str(), came.recipient.as_str()), ("192.0.2.1", AURORA));
        assert_eq!(told.mails[0].leads_to.as_ref().unwrap().id, world.aurora.mailbox.id);
        assert_eq!(told.mails[0].message.because[0].code, "threading.opens");
        assert_eq!((told.mails[1].message.id, told.mails[1].came.is_some()), (reply, false));
        assert_eq!(told.mails[1].steps.len(), 1, "a server took it");
        assert_eq!(told.mails[2].message.because[0].code, "threading.our_message_id");
        assert!(told.mails[2].message.automatic.is_some());
        assert_eq!(told.mails[2].message.problems, ["A line was broken."]);
        let who: Vec<_> = told.events.iter().filter_map(|(_, who)| who.as_deref()).collect();
        assert!(who.iter().any(|name| name.starts_with("Tiago")), "{who:?}");
    });
}

#[test]
fn a_message_id_tells_of_that_mail_alone() {
    on_both_engines(|world| async move {
        let mail = world.mail("Eva Novak <eva@customer.example>", AURORA, "It hums", "Day and night.");
        let case = world.receive(&mail).await;
        world.receive(&world.mail("Eva Novak <eva@customer.example>", AURORA, "It hums", "Still.")).await;
        let told = found(&world, &format!("<{}>", mail.id())).await;
        assert_eq!((told.cases.len(), told.aside.len()), (1, 0));
        assert_eq!((told.cases[0].case.id, told.cases[0].mails.len()), (case, 1));
        assert_eq!(told.cases[0].mails[0].message.email_id.as_deref(), Some(mail.id()));
        let reply = world.reply("tiago", case, "Please unplug it.").await.unwrap();
        let told = found(&world, &format!("{reply}@aurora.example")).await;
        assert_eq!(told.cases[0].mails[0].message.id, reply);
        assert!(told.cases[0].mails[0].job.is_some(), "it waits for its time");
    });
}

#[test]
fn a_mail_in_no_case_is_found_by_its_message_id() {
    on_both_engines(|world| async move {
        let own = world.mail("Aurora <help@aurora.example>", AURORA, "Loop", "From ourselves.");
        world.arrive(&own).await;
        let told = found(&world, own.id()).await;
        assert_eq!((told.cases.len(), told.aside.len()), (0, 1));
        assert_eq!(told.aside[0].state, "received");
        assert!(told.aside[0].job.is_some(), "a job will read it");
        world.run_jobs().await;
        let told = found(&world, own.id()).await;
        assert_eq!((told.cases.len(), told.aside.len()), (0, 1));
        assert_eq!(told.aside[0].state, "parked");
        assert!(told.aside[0].because.contains("one of our own addresses"), "{}", told.aside[0].because);
    });
}

#[test]
fn what_isnt_known_here_is_said_to_be_so() {
    on_both_engines(|world| async move {
        world.case_from_mail(AURORA).await;
        for asked in ["ZZZZ-ZZZZ", "<nobody@nowhere.example>", ""] {
            let asked = trace(&world.desk.store, &world.desk.blobs, asked).await;
            assert_eq!(code(asked), "trace.nothing_found");
        }
    });
}
