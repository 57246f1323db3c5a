//! `weige demo`: the community 明湖 out of its files, through the ordinary importers, and then served. All of it invented.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};
use work::House;
use work::account::Made;
use work::import::Summary;

use crate::command::{DemoFiles, DemoOptions};
use crate::config::Config;
use crate::{address, serve};

/// `weige demo`.
pub async fn demo(config: &Config, options: &DemoOptions) -> anyhow::Result<()> {
    let house = config.house().await?;
    let accounts = config.data.join("demo-accounts.txt");
    if house.net().communities().next().is_none() {
        let made = load(&house, options).await?;
        write_accounts(&accounts, &made)?;
        print_accounts(&made);
    }
    let listener = address::listen(&config.listen, true).await?;
    for url in address::urls(listener.local_addr()?, config.tls) {
        println!("Weige 微格  {url}    cockpit {url}/cockpit");
    }
    println!("Sign-ins stand in {}", accounts.display());
    std::io::stdout().flush()?;
    serve::run(house, listener, config.door(true)).await
}

/// `weige demo-files`.
pub fn write_files(to: &DemoFiles) -> anyhow::Result<()> {
    demo::files::write_files(&to.out, to.options.seed)?;
    let today = today(&to.options, OffsetDateTime::UNIX_EPOCH)?;
    let file = std::fs::File::create(to.out.join("history.csv"))?;
    demo::history::history(to.options.seed, today, &demo::calendar::calendar()?)?
        .write_csv(std::io::BufWriter::new(file))?;
    println!("written to {}", to.out.display());
    Ok(())
}

fn today(options: &DemoOptions, now: OffsetDateTime) -> anyhow::Result<Date> {
    match &options.today {
        Some(day) => Date::parse(day, &Iso8601::DATE)
            .with_context(|| format!("{day} is no day like 2026-11-23")),
        None if now == OffsetDateTime::UNIX_EPOCH => anyhow::bail!("say --today YYYY-MM-DD"),
        None => Ok(now.to_offset(rules::calendar::CHINA).date()),
    }
}

/// Loads the files in the order in which a community would.
async fn load(house: &Arc<House>, options: &DemoOptions) -> anyhow::Result<Vec<Made>> {
    println!("Loading the demo community 明湖 (all people and boundaries are invented) …");
    let files = demo::files::files(options.seed)?;
    let file = |name: &str| {
        files
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, bytes)| bytes.as_slice())
            .with_context(|| format!("{name} is missing"))
    };
    for name in ["calendar-2025.json", "calendar-2026.json"] {
        said(
            name,
            &work::import::calendar(house, file(name)?, false).await?,
        )?;
    }
    said(
        "grids",
        &work::import::grids(house, file("grids.geojson")?, None, false).await?,
    )?;
    said(
        "catalogue",
        &work::import::catalogue(
            house,
            file("catalogue.xlsx")?,
            "catalogue.xlsx",
            None,
            false,
        )
        .await?,
    )?;
    said(
        "people",
        &work::import::people(house, file("people.xlsx")?, None, false).await?,
    )?;
    let community = house
        .net()
        .communities()
        .next()
        .context("the grids founded no community")?
        .id;
    crate::demo_partner::write_down(house, community).await?;
    let mut made = work::account::make_for_members(house, community).await?;
    made.push(work::account::make_drawn(house, "admin", rules::access::Role::Admin).await?);
    house.refresh_net().await?;
    let today = today(options, house.clock.now())?;
    let mut history = Vec::new();
    demo::history::history(options.seed, today, &demo::calendar::calendar()?)?
        .write_csv(&mut history)?;
    said("cases", &work::import::cases(house, &history, false).await?)?;
    crate::demo_settings::lay_down(house).await?;
    crate::demo_visits::open_visits(house).await?;
    crate::demo_matters::matters(house).await?;
    work::follow::catch_up_all(&house.store).await?;
    Ok(made)
}

fn said(what: &str, summary: &Summary) -> anyhow::Result<()> {
    crate::import::report(Path::new(what), false, summary)?;
    anyhow::ensure!(!summary.is_refused(), "the demo's {what} were refused");
    Ok(())
}

fn write_accounts(to: &Path, made: &[Made]) -> anyhow::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(to)?;
    for account in made {
        writeln!(file, "{}\t{}", account.name, account.password.expose())?;
    }
    Ok(())
}

/// The sign-ins a newcomer needs first; all of them stand in the file.
fn print_accounts(made: &[Made]) {
    const FIRST: [&str; 9] = [
        "desk",
        "lead-01",
        "steward-01",
        "worker-01",
        "volunteer-01",
        "department-water",
        "supervisor",
        crate::demo_partner::ACCOUNT,
        "admin",
    ];
    println!("\nSign-ins (printed this once):");
    for account in made
        .iter()
        .filter(|account| FIRST.contains(&account.name.as_str()))
    {
        println!("  {:<18} {}", account.name, account.password.expose());
    }
    println!();
}
