//! The real binary on a database of the test: started, waited for, killed without warning.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use store::Address;
use testkit::Database;

/// A server that can be killed and started again at the same address.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    database: String,
    data: std::path::PathBuf,
    child: Option<Child>,
}

/// How long a start may take before the test gives up; generous, because nothing here measures time.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    /// A server over a test's database, not started yet.
    pub fn over(db: &Database) -> Self {
        let database = match &db.address {
            Address::Sqlite(file) => format!("sqlite:{}", file.display()),
            Address::Postgres(url) => url.clone(),
        };
        let port = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = port.local_addr().expect("its address");
        Self {
            address,
            database,
            data: db.folder.path().join("data"),
            child: None,
        }
    }

    /// The address as a browser has it.
    pub fn door(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process.
    #[allow(dead_code, reason = "the test of photos looks for its children")]
    pub fn pid(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    /// Starts it and waits until it is ready.
    pub async fn start(&mut self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_weige"))
            .args([
                "serve",
                "--listen",
                &self.address.to_string(),
                "--database",
                &self.database,
                "--data",
            ])
            .arg(&self.data)
            .env("WEIGE_LIMITS__ANONYMOUS", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let began = Instant::now();
        while !self.is_ready().await {
            let ended = child.try_wait().expect("its state");
            assert!(ended.is_none(), "the server ended by itself: {ended:?}");
            assert!(began.elapsed() < PATIENCE, "the server is not ready");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.child = Some(child);
    }

    async fn is_ready(&self) -> bool {
        bridge::outbox::choose_tls();
        let answer = reqwest::get(format!("{}/readyz", self.door())).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it was running");
            child.wait().expect("it has ended");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
