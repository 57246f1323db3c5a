//! The orders of a period, whoever sent them, each with the case it became.

use std::collections::HashMap;

use rules::access::Scope;
use rules::case::Case;
use rules::ids::CaseId;
use store::order::Order;
use store::supervision::After;
use time::OffsetDateTime;

use crate::{Asker, Error, House, task};

/// A page of orders.
pub struct Listed {
    /// Each order with its case, oldest first.
    pub rows: Vec<(Order, Case)>,
    /// Where the next page begins; none on the last one.
    pub next: Option<After>,
}

/// A page of the orders received from `from` until before `to`, at most `most` of them.
///
/// # Errors
/// `Forbidden` unless the whole community is in reach.
#[task]
pub async fn list(
    house: &House,
    asker: &Asker,
    period: (OffsetDateTime, OffsetDateTime),
    after: Option<After>,
    most: u16,
) -> Result<Listed, Error> {
    let Scope::Community(community) = asker.scope else {
        return Err(Error::Forbidden);
    };
    let reader = house.store.reader();
    let (orders, next) = reader.orders_after(community, period, after, most).await?;
    let ids: Vec<CaseId> = orders.iter().map(|order| order.case).collect();
    let cases = reader.cases_by_id(community, &ids).await?;
    let cases: HashMap<CaseId, Case> = cases.into_iter().map(|case| (case.id, case)).collect();
    let with_case = |order: Order| {
        let case = cases.get(&order.case)?.clone();
        Some((order, case))
    };
    let rows = orders.into_iter().filter_map(with_case).collect();
    Ok(Listed { rows, next })
}
