//! A sheet of 500 paper notes checked as a whole, in the process: rows read, contacts unsealed, places, categories and the
//! person on duty found.

use std::time::Instant;

use anyhow::{Result, ensure};
use rules::case::Channel;
use rules::privacy::Pii;
use rules::sheet::Row;
use work::report::RequestKey;
use work::{Clock, Config, House};

use crate::city::{CATEGORIES, City, words};
use crate::goal;
use crate::table::Outcome;

/// Notes of the sheet.
const NOTES: u32 = 500;
/// How often it is checked; the slowest counts.
const TIMES: usize = 20;

/// Measures on a loaded city that nobody serves.
///
/// # Errors
/// When the house does not open or a note is not found good.
pub fn measure(city: &City) -> Result<Outcome> {
    tokio::runtime::Runtime::new()?.block_on(check(city))
}

async fn check(city: &City) -> Result<Outcome> {
    let config = Config::new(city.database.parse()?, city.data.clone());
    let house = House::open(config, Clock::System).await?;
    let asker = house.asker_of("desk").await?;
    let sheet = work::sheet::begin(&house, &asker, "", Channel::Desk).await?;
    let net = house.net();
    let own = asker.community().and_then(|id| net.community_by_id(id));
    let codes: Vec<&str> = own
        .into_iter()
        .flat_map(|net| net.grids())
        .map(|grid| grid.code.as_str())
        .collect();
    ensure!(!codes.is_empty(), "the city has no grids");
    let row = |n: u32| Row {
        place: format!("{} {n} 号楼", codes[n as usize % codes.len()]),
        words: words(n),
        category: CATEGORIES[n as usize % CATEGORIES.len()].to_owned(),
        name: Some(Pii::new(format!("示例{n}"))),
        phone: Some(Pii::new(format!("100{n:08}"))),
    };
    let rows: Vec<Row> = (0..NOTES).map(row).collect();
    let key = RequestKey::new(b"bench", b"");
    work::sheet::add(&house, &asker, sheet.id, &rows, key).await?;
    let mut slowest = 0.0_f64;
    for _ in 0..TIMES {
        let began = Instant::now();
        let looked = work::sheet::look(&house, &asker, sheet.id).await?;
        slowest = slowest.max(began.elapsed().as_secs_f64());
        let good = looked.totals().good;
        ensure!(good == NOTES as usize, "{good} of {NOTES} notes are good");
    }
    Ok(Outcome {
        note: format!("the slowest of {TIMES}"),
        ..Outcome::plain(&goal::SHEET, slowest)
    })
}
