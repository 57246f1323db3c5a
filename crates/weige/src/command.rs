//! The words of the command line, as `weige --help` explains them.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use crate::help::SETTINGS;

/// Weige 微格: run the small grids of a community as a service.
#[derive(Parser)]
#[command(version, long_about = None, propagate_version = true, after_help = SETTINGS)]
pub struct Weige {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Settings of every command. Each is also a variable `WEIGE_…` and a line of the file; flags win, then variables.
#[derive(Args)]
pub struct Common {
    /// The settings file (TOML).
    #[arg(
        long,
        global = true,
        env = "WEIGE_CONFIG",
        value_name = "FILE",
        value_parser = path()
    )]
    pub config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, global = true, env = "WEIGE_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<String>,
    /// The database: sqlite:FILE or postgres://… [default: sqlite:DATA/weige.sqlite].
    // its address may hold a password, which help shows to nobody
    #[arg(
        long,
        global = true,
        env = "WEIGE_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database: Option<String>,
    /// The folder of photos, keys and (with SQLite) the database [default: data].
    #[arg(
        long,
        global = true,
        env = "WEIGE_DATA",
        value_name = "DIR",
        value_parser = path()
    )]
    pub data: Option<PathBuf>,
}

/// The word for one photo in a process of its own.
pub const DEVELOP: &str = "develop-photo";

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve. On an empty database it prints one link for making the administrator.
    #[command(after_help = SETTINGS)]
    Serve,
    /// Load the demo community 明湖 if there is nothing yet, and serve it on the next free port.
    #[command(after_help = SETTINGS)]
    Demo(DemoOptions),
    /// Write the demo community's files, and its history, into a folder.
    DemoFiles(DemoFiles),
    /// Take in a file. Every problem is listed; nothing is changed unless the whole file is good.
    #[command(subcommand)]
    Import(Import),
    /// Write a file for another office.
    #[command(subcommand)]
    Export(Export),
    /// Sign-ins for the people of a community.
    #[command(subcommand)]
    Account(Account),
    /// Bearer tokens for programs and device tokens for walls.
    #[command(subcommand)]
    Token(Token),
    /// Bring the tables up to date and stop.
    Migrate,
    /// Walk every community's journal and prove that its chain is whole.
    Verify,
    /// Make one photo from standard input anew: what the server runs for each photo, apart from itself.
    #[command(hide = true, name = DEVELOP)]
    Develop,
}

/// How the demo is made.
#[derive(Args)]
pub struct DemoOptions {
    /// The seed of everything invented.
    #[arg(long, default_value_t = demo::files::COMMITTED_SEED)]
    pub seed: u64,
    /// The day the history ends before [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
}

/// Where the demo's files go.
#[derive(Args)]
pub struct DemoFiles {
    #[command(flatten)]
    pub options: DemoOptions,
    /// The folder.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Which kind of file.
#[derive(Subcommand)]
pub enum Import {
    /// Grids: GeoJSON, or a plain list.
    Grids(File),
    /// Posts and people (xlsx or csv).
    People(File),
    /// The catalogue of cases (xlsx).
    Catalogue(File),
    /// A year's holiday notice (JSON).
    Calendar(File),
    /// A history of cases (csv), one row per event.
    Cases(File),
    /// Orders of the 12345 hotline out of its export file (xlsx or csv); a known order number changes nothing.
    Hotline(File),
}

/// What to give back.
#[derive(Subcommand)]
pub enum Export {
    /// The results of the 12345 hotline's orders as a workbook, in its own empty form or in ours.
    Hotline(Results),
}

/// Which results, and where to.
#[derive(Args)]
pub struct Results {
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Orders received from this day on.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: String,
    /// Orders received until this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: String,
    /// The hotline's empty form (xlsx).
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// The community's code, where there are several.
    #[arg(long, value_name = "CODE")]
    pub community: Option<String>,
}

/// A file to take in.
#[derive(Args)]
pub struct File {
    /// The file.
    pub file: PathBuf,
    /// Only say what would happen.
    #[arg(long)]
    pub dry_run: bool,
    /// The community's code, where there are several.
    #[arg(long, value_name = "CODE")]
    pub community: Option<String>,
}

/// What to do with sign-ins.
#[derive(Subcommand)]
pub enum Account {
    /// Make one for each member whose list of people names an account; passwords are shown this once.
    Members {
        /// The community's code, where there are several.
        #[arg(long, value_name = "CODE")]
        community: Option<String>,
    },
    /// Draw a new password for an account; it is shown this once, and its sessions end.
    Password {
        /// Its name.
        name: String,
    },
    /// Close an account: nobody signs in with it any more.
    Disable {
        /// Its name.
        name: String,
    },
    /// Open it again, and say which tokens open with it.
    Enable {
        /// Its name.
        name: String,
    },
}

/// What to do with tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Make one for a program (--account) or for a wall (--device); it is shown once.
    Create {
        #[command(flatten)]
        whose: Whose,
        /// What it is for: at most 100 characters.
        #[arg(long, default_value = "", value_parser = label)]
        label: String,
        /// Days it lasts, from 1 to 3650; without it until it is taken back.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
    },
    /// Show those that open something now, each with the id by which it is taken back; never the token itself.
    List,
    /// Take one back.
    Revoke {
        /// The token, or its id in the list.
        token: String,
    },
}

/// Whose token: one of the two.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Whose {
    /// The account it acts as, by the name one signs in with.
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The community whose counts a wall may show, by its code.
    #[arg(long, value_name = "CODE")]
    pub device: Option<String>,
}

/// A path, also an empty one: the settings refuse it by the name of its variable, of which the parser of paths says nothing.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// What a token is for.
fn label(text: &str) -> Result<String, String> {
    let long = text.chars().count();
    if long > work::account::LONGEST_LABEL {
        return Err(format!(
            "{long} characters are too many: at most {}",
            work::account::LONGEST_LABEL
        ));
    }
    Ok(text.to_owned())
}
