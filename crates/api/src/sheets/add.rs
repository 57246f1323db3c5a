//! Adding rows to a sheet: as JSON, as pasted text or as a file. Whatever was typed is kept, however wrong; what cannot be
//! read at all is refused whole and told by row and column.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::import::ProblemShape;
use door::session::Signed;
use door::visitor::Visitor;
use rules::privacy::Pii;
use rules::sheet::{ROWS_MAX, Row};
use serde::Deserialize;
use utoipa::ToSchema;
use work::import::Problem;
use work::report::RequestKey;
use work::sheet::{LeftOut, Read};

use super::super::asked::Reading;
use super::super::file;
use super::super::reports::key as request_key;
use super::super::{body, draft};
use super::key;
use super::shape::{AddedShape, LeftOutShape};

/// The longest pasted text in bytes, as on the page: some thousand notes.
const TEXT_MAX: usize = 512 * 1024;

/// Rows to add; either or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRowsBody {
    /// Rows by their columns.
    #[serde(default)]
    rows: Vec<SheetRowBody>,
    /// Text as it is pasted out of a chat or a workbook: a row a line.
    #[serde(default)]
    text: String,
}

/// A row to add. Any field may be missing; what is wrong with it is told when the sheet is looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRowBody {
    /// Where it is: a grid's code or name, a point `longitude,latitude`, or words.
    #[serde(default)]
    pub place: String,
    /// What was told.
    #[serde(default)]
    pub words: String,
    /// The reporter's name; sealed before it is kept.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name: Option<Pii<String>>,
    /// The reporter's phone; sealed before it is kept.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Pii<String>>,
    /// The category, by its code or its name.
    #[serde(default)]
    pub category: String,
}

impl From<SheetRowBody> for Row {
    fn from(said: SheetRowBody) -> Self {
        Self {
            place: said.place.trim().to_owned(),
            words: said.words.trim().to_owned(),
            category: said.category.trim().to_owned(),
            name: personal(said.name),
            phone: personal(said.phone),
        }
    }
}

pub(super) fn personal(text: Option<Pii<String>>) -> Option<Pii<String>> {
    let text = text?.map(|text| text.trim().to_owned());
    (!text.reveal().is_empty()).then_some(text)
}

/// Rows that were read, each warning with the field it came from.
#[derive(Default)]
struct Taken {
    rows: Vec<Row>,
    warnings: Vec<Problem>,
    left_out: Vec<LeftOut>,
    field: &'static str,
}

/// Adds rows behind the last one. The same key with the same body adds them once.
#[utoipa::path(
    post,
    path = "/api/v1/sheets/{id}/rows",
    tag = "sheets",
    params(
        ("id" = String, Path, description = "The sheet"),
        ("Idempotency-Key" = String, Header, description = "Made by the sender, new for each time rows are added"),
    ),
    request_body(
        content((SheetRowsBody = "application/json"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"), (crate::parts::described::UploadParts = "multipart/form-data")),
        description = "JSON; or a file (xlsx, or csv in UTF-8 or GB18030) as the body or as one part `file`"
    ),
    responses(
        (status = 201, description = "Added, now or before", body = AddedShape<'static>),
        (status = 400, description = "The key is missing, or the body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role keeps no sheets"),
        (status = 404, description = "No such sheet within reach"),
        (status = 413, description = "Too large"),
        (status = 415, description = "Neither JSON nor a file"),
        (status = 422, description = "Nothing was added: `faults` names every problem by its field, or by `sheet`, `row` and `column` of a text or \
            file; or the key came with another body"),
    ),
    security(("bearer" = []))
)]
pub async fn add(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let id = key(&id)?;
    let named = request_key(request.headers())?;
    let (taken, same) = if body::is(request.headers(), "application/json") {
        let sent = file::whole(request, &door).await?;
        let (body, reading) = draft::read(&sent, Reading::default())?;
        (said(body, reading)?, sent)
    } else {
        let sent = file::read(request, &door, "file").await?;
        let read = work::sheet::uploaded(&sent);
        (filled("file", read)?, sent)
    };
    let same = RequestKey::new(named.as_bytes(), &same);
    let added = work::sheet::add(&door.house, &asker, id, &taken.rows, same).await?;
    let shape = AddedShape {
        added,
        warnings: ProblemShape::all(taken.field, &taken.warnings, visitor.text()),
        left_out: taken.left_out.iter().map(LeftOutShape::of).collect(),
    };
    body::answer(StatusCode::CREATED, &shape)
}

/// What JSON says: its rows, then those of its text.
fn said(body: SheetRowsBody, mut reading: Reading) -> Result<Taken, Failure> {
    if body.text.len() > TEXT_MAX {
        return Err(Failure::TooLarge);
    }
    if body.rows.len() > ROWS_MAX {
        reading.fault(Fault::new("rows", "sheet-too-long").with("most", ROWS_MAX));
    }
    let mut rows: Vec<Row> = body.rows.into_iter().map(Row::from).collect();
    rows.retain(|row| !row.is_empty());
    let has_text = !body.text.trim().is_empty();
    if rows.is_empty() && !has_text && reading.is_sound("text") {
        reading.fault(Fault::new("rows", "field-missing"));
    }
    reading.done()?;
    if !has_text {
        return Ok(Taken {
            rows,
            ..Taken::default()
        });
    }
    let pasted = filled("text", work::sheet::pasted(&body.text))?;
    rows.extend(pasted.rows);
    Ok(Taken { rows, ..pasted })
}

/// The rows of a text or file that has some.
fn filled(field: &'static str, read: Result<Read, Vec<Problem>>) -> Result<Taken, Failure> {
    let refused = |problems| Failure::File { field, problems };
    let Read {
        rows,
        mut warnings,
        left_out,
    } = read.map_err(refused)?;
    if rows.is_empty() {
        warnings.insert(0, Problem::file("file-empty"));
        return Err(refused(warnings));
    }
    Ok(Taken {
        rows,
        warnings,
        left_out,
        field,
    })
}
