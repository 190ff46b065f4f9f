//! How long a mail server may take, and how much it may send.

use std::time::Duration;

const KIBIBYTE: u64 = 1024;
const MEBIBYTE: u64 = 1024 * KIBIBYTE;

/// What the fetcher puts up with, of each account for itself.
#[derive(Clone, Debug)]
pub struct Patience {
    /// How long a connection may take to be made, with its encryption.
    pub connected_within: Duration,
    /// The longest silence in which something is awaited.
    pub silence_within: Duration,
    /// How long a command may take as a whole, except those below.
    pub command_within: Duration,
    /// How long the list of a folder's mails may take.
    pub listing_within: Duration,
    /// How long one mail may take, from its announcement to its end.
    pub message_within: Duration,
    /// How long we wait with IDLE before we say so again (RFC 2177: less than 29 minutes).
    pub idle_within: Duration,
    /// How long after the last look the next one is, where IDLE isn't offered.
    pub look_again_after: Duration,
    /// The longest pause before an account that failed is tried again.
    pub tried_again_within: Duration,
    /// The largest mail in bytes; a larger one is left on the server.
    pub message_bytes: u64,
    /// A mail up to this many bytes stays in memory; a longer one goes to a temporary file.
    pub in_memory_bytes: usize,
    /// The longest line of an answer, and the longest text inside of one that is no mail.
    pub line_bytes: usize,
    /// The most that the list of a folder's mails may send.
    pub listing_bytes: u64,
    /// Mails that are asked for at once.
    pub batch_mails: usize,
    /// Bytes that are asked for at once, if it is more than one mail.
    pub batch_bytes: u64,
    /// Mails that are planned at once, each with a few bytes; the others follow.
    pub planned_mails: usize,
    /// Heads that are compared at once after a folder was renumbered.
    pub compared_mails: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connected_within: Duration::from_secs(30),
            silence_within: Duration::from_secs(60),
            command_within: Duration::from_secs(2 * 60),
            listing_within: Duration::from_secs(5 * 60),
            message_within: Duration::from_secs(15 * 60),
            idle_within: Duration::from_secs(5 * 60),
            look_again_after: Duration::from_secs(60),
            tried_again_within: Duration::from_secs(60 * 60),
            message_bytes: 50 * MEBIBYTE,
            in_memory_bytes: 64 * 1024,
            line_bytes: 64 * 1024,
            listing_bytes: 64 * MEBIBYTE,
            batch_mails: 20,
            batch_bytes: 512 * KIBIBYTE,
            planned_mails: 10_000,
            compared_mails: 100,
        }
    }
}
