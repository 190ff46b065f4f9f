//! The door: what the receiver asks of the desk.

use super::receiver::{Body, Envelope, Intake, Manner, Recipient, Taken};
use desk::{Desk, intake};
use kernel::{EmailAddress, Fault};
use tempfile::TempPath;

const LATER: &str = "The desk can't reach its database right now; try again in a few minutes";

/// Takes mail for the addresses that the desk serves.
pub struct Door {
    /// The desk.
    pub desk: Desk,
}

impl Intake for Door {
    async fn serves(&self, recipient: &str) -> Recipient {
        let Ok(address) = recipient.parse::<EmailAddress>() else { return Recipient::Unknown };
        match intake::serves(&self.desk, &address).await {
            Ok(true) => Recipient::Served,
            Ok(false) => Recipient::Unknown,
            Err(fault) => {
                tracing::error!(%fault, "can't look an address up");
                Recipient::Later(LATER.to_owned())
            }
        }
    }

    async fn take(&self, envelope: Envelope, body: Body) -> Taken {
        let (delivery, _file) = delivery(envelope, body);
        match intake::keep(&self.desk, delivery).await {
            Ok(()) => kept(),
            Err(fault) => not_now(&fault),
        }
    }

    async fn take_each(&self, envelope: Envelope, body: Body) -> Vec<Taken> {
        let recipients = envelope.to.len();
        let (delivery, _file) = delivery(envelope, body);
        match intake::keep_each(&self.desk, delivery).await {
            Ok(each) => {
                each.into_iter().map(|one| one.map_or_else(|fault| not_now(&fault), |()| kept())).collect()
            }
            Err(fault) => vec![not_now(&fault); recipients],
        }
    }
}

/// The second removes its file when it goes, unless the desk has moved the file by then.
fn delivery(envelope: Envelope, body: Body) -> (intake::Delivery, Option<TempPath>) {
    let recipients = envelope.to.iter().filter_map(|address| address.parse().ok()).collect();
    let (body, file) = match body {
        Body::Inline(bytes) => (intake::Body::Bytes(bytes), None),
        Body::Spooled { path, .. } => (intake::Body::File(path.to_path_buf()), Some(path)),
    };
    // Who speaks LMTP isn't who sent the mail, so no address to judge the sender by.
    let peer = match envelope.manner {
        Manner::Local => format!("lmtp {}", envelope.peer),
        Manner::Plain | Manner::Extended => envelope.peer.to_string(),
    };
    let (sender, trace) = (envelope.from.unwrap_or_default(), envelope.trace);
    (intake::Delivery { sender, recipients, peer, trace, body }, file)
}

fn kept() -> Taken {
    Taken::Stored { reference: "kept".to_owned() }
}

fn not_now(fault: &Fault) -> Taken {
    tracing::error!(%fault, "can't keep a mail; its sender was told to try again");
    Taken::Later(LATER.to_owned())
}
