//! The server under test: the real release binary in a process of its own, watched from outside through /proc.
//! It is stopped when this value is dropped.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::load;

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took from its start to its first `ready`.
    pub ready_after: Duration,
}

/// How long a start may take at most before the run gives up.
const PATIENCE: Duration = Duration::from_secs(120);

impl Server {
    /// Starts `weige serve` on a database and a data folder and waits until it is ready.
    ///
    /// # Errors
    /// When the binary is missing, ends, or is not ready in time.
    pub fn start(database: &str, data: &Path) -> Result<Self> {
        Self::run(&["serve", "--database", database], data)
    }

    /// Starts `weige demo`, which loads the demo community into an empty data folder first.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn demo(data: &Path) -> Result<Self> {
        Self::run(&["demo"], data)
    }

    fn run(command: &[&str], data: &Path) -> Result<Self> {
        let address = free_address()?;
        let began = Instant::now();
        let child = Command::new(binary()?)
            .args(command)
            .args(["--listen", &address.to_string()])
            .arg("--data")
            .arg(data)
            .env("WEIGE_LIMITS__ANONYMOUS", "off")
            .env("WEIGE_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("weige serve")?;
        let mut server = Self {
            child,
            address,
            ready_after: Duration::ZERO,
        };
        server.wait(began)?;
        Ok(server)
    }

    fn wait(&mut self, began: Instant) -> Result<()> {
        let request = load::get("/readyz", None);
        while began.elapsed() < PATIENCE {
            if let Ok((200, _)) = load::once(self.address, &request) {
                self.ready_after = began.elapsed();
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("the server was not ready within {PATIENCE:?}")
    }

    /// Its memory, to be looked at from another thread.
    pub fn memory(&self) -> Memory {
        Memory {
            process: self.child.id(),
        }
    }

    /// Processor time it has used so far.
    ///
    /// # Errors
    /// When /proc cannot be read.
    pub fn processor_time(&self) -> Result<Duration> {
        processor_time(&format!("/proc/{}/stat", self.child.id()))
    }
}

/// A process's memory.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    process: u32,
}

impl Memory {
    /// Proportional set size now, in megabytes: memory of its own and its part of what is shared.
    ///
    /// # Errors
    /// When /proc cannot be read.
    pub fn pss(self) -> Result<f64> {
        let file = format!("/proc/{}/smaps_rollup", self.process);
        let text = std::fs::read_to_string(&file).context(file)?;
        let line = text
            .lines()
            .find(|line| line.starts_with("Pss:"))
            .context("a Pss line")?;
        let kib: f64 = line
            .split_whitespace()
            .nth(1)
            .context("a number")?
            .parse()?;
        Ok(kib * 1_024.0 / 1e6)
    }
}

/// Processor time this process (the load generator) has used so far.
///
/// # Errors
/// When /proc cannot be read.
pub fn own_processor_time() -> Result<Duration> {
    processor_time("/proc/self/stat")
}

fn processor_time(file: &str) -> Result<Duration> {
    let text = std::fs::read_to_string(file)?;
    // The second field is the program's name in parentheses and may hold blanks; user and system ticks are the 12th and 13th after it.
    let after = text
        .rsplit_once(')')
        .map_or(text.as_str(), |(_, after)| after);
    let mut ticks = after
        .split_whitespace()
        .skip(11)
        .map_while(|field| field.parse::<u64>().ok());
    let used = ticks.next().unwrap_or_default() + ticks.next().unwrap_or_default();
    Ok(Duration::from_millis(used * 1_000 / TICKS_PER_SECOND))
}

/// Linux reports processor time to programs in hundredths of a second on every platform Rust's std knows.
const TICKS_PER_SECOND: u64 = 100;

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended is as good as ended now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The release binary: the one that `WEIGE_BIN` names, else the one beside this one.
///
/// # Errors
/// When this is no release build or `weige` is not built.
pub fn binary() -> Result<PathBuf> {
    ensure!(
        !cfg!(debug_assertions),
        "measure release builds only: make bench"
    );
    let beside = || Ok::<_, std::io::Error>(std::env::current_exe()?.with_file_name("weige"));
    let weige = std::env::var_os("WEIGE_BIN").map_or_else(beside, |named| Ok(named.into()))?;
    ensure!(
        weige.exists(),
        "{} is missing: make bench builds it",
        weige.display()
    );
    Ok(weige)
}
