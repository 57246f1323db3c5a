//! A bare axum answer of the same size: the framework, the sockets and the load generator, and nothing else. Runs as a
//! process of its own like the server under test, started from this same program.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};

/// The running process.
pub struct Bare {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// Starts it.
    ///
    /// # Errors
    /// When this program cannot be started again.
    pub fn start() -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("bare")
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("its output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        Ok(Self {
            child,
            address: line.trim().parse().context("its address")?,
        })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // Already ended is as good as ended now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until it is killed: `GET` and `POST /{n}` answer with n bytes.
///
/// # Errors
/// When no port is free.
#[expect(
    clippy::print_stdout,
    reason = "its address is its answer to whoever started it"
)]
pub async fn serve() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let router = Router::new()
        .route("/{n}", get(answer))
        .route("/{n}", post(receive));
    axum::serve(listener, router).await?;
    Ok(())
}

async fn answer(Path(n): Path<usize>) -> impl IntoResponse {
    (
        StatusCode::OK,
        [(header::CONTENT_TYPE, "application/json")],
        vec![b' '; n],
    )
}

async fn receive(Path(n): Path<usize>, body: Bytes) -> impl IntoResponse {
    let n = n.max(body.len().min(1));
    (
        StatusCode::CREATED,
        [(header::CONTENT_TYPE, "application/json")],
        vec![b' '; n],
    )
}
