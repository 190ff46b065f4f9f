//! A DNS server on this machine that knows what a test tells it.

use mail_auth::hickory_resolver::proto::{
    op::{Message, MessageType, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, TXT},
    },
};
use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::net::UdpSocket;

#[derive(Default)]
struct Known {
    texts: Mutex<HashMap<String, String>>,
    addresses: Mutex<HashMap<String, Ipv4Addr>>,
    silent: AtomicBool,
    asked: AtomicUsize,
}

/// The server.
pub(super) struct Names {
    pub(super) address: SocketAddr,
    known: Arc<Known>,
}

impl Names {
    pub(super) async fn serve() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let (address, known) = (socket.local_addr().unwrap(), Arc::new(Known::default()));
        let served = Arc::clone(&known);
        tokio::spawn(async move {
            let mut bytes = [0; 4096];
            while let Ok((length, peer)) = socket.recv_from(&mut bytes).await {
                served.asked.fetch_add(1, Ordering::SeqCst);
                if !served.silent.load(Ordering::SeqCst) {
                    let answer = served.answer(&Message::from_vec(&bytes[..length]).unwrap());
                    socket.send_to(&answer.to_vec().unwrap(), peer).await.unwrap();
                }
            }
        });
        Self { address, known }
    }

    pub(super) fn text(&self, name: &str, text: &str) {
        self.known.texts.lock().unwrap().insert(format!("{name}."), text.to_owned());
    }

    pub(super) fn address_of(&self, name: &str, address: &str) {
        self.known.addresses.lock().unwrap().insert(format!("{name}."), address.parse().unwrap());
    }

    pub(super) fn fall_silent(&self) {
        self.known.silent.store(true, Ordering::SeqCst);
    }

    pub(super) fn asked(&self) -> usize {
        self.known.asked.load(Ordering::SeqCst)
    }
}

impl Known {
    fn answer(&self, question: &Message) -> Message {
        let query = question.queries[0].clone();
        let found = self.find(query.name(), query.query_type());
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.metadata.message_type = MessageType::Response;
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        if found.is_none() {
            answer.metadata.response_code = ResponseCode::NXDomain;
        }
        answer.add_answers(found.map(|data| Record::from_rdata(query.name().clone(), 60, data)));
        answer.add_query(query);
        answer
    }

    fn find(&self, name: &Name, kind: RecordType) -> Option<RData> {
        let name = name.to_lowercase().to_ascii();
        match kind {
            RecordType::TXT => {
                let text = self.texts.lock().unwrap().get(&name)?.clone();
                let pieces =
                    text.as_bytes().chunks(255).map(|piece| String::from_utf8_lossy(piece).into_owned());
                Some(RData::TXT(TXT::new(pieces.collect())))
            }
            RecordType::A => Some(RData::A(A(*self.addresses.lock().unwrap().get(&name)?))),
            _ => None,
        }
    }
}
