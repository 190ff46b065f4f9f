//! What a bucket's server may refuse, in plain words and with the next step.

use super::super::BlobFault;
use kernel::BlobHash;
use object_store::Error;

const KEYS: &str = "Check DRAGOMAN_S3_KEY_ID and DRAGOMAN_S3_SECRET, and that this key may list, read, write and delete there.";
const REACH: &str =
    "Check DRAGOMAN_S3_ENDPOINT and that this machine gets through; what waits is tried again by itself.";

pub(super) fn no_address(url: &str) -> BlobFault {
    let sentence = format!("{url} is no address of a bucket.");
    BlobFault::new(sentence, "Write it as s3://bucket or s3://bucket/prefix.")
}

pub(super) fn settings(place: &str, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BlobFault {
    let error = error.into();
    let sentence = format!("The settings for {place} can't be used: {}.", innermost(error.as_ref()));
    BlobFault::new(
        sentence,
        "Check DRAGOMAN_S3_ENDPOINT: it is written as https://server or https://server:port.",
    )
    .because(error)
}

pub(super) fn damaged(place: &str, hash: &BlobHash) -> BlobFault {
    let sentence = format!("The blob {hash} in {place} holds other bytes than those that were kept.");
    BlobFault::new(sentence, "Restore this object from a backup of the bucket.").damage()
}

pub(super) fn untrue(place: &str) -> BlobFault {
    let sentence = format!("{} gave back something else than was written.", capital(place));
    BlobFault::new(sentence, "Don't keep mail there; look for a proxy or a cache in between.")
}

/// Why a blob can't be read.
pub(super) fn reading(place: &str, bucket: &str, hash: &BlobHash, error: &Error) -> BlobFault {
    if matches!(error, Error::NotFound { .. }) && !is_no_bucket(error) {
        let sentence = format!("The blob {hash} isn't in {place}.");
        return BlobFault::new(
            sentence,
            "Check the prefix in --blobs, and whether somebody deletes objects there.",
        );
    }
    of(place, bucket, error)
}

/// Why the bucket does nothing for us.
pub(super) fn of(place: &str, bucket: &str, error: &Error) -> BlobFault {
    let because = innermost(error);
    let (sentence, hint) = match error {
        _ if is_no_bucket(error) || matches!(error, Error::NotFound { .. }) => (
            format!("There is no bucket {bucket}: {place} doesn't exist."),
            "Make the bucket, or name another one with --blobs.",
        ),
        _ if is_denied(error) => (format!("We may not use {place}: {because}."), KEYS),
        _ if is_unreachable(error) => (format!("{} can't be reached: {because}.", capital(place)), REACH),
        _ => (format!("{} doesn't do what we asked: {because}.", capital(place)), REACH),
    };
    BlobFault::new(sentence, hint)
}

/// The words for a place at the beginning of a sentence.
fn capital(place: &str) -> String {
    place.replacen("the ", "The ", 1)
}

fn is_no_bucket(error: &Error) -> bool {
    chain(error).any(|text| text.contains("NoSuchBucket"))
}

/// Some requests tell it by the error's kind, lists only by the server's answer.
fn is_denied(error: &Error) -> bool {
    let words = ["AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AllAccessDisabled"];
    matches!(error, Error::PermissionDenied { .. } | Error::Unauthenticated { .. })
        || chain(error).any(|text| words.iter().any(|word| text.contains(word)))
}

fn is_unreachable(error: &Error) -> bool {
    let words = ["error sending request", "connect", "timed out", "dns", "Server returned"];
    chain(error).any(|text| words.iter().any(|word| text.contains(word)))
}

fn chain(error: &Error) -> impl Iterator<Item = String> + '_ {
    causes(error).map(ToString::to_string)
}

fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn std::error::Error + 'static)| (*error).source())
}

/// The end of the chain of causes says what happened; what stands before it says where. At most one line of it.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let text = causes(error).last().map(ToString::to_string).unwrap_or_default();
    let code =
        text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let line = code.unwrap_or_else(|| text.lines().next().unwrap_or_default());
    line.trim_end_matches(['.', ':', ' ']).chars().take(300).collect()
}
