//! Photos and sound on the progress page, each under what it belongs to: what came with one's own report, and what shows the result.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rules::ids::{Number, ReportId};
use store::case::{Attachment, AttachmentKind};
use uuid::Uuid;
use work::attachment;
use work::case::{CasePage, progress};

use super::shown;
use crate::Door;
use crate::error::Failure;

/// The reporter's own photos.
pub(super) fn photos(found: &CasePage, report: ReportId) -> Vec<Uuid> {
    files(found, |file| file.report == Some(report) && is_photo(file))
}

/// The photos of results.
pub(super) fn result_photos(found: &CasePage) -> Vec<Uuid> {
    files(found, |file| file.report.is_none() && is_photo(file))
}

/// The reporter's own sound notes.
pub(super) fn sounds(found: &CasePage, report: ReportId) -> Vec<Uuid> {
    files(found, |file| file.report == Some(report) && !is_photo(file))
}

fn is_photo(file: &Attachment) -> bool {
    file.kind == AttachmentKind::Photo
}

fn files(found: &CasePage, wanted: impl Fn(&Attachment) -> bool) -> Vec<Uuid> {
    let all = found.attachments.iter();
    all.filter(|file| wanted(file))
        .map(|file| file.id)
        .collect()
}

/// `GET /progress/{number}/files/{id}`: a picture of one's own report or of its result.
pub async fn file(
    State(door): State<Door>,
    headers: HeaderMap,
    Path((number, id)): Path<(String, Uuid)>,
) -> Result<Response, Failure> {
    let opened = shown(&door, &headers, &number)
        .await?
        .ok_or(Failure::NotFound)?;
    let found = progress(&door.house, &opened.asker, &opened.report).await?;
    let own = opened.report.id;
    let mine = [
        photos(&found, own),
        result_photos(&found),
        sounds(&found, own),
    ];
    if !mine.iter().flatten().any(|file| *file == id) {
        return Err(Failure::NotFound);
    }
    let number: Number = found.case.number.clone();
    let (bytes, kind) = attachment::read(&door.house, &opened.asker, &number, id, true).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
