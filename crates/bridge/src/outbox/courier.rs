//! The courier: takes a parcel to its address and brings back what came of it.

use std::error::Error as _;
use std::sync::Once;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use rules::outbox::DeliveryAnswer;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::guard::{Address, Forbidden, Guard};

/// How long a try may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long reaching the other side may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How much of an answer's body is read, to be thrown away.
const BODY: usize = 4 * 1024;

/// The courier cannot set out.
#[derive(Debug, thiserror::Error)]
#[error("requests cannot be sent from here: {0}")]
pub struct CourierError(String);

/// One request.
pub struct Parcel {
    /// Where to.
    pub to: Address,
    /// The delivery's id, the same on each try.
    pub id: String,
    /// The moment of the try, in seconds since 1970.
    pub timestamp: i64,
    /// The signatures, parted by spaces.
    pub signature: String,
    /// JSON.
    pub body: Bytes,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer.
    pub answer: DeliveryAnswer,
    /// How long the other side asks us to wait.
    pub wait: Option<Wait>,
}

/// What `Retry-After` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// So many seconds.
    Seconds(u32),
    /// Until then.
    Until(OffsetDateTime),
}

/// Sends requests. Cheap to clone.
#[derive(Clone)]
pub struct Courier(Client);

impl Courier {
    /// Makes one. `private`: it may go into closed networks.
    ///
    /// # Errors
    /// If the machine's certificates cannot be read, for one.
    pub fn new(private: bool) -> Result<Self, CourierError> {
        choose_tls();
        let client = Client::builder()
            .user_agent(concat!("Weige/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT)
            .redirect(redirect::Policy::none())
            // a proxy would resolve names by itself
            .no_proxy()
            .referer(false)
            .dns_resolver(Guard { private })
            .pool_max_idle_per_host(8)
            .build();
        client
            .map(Self)
            .map_err(|error| CourierError(error.to_string()))
    }

    /// Takes a parcel to its address.
    pub async fn send(&self, parcel: Parcel) -> Reply {
        let request = self
            .0
            .post(parcel.to.url())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", parcel.id)
            .header("webhook-timestamp", parcel.timestamp)
            .header("webhook-signature", parcel.signature)
            .body(parcel.body);
        match request.send().await {
            Ok(response) => {
                let reply = reply(&response);
                drain(response).await;
                reply
            }
            Err(error) => Reply {
                answer: failure(&error),
                wait: None,
            },
        }
    }
}

/// One TLS for the whole program: whoever makes a client of its own chooses it first.
pub fn choose_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // somebody else's choice, made before, serves as well
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn reply(response: &Response) -> Reply {
    let status = response.status();
    let answer = match status {
        StatusCode::GONE => DeliveryAnswer::Gone,
        StatusCode::TOO_MANY_REQUESTS => DeliveryAnswer::TooMany,
        _ if status.is_success() => DeliveryAnswer::Taken,
        _ if status.is_redirection() => DeliveryAnswer::Elsewhere,
        _ if status.is_client_error() => DeliveryAnswer::Refused,
        _ => DeliveryAnswer::Broken,
    };
    let told = response.headers().get(RETRY_AFTER);
    let wait = told.and_then(|told| wait(told.to_str().ok()?));
    Reply { answer, wait }
}

fn wait(told: &str) -> Option<Wait> {
    let told = told.trim();
    if told.bytes().all(|b| b.is_ascii_digit()) {
        return told.parse().ok().map(Wait::Seconds);
    }
    let until = OffsetDateTime::parse(told, &Rfc2822);
    until.ok().map(Wait::Until)
}

/// Reads a little, so that the line can serve again; a longer answer costs the other side its line.
async fn drain(mut response: Response) {
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
        if read > BODY {
            return;
        }
    }
}

fn failure(error: &reqwest::Error) -> DeliveryAnswer {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Forbidden>() {
            return DeliveryAnswer::Forbidden;
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        DeliveryAnswer::Late
    } else {
        DeliveryAnswer::Unreachable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn parcel(to: &str, private: bool) -> Parcel {
        Parcel {
            to: Address::read(to, private).expect("an address"),
            id: "delivery".into(),
            timestamp: 0,
            signature: "v1,".into(),
            body: Bytes::from_static(b"{}"),
        }
    }

    /// A line that somebody holds open, to see whether anybody comes.
    fn trap() -> (std::net::TcpListener, u16) {
        let trap = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        trap.set_nonblocking(true).expect("without waiting");
        let port = trap.local_addr().expect("an address").port();
        (trap, port)
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_machine_is_not_followed() {
        let (trap, port) = trap();
        let guarded = Courier::new(false).expect("a courier");
        // as somebody's name server would answer: the address reads well, and leads home
        let to = parcel(&format!("http://localhost:{port}/"), true);
        assert_eq!(guarded.send(to).await.answer, DeliveryAnswer::Forbidden);
        assert!(trap.accept().is_err(), "somebody came");
    }

    /// The guard's control: without it the same name is followed.
    #[tokio::test]
    async fn in_a_closed_network_the_same_name_is_followed() {
        let (trap, port) = trap();
        let open = Courier::new(true).expect("a courier");
        let sent = tokio::spawn(async move {
            open.send(parcel(&format!("http://localhost:{port}/"), true))
                .await
        });
        let came = async {
            while trap.accept().is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(TIMEOUT, came)
            .await
            .expect("somebody comes");
        sent.abort();
    }

    #[tokio::test]
    async fn nobody_there_is_unreachable() {
        let (trap, port) = trap();
        drop(trap);
        let open = Courier::new(true).expect("a courier");
        let reply = open
            .send(parcel(&format!("http://127.0.0.1:{port}/"), true))
            .await;
        assert_eq!(reply.answer, DeliveryAnswer::Unreachable);
    }

    #[test]
    fn what_retry_after_says_is_read_in_both_forms() {
        assert_eq!(wait("120"), Some(Wait::Seconds(120)));
        let until = datetime!(1994-11-06 08:49:37 UTC);
        assert_eq!(
            wait("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(Wait::Until(until))
        );
        assert_eq!(wait("soon"), None);
        assert_eq!(wait(""), None);
    }
}
