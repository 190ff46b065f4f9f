//! Blobs in a bucket of a server that speaks Amazon's S3 protocol.

mod aside;
mod refusals;

use super::{BlobFault, blob_hash};
use aside::Aside;
use futures_util::{StreamExt, TryStreamExt};
use kernel::BlobHash;
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use std::{fmt, ops::Range, sync::Arc, time::Duration};

/// How long one request may take: an upload of the longest mail over a slow line.
const REQUEST_WITHIN: Duration = Duration::from_secs(120);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a request is tried again after a server's error. Jobs and mail servers try again by themselves.
const RETRIED_FOR: Duration = Duration::from_secs(20);
const RETRIES: usize = 3;

/// How the bucket's name stands in the address of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// `https://server/bucket/key`, as most servers other than Amazon's want it.
    #[default]
    Path,
    /// `https://bucket.server/key`.
    Host,
}

/// Where a bucket is, and how to get in.
#[derive(Clone)]
pub struct BucketSettings {
    /// `s3://bucket` or `s3://bucket/prefix`.
    pub url: String,
    /// The server, as `https://s3.example`; Amazon's of that region where none is named.
    pub endpoint: Option<String>,
    /// The region that the server wants named.
    pub region: String,
    /// The key's public part.
    pub key_id: String,
    /// The key's secret part.
    pub secret: String,
    /// How requests name the bucket.
    pub addressing: Addressing,
}

/// A bucket that is open.
pub(super) struct Bucket {
    place: String,
    name: String,
    prefix: String,
    store: Arc<AmazonS3>,
    aside: Aside,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bucket").field(&self.place).finish()
    }
}

impl Bucket {
    pub(super) fn open(settings: &BucketSettings) -> Result<Self, BlobFault> {
        let (name, prefix) = parse(&settings.url)?;
        let server = settings.endpoint.clone();
        let server = server.unwrap_or_else(|| format!("Amazon S3, region {}", settings.region));
        let place = format!("the bucket {name} at {server}");
        let store = build(settings, &name).map_err(|error| refusals::settings(&place, error))?;
        let aside = Aside::start().map_err(|error| refusals::settings(&place, error))?;
        Ok(Self { place, name, prefix, store: Arc::new(store), aside })
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Keeps bytes unless they are there already. The server answers only when they are safe.
    pub(super) fn put(
        &self,
        hash: &BlobHash,
        bytes: impl FnOnce() -> Result<Vec<u8>, BlobFault>,
    ) -> Result<(), BlobFault> {
        let (store, key) = (Arc::clone(&self.store), self.key(hash));
        let there = self.ask(async move { store.head(&key).await });
        match there {
            Ok(_) => return Ok(()),
            Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(self.fault(&error)),
        }
        let (store, key, bytes) = (Arc::clone(&self.store), self.key(hash), bytes()?);
        let kept = self.ask(async move { store.put(&key, bytes.into()).await });
        kept.map(drop).map_err(|error| self.fault(&error))
    }

    /// The bytes, looked through for damage on the way.
    pub(super) fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobFault> {
        let (store, key) = (Arc::clone(&self.store), self.key(hash));
        let bytes = self.ask(async move { store.get(&key).await?.bytes().await });
        let bytes = bytes.map_err(|error| self.missing(hash, &error))?;
        if blob_hash(&bytes) == *hash { Ok(bytes.into()) } else { Err(refusals::damaged(&self.place, hash)) }
    }

    pub(super) fn size(&self, hash: &BlobHash) -> Result<u64, BlobFault> {
        let (store, key) = (Arc::clone(&self.store), self.key(hash));
        let found = self.ask(async move { store.head(&key).await });
        found.map(|object| object.size).map_err(|error| self.missing(hash, &error))
    }

    pub(super) fn range(&self, hash: &BlobHash, range: Range<u64>) -> Result<Vec<u8>, BlobFault> {
        let (store, key) = (Arc::clone(&self.store), self.key(hash));
        let bytes = self.ask(async move { store.get_range(&key, range).await });
        bytes.map(Into::into).map_err(|error| self.missing(hash, &error))
    }

    pub(super) fn damaged(&self, hash: &BlobHash) -> BlobFault {
        refusals::damaged(&self.place, hash)
    }

    /// The first bytes; the rest isn't fetched.
    pub(super) fn beginning(&self, hash: &BlobHash, most: usize) -> Result<Vec<u8>, BlobFault> {
        let (store, key) = (Arc::clone(&self.store), self.key(hash));
        let read = self.ask(async move {
            let mut bytes = Vec::new();
            let mut chunks = store.get(&key).await?.into_stream();
            while let Some(chunk) = chunks.next().await {
                bytes.extend_from_slice(&chunk?);
                if bytes.len() >= most {
                    break;
                }
            }
            bytes.truncate(most);
            Ok(bytes)
        });
        read.map_err(|error| self.missing(hash, &error))
    }

    /// The blobs whose hashes begin so, in no order. What isn't named like a blob is passed over.
    pub(super) fn part(&self, first: &str) -> Result<Vec<BlobHash>, BlobFault> {
        let (store, folder) = (Arc::clone(&self.store), self.path(first));
        let found = self.ask(async move { store.list(Some(&folder)).try_collect::<Vec<_>>().await });
        let found = found.map_err(|error| self.fault(&error))?;
        Ok(found.iter().filter_map(|object| BlobHash::new(object.location.filename()?)).collect())
    }

    pub(super) fn probe(&self) -> Result<(), BlobFault> {
        let key = self.path(&format!("probe/{}", uuid::Uuid::now_v7()));
        let store = Arc::clone(&self.store);
        let probed = self.ask(async move {
            store.put(&key, "Dragoman can write here.".into()).await?;
            let read = store.get(&key).await?.bytes().await?;
            store.delete(&key).await?;
            Ok(read)
        });
        match probed {
            Ok(read) if read.as_ref() == b"Dragoman can write here." => Ok(()),
            Ok(_) => Err(refusals::untrue(&self.place)),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn key(&self, hash: &BlobHash) -> Path {
        self.path(&format!("{}/{hash}", &hash.as_str()[..2]))
    }

    fn path(&self, below: &str) -> Path {
        Path::from(format!("{}/{below}", self.prefix))
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> object_store::Result<T> {
        self.aside.ask(question)
    }

    fn missing(&self, hash: &BlobHash, error: &object_store::Error) -> BlobFault {
        refusals::reading(&self.place, &self.name, hash, error)
    }

    fn fault(&self, error: &object_store::Error) -> BlobFault {
        refusals::of(&self.place, &self.name, error)
    }
}

/// The bucket's name and the prefix.
fn parse(url: &str) -> Result<(String, String), BlobFault> {
    let rest = url.strip_prefix("s3://").unwrap_or_default();
    let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if name.is_empty()
        || name.contains(|letter: char| !letter.is_ascii_alphanumeric() && !"-._".contains(letter))
    {
        return Err(refusals::no_address(url));
    }
    Ok((name.to_owned(), prefix.trim_matches('/').to_owned()))
}

fn build(settings: &BucketSettings, name: &str) -> object_store::Result<AmazonS3> {
    // Whoever was first has installed the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = ClientOptions::new().with_connect_timeout(CONNECT_WITHIN).with_timeout(REQUEST_WITHIN);
    let retry =
        RetryConfig { backoff: BackoffConfig::default(), max_retries: RETRIES, retry_timeout: RETRIED_FOR };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(&settings.region)
        .with_access_key_id(&settings.key_id)
        .with_secret_access_key(&settings.secret)
        .with_virtual_hosted_style_request(settings.addressing == Addressing::Host)
        .with_client_options(client)
        .with_retry(retry);
    if let Some(endpoint) = &settings.endpoint {
        let endpoint = endpoint.trim_end_matches('/');
        let endpoint = match settings.addressing {
            Addressing::Path => endpoint.to_owned(),
            // The library takes such an endpoint as the bucket's own.
            Addressing::Host => endpoint.replacen("://", &format!("://{name}."), 1),
        };
        builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
    }
    builder.build()
}
