//! The case file as a zip: the paper as a page that needs nothing else, the case and its leads as JSON, photos and sound notes, and the
//! SHA-256 of each part.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rules::ids::Number;
use work::case_file::packed;

use super::paper::{Paper, paper, whole};
use crate::Door;
use crate::error::Failure;
use crate::layout::Page;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "case_file/alone.html")]
struct Alone {
    page: Page,
    paper: Paper,
}

/// `POST /cases/{number}/case-file`.
pub async fn post(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    zip(&door, &office, &number).await
}

/// The case file: everything that proves who did what and when, without the reporter's contact. That it was taken is noted
/// in the trail of the case.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/case-file",
    tag = "cases",
    params(("number" = String, Path, description = "The number of the case")),
    responses(
        (status = 200, description = "A zip: the paper as HTML in the language asked for, the case and its leads as JSON, photos and sound notes, and the SHA-256 of each", content_type = "application/zip"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role may not take it"),
        (status = 404, description = "No such case within the scope"),
    ),
    security(("bearer" = []))
)]
pub async fn sent(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    zip(&door, &office, &number).await
}

/// The zip, as an answer; it is in the journal that it was taken.
///
/// # Errors
/// As for [`work::case_file::take`].
async fn zip(door: &Door, office: &Office, number: &str) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let (case, exhibits) = work::case_file::take(&door.house, &office.asker, &number).await?;
    let whole = whole(door, office, &case).await?;
    let alone = Alone {
        page: office.page.clone(),
        paper: paper(door, office, (&case, &whole), |one| one.name.clone()).await?,
    };
    let leads = work::referral::of_case(&door.house, case.net.id, case.case.id).await?;
    let json = api::case_document(&office.asker, &case, &leads)?;
    let mut parts = vec![
        ("case-file.html".to_owned(), Bytes::from(alone.render()?)),
        ("case.json".to_owned(), Bytes::from(json)),
    ];
    if !whole.is_empty() {
        let leads = api::lead_documents(&case.net, &whole)?;
        parts.push(("leads.json".to_owned(), Bytes::from(leads)));
    }
    parts.extend(exhibits.into_iter().map(|(one, bytes)| (one.name, bytes)));
    let made = tokio::task::spawn_blocking(move || packed(&parts)).await;
    let bytes = made.map_err(Failure::inside)??;
    let name = format!("attachment; filename=\"case-file-{number}.zip\"");
    Ok((
        [
            (header::CONTENT_TYPE, "application/zip".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}
