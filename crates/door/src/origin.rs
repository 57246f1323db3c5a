//! No other site can act in a visitor's name: whatever changes something must come from our own pages. Machines with a
//! bearer token send no cookie and are not concerned.

use axum::http::{HeaderMap, Method, header};

use crate::error::Failure;

/// Refuses what another site sent.
///
/// # Errors
/// `CrossSite` where it would change something.
pub fn check(method: &Method, headers: &HeaderMap) -> Result<(), Failure> {
    if changes(method) && !is_ours(headers) {
        return Err(Failure::CrossSite);
    }
    Ok(())
}

/// Whether a method may change something.
fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers say where a request comes from: by `Sec-Fetch-Site` (on https and localhost) or by `Origin`. One that says
/// neither and still brings a cookie is not believed.
fn is_ours(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.split_once("://"));
            origin.is_some_and(|(_, from)| Some(from) == host)
        }
        None => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(lines: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().expect("a header"));
        }
        is_ours(&headers)
    }

    #[test]
    fn another_site_is_refused_however_the_browser_tells() {
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[
            ("host", "weige.lan"),
            ("origin", "http://evil.lan")
        ]));
        assert!(!ours(&[("host", "weige.lan"), ("origin", "null")]));
        assert!(!ours(&[("host", "weige.lan"), ("cookie", "weige=t")]));
    }

    #[test]
    fn our_own_pages_and_machines_without_cookies_pass() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[
            ("host", "weige.lan:8080"),
            ("origin", "http://weige.lan:8080")
        ]));
        assert!(ours(&[
            ("host", "weige.lan"),
            ("authorization", "Bearer x")
        ]));
    }
}
