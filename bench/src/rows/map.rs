//! A box of the map with about a thousand cases, and how soon a new case is in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use geo::Coord;

use super::{in_turn, reading, report};
use crate::city::City;
use crate::goal;
use crate::load;
use crate::server::Server;
use crate::table::Outcome;

/// How many cases a box is to hold.
const CASES: f64 = 1_000.0;
/// How many different boxes.
const BOXES: u64 = 200;

/// Measures the boxes.
///
/// # Errors
/// When a box was refused.
pub fn measure(server: &Server, city: &City) -> Result<Outcome> {
    let prepared = (0..BOXES)
        .map(|n| load::get(&path(city, around(city, n)), Some(&city.token)))
        .collect();
    reading(&goal::MAP, server, in_turn(Arc::new(prepared)))
}

/// Sends a report and asks for its box until it is in it.
///
/// # Errors
/// When it does not come within ten seconds.
pub fn fresh(server: &Server, city: &City) -> Result<Outcome> {
    let place = city.grounds[0].place(77_777_777);
    let key = format!("bench-fresh-{}", std::process::id());
    let (status, answer) = load::once(server.address, &report::one(&key, place))?;
    let began = Instant::now();
    ensure!(status == 201, "the report was answered with {status}");
    let answer: serde_json::Value = serde_json::from_slice(&answer)?;
    let number = answer["number"].as_str().context("a number")?;
    let tiny = [
        place.x - 1e-4,
        place.y - 1e-4,
        place.x + 1e-4,
        place.y + 1e-4,
    ];
    let request = load::get(&path(city, tiny), Some(&city.token));
    while began.elapsed() < Duration::from_secs(10) {
        let (_, shown) = load::once(server.address, &request)?;
        if shown
            .windows(number.len())
            .any(|window| window == number.as_bytes())
        {
            return Ok(Outcome::plain(&goal::FRESH, began.elapsed().as_secs_f64()));
        }
    }
    anyhow::bail!("{number} did not come into its box")
}

/// A box around the n-th place, of a size that holds the wanted number of cases on average.
fn around(city: &City, n: u64) -> [f64; 4] {
    let (low, high) = corners(city);
    let share = (CASES / f64::from(city.size.cases)).sqrt().min(1.0);
    let (width, height) = ((high.x - low.x) * share, (high.y - low.y) * share);
    let at = city.grounds[0].place(n);
    let west = at.x.min(high.x - width);
    let south = at.y.min(high.y - height);
    [west, south, west + width, south + height]
}

/// The corners of the ground, from enough of its places.
fn corners(city: &City) -> (Coord, Coord) {
    let places = (0..10_000).map(|n| city.grounds[0].place(n));
    let none = (
        Coord {
            x: f64::MAX,
            y: f64::MAX,
        },
        Coord {
            x: f64::MIN,
            y: f64::MIN,
        },
    );
    places.fold(none, |(low, high), at| {
        let low = Coord {
            x: low.x.min(at.x),
            y: low.y.min(at.y),
        };
        (
            low,
            Coord {
                x: high.x.max(at.x),
                y: high.y.max(at.y),
            },
        )
    })
}

fn path(_: &City, [west, south, east, north]: [f64; 4]) -> String {
    format!("/api/v1/cases?bbox={west:.6},{south:.6},{east:.6},{north:.6}&limit=1000")
}
