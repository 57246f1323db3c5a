//! The figures of a year by everything they can be asked by: every request another filter or split, one after the other as
//! an office asks. Nothing of an answer is kept anywhere: each is counted anew.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use time::{Date, Duration};
use work::Clock;

use super::{in_turn, reading_by};
use crate::city::{CATEGORIES, City, DEPARTMENTS};
use crate::goal::Goal;
use crate::load;
use crate::server::Server;
use crate::table::Outcome;

/// Measures, after one look that brings what is counted into memory.
///
/// # Errors
/// When figures were refused, or are behind the journal.
pub fn measure(goal: &'static Goal, server: &Server, city: &City) -> Result<Outcome> {
    let asked = queries(city);
    let request =
        |query: &String| load::get(&format!("/api/v1/figures?{query}"), Some(&city.token));
    let requests: Vec<Vec<u8>> = asked.iter().map(request).collect();
    let began = Instant::now();
    let (status, body) = load::once(server.address, &requests[0])?;
    let first = began.elapsed();
    let body = String::from_utf8_lossy(&body);
    ensure!(
        status == 200 && body.contains("\"behind\":0,"),
        "{status}: {body}"
    );
    let kinds = requests.len();
    let outcome = reading_by(1, goal, server, in_turn(Arc::new(requests)))?;
    Ok(Outcome {
        note: format!(
            "{kinds} questions; first look {first:.0?}; {}",
            outcome.note
        ),
        ..outcome
    })
}

/// Two years (to today, and to the last cases of the history), each by every filter and split.
fn queries(city: &City) -> Vec<String> {
    let ground = &city.grounds[0];
    let top = ground.top.code.as_str();
    let mut filters: Vec<String> = ["category", "department", "channel", "grid", "month", "week"]
        .map(|by| format!("grid={top}&by={by}"))
        .to_vec();
    let grids = ground.general.iter().chain(ground.micro.iter().take(5));
    filters.extend(grids.map(|grid| format!("grid={}", grid.code)));
    filters.extend(CATEGORIES.map(|code| format!("grid={top}&category={code}&by=channel")));
    filters.extend(
        ["resident", "phone", "hotline", "grid"]
            .map(|one| format!("grid={top}&channel={one}&by=category")),
    );
    let hands = DEPARTMENTS.into_iter().chain(["grids"]);
    filters.extend(hands.map(|code| format!("grid={top}&department={code}&by=month")));
    let today = Clock::System.now().date();
    let year = |last: Date| format!("from={}&to={last}", last - Duration::days(365));
    let years = [year(today), year(today - Duration::days(60))];
    let both = filters
        .iter()
        .flat_map(|filter| years.iter().map(move |days| format!("{days}&{filter}")));
    both.collect()
}
