//! How much one client, and all clients together, may ask of the receiver.

use std::time::Duration;

const MEBIBYTE: u64 = 1024 * 1024;

/// What the receiver puts up with. The defaults suit a public server behind a relay such as Postfix.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest mail in bytes, as announced by `SIZE`.
    pub message_bytes: u64,
    /// How many bytes beyond `message_bytes` are read and thrown away so that the refusal reaches the client.
    pub drained_bytes: u64,
    /// A mail up to this many bytes stays in memory; a longer one goes to a temporary file.
    pub in_memory_bytes: usize,
    /// Recipients of one mail.
    pub recipients: usize,
    /// Connections at the same time, from everywhere.
    pub connections: usize,
    /// Connections at the same time from one IPv4 address or one IPv6 /64 network.
    pub connections_per_network: usize,
    /// The longest command line in bytes, with its line end.
    pub command_line_bytes: usize,
    /// How long a client may take for one command, and for one silence inside a mail (RFC 5321, 4.5.3.2: 5 minutes).
    pub command_within: Duration,
    /// How long one mail may take from 354 to its last dot.
    pub message_within: Duration,
    /// How long a connection may live; a mail that has begun by then may still finish.
    pub session_within: Duration,
    /// How long a TLS handshake may take.
    pub handshake_within: Duration,
    /// How long mails that are being received may go on after shutdown was asked for.
    pub finish_within: Duration,
    /// Refused commands in one session, after which it is closed.
    pub errors: u32,
    /// Commands in a row that bring no mail nearer (NOOP, RSET, HELP, EHLO), after which the session is closed.
    pub idle_commands: u32,
    /// Mails in one session, after which the client is asked to connect again.
    pub messages: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 50 * MEBIBYTE,
            drained_bytes: 256 * MEBIBYTE,
            in_memory_bytes: 256 * 1024,
            recipients: 100,
            connections: 500,
            connections_per_network: 50,
            command_line_bytes: 2048,
            command_within: Duration::from_secs(5 * 60),
            message_within: Duration::from_secs(15 * 60),
            session_within: Duration::from_secs(60 * 60),
            handshake_within: Duration::from_secs(30),
            finish_within: Duration::from_secs(10),
            errors: 50,
            idle_commands: 100,
            messages: 10_000,
        }
    }
}
