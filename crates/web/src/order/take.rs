//! Taking in the hotline's file: looked through first, or taken in at once; all or nothing, and told by row and column.

use axum::extract::State;
use axum::response::Response;

use super::list::{Said, show};
use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::import::Words;
use crate::workbench::Office;

/// The most problems that are listed.
const LISTED: usize = 200;

/// `POST /orders/hotline`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["file", "look"])?;
    let t = office.page.t;
    let Some(file) = fields.files("file").next() else {
        let said = Said {
            problems: vec![t.text("order-file-missing")],
            is_refused: true,
            ..Said::default()
        };
        return show(&door, office, said).await;
    };
    let look = fields.text("look").is_some();
    let code = office.net.code.clone();
    let taken = work::order::hotline(
        &door.house,
        Some(&office.asker),
        &file.bytes,
        Some(&code),
        look,
    );
    let summary = taken.await?;
    let key = match (summary.is_refused(), look) {
        (true, _) => "order-refused",
        (false, true) => "order-looked",
        (false, false) => "order-taken",
    };
    let notice = t
        .say(key)
        .with("added", summary.added)
        .with("same", summary.same);
    let said = Said {
        notice: Some(notice.to_string()),
        problems: summary
            .problems
            .iter()
            .take(LISTED)
            .map(|one| Words::of(t).line(one))
            .collect(),
        is_refused: summary.is_refused(),
        ..Said::default()
    };
    show(&door, office, said).await
}
