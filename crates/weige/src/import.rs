//! `weige import`: takes in files through the ordinary importers and says, place by place, what is wrong with them.

use std::path::Path;

use anyhow::Context;
use work::House;
use work::import::{Problem, Severity, Summary};

use crate::command::{File, Import};
use crate::config::Config;

/// `weige import WHAT FILE`.
pub async fn import(config: &Config, what: Import) -> anyhow::Result<()> {
    let house = config.house().await?;
    let (Import::Grids(file)
    | Import::People(file)
    | Import::Catalogue(file)
    | Import::Calendar(file)
    | Import::Cases(file)
    | Import::Hotline(file)) = &what;
    let bytes = std::fs::read(&file.file)
        .with_context(|| format!("{} cannot be read", file.file.display()))?;
    let summary = take_in(&house, &what, file, &bytes).await?;
    report(&file.file, file.dry_run, &summary);
    anyhow::ensure!(!summary.is_refused(), "nothing was changed");
    Ok(())
}

async fn take_in(
    house: &House,
    what: &Import,
    file: &File,
    bytes: &[u8],
) -> anyhow::Result<Summary> {
    let name = file
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let (named, dry) = (file.community.as_deref(), file.dry_run);
    Ok(match what {
        Import::Grids(_) => work::import::grids(house, bytes, named, dry).await?,
        Import::People(_) => work::import::people(house, bytes, named, dry).await?,
        Import::Catalogue(_) => work::import::catalogue(house, bytes, &name, named, dry).await?,
        Import::Calendar(_) => work::import::calendar(house, bytes, dry).await?,
        Import::Cases(_) => work::import::cases(house, bytes, dry).await?,
        Import::Hotline(_) => work::order::hotline(house, None, bytes, named, dry).await?,
    })
}

/// Prints what came of a file.
pub fn report(file: &Path, dry_run: bool, summary: &Summary) {
    for problem in &summary.problems {
        println!("{}{}", file.display(), line(problem));
    }
    let would = if dry_run { "would be " } else { "" };
    println!(
        "{}: {would}new {}, changed {}, the same {}",
        file.display(),
        summary.added,
        summary.changed,
        summary.same
    );
}

/// A problem in one line.
pub fn line(problem: &Problem) -> String {
    let place = [
        problem.sheet.clone(),
        problem.row.map(|row| format!("row {row}")),
        problem
            .column
            .clone()
            .map(|column| format!("column {column}")),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let args: Vec<String> = problem
        .args
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let kind = if problem.severity == Severity::Error {
        "error"
    } else {
        "warning"
    };
    let said = if args.is_empty() {
        String::new()
    } else {
        format!(" ({})", args.join(", "))
    };
    format!(": {}: {kind}: {}{said}", place.join(", "), problem.code)
}
