//! Names and phones of drafts under seal, bound to the row they stand in.

use rules::privacy::envelope::{Dek, Field, Sealed};
use rules::privacy::{Pii, apart};
use rules::sheet::Row;
use store::sheet::NewRow;
use uuid::Uuid;

use crate::Error;

fn field(column: &'static str, row: Uuid) -> Field {
    Field {
        table: "sheet_rows",
        column,
        row,
    }
}

fn unavailable(error: impl ToString) -> Error {
    Error::Unavailable(error.to_string())
}

/// A row as it is kept; a number that was written beside the name is the phone.
///
/// # Errors
/// `Unavailable` if sealing fails.
pub(super) fn seal(key: &Dek, id: Uuid, row: &Row) -> Result<NewRow, Error> {
    let sealed = |column, text: &Option<Pii<String>>| {
        let text = text.as_ref().map(|text| {
            let sealed = key.seal(field(column, id), text.reveal().as_bytes());
            sealed.map(|sealed| sealed.as_bytes().to_vec())
        });
        text.transpose().map_err(unavailable)
    };
    let (name, phone) = apart(row.name.clone(), row.phone.clone());
    Ok(NewRow {
        id,
        place: row.place.clone(),
        words: row.words.clone(),
        category: row.category.clone(),
        name: sealed("name", &name)?,
        phone: sealed("phone", &phone)?,
    })
}

/// A kept row as it was typed. What comes of it is checked, masked or received; nobody is shown the contact.
///
/// # Errors
/// `Unavailable` if a seal does not open.
pub(super) fn open(key: &Dek, kept: &NewRow) -> Result<Row, Error> {
    let opened = |column, sealed: &Option<Vec<u8>>| {
        let text = sealed.clone().map(|bytes| {
            let text =
                Sealed::parse(bytes).and_then(|sealed| key.open(field(column, kept.id), &sealed));
            text.map(|text| Pii::new(String::from_utf8_lossy(&text).into_owned()))
        });
        text.transpose().map_err(unavailable)
    };
    Ok(Row {
        place: kept.place.clone(),
        words: kept.words.clone(),
        category: kept.category.clone(),
        name: opened("name", &kept.name)?,
        phone: opened("phone", &kept.phone)?,
    })
}
