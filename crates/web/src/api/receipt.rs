//! The reporter's key to a report: its number in the path and the header `Receipt-Code`. A wrong code and an unknown
//! number look the same; ten wrong tries an hour and number are all there are.

use axum::http::HeaderMap;
use rules::ids::Number;
use store::report::Report;
use work::Asker;
use work::report::Proof;

use crate::Door;
use crate::error::Failure;

/// The header that carries the code. Headers are never logged.
const HEADER: &str = "receipt-code";

/// Whether somebody comes with a code.
pub fn shown(headers: &HeaderMap) -> bool {
    headers.contains_key(HEADER)
}

/// The report that a number and code open, and the asker who may see its case.
///
/// # Errors
/// `SignIn` without a code, `TooMany`, `NotFound` if number and code do not belong together.
pub async fn open(
    door: &Door,
    number: &str,
    headers: &HeaderMap,
) -> Result<(Report, Asker), Failure> {
    let code = headers.get(HEADER).ok_or(Failure::SignIn)?;
    let code = code.to_str().map_err(|_| Failure::NotFound)?;
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    door.buckets
        .code(&number.to_string(), door.house.clock.now())?;
    let opened = work::report::open(&door.house, &number, Proof::Code(code)).await?;
    door.buckets.code_was_right(&number.to_string());
    Ok((opened.report, opened.asker))
}
