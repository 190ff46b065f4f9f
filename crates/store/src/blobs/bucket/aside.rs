//! A thread of its own for what is asked over the network, so that whoever must wait can wait without a runtime.

use std::{io, sync::mpsc, thread};
use tokio::{runtime, sync::oneshot};

/// The thread and its runtime; both end with it.
pub(super) struct Aside {
    runtime: runtime::Handle,
    _alive: oneshot::Sender<()>,
}

impl Aside {
    pub(super) fn start() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (alive, ended) = oneshot::channel::<()>();
        let run = move || {
            // The sender says nothing; its going away is the signal.
            let _ = runtime.block_on(ended);
        };
        thread::Builder::new().name("blobs".to_owned()).spawn(run)?;
        Ok(Self { runtime: handle, _alive: alive })
    }

    /// Asks and waits. Belongs on a thread that may wait.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        question: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> object_store::Result<T> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.runtime.spawn(async move {
            // The asker waits for as long as the answer takes.
            let _ = answer.send(question.await);
        });
        answered.recv().unwrap_or_else(|_| {
            let source = "the request was given up".into();
            Err(object_store::Error::Generic { store: "S3", source })
        })
    }
}
