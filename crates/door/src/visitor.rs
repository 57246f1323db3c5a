//! Who asks, as far as the request itself tells: language, elder mode, where on our pages, from which address. Nothing
//! here says who somebody is; that is `session`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::limits::Origin;
use crate::locale::{CHINA, Language, Text};

/// What a request tells about its sender.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The language to answer in.
    pub language: Language,
    /// Large text, few buttons.
    pub elder: bool,
    /// Path and query of this page, to come back to.
    pub here: String,
    /// Wants a problem document, not a page, when something fails.
    pub is_machine: bool,
    /// Where it came from; kept in memory only, for the limits.
    pub origin: Origin,
    /// When.
    pub now: OffsetDateTime,
}

impl Visitor {
    /// Reads it off a request.
    pub fn of(door: &Door, request: &Request) -> Self {
        let headers = request.headers();
        let tls = door.settings.tls;
        let wished = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let uri = request.uri();
        let connected = request.extensions().get::<ConnectInfo<SocketAddr>>();
        Self {
            language: Language::choose(Cookie::Language.read(headers, tls), wished),
            elder: Cookie::Elder.read(headers, tls).is_some(),
            here: uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
            is_machine: MACHINES.iter().any(|path| uri.path().starts_with(path)),
            origin: Origin {
                address: address(
                    headers,
                    connected.map(|from| from.0.ip()),
                    door.settings.proxy,
                ),
                device: Cookie::Device
                    .read(headers, tls)
                    .and_then(|name| Uuid::try_parse(name).ok()),
            },
            now: door.house.clock.now(),
        }
    }

    /// The texts in its language.
    pub const fn text(&self) -> Text {
        Text::new(self.language, CHINA).read_at(self.now)
    }
}

/// What only machines ask for.
const MACHINES: [&str; 5] = [
    "/api/",
    "/tiles/",
    "/openapi.json",
    "/cockpit/data",
    "/map/counts",
];

/// Behind our own proxy the last address of `X-Forwarded-For` is the one the proxy saw; without a proxy nobody may say
/// where he comes from.
fn address(headers: &HeaderMap, connected: Option<IpAddr>, proxy: bool) -> IpAddr {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter(|_| proxy)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|address| address.trim().parse().ok())
        .next_back();
    forwarded
        .or(connected)
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

impl FromRequestParts<Door> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Door) -> Result<Self, Failure> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Failure::inside("the visitor layer is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_behind_our_own_proxy_a_header_says_where_somebody_comes_from() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "10.9.9.9, 10.0.0.7".parse().expect("a header"),
        );
        let connected = Some("127.0.0.1".parse().expect("an address"));
        assert_eq!(address(&headers, connected, true).to_string(), "10.0.0.7");
        assert_eq!(address(&headers, connected, false).to_string(), "127.0.0.1");
    }
}
