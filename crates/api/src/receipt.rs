//! The reporter's key to a report: its number in the path and the header `Receipt-Code`. A wrong code and an unknown
//! number look the same; ten wrong tries an hour and number are all there are.

use axum::http::HeaderMap;
use door::Door;
use door::error::Failure;
use rules::complaint::Complaint;
use rules::ids::Number;
use store::report::Report;
use work::Asker;
use work::report::Proof;

/// The header that carries the code. Headers are never logged.
const HEADER: &str = "receipt-code";

/// Whether somebody comes with a code.
pub fn shown(headers: &HeaderMap) -> bool {
    headers.contains_key(HEADER)
}

/// The report that a number and code open, and the asker who may see its case.
///
/// # Errors
/// `ReceiptMissing` without a code, `TooMany`, `ReceiptUnknown` if number and code do not belong together.
pub async fn open(
    door: &Door,
    number: &str,
    headers: &HeaderMap,
) -> Result<(Report, Asker), Failure> {
    let (number, code) = read(number, headers)?;
    door.buckets
        .code(&number.to_string(), door.house.clock.now())?;
    let opened = work::report::open(&door.house, &number, Proof::Code(&code)).await;
    let opened = opened.map_err(unknown)?;
    door.buckets.code_was_right(&number.to_string());
    Ok((opened.report, opened.asker))
}

/// The complaint that the same number and code open, after no report did: it was told as one, or became one. The try was
/// counted already.
///
/// # Errors
/// `ReceiptMissing` without a code, `ReceiptUnknown` if number and code do not belong together.
pub async fn complaint(
    door: &Door,
    number: &str,
    headers: &HeaderMap,
) -> Result<Complaint, Failure> {
    let (number, code) = read(number, headers)?;
    let opened = work::complaint::open(&door.house, &number, Proof::Code(&code)).await;
    let opened = opened.map_err(unknown)?;
    door.buckets.code_was_right(&number.to_string());
    Ok(opened)
}

fn read(number: &str, headers: &HeaderMap) -> Result<(Number, String), Failure> {
    let code = headers.get(HEADER).ok_or(Failure::ReceiptMissing)?;
    let code = code.to_str().map_err(|_| Failure::ReceiptUnknown)?;
    let number: Number = number.parse().map_err(|_| Failure::ReceiptUnknown)?;
    Ok((number, code.to_owned()))
}

/// An unknown number and a code that does not fit are told alike.
fn unknown(error: work::Error) -> Failure {
    match error {
        work::Error::NotFound => Failure::ReceiptUnknown,
        other => other.into(),
    }
}
