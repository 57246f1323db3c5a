//! The receipt: number and code, who has it now, by when there is an answer, what happens next. It can be kept as a
//! bookmark: for half an hour the browser holds what opens it, then the code is asked for. Neither stands in an address.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use rules::ids::Number;
use work::report::Receipt;

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::progress::{Dated, ahead, is_joined, shown};
use door::danger::calls;

/// How long the browser holds what opens a report, in seconds.
pub(crate) const HELD: u32 = 30 * 60;

#[derive(Template)]
#[template(path = "report/receipt.html")]
struct Slip {
    page: Page,
    number: String,
    code: String,
    grid_code: String,
    grid_name: String,
    /// What is promised.
    promised: Vec<Dated>,
    owner: Option<String>,
    /// Whom to call first, where the words tell of danger.
    danger: Vec<String>,
    /// What happens next: step by step, or with the case that it was told to be the same as.
    next: [&'static str; 3],
}

const NEXT: [&str; 3] = ["receipt-next-1", "receipt-next-2", "receipt-next-3"];
/// The case goes its way already, and who told the same waits for its end.
const NEXT_JOINED: [&str; 3] = ["receipt-joined-1", "receipt-joined-2", "receipt-joined-3"];

/// To the receipt of a report that was just received.
pub(super) fn lead_to(door: &Door, receipt: &Receipt) -> Result<Response, Failure> {
    let number = &receipt.report.number;
    let held = hold(door, number, receipt.token.reveal())?;
    Ok((
        [(header::SET_COOKIE, held)],
        Redirect::to(&format!("/receipt/{number}")),
    )
        .into_response())
}

/// The cookie that opens this report for a while.
pub(crate) fn hold(
    door: &Door,
    number: &Number,
    token: &str,
) -> Result<axum::http::HeaderValue, Failure> {
    let value = format!("{number}~{token}");
    Cookie::Receipt
        .set(&value, HELD, door.settings.tls)
        .ok_or_else(|| Failure::inside("a receipt does not fit into its cookie"))
}

/// `GET /receipt/{number}`.
pub async fn get(
    State(door): State<Door>,
    mut page: Page,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let Some(opened) = shown(&door, &headers, &number).await? else {
        return Ok(Redirect::to(&format!("/progress?number={number}")).into_response());
    };
    let report = opened.report;
    let net = door.house.net();
    let community = net
        .community(report.number.community())
        .ok_or(Failure::NotFound)?;
    page.belongs_to(community);
    let owner = community.on_duty(Some(report.grid), None, door.house.clock.now());
    let is_joined = is_joined(&report);
    let receipt = Receipt::of(&door.house, report)?;
    let promised = promised(&door, &receipt).await?;
    layout::show(&Slip {
        number: receipt.report.number.to_string(),
        code: receipt.code.reveal().to_owned(),
        grid_code: receipt.grid_code,
        grid_name: receipt.grid_name,
        promised,
        owner: owner.and_then(|duty| crate::progress::who(&page, community, duty.member)),
        danger: calls(Some(community), [receipt.report.words.as_str()]),
        next: if is_joined { NEXT_JOINED } else { NEXT },
        page,
    })
}

/// What a receipt promises: the first answer, or the dates of the case that it joined, as its progress shows them.
pub(crate) async fn promised(door: &Door, receipt: &Receipt) -> Result<Vec<Dated>, Failure> {
    let report = &receipt.report;
    if !is_joined(report) {
        let key = "receipt-answer-by";
        let now = door.house.clock.now();
        let answer = receipt.answer_by.map(|at| Dated::new(key, at, now));
        return Ok(answer.into_iter().collect());
    }
    let net = door.house.net();
    let community = net.community(report.number.community());
    let community = community.ok_or(Failure::NotFound)?.id;
    let reader = door.house.store.reader();
    let joined = reader.cases_by_id(community, &[report.case]).await;
    let joined = joined.map_err(work::Error::from)?.pop();
    let dates = joined.map(|case| ahead(&case, door.house.clock.now()));
    Ok(dates.unwrap_or_default())
}
