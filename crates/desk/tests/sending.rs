//! Sending: turns and pauses, schedules, copies, files that are fetched, and what is told of the way.

use crate::code;
use cases::{
    Delivery, Plan, WhenAnswered,
    incoming::{Attachment, Auto, AutoKind},
    letter::Enclosure,
    pace,
    steps::StepKind,
    tables as case_tables,
};
use desk::{
    downloads, draft_files,
    enclosures::Attached,
    mailboxes::{self, Appearance},
    outgoing::{Security, Smarthost, set_relay_in},
    queue,
    replies::{self, Then, Words},
    scheduled, unsubscriptions,
};
use engagements::SenderName;
use kernel::{CaseId, MessageId};
use std::time::Duration;
use testkit::{Fate, World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const AURORA: &str = "help@aurora.example";

async fn delivery(world: &World, case: CaseId, reply: MessageId) -> (Delivery, String) {
    let message = world.messages(case).await.into_iter().find(|message| message.id == reply).unwrap();
    (message.delivery, message.delivery_note)
}

async fn send(world: &World) {
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
}

async fn with_server(world: &World) {
    let host = "smtp.desk.example".to_owned();
    let smarthost = Smarthost { host, port: 587, security: Security::StartTls, user: String::new() };
    world.write(move |tx| set_relay_in(tx, &smarthost)).await;
}

async fn case_of(world: &World, customer: &str) -> CaseId {
    world.receive(&world.mail(customer, AURORA, &format!("From {customer}"), "It leaks.")).await
}

#[test]
fn a_full_day_holds_letters_until_the_next_and_they_can_still_be_taken_back() {
    on_both_engines(|world| async move {
        with_server(&world).await;
        let (owner, aurora) = (world.reach("olga").await, &world.aurora);
        let wanted = Appearance {
            display_name: "Aurora".to_owned(),
            sender_name: SenderName::Company,
            letters_a_day: 1,
        };
        mailboxes::appear(&world.desk, &owner, aurora.client.id, aurora.mailbox.id, wanted).await.unwrap();
        let case = world.case_from_mail(AURORA).await;
        let first = world.reply("tiago", case, "One.").await.unwrap();
        send(&world).await;
        assert_eq!(delivery(&world, case, first).await.0, Delivery::Sent);
        let second = world.reply("tiago", case, "Two.").await.unwrap();
        let third = world.reply("tiago", case, "Three.").await.unwrap();
        send(&world).await;
        let (held, because) = delivery(&world, case, second).await;
        assert_eq!(held, Delivery::Waiting);
        assert!(because.contains("its 1 letters of today"), "{because}");
        replies::withdraw(&world.desk, &world.reach("tiago").await, case, third).await.unwrap();
        assert_eq!(world.run_jobs().await, 0, "nothing is tried meanwhile");
        world.later(Duration::from_secs(24 * 3600));
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, second).await, (Delivery::Sent, String::new()));
        assert_eq!(world.post.taken().len(), 2);
    });
}

#[test]
fn a_busy_minute_holds_letters_to_that_domain_only() {
    on_both_engines(|world| async move {
        with_server(&world).await;
        let (case, other) = (case_of(&world, EVA).await, case_of(&world, "ada@other.example").await);
        let tiago = world.reach("tiago").await;
        let write =
            async |case| replies::send(&world.desk, &tiago, case, "Hello.".into(), Then::Wait).await.unwrap();
        let mut to_eva = Vec::new();
        for _ in 0..=pace::A_MINUTE_TO_A_DOMAIN {
            to_eva.push(write(case).await);
        }
        let elsewhere = write(other).await;
        send(&world).await;
        assert_eq!(world.post.taken().len(), to_eva.len());
        assert_eq!(delivery(&world, other, elsewhere).await.0, Delivery::Sent);
        let mut held = Vec::new();
        for reply in to_eva {
            held.extend(
                Some(delivery(&world, case, reply).await).filter(|(state, _)| *state != Delivery::Sent),
            );
        }
        assert!(
            matches!(held.as_slice(), [(Delivery::Waiting, because)] if because.contains("to customer.example"))
        );
        world.later(Duration::from_secs(75));
        world.run_jobs().await;
        assert_eq!(world.post.taken().len(), 1);
    });
}

#[test]
fn a_server_that_asks_for_a_pause_gets_it_from_all_and_a_success_ends_it() {
    on_both_engines(|world| async move {
        with_server(&world).await;
        let case = case_of(&world, EVA).await;
        let first = world.reply("tiago", case, "One.").await.unwrap();
        world.post.decide(Fate::Slow(pace::Slows::Domain, "450 4.7.1 Slow down.".to_owned()));
        send(&world).await;
        assert_eq!(delivery(&world, case, first).await.0, Delivery::Retrying);
        world.post.decide(Fate::Taken);
        let tiago = world.reach("tiago").await;
        let second = replies::send(&world.desk, &tiago, case, "Two.".into(), Then::Wait).await.unwrap();
        send(&world).await;
        let (held, because) = delivery(&world, case, second).await;
        assert_eq!(held, Delivery::Waiting);
        assert!(because.contains("450 4.7.1 Slow down."), "{because}");
        assert!(world.post.taken().is_empty());
        world.later(Duration::from_secs(75));
        world.run_jobs().await;
        assert_eq!(world.post.taken().len(), 2);
        let now = world.clock.now();
        assert!(world.read(move |tx| case_tables::pauses(tx, now)).await.is_empty());
        let steps = world.read(move |tx| case_tables::steps(tx, first)).await;
        let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::Delayed, StepKind::Accepted]);
        assert_eq!(steps[1].sentence, "mx.post.example accepted it.");
        assert_eq!(steps[1].words, "250 2.0.0 queued as 7");
    });
}

#[test]
fn a_person_who_tries_again_does_not_wait_for_a_pause() {
    on_both_engines(|world| async move {
        with_server(&world).await;
        let case = case_of(&world, EVA).await;
        let reply = world.reply("tiago", case, "One.").await.unwrap();
        world.post.decide(Fate::Slow(pace::Slows::Server, "It can't be reached.".to_owned()));
        send(&world).await;
        world.post.decide(Fate::Taken);
        replies::try_again(&world.desk, &world.reach("tiago").await, case, reply).await.unwrap();
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Sent);
    });
}

async fn schedule(world: &World, case: CaseId, hours: u64, when_answered: WhenAnswered) -> MessageId {
    let at = world.clock.now().plus(Duration::from_secs(hours * 3600));
    let plan = Some(Plan { at, when_answered });
    let words = Words { plan, ..Words::from("Good morning.") };
    replies::send(&world.desk, &world.reach("tiago").await, case, words, Then::Wait).await.unwrap()
}

#[test]
fn a_scheduled_reply_goes_at_its_time_and_is_dated_so() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let at = world.clock.now().plus(Duration::from_secs(20 * 3600));
        let reply = schedule(&world, case, 20, WhenAnswered::Hold).await;
        send(&world).await;
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Waiting);
        world.later(Duration::from_secs(20 * 3600));
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Sent);
        assert_eq!(world.post.taken()[0].letter.date, at);
        for hours in [0, 24 * 400] {
            let at = world.clock.now().plus(Duration::from_secs(hours * 3600));
            let plan = Some(Plan { at, when_answered: WhenAnswered::Hold });
            let words = Words { plan, ..Words::from("Too late or too early.") };
            let refused =
                replies::send(&world.desk, &world.reach("tiago").await, case, words, Then::Wait).await;
            assert_eq!(code(refused), "reply.not_later");
        }
    });
}

#[test]
fn a_customer_who_writes_first_holds_a_scheduled_reply_unless_its_author_said_otherwise() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let held = schedule(&world, case, 20, WhenAnswered::Hold).await;
        let stubborn = schedule(&world, case, 20, WhenAnswered::Send).await;
        let subject = format!("Re: From {EVA}");
        world.receive(&world.mail(EVA, AURORA, &subject, "It works now.")).await;
        assert_eq!(delivery(&world, case, held).await.0, Delivery::Held);
        world.later(Duration::from_secs(20 * 3600));
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, held).await.0, Delivery::Held);
        assert_eq!(delivery(&world, case, stubborn).await.0, Delivery::Sent);
        world.post.taken();
        let tiago = world.reach("tiago").await;
        scheduled::send_now(&world.desk, &tiago, case, held).await.unwrap();
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, held).await, (Delivery::Sent, String::new()));
        assert_eq!(world.post.taken().len(), 1);
        assert_eq!(code(scheduled::send_now(&world.desk, &tiago, case, held).await), "reply.not_scheduled");
        let jun = world.reach("jun").await;
        assert_eq!(code(scheduled::send_now(&world.desk, &jun, case, held).await), "case.not_found");
    });
}

fn file(name: &str, size: usize) -> Attached {
    let media_type = "application/octet-stream".to_owned();
    Enclosure { name: name.to_owned(), media_type, content: vec![7; size] }.into()
}

#[test]
fn undoing_keeps_the_files_and_those_wanted_go_along_again() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        let words = Words { files: vec![file("a.bin", 10), file("b.bin", 20)], ..Words::from("Here.") };
        let reply = replies::send(&world.desk, &tiago, case, words, Then::Wait).await.unwrap();
        replies::withdraw(&world.desk, &tiago, case, reply).await.unwrap();
        let page = desk::case_page::case_page(&world.desk, &tiago, case, None).await.unwrap();
        let kept: Vec<(i64, &str)> =
            page.writing.files.iter().map(|file| (file.position, file.name.as_str())).collect();
        assert_eq!(kept, [(0, "a.bin"), (1, "b.bin")]);
        let words =
            Words { kept_files: vec![1], files: vec![file("c.bin", 5)], ..Words::from("Here again.") };
        replies::send(&world.desk, &tiago, case, words, Then::Wait).await.unwrap();
        send(&world).await;
        let letter = world.post.taken().remove(0).letter;
        let names: Vec<&str> = letter.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["b.bin", "c.bin"]);
        let page = desk::case_page::case_page(&world.desk, &tiago, case, None).await.unwrap();
        assert!(page.writing.files.is_empty());
    });
}

#[test]
fn files_of_a_refused_reply_wait_beside_its_draft() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        let beside = async || {
            let page = desk::case_page::case_page(&world.desk, &tiago, case, None).await.unwrap();
            page.writing.files.into_iter().map(|file| (file.position, file.name)).collect::<Vec<_>>()
        };
        let named =
            |names: &[&str]| (0..).zip(names.iter().map(|name| (*name).to_owned())).collect::<Vec<_>>();
        let two = vec![file("a.bin", 10), file("b.bin", 20)];
        draft_files::keep(&world.desk, &tiago, case, Vec::new(), two).await.unwrap();
        assert_eq!(beside().await, named(&["a.bin", "b.bin"]));
        draft_files::keep(&world.desk, &tiago, case, vec![1], vec![file("c.bin", 5)]).await.unwrap();
        assert_eq!(beside().await, named(&["b.bin", "c.bin"]));
        let large = vec![file("d.bin", 99_999_999)];
        let refused = draft_files::keep(&world.desk, &tiago, case, vec![0, 1], large).await;
        assert_eq!(code(refused), "reply.files_too_large");
        let jun = world.reach("jun").await;
        let unseen = draft_files::keep(&world.desk, &jun, case, Vec::new(), vec![file("x", 1)]).await;
        assert_eq!(code(unseen), "case.not_found");
        assert_eq!(beside().await, named(&["b.bin", "c.bin"]));
        let words = Words { kept_files: vec![0, 1], ..Words::from("Here.") };
        replies::send(&world.desk, &tiago, case, words, Then::Wait).await.unwrap();
        send(&world).await;
        let letter = world.post.taken().remove(0).letter;
        assert_eq!(letter.attachments.len(), 2);
        assert!(beside().await.is_empty());
    });
}

#[test]
fn the_time_of_a_scheduled_reply_can_be_changed_alone() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        let (now, hour) = (world.desk.clock.now(), Duration::from_secs(3600));
        let plan = Some(Plan { at: now.plus(hour), when_answered: WhenAnswered::Hold });
        let words = Words { plan, files: vec![file("a.bin", 10)], ..Words::from("Later.") };
        let reply = replies::send(&world.desk, &tiago, case, words, Then::Wait).await.unwrap();
        let change = async |at| scheduled::change_time(&world.desk, &tiago, case, reply, at).await;
        assert_eq!(code(change(now).await), "reply.not_later");
        change(now.plus(3 * hour)).await.unwrap();
        world.later(2 * hour);
        assert_eq!(world.run_jobs().await, 0, "the old time is nothing any more");
        let subject = format!("Re: From {EVA}");
        world.receive(&world.mail(EVA, AURORA, &subject, "Wait!")).await;
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Held);
        change(now.plus(4 * hour)).await.unwrap();
        world.later(2 * hour);
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await, (Delivery::Sent, String::new()));
        assert_eq!(world.post.taken()[0].letter.attachments.len(), 1);
        assert_eq!(code(change(now.plus(9 * hour)).await), "reply.not_scheduled");
        let jun = world.reach("jun").await;
        let unseen = scheduled::change_time(&world.desk, &jun, case, reply, now.plus(9 * hour)).await;
        assert_eq!(code(unseen), "case.not_found");
        let plain = world.reply("tiago", case, "At once.").await.unwrap();
        let unplanned = scheduled::change_time(&world.desk, &tiago, case, plain, now.plus(9 * hour)).await;
        assert_eq!(code(unplanned), "reply.not_scheduled");
    });
}

#[test]
fn copies_go_to_those_named_but_not_to_us_nor_where_mail_came_back() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        let write = async |copies: &str| {
            let words = Words { copies: copies.to_owned(), ..Words::from("Hello.") };
            replies::send(&world.desk, &tiago, case, words, Then::Wait).await
        };
        assert_eq!(code(write("ada").await), "reply.copy_not_an_address");
        write("Ada <ada@other.example>, hello@pip.example, help+x@aurora.example, eva@customer.example")
            .await
            .unwrap();
        send(&world).await;
        let sent = world.post.taken().remove(0);
        let copies: Vec<(&str, &str)> =
            sent.letter.cc.iter().map(|copy| (copy.name.as_str(), copy.address.as_str())).collect();
        assert_eq!(copies, [("Ada", "ada@other.example")]);
        let to: Vec<&str> = sent.to.iter().map(kernel::EmailAddress::as_str).collect();
        assert_eq!(to, ["eva@customer.example", "ada@other.example"]);
        let other = case_of(&world, "ada@other.example").await;
        let client = world.case(other).await.client;
        let ada = "ada@other.example".parse().unwrap();
        world.write(move |tx| people::tables::note_bounce(tx, client, &ada, "Nobody there.")).await;
        assert_eq!(code(write("ada@other.example").await), "reply.copy_bounced");
    });
}

#[test]
fn large_files_go_as_links_that_count_and_end() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        let words =
            || Words { files: vec![file("film.bin", 19_000_000), file("a.bin", 5)], ..Words::from("Look.") };
        let unknown = replies::send(&world.desk, &tiago, case, words(), Then::Wait).await;
        assert_eq!(code(unknown), "reply.no_public_address");
        assert_eq!(world.messages(case).await.len(), 1, "nothing was written");
        let desk = world.desk.clone().reached_at(Some("https://desk.example/".to_owned()));
        let reply = replies::send(&desk, &tiago, case, words(), Then::Wait).await.unwrap();
        world.later(desk::UNDO_FOR);
        let desk::dispatch::Taken::Letter(sent, _) = desk::dispatch::take(&desk, reply).await.unwrap() else {
            panic!("it goes now")
        };
        let names: Vec<&str> = sent.letter.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.bin"]);
        let link = &sent.letter.downloads[0];
        assert_eq!(
            (link.name.as_str(), link.size, link.until.as_str()),
            ("film.bin", 19_000_000, "2026-04-01")
        );
        let token = link.url.strip_prefix("https://desk.example/downloads/").unwrap().to_owned();
        let fetch = async |token: &str| downloads::fetch(&desk, token).await;
        assert_eq!(fetch(&token).await.unwrap().1.size(), 19_000_000);
        assert_eq!(code(fetch(&token.replace('.', "0.")).await), "download.over");
        let page = desk::case_page::case_page(&desk, &tiago, case, None).await.unwrap();
        assert_eq!(page.talk.sending.downloads[0].fetched, 1);
        let jun = world.reach("jun").await;
        assert_eq!(code(downloads::end(&desk, &jun, case, reply, 0).await), "case.not_found");
        downloads::end(&desk, &tiago, case, reply, 0).await.unwrap();
        assert_eq!(code(fetch(&token).await), "download.over");
        assert_eq!(code(downloads::end(&desk, &tiago, case, reply, 0).await), "download.over");
        assert_eq!(
            code(downloads::end(&desk, &tiago, case, reply, 1).await),
            "download.over",
            "it went along"
        );
        let again = replies::send(&desk, &tiago, case, words(), Then::Wait).await.unwrap();
        world.later(Duration::from_secs(31 * 24 * 3600));
        let rows = world.read(move |tx| case_tables::downloads_of(tx, again)).await;
        assert!(!rows[0].is_open(world.clock.now()), "its month is over");
    });
}

#[test]
fn whoever_wants_no_automatic_letters_gets_none() {
    on_both_engines(|world| async move {
        case_of(&world, EVA).await;
        let desk = world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
        let client = world.client("aurora");
        let eva: kernel::EmailAddress = "eva@customer.example".parse().unwrap();
        assert_eq!(unsubscriptions::address(&world.desk, client, &eva), None);
        let address = unsubscriptions::address(&desk, client, &eva).unwrap();
        let token = address.strip_prefix("https://desk.example/unsubscriptions/").unwrap();
        let may = async |client| {
            let eva = eva.clone();
            world.read(move |tx| unsubscriptions::may_get_automatic(tx, client, &eva)).await
        };
        assert!(may(client).await);
        assert_eq!(code(unsubscriptions::end(&desk, "00.00").await), "case.not_found");
        unsubscriptions::end(&desk, token).await.unwrap();
        unsubscriptions::end(&desk, token).await.unwrap();
        assert!(!may(client).await);
        assert!(may(world.client("pip")).await, "another client may");
        let told = unsubscriptions::subscription(&desk, token).await.unwrap();
        assert!(told.ended_because.is_some() && told.client == "Aurora" && told.address == eva);
        let case = case_of(&world, EVA).await;
        world.reply("tiago", case, "A person may still answer.").await.unwrap();
        send(&world).await;
        assert_eq!(world.post.taken().len(), 1);
    });
}

/// A report about a reply, as mail systems send it.
fn report(world: &World, reply: MessageId, kind: AutoKind, media_type: &str, content: &str) -> testkit::Mail {
    let from = "Mail Delivery System <mailer-daemon@mx.customer.example>";
    let mut mail = world.mail(from, AURORA, "Report", "What became of your mail.");
    mail.incoming.auto = Some(Auto { kind, because: Vec::new() });
    mail.incoming.attachments.push(Attachment {
        media_type: media_type.to_owned(),
        content: content.replace("{id}", &format!("{reply}@aurora.example")).into_bytes(),
        ..Attachment::default()
    });
    mail
}

#[test]
fn reports_are_noted_on_the_reply_that_they_name() {
    on_both_engines(|world| async move {
        let case = case_of(&world, EVA).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        send(&world).await;
        let status = "message/delivery-status";
        let delivered =
            "Original-Envelope-Id: {id}\n\nFinal-Recipient: rfc822;eva@customer.example\nAction: delivered\n";
        let mail = report(&world, reply, AutoKind::Report, status, delivered);
        assert_eq!(world.receive(&mail).await, case);
        assert_eq!(delivery(&world, case, reply).await.0, Delivery::Delivered);
        let receipt =
            "Original-Message-ID: <{id}>\nDisposition: manual-action/MDN-sent-manually; displayed\n";
        let mail = report(&world, reply, AutoKind::Receipt, "message/disposition-notification", receipt);
        assert_eq!(world.receive(&mail).await, case);
        let client = world.client("aurora");
        let may = async || {
            world
                .read(move |tx| {
                    let eva = "eva@customer.example".parse().map_err(kernel::Fault::new)?;
                    unsubscriptions::may_get_automatic(tx, client, &eva)
                })
                .await
        };
        assert!(may().await);
        let spam = "Feedback-Type: abuse\n";
        let mut mail = report(&world, reply, AutoKind::Report, "message/feedback-report", spam);
        mail.incoming.in_reply_to = vec![format!("{reply}@aurora.example")];
        assert_eq!(world.receive(&mail).await, case);
        assert!(!may().await);
        let steps = world.read(move |tx| case_tables::steps(tx, reply)).await;
        let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::Accepted, StepKind::Delivered, StepKind::Read]);
        assert_eq!(world.case(case).await.state, cases::State::Waiting, "reports move nothing");
        world.reply("tiago", case, "A person may still answer.").await.unwrap();
    });
}

#[test]
fn a_server_that_is_away_is_one_sentence_in_the_queue_however_many_letters_wait() {
    on_both_engines(|world| async move {
        with_server(&world).await;
        let case = case_of(&world, EVA).await;
        let tiago = world.reach("tiago").await;
        world.post.decide(Fate::Slow(pace::Slows::Server, "It can't be reached.".to_owned()));
        for _ in 0..12 {
            replies::send(&world.desk, &tiago, case, "Hello.".into(), Then::Wait).await.unwrap();
        }
        let scheduled = schedule(&world, case, 20, WhenAnswered::Hold).await;
        send(&world).await;
        let look = async |who: &str| queue::queue(&world.desk, &world.reach(who).await).await;
        for (who, is_seen) in [("olga", false), ("ines", true)] {
            let found = look(who).await.unwrap();
            let ways: Vec<(&str, &str, usize)> = found
                .ways
                .iter()
                .map(|way| (way.server.as_str(), way.paused.because.as_str(), way.letters.len()))
                .collect();
            assert_eq!(ways, [("smtp.desk.example:587", "It can't be reached.", 12)]);
            assert!(found.groups.is_empty() && found.held.is_empty() && found.leaving.is_empty());
            assert_eq!(found.scheduled[0].row.reply, scheduled);
            assert!(found.ways[0].letters.iter().all(|letter| letter.is_seen == is_seen), "{who}");
        }
        let maricel = look("maricel").await.unwrap();
        assert!(maricel.ways.is_empty() && maricel.scheduled.is_empty(), "another team's letters");
        assert_eq!(code(look("tiago").await), "queue.not_found");
        world.post.decide(Fate::Taken);
        let (server, ines) = ("smtp.desk.example:587", world.reach("ines").await);
        assert_eq!(code(queue::try_now(&world.desk, &ines, server, "").await), "queue.not_found");
        queue::try_now(&world.desk, &world.reach("olga").await, server, "").await.unwrap();
        world.run_jobs().await;
        assert_eq!(world.post.taken().len(), 12);
        let found = look("olga").await.unwrap();
        assert!(found.ways.is_empty() && found.scheduled.len() == 1);
    });
}
