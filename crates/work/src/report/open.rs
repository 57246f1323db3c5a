//! Opens a report to whoever shows its receipt: the number with the code, or with the token of a link. A number that does
//! not exist and a code that does not fit look the same. Counting tries is the door's.

use rules::ids::{CommunityId, Number};
use store::report::Report;

use crate::complaint::{alone, became};
use crate::{Asker, Error, House};

/// What somebody shows beside the number.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// The six digits of the receipt, as typed.
    Code(&'a str),
    /// The token of a link.
    Token(&'a str),
}

/// An opened report.
pub struct Opened {
    /// Its reporter, who may see and do what belongs to the report's case.
    pub asker: Asker,
    /// The report.
    pub report: Report,
}

/// Opens a report.
///
/// # Errors
/// `NotFound` for an unknown number and for a wrong proof alike.
pub async fn open(house: &House, number: &Number, proof: Proof<'_>) -> Result<Opened, Error> {
    let net = house.net();
    let community = net.community(number.community()).ok_or(Error::NotFound)?.id;
    let report = house
        .store
        .reader()
        .report_numbered(community, number)
        .await?;
    let key = house.keys.receipts();
    let fits = match proof {
        Proof::Code(typed) => key.code(community, report.id).matches(typed),
        Proof::Token(given) => key.token(community, report.id).matches(given),
    };
    // what became a complaint opens as one
    if !fits
        || became(house, community, report.id).await?
        || left(house, community, &report).await?
    {
        return Err(Error::NotFound);
    }
    Ok(Opened {
        asker: house.reporter_asker(community, report.case),
        report,
    })
}

/// Whether it is the first telling of a case that left it as a complaint, and of the case nothing is read any more.
async fn left(house: &House, community: CommunityId, report: &Report) -> Result<bool, Error> {
    let is_first = report.id.0 == report.case.0;
    Ok(is_first && alone(house, community, report.case).await?.is_some())
}
