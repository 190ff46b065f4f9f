//! A DNS server on this machine that knows what a test tells it.

use mail_auth::hickory_resolver::proto::{
    op::{Message, MessageType, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, MX, TXT},
    },
};
use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::net::UdpSocket;

#[derive(Default)]
struct Known {
    records: Mutex<HashMap<(String, RecordType), Vec<RData>>>,
    silent: AtomicBool,
    asked: AtomicUsize,
}

/// The server. It answers as long as the test's runtime lives.
pub struct Names {
    /// Where it listens.
    pub address: SocketAddr,
    known: Arc<Known>,
}

impl Names {
    /// A server that knows nothing yet.
    ///
    /// # Panics
    /// When nothing can be listened on.
    pub async fn serve() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port is free");
        let address = socket.local_addr().expect("a bound socket has an address");
        let known = Arc::new(Known::default());
        tokio::spawn(answer_all(socket, Arc::clone(&known)));
        Self { address, known }
    }

    /// At this name stands this text, and no other.
    pub fn text(&self, name: &str, text: &str) {
        self.texts(name, &[text]);
    }

    /// At this name stand these texts.
    pub fn texts(&self, name: &str, texts: &[&str]) {
        let pieces = |text: &&str| {
            let pieces = text.as_bytes().chunks(255).map(|piece| String::from_utf8_lossy(piece).into_owned());
            RData::TXT(TXT::new(pieces.collect()))
        };
        self.put(name, RecordType::TXT, texts.iter().map(pieces).collect());
    }

    /// This name has this address.
    ///
    /// # Panics
    /// When it is none.
    pub fn address_of(&self, name: &str, address: &str) {
        let address: Ipv4Addr = address.parse().expect("a test's address can be read");
        self.put(name, RecordType::A, vec![RData::A(A(address))]);
    }

    /// Mail to this domain goes to these servers, the first of which is preferred; `.` takes none.
    ///
    /// # Panics
    /// When one isn't a name.
    pub fn mail_servers(&self, name: &str, servers: &[&str]) {
        let ranked = servers.iter().zip((10..).step_by(10)).map(|(server, rank)| {
            let server = Name::from_ascii(format!("{}.", server.trim_end_matches('.')));
            RData::MX(MX::new(rank, server.expect("a test's server has a name")))
        });
        self.put(name, RecordType::MX, ranked.collect());
    }

    /// Nothing stands at this name any more.
    pub fn forget(&self, name: &str) {
        let name = format!("{name}.");
        self.known.records().retain(|(known, _), _| *known != name);
    }

    /// It answers nothing from now on.
    pub fn fall_silent(&self) {
        self.known.silent.store(true, Ordering::SeqCst);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.known.asked.load(Ordering::SeqCst)
    }

    fn put(&self, name: &str, kind: RecordType, records: Vec<RData>) {
        self.known.records().insert((format!("{name}."), kind), records);
    }
}

async fn answer_all(socket: UdpSocket, known: Arc<Known>) {
    let mut bytes = [0; 4096];
    while let Ok((length, peer)) = socket.recv_from(&mut bytes).await {
        known.asked.fetch_add(1, Ordering::SeqCst);
        if known.silent.load(Ordering::SeqCst) {
            continue;
        }
        let question = Message::from_vec(bytes.get(..length).unwrap_or_default());
        let answer = known.answer(&question.expect("the resolver asks in the form of the DNS"));
        let answer = answer.to_vec().expect("an answer has the form of the DNS");
        // Who asked may be gone.
        let _ = socket.send_to(&answer, peer).await;
    }
}

impl Known {
    fn records(&self) -> MutexGuard<'_, HashMap<(String, RecordType), Vec<RData>>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, question: &Message) -> Message {
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.metadata.message_type = MessageType::Response;
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        for query in &question.queries {
            let key = (query.name().to_lowercase().to_ascii(), query.query_type());
            match self.records().get(&key) {
                None => answer.metadata.response_code = ResponseCode::NXDomain,
                Some(found) => {
                    let record = |data: &RData| Record::from_rdata(query.name().clone(), 60, data.clone());
                    answer.add_answers(found.iter().map(record));
                }
            }
            answer.add_query(query.clone());
        }
        answer
    }
}
