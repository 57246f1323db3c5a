//! The receipts of a sheet, to print and hand out: number and code of each note that whoever looks has sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::privacy::free_text;
use uuid::Uuid;

use super::list::title;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "sheet/receipts.html")]
struct ReceiptsTemplate {
    page: Page,
    office: Office,
    sheet: Uuid,
    title: String,
    slips: Vec<Slip>,
    others: usize,
}

/// One receipt.
struct Slip {
    n: i64,
    number: String,
    code: String,
    words: String,
    grid: String,
    by: Option<String>,
}

/// `GET /sheets/{id}/receipts`.
pub async fn get(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
) -> Result<Response, Failure> {
    let reader = door.house.store.reader();
    let sheet = reader.sheet_within(&office.asker.scope, id).await;
    let sheet = sheet.map_err(work::Error::from)?;
    let receipts = work::sheet::receipts(&door.house, &office.asker, id).await?;
    let t = office.page.t;
    let slips: Vec<Slip> = receipts
        .into_iter()
        .map(|(n, receipt)| Slip {
            n,
            number: receipt.report.number.to_string(),
            code: receipt.code.reveal().to_owned(),
            words: match receipt.report.words.as_str() {
                "" => t.text("complaint-instead"),
                words => free_text::redact(words),
            },
            grid: receipt.grid_name,
            by: receipt.answer_by.map(|at| t.by(at)),
        })
        .collect();
    let sent = usize::try_from(sheet.sent).unwrap_or_default();
    layout::show(&ReceiptsTemplate {
        page: office.page.clone(),
        sheet: id,
        title: title(&office, &sheet),
        others: sent.saturating_sub(slips.len()),
        slips,
        office,
    })
}
