//! What is wrong with a row or a file, in words.

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

/// Every fault of a row with the name of its column.
pub fn faults(t: Text, row: &Checked) -> Vec<String> {
    let said = |hint: &Hint| {
        t.say("sheet-problem")
            .with("row", row.n)
            .with("column", column(t, hint.column))
            .with("what", hint_words(t, hint, true))
            .to_string()
    };
    row.faults.iter().map(said).collect()
}

/// A column's name.
pub fn column(t: Text, column: Column) -> String {
    t.text(format!("sheet-{}", column.as_str()))
}
