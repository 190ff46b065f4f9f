//! The stories that cross rooms: receiving a mail, replying, assigning, closing, setting up. Each is a list of steps in one file;
//! what is decided is decided in the rooms.

pub mod accounts;
pub mod administration;
pub mod approvals;
pub mod attendance;
pub mod board;
pub mod bounces;
pub mod case_page;
mod changes;
pub mod clocks;
pub mod consents;
pub mod correcting;
pub mod correspondence;
pub mod coverage_map;
pub mod dispatch;
pub mod downloads;
pub mod draft_files;
pub mod enclosures;
pub mod engagement_terms;
pub mod engines;
pub mod escalations;
mod expecting;
pub mod fetching;
pub mod files;
mod floods;
mod hand_over_note;
pub mod hand_overs;
pub mod holidays;
pub mod inbox;
pub mod intake;
mod kinship;
mod letters;
pub mod levels;
pub mod mailboxes;
pub mod memory;
pub mod merging;
pub mod meter;
pub mod neighbours;
pub mod outgoing;
pub mod outstanding;
pub mod overflowing;
mod own_letters;
pub mod pacing;
pub mod paging;
pub mod parked;
pub mod participants;
pub mod permits;
pub mod place;
pub mod placement;
pub mod plainness;
pub mod postbox;
pub mod queue;
pub mod receive;
pub mod replies;
mod reports;
pub mod risk;
pub mod roster;
pub mod routing;
pub mod saying;
pub mod scheduled;
pub mod seams;
pub mod sending_domains;
pub mod set_up;
pub mod sign_in;
pub mod signals;
pub mod speakers;
pub mod stuck_jobs;
mod succession;
pub mod tables;
pub mod terms;
pub mod trace;
pub mod translating;
pub mod understanding;
pub mod unsubscriptions;
pub mod vendors;
pub mod vouching;
pub mod word_files;
pub mod wording;
pub mod work;
pub mod workplaces;

use kernel::Fault;
use language::{
    Identifier,
    translation::{Engines, Models, Translator},
};
use std::{sync::Arc, time::Duration};
use store::{Blobs, Clock, Store, Vault};

pub use kernel::{Refused, Stop};

/// The desk: what every story needs at hand. Clones share it.
#[derive(Clone)]
pub struct Desk {
    /// The database.
    pub store: Store,
    /// Raw mails and attachments.
    pub blobs: Blobs,
    /// Seals what must not stand in the database as it is.
    pub vault: Vault,
    /// The time.
    pub clock: Clock,
    identifier: Arc<Identifier>,
    signing_key: Arc<str>,
    /// How long a reply waits before it leaves, so that it can be taken back.
    pub undo_for: Duration,
    /// Where customers reach this installation, as `https://desk.example.com`; without it no letter holds a link to us.
    pub public_address: Option<Arc<str>>,
    /// Says texts in other languages; goes nowhere until [`Desk::translating_with`] gives it engines.
    pub translator: Arc<dyn Translator>,
    elsewhere: Arc<dyn saying::Elsewhere>,
    models: Option<Models>,
    in_hand: pacing::InHand,
    termbases: Arc<terms::Termbases>,
}

/// How long a reply can be taken back unless the installation says otherwise.
pub const UNDO_FOR: Duration = Duration::from_secs(10);

impl Desk {
    /// Opens the desk on a store whose schema is current.
    ///
    /// # Errors
    /// A fault when the database refuses to keep the key that signs reply addresses.
    pub async fn open(
        store: Store,
        blobs: Blobs,
        vault: Vault,
        clock: Clock,
        undo_for: Duration,
    ) -> Result<Self, Fault> {
        let first = people::Secret::fresh();
        let key = store.write(move |tx| tx.setting_or("signing_key", first.reveal())).await?;
        let identifier = Arc::new(Identifier::default());
        Ok(Self {
            store,
            blobs,
            vault,
            clock,
            identifier,
            signing_key: key.into(),
            undo_for,
            public_address: None,
            translator: Arc::new(Engines::none()),
            elsewhere: Arc::new(saying::Nowhere),
            models: None,
            in_hand: pacing::InHand::default(),
            termbases: Arc::default(),
        })
    }

    /// The same desk with this translator.
    #[must_use]
    pub fn translating_with(self, translator: Arc<dyn Translator>) -> Self {
        Self { translator, ..self }
    }

    /// The same desk, telling these languages apart.
    #[must_use]
    pub fn identifying_with(self, identifier: Identifier) -> Self {
        Self { identifier: Arc::new(identifier), ..self }
    }

    /// The same desk, which reaches engines elsewhere by this.
    #[must_use]
    pub fn asking_elsewhere(self, elsewhere: Arc<dyn saying::Elsewhere>) -> Self {
        Self { elsewhere, ..self }
    }

    /// The same desk, whose own models are in this folder.
    #[must_use]
    pub fn with_models(self, models: Models) -> Self {
        Self { models: Some(models), ..self }
    }

    /// The same desk, reached by customers at this address.
    #[must_use]
    pub fn reached_at(self, public_address: Option<String>) -> Self {
        let trimmed = public_address.map(|address| address.trim_end_matches('/').into());
        Self { public_address: trimmed, ..self }
    }
}

/// Runs work that would keep an async thread busy: hashing, files, language models.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::new)
}
