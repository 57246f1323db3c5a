//! Grids: a GeoJSON file with borders, or a plain list without. A community that is not there yet is founded by the
//! file's grid of level `community`. A grid that changed gets a new version; grids the file does not name stay.

mod borders;
mod draft;
mod features;
mod keep;
mod list;
mod plan;

use std::sync::Arc;

use rules::grid::Level;

use super::{Problem, Severity, Summary, community};
use crate::net::CommunityNet;
use crate::{Error, House};
use draft::Draft;
use plan::Plan;

/// For whom a file is.
enum Whose {
    /// A community that is there.
    Known(Arc<CommunityNet>),
    /// One that the file founds.
    New { code: String, name: String },
}

/// Takes in grids; `named` is the community's code where neither the file nor the installation says it.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
pub async fn grids(
    house: &House,
    file: &[u8],
    named: Option<&str>,
    dry_run: bool,
) -> Result<Summary, Error> {
    take(house, file, named, false, dry_run).await
}

/// Takes in grids of one community; a file of another one is refused.
///
/// # Errors
/// As [`grids`].
pub(super) async fn own_grids(
    house: &House,
    file: &[u8],
    own: &str,
    dry_run: bool,
) -> Result<Summary, Error> {
    take(house, file, Some(own), true, dry_run).await
}

async fn take(
    house: &House,
    file: &[u8],
    named: Option<&str>,
    only_named: bool,
    dry_run: bool,
) -> Result<Summary, Error> {
    house.refresh_net().await?;
    let is_json = file.trim_ascii_start().first() == Some(&b'{');
    let read = if is_json {
        features::read(file)
    } else {
        list::read(file)
    };
    let (drafts, mut problems) = match read {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let whose = match whose(house, &drafts, named) {
        Ok(whose) => whose,
        Err(problem) => return Ok(Summary::refused(vec![problem])),
    };
    if only_named && named != Some(whose.code()) {
        let problem = Problem::file("community-other").with("community", whose.code());
        return Ok(Summary::refused(vec![problem]));
    }
    let kept = match &whose {
        Whose::Known(net) => house.store.reader().grids(net.id).await?,
        Whose::New { .. } => Vec::new(),
    };
    let plan = Plan::make(house, &whose, drafts, kept, &mut problems);
    borders::check(&plan, &mut problems);
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return Ok(Summary::refused(problems));
    }
    let (added, changed, same) = plan.counts();
    if !dry_run && added + changed > 0 {
        keep::keep(house, whose, plan).await?;
    }
    Ok(Summary {
        added,
        changed,
        same,
        problems,
    })
}

/// The community whose grid of level `community` the file holds, else the one named, else the only one.
fn whose(house: &House, drafts: &[Draft], named: Option<&str>) -> Result<Whose, Problem> {
    let mut roots = drafts
        .iter()
        .filter(|draft| draft.level == Level::Community && draft.scheme.is_governance());
    let Some(root) = roots.next() else {
        return community(house, named).map(Whose::Known);
    };
    if let Some(second) = roots.next() {
        return Err(second
            .place
            .problem("level", "community-twice", second.name.as_str()));
    }
    let Some(code) = &root.code else {
        return Err(root.place.problem("code", "missing", ""));
    };
    if let Some(net) = house.net().community(code.as_str()) {
        return Ok(Whose::Known(Arc::clone(net)));
    }
    let fits =
        code.as_str().len() <= 20 && code.as_str().bytes().all(|b| b.is_ascii_alphanumeric());
    if !fits {
        return Err(root.place.problem("code", "code-malformed", code.as_str()));
    }
    let name = root
        .name
        .strip_suffix("总网格")
        .unwrap_or(&root.name)
        .to_owned();
    Ok(Whose::New {
        code: code.as_str().to_owned(),
        name,
    })
}
