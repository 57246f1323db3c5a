//! Lists of people: posts and who holds them. For every seat that the file names (a role in a grid) it is the truth:
//! whoever held it before and is not named any more leaves it. Seats it does not name stay as they are.

mod entry;
mod keep;
mod plan;

use rules::ids::GridId;
use uuid::Uuid;

use super::{Severity, Summary, community, table};
use crate::{Error, House};
use entry::{COLUMNS, Entry};
use plan::Plan;

/// Takes in a list of people; `named` is the community's code where the installation has several.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
pub async fn people(
    house: &House,
    file: &[u8],
    named: Option<&str>,
    dry_run: bool,
) -> Result<Summary, Error> {
    house.refresh_net().await?;
    let net = match community(house, named) {
        Ok(net) => net,
        Err(problem) => return Ok(Summary::refused(vec![problem])),
    };
    let (tables, mut problems) = match table::read(file, COLUMNS) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let grid = |code: &str| -> Option<GridId> { Some(net.grid_by_code(code)?.id) };
    let mut entries: Vec<Entry> = Vec::new();
    for row in tables.iter().flat_map(|table| table.rows()) {
        match Entry::read(&row, &grid) {
            Ok(entry) => entries.push(entry),
            Err(mut faults) => problems.append(&mut faults),
        }
    }
    let mut id = || -> Uuid { house.clock.id() };
    let plan = Plan::make(&net, &entries, &mut id, &mut problems);
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return Ok(Summary::refused(problems));
    }
    let (added, changed, same) = plan.counts();
    if !dry_run && added + changed > 0 {
        keep::keep(house, net.id, plan).await?;
    }
    Ok(Summary {
        added,
        changed,
        same,
        problems,
    })
}
