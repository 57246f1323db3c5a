//! Files from outside: grids, people, catalogues, calendars, cases. Each importer lists every problem by row and column,
//! changes nothing on a dry run, keeps the whole file or nothing, and is safe to run twice.

mod calendar;
mod cases;
mod catalogue;
mod grids;
mod missing;
mod office;
mod people;
mod problem;
pub(crate) mod table;

pub use calendar::calendar;
pub use cases::cases;
pub use catalogue::catalogue;
pub use grids::grids;
pub use missing::missing;
pub use office::{Kind, take_in};
pub use people::people;
pub(crate) use problem::any_error;
pub use problem::{Problem, Severity, Summary};

use std::sync::Arc;

use crate::House;
use crate::net::CommunityNet;

/// The community a file is for: the one named, else the only one.
pub(crate) fn community(house: &House, named: Option<&str>) -> Result<Arc<CommunityNet>, Problem> {
    let net = house.net();
    if let Some(code) = named {
        let found = net.community(code).cloned();
        return found.ok_or_else(|| Problem::file("community-unknown").with("community", code));
    }
    let mut all = net.communities();
    match (all.next(), all.next()) {
        (Some(only), None) => Ok(Arc::clone(only)),
        (None, _) => Err(Problem::file("community-missing")),
        (Some(_), Some(_)) => Err(Problem::file("community-not-named")),
    }
}

/// A number of things for the journal.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
