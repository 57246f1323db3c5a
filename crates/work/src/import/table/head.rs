//! Finding the header: the first row in which enough columns go by a name that is known, in any order.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rules::privacy::is_denied;
use rules::sheet::is_cell_error;

use super::stray::{self, Above, Lines};
use super::wide::Width;
use super::{Known, Sheet, Table};
use crate::import::Problem;

/// How far down a header may stand.
const WITHIN: usize = 20;
/// Columns that say nothing and are left out without a word.
const SILENT: [&str; 5] = ["序号", "编号", "备注", "示例", ""];

/// The sheet as a table. What is wrong with its header is added to `problems`: columns that are missing or there twice as
/// errors, what is dropped or not known as warnings. So is what stands above the header or repeats it.
///
/// # Errors
/// A sheet without a header.
pub(super) fn table<K: Copy + Eq + Hash>(
    sheet: Sheet,
    known: &'static [Known<K>],
    above: Above,
    problems: &mut Vec<Problem>,
) -> Result<Table<K>, Problem> {
    let on = |problem: Problem| match &sheet.name {
        Some(name) => problem.on_sheet(name),
        None => problem,
    };
    let best = within(&sheet);
    let best = best.max_by_key(|(at, (_, cells))| (hits(cells, known), std::cmp::Reverse(*at)));
    let Some((at, (number, cells))) = best.filter(|(_, (_, cells))| hits(cells, known) >= 2) else {
        return Err(on(missing(known)));
    };
    let mut names: HashMap<K, String> = known
        .iter()
        .map(|known| (known.key, known.names[0].to_owned()))
        .collect();
    let (mut columns, mut lacking) = (HashMap::new(), HashSet::new());
    for (index, name) in cells.iter().enumerate() {
        if is_denied(name) {
            problems.push(on(
                Problem::row(*number, name, "column-forbidden").as_warning()
            ));
        } else if let Some(key) = key_of(name, known) {
            if columns.insert(key, index).is_some() {
                problems.push(on(Problem::row(*number, name, "column-twice")));
                lacking.insert(key);
            }
            names.insert(key, name.clone());
        } else if !is_silent(name) {
            problems.push(on(
                Problem::row(*number, name, "column-unknown").as_warning()
            ));
        }
    }
    for needed in known.iter().filter(|known| known.needed) {
        if !columns.contains_key(&needed.key) {
            let name = needed.names[0];
            problems.push(on(Problem::row(*number, name, "column-missing")));
            lacking.insert(needed.key);
        }
    }
    // which of two columns is meant cannot be said
    columns.retain(|key, _| !lacking.contains(key));
    let width = Width::of(cells);
    let lines = Lines {
        rows: sheet.rows,
        at,
        known,
        columns: &columns,
    };
    let stray = stray::sort(lines, above);
    problems.extend(stray.problems.into_iter().map(&on));
    let feet = stray::feet(&stray.below);
    let rows = stray.above.into_iter().chain(stray.below);
    let rows: Vec<_> = rows.collect();
    let of_table = rows.iter().filter(|(line, _)| !feet.contains(line));
    problems.extend(width.told(of_table, sheet.name.is_some()).map(&on));
    let rows = rows.into_iter();
    let rows = rows.map(|(line, cells)| (line, kept(cells, &columns)));
    let (lines, rows): (Vec<_>, Vec<_>) = rows.partition(|(_, cells)| is_one_text(cells));
    if above == Above::Refused {
        problems.extend(unreckoned(&rows, &columns, &names).into_iter().map(&on));
    }
    problems.extend(
        lines
            .iter()
            .map(|(line, _)| on(Problem::row(*line, "", "row-one-text").as_warning())),
    );
    Ok(Table {
        sheet: sheet.name,
        names,
        columns,
        lacking,
        rows,
        feet,
        not_read: stray.not_read,
    })
}

/// The cells that are read and that a workbook could not reckon: what stands there is no words of anybody.
fn unreckoned<K: Copy + Eq + Hash>(
    rows: &[(usize, Vec<String>)],
    columns: &HashMap<K, usize>,
    names: &HashMap<K, String>,
) -> Vec<Problem> {
    let mut columns: Vec<(usize, &str)> = columns
        .iter()
        .map(|(key, at)| (*at, names.get(key).map_or("", String::as_str)))
        .collect();
    columns.sort_unstable();
    let of_row = |(line, cells): &(usize, Vec<String>)| {
        let mut found = Vec::new();
        for (at, name) in &columns {
            if let Some(text) = cells.get(*at).filter(|text| is_cell_error(text)) {
                found.push(Problem::row(*line, name, "cell-error").with("text", text));
            }
        }
        found
    };
    rows.iter().flat_map(of_row).collect()
}

/// That no row of column names was found, with the names that were looked for.
pub(super) fn missing<K>(known: &'static [Known<K>]) -> Problem {
    let needed = known.iter().filter(|known| known.needed);
    let names: Vec<&str> = needed.map(|known| known.names[0]).collect();
    Problem::file("header-missing").with("header", names.join("、"))
}

/// The rows in which a header may stand.
fn within(sheet: &Sheet) -> impl Iterator<Item = (usize, &(usize, Vec<String>))> {
    sheet.rows.iter().take(WITHIN).enumerate()
}

/// Whether no row in which a header may stand has the name of a known column: the sheet is no table of this kind.
pub(super) fn has_no_column<K: Copy + Eq + Hash>(
    sheet: &Sheet,
    known: &'static [Known<K>],
) -> bool {
    within(sheet).all(|(_, (_, cells))| hits(cells, known) == 0)
}

/// Whether a row says one thing across all its columns: a line under or between the rows whose cells are merged.
fn is_one_text(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else {
        return false;
    };
    let others: Vec<_> = filled.collect();
    others.len() >= 2 && others.iter().all(|cell| *cell == first)
}

/// Whether a column's name says nothing.
pub(crate) fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

/// Cells of columns that nobody asked for are emptied, so that nothing of them goes any further.
fn kept<K: Eq + Hash>(mut cells: Vec<String>, columns: &HashMap<K, usize>) -> Vec<String> {
    for (index, cell) in cells.iter_mut().enumerate() {
        if !columns.values().any(|kept| *kept == index) {
            cell.clear();
        }
    }
    cells
}

/// How many columns a row names; a name that is merged across several is one.
pub(super) fn hits<K: Copy + Eq + Hash>(cells: &[String], known: &'static [Known<K>]) -> usize {
    let named: HashSet<K> = cells
        .iter()
        .filter_map(|cell| key_of(cell, known))
        .collect();
    named.len()
}

/// The longest name of a column, in bytes.
const NAME: usize = 64;

/// The column that goes by a name; blanks, the mark of what must be filled in and the size of letters say nothing.
pub(super) fn key_of<K: Copy>(name: &str, known: &'static [Known<K>]) -> Option<K> {
    if name.len() > NAME {
        return None;
    }
    let plain: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊'))
        .collect();
    let goes_by = |known: &&Known<K>| {
        let mut names = known.names.iter();
        names.any(|name| name.eq_ignore_ascii_case(&plain))
    };
    known.iter().find(goes_by).map(|known| known.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known<char>] = &[
        Known {
            key: 'n',
            names: &["姓名", "名字"],
            needed: true,
        },
        Known {
            key: 't',
            names: &["岗位"],
            needed: true,
        },
        Known {
            key: 'p',
            names: &["电话"],
            needed: false,
        },
    ];

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let cells = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Sheet {
            name: None,
            hidden: false,
            rows: rows
                .iter()
                .enumerate()
                .map(|(n, row)| (n + 1, cells(row)))
                .collect(),
        }
    }

    #[test]
    fn the_header_is_found_under_a_title_with_columns_in_any_order() {
        let mut warnings = Vec::new();
        let sheet = sheet(&[
            &["明湖社区名册", "明湖社区名册"],
            &["岗位", "名字 *"],
            &["网格员", "示例"],
        ]);
        let table = table(sheet, KNOWN, Above::Refused, &mut warnings)
            .map_err(|one| one.code)
            .expect("a header");
        let row = table.rows().next().expect("a row");
        assert_eq!(
            (row.number, row.text('n'), row.text('t'), row.text('p')),
            (3, "示例", "网格员", "")
        );
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_title_that_is_the_name_of_a_column_and_a_line_under_the_rows_are_no_rows() {
        let mut warnings = Vec::new();
        let sheet = sheet(&[
            &["电话", "电话", "电话"],
            &["姓名", "岗位", "电话"],
            &["示例", "网格员", "1"],
            &["填表人：示例", "填表人：示例", "填表人：示例"],
        ]);
        let table = table(sheet, KNOWN, Above::Refused, &mut warnings)
            .map_err(|one| one.code)
            .expect("a header");
        assert_eq!(table.rows().count(), 1);
        let told: Vec<_> = warnings.iter().map(|one| (one.row, one.code)).collect();
        assert_eq!(told, [(Some(4), "row-one-text")]);
    }

    #[test]
    fn lines_at_the_end_that_begin_like_a_foot_are_told_and_left_out_and_no_others() {
        let mut warnings = Vec::new();
        let sheet = sheet(&[
            &["序号", "姓名", "岗位"],
            &["合计", "", "网格员"],
            &["1", "示例", "网格员"],
            &["合计", "乙", "网格员"],
            &["合计", "", "1 件"],
            &["", "制表人：示例", "制表时间：示例"],
        ]);
        let table = table(sheet, KNOWN, Above::Refused, &mut warnings)
            .map_err(|one| one.code)
            .expect("a header");
        let (rows, told) = table.rows_without_feet('n');
        let rows: Vec<usize> = rows.iter().map(|row| row.number).collect();
        assert_eq!(rows, [2, 3, 4], "in between and with a name they are rows");
        let told: Vec<_> = told.iter().map(|one| (one.row, one.code)).collect();
        assert_eq!(told, [(Some(5), "row-foot"), (Some(6), "row-foot")]);
    }

    #[test]
    fn where_no_header_is_found_the_columns_that_must_be_there_are_named() {
        let told = missing(KNOWN);
        assert_eq!(told.args, [("header", "姓名、岗位".to_owned())]);
    }

    #[test]
    fn a_forbidden_column_is_dropped_named_and_nowhere_to_be_found() {
        let mut warnings = Vec::new();
        let sheet = sheet(&[&["姓名", "岗位", "政治面貌"], &["示例", "网格员", "某某"]]);
        let table = table(sheet, KNOWN, Above::Refused, &mut warnings)
            .map_err(|one| one.code)
            .expect("a header");
        assert_eq!(
            (warnings[0].code, warnings[0].column.as_deref()),
            ("column-forbidden", Some("政治面貌"))
        );
        assert!(
            table
                .rows
                .iter()
                .all(|(_, cells)| cells.iter().all(|cell| cell != "某某"))
        );
    }

    #[test]
    fn a_column_that_is_missing_or_doubled_is_told_once_and_its_cells_are_not_judged() {
        let mut problems = Vec::new();
        let sheet = sheet(&[&["姓名", "名字", "电话"], &["甲", "乙", "1"]]);
        let table = table(sheet, KNOWN, Above::Refused, &mut problems)
            .map_err(|one| one.code)
            .expect("a header");
        let told: Vec<_> = problems
            .iter()
            .map(|one| (one.code, one.column.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("column-twice", Some("名字")),
                ("column-missing", Some("岗位"))
            ]
        );
        let row = table.rows().next().expect("a row");
        assert!(row.lacks('n') && row.lacks('t') && !row.lacks('p'));
        assert_eq!((row.text('n'), row.text('p')), ("", "1"));
    }

    #[test]
    fn a_missing_or_doubled_column_and_a_missing_header_are_told() {
        let code = |rows: &[&[&str]]| {
            let mut problems = Vec::new();
            let whole = table(sheet(rows), KNOWN, Above::Refused, &mut problems);
            let first = problems.first().map(|one| one.code);
            whole.err().map(|one| one.code).or(first)
        };
        assert_eq!(code(&[&["姓名", "电话"]]), Some("column-missing"));
        assert_eq!(code(&[&["姓名", "名字", "岗位"]]), Some("column-twice"));
        assert_eq!(
            code(&[&["甲", "乙"], &["丙", "丁"]]),
            Some("header-missing")
        );
    }
}
