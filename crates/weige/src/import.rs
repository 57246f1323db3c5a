//! `weige import`: takes in files through the ordinary importers and says, place by place, what is wrong with them.

use std::path::Path;

use web::Words;
use work::House;
use work::import::{Problem, Summary};

use crate::command::{File, Import};
use crate::config::Config;
use crate::say;

/// `weige import WHAT FILE`.
pub async fn import(config: &Config, what: Import) -> anyhow::Result<()> {
    let (Import::Grids(file)
    | Import::People(file)
    | Import::Catalogue(file)
    | Import::Calendar(file)
    | Import::Cases(file)
    | Import::Hotline(file)) = &what;
    // before the house opens: a wrong name makes no data folder
    let bytes = match std::fs::read(&file.file) {
        Ok(bytes) => bytes,
        Err(error) => unread(&file.file, &Problem::unread(&error)),
    };
    let house = config.house().await?;
    let summary = take_in(&house, &what, file, &bytes).await?;
    report(&file.file, file.dry_run, &summary)?;
    // what is wrong was just said, in the reader's language
    if summary.is_refused() {
        std::process::exit(1);
    }
    Ok(())
}

/// Says in one line why a file cannot be read, and ends.
fn unread(file: &Path, why: &Problem) -> ! {
    eprintln!("{}: {}", file.display(), words().line(why));
    std::process::exit(1);
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

/// Prints what came of a file, in the language of the terminal.
///
/// # Errors
/// That nobody reads it to its end.
pub fn report(file: &Path, dry_run: bool, summary: &Summary) -> anyhow::Result<()> {
    let (words, file) = (words(), file.display());
    for problem in &summary.problems {
        say::line(format_args!("{file}: {}", words.line(problem)))?;
    }
    say::line(format_args!("{file}: {}", words.summary(summary, dry_run)))
}

/// The words for the language of the terminal.
pub fn words() -> Words {
    Words::of_locale(&locale())
}

/// The locale of messages, as every program on the terminal reads it.
fn locale() -> String {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    set.into_iter()
        .find(|locale| !locale.is_empty())
        .unwrap_or_default()
}
