//! What a case page shows of its leads.

use rules::access::{Action, may};
use work::case::CasePage;
use work::referral::OfCase;

use super::words::{due, state_tag};
use crate::Door;
use crate::case::Tag;
use crate::error::Failure;
use crate::workbench::Office;

/// The leads of a case.
pub(crate) struct Leads {
    /// Those there are, the latest first.
    pub rows: Vec<Lead>,
    /// Whether the asker may refer one now.
    pub may_refer: bool,
}

/// One of them.
pub(crate) struct Lead {
    pub number: String,
    /// Whether the asker may open its page.
    pub opens: bool,
    pub item: String,
    pub state: Tag,
    pub due: Option<Tag>,
    /// The officers' last words.
    pub words: Option<String>,
}

/// The leads of a case that the asker looks at.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn leads(door: &Door, office: &Office, case: &CasePage) -> Result<Leads, Failure> {
    let found = work::referral::of_case(&door.house, office.net.id, case.case.id).await?;
    let running = found
        .iter()
        .any(|one| one.kept.referral.state.name().is_open());
    let open = case.case.state.kind().is_open();
    Ok(Leads {
        may_refer: open && !running && may(office.role(), Action::Refer),
        rows: found.iter().map(|one| lead(office, one)).collect(),
    })
}

/// One lead in words.
pub(crate) fn lead(office: &Office, one: &OfCase) -> Lead {
    let referral = &one.kept.referral;
    Lead {
        number: referral.number.to_string(),
        opens: may(office.role(), Action::ReadReferral),
        item: one.kept.lead.item.clone(),
        state: state_tag(office.page.t, &referral.state),
        due: due(office, referral),
        words: one.words.clone(),
    }
}
