//! Fetching from a scripted server: mails once each, and every failure in plain words while another account goes on.

mod leases;
mod moods;

use super::{Fetcher, Patience, Trust};
use crate::email::consent::{Consents, Endpoints};
use desk::{Desk, fetching};
use engagements::fetching::{Fetching, Standing, TypedAccount};
use kernel::{ClientId, MailboxId};
use std::{future::pending, sync::Arc, time::Duration};
use testkit::{World, on_both_engines};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// What a server does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    SaysNothing,
    RefusesPassword,
    HasNoFolder,
    ListsGarbage,
    SendsTwoGigabytes,
    BreaksInAMail,
    SaysGoodbye,
    IsNoImap,
}

const MAILS: u32 = 3;

async fn server(fault: Fault) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move { drop(converse(stream, fault).await) });
        }
    });
    port
}

async fn converse(stream: TcpStream, fault: Fault) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    match fault {
        Fault::SaysNothing => pending().await,
        Fault::IsNoImap => stream.write_all(b"220 smtp.example.com ESMTP\r\n").await?,
        _ => stream.write_all(b"* OK [CAPABILITY IMAP4rev1] here\r\n").await?,
    }
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
        let (said, ends) = answer(command, fault);
        stream.write_all(said.as_bytes()).await?;
        if let Some(ends) = ends {
            stream.write_all(format!("{tag} {ends}\r\n").as_bytes()).await?;
        } else {
            return Ok(());
        }
        line.clear();
    }
    Ok(())
}

/// What is said beside a command, and how it ends; without an end the connection does.
fn answer(command: &str, fault: Fault) -> (String, Option<&'static str>) {
    let none = String::new();
    match (command, fault) {
        (login, Fault::RefusesPassword) if login.starts_with("LOGIN") => {
            (none, Some("NO [AUTHENTICATIONFAILED] no such user"))
        }
        (open, Fault::HasNoFolder) if open.starts_with("EXAMINE") => (none, Some("NO unknown folder")),
        (open, Fault::SaysGoodbye) if open.starts_with("EXAMINE") => {
            ("* BYE going home\r\n".to_owned(), None)
        }
        (open, _) if open.starts_with("EXAMINE") => (
            format!("* {MAILS} EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {}] x\r\n", MAILS + 1),
            Some("OK opened"),
        ),
        (list, _) if list.contains("(UID RFC822.SIZE)") && fault == Fault::ListsGarbage => {
            ("what is this\r\n".to_owned(), Some("OK"))
        }
        (list, _) if list.contains("(UID RFC822.SIZE)") => {
            let from: u32 =
                list.trim_start_matches("UID FETCH ").split([':', ' ', ',']).next().unwrap().parse().unwrap();
            let line = |uid: u32| format!("* {uid} FETCH (UID {uid} RFC822.SIZE 120)\r\n");
            ((from.min(MAILS)..=MAILS).map(line).collect(), Some("OK listed"))
        }
        (heads, _) if heads.contains("HEADER.FIELDS") => (none, Some("OK no heads")),
        (fetch, _) if fetch.contains("BODY.PEEK[]") => bodies(fault),
        ("CAPABILITY", _) => ("* CAPABILITY IMAP4rev1\r\n".to_owned(), Some("OK")),
        _ => (none, Some("OK done")),
    }
}

fn bodies(fault: Fault) -> (String, Option<&'static str>) {
    match fault {
        Fault::SendsTwoGigabytes => {
            ("* 1 FETCH (UID 1 BODY[] {2147483648}\r\nFrom: a@b.example".to_owned(), None)
        }
        Fault::BreaksInAMail => ("* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: a@b.example".to_owned(), None),
        _ => {
            let mail = |uid: u32| {
                let text = format!(
                    "Return-Path: <eva@mail.example>\r\nMessage-ID: <{uid}@mail.example>\r\n\r\nHello {uid}"
                );
                format!("* {uid} FETCH (UID {uid} FLAGS (\\Seen) BODY[] {{{}}}\r\n{text})\r\n", text.len())
            };
            ((1..=MAILS).map(mail).collect(), Some("OK fetched"))
        }
    }
}

fn patience() -> Patience {
    Patience {
        silence_within: Duration::from_millis(300),
        look_again_after: Duration::from_millis(50),
        ..Patience::default()
    }
}

async fn name(world: &World, client: ClientId, mailbox: MailboxId, port: u16) {
    let typed = TypedAccount {
        host: "127.0.0.1",
        port: &port.to_string(),
        security: "plain",
        user: "help",
        sign_in: "password",
        first_fetch: "everything",
        after_intake: "leave",
        switch: "on",
        ..TypedAccount::default()
    };
    let owner = world.reach("olga").await;
    fetching::name_account(&world.desk, &owner, client, mailbox, typed, "s3cret").await.unwrap();
}

/// Waits until the account stands as wanted.
async fn until(world: &World, mailbox: MailboxId, is: impl Fn(&Fetching) -> bool) -> Fetching {
    let since = std::time::Instant::now();
    loop {
        let found = fetching::progress(&world.desk, mailbox).await.unwrap();
        if is(&found) {
            return found;
        }
        assert!(since.elapsed() < Duration::from_secs(150), "it stays at {found:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn kept(world: &World) -> i64 {
    world.read(jobs::waiting_count).await.0
}

/// A fetcher whose accounts have passwords.
fn fetcher(desk: Desk, patience: Patience) -> Fetcher {
    let trust = Trust::new(None).unwrap();
    let consents = Consents::new(desk.clone(), &trust, Endpoints::public()).unwrap();
    Fetcher::new(desk, trust, Arc::new(consents), patience)
}

fn check(fault: Fault, words: &'static [&'static str]) {
    on_both_engines(move |world| async move {
        let (bad, good) = (server(fault).await, server(Fault::None).await);
        name(&world, world.aurora.client.id, world.aurora.mailbox.id, bad).await;
        name(&world, world.pip.client.id, world.pip.mailbox.id, good).await;
        let fetcher = fetcher(world.desk.clone(), patience());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(fetcher.serve(async move { drop(stopped.await) }));
        let failed = until(&world, world.aurora.mailbox.id, |found| found.standing == Standing::Failed).await;
        let went_on = until(&world, world.pip.mailbox.id, |found| found.standing == Standing::Waiting).await;
        assert_eq!((went_on.taken, kept(&world).await), (i64::from(MAILS), i64::from(MAILS)));
        for word in words {
            assert!(failed.sentence.contains(word), "{fault:?}: {word:?} isn't in {:?}", failed.sentence);
        }
        assert!(failed.next_try_at.is_some(), "{fault:?}");
        drop(stop);
        serving.await.unwrap().unwrap();
    });
}

#[test]
fn each_failure_is_told_in_plain_words_while_others_go_on() {
    check(Fault::SaysNothing, &["doesn't answer", "Check host, port and security"]);
    check(Fault::IsNoImap, &["no IMAP server", "220 smtp.example.com"]);
    check(Fault::RefusesPassword, &["refuses user name or password", "no such user", "Enter them again"]);
    check(Fault::HasNoFolder, &["“INBOX” can't be opened", "unknown folder"]);
    check(Fault::SaysGoodbye, &["closed the connection", "going home"]);
    check(Fault::ListsGarbage, &["can't be understood", "listing"]);
    check(Fault::BreaksInAMail, &["broke while handing over the mail with UID 1"]);
    check(Fault::SendsTwoGigabytes, &["a mail of 2048 MB", "was cut off"]);
}

#[test]
fn a_mail_is_taken_once_whatever_is_fetched_again() {
    on_both_engines(|world| async move {
        let (client, mailbox) = (world.aurora.client.id, world.aurora.mailbox.id);
        name(&world, client, mailbox, server(Fault::None).await).await;
        let fetcher = fetcher(world.desk.clone(), patience());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(fetcher.serve(async move { drop(stopped.await) }));
        until(&world, mailbox, |found| found.standing == Standing::Waiting).await;
        // Another port is another place: everything is fetched anew, and known.
        name(&world, client, mailbox, server(Fault::None).await).await;
        until(&world, mailbox, |found| {
            found.standing == Standing::Waiting && found.taken == 2 * i64::from(MAILS)
        })
        .await;
        assert_eq!(kept(&world).await, i64::from(MAILS), "{}", world.engine);
        drop(stop);
        serving.await.unwrap().unwrap();
    });
}
