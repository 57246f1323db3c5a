//! What is wrong with a row or a file, in words.

use std::collections::HashMap;

use door::sheet::hint_words;
use rules::sheet::Column;
use work::sheet::{Checked, Hint};

use crate::locale::Text;

/// Something about a cell.
pub struct Said {
    /// Whether it keeps the row from being sent.
    pub is_fault: bool,
    /// In words.
    pub words: String,
}

/// All that is said of a cell, what has to be changed first.
pub fn of_cell(t: Text, row: &Checked, column: Column) -> Vec<Said> {
    let of = |hints: &[Hint], is_fault| -> Vec<Said> {
        let here = hints.iter().filter(|hint| hint.column == column);
        here.map(|hint| Said {
            is_fault,
            words: hint_words(t, hint, is_fault),
        })
        .collect()
    };
    let mut said = of(&row.faults, true);
    said.extend(of(&row.hints, false));
    said
}

/// Every fault with the name of its column and the rows that have it, the same one told once; each with its first row.
pub fn faults(t: Text, rows: &[Checked]) -> Vec<(i64, String)> {
    let mut found: Vec<((Column, String), Vec<i64>)> = Vec::new();
    // by what is said, since a sheet may have as many faults as rows
    let mut at = HashMap::new();
    for row in rows {
        for hint in &row.faults {
            let said = (hint.column, hint_words(t, hint, true));
            let place = *at.entry(said.clone()).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, rows)) if rows.last() != Some(&row.n) => rows.push(row.n),
                Some(_) => {}
                None => found.push((said, vec![row.n])),
            }
        }
    }
    let told = found.into_iter().filter_map(|((of, what), rows)| {
        let first = rows.first().copied()?;
        let said = t.say(key(&rows)).with("row", told_rows(t, &rows));
        let said = said.with("n", rows.len()).with("column", column(t, of));
        Some((first, said.with("what", what).to_string()))
    });
    told.collect()
}

/// The most stretches of rows that are named one by one.
const NAMED: usize = 6;

/// Which sentence tells of so many rows.
fn key(rows: &[i64]) -> &'static str {
    match (rows, stretches(rows).len()) {
        ([_], _) => "sheet-problem",
        (_, named) if named > NAMED => "sheet-problem-many",
        _ => "sheet-problem-rows",
    }
}

/// The first rows of a fault, those that follow each other as a stretch.
fn told_rows(t: Text, rows: &[i64]) -> String {
    let told = |(first, last): &(i64, i64)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    };
    let named: Vec<String> = stretches(rows).iter().take(NAMED).map(told).collect();
    t.row(&named)
}

fn stretches(rows: &[i64]) -> Vec<(i64, i64)> {
    let mut all: Vec<(i64, i64)> = Vec::new();
    for &row in rows {
        match all.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => all.push((row, row)),
        }
    }
    all
}

/// A column's name.
pub fn column(t: Text, column: Column) -> String {
    t.text(format!("sheet-{}", column.as_str()))
}
