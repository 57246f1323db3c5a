//! Lines of a sheet that lie beside its table: rows above the column names, the names once more further down, lines under the
//! rows. None of them is lost without a word, and none becomes a row that nobody wrote.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rules::privacy::is_denied;

use super::head::{hits, is_silent, key_of};
use super::{Known, foot};
use crate::import::Problem;

type Line = (usize, Vec<String>);

/// What becomes of a row above the column names that has everything a row needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// It is an error: the file is taken in whole or not at all.
    Refused,
    /// It is read by the names below it.
    Read,
}

/// The lines of a sheet in which the column names stand in line `at`.
pub(super) struct Lines<'a, K: 'static> {
    pub rows: Vec<Line>,
    pub at: usize,
    pub known: &'static [Known<K>],
    pub columns: &'a HashMap<K, usize>,
}

/// The lines sorted.
#[derive(Default)]
pub(super) struct Sorted {
    /// Rows above the names that are read.
    pub above: Vec<Line>,
    /// What stands above them and is not.
    pub not_read: Vec<(usize, String)>,
    /// The rows below.
    pub below: Vec<Line>,
    /// What to say of them.
    pub problems: Vec<Problem>,
}

/// Sorts the lines of a sheet.
pub(super) fn sort<K: Copy + Eq + Hash>(mut lines: Lines<'_, K>, above: Above) -> Sorted {
    let below = lines.rows.split_off(lines.at + 1);
    let Some((number, head)) = lines.rows.pop() else {
        return Sorted::default();
    };
    let mut sorted = Sorted::default();
    let mut names = vec![head];
    for line in std::mem::take(&mut lines.rows) {
        if is_head(&line.1, lines.known) {
            names.push(line.1);
        } else {
            // the rows of a table whose names are fewer than those of the next one
            let is_table = names.len() > 1 && several(&line.1);
            let other = Problem::row(number, "", "header-other");
            sorted.problems.extend(is_table.then_some(other));
            lines.beside(line, above, &mut sorted);
        }
    }
    for line in below {
        if !is_head(&line.1, lines.known) {
            sorted.below.push(line);
        } else if names.contains(&line.1) || lines.fits(&line.1) {
            let again = Problem::row(line.0, "", "row-header-again");
            sorted.problems.push(again.as_warning());
        } else {
            let other = Problem::row(line.0, "", "header-other");
            sorted.problems.push(other);
        }
    }
    sorted
}

impl<K: Copy + Eq + Hash> Lines<'_, K> {
    /// A line above the names: a title in one cell is left out, and only whoever pasted it reads of that.
    fn beside(&self, line: Line, above: Above, sorted: &mut Sorted) {
        let (number, cells) = &line;
        if several(cells) {
            let is_row = self.is_like_a_row(cells);
            let problem = |code| Problem::row(*number, "", code);
            sorted.problems.push(match above {
                Above::Read if is_row => problem("row-above-read").as_warning(),
                Above::Refused if is_row => problem("row-above-header"),
                _ => problem("row-above-header").as_warning(),
            });
            if is_row && above == Above::Read {
                sorted.above.push(line);
                return;
            }
        }
        let mut said: Vec<&str> = cells.iter().map(String::as_str).collect();
        said.retain(|cell| !cell.is_empty());
        said.dedup();
        if !said.is_empty() {
            sorted.not_read.push((*number, said.join(" ")));
        }
    }

    /// Whether a line has what every row needs, and is no line about the table: who made it and when, `name: value`.
    fn is_like_a_row(&self, cells: &[String]) -> bool {
        let cell = |key: &K| self.columns.get(key).and_then(|at| cells.get(*at));
        let mut needed = self.known.iter().filter(|known| known.needed);
        let first = cells.iter().find(|cell| !cell.is_empty());
        let is_about = first.is_none_or(|cell| foot::is_foot(cell) || cell.contains([':', '：']));
        !is_about && needed.all(|known| cell(&known.key).is_some_and(|cell| !cell.is_empty()))
    }

    /// Whether names stand where the table has the columns.
    fn fits(&self, cells: &[String]) -> bool {
        let mut cells = cells.iter().enumerate();
        cells.all(|(at, cell)| {
            let key = key_of(cell, self.known);
            key.is_none_or(|key| self.columns.get(&key) == Some(&at))
        })
    }
}

/// Whether a line names columns: at least two, and hardly anything else.
fn is_head<K: Copy + Eq + Hash>(cells: &[String], known: &'static [Known<K>]) -> bool {
    let hits = hits(cells, known);
    let says = |cell: &&String| !is_silent(cell) && !is_denied(cell);
    hits >= 2 && hits * 2 >= cells.iter().filter(says).count()
}

/// Whether a line says more than one thing.
fn several(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let first = filled.next();
    first.is_some_and(|first| filled.any(|cell| cell != first))
}

/// The rows whose first word is one of a line under a table, in whatever column it stands.
pub(super) fn feet(rows: &[Line]) -> HashSet<usize> {
    let feet = rows.iter().filter(|(_, cells)| is_foot(cells));
    feet.map(|(line, _)| *line).collect()
}

/// Whether the first word of a row is one of a line under a table.
pub(crate) fn is_foot(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    filled.next().is_some_and(|cell| foot::is_foot(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known<char>] = &[
        Known {
            key: 'n',
            names: &["编号"],
            needed: true,
        },
        Known {
            key: 'w',
            names: &["内容"],
            needed: true,
        },
        Known {
            key: 'p',
            names: &["地点"],
            needed: false,
        },
    ];

    /// Line, code, and whether it is an error.
    type Told = (Option<usize>, &'static str, bool);

    /// What is said of lines among which the names of all three columns stand, and which lines are rows.
    fn sorted(rows: &[[&str; 3]], above: Above) -> (Vec<Told>, Vec<usize>) {
        let columns = HashMap::from([('n', 0), ('w', 1), ('p', 2)]);
        let line = |(at, row): (usize, &[&str; 3])| (at + 1, row.map(str::to_owned).to_vec());
        let lines = Lines {
            rows: rows.iter().enumerate().map(line).collect(),
            at: rows
                .iter()
                .position(|row| row == &["编号", "内容", "地点"])
                .expect("names"),
            known: KNOWN,
            columns: &columns,
        };
        let sorted = sort(lines, above);
        let is_error = |one: &Problem| one.severity == crate::import::Severity::Error;
        let told = sorted
            .problems
            .iter()
            .map(|one| (one.row, one.code, is_error(one)));
        let rows = sorted.above.iter().chain(&sorted.below);
        (told.collect(), rows.map(|(line, _)| *line).collect())
    }

    const HEAD: [&str; 3] = ["编号", "内容", "地点"];

    #[test]
    fn a_row_above_the_names_is_an_error_or_a_row_and_a_line_about_the_table_a_warning() {
        let lines = [
            ["导出人：示例", "2026 年", ""],
            ["1", "灯坏", ""],
            HEAD,
            ["2", "井盖响", ""],
        ];
        let (told, rows) = sorted(&lines, Above::Refused);
        assert_eq!(
            told,
            [
                (Some(1), "row-above-header", false),
                (Some(2), "row-above-header", true)
            ]
        );
        assert_eq!(rows, [4]);
        let (told, rows) = sorted(&lines, Above::Read);
        assert_eq!(
            told,
            [
                (Some(1), "row-above-header", false),
                (Some(2), "row-above-read", false)
            ]
        );
        assert_eq!(rows, [2, 4]);
    }

    #[test]
    fn the_names_once_more_are_no_row_and_other_names_begin_another_table() {
        let again = [HEAD, ["1", "灯坏", ""], HEAD, ["2", "井盖响", ""]];
        let (told, rows) = sorted(&again, Above::Refused);
        assert_eq!(
            (told, rows),
            (vec![(Some(3), "row-header-again", false)], vec![2, 4])
        );
        let other = [
            HEAD,
            ["1", "灯坏", ""],
            ["内容", "编号", ""],
            ["井盖响", "2", ""],
        ];
        let (told, _) = sorted(&other, Above::Refused);
        assert_eq!(told, [(Some(3), "header-other", true)]);
        let before = [
            ["内容", "编号", ""],
            ["井盖响", "2", ""],
            HEAD,
            ["1", "灯坏", ""],
        ];
        let (told, _) = sorted(&before, Above::Read);
        assert!(told.contains(&(Some(3), "header-other", true)), "{told:?}");
    }

    #[test]
    fn a_row_in_which_one_name_stands_among_words_is_a_row() {
        let (told, rows) = sorted(&[HEAD, ["1", "地点", "内容不清"]], Above::Refused);
        assert!(told.is_empty());
        assert_eq!(rows, [2]);
    }
}
