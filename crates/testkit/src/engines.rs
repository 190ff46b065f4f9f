//! Fresh databases: an SQLite file in a folder of its own, and a schema of its own on the PostgreSQL that `bin/with-postgres` starts.

use kernel::EventId;
use std::{env, future::Future, sync::Arc};
use store::{Blobs, Engine, Store, Vault, fresh};
use tempfile::TempDir;

/// Names the PostgreSQL for tests, as `postgres://user@host:port/name`.
const POSTGRES: &str = "DRAGOMAN_TEST_POSTGRES";

/// An empty database whose schema is current, and an empty folder of blobs. Both end with it.
pub struct Place {
    /// The engine's name, for sentences of failed tests.
    pub engine: &'static str,
    /// The database.
    pub store: Store,
    /// The folder of blobs.
    pub blobs: Blobs,
    /// The vault.
    pub vault: Vault,
    /// The folder that holds everything; free for files of a test.
    pub folder: Arc<TempDir>,
}

impl Place {
    /// A fresh SQLite file.
    pub async fn on_sqlite() -> Self {
        let folder = folder();
        let engine = Engine::Sqlite(folder.path().join("dragoman.db"));
        Self::open(engine, folder).await
    }

    /// A fresh schema on PostgreSQL; `None` when there is none to test on.
    ///
    /// # Panics
    /// Where `CI` is set and PostgreSQL isn't: there, no test is left out in silence.
    pub async fn on_postgres() -> Option<Self> {
        let url = match env::var(POSTGRES) {
            Ok(url) => url,
            Err(_) if env::var_os("CI").is_some() => {
                panic!("{POSTGRES} is not set. Run the tests with: bin/with-postgres cargo nextest run")
            }
            Err(_) => return None,
        };
        let schema = format!("test_{}", fresh::<EventId>());
        let outer = Store::open(Engine::Postgres(url.clone())).expect("the test PostgreSQL answers");
        outer.make_test_schema(&schema).await.expect("the test PostgreSQL makes a schema");
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{separator}options=-c%20search_path%3D{schema}&application_name={schema}");
        Some(Self::open(Engine::Postgres(url), folder()).await)
    }

    async fn open(engine: Engine, folder: TempDir) -> Self {
        let name = engine.name();
        let store = Store::open_current(engine).await.expect("a fresh database takes every step");
        let blobs = Blobs::open(&folder.path().join("blobs")).expect("a fresh folder takes blobs");
        let vault = Vault::open(&folder.path().join("secrets-key")).expect("a fresh folder takes a key");
        Self { engine: name, store, blobs, vault, folder: Arc::new(folder) }
    }
}

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder can be made")
}

/// A fresh database on each engine that there is to test on: always SQLite, and PostgreSQL if `DRAGOMAN_TEST_POSTGRES` names one.
pub async fn both_stores() -> Vec<Place> {
    let mut places = vec![Place::on_sqlite().await];
    places.extend(Place::on_postgres().await);
    places
}

/// Runs a test on a fresh database of each engine. The thread that fails has the engine's name.
///
/// # Panics
/// Where the test does.
pub fn on_both_stores<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran + Sync,
    Ran: Future<Output = ()>,
{
    on_thread("SQLite", || async { on(Place::on_sqlite().await, &test).await });
    on_thread("PostgreSQL", || async {
        if let Some(place) = Place::on_postgres().await {
            on(place, &test).await;
        }
    });
}

async fn on<Ran: Future<Output = ()>>(place: Place, test: impl Fn(Place) -> Ran) {
    // A test may keep only some parts of its place; the folder must outlive them all.
    let _folder = Arc::clone(&place.folder);
    test(place).await;
}

fn on_thread<Ran: Future<Output = ()>>(engine: &str, test: impl FnOnce() -> Ran + Send) {
    let run = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("a runtime starts").block_on(test());
    };
    let ended = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(engine.to_owned()).spawn_scoped(scope, run);
        thread.expect("a thread starts").join()
    });
    if let Err(panic) = ended {
        std::panic::resume_unwind(panic);
    }
}
