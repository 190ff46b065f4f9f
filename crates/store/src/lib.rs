//! The one door to SQLite and PostgreSQL: rows, transactions, migrations, search, blobs, secrets and the feed of changes.
//!
//! Every statement is one SQL text for both engines, written with [`sql!`] so that a test can prepare them all.
//! A transaction is a synchronous closure that may run more than once: nothing is awaited inside it and nothing
//! leaves the building between its begin and its commit.

mod backup;
mod blobs;
mod clock;
mod events;
mod feed;
mod migrations;
mod postgres_engine;
mod postgres_session;
mod postgres_values;
mod row;
mod schema;
mod search;
mod settings;
mod sqlite_engine;
mod statement;
mod store;
mod together;
mod tx;
mod value;
mod vault;

pub use backup::{Backup, Progress, Told, backup, restore, table_hashes};
pub use blobs::{Addressing, BlobFault, Blobs, BucketSettings, Copied, Reading, blob_hash};
pub use clock::Clock;
pub use events::{Change, Event, Happened, MISSED};
pub use kernel::Fault;
pub use migrations::{Migration, migrations};
pub use row::Row;
pub use schema::{SchemaColumn, TABLES};
pub use search::Found;
pub use statement::{STATEMENTS, Statement};
pub use store::{Engine, Store};
pub use together::Together;
pub use tx::Tx;
pub use value::{Column, Param, Value};
pub use vault::{Vault, VaultFault};

#[doc(hidden)]
pub use linkme;

/// An id that nobody has yet: a UUID version 7, so newer ones sort later.
pub fn fresh<I: kernel::Id>() -> I {
    I::from_uuid(uuid::Uuid::now_v7())
}
