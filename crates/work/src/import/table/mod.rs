//! Tables out of xlsx and CSV files as communities keep them: a title over the sheet, the header in whatever row and
//! order, merged cells that mean "same as above". Columns that must never be taken in are dropped here, before anything
//! else sees them, and named.

mod csv;
mod foot;
mod guard;
mod guise;
mod head;
mod places;
mod stray;
mod wide;
mod xlsx;

pub(crate) use csv::{decode, leaves_open};
pub(crate) use guise::is_binary;
pub(crate) use head::is_silent;
pub(crate) use places::Places;
use stray::Above;
pub(crate) use stray::is_foot;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rules::signs;

use super::{Problem, any_error};

/// A file's sheets as they stand there.
pub(crate) struct Sheet {
    /// The name on the tab; none for CSV.
    pub name: Option<String>,
    /// Rows by their number from 1; cells as trimmed text. Merged cells hold what their first one says.
    pub rows: Vec<(usize, Vec<String>)>,
    /// Whether whoever opens the file does not see it; nothing of it is read then.
    pub hidden: bool,
}

/// A kind of column: what the importer calls it, and the names it goes by.
pub(crate) struct Known<K: 'static> {
    pub key: K,
    pub names: &'static [&'static str],
    /// Whether a sheet without it cannot be read.
    pub needed: bool,
}

/// A sheet whose header was found.
pub(crate) struct Table<K> {
    /// The sheet's name.
    pub sheet: Option<String>,
    /// The name each column has in this file; where it has none, the name it goes by.
    names: HashMap<K, String>,
    columns: HashMap<K, usize>,
    /// Needed columns that are not there or are there twice; that is told of the sheet, and not again for each row.
    lacking: HashSet<K>,
    rows: Vec<(usize, Vec<String>)>,
    /// The rows that begin like a line under a table.
    feet: HashSet<usize>,
    /// What stands above the header and was not read, by its line.
    pub not_read: Vec<(usize, String)>,
}

/// One row of a table.
pub(crate) struct Row<'a, K> {
    table: &'a Table<K>,
    /// Its number in the file, from 1.
    pub number: usize,
    cells: &'a [String],
}

impl<K: Copy + Eq + Hash> Table<K> {
    /// The rows under the header that are not empty.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, K>> {
        let filled = self
            .rows
            .iter()
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        filled.map(|(number, cells)| Row {
            table: self,
            number: *number,
            cells,
        })
    }

    /// The rows without the lines under the table, and these as warnings. Such a line stands at the end, begins like one
    /// (`合计`, `制表人：`) and has nothing of its own in the column that every row must have.
    pub fn rows_without_feet(&self, needed: K) -> (Vec<Row<'_, K>>, Vec<Problem>) {
        let is_foot = |row: &Row<'_, K>| {
            let own = row.text(needed);
            self.feet.contains(&row.number) && (own.is_empty() || foot::is_foot(own))
        };
        let mut rows: Vec<_> = self.rows().collect();
        let kept = rows.iter().rposition(|row| !is_foot(row));
        let feet = rows.split_off(kept.map_or(0, |last| last + 1));
        let told = feet.iter().map(|row| {
            // the line may name whoever made the table: only where it stands is told
            let problem = Problem::row(row.number, "", "row-foot").as_warning();
            match &self.sheet {
                Some(sheet) => problem.on_sheet(sheet),
                None => problem,
            }
        });
        let told = told.collect();
        (rows, told)
    }
}

impl<'a, K: Copy + Eq + Hash> Row<'a, K> {
    /// The text of a column; empty where the file has none.
    pub fn text(&self, key: K) -> &'a str {
        let cell = self
            .table
            .columns
            .get(&key)
            .and_then(|index| self.cells.get(*index));
        cell.map_or("", String::as_str)
    }

    /// Whether the file has the column at all.
    pub fn has(&self, key: K) -> bool {
        self.table.columns.contains_key(&key)
    }

    /// Whether nothing can be said of the column's cells, because the sheet's header is wrong there.
    pub fn lacks(&self, key: K) -> bool {
        self.table.lacking.contains(&key)
    }

    /// What the file calls the column.
    pub fn name(&self, key: K) -> &'a str {
        self.table.names.get(&key).map_or("", String::as_str)
    }

    /// A problem of a cell.
    pub fn problem(&self, key: K, code: &'static str) -> Problem {
        let problem = Problem::row(self.number, self.name(key), code);
        let problem = problem.with("text", quoted(self.text(key)));
        match &self.table.sheet {
            Some(sheet) => problem.on_sheet(sheet),
            None => problem,
        }
    }
}

/// The tables of a file, and what to say of them.
pub(crate) type Tables<K> = (Vec<Table<K>>, Vec<Problem>);

/// The most of a cell that is said of it.
const QUOTED: usize = 40;

/// As much of a cell as tells which one it is.
fn quoted(cell: &str) -> String {
    let mut signs = cell.chars();
    let mut text: String = signs.by_ref().take(QUOTED).collect();
    if signs.next().is_some() {
        text.push('…');
    }
    text
}

/// A cell as it is read: without blanks around it, and without signs that nobody types, such as zero bytes, which no text in
/// a database may hold.
fn text(cell: &str) -> String {
    signs::kept(cell).trim().to_owned()
}

/// Reads the tables of a file. Problems that are only warnings come beside the tables.
///
/// # Errors
/// Every reason why the file cannot be read at all.
pub(crate) fn read<K: Copy + Eq + Hash>(
    file: &[u8],
    known: &'static [Known<K>],
) -> Result<Tables<K>, Vec<Problem>> {
    let sheets = sheets(file).map_err(|problem| vec![problem])?;
    whole(headed(sheets, known, Above::Refused))
}

/// Reads the tables of a file as far as they can be read, for whoever tells everything that is wrong at once. Errors of
/// headers come beside the tables; what they leave open is in no row a fault (`Row::lacks`).
///
/// # Errors
/// Every reason why nothing of the file can be read.
pub(crate) fn read_all<K: Copy + Eq + Hash>(
    file: &[u8],
    known: &'static [Known<K>],
) -> Result<Tables<K>, Vec<Problem>> {
    let sheets = sheets(file).map_err(|problem| vec![problem])?;
    let (tables, mut problems) = headed(sheets, known, Above::Refused);
    if !tables.is_empty() {
        return Ok((tables, problems));
    }
    if !any_error(&problems) {
        problems.push(Problem::file("file-empty"));
    }
    Err(problems)
}

/// The sheets of a file as they stand there.
///
/// # Errors
/// Why the file cannot be read at all.
pub(crate) fn sheets(file: &[u8]) -> Result<Vec<Sheet>, Problem> {
    guise::check(file)?;
    if file.starts_with(b"PK") {
        xlsx::read(file)
    } else {
        csv::read(file)
    }
}

/// Every cell that holds a formula: what it shows was reckoned elsewhere, by whoever made the file. A file that cannot be
/// read has none.
pub(crate) fn formulas(file: &[u8]) -> Vec<Problem> {
    if file.starts_with(b"PK") {
        xlsx::formulas(file).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// Finds the header of each sheet. A row above it that has what a row needs is read by it and told: for notes, which people
/// write wherever there is room and look through before they are sent.
///
/// # Errors
/// As [`read`].
pub(crate) fn notes<K: Copy + Eq + Hash>(
    sheets: Vec<Sheet>,
    known: &'static [Known<K>],
) -> Result<Tables<K>, Vec<Problem>> {
    whole(headed(sheets, known, Above::Read))
}

fn whole<K>((tables, mut problems): Tables<K>) -> Result<Tables<K>, Vec<Problem>> {
    if tables.is_empty() && !any_error(&problems) {
        problems.push(Problem::file("file-empty"));
    }
    if any_error(&problems) {
        Err(problems)
    } else {
        Ok((tables, problems))
    }
}

fn headed<K: Copy + Eq + Hash>(
    sheets: Vec<Sheet>,
    known: &'static [Known<K>],
    above: Above,
) -> Tables<K> {
    let (mut tables, mut problems) = (Vec::new(), Vec::new());
    let mut beside = Vec::new();
    let told = |sheet: &Sheet| sheet.hidden || !sheet.rows.is_empty();
    for sheet in sheets.into_iter().filter(told) {
        if sheet.hidden {
            problems.push(of_sheet("sheet-hidden", sheet.name.as_deref()).as_warning());
        } else if head::has_no_column(&sheet, known) {
            beside.push(sheet.name);
        } else {
            match head::table(sheet, known, above, &mut problems) {
                Ok(table) => tables.push(table),
                Err(problem) => problems.push(problem),
            }
        }
    }
    // how to fill the file in, lists to choose from: where nothing else is there the table itself cannot be read
    if tables.is_empty() {
        problems.extend(headless(&beside, known));
    } else {
        let left_out = beside.iter().map(Option::as_deref);
        problems.extend(left_out.map(|name| of_sheet("sheet-left-out", name).as_warning()));
    }
    (tables, problems)
}

/// That no sheet is a table of this kind. Of several it is said once: it is another file, and not each of its sheets is wrong.
fn headless<K>(beside: &[Option<String>], known: &'static [Known<K>]) -> Option<Problem> {
    let problem = head::missing(known);
    match beside {
        [] => None,
        [Some(name)] => Some(problem.on_sheet(name)),
        _ => Some(problem),
    }
}

fn of_sheet(code: &'static str, name: Option<&str>) -> Problem {
    let problem = Problem::file(code);
    match name {
        Some(name) => problem.on_sheet(name),
        None => problem,
    }
}
