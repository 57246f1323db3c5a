//! Measures what the first build must reach, beside what this machine can do at best in the same minutes, and prints one
//! table. Measures release builds only; the server under test is the real binary in a process of its own.

mod city;
mod goal;
mod limits;
mod load;
mod rows;
mod run;
mod server;
mod table;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Benchmarks beside their limits.
#[derive(Parser)]
struct Arguments {
    /// Adds the rows with 1,000,000 cases.
    #[arg(long)]
    full: bool,
    /// Only these parts: sheet, routing, disk, sqlite, postgres, locate, start, million.
    #[arg(long)]
    only: Vec<String>,
    /// Cases of the city on SQLite.
    #[arg(long, default_value_t = 100_000)]
    cases: u32,
    /// A throw-away PostgreSQL cluster; without it the PostgreSQL rows are left out, and the table says so.
    #[arg(long, env = "WEIGE_TEST_POSTGRES")]
    postgres: Option<String>,
    #[command(subcommand)]
    limit: Option<Limit>,
}

/// Processes that measure limits.
#[derive(Subcommand)]
enum Limit {
    /// Serves bare answers until killed.
    #[command(hide = true)]
    Bare,
}

/// The one number that a benchmark inside a finished build cannot take.
const BUILD: &str = "Cold release build (floor 8 min): `.ci/run` in a new clone prints it as the step `release build`.";

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if matches!(arguments.limit, Some(Limit::Bare)) {
        return tokio::runtime::Runtime::new()?.block_on(limits::bare::serve());
    }
    let plan = run::Plan {
        full: arguments.full,
        only: arguments.only,
        cases: arguments.cases,
        postgres: arguments.postgres,
    };
    let outcomes = plan.measure()?;
    show(&table::markdown(&outcomes));
    show(BUILD);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is the answer")]
fn show(text: &str) {
    println!("{text}");
}
