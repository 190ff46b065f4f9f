//! The door: what the SMTP receiver asks of the desk.

use super::receiver::{Body, Envelope, Intake, Recipient, Taken};
use desk::{Desk, intake};
use kernel::EmailAddress;

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
        let recipients = envelope.to.iter().filter_map(|address| address.parse().ok()).collect();
        let (body, _file) = match body {
            Body::Inline(bytes) => (intake::Body::Bytes(bytes), None),
            // The path removes its file when it goes, unless the desk has moved the file by then.
            Body::Spooled { path, .. } => (intake::Body::File(path.to_path_buf()), Some(path)),
        };
        let delivery = intake::Delivery {
            sender: envelope.from.unwrap_or_default(),
            recipients,
            peer: envelope.peer.to_string(),
            trace: envelope.trace,
            body,
        };
        match intake::keep(&self.desk, delivery).await {
            Ok(()) => Taken::Stored { reference: "kept".to_owned() },
            Err(fault) => {
                tracing::error!(%fault, "can't keep a mail; its sender was told to try again");
                Taken::Later(LATER.to_owned())
            }
        }
    }
}
