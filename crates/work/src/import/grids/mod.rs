//! Grids: a GeoJSON file with borders, or a plain list without. A community that is not there yet is founded by the
//! file's grid of level `community`. A grid that changed gets a new version; grids the file does not name stay.

mod borders;
mod draft;
mod enter;
mod features;
mod keep;
mod list;
mod plan;

use std::sync::Arc;

use super::{Problem, Summary, any_error, community};
use crate::net::CommunityNet;
use crate::{Error, House, task};
use draft::{CODE, Draft, Found, LEVEL, Said};
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
#[task]
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
    let found = match read(file) {
        Ok(found) => found,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let (drafts, mut problems) = (found.drafts, found.problems);
    let mut whose = whose(house, &drafts, named, &mut problems);
    if let Some(other) = whose
        .as_ref()
        .filter(|whose| only_named && named != Some(whose.code()))
    {
        let problem = Problem::file("community-other").with("community", other.code());
        problems.push(problem);
        whose = None;
    }
    let kept = match &whose {
        Some(Whose::Known(net)) => house.store.reader().grids(net.id).await?,
        Some(Whose::New { .. }) | None => Vec::new(),
    };
    let mut plan = Plan::make(house, whose.as_ref(), drafts, kept, &mut problems);
    plan.torn |= found.torn;
    borders::check(&plan, &mut problems);
    let whose = match whose {
        Some(whose) if !any_error(&problems) => whose,
        _ => return Ok(Summary::refused(problems)),
    };
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

/// The grids of a file, which is GeoJSON or a list.
fn read(file: &[u8]) -> Result<Found, Vec<Problem>> {
    let plain = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    if matches!(plain.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return features::read(file);
    }
    list::read(file).map_err(|problems| {
        let of_grids = |mut problem: Problem| {
            if problem.code == "not-a-table" {
                problem.code = "not-grids";
            }
            problem
        };
        problems.into_iter().map(of_grids).collect()
    })
}

/// The community whose grid of level `community` the file holds, else the one named, else the only one. None where that
/// cannot be said; why is told.
fn whose(
    house: &House,
    drafts: &[Draft],
    named: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Option<Whose> {
    let mut roots = drafts.iter().filter(|draft| draft.is_root());
    let Some(root) = roots.next() else {
        return without_root(house, drafts, named, problems);
    };
    for second in roots.filter(|second| second.key().is_none() || second.key() != root.key()) {
        let problem = second
            .place
            .of_field(LEVEL, "community-twice", &second.name);
        problems.push(problem);
    }
    let code = match &root.code {
        Said::This(code) => code.as_str(),
        Said::Unreadable => return None,
        Said::Nothing => {
            problems.push(root.place.of_field(CODE, "missing", ""));
            return None;
        }
    };
    if let Some(net) = house.net().community(code) {
        return Some(Whose::Known(Arc::clone(net)));
    }
    let fits = code.len() <= 20 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if !fits {
        problems.push(root.place.of_field(CODE, "code-malformed", code));
    }
    Some(Whose::founded(root, code))
}

/// The community of a file without a grid of level `community`. A row whose level cannot be read may be that grid.
fn without_root(
    house: &House,
    drafts: &[Draft],
    named: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Option<Whose> {
    let mut perhaps = drafts.iter().filter(|draft| draft.may_be_root());
    let known = community(house, named);
    match (known, perhaps.next()) {
        (Ok(net), _) => Some(Whose::Known(net)),
        (Err(problem), None) => {
            problems.push(problem);
            None
        }
        // which community it is will be seen when its level can be read
        (Err(_), Some(root)) => {
            let code = root.code.this()?.as_str();
            match house.net().community(code) {
                Some(net) => Some(Whose::Known(Arc::clone(net))),
                None => Some(Whose::founded(root, code)),
            }
        }
    }
}

impl Whose {
    /// A community that a grid of the file founds.
    fn founded(root: &Draft, code: &str) -> Self {
        let name = root.name.strip_suffix("总网格").unwrap_or(&root.name);
        Self::New {
            code: code.to_owned(),
            name: name.to_owned(),
        }
    }
}
