//! The first telling of a case that others told, too, and that alone is about somebody who works here. The case goes on under its
//! number, so the complaint has one of its own. Whoever holds the receipt of the telling finds it there: its id follows from that of
//! the telling, and no row says so.

use rules::access::Scope;
use rules::case::Case;
use rules::complaint::Complaint;
use rules::ids::{CaseId, CommunityId, ComplaintId};
use store::report::Report;
use uuid::Uuid;

use super::tell::{Receipt, receipt};
use crate::case::with_merged;
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// What makes the id of the complaint out of that of the case: among the bits that are drawn, so that it stays an id of that time.
const APART: u128 = 0x2a5f_93c7_51d4_0e8b;

/// The id of the complaint that the first telling of a case becomes while the case goes on.
pub(super) const fn id(case: CaseId) -> ComplaintId {
    ComplaintId(Uuid::from_u128(case.0.as_u128() ^ APART))
}

/// Whether the first telling of a case left it.
pub(super) async fn has_left(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<bool, Error> {
    Ok(of_first(house, community, case).await?.is_some())
}

/// How many first tellings have left a case and those that are merged into it: they are counted still, and nobody tells it for them.
///
/// # Errors
/// `Store`.
pub(super) async fn gone(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<u32, Error> {
    let mut gone = 0;
    for case in with_merged(house, community, case).await? {
        gone += u32::from(has_left(house, community, case).await?);
    }
    Ok(gone)
}

/// How many tell a case, with those merged into it, whose tellings did not leave as complaints. Nobody does where the first telling
/// left and whoever was merged into the case went their own way later: that is theirs to say, so the case stays, and whoever has it
/// ends it where nothing is left to do.
///
/// # Errors
/// `Store`.
#[task]
pub async fn told_by(house: &House, case: &Case) -> Result<u32, Error> {
    // nearly always the first one is there
    if !has_left(house, case.community, case.id).await? && case.reports < 2 {
        return Ok(case.reports);
    }
    let gone = gone(house, case.community, case.id).await?;
    Ok(case.reports.saturating_sub(gone))
}

/// Whether nobody tells a case any more.
///
/// # Errors
/// `Store`.
#[task]
pub(crate) async fn told_by_nobody(house: &House, case: &Case) -> Result<bool, Error> {
    Ok(has_left(house, case.community, case.id).await? && told_by(house, case).await? == 0)
}

/// The complaint that a first telling became whose case says nothing any more, as what went on of it is under seal as well; none
/// where the case is read still.
pub(crate) async fn alone(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Option<Complaint>, Error> {
    let Some(receipt) = of_first(house, community, case).await? else {
        return Ok(None);
    };
    // whoever shows a receipt would find what is under seal, too
    let (reader, scope) = (house.store.reader(), Scope::Community(community));
    match reader.case_within(&scope, community, case).await {
        Ok(_) => Ok(None),
        Err(store::Error::NotFound(_)) => Ok(Some(receipt.complaint)),
        Err(other) => Err(other.into()),
    }
}

/// The first telling of a case, which did not become a complaint yet.
pub(super) async fn telling(
    house: &House,
    net: &CommunityNet,
    case: CaseId,
) -> Result<(CaseId, Vec<Report>), Error> {
    if has_left(house, net.id, case).await? {
        return Err(Error::NotFound);
    }
    let all = house.store.reader().reports_of(net.id, case).await?;
    let first = all.into_iter().find(|report| report.id.0 == case.0);
    Ok((case, vec![first.ok_or(Error::NotFound)?]))
}

/// The receipt of the complaint that the first telling of a case became while the case went on; none where it did not. For whoever
/// holds the receipt of that telling.
///
/// # Errors
/// `Store`.
#[task]
pub async fn of_first(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Option<Receipt>, Error> {
    match house.store.reader().complaint(community, id(case)).await {
        Ok(complaint) => Ok(Some(receipt(house, complaint))),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
