//! What a case page shows of mediations, to those who reach them alone.

use rules::access::{Action, may};
use work::case::CasePage;

use super::dispute::is_dispute;
use super::words::state_tag;
use crate::Door;
use crate::case::Tag;
use crate::error::Failure;
use crate::workbench::Office;

/// The mediations of a case.
pub(crate) struct Disputes {
    /// Number and state of those the asker reaches.
    pub rows: Vec<(String, Tag)>,
    /// Whether the asker may open one from this case: as long as none runs.
    pub may_open: bool,
    /// Whether one runs that the asker does not reach, and might have opened.
    pub runs_elsewhere: bool,
    /// Whether the case is about a dispute.
    pub is_dispute: bool,
}

impl Disputes {
    /// Whether mediating is what comes first here, and has not begun.
    pub fn is_asked(&self) -> bool {
        self.is_dispute && self.may_open && self.rows.is_empty()
    }
}

/// The mediations of a case that the asker looks at.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn disputes(
    door: &Door,
    office: &Office,
    case: &CasePage,
) -> Result<Disputes, Failure> {
    let (house, asker) = (&door.house, &office.asker);
    let found = work::mediation::of_case(house, asker, &case.case).await?;
    let row = |one: &rules::mediation::Mediation| {
        let tag = state_tag(office.page.t, &one.state);
        (one.number.to_string(), tag)
    };
    let open = case.case.state.kind().is_open();
    let runs = work::mediation::runs(house, asker, &case.case).await?;
    let reached = found.iter().any(|one| one.state.name().is_open());
    Ok(Disputes {
        rows: found.iter().map(row).collect(),
        is_dispute: is_dispute(&case.net, case.case.category.as_ref(), &told(case)),
        may_open: open && !runs && may(office.role(), Action::OpenMediation),
        runs_elsewhere: runs && !reached,
    })
}

/// What was told of a case first.
fn told(case: &CasePage) -> String {
    let first = case.reports.first();
    first.map(|one| one.words.clone()).unwrap_or_default()
}
