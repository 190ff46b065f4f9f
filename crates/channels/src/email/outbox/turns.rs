//! The outbox with real servers: one that never answers doesn't hold up the others.

use super::{Destination, Outbox};
use cases::Delivery;
use desk::{mailboxes, outgoing};
use engagements::{Security, Smarthost};
use jobs::{Handler, Worker};
use std::{net::SocketAddr, sync::Arc};
use testkit::World;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// A server that says nothing. Whoever connects is told and kept.
async fn silent() -> (SocketAddr, mpsc::UnboundedReceiver<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, connected) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            told.send(stream).unwrap();
        }
    });
    (address, connected)
}

/// A server that takes every letter, and tells.
async fn willing() -> (SocketAddr, mpsc::UnboundedReceiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, taken) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take(stream, told.clone()));
        }
    });
    (address, taken)
}

async fn take(stream: TcpStream, told: mpsc::UnboundedSender<()>) {
    let mut stream = BufReader::new(stream);
    let _ = stream.write_all(b"220 willing.example\r\n").await;
    let mut is_in_mail = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or_default() == 0 {
            return;
        }
        let answer = match line.trim_end() {
            "." => {
                is_in_mail = false;
                let _ = told.send(());
                "250 2.0.0 Taken\r\n"
            }
            _ if is_in_mail => continue,
            "DATA" => {
                is_in_mail = true;
                "354 Go on\r\n"
            }
            _ => "250 2.0.0 OK\r\n",
        };
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

fn at(address: SocketAddr) -> Smarthost {
    let host = address.ip().to_string();
    Smarthost { host, port: address.port(), security: Security::Plain, user: String::new() }
}

#[tokio::test]
async fn a_silent_server_leaves_room_for_others() {
    let world = World::on_sqlite().await;
    let (slow, mut connected) = silent().await;
    let (quick, mut taken) = willing().await;
    let (owner, aurora) = (world.reach("olga").await, &world.aurora);
    mailboxes::leave_through(&world.desk, &owner, aurora.client.id, aurora.mailbox.id, at(slow), "")
        .await
        .unwrap();
    world.write(move |tx| outgoing::set_relay_in(tx, &at(quick))).await;
    let waits = world.case_from_mail("help@aurora.example").await;
    let goes = world.case_from_mail("hello@pip.example").await;
    for nth in 0..30 {
        world.reply("tiago", waits, &format!("Answer {nth}.")).await.unwrap();
    }
    world.reply("jun", goes, "Charge it.").await.unwrap();
    world.later(desk::UNDO_FOR);

    let outbox = Outbox::new(world.desk.clone(), Destination::Relay, None, "desk.example".to_owned());
    let handlers: Vec<Arc<dyn Handler>> = vec![Arc::new(outbox)];
    let worker = Worker::new(world.desk.store.clone(), world.desk.clock.clone(), handlers);
    let mut held = Vec::new();
    worker
        .serve(async {
            taken.recv().await.unwrap();
            while held.len() < 3 {
                held.push(connected.recv().await.unwrap());
            }
        })
        .await
        .unwrap();
    assert!(connected.try_recv().is_err(), "the silent server has three letters in hand, not more");
    let messages = world.messages(waits).await;
    let waiting = messages.iter().filter(|message| message.delivery == Delivery::Waiting);
    let told = waiting.filter(|message| message.delivery_note.contains("is still taking other letters"));
    assert!(told.count() >= 10, "the others say why they wait");
}
