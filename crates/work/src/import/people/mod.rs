//! Lists of people: posts and who holds them. For every seat that the file names (a role in a grid) it is the truth:
//! whoever held it before and is not named any more leaves it. Seats it does not name stay as they are.

mod check;
mod entry;
mod keep;
mod lost;
mod plan;
mod read;

use rules::ids::GridId;
use uuid::Uuid;

use super::table::{self, Table};
use super::{Problem, Summary, any_error, community};
use crate::net::CommunityNet;
use crate::{Error, House, task};
use check::Whom;
use entry::{COLUMNS, Column, Entry};
use plan::Plan;
use read::GridOf;

/// Takes in a list of people; `named` is the community's code where the installation has several.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
#[task]
pub async fn people(
    house: &House,
    file: &[u8],
    named: Option<&str>,
    dry_run: bool,
) -> Result<Summary, Error> {
    house.refresh_net().await?;
    let (tables, mut problems) = match table::read_all(file, COLUMNS) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let net = community(house, named)
        .map_err(|problem| problems.push(problem))
        .ok();
    let (rows, entries) = read(net.as_deref(), &tables, &mut problems);
    check::across(net.as_deref(), &rows, &mut problems);
    let net = match net {
        Some(net) if !any_error(&problems) => net,
        _ => return Ok(Summary::refused(problems)),
    };
    let mut id = || -> Uuid { house.clock.id() };
    let plan = Plan::make(&net, &entries, &mut id);
    let (added, changed, same) = plan.counts();
    problems.extend(lost::lost(house, &net, &plan).await?);
    problems.extend(plan.emptied(&net));
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

/// Every row: whom it means, and the entries of those that have no fault.
fn read(
    net: Option<&CommunityNet>,
    tables: &[Table<Column>],
    problems: &mut Vec<Problem>,
) -> (Vec<Whom>, Vec<Entry>) {
    let find = |code: &str| -> Option<GridId> { Some(net?.grid_by_code(code)?.id) };
    let grid_of: Option<GridOf<'_>> = net.is_some().then_some(&find);
    let (mut rows, mut entries) = (Vec::new(), Vec::new());
    for row in tables.iter().flat_map(Table::rows) {
        let (whom, entry) = Entry::read(&row, grid_of, problems);
        rows.push(whom);
        entries.extend(entry);
    }
    (rows, entries)
}
