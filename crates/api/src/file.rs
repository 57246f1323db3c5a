//! Files sent to the API: the body itself, or one part of a form. What a file claims to be is not believed, it is read by the
//! working rooms.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::Fault;

use super::body;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file may be sent as; programs of offices call a csv a workbook, too.
const KINDS: [&str; 4] = [
    XLSX,
    "text/csv",
    "application/vnd.ms-excel",
    "application/octet-stream",
];

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
