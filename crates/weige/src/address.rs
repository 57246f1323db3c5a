//! Addresses: the next free port, and the URLs under which this machine is reached — never 0.0.0.0.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Context;
use tokio::net::TcpListener;

/// Ports tried after the one asked for.
const TRIES: u16 = 50;

/// Listens where asked; with `next`, on the next free port after it.
pub async fn listen(at: &str, next: bool) -> anyhow::Result<TcpListener> {
    let asked: SocketAddr = at
        .parse()
        .with_context(|| format!("{at} is no address like 127.0.0.1:8080"))?;
    let last = if next && asked.port() != 0 {
        asked.port().saturating_add(TRIES)
    } else {
        asked.port()
    };
    let mut why = None;
    for port in asked.port()..=last {
        match TcpListener::bind(SocketAddr::new(asked.ip(), port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => why = Some(error),
        }
    }
    Err(anyhow::anyhow!(
        why.map_or_else(String::new, |error| error.to_string())
    ))
    .with_context(|| format!("cannot listen on {at}"))
}

/// The URLs of a listening address, the nearest first.
pub fn urls(at: SocketAddr, tls: bool) -> Vec<String> {
    let scheme = if tls { "https" } else { "http" };
    let hosts: Vec<IpAddr> = if at.ip().is_unspecified() {
        std::iter::once(IpAddr::V4(Ipv4Addr::LOCALHOST))
            .chain(own_addresses())
            .collect()
    } else {
        vec![at.ip()]
    };
    hosts
        .into_iter()
        .map(|host| format!("{scheme}://{}", SocketAddr::new(host, at.port())))
        .collect()
}

/// This machine's own IPv4 addresses, as Linux tells them.
fn own_addresses() -> BTreeSet<IpAddr> {
    let table = std::fs::read_to_string("/proc/net/fib_trie").unwrap_or_default();
    local_hosts(&table)
}

fn local_hosts(table: &str) -> BTreeSet<IpAddr> {
    let mut before = None;
    let mut found = BTreeSet::new();
    for line in table.lines().map(str::trim) {
        if let Some(address) = line.strip_prefix("|-- ") {
            before = address.parse::<Ipv4Addr>().ok();
        } else if line.starts_with("/32 host LOCAL")
            && let Some(address) = before.filter(|address| !address.is_loopback())
        {
            found.insert(IpAddr::V4(address));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_is_shown_as_addresses_people_can_type() {
        let urls = urls("0.0.0.0:8080".parse().expect("an address"), false);
        assert_eq!(urls[0], "http://127.0.0.1:8080");
        assert!(urls.iter().all(|url| !url.contains("0.0.0.0")));
    }

    #[test]
    fn only_this_machines_own_addresses_are_read_from_the_table() {
        let table = "     |-- 10.1.2.0\n        /24 link UNICAST\n     |-- 10.1.2.7\n        /32 host LOCAL\n     |-- 127.0.0.1\n        /32 host LOCAL\n";
        assert_eq!(
            local_hosts(table).into_iter().collect::<Vec<_>>(),
            vec!["10.1.2.7".parse::<IpAddr>().expect("an address")]
        );
    }

    #[tokio::test]
    async fn a_used_port_gives_way_to_the_next_free_one() {
        let taken = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = taken.local_addr().expect("an address").to_string();
        assert!(listen(&at, false).await.is_err());
        assert_ne!(
            listen(&at, true)
                .await
                .expect("a free port")
                .local_addr()
                .expect("an address")
                .to_string(),
            at
        );
    }
}
