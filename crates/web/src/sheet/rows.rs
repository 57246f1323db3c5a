//! Adding rows to a sheet: typed into the table, pasted, or out of a file. Whatever cannot be taken is told by row and
//! column, and what was typed stays on the page.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use rules::privacy::Pii;
use rules::sheet::Row;
use uuid::Uuid;
use work::import::Problem;
use work::report::RequestKey;
use work::sheet::{LeftOut, Read};

use super::show::{Typed, again};
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Fields};
use crate::import::Words;
use crate::workbench::Office;

const COLUMNS: [&str; 5] = ["place", "words", "name", "phone", "category"];

/// How many rows were kept, what to warn of, and what was left out; or everything that stands in the way, in words.
type Taken = Result<(usize, Vec<String>, Vec<LeftOut>), Vec<String>>;

/// `POST /sheets/{id}/rows`.
pub async fn post(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&COLUMNS[..], &["key", "pasted", "file"]].concat())?;
    let rows = typed(&fields);
    match take(&door, &office, id, &fields, &rows).await? {
        Ok((n, warnings, left_out)) if warnings.is_empty() && left_out.is_empty() => {
            Ok(Redirect::to(&format!("/sheets/{id}?kept={n}")).into_response())
        }
        // kept, but what was left out has to be read before it is forgotten
        Ok((n, mut problems, left_out)) => {
            problems.insert(0, office.page.t.say("sheet-kept").with("n", n).to_string());
            let typed = Typed {
                problems,
                left_out,
                ..Typed::default()
            };
            again(&door, office, id, typed, StatusCode::OK).await
        }
        Err(problems) => {
            let typed = Typed {
                rows,
                pasted: fields.raw("pasted").unwrap_or_default().to_owned(),
                problems,
                ..Typed::default()
            };
            again(&door, office, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /sheets/{id}/place`: one place for every row that has none, or for every one that has another.
pub async fn place(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["place", "instead"])?;
    let text = |name| fields.raw(name).unwrap_or_default();
    let (place, instead) = (text("place"), text("instead"));
    match work::sheet::place_all(&door.house, &office.asker, id, place, instead).await {
        Ok(n) => Ok(Redirect::to(&format!("/sheets/{id}?placed={n}")).into_response()),
        Err(work::Error::Invalid(faults)) => {
            let said = |fault| Fault::from(fault).say(&office.page.t);
            let typed = Typed {
                problems: faults.into_iter().map(said).collect(),
                place: place.to_owned(),
                instead: instead.to_owned(),
                ..Typed::default()
            };
            again(&door, office, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn take(
    door: &Door,
    office: &Office,
    id: Uuid,
    fields: &Fields,
    typed: &[[String; 5]],
) -> Result<Taken, Failure> {
    let t = office.page.t;
    let words = Words::of(t);
    let said = |problems: Vec<Problem>| problems.iter().map(|one| words.line(one)).collect();
    let Read {
        rows,
        warnings,
        left_out,
    } = match read(fields, typed) {
        Ok(read) => read,
        Err(problems) => return Ok(Err(said(problems))),
    };
    if rows.is_empty() {
        return Ok(Err(vec![t.text("sheet-nothing-typed")]));
    }
    let key = fields.text("key").ok_or(Failure::Unreadable)?;
    let mut same = fields.digestible(&[&COLUMNS[..], &["pasted"]].concat());
    fields
        .files("file")
        .for_each(|file| same.extend_from_slice(&file.bytes));
    let key = RequestKey::new(key.as_bytes(), &same);
    match work::sheet::add(&door.house, &office.asker, id, &rows, key).await {
        Ok(n) => Ok(Ok((n, said(warnings), left_out))),
        Err(work::Error::Invalid(faults)) => {
            let faults = faults.into_iter().map(|fault| Fault::from(fault).say(&t));
            Ok(Err(faults.collect()))
        }
        Err(other) => Err(other.into()),
    }
}

/// The rows of all three ways together.
fn read(fields: &Fields, typed: &[[String; 5]]) -> Result<Read, Vec<Problem>> {
    let mut all = Read {
        rows: typed.iter().map(row).collect(),
        ..Read::default()
    };
    if let Some(text) = fields.text("pasted") {
        let pasted = work::sheet::pasted(text)?;
        all.rows.extend(pasted.rows);
        all.warnings.extend(pasted.warnings);
        all.left_out = pasted.left_out;
    }
    for file in fields.files("file") {
        let more = work::sheet::uploaded(&file.bytes)?;
        all.rows.extend(more.rows);
        all.warnings.extend(more.warnings);
    }
    all.rows.retain(|row| !row.is_empty());
    Ok(all)
}

/// What was typed into the table, row by row.
fn typed(fields: &Fields) -> Vec<[String; 5]> {
    let column = |name: &'static str| fields.all(name).map(|text| text.trim().to_owned());
    let mut columns = COLUMNS.map(|name| column(name).collect::<Vec<_>>().into_iter());
    let rows = columns
        .iter()
        .map(ExactSizeIterator::len)
        .max()
        .unwrap_or(0);
    (0..rows)
        .map(|_| {
            let cells = columns.each_mut();
            cells.map(|column| column.next().unwrap_or_default())
        })
        .collect()
}

fn row([place, words, name, phone, category]: &[String; 5]) -> Row {
    let personal = |text: &String| (!text.is_empty()).then(|| Pii::new(text.clone()));
    Row {
        place: place.clone(),
        words: words.clone(),
        category: category.clone(),
        name: personal(name),
        phone: personal(phone),
    }
}
