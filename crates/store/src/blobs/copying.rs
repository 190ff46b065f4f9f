//! Copying every blob from one place to another, going on where an earlier copy stopped.

use super::{BlobFault, Blobs};
use kernel::BlobHash;
use std::{
    collections::HashSet,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// How many blobs are under way at once: a bucket takes its time for each.
const AT_ONCE: usize = 8;

/// What a copy did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// How many blobs were copied now.
    pub copied: u64,
    /// How many were there already.
    pub there: u64,
    /// Bytes that were copied now.
    pub bytes: u64,
    /// What doesn't hold the bytes that its name says; it wasn't copied.
    pub damaged: Vec<BlobHash>,
}

impl Blobs {
    /// Copies everything that `to` hasn't got. Nothing is deleted here. `told` hears how many are done, now and then.
    ///
    /// # Errors
    /// A fault when one of the places can't be listed or read, or `to` can't be written; what was copied until then stays.
    pub fn copy_to(&self, to: &Self, told: &dyn Fn(u64)) -> Result<Copied, BlobFault> {
        let mut all = Copied::default();
        for (ours, theirs) in self.by_part().zip(to.by_part()) {
            let (ours, theirs) = (ours?, HashSet::<BlobHash>::from_iter(theirs?));
            let (there, missing): (Vec<_>, Vec<_>) = ours.into_iter().partition(|hash| theirs.contains(hash));
            all.there += there.len() as u64;
            self.copy_these(to, &missing, &mut all)?;
            told(all.copied + all.there);
        }
        Ok(all)
    }

    fn copy_these(&self, to: &Self, missing: &[BlobHash], all: &mut Copied) -> Result<(), BlobFault> {
        let (next, all) = (AtomicUsize::new(0), Mutex::new(all));
        let carry = || {
            while let Some(hash) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                let carried = self.carry(to, hash)?;
                let mut all = all.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                match carried {
                    Some(bytes) => {
                        all.copied += 1;
                        all.bytes += bytes;
                    }
                    None => all.damaged.push(hash.clone()),
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let carriers: Vec<_> = (0..AT_ONCE.min(missing.len())).map(|_| scope.spawn(carry)).collect();
            let ended = carriers.into_iter().map(|carrier| carrier.join().unwrap_or(Ok(())));
            ended.collect()
        })
    }

    /// Copies one blob and answers its size; nothing where it is damaged.
    fn carry(&self, to: &Self, hash: &BlobHash) -> Result<Option<u64>, BlobFault> {
        let bytes = match self.get(hash) {
            Err(fault) if fault.is_damage() => return Ok(None),
            bytes => bytes?,
        };
        if super::blob_hash(&bytes) != *hash {
            return Ok(None);
        }
        to.put(&bytes)?;
        Ok(Some(bytes.len() as u64))
    }
}
