//! What was told first on a case that others told, too, and became a complaint of its own: its receipt stands on the page of the
//! report, for whoever holds that one.

use rules::ids::{CaseId, CommunityId};
use store::report::Report;

use crate::Door;
use crate::error::Failure;

/// What opens the complaint.
pub struct Apart {
    pub number: String,
    pub code: String,
}

/// That of a report; none for one that joined a case, and where it became none.
pub async fn of(
    door: &Door,
    community: CommunityId,
    report: &Report,
) -> Result<Option<Apart>, Failure> {
    if report.case != CaseId(report.id.0) {
        return Ok(None);
    }
    let receipt = work::complaint::of_first(&door.house, community, report.case).await?;
    Ok(receipt.map(|receipt| Apart {
        number: receipt.complaint.number.to_string(),
        code: receipt.code.reveal().to_owned(),
    }))
}
