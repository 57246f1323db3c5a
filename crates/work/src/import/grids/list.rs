//! Grids out of a plain list, xlsx or CSV, without borders: a place is then found by choosing its grid.

use super::draft::{Found, Place, Said, Texts};
use crate::import::Problem;
use crate::import::table::{self, Known};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    Code,
    Name,
    Level,
    Scheme,
    Parent,
    Households,
}

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    Known {
        key,
        names,
        needed: matches!(key, Column::Name | Column::Level),
    }
}

const COLUMNS: &[Known<Column>] = &[
    known(Column::Code, &["网格编码", "网格代码", "网格编号", "code"]),
    known(Column::Name, &["网格名称", "名称", "name"]),
    known(Column::Level, &["网格层级", "层级", "网格类型", "level"]),
    known(Column::Scheme, &["网格体系", "体系", "scheme"]),
    known(
        Column::Parent,
        &["上级网格", "上级网格编码", "上级编码", "parent"],
    ),
    known(Column::Households, &["户数", "households"]),
];

const ORDER: [Column; 6] = [
    Column::Code,
    Column::Name,
    Column::Level,
    Column::Scheme,
    Column::Parent,
    Column::Households,
];

/// The grids of a list as far as they can be read, with everything that is wrong with its rows.
///
/// # Errors
/// Why nothing of the file can be read.
pub(super) fn read(file: &[u8]) -> Result<Found, Vec<Problem>> {
    let (tables, mut problems) = table::read_all(file, COLUMNS)?;
    let mut drafts = Vec::new();
    for table in &tables {
        for row in table.rows() {
            let texts = Texts {
                place: Place {
                    sheet: table.sheet.clone(),
                    number: row.number,
                    fields: ORDER.map(|key| row.name(key).to_owned()),
                },
                texts: ORDER.map(|key| row.text(key)),
                lacking: ORDER.map(|key| row.lacks(key)),
            };
            drafts.push(texts.draft(Said::Nothing, &mut problems));
        }
    }
    Ok(Found {
        drafts,
        problems,
        torn: false,
    })
}
