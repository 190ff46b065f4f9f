//! The DNS as it is asked about senders and about our own domains: a resolver with a short patience and a bounded memory.

use mail_auth::{
    MessageAuthenticator,
    hickory_resolver::{
        config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts},
        system_conf::read_system_conf,
    },
};
use std::{net::SocketAddr, time::Duration};

/// How long one question to one server may take; it is asked twice.
const QUESTION_WITHIN: Duration = Duration::from_millis(1_500);
/// How many answers are remembered.
const REMEMBERED: u64 = 4_096;
/// How long an answer is remembered at most, whatever its owner says.
const REMEMBERED_FOR: Duration = Duration::from_secs(60 * 60);
/// How long it is remembered that there is no answer.
const MISSED_FOR: Duration = Duration::from_secs(60);

/// The DNS can't be asked.
#[derive(Debug, thiserror::Error)]
#[error("The settings of the DNS can't be read: {0}.")]
pub struct NoDns(String);

/// Whether answers are remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// For a while, as their owners allow.
    Kept,
    /// Never: somebody has just changed what is asked for.
    None,
}

/// The DNS. Clones share its memory.
#[derive(Clone)]
pub struct Dns(pub(super) MessageAuthenticator);

impl Dns {
    /// The servers that this machine asks, or the one that was named.
    ///
    /// # Errors
    /// [`NoDns`] when the machine names no server that can be read.
    pub fn open(server: Option<SocketAddr>, memory: Memory) -> Result<Self, NoDns> {
        let wrong = |error: &dyn std::fmt::Display| NoDns(error.to_string());
        let (config, mut options) = match server {
            Some(server) => (asking(server), ResolverOpts::default()),
            None => read_system_conf().map_err(|error| wrong(&error))?,
        };
        options.timeout = QUESTION_WITHIN;
        options.attempts = 2;
        options.cache_size = if memory == Memory::Kept { REMEMBERED } else { 0 };
        options.positive_max_ttl = Some(REMEMBERED_FOR);
        options.negative_max_ttl = Some(MISSED_FOR);
        MessageAuthenticator::new(config, options).map(Self).map_err(|error| wrong(&error))
    }
}

fn asking(server: SocketAddr) -> ResolverConfig {
    let mut connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
    for connection in &mut connections {
        connection.port = server.port();
    }
    let server = NameServerConfig::new(server.ip(), true, connections.to_vec());
    ResolverConfig::from_name_servers(vec![server])
}
