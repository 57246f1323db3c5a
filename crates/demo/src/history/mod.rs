//! Fourteen months of residents' requests and cases, one row per event, ending the day before a given day. The rows are
//! replayed through the real life cycle when they are loaded, so they keep its rules: who solved does not check, who
//! checked does not visit. Nothing here changes a case and nothing is random beyond the seed.

mod aim;
mod arrivals;
mod beside;
mod course;
mod draft;
mod moment;
mod opening;
mod place;
mod plan;
mod row;
mod script;
mod tellings;
mod way;
mod words;

pub use moment::{Month, last_full_month};
pub use row::{History, Row};

use crate::catalogue::{SeedError, categories};
use crate::ground::{PlanError, ground};
use crate::people::Register;
use rules::case::Reckoning;
use rules::deadline::LimitError;
use time::Date;

/// What the last full calendar month shows.
pub mod figures {
    /// Cases closed in the month.
    pub const CLOSED: usize = 450;
    /// Cases due in the month: their deadline lay in it, or they were closed in it.
    pub const DUE: usize = 550;
    /// Cases closed as solved whose reporter confirmed it or was visited.
    pub const NEEDS_SOLVED: usize = 56;
}

/// The history could not be made.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The plan of the ground contradicts itself.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A seed file cannot be understood.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// A limit of the catalogue cannot be understood.
    #[error("the limit {text:?} of the catalogue cannot be understood: {why}")]
    Limit {
        /// The limit as written.
        text: String,
        /// What is wrong with it.
        why: LimitError,
    },
    /// The day lies too near the beginning or end of time.
    #[error("there are no fourteen months before {0}")]
    Day(Date),
    /// No cases are left to move so that the month shows the figures.
    #[error("the last full month cannot be made to show {wanted} {what}")]
    Aim {
        /// Which figure.
        what: &'static str,
        /// Its value.
        wanted: usize,
    },
}

/// Makes the history that ends the day before `today`; `calendar` reckons the deadlines, as it will when the history is
/// loaded. The same arguments give the same rows.
///
/// # Errors
/// [`HistoryError`]; with the shipped seed files only [`HistoryError::Day`] is possible, which the tests show for many days.
pub fn history(seed: u64, today: Date, calendar: &dyn Reckoning) -> Result<History, HistoryError> {
    let span = moment::Span::before(today).ok_or(HistoryError::Day(today))?;
    let categories = categories()?;
    let world = plan::World {
        tellings: tellings::Tellings::read(&categories)?,
        limits: plan::limits(&categories)?,
        places: place::Places::new(&ground(seed)?),
        categories: &categories,
        calendar,
        span,
    };
    let mut register = Register::for_reporters(seed);
    let mut plans = draft::plans(seed, &world, &mut register);
    course::vary(seed, &world, &mut plans);
    aim::month(seed, &world, &mut plans)?;
    course::rate(seed, &world, &mut plans);
    course::join(&mut plans, &world);
    Ok(script::write(seed, &world, &plans))
}
