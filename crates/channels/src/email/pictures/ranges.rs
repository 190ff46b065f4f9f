//! Which internet addresses belong to the public, by the registries of special addresses (RFC 6890 and its later entries).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether this is the address of one machine on the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL.iter().any(|range| holds(range, address)),
        IpAddr::V6(address) => is_public_6(address),
    }
}

/// The first address of a range, and how many bits are its.
type Range = ([u8; 4], u32);

const SPECIAL: [Range; 15] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by the customers of a provider
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // this cable; here clouds tell their machines' secrets
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocols
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // relays of 6to4
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // measuring
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // many machines at once
    ([240, 0, 0, 0], 4),     // reserved, and everybody
];

fn holds((first, bits): &Range, address: Ipv4Addr) -> bool {
    let rest = 32 - bits;
    u32::from_be_bytes(*first) >> rest == u32::from(address) >> rest
}

/// Of IPv6 only 2000::/3 is given to the public, and of that not what tunnels, protocols and documents have. What stands for an
/// address of IPv4 (`::ffff:…`, `64:ff9b::…`) lies outside.
fn is_public_6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_given = first & 0xe000 == 0x2000;
    let is_protocol = first == 0x2001 && second < 0x0200;
    let is_documentation = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    let is_6to4 = first == 0x2002;
    is_given && !is_protocol && !is_documentation && !is_6to4
}

#[cfg(test)]
mod tests {
    use super::is_public;

    fn check(addresses: &str, public: bool) {
        for address in addresses.split_whitespace() {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn only_the_public_is_public() {
        check("8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 223.255.255.255", true);
        check("2606:4700::1111 2a00:1450:4001::1 2001:4860::8888 2001:200::1 3fff:1000::1", true);
        check(
            "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.169.254",
            false,
        );
        check("172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1", false);
        check(
            "198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255",
            false,
        );
        check(":: ::1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::8.8.8.8 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1", false);
        check("2001::1 2001:20::1 2001:db8::1 2002:7f00:1:: 3fff:fff::1 4000::1 5f00::1", false);
        check("fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1", false);
    }
}
