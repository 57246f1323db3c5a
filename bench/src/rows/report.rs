//! A report acknowledged over HTTP: place → grid → person, case, journal, receipt, durable before the answer.

use std::path::Path;

use anyhow::Result;
use geo::Coord;

use super::drive;
use crate::city::{CATEGORIES, City, Ground, words};
use crate::goal::{self, Goal};
use crate::limits::bare::Bare;
use crate::limits::commits;
use crate::load::{self, CLIENTS, Requests, Span};
use crate::server::Server;
use crate::table::Outcome;

/// Drives reports into every community of the city in turn.
///
/// # Errors
/// When a report was refused.
pub fn measure(goal: &'static Goal, server: &Server, city: &City) -> Result<Outcome> {
    let (measure, busy) = drive(server, |client| telling(city, client))?;
    Ok(Outcome {
        goal,
        ours: measure.per_second(),
        times: Some((measure.within(0.5), measure.within(0.99))),
        limit: None,
        note: busy,
    })
}

/// Sets the raw limits of SQLite beside a measured row; the server must have stopped.
///
/// # Errors
/// What SQLite says, or a bare server that does not start.
pub fn beside_sqlite(mut outcome: Outcome, database: &Path, copy: &Path) -> Result<Outcome> {
    let commits = commits::measure(database, copy, 20_000)?;
    outcome.limit = Some((commits.grouped, "raw rows, 64 a commit"));
    let bare = Bare::start()?;
    let body = body(Coord { x: 103.5, y: 30.4 }, 1);
    let head = format!(
        "POST /500 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let request = [head.into_bytes(), body.into_bytes()].concat();
    let same = |_| -> Requests {
        let request = request.clone();
        Box::new(move |out| out.extend_from_slice(&request))
    };
    let bare = load::drive(bare.address, CLIENTS, Span::seconds(3), same)?.per_second();
    outcome.note += &format!(
        "; raw rows, one a commit {:.0}/s; bare axum {bare:.0}/s",
        commits.alone
    );
    Ok(outcome)
}

/// One client's endless row of reports, each with its own key, place and words.
fn telling(city: &City, client: usize) -> Requests {
    let grounds: Vec<Ground> = city.grounds.clone();
    let run = std::process::id();
    let mut n = 0_u32;
    Box::new(move |out| {
        n += 1;
        let ground = &grounds[(client + n as usize) % grounds.len()];
        let place = ground.place(u64::from(n) * 64 + client as u64 + 1_000_000);
        post(
            out,
            &format!("bench-{run}-{client}-{n}"),
            &body(place, n * 64 + client as u32),
        );
    })
}

fn body(place: Coord, n: u32) -> String {
    let category = CATEGORIES[n as usize % CATEGORIES.len()];
    let text = words(n);
    format!(
        r#"{{"text":"{text}","location":{{"lon":{:.7},"lat":{:.7}}},"category":"{category}"}}"#,
        place.x, place.y
    )
}

/// Writes a report's request.
pub fn post(out: &mut Vec<u8>, key: &str, body: &str) {
    out.extend_from_slice(
        b"POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n",
    );
    out.extend_from_slice(
        format!(
            "Idempotency-Key: {key}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .as_bytes(),
    );
    out.extend_from_slice(body.as_bytes());
}

/// One report at a place: its request.
pub fn one(key: &str, place: Coord) -> Vec<u8> {
    let mut out = Vec::new();
    post(&mut out, key, &body(place, 1));
    out
}

/// The goal of a city on PostgreSQL.
pub fn postgres_goal(city: &City) -> &'static Goal {
    if city.size.communities == 1 {
        &goal::REPORT_ONE
    } else {
        &goal::REPORT_HUNDRED
    }
}
