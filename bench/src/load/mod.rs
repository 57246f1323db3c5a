//! The load generator: keep-alive HTTP/1.1 clients on one thread, prepared bytes out, as little reading as possible in,
//! so that the two shared cores go to the server. It measures; it never judges what an answer says beyond its status.

mod answer;
mod measure;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub use answer::Answer;
pub use measure::Measure;

/// Clients at once, as the goals ask.
pub const CLIENTS: usize = 64;

/// Writes the next request of one client into an empty buffer.
pub type Requests = Box<dyn FnMut(&mut Vec<u8>)>;

/// How long one row is measured, after how long a warm-up.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Not counted.
    pub warm_up: Duration,
    /// Counted.
    pub measured: Duration,
}

impl Span {
    /// A span of so many seconds after a fifth of them as warm-up (at least one).
    pub fn seconds(n: u64) -> Self {
        Self {
            warm_up: Duration::from_secs((n / 5).max(1)),
            measured: Duration::from_secs(n),
        }
    }
}

/// Drives the server with so many clients for the span and measures. `requests` makes each client's own row of requests.
///
/// # Errors
/// When a client cannot connect or the server breaks off.
pub fn drive(
    server: SocketAddr,
    clients: usize,
    span: Span,
    requests: impl Fn(usize) -> Requests,
) -> Result<Measure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async {
        let stop = Arc::new(AtomicBool::new(false));
        let from = Instant::now() + span.warm_up;
        let running: Vec<_> = (0..clients)
            .map(|n| tokio::task::spawn_local(client(server, requests(n), from, Arc::clone(&stop))))
            .collect();
        tokio::time::sleep(span.warm_up + span.measured).await;
        stop.store(true, Ordering::Relaxed);
        let mut measure = Measure::new(span.measured);
        for client in running {
            measure.add(client.await??);
        }
        Ok(measure.sorted())
    })
}

/// What one client saw of the measured span.
#[derive(Default)]
struct Seen {
    micros: Vec<u32>,
    refused: u64,
    bytes: u64,
}

async fn client(
    server: SocketAddr,
    mut requests: Requests,
    from: Instant,
    stop: Arc<AtomicBool>,
) -> Result<Seen> {
    let mut line = Line::open(server).await?;
    let mut seen = Seen::default();
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        let answer = line.ask(&mut requests).await?;
        if began >= from && !stop.load(Ordering::Relaxed) {
            let micros = began.elapsed().as_micros();
            seen.micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
            seen.refused += u64::from(!(200..300).contains(&answer.status));
            seen.bytes += answer.body as u64;
        }
    }
    Ok(seen)
}

/// One kept-alive connection.
struct Line {
    stream: TcpStream,
    out: Vec<u8>,
    read: Vec<u8>,
}

impl Line {
    async fn open(server: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(server).await.context("connect")?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            out: Vec::with_capacity(1_024),
            read: Vec::with_capacity(64 * 1_024),
        })
    }

    async fn ask(&mut self, requests: &mut Requests) -> Result<Answer> {
        self.out.clear();
        requests(&mut self.out);
        self.stream.write_all(&self.out).await?;
        self.read.clear();
        let mut reading = answer::Reading::default();
        loop {
            let n = self.stream.read_buf(&mut self.read).await?;
            anyhow::ensure!(n > 0, "the server closed the connection");
            if let Some(answer) = reading.go_on(&self.read)? {
                return Ok(answer);
            }
        }
    }
}

/// Sends one request on a connection of its own and gives the status and the whole body.
///
/// # Errors
/// When the server cannot be reached or its answer cannot be read.
pub fn once(server: SocketAddr, request: &[u8]) -> Result<(u16, Vec<u8>)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut line = Line::open(server).await?;
        let bytes = request.to_vec();
        let mut requests: Requests = Box::new(move |out| out.extend_from_slice(&bytes));
        let answer = line.ask(&mut requests).await?;
        Ok((answer.status, answer.body_of(&line.read)))
    })
}

/// A GET request's bytes.
pub fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    let bearer = token.map_or_else(String::new, |token| {
        format!("Authorization: Bearer {token}\r\n")
    });
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{bearer}\r\n")
        .into_bytes()
}
