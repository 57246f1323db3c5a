//! Where a request may go. An address is read once; its name is resolved at the moment of connecting, every answer is looked
//! at, and the connection goes to one of the very addresses that were looked at: there is no second look-up that could differ.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rules::outbox::is_public;

/// The ports of https.
const PORTS: [u16; 2] = [443, 8443];
/// The longest address.
const LONGEST: usize = 500;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// It is none.
    #[error("not an address")]
    Malformed,
    /// More than 500 characters.
    #[error("too long")]
    TooLong,
    /// Not https.
    #[error("not https")]
    Scheme,
    /// It carries a user or a password.
    #[error("it carries a user or a password")]
    User,
    /// Another port than those of https.
    #[error("another port than 443 and 8443")]
    Port,
    /// It names a machine that is nobody's business.
    #[error("it leads into a private network")]
    Private,
}

/// An address to which requests may be sent, as far as it can be read off.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads an address. `private`: closed networks and plain http are allowed, as the operator has set it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str, private: bool) -> Result<Self, AddressFault> {
        if text.chars().count() > LONGEST {
            return Err(AddressFault::TooLong);
        }
        let url = Url::from_str(text.trim()).map_err(|_| AddressFault::Malformed)?;
        match url.scheme() {
            "https" => {}
            "http" if private => {}
            _ => return Err(AddressFault::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressFault::User);
        }
        let port = url.port_or_known_default();
        if !private && !port.is_some_and(|port| PORTS.contains(&port)) {
            return Err(AddressFault::Port);
        }
        let host = url.host_str().ok_or(AddressFault::Malformed)?;
        if !private && literal(host).is_some_and(|address| !is_public(address)) {
            return Err(AddressFault::Private);
        }
        Ok(Self(url))
    }

    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Debug for Address {
    /// An address may carry somebody's token: it is not for logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address")
    }
}

/// A host that is an address by itself. Nobody resolves it, so it is looked at here.
fn literal(host: &str) -> Option<IpAddr> {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    bare.unwrap_or(host).parse().ok()
}

/// The name leads to an address that is not anybody's.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
pub(super) struct Forbidden;

/// Resolves names and gives back none but public addresses.
pub(super) struct Guard {
    pub private: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses = permitted(found.collect(), private)?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// All of them, if each may be gone to; one that may not spoils the rest.
fn permitted(found: Vec<SocketAddr>, private: bool) -> Result<Vec<SocketAddr>, Forbidden> {
    let fine = |address: &SocketAddr| private || is_public(address.ip());
    if found.iter().all(fine) {
        Ok(found)
    } else {
        Err(Forbidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<AddressFault> {
        Address::read(text, false).err()
    }

    #[test]
    fn https_to_a_name_or_a_public_address_is_fine() {
        for text in [
            "https://hooks.example/weige?x=1",
            "https://hooks.example:8443/",
            "https://8.8.8.8/",
            "https://[2400:3200::1]/",
            "  https://hooks.example/ ",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    /// However it is written: browsers' rules read all of these as a number.
    #[test]
    fn every_spelling_of_a_private_address_is_refused() {
        let mut spelled: Vec<String> = [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "0x7f.1",
            "0x7f000001",
            "2130706433",
            "017700000001",
            "0177.0.0.1",
            "0",
            "0.0.0.0",
            "00.0.0.0",
            "10.1",
            "10.0.0.1",
            "0xa.1",
            "167772161",
            "012.1",
            "172.16.1",
            "172.31.255.255",
            "0xac100001",
            "192.168.1",
            "192.168.0.1",
            "3232235521",
            "0xc0a80001",
            "169.254.169.254",
            "0xa9fea9fe",
            "2852039166",
            "0251.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "224.0.0.1",
            "255.255.255.255",
            "4294967295",
            "198.18.0.1",
            "１２７.0.0.1",
            "127。0。0。1",
            "①②⑦.0.0.1",
            "127.0.0.1.",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:169.254.169.254]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::10.0.0.1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fc00::1]",
            "[ff02::1]",
            "[fec0::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "[100::1]",
            "[::127.0.0.1]",
        ]
        .map(str::to_owned)
        .into();
        spelled.extend((0..=255).step_by(4).map(|n| format!("10.{n}.3.4")));
        assert!(spelled.len() >= 120, "{}", spelled.len());
        for host in spelled {
            let text = format!("https://{host}/hook");
            assert!(
                matches!(
                    fault(&text),
                    Some(AddressFault::Private | AddressFault::Malformed)
                ),
                "{text}: {:?}",
                fault(&text)
            );
        }
    }

    #[test]
    fn another_scheme_a_user_another_port_or_no_address_at_all_is_refused() {
        for (text, wrong) in [
            ("http://hooks.example/", AddressFault::Scheme),
            ("file:///etc/passwd", AddressFault::Scheme),
            ("gopher://hooks.example/", AddressFault::Scheme),
            ("https://user@hooks.example/", AddressFault::User),
            ("https://user:word@hooks.example/", AddressFault::User),
            ("https://:word@hooks.example/", AddressFault::User),
            ("https://hooks.example:22/", AddressFault::Port),
            ("https://hooks.example:80/", AddressFault::Port),
            ("hooks.example", AddressFault::Malformed),
            ("https://", AddressFault::Malformed),
            ("", AddressFault::Malformed),
        ] {
            assert_eq!(fault(text), Some(wrong), "{text}");
        }
        assert_eq!(
            fault(&format!("https://hooks.example/{}", "a".repeat(500))),
            Some(AddressFault::TooLong)
        );
    }

    #[test]
    fn one_private_address_among_the_answers_spoils_them_all() {
        let at = |text: &str| SocketAddr::new(text.parse().expect("an address"), 0);
        let mixed = vec![at("8.8.8.8"), at("10.0.0.1")];
        assert!(permitted(mixed.clone(), false).is_err());
        assert!(permitted(vec![at("8.8.8.8")], false).is_ok());
        // the guard's control: without it the same answers pass
        assert_eq!(permitted(mixed.clone(), true).ok(), Some(mixed));
    }
}
