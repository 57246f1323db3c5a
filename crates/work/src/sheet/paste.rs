//! Rows out of what people paste (from a chat, from a workbook) or upload. With a header the columns may come in any order
//! and by many names; without one they are place, words, name, phone, category. Nothing is judged here.

use rules::privacy::Pii;
use rules::sheet::{ROWS_MAX, Row};

use super::chat::{Chat, LeftOut};
use crate::import::table::{self, Known, Sheet, Table};
use crate::import::{Problem, Severity};

/// The columns a file of notes can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Grid,
    Compound,
    Place,
    Lon,
    Lat,
    Words,
    Name,
    Phone,
    Category,
}

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    let needed = matches!(key, Column::Words);
    Known { key, names, needed }
}

const COLUMNS: &[Known<Column>] = &[
    known(
        Column::Grid,
        &[
            "网格",
            "网格编码",
            "网格名称",
            "所属网格",
            "Grid",
            "GridCode",
        ],
    ),
    known(Column::Compound, &["小区", "院落", "小区名称", "Compound"]),
    known(
        Column::Place,
        &[
            "地点",
            "位置",
            "地址",
            "详细地址",
            "事发地点",
            "Place",
            "Location",
            "Address",
            "Where",
        ],
    ),
    known(Column::Lon, &["经度", "Longitude", "Lon"]),
    known(Column::Lat, &["纬度", "Latitude", "Lat"]),
    known(
        Column::Words,
        &[
            "诉求",
            "诉求内容",
            "内容",
            "问题",
            "问题描述",
            "反映内容",
            "反映事项",
            "事项",
            "Words",
            "WhatWasTold",
            "Description",
            "Details",
            "Problem",
            "Issue",
        ],
    ),
    known(
        Column::Name,
        &[
            "姓名",
            "称呼",
            "居民姓名",
            "报事人",
            "反映人",
            "诉求人",
            "联系人",
            "Name",
            "Reporter",
            "ReporterName",
            "ResidentName",
        ],
    ),
    known(
        Column::Phone,
        &[
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系电话",
            "联系方式",
            "Phone",
            "PhoneNumber",
            "Telephone",
            "Mobile",
            "Tel",
        ],
    ),
    known(
        Column::Category,
        &[
            "类别",
            "小类",
            "事项类别",
            "诉求类别",
            "诉求类型",
            "Category",
            "Type",
        ],
    ),
];

/// What was read.
#[derive(Default)]
pub struct Read {
    /// The rows.
    pub rows: Vec<Row>,
    /// What to warn of.
    pub warnings: Vec<Problem>,
    /// Lines of a pasted text that became no row.
    pub left_out: Vec<LeftOut>,
}

/// Rows out of a file (xlsx, or csv in UTF-8 or GB18030).
///
/// # Errors
/// Every reason why the file cannot be taken, by sheet, row and column.
pub fn uploaded(file: &[u8]) -> Result<Read, Vec<Problem>> {
    let formulas = table::formulas(file);
    if !formulas.is_empty() {
        return Err(formulas);
    }
    let sheets = table::sheets(file).map_err(|problem| vec![problem])?;
    let (tables, problems) = table::notes(sheets, COLUMNS)?;
    bounded(tables.iter().flat_map(of_table).collect(), problems)
}

/// Rows out of pasted text, without what a chat puts around its messages.
///
/// # Errors
/// Too many rows, or a header that lacks a column or has one twice.
pub fn pasted(text: &str) -> Result<Read, Vec<Problem>> {
    let chat = Chat::of(text.trim_start_matches('\u{feff}'));
    let mut read = parted(&chat)?;
    read.warnings.extend(chat.told());
    read.left_out.extend(chat.left_out);
    Ok(read)
}

fn parted(chat: &Chat) -> Result<Read, Vec<Problem>> {
    let rows = split(&chat.text);
    let (name, hidden) = (None, false);
    let sheet = |rows| Sheet { name, rows, hidden };
    match table::notes(vec![sheet(rows.clone())], COLUMNS) {
        Ok((tables, problems)) => {
            let above = tables.iter().flat_map(|table| &table.not_read);
            let left_out = above.map(|(line, text)| LeftOut {
                line: *line,
                text: text.clone(),
            });
            let left_out = left_out.collect();
            let read = bounded(tables.iter().flat_map(of_table).collect(), problems)?;
            Ok(Read { left_out, ..read })
        }
        Err(problems)
            if problems
                .iter()
                .all(|one| one.code == "header-missing" || one.code == "file-empty") =>
        {
            let mut rows = rows;
            rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
            if rows.len() > ROWS_MAX && chat.notes().is_none() {
                // pictures are looked up for each row: not before it is known that they are few
                return Err(too_long());
            }
            bounded(messages(chat, rows), Vec::new())
        }
        Err(problems) => Err(problems),
    }
}

/// Rows without a header, each with who wrote it and the pictures that stood beside it, where a chat says so.
fn messages(chat: &Chat, rows: Vec<(usize, Vec<String>)>) -> Vec<Row> {
    let notes = chat.notes().map(|notes| {
        let cells = notes.into_iter().map(|(line, note)| (line, parts(note)));
        cells.collect::<Vec<_>>()
    });
    let rows = notes.unwrap_or(rows);
    let line = |at: usize| rows.get(at).map(|(line, _)| *line);
    let one = |(at, (here, cells)): (usize, &(usize, Vec<String>))| {
        let row = plain(cells);
        let named = || chat.name(*here).map(|name| Pii::new(name.to_owned()));
        let before = at.checked_sub(1).and_then(line).unwrap_or(0);
        let next = line(at + 1).unwrap_or(usize::MAX);
        let pictures = chat.pictures((before, *here, next));
        let words = format!("{} {pictures}", row.words);
        Row {
            name: row.name.or_else(named),
            words: words.trim().to_owned(),
            ..row
        }
    };
    rows.iter().enumerate().map(one).collect()
}

/// A note of a chat: a comma or a tab parts it only behind a code or a point, as people fill in rows; elsewhere the one is part of
/// the words and the other a blank.
fn parts(note: String) -> Vec<String> {
    let code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let is_place =
        |first: &str| first.contains(|c: char| c.is_ascii_digit()) && first.chars().all(code);
    let parts = |mark: &char| {
        let first = note.split_once(*mark).map(|(first, _)| first.trim());
        first.is_some_and(is_place)
    };
    match ['\t', ','].iter().find(|mark| parts(mark)) {
        Some(mark) => note
            .split(*mark)
            .map(|cell| cell.trim().to_owned())
            .collect(),
        None => vec![note.replace('\t', " ")],
    }
}

fn bounded(mut rows: Vec<Row>, warnings: Vec<Problem>) -> Result<Read, Vec<Problem>> {
    rows.retain(|row| !row.is_empty());
    if rows.len() > ROWS_MAX {
        return Err(too_long());
    }
    debug_assert!(warnings.iter().all(|one| one.severity == Severity::Warning));
    Ok(Read {
        rows,
        warnings,
        ..Read::default()
    })
}

fn too_long() -> Vec<Problem> {
    vec![Problem::file("sheet-too-long").with("most", ROWS_MAX)]
}

/// Lines into cells: parted by tabs as workbooks give them, else by commas; a text with neither is one cell a line, as
/// messages of a chat are.
fn split(text: &str) -> Vec<(usize, Vec<String>)> {
    let Some(mark) = ['\t', ','].into_iter().find(|mark| text.contains(*mark)) else {
        let lines = text.lines().enumerate();
        let cells = lines.map(|(at, line)| (at + 1, vec![line.trim().to_owned()]));
        return cells.filter(|(_, cells)| !cells[0].is_empty()).collect();
    };
    let records = |quotes: bool| {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(quotes)
            .delimiter(u8::try_from(mark).unwrap_or(b','))
            .from_reader(text.as_bytes());
        let records = reader.into_records().filter_map(Result::ok);
        records.collect::<Vec<_>>()
    };
    let mut read = records(true);
    let last = read.last().and_then(csv::StringRecord::position);
    let last = last.and_then(|at| usize::try_from(at.byte()).ok());
    if last
        .and_then(|at| text.get(at..))
        .is_some_and(table::leaves_open)
    {
        // a sign for inches, or a quotation that nobody ended: it is part of the words
        read = records(false);
    }
    let (mut seen, mut line) = (0, 1);
    let cells = read.into_iter().map(|record| {
        // the reader says where it stood, which is in front of the empty lines it passes over
        let at = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or_default();
        let rest = text.get(at..).unwrap_or_default();
        let begins = at + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        line += text
            .get(seen..begins)
            .unwrap_or_default()
            .matches('\n')
            .count();
        seen = begins;
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        (line, cells.collect())
    });
    cells.collect()
}

/// A row without a header: place, words, name, phone, category. A single cell is words, and so is a sentence with more commas than
/// there are columns; two numbers in front are one place.
fn plain(cells: &[String]) -> Row {
    let number = |cell: Option<&String>| {
        cell.is_some_and(|cell| cell.contains('.') && cell.parse::<f64>().is_ok())
    };
    let (place, rest) = match cells {
        [words] => return told(words.clone()),
        [lon, lat, rest @ ..] if number(Some(lon)) && number(Some(lat)) => {
            (format!("{lon},{lat}"), rest)
        }
        [place, rest @ ..] => (place.clone(), rest),
        [] => (String::new(), cells),
    };
    if rest.iter().skip(4).any(|cell| !cell.is_empty()) {
        return told(cells.join(","));
    }
    let cell = |at: usize| rest.get(at).cloned().unwrap_or_default();
    row(place, cell(0), &cell(1), &cell(2), cell(3))
}

fn told(words: String) -> Row {
    Row {
        words,
        ..Row::default()
    }
}

fn row(place: String, words: String, name: &str, phone: &str, category: String) -> Row {
    let personal = |text: &str| (!text.is_empty()).then(|| Pii::new(text.to_owned()));
    Row {
        place,
        words,
        category,
        name: personal(name),
        phone: personal(phone),
    }
}

fn of_table(table: &Table<Column>) -> Vec<Row> {
    let one = |of: table::Row<'_, Column>| {
        let text = |column| of.text(column);
        let (lon, lat) = (text(Column::Lon), text(Column::Lat));
        let point = if lon.is_empty() && lat.is_empty() {
            String::new()
        } else {
            format!("{lon},{lat}")
        };
        let mut parts = vec![
            text(Column::Grid),
            &point,
            text(Column::Compound),
            text(Column::Place),
        ];
        parts.retain(|part| !part.is_empty());
        row(
            parts.join(" "),
            text(Column::Words).to_owned(),
            text(Column::Name),
            text(Column::Phone),
            text(Column::Category).to_owned(),
        )
    };
    table.rows().map(one).collect()
}

#[cfg(test)]
mod tests;
