//! Exactly this list as an Excel file: at most 50,000 rows, every cell typed, so that nothing somebody wrote is ever run
//! as a formula. No contact data and no reporter's words leave the house this way.

use axum::extract::{Query as UrlQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::case::Case;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use store::case::Listed;
use time::OffsetDateTime;

use super::clock::state_tag;
use super::query::Query;
use super::words::{category, place};
use crate::Door;
use crate::error::Failure;
use crate::workbench::Office;

/// The most rows of a file.
const ROWS_MAX: usize = 50_000;
/// Rows read at once.
const AT_ONCE: u16 = 5_000;

/// The columns, by their locale keys.
const COLUMNS: [&str; 11] = [
    "cases-number",
    "cases-state",
    "cases-category",
    "cases-grid",
    "cases-grid-code",
    "cases-owner",
    "cases-department",
    "cases-channel",
    "cases-received",
    "cases-due",
    "cases-closed",
];

/// `GET /cases.xlsx`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(pairs): UrlQuery<Vec<(String, String)>>,
    office: Office,
) -> Result<Response, Failure> {
    let query = Query::of(pairs, &office);
    query.faults.clone().check().map_err(Failure::Invalid)?;
    let listed = all(&door, &office, &query).await?;
    let day = office.net.calendar.local(office.asker.now).date();
    let name = format!(
        "attachment; filename=\"cases-{}-{day}.xlsx\"",
        office.net.code
    );
    let made = tokio::task::spawn_blocking(move || write(&office, &listed)).await;
    let bytes = made.map_err(Failure::inside)?.map_err(Failure::inside)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok((
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}

async fn all(door: &Door, office: &Office, query: &Query) -> Result<Vec<Listed>, Failure> {
    let reader = door.house.store.reader();
    let (mut rows, mut after) = (Vec::new(), None::<String>);
    while rows.len() < ROWS_MAX {
        let page = reader.cases(
            &office.asker.scope,
            office.net.id,
            &query.filter,
            query.sort,
            AT_ONCE,
            after.as_deref(),
        );
        let page = page.await.map_err(work::Error::from)?;
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    rows.truncate(ROWS_MAX);
    Ok(rows)
}

fn write(office: &Office, listed: &[Listed]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(office.page.t.text("cases-title"))?;
    let (bold, moment) = (
        Format::new().set_bold(),
        Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    );
    for (column, key) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, office.page.t.text(key), &bold)?;
        sheet.set_column_width(column, if column == 0 { 24 } else { 18 })?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (row, listed) in (1..).zip(listed) {
        write_row(sheet, row, office, listed, &moment)?;
    }
    book.save_to_buffer()
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    office: &Office,
    listed: &Listed,
    moment: &Format,
) -> Result<(), XlsxError> {
    let case = &listed.case;
    for (column, text) in (0..).zip(texts(office, listed)) {
        sheet.write_string(row, column, text)?;
    }
    for (column, at) in (8..).zip([
        Some(case.times.received_at),
        case.times.due_at,
        case.times.closed_at,
    ]) {
        if let Some(at) = at {
            sheet.write_datetime_with_format(row, column, excel(office, at)?, moment)?;
        }
    }
    Ok(())
}

fn texts(office: &Office, listed: &Listed) -> [String; 8] {
    let (t, net, case): (_, _, &Case) = (office.page.t, &office.net, &listed.case);
    let department = listed.department.and_then(|id| net.department(id));
    [
        case.number.to_string(),
        state_tag(t, case).words,
        category(office, case),
        place(office, case.grid),
        net.grid(case.grid)
            .map(|grid| grid.code.to_string())
            .unwrap_or_default(),
        case.owner
            .map(|owner| office.name(owner))
            .unwrap_or_default(),
        department.map(|one| one.name.clone()).unwrap_or_default(),
        t.text(format!("case-channel-{}", case.channel.as_str())),
    ]
}

/// A moment as a cell holds it: local time, to the minute.
pub(crate) fn excel(office: &Office, at: OffsetDateTime) -> Result<ExcelDateTime, XlsxError> {
    let at = office.net.calendar.local(at);
    let year = u16::try_from(at.year()).unwrap_or(9999);
    ExcelDateTime::from_ymd(year, at.month().into(), at.day())?.and_hms(
        u16::from(at.hour()),
        at.minute(),
        0,
    )
}
