//! Where a request comes from, behind proxies too.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};

use crate::config::Network;

/// The other end of a connection, as an extension of each request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client's address: the peer's own, unless that is a trusted proxy; then the last one in `X-Forwarded-For` that is
/// not. What stands before it was written by nobody who is trusted.
pub(crate) fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let is_proxy = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    if !is_proxy(client) {
        return client;
    }
    let forwarded: Vec<_> =
        headers.get_all(FORWARDED_FOR).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b',')).collect();
    for part in forwarded.into_iter().rev() {
        let Some(address) = std::str::from_utf8(part).ok().and_then(|text| read(text.trim())) else { break };
        client = address.to_canonical();
        if !is_proxy(client) {
            break;
        }
    }
    client
}

/// Some proxies add the port.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What counts as one client: an IPv4 address, or the 64 leading bits of an IPv6 address, which one household has.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let bits = u128::from(address);
            IpAddr::V6(Ipv6Addr::from(bits >> 64 << 64))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients() {
        let proxies = [Network::parse("10.0.0.0/8").unwrap(), Network::parse("::1").unwrap()];
        let check = |peer: &str, forwarded: &[&'static str], expected: &str| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FORWARDED_FOR, value.parse().unwrap());
            }
            let client = of(peer.parse().unwrap(), &headers, &proxies);
            assert_eq!(client, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
        };
        check("8.8.8.8", &[], "8.8.8.8");
        check("8.8.8.8", &["1.2.3.4"], "8.8.8.8");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["1.2.3.4"], "1.2.3.4");
        check("10.0.0.1", &["6.6.6.6, 1.2.3.4"], "1.2.3.4");
        check("10.0.0.1", &["6.6.6.6, 1.2.3.4, 10.0.0.2"], "1.2.3.4");
        check("10.0.0.1", &["6.6.6.6", "1.2.3.4"], "1.2.3.4");
        check("10.0.0.1", &["1.2.3.4:5678"], "1.2.3.4");
        check("::1", &["[2001:db8::7]:80"], "2001:db8::7");
        check("::1", &["[2001:db8::7]"], "2001:db8::7");
        check("::ffff:10.0.0.1", &["::ffff:1.2.3.4"], "1.2.3.4");
        check("10.0.0.1", &["nonsense"], "10.0.0.1");
        check("10.0.0.1", &["1.2.3.4, nonsense, 10.0.0.2"], "10.0.0.2");
    }

    #[test]
    fn households() {
        let check = |a: &str, b: &str, expected| {
            let [a, b] = [a, b].map(|text| household(text.parse().unwrap()));
            assert_eq!(a == b, expected, "{a} {b}");
        };
        check("1.2.3.4", "1.2.3.5", false);
        check("2001:db8::1", "2001:db8::2:0:0:1", true);
        check("2001:db8::1", "2001:db8:0:1::1", false);
    }
}
