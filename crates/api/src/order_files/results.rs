//! The results of the hotline's orders as a workbook: in the house's layout, or in the hotline's own empty form.

use axum::extract::{Request, State};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::locale::CHINA;
use door::session::Signed;
use serde::Deserialize;
use time::{Duration, OffsetDateTime};
use utoipa::IntoParams;
use work::Asker;

use super::super::asked::{self, Asked, Reading};
use super::super::file;

/// The part that a form comes in.
const TEMPLATE: &str = "template";

/// The period of results.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResultsQuery {
    /// Received from this day or moment on; needed.
    from: Option<String>,
    /// Received up to this day, or before this moment; needed.
    to: Option<String>,
}

type Period = (OffsetDateTime, OffsetDateTime);

impl ResultsQuery {
    fn read(&self, mut reading: Reading) -> Result<Period, Failure> {
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        let from = reading.needed("from", from, "date-malformed", asked::since);
        let to = reading.needed("to", to, "date-malformed", asked::until);
        reading.period(from, to);
        reading.done()?;
        from.zip(to).ok_or(Failure::Unreadable)
    }
}

/// The results of the hotline's orders that were received in a period and have ended, in the house's layout. That they were
/// taken is noted in the journal.
#[utoipa::path(
    get,
    path = "/api/v1/orders/results",
    tag = "orders",
    params(ResultsQuery),
    responses(
        (status = 200, description = "A workbook", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role takes in no orders"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<ResultsQuery>,
) -> Result<Response, Failure> {
    written(&door, &asker, query.read(reading)?, None).await
}

/// The same results in the hotline's own empty form. That they were taken is noted in the journal.
#[utoipa::path(
    post,
    path = "/api/v1/orders/results",
    tag = "orders",
    params(ResultsQuery),
    request_body(
        content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"), (crate::parts::described::TemplateParts = "multipart/form-data")),
        description = "The form itself, or one part `template`; its header names the columns of order numbers and of answers, each once, and below it stand no results yet"
    ),
    responses(
        (status = 200, description = "The form, filled in", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role takes in no orders"),
        (status = 413, description = "Too large"),
        (status = 415, description = "Neither a file nor parts"),
        (status = 422, description = "Faulty parameters, or a form that cannot be filled in; `faults` says why"),
    ),
    security(("bearer" = []))
)]
pub async fn fill(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<ResultsQuery>,
    request: Request,
) -> Result<Response, Failure> {
    let period = query.read(reading)?;
    let template = file::read(request, &door, TEMPLATE).await?;
    written(&door, &asker, period, Some(&template)).await
}

async fn written(
    door: &Door,
    asker: &Asker,
    period: Period,
    template: Option<&[u8]>,
) -> Result<Response, Failure> {
    let results = work::order::results(&door.house, asker, period, template).await?;
    let results = results.map_err(|problems| Failure::File {
        field: TEMPLATE,
        problems,
    })?;
    let day = |at: OffsetDateTime| at.checked_to_offset(CHINA).unwrap_or(at).date();
    let (from, last) = (day(period.0), day(period.1 - Duration::SECOND));
    let name = format!("12345-{from}-{last}.xlsx");
    Ok(file::workbook(&name, results.file))
}
