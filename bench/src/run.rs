//! One run: which parts, in which order, with which cities. Each part cleans up after itself.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::city::{self, City, Size};
use crate::goal;
use crate::rows::{
    case, counts, disk, figures, list, locate, map, memory, report, routing, sheet, start,
};
use crate::server::Server;
use crate::table::Outcome;

/// What to measure.
pub struct Plan {
    /// With the rows of 1,000,000 cases.
    pub full: bool,
    /// Only these parts; empty for all.
    pub only: Vec<String>,
    /// Cases of the city on SQLite.
    pub cases: u32,
    /// A PostgreSQL cluster to make databases in.
    pub postgres: Option<String>,
}

impl Plan {
    /// Measures everything that is planned.
    ///
    /// # Errors
    /// When a part fails; a table with holes would mislead.
    pub fn measure(&self) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::new();
        if self.wants("locate") {
            outcomes.push(locate::measure()?);
        }
        if self.wants("sheet") {
            let folder = tempfile::tempdir()?;
            outcomes.push(sheet::measure(&sqlite_city(&folder, 100)?)?);
        }
        if self.wants("routing") {
            let folder = tempfile::tempdir()?;
            outcomes.push(routing::measure(&sqlite_city(&folder, 100)?)?);
        }
        // A part of `sqlite` that takes seconds, for whoever changes tables.
        if self.only.iter().any(|one| one == "disk") {
            let folder = tempfile::tempdir()?;
            sqlite_city(&folder, self.cases)?;
            let file = folder.path().join("city.sqlite");
            outcomes.push(disk::measure(&file, self.cases)?);
        }
        if self.wants("sqlite") {
            outcomes.extend(on_sqlite(self.cases)?);
        }
        if self.wants("postgres") {
            outcomes.extend(self.on_postgres()?);
        }
        if self.wants("start") {
            let folder = tempfile::tempdir()?;
            outcomes.extend(start::measure(folder.path())?);
        }
        if self.full && self.wants("million") {
            outcomes.extend(a_million()?);
        }
        Ok(outcomes)
    }

    fn wants(&self, part: &str) -> bool {
        let wanted = self.only.is_empty() || self.only.iter().any(|one| one == part);
        if wanted {
            say(part);
        }
        wanted
    }

    fn on_postgres(&self) -> Result<Vec<Outcome>> {
        let Some(cluster) = &self.postgres else {
            say("no PostgreSQL cluster: its rows are left out (make bench starts one)");
            return Ok(Vec::new());
        };
        let mut outcomes = Vec::new();
        for (communities, side) in [(1, 10), (100, 1)] {
            let size = Size {
                communities,
                side,
                cases: 10_000 / communities,
            };
            let database = new_database(cluster, communities)?;
            let folder = tempfile::tempdir()?;
            let city = loaded(&database, folder.path(), size)?;
            let server = Server::start(&database, folder.path())?;
            outcomes.push(report::measure(
                report::postgres_goal(&city),
                &server,
                &city,
            )?);
        }
        Ok(outcomes)
    }
}

fn on_sqlite(cases: u32) -> Result<Vec<Outcome>> {
    let folder = tempfile::tempdir()?;
    let city = sqlite_city(&folder, cases)?;
    let file = folder.path().join("city.sqlite");
    let disk = disk::measure(&file, cases)?;
    let server = Server::start(&city.database, &city.data)?;
    let watch = memory::Watch::over(server.memory());
    let reads = [
        case::measure(&server, &city)?,
        list::measure(&server, &city)?,
        map::measure(&server, &city)?,
        map::fresh(&server, &city)?,
        counts::of_grids(&goal::COUNTS_GRID, &server, &city)?,
        counts::of_all(&goal::COUNTS_ALL, &server, &city)?,
        figures::measure(&goal::FIGURES, &server, &city)?,
    ];
    let report = report::measure(&goal::REPORT, &server, &city)?;
    let memory = watch.outcome();
    drop(server);
    let report = report::beside_sqlite(report, &file, &folder.path().join("raw.sqlite"))?;
    let mut outcomes = vec![report];
    outcomes.extend(reads);
    outcomes.extend([memory, disk]);
    Ok(outcomes)
}

fn a_million() -> Result<[Outcome; 2]> {
    let folder = tempfile::tempdir()?;
    let city = sqlite_city(&folder, 1_000_000)?;
    let server = Server::start(&city.database, &city.data)?;
    Ok([
        counts::of_all(&goal::COUNTS_MILLION, &server, &city)?,
        figures::measure(&goal::FIGURES_MILLION, &server, &city)?,
    ])
}

fn sqlite_city(folder: &TempDir, cases: u32) -> Result<City> {
    let database = format!("sqlite:{}", folder.path().join("city.sqlite").display());
    loaded(
        &database,
        folder.path(),
        Size {
            communities: 1,
            side: 10,
            cases,
        },
    )
}

fn loaded(database: &str, data: &Path, size: Size) -> Result<City> {
    let began = std::time::Instant::now();
    let runtime = tokio::runtime::Runtime::new()?;
    let city = runtime.block_on(city::load(database, data, size))?;
    say(&format!(
        "loaded {} × {} cases in {:.0?}",
        size.communities,
        size.cases,
        began.elapsed()
    ));
    Ok(city)
}

/// Makes an empty database in the cluster and gives its address.
fn new_database(cluster: &str, n: u32) -> Result<String> {
    let name = format!("bench_{n}_{}", std::process::id());
    let made = std::process::Command::new("psql")
        .args([cluster, "-qc", &format!("CREATE DATABASE {name}")])
        .status()
        .context("psql")?;
    anyhow::ensure!(made.success(), "the database was not made: {made}");
    let server = cluster
        .rsplit_once('/')
        .map_or(cluster, |(server, _)| server);
    Ok(format!("{server}/{name}"))
}

#[expect(clippy::print_stderr, reason = "whoever waits wants to know for what")]
fn say(what: &str) {
    eprintln!("bench: {what}");
}
