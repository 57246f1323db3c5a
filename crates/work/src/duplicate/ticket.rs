//! A ticket names a case that was offered, without its number: only this house can make one, and it is good for a day. So
//! nobody attaches a report to a case that was not offered, and an offer gives away nothing that opens a case.

use rules::ids::{CaseId, CommunityId};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::House;

/// How long an offer holds.
const HOLDS: Duration = Duration::DAY;
/// How many signs a mark has.
const MARK: usize = 12;
/// Between the parts of a ticket.
const BETWEEN: &str = "~";

/// The ticket of a case that is offered now.
pub fn ticket(house: &House, community: CommunityId, case: CaseId) -> String {
    let at = house.clock.now().unix_timestamp();
    let name = [
        "same",
        &community.to_string(),
        &case.0.simple().to_string(),
        &at.to_string(),
    ]
    .join(BETWEEN);
    let token = house.keys.receipts().file_token(&name);
    [&name, token.reveal()].join(BETWEEN)
}

/// The case that a ticket names; none if this house did not make it, or too long ago.
pub fn redeem(house: &House, community: CommunityId, ticket: &str) -> Option<CaseId> {
    let (name, token) = ticket.rsplit_once(BETWEEN)?;
    if !house.keys.receipts().file_token(name).matches(token) {
        return None;
    }
    let mut parts = name.split(BETWEEN);
    let (kind, named, case, at) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let at = OffsetDateTime::from_unix_timestamp(at.parse().ok()?).ok()?;
    let holds = house.clock.now() - at <= HOLDS;
    let fits = kind == "same" && named == community.to_string() && holds;
    Uuid::try_parse(case).ok().filter(|_| fits).map(CaseId)
}

/// What stands for a case that somebody was asked about: it opens nothing, and only this house can make one.
pub fn mark(house: &House, community: CommunityId, case: CaseId) -> String {
    let name = [
        "asked",
        &community.to_string(),
        &case.0.simple().to_string(),
    ]
    .join(BETWEEN);
    let token = house.keys.receipts().file_token(&name);
    token.reveal().chars().take(MARK).collect()
}
