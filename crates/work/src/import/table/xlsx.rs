//! Workbooks: cells are read one after the other and counted, so that a sheet that claims a million rows costs nothing.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use super::{Sheet, guard};
use crate::import::Problem;

/// The most rows, columns and cells of a sheet.
const ROWS: u32 = 50_000;
const COLUMNS: u32 = 200;
const CELLS: usize = 500_000;
/// The longest text of a cell, in bytes.
const TEXT: usize = 32 * 1024;

/// The most bytes that merged cells are filled with.
const FILLED: usize = 16 * 1024 * 1024;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// The sheets of a workbook.
pub(super) fn read(file: &[u8]) -> Result<Vec<Sheet>, Problem> {
    guard::check(file)?;
    guard::is_workbook(file)?;
    let unreadable = |_| Problem::file("file-unreadable");
    let mut book: Book<'_> = Xlsx::new(Cursor::new(file)).map_err(unreadable)?;
    let sheets = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let named = sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible));
    let names: Vec<(String, bool)> = named.collect();
    names
        .into_iter()
        .map(|(name, seen)| {
            if seen {
                sheet(&mut book, name)
            } else {
                Ok(hidden(name))
            }
        })
        .collect()
}

/// A sheet that nobody sees who opens the file: lists to choose from, or what somebody forgot.
const fn hidden(name: String) -> Sheet {
    Sheet {
        name: Some(name),
        rows: Vec::new(),
        hidden: true,
    }
}

fn sheet(book: &mut Book<'_>, name: String) -> Result<Sheet, Problem> {
    let mut cells = cells(book, &name).map_err(|problem| problem.on_sheet(&name))?;
    let merged = book.merge_cells_by_sheet_name(&name);
    let merged = merged.map_err(|_| Problem::file("merge-unreadable").on_sheet(&name))?;
    let mut filled = 0;
    for region in merged {
        fill(&mut cells, region, &mut filled);
        if filled > FILLED {
            return Err(Problem::file("sheet-too-large").on_sheet(&name));
        }
    }
    let rows = cells
        .into_iter()
        .map(|(row, cells)| (row as usize + 1, dense(cells)))
        .collect();
    Ok(Sheet {
        name: Some(name),
        rows,
        hidden: false,
    })
}

fn cells(book: &mut Book<'_>, name: &str) -> Result<Cells, Problem> {
    let unreadable = |_| Problem::file("file-unreadable");
    let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let (mut cells, mut n, mut last) = (Cells::new(), 0, 0);
    loop {
        // which cell it is the reader does not say: it stands behind the last one that could be read
        let broken = |_| Problem::row(last as usize + 1, "", "sheet-unreadable");
        let Some(cell) = reader.next_cell().map_err(broken)? else {
            break;
        };
        let (row, column) = cell.get_position();
        last = row;
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        n += 1;
        if row >= ROWS || column >= COLUMNS || n > CELLS {
            return Err(Problem::file("sheet-too-large")
                .with("rows", ROWS)
                .with("columns", COLUMNS)
                .with("cells", CELLS));
        }
        if text.len() > TEXT {
            return Err(Problem::row(row as usize + 1, "", "cell-too-long"));
        }
        cells.entry(row).or_default().insert(column, text);
    }
    Ok(cells)
}

/// The most formulas that are told one by one.
const FORMULAS: usize = 100;

/// Every cell that holds a formula, by row and column letter.
pub(super) fn formulas(file: &[u8]) -> Result<Vec<Problem>, Problem> {
    guard::check(file)?;
    let unreadable = |_| Problem::file("file-unreadable");
    let mut book: Book<'_> = Xlsx::new(Cursor::new(file)).map_err(unreadable)?;
    let mut found = Vec::new();
    let all = book.sheets_metadata().iter();
    let seen = all.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        while let Some(cell) = reader.next_formula().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            if cell.get_value().is_empty() {
                continue;
            }
            if found.len() == FORMULAS {
                return Ok(found);
            }
            let problem = Problem::row(row as usize + 1, &letter(column), "cell-formula");
            found.push(problem.on_sheet(&name));
        }
    }
    Ok(found)
}

/// A column as workbooks call it: A, B, … Z, AA.
fn letter(column: u32) -> String {
    let (before, last) = (column / 26, column % 26);
    let last = char::from(b'A' + u8::try_from(last).unwrap_or_default());
    if before == 0 {
        last.to_string()
    } else {
        format!("{}{last}", letter(before - 1))
    }
}

/// Every cell of a merged block says what its first one says; rows that hold nothing else stay away.
fn fill(cells: &mut Cells, region: Dimensions, filled: &mut usize) {
    let first = cells
        .get(&region.start.0)
        .and_then(|row| row.get(&region.start.1))
        .cloned();
    let Some(first) = first else { return };
    for (_, row) in cells.range_mut(region.start.0..=region.end.0) {
        for column in region.start.1..=region.end.1.min(COLUMNS - 1) {
            *filled += first.len();
            if *filled > FILLED {
                return;
            }
            row.entry(column).or_insert_with(|| first.clone());
        }
    }
}

fn dense(cells: BTreeMap<u32, String>) -> Vec<String> {
    let width = cells
        .keys()
        .next_back()
        .map_or(0, |last| *last as usize + 1);
    let mut row = vec![String::new(); width];
    for (column, text) in cells {
        row[column as usize] = text;
    }
    row
}

/// A moment as it is written, whichever day the workbook counts from; a length of time stays the number that it is.
fn moment(at: &ExcelDateTime) -> String {
    if !at.is_datetime() {
        return at.to_string();
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    let value = at.as_f64();
    if (0.0..1.0).contains(&value) {
        clock
    } else if value.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {clock}")
    }
}

/// A cell as text; whole numbers without a fraction, as they are typed. Of a number that is longer than a workbook keeps only
/// the front is left: it stands there as the workbook shows it, and nobody takes it for the whole.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty => String::new(),
        // as the workbook shows it; `head` finds it again, in whatever file it came
        DataRef::Error(error) => error.to_string(),
        DataRef::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        DataRef::Float(n) if n.abs() >= 1e15 => format!("{n:E}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(at) => moment(at),
    };
    super::text(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    #[test]
    fn a_moment_is_read_from_whichever_day_the_workbook_counts() {
        let at = |value, is_1904| {
            moment(&ExcelDateTime::new(
                value,
                ExcelDateTimeType::DateTime,
                is_1904,
            ))
        };
        assert_eq!(at(46356.75, false), "2026-11-30 18:00:00");
        assert_eq!(at(46356.75 - 1462.0, true), "2026-11-30 18:00:00");
        assert_eq!(at(46356.0, false), "2026-11-30");
        assert_eq!(at(0.75, false), "18:00:00");
    }

    #[test]
    fn a_cell_that_could_not_be_reckoned_reads_as_what_is_known_for_that() {
        for error in [CellErrorType::Ref, CellErrorType::NA, CellErrorType::Div0] {
            let text = text(&DataRef::Error(error));
            assert!(rules::sheet::is_cell_error(&text), "{text}");
        }
    }

    #[test]
    fn a_number_that_lost_its_end_does_not_look_whole() {
        assert_eq!(text(&DataRef::Float(20_261_130.0)), "20261130");
        assert_eq!(text(&DataRef::Float(2.026_113e17)), "2.026113E17");
    }
}
