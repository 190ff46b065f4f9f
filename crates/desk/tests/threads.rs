//! Threads that are no plain question and answer: late answers, other writers, colleagues, floods, reports, merges.

use crate::code;
use cases::{
    MessageKind, State,
    incoming::{Auto, AutoKind},
    loops,
};
use desk::{case_page::case_page, merging, work};
use kernel::CaseId;
use std::time::Duration;
use testkit::{Mail, World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const IVO: &str = "Ivo Novak <ivo@customer.example>";
const AURORA: &str = "help@aurora.example";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn reasons(world: &World, case: CaseId) -> Vec<String> {
    let newest = world.messages(case).await.pop().unwrap();
    newest.because.into_iter().map(|because| because.code).collect()
}

async fn events(world: &World, case: CaseId) -> Vec<String> {
    let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 500)).await;
    events.into_iter().map(|event| event.kind).collect()
}

/// A case with a reply that has left; answers the reply's Message-ID.
async fn answered(world: &World) -> (CaseId, String) {
    let case = world.case_from_mail(AURORA).await;
    world.reply("tiago", case, "Please unplug it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    (case, world.post.taken().pop().unwrap().letter.message_id_text())
}

async fn close(world: &World, case: CaseId) {
    let reach = world.reach("tiago").await;
    work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
}

#[test]
fn a_late_answer_opens_a_case_that_follows_the_old_one() {
    on_both_engines(|world| async move {
        let (case, ours) = answered(&world).await;
        close(&world, case).await;
        world.later(29 * DAY);
        let soon = world.mail(EVA, AURORA, "Re: It", "It is back.").answering(&ours);
        assert_eq!(world.receive(&soon).await, case);
        close(&world, case).await;
        world.later(31 * DAY);
        let automatic = world.mail(EVA, AURORA, "Away", "I am away.").answering(&ours).automatic();
        assert_eq!(world.receive(&automatic).await, case, "a machine opens nothing anew");
        let late = world.mail(EVA, AURORA, "Re: It", "And again.").answering(&ours);
        let next = world.receive(&late).await;
        assert_ne!(next, case);
        assert_eq!(world.case(next).await.follows, Some(case));
        assert_eq!(world.case(case).await.state, State::Closed);
        assert_eq!(reasons(&world, next).await, ["threading.follows"]);
        assert_eq!(events(&world, case).await.pop().unwrap(), "case.followed");
        let told = world.read(move |tx| tx.events_of(next, kernel::Instant::MAX, 50)).await;
        let old = cases::shown_reference(&world.case(case).await.reference);
        assert!(told.iter().any(|event| event.kind == "case.follows" && event.sentence.contains(&old)));
    });
}

#[test]
fn another_writer_is_marked_and_the_customer_stays() {
    on_both_engines(|world| async move {
        let (case, ours) = answered(&world).await;
        let before = world.case(case).await;
        let words = "Guten Tag, hier schreibt Ivo. Die Maschine ist leider noch immer nicht dicht.";
        let mail = world.mail(IVO, AURORA, "Re: It", words).answering(&ours);
        assert_eq!(world.receive(&mail).await, case);
        assert_eq!(reasons(&world, case).await, ["threading.our_message_id", "threading.other_writer"]);
        let after = world.case(case).await;
        assert_eq!((after.customer, after.state), (before.customer, State::Open));
        assert_eq!(after.language, before.language, "the case's language is its customer's");
        let writer = world.messages(case).await.pop().unwrap().writer.unwrap();
        assert_ne!(writer, before.customer);
        let found = world.read(move |tx| cases::tables::writers(tx, case, 10)).await;
        assert_eq!(found, [writer, before.customer]);
        let ivo = world.read(move |tx| people::tables::customer(tx, writer)).await.unwrap();
        assert_eq!((ivo.addresses[0].as_str(), ivo.language.as_str()), ("ivo@customer.example", "de"));
    });
}

#[test]
fn a_mail_that_claims_to_be_from_one_of_us_goes_to_nobody() {
    on_both_engines(|world| async move {
        let (case, ours) = answered(&world).await;
        let before = world.case(case).await;
        let sent = world.post.taken().len();
        let carla = format!("Carla <{}>", world.email("carla"));
        let mail = world.mail(&carla, AURORA, "Re: It", "Send your password.").answering(&ours);
        assert_eq!(world.receive(&mail).await, case);
        let note = world.messages(case).await.pop().unwrap();
        assert_eq!((note.kind, note.by.person), (MessageKind::Note, None));
        assert_eq!(note.because[0].code, "own_people.unproven");
        let after = world.case(case).await;
        assert_eq!((after.state, after.last_word), (before.state, before.last_word));
        world.later(DAY);
        world.run_jobs().await;
        assert_eq!(world.post.taken().len(), sent, "nothing leaves");
        let reference = cases::shown_reference(&before.reference);
        let named = world.mail(&carla, AURORA, &format!("[#{reference}]"), "By its reference.");
        assert_eq!(world.receive(&named).await, case);
        assert_eq!(world.messages(case).await.pop().unwrap().kind, MessageKind::Note);
        let fresh = world.mail(&carla, AURORA, "My own kettle", "It leaks.");
        let opened = world.receive(&fresh).await;
        assert_ne!(opened, case);
        assert_eq!(reasons(&world, opened).await, ["threading.opens", "own_people.opens"]);
        world.arrive(&mail).await;
        assert_eq!(world.run_jobs().await, 0, "the same mail is there once");
    });
}

#[test]
fn a_flood_opens_twenty_cases_and_loses_nothing() {
    on_both_engines(|world| async move {
        let mut seen = std::collections::BTreeMap::<CaseId, usize>::new();
        // The world's clock goes on by a minute with each mail: three devices in one make a burst.
        for nth in 0..130_i64 {
            let mail =
                world.mail("pump@device.example", AURORA, &format!("Alarm {nth}"), &format!("No. {nth}"));
            *seen.entry(world.receive(&mail).await).or_default() += 1;
        }
        let opened = usize::try_from(loops::MOST_IN_LONG).unwrap();
        assert_eq!(seen.len(), opened, "one a minute: only the day's limit counts");
        assert_eq!(seen.values().sum::<usize>(), 130);
        let (gathering, many) = seen.iter().max_by_key(|(_, many)| **many).unwrap();
        assert_eq!(*many, 31);
        assert_eq!(reasons(&world, *gathering).await[0], "loop.stream");
        assert!(world.case(*gathering).await.flooded_at.is_some());
        let told = events(&world, *gathering).await;
        assert_eq!(told.iter().filter(|kind| *kind == "case.flooded").count(), 1);
        let notes = world.messages(*gathering).await;
        assert_eq!(notes.iter().filter(|message| message.kind == MessageKind::Note).count(), 1);
        let other = world.mail(EVA, AURORA, "Alarm", "Mine leaks.");
        assert_eq!(reasons(&world, world.receive(&other).await).await, ["threading.opens"]);
        world.later(2 * DAY);
        let later = world.mail("pump@device.example", AURORA, "Alarm again", "Wet.");
        assert_eq!(reasons(&world, world.receive(&later).await).await, ["threading.opens"]);
    });
}

#[test]
fn the_same_words_open_twenty_cases_a_day() {
    on_both_engines(|world| async move {
        let mut last = None;
        for nth in 0..24 {
            let mail =
                world.mail("pump@device.example", AURORA, &format!("Alarm {nth}"), "Water in the cellar.");
            last = Some(world.receive(&mail).await);
        }
        let last = last.unwrap();
        assert_eq!(reasons(&world, last).await[0], "loop.same_words");
        let mails = world.messages(last).await;
        assert_eq!(mails.iter().filter(|message| message.kind == MessageKind::Customer).count(), 5);
    });
}

#[test]
fn a_web_form_that_writes_for_many_opens_a_case_each() {
    on_both_engines(|world| async move {
        let mut seen = std::collections::BTreeSet::new();
        for nth in 0..110 {
            let mut mail =
                world.mail("form@shop.example", AURORA, &format!("Form {nth}"), &format!("No. {nth}"));
            let address = format!("customer{nth}@customer.example");
            mail.incoming.reply_to = vec![cases::incoming::Correspondent { name: String::new(), address }];
            seen.insert(world.receive(&mail).await);
        }
        assert_eq!(seen.len(), 110);
    });
}

#[test]
fn machines_that_answer_each_other_in_a_case_are_only_kept() {
    on_both_engines(|world| async move {
        let (case, ours) = answered(&world).await;
        for nth in 0..14 {
            let words = format!("Away, answer {nth}.");
            let mail = world.mail(EVA, AURORA, "Away", &words).answering(&ours).automatic();
            assert_eq!(world.receive(&mail).await, case);
        }
        let tenth = world.messages(case).await.into_iter().filter(|m| m.automatic.is_some()).nth(9).unwrap();
        let after = world.case(case).await;
        assert_eq!(after.updated_at, tenth.at, "from the eleventh on the case isn't touched");
        assert_eq!(reasons(&world, case).await[0], "loop.case");
        assert_eq!(world.messages(case).await.len(), 16);
    });
}

#[test]
fn a_shared_message_id_loses_no_mail_and_joins_no_strangers() {
    on_both_engines(|world| async move {
        let same = |from: &str, text: &str| world.mail(from, AURORA, text, text).with_id("0@device.example");
        let mut placed = Vec::new();
        for (from, text) in [(EVA, "Kettle"), (EVA, "Toaster"), (IVO, "Iron")] {
            let mail = same(from, text);
            world.arrive(&mail).await;
            world.run_jobs().await;
        }
        let found = world.read(|tx| cases::tables::found_by_email_id(tx, "0@device.example")).await;
        placed.extend(found.iter().map(|case| case.subject.clone()));
        placed.sort();
        assert_eq!(placed, ["Iron", "Kettle", "Toaster"], "each mail has its case");
        let answer = |from: &str| world.mail(from, AURORA, "Re:", "More").answering("0@device.example");
        let ivos = world.receive(&answer(IVO)).await;
        assert_eq!(world.case(ivos).await.subject, "Iron");
        let stranger = world.receive(&answer("Una <una@customer.example>")).await;
        assert_eq!(reasons(&world, stranger).await, ["threading.opens", "threading.ambiguous"]);
        let nameless = world.mail(EVA, AURORA, "No id", "a").with_id("");
        let nameless_too = world.mail(IVO, AURORA, "No id", "a").with_id("");
        let before = world.list("tiago", cases::View::Open).await.len();
        for mail in [nameless, nameless_too] {
            world.arrive(&mail).await;
            world.run_jobs().await;
        }
        assert_eq!(world.list("tiago", cases::View::Open).await.len(), before + 2);
    });
}

/// A machine's mail about a reply of ours.
fn machine(world: &World, content_type: &str, part: &str, about: &str) -> Mail {
    let said = format!("Original-Message-ID: <{about}>\r\n");
    let mut mail =
        world.mail(EVA, AURORA, "About your mail", "See below.").with_file("part", part, said.as_bytes());
    if part.contains("feedback") {
        let copy = format!("Message-ID: <{about}>\r\nSubject: Re: It\r\n\r\nUnplug it.\r\n");
        mail = mail.with_file("mail", "message/rfc822", copy.as_bytes());
    }
    mail.incoming.headers.push(("Content-Type".to_owned(), content_type.to_owned()));
    mail.sifted()
}

#[test]
fn receipts_and_complaints_come_to_their_reply_and_reopen_nothing() {
    on_both_engines(|world| async move {
        let (case, ours) = answered(&world).await;
        close(&world, case).await;
        for (kind, part, reason, event) in [
            (
                "multipart/report; report-type=disposition-notification",
                "message/disposition-notification",
                "threading.receipt",
                "reply.reported",
            ),
            (
                "multipart/report; report-type=feedback-report",
                "message/feedback-report",
                "threading.report",
                "reply.reported",
            ),
        ] {
            assert_eq!(world.receive(&machine(&world, kind, part, &ours)).await, case, "{kind}");
            assert_eq!(reasons(&world, case).await[0], reason);
            assert_eq!(world.case(case).await.state, State::Closed, "{kind}");
            assert!(events(&world, case).await.contains(&event.to_owned()), "{event}");
        }
        let list = |world: &World| {
            let mut mail = world.mail(EVA, AURORA, "News", "News").answering(&ours);
            mail.incoming.headers.push(("List-Id".to_owned(), "<news.customer.example>".to_owned()));
            mail.sifted()
        };
        assert_eq!(world.receive(&list(&world)).await, case);
        assert_eq!(world.case(case).await.state, State::Closed, "list mail");
    });
}

#[test]
fn a_merged_case_leads_to_the_one_that_took_it_in() {
    on_both_engines(|world| async move {
        let (old, ours) = answered(&world).await;
        let kept = world.receive(&world.mail(EVA, AURORA, "Kettle", "The kettle is broken too.")).await;
        world.draft("tiago", old, "From the old one.").await.unwrap();
        world.draft("tiago", kept, "Typed already.").await.unwrap();
        let reference = async |case| world.case(case).await.reference;
        let into = |who: &'static str, from: CaseId, into: String| {
            let world = &world;
            async move { merging::merge(&world.desk, &world.reach(who).await, from, &into).await }
        };
        assert_eq!(code(into("jun", old, reference(kept).await).await), "case.not_found");
        assert_eq!(code(into("tiago", old, "nonsense".to_owned()).await), "case.no_such_reference");
        assert_eq!(code(into("tiago", old, reference(old).await).await), "case.same_case");
        let pips = world.case_from_mail("hello@pip.example").await;
        assert_eq!(code(into("tiago", old, reference(pips).await).await), "case.no_such_reference");
        assert_eq!(code(into("maricel", pips, reference(old).await).await), "case.no_such_reference");
        let shown = format!("#{}", cases::shown_reference(&reference(kept).await).to_lowercase());
        assert_eq!(into("tiago", old, shown).await.unwrap(), kept);
        assert_eq!(code(into("tiago", old, reference(kept).await).await), "case.merged_before");
        let (gone, whole) = (world.case(old).await, world.case(kept).await);
        assert_eq!((gone.state, gone.merged_into), (State::Closed, Some(kept)));
        assert_eq!((whole.state, world.messages(kept).await.len()), (State::New, 3));
        assert!(world.messages(old).await.is_empty());
        let tiago = world.person("tiago");
        let drafts = world.read(move |tx| cases::tables::drafts(tx, kept, tiago)).await;
        assert_eq!(drafts[0].text, "Typed already.\n\nFrom the old one.");
        let late = world.mail(EVA, AURORA, "Re: It", "And again.").answering(&ours);
        assert_eq!(world.receive(&late).await, kept, "by Message-ID");
        let tagged = world.mail(EVA, AURORA, &format!("[#{}]", gone.reference), "By the old reference.");
        assert_eq!(world.receive(&tagged).await, kept, "by the old reference");
        let reach = world.reach("tiago").await;
        let into = case_page(&world.desk, &reach, old, None).await.unwrap().kin.merged_into;
        assert_eq!(into.map(|case| case.id), Some(kept));
        assert!(case_page(&world.desk, &world.reach("jun").await, old, None).await.is_err());
        let found = desk::inbox::search(&world.desk, &reach, "unplug", None).await.unwrap();
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [kept]);
    });
}

#[test]
fn what_was_merged_is_worked_on_where_it_is_now() {
    on_both_engines(|world| async move {
        let (old, _) = answered(&world).await;
        let kept = world.receive(&world.mail(EVA, AURORA, "Kettle", "The kettle is broken too.")).await;
        let reach = world.reach("tiago").await;
        let message = world.messages(old).await[0].id;
        merging::merge(&world.desk, &reach, old, &world.case(kept).await.reference).await.unwrap();
        assert_eq!(code(world.reply("tiago", old, "Too late.").await), "case.merged_before");
        assert_eq!(code(world.draft("tiago", old, "Too late.").await), "case.merged_before");
        assert_eq!(code(work::move_to(&world.desk, &reach, old, State::Open).await), "case.merged_before");
        let closed = world.list("tiago", cases::View::Closed).await;
        assert!(closed.is_empty(), "a merged case stands in no list");
        let page = case_page(&world.desk, &reach, kept, None).await.unwrap();
        assert!(page.earlier.is_empty());
        assert_eq!(page.kin.merged.iter().map(|case| case.id).collect::<Vec<_>>(), [old]);
        let linked = desk::case_page::message(&world.desk, &reach, old, message).await.unwrap();
        assert_eq!(linked.case, kept, "an old link opens its message");
        let jun = world.reach("jun").await;
        assert!(desk::case_page::message(&world.desk, &jun, old, message).await.is_err());
    });
}

#[test]
fn chains_of_merges_are_followed_and_make_no_ring() {
    on_both_engines(|world| async move {
        let (first, ours) = answered(&world).await;
        let second = world.receive(&world.mail(EVA, AURORA, "Kettle", "The kettle is broken.")).await;
        let third = world.receive(&world.mail(IVO, AURORA, "Iron", "The iron is broken.")).await;
        let reach = world.reach("tiago").await;
        let reference = async |case| world.case(case).await.reference;
        let merge = async |from, into: &str| merging::merge(&world.desk, &reach, from, into).await;
        assert_eq!(merge(first, &reference(second).await).await.unwrap(), second);
        assert_eq!(merge(second, &reference(third).await).await.unwrap(), third);
        assert_eq!(code(merge(third, &reference(first).await).await), "case.same_case", "no ring");
        let late = world.mail(EVA, AURORA, "Re: It", "And again.").answering(&ours);
        assert_eq!(world.receive(&late).await, third);
        let tagged = world.mail(EVA, AURORA, &format!("[#{}]", reference(first).await), "By reference.");
        assert_eq!(world.receive(&tagged).await, third, "by the reference of what was Eva's case");
        assert_eq!(reasons(&world, third).await, ["threading.subject_reference", "threading.other_writer"]);
        let direct = world.mail(EVA, AURORA, &format!("[#{}]", reference(third).await), "By Ivo's.");
        assert_ne!(world.receive(&direct).await, third, "that of another customer's case counts for nothing");
    });
}

#[test]
fn a_merge_is_undone_as_far_as_it_went() {
    on_both_engines(|world| async move {
        let (first, ours) = answered(&world).await;
        let second = world.receive(&world.mail(EVA, AURORA, "Kettle", "The kettle is broken.")).await;
        let third = world.receive(&world.mail(EVA, AURORA, "Iron", "The iron is broken.")).await;
        let reach = world.reach("tiago").await;
        let reference = async |case| world.case(case).await.reference;
        let merge = async |from, into: &str| merging::merge(&world.desk, &reach, from, into).await;
        let part = async |holder, merged| merging::part(&world.desk, &reach, holder, merged).await;
        let held = async |case| world.messages(case).await.len();
        let before = world.case(first).await;
        merge(first, &reference(second).await).await.unwrap();
        merge(second, &reference(third).await).await.unwrap();
        assert_eq!(held(third).await, 4);
        assert_eq!(code(part(third, first).await), "case.not_merged", "it went into the second");
        assert_eq!(code(part(second, first).await), "case.merged_before");
        let late = world.mail(EVA, AURORA, "Re: It", "And again.").answering(&ours);
        assert_eq!(world.receive(&late).await, third);
        part(third, second).await.unwrap();
        assert_eq!((held(second).await, held(third).await), (3, 2), "what came since stays");
        part(second, first).await.unwrap();
        assert_eq!((held(first).await, held(second).await), (2, 1));
        assert_eq!(code(part(second, first).await), "case.not_merged");
        let after = world.case(first).await;
        assert_eq!((after.state, after.last_word), (before.state, before.last_word));
        assert_eq!((after.merged_into, after.closed_at), (None, None));
        let found = desk::inbox::search(&world.desk, &reach, "unplug", None).await.unwrap();
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
        let listed = world.list("tiago", cases::View::Open).await;
        assert_eq!(listed.iter().map(|row| row.messages).sum::<i64>(), 5, "each message is counted once");
        assert_eq!(events(&world, first).await.pop().unwrap(), "case.parted");
    });
}

#[test]
fn no_kind_of_automatic_mail_moves_a_case_however_it_is_tied_to_it() {
    on_both_engines(|world| async move {
        let kinds = [
            AutoKind::Bounce,
            AutoKind::Report,
            AutoKind::Receipt,
            AutoKind::Vacation,
            AutoKind::AutoReply,
            AutoKind::List,
        ];
        for state in [State::Closed, State::Waiting] {
            let (case, ours) = answered(&world).await;
            if state == State::Closed {
                close(&world, case).await;
            }
            let before = world.case(case).await;
            for kind in kinds {
                let words = format!("{} {state}", kind.as_str());
                let mut mail = world.mail(EVA, AURORA, &words, &words).answering(&ours);
                let because = vec![kernel::Because::new("sifting.list", "A machine wrote it.")];
                mail.incoming.auto = Some(Auto { kind, because });
                assert_eq!(world.receive(&mail).await, case, "{words}");
                let after = world.case(case).await;
                assert_eq!((after.state, after.last_word), (state, before.last_word), "{words}");
                assert_eq!(after.closed_at, before.closed_at, "{words}");
                let kept = world.messages(case).await.pop().unwrap();
                assert_eq!(kept.automatic.as_deref(), Some(kind.as_str()), "kept and marked");
            }
        }
    });
}
