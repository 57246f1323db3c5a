//! Somebody else's machine: takes what is sent to it, or fails, leads elsewhere, says that it is gone, or keeps everybody waiting.
//! It keeps what it got, for the test to look at.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What came in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The path it came to.
    pub path: String,
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
    /// The body.
    pub body: String,
}

/// How it answers.
#[derive(Clone, Debug)]
pub enum Manner {
    /// With this status.
    Status(u16),
    /// With this status and header.
    Header(u16, &'static str, String),
    /// With this status and so many bytes.
    Bytes(usize),
    /// Not before it is released; then it takes it.
    Wait(Arc<Notify>),
}

/// The machine; it stops when it is dropped.
pub struct Receiver {
    /// Where it is.
    pub url: String,
    kept: Arc<Kept>,
    serving: JoinHandle<()>,
}

struct Kept {
    got: Mutex<Vec<Received>>,
    manner: Mutex<Manner>,
    came: Notify,
}

impl Receiver {
    /// Starts one that takes everything.
    pub async fn start() -> Self {
        let kept = Arc::new(Kept {
            got: Mutex::default(),
            manner: Mutex::new(Manner::Status(204)),
            came: Notify::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let router = Router::new().fallback(take).with_state(Arc::clone(&kept));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("it serves");
        });
        Self {
            url: format!("http://{at}/hook"),
            kept,
            serving,
        }
    }

    /// Answers so from now on.
    pub fn answers(&self, manner: Manner) {
        *lock(&self.kept.manner) = manner;
    }

    /// Everything that came so far, in order.
    pub fn got(&self) -> Vec<Received> {
        lock(&self.kept.got).clone()
    }

    /// Waits until so many requests have come.
    pub async fn until(&self, n: usize) {
        loop {
            let came = self.kept.came.notified();
            if lock(&self.kept.got).len() >= n {
                return;
            }
            came.await;
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(
    State(kept): State<Arc<Kept>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // looked at before anybody can see that it came, and change the manner
    let manner = lock(&kept.manner).clone();
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    lock(&kept.got).push(Received {
        path: uri.path().to_owned(),
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    kept.came.notify_waiters();
    let status = |code| StatusCode::from_u16(code).expect("a status");
    match manner {
        Manner::Status(code) => status(code).into_response(),
        Manner::Header(code, name, value) => {
            let name = HeaderName::from_static(name);
            let value = HeaderValue::from_str(&value).expect("a header");
            (status(code), [(name, value)]).into_response()
        }
        Manner::Bytes(n) => vec![b'x'; n].into_response(),
        Manner::Wait(released) => {
            released.notified().await;
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
