//! The rows of the table, one file each.

pub mod case;
pub mod counts;
pub mod disk;
pub mod figures;
pub mod list;
pub mod locate;
pub mod map;
pub mod memory;
pub mod report;
pub mod routing;
pub mod sheet;
pub mod start;

use anyhow::{Result, ensure};

use crate::goal::Goal;
use crate::limits::bare::Bare;
use crate::load::{self, CLIENTS, Measure, Requests, Span};
use crate::server::{Server, own_processor_time};
use crate::table::Outcome;

/// How long each row is measured.
pub const SPAN: u64 = 10;

/// Drives the server, sees that nothing was refused, and says how busy both processes were.
///
/// # Errors
/// When an answer was no success.
pub fn drive(server: &Server, requests: impl Fn(usize) -> Requests) -> Result<(Measure, String)> {
    drive_by(CLIENTS, server, requests)
}

fn drive_by(
    clients: usize,
    server: &Server,
    requests: impl Fn(usize) -> Requests,
) -> Result<(Measure, String)> {
    let (servers, own) = (server.processor_time()?, own_processor_time()?);
    let span = Span::seconds(SPAN);
    let measure = load::drive(server.address, clients, span, requests)?;
    ensure!(
        measure.refused == 0,
        "{} answers were no success",
        measure.refused
    );
    let all = (span.warm_up + span.measured).as_secs_f64();
    let busy = |from: std::time::Duration, to: std::time::Duration| {
        (to - from).as_secs_f64() / all * 100.0
    };
    let server_busy = busy(servers, server.processor_time()?);
    let own_busy = busy(own, own_processor_time()?);
    Ok((
        measure,
        format!("server {server_busy:.0} %, generator {own_busy:.0} % of one core"),
    ))
}

/// A row of reading: our server, then a bare answer of the same size.
///
/// # Errors
/// As [`drive`].
pub fn reading(
    goal: &'static Goal,
    server: &Server,
    requests: impl Fn(usize) -> Requests,
) -> Result<Outcome> {
    reading_by(CLIENTS, goal, server, requests)
}

/// The same with so many clients.
///
/// # Errors
/// As [`drive`].
pub fn reading_by(
    clients: usize,
    goal: &'static Goal,
    server: &Server,
    requests: impl Fn(usize) -> Requests,
) -> Result<Outcome> {
    let (measure, busy) = drive_by(clients, server, requests)?;
    let bare = Bare::start()?;
    let request = load::get(&format!("/{}", measure.body()), None);
    let same = |_| -> Requests {
        let request = request.clone();
        Box::new(move |out| out.extend_from_slice(&request))
    };
    let limit = load::drive(bare.address, clients, Span::seconds(3), same)?;
    Ok(Outcome {
        goal,
        ours: measure.per_second(),
        times: Some((measure.within(0.5), measure.within(0.99))),
        limit: Some((limit.per_second(), "bare axum")),
        note: format!("{} B; {busy}", measure.body()),
    })
}

/// Makes requests that take turns through prepared ones, each client beginning elsewhere.
pub fn in_turn(prepared: std::sync::Arc<Vec<Vec<u8>>>) -> impl Fn(usize) -> Requests {
    move |client| {
        let prepared = std::sync::Arc::clone(&prepared);
        let mut next = client * 7_919;
        Box::new(move |out| {
            next += 1;
            out.extend_from_slice(&prepared[next % prepared.len()]);
        })
    }
}
