//! One row of a sheet: what is wrong with it beside each field, changing it, dropping it. A contact stays masked: it is
//! typed anew, kept, or left out.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::privacy::{Pii, mask};
use rules::sheet::{Column, Row};
use uuid::Uuid;
use work::Asker;
use work::sheet::{Checked, Rewritten, look_at_row};

use super::list::title;
use super::show::{categories, grids, masked};
use crate::Door;
use crate::complaint::{Back, apart};
use crate::error::Failure;
use crate::faster::sheet as faster;
use crate::form::{Fault, Faults, Fields};
use crate::layout::Page;
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

const FIELDS: [&str; 8] = [
    "version",
    "place",
    "words",
    "name",
    "phone",
    "use_phone",
    "category",
    "forget",
];

#[derive(Template)]
#[template(path = "sheet/row.html")]
struct RowTemplate {
    page: Page,
    office: Office,
    sheet: Uuid,
    title: String,
    n: i64,
    version: i64,
    place: String,
    words: String,
    category: String,
    name: String,
    phone: String,
    contact: String,
    /// The number in the words that may be taken as the phone, and as it looks masked.
    offered: Option<(String, String)>,
    faults: Faults,
    /// Whether it can be made a complaint, by whoever wrote it.
    may_complain: bool,
    categories: Vec<String>,
    grids: Vec<(String, String)>,
}

/// `GET /sheets/{id}/rows/{n}`.
pub async fn get(
    State(door): State<Door>,
    Path((id, n)): Path<(Uuid, i64)>,
    office: Office,
) -> Result<Response, Failure> {
    let (sheet, row) = look_at_row(&door.house, &office.asker, id, n).await?;
    // of what only whoever wrote it may read nothing can be changed
    if row.report.is_some() || row.sealed {
        return Ok(Redirect::to(&format!("/sheets/{id}")).into_response());
    }
    let template = template(office, &sheet, row);
    Ok(Html(template.render()?).into_response())
}

/// `POST /sheets/{id}/rows/{n}`.
pub async fn post(
    State(door): State<Door>,
    Path((id, n)): Path<(Uuid, i64)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&FIELDS)?;
    let seen = fields.version()?;
    let text = |name| fields.text(name).unwrap_or_default().to_owned();
    let personal = |name| fields.text(name).map(|text| Pii::new(text.to_owned()));
    let row = Row {
        place: text("place"),
        words: text("words"),
        category: text("category"),
        name: personal("name"),
        phone: personal("phone").or_else(|| personal("use_phone")),
    };
    let forget = fields.text("forget").is_some();
    let said = Rewritten::whole(row, forget);
    match work::sheet::change(&door.house, &office.asker, id, (n, seen), said).await {
        Ok(()) => Ok(Redirect::to(&format!("/sheets/{id}#row-{n}")).into_response()),
        Err(work::Error::Stale { .. }) => stale(&door, office, (id, n), &fields).await,
        Err(other) => Err(other.into()),
    }
}

/// Somebody was faster: what they made of it is gone over only by whoever has read this, so what was typed stays here.
async fn stale(
    door: &Door,
    office: Office,
    (id, n): (Uuid, i64),
    fields: &Fields,
) -> Result<Response, Failure> {
    let (sheet, row) = look_at_row(&door.house, &office.asker, id, n).await?;
    let fault = match faster::last(door, who(&office), (id, n)).await {
        Some(faster) => {
            let code = if row.report.is_some() {
                "row-sent-by"
            } else {
                "row-stale-by"
            };
            let t = office.page.t;
            let by = Fault::new("words", code).with("who", faster.who(t));
            by.with("when", t.moment(faster.at))
        }
        None if row.report.is_some() => Fault::new("words", "row-sent"),
        None => Fault::new("words", "row-stale"),
    };
    let text = |name| fields.raw(name).unwrap_or_default().to_owned();
    let template = RowTemplate {
        place: text("place"),
        words: text("words"),
        category: text("category"),
        name: text("name"),
        phone: text(if fields.text("phone").is_some() {
            "phone"
        } else {
            "use_phone"
        }),
        faults: [fault].into_iter().collect(),
        ..template(office, &sheet, row)
    };
    let status = StatusCode::PRECONDITION_FAILED;
    Ok((status, Html(template.render()?)).into_response())
}

/// `POST /sheets/{id}/rows/{n}/drop`.
pub async fn drop(
    State(door): State<Door>,
    Path((id, n)): Path<(Uuid, i64)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version"])?;
    let seen = fields.version()?;
    let dropped = work::sheet::drop_row(&door.house, &office.asker, id, (n, seen)).await;
    faster::done(&door, who(&office), (id, n), dropped).await?;
    Ok(Redirect::to(&format!("/sheets/{id}")).into_response())
}

/// `POST /sheets/{id}/rows/{n}/pass`: a row that only whoever wrote it may read leaves the sheet unread, for others to look into.
pub async fn pass(
    State(door): State<Door>,
    Path((id, n)): Path<(Uuid, i64)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version"])?;
    let seen = fields.version()?;
    let passed = work::sheet::pass_on(&door.house, &office.asker, id, (n, seen)).await;
    faster::done(&door, who(&office), (id, n), passed).await?;
    Ok(Redirect::to(&format!("/sheets/{id}?unread={n}")).into_response())
}

/// `POST /sheets/{id}/rows/{n}/complaint`: the row leaves the sheet as a complaint; the receipt is shown once, to be handed over.
pub async fn complain(
    State(door): State<Door>,
    Path((id, n)): Path<(Uuid, i64)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version"])?;
    let seen = fields.version()?;
    let made = work::sheet::complain(&door.house, &office.asker, id, (n, seen)).await;
    match faster::done(&door, who(&office), (id, n), made).await {
        Ok(receipt) => {
            let t = office.page.t;
            let back = Back {
                href: format!("/sheets/{id}"),
                label: t.text("office-sheets"),
                said: t.say("sheet-complained").with("row", n).to_string(),
            };
            apart(&door, office.page.clone(), &office.net, &receipt, back).await
        }
        Err(Failure::Invalid(faults)) => refused(&door, office, (id, n), faults).await,
        Err(other) => Err(other),
    }
}

/// The row again, with what keeps it from being a complaint beside what is wrong with it as a report.
async fn refused(
    door: &Door,
    office: Office,
    (id, n): (Uuid, i64),
    mut faults: Faults,
) -> Result<Response, Failure> {
    let (sheet, row) = look_at_row(&door.house, &office.asker, id, n).await?;
    if row.report.is_some() || row.sealed {
        return Err(Failure::Invalid(faults));
    }
    let mut template = template(office, &sheet, row);
    faults.extend(template.faults.iter().cloned());
    template.faults = faults;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok((status, Html(template.render()?)).into_response())
}

fn who(office: &Office) -> (&Asker, Text) {
    (&office.asker, office.page.t)
}

fn template(office: Office, sheet: &store::sheet::Sheet, row: Checked) -> RowTemplate {
    let faults = row.faults.iter();
    let fault = |hint: &work::sheet::Hint| Fault::new(hint.column.as_str(), hint.code);
    RowTemplate {
        page: office.page.clone(),
        sheet: sheet.id,
        title: title(&office, sheet),
        n: row.n,
        version: row.version,
        contact: masked(&row),
        offered: row.phone_in_words().map(|phone| {
            let shown = mask::phone(&phone);
            (phone, shown)
        }),
        faults: faults.map(fault).collect(),
        may_complain: row.own,
        place: row.row.place,
        words: row.row.words,
        category: row.row.category,
        name: String::new(),
        phone: String::new(),
        categories: categories(&office),
        grids: grids(&office),
        office,
    }
}

impl RowTemplate {
    fn label(&self, column: Column) -> String {
        super::words::column(self.page.t, column)
    }
}
