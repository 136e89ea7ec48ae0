//! Who is asking, when a proxy stands between: the address that tries to sign in are counted by.
//!
//! Anybody can write anything into a header. So a header is believed only from a proxy that the settings name,
//! and of the addresses in it only the right-most that is no such proxy: what stands further left was there
//! before the request came to us, and may be made up.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::CameFrom;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

/// Which proxies are believed, and where they say whom they speak for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    header: ProxyHeader,
}

/// The one header that the proxies write. A proxy passes on whatever a stranger put into the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    #[default]
    XForwardedFor,
    /// As in RFC 7239.
    Forwarded,
}

impl ProxyHeader {
    /// What a setting calls it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => Some(Self::XForwardedFor),
            "forwarded" => Some(Self::Forwarded),
            _ => None,
        }
    }

    const fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Self::Forwarded => header::FORWARDED,
        }
    }

    /// Whom one element of the header names.
    fn hop(self, element: &str) -> Option<IpAddr> {
        match self {
            Self::XForwardedFor => address(element.trim()),
            Self::Forwarded => element.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
            }),
        }
    }
}

impl Proxies {
    #[must_use]
    pub const fn new(trusted: Vec<IpNet>, header: ProxyHeader) -> Self {
        Self { trusted, header }
    }

    /// Those of the same machine, which is where a TLS proxy usually is.
    #[must_use]
    pub fn here() -> Vec<IpNet> {
        ["127.0.0.0/8", "::1/128"].iter().filter_map(|it| it.parse().ok()).collect()
    }

    /// Whether no proxy on another machine is believed.
    #[must_use]
    pub fn are_here_only(&self) -> bool {
        self.trusted.iter().all(|it| it.addr().is_loopback())
    }

    /// Reads a list of addresses and networks, apart by commas or spaces; `none` is an empty one.
    ///
    /// # Errors
    /// The first word that is neither.
    pub fn parse_list(list: &str) -> Result<Vec<IpNet>, String> {
        if list.trim() == "none" {
            return Ok(Vec::new());
        }
        let words = list.split([',', ' ']).filter(|it| !it.is_empty());
        let network = |it: &str| it.parse().or_else(|_| it.parse::<IpAddr>().map(IpNet::from));
        words.map(|it| network(it).map_err(|_| it.to_owned())).collect()
    }

    /// Whose request it is that came from `peer`.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut at = peer.to_canonical();
        let lines = headers.get_all(self.header.name()).into_iter().rev();
        // Apart at every comma and from the right, quoted or not: a quote that a stranger leaves open must not
        // swallow what the proxy appended.
        for element in lines.flat_map(|it| it.to_str().unwrap_or_default().rsplit(',')) {
            if !self.trusts(at) {
                break;
            }
            match self.header.hop(element) {
                Some(hop) => at = hop,
                None => break,
            }
        }
        at
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|it| it.contains(&address))
    }
}

/// Tells the doors where a request came from.
pub async fn tell(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    if let Some(peer) = peer {
        let client = proxies.client(peer, request.headers());
        request.extensions_mut().insert(CameFrom(client));
    }
    next.run(request).await
}

/// An address as proxies write it: bare, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().map(|it| it.ip());
    bare.parse::<IpAddr>().or_else(|_| with_port()).ok().map(|it| it.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &Proxies, peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(proxies.header.name(), line.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    fn of(list: &str, header: ProxyHeader) -> Proxies {
        Proxies::new(Proxies::parse_list(list).unwrap(), header)
    }

    #[test]
    fn a_stranger_is_not_believed() {
        let ours = of("127.0.0.1", ProxyHeader::XForwardedFor);
        assert_eq!(client(&ours, "192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        assert_eq!(client(&Proxies::default(), "127.0.0.1", &["198.51.100.1"]), "127.0.0.1");
    }

    #[test]
    fn the_right_most_hop_that_is_no_proxy_of_ours_counts() {
        let ours = of("127.0.0.1, 10.0.0.0/8", ProxyHeader::XForwardedFor);
        for lines in [
            &["198.51.100.1"][..],
            &["1.1.1.1, 198.51.100.1"],
            &["1.1.1.1, 198.51.100.1, 10.1.2.3"],
            &["127.0.0.1, 198.51.100.1"],
            &["1.1.1.1", "198.51.100.1", "10.1.2.3"],
            &["198.51.100.1:4711"],
            &["::ffff:198.51.100.1"],
        ] {
            assert_eq!(client(&ours, "127.0.0.1", lines), "198.51.100.1", "{lines:?}");
            assert_eq!(client(&ours, "::ffff:127.0.0.1", lines), "198.51.100.1", "{lines:?}");
        }
        assert_eq!(client(&ours, "127.0.0.1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(client(&ours, "127.0.0.1", &["10.0.0.1, 10.0.0.2"]), "10.0.0.1");
    }

    #[test]
    fn what_cannot_be_read_ends_at_the_last_proxy() {
        let ours = of("127.0.0.1 10.0.0.1", ProxyHeader::XForwardedFor);
        for lines in [&["unknown"][..], &[""], &["198.51.100.1, "], &["198.51.100.1,unknown"]] {
            assert_eq!(client(&ours, "127.0.0.1", lines), "127.0.0.1", "{lines:?}");
        }
        assert_eq!(client(&ours, "127.0.0.1", &["198.51.100.1, x, 10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn the_other_header_is_read_when_the_settings_say_so() {
        let ours = of("127.0.0.1", ProxyHeader::Forwarded);
        for line in [
            "for=198.51.100.1",
            "for=1.1.1.1, for=198.51.100.1;proto=https;by=127.0.0.1",
            "proto=https; For=\"198.51.100.1:80\"",
            "for=\"1.1.1.1, for=198.51.100.1",
        ] {
            assert_eq!(client(&ours, "127.0.0.1", &[line]), "198.51.100.1", "{line}");
        }
        assert_eq!(client(&ours, "127.0.0.1", &["for=\"[2001:db8::7]:80\""]), "2001:db8::7");
        assert_eq!(client(&ours, "127.0.0.1", &["for=_hidden"]), "127.0.0.1");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1".parse().unwrap());
        assert_eq!(ours.client("127.0.0.1".parse().unwrap(), &headers).to_string(), "127.0.0.1");
    }

    #[test]
    fn a_list_names_the_word_that_is_no_address() {
        assert_eq!(Proxies::parse_list("none"), Ok(Vec::new()));
        assert_eq!(Proxies::parse_list("10.0.0.1,gateway"), Err("gateway".to_owned()));
    }
}
