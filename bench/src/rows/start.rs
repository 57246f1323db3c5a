//! From the start of the process to its first `ready` on the demo database, and its memory when nobody asks.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::goal;
use crate::server::Server;
use crate::table::Outcome;

/// How often it is started; the slowest counts.
const STARTS: usize = 5;

/// Loads the demo into a folder and measures.
///
/// # Errors
/// When the demo cannot be loaded or the server does not start.
pub fn measure(folder: &Path) -> Result<[Outcome; 2]> {
    drop(Server::demo(folder)?);
    let database = format!("sqlite:{}", folder.join("weige.sqlite").display());
    let mut slowest = 0.0_f64;
    let mut idle = 0.0;
    for _ in 0..STARTS {
        let server = Server::start(&database, folder)?;
        slowest = slowest.max(server.ready_after.as_secs_f64());
        std::thread::sleep(Duration::from_secs(2));
        idle = server.memory().pss()?;
    }
    Ok([
        Outcome::plain(&goal::START, slowest),
        Outcome::plain(&goal::IDLE, idle),
    ])
}
