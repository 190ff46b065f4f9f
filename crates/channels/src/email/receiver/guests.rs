//! Who is connected, so that nobody takes all the seats.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

/// Counts connections, all together and by network.
#[derive(Debug)]
pub(super) struct Guests {
    most: usize,
    most_per_network: usize,
    seated: Mutex<HashMap<IpAddr, usize>>,
}

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    guests: Arc<Guests>,
    network: IpAddr,
}

impl Guests {
    pub(super) fn new(limits: &super::Limits) -> Self {
        let (most, most_per_network) = (limits.connections, limits.connections_per_network);
        Self { most, most_per_network, seated: Mutex::default() }
    }

    /// A place, if there is one left for this peer.
    pub(super) fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let network = network(peer);
        let mut seated = self.seated.lock().unwrap_or_else(PoisonError::into_inner);
        if seated.values().sum::<usize>() >= self.most {
            return None;
        }
        if seated.get(&network).is_some_and(|&here| here >= self.most_per_network) {
            return None;
        }
        *seated.entry(network).or_default() += 1;
        Some(Place { guests: Arc::clone(self), network })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seated = self.guests.seated.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = seated.get_mut(&self.network) {
            *here -= 1;
            if *here == 0 {
                seated.remove(&self.network);
            }
        }
    }
}

/// One household: an IPv4 address, or the /64 of an IPv6 address, within which addresses cost nothing.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(peer) => peer.into(),
        IpAddr::V6(peer) => Ipv6Addr::from_bits(peer.to_bits() & (u128::MAX << 64)).into(),
    }
}
