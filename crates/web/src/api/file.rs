//! Files sent to the API: the body itself, or one part of a form. What a file claims to be is not believed, it is read by the
//! working rooms; what they say of it is told here by sheet, row and column.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;
use work::import::{Problem, Severity};

use super::body;
use crate::Door;
use crate::error::Failure;
use crate::form::Fault;
use crate::import::Words;
use crate::locale::Text;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file may be sent as; programs of offices call a csv a workbook, too.
const KINDS: [&str; 4] = [
    XLSX,
    "text/csv",
    "application/vnd.ms-excel",
    "application/octet-stream",
];

/// Something about a file.
#[derive(Serialize, ToSchema)]
pub struct ProblemShape<'a> {
    /// The field or part that the file came in.
    field: &'a str,
    /// The sheet, where there are several.
    sheet: Option<&'a str>,
    /// The row, from 1, with the header; none where it is about the whole file.
    row: Option<usize>,
    /// The column, as the file calls it.
    column: Option<&'a str>,
    /// `error` keeps the file out; a `warning` is only worth knowing.
    severity: &'a str,
    /// A stable name of what it is.
    code: &'a str,
    /// The same in words.
    message: String,
}

impl<'a> ProblemShape<'a> {
    /// In the language asked for.
    pub fn of(field: &'a str, problem: &'a Problem, t: Text) -> Self {
        Self {
            field,
            sheet: problem.sheet.as_deref(),
            row: problem.row,
            column: problem.column.as_deref(),
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code,
            message: Words::of(t).what(problem),
        }
    }

    /// Of each.
    pub fn all(field: &'a str, problems: &'a [Problem], t: Text) -> Vec<Self> {
        let shapes = problems.iter().map(|one| Self::of(field, one, t));
        shapes.collect()
    }
}

/// The one file of a request: its body, or the part `name` of a form.
///
/// # Errors
/// `MediaType`, `TooLarge`, `Unreadable`; `Invalid` where it is missing or something else came with it.
pub async fn read(request: Request, door: &Door, name: &'static str) -> Result<Bytes, Failure> {
    let file = if body::is(request.headers(), "multipart/form-data") {
        part(request, door, name).await?
    } else if KINDS.iter().any(|kind| body::is(request.headers(), kind)) {
        whole(request, door).await?
    } else {
        return Err(Failure::MediaType);
    };
    if file.is_empty() {
        return Err(missing(name));
    }
    Ok(file)
}

/// A body as it was sent.
///
/// # Errors
/// `TooLarge`, `Unreadable`.
pub async fn whole(request: Request, door: &Door) -> Result<Bytes, Failure> {
    let body = Bytes::from_request(request, door).await;
    body.map_err(|refused| of_status(refused.into_response().status()))
}

async fn part(request: Request, door: &Door, name: &'static str) -> Result<Bytes, Failure> {
    let sent = Multipart::from_request(request, door).await;
    let mut sent = sent.map_err(|refused| of_status(refused.into_response().status()))?;
    let mut file = None;
    while let Some(part) = sent
        .next_field()
        .await
        .map_err(|fault| of_status(fault.status()))?
    {
        let field = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await;
        let bytes = bytes.map_err(|fault| of_status(fault.status()))?;
        if field != name || file.is_some() {
            return Err(body::invalid(Fault::new(field, "field-unknown")));
        }
        file = Some(bytes);
    }
    file.ok_or_else(|| missing(name))
}

fn missing(name: &'static str) -> Failure {
    body::invalid(Fault::new(name, "field-missing"))
}

fn of_status(status: StatusCode) -> Failure {
    Failure::of_status(status).unwrap_or(Failure::Unreadable)
}

/// Answers with a workbook to be kept under this name.
pub fn workbook(name: &str, file: Vec<u8>) -> Response {
    let kept = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, XLSX.to_owned()),
        (header::CONTENT_DISPOSITION, kept),
    ];
    (headers, file).into_response()
}
