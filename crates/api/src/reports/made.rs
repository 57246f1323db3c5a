//! What the reporter holds in the hand: the receipt of a report, or of what was told as one and is a complaint.

use axum::http::{StatusCode, header};
use axum::response::Response;
use door::Door;
use door::danger::calls;
use door::error::Failure;
use door::moment::Moment;
use rules::case::StateName;
use rules::complaint::StateName as Stands;
use serde::Serialize;
use utoipa::ToSchema;
use work::complaint;
use work::report::Receipt;

use crate::body;
use crate::shape::GridShape;

/// What the reporter holds in the hand.
#[derive(Serialize, ToSchema)]
pub struct ReceiptShape<'a> {
    /// What it was received as: `report` or `complaint`. A complaint may become a report later, with the same number and code.
    kind: &'static str,
    /// Whether it is held as a complaint only because its words sound like one and nobody said whether they are: nobody who serves
    /// the place reads it before a supervisor has decided.
    held: bool,
    /// The number of the report.
    number: String,
    /// Six digits that open it together with the number.
    code: &'a str,
    /// Where it stands: `reported`; `received` for a complaint.
    state: &'a str,
    /// The grid it came to.
    grid: GridShape<'a>,
    /// By when the reporter is promised the first answer. It is reckoned when the report is received and stays as it was told:
    /// the receipt, the progress page and `GET /api/v1/reports/{number}` name the same moment. Of a report that joins a case: by
    /// when its reporters are to have their first answer, and where somebody has spoken with them already, or that is late, the next
    /// moment by which something has to be done there; none where all of that is late.
    answer_by: Option<Moment>,
    /// When it was received.
    received_at: Moment,
    /// Whom to call before anything else, the most urgent first: the words tell of danger to life, and this is no emergency
    /// line. Left out for nearly every report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    call: Vec<String>,
}

/// The answer is made from the kept report alone, so that a replay gets the same bytes.
pub fn answer(door: &Door, receipt: &Receipt) -> Result<Response, Failure> {
    let net = door.house.net();
    let net = net.community(receipt.report.number.community());
    created(&ReceiptShape {
        kind: "report",
        held: false,
        number: receipt.report.number.to_string(),
        code: receipt.code.reveal(),
        state: StateName::Reported.as_str(),
        grid: GridShape {
            code: &receipt.grid_code,
            name: &receipt.grid_name,
            level: &receipt.grid_level,
        },
        answer_by: receipt.answer_by.map(Moment),
        received_at: Moment(receipt.report.received_at),
        call: calls(net.map(|net| &**net), [receipt.report.words.as_str()]),
    })
}

/// With the address at which its progress is found.
fn created(shape: &ReceiptShape<'_>) -> Result<Response, Failure> {
    Ok(body::with(
        body::answer(StatusCode::CREATED, shape)?,
        header::LOCATION,
        &format!("/api/v1/reports/{}", shape.number),
    ))
}

/// The same as [`answer`], of a complaint.
pub async fn answer_complaint(
    door: &Door,
    receipt: &complaint::Receipt,
) -> Result<Response, Failure> {
    let complaint = &receipt.complaint;
    let net = door.house.net();
    let net = net.community_by_id(complaint.community).map(|net| &**net);
    let grid = net.and_then(|net| GridShape::find(net, complaint.grid));
    let words = complaint::words(&door.house, complaint).await?;
    created(&ReceiptShape {
        kind: "complaint",
        held: complaint.held,
        number: complaint.number.to_string(),
        code: receipt.code.reveal(),
        // as it was received, so that a replay gets the same bytes
        state: Stands::Received.as_str(),
        grid: grid.ok_or(Failure::NotFound)?,
        answer_by: Some(Moment(complaint.due_at)),
        received_at: Moment(complaint.received_at),
        call: calls(net, [words.as_str()]),
    })
}
