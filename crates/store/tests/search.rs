//! Search: which messages hold these words, on both engines alike.

use kernel::{CaseId, EngagementId, Fault, MessageId};
use store::{Found, Tx, fresh, sql};
use testkit::{World, on_both_engines};

/// A message beside the first one of a case, found by these words.
async fn indexed(world: &World, case: CaseId, engagement: EngagementId, words: &'static str) -> MessageId {
    let id: MessageId = fresh();
    let copy = move |tx: &mut Tx<'_>| {
        tx.run(
            sql!(
                "insert into messages (id, case_id, client_id, kind, channel, at, sender_name, sender_address, recipients,
                                       subject, new_text, quoted_text, signature, language, spans, references_list,
                                       because, problems, delivery, delivery_note)
                 select $1, case_id, client_id, 'note', channel, at, '', '', '', '', '', '', '', language, spans,
                        references_list, because, problems, delivery, delivery_note
                 from messages where case_id = $2 and kind = 'customer'"
            ),
            &[&id, &case],
        )?;
        tx.index(engagement, case, id, words)?;
        tx.index(engagement, case, id, "indexed twice")
    };
    world.write(copy).await;
    id
}

async fn found(world: &World, engagements: &[EngagementId], words: &[&[&str]]) -> Vec<MessageId> {
    search(world, engagements, words, None, 50).await.into_iter().map(|found| found.message).collect()
}

async fn search(
    world: &World,
    engagements: &[EngagementId],
    words: &[&[&str]],
    before: Option<i64>,
    limit: i64,
) -> Vec<Found> {
    let engagements = engagements.to_vec();
    let words: Vec<Vec<String>> =
        words.iter().map(|word| word.iter().map(|one| (*one).to_owned()).collect()).collect();
    world.read(move |tx| tx.search(&engagements, &words, before, limit)).await
}

#[test]
fn every_word_must_fit_and_one_alternative_is_enough() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let here = world.aurora.partner;
        let kettle = indexed(&world, case, here, "the kettle leaks _leak grün 4711 k7qm_3xtp हिन्दी").await;
        let lamp = indexed(&world, case, here, "the lamp leaks _leak light").await;
        let check = async |words: &[&[&str]], expected: &[MessageId]| {
            assert_eq!(found(&world, &[here], words).await, expected, "{words:?}");
        };
        check(&[&["kettle"]], &[kettle]).await;
        check(&[&["leaks"]], &[lamp, kettle]).await;
        check(&[&["_leak"]], &[lamp, kettle]).await;
        check(&[&["leak"]], &[]).await;
        check(&[&["leaks"], &["lamp"]], &[lamp]).await;
        check(&[&["kettle"], &["lamp"]], &[]).await;
        check(&[&["kettle", "lamp"]], &[lamp, kettle]).await;
        check(&[&["kettle", "lamp"], &["light", "dark"]], &[lamp]).await;
        check(&[&["grün"]], &[kettle]).await;
        check(&[&["k7qm_3xtp"]], &[kettle]).await;
        check(&[&["4711"]], &[kettle]).await;
        check(&[&["हिन्दी"]], &[kettle]).await;
        check(&[&["twice"]], &[]).await;
        check(&[], &[]).await;
        check(&[&[]], &[]).await;
    });
}

#[test]
fn an_engagement_is_a_wall() {
    on_both_engines(|world| async move {
        let ours = world.case_from_mail("help@aurora.example").await;
        let theirs = world.case_from_mail("hello@pip.example").await;
        let (aurora, pip) = (world.aurora.partner, world.pip.partner);
        let first = indexed(&world, ours, aurora, "wobble").await;
        let second = indexed(&world, theirs, pip, "wobble").await;
        assert_eq!(found(&world, &[aurora], &[&["wobble"]]).await, [first]);
        assert_eq!(found(&world, &[pip], &[&["wobble"]]).await, [second]);
        assert_eq!(found(&world, &[aurora, pip], &[&["wobble"]]).await, [second, first]);
        assert_eq!(found(&world, &[world.nights], &[&["wobble"]]).await, []);
        assert_eq!(found(&world, &[], &[&["wobble"]]).await, []);
        // The word that stands for an engagement opens nothing, whoever guesses it.
        let guessed = format!("__e{pip}");
        assert_eq!(found(&world, &[aurora], &[&[&guessed]]).await, []);
        assert_eq!(found(&world, &[aurora], &[&["wobble", &guessed]]).await, [first]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let here = world.aurora.partner;
        let mut all = Vec::new();
        for _ in 0..7 {
            all.push(indexed(&world, case, here, "same words").await);
        }
        all.reverse();
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = search(&world, &[here], &[&["same"]], before, 3).await;
            let Some(last) = page.last() else { break };
            before = Some(last.entry);
            seen.extend(page.iter().map(|found| found.message));
        }
        assert_eq!(seen, all);
    });
}

#[test]
fn no_query_breaks_the_engine() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        indexed(&world, case, world.aurora.partner, "plain words").await;
        let long = "x".repeat(100_000);
        let hostile = [
            "",
            " ",
            "\"",
            "'",
            "''",
            "\\",
            "\\'",
            "*",
            "plain*",
            "a:b",
            "words:*",
            "(",
            ")",
            "NEAR(",
            "AND",
            "OR",
            "NOT",
            "-plain",
            "!plain",
            "&",
            "|",
            "<->",
            "^plain",
            "{",
            "}",
            "%",
            "_",
            "\0",
            "plain\0",
            "\u{fffd}",
            "';drop table cases;--",
            "$1",
            "words) or (1=1",
            "🛴",
            &long,
        ];
        for word in hostile {
            for words in [&[&[word][..]][..], &[&["plain"][..], &[word, "nothing"]], &[&["plain", word]]] {
                let there = search(&world, &[world.aurora.partner], words, None, 10).await;
                assert!(there.len() <= 1, "{words:?}");
            }
        }
        assert_eq!(found(&world, &[world.aurora.partner], &[&["plain"], &["words"]]).await.len(), 1);
    });
}

#[test]
fn a_long_text_of_ever_new_words_is_kept() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let words: String = (0..20_000).map(|nth| format!("word{nth:08} ")).collect();
        let words: &'static str = words.leak();
        let message = indexed(&world, case, world.aurora.partner, words).await;
        assert_eq!(found(&world, &[world.aurora.partner], &[&["word00019999"]]).await, [message]);
    });
}

#[test]
fn an_entry_of_an_unknown_message_is_refused() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let (engagement, message) = (world.aurora.partner, fresh());
        let index = move |tx: &mut Tx<'_>| tx.index(engagement, case, message, "words");
        assert!(world.desk.store.write::<(), Fault, _>(index).await.is_err());
    });
}

#[test]
fn a_small_reach_is_found_behind_many_hits_of_others() {
    on_both_engines(|world| async move {
        let ours = world.case_from_mail("help@aurora.example").await;
        let theirs = world.case_from_mail("hello@pip.example").await;
        let (aurora, pip) = (world.aurora.partner, world.pip.partner);
        let oldest = indexed(&world, ours, aurora, "wobble once").await;
        for _ in 0..60 {
            indexed(&world, theirs, pip, "wobble again").await;
        }
        assert_eq!(found(&world, &[aurora], &[&["wobble"]]).await, [oldest]);
        assert_eq!(found(&world, &[pip], &[&["wobble"]]).await.len(), 50);
        assert_eq!(found(&world, &[pip], &[&["once"]]).await, []);
    });
}
