//! A client's words: terms that owners keep, and what is remembered of replies that have left.

use crate::{
    code,
    translating::{AURORA, OWN, TO_THE_CUSTOMER, WRONG, asked, send, speaking, tag, translations},
};
use cases::{Delivery, translations::SaidBy};
use desk::{
    memory, terms, translating,
    word_files::{self, Format},
    wording::{self, IsChecked},
};
use kernel::{CaseId, ClientId, Kind, Stop};
use language::{
    memory::{Approval, to_tmx},
    terms::{Form, Term, TermKind},
    translation::Engines,
};
use std::sync::Arc;
use testkit::{World, on_both_engines};

fn form(language: &str, text: &str) -> Form {
    Form::new(tag(language), text)
}

fn milk() -> Term {
    let forms = vec![form("en", "milk jug"), form("pl", "dzbanek na mleko")];
    Term { note: "the part, not the froth".to_owned(), ..Term::new("jug", forms) }
}

async fn names(world: &World, client: ClientId, words: &str) -> Vec<String> {
    let reach = world.reach("olga").await;
    let page = terms::page(&world.desk, &reach, client, words, 0).await.unwrap();
    page.terms.into_iter().map(|kept| kept.term.id).collect()
}

#[test]
fn owners_keep_terms_and_nobody_else_does() {
    on_both_engines(|world| async move {
        let (client, reach) = (world.aurora.client.id, world.reach("olga").await);
        let keep = async |id, term| terms::keep(&world.desk, &reach, client, id, term).await;
        keep(None, milk()).await.unwrap();
        keep(None, Term::kept("", "Aurora Link 2")).await.unwrap();
        assert_eq!(names(&world, client, "").await, ["Aurora Link 2", "jug"], "in the order of their forms");
        assert_eq!(names(&world, client, "DZBANEK").await, ["jug"]);
        assert_eq!(names(&world, client, "froth").await, ["jug"]);
        assert_eq!(names(&world, client, "%").await.len(), 2, "no letter has a meaning of its own");
        assert_eq!(names(&world, world.pip.client.id, "").await, Vec::<String>::new());
        assert_eq!(code(keep(None, milk()).await), "terms.name_taken");
        assert_eq!(code(keep(None, Term::new("x", Vec::new())).await), "terms.no_words");
        let id = terms::page(&world.desk, &reach, client, "jug", 0).await.unwrap().terms[0].id;
        let changed = Term { kind: TermKind::Keep, ..Term::new("jug", vec![form("en", "jar")]) };
        keep(Some(id), changed.clone()).await.unwrap();
        assert_eq!(terms::one(&world.desk, &reach, client, id).await.unwrap().1.term, changed);
        let pip = world.pip.client.id;
        assert_eq!(code(terms::one(&world.desk, &reach, pip, id).await), "terms.not_found");
        assert_eq!(code(terms::remove(&world.desk, &reach, pip, id).await), "terms.not_found");
        for who in ["greta", "tiago", "ines"] {
            let other = world.reach(who).await;
            assert_eq!(code(terms::page(&world.desk, &other, client, "", 0).await), "person.not_found");
            assert_eq!(code(terms::remove(&world.desk, &other, client, id).await), "person.not_found");
        }
        terms::remove(&world.desk, &reach, client, id).await.unwrap();
        assert_eq!(code(terms::remove(&world.desk, &reach, client, id).await), "terms.not_found");
        assert_eq!(names(&world, client, "").await, ["Aurora Link 2"]);
    });
}

#[test]
fn lists_are_brought_in_and_what_is_wrong_is_told() {
    on_both_engines(|world| async move {
        let (client, reach) = (world.aurora.client.id, world.reach("olga").await);
        let bring = async |format, text: &str| {
            word_files::bring_terms(&world.desk, &reach, client, format, text.as_bytes().to_vec()).await
        };
        let list = "id,kind,language,form\na,,en,invoice\na,,de,Rechnung\nb,wrong,en,x\nc,keep,und,Spark";
        let brought = bring(Format::Csv, list).await.unwrap();
        assert_eq!((brought.written, brought.problems[0].line), (2, 4));
        assert_eq!(bring(Format::Csv, list).await.unwrap().written, 2, "the same again changes nothing");
        assert_eq!(names(&world, client, "").await, ["a", "c"]);
        let (_, whole) = terms::whole(&world.desk, &reach, client).await.unwrap();
        assert_eq!(whole[0].forms.len(), 2);
        let tbx = language::terms::to_tbx(&[milk()]);
        assert_eq!(bring(Format::Tbx, &tbx).await.unwrap().written, 1);
        assert_eq!(code(bring(Format::Csv, "nothing").await), "words.nothing_read");
        assert_eq!(code(bring(Format::Tbx, "<html/>").await), "words.nothing_read");
        let many: String = (0..50_000).map(|at| format!("t{at},en,word {at}\n")).collect();
        assert_eq!(code(bring(Format::Csv, &format!("id,language,form\n{many}")).await), "terms.too_many");
        let large = vec![b' '; word_files::MOST_BYTES + 1];
        let large = word_files::bring_terms(&world.desk, &reach, client, Format::Csv, large).await;
        assert_eq!(code(large), "words.too_large");
        assert_eq!(names(&world, client, "").await, ["a", "jug", "c"]);
    });
}

#[test]
fn terms_go_past_the_engine_and_the_guard_looks_at_them() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let (client, reach) = (world.aurora.client.id, world.reach("olga").await);
        let engine = "Your XQ1X is here.";
        let (en, pl) = (tag("en"), tag("pl"));
        let replay = language::translation::Replay::new(&en, [(engine, "XQ1X już tu jest.")]);
        let direction = language::translation::Direction { from: en.clone(), to: pl.clone() };
        world.desk = world.desk.clone().translating_with(Arc::new(Engines::none().with(direction, replay)));
        terms::keep(&world.desk, &reach, client, None, milk()).await.unwrap();
        let say = async |client| {
            let request =
                language::translation::Request::new("Your milk jug is here.", en.clone(), pl.clone());
            desk::saying::say(&world.desk, client, request).await.unwrap().unwrap().translation.text
        };
        assert_eq!(say(client).await, "dzbanek na mleko już tu jest.");
        assert_ne!(say(world.pip.client.id).await, "dzbanek na mleko już tu jest.", "pip has its own words");
        let found = async |text: &str| {
            let own = ("Your milk jug is here.", &en);
            let checked = wording::check(&world.desk, client, own, (text, &pl)).await.unwrap();
            checked.findings.iter().any(|found| found.kind == language::meaning::Kind::Term)
        };
        assert!(!found("Dzbanka na mleko nie brakuje, jest tutaj.").await);
        assert!(found("Pani kubek jest tutaj.").await);
    });
}

async fn remembered(world: &World, client: ClientId) -> Vec<(String, String, Approval)> {
    let reach = world.reach("olga").await;
    let page = memory::page(&world.desk, &reach, client, "", None, 0).await.unwrap();
    let mut found: Vec<_> = page
        .entries
        .into_iter()
        .map(|kept| (kept.pair.source, kept.pair.target, kept.pair.approval))
        .collect();
    found.sort();
    found
}

/// A case that was answered in Polish by somebody who doesn't read it.
async fn answered(world: &World, own: &str, said: &str, checked: IsChecked) -> CaseId {
    let case = asked(world).await;
    let reach = world.reach("tiago").await;
    wording::translate(&world.desk, &reach, case, own).await.unwrap();
    send(world, case, own, said, checked).await.unwrap();
    case
}

#[test]
fn a_reply_is_remembered_once_it_has_left_and_read_by_the_next() {
    on_both_engines(|mut world| async move {
        let silent = world.desk.clone();
        speaking(&mut world);
        let client = world.aurora.client.id;
        let own = format!("Dear Ms Nowak,\n\n{OWN}\n\nBest regards, Tiago");
        let said = format!("Szanowna Pani Nowak,\n\n{TO_THE_CUSTOMER}\n\nPozdrawiam, Tiago");
        answered(&world, &own, &said, IsChecked::No).await;
        assert_eq!(remembered(&world, client).await, [], "it can still be taken back");
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned(), Approval::Unread);
        let expected = [pair(TO_THE_CUSTOMER, OWN), pair(OWN, TO_THE_CUSTOMER)];
        assert_eq!(remembered(&world, client).await, expected, "without anybody's name, in both directions");
        assert_eq!(remembered(&world, world.pip.client.id).await, []);

        world.desk = silent;
        let again = format!("Nikt mi nie odpowiada.\n\n{}", TO_THE_CUSTOMER.replace("14", "15"));
        let mail = world.mail("Jan Lis <jan@poczta.example>", AURORA, "Pytanie", &again);
        let case = world.receive(&mail).await;
        world.run_jobs().await;
        let found = translations(&world, case).await.pop().unwrap();
        assert_eq!(found.text, format!("Nikt mi nie odpowiada.\n\n{}", OWN.replace("14", "15")));
        let by: Vec<_> = found.segments.iter().map(|segment| segment.said_by.clone()).collect();
        let because = "Tiago Rocha sent this in a reply on 2026-03-02 without reading the language.";
        assert_eq!(by, [SaidBy::Nobody, SaidBy::Memory(because.to_owned())]);
        assert!(found.segments[0].confidence < 0.01 && found.segments[1].confidence > 0.8);
        let other = world.mail("Jan Lis <jan@poczta.example>", "hello@pip.example", "Pytanie", &again);
        let other = world.receive(&other).await;
        world.run_jobs().await;
        assert_eq!(translations(&world, other).await, [], "another client's memory stays closed");
    });
}

#[test]
fn what_was_stopped_or_taken_back_is_not_remembered() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let client = world.aurora.client.id;
        answered(&world, WRONG, TO_THE_CUSTOMER, IsChecked::Yes).await;
        let back = answered(&world, OWN, TO_THE_CUSTOMER, IsChecked::No).await;
        let reach = world.reach("tiago").await;
        let reply = world.messages(back).await.pop().unwrap();
        desk::replies::withdraw(&world.desk, &reach, back, reply.id).await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        assert_eq!(remembered(&world, client).await, []);
    });
}

#[test]
fn who_reads_both_languages_is_believed_and_not_overruled() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let client = world.aurora.client.id;
        let bring = async |source: &str, target: &str| {
            let pair = language::memory::TmxPair {
                from: tag("en"),
                to: tag("pl"),
                source: source.to_owned(),
                target: target.to_owned(),
                by: "Ewa".to_owned(),
            };
            let reach = world.reach("olga").await;
            let bytes = to_tmx(&[pair]).into_bytes();
            word_files::bring_memory(&world.desk, &reach, client, bytes).await.unwrap()
        };
        assert_eq!(bring(OWN, "Tak, może go Pani zwrócić do 14 marca.").await.written, 2);
        let case = asked(&world).await;
        let reach = world.reach("tiago").await;
        wording::translate(&world.desk, &reach, case, OWN).await.unwrap();
        let beside = desk::case_page::case_page(&world.desk, &reach, case, None).await.unwrap();
        let beside = beside.writing.translation.unwrap();
        assert_eq!(
            beside.text, "Tak, może go Pani zwrócić do 14 marca.",
            "the memory comes before the engine"
        );
        send(&world, case, OWN, TO_THE_CUSTOMER, IsChecked::No).await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        assert_eq!(world.messages(case).await.pop().unwrap().delivery, Delivery::Sent);
        let kept = remembered(&world, client).await;
        assert!(kept.contains(&(
            OWN.to_owned(),
            "Tak, może go Pani zwrócić do 14 marca.".to_owned(),
            Approval::Read
        )));
        assert!(kept.iter().any(|(_, _, approval)| *approval == Approval::Unread), "the other way is new");
    });
}

#[test]
fn a_memory_is_searched_shortened_and_brought_in_again() {
    on_both_engines(|world| async move {
        let (client, reach) = (world.aurora.client.id, world.reach("olga").await);
        let pair = |source: &str, target: &str, to: &str| language::memory::TmxPair {
            from: tag("en"),
            to: tag(to),
            source: source.to_owned(),
            target: target.to_owned(),
            by: String::new(),
        };
        let file = to_tmx(&[pair("It is here.", "Es ist da.", "de"), pair("It is gone.", "Jo ni.", "sl")]);
        let brought = word_files::bring_memory(&world.desk, &reach, client, file.into_bytes()).await.unwrap();
        assert_eq!((brought.written, brought.left), (4, 0));
        let find = async |words: &str, direction| {
            memory::page(&world.desk, &reach, client, words, direction, 0).await.unwrap()
        };
        assert_eq!(find("", None).await.held.len(), 4);
        assert_eq!(find("ES IST", None).await.entries.len(), 2);
        let german = Some((tag("de"), tag("en")));
        let entry = find("here", german.clone()).await.entries.remove(0);
        assert_eq!(
            (entry.pair.source.as_str(), entry.pair.approved_by.as_str()),
            ("Es ist da.", "Olga Kranjc")
        );
        assert_eq!(find("gone", german).await.entries, []);
        let pip = world.pip.client.id;
        assert_eq!(code(memory::forget(&world.desk, &reach, pip, entry.id).await), "memory.not_found");
        memory::forget(&world.desk, &reach, client, entry.id).await.unwrap();
        assert_eq!(code(memory::forget(&world.desk, &reach, client, entry.id).await), "memory.not_found");
        assert_eq!(find("", None).await.held.len(), 3);
        let (_, whole) = memory::whole(&world.desk, &reach, client).await.unwrap();
        assert_eq!(whole.len(), 3);
        let other = world.reach("greta").await;
        assert_eq!(code(memory::whole(&world.desk, &other, client).await), "person.not_found");
        let nothing = word_files::bring_memory(&world.desk, &reach, client, b"<tmx></tmx>".to_vec()).await;
        assert_eq!(code(nothing), "words.nothing_read");
    });
}

#[test]
fn where_only_the_memory_goes_a_reply_with_untold_sentences_is_stopped() {
    on_both_engines(|world| async move {
        let (client, reach) = (world.aurora.client.id, world.reach("olga").await);
        let pair = language::memory::TmxPair {
            from: tag("en"),
            to: tag("pl"),
            source: OWN.to_owned(),
            target: TO_THE_CUSTOMER.to_owned(),
            by: String::new(),
        };
        let file = to_tmx(&[pair]).into_bytes();
        word_files::bring_memory(&world.desk, &reach, client, file).await.unwrap();
        let case = asked(&world).await;
        world.run_jobs().await;
        assert_eq!(translations(&world, case).await, [], "the memory knows none of it");
        let tiago = world.reach("tiago").await;
        let message = world.messages(case).await[0].id;
        translating::ask(&world.desk, &tiago, case, message).await.unwrap();
        world.run_jobs().await;
        let because = translations(&world, case).await.pop().unwrap().because;
        assert!(because.contains("no sentence of this text"), "{because}");
        let unknown = wording::translate(&world.desk, &tiago, case, "We have never said this before.").await;
        assert!(matches!(&unknown, Err(Stop::Refused(refused)) if refused.kind == Kind::Conflict));
        assert_eq!(code(unknown), "translation.nothing_known");
        let own = format!("{OWN}\n\nThe courier rings twice at your door.");
        wording::translate(&world.desk, &tiago, case, &own).await.unwrap();
        let said = format!("{TO_THE_CUSTOMER}\n\nThe courier rings twice at your door.");
        let stopped = send(&world, case, &own, &said, IsChecked::No).await;
        assert_eq!(code(stopped), "translation.meaning_changed");
        let said = format!("{TO_THE_CUSTOMER}\n\nKurier dzwoni do Pani dwa razy.");
        send(&world, case, &own, &said, IsChecked::No).await.unwrap();
    });
}
