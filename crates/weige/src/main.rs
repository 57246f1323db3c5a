//! Weige 微格 on the command line: reads flags, variables and one file, opens the house, and does one thing with it.
//! Nothing is decided here.
#![expect(
    clippy::print_stdout,
    reason = "a command line answers on its standard output"
)]

mod account;
mod address;
mod command;
mod community;
mod config;
mod demo_house;
mod demo_matters;
mod demo_partner;
mod demo_settings;
mod demo_visits;
mod export;
mod help;
mod import;
mod say;
mod serve;
mod token;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

use command::{Command, Weige};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Weige::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // what went wrong and why, in one line; a trace of calls helps nobody at a terminal
            say::aside(format_args!("weige: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(weige: Weige) -> anyhow::Result<()> {
    if let Command::Develop = weige.command {
        // before anything else: this process reads no settings and opens no house
        return Ok(bridge::photo::develop()?);
    }
    let config = config::read(&weige.common)?;
    let written = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let filter: Targets = config.log.parse()?;
    tracing_subscriber::registry()
        .with(written.with_filter(filter))
        .init();
    let threads = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .max(2);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match weige.command {
            Command::Serve => serve::serve(&config).await,
            Command::Demo(options) => demo_house::demo(&config, &options).await,
            Command::DemoFiles(options) => demo_house::write_files(&options),
            Command::Import(what) => import::import(&config, what).await,
            Command::Export(what) => export::export(&config, what).await,
            Command::Token(what) => token::token(&config, what).await,
            Command::Account(what) => account::account(&config, what).await,
            Command::Migrate => {
                config.house().await?;
                say::line("tables are up to date")
            }
            Command::Verify => serve::verify(&config).await,
            Command::Develop => Ok(()),
        }
    })
}
