//! Leads of what became a complaint. Officers who have one go on with it: place, item and evidence stay, what was found and the
//! case do not, and nothing there says why. Whoever turns a report into a complaint is told of them, and so is whoever looks into it.

use rules::complaint::{Complaint, State};
use rules::ids::{CaseId, ReportId};
use rules::journal::Event;
use rules::referral::go_on_alone;
use store::Unit;
use store::journal::Note;
use store::referral::Kept;

use crate::case::CasePage;
use crate::{Asker, Error, House, task};

/// The leads that officers have of a case and of what was merged into it: they go on without the case should it become a
/// complaint.
///
/// # Errors
/// `Store`.
#[task]
pub async fn open_leads(house: &House, case: &CasePage) -> Result<Vec<Kept>, Error> {
    let merged = case.merged.iter().map(|one| one.case.id);
    let mut open = Vec::new();
    for id in std::iter::once(case.case.id).chain(merged) {
        let all = house.store.reader().referrals_of(case.net.id, id).await?;
        open.extend(all.into_iter().filter(is_open));
    }
    Ok(open)
}

fn is_open(kept: &Kept) -> bool {
    kept.referral.state.name().is_open()
}

/// Notes on every lead that officers have of these cases that it goes on without its case.
///
/// # Errors
/// What the store says.
pub(super) async fn go_on(
    unit: &Unit,
    asker: &Asker,
    cases: impl Iterator<Item = CaseId>,
) -> Result<Vec<Kept>, Error> {
    let mut go_on = Vec::new();
    for case in cases {
        let Some(found) = unit.open_referral_of(case).await? else {
            continue;
        };
        let Some(noted) = go_on_alone(&found.referral) else {
            continue;
        };
        unit.save_referral(found.referral.version, &noted.referral)
            .await?;
        unit.note(Note {
            at: asker.now,
            occurred_at: None,
            actor: asker.member(),
            role: asker.role().map_or("clock", |role| role.as_str()),
            subject: Some(noted.referral.id.0),
            event: Event::Referral(noted.deed),
        });
        go_on.push(Kept {
            referral: noted.referral,
            lead: found.lead,
        });
    }
    Ok(go_on)
}

/// The leads of the case that a complaint was before, for whoever looks into it; none once it is a report again, whose case shows
/// them.
///
/// # Errors
/// `Store`.
pub(super) async fn of(house: &House, complaint: &Complaint) -> Result<Vec<Kept>, Error> {
    if matches!(complaint.state, State::Reported { .. }) {
        return Ok(Vec::new());
    }
    let (community, reader) = (complaint.community, house.store.reader());
    let case = match reader.report(community, ReportId(complaint.id.0)).await {
        Ok(report) => report.case,
        // it was told as a complaint, or left a case that goes on
        Err(store::Error::NotFound(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    Ok(reader.referrals_of(community, case).await?)
}
