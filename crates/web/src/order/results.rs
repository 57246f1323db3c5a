//! Giving results back to the hotline: a workbook, in its own template where one was sent along.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use time::Duration;

use super::list::{Said, show};
use crate::Door;
use crate::case::{date, start_of};
use crate::error::Failure;
use crate::form::Fields;
use crate::import::Words;
use crate::workbench::Office;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `POST /orders/results`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["from", "to", "template"])?;
    let t = office.page.t;
    let day = |name: &str| fields.text(name).and_then(date);
    let (Some(from), Some(to)) = (day("from"), day("to")) else {
        let said = Said {
            problems: vec![t.text("order-period-missing")],
            is_refused: true,
            ..Said::default()
        };
        return show(&door, office, said).await;
    };
    if to < from {
        let said = Said {
            problems: vec![t.text("fault-period-backwards")],
            is_refused: true,
            period: [from.to_string(), to.to_string()],
            ..Said::default()
        };
        return show(&door, office, said).await;
    }
    let period = (
        start_of(&office, from),
        start_of(&office, to) + Duration::DAY,
    );
    let template = fields.files("template").next();
    let template = template.map(|file| file.bytes.as_ref());
    let results = work::order::results(&door.house, &office.asker, period, template).await?;
    match results {
        Ok(results) => {
            let name = format!("attachment; filename=\"12345-{from}-{to}.xlsx\"");
            let headers = [
                (header::CONTENT_TYPE, XLSX.to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            Ok((headers, results.file).into_response())
        }
        Err(problems) => {
            let said = Said {
                problems: problems.iter().map(|one| Words::of(t).line(one)).collect(),
                is_refused: true,
                ..Said::default()
            };
            show(&door, office, said).await
        }
    }
}
